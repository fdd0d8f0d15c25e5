"""Which figures does the article need? Each is asked once; one that the base cannot carry answers with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jobtide.errors import NotSupported, TooFew
from jobtide.market import charts, theme
from jobtide.market.ask import ask
from jobtide.market.figure import Figure
from jobtide.market.filters import Filters, parse
from jobtide.market.official import coverage
from jobtide.report.blocks import Record, Shown
from jobtide.store.snapshot import Snapshot

# name in the article -> (question, filters, options). Where no role is named the base is the ML, AI and data family.
_QUESTIONS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "overview": ("overview", {}, {}),
    "skills": ("skills", {}, {}),
    "pay": ("pay", {}, {}),
    "coverage": ("coverage", {}, {}),
    "roles": ("roles", {}, {}),
    "age": ("demand", {}, {"by": "age"}),
    "seniority": ("demand", {}, {"by": "seniority"}),
    "skills_ml": ("skills", {"role": "ml_engineer"}, {}),
    "official": ("official", {}, {"by": "role"}),
    "pay_seniority": ("pay", {}, {"by": "seniority"}),
    "states": ("official", {}, {"by": "state"}),
    "cities": ("official", {}, {"by": "city"}),
    "countries": ("places", {}, {"by": "country"}),
    "employers": ("employers", {}, {}),
    "hiring": ("hiring", {}, {"by": "country"}),
    "hiring_months": ("hiring", {}, {"by": "month"}),
    "growth": ("growth", {}, {}),
    "rising": ("rising", {}, {}),
}
_MOST = {"skills": 12}  # names in a chart: the first one shares a screen with the numbers above it
_WIDTHS = (theme.WIDE, theme.NARROW)


@dataclass(frozen=True, slots=True)
class Answers:
    """The article's figures by name, the refusals of the others, and the specifications of their charts."""

    snapshot: Snapshot
    records: Mapping[str, Record]
    refused: Mapping[str, str]
    specs: Mapping[str, Mapping[int, Mapping[str, Any]]] = field(default_factory=dict)

    def get(self, name: str) -> Record | None:
        """The figure, None if it was refused."""
        return self.records.get(name)

    def shown(self, name: str, *, columns: tuple[tuple[str, str, str], ...] = (), most: int = 60) -> tuple[Shown, ...]:
        """The figure in its frame, nothing if it was refused: ready to be put among blocks."""
        record = self.records.get(name)
        return (Shown(record, self.specs.get(name, {}), columns, most),) if record else ()


def _ask(question: str, snapshot: Snapshot, filters: Filters, options: Mapping[str, Any]) -> Figure:
    """One figure; what the sample covers is a question of the report's own."""
    if question == "coverage":
        return coverage(snapshot, filters)
    return ask(question, snapshot, filters, **options)


def gather(snapshot: Snapshot) -> Answers:
    """Ask every question of the article."""
    records: dict[str, Record] = {}
    refused: dict[str, str] = {}
    specs: dict[str, Mapping[int, Mapping[str, Any]]] = {}
    for name, (question, filters, options) in _QUESTIONS.items():
        try:
            figure = _ask(question, snapshot, parse(**filters), options)
        except (TooFew, NotSupported) as error:
            refused[name] = str(error)
        else:
            records[name] = figure.to_json()
            if charts.drawn(records[name]["rows"]):
                most = _MOST.get(name, charts.MOST_ROWS)
                specs[name] = {width: charts.chart(figure, width=width, most=most) for width in _WIDTHS}
    return Answers(snapshot, records, refused, specs)

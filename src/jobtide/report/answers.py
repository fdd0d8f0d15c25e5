"""Which figures does the article need? Each is asked once; one that the base cannot carry answers with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from jobtide.errors import NotSupported, TooFew
from jobtide.market import ask, charts, hiring_lab, theme
from jobtide.market.figure import Figure
from jobtide.market.filters import parse
from jobtide.report import ahead
from jobtide.report.blocks import Record, Shown, Text
from jobtide.store.snapshot import Snapshot

# name in the article -> (question, filters, options). Where no role is named the base is the ML, AI and data family.
_US = {"country": "US"}
_ML = {"role": "ml_engineer"}
QUESTIONS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "overview": ("overview", {}, {}),
    "skills": ("skills", {}, {}),
    "pay": ("pay", {}, {}),
    "coverage": ("coverage", {}, {}),
    "roles": ("roles", {}, {}),
    "age": ("demand", {}, {"by": "age"}),
    "seniority": ("seniority", {}, {}),
    "growth": ("growth", {}, {}),
    "flow": ("flow", {}, {}),
    "time_open": ("time_open", {}, {}),
    "hiring": ("hiring", {}, {"by": "country"}),
    "hiring_months": ("hiring", {}, {"by": "month"}),
    "official": ("official", {}, {"by": "role"}),
    "pay_stated": ("pay_stated", {}, {}),
    "pay_seniority": ("pay", {}, {"by": "seniority"}),
    "pay_roles": ("pay", _US, {"by": "role"}),
    "pay_modes": ("pay", _US, {"by": "work_mode"}),
    "pay_ml": ("pay", _US | _ML, {}),
    "premium": ("premium", {}, {}),
    "skills_ml": ("skills", _ML, {}),
    "pairs": ("pairs", {}, {}),
    "bundles": ("bundles", {}, {}),
    "rising": ("rising", {}, {}),
    "falling": ("falling", {}, {}),
    "qualifications": ("qualifications", {}, {}),
    "certificates": ("certificates", {}, {}),
    "experience": ("experience", {}, {}),
    "years": ("years", {}, {}),
    "fields": ("fields", {}, {}),
    "duties": ("duties", {}, {}),
    "proof": ("proof", {}, {}),
    "entry": ("entry", {}, {}),
    "entry_skills": ("entry", {}, {"about": "skills"}),
    "industries": ("industries", {}, {}),
    "employer_kinds": ("employer_kinds", {}, {}),
    "employers": ("employers", {}, {}),
    "states": ("official", {}, {"by": "state"}),
    "location": ("location", {}, {}),
    "cities": ("official", {}, {"by": "city"}),
    "countries": ("places", {}, {"by": "country"}),
    "modes": ("work_mode", {}, {}),
    "distances": ("distances", _ML, {}),
    "outlook": ("outlook", {}, {"horizon": "3m"}),
    "outlook_postings": ("outlook", {}, {"horizon": "3m", "series": "postings"}),
}
# Names in a chart, where fewer than usual say enough; none where names are too long to stand beside bars.
_MOST = {"skills": 10, "skills_ml": 12, "pairs": 10, "bundles": 0, "certificates": 8, "duties": 12, "entry_skills": 10,
         "industries": 12, "employers": 10, "cities": 10, "countries": 10, "fields": 8, "distances": 10}  # fmt: skip
_WIDTHS = (theme.WIDE, theme.NARROW)
# The forecasts, and the series that each continues.
_PASTS = {"outlook": hiring_lab.months, "outlook_postings": hiring_lab.postings_index}


@dataclass(frozen=True, slots=True)
class Answers:
    """The article's figures by name, the refusals of the others, and the specifications of their charts."""

    snapshot: Snapshot
    records: Mapping[str, Record]
    refused: Mapping[str, str]
    specs: Mapping[str, Mapping[int, Mapping[str, Any]]] = field(default_factory=dict)
    title: Callable[[Record], Text] = lambda _record: ()

    def get(self, name: str) -> Record | None:
        """The figure, None if it was refused."""
        return self.records.get(name)

    def shown(self, name: str, *, columns: tuple[tuple[str, str, str], ...] = (), most: int = 25) -> tuple[Shown, ...]:
        """The figure in its frame, nothing if it was refused: ready to be put among blocks."""
        record = self.records.get(name)
        return (Shown(record, self.specs.get(name, {}), columns, most, self.title(record)),) if record else ()


def gather(snapshot: Snapshot, *, title: Callable[[Record], Text], extra: Mapping[str, Record]) -> Answers:
    """Ask every question of the article; ``extra`` are records of other origin, by their name in the article.

    ``title`` computes a figure's finding from its rows.
    """
    records: dict[str, Record] = {}
    refused: dict[str, str] = {}
    specs: dict[str, Mapping[int, Mapping[str, Any]]] = {}
    for name, (question, filters, options) in QUESTIONS.items():
        if question not in ask.NAMES:
            continue
        try:
            figure = ask.ask(question, snapshot, parse(**filters), **options)
        except (TooFew, NotSupported) as error:
            refused[name] = str(error)
        else:
            records[name] = figure.to_json()
            if not _tells(records[name]):
                del records[name]
                continue
            specs[name] = _ahead(records[name], name) or drawn(figure, _MOST.get(name, charts.MOST_ROWS))
    return Answers(snapshot, records | dict(extra), refused, specs, title)


def _tells(record: Record) -> bool:
    """Whether a figure says more than that openings do not say: snapshots of an earlier reader lack whole facts."""
    return any(row["flag"] != "unknown" for row in record["rows"])


def _ahead(record: Record, name: str) -> Mapping[int, Mapping[str, Any]]:
    """The picture of a forecast after its past; none of another figure."""
    if name not in _PASTS:
        return {}
    past = _PASTS[name]("US")
    return {width: ahead.chart(record, past, width) for width in _WIDTHS}


def drawn(figure: Figure, most: int) -> Mapping[int, Mapping[str, Any]]:
    """The figure's chart by width, none where nothing of it can be drawn."""
    if not most or not charts.drawn(figure.to_json()["rows"]):
        return {}
    return {width: charts.chart(figure, width=width, most=most) for width in _WIDTHS}

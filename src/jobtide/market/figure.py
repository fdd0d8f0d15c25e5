"""The envelope: a figure that carries its base, date, method and way back, and refuses what its base cannot carry."""

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Any

from jobtide.errors import NotSupported
from jobtide.market import support
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval
from jobtide.market.openings import Counted, base, size
from jobtide.store.snapshot import Snapshot

_CRAWLS_APART = 28  # days between two complete crawls of the same boards before change can be told from coverage

Extra = float | int | str | None


class Needs(Enum):
    """What a question asks of the snapshot beyond openings."""

    ONE_CRAWL = "one crawl"
    TWO_CRAWLS = "two complete crawls of the same boards, 28 days apart"


@dataclass(frozen=True, slots=True)
class Base:
    """What was counted: openings, employers, how many employers they are worth, filters, and what was left out."""

    n: int
    employers: int
    effective_employers: float
    filters: Mapping[str, str]
    excluded: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Broader:
    """What to ask instead of a withheld row: the command ``ask``, whom it counts, and the row that it would show.

    ``value`` is None where no single row of that question answers; without any such group ``reason`` says why.
    """

    ask: str = ""
    label: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    employers: int | None = None
    reason: str = ""

    def to_json(self) -> dict[str, Extra]:
        """The offer as columns of its row."""
        if self.reason:
            return {"broader": None, "broader_reason": self.reason}
        parts = {name: getattr(self, name) for name in ("label", "value", "low", "high", "n", "employers")}
        return {"broader": self.ask, **{f"broader_{name}": value for name, value in parts.items()}}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: ``value`` is None where it is withheld, ``low`` and ``high`` where no interval can be given.

    ``broader`` is what a withheld row offers instead; ``ask`` puts it there, for every face.
    """

    key: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    employers: int
    flag: str = ""
    more: Mapping[str, Extra] = field(default_factory=dict)
    broader: Broader | None = None

    def to_json(self) -> dict[str, Any]:
        """The row as one flat object."""
        out = {f: getattr(self, f) for f in ("key", "label", "value", "low", "high", "n", "employers", "flag")}
        return out | dict(self.more) | (self.broader.to_json() if self.broader else {})


@dataclass(frozen=True, slots=True)
class Figure:
    """A table that can be quoted: see ARCHITECTURE, Contracts. ``chart`` names the picture that fits it."""

    figure: str
    id: str
    title: str
    unit: str
    base: Base
    as_of: date
    snapshot: str
    sources: tuple[Mapping[str, str], ...]
    rows: tuple[Row, ...]
    method: str
    caveats: tuple[str, ...]
    examples: tuple[Mapping[str, str], ...]
    chart: str | None
    group: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The figure as the JSON object that every face gives."""
        return {
            "figure": self.figure,
            "id": self.id,
            "title": self.title,
            "unit": self.unit,
            "base": asdict(self.base),
            "as_of": self.as_of.isoformat(),
            "snapshot": self.snapshot,
            "sources": [dict(source) for source in self.sources],
            "rows": [row.to_json() for row in self.rows],
            "method": self.method,
            "caveats": list(self.caveats),
            "examples": [dict(example) for example in self.examples],
            "chart": self.chart,
        }

    def row(self, key: str) -> Row | None:
        """The row with this key, None if there is none."""
        return next((row for row in self.rows if row.key == key), None)


def figure(
    name: str,
    snapshot: Snapshot,
    filters: Filters,
    *,
    title: str,
    unit: str,
    rows: Iterable[Row],
    method: str,
    caveats: Sequence[str] = (),
    chart: str | None = None,
    group: str = "",
    parameters: Mapping[str, Any] | None = None,
    excluded: Mapping[str, int] | None = None,
    counted: Counted | None = None,
    needs: Needs = Needs.ONE_CRAWL,
    least: bool = True,
    sources: Sequence[Mapping[str, str]] | None = None,
    as_of: date | None = None,
    sized: Callable[[Filters], tuple[int, int]] | None = None,
) -> Figure:
    """Return the envelope of ``rows``.

    Raises NotSupported if the snapshot cannot carry the question whatever its size, TooFew if the whole base is
    below the suppression table (``least`` False for figures that count, not estimate). Cells below it are emptied
    here, whatever the question computed. ``counted`` is the base if the question already has it; where that is not all
    openings, ``sized`` says how large it is (openings, employers) under broader filters.
    """
    carries(snapshot, needs, name)
    found = base(snapshot, filters) if counted is None else counted
    if least and not support.shown(found.n, len(found.employers)):
        held = (found.n, len(found.employers))
        raise support.refused("too few", held, name, filters, sized or (lambda wider: size(snapshot, wider)))
    kept = tuple(_withheld(row, group) if least else row for row in rows)
    return Figure(
        figure=name,
        id=identity(snapshot.id, name, filters, group, parameters or {}),
        title=title,
        unit=unit,
        base=Base(found.n, len(found.employers), round(found.effective, 1), filters.spoken(), dict(excluded or {})),
        as_of=as_of or snapshot.as_of,
        snapshot=snapshot.id,
        sources=tuple(snapshot.sources if sources is None else sources),
        rows=kept,
        method=method,
        caveats=(*_common(snapshot), *caveats) if sources is None else tuple(caveats),
        examples=_examples(snapshot, filters) if sources is None else (),
        chart=chart,
        group=group,
        parameters=dict(parameters or {}),
    )


def identity(snapshot: str, name: str, filters: Filters, group: str, parameters: Mapping[str, Any]) -> str:
    """Return the twelve hex digits that name a figure: the same question to the same snapshot has the same id."""
    packed = json.dumps([snapshot, name, sorted(filters.spoken().items()), group, sorted(parameters.items())])
    return hashlib.sha256(packed.encode()).hexdigest()[:12]


def carries(snapshot: Snapshot, needs: Needs, name: str) -> None:
    """Raise NotSupported if the snapshot's crawls cannot carry a question that compares moments."""
    if needs is Needs.ONE_CRAWL:
        return
    rows = snapshot.query(
        """select source, board, date_diff('day', min("at"), max("at")) as apart from crawl
           where outcome in ('complete', 'unchanged') group by source, board order by apart desc nulls last limit 1"""
    ).to_pylist()
    apart = rows[0]["apart"] if rows and rows[0]["apart"] is not None else 0
    if apart < _CRAWLS_APART:
        raise NotSupported(
            f"{name} needs {needs.value}; this snapshot holds one moment ({snapshot.as_of}), in which only openings "
            f"that were still open can be seen: those that closed before it left no trace, so nothing about growth, "
            f"flow, time open or rising skills follows from it. Crawl the same boards again after 28 days with "
            f"'jobtide collect'. For a series over time see 'jobtide market hiring' (Indeed Hiring Lab)"
        )


def _withheld(row: Row, group: str) -> Row:
    """A cell below the suppression table loses its numbers, one just above it is marked."""
    mark = support.flag_of_one(row.n) if group == "employer" else support.flag(row.n, row.employers)
    if mark == support.TOO_FEW:
        kept = {name: value for name, value in row.more.items() if isinstance(value, str)}
        return replace(row, value=None, low=None, high=None, flag=mark, more=kept)
    told = mark if mark == support.ONE_EMPLOYER else row.flag or mark
    return row if told == row.flag else replace(row, flag=told)


def estimate(key: str, label: str, found: Interval, *, n: int, employers: int, **more: Extra) -> Row:
    """Return the row of an estimate; an interval that rests on too few effective employers is left out."""
    value = None if math.isnan(found.value) else found.value
    low, high = ends(found)
    return Row(key, label, value, low, high, n, employers, support.NO_INTERVAL if low is None else "", more)


def ends(found: Interval) -> tuple[float | None, float | None]:
    """Return the interval's ends, None both where it rests on too few effective employers to mean anything."""
    sure = support.interval_allowed(found.effective) and not math.isnan(found.low)
    return (found.low, found.high) if sure else (None, None)


def _common(snapshot: Snapshot) -> tuple[str, ...]:
    """What holds for every figure counted from postings of this snapshot."""
    names = ", ".join(str(source["name"]) for source in snapshot.sources) or "one source"
    return (
        f"A sample of the employers that publish through {names}, not of all employers.",
        f"Only openings that were open on {_crawls(snapshot)} are seen.",
    )


def _crawls(snapshot: Snapshot) -> str:
    """When openings could be seen."""
    sql = """select count(distinct cast("at" as date)) as days from crawl where outcome in ('complete', 'unchanged')"""
    days = snapshot.once("days of crawls", lambda: int(snapshot.query(sql)["days"][0].as_py()))
    return "the day of the crawl" if days < 2 else "a day of a crawl"


def _examples(snapshot: Snapshot, filters: Filters) -> tuple[Mapping[str, str], ...]:
    """The examples of a base, the same for all its figures."""
    return snapshot.recent("examples", filters, lambda: tuple(examples(snapshot, filters)))


def examples(snapshot: Snapshot, filters: Filters) -> list[dict[str, str]]:
    """Return up to five openings, of five employers where there are as many, the same ones every time."""
    picks = list(base(snapshot, filters).picks)
    if not picks:
        return []
    found = snapshot.query(
        """select posting, title, employer_name as employer, url from posting
           where pick in (select unnest($picks)) order by pick""",
        {"picks": picks},
    )
    return [{name: str(value) for name, value in row.items()} for row in found.to_pylist()]

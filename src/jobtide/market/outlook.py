"""What may come next in a series? A forecast with intervals, and how the same rule has done before.

Never a forecast alone: each group carries its rolling-origin evaluation, the last value as the mark to beat, known
breaks and change points. Where nothing beat the last value, the last value is what is published, and says so.
"""

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market import breaks, hiring_lab, words
from jobtide.market import series as read
from jobtide.market.backtest import Evaluated, evaluate
from jobtide.market.figure import Base, Extra, Figure, Row, identity
from jobtide.market.filters import Filters
from jobtide.market.openings import select
from jobtide.market.series import Series, Table
from jobtide.store.snapshot import Snapshot

HIRING_LAB = "hiring_lab"
OWN = "own"
_MEASURES = {"ai_share": "share of postings on Indeed that name AI", "postings": "index of postings on Indeed"}
_FEWEST = 24  # complete periods of one source before its own counts are a series
METHODS = {
    "last": "last value", "seasonal_naive": "seasonal naive", "seasonal_change": "seasonal change", "drift": "drift",
    "theta": "Theta", "ets": "ETS, damped trend", "ensemble": "ensemble", "published": "published",
}  # fmt: skip
_METHOD = (
    "Published: the last value, or a step of at most half the way from it to ETS (damped trend), to the change of a "
    "season before, or to the ensemble (mean of last value, drift, Theta and ETS), taken only while that was at least "
    "3 % better on the origins of the two years before. Intervals: conformal, from the errors of the published rule at "
    "past origins, recent ones weighing more, steered by its misses. Errors: mean absolute, rolling origins, each "
    "using only what was known at it."
)
_OWN_MONTHS = """
    select strftime(p.seen_at, '%Y-%m') as month, count(*) as n from posting p
    where {ever} and p.source in (
        select source from crawl where outcome in ('complete', 'unchanged') and "at" is not null
        group by source having count(distinct strftime("at", '%Y-%m')) >= 24)
    group by month order by month
"""


@dataclass(frozen=True, slots=True)
class Outlook(Figure):
    """A figure whose rows are forecasts, with what is needed to judge them, by group."""

    groups: tuple[Mapping[str, Any], ...] = field(default=())
    notes: tuple[str, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The figure as JSON: rows carry date, value, low80, high80, low95, high95; ``groups`` the evaluation."""
        return {**Figure.to_json(self), "groups": [dict(group) for group in self.groups], "notes": list(self.notes)}


def outlook(snapshot: Snapshot, filters: Filters, *, series: str = "", horizon: str = "13w") -> Outlook:
    """Return the outlook of a bundled series: ``ai_share`` (default), ``postings``, or ``own``.

    The first two are Indeed Hiring Lab's, by month, of the country asked (else the US). ``own`` counts this
    snapshot's openings by month of the sources with at least 24 complete monthly crawls; NotSupported without one.
    """
    number, unit = read.horizon(horizon)
    if series == OWN:
        made, unit_said, sources, about = _own(snapshot, filters), "openings", tuple(snapshot.sources), OWN
    elif series in ("", *_MEASURES):
        name = series or "ai_share"
        made, unit_said = _hiring_lab(name, filters.country or "US"), _MEASURES[name]
        sources, about = (hiring_lab.SOURCE,), HIRING_LAB
    else:
        raise UsageError(f"no series {series!r}; there are {', '.join(_MEASURES)}, {OWN}, or a CSV file")
    return _figure(
        Table((made,), len(made.values), (), ()), number, unit, measured=unit_said, sources=sources, about=about,
        origin=snapshot.id, filters=filters,
    )  # fmt: skip


def of_table(
    text: str, *, name: str, day: str, value: str, group: str | None = None, horizon: str = "13w"
) -> Outlook:  # fmt: skip
    """Return the outlook of each series in a CSV; ``name`` says where it is from.

    Raises UsageError for a column or horizon that does not exist, TooFew where no group is long enough.
    """
    number, unit = read.horizon(horizon)
    table = read.read(text, day=day, value=value, group=group, unit=unit)
    source = {"name": name, "attribution": "a file of the user's", "terms": ""}
    return _figure(
        table, number, unit, measured=value, sources=(source,), about=name,
        origin=hashlib.sha256(text.encode()).hexdigest()[:12], filters=Filters(family="all"),
    )  # fmt: skip


def _hiring_lab(name: str, country: str) -> Series:
    months = hiring_lab.months(country) if name == "ai_share" else hiring_lab.postings_index(country)
    return read.monthly(hiring_lab.COUNTRIES.get(country, country), months)


def _own(snapshot: Snapshot, filters: Filters) -> Series:
    """This snapshot's openings by month, where a source was crawled completely for two years."""
    found = {row["month"]: float(row["n"]) for row in select(snapshot, _OWN_MONTHS, filters)}
    if len(found) < _FEWEST:
        raise NotSupported(
            f"an outlook of our own postings needs one source with at least {_FEWEST} complete monthly crawls; this "
            f"snapshot has {len(found)} such months. Use --series FILE.csv, or the bundled Hiring Lab series"
        )
    return read.monthly("openings", found)


def _figure(
    table: Table,
    number: int,
    unit: str,
    *,
    measured: str,
    sources: tuple[Mapping[str, str], ...],
    about: str,
    origin: str,
    filters: Filters,
) -> Outlook:
    """The envelope over all groups; one that is too short is named in the notes."""
    rows, groups, notes = [], [], [*table.notes]
    for one in table.series:
        steps = read.in_steps(number, unit, one.unit)
        year, season = read.STEPS[one.unit]
        found = evaluate(np.array(one.values), horizon=steps, season=season, year=year)
        if found is None:
            notes.append(f"{one.group or 'the series'}: too short (n = {len(one.values)} {read.NAMES[one.unit]})")
            continue
        rows += list(_rows(one, found, several=len(table.series) > 1))
        groups.append(_judged(one, found, about, year))
    if bad := read.said(table.bad):
        notes.append(bad)
    if not rows:
        raise TooFew(f"no series is long enough to judge a forecast of it: {'; '.join(notes)}", n=table.rows)
    parameters = {"series": about, "horizon": f"{number}{unit}", "measured": measured}
    return Outlook(
        figure="outlook", id=identity(origin, "outlook", filters, "", parameters), unit=measured, chart="dots",
        title=f"Outlook: {measured}, {number} {read.NAMES[unit]} ahead",
        base=Base(table.rows - len(table.bad), 0, 0.0, filters.spoken() if about == OWN else {}, _left_out(table)),
        as_of=max(one.dates[-1] for one in table.series), snapshot=origin, sources=sources, rows=tuple(rows),
        method=_METHOD, caveats=tuple(_caveats(about)), examples=(), parameters=parameters, groups=tuple(groups),
        notes=tuple(notes),
    )  # fmt: skip


def _left_out(table: Table) -> dict[str, int]:
    return {"rows that could not be read": len(table.bad)} if table.bad else {}


def _caveats(about: str) -> Iterator[str]:
    yield "A forecast continues the past; it knows nothing of what has not happened yet."
    if about == HIRING_LAB:
        yield "Another source than the openings counted elsewhere, never joined to them; adjusted values are revised."
    if not breaks.can_find():
        yield "Change points are not looked for: that needs the extra [stats]."


def _rows(one: Series, found: Evaluated, *, several: bool) -> Iterator[Row]:
    for h in range(len(found.path)):
        when = read.later(one.dates[-1], one.unit, h + 1).isoformat()
        more: dict[str, Extra] = {"date": when}
        if several or one.group:
            more["group"] = one.group
        for k, level in enumerate(("80", "95")):
            more[f"low{level}"] = _number(found.low[k, h])
            more[f"high{level}"] = _number(found.high[k, h])
        key = f"{one.group}/{when}" if one.group else when
        label = f"{one.group}, {when}" if several else when
        low, high = more["low95"], more["high95"]
        assert not isinstance(low, str)
        assert not isinstance(high, str)
        yield Row(key, label, _number(found.path[h]), low, high, len(one.values), 0, "", more)


def _number(value: float) -> float | None:
    """Rounded to six significant digits; None where there is no number."""
    return float(f"{value:.6g}") if math.isfinite(value) else None


def _judged(one: Series, found: Evaluated, about: str, year: int) -> dict[str, Any]:
    """What a reader needs to believe a group's forecast, or not."""
    first, last = one.dates[0], one.dates[-1]
    events = breaks.known(about, first, last)
    if breaks.can_find():
        events += breaks.change_points(np.array(one.values), one.dates)
    return {
        "group": one.group,
        "unit": read.NAMES[one.unit],
        "from": first.isoformat(),
        "to": last.isoformat(),
        "n": len(one.values),
        "last": _number(one.values[-1]),
        "filled": one.filled,
        "published": {"method": found.choice.method, "weight": round(found.choice.weight, 3), "said": _said(found)},
        "evaluation": [
            {"method": s.method, "mae": None if s.mae is None else _number(s.mae), "origins": s.origins,
             "ratio_to_last_value": None if s.ratio is None else round(s.ratio, 4)}
            for s in found.scores
        ],
        "coverage": {f"{level:.0%}".rstrip("%"): _number(share) for level, share in found.coverage.items()},
        "origins": found.origins,
        "growth_a_year": _growth(one, found, year),
        "breaks": [_event(event) for event in sorted(events, key=lambda event: (event.day, event.what))],
    }  # fmt: skip


def _event(event: breaks.Break) -> dict[str, Any]:
    return {"date": event.day.isoformat(), "what": event.what, "source": event.source, "found": event.found}


def _said(found: Evaluated) -> str:
    """What is published, in words."""
    if not found.choice.weight:
        return "the last value: nothing tried has beaten it at past origins"
    return f"{found.choice.weight:.0%} of the way from the last value to {METHODS[found.choice.method]}"


def _growth(one: Series, found: Evaluated, year: int) -> dict[str, Any] | None:
    """The end of the horizon as yearly growth, from the ends of its 80 % interval; None for series that touch zero."""
    low, high, now = found.low[0, -1], found.high[0, -1], one.values[-1]
    if not (now > 0 and np.isfinite(low) and np.isfinite(high) and low > 0):
        return None
    power = year / len(found.path)
    a, b = (math.exp(power * math.log(end / now)) - 1 for end in (low, high))
    return {"low": round(a, 4), "high": round(b, 4), "said": f"{a:+.0%} to {b:+.0%} a year (80 %)"}


def lines(found: Outlook, *, most: int = 60) -> list[str]:
    """Return the outlook as the terminal shows it: for each group forecast, evaluation, breaks."""
    out = [found.title, ""]
    by_group: dict[str, list[Row]] = {}
    for row in found.rows:
        by_group.setdefault(str(row.more.get("group", "")), []).append(row)
    for group in found.groups:
        out += _group_lines(group, by_group[group["group"]][:most])
    out += [f"Note: {note}" for note in (*found.notes, *found.caveats)]
    names = ", ".join(str(source["name"]) for source in found.sources)
    return [*out, f"Source: {names}, up to {words.day(found.as_of)}.", found.method]


def _group_lines(group: Mapping[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    name = group["group"] or "series"
    yield f"{name}: {group['n']} {group['unit']}, {group['from']} to {group['to']}, last value {_short(group['last'])}"
    yield f"  published: {group['published']['said']}"
    yield f"  {'date':<12}{'value':>10}{'80% interval':>24}{'95% interval':>24}"
    for row in rows:
        inner = f"{_short(row.more['low80'])} to {_short(row.more['high80'])}"
        outer = f"{_short(row.more['low95'])} to {_short(row.more['high95'])}"
        yield f"  {row.more['date']:<12}{_short(row.value):>10}{inner:>24}{outer:>24}"
    if group["growth_a_year"]:
        yield f"  at this horizon's end, as growth: {group['growth_a_year']['said']}"
    yield f"  past origins: {group['origins']}; the later half was judged:"
    yield f"  {'method':<20}{'mean abs. error':>16}{'against last value':>20}"
    for score in group["evaluation"]:
        ratio = "" if score["ratio_to_last_value"] is None else f"{score['ratio_to_last_value']:.2f}"
        yield f"  {METHODS[score['method']]:<20}{_short(score['mae']):>16}{ratio:>20}"
    held = ", ".join(f"{level} % intervals held {share:.0%}" for level, share in group["coverage"].items() if share)
    if held:
        yield f"  {held} of what came"
    for event in group["breaks"]:
        yield f"  break {event['date']}: {event['what']} ({event['source']})"
    yield ""


def _short(value: object) -> str:
    if not isinstance(value, float | int):
        return "-"
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.4g}"

"""Do openings grow? An index of the same boards, and what of a raw change is none: coverage and double listing."""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from jobtide.market import support, words
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Numbers, effective_employers, reach_of
from jobtide.market.moments import unbounded
from jobtide.market.openings import Counted, label
from jobtide.market.stays import Watched, number, parted, stayed, watched
from jobtide.store.snapshot import Snapshot

_YEAR = 365.25  # days
_SEASON = 15.5  # days by which two days may lie apart in their years and still be in the same season
_METHOD = (
    "Openings that stood on the day, on boards crawled completely from the first days to the last; first day = 100. A "
    "vacancy counts once. Interval: 95 %, linearised over employers on the logarithm, t on effective employers less "
    "one. "
    "change_postings = coverage (boards watched only for a part) + double_listed (a vacancy several times) + real."
)
# Postings standing on each day, whatever board they are on, and of them those on boards of the panel.
_RAW = """
    with panel as (select unnest($sources) as source, unnest($boards) as board),
    {chosen},
    day as (select unnest($days) as key, unnest($days)::date + interval 1 day as b),
    moment as (
        select distinct source, board, "at" from crawl where outcome in ('complete', 'unchanged') and "at" is not null),
    spells as (
        select q.source, q.board, s.first_seen_at as a, coalesce(s.closed_at, case when s.misses > 0 then (
            select min(m."at") from moment m
            where m.source = q.source and m.board = q.board and m."at" > s.last_seen_at) end) as z
        from chosen join posting q using (vacancy) join spell s on s.posting = q.posting)
    select day.key, count(*) as postings, count(panel.board) as followed
    from day join spells on spells.a < day.b and (spells.z is null or spells.z >= day.b)
    left join panel on panel.source = spells.source and panel.board = spells.board
    group by day.key order by day.key
"""


def growth(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the index of openings on the same boards, 100 on the first day, by month of crawls; or its end by a split.

    Rows: keys are days; ``value`` with ``low``/``high``, ``n`` openings that stood, and ``change_postings``: the raw
    change in postings since the first day, equal to ``coverage`` + ``double_listed`` + ``real``. ``yearly_low`` and
    ``yearly_high`` (shares a year) only where whole years have passed, give or take half a month. Raises NotSupported
    before two complete crawls 28 days apart, TooFew.
    """
    panel = watched(snapshot, filters, "growth")
    if by is not None:
        return _by(snapshot, filters, panel, by)
    found = stayed(snapshot, filters, panel.boards)
    stocks = [found.stock(day) for day in panel.days]
    if not support.shown(*_held(stocks[0])):
        why = f"too few on {words.day(panel.days[0])}, on boards that were crawled since"
        raise support.refused(why, _held(stocks[0]), "growth", filters, lambda wider: _size(snapshot, wider))
    raw = _raw(snapshot, filters, panel)
    rows = [_row(panel, day, stock, stocks[0], raw) for day, stock in zip(panel.days, stocks, strict=True)]
    total = Counted(found.employers, found.by_employer(found.gone > number(panel.days[0])))
    return figure(
        "growth", snapshot, filters, rows=rows, counted=total, chart="index", method=_METHOD,
        unit=f"index, {panel.days[0].isoformat()} = 100", caveats=_caveats(panel, rows, found.missed),
        title=f"Openings on the same boards, {words.day(panel.days[0])} to {words.day(panel.days[-1])}",
    )  # fmt: skip


def _by(snapshot: Snapshot, filters: Filters, panel: Watched, by: str) -> Figure:
    """The index of the last day for each group, largest first; ``n`` is the smaller of its two stocks."""
    rows = []
    for key, found in parted(snapshot, filters, panel.boards, by).items():
        first, last = found.stock(panel.days[0]), found.stock(panel.days[-1])
        if first.sum() and last.sum():
            rows.append(_group(key, label(by, key), first, last))
    whole = stayed(snapshot, filters, panel.boards)
    return figure(
        "growth", snapshot, filters, group=by, chart="dots", method=_METHOD, unit="index, first day = 100",
        rows=sorted(rows, key=lambda row: (-(row.value or 0.0), row.key)),
        counted=Counted(whole.employers, whole.by_employer(whole.gone > number(panel.days[0]))),
        title=f"Openings on the same boards on {words.day(panel.days[-1])}, {words.day(panel.days[0])} = 100",
        caveats=(f"Boards followed: {len(panel.boards.days)}; others, watched only for a part: {panel.others}.",),
    )  # fmt: skip


def _group(key: str, shown: str, first: Numbers, last: Numbers) -> Row:
    found = ratio(first, last)
    index = Interval(100 * found.value, 100 * found.low, 100 * found.high, found.effective)
    n, employers = (min(int(count(first)), int(count(last))) for count in (np.sum, np.count_nonzero))
    return estimate(key, shown, index, n=n, employers=employers, before=int(first.sum()), after=int(last.sum()))


def _held(stock: Numbers) -> tuple[int, int]:
    """Openings and employers of a day."""
    return int(stock.sum()), int((stock > 0).sum())


def _size(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    """Openings and employers of the first day that broader filters would leave."""
    panel = watched(snapshot, filters, "growth")
    return _held(stayed(snapshot, filters, panel.boards).stock(panel.days[0]))


def ratio(before: Numbers, after: Numbers) -> Interval:
    """Return how many times as many openings there are after as before, given by employer, with its interval.

    Both must hold openings. The interval is taken on the logarithm; an employer's residual is as when it is left out.
    """
    n, m = float(before.sum()), float(after.sum())
    value, effective = m / n, min(effective_employers(before), effective_employers(after))
    if effective <= 1 + 1e-9:
        return Interval(value, math.nan, math.nan, effective)
    parts = after / m / (1 - after / m) - before / n / (1 - before / n)
    reach = reach_of(math.sqrt(float(np.square(parts).sum())), effective)
    return Interval(value, value * math.exp(-reach), value * math.exp(reach), effective)


def _row(
    panel: Watched, day: date, stock: Numbers, first: Numbers, raw: Mapping[date, Mapping[str, int]]
) -> Row:  # fmt: skip
    n, employers = int(stock.sum()), int((stock > 0).sum())
    more: dict[str, Extra] = {
        "month": day.isoformat(), "series": "index", "since": day.isoformat(),
        "until": (day + timedelta(days=1)).isoformat(), **_decomposed(panel, day, stock, first, raw),
    }  # fmt: skip
    if day == panel.days[0] or not n:
        return Row(day.isoformat(), words.day(day), 100.0 * n / float(first.sum()), None, None, n, employers, more=more)
    found = ratio(first, stock)
    sure = support.interval_allowed(found.effective)
    low, high = (100 * found.low, 100 * found.high) if sure else (None, None)
    if sure and whole_years(panel.days[0], day):
        more |= {
            "yearly_low": yearly(found.low, panel.days[0], day),
            "yearly_high": yearly(found.high, panel.days[0], day),
        }
    flag = "" if sure else support.NO_INTERVAL
    return Row(day.isoformat(), words.day(day), 100 * found.value, low, high, n, employers, flag, more)


def whole_years(first: date, last: date) -> bool:
    """Whether years lie between two days, give or take half a month: else a season would pass for growth.

    >>> [whole_years(date(2023, 3, 1), last) for last in (date(2024, 3, 9), date(2024, 6, 1), date(2023, 3, 9))]
    [True, False, False]
    """
    days = (last - first).days
    return days > _YEAR / 2 and abs(days - round(days / _YEAR) * _YEAR) <= _SEASON


def yearly(times: float, first: date, last: date) -> float:
    """Return the growth a year, as a share, that multiplies by ``times`` from ``first`` to ``last``.

    >>> round(yearly(1.21, date(2023, 1, 1), date(2024, 12, 31)), 3)
    0.1
    """
    return float(times ** (_YEAR / (last - first).days) - 1)


def _raw(snapshot: Snapshot, filters: Filters, panel: Watched) -> dict[date, dict[str, int]]:
    names = sorted(panel.boards.days)
    bound: dict[str, Any] = {"sources": [s for s, _ in names], "boards": [b for _, b in names]}
    days = [day.isoformat() for day in panel.days]
    rows = unbounded(snapshot, _RAW, filters, **bound, days=days).to_pylist()
    return {date.fromisoformat(row["key"]): {"postings": row["postings"], "followed": row["followed"]} for row in rows}


def _decomposed(
    panel: Watched, day: date, stock: Numbers, first: Numbers, raw: Mapping[date, Mapping[str, int]]
) -> dict[str, Extra]:  # fmt: skip
    """The raw change in postings since the first day, in three parts that add up to it."""
    none = {"postings": 0, "followed": 0}
    then, now = raw.get(panel.days[0], none), raw.get(day, none)
    real = int(stock.sum() - first.sum())
    followed = now["followed"] - then["followed"]
    change = now["postings"] - then["postings"]
    return {
        "postings": now["postings"], "change_postings": change, "coverage": change - followed,
        "double_listed": followed - real, "real": real,
    }  # fmt: skip


def _caveats(panel: Watched, rows: list[Row], missed: int) -> tuple[str, ...]:
    last = rows[-1]
    out = [
        f"Boards followed: {len(panel.boards.days)}; others, watched only for a part of the time: {panel.others}.",
        f"Of a raw change of {last.more['change_postings']:+,} postings, {last.more['coverage']:+,} is coverage, "
        f"{last.more['double_listed']:+,} double listing and {last.more['real']:+,} real.",
        f"Openings that only the last crawl missed count as gone; some may come again: {words.count(missed)}.",
    ]
    said = [_said(panel.days[0], row) for row in rows if "yearly_low" in row.more]
    none = f"No rate a year: {panel.span} days were watched, and in less than a year a season looks like growth."
    return (*out, said[-1] if said else none)


def _said(first: date, row: Row) -> str:
    low, high = (float(row.more[name] or 0.0) for name in ("yearly_low", "yearly_high"))
    return f"Growth, {words.day(first)} to {row.label}: {low * 100:.0f} % to {high * 100:.0f} % a year."

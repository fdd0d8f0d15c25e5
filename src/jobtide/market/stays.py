"""From when to when did each opening stand there? Its postings' spells joined, on boards that were watched.

An opening stands as long as one of its postings does; a posting of it that follows another's end without a gap is the
same stay, one that comes after a gap is a stay of its own: the opening came back. A posting that the last crawl missed
for the first time counts as gone from then: so it is counted on every other day, once the next crawl confirms it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from jobtide.errors import NotSupported
from jobtide.market import words
from jobtide.market.figure import Needs, carries
from jobtide.market.filters import Filters
from jobtide.market.intervals import Numbers
from jobtide.market.moments import Moments, Window, moments, period, unbounded
from jobtide.market.openings import by_key
from jobtide.store.snapshot import Snapshot

Flags = np.ndarray[Any, np.dtype[np.bool_]]
_FIRST_STRETCH = 28  # days from the first crawl in which a board must have been crawled, to be watched from the start
_PART = 4  # or a quarter of the time, where that is less
# One row a stay, times as days since 1970. fresh: no spell of the vacancy before it reaches to it. before: the crawl of
# its board before it was seen; settled: the last crawl but one, since an end needs two.
_STAYS = """
    with moment as (
        select distinct source, board, "at" from crawl where outcome in ('complete', 'unchanged') and "at" is not null
            and ($since is null or "at" >= cast($since as date)) and ($until is null or "at" < cast($until as date))),
    panel as (select unnest($sources) as source, unnest($boards) as board),
    limits as (select source, board, list_reverse_sort(list("at"))[2] as settled from moment group by source, board),
    {chosen},
    spells as (
        select chosen.part, q.vacancy, chosen.employer, q.source, q.board,
            s.first_seen_at as a, s.last_seen_at as l,
            s.left_censored as old, q.first_published_at as published, s.misses,
            s.closed_at is not null as sure,
            coalesce(s.closed_at, case when s.misses > 0 then (
                select min(m."at") from moment m
                where m.source = q.source and m.board = q.board and m."at" > s.last_seen_at) end) as z
        from chosen join posting q on q.vacancy = chosen.vacancy
        join panel on panel.source = q.source and panel.board = q.board
        join spell s on s.posting = q.posting),
    marked as (
        select *, coalesce(a > max(coalesce(z, timestamptz '9999-01-01')) over (
            partition by part, vacancy order by a, l, board rows between unbounded preceding and 1 preceding
        ), true) as fresh
        from spells),
    numbered as (
        select *, sum(fresh::int) over (
            partition by part, vacancy order by a, l, board rows unbounded preceding) as number
        from marked),
    stay as (
        select part, vacancy, number, any_value(employer) as employer, arg_min(source, a) as source,
            arg_min(board, a) as board, min(a) as opened, max(l) as last, bool_or(old) as old,
            min(published) filter (published <= a) as published,
            case when bool_or(z is null) then null else max(z) end as gone, bool_and(sure) as sure
        from numbered group by part, vacancy, number)
    select stay.part as key, stay.employer, cast(stay.number as double) as number, stay.old, stay.sure,
        epoch(opened) / 86400 as opened, epoch(last) / 86400 as last,
        coalesce(epoch(gone) / 86400, 'infinity'::double) as gone,
        epoch(published) / 86400 as published, epoch(m."at") / 86400 as before, epoch(settled) / 86400 as settled
    from stay left join limits using (source, board)
    asof left join moment m on m.source = stay.source and m.board = stay.board and m."at" < stay.opened
    order by stay.part, stay.vacancy, stay.number
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """Boards that were crawled from the first days to the last, and the days on which their stock is known.

    ``days`` begins when all of them had been crawled and ends when the first was crawled last.
    """

    boards: Moments
    days: tuple[date, ...]
    others: int

    @property
    def span(self) -> int:
        """Days from the first to the last."""
        return (self.days[-1] - self.days[0]).days


def watched(snapshot: Snapshot, filters: Filters, name: str) -> Watched:
    """Return the panel of a question about change: NotSupported unless boards were watched for 28 days."""
    carries(snapshot, Needs.TWO_CRAWLS, name)
    found = moments(snapshot, filters)
    stretch = timedelta(days=max(1, min(_FIRST_STRETCH, (found.last - found.first).days // _PART)))
    ends = (
        Window("first", found.first, found.first + stretch),
        Window("last", found.last - stretch + timedelta(days=1), found.last + timedelta(days=1)),
    )
    boards = found.across(ends)
    if not boards.days or (boards.settled - boards.begun).days < 1:
        raise NotSupported(
            f"{name} follows the same boards, and none was crawled completely both in the {stretch.days} days from "
            f"{words.day(found.first)} and in the {stretch.days} days to {words.day(found.last)}; narrow the period "
            "with --since and --until"
        )
    return Watched(boards, _days(boards), len(found.days) - len(boards.days))


def _days(boards: Moments) -> tuple[date, ...]:
    """The first day on which the whole panel is known, the last day of crawls in each month after it, the last day."""
    first, last = boards.begun, boards.settled
    monthly: dict[tuple[int, int], date] = {}
    for days in boards.days.values():
        for day in days:
            if first < day < last:
                month = (day.year, day.month)
                monthly[month] = max(day, monthly.get(month, day))
    monthly.pop((last.year, last.month), None)
    return (first, *sorted(monthly.values()), last)


def number(day: date) -> int:
    """The day as stays count it: since 1970."""
    return (day - date(1970, 1, 1)).days


@dataclass(frozen=True, slots=True)
class Stayed:
    """Stays of openings, one entry each, times as days since 1970; ``owner`` numbers ``employers``.

    ``number`` counts an opening's stays from 1; ``old`` ones were there at their board's first crawl. ``gone`` is
    infinite for those that stand, ``sure`` that two crawls missed them. ``before`` is the crawl of the board before the
    first that showed it, ``settled`` the board's last but one, ``published`` the stated day; NaN where there is none.
    """

    employers: tuple[str, ...]
    owner: np.ndarray[tuple[int], np.dtype[np.int64]]
    number: Numbers
    old: Flags
    sure: Flags
    opened: Numbers
    last: Numbers
    gone: Numbers
    published: Numbers
    before: Numbers
    settled: Numbers

    @property
    def missed(self) -> int:
        """How many only the last crawl of their board missed."""
        return int((np.isfinite(self.gone) & ~self.sure).sum())

    def by_employer(self, chosen: Flags) -> Numbers:
        """How many of the chosen stays each employer has."""
        return np.bincount(self.owner[chosen], minlength=len(self.employers)).astype(np.float64)

    def stock(self, day: date) -> Numbers:
        """Openings of each employer that stood there at the end of ``day``."""
        end = number(day) + 1
        return self.by_employer((self.opened < end) & (self.gone >= end))


def stayed(snapshot: Snapshot, filters: Filters, boards: Moments) -> Stayed:
    """Return the stays on ``boards`` of the openings that ``filters`` leave, in order of vacancies."""
    return _stayed(_found(snapshot, filters, boards, None))


def parted(snapshot: Snapshot, filters: Filters, boards: Moments, by: str) -> dict[str, Stayed]:
    """Return the stays of each group of the split ``by``."""
    return {key: _stayed(rows) for key, rows in by_key(_found(snapshot, filters, boards, by))}


def _found(snapshot: Snapshot, filters: Filters, boards: Moments, by: str | None) -> pa.Table:
    names = sorted(boards.days)
    return unbounded(
        snapshot, _STAYS, filters, by=by, **period(filters), sources=[source for source, _ in names],
        boards=[board for _, board in names],
    )  # fmt: skip


def _stayed(found: pa.Table) -> Stayed:
    employers, owner = np.unique(found["employer"].to_numpy(zero_copy_only=False).astype(str), return_inverse=True)
    columns = {
        name: found[name].cast("double").to_numpy(zero_copy_only=False)
        for name in ("number", "opened", "last", "gone", "published", "before", "settled")
    }
    flags = {name: found[name].to_numpy(zero_copy_only=False).astype(np.bool_) for name in ("old", "sure")}
    return Stayed(tuple(employers.tolist()), owner.astype(np.int64), **flags, **columns)

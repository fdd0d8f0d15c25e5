"""When was an opening open? Counts in windows of time, over the boards that were watched through all of them.

An opening is in a window if one of its postings was seen by then and was not gone before: from the spell where the
snapshot has one, else the one moment at which a file or thread showed it. Coverage never passes for change: a board
counts only if complete crawls of it lie in the first window and in the last.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from jobtide.errors import NotSupported
from jobtide.market import words
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted, split, table
from jobtide.store.snapshot import Snapshot

_MOMENTS = """
    select source, board, cast("at" as date) as day from crawl
    where outcome in ('complete', 'unchanged') and "at" is not null
        and ($since is null or "at" >= cast($since as date)) and ($until is null or "at" < cast($until as date))
    group by all order by day, source, board
"""
# $keys, $starts and $ends are the windows, $sources and $boards the panel, pair by pair. A vacancy's facts in a window
# are those of the members that it had then: the text of an earlier year names what was wanted in that year.
_OPEN = """
    with slot as (
        select unnest($keys) as key, unnest($starts)::timestamptz as a, unnest($ends)::timestamptz as b),
    panel as (select unnest($sources) as source, unnest($boards) as board),
    {chosen},
    shown as (
        select distinct slot.key, chosen.vacancy, chosen.employer, q.version
        from chosen join posting q on q.vacancy = chosen.vacancy
        join panel on panel.source = q.source and panel.board = q.board
        left join spell s on s.posting = q.posting
        join slot on coalesce(s.last_seen_at, q.seen_at) >= slot.a and coalesce(s.first_seen_at, q.seen_at) < slot.b)
"""
_SIZES = """
    select key, employer, count(distinct vacancy) as n from shown
    group by grouping sets ((key, employer), (employer)) order by key nulls first, employer
"""
_SHOWN = "select key, vacancy, employer, version from shown order by key, vacancy, version"
_NAMED = """
    select shown.key, f.concept as skill, employer, count(distinct vacancy) as k
    from shown join fact f using (version)
    where f.kind = 'skill' and f.need <> 'negated' and (len($skills) = 0 or list_contains($skills, f.concept))
    group by all order by skill, shown.key, employer
"""


# On a board that many employers share, one that bears the board's name is an employer that the posting does not name:
# such an opening is a cluster of its own, else all of them together would pass for one large employer.
_CHOSEN = """
    shared as (select source, board from posting group by all having count(distinct employer) > 1),
    chosen as (
        select distinct {key} as part, p.vacancy,
            if(p.employer = p.board and shared.board is not null, p.vacancy, p.employer) as employer
        from posting p left join shared on shared.source = p.source and shared.board = p.board {join}
        where {ever} and {key} is not null)
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``start`` on, before ``end``."""

    key: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Moments:
    """Days of complete crawls by (source, board), ascending."""

    days: Mapping[tuple[str, str], tuple[date, ...]]

    @property
    def first(self) -> date:
        """The first day of all."""
        return min(days[0] for days in self.days.values())

    @property
    def last(self) -> date:
        """The last day of all."""
        return max(days[-1] for days in self.days.values())

    def through(self, windows: Sequence[Window]) -> "Moments":
        """The boards with a complete crawl in the first window and in the last, with their days in any of them."""
        out = {}
        for board, days in self.days.items():
            inside = tuple(day for day in days if any(w.start <= day < w.end for w in windows))
            if _meets(inside, windows[0]) and _meets(inside, windows[-1]):
                out[board] = inside
        return Moments(out)

    def said(self, window: Window) -> str:
        """The months of the crawls in ``window``, as text says them."""
        inside = [day for days in self.days.values() for day in days if window.start <= day < window.end]
        first, last = min(inside), max(inside)
        if (first.year, first.month) == (last.year, last.month):
            return words.span(first, last + timedelta(days=1))
        return f"{words.month(first.isoformat())} to {words.month(last.isoformat())}"

    @property
    def begun(self) -> date:
        """The day by which every board had been crawled."""
        return max(days[0] for days in self.days.values())

    @property
    def settled(self) -> date:
        """The last day after which every board was still crawled, or its own last crawl."""
        return min(days[-1] for days in self.days.values())

    @property
    def apart(self) -> float:
        """The median of days between two crawls of a board: what is shorter was not seen."""
        return float(np.median([b - a for days in self.days.values() for a, b in pairwise(map(date.toordinal, days))]))

    def across(self, ends: Sequence[Window]) -> "Moments":
        """The boards with a complete crawl in each of ``ends``, with all their days."""
        return Moments({
            board: days for board, days in self.days.items() if all(_meets(days, window) for window in ends)
        })  # fmt: skip

    def months(self) -> list[Window]:
        """The calendar months with a complete crawl of any board, ascending; keys are "2016-12"."""
        found = sorted({(day.year, day.month) for days in self.days.values() for day in days})
        return [Window(f"{y}-{m:02d}", date(y, m, 1), date(y + m // 12, m % 12 + 1, 1)) for y, m in found]

    def sources(self) -> dict[str, int]:
        """In how many calendar months each source was crawled completely."""
        out: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for (source, _), days in self.days.items():
            out[source] |= {(day.year, day.month) for day in days}
        return {source: len(found) for source, found in sorted(out.items())}


def _meets(days: Sequence[date], window: Window) -> bool:
    return any(window.start <= day < window.end for day in days)


def moments(snapshot: Snapshot, filters: Filters) -> Moments:
    """Return the complete crawls in the period that ``filters`` leave; for questions over time since and until bound
    the crawls, not the dates of publication. NotSupported where no complete crawl lies in it.
    """
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for row in snapshot.query(_MOMENTS, period(filters)).to_pylist():
        days[row["source"], row["board"]].append(row["day"])
    if not days:
        raise NotSupported("no complete crawl lies in this period; leave --since and --until out to see all crawls")
    return Moments({board: tuple(found) for board, found in days.items()})


def period(filters: Filters) -> dict[str, str | None]:
    """Return the days that bound the crawls, as a statement takes them."""
    days = {"since": filters.since, "until": filters.until}
    return {name: day.isoformat() if day else None for name, day in days.items()}


def unbounded(
    snapshot: Snapshot, sql: str, filters: Filters, *, by: str | None = None, **parameters: Any
) -> pa.Table:  # fmt: skip
    """Return the result of ``sql``, in which ``{chosen}`` stands for the openings that the filters leave, by employer.

    Its column part is the group of the split ``by``, "all" without one; an opening stands in each of its places.

    Openings that closed count too: a question about another day needs them. since and until are not asked of them;
    they bound the crawls.
    """
    expression, join = split(by) if by else ("'all'", "")
    chosen = _CHOSEN.replace("{key}", expression).replace("{join}", join)
    return table(snapshot, sql.replace("{chosen}", chosen), replace(filters, since=None, until=None), **parameters)


def halves(found: Moments, *, longest: timedelta) -> tuple[Window, Window]:
    """Return the first and the last stretch of the crawls: ``longest`` each, or half of the time where that is less.

    >>> day = date(2016, 1, 1)
    >>> a, b = halves(Moments({("s", "b"): (day, date(2016, 1, 31))}), longest=timedelta(days=365))
    >>> a.end, b.start
    (datetime.date(2016, 1, 16), datetime.date(2016, 1, 17))
    """
    first, end = found.first, found.last + timedelta(days=1)
    length = min(longest, timedelta(days=(found.last - first).days // 2))
    return Window("before", first, first + length), Window("after", end - length, end)


@dataclass(frozen=True, slots=True)
class Open:
    """Openings in each window by employer, in one order of employers, and over all windows."""

    employers: tuple[str, ...]
    sizes: Mapping[str, np.ndarray[Any, np.dtype[np.float64]]]
    total: Counted

    @property
    def unnamed(self) -> int:
        """Openings whose employer the posting does not name: each stands in ``employers`` by its vacancy's key."""
        return sum(":" in employer for employer in self.employers)


class Panel:
    """What was open in each of some windows, on the boards watched through them."""

    def __init__(self, snapshot: Snapshot, filters: Filters, windows: Sequence[Window], boards: Moments) -> None:
        """``boards`` is the panel, ``windows`` in order of time."""
        self._snapshot = snapshot
        self._filters = filters
        names = sorted(boards.days)
        self._bound: dict[str, Any] = {
            "keys": [w.key for w in windows],
            "starts": [w.start.isoformat() for w in windows],
            "ends": [w.end.isoformat() for w in windows],
            "sources": [source for source, _ in names],
            "boards": [board for _, board in names],
        }

    def open(self) -> Open:
        """Return the openings of each window by employer, each vacancy once a window."""
        rows = unbounded(self._snapshot, _OPEN + _SIZES, self._filters, **self._bound).to_pylist()
        total = [row for row in rows if row["key"] is None]
        employers = tuple(row["employer"] for row in total)
        at = {employer: i for i, employer in enumerate(employers)}
        sizes = {key: np.zeros(len(employers)) for key in self._bound["keys"]}
        for row in rows:
            if row["key"] is not None:
                sizes[row["key"]][at[row["employer"]]] = row["n"]
        return Open(employers, sizes, Counted(employers, np.array([row["n"] for row in total], dtype=np.float64)))

    def named(self, skills: Sequence[str] = ()) -> dict[str, dict[str, dict[str, int]]]:
        """Return openings that name a skill: skill -> window -> employer -> openings; all where none is given."""
        out: dict[str, dict[str, dict[str, int]]] = {}
        found = unbounded(self._snapshot, _OPEN + _NAMED, self._filters, **self._bound, skills=list(skills))
        for row in found.to_pylist():
            out.setdefault(row["skill"], {}).setdefault(row["key"], {})[row["employer"]] = row["k"]
        return out

    def shown(self) -> list[dict[str, str]]:
        """Return each posting version of an opening in a window: its key, vacancy, employer and version."""
        rows: list[dict[str, str]] = unbounded(
            self._snapshot, _OPEN + _SHOWN, self._filters, **self._bound
        ).to_pylist()  # fmt: skip
        return rows

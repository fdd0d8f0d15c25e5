"""From counted cells to rows: which share of a base has each of some concepts, in all or in each group of a split?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from jobtide.market import support
from jobtide.market.figure import Extra, Row, estimate
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Numbers, clustered_share
from jobtide.market.openings import Counted, Split, base, employer_names, grouped, label, select, split
from jobtide.store.snapshot import Snapshot

ALL = "all"  # the one group where nothing is split
METHOD = "Interval: 95 %, linearised over employers, t on effective employers less one."
_NAMED = """
    select {key} as key, f.concept, p.employer, count(distinct p.vacancy) as k,
        count(distinct p.vacancy) filter (f.need = 'required') as required,
        count(distinct p.vacancy) filter (f.need = 'preferred') as preferred
    from posting p {join} join fact f on f.version = p.version
    where {where} and f.kind = $kind and coalesce(f.need, '') <> 'negated' and {key} is not null
    group by all order by key, concept, p.employer
"""
_HAVING = """
    select {key} as key, {of} as concept, p.employer, count(distinct p.vacancy) as k
    from posting p {join} {of_join} where {where} and {key} is not null and {of} is not null
    group by all order by key, concept, p.employer
"""


@dataclass(slots=True)
class Cell:
    """Openings of one group that have one concept, by employer; and sums of whatever else was counted."""

    hits: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)


Cells = dict[tuple[str, str], Cell]


def naming(snapshot: Snapshot, filters: Filters, kind: str, *, by: Split | None = None) -> Cells:
    """Return the openings that state a fact of ``kind``, by (group, concept); denied facts are none."""
    expression, join = split(by) if by else (f"'{ALL}'", "")
    sql = _NAMED.replace("{key}", expression).replace("{join}", join)
    return gathered(select(snapshot, sql, filters, kind=kind))


def having(snapshot: Snapshot, filters: Filters, of: tuple[str, str], *, by: Split | None = None) -> Cells:
    """Return the openings of each value of ``of``, an SQL expression and the join it needs, by (group, value)."""
    expression, join = split(by) if by else (f"'{ALL}'", "")
    # A split joined twice needs its table's name once: by and of are never the same.
    sql = _HAVING.replace("{key}", expression).replace("{of}", of[0])
    return gathered(select(snapshot, sql.replace("{join}", join).replace("{of_join}", of[1]), filters))


def gathered(rows: Iterable[Mapping[str, Any]]) -> Cells:
    """Return the cells of counted rows: key, concept, employer, k, and further counts, which are summed."""
    out: Cells = {}
    for row in rows:
        cell = out.setdefault((row["key"], row["concept"]), Cell())
        cell.hits[row["employer"]] = row["k"]
        for name in row.keys() - {"key", "concept", "employer", "k"}:
            cell.sums[name] = cell.sums.get(name, 0) + row[name]
    return out


def bases(snapshot: Snapshot, filters: Filters, by: Split | None) -> tuple[Counted, dict[str, Counted]]:
    """Return the whole base and that of each group; without a split the whole is the one group."""
    whole = base(snapshot, filters)
    return whole, (grouped(snapshot, filters, by) if by else {ALL: whole})


def aligned(counted: Counted, hits: Mapping[str, int]) -> Numbers:
    """The hits of each employer of ``counted``, in its order; 0 where it has none."""
    return np.array([hits.get(employer, 0) for employer in counted.employers], dtype=np.float64)


def share_of(counted: Counted, hits: Mapping[str, int]) -> Interval:
    """Return the share of ``counted`` that are hits, with its interval."""
    return clustered_share(aligned(counted, hits), counted.sizes)


@dataclass(frozen=True, slots=True)
class Said:
    """How rows are written: a concept's words, the split and its employers' names."""

    concept: Callable[[str], str]
    by: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    def row(self, key: str, concept: str) -> tuple[str, str, dict[str, Extra]]:
        """Return a row's key, its label and, in a split, its group in words."""
        if not self.by:
            return concept, self.concept(concept), {}
        group = label(self.by, key, dict(self.names))
        return f"{key}/{concept}", f"{self.concept(concept)} ({group})", {"group": group}


def said(snapshot: Snapshot, by: str | None, concept: Callable[[str], str]) -> Said:
    """Return how the rows of a split are written."""
    return Said(concept, by, employer_names(snapshot) if by == "employer" else {})


def rows(
    cells: Cells, groups: Mapping[str, Counted], how: Said, *, concepts: Sequence[str] = (), counts: str = "named"
) -> Iterator[Row]:
    """Yield one row a group and concept: its share of the group's base with interval.

    ``concepts`` are listed even where none has them, so that a zero stands with its upper bound. ``counts`` names the
    column of openings that have it; ``{counts}_employers`` are their employers.
    """
    wanted = dict.fromkeys((key, concept) for key in groups for concept in concepts) | dict.fromkeys(cells)
    for key, concept in wanted:
        counted, cell = groups[key], cells.get((key, concept), Cell())
        name, shown, more = how.row(key, concept)
        more = {counts: sum(cell.hits.values()), f"{counts}_employers": len(cell.hits), **cell.sums, **more}
        share = share_of(counted, cell.hits)
        yield estimate(name, shown, share, n=counted.n, employers=len(counted.employers), **more)


def ranked(found: Iterable[Row], groups: Mapping[str, Counted] | None = None) -> list[Row]:
    """The rows, group by group in their order, largest first; those that will be withheld come last."""
    order = {key: number for number, key in enumerate(groups or {})}

    def place(row: Row) -> tuple[int, bool, float, str]:
        hidden = not support.shown(row.n, row.employers)
        return order.get(row.key.rpartition("/")[0], 0), hidden, 0.0 if hidden else -(row.value or 0.0), row.key

    return sorted(found, key=place)

"""From counted cells to rows: which share of a base has each of some concepts, in all or in each group of a split?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from jobtide.market import support
from jobtide.market.figure import Extra, Row, estimate
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Moments, Numbers, clustered_share, clustered_shares
from jobtide.market.openings import Counted, Split, base, employer_names, grouped, label, select, split, table
from jobtide.store.snapshot import Snapshot

ALL = "all"  # the one group where nothing is split
METHOD = "Interval: 95 %, linearised over employers, t on effective employers less one."
# Openings by group, concept and employer, then what a clustered share needs of them (intervals.Moments): hits, their
# squares and their products with the employer's size, each weighted as when that employer is left out, in whole
# billionths, whose sum does not hang on the order of adding. ``cell`` is one of the two below.
_TALLIED = """
    with size as materialized (
        select {key} as key, p.employer_no, count(*) as s from posting p {join}
        where {where} and {key} is not null group by all),
    weight as (
        select key, employer_no, s,
            cast(case when s < whole then 1e9 * power(1 - s / whole, -2) else 0 end as hugeint) as w
        from (select *, sum(s) over (partition by key) as whole from size)),
    cell as materialized ({cell})
    select c.key, c.concept, cast(sum(c.k) as bigint) as k, count(*) as employers,
        cast(sum(w.w * c.k * c.k) as double) / 1e9 as squares, cast(sum(w.w * c.k * w.s) as double) / 1e9 as products,
        cast(sum(c.required) as bigint) as required, cast(sum(c.preferred) as bigint) as preferred
    from cell c join weight w using (key, employer_no)
    group by all order by c.key, c.concept
"""
_NAMED = """
    select {key} as key, n.concept, p.employer_no, count(*) as k, count(*) filter (n.required) as required,
        count(*) filter (n.preferred) as preferred
    from posting p {join} join {named} n on n.no = p.no
    where {where} and {key} is not null group by all
"""
_HAVING = """
    select {key} as key, {of} as concept, p.employer_no, count(*) as k, null as required, null as preferred
    from posting p {join} {of_join} where {where} and {key} is not null and {of} is not null group by all
"""
_BY_EMPLOYER = """
    with cell as ({cell}) select key, concept, list(employer_no order by employer_no) as owners,
        list(k order by employer_no) as counts
    from cell group by key, concept order by key, concept
"""
# What openings name: skills have a table of their own.
_SKILLS = "(select k.concept, s.no, s.required, s.preferred from opening_skill s join skill k using (skill_no))"
_OTHERS = "(select concept, no, required, preferred from opening_named where kind = '{kind}')"


_NONE = Moments(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """Openings of one group that have one concept: how many, of how many employers, and what their interval needs."""

    moments: Moments = _NONE
    employers: int = 0
    needs: Mapping[str, int] = field(default_factory=dict)


Cells = dict[tuple[str, str], Cell]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: an inner statement with ``{key}`` and ``{join}`` of a split still open."""

    cell: str

    def within(self, by: Split | None, outer: str) -> str:
        """The whole statement for a split."""
        expression, join = split(by) if by else (f"'{ALL}'", "")
        return outer.replace("{cell}", self.cell).replace("{key}", expression).replace("{join}", join)


def naming(kind: str) -> Asked:
    """Ask for the openings that state a fact of ``kind``, one of ours, by concept; denied facts are none."""
    return Asked(_NAMED.replace("{named}", _SKILLS if kind == "skill" else _OTHERS.replace("{kind}", kind)))


def having(of: tuple[str, str]) -> Asked:
    """Ask for the openings of each value of ``of``, an SQL expression and the join it needs."""
    return Asked(_HAVING.replace("{of}", of[0]).replace("{of_join}", of[1]))


def tally(snapshot: Snapshot, filters: Filters, asked: Asked, *, by: Split | None = None) -> Cells:
    """Return what is asked, by (group, concept)."""
    out: Cells = {}
    for row in select(snapshot, asked.within(by, _TALLIED), filters):
        needs = {name: row[name] for name in ("required", "preferred") if row[name] is not None}
        moments = Moments(row["k"], row["squares"], row["products"])
        out[row["key"], row["concept"]] = Cell(moments, row["employers"], needs)
    return out


@dataclass(frozen=True, slots=True)
class Held:
    """Openings of each employer that have something: ``owners`` are employers' numbers, ascending."""

    owners: npt.NDArray[np.intp]
    counts: Numbers


Hits = dict[tuple[str, str], Held]


def hits(snapshot: Snapshot, filters: Filters, asked: Asked, *, by: Split | None = None) -> Hits:
    """Return the openings of each employer that have what is asked, by (group, concept)."""
    found = table(snapshot, asked.within(by, _BY_EMPLOYER), filters).combine_chunks()
    ends = np.cumsum([0, *(pc.list_value_length(found["owners"]).to_pylist())])
    owners = pc.list_flatten(found["owners"]).to_numpy().astype(np.intp)
    counts = pc.list_flatten(found["counts"]).to_numpy().astype(np.float64)
    cells = zip(found["key"].to_pylist(), found["concept"].to_pylist(), strict=True)
    return {
        cell: Held(owners[start:end], counts[start:end])
        for cell, (start, end) in zip(cells, pairwise(ends), strict=True)
    }


def bases(snapshot: Snapshot, filters: Filters, by: Split | None) -> tuple[Counted, dict[str, Counted]]:
    """Return the whole base and that of each group, largest first; without a split the whole is the one group."""
    whole = base(snapshot, filters)
    groups = grouped(snapshot, filters, by).items() if by else [(ALL, whole)]
    return whole, dict(sorted(groups, key=lambda group: (-group[1].n, group[0])))


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

    ``concepts`` are listed even where none has them, so that a zero stands with its upper bound; groups that cannot be
    shown come last, without their zeros. ``counts`` names the column of openings that have it; ``{counts}_employers``
    are their employers.
    """
    for key, concept in _wanted(cells, groups, concepts):
        counted, cell = groups[key], cells.get((key, concept), Cell())
        name, shown, group = how.row(key, concept)
        more = {counts: int(cell.moments.hits), f"{counts}_employers": cell.employers, **cell.needs, **group}
        yield estimate(
            name, shown, share_of(counted, cell), n=counted.n, employers=len(counted.employers), **more
        )  # fmt: skip


def _wanted(cells: Cells, groups: Mapping[str, Counted], concepts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Group by group: the concepts in their order, then what else was counted."""
    found: dict[str, list[str]] = {}
    for key, concept in cells:
        found.setdefault(key, []).append(concept)
    for key in sorted(groups, key=lambda key: not _seen(groups[key])):
        there = found.get(key, ())
        listed = concepts if _seen(groups[key]) else [concept for concept in concepts if concept in there]
        yield from ((key, concept) for concept in dict.fromkeys((*listed, *there)))


def _seen(counted: Counted) -> bool:
    return support.shown(counted.n, len(counted.employers))


def share_of(counted: Counted, cell: Cell) -> Interval:
    """Return the share of ``counted`` that a cell holds, with its interval."""
    if not cell.moments.hits:
        return clustered_share(np.zeros_like(counted.sizes), counted.sizes)
    return clustered_shares([cell.moments], counted.sizes)[0]


def ranked(found: Iterable[Row], groups: Mapping[str, Counted] | None = None) -> list[Row]:
    """The rows, group by group in their order, largest first; groups that will be withheld come last."""
    order = {key: number for number, key in enumerate(groups or {})}

    def place(row: Row) -> tuple[bool, int, float, str]:
        hidden = not support.shown(row.n, row.employers)
        return hidden, order.get(row.key.rpartition("/")[0], 0), 0.0 if hidden else -(row.value or 0.0), row.key

    return sorted(found, key=place)

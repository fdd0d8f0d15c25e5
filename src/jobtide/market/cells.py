"""From counted cells to rows: which share of a base has each of some concepts, in all or in each group of a split?"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from jobtide.market import columns, support
from jobtide.market.columns import Longs
from jobtide.market.figure import Extra, Row, estimate
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Moments, Numbers, clustered_share, clustered_shares
from jobtide.market.openings import Counted, Split, base, chosen, employer_ids, employer_names, grouped, label, split
from jobtide.store.snapshot import Snapshot

ALL = "all"  # the one group where nothing is split
METHOD = "Interval: 95 %, linearised over employers, t on effective employers less one."
_NONE = Moments(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Cell:
    """Openings of one group that have one concept: how many, of how many employers, and what their interval needs."""

    moments: Moments = _NONE
    employers: int = 0
    needs: Mapping[str, int] = field(default_factory=dict)


Cells = dict[tuple[str, str], Cell]


Asked = str | tuple[str, str]  # a kind of fact that openings name, or an SQL expression and the join it needs


def naming(kind: str) -> Asked:
    """Ask for the openings that state a fact of ``kind``, one of ours, by concept; denied facts are none."""
    return kind


def having(of: tuple[str, str]) -> Asked:
    """Ask for the openings of each value of ``of``, an SQL expression and the join it needs."""
    return of


@dataclass(frozen=True, slots=True)
class _Spread:
    """Openings by group, concept and employer, in this order, each a number; ``k`` are openings.

    ``needs`` are those of a group and concept that ask for it, and that would like it, by group times concepts.
    """

    keys: Sequence[str]
    concepts: Sequence[str]
    key: Longs
    concept: Longs
    owner: Longs
    k: Longs
    needs: Mapping[str, Longs]

    @property
    def starts(self) -> npt.NDArray[np.intp]:
        """Where a group and concept begins."""
        return np.flatnonzero(np.diff(self.key * len(self.concepts) + self.concept, prepend=-1))

    def name(self, at: int) -> tuple[str, str]:
        """The group and concept at a place."""
        return self.keys[self.key[at]], self.concepts[self.concept[at]]


def _spread(snapshot: Snapshot, filters: Filters, asked: Asked, by: Split | None) -> _Spread:
    """What is asked of the openings that filters leave, by employer."""
    found = chosen(snapshot, filters)
    column = columns.named(snapshot, asked) if isinstance(asked, str) else columns.split(snapshot, asked)
    rows = np.flatnonzero(found.inside[column.no])
    keys: Sequence[str] = (ALL,)
    key = np.zeros(len(rows), dtype=np.int64)
    if by:
        groups = columns.split(snapshot, split(by))
        at, code = groups.beside(column.no[rows])
        keys, key, rows = groups.keys, code.astype(np.int64), rows[at]
    owners, many = columns.people(snapshot).owner, len(column.keys)
    every = len(employer_ids(snapshot)) + 1
    cell = key * many + column.code[rows]
    cells, k = columns.times(cell * every + owners[column.no[rows]], len(keys) * many * every)
    needs = {
        name: np.bincount(cell[flags[rows]], minlength=len(keys) * many)
        for name, flags in (("required", column.required), ("preferred", column.preferred)) if flags is not None
    }  # fmt: skip
    both = cells // every
    return _Spread(keys, column.keys, both // max(many, 1), both % max(many, 1), cells % every, k, needs)


def tally(snapshot: Snapshot, filters: Filters, asked: Asked, *, by: Split | None = None) -> Cells:
    """Return what is asked, by (group, concept)."""
    found = _spread(snapshot, filters, asked, by)
    if not len(found.k):
        return {}
    sizes, weights = _weighed(snapshot, filters, found, by)
    starts, k = found.starts, found.k.astype(np.float64)
    weighed = weights * k
    hits = np.add.reduceat(k, starts).tolist()
    squares, products = np.add.reduceat(weighed * k, starts).tolist(), np.add.reduceat(weighed * sizes, starts).tolist()
    pairs = np.add.reduceat(k * (k - 1) / np.maximum(sizes - 1, 1), starts).tolist()
    employers = np.diff(starts, append=len(k)).tolist()
    cell = (found.key * len(found.concepts) + found.concept)[starts]
    needs = {name: counts[cell].tolist() for name, counts in found.needs.items()}
    return {
        found.name(start): Cell(
            Moments(hits[at], squares[at], products[at], pairs[at]),
            employers[at],
            {name: told[at] for name, told in needs.items()},
        )
        for at, start in enumerate(starts.tolist())
    }


def _weighed(snapshot: Snapshot, filters: Filters, found: _Spread, by: Split | None) -> tuple[Numbers, Numbers]:
    """Of each cell: its employer's openings in the group, and their weight as when that employer is left out."""
    groups = grouped(snapshot, filters, by) if by else {ALL: base(snapshot, filters)}
    sizes, weights = np.zeros(len(found.k)), np.zeros(len(found.k))
    starts = np.flatnonzero(np.diff(found.key, prepend=-1)).tolist()
    for start, end in pairwise([*starts, len(found.k)]):
        group = groups[found.keys[found.key[start]]]
        own = group.sizes[np.searchsorted(group.numbers, found.owner[start:end])]
        sizes[start:end] = own
        with np.errstate(divide="ignore"):  # the only employer: no share of it has an interval
            weights[start:end] = np.where(own < group.n, (1 - own / group.n) ** -2.0, 0.0)
    return sizes, weights


@dataclass(frozen=True, slots=True)
class Held:
    """Openings of each employer that have something: ``owners`` are employers' numbers, ascending."""

    owners: npt.NDArray[np.intp]
    counts: Numbers


Hits = dict[tuple[str, str], Held]


def hits(snapshot: Snapshot, filters: Filters, asked: Asked, *, by: Split | None = None) -> Hits:
    """Return the openings of each employer that have what is asked, by (group, concept)."""
    found = _spread(snapshot, filters, asked, by)
    owners, counts = found.owner.astype(np.intp), found.k.astype(np.float64)
    return {
        found.name(start): Held(owners[start:end], counts[start:end])
        for start, end in pairwise([*found.starts.tolist(), len(counts)])
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

"""What is an opening? A vacancy counted once, at all places of its open members: the base that all questions share."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from jobtide.errors import UsageError
from jobtide.market import columns, words
from jobtide.market.columns import Names
from jobtide.market.filters import Filters
from jobtide.market.intervals import Ints, Numbers, effective_employers
from jobtide.store.snapshot import Snapshot

UNKNOWN = "unknown"
_FEW = 4  # filters whose openings are kept one by one; their counts are kept for more
_EXAMPLES = 5  # openings that stand as examples of a base, each of another employer
_TRAIT = (
    "coalesce({at}.concept, 'unknown')",
    "left join (select employer, concept from employer_trait where kind = '{kind}') {at} on {at}.employer = p.employer",
)


def _trait(kind: str) -> tuple[str, str]:
    """The split by what an employer is; "unknown" is a group, so that groups add up to the whole."""
    expression, join = (part.format(at=f"t_{kind}", kind=kind) for part in _TRAIT)
    return expression, join


# How openings may be split: the name on the command line -> the expression, and the join it needs. A join gives an
# opening at most one row a group, so that rows of a group are openings.
SPLITS = {
    "role": ("p.role", ""),
    "specialisation": ("nullif(p.specialisation, '')", ""),
    "seniority": ("p.seniority", ""),
    "work_mode": ("p.work_mode", ""),
    "employer": ("p.employer", ""),
    "country": (
        "g.key",
        "join (select distinct no, country as key from opening_place) g on g.no = p.no",
    ),
    "state": (
        "g.key",
        "join (select distinct no, region as key from opening_place where country = 'US' and region is not null) g "
        "on g.no = p.no",
    ),
    "city": (
        "g.key",
        "join (select distinct no, country || '/' || coalesce(region, '') || '/' || city as key "
        "from opening_place where city is not null) g on g.no = p.no",
    ),
    "industry": _trait("industry"),
    "employer_kind": _trait("employer_kind"),
    "employment": ("p.employment", ""),
    "degree": ("p.degree_required", ""),
    "pay_stated": ("case when p.pay_basis is null then 'not_stated' else 'stated' end", ""),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Openings of each employer under some filters: the base of a figure."""

    employers: Sequence[str]
    sizes: Numbers
    numbers: Ints = field(default_factory=lambda: np.array([], dtype=np.int32))  # the employers', ascending, if known
    picks: tuple[int, ...] = ()  # of the openings that are shown as examples, if known

    @property
    def n(self) -> int:
        """Openings."""
        return int(self.sizes.sum())

    @property
    def effective(self) -> float:
        """Effective employers."""
        return effective_employers(self.sizes)


def table(snapshot: Snapshot, sql: str, filters: Filters, **parameters: Any) -> pa.Table:
    """Return the result of ``sql``, column by column; ``{where}`` in it stands for the filters on open posting p.

    ``{ever}`` stands for the filters alone: what has closed counts too, as questions about other days need it.
    """
    where, bound = filters.sql()
    asked = sql.replace("{where}", f"{where} and not p.closed").replace("{ever}", where)
    return snapshot.query(asked, {**bound, **parameters})


def select(snapshot: Snapshot, sql: str, filters: Filters, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of ``sql``, in which ``{where}`` and ``{ever}`` stand as in ``table``."""
    rows: list[dict[str, Any]] = table(snapshot, sql, filters, **parameters).to_pylist()
    return rows


def base(snapshot: Snapshot, filters: Filters) -> Counted:
    """Return the openings that ``filters`` leave, by employer; counted once for all figures of a base."""
    return snapshot.recent("bases", filters, lambda: _based(snapshot, filters))


@dataclass(frozen=True, slots=True)
class Chosen:
    """The openings that filters leave: their numbers, their employers' numbers, and whether a number is among them."""

    no: Ints
    owner: Ints
    inside: columns.Flags


def chosen(snapshot: Snapshot, filters: Filters) -> Chosen:
    """Return the openings that ``filters`` leave, one by one."""
    return snapshot.recent("chosen", filters, lambda: _chosen(snapshot, filters), most=_FEW)


def _chosen(snapshot: Snapshot, filters: Filters) -> Chosen:
    no = table(snapshot, "select p.no from posting p where {where}", filters)["no"].to_numpy()
    owner = columns.people(snapshot).owner
    inside = np.zeros(len(owner), dtype=np.bool_)
    inside[no] = True
    return Chosen(no, owner[no], inside)


def _based(snapshot: Snapshot, filters: Filters) -> Counted:
    """The openings by employer, and which of them are shown as examples."""
    found = chosen(snapshot, filters)
    names = employer_ids(snapshot)
    sizes = np.bincount(found.owner, minlength=len(names) + 1)
    numbers = np.flatnonzero(sizes).astype(np.int32)
    picks = _picks(found.owner, columns.people(snapshot).pick[found.no], min(_EXAMPLES, len(numbers)))
    return Counted(Names(names, numbers), sizes[numbers].astype(np.float64), numbers, picks)


def _picks(owner: Ints, pick: Ints, wanted: int) -> tuple[int, ...]:
    """The first picks of as many employers, ascending: the first of all, the first of any other, and so on."""
    out: dict[int, int] = {}
    near = 16 * _EXAMPLES
    while len(out) < wanted:  # a few picks hold enough employers, save where nearly all openings are one's
        near = min(near * 4, len(pick))
        first = np.argpartition(pick, near - 1)[:near]
        out = {}
        for at in first[np.argsort(pick[first])].tolist():
            out.setdefault(int(owner[at]), int(pick[at]))
    return tuple(sorted(out.values())[:wanted])


def employer_ids(snapshot: Snapshot) -> tuple[str, ...]:
    """Return every employer's id; that of number 1 comes first."""

    def read() -> tuple[str, ...]:
        return tuple(snapshot.query("select employer from employer order by employer_no")["employer"].to_pylist())

    return snapshot.once("employer ids", read)


def size(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    """Return (openings, employers) that ``filters`` leave."""
    counted = base(snapshot, filters)
    return counted.n, len(counted.employers)


Split = str | tuple[str, str]  # a split's name, or an expression and the join it needs


def split(by: Split) -> tuple[str, str]:
    """Return the expression and join of a split; UsageError for one that does not exist."""
    if isinstance(by, tuple):
        return by
    if by not in SPLITS:
        raise UsageError(f"no split --by {by}; there are {', '.join(SPLITS)}")
    return SPLITS[by]


def grouped(snapshot: Snapshot, filters: Filters, by: Split) -> dict[str, Counted]:
    """Return the openings of each group of a split, by employer; an opening stands in each of its places."""
    column, found = columns.split(snapshot, split(by)), chosen(snapshot, filters)
    names = employer_ids(snapshot)
    at, key = column.beside(found.no)
    every = len(names) + 1
    cells, sizes = columns.times(key.astype(np.int64) * every + found.owner[at], len(column.keys) * every)
    keys, numbers = cells // every, (cells % every).astype(np.int32)
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    return {
        column.keys[keys[start]]: Counted(
            Names(names, numbers[start:end]), sizes[start:end].astype(np.float64), numbers[start:end]
        )
        for start, end in pairwise([*starts.tolist(), len(cells)])
    }


def owned(snapshot: Snapshot, owners: Ints) -> Counted:
    """Return openings, each given by its employer's number, as a base."""
    sizes = np.bincount(owners, minlength=1)
    numbers = np.flatnonzero(sizes).astype(np.int32)
    return Counted(Names(employer_ids(snapshot), numbers), sizes[numbers].astype(np.float64), numbers)


def measured(
    snapshot: Snapshot, filters: Filters, expression: str, *, by: str | None = None
) -> Iterator[tuple[str, Numbers, Ints]]:
    """Yield each group, "all" without a split, with a number of each of its openings that states it, and their owners.

    ``expression`` is SQL over posting p; an opening stands in each of its groups.
    """
    found = chosen(snapshot, filters)
    value = columns.numbers(snapshot, expression)[found.no]
    stated = np.flatnonzero(~np.isnan(value))
    value, owner = value[stated], found.owner[stated]
    if not by:
        if len(value):
            yield "all", value, owner
        return
    column = columns.split(snapshot, split(by))
    at, code = column.beside(found.no[stated])
    order = at[np.argsort(code, kind="stable")]
    ends = np.cumsum(np.bincount(code, minlength=len(column.keys))).tolist()
    for key, (start, end) in zip(column.keys, pairwise([0, *ends]), strict=True):
        if end > start:
            yield key, value[order[start:end]], owner[order[start:end]]


def by_key(found: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Yield each key of column ``key`` with its rows; rows of one key must stand together."""
    keys = found["key"].to_pylist()
    starts = [i for i, key in enumerate(keys) if i == 0 or key != keys[i - 1]]
    for start, end in pairwise([*starts, len(keys)]):
        yield keys[start], found.slice(start, end - start)


def label(by: str, key: str, names: dict[str, str] | None = None) -> str:
    """How a group is written for a reader."""
    if by == "city":
        country, region, city = key.split("/", 2)
        return f"{city}, {region or country}"
    if by in ("country", "state", "employer"):
        return (names or {}).get(key, key)
    return words.group(by, key)


def employer_names(snapshot: Snapshot) -> dict[str, str]:
    """Return employer id -> name as published."""

    def read() -> dict[str, str]:
        rows = snapshot.query("select employer, name from employer order by employer")
        return dict(zip(rows["employer"].to_pylist(), rows["name"].to_pylist(), strict=True))

    return snapshot.once("employer names", read)

"""What does each opening have of a split, or name of a kind? Read once a snapshot into arrays of numbers.

To group a million openings anew for every question costs more than to count numbers that are already there: which
openings a question counts is still said in SQL, what they have is looked up here. Openings, employers and groups stand
as numbers; a million openings take two to four megabytes a split.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jobtide.market.intervals import Ints, Numbers
from jobtide.store.snapshot import Snapshot

Flags = npt.NDArray[np.bool_]
Longs = npt.NDArray[np.int64]
_DENSE = 30_000_000  # cells up to which counting in place is faster than sorting
_SKILLS = "select s.no, k.concept as key, s.required, s.preferred from opening_skill s join skill k using (skill_no)"
_OTHERS = "select no, concept as key, required, preferred from opening_named where kind = '{kind}'"


@dataclass(frozen=True, slots=True)
class People:
    """By an opening's number: the number of its employer, and its place in the order from which examples are taken."""

    owner: Ints
    pick: Ints


@dataclass(frozen=True, slots=True)
class Column:
    """Groups and the openings in them: ``code`` is the place of a group in ``keys``, which are sorted.

    ``single`` is the code by opening's number, -1 for none, where no opening is in two groups; ``first`` the first row
    of each opening's number otherwise, rows being sorted by it. What postings name has neither, but ``required`` and
    ``preferred``.
    """

    keys: tuple[str, ...]
    no: Ints
    code: Ints
    single: Ints | None
    first: Ints | None
    required: Flags | None = None
    preferred: Flags | None = None

    def beside(self, no: Ints) -> tuple[npt.NDArray[np.intp], Ints]:
        """Return for each of some openings its groups: the places in ``no``, and the codes; several where it has them.

        An opening in no group is left out.
        """
        if self.single is not None:
            code = self.single[no]
            there = np.flatnonzero(code >= 0)
            return there, code[there]
        assert self.first is not None
        start, times = self.first[no], self.first[no + 1] - self.first[no]
        at = np.repeat(np.arange(len(no)), times)
        inner = np.arange(len(at)) - np.repeat(np.cumsum(times) - times, times)
        return at, self.code[np.repeat(start, times) + inner]


def people(snapshot: Snapshot) -> People:
    """Return who has which opening, read once a snapshot."""
    return snapshot.once("people", lambda: _people(snapshot))


def _people(snapshot: Snapshot) -> People:
    found = snapshot.query("select no, employer_no, pick from posting")
    no = found["no"].to_numpy()
    last = int(no.max(initial=0))
    return People(*(_by_no(no, found[name].to_numpy().astype(np.int32), last, 0) for name in ("employer_no", "pick")))


def _by_no(no: Ints, values: Ints, last: int, empty: int) -> Ints:
    out = np.full(last + 2, empty, dtype=np.int32)
    out[no] = values
    return out


def split(snapshot: Snapshot, of: tuple[str, str]) -> Column:
    """Return the groups of a split: an SQL expression over posting p, and the join it needs; read once a snapshot."""
    expression, join = of
    sql = f"select p.no, {expression} as key from posting p {join} where p.opening and {expression} is not null"
    return snapshot.once(f"split {of}", lambda: _column(snapshot, sql))


def numbers(snapshot: Snapshot, expression: str) -> Numbers:
    """Return an SQL expression over posting p by opening's number, NaN where it is null; read once a snapshot."""

    def read() -> Numbers:
        found = snapshot.query(f"select p.no, cast({expression} as double) as value from posting p where p.opening")
        out = np.full(len(people(snapshot).owner), np.nan)
        out[found["no"].to_numpy()] = found["value"].fill_null(math.nan).to_numpy()
        return out

    return snapshot.once(f"numbers {expression}", read)


def named(snapshot: Snapshot, kind: str) -> Column:
    """Return what openings name of a kind of ours, denied facts left out; read once a snapshot."""
    sql = _SKILLS if kind == "skill" else _OTHERS.replace("{kind}", kind)
    return snapshot.once(f"named {kind}", lambda: _named(snapshot, sql))


def _named(snapshot: Snapshot, sql: str) -> Column:
    """What openings name, in the order of the table: nobody looks up the names of one opening."""
    found = snapshot.query(sql).combine_chunks()
    keys, code = coded(found["key"])
    required, preferred = (found[need].to_numpy().astype(np.bool_) for need in ("required", "preferred"))
    return Column(keys, found["no"].to_numpy().astype(np.int32), code, None, None, required, preferred)


def _column(snapshot: Snapshot, sql: str) -> Column:
    found, last = snapshot.query(sql).combine_chunks(), len(people(snapshot).owner) - 2
    no = found["no"].to_numpy().astype(np.int32)
    order = np.argsort(no, kind="stable") if len(no) and (no[1:] < no[:-1]).any() else slice(None)
    keys, code = coded(found["key"])
    no, code = no[order], code[order]
    alone = not len(no) or bool((no[1:] != no[:-1]).all())
    return Column(
        keys, no, code, _by_no(no, code, last, -1) if alone else None,
        None if alone else np.searchsorted(no, np.arange(last + 3)).astype(np.int32),
    )  # fmt: skip


def coded(keys: pa.ChunkedArray) -> tuple[tuple[str, ...], Ints]:
    """The keys, sorted, and each row's place among them."""
    if not len(keys):
        return (), np.zeros(0, dtype=np.int32)
    found = pa.chunked_array(keys).combine_chunks().dictionary_encode()
    words = found.dictionary.to_pylist()
    order = sorted(range(len(words)), key=words.__getitem__)
    place = np.empty(len(words), dtype=np.int32)
    place[order] = np.arange(len(words), dtype=np.int32)
    return tuple(words[at] for at in order), place[found.indices.to_numpy()]


def times(cells: Longs, most: int) -> tuple[Longs, Longs]:
    """Return each number among ``cells`` (below ``most``) once, ascending, and how often it stands there."""
    if most <= _DENSE:
        counts = np.bincount(cells)
        found = np.flatnonzero(counts)
        return found.astype(np.int64), counts[found].astype(np.int64)
    found, often = np.unique(cells, return_counts=True)
    return found, often.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Names(Sequence[str]):
    """The names of some employers, written out only where somebody reads them: there may be thousands in each group."""

    known: Sequence[str]
    numbers: Ints

    def __len__(self) -> int:
        """Employers."""
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> "Names": ...
    def __getitem__(self, at: int | slice) -> "str | Names":
        """The name at a place."""
        return Names(self.known, self.numbers[at]) if isinstance(at, slice) else self.known[self.numbers[at] - 1]

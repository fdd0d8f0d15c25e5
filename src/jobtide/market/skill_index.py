"""How many openings of a set name each skill, and how are they spread over employers? Counted in arrays.

Openings and skills stand sorted by skill and employer, so that one pass over them counts any set: with a million
openings that is five times faster than to group them anew. Read once a snapshot, in parts small enough that what is
counted on the way stays near the processor.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jobtide.market.intervals import Ints, Numbers
from jobtide.store.snapshot import Snapshot

_LARGE = 1_000_000  # openings times skills from which a second thread is worth its start
_THREADS = 2
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cells:
    """Of each skill that any opening of the set names: its number, openings, and employers that name it.

    ``squares``, ``products`` and ``pairs`` are what a clustered share needs beside (intervals.Moments).
    """

    skill: Places
    named: Places
    required: Places
    preferred: Places
    naming_employers: Places
    squares: Numbers
    products: Numbers
    pairs: Numbers


@dataclass(frozen=True, slots=True)
class SkillIndex:
    """Openings by skill and employer.

    ``lasts`` are the last places of each skill and employer, ``owner`` and ``skill`` (counted from 0) are theirs;
    ``skills`` are the starts of each skill, ``skill_no`` its number.
    """

    opening: Ints
    required: Flags
    preferred: Flags
    lasts: Ints
    owner: Ints
    skill: Ints
    skills: Places
    skill_no: Ints
    openings: int

    def count(self, chosen: Ints, sizes: Numbers) -> Cells:
        """Return the counts over the openings ``chosen``; ``sizes`` are their number by employer's number."""
        if not len(self.opening) or not len(chosen):
            none = np.zeros(0, dtype=np.intp)
            return Cells(none, none, none, none, none, *(none.astype(np.float64) for _ in range(3)))
        inside = np.zeros(self.openings + 1, dtype=np.bool_)
        inside[chosen] = True
        found = inside[self.opening]
        # Sums of millions of short runs are differences of one running sum; only runs with hits go on.
        total = np.cumsum(found, dtype=np.int32)
        every = total[self.lasts]
        every[1:] -= every[:-1].copy()
        hit = np.flatnonzero(every)
        owner = self.owner[hit]
        k, size = every[hit].astype(np.float64), sizes[owner]
        with np.errstate(divide="ignore"):  # the only employer: no share of it has an interval
            weighed = k * ((1 - sizes / sizes.sum()) ** -2.0)[owner]  # a power an employer, not one a run
        skill = self.skill[hit]
        first = _starts(skill)
        at = skill[first]
        return Cells(
            skill=self.skill_no[at].astype(np.intp),
            named=np.add.reduceat(every[hit], first, dtype=np.intp),
            required=self._each_skill(found & self.required)[at],
            preferred=self._each_skill(found & self.preferred)[at],
            naming_employers=np.diff(first, append=len(hit)),
            squares=np.add.reduceat(weighed * k, first),
            products=np.add.reduceat(weighed * size, first),
            pairs=_pairs(k, size, skill, len(self.skills))[at],
        )

    def _each_skill(self, flags: Flags) -> Places:
        """How many are set of each skill; to count bits in a slice is many times faster than to add them up."""
        bounds = pairwise([*self.skills.tolist(), len(flags)])
        return np.array([np.count_nonzero(flags[start:end]) for start, end in bounds], dtype=np.intp)


def _pairs(k: Numbers, size: Numbers, skill: Ints, skills: int) -> Numbers:
    """The sum of k (k - 1) / (size - 1) of each skill: of the few employers that have it more than once."""
    again = np.flatnonzero(k > 1)
    each = k[again] * (k[again] - 1) / (size[again] - 1)
    return np.bincount(skill[again], weights=each, minlength=skills).astype(np.float64)


Parts = tuple[SkillIndex, ...]


def count(parts: Parts, chosen: Ints, sizes: Numbers) -> Cells:
    """Return the counts over all parts, counted side by side; arrays leave other threads free to run."""
    if len(parts) == 1:
        return parts[0].count(chosen, sizes)
    with ThreadPoolExecutor(_THREADS) as pool:
        found = list(pool.map(lambda part: part.count(chosen, sizes), parts))
    return Cells(*(np.concatenate([getattr(one, name) for one in found]) for name in Cells.__slots__))


def load(snapshot: Snapshot) -> Parts:
    """Return the index of a snapshot, read once: in several parts where it is large."""
    return snapshot.once("skill index", lambda: _read(snapshot))


def _read(snapshot: Snapshot) -> Parts:
    # The table lies on disk in this order; no sort is asked for, and the runs below would show another order.
    found = snapshot.query("select skill_no, employer_no, no, required, preferred from opening_skill")
    last = snapshot.query("select coalesce(max(no), 0) as last from posting").to_pylist()[0]["last"]
    skill = found["skill_no"].to_numpy()
    if len(skill) < _LARGE:
        return (_part(found, last),)
    near = skill[:: _LARGE // 2]  # the skills that a part may begin with
    begins = np.unique(np.searchsorted(skill, near))
    return tuple(
        _part(found.slice(start, end - start), last) for start, end in pairwise([*begins.tolist(), len(skill)])
    )


def _part(found: pa.Table, last: int) -> SkillIndex:
    skill, employer, opening = (found[name].to_numpy() for name in ("skill_no", "employer_no", "no"))
    required, preferred = (found[name].to_numpy().astype(np.bool_) for name in ("required", "preferred"))
    runs, skills = _starts(skill, employer), _starts(skill)
    each = (np.cumsum(np.diff(skill[runs], prepend=-1) != 0) - 1).astype(np.int32)
    lasts = (np.append(runs[1:], len(skill))[: len(runs)] - 1).astype(np.int32)
    return SkillIndex(opening, required, preferred, lasts, employer[runs], each, skills, skill[skills], last)


def _starts(*columns: Ints) -> Places:
    """Where any of some columns, of one length, changes; the first place is one, of nothing there is none."""
    if not len(columns[0]):
        return np.zeros(0, dtype=np.intp)
    changed = np.zeros(len(columns[0]), dtype=np.bool_)
    changed[0] = True
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return np.flatnonzero(changed)

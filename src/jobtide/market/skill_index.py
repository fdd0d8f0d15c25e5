"""How many openings of a set name each skill, and how are they spread over employers? Counted in arrays.

Openings and skills stand sorted by skill and employer, so that one pass over them counts any set: with a million
openings that is five times faster than to group them anew. Read once a snapshot.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jobtide.market.intervals import Ints, Numbers
from jobtide.store.snapshot import Snapshot

_LARGE = 1_000_000  # openings times skills from which a second thread is worth its start
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cells:
    """Of each skill that any opening of the set names: its number, openings, and employers that name it.

    ``squares`` and ``products`` are what a clustered share needs beside (intervals.Moments).
    """

    skill: Places
    named: Places
    required: Places
    preferred: Places
    naming_employers: Places
    squares: Numbers
    products: Numbers


@dataclass(frozen=True, slots=True)
class SkillIndex:
    """Openings by skill and employer.

    ``runs`` are the starts of each skill and employer, ``owner`` and ``skill`` (counted from 0) are theirs; ``skills``
    are the starts of each skill, ``skill_no`` its number.
    """

    opening: Ints
    required: Flags
    preferred: Flags
    runs: Places
    owner: Ints
    skill: Ints
    skills: Places
    skill_no: Ints
    openings: int

    def count(self, chosen: Ints, sizes: Numbers) -> Cells:
        """Return the counts over the openings ``chosen``; ``sizes`` are their number by employer's number."""
        if not len(self.opening):  # no opening of the snapshot names any skill
            none = np.zeros(0, dtype=np.intp)
            return Cells(none, none, none, none, none, none.astype(np.float64), none.astype(np.float64))
        inside = np.zeros(self.openings + 1, dtype=np.bool_)
        inside[chosen] = True
        found = inside[self.opening]
        # Sums of millions of short runs are differences of one running sum; only runs with hits go on.
        total = np.cumsum(found, dtype=np.int32)
        every = np.diff(total[np.append(self.runs[1:], len(found)) - 1], prepend=0)
        hit = np.flatnonzero(every)
        k, size = every[hit].astype(np.float64), sizes[self.owner[hit]]
        with np.errstate(divide="ignore"):  # the only employer: no share of it has an interval
            weighed = k * (1 - size / sizes.sum()) ** -2.0
        skill = self.skill[hit]
        first = np.flatnonzero(np.diff(skill, prepend=-1))
        at = skill[first]
        return Cells(
            skill=self.skill_no[at].astype(np.intp),
            named=np.add.reduceat(every[hit], first, dtype=np.intp),
            required=np.add.reduceat(found & self.required, self.skills, dtype=np.intp)[at],
            preferred=np.add.reduceat(found & self.preferred, self.skills, dtype=np.intp)[at],
            naming_employers=np.diff(first, append=len(hit)),
            squares=np.add.reduceat(weighed * k, first),
            products=np.add.reduceat(weighed * size, first),
        )


Parts = tuple[SkillIndex, ...]


def count(parts: Parts, chosen: Ints, sizes: Numbers) -> Cells:
    """Return the counts over all parts, counted side by side; arrays leave other threads free to run."""
    if len(parts) == 1:
        return parts[0].count(chosen, sizes)
    with ThreadPoolExecutor(len(parts)) as pool:
        found = list(pool.map(lambda part: part.count(chosen, sizes), parts))
    return Cells(*(np.concatenate([getattr(one, name) for one in found]) for name in Cells.__slots__))


def load(snapshot: Snapshot) -> Parts:
    """Return the index of a snapshot, read once: in two parts where it is large."""
    return snapshot.once("skill index", lambda: _read(snapshot))


def _read(snapshot: Snapshot) -> Parts:
    # The table lies on disk in this order; no sort is asked for, and the runs below would show another order.
    found = snapshot.query("select skill_no, employer_no, no, required, preferred from opening_skill")
    last = snapshot.query("select coalesce(max(no), 0) as last from posting").to_pylist()[0]["last"]
    skill = found["skill_no"].to_numpy()
    if len(skill) < _LARGE:
        return (_part(found, last),)
    middle = int(np.searchsorted(skill, skill[len(skill) // 2]))  # where a skill begins
    return _part(found.slice(0, middle), last), _part(found.slice(middle), last)


def _part(found: pa.Table, last: int) -> SkillIndex:
    skill, employer, opening = (found[name].to_numpy() for name in ("skill_no", "employer_no", "no"))
    required, preferred = (found[name].to_numpy().astype(np.bool_) for name in ("required", "preferred"))
    runs = np.flatnonzero((np.diff(skill, prepend=-1) != 0) | (np.diff(employer, prepend=-1) != 0))
    skills = np.flatnonzero(np.diff(skill, prepend=-1))
    each = (np.cumsum(np.diff(skill[runs], prepend=-1) != 0) - 1).astype(np.int32)
    return SkillIndex(opening, required, preferred, runs, employer[runs], each, skills, skill[skills], last)

"""How many openings of a set name each skill, and how are they spread over employers? Counted in arrays.

Openings and skills stand sorted by skill and employer, so that one pass over them counts any set: with a million
openings that is five times faster than to group them anew. Read once a snapshot.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jobtide.market.intervals import Ints, Numbers
from jobtide.store.snapshot import Snapshot

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


def load(snapshot: Snapshot) -> SkillIndex:
    """Return the index of a snapshot, read once."""
    return snapshot.once("skill index", lambda: _read(snapshot))


def _read(snapshot: Snapshot) -> SkillIndex:
    # The table lies on disk in this order; no sort is asked for, and the runs below would show another order.
    found = snapshot.query("select skill_no, employer_no, no, required, preferred from opening_skill")
    skill, employer, opening = (found[name].to_numpy() for name in ("skill_no", "employer_no", "no"))
    required, preferred = (found[name].to_numpy().astype(np.bool_) for name in ("required", "preferred"))
    last = snapshot.query("select coalesce(max(no), 0) as last from posting").to_pylist()[0]["last"]
    runs = np.flatnonzero((np.diff(skill, prepend=-1) != 0) | (np.diff(employer, prepend=-1) != 0))
    skills = np.flatnonzero(np.diff(skill, prepend=-1))
    each = (np.cumsum(np.diff(skill[runs], prepend=-1) != 0) - 1).astype(np.int32)
    return SkillIndex(opening, required, preferred, runs, employer[runs], each, skills, skill[skills], last)

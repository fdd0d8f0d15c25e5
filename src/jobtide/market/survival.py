"""How long do openings last, when some began before they were watched, some have not ended, and crawls are days apart?

Kaplan and Meier's product-limit estimate with delayed entry (Klein and Moeschberger, Survival Analysis, 2003, section
4.6): an opening counts as at risk from the age at which it was first seen. Ages at which hardly any was at risk are
left out (Lai and Ying 1991). What happened between two crawls is spread evenly over the time between them: all of it
put in the middle would lose the ends of the young. One employer's openings end together more often than those of two,
so the variance of log S sums each employer's influence first (Ying and Wei 1994); the interval is taken on the log-
log scale with t on effective employers less one.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from jobtide.market.intervals import Interval, Numbers, effective_employers, reach_of

_PIECES = 5  # parts of an opening whose begin or end is known between two crawls only
_LEAST = 10.0  # openings at risk that an end must be seen among


@dataclass(frozen=True, slots=True)
class Stays:
    """Parts of openings: ages in days at which each came under watch and left it, whether it ended, owner and weight.

    ``owner`` numbers employers; the weights of an opening's parts make one.
    """

    entered: Numbers
    left: Numbers
    ended: Numbers
    owner: np.ndarray[tuple[int], np.dtype[np.int64]]
    weight: Numbers

    @property
    def sizes(self) -> Numbers:
        """Openings of each employer."""
        return np.bincount(self.owner, weights=self.weight).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Curve:
    """The share that lasts beyond each age at which openings ended, and how many were at risk there."""

    stays: Stays
    ages: Numbers
    hazards: Numbers
    at_risk: Numbers

    @property
    def start(self) -> float:
        """The age from which enough were under watch; shares are of openings that lasted as long. NaN where never."""
        stays = self.stays
        order = np.argsort(stays.entered, kind="stable")
        there = np.cumsum(stays.weight[order]) >= _LEAST
        return float(stays.entered[order][np.argmax(there)]) if there.any() else math.nan

    def beyond(self, age: float) -> Interval:
        """Return the share of openings that last longer than ``age`` days, with its 95 % interval."""
        value = float(np.prod(1 - self.hazards[self.ages <= age]))
        effective = effective_employers(self.stays.sizes)
        if not len(self.stays.left) or effective <= 1 + 1e-9 or not 0 < value < 1:
            return Interval(value, math.nan, math.nan, effective)
        error = self._error(age) / abs(math.log(value))
        reach = reach_of(error, effective)
        ends = sorted(value ** math.exp(sign * reach) for sign in (-1, 1))
        return Interval(value, min(ends[0], value), max(ends[1], value), effective)

    def risk(self, age: float) -> tuple[int, int]:
        """Return (openings, employers) under watch at ``age``."""
        there = (self.stays.entered < age) & (self.stays.left >= age)
        return round(float(self.stays.weight[there].sum())), len(np.unique(self.stays.owner[there]))

    def _error(self, age: float) -> float:
        """The standard error of log S(age): an employer's ends less what its openings' time under watch would bring."""
        stays, inside = self.stays, self.ages <= age
        ages, lasting = self.ages[inside], (self.at_risk * (1 - self.hazards))[inside]
        step = self.hazards[inside] / lasting
        paid = np.concatenate([[0.0], np.cumsum(step)])  # expected influence up to each age
        until = np.minimum(stays.left, age)
        since = np.minimum(stays.entered, until)
        exposed = paid[np.searchsorted(ages, until, side="right")] - paid[np.searchsorted(ages, since, side="right")]
        at = np.minimum(np.searchsorted(ages, stays.left), len(ages) - 1)
        ended = (stays.ended > 0) & (ages[at] == stays.left)
        brought = np.where(ended, 1 / lasting[at], 0.0)
        total = stays.sizes.sum()
        by_employer = np.bincount(stays.owner, weights=stays.weight * (brought - exposed)) / (1 - stays.sizes / total)
        count = max(len(by_employer), 2)
        return math.sqrt(float(np.square(by_employer).sum()) * count / (count - 1))

    def median(self) -> Interval:
        """Return the age by which half have ended; NaN where they have not, each end where its curve does (Brookmeyer
        and Crowley 1982).
        """
        effective = effective_employers(self.stays.sizes)
        return Interval(
            self._first(lambda found: found.value <= 0.5), self._first(lambda found: found.low <= 0.5),
            self._first(lambda found: found.high <= 0.5 or found.value == 0), effective,
        )  # fmt: skip

    def _first(self, holds: Callable[[Interval], bool]) -> float:
        """The first age at which ``holds``, by bisection: shares and bounds fall with age. NaN where none does."""
        low, high = 0, len(self.ages)
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if holds(self.beyond(float(self.ages[middle]))) else (middle + 1, high)
        return float(self.ages[low]) if low < len(self.ages) else math.nan


def stays(
    begun: tuple[Numbers, Numbers], watched: Numbers, until: tuple[Numbers, Numbers], ended: Numbers,
    owner: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> Stays:  # fmt: skip
    """Return openings in parts; all times are days on one calendar.

    ``begun`` is the earliest and the latest day on which each may have begun, ``watched`` the day of the first crawl
    that showed it, ``until`` the earliest and latest day on which it may have ended, or twice the day to which it was
    watched; ``ended`` is 1 where it did; ``owner``
    numbers employers.
    """
    # From opening to opening another part of the begin goes with a part of the end: over all, each goes with each.
    turn = np.arange(len(owner)) % _PIECES
    parts = []
    for number in range(_PIECES):
        early = (number + 0.5) / _PIECES
        late = ((number + turn) % _PIECES + 0.5) / _PIECES
        start = begun[0] + early * (begun[1] - begun[0])
        stop = until[0] + late * (until[1] - until[0])
        parts.append((np.maximum(watched - start, 0.0), stop - start))
    entered, left = (np.concatenate(column) for column in zip(*parts, strict=True))
    kept = left > entered  # what left before it was watched never was at risk
    weight = np.full(len(entered), 1 / _PIECES)
    return Stays(
        entered[kept], left[kept], np.tile(ended, _PIECES)[kept], np.tile(owner, _PIECES)[kept].astype(np.int64),
        weight[kept],
    )  # fmt: skip


def curve(found: Stays) -> Curve:
    """Return the product-limit estimate of how long openings last; flat at 1 where none ended."""
    ages, where = np.unique(found.left[found.ended > 0], return_inverse=True)
    counts = np.bincount(where, weights=found.weight[found.ended > 0], minlength=len(ages))
    # At risk at an age: those that entered before it and have not left before it.
    at_risk = _below(found.entered, found.weight, ages) - _below(found.left, found.weight, ages)
    enough = at_risk >= _LEAST
    ages, counts, at_risk = ages[enough], counts[enough], at_risk[enough]
    return Curve(found, ages, np.minimum(counts / at_risk, 1.0), at_risk)


def _below(values: Numbers, weights: Numbers, ages: Numbers) -> Numbers:
    """The weight of the values below each age."""
    order = np.argsort(values, kind="stable")
    paid = np.concatenate([[0.0], np.cumsum(weights[order])])
    return np.asarray(paid[np.searchsorted(values[order], ages, side="left")], dtype=np.float64)

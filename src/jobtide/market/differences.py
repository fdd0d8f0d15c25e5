"""How far apart are the shares of two groups of openings, when some employers have openings in both?"""

import math

import numpy as np

from jobtide.market.gains import score
from jobtide.market.intervals import Interval, Numbers, clustered_share, effective_employers

Side = tuple[Numbers, Numbers]  # hits and sizes by employer


def difference(first: Side, second: Side) -> Interval:
    """Return the share in ``first`` less the share in ``second``, with its 95 % interval, in [-1, 1].

    Each is (hits, sizes) by employer, both in the same order of employers, 0 where one has no openings in the group.
    The interval is made of the intervals of the two shares and of the correlation that common employers give them
    (Zou, Psychological Methods 12, 2007): it keeps to its coverage where a group has no hits at all. It rests on as
    many effective employers as the smaller group. NaN where one of the shares has no interval.

    >>> sizes = np.full(40, 3.0)
    >>> found = difference((np.tile([0.0, 2.0], 20), sizes), (np.zeros(40), sizes))
    >>> round(found.value, 2), found.low < found.value < found.high
    (0.33, True)
    """
    return beside(first, second)[2]


def beside(first: Side, second: Side) -> tuple[Interval, Interval, Interval]:
    """Return the share in each group and their ``difference``."""
    a, b = clustered_share(*_present(*first)), clustered_share(*_present(*second))
    effective = min(a.effective, b.effective)
    value = a.value - b.value
    if any(math.isnan(end) for end in (value, a.low, b.low)):
        return a, b, Interval(value, math.nan, math.nan, effective)
    together = _correlation(_residuals(*first, a.value), _residuals(*second, b.value))
    low = value - _length(a.value - a.low, b.high - b.value, together)
    high = value + _length(a.high - a.value, b.value - b.low, together)
    return a, b, Interval(value, max(low, -1.0), min(high, 1.0), effective)


def chance(first: Side, second: Side) -> float:
    """Return the two-sided p of equal shares: the score test of ``gains`` by employer. Both need openings."""
    pooled = float(first[0].sum() + second[0].sum()) / float(first[1].sum() + second[1].sum())
    effective = min(effective_employers(first[1]), effective_employers(second[1]))
    return score(_residuals(*first, pooled) - _residuals(*second, pooled), effective)


def _present(hits: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """Only employers that have openings in the group."""
    there = sizes > 0
    return hits[there], sizes[there]


def _residuals(hits: Numbers, sizes: Numbers, share: float) -> Numbers:
    residuals: Numbers = (hits - share * sizes) / sizes.sum()
    return residuals


def _correlation(a: Numbers, b: Numbers) -> float:
    """How the two estimates move together through employers that are in both; 0 where one cannot move."""
    own = math.sqrt(float(np.square(a).sum()) * float(np.square(b).sum()))
    return float((a * b).sum()) / own if own else 0.0


def _length(one: float, other: float, together: float) -> float:
    return math.sqrt(max(one**2 + other**2 - 2 * together * one * other, 0.0))

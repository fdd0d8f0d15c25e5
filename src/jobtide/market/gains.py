"""Has a share moved between two windows, when one employer's openings are not independent?

The size of a move is the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008,
"Fightin' Words", Political Analysis 16): both windows are drawn towards their pooled share, so that a rare skill needs
evidence to look large. Whether it moved at all is a score test of equal shares whose variance is summed over
employers, each counted with both windows and around the null, on t with effective employers less one. False discoveries
are held at a rate by Benjamini and Hochberg (1995).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from jobtide.market.intervals import Interval, Numbers, effective_employers, reach_of
from jobtide.market.student import t_tail

PRIOR = 0.1  # of the openings of both windows: what the pooled share is worth in each window


@dataclass(frozen=True, slots=True)
class Gain:
    """A share before and after. ``change`` is in share points; ``odds`` the shrunk odds ratio; ``p`` two-sided."""

    before: float
    after: float
    change: Interval
    odds: Interval
    p: float


def gain(hits_before: Numbers, sizes_before: Numbers, hits_after: Numbers, sizes_after: Numbers) -> Gain:
    """Return how a share moved; the four hold openings per employer, in one order of employers.

    Both windows need openings. p is 1 where nobody or everybody is a hit.
    """
    n, m = float(sizes_before.sum()), float(sizes_after.sum())
    before, after = float(hits_before.sum()) / n, float(hits_after.sum()) / m
    pooled = float(hits_before.sum() + hits_after.sum()) / (n + m)
    effective = min(effective_employers(sizes_before), effective_employers(sizes_after))
    own = _error(hits_before, sizes_before, hits_after, sizes_after) if effective > 1 + 1e-9 else math.nan
    under_null = (hits_after - pooled * sizes_after) / m - (hits_before - pooled * sizes_before) / n
    change = _around(after - before, own, effective, low=-1.0, high=1.0)
    odds = _odds(n, m, before, after, pooled, own, effective)
    return Gain(before, after, change, odds, score(under_null, effective))


def _error(hits_before: Numbers, sizes_before: Numbers, hits_after: Numbers, sizes_after: Numbers) -> float:
    """The linearised standard error of the change, an employer's residual as when it is left out (see intervals)."""
    parts = [
        (hits - hits.sum() / sizes.sum() * sizes) / (1 - sizes / sizes.sum()) / sizes.sum()
        for hits, sizes in ((hits_before, sizes_before), (hits_after, sizes_after))
    ]
    return math.sqrt(float(np.square(parts[1] - parts[0]).sum()))


def score(parts: Numbers, effective: float) -> float:
    """The two-sided p of a sum whose terms, one an employer, are around zero if nothing moved."""
    error = math.sqrt(float(np.square(parts).sum()))
    if error == 0:
        return 1.0
    return 2 * t_tail(abs(float(parts.sum())) / error, max(effective - 1, 1.0))


def _around(value: float, error: float, effective: float, *, low: float, high: float) -> Interval:
    if math.isnan(error):
        return Interval(value, math.nan, math.nan, effective)
    reach = reach_of(error, effective)
    return Interval(value, max(low, value - reach), min(high, value + reach), effective)


def _odds(n: float, m: float, before: float, after: float, pooled: float, error: float, effective: float) -> Interval:
    """The odds ratio with the prior, its interval from the larger of the clustered variance and the paper's own."""
    if pooled in (0.0, 1.0) or math.isnan(error):
        return Interval(1.0, math.nan, math.nan, effective)
    prior = PRIOR * (n + m)
    first = (before * n + prior * pooled) / (n + prior)
    second = (after * m + prior * pooled) / (m + prior)
    ratio = math.log(second / (1 - second)) - math.log(first / (1 - first))
    plain = sum(1 / (k * share) for k, share in ((n + prior, first), (m + prior, second)))
    slope = abs(ratio / (second - first)) if abs(second - first) > 1e-12 else 1 / (pooled * (1 - pooled))
    shrunk = max(n, m) / (max(n, m) + prior)
    found = _around(ratio, max(math.sqrt(plain), slope * error * shrunk), effective, low=-50.0, high=50.0)
    return Interval(math.exp(ratio), math.exp(found.low), math.exp(found.high), effective)


def false_discovery_rates(p: Sequence[float]) -> list[float]:
    """Return each p's q: the least rate of false discoveries at which it would be called one.

    >>> [round(q, 3) for q in false_discovery_rates([0.01, 0.9, 0.02])]
    [0.03, 0.9, 0.03]
    """
    order = sorted(range(len(p)), key=lambda i: p[i])
    out, least = [1.0] * len(p), 1.0
    for rank in range(len(order), 0, -1):
        i = order[rank - 1]
        least = min(least, p[i] * len(p) / rank)
        out[i] = least
    return out

"""How far out do the quantiles of Student's t lie, and how much lies beyond a value? Without scipy, to nine digits."""

import math
from functools import lru_cache
from statistics import NormalDist

_FEW_DEGREES = 4
_STEP = 1 / 400  # of 1 / df
_NODES = 103  # from 0, the normal distribution, to a little beyond 1 / _FEW_DEGREES


def t_quantile(p: float, df: float) -> float:
    """Return the p-quantile of Student's t with ``df`` degrees of freedom, df > 0, p in (0.5, 1).

    From four degrees on by cubic interpolation in 1 / df between exact values, to nine digits: a figure of all skills
    asks for two thousand of them. The distribution function's incomplete beta is a continued fraction (Numerical
    Recipes, 6.4).

    >>> [round(t_quantile(0.975, df), 3) for df in (1, 5, 30, 1000)]
    [12.706, 2.571, 2.042, 1.962]
    """
    if df < _FEW_DEGREES:
        return _exactly(p, df)
    place = 1 / df / _STEP
    node = min(max(int(place), 1), _NODES - 3)
    a, b, c, d = _nodes(p)[node - 1 : node + 3]
    x = place - node
    return (
        a * x * (x - 1) * (x - 2) / -6 + b * (x + 1) * (x - 1) * (x - 2) / 2
        + c * (x + 1) * x * (x - 2) / -2 + d * (x + 1) * x * (x - 1) / 6
    )  # fmt: skip


@lru_cache(maxsize=64)
def _nodes(p: float) -> tuple[float, ...]:
    """The quantile at each step of 1 / df."""
    return (NormalDist().inv_cdf(p), *(_exactly(p, 1 / (node * _STEP)) for node in range(1, _NODES)))


@lru_cache(maxsize=4096)
def _exactly(p: float, df: float) -> float:
    """By Fisher and Cornish's expansion in 1 / df (Abramowitz and Stegun 26.7.5) sharpened by three steps of Newton's;
    below five degrees by bisection."""
    z = NormalDist().inv_cdf(p)
    if df < 5:
        return _bisected(p, df, z)
    t = z + (z**3 + z) / (4 * df) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
    scale = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(df * math.pi)
    for _ in range(3):
        t -= (1 - t_tail(t, df) - p) / (scale * (1 + t * t / df) ** (-(df + 1) / 2))
    return t


def _bisected(p: float, df: float, normal: float) -> float:
    low, high = normal, max(normal * 2, 2.0)
    while 1 - t_tail(high, df) < p and high < 1e9:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if 1 - t_tail(middle, df) < p else (low, middle)
    return (low + high) / 2


def t_tail(t: float, df: float) -> float:
    """Return how likely Student's t with ``df`` degrees of freedom exceeds ``t``, t >= 0, df > 0.

    >>> round(t_tail(2.228, 10), 3)
    0.025
    """
    return 0.5 * _beta(df / 2, 0.5, df / (df + t * t))


def _beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function, by Lentz's method."""
    tiny = 1e-300
    c, d = 1.0, 1 / max(1 - (a + b) * x / (a + 1), tiny)
    out = d
    for m in range(1, 300):
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + step * d, tiny)
            c = _away(1 + step / c, tiny)
            out *= c * d
        if abs(c * d - 1) < 1e-12:
            break
    return out


def _away(x: float, tiny: float) -> float:
    return x if abs(x) > tiny else tiny

"""Which forecast would have been right, and how wrong? Rolling origins, a cautious choice, conformal intervals.

The published forecast never strays far from the last value: it goes at most half of the way to another method, and
only while that method has been better on the origins of the last two years that were already over at that time.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from jobtide.market.forecasts import Steps, paths
from jobtide.market.intervals import Numbers

CANDIDATES = ("ets", "seasonal_change", "ensemble")
# Chosen on origins from July 2021 to December 2022 of the Hiring Lab series (bench/outlook.py), before those it is
# judged on: errors of the last half year weigh half, the step is halved, and 3 % better is asked for.
_SHRINK = 0.5
_GATE = 0.97
_FEWEST = 8  # origins that are over, below which nothing is evaluated
_GAIN = 0.1
_FARTHEST = 1.5  # widths move by a factor of 4.5 at most
LEVELS = (0.80, 0.95)


@dataclass(frozen=True, slots=True)
class Choice:
    """What is published at an origin: ``weight`` of the way from the last value to ``method``."""

    method: str
    weight: float


LAST = Choice("last", 0.0)


@dataclass(frozen=True, slots=True)
class Score:
    """How a method did over ``origins``: mean absolute error, and its ratio to the last value's; None of no origin."""

    method: str
    mae: float | None
    ratio: float | None
    origins: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A forecast with its evaluation.

    ``path`` (horizon), ``low`` and ``high`` (levels, horizon); ``coverage`` by level, over origins that had intervals.
    """

    path: Numbers
    low: Numbers
    high: Numbers
    choice: Choice
    scores: tuple[Score, ...]
    coverage: Mapping[float, float]
    origins: int


def evaluate(values: Numbers, *, horizon: int, season: int, year: int) -> Evaluated | None:
    """Return the forecast of ``horizon`` steps after ``values`` and how the same rule did before.

    ``season`` and ``year`` are in steps (52 and 52 for weeks). Positive series are forecast on the log scale. None
    where fewer than eight past origins are over: such a forecast could not be judged.
    """
    positive = bool((values > 0).all())
    scale = np.log(values) if positive else values.astype(np.float64)
    back = np.exp if positive else np.asarray
    n, stride = len(values), max(1, year // 52)
    tried = paths(scale, horizon, season)
    actual = _actual(scale, horizon)
    first = min(season, year) if n > 2 * year else max(3, n // 4)
    origins = np.arange(n - 1, first, -stride)[::-1]  # the last one is the forecast itself
    over = origins[origins <= n - 1 - horizon]
    if len(over) < _FEWEST:
        return None
    choices = _choices(tried, actual, origins, year)
    published = np.stack([_blend(tried, choice, t) for choice, t in zip(choices, origins, strict=True)])
    widths = np.stack([_widths(published[:k], actual, origins[:k], t, horizon, year) for k, t in enumerate(origins)])
    widths = _steered(widths, np.abs(published - actual[origins]), origins, horizon)
    inside = _coverage(published, widths, actual, origins, over)
    low, high = published[-1] - widths[-1], published[-1] + widths[-1]
    return Evaluated(
        path=back(published[-1]),
        low=back(low),
        high=back(high),
        choice=choices[-1],
        scores=tuple(_scores(tried, published, actual, origins, over, back)),
        coverage=inside,
        origins=len(over),
    )


def _actual(values: Numbers, horizon: int) -> Numbers:
    """What came after each point: shape (n, horizon), NaN beyond the end."""
    out: Numbers = np.full((len(values), horizon), np.nan)
    for h in range(1, min(horizon, len(values)) + 1):
        out[: len(values) - h, h - 1] = values[h:]
    return out


def _recent(origins: Steps, at: int, year: int) -> Numbers:
    """Weights of past origins: half for each half year that has gone by."""
    out: Numbers = 0.5 ** ((at - origins) / (year / 2))
    return out


def _choices(tried: Mapping[str, Numbers], actual: Numbers, origins: Steps, year: int) -> list[Choice]:
    """What is published at each origin: the last value wherever the chosen forecasts have not beaten it so far."""
    horizon = actual.shape[1]
    wanted = [_choose(tried, actual, origins[origins <= t - horizon], t, year) for t in origins]
    errors = np.array([
        [np.abs(_blend(tried, choice, t) - actual[t]).mean(), np.abs(tried["last"][t] - actual[t]).mean()]
        for choice, t in zip(wanted, origins, strict=True)
    ])  # fmt: skip
    out = []
    for choice, t in zip(wanted, origins, strict=True):
        past = (origins <= t - horizon) & (origins > t - horizon - 2 * year)
        weight = _recent(origins[past], t, year)
        beaten = not past.any() or float((weight * errors[past, 0]).sum()) > float((weight * errors[past, 1]).sum())
        out.append(LAST if beaten else choice)
    return out


def _choose(tried: Mapping[str, Numbers], actual: Numbers, past: Steps, at: int, year: int) -> Choice:
    """The best candidate at origin ``at``, judged on ``past`` origins whose horizon was over by then."""
    past = past[past > at - actual.shape[1] - 2 * year]
    best, least = LAST, _GATE
    if len(past) < _FEWEST:
        return best
    weight = _recent(past, at, year)[:, None]
    came = actual[past] - tried["last"][past]
    stood = (weight * np.abs(came)).sum()
    for name in CANDIDATES:
        moved = tried[name][past] - tried["last"][past]
        if not np.isfinite(moved).all() or not np.isfinite(tried[name][at]).all() or not stood:
            continue
        fitted = (weight * moved * came).sum() / max((weight * moved * moved).sum(), 1e-12)
        share = float(np.clip(fitted, 0.0, 1.0)) * _SHRINK
        ratio = (weight * np.abs(came - share * moved)).sum() / stood
        if ratio < least:
            best, least = Choice(name, share), float(ratio)
    return best


def _blend(tried: Mapping[str, Numbers], choice: Choice, at: int) -> Numbers:
    last = tried["last"][at]
    out: Numbers = last if not choice.weight else last + choice.weight * (tried[choice.method][at] - last)
    return out


def _widths(published: Numbers, actual: Numbers, past: Steps, at: int, horizon: int, year: int) -> Numbers:
    """Half-widths (levels, horizon) at origin ``at``: weighted quantiles of the errors known by then, never falling.

    Split conformal prediction with recency weights (Barber and others 2023): unit weight is left for the future point.
    """
    out = np.full((len(LEVELS), horizon), np.nan)
    for h in range(1, horizon + 1):
        known = past <= at - h
        if known.sum() < _FEWEST:
            continue
        errors = np.abs(published[known][:, h - 1] - actual[past[known], h - 1])
        weight = _recent(past[known], at - h, year)
        order = np.argsort(errors, kind="stable")
        mass = np.cumsum(weight[order]) / (weight.sum() + 1.0)
        for k, level in enumerate(LEVELS):
            reached = int(np.searchsorted(mass, level))
            out[k, h - 1] = errors[order[min(reached, len(order) - 1)]]
    return np.maximum.accumulate(out, axis=1)


def _steered(widths: Numbers, errors: Numbers, origins: Steps, horizon: int) -> Numbers:
    """Widths widened after misses and narrowed after hits, each as soon as its horizon is over.

    Adaptive conformal inference (Gibbs and Candes 2021) on the log of the width: quantiles of the past alone are too
    wide for years after a shock has passed.
    """
    log = np.zeros(len(LEVELS))
    factor = np.ones((len(origins), len(LEVELS)))
    allowed = 1 - np.array(LEVELS)
    over = np.searchsorted(origins, origins - horizon, side="right") - 1  # the last origin that is over by each
    seen = -1
    for i in range(len(origins)):
        for j in range(seen + 1, over[i] + 1):
            if np.isfinite(widths[j]).all():
                missed = (errors[j] > widths[j] * factor[j][:, None]).mean(axis=1)
                log = np.clip(log + _GAIN * (missed - allowed), -_FARTHEST, _FARTHEST)
        seen = max(seen, over[i])
        factor[i] = np.exp(log)
    # What came outside the narrow interval lately makes the wide one wider too: the two never meet.
    factor[:, 1] = np.maximum(factor[:, 0], factor[:, 1])
    return widths * factor[:, :, None]


def _coverage(published: Numbers, widths: Numbers, actual: Numbers, origins: Steps, over: Steps) -> dict[float, float]:
    """Share of what came that the intervals of the time held, pooled over origins and steps."""
    n = len(over)
    error = np.abs(published[:n] - actual[over])
    out = {}
    for k, level in enumerate(LEVELS):
        width = widths[:n, k]
        there = np.isfinite(width) & (np.arange(n) >= n - len(origins) // 2)[:, None]
        out[level] = float((error[there] <= width[there]).mean()) if there.any() else float("nan")
    return out


def _scores(
    tried: Mapping[str, Numbers], published: Numbers, actual: Numbers, origins: Steps, over: Steps, back: object
) -> list[Score]:
    """Every method beside the published rule, in units of the series, over the later half of the origins."""
    assert callable(back)
    late = over[len(over) // 2 :] if len(over) >= 2 * _FEWEST else over
    rows = np.searchsorted(origins, late)
    came = back(actual[late])
    errors = {name: np.abs(back(path[late]) - came) for name, path in tried.items()}
    errors["published"] = np.abs(back(published[rows]) - came)
    stood = float(errors["last"].mean())
    out = []
    for name, error in errors.items():
        mae = float(error.mean()) if np.isfinite(error).all() else None
        out.append(Score(name, mae, mae / stood if mae is not None and stood else None, len(late)))
    return out

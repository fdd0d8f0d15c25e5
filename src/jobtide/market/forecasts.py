"""What would each simple method have said, at every past moment? All origins of a series in one pass.

Every method is causal: row ``t`` of its paths uses values up to ``t`` only, parameters included, so that the same
array serves the forecast (last row) and the rolling-origin evaluation (all rows before it).
"""

from collections.abc import Mapping

import numpy as np

from jobtide.market.intervals import Numbers

Steps = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
# Grids that the smoothing parameters are chosen from, at each origin, by the one-step errors up to it.
_LEVELS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_ETS_LEVELS = (0.2, 0.4, 0.6, 0.8, 0.95, 1.0)
_ETS_TRENDS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8)
_ETS_DAMPING = (0.8, 0.9, 0.95, 0.98)
AVERAGED = ("last", "drift", "theta", "ets")  # what the ensemble is the mean of


def paths(values: Numbers, horizon: int, season: int) -> Mapping[str, Numbers]:
    """Return, by method, the forecasts for 1 to ``horizon`` steps after each point: arrays of shape (n, horizon).

    Methods: last value; seasonal naive (the value a ``season`` before); seasonal change (the last value plus the change
    of a season before); drift; theta (Assimakopoulos and Nikolopoulos 2000, as simple smoothing with half the linear
    trend: Hyndman and Billah 2003); ets (additive errors, damped additive trend); ensemble, the mean of last value,
    drift, theta and ets. NaN where a season before the series would be needed. Of no values: arrays of no rows.
    """
    steps = np.arange(1, horizon + 1)
    last = np.repeat(values[:, None], horizon, axis=1)
    back = _seasonal(values, steps, season)
    out = {
        "last": last,
        "seasonal_naive": back,
        "seasonal_change": last + back - _season_before(values, steps, season),
        "drift": _drift(values, steps),
        "theta": _theta(values, steps),
        "ets": _ets(values, steps),
    }
    return out | {"ensemble": np.mean([out[name] for name in AVERAGED], axis=0)}


def _at(values: Numbers, index: Steps) -> Numbers:
    """Values by index, NaN before the first."""
    out: Numbers = np.full(len(index), np.nan)
    inside = index >= 0
    out[inside] = values[index[inside]]
    return out


def _seasonal(values: Numbers, steps: Steps, season: int) -> Numbers:
    """The value of the last season that has been seen: for step h, t + h less as many seasons as it takes."""
    t = np.arange(len(values))
    back = season * -(-steps // season)
    return np.stack([_at(values, t + h - b) for h, b in zip(steps, back, strict=True)], axis=1)


def _season_before(values: Numbers, steps: Steps, season: int) -> Numbers:
    """The value whole seasons before the origin, as many as ``_seasonal`` goes back at each step."""
    t = np.arange(len(values))
    return np.stack([_at(values, t - season * -(-h // season)) for h in steps.tolist()], axis=1)


def _drift(values: Numbers, steps: Steps) -> Numbers:
    """The line from the first value through the last."""
    t = np.arange(len(values))
    slope = (values - values[:1]) / np.maximum(t, 1)
    out: Numbers = values[:, None] + slope[:, None] * steps
    return out


def _smoothed(values: Numbers) -> tuple[Numbers, Numbers]:
    """Level after each point by simple smoothing, and the smoothing parameter that was best up to it."""
    alpha = np.array(_LEVELS)
    level = np.full(len(alpha), values[0] if len(values) else 0.0)
    squares = np.zeros(len(alpha))
    chosen, levels = np.ones(len(values)), values.astype(np.float64).copy()
    for t in range(1, len(values)):
        error = values[t] - level
        squares += error * error
        level = level + alpha * error
        best = int(squares.argmin())
        chosen[t], levels[t] = alpha[best], level[best]
    return levels, chosen


def _theta(values: Numbers, steps: Steps) -> Numbers:
    """Simple smoothing plus half of the least-squares slope."""
    n = len(values)
    t = np.arange(n, dtype=np.float64)
    level, alpha = _smoothed(values)
    many = t + 1
    spread = np.cumsum(t * t) - np.cumsum(t) ** 2 / many
    shared = np.cumsum(t * values) - np.cumsum(t) * np.cumsum(values) / many
    slope = np.where(spread > 0, shared / np.where(spread > 0, spread, 1.0), 0.0)
    reach = steps - 1 + ((1 - (1 - alpha) ** many) / alpha)[:, None]
    out: Numbers = level[:, None] + slope[:, None] / 2 * reach
    return out


def _ets(values: Numbers, steps: Steps) -> Numbers:
    """Damped additive trend (Gardner and McKenzie 1985): every point of the grid is run at once."""
    a, b, phi = (grid.ravel() for grid in np.meshgrid(_ETS_LEVELS, _ETS_TRENDS, _ETS_DAMPING))
    level, trend, squares = np.full(len(a), values[0] if len(values) else 0.0), np.zeros(len(a)), np.zeros(len(a))
    out = np.repeat(values[:, None].astype(np.float64), len(steps), axis=1)
    reach = np.cumsum(phi[:, None] ** steps, axis=1)
    for t in range(1, len(values)):
        expected = level + phi * trend
        error = values[t] - expected
        squares += error * error
        level = expected + a * error
        trend = phi * trend + a * b * error
        best = int(squares.argmin())
        out[t] = level[best] + reach[best] * trend[best]
    return out

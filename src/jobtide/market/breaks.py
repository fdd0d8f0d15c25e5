"""Where does a series change its course? Known events from a table, and change points found in its growth.

Growth across a known break is not demand alone, so every outlook lists both. A change point is found, not explained.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.util import find_spec

import numpy as np

from jobtide.errors import MissingExtra
from jobtide.market.intervals import Numbers

_APART = 8  # steps between change points at least
_PENALTY = 3.0  # times log n, the usual factor of PELT for a mean shift in unit variance (Killick and others 2012)
_MAD = 1.4826  # median absolute deviation to standard deviation, normal errors


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which a series changed; ``found`` is true where it was found in the values, ``what`` says why else."""

    day: date
    what: str
    source: str
    found: bool


def known(about: str, first: date, last: date) -> list[Break]:
    """Return the events of the table that bear on series ``about`` (or on any) between two days, by day."""
    text = (resources.files("jobtide") / "data" / "references" / "breaks.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t")
    events = [
        Break(date.fromisoformat(row["date"]), row["what"], row["source"], found=False)
        for row in rows
        if row["series"] in ("any", about)
    ]
    return sorted((event for event in events if first <= event.day <= last), key=lambda event: event.day)


def change_points(values: Numbers, dates: Sequence[date]) -> list[Break]:
    """Return the days on which the growth of a series shifted: PELT on its steps, in robust standard deviations.

    Steps are of the logarithm where all values are positive. Empty for fewer than 24 points or a series that never
    moves. Raises MissingExtra where the package is not installed.
    """
    if not can_find():
        raise MissingExtra("finding change points", extra="stats")
    if len(values) < 3 * _APART:
        return []
    steps = np.diff(np.log(values) if (values > 0).all() else values)
    local = steps - _middle(steps)
    spread = float(np.median(np.abs(local))) * _MAD
    if not spread:
        return []
    import ruptures

    found = ruptures.KernelCPD(kernel="linear", min_size=_APART).fit((steps / spread).reshape(-1, 1))
    # Steps of smoothed series resemble their neighbours; the penalty grows with how far they do.
    alike = _alike(local)
    ends = found.predict(pen=_PENALTY * np.log(len(steps)) * (1 + alike) / max(1 - alike, 0.05))
    return [Break(dates[end], "growth shifts here", "found in the series", found=True) for end in ends[:-1]]


def _middle(steps: Numbers) -> Numbers:
    """The running median, so that a shift of the mean is not taken for noise."""
    padded = np.pad(steps, _APART, mode="reflect")
    out: Numbers = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * _APART + 1), axis=1)
    return out


def can_find() -> bool:
    """Whether change points can be looked for here; nothing is imported."""
    return find_spec("ruptures") is not None


def _alike(steps: Numbers) -> float:
    """First-order autocorrelation of the steps, from 0 to 1."""
    centred = steps - steps.mean()
    whole = float((centred * centred).sum())
    return min(max(float((centred[1:] * centred[:-1]).sum()) / whole, 0.0), 1.0) if whole else 0.0

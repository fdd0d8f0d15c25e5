"""How well does the reader find skills, and what does that make of a share that was read?

A share of read postings is too high by what the reader mistakes and too low by what it misses. With precision P and
recall R measured on labelled postings, the true share is the read one times P / R (Rogan and Gladen 1978, in the terms
of precision and recall), and P / R is nothing but skills present over skills read in the labelled sample.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from jobtide.errors import StoreDamaged
from jobtide.market.intervals import Interval, expit, t_quantile

FILE = Path(__file__).resolve().parent.parent / "data" / "reading.json"
_OWN = 30  # skills present, and skills read, that a skill needs to be corrected by its own measurement
_UNSEEN = 0.5  # an error that was not seen in a finite sample is not impossible (Jeffreys)


class Counts(msgspec.Struct, frozen=True):
    """Labelled postings in which a skill was rightly read, wrongly read, and missed."""

    tp: int
    fp: int
    fn: int

    @property
    def present(self) -> int:
        """Postings that name the skill."""
        return self.tp + self.fn

    @property
    def read(self) -> int:
        """Postings in which it was read."""
        return self.tp + self.fp

    @property
    def factor(self) -> float:
        """Present over read, which is precision over recall."""
        return self.present / self.read

    @property
    def variance(self) -> float:
        """Variance of the factor's logarithm; the rightly read stand on both sides and nearly cancel."""
        present, read = self.present + _UNSEEN, self.read + _UNSEEN
        common = self.tp * (1 / present - 1 / read) ** 2
        return common + (self.fn + _UNSEEN) / present**2 + (self.fp + _UNSEEN) / read**2


class Reading(msgspec.Struct, frozen=True):
    """What was measured: counts of each skill and of all together, on how many postings, and how."""

    skill: Mapping[str, Counts]
    pooled: Counts
    n_postings: int
    how: str

    def factor(self, concept: str) -> "Factor":
        """Return what to multiply the read share of a skill by: its own where enough of it was labelled, else all's."""
        counts = self.skill.get(concept)
        if counts is not None and min(counts.present, counts.read) >= _OWN:
            return Factor(counts.factor, counts.variance, "own")
        return Factor(self.pooled.factor, self.pooled.variance + self.spread, "all skills'")

    @property
    def spread(self) -> float:
        """Variance of the logarithm of factors between skills, beyond chance: a skill of few labels may differ so much.

        By moments, weighted by precision (DerSimonian and Laird 1986); 0 where fewer than three skills have enough.
        """
        kept = [c for c in self.skill.values() if min(c.present, c.read) >= _OWN]
        if len(kept) < 3:
            return 0.0
        weights = [1 / c.variance for c in kept]
        logs = [math.log(c.factor) for c in kept]
        whole = sum(weights)
        middle = sum(w * x for w, x in zip(weights, logs, strict=True)) / whole
        beyond = sum(w * (x - middle) ** 2 for w, x in zip(weights, logs, strict=True)) - (len(kept) - 1)
        return max(0.0, beyond / (whole - sum(w * w for w in weights) / whole))


@dataclass(frozen=True, slots=True)
class Factor:
    """What to multiply a read share by, the variance of its logarithm, and whose measurement it is."""

    value: float
    variance: float
    whose: str


@cache
def load(path: Path = FILE) -> Reading | None:
    """Return what ``make score`` measured, None where no measurement is bundled; StoreDamaged if it cannot be read."""
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Reading)
    except (msgspec.DecodeError, json.JSONDecodeError) as error:
        raise StoreDamaged(f"{path} is no reading measurement ({error}); run 'make score'") from error


def corrected(read: Interval, factor: Factor) -> Interval:
    """Return the share of openings that name a skill, from the share in which it was read.

    The interval carries both the sampling of employers (taken back from the read interval on the logit scale) and
    the error of the measurement. NaN bounds where the read share has none; a share of 1 at most.
    """
    share = min(read.value * factor.value, 1.0)
    if read.value in (0.0, 1.0) or share == 1.0 or math.isnan(read.low):
        return Interval(share, math.nan, math.nan, read.effective)
    t = t_quantile(0.975, read.effective - 1)
    width = _logit(read.high) - _logit(read.low)
    error = width / (2 * t) * (1 - read.value)  # of the logarithm of the read share
    reach = t * math.sqrt(error**2 + factor.variance) / (1 - share)
    return Interval(share, expit(_logit(share) - reach), expit(_logit(share) + reach), read.effective)


def _logit(share: float) -> float:
    return math.log(share / (1 - share))

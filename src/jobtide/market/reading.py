"""How well does the reader find skills, and what does that make of a share that was read?

A share of read postings is too high by what the reader mistakes and too low by what it misses. With precision P and
recall R measured on labelled postings, the true share is the read one times P / R (Rogan and Gladen 1978, in the terms
of precision and recall), and P / R is nothing but skills present over skills read in the labelled sample.
"""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from jobtide.errors import StoreDamaged
from jobtide.market.intervals import Interval, expit
from jobtide.market.student import t_quantile

FILE = Path(__file__).resolve().parent.parent / "data" / "reading.json"
_OWN = 30  # skills present, and skills read, that a skill needs to be corrected by its own measurement
_LEAST = 0.05  # precision or recall below this is no reader's
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

    def factors(self, concepts: Iterable[str]) -> dict[str, "Factor"]:
        """Return what to multiply each skill's read share by: its own factor where enough of it was labelled, else
        that of all skills without one, whose variance then holds how much skills differ."""
        rest = self._rest()
        own = {id: Factor(c.factor, c.variance, "own") for id, c in self.skill.items() if _enough(c)}
        return {concept: own.get(concept, rest) for concept in concepts}

    def _rest(self) -> "Factor":
        few = [c for c in self.skill.values() if not _enough(c)] or list(self.skill.values())
        pool = Counts(*(sum(getattr(c, name) for c in few) for name in ("tp", "fp", "fn")))
        recall = _between([(c.tp, c.present) for c in few]) / max(pool.tp / pool.present, _LEAST) ** 2
        precision = _between([(c.tp, c.read) for c in few]) / max(pool.tp / pool.read, _LEAST) ** 2
        return Factor(pool.factor, pool.variance + recall + precision, "all skills'")


def _enough(counts: Counts) -> bool:
    return min(counts.present, counts.read) >= _OWN


def _between(parts: Sequence[tuple[int, int]]) -> float:
    """The variance of a share between groups beyond chance, by moments (Kleinman 1973): hits and size of each group."""
    kept = [(k, n) for k, n in parts if n]
    total, groups = sum(n for _, n in kept), len(kept)
    middle = sum(k for k, _ in kept) / total
    beyond = sum(n * (k / n - middle) ** 2 for k, n in kept) - (groups - 1) * middle * (1 - middle)
    return max(0.0, beyond / (total - sum(n * n for _, n in kept) / total)) if groups > 1 else 0.0


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

    Each end carries both the sampling of employers (taken back from that end of the read interval, on the logit scale)
    and the error of the measurement. NaN bounds where the read share has none; a share of 1 at most.
    """
    share = min(read.value * factor.value, 1.0)
    if share in (0.0, 1.0) or not 0 < read.low < read.high < 1:
        return Interval(share, math.nan, math.nan, read.effective)
    t = t_quantile(0.975, read.effective - 1)
    ends: list[float] = []
    for end in (read.low, read.high):
        sampled = (_logit(end) - _logit(read.value)) * (1 - read.value)  # of the logarithm of the read share
        reach = math.copysign(math.hypot(sampled, t * math.sqrt(factor.variance)), end - read.value) / (1 - share)
        ends.append(expit(_logit(share) + reach))
    return Interval(share, ends[0], ends[1], read.effective)


def _logit(share: float) -> float:
    return math.log(share / (1 - share))

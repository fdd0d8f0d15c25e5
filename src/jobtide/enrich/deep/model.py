"""How strongly does each word of a batch of texts look like the begin or the inside of a skill?

The weights are those of a conditional random field, trained by ``tools/train_tagger.py``. All that depends on one word
is summed once a distinct word and offset, so that a place costs a few look-ups in arrays, whatever it looks at.
"""

import gzip
import hashlib
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from jobtide.enrich.deep.words import BREAK, NO_GROUP, PAIRED, REACH, Clusters, traits, usual

DATA = Path(__file__).resolve().parent.parent.parent / "data" / "tagger"
WEIGHTS, CLUSTERS = DATA / "weights.tsv.gz", DATA / "clusters.tsv.gz"
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
MARKS = 21  # nothing, and begin and inside of ten kinds of concepts
_MOST = 200_000  # distinct words kept; one more batch, and the table begins anew
_COARSE, _MIDDLE = PAIRED[0][1], PAIRED[1][1]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Weights = Mapping[str, tuple[float, float]]  # of begin and of inside, each less that of outside


class Model:
    """Weights and clusters, ready to score; ``turns[a, b]`` weighs label b behind label a.

    ``sure``: slope and shift that put its probabilities right, see ``put_right``.
    """

    def __init__(
        self, weights: Weights, turns: Floats, clusters: Clusters, sure: tuple[float, float] = (1.0, 0.0)
    ) -> None:
        """Lay out the weights for look-ups by number."""
        self.turns, self.sure = turns, sure
        self.weights, self.clusters = weights, clusters
        self._marks = self._table([f"g={mark}" for mark in range(MARKS)])
        self._near_marks = {d: self._table([f"{d}g={mark}" for mark in range(3)]) for d in range(-REACH, REACH + 1)}
        self._groups = {
            (side, name): self._table(
                [f"{side}{name}|{a}|{b}" for a in range(n + 1) for b in range(n + 1)]
            ).reshape(n + 1, n + 1, 2)
            for side in "lr"
            for name, n in PAIRED
        }  # fmt: skip
        self._three_marks = self._table([f"gg={a}|{b}|{c}" for a in range(3) for b in range(3) for c in range(3)])
        self._mark_group = self._table([f"gc={mark}|{b}" for mark in range(3) for b in range(_MIDDLE + 1)])
        coarse = range(_COARSE + 1)
        self._three_groups = self._table([f"ccc={a}|{b}|{c}" for a in coarse for b in coarse for c in coarse])
        pairs = [name for name in weights if name[:2] in ("l|", "r|")]
        beside = [name for name in weights if name[1:4] == "wc|" and name[0] in "lr"]
        self._number: dict[str, int] = {}
        for name in pairs:
            for word in name[2:].split("|", 1) if name.count("|") == 2 else ():
                self._number.setdefault(word, len(self._number))
        for name in beside:
            self._number.setdefault(name[4:].rpartition("|")[0], len(self._number))
        self._beside = {side: self._beside_table([name for name in beside if name[0] == side]) for side in "lr"}
        self._pairs = {side: self._pair_table([p for p in pairs if p[0] == side]) for side in "lr"}
        self._forget()

    def _table(self, names: Sequence[str]) -> Floats:
        none = (0.0, 0.0)
        return np.array([self.weights.get(name, none) for name in names], np.float32)

    def _pair_table(self, names: Sequence[str]) -> tuple[Ints, Floats]:
        keys = {}
        for name in names:
            words = name[2:].split("|", 1) if name.count("|") == 2 else None
            if words:
                keys[self._number[words[0]] * len(self._number) + self._number[words[1]]] = self.weights[name]
        order = sorted(keys)
        return np.array([*order, -1], np.int64), np.array([*(keys[k] for k in order), (0.0, 0.0)], np.float32)

    def _beside_table(self, names: Sequence[str]) -> Floats:
        """(words + 1, coarse groups, 2): the last row is for words that no weight knows."""
        out = np.zeros((len(self._number) + 1, _COARSE + 1, 2), np.float32)
        for name in names:
            word, _, group = name[4:].rpartition("|")
            out[self._number[word], int(group)] = self.weights[name]
        return out

    def _forget(self) -> None:
        self._known: dict[str, int] = {}
        self._rows: list[Floats] = []
        self._sides: list[tuple[int, ...]] = []
        self._stacked = (np.zeros((0, 2 * REACH + 1, 2), np.float32), np.zeros((0, 3), np.int64))

    def score(self, words: Sequence[str], marks: Ints) -> Floats:
        """Return (words, 2): the summed weights of begin and of inside at each place; outside is 0.

        ``words`` hold BREAK between what shall not be read across; ``marks`` as in ``words.attributes``.
        """
        if len(self._known) > _MOST:
            self._forget()
        known = self._known
        ids = np.array([known[w] if w in known else self._learn(w) for w in words], np.int64)
        if len(self._rows) > len(self._stacked[0]):
            self._stacked = (np.array(self._rows, np.float32), np.array(self._sides, np.int64))
        table, sides = self._stacked
        total: Floats = table[ids, REACH] + self._marks[marks]
        flat = np.where(marks == 0, 0, 2 - marks % 2)
        total += self._near_marks[0][flat]
        for d in range(1, min(REACH, len(ids) - 1) + 1):
            total[d:] += table[ids[:-d], REACH - d] + self._near_marks[-d][flat[:-d]]
            total[:-d] += table[ids[d:], REACH + d] + self._near_marks[d][flat[d:]]
        self._add_pairs(total, sides[ids])
        total += self._three_marks[_three(flat, 3)]
        total += self._mark_group[flat * (_MIDDLE + 1) + sides[ids, 2]]
        total += self._three_groups[_three(sides[ids, 1], _COARSE + 1)]
        total[ids == known.get(BREAK, -1)] = -1e4  # a break is outside, whatever stands around it
        return total

    def _add_pairs(self, total: Floats, sides: Ints) -> None:
        """Add what is known of two neighbours to the right one (side l) and to the left one (side r)."""
        if len(total) < 2:
            return
        left, right = sides[:-1], sides[1:]
        key = np.where((left[:, 0] < 0) | (right[:, 0] < 0), -2, left[:, 0] * len(self._number) + right[:, 0])
        for side, here, other, own in (("l", slice(1, None), left, right), ("r", slice(None, -1), right, left)):
            total[here] += self._beside[side][other[:, 0], own[:, 1]]
            keys, values = self._pairs[side]
            at = np.searchsorted(keys[:-1], key)
            total[here] += np.where((keys[at] == key)[:, None], values[at], np.float32(0))
            for column, (name, _) in enumerate(PAIRED, 1):
                total[here] += self._groups[side, name][left[:, column], right[:, column]]

    def _learn(self, word: str) -> int:
        """Sum the weights of a word that comes for the first time; return its number."""
        seen = traits(word, self.clusters)
        row = np.zeros((2 * REACH + 1, 2), np.float32)  # slot k is what a place sees k - REACH words away
        for d in range(-REACH, REACH + 1):
            for name in seen[abs(d)]:
                weight = self.weights.get(f"{d}{name}")
                if weight is not None:
                    row[d + REACH] += weight
        low = usual(word)
        groups = self.clusters.get(low, NO_GROUP)
        self._rows.append(row)
        self._sides.append((self._number.get(low, -1), groups[0], groups[1]))
        self._known[word] = len(self._known)
        return self._known[word]


def _three(values: Ints, kinds: int) -> Ints:
    """The number of each place's value with those before and behind it, 0 beyond the ends."""
    padded = np.concatenate(([0], values, [0]))
    return (padded[:-2] * kinds + padded[1:-1]) * kinds + padded[2:]


def put_right(likely: float, slope: float, shift: float) -> float:
    """Return a probability whose logit is stretched and shifted (Platt 1999); 0 and 1 stay away by 1e-4.

    >>> round(put_right(0.98, 1.0, 0.0), 3), round(put_right(0.98, 0.5, -0.2), 3)
    (0.98, 0.851)
    """
    held = min(max(likely, 1e-4), 1 - 1e-4)
    return 1.0 / (1.0 + math.exp(-(slope * math.log(held / (1.0 - held)) + shift)))


@cache
def load() -> Model:
    """Return the shipped model; the first call reads the files (about 0.5 s)."""
    weights: dict[str, tuple[float, float]] = {}
    turns = np.zeros((3, 3), np.float32)
    sure = (1.0, 0.0)
    for line in gzip.decompress(WEIGHTS.read_bytes()).decode().splitlines():
        name, begin, inside = line.rsplit("\t", 2)
        if name.startswith("turn "):
            turns[int(name[5]), int(name[6])] = float(begin)
        elif name == "sure":
            sure = float(begin), float(inside)
        else:
            weights[name] = float(begin), float(inside)
    clusters = {}
    for line in gzip.decompress(CLUSTERS.read_bytes()).decode().splitlines():
        word, *groups = line.split("\t")
        clusters[word] = tuple(map(int, groups))
    return Model(weights, turns, clusters, sure)


@cache
def sha256() -> str:
    """Return the sha256 of the shipped files together."""
    return hashlib.sha256(WEIGHTS.read_bytes() + CLUSTERS.read_bytes()).hexdigest()

"""How likely does a posting mean a skill that it names? A logistic model over what the rules saw, from a table of weights.

Rules say where a name stands and whether its guard holds; the gate weighs that with how often this skill was meant
elsewhere, how often and where the posting names it, and what stands around it. Everything it looks at is a name in
``data/gate/weights.txt`` (one "name weight" a line, readable in a diff), trained by ``tools/train_gate.py`` on our own
labels. A score is the sum of the weights that apply; combinations that occur are summed once and kept, so that a
mention costs six look-ups. The probability is the fact's confidence; below ``least`` the gate abstains.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobtide.enrich.taxonomy import Guard, Taxonomy
from jobtide.model import SECTIONS, Window

WEIGHTS = Path(__file__).resolve().parent.parent / "data" / "gate" / "weights.txt"
# Why a rule would refuse a mention that the gate may still believe; "" where no rule objects.
SOFT = ("", "asked", "outside", "alone", "studied", "intro", "talk")

TALK = ("intro", "talk")  # what an employer says of itself before the first heading, and behind it

# A mention adds this to ``Named.counts``: all mentions, those in requirements and wishes, in duties, in the title.
_ONE, _ASKED, _DUTY, _TITLE = 1, 1 << 16, 1 << 32, 1 << 48
_EVER_ASKED = _DUTY - _ASKED  # the bits of the second number
COUNTS = dict.fromkeys(SECTIONS, _ONE) | {
    "requirements": _ONE + _ASKED, "nice": _ONE + _ASKED, "duties": _ONE + _DUTY, "title": _ONE + _TITLE,
}  # fmt: skip


@dataclass(slots=True)
class Named:
    """One concept in one posting: its best mention, and how often and where it is named.

    ``soft`` is one of ``SOFT``; ``counts`` is a sum of ``COUNTS``, one number since a posting has fifteen of these;
    ``crowd`` is how many names share the block.
    """

    start: int
    end: int
    window: Window
    need: str
    soft: str
    rank: int
    counts: int
    crowd: int = 1


_exp = math.exp
Key = tuple[object, ...]


class _Sums(dict[Key, float]):
    """The sum of the weights of each combination, made when it first occurs."""

    def __init__(self, names: Callable[..., Iterable[str]], weights: Mapping[str, float]) -> None:
        super().__init__()
        self._names = names
        self._weights = weights

    def __missing__(self, key: Key) -> float:
        value = self[key] = sum(self._weights.get(name, 0.0) for name in self._names(*key))
        return value


class Gate:
    """The trained weights, ready for one vocabulary."""

    def __init__(self, weights: Mapping[str, float], taxonomy: Taxonomy) -> None:
        """Lay out the weights; names the vocabulary no longer has are left unused."""
        threshold = weights.get("threshold", 0.5)
        # The least probability that is believed, by what a rule objects to.
        self.least = dict.fromkeys(SOFT, threshold) | dict.fromkeys(TALK, weights.get("threshold talk", threshold))
        self._bias = weights.get("bias", 0.0)
        by_name = {concept.name: id for id, concept in taxonomy.concepts.items()}
        self._own = {id: sum(weights.get(name, 0.0) for name in _own(taxonomy, id)) for id in taxonomy.concepts}
        self._parent = {id: by_name.get(concept.parent, "") for id, concept in taxonomy.concepts.items()}
        self._situation = _Sums(_situation, weights)
        self._counts = _Sums(_counts, weights)
        self._kin = _Sums(_kin, weights)
        self._block = _Sums(_block, weights)
        self._signs = _Sums(_signs, weights)
        self._posting = _Sums(_posting, weights)

    def score(self, text: bytes, named: Mapping[str, Named]) -> list[float]:
        """Return the probability of each of a posting's ``named`` concepts, in their order; none gives none."""
        own, parent = self._own, self._parent
        parents = set(map(parent.__getitem__, named))
        rest = self._bias + self._posting[shape(named)]
        out = []
        situation, counts, kin, block, signs = self._situation, self._counts, self._kin, self._block, self._signs
        for id, one in named.items():
            start, end, section, kind = one.window
            begun, behind = one.start, one.end
            total = (
                rest
                + own[id]
                + situation[section, one.soft, one.need, kind]
                + counts[one.counts,]
                + kin[id in parents, parent[id] in named]
                + block[one.crowd, (end - start) // 60]
                + signs[text[begun - 2 : begun], text[behind : behind + 1]]
            )
            out.append(1.0 / (1.0 + _exp(-total)))
        return out

    def features(self, text: bytes, named: Mapping[str, Named], taxonomy: Taxonomy) -> list[list[str]]:
        """Return the names of the weights that ``score`` sums for each concept: what training fits."""
        parents = {self._parent[id] for id in named}
        every = list(_posting(*shape(named)))
        return [
            [
                *every,
                *_own(taxonomy, id),
                *_situation(one.window[2], one.soft, one.need, one.window[3]),
                *_counts(one.counts),
                *_kin(id in parents, self._parent[id] in named),
                *_block(one.crowd, (one.window[1] - one.window[0]) // 60),
                *_signs(text[one.start - 2 : one.start], text[one.end : one.end + 1]),
            ]
            for id, one in named.items()
        ]


def shape(named: Mapping[str, Named]) -> tuple[int, int]:
    """Return how many concepts a posting names, and how many of them it asks for, both in steps."""
    asked = len([one for one in named.values() if not one.soft and one.counts & _EVER_ASKED])
    return _step(len(named), (5, 10, 15, 20, 30)), _step(asked, (2, 4, 8, 12, 20))


def _step(value: int, steps: Sequence[int]) -> int:
    return sum(value >= step for step in steps)


def _own(taxonomy: Taxonomy, id: str) -> list[str]:
    concept = taxonomy.concepts[id]
    words = min(3, concept.name.count(" ") + 1)
    return [
        f"concept {id}", f"parent {concept.parent}", f"kind {concept.kind}", f"words {words}",
        f"guard {_guarded(concept.guard)}",
    ]  # fmt: skip


def _guarded(guard: Guard | None) -> str:
    """Which doubts a name's guard has: one about the sentence weighs otherwise than one about capitals."""
    return "none" if guard is None else "+".join(sorted(guard.flags)) or "words"


def _situation(section: str, soft: str, need: str, kind: str) -> list[str]:
    return [
        f"section {section}", f"soft {soft or 'none'}", f"at {section}/{soft or 'none'}/{need}",
        f"block {kind}/{section}",
    ]  # fmt: skip


def _counts(counts: int) -> list[str]:
    mentions, asked, duties = counts % _ASKED, counts // _ASKED % _ASKED, counts // _DUTY % _ASKED
    return [
        f"mentions {_step(mentions, (2, 3, 5))}", f"asked {min(asked, 3)}", f"duties {min(duties, 3)}",
        f"titled {counts >= _TITLE}",
    ]  # fmt: skip


def _kin(parent_of_another: bool, parent_named: bool) -> list[str]:
    return [f"narrower named {parent_of_another}", f"wider named {parent_named}"]


def _block(crowd: int, length: int) -> list[str]:
    return [f"crowd {_step(crowd, (2, 3, 5, 8))}", f"length {_step(length, (1, 2, 4, 8))}"]


def _signs(before: bytes, after: bytes) -> list[str]:
    before = before.strip()[-1:]
    return [
        f"before {before.decode() if before in _BEFORE else 'other'}",
        f"after {after.decode() if after in _AFTER else 'other'}",
    ]


def _posting(named: int, asked: int) -> list[str]:
    return [f"named {named}", f"asked for {asked}"]


_BEFORE = frozenset({b",", b"/", b"(", b";", b"&", b"-", b""})
_AFTER = frozenset({b",", b"/", b")", b";", b".", b"&", b"-", b" ", b""})


@cache
def load() -> Gate:
    """Return the shipped gate for the shipped vocabulary; the first call reads the file (about 2 ms)."""
    from jobtide.enrich import taxonomy

    return Gate(read(WEIGHTS.read_text(encoding="utf-8")), taxonomy.load())


def read(text: str) -> dict[str, float]:
    """Return the weights of a file by name; lines that begin with "#" are remarks."""
    lines = (line.rpartition(" ") for line in text.splitlines() if line and line[0] != "#")
    return {name: float(value) for name, _, value in lines}


@cache
def sha256() -> str:
    """Return the sha256 of the shipped weights: it is part of what reading depends on."""
    return hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()

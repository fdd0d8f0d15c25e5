"""Which roles does a text name?

A free text lists what it offers in its own words, and next month in others: "front end, Ruby and iOS developers" here,
"Senior Frontend Engineer" there. So a role is known by its craft: each word for a craft that stands before a person at
work, also across a few others of its kind, and the person itself where it says what is done (a designer, an analyst).
"""

from collections.abc import Iterable, Set

import numpy as np
import pyarrow as pa

from jobtide.link.headlines import PERSONS
from jobtide.link.titles import FUNCTION_WORDS
from jobtide.link.words import I64, U64, Words, words

# Words from the person: "Python and Django web developers", "Engineer (DevOps)".
_BEFORE = range(-1, -5, -1)
_BEHIND = range(1, 3)
_FURTHER = """
ui system app angular react unity haskell erlang elixir ruby rail django net bi ops sre ux js front back stack
"""
_NO_CRAFT = frozenset(("engineering", "development", "deep", "core", "machine"))
# Spellings of one craft; the other word of a pair ("front end") is passed over.
_SPELT = {
    "front": "frontend", "back": "backend", "stack": "fullstack", "ml": "learning", "devop": "operation",
    "ops": "operation", "sre": "reliability", "js": "javascript",
}  # fmt: skip
_BETWEEN = """
and or of with a an the for full time end machine senior sr lead junior jr mid level experienced principal staff
director manager head
"""
# Whoever works, by whatever name: what such a person does, only a craft says.
_ANYBODY = frozenset(("dev", "developer", "engineer", "manager", "lead", "leader", "head", "director"))
# In texts these mostly mean something else: customers, tools, a manner of speaking.
_NOBODY = """
chef editor buyer operator agent teacher tutor driver cook president officer executive ninja hacker consultant
owner controller counsel fellow chief generalist planner setter
"""


def roles(cut: Words) -> list[frozenset[int]]:
    """Return, per text, a number for each craft and each kind of person that it names; an empty set for none."""
    said = np.flatnonzero(np.isin(cut.hashes, _PERSONS))
    owner = _text(cut, said)
    out: list[set[int]] = [set() for _ in range(len(cut.offsets) - 1)]
    _add(out, owner, _numbers(cut.hashes[said], _KINDS))
    for steps in (_BEFORE, _BEHIND):
        going = np.ones(len(said), np.bool_)
        for step in steps:
            at = (said + step).clip(0, len(cut.hashes) - 1)
            going &= (at - said == step) & (cut.lines[at] == cut.lines[said]) & (_text(cut, at) == owner)
            craft = np.where(going, _numbers(cut.hashes[at], _CRAFTS), 0)
            _add(out, owner, craft)
            going &= (craft > 0) | np.isin(cut.hashes[at], _PASSED)
    return [frozenset(some) for some in out]


def kept(ours: Set[int], theirs: Set[int]) -> float:
    """Return the share of the shorter of two lists of roles that the other holds; 1 if either names none.

    A list of nothing but "software" may stand for half of any other.

    >>> kept({1, 2}, {2, 3, 4}), kept({1}, {1, 2}), kept({1}, set()), kept({1}, {_SOFTWARE})
    (0.5, 1.0, 1.0, 0.5)
    """
    shorter = min(len(ours), len(theirs))
    share = len(ours & theirs) / shorter if shorter else 1.0
    return max(share, 0.5) if {_SOFTWARE} in (ours, theirs) else share


def _text(cut: Words, at: I64) -> I64:
    """The text that each word stands in."""
    return np.searchsorted(cut.offsets, at, side="right") - 1


def _add(out: list[set[int]], owner: I64, found: I64) -> None:
    for text, number in zip(owner[found > 0].tolist(), found[found > 0].tolist(), strict=True):
        out[text].add(number)


def _numbers(hashes: U64, table: tuple[U64, I64]) -> I64:
    """The number that a table has for each word; 0 where it has none."""
    known, numbers = table
    at = np.searchsorted(known, hashes).clip(0, len(known) - 1)
    return np.where(known[at] == hashes, numbers[at], 0)


def _table(names: Iterable[str], first: int) -> tuple[U64, I64]:
    """Sorted hashes of names, in the singular and the plural, and the number of each, from ``first`` on."""
    forms = sorted({form: _SPELT.get(name, name) for name in names for form in (name, f"{name}s")}.items())
    meanings = sorted({meaning for _, meaning in forms})
    hashes = _hashes(form for form, _ in forms)
    order = np.argsort(hashes)
    numbers = np.array([first + meanings.index(meaning) for _, meaning in forms], np.int64)
    return hashes[order], numbers[order]


def _hashes(some: Iterable[str]) -> U64:
    return words(pa.array(list(some), pa.string())).hashes


_AT_WORK = (PERSONS | {"dev"}) - frozenset(_NOBODY.split())
_PERSONS = _hashes(form for person in sorted(_AT_WORK) for form in (person, f"{person}s"))
_CRAFTS = _table(sorted((FUNCTION_WORDS | frozenset(_FURTHER.split())) - _NO_CRAFT - PERSONS), 1)
_KINDS = _table(sorted(_AT_WORK - _ANYBODY), 1 + len(_CRAFTS[0]))
_PASSED = np.append(_hashes(_BETWEEN.split()), _PERSONS)
_SOFTWARE = int(_numbers(_hashes(["software"]), _CRAFTS)[0])

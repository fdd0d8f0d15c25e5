"""Do two titles name the same job, whatever place they add to it?

Equal folded titles name the same job. Unequal ones may still do so when the text is the same (a translation, a
synonym, a typing error), but never across a level, a function, a segment, a shift, a season, a language or a kind of
contract.
"""

import re
from collections import Counter
from enum import IntEnum
from functools import lru_cache

import re2
from rapidfuzz.distance import OSA

from jobtide.link.titles import DISTINGUISHING, FUNCTION_WORDS, LEVELS, NEVER, singular

_LATIN = re2.compile(r"[\p{Latin}\pN]")
_YEAR = re.compile(r"(?:19|20)\d\d")

# Of these, what an engineer works with or on: another one is another job, whatever else the titles share.
_CRAFTS = """
backend frontend fullstack mobile ios android web software hardware firmware embedded electrical mechanical civil
structural manufacturing qa sdet test reliability devops infrastructure platform cloud network data database machine
learning ml rust python java golang go ruby php scala kotlin swift react node typescript javascript c++
"""
# Persons at work in other languages: a title that has one beside an English one is its translation.
_ABROAD = """
ingénieur ingénieure ingenieur logiciel développeur développeuse responsable gestionnaire conseiller conseillère vendeur
vendeuse entwickler entwicklerin leiter leiterin mitarbeiter mitarbeiterin verkäufer verkäuferin berater beraterin
ingeniero ingeniera desarrollador desarrolladora gerente analista vendedor ingegnere sviluppatore engenheiro
desenvolvedor ontwikkelaar verkoper
"""
_IN_COMMON = 2
CRAFTS = frozenset(_CRAFTS.split())
_FOREIGN_WORDS = frozenset(map(singular, _ABROAD.split()))


def levels_differ(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether one of two folded titles names a level that the other lacks; numbers are none."""
    return any(word in LEVELS and not word.isdigit() for word in set(one) ^ set(other))


class Likeness(IntEnum):
    """How two titles stand to each other, from one job to two."""

    SAME = 0  # the same distinguishing words
    ADDITION = 1  # one side adds a word that is no known function: mostly a place or a topic
    NARROWER = 2  # one side adds a function or a technology
    TRANSLATED = 3  # one is in another language; or they share no word, and one names no function known here
    OTHER_WORDS = 4  # each side has words of its own, none that name a function: a customer, a product, a subject
    RENAMED = 5  # each side has words of its own, some of which name a function, and both have two in common
    HEADLINE = 6  # the first lines of two free texts, of which at most one names a single role: the texts decide
    DIFFERENT = 7  # another level, contract, shift, season, language, segment or function


@lru_cache(maxsize=65536)
def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Return how two folded titles stand to each other; symmetric.

    >>> from jobtide.link.titles import folded
    >>> likeness(folded("SEO Writer"), folded("Search Engine Optimization Writer, Lyon")).name
    'SAME'
    >>> likeness(folded("Account Executive, Enterprise"), folded("Account Executive, Mid-Market")).name
    'DIFFERENT'
    """
    if set(one) == set(other):
        return Likeness.SAME
    ours, theirs = _difference(one, other)
    differing = {*ours, *theirs}
    if not differing:
        return Likeness.SAME
    if NEVER & differing or any(_YEAR.fullmatch(word) for word in differing):
        return Likeness.DIFFERENT
    if _translation(ours, theirs) or _translation(theirs, ours):
        return Likeness.TRANSLATED
    if not ours or not theirs:
        return Likeness.NARROWER if DISTINGUISHING & differing else Likeness.ADDITION
    known = [not DISTINGUISHING.isdisjoint(words) for words in (ours, theirs)]
    # A title in another language has no known word and shares none: "RV Technician", "Wohnmobilmechaniker".
    if not all(known) and set(one).isdisjoint(other):
        return Likeness.TRANSLATED
    if not any(known):
        return Likeness.OTHER_WORDS
    renamed = len({*one} & {*other} - LEVELS) >= _IN_COMMON and CRAFTS.isdisjoint(differing)
    return Likeness.RENAMED if renamed else Likeness.DIFFERENT


def abroad(title: tuple[str, ...]) -> bool:
    """Say whether a folded title has a word of another language or script, so that its translation may stand beside."""
    return any(word in _FOREIGN_WORDS or not _LATIN.search(word) for word in title)


def _translation(words: list[str], others: list[str]) -> bool:
    """Whether ``words`` say in another language what ``others`` say, or what both titles say besides."""
    if not others:
        return bool(words) and all(not _LATIN.search(word) for word in words)
    return not _FOREIGN_WORDS.isdisjoint(words) and not FUNCTION_WORDS.isdisjoint(others)


def _difference(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The words that only one side has, less misspellings and initials of each other."""
    ours = sorted((Counter(one) - Counter(other)).elements())
    theirs = sorted((Counter(other) - Counter(one)).elements())
    for word in list(ours):
        near = next((w for w in theirs if min(len(w), len(word)) > 4 and OSA.distance(w, word) <= 2), None)
        if near and word[0] == near[0]:
            ours.remove(word)
            theirs.remove(near)
    if _initials(ours, theirs) or _initials(theirs, ours):
        return [], []
    return ours, theirs


def _initials(words: list[str], longer: list[str]) -> bool:
    """Whether ``words`` is one abbreviation of ``longer``: "seo" of engine, optimization, search."""
    return len(words) == 1 and 1 < len(words[0]) < 6 and sorted(words[0]) == sorted(word[0] for word in longer)

"""Which skills does the tagger add to what the vocabulary has found? Linked where a name is known, else as they stand.

Linking abstains: a term is given a concept only if the vocabulary has just this name, in singular or plural, with or
without words that say nothing ("Terraform experience"), or misspelt by one letter of nine or more.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from rapidfuzz.distance import OSA

from jobtide.enrich import kit
from jobtide.enrich.automaton import fold
from jobtide.enrich.batch import Reading
from jobtide.enrich.deep.tag import Tagged, tag
from jobtide.enrich.guards import refusal
from jobtide.enrich.need import need_of
from jobtide.enrich.taxonomy import Concept, Guard
from jobtide.model import Window

_EMPTY = frozenset(
    b"experience skills skill knowledge tools tool technologies technology frameworks framework libraries library platforms "
    b"platform languages language systems concepts principles fundamentals basics expertise background proficiency related "
    b"similar modern advanced strong good etc other relevant various best practices methodologies techniques the a an".split()
)
_NO_TERM = frozenset(
    b"team teams company business industry years people product products customer customers work emea apac latam usa uk eu d c".split()
)
_DEGREE = re.compile(
    rb"(?i)\b(?:degrees?|bachelor|master.?s|phd|ph\.d|mba|diploma)\b"
)  # read by an extractor of its own
_SHORTEST_MISSPELT = 9  # letters: shorter names have neighbours that are words
_LONGEST = 60  # bytes; longer stretches are clauses, not terms


@dataclass(frozen=True, slots=True)
class Open:
    """One skill that the tagger adds: its concept's id, "" where none is known, and the term in its usual form.

    ``start`` and ``end`` are bytes of the buffer, ``likely`` the tagger's probability of just these words.
    """

    id: str
    term: str
    start: int
    end: int
    window: Window
    need: str
    likely: float

    @property
    def rule(self) -> str:
        """How it was read: linked to the vocabulary, or as it stands."""
        return "deep/linked" if self.id else "deep/surface"


def add(readings: Sequence[Reading]) -> list[list[Open]]:
    """Return what the tagger adds to each reading, in order of place, one entry a skill; its first mention."""
    found = tag([reading.buffer for reading in readings])
    return [_added(reading, tagged) for reading, tagged in zip(readings, found, strict=True)]


def _added(reading: Reading, tagged: Sequence[Tagged]) -> list[Open]:
    data = reading.buffer.data
    known = sorted((f.start, f.end) for f in reading.found if f.kind == "skill" and not f.field)
    ends = [end for _, end in known]
    named = {f.concept for f in reading.found if f.kind == "skill"}
    out = []
    for one in tagged:
        for start, end in _parts(data, one.start, one.end):
            at = bisect_left(ends, start + 1)
            if at < len(known) and known[at][0] < end:
                continue  # the vocabulary has read these words already
            words = b" ".join(fold(data[start:end]).split())
            concept = link(words) or link(core(words))
            key = concept.id if concept else words.decode()
            if (
                key in named
                or not _is_term(data[start:end], words, concept)
                or _namesake(reading, start, end, one, words)
            ):
                continue
            named.add(key)
            need = need_of(data, start, end, one.window)
            out.append(Open(concept.id if concept else "", key, start, end, one.window, need, one.likely))
    return out


def _parts(data: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """The parts of "Go/Elixir" if the vocabulary knows one of them by itself, else the whole."""
    whole = data[start:end]
    if b"/" in whole and link(b" ".join(fold(whole).split())) is None:
        cuts = [start, *(start + i + 1 for i, c in enumerate(whole) if c == ord("/")), end + 1]
        parts = [(a, b - 1) for a, b in pairwise(cuts) if b - 1 > a]
        if any(link(b" ".join(fold(data[a:b]).split())) for a, b in parts):
            return parts
    return [(start, end)]


def core(words: bytes) -> bytes:
    """Return a term folded, without words at its ends that say nothing.

    >>> core(b"Terraform experience"), core(b"various CI/CD tools")
    (b'terraform', b'ci cd')
    """
    parts = fold(words).split()
    while parts and parts[0] in _EMPTY:
        del parts[0]
    while parts and parts[-1] in _EMPTY:
        del parts[-1]
    return b" ".join(parts)


def link(words: bytes) -> Concept | None:
    """Return the concept that a folded term names, None where it names none for sure.

    >>> [c.name if c else None for c in map(link, (b"postgres", b"knowledge graphs", b"kuberentes", b"pottery"))]
    ['postgresql', 'knowledge graphs', 'kubernetes', None]
    """
    names = _names()
    for form in (words, words.removesuffix(b"s"), words + b"s"):
        if form in names:
            return names[form]
    return _misspelt(words) if len(words) >= _SHORTEST_MISSPELT and words.isalpha() else None


@cache
def _names() -> dict[bytes, Concept]:
    known = kit.load().taxonomy
    return dict(zip(known.patterns, known.of, strict=True))


@cache
def _misspelt(word: bytes) -> Concept | None:
    meant = word.decode()
    near = [c for name, c in _long() if name[0] == meant[0] and OSA.distance(name, meant, score_cutoff=1) == 1]
    return near[0] if len({c.id for c in near}) == 1 else None


@cache
def _long() -> list[tuple[str, Concept]]:
    """Names of one long word that no guard has to tell from a common one."""
    return [
        (name.decode(), concept)
        for name, concept in _names().items()
        if len(name) >= _SHORTEST_MISSPELT and name.isalpha() and concept.guard is None
    ]


def _namesake(reading: Reading, start: int, end: int, one: Tagged, words: bytes) -> bool:
    """Whether a guard says that these words are something else: Phoenix in Arizona."""
    guard = _guards().get(words)
    if guard is None:
        return False
    buffer = reading.buffer
    reason = refusal(buffer.data, buffer.folded, start, end, one.window, guard)
    return bool(reason) and not reason.startswith("only")  # "only ..." doubts the place, not the meaning


@cache
def _guards() -> dict[bytes, Guard | None]:
    known = kit.load().taxonomy
    return dict(zip(known.patterns, known.checks, strict=True))


def _is_term(said: bytes, words: bytes, concept: Concept | None) -> bool:
    """Whether the words can be a term at all: letters, not too many, more than words that say nothing."""
    if concept is not None:
        return True
    return (
        len(said) <= _LONGEST
        and sum(map(bytes.isalpha, (words[i : i + 1] for i in range(len(words))))) >= 2
        and core(words) not in _NO_TERM | {b""}
        and not _DEGREE.search(said)
    )

"""Which postings of one employer are one vacancy?

Taken earliest first, each joins the vacancy whose first posting it verifies against, or one of whose members it nearly
repeats while it is still kin to the first: no chain of small changes joins two jobs. A posting that is of two
vacancies makes them one, if their first postings are kin; what begins none of these begins a vacancy of its own. No
vacancy holds two roles or levels that were read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from jobtide.link.bodies import Body, bodies
from jobtide.link.candidates import Index, Signed
from jobtide.link.headlines import named
from jobtide.link.likeness import Likeness, abroad
from jobtide.link.names import root
from jobtide.link.places import place_words, where
from jobtide.link.titles import DISTINGUISHING, LEVELS
from jobtide.link.verify import Side, agree, both, kin, may_join, same, similarity, stated

# Below this estimate (standard error .04) the same title cannot verify; unlike titles need near-identical texts.
_LOWEST = 0.3
_LOWEST_UNLIKE = 0.8
_VARIANTS = 12  # texts and titles of one vacancy that later postings are compared with: keeps the worst employer linear
_MEMBER = 0.75  # of the whole text, shared with a member that is not the first; free texts: as with any other
_LOWEST_TRANSLATED = 0.4
_ENOUGH = {Likeness.SAME: _LOWEST, Likeness.HEADLINE: _LOWEST, Likeness.TRANSLATED: _LOWEST_TRANSLATED}


@dataclass(frozen=True, slots=True)
class Joined:
    """Posting ``row`` belongs to the vacancy of posting ``head``."""

    row: int
    head: int
    relation: str
    similarity: float


def joined(ordered: pa.Table, rows: Sequence[int], marks: Signed) -> Iterator[Joined]:
    """Join the postings ``rows`` of one employer, given earliest first; yields one ``Joined`` each, in their order."""
    employer = Employer.of(ordered.take(pa.array(rows, pa.int64())), rows, marks)
    groups = _Groups(employer, Index(marks))
    for at, row in enumerate(rows):
        groups.take(at, row)
    for at, row in enumerate(rows):
        first = root(groups.first, row)
        if first == row:
            yield Joined(row, row, "self", 1.0)
        else:
            relation = "exact" if marks.exact[row] == marks.exact[first] else "near"
            yield Joined(row, first, relation, employer.similarity(at, first))


@dataclass(slots=True)
class _Groups:
    """The vacancies of one employer as they grow; each is known by its first posting."""

    employer: "Employer"
    index: Index
    first: dict[int, int] = field(default_factory=dict)
    _variants: dict[int, set[tuple[str, tuple[str, ...]]]] = field(default_factory=dict)
    _stated: dict[int, tuple[str, str]] = field(default_factory=dict)  # role and level, "" where no member names one

    def take(self, at: int, row: int) -> None:
        """Put the next posting where it belongs."""
        side = self.employer.sides[at]
        found = self._vacancies_of(at, row)
        self.first[row] = found[0] if found else row
        self._stated.setdefault(row, ("", ""))
        self._stated[self.first[row]] = both(self._stated[self.first[row]], stated(side))
        for other in found[1:]:
            one, two = sorted((root(self.first, row), other))
            if agree(self._stated[one], self._stated[two]) and self.employer.bridged(one, two, at):
                self.first[two] = one
                self._stated[one] = both(self._stated[one], self._stated[two])
        variants = self._variants.setdefault(self.first[row], set())
        if len(variants) < _VARIANTS and (side.exact, side.title) not in variants:
            variants.add((side.exact, side.title))
            self.index.add(row, side.title, any_title=side.headed or self.employer.abroad)

    def _vacancies_of(self, at: int, row: int) -> list[int]:
        """The vacancies that posting ``at`` is of, the one of the most similar member first."""
        side = self.employer.sides[at]
        found: list[int] = []
        for estimate, other in self.index.like(row, side.title, any_title=side.headed or self.employer.abroad):
            first = root(self.first, other)
            if first in found or not agree(self._stated[first], stated(side)):
                continue
            if self.employer.belongs(at, other, first, estimate):
                found.append(first)
        return found


@dataclass(slots=True)
class Employer:
    """One employer's postings as they are compared; texts are cut only when a first pair needs it."""

    texts: Sequence[str]
    sides: Sequence[Side]
    neutral: frozenset[str]
    place: dict[int, int]  # row among all postings -> here
    abroad: bool  # some titles are in another language: their translations are looked for
    _bodies: dict[str, Body] = field(default_factory=dict)

    @classmethod
    def of(cls, part: pa.Table, rows: Sequence[int], marks: Signed) -> "Employer":
        # A free text's first line may call a role a place ("remote for seniors"): such words stay what they are.
        neutral = place_words(text or "" for text in part["location"].to_pylist()) - DISTINGUISHING
        texts = [text or "" for text in part["text"].to_pylist()]
        titles = [title or "" for title in part["title"].to_pylist()]
        employer = part["employer"][0].as_py() if len(rows) else ""
        columns = (part[name].to_pylist() for name in ("location", "role", "seniority"))
        sides = []
        folds = named(titles, texts, employer, neutral)
        for row, title, (words, first), location, role, level in zip(rows, titles, folds, *columns, strict=True):
            place = where(location or "", title, neutral)
            sides.append(Side(words, place, role or "", level or "", marks.exact[row], first))
        at = {row: number for number, row in enumerate(rows)}
        return cls(texts, sides, neutral, at, any(abroad(side.title) for side in sides))

    def belongs(self, at: int, other_row: int, head: int, estimate: float) -> bool:
        """Whether posting ``at`` is the vacancy that begins with ``head``, of which ``other_row`` is a member.

        Either it verifies against the first posting itself, or it is nearly the member's text and still kin to the
        first: an edition between two others joins them, a chain of editions does not go on for ever.
        """
        if not self.verify(at, other_row, estimate):
            return False
        if other_row == head:
            return True
        side, first = self.sides[at], self.sides[self.place[head]]
        near = side.headed or self.similarity(at, other_row) >= _MEMBER
        return near and kin(side, first, (self._body(side.exact), self._body(first.exact)))

    def bridged(self, one_row: int, two_row: int, at: int) -> bool:
        """Whether two vacancies are one because posting ``at`` is of both: nearly the text of both first postings."""
        one, two = self.sides[self.place[one_row]], self.sides[self.place[two_row]]
        near = self.sides[at].headed or min(self.similarity(at, one_row), self.similarity(at, two_row)) >= _MEMBER
        return near and kin(two, one, (self._body(two.exact), self._body(one.exact)))

    def verify(self, at: int, other_row: int, estimate: float) -> bool:
        """Whether posting ``at`` is the vacancy that begins with ``other_row``."""
        one, other = self.sides[at], self.sides[self.place[other_row]]
        alike = may_join(one, other)
        enough = _LOWEST if one.headed and other.headed else _ENOUGH.get(alike, _LOWEST_UNLIKE)
        if alike is Likeness.DIFFERENT or estimate < enough:
            return False
        return same(one, other, (self._body(one.exact), self._body(other.exact)))

    def similarity(self, at: int, other_row: int) -> float:
        """Word-shingle Jaccard of two postings' texts, place words aside; 1 for equal texts."""
        one, other = self.sides[at].exact, self.sides[self.place[other_row]].exact
        return 1.0 if one == other else similarity(self._body(one).whole, self._body(other).whole)

    def _body(self, exact: str) -> Body:
        if not self._bodies:
            self._bodies = self._cut()
        return self._bodies[exact]

    def _cut(self) -> dict[str, Body]:
        """A body for each distinct text, with the families of titles it stands under."""
        number: dict[tuple[str, ...], int] = {}
        under: dict[str, set[int]] = {}
        text_of: dict[str, str] = {}
        for side, text in zip(self.sides, self.texts, strict=True):
            family = tuple(word for word in side.title if word not in LEVELS)
            under.setdefault(side.exact, set()).add(number.setdefault(family, len(number)))
            text_of.setdefault(side.exact, text)
        exacts = sorted(text_of)
        families = [sorted(under[exact]) for exact in exacts]
        found = bodies([text_of[exact] for exact in exacts], families, self.neutral)
        return dict(zip(exacts, found, strict=True))

"""Which postings are one vacancy?

Postings of one employer are taken in the order of their publication. Each joins the vacancy whose first posting it
verifies against, or begins one of its own: no chain of small changes can join two jobs, because every member was
compared with the vacancy's own text. The result does not depend on the order of the rows given.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from jobtide.link.bodies import Body, bodies
from jobtide.link.candidates import Index, Signed, signed
from jobtide.link.elsewhere import elsewhere
from jobtide.link.places import place_words, where
from jobtide.link.titles import LEVELS, Likeness, folded
from jobtide.link.verify import Side, may_join, same, similarity
from jobtide.tables import ELSEWHERE, MEMBER

# Below this estimate (standard error .04) the same title cannot verify; unlike titles need near-identical texts.
_LOWEST = 0.3
_LOWEST_UNLIKE = 0.8


@dataclass(frozen=True, slots=True)
class Joined:
    """Posting ``row`` belongs to the vacancy of posting ``head``."""

    row: int
    head: int
    relation: str
    similarity: float


def vacancies(postings: pa.Table, signatures: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return (``tables.MEMBER``, ``tables.ELSEWHERE``), each sorted by its keys.

    ``postings`` has posting, version, employer (id), title, location, department, role, seniority,
    first_published_at, last_published_at and text; role and seniority may be empty. Every posting is a member of
    exactly one vacancy, whose id is its earliest member by (first, else last publication, else none; posting key).
    No postings give empty tables. Raises KeyError if a version has no signature.
    """
    ordered = _ordered(postings)
    keys = ordered["posting"].to_pylist()
    marks = signed(ordered["version"].to_pylist(), signatures)
    joined = [found for rows in _by_employer(ordered) for found in _joined(ordered, rows, marks)]
    members = [
        {"vacancy": keys[j.head], "posting": keys[j.row], "relation": j.relation, "similarity": j.similarity}
        for j in joined
    ]
    abroad = elsewhere(keys, ordered["employer"].to_pylist(), ordered["text"], marks)
    return (
        pa.Table.from_pylist(sorted(members, key=lambda m: (m["vacancy"], m["posting"])), schema=MEMBER),
        pa.Table.from_pylist(sorted(abroad, key=lambda m: (m["posting"], m["other"])), schema=ELSEWHERE),
    )


def _ordered(postings: pa.Table) -> pa.Table:
    """The postings, earliest first; undated ones last."""
    first = postings["first_published_at"].to_pylist()
    last = postings["last_published_at"].to_pylist()
    keys = postings["posting"].to_pylist()

    def order(row: int) -> tuple[bool, Any, str]:
        at = first[row] or last[row]
        return (at is None, at.timestamp() if at is not None else 0.0, keys[row])

    return postings.take(pa.array(sorted(range(len(keys)), key=order), pa.int64())).combine_chunks()


def _by_employer(ordered: pa.Table) -> Iterator[list[int]]:
    rows: dict[str, list[int]] = {}
    for row, employer in enumerate(ordered["employer"].to_pylist()):
        rows.setdefault(employer, []).append(row)
    yield from rows.values()


def _joined(ordered: pa.Table, rows: Sequence[int], marks: Signed) -> Iterator[Joined]:
    """Join one employer's postings, earliest first."""
    employer = _Employer.of(ordered.take(pa.array(rows, pa.int64())), rows, marks)
    index = Index(marks)
    for at, row in enumerate(rows):
        title = employer.sides[at].title
        head = next((other for estimate, other in index.like(row, title) if employer.verify(at, other, estimate)), None)
        if head is None:
            index.add(row, title)
            yield Joined(row, row, "self", 1.0)
        else:
            alike = employer.similarity(at, head)
            yield Joined(row, head, "exact" if marks.exact[row] == marks.exact[head] else "near", alike)


@dataclass(slots=True)
class _Employer:
    """One employer's postings as they are compared; texts are cut only when a first pair needs it."""

    texts: Sequence[str]
    sides: Sequence[Side]
    neutral: frozenset[str]
    place: dict[int, int]  # row among all postings -> here
    _bodies: dict[str, Body] = field(default_factory=dict)

    @classmethod
    def of(cls, part: pa.Table, rows: Sequence[int], marks: Signed) -> "_Employer":
        neutral = place_words(text or "" for text in part["location"].to_pylist())
        columns = (part[name].to_pylist() for name in ("title", "location", "role", "seniority"))
        sides = [
            Side(
                folded(title or "", neutral),
                where(location or "", title or "", neutral),
                role or "",
                level or "",
                marks.exact[row],
            )
            for row, title, location, role, level in zip(rows, *columns, strict=True)
        ]
        texts = [text or "" for text in part["text"].to_pylist()]
        return cls(texts, sides, neutral, {row: at for at, row in enumerate(rows)})

    def verify(self, at: int, other_row: int, estimate: float) -> bool:
        """Whether posting ``at`` is the vacancy that begins with ``other_row``."""
        one, other = self.sides[at], self.sides[self.place[other_row]]
        alike = may_join(one, other)
        if alike is Likeness.DIFFERENT or estimate < (_LOWEST if alike is Likeness.SAME else _LOWEST_UNLIKE):
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

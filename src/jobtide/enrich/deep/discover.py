"""Which technical terms does a corpus use often that the vocabulary does not know?

Each term with the postings and employers that use it, its usual spelling, what it stands beside and words around it,
ranked so that a person who reads from the top finds the lines worth adding to ``data/taxonomy``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from jobtide.enrich import kit
from jobtide.enrich.batch import Reading
from jobtide.enrich.deep.evidence import NAMED, is_name, is_noise, listed
from jobtide.enrich.deep.open import Open, add
from jobtide.enrich.guards import in_address

_AROUND = 28  # bytes of whole words on either side in a quote
_QUOTES = 3
_SMALL_LETTERS = 0.3  # of terms in small letters one in three is worth adding, of names two


@dataclass(slots=True)
class Term:
    """One unknown term: its postings, their employers, and how sure the tagger was on average (``likely``).

    ``technical`` is the share of its mentions with a named product in the same block, ``listed`` that of mentions in a
    list with one; ``beside`` the skills that stand there most often, ``quotes`` its words in place, from different
    employers.
    """

    key: str
    spellings: Counter[str] = field(default_factory=Counter)
    employers: Counter[str] = field(default_factory=Counter)
    near: Counter[str] = field(default_factory=Counter)
    quotes: dict[str, str] = field(default_factory=dict)
    sum: float = 0.0
    technical_mentions: int = 0
    listed_mentions: int = 0

    @property
    def postings(self) -> int:
        """Distinct postings that use it; the same text twice at one employer counts once."""
        return self.employers.total()

    @property
    def likely(self) -> float:
        """The mean probability of its mentions."""
        return self.sum / self.postings

    @property
    def technical(self) -> float:
        """The share of its mentions beside a named product."""
        return self.technical_mentions / self.postings

    @property
    def name(self) -> str:
        """The spelling used most."""
        return max(sorted(self.spellings), key=self.spellings.__getitem__)

    @property
    def listed(self) -> float:
        """The share of its mentions in a list with a named product; drawn to 0 where there are few."""
        return self.listed_mentions / (self.postings + 1)

    @property
    def rank(self) -> float:
        """Employers that use it, each weighed by how sure its mentions are, and how much they look like a skill's."""
        shown = 0.04 + self.listed + 0.1 * self.technical
        return len(self.employers) * self.likely * shown * (1.0 if is_name(self.name) else _SMALL_LETTERS)

    def row(self) -> dict[str, object]:
        """Return it as one JSON object."""
        return {
            "term": self.name, "postings": self.postings, "employers": len(self.employers),
            "confidence": round(self.likely, 2), "technical": round(self.technical, 2), "listed": round(self.listed, 2),
            "beside": [name for name, _ in self.near.most_common(5)], "quotes": list(self.quotes.values()),
            "spellings": [spelling for spelling, _ in self.spellings.most_common(4)],
        }  # fmt: skip


class Finder:
    """Counts the unknown terms of readings as they come; ``terms`` ranks what it has seen so far."""

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._terms: dict[str, Term] = {}
        self._employers: set[str] = set()
        self._seen: set[bytes] = set()

    def take(self, readings: Sequence[tuple[str, Reading]]) -> None:
        """Count the terms of postings, each with its employer; a text that one employer repeats is skipped."""
        fresh = []
        for employer, reading in readings:
            mark = blake2b(employer.encode() + b"\0" + reading.doc.text, digest_size=16).digest()
            if mark not in self._seen:
                self._seen.add(mark)
                fresh.append((employer, reading))
        for (employer, reading), found in zip(fresh, add([r for _, r in fresh]), strict=True):
            self._employers.add("".join(employer.lower().split()))
            blocks = _named(reading)
            data = reading.buffer.data
            unknown = [one for one in found if not one.id and not in_address(data, one.start, one.end)]
            for one, in_list in zip(unknown, listed(reading, [(o.start, o.end) for o in unknown]), strict=True):
                term = self._count(employer, reading, one, blocks.get(one.window.start, []))
                term.listed_mentions += in_list

    def _count(self, employer: str, reading: Reading, one: Open, near: Sequence[str]) -> Term:
        data = reading.buffer.data
        term = self._terms.setdefault(_key(one.term), Term(_key(one.term)))
        term.spellings[data[one.start : one.end].decode("utf-8", "replace").strip(" .,;:*()[]")] += 1
        term.employers[employer] += 1
        term.sum += one.likely
        term.technical_mentions += bool(near)
        term.near.update(near)
        if len(term.quotes) < _QUOTES and employer not in term.quotes:
            term.quotes[employer] = _quote(data, one)
        return term

    def terms(self, *, employers: int = 2, most: int | None = None) -> list[Term]:
        """Return terms that at least so many employers use, the likeliest worth adding first; none if none was seen."""
        names = frozenset(self._employers - {""})
        kept = [t for t in self._terms.values() if len(t.employers) >= employers and not is_noise(t.name, names)]
        return sorted(kept, key=lambda term: (-term.rank, term.key))[:most]


def discover(readings: Iterable[tuple[str, Reading]], *, employers: int = 2) -> list[Term]:
    """Return the unknown terms of (employer, reading) pairs, ranked; see ``Finder``."""
    finder = Finder()
    finder.take(list(readings))
    return finder.terms(employers=employers)


def _key(term: str) -> str:
    """Singular and plural are one term."""
    return term[:-1] if len(term) > 4 and term.endswith("s") and not term.endswith("ss") else term


def _named(reading: Reading) -> dict[int, list[str]]:
    """The products that each block names, by where the block begins."""
    known = kit.load().taxonomy.concepts
    out: dict[int, list[str]] = {}
    starts = sorted(block.start for block in reading.buffer.blocks)
    for found in reading.found:
        if found.kind == "skill" and not found.field and known[found.concept].kind in NAMED:
            start = max((s for s in starts if s <= found.start), default=0)
            out.setdefault(start, []).append(known[found.concept].name)
    return out


def _quote(data: bytes, one: Open) -> str:
    left = data[max(one.window.start, one.start - _AROUND) : one.start].decode("utf-8", "ignore")
    right = data[one.end : min(one.window.end, one.end + _AROUND)].decode("utf-8", "ignore")
    if one.start - one.window.start > _AROUND:
        left = left.partition(" ")[2]
    if one.window.end - one.end > _AROUND:
        right = right.rpartition(" ")[0]
    return f"{left}{data[one.start : one.end].decode('utf-8', 'replace')}{right}".strip()

"""Which claims of an article point two ways? Two firsts of one ranking, demand that rises and falls."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import Finding, against_each_other
from jobtide.report.claims.text import Article

_I = re.IGNORECASE
_MEASURES = (
    ("pay", re.compile(r"\bpa(?:y|id|ying)|\bsalar|\bwage", _I)),
    ("growth", re.compile(r"\bfastest|\bgrow", _I)),
    ("per head", re.compile(r"\bper capita|concentrat", _I)),
)
_LANGUAGES = frozenset({"python", "r", "java", "sql", "c++", "javascript", "julia", "scala", "go", "rust"})
_PAID = re.compile(r"\bsalar|\bwage|\bpay\b", _I)
_DEMAND = re.compile(r"\b(?:demand|jobs?|openings|postings|hiring|employment|roles|positions)\b", _I)
_PART_OR_PRICE = re.compile(r"\b(?:share|percentage|proportion|remote|skills?|salar\w+|pay|wages?)\b", _I)


def firsts(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Two different firsts of one ranking."""
    ranks = [(i, c) for i, c in enumerate(claims) if c.type == "rank" and "first" in c.senses]
    for (i, a), (k, b) in combinations(ranks, 2):
        if a.sentence is b.sentence or not _one_ranking(a, b):
            continue
        for one, two, what in ((a.topic.states, b.topic.states, "state"), (_languages(a), _languages(b), "language")):
            if one and two and one[0] not in two and two[0] not in one:
                yield from against_each_other(claims, i, k, f"another {what} is put first elsewhere")


def _one_ranking(a: Claim, b: Claim) -> bool:
    """Whether two rank by one measure, for one role, and no years tell them apart."""
    years = not a.topic.years or not b.topic.years or a.topic.years == b.topic.years
    return years and a.topic.role == b.topic.role and _measure(a) == _measure(b)


def _measure(claim: Claim) -> str:
    """By what a ranking ranks: pay, growth, or how many."""
    return next((name for name, pattern in _MEASURES if pattern.search(claim.sentence.bare)), "number")


def _languages(claim: Claim) -> tuple[str, ...]:
    """The languages that a ranking of languages names."""
    if not re.search(r"\blanguage", claim.sentence.bare, _I):
        return ()
    return tuple(skill for skill in claim.topic.skills if skill in _LANGUAGES)


def directions(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Demand that rises here and falls there, for the same role and no years that tell them apart."""
    moving = [(i, c, way) for i, c in enumerate(claims) if (way := _way(c))]
    for (i, a, up), (k, b, down) in combinations(moving, 2):
        told_apart = a.topic.years and b.topic.years and a.topic.years != b.topic.years
        if up != down and not told_apart and a.sentence is not b.sentence and _moved(a) == _moved(b):
            yield from against_each_other(claims, i, k, "the opposite direction is said elsewhere")


def _moved(claim: Claim) -> tuple[object, ...]:
    """What is said to move: of which role, country and level, pay or demand, measured or forecast."""
    about = claim.topic
    paid = bool(_PAID.search(claim.sentence.bare))
    return about.role, about.country or "US", about.level, paid, "projected" in claim.senses


def _way(claim: Claim) -> str:
    """Up or down, where a claim says so of demand itself and not of a part or a price; "" otherwise."""
    if claim.type == "opinion":
        return "down" if "down" in claim.senses else "up" if "up" in claim.senses else ""
    bare = claim.sentence.bare
    if claim.type != "growth" or not _DEMAND.search(bare) or _PART_OR_PRICE.search(bare):
        return ""
    return "down" if "down" in claim.senses else "up"

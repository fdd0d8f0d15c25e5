"""What is wrong with an article on its own terms? Arithmetic, contradictions, units, sources, dates, interests.

Nothing here needs data: each finding follows from the article's words and, for sums, from the definition.
"""

from collections.abc import Sequence

from jobtide.report.claims import clashes, neighbours, opposites, sourcing, sums, wholes
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import Finding
from jobtide.report.claims.text import Article

_RULES = (
    sums.growth, sums.shares, sums.points, sums.annualised, neighbours.neighbours, wholes.units, wholes.parts,
    clashes.pairs, opposites.firsts, opposites.directions, sourcing.unsourced, sourcing.interests,
)  # fmt: skip


def inside(article: Article, claims: Sequence[Claim], *, today: int) -> list[Finding]:
    """Return the findings of every rule, in the order of claims; ``today`` is the year the article is read in."""
    found = [finding for rule in _RULES for finding in rule(article, claims)]
    found += sourcing.dates(claims, today)
    return sorted(dict.fromkeys(found), key=lambda finding: finding.claim)

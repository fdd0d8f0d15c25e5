"""Does a claim hold against what is known? First whether anything covers it, then how far it lies.

The coverage test comes before any verdict: population, country, year, pay type and sample frame. Only an official
figure or an original study on the claim's own base can contradict; our sample of boards says "above" or "below" and
no more.
"""

from collections.abc import Callable, Mapping

from jobtide.report.claims import asked, pay, published, ranks, shares
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.evidence import Market
from jobtide.report.claims.judged import Judged, nothing

_TESTS: Mapping[str, Callable[[Claim, Market], Judged]] = {
    "pay": pay.pay, "growth": published.growth, "cagr": published.cagr, "count": published.count,
    "market_size": published.size, "share": shares.share, "remote": asked.remote, "degree": asked.degree,
    "experience": asked.experience, "certificate": asked.certificate,
    "rank": ranks.rank,
}  # fmt: skip


def judge(claim: Claim, market: Market) -> Judged:
    """Return what references and the market say to a claim."""
    test = _TESTS.get(claim.type)
    return test(claim, market) if test else nothing("no official figure or study on this base is at hand")

"""Does a claim fit what openings ask for beside skills? Where work is done, degrees, certificates, years.

No study of another hand stands beside most of these, so our sample says near, above or below, and no more.
"""

import re

from jobtide.market.filters import Filters
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.evidence import Market, filters_of
from jobtide.report.claims.findings import NOT_CHECKABLE, OK
from jobtide.report.claims.judged import ABOVE, BELOW, CONSISTENT, Judged, as_published, nothing, study
from jobtide.report.claims.shares import OPENINGS, beside
from jobtide.report.claims.topic import DEGREES
from jobtide.report.references import facts

_YEARS_NEAR = 1.0  # a year on either side of the median's interval
_DEGREES = ("phd", "master", "bachelor")  # levels that the qualifications figure tells apart
_MODE = re.compile(r"\b(remote|hybrid|on-?site|in[- ]office)", re.IGNORECASE)


def remote(claim: Claim, market: Market) -> Judged:
    q = claim.quantity
    assert q is not None
    mode = re.search(
        r"\b(remote|hybrid|on-?site|in[- ]office)", claim.sentence.bare[max(0, q.start - 60) :], re.IGNORECASE
    )
    if q.end and (
        after := re.search(r"\b(remote|hybrid|on-?site|in[- ]office)", claim.sentence.bare[q.end :], re.IGNORECASE)
    ):
        mode = after  # "22% of roles are hybrid and 14% are fully remote"
    named = (
        {"on-site": "onsite", "in-office": "onsite", "in office": "onsite"}.get(mode[1].lower(), mode[1].lower())
        if mode
        else "remote"
    )
    ours = market.share("work_mode", claim.topic.role, named)
    studies = [f for f in facts("remote") if f.subject == named and claim.topic.role == "ml_engineer"]
    found = as_published(studies, q.low, q.high, ours)
    return found or beside(claim, ours, "where the work is done", study(studies))


def degree(claim: Claim, market: Market) -> Judged:
    q, about = claim.quantity, claim.topic
    if q is None:
        return nothing("a statement of need: postings name degrees, they do not say what suffices")
    studies = [f for f in facts("degree") if f.subject == about.degree and about.role == "ml_engineer"]
    near = next((f for f in studies if f.low - 6 <= q.high and q.low <= f.high + 6), None)
    if near:
        return Judged(CONSISTENT, (OK,), f"near {near.cite()}", None, (near.value, near.cite()))
    if "held" in claim.senses or not OPENINGS.search(claim.sentence.bare):
        return nothing("what people hold is not what openings ask for, which is all that is counted here")
    key = _nearest_degree(claim)
    ours = market.share("qualifications", about.role, key) if key in _DEGREES else None
    return beside(claim, ours, "the degree", study(studies))


def _nearest_degree(claim: Claim) -> str:
    """The degree that stands nearest to a claim's number: "bachelor's in 52%; 11% require a PhD"."""
    q = claim.quantity
    assert q is not None
    bare = claim.sentence.bare
    spots = [
        (";" in bare[min(q.end, found.end()) : max(q.start, found.start())], abs(found.start() - q.start), name)
        for name, pattern in DEGREES
        for found in pattern.finditer(bare)
        if name != "any"
    ]
    return min(spots, default=(False, 0, claim.topic.degree))[2]


def certificate(claim: Claim, market: Market) -> Judged:
    """A share of openings that name a certificate; what one does for pay is no count of ours."""
    q = claim.quantity
    if q is None or q.kind != "percent" or not OPENINGS.search(claim.sentence.bare) or "premium" in claim.senses:
        return nothing("nothing at hand says what a certificate does for pay or hiring")
    found = market.figure("certificates", filters_of(claim.topic.role)) or market.figure("certificates", Filters())
    rows = [row for row in found["rows"] if row["label"].lower() in claim.sentence.bare.lower()] if found else []
    ours = market.share("certificates", claim.topic.role, rows[0]["key"]) if rows else None
    return beside(claim, ours, "the certificate")


def experience(claim: Claim, market: Market) -> Judged:
    """Years asked for: a claimed typical number beside the median of those that state any."""
    q = claim.quantity
    ours = market.years(claim.topic.role)
    if q is None or q.kind != "years" or ours is None:
        return nothing("no official figure or study on this base is at hand", ours=None if q is None else ours)
    said = f"{ours.base}: {ours.value:g} (n = {ours.n})"
    if claim.topic.statistic not in ("median", "mean") or claim.topic.level:
        return nothing(f"what one employer asks is no typical number; {said}", ours=ours)
    low, high = (ours.low or ours.value) - _YEARS_NEAR, (ours.high or ours.value) + _YEARS_NEAR
    if low <= q.high and q.low <= high:
        return Judged(CONSISTENT, (OK,), f"near what this sample shows; {said}", ours)
    verdict = ABOVE if q.low > high else BELOW
    return Judged(verdict, (NOT_CHECKABLE,), f"{verdict} what this sample shows, which cannot contradict; {said}", ours)

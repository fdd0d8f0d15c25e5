"""Does a claimed share fit what postings name? Studies of the same postings first, then our sample."""

import re
from collections.abc import Sequence

from jobtide.report.claims.evidence import Market
from jobtide.report.claims.find import Claim
from jobtide.report.claims.findings import CONTRADICTED, NOT_CHECKABLE, OK
from jobtide.report.claims.judged import ABOVE, BELOW, CONSISTENT, WRONG, Judged, in_sample, nothing, study
from jobtide.report.claims.topic import skill_names
from jobtide.report.references import facts

_POINTS_NEAR = 6.0  # percentage points around a share whose interval is not known
_FAR_SHARE = 20.0  # points, and double or half: a share this far from every study of its population is wrong


def share(claim: Claim, market: Market) -> Judged:
    q, about = claim.quantity, claim.topic
    assert q is not None
    if q.kind != "percent" or not about.skills:
        return nothing("a share of a base that neither our openings nor a study at hand count")
    skill = _nearest_skill(claim)
    ours = market.skill(about.role, skill)
    if about.country not in ("", "US", "world") or not re.search(
        r"\b(?:jobs?|postings?|listings?|ads|adverts?|offers?|openings|roles|positions|employers|vacanc)",
        claim.sentence.bare,
        re.IGNORECASE,
    ):
        return nothing("a share of another country or of no postings", ours=ours)
    kinds = ("share_ai",) if about.role in ("ai_jobs", "ai_specialists") else ("share",)
    studies = [f for kind in kinds for f in facts(kind) if f.subject == skill]
    if about.role not in ("ml_engineer", "ai_jobs", "ai_specialists"):
        studies = []
    published = next((f for f in studies if f.low - 1 <= q.high and q.low <= f.high + 1), None)
    if published:
        return Judged(
            CONSISTENT,
            (OK,),
            f"as published: {published.cite()}{in_sample(ours)}",
            ours,
            (published.value, published.cite()),
        )
    if ours is None:
        return nothing("too few openings of this role to hold it against")
    if (ours.low if ours.low is not None else ours.value) - _POINTS_NEAR <= q.high and q.low <= (
        ours.high if ours.high is not None else ours.value
    ) + _POINTS_NEAR:
        return Judged(CONSISTENT, (OK,), f"within what this sample shows{in_sample(ours)}", ours, study(studies))
    far = _far_from_all(q.low, q.high, [f.value for f in studies] + [ours.value])
    dated = not about.years or any(f.since - 1 <= year <= f.until + 1 for f in studies for year in about.years)
    if len(studies) >= 2 and far and about.named and dated:
        return Judged(
            WRONG,
            (CONTRADICTED,),
            f"every study of such postings lies far {'above' if q.high < ours.value else 'below'} it{in_sample(ours)}",
            ours,
            study(studies),
        )
    verdict = ABOVE if ours.value < q.low else BELOW
    return Judged(
        verdict,
        (NOT_CHECKABLE,),
        f"{verdict} what this sample of boards shows, which cannot contradict{in_sample(ours)}",
        ours,
        study(studies),
    )


def _nearest_skill(claim: Claim) -> str:
    """The skill a share is of: the one named closest to its number."""
    q = claim.quantity
    assert q is not None
    names = {name: id_ for name, (id_, _) in skill_names().items() if id_ in claim.topic.skills}
    lower = claim.sentence.bare.lower()
    places = [
        (min(abs(m.start() - q.end), abs(q.start - m.end())), id_)
        for name, id_ in names.items()
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", lower)
    ]
    bracketed = [
        (d, id_)
        for name, id_ in names.items()
        for m in re.finditer(rf"(?<!\w){re.escape(name)}\s*[(:,–-]\s*$", lower[: q.start])
        for d in (0,)
    ]
    return min(bracketed or places, default=(0, claim.topic.skills[0]))[1]


def _far_from_all(low: float, high: float, others: Sequence[float]) -> bool:
    """Whether all others lie on one side, each at least 20 points and a factor of two away."""
    above = all(o - high >= _FAR_SHARE and o >= 2 * high for o in others)
    return above or all(low - o >= _FAR_SHARE and low >= 2 * o for o in others)


def remote(claim: Claim, market: Market) -> Judged:
    q = claim.quantity
    assert q is not None
    mode = re.search(r"\b(remote|hybrid|on-?site|in[- ]office)", claim.sentence.bare, re.IGNORECASE)
    named = (
        {"on-site": "onsite", "in-office": "onsite", "in office": "onsite"}.get(mode[1].lower(), mode[1].lower())
        if mode
        else "remote"
    )
    ours = market.remote(claim.topic.role, named)
    studies = [f for f in facts("remote") if f.subject == named and claim.topic.role == "ml_engineer"]
    published = next((f for f in studies if f.low - 1 <= q.high and q.low <= f.high + 1), None)
    if published:
        return Judged(
            CONSISTENT,
            (OK,),
            f"as published: {published.cite()}{in_sample(ours)}",
            ours,
            (published.value, published.cite()),
        )
    if ours is None:
        return nothing("too few openings of this role state where the work is done")
    near = ours.value - 10 <= q.high and q.low <= ours.value + 10
    verdict = CONSISTENT if near else ABOVE if q.low > ours.value else BELOW
    return Judged(
        verdict,
        (OK,) if near else (NOT_CHECKABLE,),
        f"{'near' if near else verdict} what this sample of boards shows{in_sample(ours)}",
        ours,
        study(studies),
    )


def degree(claim: Claim, _market: Market) -> Judged:
    q = claim.quantity
    if q is None:
        return nothing("a statement of need: postings name degrees, they do not say what suffices")
    studies = [f for f in facts("degree") if f.subject == claim.topic.degree and claim.topic.role == "ml_engineer"]
    near = next((f for f in studies if f.low - 6 <= q.high and q.low <= f.high + 6), None)
    if near:
        return Judged(CONSISTENT, (OK,), f"near {near.cite()}", None, (near.value, near.cite()))
    return nothing("which postings were counted, and whether named or required, is not said")

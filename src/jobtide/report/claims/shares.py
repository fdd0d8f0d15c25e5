"""Does a claimed share fit what postings name? Studies of the same postings first, then our sample."""

import re
from collections.abc import Sequence

from jobtide.report.claims.claim import Claim
from jobtide.report.claims.evidence import Market, Ours
from jobtide.report.claims.findings import CONTRADICTED, NOT_CHECKABLE, OK
from jobtide.report.claims.judged import (
    ABOVE,
    BELOW,
    CONSISTENT,
    WRONG,
    Judged,
    as_published,
    in_sample,
    nothing,
    study,
)
from jobtide.report.claims.topic import skill_names
from jobtide.report.references import facts

POINTS_NEAR = 6.0  # percentage points around a share whose interval is not known
POINTS_SAMPLE = 3.0  # around an interval: the claim's base is seldom quite ours
_NEGATED = re.compile(r"\b(?:do|does|did|are|is|was|were)(?: not|n[’']t)\b|\bnever\b", re.IGNORECASE)
OPENINGS = re.compile(
    r"\b(?:jobs?|postings?|listings?|ads|adverts?|offers?|openings|roles|positions|employers|vacanc)", re.IGNORECASE
)
_FAR_SHARE = 20.0  # points, and double or half: a share this far from every study of its population is wrong


def share(claim: Claim, market: Market) -> Judged:
    q, about = claim.quantity, claim.topic
    assert q is not None
    if q.kind == "percent" and not about.skills and (known := _ai_share(claim)):
        return known
    if q.kind == "percent" and not about.skills and about.level == "entry" and OPENINGS.search(claim.sentence.bare):
        return beside(claim, market.share("entry", about.role, "entry"), "openings for beginners")
    if q.kind != "percent" or not about.skills:
        return nothing("a share of a base that neither our openings nor a study at hand count")
    skill = _nearest_skill(claim)
    ours = of_those(claim, market.skill(about.role, skill))
    if about.country not in ("", "US", "world") or not re.search(
        r"\b(?:jobs?|postings?|listings?|ads|adverts?|offers?|openings|roles|positions|employers|vacanc)",
        claim.sentence.bare,
        re.IGNORECASE,
    ):
        return nothing("a share of another country or of no postings", ours=ours)
    kinds = ("share_ai",) if about.role in ("ai_jobs", "ai_specialists") else ("share",)
    studies = [f for kind in kinds for f in facts(kind) if f.subject == skill]
    if about.role not in ("ml_engineer", "ai_jobs", "ai_specialists") or _NEGATED.search(claim.sentence.bare):
        studies = []  # a study counts what is named, not what is not
    if published := as_published(studies, q.low, q.high, ours):
        return published
    if ours is None:
        return nothing("too few openings of this role to hold it against")
    slack = POINTS_NEAR if ours.low is None else POINTS_SAMPLE
    low, high = (ours.low if ours.low is not None else ours.value), (ours.high if ours.high is not None else ours.value)
    if low - slack <= q.high and q.low <= high + slack:
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


def _ai_share(claim: Claim) -> Judged | None:
    """A published share of all postings that name AI skills, if the claim repeats one with its year and country."""
    q = claim.quantity
    assert q is not None
    if not re.search(r"\bAI\b|\bartificial intelligence\b", claim.sentence.bare):
        return None
    for fact in facts("ai_share"):
        if (
            fact.low - 0.06 <= q.high
            and q.low <= fact.high + 0.06
            and (not claim.topic.years or set(claim.topic.years) & {fact.since, fact.until})
        ):
            return Judged(CONSISTENT, (OK,), f"as published: {fact.cite()}", None, (fact.value, fact.cite()))
    return None


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


def of_those(claim: Claim, ours: Ours | None) -> Ours | None:
    """Our share of what the claim counts: of a claim that says "do not", the share of all others."""
    if ours is None or not _NEGATED.search(claim.sentence.bare):
        return ours
    low, high = (None if end is None else round(100 - end, 1) for end in (ours.high, ours.low))
    return Ours(round(100 - ours.value, 1), low, high, ours.n, f"{ours.base}, those that do not")


def beside(claim: Claim, ours: Ours | None, what: str, reference: tuple[float | None, str] | None = None) -> Judged:
    """A share beside our sample's: within or near its interval, else above or below, never contradicted."""
    q = claim.quantity
    assert q is not None
    ours = of_those(claim, ours)
    if ours is None or q.kind != "percent":
        return nothing(f"no count of {what} on this base is at hand", ours=ours)
    slack = POINTS_NEAR if ours.low is None else POINTS_SAMPLE
    low, high = (ours.low if ours.low is not None else ours.value), (ours.high if ours.high is not None else ours.value)
    if low - slack <= q.high and q.low <= high + slack:
        return Judged(CONSISTENT, (OK,), f"near what this sample of boards shows{in_sample(ours)}", ours, reference)
    verdict = ABOVE if q.low > ours.value else BELOW
    why = f"{verdict} what this sample of boards shows, which cannot contradict{in_sample(ours)}"
    return Judged(verdict, (NOT_CHECKABLE,), why, ours, reference)

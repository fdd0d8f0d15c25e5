"""Is a figure one that was published, and does the claim keep its base? Growth, counts, market sizes."""

import re

from jobtide.market import oews, soc
from jobtide.model import ROLES
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.evidence import Market
from jobtide.report.claims.findings import CONTRADICTED, NOT_CHECKABLE, OK, SCOPE, UNIT, year_of
from jobtide.report.claims.judged import ABOVE, BELOW, CONSISTENT, OFFICIAL, UNTESTABLE, WRONG, Judged, nothing
from jobtide.report.references import Fact, facts


def fact_of(kind: str, claim: Claim, value: tuple[float, float] | None = None) -> Fact | None:
    """The published figure that a claim repeats: same number, no other year, a subject that the sentence allows."""
    q = claim.quantity
    assert q is not None
    low, high = value or (q.low, q.high)
    named = set(claim.topic.years)
    slack = 0.6 if kind == "growth" else 0.0  # percent are often rounded to whole ones
    found = [
        fact
        for fact in facts(kind)
        if low * 0.985 - slack <= fact.high
        and fact.low <= high * 1.015 + slack
        and (not named or bool(named & set(range(fact.since, fact.until + 2))))
        and _same_years(fact, named)
        and (
            fact.subject == claim.topic.role
            or fact.named_in(claim.sentence.bare)
            or (_kin(fact.subject, claim) and (named or "projected" in claim.senses))
        )
    ]
    found.sort(
        key=lambda fact: (
            fact.subject != claim.topic.role,
            not (fact.says and fact.named_in(claim.sentence.bare)),
            -len(named & {fact.since, fact.until}),
        )
    )
    return found[0] if found else None


def _same_years(fact: Fact, named: set[int]) -> bool:
    """Whether the years a claim names are the figure's own: both ends where it names two, one where it names one."""
    if fact.since == fact.until or not named:
        return True
    own = {fact.since, fact.until}
    return own <= named if len(named) > 1 else bool(own & named)


def _kin(subject: str, claim: Claim) -> bool:
    """Whether a figure of ``subject`` may have been taken for one of the claim's role."""
    groups = (
        {"ai_specialists", "ml_engineer", "ai_engineer", "ai_jobs"},
        {"data_scientist", "ml_engineer", "ai_engineer", "research_scientist"},
    )
    role = claim.topic.role
    return any(subject in group and role in group for group in groups)


def matches(fact: Fact, claim: Claim) -> Judged:
    """A claim repeats a published figure: whether it also keeps the base that the figure holds for."""
    why = _other_base(fact, claim)
    reference = (fact.value, fact.cite())
    if why:
        return Judged(UNTESTABLE, (SCOPE,), f"the number is that of {fact.cite()}; {why}", None, reference)
    return Judged(CONSISTENT, (OK,), f"as published: {fact.cite()}", None, reference)


def _other_base(fact: Fact, claim: Claim) -> str:
    """Why a claim does not keep the base of the figure it repeats, "" if it does."""
    words, role = claim.sentence.bare, claim.topic.role
    if fact.country and claim.topic.country not in ("", fact.country):
        return "it is not of this country"
    if fact.frame in ("employer survey", "official projection") and not fact.named_in(words):
        return "the sentence gives it another base"
    if fact.frame == "employer survey" and fact.subject != "all_occupations" and role in ROLES:
        return "it is what employers expect of another group"
    if fact.frame == "official projection" and role not in ("", fact.subject) and not _mentions(fact, words):
        return "no official projection is made for this group"
    return ""


def _mentions(fact: Fact, words: str) -> bool:
    patterns = {
        "data_scientist": r"data scien",
        "research_scientist": r"research scien",
        "all_occupations": r"all (?:occupations|jobs)|average|national",
        "computer_occupations": r"computer|IT\b|tech",
    }
    return bool(re.search(patterns.get(fact.subject, r"$^"), words, re.IGNORECASE))


def growth(claim: Claim, _market: Market) -> Judged:
    q = claim.quantity
    assert q is not None
    if q.kind == "percent" and "down" not in claim.senses:
        known = fact_of("growth", claim)
        if known and (known.subject != "ai_premium" or "premium" in claim.senses):
            return matches(known, claim)
    if OFFICIAL.search(claim.sentence.bare) and q.kind == "percent":
        role = claim.topic.role
        same = [
            f
            for f in facts("growth")
            if f.subject == role and f.frame == "official projection" and {f.since, f.until} <= set(claim.topic.years)
        ]
        if same:
            return Judged(
                WRONG,
                (CONTRADICTED,),
                f"the official projection for these years is {same[0].value:g}%",
                None,
                (same[0].value, same[0].cite()),
            )
    return nothing(
        "one crawl shows one day, and no official projection or survey with this number, group and period is at hand"
    )


def cagr(_claim: Claim, _market: Market) -> Judged:
    return nothing("a market forecast: its sum can be checked, its future cannot")


def count(claim: Claim, _market: Market) -> Judged:
    q = claim.quantity
    assert q is not None
    known = fact_of("count", claim)
    if known:
        return matches(known, claim)
    role = claim.topic.role
    if q.low > 8e9:
        return Judged(UNTESTABLE, (UNIT,), "more than there are people")
    occupation = soc.occupations(role)
    estimate = oews.nation(occupation[0].soc) if occupation else None
    employed = re.search(
        r"\bemploy(?:ed|s|ment)\b|\bwork(?:ed|ing)? as\b|\bthere (?:are|were)\b", claim.sentence.bare, re.IGNORECASE
    )
    if (
        estimate
        and estimate.employment
        and employed
        and claim.topic.country in ("", "US")
        and not occupation[0].nearest
    ):
        near = 0.85 <= q.middle / estimate.employment <= 1.15
        verdict = CONSISTENT if near else ABOVE if q.middle > estimate.employment else BELOW
        return Judged(
            verdict,
            (OK,) if near else (NOT_CHECKABLE,),
            f"official employment: {estimate.employment:,}",
            None,
            (float(estimate.employment), f"{oews.RELEASE}, {estimate.occupation}"),
        )
    return nothing("no count on this base is at hand: a sample of boards does not count all openings")


def size(claim: Claim, _market: Market) -> Judged:
    """Against the spread of published estimates of the world's AI market: they differ fivefold, so it only bounds."""
    q = claim.quantity
    assert q is not None
    if not re.search(r"\b(?:AI|artificial intelligence)\b", claim.sentence.bare) or re.search(
        r"\bgenerative|\bin (?:healthcare|recruit|education|retail)|\bchip|\bsoftware\b",
        claim.sentence.bare,
        re.IGNORECASE,
    ):
        return nothing("a market of its own definition: no second estimate is at hand")
    if claim.topic.country not in ("world", "") or not claim.topic.years:
        return nothing("no estimate for this country and year is at hand")
    year = year_of(claim)
    known = [f for f in facts("market_size") if f.since == year]
    if len(known) < 2:  # a single vendor's estimate says nothing of another's
        return nothing("no estimates for this year that could bound it are at hand")
    low, high = min(f.low for f in known), max(f.high for f in known)
    source = "; ".join(f"{f.source} {billions(f.value)}" for f in known)
    reference = (round((low * high) ** 0.5, -6), f"{source} ({year}, vendors' estimates)")
    if low / 1.5 <= q.low <= high * 1.5:
        return Judged(
            CONSISTENT,
            (OK,),
            f"within the spread of estimates for {year}, {billions(low)} to {billions(high)}",
            None,
            reference,
        )
    for factor, word in ((1000, "million for billion"), (0.001, "billion for million")):
        if low / 1.5 <= q.low * factor <= high * 1.5:
            return Judged(UNTESTABLE, (UNIT,), f"a thousandfold off the estimates for {year}: {word}", None, reference)
    return Judged(
        ABOVE if q.low > high else BELOW,
        (SCOPE,),
        f"estimates for {year} run from {billions(low)} to {billions(high)}",
        None,
        reference,
    )


def billions(value: float) -> str:
    return f"${value / 1e9:,.0f} billion"

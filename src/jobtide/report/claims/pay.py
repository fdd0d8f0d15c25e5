"""Does claimed pay fit official wages? Level of pay is held against OEWS first; our sample stands beside it."""

from jobtide.market import oews, soc
from jobtide.market.annual import PER_YEAR
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.evidence import Market
from jobtide.report.claims.findings import CONTRADICTED, OK, SCOPE, yearly
from jobtide.report.claims.judged import ABOVE, BELOW, CONSISTENT, OFFICIAL, WRONG, Judged, nothing
from jobtide.report.claims.published import fact_of, matches

_PAY_NEAR = 0.15  # of official pay: rounding, a year's rise, mean for median


def pay(claim: Claim, market: Market) -> Judged:
    q, about = claim.quantity, claim.topic
    assert q is not None
    if q.currency != "USD" or about.country not in ("", "US", "world"):
        return nothing("pay in another country or currency: no official figure for it is at hand")
    if about.cities or about.states:
        return _local_pay(claim)
    year = yearly(q)
    if about.role in ("all_occupations", "prompt_engineer", "ai_jobs") or about.total:
        known = fact_of("pay", claim, year)
        if known:
            return matches(known, claim)
        return nothing("pay of another group, or total pay: official wages are base pay of occupations")
    known = fact_of("pay", claim, year)
    own = known is not None and known.subject == about.role  # another occupation's wage is no wage of this role
    if known and own and (known.frame == "official" or known.named_in(claim.sentence.bare)):
        return matches(known, claim)
    return _against_wages(claim, market, year)


def _local_pay(claim: Claim) -> Judged:
    """Pay in a place: beside the state's official wage, which no average of an employer's own can contradict."""
    q, about = claim.quantity, claim.topic
    assert q is not None
    occupation = soc.closest(about.role if about.role in soc.ROLE_TO_SOC else None)
    state = oews.states(occupation.soc).get(about.states[0]) if about.states else None
    if state is None or state.mean is None or state.p10 is None or state.p90 is None:
        return nothing("pay in one place: no official figure for this place and role is at hand")
    name = f"{oews.RELEASE}, {state.occupation}, {state.area_name}"
    return _beside(claim, (state.mean, state.p10, state.p90), name)


def _against_wages(claim: Claim, market: Market, year: tuple[float, float]) -> Judged:
    """Against the wages of the role's closest occupation, with our sample's own beside it."""
    about = claim.topic
    role = about.role if about.role in soc.ROLE_TO_SOC else ""
    occupation = soc.closest(role or None)
    estimate = oews.nation(occupation.soc)
    statistic = about.statistic if about.statistic in ("mean", "median") else "mean"
    ours = market.pay(about.role, statistic)
    if estimate is None or estimate.mean is None or estimate.p50 is None:
        return nothing("no official wage stands beside this role", ours=ours)
    centre = float(estimate.p50 if statistic == "median" else estimate.mean)
    name = f"{oews.RELEASE}, {estimate.occupation} ({estimate.soc}), {statistic} yearly wage" + (
        ", nearest occupation" if occupation.nearest or not role else ""
    )
    if about.level or about.statistic in ("max", "min"):
        inside = (estimate.p10 or 0) * 0.8 <= year[0] and year[1] <= (estimate.p90 or 0) * 1.2
        verdict = CONSISTENT if inside else ABOVE if year[1] > centre else BELOW
        why = f"pay of a level or an edge; the occupation's middle 80 % is {estimate.p10:,} to {estimate.p90:,}"
        return Judged(verdict, (OK,) if inside else (SCOPE,), why, ours, (centre, name))
    ours_said = "" if ours is None else f"; {ours.base}: {ours.value:,.0f} (n = {ours.n})"
    beside = f"the official {statistic}, {centre:,.0f}{ours_said}"
    if year[0] <= centre * (1 + _PAY_NEAR) and year[1] >= centre * (1 - _PAY_NEAR):
        unsaid = "" if about.statistic else "which pay this is (mean or median, base or total) is not said; "
        classes = (OK,) if about.statistic else (SCOPE,)
        return Judged(CONSISTENT, classes, f"{unsaid}within {_PAY_NEAR:.0%} of {beside}", ours, (centre, name))
    verdict = ABOVE if year[0] > centre * (1 + _PAY_NEAR) else BELOW
    outside = year[1] < (estimate.p10 or 0) or year[0] > (estimate.p90 or 1e12)
    far = abs(sum(year) / 2 / centre - 1) > 0.25 and _recent(claim) and OFFICIAL.search(claim.sentence.bare)
    if role and not occupation.nearest and statistic in about.statistic and (outside or far):
        why = f"{verdict} {beside}; no such average fits the official wages of this occupation"
        return Judged(WRONG, (CONTRADICTED,), why, ours, (centre, name))
    why = "base, pay type and place of the claim are not said, and the occupation is not the same"
    return Judged(verdict, (SCOPE,), f"{verdict} {beside}; {why}", ours, (centre, name))


def _recent(claim: Claim) -> bool:
    return not claim.topic.years or max(claim.topic.years) >= int(oews.PERIOD[-4:]) - 1


def _beside(claim: Claim, wage: tuple[int, int, int], name: str) -> Judged:
    q = claim.quantity
    assert q is not None
    value = q.middle * PER_YEAR[q.period or "year"]
    mean, p10, p90 = wage
    if abs(value / mean - 1) <= 0.25 or (claim.topic.level and p10 <= value <= p90 * 1.1):
        return Judged(CONSISTENT, (OK,), f"near the official mean of the place, {mean:,}", None, (float(mean), name))
    why = f"official mean of the place {mean:,}, middle 80 % {p10:,} to {p90:,}"
    return Judged(ABOVE if value > mean else BELOW, (SCOPE,), why, None, (float(mean), name))

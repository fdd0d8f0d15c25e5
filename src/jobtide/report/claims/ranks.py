"""Does a claimed ranking hold? States by official employment, tools by what postings name."""

import re

from jobtide.market import oews, soc
from jobtide.report.claims.evidence import Market, base_of, by_jobs
from jobtide.report.claims.find import Claim
from jobtide.report.claims.findings import CONTRADICTED, NOT_CHECKABLE, OK, STALE
from jobtide.report.claims.judged import BELOW, CONSISTENT, WRONG, Judged, nothing
from jobtide.report.claims.topic import skill_names
from jobtide.report.references import facts

_OCCUPATIONS = ("15-2051", "15-1252", "15-1221")  # what ML work is counted under: SOC has no code of its own
_MANY_STATES = 15  # a state below this rank by every official count does not lead
_PER_HEAD = re.compile(
    r"\bper capita\b|\b(?:highest|greatest|largest|lowest) (?:\w+ )?concentration\b|\bper "
    r"(?:1,?000|million|100,?000)\b|\brelative to\b|\bshare of (?:all )?(?:its|their) jobs\b",
    re.IGNORECASE,
)


def rank(claim: Claim, market: Market) -> Judged:
    about = claim.topic
    if about.cities or re.search(r"\bcit(?:y|ies)\b|\bmetro", claim.sentence.bare, re.IGNORECASE):
        return nothing("a ranking of cities: official areas are wider than cities, and demand has no official count")
    if about.states:
        return _places(claim, market)
    tools = _kind_of(claim)
    if tools and ({"first", "list"} & claim.senses):
        return _tools(claim, market, tools)
    fact = next(
        (f for f in facts("rank") if f.subject == about.role and f.source.partition(",")[0] in claim.sentence.bare),
        None,
    )
    if (
        fact
        and "first" in claim.senses
        and (not about.years or set(about.years) & set(range(fact.since, fact.until + 2)))
    ):
        return Judged(CONSISTENT, (OK,), f"as published: {fact.cite()}", None, (1.0, fact.cite()))
    return nothing("a ranking whose list and measure are not at hand")


def _places(claim: Claim, market: Market) -> Judged:
    """States that lead: official employment first, then an original study; never our sample."""
    states = claim.topic.states
    if _PER_HEAD.search(claim.sentence.bare) or re.search(
        r"\bpay|\bsalar|\bwage|\bfastest", claim.sentence.bare, re.IGNORECASE
    ):
        return nothing("a ranking by another measure than the number of jobs")
    lists = {f"{oews.RELEASE}, {name}": order for name, order in _orders(market, claim.topic.role).items()}
    study = [f.subject for f in facts("state")]
    name, official = next(iter(lists.items()))
    reference: tuple[float | None, str] = (
        None,
        f"{name}: {', '.join(official[:5])}; {facts('state')[0].source}: {', '.join(study)}",
    )
    top = len(states) if len(states) > 2 else 5
    if any(set(states) <= set(order[: max(top, len(states))]) for order in lists.values()) or set(states) <= set(study):
        return Judged(
            CONSISTENT,
            (OK,),
            f"they lead by official employment: {', '.join(official[: max(3, top)])}",
            None,
            reference,
        )
    if "first" not in claim.senses and all(any(s in order[:10] for order in lists.values()) for s in states):
        return Judged(
            CONSISTENT,
            (OK,),
            f"all among the ten largest by official employment: {', '.join(official[:10])}",
            None,
            reference,
        )
    lost = [s for s in states if all(s not in order[:_MANY_STATES] for order in lists.values())]
    if lost:
        return Judged(
            WRONG,
            (CONTRADICTED,),
            f"{', '.join(lost)} is not among the {_MANY_STATES} largest by any official count",
            None,
            reference,
        )
    return Judged(
        BELOW,
        (NOT_CHECKABLE,),
        f"by official employment the order is {', '.join(official[:5])}; demand may be ordered otherwise",
        None,
        reference,
    )


def _orders(market: Market, role: str) -> dict[str, list[str]]:
    """States by employment: the role's closest occupation first, then the other two that its work falls into."""
    closest = oews.nation(soc.closest(role or None).soc)
    out = {closest.occupation: market.states(role)} if closest else {}
    for code in _OCCUPATIONS:
        estimate = oews.nation(code)
        if estimate and estimate.occupation not in out:
            out[estimate.occupation] = by_jobs(code)
    return out


def _kind_of(claim: Claim) -> set[str]:
    """The set of tools that a ranking is about: languages, or libraries and frameworks, or clouds; empty of none."""
    kinds = dict(skill_names().values())
    named = [kinds[skill] for skill in claim.topic.skills if skill in kinds]
    bare = claim.sentence.bare
    if re.search(r"\blanguage", bare, re.IGNORECASE) and "first" in claim.senses and "language" in named:
        wanted = {"language"}
    elif re.search(r"\blibrar|\bframework", bare, re.IGNORECASE) and (
        {"library", "framework"} & set(named) or "first" in claim.senses
    ):
        wanted = {"library", "framework"}
    elif re.search(r"\bcloud", bare, re.IGNORECASE) and "first" in claim.senses and "cloud" in named:
        wanted = {"cloud"}
    else:
        return set()
    return {id_ for id_, kind in kinds.items() if kind in wanted}


def _tools(claim: Claim, market: Market, tools: set[str]) -> Judged:
    """Tools put first: whether the one most named, in our sample and in the newest study, is among them."""
    ranked = market.ranked(claim.topic.role, tools)
    said = [skill for skill in claim.topic.skills if skill in tools]
    if not ranked:
        return nothing("too few openings of this role to rank tools")
    leader, share = ranked[0]
    ours = market.skill(claim.topic.role, leader)
    order = ", ".join(f"{name} {value:.0f}%" for name, value in ranked[:5])
    studies = sorted((f for f in facts("share") if f.subject in tools), key=lambda f: (-f.until, -f.value))
    newest = [f for f in studies if f.until == studies[0].until] if studies else []
    reference = (newest[0].value, newest[0].cite()) if newest else None
    if leader in said or (newest and newest[0].subject in said and "first" in claim.senses):
        return Judged(CONSISTENT, (OK,), f"named most in {base_of(claim.topic.role)}: {order}", ours, reference)
    own = max((value for name, value in ranked if name in said), default=0.0)
    why = f"an older order: {leader} is named most in {base_of(claim.topic.role)} ({order})"
    if share - own < 3:
        return Judged(CONSISTENT, (OK,), f"not told apart in this sample: {order}", ours, reference)
    old = bool(newest) and newest[0].subject == leader
    return Judged(BELOW, (STALE,) if old else (NOT_CHECKABLE,), why, ours, reference)

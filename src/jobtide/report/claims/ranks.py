"""Does a claimed ranking hold? States by official employment, tools by what postings name."""

import re

from jobtide.market import oews, soc
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.evidence import Market, base_of, by_jobs
from jobtide.report.claims.findings import CONTRADICTED, NOT_CHECKABLE, OK, STALE
from jobtide.report.claims.judged import BELOW, CONSISTENT, WRONG, Judged, nothing
from jobtide.report.claims.topic import skill_names
from jobtide.report.references import facts

_OCCUPATIONS = ("15-2051", "15-1252", "15-1221")  # what ML work is counted under: SOC has no code of its own
_FAR = 20.0  # points
_MANY_STATES = 15  # a state below this rank by every official count does not lead
_CLEARLY = 1.5  # times as many: below it two states may change places between counts
_ALONE = re.compile(
    r"\b(?:is|remains|as|named) (?:still )?(?:the )?(?:top|leading|number[- ]one|no\.? ?1|#1|biggest|largest)\b"
    r"|\bhas (?:by far )?the most\b|\bhome to the most\b|\branks? (?:first|#1|number one)\b", re.IGNORECASE
)  # fmt: skip
_AHEAD = re.compile(r"\bahead of\b|\bfollowed by\b|\bmore than\b|\bbefore\b|\bbeating\b|\bsurpass\w*", re.IGNORECASE)
# A ranking's own base, taken out before it is asked whether it is narrowed to a part.
_GROUND = (
    r"(?:US|U\.S\.|United States|country|nation|world|field|industry|market|AI|ML|machine[- ]learning|artificial "
    r"intelligence|data science|jobs?|job (?:ads|postings|market)|postings|engineers|(?:19|20)\d\d)"
)
_WHOLE = re.compile(
    rf"\b(?:for|in|among|of) (?:the )?{_GROUND}(?: and (?:AI|ML|machine[- ]learning|data science))?"
    r"(?: (?:jobs?|roles?|engineers?|postings|ads|development|talent))?"
    r"|\b(?:ahead of|followed by|more than|before) [A-Z][\w ,]*(?:and [A-Z]\w+(?: [A-Z]\w+)?)?",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:in|for|among|at|on|outside|except|besides|excluding|after|behind|within|when|if|where)\b", re.IGNORECASE
)
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
    if "first" in claim.senses and (wrong := _not_first(claim, lists, reference)):
        return wrong
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


def _not_first(claim: Claim, lists: dict[str, list[str]], reference: tuple[float | None, str]) -> Judged | None:
    """One state alone called the first, which by no official list and no study it is; None where another says so."""
    bare = claim.sentence.bare
    alone = _ALONE.search(bare) and not _narrowed(bare)
    first = claim.topic.states[0]
    study = facts("state")
    if not alone or (len(claim.topic.states) > 1 and not _AHEAD.search(bare)):
        return None
    if first in [order[0] for order in lists.values()] or first == study[0].subject:
        return None
    jobs = next((f.value for f in study if f.subject == first), 0.0)
    official = next(iter(lists.values()))
    if first not in official[:_MANY_STATES] or jobs * _CLEARLY > study[0].value:
        return None  # too near the first to be called wrong, or judged below as one that does not lead at all
    why = f"every official count and {study[0].source} put {official[0]} first: {', '.join(official[:5])}"
    return Judged(WRONG, (CONTRADICTED,), why, None, reference)


def _narrowed(bare: str) -> bool:
    """Whether a ranking holds only for a part: "in finance", "outside California", "on the East Coast".

    >>> _narrowed("Java is the top language for ML in banks."), _narrowed("Java is the top language for ML jobs.")
    (True, False)
    """
    return bool(_PART.search(_WHOLE.sub(" ", bare)))


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
    role = claim.topic.role
    n = f" (n = {ours.n})" if ours else ""
    order = ", ".join(f"{market.name(role, skill)} {value:.0f}%" for skill, value in ranked[:5]) + n
    studies = sorted((f for f in facts("share") if f.subject in tools), key=lambda f: (-f.until, -f.value))
    newest = [f for f in studies if f.until == studies[0].until] if studies else []
    reference = (newest[0].value, newest[0].cite()) if newest else None
    if leader in said or (newest and newest[0].subject in said and "first" in claim.senses):
        return Judged(CONSISTENT, (OK,), f"named most in {base_of(claim.topic.role)}: {order}", ours, reference)
    own = max((value for name, value in ranked if name in said), default=0.0)
    if share - own < 3:
        return Judged(CONSISTENT, (OK,), f"not told apart in this sample: {order}", ours, reference)
    if "first" in claim.senses and _narrowed(claim.sentence.bare):
        return nothing("a ranking in a part of the market that is not counted here", ours=ours)
    if "first" in claim.senses and len(said) == 1 and (wrong := _never_first(said[0], leader, own, share)):
        return Judged(WRONG, (CONTRADICTED,), f"{wrong}; {order} in {base_of(claim.topic.role)}", ours, reference)
    why = f"{market.name(role, leader)} is named most in {base_of(role)}: {order}"
    if newest and newest[0].subject == leader:  # the newest study of another hand says so too
        return Judged(BELOW, (STALE,), f"an older order: {why}", ours, reference)
    said_so = f"another order in this sample, which cannot contradict: {why}"
    return Judged(BELOW, (NOT_CHECKABLE,), said_so, ours, reference)


def _never_first(said: str, leader: str, own: float, share: float) -> str:
    """Why a tool is not the first: a study that counted both has it far behind, and so does our sample; "" if not.

    Far is twenty points and a factor of two, so that an order which has changed over the years is not called wrong.
    """
    for first in (f for f in facts("share") if f.subject == leader):
        for fact in (f for f in facts("share") if f.subject == said and f.source == first.source):
            far = first.value - fact.value >= _FAR and first.value >= 2 * fact.value
            if far and share - own >= _FAR and share >= 2 * own:
                return f"{fact.source} counts {leader} {first.value:g}%, {said} {fact.value:g}%"
    return ""

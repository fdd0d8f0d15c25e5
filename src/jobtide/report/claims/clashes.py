"""Which claims of an article cannot both hold? Two figures of one thing, two needs, a first that few name."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import Finding, against_each_other, amount, one_market, said_of, yearly
from jobtide.report.claims.numbers import Quantity
from jobtide.report.claims.text import Article

_FAR = 0.10  # two figures of one thing that differ by more do not agree
_HEDGED = re.compile(
    r"\b(?:often|sometimes|may be|can be) (?:\w+ )?(?:required|needed|necessary|enough)\b|\bbut not\b", re.IGNORECASE
)
_ASKED = re.compile(r"\b(?:requir|need|ask|minimum|must|at least|demand|expect|want|typical)", re.IGNORECASE)
_PAID = re.compile(r"\bsalar|\bwage|\bpay")
_LEVELS = {"bachelor": 1, "any": 1, "master": 2, "phd": 3}


def pairs(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Two figures of the same thing, on the same base, that cannot both hold."""
    for i, k in combinations(range(len(claims)), 2):
        if why := _clash(claims[i], claims[k]):
            yield from against_each_other(claims, i, k, why)


def _clash(a: Claim, b: Claim) -> str:
    """Why two claims cannot both hold, "" if they can."""
    if a.type == b.type == "degree" and _worded(a) and _worded(b):
        return _needs(a, b)
    if {a.type, b.type} <= {"share", "rank"} and a.type != b.type:
        return _first_but_small(*((a, b) if a.type == "share" else (b, a)))
    if a.type != b.type or a.quantity is None or b.quantity is None or a.quantity.kind != b.quantity.kind:
        return ""
    if a.type == "pay" and (turned := _levels_turned(a, b, a.quantity, b.quantity)):
        return turned
    # A sentence that gives two figures tells them apart itself.
    if not _same_base(a, b) or a.sentence is b.sentence:
        return ""
    test = {"pay": _pay_clash, "growth": _growth_clash, "market_size": _size_clash}.get(a.type, _plain_clash)
    return test(a, b, a.quantity, b.quantity)


def _worded(claim: Claim) -> bool:
    """Whether a claim says its thing of all or most, without a number."""
    return claim.quantity is None or (claim.quantity.low, claim.quantity.high) == (50, 100)


def _same_base(a: Claim, b: Claim) -> bool:
    """Same role, skills, places, level, degree, statistic where both name one, and no two different years."""
    one, two = a.topic, b.topic
    if (one.role, one.skills, one.country or "US", one.states, one.cities, one.level, one.degree, one.total) != (
        two.role, two.skills, two.country or "US", two.states, two.cities, two.level, two.degree, two.total
    ):  # fmt: skip
        return False
    if one.years and two.years and not set(one.years) & set(two.years):
        return False
    return a.senses & {"premium", "down"} == b.senses & {"premium", "down"}


def _pay_clash(a: Claim, b: Claim, one: Quantity, two: Quantity) -> str:
    if one.currency != two.currency:
        return ""
    statistics = {a.topic.statistic, b.topic.statistic}
    ranged = (one.low < one.high) != (two.low < two.high)
    if not (len(statistics) == 1 and statistics <= {"mean", "median"}) and not (
        ranged and statistics in ({"mean", ""}, {"median", ""})
    ):
        return ""
    x, y = yearly(one), yearly(two)
    apart = max(x[0], y[0]) - min(x[1], y[1])  # above 0 where they do not meet
    if apart <= 0 or (apart / min(x[1], y[1]) <= _FAR and not ranged):
        return ""
    if ranged:
        return f"an average outside its own range: {amount(one)} and {amount(two)}"
    return f"the {a.topic.statistic} pay of one role is given as {amount(one)} and as {amount(two)}"


def _levels_turned(a: Claim, b: Claim, one: Quantity, two: Quantity) -> str:
    """Beginners of a role who are paid more than its seniors."""
    if a.topic.level != "entry":
        a, b, one, two = b, a, two, one
    if (a.topic.level, b.topic.level) != ("entry", "senior") or _where(a) != _where(b) or one.currency != two.currency:
        return ""
    if yearly(one)[0] <= yearly(two)[1]:
        return ""
    return f"beginners at {amount(one)} earn more than seniors at {amount(two)}"


def _where(claim: Claim) -> tuple[object, ...]:
    return claim.topic.role, claim.topic.states, claim.topic.cities, claim.topic.country


def _growth_clash(a: Claim, b: Claim, one: Quantity, two: Quantity) -> str:
    if a.topic.role == "all_occupations":
        return ""  # all occupations and those of computing go under one name here
    if a.topic.years != b.topic.years or not a.topic.years or ("projected" in a.senses) != ("projected" in b.senses):
        return ""
    if bool(_PAID.search(a.sentence.bare)) != bool(_PAID.search(b.sentence.bare)):
        return ""
    apart = abs(one.middle - two.middle) > max(2, 0.1 * one.middle)
    return "the same growth over the same years has two rates" if apart else ""


def _size_clash(a: Claim, b: Claim, one: Quantity, two: Quantity) -> str:
    if not one_market(a, b) or a.topic.country != b.topic.country:
        return ""
    if not a.topic.years[:1] or a.topic.years[:1] != b.topic.years[:1]:
        return ""
    return "one market in one year has two sizes" if abs(one.low / two.low - 1) > 0.2 else ""


def _plain_clash(a: Claim, b: Claim, one: Quantity, two: Quantity) -> str:
    """Shares, counts and years of experience."""
    if a.type == "cagr":
        return ""
    if a.type == "share" and not a.topic.skills:
        return ""  # without a skill there is no telling what a share is of
    if ("held" in a.senses) != ("held" in b.senses):
        return ""  # what people have is not what postings ask for
    if a.type in ("count", "certificate") or (a.type == "degree" and a.topic.degree in ("", "any")):
        return ""
    if a.type == "experience" and not all(_ASKED.search(claim.sentence.bare) for claim in (a, b)):
        return ""  # "with ten years of experience one earns ..." asks for none
    if a.type == "remote" and _mode(a) != _mode(b):
        return ""
    slack = 0.0 if one.kind == "years" else 10.0
    apart = max(one.low, two.low) - min(one.high, two.high)
    return f"one thing is given as {said_of(one)} and as {said_of(two)}" if apart > slack else ""


def _mode(claim: Claim) -> str:
    found = re.search(r"\b(remote|hybrid|on-?site|in[- ]office)", claim.sentence.bare, re.IGNORECASE)
    return found[1].lower() if found else ""


def _needs(a: Claim, b: Claim) -> str:
    """A degree that is needed here, and there the same is not enough, or the same or a lower one not needed.

    "Often required", and "required for these but not for those", leave room for both.
    """
    if any(_HEDGED.search(claim.sentence.bare) for claim in (a, b)):
        return ""
    for one, two in ((a, b), (b, a)):
        if "needed" not in one.senses or a.sentence is b.sentence:
            continue
        asked, other = _LEVELS.get(one.topic.degree, 1), _LEVELS.get(two.topic.degree, 1)
        if "insufficient" in two.senses and asked == other:
            return "a degree is enough to be fundamental here, and not enough there"
        if "unneeded" in two.senses and other <= asked:
            return "a degree is needed here, and not needed there"
    return ""


def _first_but_small(share: Claim, rank: Claim) -> str:
    """A tool called the most required that few postings name."""
    if "first" not in rank.senses or share.quantity is None or share.quantity.high >= 25:
        return ""
    one_tool = set(share.topic.skills[:1]) & set(rank.topic.skills[:1])
    if not one_tool or re.search(r"\bnot\b|\bdon[’']t\b|without", share.sentence.bare, re.IGNORECASE):
        return ""
    return f"called the first of its kind, yet only {said_of(share.quantity)} name it"

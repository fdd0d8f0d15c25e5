"""Which claims of an article cannot both hold? Two figures of one thing, two firsts, two directions, two needs."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from jobtide.market.annual import PER_YEAR
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import INTERNAL, Finding, amount, one_market, said_of, short
from jobtide.report.claims.text import Article

_FAR = 0.10  # two figures of one thing that differ by more do not agree
_HEDGED = re.compile(
    r"\b(?:often|sometimes|may be|can be) (?:\w+ )?(?:required|needed|necessary|enough)\b|\bbut not\b", re.IGNORECASE
)
_ASKED = re.compile(r"\b(?:requir|need|ask|minimum|must|at least|demand|expect|want|typical)", re.IGNORECASE)
_LEVELS = {"bachelor": 1, "any": 1, "master": 2, "phd": 3}


def pairs(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Two figures of the same thing, on the same base, that cannot both hold."""
    for i, k in combinations(range(len(claims)), 2):
        why = _clash(claims[i], claims[k])
        if why:
            yield Finding(i, INTERNAL, f"{why}: “{short(claims[k])}”")
            yield Finding(k, INTERNAL, f"{why}: “{short(claims[i])}”")


def _clash(a: Claim, b: Claim) -> str:
    """Why two claims cannot both hold, "" if they can."""
    if a.type == b.type == "degree" and _worded(a) and _worded(b):
        return _needs(a, b)
    if {a.type, b.type} <= {"share", "rank"} and a.type != b.type:
        return _first_but_small(*((a, b) if a.type == "share" else (b, a)))
    if a.type != b.type or a.quantity is None or b.quantity is None or a.quantity.kind != b.quantity.kind:
        return ""
    if a.type == "pay" and (turned := _levels_turned(a, b)):
        return turned
    if not _same_base(a, b):
        return ""
    test = {"pay": _pay_clash, "growth": _growth_clash, "market_size": _size_clash, "cagr": _plain_clash}.get(
        a.type, _plain_clash
    )
    return test(a, b)


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


def _pay_clash(a: Claim, b: Claim) -> str:
    one, two = a.quantity, b.quantity
    assert one is not None
    assert two is not None
    if one.currency != two.currency or a.sentence is b.sentence:
        return ""  # a sentence that gives two figures tells them apart itself
    statistics = {a.topic.statistic, b.topic.statistic}
    ranged = (one.low < one.high) != (two.low < two.high)
    if not (len(statistics) == 1 and statistics <= {"mean", "median"}) and not (
        ranged and statistics in ({"mean", ""}, {"median", ""})
    ):
        return ""
    x, y = ((q.low * PER_YEAR[q.period or "year"], q.high * PER_YEAR[q.period or "year"]) for q in (one, two))
    apart = max(x[0], y[0]) - min(x[1], y[1])  # above 0 where they do not meet
    if apart <= 0 or (apart / min(x[1], y[1]) <= _FAR and not ranged):
        return ""
    if ranged:
        return f"an average outside its own range: {amount(one)} and {amount(two)}"
    return f"the {a.topic.statistic} pay of one role is given as {amount(one)} and as {amount(two)}"


def _levels_turned(a: Claim, b: Claim) -> str:
    """Beginners of a role who are paid more than its seniors."""
    one, two = (a, b) if a.topic.level == "entry" else (b, a)
    if (one.topic.level, two.topic.level) != ("entry", "senior") or one.topic.role != two.topic.role:
        return ""
    if (one.topic.states, one.topic.cities, one.topic.country) != (
        two.topic.states,
        two.topic.cities,
        two.topic.country,
    ):
        return ""
    assert one.quantity is not None
    assert two.quantity is not None
    x, y = (q.high * PER_YEAR[q.period or "year"] for q in (one.quantity, two.quantity))
    lowest = one.quantity.low * PER_YEAR[one.quantity.period or "year"]
    if one.quantity.currency == two.quantity.currency and lowest > y and x > y:
        return f"beginners at {amount(one.quantity)} earn more than seniors at {amount(two.quantity)}"
    return ""


def _growth_clash(a: Claim, b: Claim) -> str:
    one, two = a.quantity, b.quantity
    assert one is not None
    assert two is not None
    if a.topic.role == "all_occupations":
        return ""  # all occupations and those of computing go under one name here
    if a.topic.years != b.topic.years or not a.topic.years or ("projected" in a.senses) != ("projected" in b.senses):
        return ""
    if a.sentence is b.sentence or bool(re.search(r"\bsalar|\bwage|\bpay", a.sentence.bare)) != bool(
        re.search(r"\bsalar|\bwage|\bpay", b.sentence.bare)
    ):
        return ""
    return (
        "the same growth over the same years has two rates"
        if abs(one.middle - two.middle) > max(2, 0.1 * one.middle)
        else ""
    )


def _size_clash(a: Claim, b: Claim) -> str:
    one, two = a.quantity, b.quantity
    assert one is not None
    assert two is not None
    if a.sentence is b.sentence or not one_market(a, b) or a.topic.country != b.topic.country:
        return ""
    if not a.topic.years[:1] or a.topic.years[:1] != b.topic.years[:1]:
        return ""
    return "one market in one year has two sizes" if abs(one.low / two.low - 1) > 0.2 else ""


def _plain_clash(a: Claim, b: Claim) -> str:
    """Shares, counts and years of experience."""
    one, two = a.quantity, b.quantity
    assert one is not None
    assert two is not None
    if a.sentence is b.sentence or a.type == "cagr":
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
    if (
        not {"first", "list"} & rank.senses
        or share.quantity is None
        or not set(share.topic.skills[:1]) & set(rank.topic.skills[:1])
    ):
        return ""
    if re.search(r"\bnot\b|\bdon[’']t\b|without", share.sentence.bare, re.IGNORECASE):
        return ""
    if "first" in rank.senses and share.quantity.high < 25:
        return f"called the first of its kind, yet only {said_of(share.quantity)} name it"
    return ""


def firsts(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Two different firsts of one ranking."""
    ranks = [(i, c) for i, c in enumerate(claims) if c.type == "rank" and "first" in c.senses]
    for (i, a), (k, b) in combinations(ranks, 2):
        if a.sentence is b.sentence:
            continue
        for one, two, what in ((a.topic.states, b.topic.states, "state"), (_languages(a), _languages(b), "language")):
            if (
                one
                and two
                and one[0] != two[0]
                and not (len(one) > 1 and two[0] in one)
                and not (len(two) > 1 and one[0] in two)
                and _measure(a) == _measure(b)
                and a.topic.role == b.topic.role
                and (not a.topic.years or not b.topic.years or a.topic.years == b.topic.years)
            ):
                yield Finding(i, INTERNAL, f"another {what} is put first elsewhere: “{short(b)}”")
                yield Finding(k, INTERNAL, f"another {what} is put first elsewhere: “{short(a)}”")


def _measure(claim: Claim) -> str:
    """By what a ranking ranks: pay, growth, or how many."""
    bare = claim.sentence.bare
    return (
        "pay"
        if re.search(r"\bpa(?:y|id|ying)|\bsalar|\bwage", bare, re.IGNORECASE)
        else "growth"
        if re.search(r"\bfastest|\bgrow", bare, re.IGNORECASE)
        else "per head"
        if re.search(r"\bper capita|concentrat", bare, re.IGNORECASE)
        else "number"
    )


def _languages(claim: Claim) -> tuple[str, ...]:
    languages = {"python", "r", "java", "sql", "c++", "javascript", "julia", "scala", "go", "rust"}
    return (
        tuple(skill for skill in claim.topic.skills if skill in languages)
        if re.search(r"\blanguage", claim.sentence.bare, re.IGNORECASE)
        else ()
    )


def directions(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Demand that rises here and falls there, for the same role and no years that tell them apart."""
    moving = [(i, c, _way(c)) for i, c in enumerate(claims) if c.type in ("growth", "opinion")]
    for (i, a, up), (k, b, down) in combinations([m for m in moving if m[2]], 2):
        same = (
            a.topic.role == b.topic.role
            and (a.topic.country or "US") == (b.topic.country or "US")
            and a.topic.level == b.topic.level
        )
        told_apart = a.topic.years and b.topic.years and a.topic.years != b.topic.years
        about = [bool(re.search(r"\bsalar|\bwage|\bpay\b", c.sentence.bare, re.IGNORECASE)) for c in (a, b)]
        if (
            up != down
            and same
            and not told_apart
            and about[0] == about[1]
            and a.sentence is not b.sentence
            and ("projected" in a.senses) == ("projected" in b.senses)
        ):
            yield Finding(i, INTERNAL, f"the opposite direction is said elsewhere: “{short(b)}”")
            yield Finding(k, INTERNAL, f"the opposite direction is said elsewhere: “{short(a)}”")


def _way(claim: Claim) -> str:
    if claim.type == "growth":
        if not re.search(
            r"\b(?:demand|jobs?|openings|postings|hiring|employment|roles|positions)\b",
            claim.sentence.bare,
            re.IGNORECASE,
        ):
            return ""
        if re.search(
            r"\b(?:share|percentage|proportion|remote|skills?|salar\w+|pay|wages?)\b",
            claim.sentence.bare,
            re.IGNORECASE,
        ):
            return ""  # what moves is a part or a price, not demand itself
        return "down" if "down" in claim.senses else "up"
    return "down" if "down" in claim.senses else "up" if "up" in claim.senses else ""

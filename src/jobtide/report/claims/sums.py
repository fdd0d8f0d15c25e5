"""Do an article's sums hold? Growth between two amounts, shares of counts, percent and points, pay by hour and year."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from jobtide.market.annual import PER_YEAR
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import ARITHMETIC, OK, UNIT, Finding, amount, same_sentence
from jobtide.report.claims.numbers import Quantity, number, quantities, scale, years
from jobtide.report.claims.text import Article

_CAGR_SLACK = 0.75  # percentage points: published rates are rounded and their years are not always calendar years
_FROM_TO = re.compile(
    r"\bfrom (?:about |around |just |roughly |some )?[$€£]?(?P<a>\d[\d,]*(?:\.\d+)?)(?P<sa> ?(?:k"
    r"|thousand|million|billion|trillion)\b)?"
    r"(?![\d,]| ?(?:%|percent))[^.;]{0,60}?\bto (?:about |around |nearly |over |almost "
    r")?[$€£]?(?P<b>\d[\d,]*(?:\.\d+)?)"
    r"(?P<sb> ?(?:k|thousand|million|billion|trillion)\b)?(?![\d]| ?(?:%|percent))",
    re.IGNORECASE,
)


def _ends(claim: Claim) -> tuple[Quantity, int, Quantity, int] | None:
    """A change in a claim's sentence, as two amounts of one kind with their years: "from X in 2022 to Y by 2032"."""
    bare = claim.sentence.bare
    amounts = [q for q in quantities(bare) if q.kind in ("money", "count") and q.low == q.high]
    kinds = [[q for q in amounts if q.kind == kind] for kind in ("money", "count")]
    named = years(bare)
    for pair in kinds:
        if len(pair) == 2 and len(named) >= 2:
            near = [_nearest(named, q) for q in pair]
            if near[0] != near[1]:
                return pair[0], near[0], pair[1], near[1]
            spans = sorted({year for year, _ in named})
            if len(spans) == 2:
                return pair[0], spans[0], pair[1], spans[1]
    return None


def _nearest(named: Sequence[tuple[int, int]], amount: Quantity) -> int:
    """The year that belongs to an amount: the nearest, one behind it before one in front."""
    return min(named, key=lambda year: abs(year[1] - amount.end) + (20 if year[1] < amount.start else 0))[0]


def implied_rate(claim: Claim) -> float | None:
    """The yearly growth, in percent, that the two amounts of a claim's sentence imply; None without two."""
    ends = _ends(claim)
    if ends is None or ends[1] >= ends[3] or ends[0].low <= 0:
        return None
    return float(((ends[2].low / ends[0].low) ** (1 / (ends[3] - ends[1])) - 1) * 100)


def growth(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A rate beside a start and an end must be what they imply."""
    for i, claim in enumerate(claims):
        if (
            claim.quantity is None
            or claim.quantity.kind not in ("percent", "multiple")
            or claim.type not in ("cagr", "growth")
        ):
            continue
        ends = _ends(claim)
        if ends is None:
            yield from _without_years(i, claim)
            continue
        first, since, last, until = ends
        if first.low <= 0 or since >= until:
            continue
        stated = claim.quantity.low if claim.quantity.kind == "percent" else (claim.quantity.low - 1) * 100
        total = (last.low / first.low - 1) * 100
        stated = -stated if "down" in claim.senses and total < 0 else stated
        spans = {until - since, until - since - 1, until - since + 1} - {0, -1}
        rates = {n: ((last.low / first.low) ** (1 / n) - 1) * 100 for n in sorted(spans) if n > 0}
        exact = rates[until - since]
        said = f"{amount(first)} ({since}) to {amount(last)} ({until}) is {exact:.1f}% a year, {total:.0f}% in all"
        others = [claims[k] for k in same_sentence(claims, i) if claims[k].type == "market_size"]
        holds = abs(exact - stated) <= _CAGR_SLACK or any(abs(rate - stated) <= 0.4 for rate in rates.values())
        if claim.type != "cagr" and abs(total - stated) <= max(2.0, 0.03 * abs(total)):
            holds = True
        why = f"the sum holds: {said}" if holds else f"the sum does not hold: {said}, not {stated:g}%"
        yield Finding(i, OK if holds else ARITHMETIC, why)
        for k in same_sentence(claims, i):
            if claims[k] in others:
                yield Finding(k, OK if holds else ARITHMETIC, why)


def _without_years(i: int, claim: Claim) -> Iterator[Finding]:
    """A whole change beside its two ends: "from 200 to 300 jobs, a 60% increase"."""
    assert claim.quantity is not None
    found = _FROM_TO.search(claim.sentence.bare)
    if not found or claim.type != "growth" or found.start() <= claim.quantity.start < found.end():
        return
    first, last = (number(found[x]) * scale(found[f"s{x}"]) for x in ("a", "b"))
    if not first or {first, last} & set(range(1900, 2100)) or (found["sb"] and not found["sa"]):
        return
    total = (last / first - 1) * 100
    stated = claim.quantity.low if claim.quantity.kind == "percent" else (claim.quantity.low - 1) * 100
    stated = -stated if total < 0 else stated
    holds = abs(total - stated) <= max(2.0, 0.04 * abs(total))
    said = f"from {first:,.0f} to {last:,.0f} is {total:+.0f}%"
    why = f"the sum holds: {said}" if holds else f"the sum does not hold: {said}, not {stated:+g}%"
    yield Finding(i, OK if holds else ARITHMETIC, why)


def shares(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """ "714 of 1,032 postings (69%)": a share beside its two counts."""
    for i, claim in enumerate(claims):
        if claim.quantity is None or claim.quantity.kind != "percent" or claim.type in ("growth", "cagr"):
            continue
        found = re.search(r"\b(\d[\d,]*) (?:out )?of (?:the |all |our |a total of )?(\d[\d,]*)\b", claim.sentence.bare)
        if not found or found.start() <= claim.quantity.start < found.end():
            continue
        part, whole = (float(text.replace(",", "")) for text in found.groups())
        if not whole or part > whole:
            continue
        true = 100 * part / whole
        holds = claim.quantity.low - 1 <= true <= claim.quantity.high + 1
        said = f"{found[0]} is {true:.1f}%"
        yield Finding(
            i, OK if holds else ARITHMETIC, f"the sum holds: {said}" if holds else f"the sum does not hold: {said}"
        )


def points(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """ "from 20% to 30%, a 10% increase" says percent and means points; the other way round as well."""
    for i, claim in enumerate(claims):
        q = claim.quantity
        if q is None or q.kind not in ("percent", "points") or claim.type != "growth":
            continue
        bare = claim.sentence.bare
        found = re.search(
            r"\bfrom (?:about |around |just )?(\d+(?:\.\d+)?)\s?(?:%|percent)?[^.;]{0,30}? to (?:about "
            r"|around |nearly |just )?(\d+(?:\.\d+)?)\s?(?:%|percent)",
            bare,
            re.IGNORECASE,
        )
        if not found or found.start() <= q.start < found.end():
            continue
        low, high = float(found[1]), float(found[2])
        if low <= 0 or (re.fullmatch(r"(?:19|20)\d\d", found[1]) is not None):
            continue
        points, relative = abs(high - low), abs(high / low - 1) * 100
        said = f"from {low:g}% to {high:g}% is {points:g} percentage points, or {relative:.0f}%"
        if q.kind == "percent" and abs(q.low - points) <= 0.6 and abs(relative - points) > 2:
            yield Finding(i, UNIT, f"percent is said where percentage points are meant: {said}")
            yield Finding(i, ARITHMETIC, f"the sum does not hold as percent: {said}")
        elif (q.kind == "percent" and abs(q.low - relative) > max(2, 0.05 * relative)) or (
            q.kind == "points" and abs(q.low - points) > 0.6
        ):
            yield Finding(i, ARITHMETIC, f"the sum does not hold: {said}")
            if q.kind == "points" and abs(q.low - relative) <= max(2, 0.05 * relative):
                yield Finding(i, UNIT, f"percentage points are said where percent is meant: {said}")
        else:
            yield Finding(i, OK, f"the sum holds: {said}")


def annualised(_article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The same pay by the hour or month and by the year, in one sentence."""
    for i, k in combinations(range(len(claims)), 2):
        a, b = claims[i], claims[k]
        if a.sentence is not b.sentence or a.type != "pay" or b.type != "pay":
            continue
        one, two = a.quantity, b.quantity
        if (
            one is None
            or two is None
            or one.currency != two.currency
            or {one.period, two.period} == {one.period}
            or "" in (one.period, two.period)
        ):
            continue
        if not re.search(
            r"\b(?:or|equivalent|equals?|which is|that is|i\.e|about|roughly|works out|translat\w+|annualiz\w+)\b|\(|=",
            claims[i].sentence.bare[one.end : two.start],
            re.IGNORECASE,
        ):
            continue
        left, right = (q.middle * PER_YEAR[q.period] for q in (one, two))
        holds = abs(left / right - 1) <= 0.08 if right else False
        first, second = f"{one.middle:,.0f} per {one.period}", f"{two.middle:,.0f} per {two.period}"
        said = f"{first} is {left:,.0f} a year, {second} is {right:,.0f}"
        for which in (i, k):
            yield Finding(
                which, OK if holds else ARITHMETIC, f"the sum {'holds' if holds else 'does not hold'}: {said}"
            )

"""Do sums hold that run over neighbouring sentences? A change of two amounts, parts of a whole, pay, a share of counts.

A sentence is held against the ones before it only where it points back to them ("That is ...", "A rise of ...", "the
remaining 30 %"), within one paragraph: figures that merely stand near each other need not be of one thing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from jobtide.market.annual import PER_YEAR
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import ARITHMETIC, OK, Finding, amount
from jobtide.report.claims.numbers import Quantity, quantities, years
from jobtide.report.claims.text import Article, Sentence

_I = re.IGNORECASE
_BACK = re.compile(
    r"^\W*(?:(?:that|this|it|which)\b[^.]{0,30}?\b(?:is|was|means|meant|makes?|represents?|amounts?|equals?|works? out"
    r"|comes? to|marks?|translates?|corresponds?|adds? up)\b"
    r"|an? (?:\w+ )?(?:rise|increase|jump|growth|gain|surge|drop|decline|fall|decrease)\b|(?:up|down) (?:by )?\d"
    r"|(?:annually|yearly|over a (?:full )?year|a year)\b|in other words\b|put differently\b|or,? )",
    _I,
)
_LONGEST = 160  # characters of a sentence that only draws the sum of what stands before it
_NOUN = re.compile(r"\b(job|role|position|opening|posting|vacanc|listing|ad|offer)(?:s|y|ies)?\b", _I)
_NEAR = 15  # characters behind an amount in which its noun may go on: "1,000 ML engineer | postings"
_LEFT = re.compile(r"\bthe remaining (?:\w+ )?(?=\d)|\bthe rest\b[^.\d]{0,20}(?=\d)|\bthe remaining\b", _I)
_NESTED = re.compile(
    r"\b(?:of|among) (?:these|those|them|which|whom)\b|\bof the (?:remaining|rest|others?)\b"
    r"|\bfrom \d[\d.]*\s?(?:%|percent)?[^.]{0,30}\bto\b|\bup from\b|\bdown from\b|\bcompared\b|\bthan\b|\bversus\b",
    _I,
)
_MODES = {
    "remote": re.compile(r"\bremote(?:ly)?\b", _I), "hybrid": re.compile(r"\bhybrid\b", _I),
    "on site": re.compile(r"\bon[- ]?site\b|\bin[- ](?:the )?(?:office|person)\b", _I),
}  # fmt: skip
# What an employer offers, and what is counted twice on purpose, need not exclude each other.
_OPEN = re.compile(
    r"\b(?:employers?|companies|firms|offer\w*|allow\w*|open to|options?|overlap\w*|both|or|multiple|at least|up to"
    r"|prefer\w*|want\w*|workers?|candidates?|respondents?)\b",
    _I,
)
_OTHER_PAY = re.compile(
    r"\b(?:bonus\w*|includ\w+|plus|stock|equity|after|before|net|overtime|total|contract\w*|part[- ]time|top|senior"
    r"|entry|junior|up to|experienced)\b",
    _I,
)
_OF = r"(?:of|out of|among) (?:the |all |our |these )?"
_PART = re.compile(
    rf"\b{_OF}(?P<whole>\d[\d,]*)\b[^.\d]{{0,60}}?,? (?:only |just |some |about )?(?P<part>\d[\d,]*)\b"
    rf"|\b(?P<part2>\d[\d,]*) {_OF}(?P<whole2>\d[\d,]*)\b",
    _I,
)
_SURE = re.compile(r"\s*(?:confidence|interval|certain|sure|likely)\b", _I)  # "95 % interval" is no share


def neighbours(article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The findings of every sum that runs over sentences."""
    place = {id(sentence): at for at, sentence in enumerate(article.sentences)}
    for i, claim in enumerate(claims):
        at = place.get(id(claim.sentence))
        if at is None or claim.quantity is None:
            continue
        before = _before(article.sentences, at)
        if before and _points_back(claim):
            yield from _change(i, claim, before)
            yield from _share(i, claim, before[-1])
            yield from _pay(i, claim, before[-1], claims)
    yield from _remainders(article, claims)
    yield from _modes(claims)


def _before(sentences: Sequence[Sentence], at: int, most: int = 2) -> list[Sentence]:
    """The sentences before one, of its paragraph, at most ``most``."""
    own = sentences[at].paragraph
    return [each for each in sentences[max(0, at - most) : at] if each.paragraph == own]


def _points_back(claim: Claim) -> bool:
    """Whether a claim's sentence draws the sum of what stands before it, and says no other number."""
    bare = claim.sentence.bare
    return len(bare) <= _LONGEST and bool(_BACK.match(bare)) and len(quantities(bare)) == 1


def _change(i: int, claim: Claim, before: Sequence[Sentence]) -> Iterator[Finding]:
    """ "In 2022 there were 1,000 postings. By 2024 there were 1,500. That is a rise of 80 %." """
    q = claim.quantity
    ends = _amounts(before)
    if q is None or q.kind != "percent" or q.low != q.high or claim.type not in ("growth", "cagr") or ends is None:
        return
    (first, since), (last, until) = ends
    total = (last.low / first.low - 1) * 100
    yearly = ((last.low / first.low) ** (1 / (until - since)) - 1) * 100
    stated = -q.low if total < 0 else q.low
    exact, slack = (yearly, 0.75) if claim.type == "cagr" else (total, max(2.0, 0.04 * abs(total)))
    holds = abs(exact - stated) <= slack or (claim.type == "growth" and abs(yearly - stated) <= 0.75)
    said = f"{amount(first)} ({since}) to {amount(last)} ({until}) is {total:+.0f}% in all, {yearly:+.1f}% a year"
    yield _told(i, said, f"{q.low:g}%", holds=holds)


def _told(i: int, said: str, stated: str, *, holds: bool) -> Finding:
    why = f"the sum holds: {said}" if holds else f"the sum does not hold: {said}, not {stated}"
    return Finding(i, OK if holds else ARITHMETIC, why)


def _amounts(before: Sequence[Sentence]) -> tuple[tuple[Quantity, int], tuple[Quantity, int]] | None:
    """Two amounts of one thing in two different years: one in each of two sentences, or both in the last."""
    found = [_dated(sentence) for sentence in before]
    for pair in (found[-1], [each[0] for each in found if len(each) == 1] if len(found) > 1 else []):
        if len(pair) == 2:
            (a, since, noun), (b, until, other) = sorted(pair, key=lambda each: each[1])
            alike = (a.kind, a.currency, a.period, noun) == (b.kind, b.currency, b.period, other)
            if alike and since < until and a.low > 0:
                return (a, since), (b, until)
    return None


def _dated(sentence: Sentence) -> list[tuple[Quantity, int, str]]:
    """The amounts of a sentence with the year of each and what is counted; none where they do not pair."""
    bare = sentence.bare
    amounts = [q for q in quantities(bare) if q.kind in ("money", "count")]
    named = years(bare)
    if len(amounts) != len(named) or len(amounts) > 2 or any(q.low != q.high for q in amounts):
        return []
    return [
        (q, year, _noun(bare[q.start : q.end + _NEAR]) if q.kind == "count" else "")
        for q, (year, _) in zip(amounts, named, strict=True)
    ]


def _noun(words: str) -> str:
    """What an amount counts: the word of jobs in or next to it, else its last word."""
    found = _NOUN.findall(words)
    return str(found[-1] if found else re.split(r"\W+", words.strip())[-1]).lower()


def _share(i: int, claim: Claim, before: Sentence) -> Iterator[Finding]:
    """ "Of 1,200 postings 300 name Rust. That is 40 %." """
    q = claim.quantity
    found = _PART.search(before.bare)
    numbers = re.findall(r"(?<![\w.,])\d[\d,]*(?![\d,]*[%\w])", before.bare)
    if q is None or q.kind != "percent" or claim.type in ("growth", "cagr", "pay") or not found or len(numbers) != 2:
        return
    if _SURE.match(claim.sentence.bare, q.end):
        return
    texts = (found["part"] or found["part2"], found["whole"] or found["whole2"])
    part, whole = (float(text.replace(",", "")) for text in texts)
    if not whole or part > whole or {part, whole} & set(range(1900, 2100)):
        return
    true = 100 * part / whole
    said = f"{part:,.0f} of {whole:,.0f} is {true:.1f}%"
    yield _told(i, said, f"{q.low:g}%", holds=q.low - 1 <= true <= q.high + 1)


def _pay(i: int, claim: Claim, before: Sentence, claims: Sequence[Claim]) -> Iterator[Finding]:
    """ "It pays $10,000 a month. That is $150,000 a year." """
    others = [k for k, other in enumerate(claims) if other.sentence is before and other.type == "pay"]
    if claim.type != "pay" or len(others) != 1 or _OTHER_PAY.search(f"{before.bare} {claim.sentence.bare}"):
        return
    one, two = claims[others[0]].quantity, claim.quantity
    if one is None or two is None or one.currency != two.currency or one.period == two.period:
        return
    if "" in (one.period, two.period) or len(quantities(before.bare)) != 1:
        return
    left, right = (q.middle * PER_YEAR[q.period] for q in (one, two))
    first, second = f"{one.middle:,.0f} per {one.period}", f"{two.middle:,.0f} per {two.period}"
    holds = bool(right) and abs(left / right - 1) <= 0.08
    for which in (others[0], i):
        yield _told(which, f"{first} is {left:,.0f} a year", f"{second}", holds=holds)


def _remainders(article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """ "60 % are remote, 20 % hybrid, and the remaining 30 % on site": with what is left the parts are the whole."""
    for at, sentence in enumerate(article.sentences):
        left = _LEFT.search(sentence.bare)
        own = _percents(sentence)
        rest = next((q for q in own if left and q.start >= left.start()), None)
        near = [*_before(article.sentences, at, most=3), sentence]
        if rest is None or any(_NESTED.search(each.bare) for each in near):
            continue
        parts = own if len(own) > 1 else [q for each in near for q in _percents(each)]
        told = [k for k, claim in enumerate(claims) if any(claim.sentence is each for each in near)]
        if not told or not 2 <= len(parts) <= 6:
            continue
        last = next((k for k in told if claims[k].sentence is sentence and claims[k].quantity == rest), told[-1])
        others = [q.low for q in parts if q is not rest]
        sums = [sum(some) + rest.low for n in range(1, len(others) + 1) for some in combinations(others, n)]
        if sums and not any(97 <= total <= 103 for total in sums):
            said = " + ".join(f"{value:g}%" for value in (*others, rest.low))
            total = sum(others) + rest.low
            yield Finding(last, ARITHMETIC, f"the sum does not hold: {said} is {total:g}%, and what remains makes 100%")


def _percents(sentence: Sentence) -> list[Quantity]:
    return [q for q in quantities(sentence.bare) if q.kind == "percent" and q.low == q.high]


def _modes(claims: Sequence[Claim]) -> Iterator[Finding]:
    """Remote, hybrid and on site exclude each other: of one set of jobs they cannot be more than all."""
    by_paragraph: dict[int, list[int]] = {}
    for k, claim in enumerate(claims):
        if claim.type == "remote" and claim.quantity is not None and claim.quantity.kind == "percent":
            by_paragraph.setdefault(claim.sentence.paragraph, []).append(k)
    for numbers in by_paragraph.values():
        held = [(k, _mode(claims, k)) for k in numbers]
        bases = {(c.topic.role, c.topic.country, c.topic.years, c.topic.level) for c in (claims[k] for k in numbers)}
        bare = " ".join({claims[k].sentence.bare: "" for k in numbers})
        if sorted(mode for _, mode in held) != sorted(_MODES) or len(bases) > 1:
            continue
        if _OPEN.search(bare) or _NESTED.search(bare):
            continue
        parts = [claims[k].quantity for k in numbers]
        total = sum(q.low for q in parts if q is not None)
        if total > 103:
            said = " + ".join(f"{q.low:g}% {mode}" for q, (_, mode) in zip(parts, held, strict=True) if q is not None)
            for k in numbers:
                yield Finding(k, ARITHMETIC, f"the sum does not hold: {said} is {total:g}% of one set of jobs")


def _mode(claims: Sequence[Claim], k: int) -> str:
    """The one mode of work that a claim's percentage is of, "" where that cannot be told."""
    q, bare = claims[k].quantity, claims[k].sentence.bare
    assert q is not None
    later = [other.start for other in quantities(bare) if other.start > q.start]
    behind = bare[q.end : min(later, default=len(bare))]
    named = [mode for mode, words in _MODES.items() if words.search(behind)]
    return named[0] if len(named) == 1 else ""

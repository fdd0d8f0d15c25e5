"""What can be said of a claim on its article's own terms: the classes, a finding, and how a claim is quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobtide.market.annual import PER_YEAR
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.numbers import Quantity, years

OK, INTERNAL, ARITHMETIC, UNIT = "ok", "internal_contradiction", "arithmetic", "unit_or_scale"
SCOPE, STALE, UNSOURCED, CONFLICT = "scope_mismatch", "stale", "unsourced", "conflict_of_interest"
CONTRADICTED, NOT_CHECKABLE = "data_contradicted", "not_checkable"
CLASSES = (OK, INTERNAL, ARITHMETIC, UNIT, SCOPE, STALE, UNSOURCED, CONFLICT, CONTRADICTED, NOT_CHECKABLE)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, or right, with claim number ``claim``: its class and why, in a sentence."""

    claim: int
    kind: str
    why: str


def against_each_other(claims: Sequence[Claim], i: int, k: int, why: str) -> Iterator[Finding]:
    """Yield one contradiction twice: at each of its two claims, with the other's words."""
    yield Finding(i, INTERNAL, f"{why}: “{short(claims[k])}”")
    yield Finding(k, INTERNAL, f"{why}: “{short(claims[i])}”")


def yearly(pay: Quantity) -> tuple[float, float]:
    """Return both ends of an amount of pay by year; one without a period is meant so."""
    factor = PER_YEAR[pay.period or "year"]
    return pay.low * factor, pay.high * factor


def same_sentence(claims: Sequence[Claim], i: int) -> list[int]:
    return [k for k, claim in enumerate(claims) if k != i and claim.sentence is claims[i].sentence]


def short(claim: Claim, most: int = 90) -> str:
    q = claim.quantity
    words = claim.sentence.words
    if len(words) <= most:
        return words.strip('"“” ')
    middle = (q.start + q.end) // 2 if q else most // 2
    low = max(0, min(middle - most // 2, len(words) - most))
    return f"…{words[low : low + most].strip()}…"


def amount(q: Quantity) -> str:
    """An amount as a reader knows it."""

    def one(value: float) -> str:
        for factor, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
            if value >= factor:
                return f"{value / factor:,.2f}{word}"
        return f"{value:,.0f}"

    sign = {"USD": "$"}.get(q.currency, f"{q.currency} " if q.currency else "")
    return f"{sign}{one(q.low)}" if q.low == q.high else f"{sign}{one(q.low)} to {sign}{one(q.high)}"


def said_of(q: Quantity) -> str:
    unit = {"percent": "%", "years": " years"}.get(q.kind, "")
    return f"{q.low:g}{unit}" if q.low == q.high else f"{q.low:g} to {q.high:g}{unit}"


def year_of(claim: Claim) -> int:
    """The year that stands nearest to a claim's number, 0 without one."""
    q = claim.quantity
    assert q is not None
    return min(((abs(q.end - at), year) for year, at in years(claim.sentence.bare)), default=(0, 0))[1]


def one_market(a: Claim, b: Claim) -> bool:
    """Whether two sizes are of the same market by its name."""
    pattern = re.compile(
        r"\b(generative AI|AI|artificial intelligence|machine learning|ML|NLP|natural language "
        r"processing|computer vision|MLOps|data science|deep learning|chatbot|data annotation)\b",
        re.IGNORECASE,
    )
    named = []
    for claim in (a, b):
        found = pattern.search(claim.sentence.bare)
        named.append(
            {"artificial intelligence": "ai", "ml": "machine learning"}.get(found[1].lower(), found[1].lower())
            if found
            else ""
        )
    return named[0] == named[1]

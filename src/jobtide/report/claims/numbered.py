"""What does a number of an article claim? Pay, growth, a share, experience ..., or nothing."""

import re

from jobtide.report.claims import wording
from jobtide.report.claims.numbers import Quantity
from jobtide.report.claims.topic import topic

_NEAR = 110  # characters to either side of a share in which it is said what it is a share of
_I = re.IGNORECASE
_CAGR = re.compile(r"\bCAGR\b|\bcompound(?:ed)? annual\b|\bannual(?:ized|ised)? (?:growth )?rate\b|\bper annum\b", _I)
_YEARLY = re.compile(r"\s*(?:growth |increase )?(?:a|per|each|every) year\b|\s*(?:annually|yearly)\b", _I)
_REMOTE = re.compile(
    r"\bremote(?:ly)?\b|\bhybrid\b|\bon-?site\b|\bwork(?:ing)? from home\b|\btelework\w*|\bin[- ]office\b", _I
)
# What follows a number: "$10,000 more than", "40 % of".
_MORE = re.compile(
    r"[\s-]*(?:(?:a|per) (?:year|month|hour) )?(?:salary |pay |wage )?(?:increase|raise|bump|jump|bonus|premium"
    r"|more|less|higher|lower)\b",
    _I,
)
_PART = re.compile(
    r"\s*(?:of|list|lists|require|requires|ask|asks|mention|mentions|name|names|want|offer|are"
    r"|were|is)\b(?! (?:the )?(?:growth|increase))",
    _I,
)
_GREW = re.compile(wording.GROWTH.pattern + r"(?:\W+\w+){0,6}\W*$", _I)
_GROWS = re.compile(r"(?:\W+\w+){0,4}?\W+" + wording.GROWTH.pattern, _I)
_BY = re.compile(r"\bby\W*(?:about |around |roughly |nearly |over |almost )?$", _I)


def claimed(quantity: Quantity, bare: str, heading: str) -> str:
    """Return the type of a number's claim, "" for a number that claims nothing here.

    ``bare`` is its sentence, ``heading`` what stands above.
    """
    if quantity.kind == "money":
        return _of_money(quantity, bare, heading)
    if quantity.kind == "years":
        return "experience"
    if quantity.kind == "count":
        return "count"
    if quantity.kind == "multiple":
        return "growth" if wording.ABOUT_JOBS.search(bare) or wording.MARKET.search(bare) else ""
    if quantity.kind == "points":
        return "growth" if wording.GROWTH.search(bare) else "share"
    return _of_percent(quantity, bare)


def _of_money(quantity: Quantity, bare: str, heading: str) -> str:
    """Under a heading about pay an amount is pay though its line does not say so: lists and tables are so written."""
    paid = wording.PAY.search(bare)
    if _MORE.match(bare[quantity.end :]):
        return "growth" if paid else ""
    large = quantity.low >= 5e6 or quantity.scaled in ("million", "billion", "trillion", "mn", "bn", "tn", "m", "b")
    if wording.MARKET.search(bare) and (large or not paid):
        return "market_size"
    if large:
        return ""
    return "pay" if paid or topic(bare).role or quantity.period or wording.PAY.search(heading) else ""


def _of_percent(quantity: Quantity, bare: str) -> str:
    before, after = bare[: quantity.start], bare[quantity.end :]
    here = bare[max(0, quantity.start - _NEAR) : quantity.end + _NEAR]
    market = wording.MARKET.search(bare)
    if _CAGR.search(here) or (market and (_CAGR.search(bare) or _YEARLY.match(after))):
        return "cagr"
    if wording.CERT.search(bare) and (wording.PREMIUM.search(bare) or wording.PAY.search(bare)):
        return "certificate"
    part = _PART.match(after)
    if (_GREW.search(before) or _GROWS.match(after)) and (not part or _BY.search(before)):
        return "growth"
    if wording.PREMIUM.search(bare) and not part:
        return "growth" if re.search(r"\b(?:salar|wage|pay)", bare, _I) else ""
    return _of_share(here) if wording.ABOUT_JOBS.search(bare) else ""


def _of_share(here: str) -> str:
    """What the words near a share of jobs say it is a share of."""
    for kind, pattern in (("remote", _REMOTE), ("certificate", wording.CERT), ("degree", wording.DEGREE)):
        if pattern.search(here):
            return kind
    return "experience" if wording.EXPERIENCE.search(here) and re.search(r"\byears?\b", here, _I) else "share"

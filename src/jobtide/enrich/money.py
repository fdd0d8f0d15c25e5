"""Which amounts of money does a text write, in which currency and for which period of work?

"$150,000 - $190,000", "150-190k USD", "€80.000", "48 k€ à 56 k€", "$45/hour", "₹25 lakhs per annum", "300K to 400K OTE".
Whether an amount is pay for the job is not asked here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jobtide.enrich import patterns
from jobtide.enrich.patterns import test

_CODES = "USD|EUR|GBP|CAD|AUD|CHF|SGD|INR|PLN|SEK|NOK|DKK|BRL|MXN|JPY|KRW|PHP|ILS|NZD|AED|HKD|CNY|ZAR|CZK|HUF|RON"
# "95 000 $ à 115 000 $", "zwischen 70.000 und 85.000 Euro": signs behind the number; a dollar there has no number behind it.
_BEHIND_NUMBER = rf"\b(?:{_CODES})\b|€|£|(?i:euros?)\b|\$(?:[\s,;.)/]|$)"
_SYMBOL = rf"(?:(?:US|CA|C|CAD|AU|A|S|SG|NZ|HK|R|MX)?\s?\$|€|£|₹|¥|₩|\b(?i:{_CODES})\b\s?\$?)"
_NUMBER = r"\d{1,3},\d{4}\b|\d{1,3}(?:[,.' ’]\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?"
_SCALE = r"\s?[kK]\b|\s?(?i:lpa|lakhs?|lacs?)\b|\s?[mM](?:illion|M)?\b|\s?[bB](?:illion|n)?\b"
_PER = (
    r"\s*(?:/|per|an?|p\.?|each|\()\s*(?i:hours?\b|hr\b|h\b|day\b|week\b|wk\b|months?\b|mo\b|years?\b|yr\b|annum\b|annually\b|a\.|pa\b)|"
    r"\s*(?i:hourly|annually|yearly|monthly|daily|p\.a\.?|annual\b|pa\b)"
)
# "$90,000 (min) - $110,000 (mid) - $130,000 (max)": the middle one says nothing more.
_MID = (
    rf"(?:\s?\((?i:min(?:imum)?|low)\.?\)(?:\s?(?:-|–|—)\s?(?:{_SYMBOL})?\s?(?:{_NUMBER})(?:{_SCALE})?\s?"
    r"\((?i:mid(?:point)?|median|target)\.?\))?)?"
)
_AMOUNT = patterns.compile(
    rf"({_SYMBOL})?\s?({_NUMBER})({_SCALE})?\s?\+?\s?({_BEHIND_NUMBER})?({_PER})?{_MID}"
    rf"(?:\s*(?:-|–|—|−|\b(?:to|and|up to|bis|und|et|y|a|hasta)\b|à|~)\s*({_SYMBOL})?\s?({_NUMBER})({_SCALE})?\s?\+?)?"
    rf"\s?(€|£|(?i:euros?)\b|\$(?:[\s,;.)/]|$))?\s?(\(?\b(?:{_CODES})\b\)?)?({_PER})?"
)  # fmt: skip
_GROUPS = range(1, 12)
_BEFORE, _BEHIND = 32, 72  # bytes around a sign of money in which its amount stands
_SIGNS = tuple(sign.encode() for sign in ("$", "€", "£", "₹", "¥", "₩"))
_CODE = patterns.compile(_CODES + "|(?i:euros?)")
_HAS_CODE = test(_CODES + "|(?i:euro)")
_WORDS = {
    "$": "USD", "us$": "USD", "ca$": "CAD", "c$": "CAD", "cad$": "CAD", "au$": "AUD", "a$": "AUD", "s$": "SGD", "sg$": "SGD",
    "nz$": "NZD", "hk$": "HKD", "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₩": "KRW", "euro": "EUR", "euros": "EUR",
}  # fmt: skip
_PERIODS = (
    ("hour", patterns.compile(r"(?i)hour|\bhr\b|/ ?h\b|hourly|\bstunden?\b|\bstundensatz\b|\bstundenlohn\b|\bheure\b|\bhora\b")),
    ("day", patterns.compile(r"(?i)\bday\b|daily|\btag\b|\btagessatz\b|\btjm\b|\bjour\b|\bdía\b")),
    ("week", patterns.compile(r"(?i)week|\bwk\b")),
    ("month", patterns.compile(r"(?i)month|\bmo\b|monthly|monat|\bmois\b|\bmensuel|\bal mes\b|\bmensual|\bm[eê]s\b|\bmiesięczn")),
    ("year", patterns.compile(r"(?i)year|\byr\b|annum|annual|p\.?a\b|yearly|jahr|\bjährlich|\bpar an\b|\bannuel|\baño\b|\banual")),
)  # fmt: skip
# What a year, month, week, day or hour of work can plausibly pay, in the currencies of 1 to 2 dollars; others scale.
_YEARLY_BONUS = patterns.compile(r"(?i) (?:\w+ )?bonus")
_BOUNDS = {
    "year": (12_000, 2_000_000),
    "month": (800, 90_000),
    "week": (200, 20_000),
    "day": (50, 5_000),
    "hour": (7, 500),
}
_SMALL = {"INR": 80, "JPY": 150, "KRW": 1300, "PHP": 55, "PLN": 4, "SEK": 10, "NOK": 10, "DKK": 7, "MXN": 18, "BRL": 2.5, "CZK": 23,
          "HUF": 350, "ZAR": 18, "ILS": 3.6, "CNY": 7, "HKD": 7.8, "AED": 3.7, "RON": 4.6}  # fmt: skip

_IN_MILLIONS = 20  # units to the dollar: of smaller ones a year's pay is written in millions
# "Salary range 300K to 400K", "130k - 160k base": no sign at all, yet nothing else is written so.
_BARE = patterns.compile(
    r"(?i)(?:\b(?:salary|compensation|pay|ote|base)\b[^.;\n]{0,24}?\s)(\d{2,3})[kK]?\s?(?:-|–|—|to)\s?(\d{2,3})[kK]\b|"
    r"\b(\d{2,3})[kK]?\s?(?:-|–|—|to)\s?(\d{2,3})[kK]\s(?:base|ote|salary)\b|"
    r"(?:[|｜,(]|[-–—]) ?(\d{2,3})[kK]?\s?(?:-|–|—|to)\s?(\d{2,3})[kK]\+?(?: ?[|｜)+]|,? (?:\+ ?|plus )?equity\b| doe\b|$)|"
    r"\b(?:salary|compensation|pay|base):? (?:of |is |up to |from )?(\d{2,3})([kK])\b"
)
_SINGLE = 7  # the group of one amount: "Compensation: up to 85k"


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount or range, in whole units of ``currency`` per ``period``, and its bytes in the block."""

    low: float
    high: float
    currency: str
    period: str
    start: int
    end: int


def amounts(block: bytes, dollars: str, *, bare: bool) -> Iterator[Amount]:
    """Yield the amounts of a block that work could pay, in order; ``dollars`` is whose dollar a bare "$" is.

    The pattern is tried only around signs and codes of money. ``bare``: a range in thousands beside a word of pay is
    believed without any sign, in ``dollars``.

    >>> [(a.low, a.high, a.currency, a.period) for a in amounts(b"$150-190k a year, or EUR 91.000", "USD", bare=False)]
    [(150000.0, 190000.0, 'USD', 'year'), (91000.0, 91000.0, 'EUR', 'year')]
    """
    done, silent = 0, bare
    for at in sorted(_signs(block)):
        silent = False
        if at < done:
            continue
        begin = max(done, block.rfind(b" ", 0, max(0, at - _BEFORE)) + 1)
        for m in _AMOUNT.finditer(block, begin, min(len(block), at + _BEHIND)):
            if m.end() <= at:
                continue
            done = m.end()
            read = _amount(block, m, dollars)
            if read is not None:
                yield read
            break
    if silent and (b"k" in block or b"K" in block):
        for m in _BARE.finditer(block):
            group = next(group for group in (1, 3, 5, 7) if m.start(group) >= 0)
            low = high = 1000 * float(m[group])
            end = m.end(group + 1)
            if group != _SINGLE:
                high, end = 1000 * float(m[group + 1]), end + 1
            if low <= high and _plausible("year", low, high, 1):
                yield Amount(low, high, dollars, "year", m.start(group), end)


def _signs(block: bytes) -> Iterator[int]:
    """Where a sign or code of money stands."""
    for sign in _SIGNS:
        at = block.find(sign)
        while at >= 0:
            yield at
            at = block.find(sign, at + 1)
    if _HAS_CODE(block):
        for m in _CODE.finditer(block):
            yield m.start()


def _amount(block: bytes, m: patterns.Match, dollars: str) -> Amount | None:
    """The match as numbers with currency and period, or None if it is no plausible pay."""
    s1, n1, k1, c1, p1, s2, n2, k2, s3, c2, p2 = (block[a:b] if b > 0 else None for a, b in map(m.span, _GROUPS))
    symbol = (s1 or s2 or c1 or c2 or s3 or b"").decode().strip(" (),;./\n").lower()
    if not symbol:
        return None
    currency = _WORDS.get(symbol.replace(" ", ""), symbol.rstrip("$ ").upper()[:3])
    code = (c1 or c2 or b"").decode().strip(" (),;./\n").lower()
    if code and code != "$":
        currency = _WORDS.get(code, code.upper())
    elif symbol == "$":
        currency = dollars
    start, end = m.span()
    if n2 and block.startswith(b"%", m.end(7)):
        n2, k2, end = None, None, max(m.end(group) for group in (2, 3, 4, 5))  # "€45,000 and 0.25% equity"
    if _SMALL.get(currency, 1) < _IN_MILLIONS and any((k or b"").strip()[:1].lower() in (b"m", b"b") for k in (k1, k2)):
        return None
    low, high = _range(n1, k1, n2, k2)
    if high < low or high > 6 * low:
        return None
    if _YEARLY_BONUS.match(block, end) and block[start:end].lower().endswith(b"annual"):
        end -= len(b"annual")  # "£60,000 - £75,000 + annual bonus"
        p1 = p2 = None
    whole = block[start:end]
    start, end = start + len(whole) - len(whole.lstrip()), start + len(_without_plus(whole.rstrip()))
    period = _period(block, start, end, p1 or p2 or b"", low, high, currency)
    if period is None:
        return None
    return Amount(low, high, currency, period, start, end)


def _without_plus(words: bytes) -> bytes:
    """The amount without a sign that adds something else: "$150K – $180K + equity"; "$150K+" keeps its own."""
    return words[:-2].rstrip() if words.endswith(b" +") else words


def _range(n1: bytes | None, k1: bytes | None, n2: bytes | None, k2: bytes | None) -> tuple[float, float]:
    """Both ends of the amount; a single number is both. "150-190k" and "$170-195,000" lend the first its thousands."""
    low = _number(n1, k1 or (k2 if n2 else None), alone=k1 is not None)
    if not n2:
        return low, low
    high = _number(n2, k2, alone=True)
    if low < 1000 and 10_000 <= high <= low * 6000:
        low *= 1000
    if k1 is not None and k2 is None and high < low:
        high = _number(n2, k1, alone=True)
    return low, high


def _number(digits: bytes | None, scale: bytes | None, *, alone: bool) -> float:
    """A number as written in English or in continental notation, with its k, lakh or million."""
    words = (digits or b"0").decode().replace(" ", "").replace("'", "").replace("’", "").replace("\u202f", "")
    _, comma, rest = words.partition(",")
    if comma and len(rest) == 4 and rest.isdigit() and rest.endswith("0"):
        words = words[:-1]  # "$100,0000": a zero too many, read as meant
    _, dot, tail = words.rpartition(".")
    if dot and len(tail) == 3 and "," not in words:
        words = words.replace(".", "")
    number = float(
        words.replace(",", "")
        if not (words.count(",") == 1 and len(words.split(",")[1]) == 2)
        else words.replace(",", ".")
    )
    unit = (scale or b"").decode().strip().lower()
    if unit == "k" and (alone or number < 1000):
        return number * 1000
    if unit.startswith(("lpa", "lakh", "lac")):
        return number * 100_000
    if unit[:1] == "m":
        return number * 1e6
    if unit[:1] == "b":
        return number * 1e9
    return number


def _period(
    block: bytes, start: int, end: int, said: bytes, low: float, high: float, currency: str
) -> str | None:  # fmt: skip
    """The period that is named with the amount or near it, else the one the amount's size allows; None if none."""
    near = block[end : end + 28]
    before = block[max(0, start - 40) : start]
    scale = _SMALL.get(currency, 1)
    for words in (said, near, before):
        for period, pattern in _PERIODS:
            if words and _plausible(period, low, high, scale) and pattern.search(words):
                return period
    for period in ("year", "hour"):
        if _plausible(period, low, high, scale) and (period == "year" or b"hour" in (near + before).lower()):
            return period
    return None


def _plausible(period: str, low: float, high: float, scale: float) -> bool:
    least, most = _BOUNDS[period]
    return least * scale <= low and high <= most * scale

"""Pay that a text states for the job: ranges and single amounts, in any currency and period.

"$150,000 - $190,000", "150-190k USD", "€80.000", "$45/hour", "OTE $240k"; not funding, revenue, 401(k), stipends,
budgets, bonuses alone or years. Several ranges by place or level give several facts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobtide.enrich import patterns
from jobtide.enrich.patterns import test
from jobtide.model import Found, Window

KINDS = ("pay",)
TRIGGERS = (
    "$", "€", "£", "₹", "¥", "₩", "usd", "eur", "gbp", "cad", "aud", "chf", "sgd", "inr", "pln", "sek", "nok", "dkk", "lpa",
    "brl", "mxn", "jpy", "krw", "php", "ils", "nzd", "aed", "hkd", "salary", "compensation range", "base pay", "ote", "k",
)  # fmt: skip

_CODES = "USD|EUR|GBP|CAD|AUD|CHF|SGD|INR|PLN|SEK|NOK|DKK|BRL|MXN|JPY|KRW|PHP|ILS|NZD|AED|HKD|CNY|ZAR|CZK|HUF|RON"
_SYMBOL = rf"(?:(?:US|CA|C|CAD|AU|A|S|SG|NZ|HK|R|MX)?\s?\$|€|£|₹|¥|₩|\b(?i:{_CODES})\b\s?\$?)"
_NUMBER = r"\d{1,3},\d{4}\b|\d{1,3}(?:[,.' ’]\d{3})+(?:\.\d{1,2})?|\d{1,7}(?:\.\d{1,2})?"
_SCALE = r"\s?[kK]\b|\s?(?i:lpa|lakhs?|lacs?)\b|\s?[mM](?:illion|M)?\b|\s?[bB](?:illion|n)?\b"
_PER = (
    r"\s*(?:/|per|an?|p\.?|each|\()\s*(?i:hours?\b|hr\b|h\b|day\b|week\b|wk\b|months?\b|mo\b|years?\b|yr\b|annum\b|annually\b|a\.|pa\b)|"
    r"\s*(?i:hourly|annually|yearly|monthly|daily|p\.a\.?|annual\b|pa\b)"
)
_AMOUNT = patterns.compile(
    rf"({_SYMBOL})?\s?({_NUMBER})({_SCALE})?\s?\+?\s?(\b(?:{_CODES})\b)?({_PER})?"
    rf"(?:\s*(?:-|–|—|−|\bto\b|\band\b|\bup to\b|~)\s*({_SYMBOL})?\s?({_NUMBER})({_SCALE})?\s?\+?)?"
    rf"\s?(€|£)?\s?(\(?\b(?:{_CODES})\b\)?)?({_PER})?"
)  # fmt: skip
_GROUPS = range(1, 12)
_BEFORE, _BEHIND = 32, 72  # bytes around a sign of money in which its amount stands
_SIGNS = tuple(sign.encode() for sign in ("$", "€", "£", "₹", "¥", "₩"))
_CODE = patterns.compile(_CODES)
_HAS_CODE = test(_CODES)
_WORDS = {
    "$": "USD", "us$": "USD", "ca$": "CAD", "c$": "CAD", "cad$": "CAD", "au$": "AUD", "a$": "AUD", "s$": "SGD", "sg$": "SGD",
    "nz$": "NZD", "hk$": "HKD", "r$": "BRL", "mx$": "MXN", "€": "EUR", "£": "GBP", "₹": "INR", "¥": "JPY", "₩": "KRW",
}  # fmt: skip
_PERIODS = (
    ("hour", patterns.compile(r"(?i)hour|\bhr\b|/ ?h\b|hourly")), ("day", patterns.compile(r"(?i)\bday\b|daily")),
    ("week", patterns.compile(r"(?i)week|\bwk\b")), ("month", patterns.compile(r"(?i)month|\bmo\b|monthly")),
    ("year", patterns.compile(r"(?i)year|\byr\b|annum|annual|p\.?a\b|yearly")),
)  # fmt: skip
# What a year, month, week, day or hour of work can plausibly pay, in the currencies of 1 to 2 dollars; others scale.
_BOUNDS = {
    "year": (12_000, 2_000_000),
    "month": (800, 90_000),
    "week": (200, 20_000),
    "day": (50, 5_000),
    "hour": (7, 500),
}
_SMALL = {"INR": 80, "JPY": 150, "KRW": 1300, "PHP": 55, "PLN": 4, "SEK": 10, "NOK": 10, "DKK": 7, "MXN": 18, "BRL": 5, "CZK": 23,
          "HUF": 350, "ZAR": 18, "ILS": 3.6, "CNY": 7, "HKD": 7.8, "AED": 3.7, "RON": 4.6}  # fmt: skip

_PAY_WORDS = patterns.compile(
    r"(?i)\b(?:salar(?:y|ies)|compensation|comp\b|base\b|base pay|pay\b|pay range|ote|on[- ]target|earnings?|remuneration|wage|rate|"
    r"cash|range|gehalt|rémunération|salaire|salario|package|tc|hourly|per hour|annually|per year|p\.a\.|paid|earn|per annum)"
)
_TRAP_BEFORE = patterns.compile(
    r"(?i)(?:rais\w+|funding|series [a-f]|seed|revenue|arr\b|valu(?:ed|ation)|backed|invest\w+|budgets?|stipends?|allowance|"
    r"reimburse\w*|bonus(?:es)?(?: of)?|referral|401\(?k\)?|save[ds]?|worth|market|industry|gmv|payments?|transact\w*|process\w*|"
    r"managing|managed|deals?|contracts? (?:of|worth|valued)|quota|portfolio|credits?|up to \$?\d* ?(?:match)|insurance|coverage|"
    r"customers?|assets|spend(?:ing)?|grants?|donat\w*|equity|stock|options|rsus?|sign[- ]on|signing|relocation|learning|"
    r"education|wellness|equipment|gym|per diem|lunch|meal|travel|acv|tcv|loans?|debt|capital|pipeline|deductible|fee|scholarship|prize|award|hsa|contribution|p&l|company|aum)[^.;\n]{0,28}$"
)
_TRAP_AFTER = patterns.compile(
    r"(?i)^[^.;\n$€£]{0,14}\b(?:in (?:funding|revenue|arr|sales|venture|assets|annual recurring|debt|equity)|funding|raised|revenue|arr|valuation|stipend|budget|allowance|"
    r"bonus|signing|sign-on|referral|credit|match|reimburse\w*|per (?:month|year) (?:stipend|toward|for)|a (?:month|year) (?:stipend|toward)|(?:toward|towards|in equity|equity|worth of|seed|series|round|"
    r"customers|users|employees|people|companies|businesses|acv|quota|deals?|market|industry|annually in|annual (?:revenue|spend|budget|learning|stipend)|grant|for (?:learning|home|wellness|equipment|office|your)|learning|home office|wellness|education|in stock|of equity|professional development|towards))\b"
)
_OTE = patterns.compile(r"(?i)\bote\b|on[- ]target|target earnings|incl(?:uding|usive)? (?:of )?commission|variable")
_TOTAL = patterns.compile(r"(?i)total (?:cash|compensation|target comp\w*|comp\b|rewards|package)|\btc\b|all[- ]in")
_BASE = patterns.compile(r"(?i)\bbase\b|salar(?:y|ies)|gehalt|salaire|salario|\bpay range\b|\bwage\b")

_CALLED = (("ote", _OTE), ("total", _TOTAL), ("base", _BASE))


@dataclass(frozen=True, slots=True)
class _Read:
    """One amount or range with everything settled but its kind."""

    low: float
    high: float
    currency: str
    period: str
    start: int
    end: int


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each stated range once, in order.

    >>> text = "Base salary: $150,000 - $190,000. We raised $20M. 401(k) match.".encode()
    >>> [(f.low, f.high, f.currency, f.period, f.extra) for f in find(text, [Window(0, 63, "benefits")])]
    [(150000.0, 190000.0, 'USD', 'year', 'base')]
    """
    dollars = _dollar(windows, text)
    seen: set[tuple[float, float, str, str]] = set()
    for window in windows:
        if window.section in ("title", "location"):
            continue
        block = text[window.start : window.end]
        lead = text[max(0, window.start - 120) : window.start]  # the heading above often says what the amount is
        for read in _amounts(block, dollars):
            if _trapped(block, read) or not _about_pay(block, read, lead):
                continue
            key = (read.low, read.high, read.currency, read.period)
            if key not in seen:
                seen.add(key)
                yield _found(block, lead, read, window)


def _amounts(block: bytes, dollars: str) -> Iterator[_Read]:
    """The plausible amounts of a block: the pattern is tried only around signs and codes of money."""
    done = 0
    for at in sorted(_signs(block)):
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


def _dollar(windows: Sequence[Window], text: bytes) -> str:
    """Whose dollar a bare "$" is: Canada's or Australia's where the location names only them."""
    where = b" ".join(text[w.start : w.end] for w in windows if w.section == "location").lower()
    if any(
        c in where for c in (b"canada", b"toronto", b"vancouver", b"montreal", b"ottawa", b"calgary")
    ) and not _US.search(where):
        return "CAD"
    if any(c in where for c in (b"australia", b"sydney", b"melbourne", b"brisbane", b"perth")) and not _US.search(
        where
    ):
        return "AUD"
    return "USD"


_US = patterns.compile(
    r"(?i)\b(?:us|usa|u\.s\.?|united states|new york|san francisco|nyc|sf|seattle|boston|austin|remote|america)\b"
)


def _amount(block: bytes, m: patterns.Match, dollars: str) -> _Read | None:
    """The match as numbers with currency and period, or None if it is no plausible pay."""
    s1, n1, k1, c1, p1, s2, n2, k2, s3, c2, p2 = (block[a:b] if b > 0 else None for a, b in map(m.span, _GROUPS))
    symbol = (s1 or s2 or c1 or c2 or s3 or b"").decode().strip(" ()").lower()
    if not symbol:
        return None
    currency = _WORDS.get(symbol.replace(" ", ""), symbol.rstrip("$ ").upper()[:3])
    code = (c1 or c2 or b"").decode().strip("() ").upper()
    if code:
        currency = code
    elif symbol == "$":
        currency = dollars
    low, high = _range(n1, k1, n2, k2)
    if high < low or high > 6 * low:
        return None
    start, end = m.span()
    whole = block[start:end]
    start, end = start + len(whole) - len(whole.lstrip()), start + len(whole.rstrip())
    period = _period(block, start, end, p1 or p2 or b"", low, high, currency)
    if period is None:
        return None
    return _Read(low, high, currency, period, start, end)


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


def _trapped(block: bytes, read: _Read) -> bool:
    """Whether the words around the amount speak of money that is not pay for the job."""
    before = block[max(0, read.start - 90) : read.start]
    after = block[read.end : read.end + 60]
    if _DREAM.search(before):
        return True
    if read.low < read.high and _RANGE_OF_PAY.search(before):
        return False  # "base salary range $150k - $190k + equity": what follows comes on top
    if _TRAP_AFTER.search(after) and not _ON_TOP.match(after):
        return True
    trap = _TRAP_BEFORE.search(before)
    return trap is not None and not _NEARER.search(before[trap.start() :])


_DREAM = patterns.compile(
    r"(?i)\b(?:potential|ability|opportunity|able|chance) to (?:earn|make)\b[^.;\n]{0,30}$|\bearn (?:up to|over)\b[^.;\n]{0,12}$"
)
_RANGE_OF_PAY = patterns.compile(
    r"(?i)\b(?:salar(?:y|ies)|base|compensation|pay|ote|earnings|wage|rate)\b[^;\n]{0,90}$"
)
_ON_TOP = patterns.compile(
    r"(?i)^\W{0,4}(?:\+|plus|and offers|exclusive|not including|excluding|in addition|as well as|with|offers)\b?"
)
_NEARER = patterns.compile(r"(?i)\b(?:salary|base|ote|pay|compensation|range|rate|earn(?:ings)?|wage)\b[^.;\n]{0,24}$")


def _about_pay(block: bytes, read: _Read, lead: bytes) -> bool:
    """Whether pay is the subject: its words stand in the block or the heading above, or the range speaks for itself."""
    sentence = block[max(0, read.start - 160) : read.end + 60]
    if _PAY_WORDS.search(sentence):
        return True
    return bool(_PAY_WORDS.search(lead)) or (read.low < read.high and read.period == "year" and read.low >= 20_000)


def _kind(block: bytes, lead: bytes, read: _Read) -> str:
    """What the amount is called: the word nearest before it decides, then one behind it, then the heading's."""
    before = block[max(0, read.start - 70) : read.start]
    last = [(m.start(), kind) for kind, pattern in _CALLED for m in pattern.finditer(before)]
    if last:
        return max(last)[1]
    for words in (block[read.end : read.end + 30], block + lead):
        for kind, pattern in _CALLED:
            if pattern.search(words):
                return kind
    return "unknown"


def _found(block: bytes, lead: bytes, read: _Read, window: Window) -> Found:
    kind = _kind(block, lead, read)
    return Found(
        "pay", low=read.low, high=read.high, currency=read.currency, period=read.period, extra=kind,
        start=window.start + read.start, end=window.start + read.end, section=window.section, confidence=0.9,
        rule="pay/range" if read.high > read.low else "pay/single",
    )  # fmt: skip

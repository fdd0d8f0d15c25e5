"""Which quantities does a sentence state? Money, percent, points, counts, years of experience, multiples.

Every quantity keeps where it stands; a range is one quantity with a low and a high end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_N = r"(?:\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:\s?(?:thousand|million|billion|trillion|lakhs?|crores?|mn|bn|tn|[kKmMbBT])\b\+?)"
_SIGN = r"(?:US\s?\$|C\$|A\$|CA\$|\$|€|£|₹|(?:USD|EUR|GBP|INR|CAD|AUD|CHF)\s?)"
_TO = r"\s*(?:-|–|—|to|and|through|up to)\s*"
_PER = re.compile(
    r"^\s*(?:\([^)]{0,20}\)\s*)?(?:/|per\s|an?\s|each\s|every\s)?\s*"
    r"(?P<unit>years?|yr|annum|annually|yearly|hours?|hr|hourly|months?|monthly|mo|weeks?|weekly|days?|daily)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"(?P<sign>{_SIGN})\s?(?P<low>{_N})(?P<scale>{_SCALE})?"
    rf"(?:{_TO}(?:{_SIGN})?\s?(?P<high>{_N})(?P<scale2>{_SCALE})?)?(?!\d)"
)
_WORDED = re.compile(
    rf"(?P<low>{_N})(?P<scale>\s?(?:thousand|million|billion"
    rf"|trillion))?(?:{_TO}(?P<high>{_N})(?P<scale2>\s?(?:thousand|million|billion|trillion)))?"
    r"\s(?:US\s)?(?P<sign>dollars?|USD|euros?|EUR|pounds|GBP|rupees|INR)\b"
)
_PERCENT = re.compile(
    rf"(?P<low>{_N})\s?(?:%|percent|per cent|pct)?{_TO}(?P<high>{_N})\s?(?P<u1>%|percent|per cent"
    rf"|pct)(?P<p1>(?:age)?[- ]points?|\s?pp\b)?"
    rf"|(?P<only>{_N})\s?(?:(?P<u2>%|percent|per cent|pct)(?P<p2>(?:age)?[- ]points?|\s?pp\b)?"
    rf"|(?P<pp>pp|percentage points?)\b)"
)
_YEARS = re.compile(
    rf"(?P<low>{_N})\s*\+?(?:{_TO}(?P<high>{_N}))?\s*\+?[- ]?years?(?=[’']?\s(?:\w+\s){{0,5}}experience)"
    r"|experience\s(?:\w+\s){0,4}(?P<low2>\d{1,2})(?:\s*(?:-|–|to)\s*(?P<high2>\d{1,2}))?\+?\s*years?"
)
_NOUN = (
    r"(?:new |open |additional |more |AI |ML |tech |total |net |global |active |unique |full-time |job )*"
    r"(?:jobs?|roles?|positions?|openings?|postings?|vacancies|listings?|ads?|offers?|people"
    r"|workers?|professionals?|specialists?"
    r"|engineers?|scientists?|developers?|employees?|graduates?|companies|employers|startups)"
)
_COUNT = re.compile(
    rf"(?P<low>{_N})(?P<scale>\s?(?:thousand|million|billion|mn|bn"
    rf"|[kKM]\b))?\+?(?:{_TO}(?P<high>{_N})(?P<scale2>\s?(?:thousand|million|billion|mn|bn"
    rf"|[kKM]\b))?)?\s(?:[A-Za-z]\w*[- ]){{0,4}}?{_NOUN}\b"
)
_WORDS = {
    "half": (50, 50), "one half": (50, 50), "a third": (33, 34), "one third": (33, 34), "two thirds": (66, 67),
    "a quarter": (25, 25), "one quarter": (25, 25), "three quarters": (75, 75), "a fifth": (20, 20),
    "one fifth": (20, 20), "two fifths": (40, 40), "three fifths": (60, 60), "four fifths": (80, 80),
    "a tenth": (10, 10), "nine out of ten": (90, 90), "nine in ten": (90, 90), "eight in ten": (80, 80),
    "eight out of ten": (80, 80), "seven in ten": (70, 70), "six in ten": (60, 60), "four in ten": (40, 40),
    "three in ten": (30, 30), "one in two": (50, 50), "one in three": (33, 34), "one in four": (25, 25),
    "one in five": (20, 20), "one in ten": (10, 10), "the majority": (50, 100), "the vast majority": (70, 100),
    "a majority": (50, 100), "most": (50, 100),
}  # fmt: skip
_SHARES = re.compile(
    r"\b(?P<word>" + "|".join(sorted((w.replace(" ", r"[\s-]") for w in _WORDS), key=len, reverse=True)) + r")\b"
    r"(?=(?:\s(?:of|all))?\s(?:the\s)?(?:\w+[- ]){0,5}?(?:jobs|roles|positions|openings|postings"
    r"|vacancies|listings|ads|employers|companies|offers|engineers)\b)",
    re.IGNORECASE,
)
_MULTIPLE = re.compile(
    rf"\b(?:(?P<word>doubl|tripl|quadrupl)(?:e[ds]?|ing)\b|(?P<n>{_N}|two|three|four|five|ten)[- ]?(?:fold|times|x)\b)",
    re.IGNORECASE,
)
_FOLD = {"doubl": 2.0, "tripl": 3.0, "quadrupl": 4.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0}
_SPELT = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_SPELT_PERCENT = re.compile(
    r"\b(?P<tens>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?[- ]?(?P<ones>"
    + "|".join(_SPELT)
    + r")\s(?:percent|per cent)(?P<points>age points?)?",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d.,$€£])\b((?:19|20)\d\d)\b(?![,.]\d|\s?(?:%|percent|jobs|openings|postings))")
_CURRENCY = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "rupee": "INR",
}
_FACTOR = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "t": 1e12,
    "tn": 1e12, "trillion": 1e12, "lakh": 1e5, "crore": 1e7,
}  # fmt: skip
_UNITS = {"y": "year", "a": "year", "h": "hour", "m": "month", "w": "week", "d": "day"}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated quantity: ``kind`` is money, percent, points, years, count or multiple; ends are equal for one number.

    Percent and points are as written (8, not 0.08); money in whole units of ``currency``, ``period`` "" if not said.
    ``scaled`` says that a scale word (million, k) was written.
    """

    kind: str
    low: float
    high: float
    start: int
    end: int
    currency: str = ""
    period: str = ""
    scaled: str = ""

    @property
    def middle(self) -> float:
        """The number, or the middle of the range."""
        return (self.low + self.high) / 2


def number(text: str) -> float:
    """A written number.

    >>> number("2,575.16"), number("40")
    (2575.16, 40.0)
    """
    return float(text.replace(",", ""))


def quantities(words: str) -> list[Quantity]:
    """Return the quantities of a sentence in order; where two readings overlap the first kind tried wins.

    >>> [(q.kind, q.low, q.high) for q in quantities("from $109,143 to $131,000, up 8%")]
    [('money', 109143.0, 131000.0), ('percent', 8.0, 8.0)]
    """
    out: list[Quantity] = []
    for reader in (_money, _percents, _out_of, _shares, _years, _counts, _multiples):
        for found in reader(words):
            if all(found.end <= other.start or found.start >= other.end for other in out):
                out.append(found)
    return sorted(out, key=lambda found: found.start)


def years(words: str) -> list[tuple[int, int]]:
    """Return the calendar years a sentence names, with their offsets.

    >>> years("from 2022 to 2032"), years("$2,032 and 2025 openings")
    ([(2022, 5), (2032, 13)], [])
    """
    return [(int(found[1]), found.start()) for found in YEAR.finditer(words)]


def scale(text: str | None) -> float:
    """The factor of a scale word, 1 for none.

    >>> scale(" million"), scale(None)
    (1000000.0, 1.0)
    """
    return _scale(text)[0]


def _scale(text: str | None) -> tuple[float, str]:
    word = (text or "").strip().rstrip("+").lower()
    word = word.rstrip("s") if word not in ("k", "m", "b", "t") else word
    return _FACTOR.get(word, 1.0), word


def _ends(found: re.Match[str]) -> tuple[float, float, str]:
    low, high = number(found["low"]), number(found["high"]) if found["high"] else None
    first, said = _scale(found["scale"])
    second, said2 = _scale(found["scale2"])
    if high is None:
        return low * first, low * first, said
    if said2 and not said and low < 1000:  # "$150-200k", "3 to 5 million": one scale for both ends
        first = second
    return low * first, high * (second if said2 else first if high < 1000 else 1.0), said2 or said


def _money(words: str) -> Iterator[Quantity]:
    for pattern in (_MONEY, _WORDED):
        for found in pattern.finditer(words):
            low, high, scaled = _ends(found)
            end = found.end()
            other = bool(found["high"]) and not scaled and low >= 1000 > high  # "$5,000 to 3 people" is no range
            if high < low or other or (found["high"] and YEAR.fullmatch(found["high"])):
                high, end = low, found.end("scale") if found["scale"] else found.end("low")
            sign = found["sign"].strip().lower()
            currency = next((code for key, code in _CURRENCY.items() if key in sign), sign.upper()[:3])
            if sign in ("c$", "ca$"):
                currency = "CAD"
            if sign == "a$":
                currency = "AUD"
            per = _PER.match(words[end:])
            period = _UNITS[per["unit"][0].lower()] if per else ""
            yield Quantity("money", low, high, found.start(), end, currency, period, scaled)


def _percents(words: str) -> Iterator[Quantity]:
    for found in _PERCENT.finditer(words):
        low = found["only"] or found["low"]
        points = bool(found["p1"] or found["p2"] or found["pp"])
        a = number(low)
        b = number(found["high"]) if found["high"] else a
        start = found.start()
        if b < a or (YEAR.fullmatch(low) and found["high"]):  # "from 2023 to 40%": the first is no percent
            a, start = b, found.start("high")
        yield Quantity("points" if points else "percent", a, b, start, found.end())
    for found in _SPELT_PERCENT.finditer(words):
        value = float(_SPELT[found["ones"].lower()] + _SPELT.get((found["tens"] or "").lower(), 0))
        yield Quantity("points" if found["points"] else "percent", value, value, found.start(), found.end())


_OUT_OF = re.compile(
    r"\b(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine) (?:out of|in|of) (?:every "
    r")?(?P<m>\d{1,3}|two|three|four|five|ten)\b"
    r"(?= (?:of )?(?:the )?(?:[A-Za-z]\w*[- ]){0,5}?(?:jobs?|roles?|positions?|openings?"
    r"|postings?|listings?|ads|employers|companies)\b)",
    re.IGNORECASE,
)


def _out_of(words: str) -> Iterator[Quantity]:
    """ "9 out of 10 roles", "one in five jobs": a share in words."""
    for found in _OUT_OF.finditer(words):
        n, m = (float(_SPELT.get(found[x].lower(), 0) or found[x]) for x in ("n", "m"))
        if 0 < n < m <= 100:
            value = round(100 * n / m, 1)
            yield Quantity("percent", value, value, found.start(), found.end())


def _shares(words: str) -> Iterator[Quantity]:
    for found in _SHARES.finditer(words):
        low, high = _WORDS[" ".join(re.split(r"[\s-]", found["word"].lower()))]
        if (
            re.search(r"\bthe\s$|\bthe (?:two|three|five|\w+est)\s$", words[: found.start()], re.IGNORECASE)
            and found["word"].lower() == "most"
        ):
            continue  # "the most jobs" ranks, it is no share
        yield Quantity("percent", low, high, found.start(), found.end())


def _years(words: str) -> Iterator[Quantity]:
    for found in _YEARS.finditer(words):
        low = number(found["low"] or found["low2"])
        high = found["high"] or found["high2"]
        if low <= 40:
            yield Quantity("years", low, number(high) if high else low, found.start(), found.end())


def _counts(words: str) -> Iterator[Quantity]:
    for found in _COUNT.finditer(words):
        ranked = words[: found.start()].rstrip().endswith(("#", "No.", "no."))  # "#1 fastest-growing job" is a rank
        if ranked or (YEAR.fullmatch(found["low"]) and not found["scale"]):
            continue
        if re.search(
            r"\b(?:survey|study|sample|analy[sz]\w+|interview\w*|polled|poll|based on|looked at|examined)\b[^.]{0,30}$",
            words[: found.start()],
            re.IGNORECASE,
        ):
            continue  # the size of a study is no claim about the market
        low, high, scaled = _ends(found)
        if high >= low:
            yield Quantity("count", low, high, found.start(), found.end(), scaled=scaled)


def _multiples(words: str) -> Iterator[Quantity]:
    for found in _MULTIPLE.finditer(words):
        value = _FOLD[found["word"].lower()] if found["word"] else _FOLD.get(found["n"].lower()) or number(found["n"])
        yield Quantity("multiple", value, value, found.start(), found.end())

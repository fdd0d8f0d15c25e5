"""Time zones: in whose hours the work is done, where a posting says it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns
from jobtide.model import Found, Window

KINDS = ("time_zone",)
ALWAYS = True
# Letters that are a zone and little else, and words of zones. "ET", "PT", "MST" and "IST" mean more: only beside hours.
TRIGGERS = (
    "time zone", "time zones", "timezone", "timezones", "pst", "est", "cet", "cest", "utc", "gmt", "bst", "cst", "edt", "pdt", "eastern time",
    "pacific time", "central time", "mountain time", "eastern standard time", "business hours", "working hours", "core hours", "zeitzone",
    "am et", "pm et", "am pt", "pm pt", "east coast hours", "west coast hours", "us hours", "overlap with", "hours overlap", "fuseau horaire",
    "huso horario", "zona horaria", "et", "pt",
)  # fmt: skip
# id: hours from UTC in winter, how it is written.
_ZONES: dict[str, tuple[float, float, str]] = {
    "utc-8": (-8, -8, r"PST|PDT|PT|pacific(?: (?:standard|daylight))?(?: time)?|west coast"),
    "utc-7": (-7, -7, r"MST|MDT|MT|mountain(?: (?:standard|daylight))?(?: time)?"),
    "utc-6": (-6, -6, r"CST|CDT|CT|central(?: (?:standard|daylight))?(?: time)?"),
    "utc-5": (-5, -5, r"EST|EDT|ET|eastern(?: (?:standard|daylight))?(?: time)?|east coast"),
    "utc+0": (0, 0, r"GMT|UTC|BST|UK|british|london"),
    "utc+1": (1, 1, r"CET|CEST|central european(?: (?:summer))?(?: time)?|(?:MEZ|MESZ)"),
    "utc+2": (2, 2, r"EET|EEST|eastern european(?: time)?"),
    "utc+5.5": (5.5, 5.5, r"IST|indian? (?:standard )?time"),
    "utc+8": (8, 8, r"SGT|singapore(?: time)?"),
    "utc+10": (10, 10, r"AEST|AEDT|australian eastern(?: (?:standard|daylight))?(?: time)?"),
    "us": (-8, -5, r"U\.?S\.?A?|american?|north americ(?:a|an)|amérique"),
    "europe": (0, 2, r"europ(?:e|ean)|EU|EMEA"),
    "latam": (-6, -3, r"lat[ai]n? ?am(?:erica|erican)?|south american?"),
    "apac": (5.5, 10, r"APAC|asian?|asia[- ]pacific"),
}
_IDS = tuple(_ZONES)
_NAMES = "|".join(f"((?i:{written}))" for _, _, written in _ZONES.values())
_SHIFT = r"(?:\s?\(?\s?(\+/-|\+-|±|\+|-|–|−)\s?(\d{1,2})(?:\s?(?:h|hrs?|hours?))?\b)?"
_ZONE = patterns.compile(r"\b(?:" + _NAMES + r")\b" + _SHIFT)
# In a location only a name in capitals or a shift of hours is a zone: most hold neither.
_MAYBE = patterns.test(r"\b(?:[PEMC]T|[A-Z]ST|[A-Z]DT|CES?T|GMT|UTC|BST|[A-Z]{4})\b|(?i:time|hours|±|\+/-)")
_SHIFTED, _BY = len(_IDS) + 1, len(_IDS) + 2
_AROUND = patterns.compile(
    r"(?i)(?:\+/-|\+-|±|within|plus or minus)\s?(\d{1,2})(?:\s?-\s?\d)?\s?(?:h|hrs?|hours?)?(?: time)?(?: difference)?\s(?:of|from|to|with|around)\s(?:the )?$"
)
# Words of hours around a zone's name; meetings across zones, closing dates and tools are no hours of work.
_CUE = patterns.compile(
    r"(?i)\btime ?zones?\b|\b(?:business|working|core|office|standard|operating|work) hours\b|\bhours\b|\boverlap\w*|\bshift\b|\d ?[ap]\.?m\.?|zeitzone|fuseau|huso|zona horaria"
)
_NOT_WORK = patterns.test(
    r"(?i)\bapplications? (?:close|will)|\bdeadline|\bclose[sd]?\b[^.\n]{0,20}\b(?:at|on)\b|\b(?:across|multiple|different|various|all|several|other|between) (?:multiple |different |various |global |all |both )?(?:cultures and )?time ?zones|"
    r"\bapply by|\bsupport hours|\bwebinar|\bdue (?:by|on)"
)
_SURE = frozenset(zone for zone in _ZONES if zone.startswith("utc"))
_SHORT = (b"PT", b"ET", b"MT", b"CT", b"IST", b"MST", b"EU", b"US", b"UK")
_NEAR = 44  # bytes on either side in which a word of hours counts
_FIELDS = ("location", "title")
_SECTIONS = (*_FIELDS, "requirements", "nice", "duties", "other", "about", "benefits")


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each zone once, in order; ``low`` and ``high`` are hours from UTC in winter, "CET +/- 2" spans five of them.

    >>> text = b"Remote, working hours within CET +/-2h. Interviews take place across time zones."
    >>> [(f.concept, f.low, f.high, text[f.start:f.end]) for f in find(text, [Window(0, len(text), "other")])]
    [('utc+1', -1.0, 3.0, b'CET +/-2h')]
    """
    seen: set[tuple[str, float, float]] = set()
    for at, end, section, _ in windows:
        for found in _in_block(text[at:end], section) if section in _SECTIONS else ():
            if (found.concept, found.low, found.high) not in seen:
                seen.add((found.concept, found.low or 0.0, found.high or 0.0))
                yield found._replace(start=at + found.start, end=at + found.end)


@lru_cache(maxsize=8192)  # boards repeat their locations, employers their hours
def _in_block(block: bytes, section: str) -> list[Found]:
    """Every zone of a block, in order."""
    out: list[Found] = []
    if not _MAYBE(block):
        return out
    cues = [m.span() for m in _CUE.finditer(block)] if section not in _FIELDS else []
    passed = 0
    pairs = [m.span() for m in _PAIR.finditer(block)]
    for m in _ZONE.finditer(block):
        while passed < len(cues) and cues[passed][1] + _NEAR <= m.start():
            passed += 1
        near = passed < len(cues) and cues[passed][0] - _NEAR < m.end()
        paired = any(begin <= m.start() < end for begin, end in pairs)
        found = _meant(block, m, near, section, paired)
        if found is not None:
            out.append(found)
    return out


# "ET/PT", "PT or ET", "9-5 ET": letters that mean little alone.
_PAIR = patterns.compile(
    r"\b[PEMC]T\s?(?:/|-|–|or|and|to|&)\s?[PEMC]T\b|\b\d{1,2}(?::\d\d)?\s?(?i:[ap]\.?m\.?)?\s?(?:-|–|to)\s?\d{1,2}(?::\d\d)?\s?(?i:[ap]\.?m\.?)?\s?[PEMC]T\b"
)


def _meant(block: bytes, m: patterns.Match, near: bool, section: str, paired: bool) -> Found | None:
    """The zone that a name means, None where it says nothing of hours.

    ``near``: a word of hours is; ``paired``: another zone or the hours themselves stand with it.
    """
    number = next(i for i in range(len(_IDS)) if m.start(i + 1) >= 0)
    concept, (start, end) = _IDS[number], m.span()
    name = block[m.start(number + 1) : m.end(number + 1)]
    if name.upper() in _SHORT and not name.replace(b".", b"").isupper():
        return None
    if concept == "us" and _ZONE.match(block[end + 1 : end + 30]):
        return None  # "US Pacific time": the narrower name follows
    lead = max(0, start - 40)
    around = _AROUND.search(block[lead:start])
    by = m[_BY] is not None
    zoned = name.isupper() and len(name) >= 3 and concept in _SURE and concept != "utc-7"
    if not (near or around or paired or (by and concept in _SURE) or (zoned and section in _FIELDS)):
        return None
    if _NOT_WORK(block[max(0, start - 70) : end + 30]):
        return None
    if not (by or around or zoned or paired) and not _beside(block, start, end):
        return None
    low, high, _ = _ZONES[concept]
    if by:
        sign, hours = m[_SHIFTED], float(m[_BY])
        if sign in (b"+", b"-", "–".encode(), "−".encode()):
            if concept != "utc+0" or hours > 14:
                return None  # "9 am EST - 5 pm": a dash, no sign
            low = high = hours if sign == b"+" else -hours
            concept = f"utc{low:+g}"
        else:
            low, high = low - hours, high + hours
    if around is not None:
        reach = float(around[1])
        low, high, start = low - reach, high + reach, lead + around.start()
    return Found(
        "time_zone", concept, low=float(low), high=float(high), unit="hour", start=start, end=end, section=section,
        confidence=0.85, rule="time_zone/hours",
    )  # fmt: skip


_BESIDE_BEHIND = patterns.compile(
    r"(?i)^[- ]?(?:friendly|based|or|and|/|,|time|\(\w+\)|\s|[A-Z]{2,4}\b)*(?:time ?zones?|(?:business |working |core |office )?hours|shift)\b"
)
_BESIDE_BEFORE = patterns.compile(
    r"(?i)(?:\d ?[ap]\.?m\.?|hours?(?: (?:in|of|within|on))?|overlap(?: with| of)?|time ?zones?(?: \(| of| in|:)?|overlap with(?: the)?)[\s(/,]*(?:the )?(?:[A-Z]{2,4}[\s/,]+(?:and |or )?)*$"
)


def _beside(block: bytes, start: int, end: int) -> bool:
    """Whether a wide or ambiguous name stands directly with a word of hours: "US time zones", "6 PM PT"."""
    return bool(_BESIDE_BEHIND.search(block[end : end + 40])) or bool(
        _BESIDE_BEFORE.search(block[max(0, start - 40) : start])
    )

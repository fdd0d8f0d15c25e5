"""Work mode: remote, hybrid or on site, as the posting says of the job; an office's name alone says nothing.

A word of the mode is found first ("remote", "on-site", "in the office"); then the few words before and behind it say
whether the job is meant. Looking only there is what keeps long blocks cheap.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import officedays, patterns
from jobtide.enrich.officedays import Days
from jobtide.enrich.patterns import Patterns, test
from jobtide.enrich.presence import IS_NOT_MODE, NOT_REMOTE, Span, ignoring_case, masked, meant
from jobtide.model import Found, Window

KINDS = ("work_mode", "office_days")
ALWAYS = True
TRIGGERS = (
    "remote", "remotely", "hybrid", "onsite", "on site", "in office", "in person", "in the office", "work from home",
    "wfh", "work from anywhere", "office", "offices", "li remote", "li hybrid", "li onsite", "relocate", "relocation",
    "co located", "distributed", "telecommute", "home office", "homeoffice", "télétravail", "vor ort", "days a week",
    "days per week", "days week", "hq", "headquarters", "day a week", "day per week", "times a week", "times per week", "mobiles arbeiten",
    "local only", "locals only", "local candidates only", "local applicants only", "teletrabajo", "remoto", "remota", "presencial", "híbrido", "hybride", "présentiel", "büro", "bureau", "oficina", "kantoor", "par semaine", "pro woche",
    "a la semana", "por semana", "sur site", "thuiswerken", "telecommuting",
)  # fmt: skip


_FIELDS = ("title", "location")


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield one mode at most, and the stated days in the office. Location and title come first, then the text.

    Where remote and office are mixed, "hybrid" wins.

    >>> text = "We work in a hybrid model, 3 days in the office; remote sensing a plus".encode()
    >>> [(f.kind, f.concept, f.low) for f in find(text, [Window(0, 70, "other")])]
    [('work_mode', 'hybrid', None), ('office_days', '', 3.0)]
    """
    fields = [
        (f, w.start) for w in windows if w.section in _FIELDS for f in _in_field(text[w.start : w.end], w.section)
    ]
    body = [
        (f, w.start) for w in windows if w.section not in _FIELDS for f in _in_block(text[w.start : w.end], w.section)
    ]
    stated = [(f, at) for f, at in body if f.kind == "work_mode" and not _elsewhere(text, at + f.end, windows)]
    hybrid = next((told for told in (*fields, *stated) if told[0].concept == "hybrid"), None)
    mode = hybrid or (fields[0] if fields else max(stated, key=lambda told: told[0].confidence, default=None))
    days = next((told for told in body if told[0].kind == "office_days"), None)
    for found, at in (told for told in (mode, days) if told is not None):
        yield found._replace(start=at + found.start, end=at + found.end)


# "A hybrid setup for NYC-based colleagues" says nothing of a job in Lima.
_FOR_SOME = patterns.compile(r"\b[Ff]or (?:our )?([A-Z]\w+)[- ]based (?:team|colleague|employee|staff|people|role)")
_SHORT = {b"NYC": b"New York", b"SF": b"San Francisco", b"LA": b"Los Angeles"}
_REACH = 60  # bytes behind a mode that may say whose it is


def _elsewhere(text: bytes, end: int, windows: Sequence[Window]) -> bool:
    """Whether the words behind a mode keep it for people of a city that the location does not name."""
    if b"based" not in text[end : end + _REACH]:
        return False
    some = _FOR_SOME.search(text, end, min(end + _REACH, len(text)))
    if some is None:
        return False
    place = _SHORT.get(some[1], some[1])
    return not any(place in text[w.start : w.end] for w in windows if w.section == "location")


_FIELD = (
    ("hybrid", ignoring_case(r"\bhybrid\b")),
    (
        "remote",
        ignoring_case(
            r"(?:\bremote(?:ly)?\b|\bremot[oa]\b|\bteletrabajo\b|t\x{e9}l\x{e9}travail\b|\banywhere\b|\bwork from home\b|\bhome ?office\b)"
        ),
    ),
    (
        "onsite",
        # "On site" in two words only where it stands apart: an on site manager manages a site.
        ignoring_case(
            r"(?:\bon-?site\b|\bin[- ]office\b|\bin[- ]person\b|(?:^|[|,;(/–—-] ?|\btime )on site\b|\bon site ?(?:[|,;)/–—-]|$))"
        ),
    ),
)
# A band of time zones instead of a place: "CET +/- 3".
_BAND = ignoring_case(r"\b(?:utc|gmt|ces?t|ees?t|wes?t|[ecmp][sd]?t) ?(?:\+/-|\+-|±|[+-]) ?\d")
_NO_REMOTE = ignoring_case(r"\b(?:no|not|non)\b[^.;\n]{0,6}\bremote\b")
_IN_FIELD = Patterns(*(pattern.pattern for _, pattern in _FIELD))


@lru_cache(maxsize=8192)  # boards repeat their locations, and some of their titles
def _in_field(words: bytes, section: str) -> tuple[Found, ...]:
    """What title or location name outright; remote beside an office of the list leaves the choice: remote."""
    held = _IN_FIELD.held(words)
    if held and IS_NOT_MODE(words):
        words = masked(words)
        held = _IN_FIELD.held(words)
    if not held:
        band = _BAND.search(words) if section == "location" else None
        return () if band is None else (_found("remote", *band.span(), section, 0.7, "band"),)
    if NOT_REMOTE(words) and _FIELD[held[0]][0] == "remote":
        m = _NO_REMOTE.search(words)
        return () if m is None else (_found("onsite", *m.span(), section, 0.9, "field"),)
    for concept, pattern in _FIELD[held[0] :]:
        if m := pattern.search(words):
            begin, end = m.span()
            if (apart := words.lower().find(b"on site", begin, end)) >= 0:
                begin, end = apart, apart + len(b"on site")
            return (_found(concept, begin, end, section, 0.95, "field"),)
    return ()


@lru_cache(maxsize=8192)  # an employer's postings repeat what it says of its offices
def _in_block(block: bytes, section: str) -> tuple[Found, ...]:
    """Every mode that a block of text states of the job, and its days in the office."""
    meant, days = _stated(block)
    modes = [_in_text(mode, (start, end), block, section) for mode, start, end in meant]
    return (*modes, *(_office_days(days, block, section) if days is not None else ()))


def _stated(block: bytes) -> tuple[tuple[Span, ...], Days | None]:
    """Each mode that the block states of the job with the words that do, and how many days are in the office."""
    low = block.lower()
    told = tuple(meant(block, low))
    days = officedays.may_stand(block, low)
    if not told and not days:
        return (), None
    if IS_NOT_MODE(block):
        block = masked(block)
        low = block.lower()
        told = tuple(meant(block, low))
    barred = (b"remote" in low or b"telecommut" in low or b"no work" in low) and bool(NOT_REMOTE(block))
    return tuple(one for one in told if not (barred and one[0] == "remote")), officedays.days(block) if days else None


# "Télétravail deux jours par semaine", "tres días de teletrabajo", "zwei Tage Homeoffice": the rest is at the office.
_SOME_DAYS = test(
    r"(?i)\b(?:\d|un|deux|trois|quatre|dos|tres|cuatro|zwei|drei|vier) (?:jours?|días?|tagen?)\b[^.;\n]{0,18}"
    r"\b(?:télétravail|teletrabajo|home ?office|remote)|\b(?:télétravail|teletrabajo|home ?office|remote)\b[^.;\n]{0,10}"
    r"\b(?:\d|un|deux|trois|quatre|dos|tres|cuatro|zwei|drei|vier) (?:jours?|días?|tagen?)\b|"
    r"\b(?:(?:one|two|three|[1-3]) days?(?: (?:a|per|each) week)?|(?:mon|tues|wednes|thurs|fri)days?)[ ,:-]{1,3}(?:of )?"
    r"(?:work(?:ing)?[- ]from[- ]home|wfh|home office)\b|"
    r"\bremote(?:ly)?(?: work)?(?: on)?[ :,]{1,2}(?:mon|tues|wednes|thurs|fri)days?\b|"
    r"\bfrom home,? (?:or )?(?:from |in |at )?(?:our|the) office\b|"
    r"\b(?:work(?:ing)?[- ]from[- ]home|wfh|home office|telecommut\w+)(?: is available)?[ ,:-]{1,3}(?:on )?"
    r"(?:(?:up to )?(?:one|two|three|[1-3])(?:-[2-4])? days?|"
    r"(?:mon|tues|wednes|thurs|fri)days?)\b"
)


def _in_text(mode: str, span: tuple[int, int], block: bytes, section: str) -> Found:
    if mode == "remote" and _SOME_DAYS(block[max(0, span[0] - 24) : span[1] + 28]):
        mode = "hybrid"
    confidence = 0.9 if b"#" in block[max(0, span[0] - 1) : span[1]] else 0.8
    if section in ("benefits", "about"):
        confidence -= 0.15
    return _found(mode, *span, section, confidence, "text")


def _office_days(days: Days, block: bytes, section: str) -> Iterator[Found]:
    """Days of a week in the office: one to four are hybrid, five and more on site."""
    low, high, span, rule = days
    mode = "onsite" if low >= 5 or (low >= 4 and high >= 5) else "hybrid"
    yield _in_text(mode, span, block, section)
    yield Found(
        "office_days", low=low, high=max(low, high), unit="day", start=span[0], end=span[1], section=section,
        confidence=0.85 if rule == "days" else 0.8, rule=f"work_mode/{rule}",
    )  # fmt: skip


def _found(concept: str, start: int, end: int, section: str, confidence: float, where: str) -> Found:
    return Found(
        "work_mode", concept, start=start, end=end, section=section, confidence=confidence,
        rule=f"work_mode/{where}",
    )  # fmt: skip

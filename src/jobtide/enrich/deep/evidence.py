"""Does what surrounds an unknown term speak for a skill, and is it a kind of word that a vocabulary of skills never wants?

A name between skills that we know ("Python, Brimlexdb and Kafka") is nearly always one; words for whole classes
("design tools"), trades, degrees, languages, places and employers are not, however often they stand beside skills.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from jobtide.enrich import gazetteer, kit
from jobtide.enrich.batch import Reading

# Kinds of skills that have a name of their own; a term beside these is likelier a technical one than beside practices.
NAMED = frozenset({"language", "library", "framework", "platform", "cloud", "database", "tool", "model"})
_GAP = 12  # bytes that may stand between the members of a list
_JOINS = re.compile(rb"(?i)\s*(?:[,;/&|()+\[\]]|\xe2\x80\xa2|\b(?:and|or|like|e\.g\.|vs\.?)\b|\s)+\s*$")
_SIGN = re.compile(rb"(?i)[,;/&|()+\[\]]|\xe2\x80\xa2|and|or|like|e\.g\.")
# Class words: "X tools" says which work, not which skill, unless X is a name ("Adobe tools").
_CLASSES = frozenset(
    b"tool tools tooling system systems software platform platforms language languages environment environments technology "
    b"technologies framework frameworks library libraries principle principles practice practices industry industries solution solutions "
    b"application applications app apps stack stacks workflow workflows process processes operation operations team teams role roles standard "
    b"standards concept concepts service services infrastructure product products deployment deployments skills skill experience methodologies "
    b"techniques code programming development projects project integration integrations architecture architectures models users "
    b"management strategy planning reporting design analysis strategies regulations protocols startups companies degree".split()
)
_NO_SKILLS = frozenset(
    b"english spanish german french mandarin japanese portuguese italian dutch korean chinese hindi arabic cantonese polish russian "
    b"saas paas b2b b2c smb fintech edtech gtm hr ux ui qa it ai cloud web mobile data code production testing analytics infrastructure engineering "
    b"design finance marketing sales legal operations product research accounting recruiting physics economics math mathematics statistics "
    b"biology chemistry bs ms ba ma bsc msc phd mba ee cs be me degree bachelors masters gpa cpa cfa crypto startup startups remote "
    b"linkedin twitter facebook youtube instagram tiktok google microsoft amazon apple meta uber stripe netflix airbnb equity benefits "
    b"401k pto visa salary bonus etc server servers client backend frontend programming hardware storage orchestration streaming compliance "
    b"deployment configuration automation reporting documentation maintenance native config languages tools databases services platform "
    b"email emails jobs careers image images test tests light hr nda ndas csat fmla clearance gui".split()
)
_FIELD = re.compile(
    r"(?i)\b(?:engineering|sciences?|administration|studies|economics|finance|accounting|physics|marketing|sales|degree)$"
)
_ADDRESS = re.compile(r"(?i)://|\.com\b|\w\.\w+\.\w|^[\w.]+/\w+-")
_VAGUE = re.compile(
    r"(?i)^(?:modern|strong|robust|end-to-end|scalable|various|similar|related|other|cross-functional|real-world|best|some|new|any|3rd|third-party)\b"
)


def listed(reading: Reading, places: Sequence[tuple[int, int]]) -> list[bool]:
    """Return, for each stretch of the buffer, whether it stands in a list beside a product that we know."""
    tools = kit.load()
    of = tools.taxonomy.of
    hits = [hit for hit in kit.terms_in(reading.buffer.folded) if of[hit[2]].kind in NAMED]
    data = reading.buffer.data
    starts, ends = sorted(hit[0] for hit in hits), sorted(hit[1] for hit in hits)
    return [_beside(data, starts, ends, start, end) for start, end in places]


def _beside(data: bytes, starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> bool:
    before = bisect_left(ends, start + 1) - 1
    if before >= 0 and _joins(data[ends[before] : start]):
        return True
    after = bisect_left(starts, end)
    return after < len(starts) and _joins(data[end : starts[after]])


def _joins(gap: bytes) -> bool:
    return 0 < len(gap) <= _GAP and b"\n" not in gap and bool(_SIGN.search(gap)) and bool(_JOINS.fullmatch(gap))


def is_name(spelling: str) -> bool:
    """Whether a term is spelt as names are: a capital, a digit or a sign in it that is no hyphen.

    >>> is_name("Backbone.js"), is_name("gRPC"), is_name("design tools"), is_name("end-to-end")
    (True, True, False, False)
    """
    return any(c.isupper() or c.isdigit() or c in ".+#" for c in spelling)


def is_noise(spelling: str, employers: frozenset[str]) -> bool:
    """Whether a vocabulary of skills would never want the term; ``employers`` in small letters, without blanks.

    >>> none = frozenset()
    >>> [is_noise(term, none) for term in ("design tools", "Electrical Engineering", "English", "Boston", "RSpec")]
    [True, True, True, True, False]
    """
    words = spelling.lower().encode().split()
    if not words or (len(words) == 1 and (words[0] in _NO_SKILLS or len(words[0]) < 2)):
        return True
    if _ADDRESS.search(spelling):
        return True
    if words[-1] in _CLASSES and (not is_name(spelling[1:]) or words[0] in _NO_SKILLS | _CLASSES):
        return True
    if (
        _FIELD.search(spelling)
        or _VAGUE.search(spelling)
        or any(word in (b"degree", b"b.s.", b"bs", b"bsc") for word in words)
    ):
        return True
    return "".join(spelling.lower().split()) in employers or _is_place(spelling)


@cache
def _is_place(spelling: str) -> bool:
    places = gazetteer.load().places(spelling) if spelling[:1].isupper() and "." not in spelling else ()
    return bool(places) and all(word[:1].isupper() for word in spelling.split())

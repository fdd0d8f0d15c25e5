"""Allowed regions: where a person may live who does the job from afar."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import gazetteer, patterns
from jobtide.model import Found, Window

KINDS = ("allowed_region",)
ALWAYS = True
TRIGGERS = (
    "remote in", "remote within", "remote from", "remote across", "remotely in", "remotely from", "remotely within", "remote us", "remote eu",
    "remote uk", "remote based in", "remotely anywhere", "remote anywhere", "anywhere in", "from anywhere", "work anywhere", "based anywhere",
    "must be based", "must reside", "must be located", "must live", "candidates based in", "candidates located in",
    "candidates who reside", "applicants based in", "following states", "following countries", "one of the states",
    "reside in", "residing in", "us based only", "us only", "u s only", "eu only", "uk only", "only hiring in", "hire in", "only hire",
    "open to candidates", "can be based in", "can be located in", "globally remote", "worldwide", "remote in deutschland", "deutschlandweit", "europaweit", "télétravail", "teletrabajo", "remoto en", "remoto desde",
    "based in the u s", "based in the us",
)  # fmt: skip
_AREAS = {
    b"eu": "EU", b"e.u.": "EU", b"european union": "EU", b"eea": "EU", b"europe": "Europe", b"emea": "EMEA", b"latam": "LATAM",
    b"latin america": "LATAM", b"south america": "LATAM", b"apac": "APAC", b"asia": "APAC", b"north america": "North America",
    b"americas": "Americas", b"the americas": "Americas", b"africa": "Africa", b"middle east": "Middle East", b"worldwide": "worldwide",
    b"anywhere in the world": "worldwide", b"globally": "worldwide", b"global": "worldwide", b"europa": "Europe",
    b"dach": "DACH", b"nordics": "Nordics", b"benelux": "Benelux",
}  # fmt: skip
_AREA = patterns.compile(
    r"(?i)\b(?:anywhere in the world|european union|latin america|south america|north america|middle east|the americas|americas|worldwide|"
    r"globally|global|europe|europa|e\.u\.|eu|eea|emea|latam|apac|asia|africa|dach|nordics|benelux)\b"
)
_IS_FIELD = patterns.test(r"(?i)remote|anywhere|worldwide|home ?office|work from home")
_FIELD = patterns.compile(r"(?i)\bremote\b|\banywhere\b|\bworldwide\b|\bhome ?office\b|\bwork from home\b")
# Behind these the words name where the person may be; the person must be the subject, not customers or the team.
_SAID_WORDS = (
    r"(?i)\b(?:remote(?:ly)?(?:[- ](?:first|based|only|friendly|position|role|job|working|work))*(?: (?:position|role|job|and|that|is|can be|based|from))*[ (:,-]{1,3}"
    r"(?:within|in|from|across|anywhere in|anywhere within|based in|open to|only in|located in|to candidates in)|"
    r"(?:work|based|remote|located|live|hire(?: you)?|performed|executed|(?:open to )?(?:candidates|applicants))[^.;\n]{0,24}\b(?:from )?anywhere (?:in|within|across)|"
    r"(?:you )?(?:must|need to|should|required to|have to) (?:currently )?(?:be (?:based|located|living|residing|resident)|reside|live)(?: out of)? (?:in|within)|"
    r"(?:candidates|applicants|people|individuals|talent)(?: who are| that are| who| must be)?(?: currently)? (?:based|located|living|residing|reside|live|resident)(?: anywhere)? (?:in|within|across)|"
    r"(?:only|exclusively|currently) (?:hir(?:e|ing)|consider(?:ing)?|accepting|able to hire)[^.;\n]{0,30}\b(?:in|from|within)|"
    r"(?:hir(?:e|ing) (?:only )?(?:within|in))|can be (?:based|located|done|performed) (?:in|from|within)|"
    r"one of the (?:following )?(?:u\.?s\.? )?(?:states|countries)[^:;.\n]{0,44}(?::| in| -)|(?:the )?following (?:u\.?s\.? )?(?:states|countries|locations)[^:;.\n]{0,30}:|"
    r"remote (?:in|aus)|télétravail (?:en|depuis)|teletrabajo (?:en|desde)|remoto (?:en|desde))\s*(?:the |one of |any of |either |our )*"
)
_ONLY_WORDS = r"(?i)\b(US|U\.S\.?|USA|UK|EU|Canada|Europe|India|Germany)(?:[- ]based)?(?: candidates| applicants| residents| citizens)?[- ]only\b|\b(?:deutschland|europa)weit\b"
_WIDE_WORDS = r"(?i)\b(?:remote|work|hire|hiring|role|position|be done)\b[^.;\n]{0,40}\b(anywhere in the world|worldwide|globally)\b|\b(?:work|works|working|remote|remotely|hire|live|based|join us)\b[^.;\n]{0,24}\bfrom (anywhere)(?:[.,!;)\n]|$)"
_SAID, _ONLY, _WIDE = (patterns.compile(words) for words in (_SAID_WORDS, _ONLY_WORDS, _WIDE_WORDS))
# Most blocks hold none of them, and an employer's postings repeat those that do.
_held = lru_cache(maxsize=4096)(patterns.Patterns(_SAID_WORDS, _ONLY_WORDS, _WIDE_WORDS).held)
_NOT_HERE = patterns.test(
    r"(?i)\b(?:customers?|clients?|users?|offices?|teams? (?:is|are|members)|colleagues|work(?:ing)? (?:from )?abroad|days|weeks?|month|events?|travel|meet|investors|employees (?:are|who)|"
    r"pay range|salary|(?:do|does|can|will)(?: not|n['’]t)(?: currently)? (?:hire|employ|sponsor)\w*|not (?:hire|able|available)|(?:do|does|can|will|are|is)(?: not|n['’]t)|compensation|workation|california privacy|not (?:located|based)|prefer\w*|preference|ideally|willing to relocate)\b[^.;\n]{0,40}$"
)
# "Work with partners worldwide"; "from anywhere! As long as you may work in Canada".
_WITH_OTHERS = patterns.test(
    r"(?i)\bwith\b|\b(?:customers|partners|teams|clients|users|companies|people|communities)\b"
)
_AS_LONG = patterns.test(r"(?i)^\W*(?:as long as|provided|so long as|if you)\b")
_PART = 90  # bytes: a longer part of a field is a sentence
_REACH, _LISTED = 70, 420  # bytes behind the words; behind a colon a list of states may follow
_FIELDS = ("title", "location")
_TEXT = ("requirements", "nice", "duties", "other", "about", "benefits")


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each region once, in order: a country ("US"), a state ("US/CA"), or an area such as "EU" or "worldwide".

    A printed "Remote (Canada)" allows Canada; an office beside "Remote" does not say where the rest may live.

    >>> text = b"This role is remote within the US or Canada."
    >>> [(f.concept, text[f.start:f.end]) for f in find(text, [Window(0, 44, "other")])]
    [('US', b'US'), ('CA', b'Canada')]
    """
    seen: set[str] = set()
    for window in windows:
        reader = _printed if window.section in _FIELDS else _in_text if window.section in _TEXT else None
        for concept, start, end in reader(text, window) if reader is not None else ():
            if concept not in seen:
                seen.add(concept)
                yield Found(
                    "allowed_region", concept, start=start, end=end, section=window.section,
                    confidence=0.9 if window.section in _FIELDS else 0.8,
                    rule="allowed_region/field" if window.section in _FIELDS else "allowed_region/text",
                )  # fmt: skip


def _printed(text: bytes, window: Window) -> Iterator[tuple[str, int, int]]:
    """Regions printed with the word remote, part by part of a list: "Berlin; Remote (EU)"."""
    words = text[window.start : window.end]
    if _IS_FIELD(words):
        for concept, start, end in _in_field(words, window.section == "title"):
            yield concept, window.start + start, window.start + end


@lru_cache(maxsize=4096)  # boards repeat their locations on every posting
def _in_field(words: bytes, title: bool) -> tuple[tuple[str, int, int], ...]:
    """What a field allows; a title names trades and degrees too, so there the region stands directly with the word."""
    out = []
    at = 0
    for part in words.split(b";"):
        remote = _FIELD.search(part) if len(part) <= _PART else None
        for concept, start, end in _regions(words, at, at + len(part)) if remote is not None else ():
            near = remote is not None and start - 4 <= at + remote.end() and at + remote.start() <= end + 4
            if concept.count("/") < 2 and (near or not title):
                out.append((concept, start, end))
        at += len(part) + 1
    return tuple(out)


def _in_text(text: bytes, window: Window) -> Iterator[tuple[str, int, int]]:
    held = _held(text[window.start : window.end])
    for m in _SAID.finditer(text, window.start, window.end) if 0 in held else ():
        least = max(window.start, m.start() - 60)
        sentence = max(text.rfind(b". ", least, m.start()) + 1, least)
        if _NOT_HERE(text[sentence : m.start()] + b" ") or _NOT_HERE(m[0] + b" "):
            continue
        listed = text[m.end() - 2 : m.end()].strip()[-1:] == b":" or b"states" in m[0].lower()
        end = min(window.end, m.end() + (_LISTED if listed else _REACH))
        stop = min(
            (
                at
                for at in (
                    text.find(sign, m.end(), end)
                    for sign in (
                        b". ",
                        b"; ",
                        b"(does not",
                        b"(exclud",
                        b" except",
                        b" excluding",
                        b" but ",
                        b" with ",
                        b" however",
                        b" ability",
                        b" prefer",
                        b"\n",
                    )
                )
                if at >= 0
            ),
            default=end,
        )
        yield from ((c, s, e) for c, s, e in _regions(text, m.end(), stop) if c.count("/") < 2)
    for m in _ONLY.finditer(text, window.start, window.end) if 1 in held else ():
        yield from _regions(text, m.start(), m.end())
    for m in _WIDE.finditer(text, window.start, window.end) if 2 in held and window.section != "benefits" else ():
        group = 1 if m.start(1) >= 0 else 2
        behind = text[m.end() : min(window.end, m.end() + 40)]
        if _WITH_OTHERS(m[0]) or _AS_LONG(behind):
            continue
        if not _NOT_HERE(text[max(window.start, m.start() - 60) : m.start()] + b" "):
            yield "worldwide", m.start(group), m.end(group)


def _regions(text: bytes, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Areas, countries and states that these words name; a city gives its own three parts, which callers pass over."""
    found = [(_AREAS[m[0].lower()], m.start(), m.end()) for m in _AREA.finditer(text, start, end)]
    words = text[start:end].decode("utf-8", "replace")
    narrow = words.isascii()
    for place in gazetteer.load().places(words):
        begin = start + (place.start if narrow else len(words[: place.start].encode()))
        finish = start + (place.end if narrow else len(words[: place.end].encode()))
        if not any(a < finish and begin < b for _, a, b in found):
            parts = [part for part in (place.country, place.region, place.city) if part]
            found.append(
                ("/".join(parts) if not place.city else f"{place.country}/{place.region}/{place.city}", begin, finish)
            )
    yield from sorted(found, key=lambda one: one[1])

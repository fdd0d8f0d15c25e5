"""Which places do a field or a few words of a posting name, and is each large or sure enough to be believed there?"""

from collections.abc import Iterator
from functools import lru_cache

from jobtide.enrich import gazetteer, patterns, placenames
from jobtide.model import Found, Window

FIELDS = ("location", "title")
# Thousand people: in running text a smaller town is believed only with its state or country; titles hold names of employers
# and trades besides.
_LEAST = {"location": 0, "title": 300}
_CONFIDENCE = {"location": 0.95, "title": 0.8}
_NEGATED = patterns.test(
    r"(?i)\b(?:non|not|excluding|except|outside|near|nearby|close to|minutes from)\b[- ]*(?:the |of |in )*$|\bbetween (?:[^,;()]{2,24} and )?$"
)


# A part of an advertisement's first line that is nothing but a town: "in downtown Fenmoor - Full time", "Fenmoor/Oslo".
_PART_BEFORE = patterns.test(r"(?:[|(/–—-] ?|\b[Ii]n (?:(?i:downtown|central) )?)$")
_PART_BEHIND = patterns.test(r"^ ?(?:$|[|/,)–—-]|(?:or|and|&) )")
_NAMED_AFTER = patterns.compile(r"^ ([A-Z]\w+)")
_LISTED = (", ", " and ", ", and ", " & ", " or ", ", or ")
_LEAST_PART = 100  # thousand people: below, such a part may be anything


def in_field(text: bytes, window: Window) -> Iterator[Found]:
    """The places of the location, or of a title; of a line that stands for one not that in the employer's own name."""
    found = list(
        places_in(text, window.start, window.end, window.section, head=window.section == "title" and window.start > 0)
    )
    if len(found) > 1 and window.start and window.section == "title" and found[0].start == window.start:
        named = _NAMED_AFTER.match(text[found[0].end : window.end])  # "Oslo Lanterns | Bergen, Norway"
        if named is not None and named[1].decode("utf-8", "replace").lower() not in placenames.BESIDE:
            found = found[1:]
    for f in found:
        # "Acme | NY | Engineer" is in the city; in a field the two letters are the state's.
        new_york = window.section == "title" and f.concept == "US/NY/" and text[f.start : f.end] == b"NY"
        yield f._replace(concept="US/NY/New York") if new_york else f


def places_in(text: bytes, start: int, end: int, section: str, head: bool = False) -> Iterator[Found]:
    """The places that these words name; outside the location field towns and codes need their state or country.

    ``head``: a line in parts, one of which a town of some size may be.
    """
    for concept, begin, finish in _named(text[start:end], _LEAST.get(section, 150), head):
        yield Found(
            "place", concept, start=start + begin, end=start + finish, section=section,
            confidence=_CONFIDENCE.get(section, 0.7), rule=f"place/{'field' if section in FIELDS else 'text'}",
        )  # fmt: skip


def _state(concept: str) -> str:
    return concept[: concept.rfind("/") + 1]


@lru_cache(maxsize=4096)  # boards repeat their locations on every posting
def _named(written: bytes, least: int, head: bool) -> list[tuple[str, int, int]]:
    """Each place of these words that has ``least`` thousand people or its state or country beside it, and where it stands."""
    words = written.decode("utf-8", "replace")
    narrow = words.isascii()
    out: list[tuple[str, int, int]] = []
    places = gazetteer.load().places(words)
    for last, place, then in zip((None, *places), places, (*places[1:], None), strict=False):
        before = words[: place.start].encode()
        if before and _NEGATED(before):
            continue
        in_part = (
            head and place.weight >= _LEAST_PART and _PART_BEFORE(before) and _PART_BEHIND(words[place.end :].encode())
        )
        # A town in a list behind larger ones of its state ("Toronto, Waterloo") or between large ones ("Oslo, Lausanne, Shanghai").
        listed = (
            head and out and last is not None and last.city and place.weight >= _LEAST_PART
            and words[last.end : place.start] in _LISTED
            and (f"{place.country}/{place.region}/" in {_state(o[0]) for o in out}
                 or (then is not None and then.weight >= least and words[last.end : place.start] == ", "
                     and words[place.end : then.start] in _LISTED))
        )  # fmt: skip
        if place.weight < least and not in_part and not listed:
            continue
        begin = place.start if narrow else len(before)
        finish = place.end if narrow else len(words[: place.end].encode())
        out.append((place.concept, begin, finish))
    return out

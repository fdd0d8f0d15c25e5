"""Which of the places that a name may mean do its neighbours mean, and is it meant as a place at all?"""

from collections.abc import Sequence
from dataclasses import dataclass

import re2

from jobtide.enrich import placenames
from jobtide.enrich.geonames import DOUBT, PRIOR, Entry, fold_name

_REST_OF_TOWN = re2.compile(r"^((?: [A-Z][a-z'’]+){1,2}),\s*$")
_BEFORE = re2.compile(r"([\pL'’]+) $")
_BEHIND = re2.compile(r"^ ([\pL'’]+)")
_STREET = re2.compile(r"^ (?i:street|road|avenue|ave|boulevard|blvd|times|post|dynamics)\b")
SMALL = 100  # thousand people: below, a name alone is doubted beside one that is sure, or inside a longer name
KNOWN = 1000  # thousand people: below, a name inside a longer one is doubted beside a city that is known
SURE = 10**8  # weight of what a hand table or the words around say
_NAMESAKE = 5  # how many times its people a namesake elsewhere may have before "Boston, MA & Amsterdam" means that one


@dataclass(frozen=True, slots=True)
class Place:
    """A resolved place with the characters it was read from; unknown parts are "".

    ``weight``: people in thousands behind the reading, very many where neighbours in the text confirm it.
    """

    country: str
    region: str
    city: str
    start: int
    end: int

    weight: int = 0

    @property
    def concept(self) -> str:
        """country/region/city, as place facts carry it."""
        return f"{self.country}/{self.region}/{self.city}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A known name in a text. ``code``: capital letters; ``weak``: a word of postings that needs its state or country."""

    start: int
    end: int
    words: str
    entries: tuple[Entry, ...]
    code: bool = False
    weak: bool = False


def plain(hit: Hit) -> bool:
    """Whether a name leaves no doubt about its country: a country's, a hand table's, or a city's without namesakes of its size."""
    first = hit.entries[0]
    if first.kind == "country" or first.weight >= SURE:
        return True
    others = [e.weight for e in hit.entries if e.country != first.country]
    return first.kind == "city" and first.weight >= 5 * SMALL and (not others or max(others) * DOUBT < first.weight)


def doubted(text: str, place: Place, sure: set[str], firm: set[str]) -> bool:
    """Whether a town's name alone stands beside a surer place of another country, or inside a longer name.

    ``sure``: countries of places of some size or certainty; ``firm``: those of large cities, states and countries.
    """
    if not place.city:
        return False
    if text[place.end : place.end + 1] == " " and _STREET.match(text[place.end :]):
        return True
    if place.weight >= KNOWN:
        return False
    behind, before = _BEHIND.match(text[place.end :]), _BEFORE.search(text[: place.start])
    around = any(m[1][:1].isupper() and m[1].lower() not in placenames.BESIDE for m in (behind, before) if m)
    if place.weight >= SMALL:
        return around and bool(firm) and place.country not in firm
    return around or bool(sure and place.country not in sure)


def within(text: str, place: Place, before: Place | None) -> bool:
    """Whether a name is that of a part of the city before it: "Berlin Mitte", "San Francisco, CA (Mission District)"."""
    if before is None or not before.city or not place.city or place.weight >= KNOWN:
        return False
    return (place.country, place.region) == (before.country, before.region) and text[before.end : place.start] in (
        " ",
        " (",
    )


def fitting(entries: Sequence[Entry], context: Sequence[Hit]) -> Entry | None:
    """The heaviest reading that every name of the context agrees with."""
    for entry in entries:
        if entry.kind != "country" and all(
            any(_agrees(entry, c) for c in hit.entries if c.kind != "city") for hit in context
        ):
            return entry
    return None


def between(text: str, one: Hit, other: Hit) -> str:
    return text[min(one.end, other.end) : max(one.start, other.start)]


def nearest(entries: Sequence[Entry], beside: Sequence[Hit]) -> Entry | None:
    """The namesake in the state of the city that stands beside it: "Boston / Cambridge"; not London beside Toronto."""
    top = entries[0]
    size = max(
        (e.weight for e in entries if e.kind == "city" and e.country == top.country and e.weight < SURE), default=0
    )
    for entry in entries:
        if entry.kind != "city" or not entry.region or not SMALL <= entry.weight < SURE:
            continue
        if entry.country != top.country and entry.weight * _NAMESAKE >= size and any(_home(h, entry) for h in beside):
            return entry
    return None


def _home(hit: Hit, entry: Entry) -> bool:
    """Whether the first reading of ``hit`` is a city in the same state."""
    first = hit.entries[0]
    return first.kind == "city" and (first.country, first.region) == (entry.country, entry.region)


def alone(entries: Sequence[Entry], before: Hit | None, comma: bool, named: Sequence[str]) -> Entry:
    """The reading of a name with nothing behind it: what stands before ("US-MA-Cambridge") or a ``named`` country favours it."""
    top = entries[0]
    if top.weight >= SURE and len(entries) > 1 and named.count(top.country) == 1 and len(named) > 1:
        return _among(entries, {country for country in named if country != top.country})
    if before is not None and before.entries[0].kind != "city":
        for entry in entries:
            close = entry.weight * DOUBT >= top.weight or not comma
            if entry.kind == "city" and close and any(_agrees(entry, wider) for wider in before.entries[:1]):
                return entry
    if top.kind == "city" and top.weight < SURE and named and top.country not in named:
        for entry in entries:
            if entry.country in named and entry.weight * _NAMESAKE >= top.weight:
                return entry
    return top


def _among(entries: Sequence[Entry], others: set[str]) -> Entry:
    """The reading of a name of the hand table where it alone would be of its country and all places around are of ``others``:
    "Cambridge | Seattle" is not in England, "Ukraine; Georgia" not in the United States.
    """
    top = entries[0]
    size = max(
        (e.weight for e in entries if e.kind == "city" and e.country == top.country and e.weight < SURE), default=0
    )
    for entry in entries[1:]:
        country = entry.kind == "region" and not entry.region and top.kind == "region" and "US" not in others
        larger = entry.kind == top.kind == "city" and entry.country in others and size < entry.weight < SURE
        if country or larger:
            return entry
    return top


def says_little(context: Hit, entry: Entry) -> bool:
    """Whether the name behind a word such as "Central" is a country that would make any word a town: "Mobile, US"."""
    wide = context.entries[0].kind == "country" and context.entries[0].country in PRIOR
    return wide and (entry.country == "US" or entry.weight < SMALL)


def is_word(text: str, hit: Hit) -> bool:
    """Whether a code is rather a word: "REMOTE OK", "Berlin OR Paris"."""
    before = text[: hit.start].rstrip(" ")
    return hit.words in placenames.WORD_CODES and bool(before) and before[-1] not in ",;(/|-–—"


def longer_town(text: str, first: Hit, behind: Hit) -> Place | None:
    """A town whose name begins with another's and has its state behind it: "Pelham Manor, New York"."""
    state = next((e for e in behind.entries if e.kind == "region" and e.region), None)
    if state is None or first.code:
        return None
    rest = _REST_OF_TOWN.match(text[first.end : behind.start])
    if rest is None or fold_name(rest[1]).split()[-1] in placenames.BESIDE | placenames.OCCUPATIONS | placenames.WORDS:
        return None
    return Place(state.country, state.region, first.words + rest[1], first.start, behind.end, SURE)


def state_behind(text: str, first: Hit, behind: Hit) -> Entry | None:
    """The state or province that stands directly behind a city's name and a comma, None if none does."""
    state = behind.entries[0]
    if first.code and any(entry.kind == "region" for entry in first.entries):
        return None  # "KY, LA, MD": a list of states
    if behind.words == "LA" and not any(entry.region == "CA" for entry in first.entries):
        state = behind.entries[-1]  # a city's nickname, but Louisiana behind a town that California does not have
    named = any(entry.kind == "city" for entry in first.entries)
    return state if named and state.kind == "region" and text[first.end : behind.start].strip() == "," else None


def _agrees(entry: Entry, wider: Entry) -> bool:
    if wider.country != entry.country:
        return False
    if wider.kind == "region":
        return entry.kind != "country" and wider.region in (entry.region, "")
    return True

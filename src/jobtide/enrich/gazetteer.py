"""Which place do the words of a location mean? Cities, states, provinces and countries, decided by context.

Names come from the bundled GeoNames slice and a hand table of nicknames. A city stands for the place that its
neighbours in the text name ("Cambridge, MA"); without neighbours for the one with the most people.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import re2

from jobtide.enrich import geonames, placenames
from jobtide.enrich.geonames import DOUBT, PRIOR, Entry, fold_name

_WORD = re2.compile(r"[\pL\pM][\pL\pM.'’]*|\d+")
_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z.']*|[0-9]+")  # the same in plain letters, for which ``re`` is the faster one
_REMEMBERED = 50_000  # texts whose places are kept in memory
_LONGEST = 5  # words in the longest name looked for
_TOWN = re2.compile(
    r"(?:^|[;|/(]\s*|\s)([A-Z][a-z'’]+(?:(?: (?:del?|las?|los|le|on|upon|sur|du|di|da))* [A-Z][a-z'’]+){0,2}),\s*$"
)
_WIDER = re2.compile(
    r"(?i)\b(?:area|valley|bay|cities|triangle|park|county|island|afb|chicagoland|socal|rtp|dfw)$"
)  # no state
_REST_OF_TOWN = re2.compile(r"^((?: [A-Z][a-z'’]+){1,2}),\s*$")
_BEFORE = re2.compile(r"([\pL'’]+) $")
_BEHIND = re2.compile(r"^ ([\pL'’]+)")
_STREET = re2.compile(r"^ (?i:street|road|avenue|ave|boulevard|blvd|times|post|dynamics)\b")
_OWN = ("'s", "’s")
_SMALL = 100  # thousand people: below, a name alone is doubted beside one that is sure, or inside a longer name
_KNOWN = 1000  # thousand people: below, a name inside a longer one is doubted beside a city that is known
_SURE = 10**8  # weight of what a hand table or the words around say
_NAMESAKE = 5  # how many times its people a namesake elsewhere may have before "Boston, MA & Amsterdam" means that one
_GLUE = re.compile(r"[\t\n\f\r ,(/·|–—-]*")


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
class _Hit:
    """A known name in a text. ``code``: capital letters; ``weak``: a word of postings that needs its state or country."""

    start: int
    end: int
    words: str
    entries: tuple[Entry, ...]
    code: bool = False
    weak: bool = False


class Gazetteer:
    """Names and codes with their readings, most people first."""

    def __init__(self, names: dict[str, tuple[Entry, ...]], codes: dict[str, tuple[Entry, ...]]) -> None:
        """``names`` by folded words; ``codes`` by capital letters as written."""
        self._names = names
        self._codes = codes
        self._longest = _longest((*names, *map(fold_name, codes), *placenames.NOWHERE))
        self._known: dict[str, tuple[Place, ...]] = {}

    def places(self, text: str) -> tuple[Place, ...]:
        """Return the places that ``text`` names, in order, one each.

        >>> [p.concept for p in load().places("Houston, TX; London, UK or Remote (Canada)")]
        ['US/TX/Houston', 'GB//London', 'CA//']
        """
        # Boards repeat their locations on every posting: what a text means is remembered.
        found = self._known.get(text)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            found = self._known[text] = tuple(self._resolve(text))
        return found

    def forget(self) -> None:
        """Empty what is remembered of texts."""
        self._known.clear()

    def _resolve(self, text: str) -> list[Place]:
        hits = self._hits(text)
        # "Spain; Madrid; Valencia": a country named on its own, or by a city without namesakes, decides in the same field.
        named = [hit.entries[0].country for hit in hits if not hit.weak and _plain(hit)]
        out: list[Place] = []
        at = 0
        while at < len(hits):
            taken, place = self._join(text, hits, at, named)
            if place is not None:
                town = self._town(text, place, hits[at])
                while out and town.start <= out[-1].start:  # "Marina del Rey, CA" is no place in Marina
                    out.pop()
                out.append(town)
            at += taken
        sure = {place.country for place in out if not place.city or place.weight >= 3 * _SMALL}
        firm = {place.country for place in out if not place.city or place.weight >= _KNOWN}
        return [
            place
            for before, place in zip((None, *out), out, strict=False)
            if not (_doubted(text, place, sure, firm) or _within(text, place, before))
        ]

    def _town(self, text: str, place: Place, hit: _Hit) -> Place:
        """A state with a small town before it ("Perrysville, Ohio") names the town, which the slice does not hold."""
        state = next((e for e in hit.entries if e.kind == "region" and e.region), None)
        if state is None or (place.city and place.start != hit.start) or _WIDER.search(hit.words):
            return place
        before = _TOWN.search(text[: place.start])
        if before is None:
            return place
        words = fold_name(before[1]).split()
        no_town = placenames.WORDS | placenames.OCCUPATIONS | placenames.BESIDE
        # "Park City, UT", "Newbury Park, CA": such a word ends the names of towns, but is none.
        ends = words[-1] in placenames.TOWNS_END and len(words) > 1 and words[-2] not in no_town - {"park"}
        if (words[-1] in no_town and not ends) or state.region == "DC" or " ".join(words) in self._names:
            return place
        return Place(state.country, state.region, before[1], before.start(1), place.end, _SURE)

    def _hits(self, text: str) -> list[_Hit]:
        """Longest known names from left to right; codes count only in capitals."""
        words = [m.span() for m in (_PLAIN_WORD if text.isascii() else _WORD).finditer(text)]
        hits: list[_Hit] = []
        at = 0
        while at < len(words):
            # Most words begin no name that we know, and most others none of several words.
            longest = self._longest.get(fold_name(text[slice(*words[at])]).removesuffix("'s"), 0)
            for size in range(min(longest, _LONGEST, len(words) - at), 0, -1):
                start, end = words[at][0], words[at + size - 1][1]
                written = text[start:end].rstrip(".")
                if written.endswith(_OWN):  # "San Francisco's Mission District"
                    written, end = written[:-2], end - 2
                code = self._codes.get(written.replace(".", ""), ()) if written.isupper() else ()
                entries = code or self._look(written)
                if entries is None or (
                    entries
                    and all(_GLUE.fullmatch(text[words[i][1] : words[i + 1][0]]) for i in range(at, at + size - 1))
                ):
                    if entries:
                        end -= (
                            text[start:end].endswith(".") and "." not in written
                        )  # a sentence's, unlike that of "U.S."
                        weak = size == 1 and not code and fold_name(written) in placenames.WORDS
                        hits.append(_Hit(start, end, text[start:end], entries, bool(code), weak))
                    at += size
                    break
            else:
                at += 1
        return hits

    def _look(self, written: str) -> tuple[Entry, ...] | None:
        """The readings of a name; None for the name of a wide area, which no smaller name inside it may escape."""
        if not written[:1].isupper():
            return ()
        folded = fold_name(written)
        if folded in placenames.NOWHERE:
            return None
        entries = self._names.get(folded, ())
        # "ABA", "QA", "OSS": short words in capitals are codes or nothing, but for the large cities of four letters.
        shouted = written.isupper() and (len(folded) < 4 or (len(folded) == 4 and entries and entries[0].trusted < 500))
        return () if shouted else entries

    def _join(self, text: str, hits: Sequence[_Hit], at: int, named: Sequence[str]) -> tuple[int, Place | None]:
        """Read a city with the state and country behind it; returns how many names were used."""
        first = hits[at]
        context: list[_Hit] = []
        for hit in hits[at + 1 : at + 3]:
            last = context[-1] if context else first
            if hit.weak or ";" in text[last.end : hit.start] or not _GLUE.fullmatch(text[last.end : hit.start]):
                break
            context.append(hit)
        for depth in (len(context), 1):
            if not context:
                break
            entry = _fit(first.entries, context[:depth])
            if entry is not None and not (first.weak and _says_little(context[0], entry)):
                end = context[depth - 1].end
                return 1 + depth, Place(entry.country, entry.region, entry.city, first.start, end, _SURE)
            if depth == 1 and (state := _state_behind(text, first, context[0])) is not None:
                # "New Albany, Ohio": the slice knows only a namesake elsewhere, but the state is said.
                town = first.words.rstrip(".")
                return 2, Place(state.country, state.region, town, first.start, context[0].end, _SURE)
        if at + 1 < len(hits) and (longer := _longer_town(text, first, hits[at + 1])) is not None:
            return 2, longer
        if first.weak or (first.code and _is_word(text, first)):
            return 1, None
        before = hits[at - 1] if at and _GLUE.fullmatch(text[hits[at - 1].end : first.start]) else None
        entry = self._beside(text, hits, at) if len(first.entries) > 1 else None
        entry = entry or _alone(
            first.entries, before, "," in text[before.end : first.start] if before else False, named
        )
        if first.code and entry.kind == "region" and not entry.region and len(first.words) < 3:
            return 1, None  # "HR", "TS": another country's states are believed behind a city only
        weight = 1 if first.code and entry.weight < _SURE else entry.trusted
        return 1, Place(entry.country, entry.region, entry.city, first.start, first.end, weight)

    def _beside(self, text: str, hits: Sequence[_Hit], at: int) -> Entry | None:
        """The reading of a name that a city directly before or behind it favours."""
        first = hits[at]
        near = [
            hit
            for hit in hits[max(0, at - 1) : at + 2]
            if hit is not first and _GLUE.fullmatch(_between(text, hit, first))
        ]
        return _near(first.entries, near) if near else None


def _longest(names: Iterable[str]) -> dict[str, int]:
    """How many words the longest of the folded ``names`` has that begin with a word, which may have an "'s" besides."""
    out: dict[str, int] = {}
    for name in names:
        words = name.split(" ") if name.replace(" ", "").isalpha() else [m[0] for m in _WORD.finditer(name)]
        if words:
            first = words[0].removesuffix("'s")
            out[first] = max(len(words), out.get(first, 0))
    return out


def _plain(hit: _Hit) -> bool:
    """Whether a name leaves no doubt about its country: a country's, a hand table's, or a city's without namesakes of its size."""
    first = hit.entries[0]
    if first.kind == "country" or first.weight >= _SURE:
        return True
    others = [e.weight for e in hit.entries if e.country != first.country]
    return first.kind == "city" and first.weight >= 5 * _SMALL and (not others or max(others) * DOUBT < first.weight)


def _doubted(text: str, place: Place, sure: set[str], firm: set[str]) -> bool:
    """Whether a town's name alone stands beside a surer place of another country, or inside a longer name.

    ``sure``: countries of places of some size or certainty; ``firm``: those of large cities, states and countries.
    """
    if not place.city:
        return False
    if text[place.end : place.end + 1] == " " and _STREET.match(text[place.end :]):
        return True
    if place.weight >= _KNOWN:
        return False
    behind, before = _BEHIND.match(text[place.end :]), _BEFORE.search(text[: place.start])
    around = any(m[1][:1].isupper() and m[1].lower() not in placenames.BESIDE for m in (behind, before) if m)
    if place.weight >= _SMALL:
        return around and bool(firm) and place.country not in firm
    return around or bool(sure and place.country not in sure)


def _within(text: str, place: Place, before: Place | None) -> bool:
    """Whether a name is that of a part of the city before it: "Berlin Mitte", "San Francisco, CA (Mission District)"."""
    if before is None or not before.city or not place.city or place.weight >= _KNOWN:
        return False
    return (place.country, place.region) == (before.country, before.region) and text[before.end : place.start] in (
        " ",
        " (",
    )


def _fit(entries: Sequence[Entry], context: Sequence[_Hit]) -> Entry | None:
    """The heaviest reading that every name of the context agrees with."""
    for entry in entries:
        if entry.kind != "country" and all(
            any(_agrees(entry, c) for c in hit.entries if c.kind != "city") for hit in context
        ):
            return entry
    return None


def _between(text: str, one: _Hit, other: _Hit) -> str:
    return text[min(one.end, other.end) : max(one.start, other.start)]


def _near(entries: Sequence[Entry], beside: Sequence[_Hit]) -> Entry | None:
    """The namesake in the state of the city that stands beside it: "Boston / Cambridge"; not London beside Toronto."""
    top = entries[0]
    size = max(
        (e.weight for e in entries if e.kind == "city" and e.country == top.country and e.weight < _SURE), default=0
    )
    for entry in entries:
        if entry.kind != "city" or not entry.region or not _SMALL <= entry.weight < _SURE:
            continue
        if entry.country != top.country and entry.weight * _NAMESAKE >= size and any(_home(h, entry) for h in beside):
            return entry
    return None


def _home(hit: _Hit, entry: Entry) -> bool:
    """Whether the first reading of ``hit`` is a city in the same state."""
    first = hit.entries[0]
    return first.kind == "city" and (first.country, first.region) == (entry.country, entry.region)


def _alone(entries: Sequence[Entry], before: _Hit | None, comma: bool, named: Sequence[str]) -> Entry:
    """The reading of a name with nothing behind it: what stands before ("US-MA-Cambridge") or a ``named`` country favours it."""
    top = entries[0]
    if top.weight >= _SURE and len(entries) > 1 and named.count(top.country) == 1 and len(named) > 1:
        return _among(entries, {country for country in named if country != top.country})
    if before is not None and before.entries[0].kind != "city":
        for entry in entries:
            close = entry.weight * DOUBT >= top.weight or not comma
            if entry.kind == "city" and close and any(_agrees(entry, wider) for wider in before.entries[:1]):
                return entry
    if top.kind == "city" and top.weight < _SURE and named and top.country not in named:
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
        (e.weight for e in entries if e.kind == "city" and e.country == top.country and e.weight < _SURE), default=0
    )
    for entry in entries[1:]:
        country = entry.kind == "region" and not entry.region and top.kind == "region" and "US" not in others
        larger = entry.kind == top.kind == "city" and entry.country in others and size < entry.weight < _SURE
        if country or larger:
            return entry
    return top


def _says_little(context: _Hit, entry: Entry) -> bool:
    """Whether the name behind a word such as "Central" is a country that would make any word a town: "Mobile, US"."""
    wide = context.entries[0].kind == "country" and context.entries[0].country in PRIOR
    return wide and (entry.country == "US" or entry.weight < _SMALL)


def _is_word(text: str, hit: _Hit) -> bool:
    """Whether a code is rather a word: "REMOTE OK", "Berlin OR Paris"."""
    before = text[: hit.start].rstrip(" ")
    return hit.words in placenames.WORD_CODES and bool(before) and before[-1] not in ",;(/|-–—"


def _longer_town(text: str, first: _Hit, behind: _Hit) -> Place | None:
    """A town whose name begins with another's and has its state behind it: "Pelham Manor, New York"."""
    state = next((e for e in behind.entries if e.kind == "region" and e.region), None)
    if state is None or first.code:
        return None
    rest = _REST_OF_TOWN.match(text[first.end : behind.start])
    if rest is None or fold_name(rest[1]).split()[-1] in placenames.BESIDE | placenames.OCCUPATIONS | placenames.WORDS:
        return None
    return Place(state.country, state.region, first.words + rest[1], first.start, behind.end, _SURE)


def _state_behind(text: str, first: _Hit, behind: _Hit) -> Entry | None:
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


@cache
def load() -> Gazetteer:
    """Return the gazetteer; the first call reads the slice (about 0.1 s)."""
    return Gazetteer(*geonames.readings())

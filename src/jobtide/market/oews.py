"""What does the official slice say? US employment and wages by occupation, OEWS May 2025, read-only.

Every estimate is one of jobs, not of postings: employment in jobs, wages in USD a year. None is a value that the
Bureau of Labor Statistics withholds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

RELEASE = "OEWS May 2025"
PERIOD = "May 2025"
SOURCE = "US Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2025"
URL = "https://www.bls.gov/oes/"
ALL_OCCUPATIONS = "00-0000"
_SLICE = Path(__file__).resolve().parent.parent / "data" / "official" / "oews.parquet"
_ALL_INDUSTRIES = "000000"
_NATION = "0000000"
_HYPHENATED = ("Winston-Salem",)  # the one title that is a single city with a hyphen
# Codes of the states' areas begin with the FIPS number that map outlines carry, a two-character string.
FIPS = {
    "AL": "01", "AK": "02", "AZ": "04", "AR": "05", "CA": "06", "CO": "08", "CT": "09", "DE": "10", "DC": "11",
    "FL": "12", "GA": "13", "HI": "15", "ID": "16", "IL": "17", "IN": "18", "IA": "19", "KS": "20", "KY": "21",
    "LA": "22", "ME": "23", "MD": "24", "MA": "25", "MI": "26", "MN": "27", "MS": "28", "MO": "29", "MT": "30",
    "NE": "31", "NV": "32", "NH": "33", "NJ": "34", "NM": "35", "NY": "36", "NC": "37", "ND": "38", "OH": "39",
    "OK": "40", "OR": "41", "PA": "42", "RI": "44", "SC": "45", "SD": "46", "TN": "47", "TX": "48", "UT": "49",
    "VT": "50", "VA": "51", "WA": "53", "WV": "54", "WI": "55", "WY": "56",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Estimate:
    """One occupation in one area, over all industries. Wages in USD a year; None where withheld."""

    area: str
    area_name: str
    soc: str
    occupation: str
    employment: int | None
    employment_rse: float | None
    mean: int | None
    p10: int | None
    p25: int | None
    p50: int | None
    p75: int | None
    p90: int | None
    location_quotient: float | None


@cache
def _estimates() -> Mapping[tuple[str, str], Estimate]:
    """Every all-industry estimate by area and occupation."""
    import pyarrow.parquet as pq

    table = pq.read_table(_SLICE, filters=[("industry", "=", _ALL_INDUSTRIES)])
    return {(row["area"], row["soc"]): _estimate(row) for row in table.to_pylist()}


def _estimate(row: Mapping[str, Any]) -> Estimate:
    return Estimate(
        **{name: row[name] for name in ("area", "area_name", "soc", "occupation", "employment")},
        employment_rse=_published(row["employment_rse"], 1),
        mean=row["annual_mean"],
        **{name: row[f"annual_{name}"] for name in ("p10", "p25", "p50", "p75", "p90")},
        location_quotient=_published(row["location_quotient"], 2),
    )


def _published(value: float | None, digits: int) -> float | None:
    """A fraction with the digits it was published with; the slice keeps it in single precision."""
    return None if value is None else round(value, digits)


def nation(soc: str) -> Estimate | None:
    """Return the national estimate of an occupation, or None if the slice lacks it.

    >>> found = nation("15-2051")
    >>> found.occupation, found.employment, found.p50
    ('Data Scientists', 262440, 120230)
    """
    return _estimates().get((_NATION, soc))


def states(soc: str) -> dict[str, Estimate | None]:
    """Return the estimate of each of the 50 states and DC by postal code; None where it is not published."""
    return {code: _estimates().get((f"{fips}00000", soc)) for code, fips in FIPS.items()}


def state_name(code: str) -> str:
    """Return a state's name by its postal code, the code itself if it is none of the 50 states and DC."""
    found = _estimates().get((f"{FIPS.get(code, '')}00000", ALL_OCCUPATIONS))
    return found.area_name if found else code


@cache
def _areas() -> Mapping[tuple[str, str], str]:
    """Metropolitan area by (principal city, state): the cities and states that the area's title names."""
    out: dict[tuple[str, str], str] = {}
    for (area, soc), found in _estimates().items():
        if soc == ALL_OCCUPATIONS and "," in found.area_name:
            cities, _, tail = found.area_name.rpartition(", ")
            for state in tail.split("-"):
                for city in _principal(cities):
                    out[city.lower(), state] = area
    return out


def _principal(cities: str) -> list[str]:
    """The cities of a title's first half: "--" parts names that have a hyphen themselves, else "-" does.

    A title names its states apart from its cities, so "Newark" of New York-Newark-Jersey City, NY-NJ is taken in
    both; the places we read come from a list of towns of 15,000 people and more, which the wrong one is not in.

    >>> _principal("Scranton--Wilkes-Barre"), _principal("Winston-Salem"), _principal("Akron-Canton")
    (['Scranton', 'Wilkes-Barre'], ['Winston-Salem'], ['Akron', 'Canton'])
    """
    if "--" in cities:
        return cities.split("--")
    parts = cities.replace("/", "-").split("-")
    return [cities] if cities in _HYPHENATED else parts


def area_of(city: str, state: str) -> str | None:
    """Return the code of the area whose title names ``city`` in ``state``, else None: suburbs are not guessed.

    >>> area_of("Oakland", "CA") == area_of("San Francisco", "CA"), area_of("Palo Alto", "CA")
    (True, None)
    """
    return _areas().get((city.lower(), state))


def cities_of(area: str) -> list[str]:
    """Return the cities that an area's title names, each as "city/STATE" with the city in lower case.

    >>> cities_of(area_of("Austin", "TX"))
    ['austin/TX', 'round rock/TX', 'san marcos/TX']
    """
    return sorted(f"{city}/{state}" for (city, state), code in _areas().items() if code == area)


def area(code: str, soc: str) -> Estimate | None:
    """Return the estimate of an occupation in a metropolitan area, None where it is not published."""
    return _estimates().get((code, soc))

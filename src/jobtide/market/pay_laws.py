"""Where must a posting say what it pays, and since when? A dated table of US states and cities, each with its source.

Laws that ask for pay only on request or with an offer are left out: they do not bear on postings.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "references" / "pay_laws.tsv"
_GROUP = """case when {law} then 'law' when list_contains(p.countries, 'US') then 'us_elsewhere'
    when p.countries is null then 'unplaced' else 'abroad' end"""
_STATE = "coalesce(list_has_any(p.states, {places}), false)"
_CITY = """p.no in (select no from opening_place
    where country = 'US' and list_contains({places}, region || '/' || city))"""
LABELS = {
    "law": "In a place with a pay-range law",
    "us_elsewhere": "Elsewhere in the US",
    "abroad": "Outside the US",
    "unplaced": "No place named",
}


@dataclass(frozen=True, slots=True)
class Law:
    """One law: ``place`` as facts write it (US/CO, US/NY/New York), and the day from which it holds."""

    place: str
    since: date
    law: str
    source: str
    url: str


@cache
def laws() -> tuple[Law, ...]:
    """Return all laws of the table, oldest first."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return tuple(
            Law(row["place"], date.fromisoformat(row["since"]), row["law"], row["source"], row["url"]) for row in rows
        )


def in_force(day: date) -> dict[str, Law]:
    """Return the laws that hold on ``day``, by place.

    >>> "US/CO" in in_force(date(2022, 1, 1)), "US/CA" in in_force(date(2022, 1, 1))
    (True, False)
    """
    return {law.place: law for law in laws() if law.since <= day}


def places(day: date) -> list[str]:
    """Return where a law holds on ``day``, as ``group`` binds it: CO, or NY/New York where the state has none yet.

    >>> places(date(2022, 12, 1))
    ['CO', 'NJ/Jersey City', 'NY/Ithaca', 'NY/New York']
    >>> "NY/New York" in places(date(2023, 10, 1)), "NY" in places(date(2023, 10, 1))
    (False, True)
    """
    names = {place.removeprefix("US/") for place in in_force(day)}
    return sorted(name for name in names if name.partition("/")[0] not in names or "/" not in name)


def group(day: date) -> tuple[str, str]:
    """Return the split of openings by whether a law holds at one of their places; these are ours and stand in it."""
    law = f"({_STATE} or {_CITY})" if any("/" in place for place in places(day)) else _STATE
    listed = ", ".join("'" + place.replace("'", "''") + "'" for place in places(day))
    return _GROUP.replace("{law}", law).replace("{places}", f"[{listed}]"), ""


def said(by: str | None, key: str, day: date) -> Iterator[tuple[str, str]]:
    """Yield ("law", words) for a group that is a place with a law on ``day``; a city is under its state's too.

    >>> list(said("state", "CO", date(2025, 1, 1))), list(said("role", "CO", date(2025, 1, 1)))
    ([('law', 'pay-range law since 2021-01-01')], [])
    """
    if by not in ("state", "city"):
        return
    place = f"US/{key}" if by == "state" else key
    known = in_force(day)
    found = [known[at] for at in (place, place.rpartition("/")[0]) if at in known]
    if found:
        yield "law", f"pay-range law since {min(law.since for law in found)}"

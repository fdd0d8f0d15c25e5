"""What does a source state in fields of its own? Pay, places, work mode and employment, each with its pointer.

The employer's name is such a field too: of one that everybody knows it says the industry.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import re2

from jobtide.enrich import gazetteer, industries
from jobtide.model import Found

# A source's own word -> ours. "isRemote" alone is not here: on Ashby it is true of hybrid roles too.
_MODES = {
    "remote": "remote", "hybrid": "hybrid", "onsite": "onsite", "on-site": "onsite", "on_site": "onsite",
    "inoffice": "onsite", "in-office": "onsite", "telecommute": "remote", "fully_remote": "remote",
}  # fmt: skip
_EMPLOYMENTS = {
    "fulltime": "full_time", "permanent": "full_time", "parttime": "part_time", "contract": "contract",
    "contractor": "contract", "temporary": "contract", "freelance": "contract", "intern": "internship",
    "internship": "internship", "fixedterm": "contract",
}  # fmt: skip

_WIDE = re2.compile(
    r"(?i)\b(?:emea|latam|latin america|apac|anywhere|worldwide|global|europe|eu|north america|americas|asia)\b"
)


def facts(row: Mapping[str, Any]) -> Iterator[Found]:
    """Yield the structured facts of one ``tables.VERSION`` row; a word we do not know gives none."""
    yield from _words(row["work_mode_raw"] or "", row["employment_raw"] or "")
    for place in row["places_raw"] or ():
        yield from _place(place["text"], place["city"], place["region"], place["country"], place["pointer"])
    industry = industries.of_employer(row.get("employer") or "")
    if industry:
        yield Found(
            "industry", industry, basis="derived", field="/employer", confidence=0.95, rule="industry/employer",
            extra=industries.load().naics[industry],
        )  # fmt: skip
    for pay in row["pay"] or ():
        yield _fact(
            "pay", pay["pointer"], low=float(pay["low"]), high=float(pay["high"]), currency=pay["currency"],
            period=pay["period"], extra=pay["kind"],
        )  # fmt: skip


@lru_cache(maxsize=256)  # sources have a few words for each
def _words(work_mode: str, employment: str) -> tuple[Found, ...]:
    """What a source's own words for the two say."""
    mode = _MODES.get(work_mode.lower().replace(" ", ""))
    kind = _EMPLOYMENTS.get("".join(c for c in employment.lower() if c.isalpha()))
    found = []
    if mode:
        found.append(_fact("work_mode", "/workplaceType", concept=mode))
    if kind:
        found.append(_fact("employment", "/employmentType", concept=kind))
    return tuple(found)


@lru_cache(maxsize=16384)  # boards repeat their offices on every posting
def _place(
    printed: str | None, city: str | None, region: str | None, country: str | None, pointer: str
) -> tuple[Found, ...]:
    concept = _addressed(printed or "", (city or "", region or "", country or ""))
    return (_fact("place", pointer, concept=concept),) if concept else ()


def _addressed(printed: str, address: tuple[str, str, str]) -> str:
    """What an address (city, region, country) adds to the printed place, "" where that names a city or a wide area.

    Boards fill addresses by hand: "Torrance, CA" stands beside an address in Los Angeles, "LatAm" beside Panama City,
    and a remote job's address is often the employer's own, of which only the country holds.
    """
    known = gazetteer.load().places(printed)
    if _WIDE.search(printed):
        return ""
    cities = {found.city for found in known if found.city}
    parts = address[2:] if "remote" in printed.lower() else address
    written = ", ".join(part.strip() for part in parts if part.strip())
    for found in gazetteer.load().places(written)[:1]:
        if found.city in cities if cities else not known or found.country in {other.country for other in known}:
            return found.concept
    return ""


def _fact(kind: str, field: str, **values: Any) -> Found:
    return Found(kind, basis="structured", field=field or "/", confidence=1.0, rule=f"{kind}/structured", **values)

"""What does a source state in fields of its own? Pay, places, work mode and employment, each with its pointer."""

from collections.abc import Iterator, Mapping
from typing import Any

import re2

from jobtide.enrich import gazetteer
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
    mode = _MODES.get(str(row["work_mode_raw"] or "").lower().replace(" ", ""))
    if mode:
        yield _fact("work_mode", "/workplaceType", concept=mode)
    kind = _EMPLOYMENTS.get("".join(c for c in str(row["employment_raw"] or "").lower() if c.isalpha()))
    if kind:
        yield _fact("employment", "/employmentType", concept=kind)
    for place in row["places_raw"] or ():
        yield from _place(place)
    for pay in row["pay"] or ():
        yield _fact(
            "pay", pay["pointer"], low=float(pay["low"]), high=float(pay["high"]), currency=pay["currency"],
            period=pay["period"], extra=pay["kind"],
        )  # fmt: skip


def _place(place: Mapping[str, Any]) -> Iterator[Found]:
    """What an address adds to the printed place: nothing where that names a city or a wide area itself.

    Boards fill addresses by hand: "Torrance, CA" stands beside an address in Los Angeles, "LatAm" beside Panama City,
    and a remote job's address is often the employer's own, of which only the country holds.
    """
    printed = place["text"] or ""
    known = gazetteer.load().places(printed)
    if _WIDE.search(printed):
        return
    cities = {found.city for found in known if found.city}
    remote = "remote" in printed.lower()
    parts = (place["country"],) if remote else (place["city"], place["region"], place["country"])
    written = ", ".join(part.strip() for part in parts if (part or "").strip())
    for found in gazetteer.load().places(written)[:1]:
        agrees = found.city in cities if cities else not known or found.country in {other.country for other in known}
        if agrees:
            yield _fact("place", place["pointer"], concept=found.concept)


def _fact(kind: str, field: str, **values: Any) -> Found:
    return Found(kind, basis="structured", field=field or "/", confidence=1.0, rule=f"{kind}/structured", **values)

"""What does a source state in fields of its own? Pay, places, work mode and employment, each with its pointer."""

from collections.abc import Iterator, Mapping
from typing import Any

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
    """A place whose address fields name more than its printed text; the text itself is read like any words."""
    written = ", ".join(
        part.strip() for part in (place["city"], place["region"], place["country"]) if (part or "").strip()
    )
    for found in gazetteer.load().places(written)[:1]:
        yield _fact("place", place["pointer"], concept=found.concept)


def _fact(kind: str, field: str, **values: Any) -> Found:
    return Found(kind, basis="structured", field=field or "/", confidence=1.0, rule=f"{kind}/structured", **values)

"""By which facet can a search that is cut off be split into parts that are not?

Workday shows at most 2,000 results of a search on many sites and counts no more; its facets are counted in full.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a facet: the search narrowed by it, and how many results it has."""

    parameter: str
    value: str
    count: int


def split(facets: Any, *, without: Sequence[str] = ()) -> list[Part]:
    """Return the parts of the facet that covers most results with the least overlap; [] if there is no facet.

    ``without``: parameters the search is narrowed by already. A posting may stand in several parts (two places), so
    among facets that cover as much the one with the smallest largest part is taken: its parts are asked for in full.

    >>> one = {"facetParameter": "kind", "values": [{"id": "a", "count": 1500}, {"id": "b", "count": 1400}]}
    >>> two = {"facetParameter": "level", "values": [{"id": "c", "count": 2900}]}
    >>> [part.value for part in split([one, two])]
    ['a', 'b']
    """
    found: dict[str, list[Part]] = {}
    for parameter, value in _values(facets, ""):
        count = value.get("count")
        if parameter and parameter not in without and isinstance(value.get("id"), str) and isinstance(count, int):
            found.setdefault(parameter, []).append(Part(parameter, value["id"], count))
    if not found:
        return []
    most = max(covered(parts) for parts in found.values())
    wide = [parts for parts in found.values() if covered(parts) >= 0.95 * most]
    return min(wide, key=lambda parts: (max(part.count for part in parts), covered(parts), parts[0].parameter))


def covered(parts: Sequence[Part]) -> int:
    """How many results the parts count together; one in several parts counts as often."""
    return sum(part.count for part in parts)


def _values(facets: Any, parameter: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every value with its facet's parameter; facets stand in groups, and groups among values."""
    for entry in facets if isinstance(facets, list) else []:
        if not isinstance(entry, dict):
            continue
        named = entry.get("facetParameter")
        inner = entry.get("values")
        if isinstance(inner, list):
            yield from _values(inner, named if isinstance(named, str) else parameter)
        else:
            yield parameter, entry

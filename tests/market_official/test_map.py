"""Is every state of the map painted, and joined by a string id?"""

import re

import pytest

from jobtide.market import maps, theme
from jobtide.market.oews import FIPS

pytest.importorskip("vl_convert")


def rows(quotient: float) -> list[dict[str, object]]:
    """A row a state, all with one quotient, with as many postings as its place in the list."""
    return [
        {"key": code, "label": code, "location_quotient": quotient, "postings": i}
        for i, code in enumerate(sorted(FIPS))
    ]


def painted(body: dict[str, object]) -> tuple[int, int]:
    """(shapes filled with a colour of the scale, dots) in the drawn map."""
    import vl_convert

    spec = theme.framed(body, title="t", subtitle=["s"], description="d", width=720)
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    shapes = re.findall(r'<path aria-label="[^"]*" role="graphics-symbol" aria-roledescription="geoshape"[^>]*', svg)
    dots = re.findall(r'aria-roledescription="circle"', svg)
    assert len(shapes) == 51
    return sum(any(f'fill="{c}"' in shape for c in theme.DIVERGING) for shape in shapes), len(dots)


def test_all_51_shapes_are_painted_and_50_have_a_dot() -> None:
    # The first state of the list has no posting, hence no dot.
    assert painted(maps.states(rows(1.5), width=720)) == (51, 50)


def test_number_ids_would_lose_states() -> None:
    # The guard of the guard: the same map with ids as numbers paints fewer shapes, without any error.
    body = maps.states(rows(1.5), width=720)
    lookup = body["layer"][0]["transform"][0]["from"]["data"]["values"]
    for row in lookup:
        row["id"] = int(row["id"])
    assert painted(body)[0] < 51


def test_a_withheld_state_is_white() -> None:
    found = rows(1.5)
    found[-1]["location_quotient"] = None
    assert painted(maps.states(found, width=720))[0] == 50


def test_ids_are_two_character_strings() -> None:
    ids = [shape["id"] for shape in maps.outlines()["objects"]["states"]["geometries"]]
    assert all(isinstance(i, str) and len(i) == 2 for i in ids)
    assert set(ids) == set(FIPS.values())

"""Where are the jobs? The US states, filled by an official location quotient, with our postings as dots.

Shapes are joined by string ids ("06"): as numbers, Alabama to Connecticut would silently stay white.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jobtide.market import theme
from jobtide.market.oews import FIPS

_OUTLINES = Path(__file__).resolve().parent.parent / "data" / "maps" / "us_states.json"
_FRAME = (975, 610)  # px, the frame of the projected outlines


@cache
def outlines() -> Mapping[str, Any]:
    """Return the states as TopoJSON, object ``states``; each with a string id, a name and the point of its dot."""
    found: Mapping[str, Any] = json.loads(_OUTLINES.read_text())
    return found


def _dots(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A point for each state that has postings, biggest first so that small ones stay visible."""
    places = {shape["id"]: shape["properties"] for shape in outlines()["objects"]["states"]["geometries"]}
    found = [row for row in rows if row.get("postings") and row["key"] in FIPS]
    found.sort(key=lambda row: (-row["postings"], row["key"]))
    return [
        {
            "state": row["label"],
            "postings": row["postings"],
            "x": places[FIPS[row["key"]]]["x"],
            "y": places[FIPS[row["key"]]]["y"],
        }
        for row in found
    ]


_JOBS = "Location quotient (1 = as in all US jobs)"


def states(
    rows: Sequence[Mapping[str, Any]], *, width: int, field: str = "location_quotient", title: str = _JOBS
) -> dict[str, Any]:  # fmt: skip
    """Return the body of the map: ``field``, a quotient, fills, ``postings`` is the area of a dot.

    A state whose quotient is withheld is white with a grey outline, never the middle of the scale.
    """
    fills = [{"id": FIPS[row["key"]], "quotient": row.get(field)} for row in rows if row["key"] in FIPS]
    return {
        "height": round(width * _FRAME[1] / _FRAME[0]),
        "autosize": {"type": "pad"},  # fit-x would need a scale that a map has not
        "projection": {"type": "identity"},
        "layer": [_filled(fills, title), _dotted(_dots(rows), small=width < theme.WIDE)],
    }


def _filled(fills: Sequence[Mapping[str, Any]], title: str) -> dict[str, Any]:
    """The states, each filled by its quotient."""
    quotient = {
        "field": "quotient",
        "type": "quantitative",
        "scale": {"type": "threshold", "domain": list(theme.BREAKS), "range": list(theme.DIVERGING)},
        "legend": {
            "title": title,
            "orient": "top",
            "direction": "horizontal",
            "gradientLength": 200,
            "titleLimit": 320,
        },
    }
    withheld = {"test": "!isValid(datum.quotient)", "value": theme.SURFACE}
    return {
        "data": {"values": outlines(), "format": {"type": "topojson", "feature": "states"}},
        "transform": [{"lookup": "id", "from": {"data": {"values": fills}, "key": "id", "fields": ["quotient"]}}],
        "mark": {"type": "geoshape", "stroke": theme.FAINT, "strokeWidth": 0.7, "invalid": None},
        "encoding": {"color": {"condition": withheld, **quotient}},
    }


def _dotted(dots: Sequence[Mapping[str, Any]], *, small: bool) -> dict[str, Any]:
    """A dot on each state, as large as it has openings."""
    size = {
        "field": "postings",
        "type": "quantitative",
        "scale": {"type": "linear", "zero": True, "range": [10, 260] if small else [14, 900]},
        "legend": {
            "title": "Openings in this sample",
            "orient": "bottom" if small else "top",  # two legends in one row are wider than a telephone
            "direction": "horizontal",
            "symbolFillColor": theme.INK,
            "symbolOpacity": 0.75,
            "values": _steps(max((row["postings"] for row in dots), default=1)),
        },
    }
    return {
        "data": {"values": dots},
        "mark": {"type": "circle", "color": theme.INK, "opacity": 0.75, "stroke": theme.SURFACE, "strokeWidth": 1},
        "encoding": {
            "longitude": {"field": "x", "type": "quantitative"},
            "latitude": {"field": "y", "type": "quantitative"},
            "size": size,
        },
    }


def _steps(most: float) -> list[int]:
    """Three sizes for the legend: a tenth, a third and all of the largest, rounded to one digit.

    >>> _steps(187)
    [20, 60, 200]
    """
    out: list[int] = []
    for part in (0.1, 1 / 3, 1.0):
        number = max(1, round(most * part))
        digits = 10 ** (len(str(number)) - 1)
        out.append(round(number / digits) * digits)
    return sorted(set(out))

"""Which layers do the charts share? Pieces of a Vega-Lite body; ``across`` is the axis of values."""

from collections.abc import Mapping, Sequence
from typing import Any

from jobtide.market import theme

Row = Mapping[str, Any]
Body = dict[str, Any]
SLIM = 480  # px; below, names get less room and axes fewer ticks
POINT: Body = {"type": "point", "filled": True, "opacity": 1, "size": theme.DOT}
RULE: Body = {"type": "rule", "strokeWidth": theme.RULE}


def by_name(rows: Sequence[Row], layer: Sequence[Body], *, field: str, width: int, step: int = theme.STEP) -> Body:
    """Return the body of a chart with a line for each row, named by ``field``, sorted by the rows' ``order``."""
    names = {
        "field": field, "type": "nominal", "title": None,
        "sort": {"field": "order", "op": "min", "order": "ascending"},
        "axis": {"labelLimit": 240 if width >= SLIM else 150},
    }  # fmt: skip
    return {"data": {"values": rows}, "height": {"step": step}, "encoding": {"y": names}, "layer": layer}


def layer(mark: Body, across: Body, field: str, *, to: str = "", color: Body | None = None) -> Body:
    """Return one mark a row at ``field``, or from there ``to`` another field."""
    encoding: Body = {"x": {**across, "field": field}}
    if to:
        encoding["x2"] = {"field": to}
    if color:
        encoding["color"] = color
    return {"mark": mark, "encoding": encoding}


def where(fields: Sequence[str], drawn: Body) -> Body:
    """Return a layer that draws only the rows that have all ``fields``."""
    return {"transform": [{"filter": " && ".join(f"isValid(datum.{field})" for field in fields)}], **drawn}


def interval(across: Body, low: str = "low", high: str = "high") -> Body:
    """Return a rule from ``low`` to ``high``, where a row has an interval."""
    return where([low], layer({**RULE, "color": theme.INK}, across, low, to=high))


def dot(across: Body, field: str = "value") -> Body:
    return layer({**POINT, "color": theme.ACCENT}, across, field)


def said(across: Body, field: str = "end", *, away: int = 9, color: str = theme.INK) -> Body:
    """Return the rows' ``said`` as words, ``away`` px behind ``field``."""
    out = layer({"type": "text", "align": "left", "dx": away, "color": color}, across, field)
    out["encoding"]["text"] = {"field": "said"}
    return out

"""How does a change look? Shares before and after, and series with their intervals: bodies of Vega-Lite."""

from collections.abc import Sequence
from typing import Any

from jobtide.market import layers, theme, words
from jobtide.market.layers import Body, Row

_RING = {"type": "point", "filled": False, "size": theme.DOT * 0.7}
_TALL = 90  # px, one of several series


def change(rows: Sequence[Row], *, width: int) -> Body:
    """For each name a ring at ``before``, a dot at ``after``, a line between; the change is written beside."""
    drawn = [
        {**row, "order": order, "end": max(row["before"], row["after"]), "said": _said(row, width)}
        for order, row in enumerate(row for row in rows if row.get("value") is not None)
    ]
    top = max((row["end"] for row in drawn), default=1.0) * (1.4 if width < layers.SLIM else 1.5)
    across: dict[str, Any] = {
        "field": "after", "type": "quantitative", "title": None, "scale": {"domain": [0, top], "nice": False},
        "axis": {"format": ".1~%", "tickCount": 8 if width >= layers.SLIM else 4},
    }  # fmt: skip
    sure = _tone("datum.flag === ''")
    layer = [
        layers.layer(layers.RULE, across, "before", to="after", color=sure),
        layers.layer({**_RING, "fill": theme.SURFACE}, across, "before", color=sure),
        layers.layer(layers.POINT, across, "after", color=sure),
        layers.said(across),
    ]
    return layers.by_name(drawn, layer, field="label", width=width)


def forest(rows: Sequence[Row], *, width: int, most: int) -> Body:
    """Differences around zero: a dot with its interval, grey where it crosses zero, a ring at ``raw``.

    The ``most`` rows at both ends are drawn, half at each: those in the middle differ least.
    """
    seen = [row for row in rows if row.get("value") is not None and row.get("low") is not None]
    half = most // 2
    drawn = [
        {**row, "order": order, "sure": row["low"] > 0 or row["high"] < 0, "said": _percent(row["value"])}
        for order, row in enumerate(seen if len(seen) <= most else [*seen[:half], *seen[-half:]])
    ]
    numbers = [float(row[end]) for row in drawn for end in ("low", "high", "raw") if row.get(end) is not None]
    reach = max((abs(number) for number in numbers), default=0.1) * 1.05
    for row in drawn:
        row["at"] = reach
    across: dict[str, Any] = {
        "field": "value", "type": "quantitative", "title": None,
        "scale": {"domain": [-reach, reach * (1.35 if width < layers.SLIM else 1.2)], "nice": False},
        "axis": {"format": "+.0%", "tickCount": 8 if width >= layers.SLIM else 4},
    }  # fmt: skip
    sure = _tone("datum.sure")
    zero = {"mark": {"type": "rule", "color": theme.INK, "strokeWidth": 1}, "encoding": {"x": {"datum": 0}, "y": None}}
    layer = [
        zero,
        layers.layer(layers.RULE, across, "low", to="high", color=sure),
        layers.layer({**_RING, "color": theme.CONTRAST}, across, "raw"),
        layers.layer(layers.POINT, across, "value", color=sure),
        layers.said(across, "at", away=6),
    ]
    return layers.by_name(drawn, layer, field="label", width=width)


def _percent(value: float) -> str:
    """A difference of pay in whole percent, signed.

    >>> _percent(0.052), _percent(-0.0001)
    ('+5%', '0%')
    """
    said = f"{value * 100:+.0f}%"
    return said if float(said[:-1]) else "0%"


def _said(row: Row, width: int) -> str:
    """The change, with its interval where there is room, for the end of a mark."""
    said = words.points(row["value"])
    if row.get("low") is None or width < layers.SLIM:
        return said
    return f"{said} ({words.points(row['low'])[:-3]} to {words.points(row['high'])[:-3]})"


def bands(rows: Sequence[Row], *, unit: str, width: int) -> Body:
    """A small panel for each ``series`` over ``month``: its interval as a band, its value as a line with points.

    Panels share the axis of time, not that of height: each begins at zero, unless it is an index. A month that is
    withheld leaves a gap.
    """
    order = list(dict.fromkeys(row["series"] for row in rows))
    columns = 2 if width >= layers.SLIM and len(order) > 1 else 1
    share = unit.startswith("share")
    up: dict[str, Any] = {
        "field": "value", "type": "quantitative", "title": None,
        "scale": {"zero": not unit.startswith("index"), "nice": True},
        "axis": {"format": ".1~%" if share else ",.0f", "tickCount": 3, "grid": True},
    }  # fmt: skip
    across = {
        "field": "month", "type": "temporal", "title": None,
        "axis": {"format": "%Y" if _long(rows) else "%b %Y", "tickCount": "year" if _long(rows) else 4, "grid": False},
    }  # fmt: skip
    return {
        "data": {"values": [dict(row) for row in rows]},
        "facet": {
            "field": "series", "type": "nominal", "title": None, "sort": order,
            "header": {"labelAnchor": "start", "labelFontSize": 14, "labelFontWeight": 600, "labelColor": theme.INK},
        },
        "columns": columns,
        "spacing": {"row": 12, "column": 24},
        "resolve": {"scale": {"y": "independent"}},
        "spec": {
            "width": (width - 60 * columns) // columns,
            "height": _TALL if len(order) > 1 else 240,
            "encoding": {"x": across},
            "layer": [
                {
                    "transform": [{"filter": "isValid(datum.low)"}],
                    "mark": {"type": "area", "color": theme.BAND, "opacity": 0.6},
                    "encoding": {"y": {**up, "field": "low"}, "y2": {"field": "high"}},
                },
                {
                    "mark": {"type": "line", "color": theme.ACCENT, "strokeWidth": theme.CURVE, "strokeJoin": "round"},
                    "encoding": {"y": up},
                },
            ],
        },
    }  # fmt: skip


def _long(rows: Sequence[Row]) -> bool:
    """Whether the series span more than two calendar years."""
    years = {str(row["month"])[:4] for row in rows}
    return len(years) > 2


def _tone(test: str) -> dict[str, Any]:
    """The accent where ``test`` holds of a row, faint elsewhere."""
    return {"condition": {"test": test, "value": theme.ACCENT}, "value": theme.FAINT}

"""How does a list of rows become a picture? Pure functions from rows to the body of a Vega-Lite specification.

Rows are those of a figure's JSON form. A row without a value is not drawn: a chart never stands without its table,
which says "too few". Names are sorted by a field of their own, since an update in place keeps an old order.
"""

from collections.abc import Sequence
from typing import Any

from jobtide.market import layers, theme, words
from jobtide.market.layers import Body, Row

# What official statistics say: a shape of its own, not only a colour.
_DIAMOND = {
    "type": "point", "shape": "diamond", "filled": True, "opacity": 1, "size": theme.DOT, "color": theme.CONTRAST,
    "stroke": theme.SURFACE, "strokeWidth": 1,
}  # fmt: skip
# What a row is compared with: hollow, so that shape tells it from the dot without colour.
_RING = {
    "type": "point", "filled": False, "opacity": 1, "size": theme.DOT, "color": theme.CONTRAST, "strokeWidth": 2,
}  # fmt: skip
# Pay: the outer spread, the middle half and the median over it.
_SPREAD: tuple[tuple[str, str, Body], ...] = (
    ("p10", "p90", {"type": "rule", "strokeWidth": 3, "color": theme.SOFT}),
    ("p25", "p75", {"type": "bar", "height": theme.BAR - 4, "color": theme.ACCENT, "cornerRadius": 2}),
)
_TICK = {"type": "tick", "thickness": 3, "size": theme.BAR, "color": theme.SURFACE}
_FINE = 0.08  # a share's axis that ends below has ticks between whole percent


def _drawn(rows: Sequence[Row], *, marks: tuple[str, ...] = ("value",)) -> list[dict[str, Any]]:
    """The rows that have something to draw, in order, with a name of their own each."""
    out: list[dict[str, Any]] = []
    for row in rows:
        if any(row.get(mark) is not None for mark in marks):
            taken = any(row["label"] == other["name"] for other in out)
            name = f"{row['label']} ({row['key']})" if taken else row["label"]
            out.append({**row, "name": name, "order": len(out)})
    return out


def _scale(field: str, top: float, *, unit: str, width: int, zero: bool = True) -> dict[str, Any]:
    """The axis of values; ``top`` leaves room for the labels at the end."""
    formats = {"share": ".0%", "USD": "$,.0f", "distance": ".1f"}
    ticks = 8 if width >= layers.SLIM else 4
    axis: dict[str, Any] = {"format": formats.get(_family(unit), ",.0f"), "tickCount": ticks}
    if _family(unit) == "share" and top < _FINE:
        axis["format"] = ".1~%"
    elif _family(unit) == "share" and top > 1:  # room for labels, not more than all
        axis["values"] = [0, 0.2, 0.4, 0.6, 0.8, 1] if width >= layers.SLIM else [0, 0.5, 1]
    if _family(unit) == "USD":
        axis = {"labelExpr": "'$' + format(datum.value / 1000, ',.0f') + 'k'", "tickCount": ticks}
    scale: dict[str, Any] = {"zero": zero, "nice": False}
    if zero:
        scale["domain"] = [0, top]
    return {"field": field, "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def _family(unit: str) -> str:
    known = ("share", "USD", "distance")
    return next((family for family in known if unit.startswith(family)), "count")


def _said(row: Row, unit: str) -> str:
    """The label at the end of a mark."""
    value = float(row["value"])
    if unit.startswith("ratio"):
        return f"{value:.1f}"
    if _family(unit) == "share":
        bound = row.get("high") if value == 0 else None
        return f"at most {words.percent(bound)}" if bound else words.percent(value)
    if _family(unit) == "distance":
        return f"{value:.2f}"
    return words.thousands(value) if _family(unit) == "USD" else words.count(value)


def pairs(rows: Sequence[Row], *, width: int) -> Body:
    """Two shares of each name: ``share`` with its interval as a dot, ``oews_share`` as a diamond.

    A row whose own share is withheld keeps its diamond and says so.
    """
    drawn = [{**row, "said": _base({**row, "value": row.get("share")})} for row in _drawn(rows, marks=("oews_share",))]
    for row in drawn:
        row["end"] = max(float(row[end]) for end in ("share_high", "share", "oews_share") if row.get(end) is not None)
    top = max((row["end"] for row in drawn), default=1.0) * (1.3 if width < layers.SLIM else 1.1)
    across = _scale("share", top, unit="share", width=width)
    layer = [
        layers.where(["share"], layers.dot(across, "share")),
        layers.layer(_DIAMOND, across, "oews_share"),
        layers.said(across, color=theme.MUTED),
    ]
    return layers.by_name(
        drawn, [layers.interval(across, "share_low", "share_high"), *layer], field="name", width=width
    )


def _base(row: Row) -> str:
    """How many openings a row rests on, or that they are too few."""
    said = f"n = {words.count(row['n'])}"
    return said if row.get("value") is not None or not row["n"] else f"too few ({said})"


def _measured(rows: Sequence[Row], unit: str) -> list[dict[str, Any]]:
    """The rows that have a value, each with its label and the place where its mark ends."""
    return [{**row, "said": _said(row, unit), "end": row.get("high") or row["value"]} for row in _drawn(rows)]


def dots(rows: Sequence[Row], *, unit: str, width: int) -> Body:
    """A dot with its 95 % interval for each row, and a ring for ``rest``, what it is compared with, where there is one,
    else for ``corrected``, its own value without the reader's errors.

    The value is written after the interval, that of what it is compared with after it.
    """
    drawn = _measured(rows, unit)
    beside = "rest" if any(row.get("rest") is not None for row in drawn) else "corrected"
    for row in drawn:
        row["end"] = max(row["end"], row.get(beside) or 0.0)
        if row.get("rest") is not None:
            row["said"] = f"{words.percent(row['value'])} against {words.percent(row['rest'])}"
    room = 0.24 if beside == "rest" else 0.0
    top = max((row["end"] for row in drawn), default=1.0) * (1.3 + 2 * room if width < layers.SLIM else 1.08 + room)
    across = _scale("value", top, unit=unit, width=width)
    ring = layers.where([beside], layers.layer(_RING, across, beside))
    layer = [layers.interval(across), ring, layers.dot(across), layers.said(across)]
    return layers.by_name(drawn, layer, field="name", width=width)


def bars(rows: Sequence[Row], *, unit: str, width: int) -> Body:
    """A bar from zero for each row, the value at its end; an interval, where there is one, as a rule."""
    drawn = _measured(rows, unit)
    room = 0.1 if any(row["value"] == 0 and row.get("high") for row in drawn) else 0.0
    top = max((row["end"] for row in drawn), default=1.0) * (1.2 + 2 * room if width < layers.SLIM else 1.1 + room)
    across = _scale("value", top, unit=unit, width=width)
    grey = {"condition": {"test": "datum.flag === 'unknown'", "value": theme.UNKNOWN}, "value": theme.ACCENT}
    bar = layers.layer({"type": "bar", "height": theme.BAR, "cornerRadiusEnd": 2}, across, "value", color=grey)
    layer = [bar, layers.interval(across), layers.said(across, away=7)]
    return layers.by_name(drawn, layer, field="name", width=width)


def ranges(rows: Sequence[Row], *, unit: str, width: int) -> Body:
    """Pay: the middle half as a bar, the median as a light line, p10 to p90 as a thin rule where there are enough.

    Reads ``p25``, ``p75`` and, where they exist, ``p10``, ``p90``, and ``official``, the median of the nearest
    official occupation, drawn as a diamond: a shape of its own, not only a colour. A row whose pay is withheld keeps
    its diamond and says so.
    """
    drawn = [{**row, "said": _base(row)} for row in _drawn(rows, marks=("value", "official"))]
    ends = ("p10", "p25", "p75", "p90", "official", "value")
    numbers = [float(row[end]) for row in drawn for end in ends if row.get(end) is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    domain = [low * 0.92, high + (high - low) * (0.5 if width < layers.SLIM else 0.12)]
    across = _scale("value", high, unit=unit, width=width, zero=False)
    across["scale"] = {"zero": False, "nice": False, "domain": domain}
    for row in drawn:
        row["end"] = max(float(row[end]) for end in ends if row.get(end) is not None)
    layer = [
        *(layers.where([low, high], layers.layer(mark, across, low, to=high)) for low, high, mark in _SPREAD),
        layers.where(["value"], layers.layer(_TICK, across, "value")),
        layers.where(["official"], layers.layer(_DIAMOND, across, "official")),
        layers.said(across, color=theme.MUTED),
    ]
    return layers.by_name(drawn, layer, field="name", width=width, step=theme.STEP + 8)


def lines(rows: Sequence[Row], *, unit: str, width: int, highlight: str) -> Body:
    """One line a series over months, ``highlight`` in the accent, the others in grey, each named at its end.

    Rows carry ``series`` (the name), ``month`` ("2025-12") and ``value``. The axis begins at zero.
    """
    values = [{**row, "main": row["series"] == highlight} for row in rows if row.get("value") is not None]
    ends = _apart(values)
    top = max((float(row["value"]) for row in values), default=1.0) * 1.05
    up = _scale("value", top, unit=unit, width=width)
    up["axis"] = {**up["axis"], "grid": True, "tickCount": 5}
    years = {"format": "%Y", "tickCount": "year" if width >= layers.SLIM else 4, "grid": False, "labelFlush": True}
    across: dict[str, Any] = {"field": "month", "type": "temporal", "title": None, "axis": years}
    color = {"condition": {"test": "datum.main", "value": theme.ACCENT}, "value": theme.FAINT}
    said = {"condition": {"test": "datum.main", "value": theme.ACCENT}, "value": theme.MUTED}
    return {
        "data": {"values": values},
        "height": 300,
        "encoding": {"x": across},
        "layer": [
            {
                "mark": {"type": "line", "strokeJoin": "round"},
                "encoding": {
                    "y": up,
                    "detail": {"field": "series"},
                    "color": color,
                    "order": {"field": "month", "type": "temporal"},
                    "strokeWidth": {"condition": {"test": "datum.main", "value": theme.CURVE}, "value": 1.2},
                },
            },
            {
                "data": {"values": ends},
                "mark": {"type": "text", "align": "left", "dx": 6},
                "encoding": {
                    "y": {**up, "field": "placed"},
                    "text": {"field": "series"},
                    "color": said,
                },
            },
        ],
    }


def _apart(values: Sequence[Row]) -> list[dict[str, Any]]:
    """The last point of each series, its label moved up where it would cover the one below."""
    last: dict[str, dict[str, Any]] = {}
    for row in sorted(values, key=lambda r: str(r["month"])):
        last[str(row["series"])] = {**row}
    top = max((float(row["value"]) for row in values), default=1.0)
    gap, below = top * 0.05, -1.0
    out = sorted(last.values(), key=lambda r: (float(r["value"]), str(r["series"])))
    for row in out:
        row["placed"] = max(float(row["value"]), below + gap)
        below = row["placed"]
    return out

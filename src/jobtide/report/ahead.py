"""How does a forecast look after its past? The line so far, the forecast dashed, its two ranges as bands."""

from collections.abc import Mapping
from typing import Any

from jobtide.market import theme
from jobtide.report.blocks import Record

_MONTHS = 48  # of the past: enough to see a year's swing and a trend
_ENDS = ("low80", "high80", "low95", "high95")


def chart(record: Record, past: Mapping[str, float], width: int) -> dict[str, Any]:
    """Return a picture of a forecast's rows after the last months of ``past`` ("2025-12" -> value)."""
    known: list[dict[str, Any]] = [{"month": month, "value": past[month]} for month in sorted(past)[-_MONTHS:]]
    ahead = [
        {"month": str(row["date"])[:7], "value": row["value"],
         **{end: row[end] for end in _ENDS}}
        for row in record["rows"]
    ]  # fmt: skip
    joint = {**known[-1], **dict.fromkeys(_ENDS, known[-1]["value"])}
    share = str(record["unit"]).startswith("share")
    across = {"field": "month", "type": "temporal", "title": None, "axis": {"format": "%Y", "tickCount": "year",
              "grid": False}}  # fmt: skip
    axis = {"format": ".1%" if share else ",.0f", "tickCount": 5}
    up: dict[str, Any] = {"field": "value", "type": "quantitative", "title": None, "scale": {"zero": share},
                          "axis": axis}  # fmt: skip
    forecast = {"values": [joint, *ahead]}
    body = {
        "height": 240,
        "encoding": {"x": across},
        "layer": [
            *(_band(forecast, level, up) for level in ("95", "80")),
            {"data": {"values": known}, "mark": {"type": "line", "color": theme.ACCENT, "strokeWidth": theme.CURVE},
             "encoding": {"y": up}},
            {"data": forecast, "mark": {"type": "line", "color": theme.ACCENT, "strokeWidth": theme.CURVE,
             "strokeDash": [5, 4]}, "encoding": {"y": up}},
        ],
    }  # fmt: skip
    said = f"{record['title']}. Last value {_said(known[-1]['value'], share=share)}; forecast " + ", ".join(
        f"{row['month']} {_said(row['value'], share=share)} ({_said(row['low80'], share=share)} to "
        f"{_said(row['high80'], share=share)})"
        for row in ahead
    )
    return theme.framed(body, title=record["title"], subtitle=[], description=f"{said}.", width=width)


def _band(forecast: Mapping[str, Any], level: str, up: Mapping[str, Any]) -> dict[str, Any]:
    """The range that holds ``level`` in a hundred, wider ones lighter."""
    return {
        "data": forecast,
        "mark": {"type": "area", "color": theme.BAND, "opacity": 0.6 if level == "80" else 0.35},
        "encoding": {"y": {**up, "field": f"low{level}"}, "y2": {"field": f"high{level}"}},
    }


def _said(value: float, *, share: bool) -> str:
    return f"{value * 100:.1f}%" if share else f"{value:.0f}"

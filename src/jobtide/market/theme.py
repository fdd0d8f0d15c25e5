"""How does a chart look? Colours, type and sizes of the design sheet, in one place for screen, report and export."""

import textwrap
from collections.abc import Mapping
from typing import Any

INK = "#1B2733"
MUTED = "#51606F"
FAINT = "#7C8895"
LINE = "#E3E8ED"
SURFACE = "#FFFFFF"
ACCENT = "#0B6FA4"
CONTRAST = "#B4510A"
SOFT = "#8FC1DE"
BAND = "#9CC7E3"
UNKNOWN = "#B9C3CD"
# Around 1, by fixed breaks: half, a fifth less, a quarter more, double.
DIVERGING = ("#B4510A", "#E8B48C", "#F3F1EC", "#8FC1DE", "#0B6FA4")
BREAKS = (0.5, 0.8, 1.25, 2.0)

FONT = 'Inter, "DejaVu Sans", system-ui, sans-serif'
WIDE = 720  # px, a report's figure
NARROW = 360  # px, the same figure on a telephone
STEP = 28  # px a row of names
BAR = 18
DOT = 110
RULE = 1.5
CURVE = 2.5
SMALL = 12  # px, axis and notes; nothing in a figure is smaller than 11
_TITLE = 12  # px, a letter of a title at most; longer ones are broken into lines, since nothing cuts them off
_SUBTITLE = 7  # px, a letter of a subtitle
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def _config() -> dict[str, Any]:
    axis = {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "labelFontSize": SMALL,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    return {
        "font": FONT,
        "background": SURFACE,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"labelColor": INK, "grid": False, "labelLimit": 240},
        "title": {
            "anchor": "start",
            "frame": "bounds",
            "fontSize": 18,
            "fontWeight": 600,
            "color": INK,
            "subtitleColor": MUTED,
            "subtitleFontSize": 14,
            "subtitlePadding": 6,
            "offset": 16,
        },
        "legend": {
            "labelColor": MUTED,
            "titleColor": MUTED,
            "labelFontSize": SMALL,
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
        },
        "text": {"fontSize": SMALL, "color": MUTED},
    }


def framed(body: dict[str, Any], *, title: str, subtitle: list[str], description: str, width: int) -> dict[str, Any]:
    """Return a whole Vega-Lite specification: ``body`` in the theme, with title, alternative text and size.

    ``description`` says the main finding and n; it is what someone hears who does not see the chart.
    """
    # A figure of several panels gives each its own width; the frame then takes what they need.
    size = {} if "facet" in body else {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}}
    return {
        "$schema": _SCHEMA,
        "description": description,
        "title": {
            "text": _lines(title, width // _TITLE),
            "subtitle": [piece for line in subtitle for piece in textwrap.wrap(line, width // _SUBTITLE)],
        },
        "padding": 4,
        **size,
        "config": _config(),
        **body,
    }


def _lines(text: str, most: int) -> str | list[str]:
    """A title on one line, or on as many as it needs."""
    found = textwrap.wrap(text, most)
    return found if len(found) > 1 else text


def bare(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``spec`` without its title, for a page that prints the title itself."""
    return {key: value for key, value in spec.items() if key != "title"}

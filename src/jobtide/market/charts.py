"""Which picture belongs to a figure? From a figure to a Vega-Lite specification, and from that to SVG or PNG.

The same dictionary serves the terminal's ``--format vl``, the report and any notebook: no chart library is needed to
make it. Rendering needs the extra [serve].
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jobtide.errors import MissingExtra, UsageError
from jobtide.market import maps, plots, theme, words
from jobtide.market.figure import Figure

Record = Mapping[str, Any]
MOST_ROWS = 20  # names in one chart; the table has them all


def chart(figure: Figure, *, width: int = theme.WIDE) -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification, ``width`` px wide, with its alternative text.

    Rows that are withheld are not drawn. The first ``MOST_ROWS`` of a list of names are.
    """
    record = figure.to_json()
    draw = _KINDS.get(record["chart"] or "", _names)
    body = draw(record, width)
    return theme.framed(
        body, title=record["title"], subtitle=subtitle(record), description=description(record), width=width
    )


def _names(record: Record, width: int) -> dict[str, Any]:
    """Dots where rows have intervals, bars where they are counts."""
    rows = record["rows"][:MOST_ROWS]
    draw = plots.dots if any(row.get("low") is not None for row in rows) else plots.bars
    return draw(rows, unit=record["unit"], width=width)


def _bars(record: Record, width: int) -> dict[str, Any]:
    return plots.bars(record["rows"][:MOST_ROWS], unit=record["unit"], width=width)


def _pay(record: Record, width: int) -> dict[str, Any]:
    """Rows that describe jobs rather than openings stand in the table; the chart marks them beside the openings."""
    rows = [row for row in record["rows"] if row.get("base") != "jobs"]
    return plots.ranges(rows[:MOST_ROWS], unit=record["unit"], width=width)


def _line(record: Record, width: int) -> dict[str, Any]:
    rows = record["rows"]
    return plots.lines(rows, unit=record["unit"], width=width, highlight=rows[0]["series"] if rows else "")


def _map(record: Record, width: int) -> dict[str, Any]:
    return maps.states(record["rows"], width=width)


_KINDS: dict[str, Callable[[Record, int], dict[str, Any]]] = {
    "dots": _names,
    "bars": _bars,
    "ranges": _pay,
    "line": _line,
    "map": _map,
}


def subtitle(record: Record) -> str:
    """Measure, base and date in one line."""
    base = record["base"]
    counted = f", n = {words.count(base['n'])} openings of {words.count(base['employers'])} employers"
    return f"{record['unit'][:1].upper()}{record['unit'][1:]}{counted if base['n'] else ''}"


def description(record: Record) -> str:
    """The alternative text: what is drawn, the largest and the smallest of it, and n."""
    rows = [row for row in record["rows"] if row["value"] is not None and row.get("base") != "jobs"]
    said = f"{record['title']}. {subtitle(record)}."
    if not rows:
        return f"{said} No row has enough postings to be shown."
    first = max(rows, key=lambda row: row["value"])
    last = min(rows, key=lambda row: row["value"])
    return f"{said} Largest: {_one(first, record['unit'])}. Smallest shown: {_one(last, record['unit'])}."


def _one(row: Record, unit: str) -> str:
    """A row in words."""
    if unit.startswith("share"):
        said = words.share(row["value"], row["low"], row["high"], row["n"])
    elif unit.startswith("USD"):
        said = words.pay(row["value"], row["low"], row["high"], row["n"])
    else:
        said = words.count(row["value"])
    return f"{row['label']} {said}"


def render(spec: Mapping[str, Any], shape: str) -> bytes:
    """Return a specification as ``svg`` or ``png`` bytes; nothing is fetched from any address.

    Raises MissingExtra where the renderer is not installed, UsageError for another shape.
    """
    try:
        import vl_convert
    except ImportError:
        raise MissingExtra("drawing charts", extra="serve") from None
    if shape == "svg":
        return str(vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[])).encode()
    if shape == "png":
        return bytes(vl_convert.vegalite_to_png(dict(spec), scale=2, allowed_base_urls=[]))
    raise UsageError(f"unknown image format {shape!r}: svg or png")


def can_render() -> bool:
    """Whether charts can be drawn here: the renderer's package is installed. Nothing is imported."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


def drawn(rows: Sequence[Record]) -> int:
    """How many rows have a value to draw."""
    return sum(row["value"] is not None for row in rows)

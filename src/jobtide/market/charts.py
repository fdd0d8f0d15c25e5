"""Which picture belongs to a figure? From a figure to a Vega-Lite specification, and from that to SVG or PNG.

The same dictionary serves the terminal's ``--format vl``, the report and any notebook: no chart library is needed to
make it. Rendering needs the extra [serve].
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jobtide.errors import MissingExtra, UsageError
from jobtide.market import maps, moves, plots, theme, words
from jobtide.market.figure import Figure
from jobtide.market.official import STATED

Record = Mapping[str, Any]
MOST_ROWS = 20  # names in one chart; the table has them all


def chart(figure: Figure, *, width: int = theme.WIDE, most: int = MOST_ROWS) -> dict[str, Any]:
    """Return the figure as a Vega-Lite specification, ``width`` px wide, with its alternative text.

    Rows that are withheld are not drawn, save where another mark stands for them. ``most`` names are shown, the first
    ones; a map and lines over time show all.
    """
    record: Record = figure.to_json()
    kind = record["chart"] or ""
    if kind not in ("line", "map", "quotients", "bands", "index", "forest"):
        record = _cut(record, most)
    body = _KINDS.get(kind, _names)(record, width)
    said = [line for line in (subtitle(record), marks(record)) if line]
    return theme.framed(body, title=record["title"], subtitle=said, description=description(record), width=width)


def _cut(record: Record, most: int) -> Record:
    """The figure's first rows. Those that describe jobs, not openings, stand in the table; charts mark them beside."""
    rows = [row for row in record["rows"] if row.get("base") != "jobs"]
    return {**record, "rows": rows[:most]}


def _names(record: Record, width: int) -> dict[str, Any]:
    """Dots where rows have intervals, bars where they are counts."""
    rows = record["rows"]
    draw = plots.dots if any(row.get("low") is not None for row in rows) else plots.bars
    return draw(rows, unit=record["unit"], width=width)


def _bars(record: Record, width: int) -> dict[str, Any]:
    return plots.bars(record["rows"], unit=record["unit"], width=width)


def _pay(record: Record, width: int) -> dict[str, Any]:
    rows = [{**row, "label": row["label"].removesuffix(STATED)} for row in record["rows"]]
    return plots.ranges(rows, unit=record["unit"], width=width)


def _pairs(record: Record, width: int) -> dict[str, Any]:
    return plots.pairs(record["rows"], width=width)


def _line(record: Record, width: int) -> dict[str, Any]:
    rows = record["rows"]
    return plots.lines(rows, unit=record["unit"], width=width, highlight=rows[0]["series"] if rows else "")


def _map(record: Record, width: int) -> dict[str, Any]:
    return maps.states(record["rows"], width=width)


def _quotients(record: Record, width: int) -> dict[str, Any]:
    title = "Openings against computer jobs (1 = in proportion)"
    return maps.states(record["rows"], width=width, field="value", title=title)


def _ratios(record: Record, width: int) -> dict[str, Any]:
    return plots.dots(record["rows"], unit=record["unit"], width=width)


def _change(record: Record, width: int) -> dict[str, Any]:
    return moves.change(record["rows"], width=width)


def _bands(record: Record, width: int) -> dict[str, Any]:
    return moves.bands(record["rows"], unit=record["unit"], width=width)


def _forest(record: Record, width: int) -> dict[str, Any]:
    return moves.forest(record["rows"], width=width, most=MOST_ROWS)


_KINDS: dict[str, Callable[[Record, int], dict[str, Any]]] = {
    "dots": _names,
    "bars": _bars,
    "ranges": _pay,
    "line": _line,
    "pairs": _pairs,
    "contrast": _names,
    "map": _map,
    "change": _change,
    "forest": _forest,
    "bands": _bands,
    "index": _bands,
    "quotients": _quotients,
    "ratios": _ratios,
}


_OFFICIAL = "; diamond: official median of the occupation beside the role"
_CORRECTED = "Dot: share as read, with interval; ring: corrected for what the reader mistakes and misses"
# What the marks of a kind stand for, where the axis does not say it.
_MARKS = {
    "ranges": "Bar: middle half; white line: median; thin line: p10 to p90, from 100 openings",
    "pairs": "Dot: share of the openings here, with interval; diamond: share of US computer and mathematical jobs",
    "change": "Ring: share before; dot: share after, with the change and its interval; grey: no clear change",
    "forest": "Dot: within role and employer, with interval, grey where it crosses zero; ring: raw; most and least",
    "bands": "Line: the months of crawls; band: 95 % interval, where there is one",
    "quotients": "Fill: share of openings over share of computer jobs; dots: openings; white: too few",
    "index": "Line: the months of crawls; band: 95 % interval",
    "contrast": "Dot: these openings, with interval; ring: those they are compared with",
    "map": "Fill: official location quotient; dots: openings of this sample; white: not published",
}


def marks(record: Record) -> str:
    """What the marks of a figure's chart stand for, "" where the axis says it."""
    beside = _OFFICIAL if any(row.get("official") is not None for row in record["rows"]) else ""
    if any(row.get("corrected") is not None for row in record["rows"]):
        beside += _CORRECTED
    return _MARKS.get(record["chart"] or "", "") + beside


def subtitle(record: Record) -> str:
    """Measure, base and what narrows it, in one line."""
    base = record["base"]
    unit = f"{record['unit'][:1].upper()}{record['unit'][1:]}"
    if not base["n"]:
        return unit
    narrowed = [_narrowed(name, text) for name, text in sorted(base["filters"].items()) if name != "family"]
    if record.get("groups"):  # series of another's: their points are months or weeks, no openings
        return ", ".join([unit, *(_length(group) for group in record["groups"][:1]), *narrowed])
    n, employers = words.count(base["n"]), words.count(base["employers"])
    return ", ".join([unit, f"n = {n} openings of {employers} employers", *narrowed])


_ENDS = ("from", "to")


def _length(group: Mapping[str, Any]) -> str:
    """How long the series behind a forecast is."""
    first, last = (words.month(group[end]) if group["unit"] == "months" else words.day(group[end]) for end in _ENDS)
    return f"n = {words.count(group['n'])} {group['unit']}, {first} to {last}"


def _narrowed(name: str, text: str) -> str:
    """A filter in words."""
    if name in ("country", "state"):
        return f"in {words.country(text) if name == 'country' else text}"
    return f"{name.replace('_', ' ')} {words.role(text) if name == 'role' else text}"


def description(record: Record) -> str:
    """The alternative text: what is drawn, the three largest of it, and n."""
    rows = [row for row in record["rows"] if row["value"] is not None and row.get("base") != "jobs"]
    if rows and "month" in rows[0] and "series" in rows[0]:
        rows = [row for row in rows if row["month"] == max(row["month"] for row in rows)]
    said = f"{record['title']}. {subtitle(record)}."
    if not rows:
        return f"{said} No row has enough postings to be shown."
    rows.sort(key=lambda row: (-abs(row["value"]), row["key"]))
    return f"{said} Largest: {'; '.join(_one(row, record['unit']) for row in rows[:3])}."


def _one(row: Record, unit: str) -> str:
    """A row in words."""
    if unit.startswith("change in share"):
        said = words.points(row["value"])
    elif unit.startswith("share"):
        n = row["n"] or None  # a series of somebody else's has no n of ours
        said = words.share(row["value"], row["low"], row["high"], n)
    elif unit.startswith("USD"):
        said = words.pay(row["value"], row["low"], row["high"], row["n"])
    elif unit == "distance":
        said = f"{row['value']:.2f}"
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
        return _numbered(str(vl_convert.vegalite_to_svg(dict(spec), allowed_base_urls=[]))).encode()
    if shape == "png":
        return bytes(vl_convert.vegalite_to_png(dict(spec), scale=2, allowed_base_urls=[]))
    raise UsageError(f"unknown image format {shape!r}: svg or png")


# Ids within a drawing, and what refers to them.
_ID = re.compile(r'(\bid="|url\(#|href="#)([^")]+)')


def _numbered(svg: str) -> str:
    """The drawing with its ids numbered from 0: the renderer counts on over all that a process has drawn.

    >>> _numbered('<clipPath id="clip17"/><g clip-path="url(#clip17)"/>')
    '<clipPath id="k0"/><g clip-path="url(#k0)"/>'
    """
    names: dict[str, str] = {}
    return _ID.sub(lambda found: found[1] + names.setdefault(found[2], f"k{len(names)}"), svg)


def can_render() -> bool:
    """Whether charts can be drawn here: the renderer's package is installed. Nothing is imported."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


def drawn(rows: Sequence[Record]) -> int:
    """How many rows have a value to draw."""
    return sum(row["value"] is not None for row in rows)

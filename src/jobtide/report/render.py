"""Where do a report's files go? The only place of the report that opens a path."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jobtide.errors import UsageError
from jobtide.market import charts, theme
from jobtide.report.blocks import Document, Shown
from jobtide.report.html import html
from jobtide.report.markdown import markdown
from jobtide.report.pdf import pdf

FORMATS = ("html", "md", "pdf")
Draw = Callable[[Mapping[str, Any]], bytes | None]


def svg(spec: Mapping[str, Any]) -> bytes:
    """Draw a chart as SVG, without its title: the page prints that itself."""
    return charts.render(theme.bare(spec), "svg")


def nothing(spec: Mapping[str, Any]) -> None:
    """Draw no chart: the tables stand alone."""


def drawer() -> Draw:
    """Return what draws charts here: the renderer if it is installed, else nothing."""
    return svg if charts.can_render() else nothing


def scores() -> Mapping[str, Mapping[str, float]]:
    """Return the measured scores of reading that this release ships: fact -> measure -> figure, ``n`` among them."""
    path = Path(__file__).resolve().parent.parent / "data" / "quality.json"
    found: Mapping[str, Mapping[str, float]] = json.loads(path.read_text())
    return found


def write(document: Document, out: Path, *, formats: Sequence[str], draw: Draw) -> list[Path]:
    """Write the document into the folder ``out``; returns the files, the report itself first.

    Markdown puts its charts into ``charts/`` beside it. Raises UsageError for a format that does not exist.
    """
    if unknown := [name for name in formats if name not in FORMATS]:
        raise UsageError(f"unknown report format {unknown[0]!r}: choose from {', '.join(FORMATS)}")
    out.mkdir(parents=True, exist_ok=True)
    draw = _once(draw)
    written = []
    if "html" in formats:
        written.append(_put(out / "report.html", html(document, draw=draw).encode()))
    pictures = _pictures(document, draw) if {"md", "pdf"} & set(formats) else {}
    if "pdf" in formats:
        written.append(_put(out / "report.pdf", pdf(document, dict(pictures.values()))))
    if "md" in formats:
        written.append(_put(out / "report.md", markdown(document, charts=_paths(pictures)).encode()))
        written += [_put(out / "charts" / name, body) for name, (_, body) in sorted(pictures.items())]
    return written


def _once(draw: Draw) -> Draw:
    """Draw each specification of a document once, though two formats show it."""
    drawn: dict[int, bytes | None] = {}

    def remembered(spec: Mapping[str, Any]) -> bytes | None:
        if id(spec) not in drawn:
            drawn[id(spec)] = draw(spec)
        return drawn[id(spec)]

    return remembered


def _pictures(document: Document, draw: Draw) -> dict[str, tuple[str, bytes]]:
    """The widest chart of each figure: file name to (figure id, SVG)."""
    out = {}
    for block in (b for section in document.sections for b in section.blocks if isinstance(b, Shown) and b.spec):
        body = draw(block.spec[max(block.spec)])
        if body is not None:
            out[f"{block.record['figure']}-{block.record['id']}.svg"] = (block.record["id"], body)
    return out


def _paths(pictures: Mapping[str, tuple[str, bytes]]) -> dict[str, str]:
    return {figure: f"charts/{name}" for name, (figure, _) in pictures.items()}


def _put(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path

"""Can everybody read the report? Contrast, structure and names of the whole article, and of a checked one."""

import itertools
import re
from importlib import resources

import pytest
from selectolax.lexbor import LexborHTMLParser

from jobtide.report import render
from jobtide.report.blocks import Document
from jobtide.report.html import html

_TEXT = 4.5  # contrast that WCAG 2.2 asks of text at level AA


@pytest.fixture(scope="module")
def page(document: Document) -> LexborHTMLParser:
    return LexborHTMLParser(html(document, draw=render.drawer()))


def _themes() -> list[dict[str, str]]:
    """The colours of the light theme, of the dark one, and of print, each over the light one's."""
    css = resources.files("jobtide.report").joinpath("report.css").read_text()
    found = [dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", block)) for block in re.findall(r":root \{([^}]*)\}", css)]
    return [found[0], *({**found[0], **theme} for theme in found[1:])]


def _contrast(one: str, two: str) -> float:
    """The contrast of two colours (WCAG 2.2, relative luminance).

    >>> round(_contrast("#000000", "#FFFFFF"))
    21
    """

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", _themes(), ids=["light", "dark", "print"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [("ink", "page"), ("ink", "surface"), ("muted", "page"), ("muted", "surface"), ("accent", "page"),
     ("accent", "surface"), ("ink", "warn-surface"), ("warn", "warn-surface"), ("accent", "warn-surface")],
)  # fmt: skip
def test_text_stands_out_from_its_ground(theme: dict[str, str], text: str, ground: str) -> None:
    assert _contrast(theme[text], theme[ground]) >= _TEXT, (text, ground)


def test_headings_never_skip_a_level_and_there_is_one_first(page: LexborHTMLParser) -> None:
    levels = [int(node.tag[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert all(node.text().strip() for node in page.css("h1, h2, h3"))


def test_landmarks_regions_and_skip_link(page: LexborHTMLParser) -> None:
    assert all(len(page.css(name)) == 1 for name in ("body > header", "main", "body > footer", "nav"))
    assert page.css_first("a.skip").attributes["href"] == "#main"
    for section in page.css("section"):
        named = page.css_first(f"#{section.attributes['aria-labelledby']}")
        assert named is not None
        assert named.text()
    for node in page.css("nav, [role=region], aside"):
        assert node.attributes["aria-label"]


def test_every_table_has_a_caption_and_headings_of_rows_and_columns(page: LexborHTMLParser) -> None:
    tables = page.css("table")
    assert len(tables) > 15
    for table in tables:
        assert table.css_first("caption").text().strip()
        assert all(head.attributes["scope"] == "col" and head.text().strip() for head in table.css("thead th"))
        assert all(row.css_first("th[scope=row]") is not None for row in table.css("tbody tr"))


def test_every_chart_has_words_and_hides_its_drawing(page: LexborHTMLParser) -> None:
    figures = page.css("figure")
    assert len(figures) > 10
    for figure in figures:
        assert figure.attributes["role"] == "img"
        assert len(figure.attributes["aria-label"] or "") > 40
        assert all(svg.attributes["aria-hidden"] == "true" for svg in figure.css("svg"))


def test_every_link_has_words_and_leads_somewhere(page: LexborHTMLParser) -> None:
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    for link in page.css("a"):
        where = link.attributes["href"] or ""
        assert (link.attributes.get("aria-label") or link.text()).strip()
        assert where.startswith(("http", "data:text/csv")) or where[1:] in ids, where


def test_what_scrolls_can_be_reached_by_keyboard(page: LexborHTMLParser) -> None:
    assert all(node.attributes["tabindex"] == "0" for node in page.css(".scroll"))

"""Can every number of the article be walked back to a row, in each format, with and without charts?"""

import base64
import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobtide.errors import UsageError
from jobtide.market import charts
from jobtide.market.explain import find
from jobtide.report import blocks, frame, render, table, tabular, trace
from jobtide.report.article import build
from jobtide.report.blocks import Document, Headline, Link, Name, Refused, Rule, Shown
from jobtide.store.snapshot import Snapshot


@pytest.fixture(scope="module")
def files(document: Document, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The files of the article, by name."""
    out = tmp_path_factory.mktemp("report")
    return {path.name: path for path in render.write(document, out, formats=("html", "md"), draw=render.drawer())}


def named(document: Document) -> set[str]:
    """The numbers within names, dates, codes, fixed rules and refusals: those that are no statistic."""
    spans = [document.subtitle, *(text for section in document.sections for text in blocks.texts(section))]
    quiet = (Name, Link, Rule, Refused)
    return {n for text in spans for s in text if isinstance(s, quiet) for n in trace.numbers(s.text)}


def words(node: LexborNode) -> Iterator[str]:
    """The text of an element outside its ``data`` elements and note marks."""
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            yield child.text(deep=False)
        elif child.tag not in ("data", "sup"):
            yield from words(child)


def shown(document: Document) -> list[Shown]:
    """Every figure that a section shows."""
    return [block for section in document.sections for block in section.blocks if isinstance(block, Shown)]


def test_the_article_has_its_sections_and_figures(document: Document) -> None:
    assert [section.anchor for section in document.sections] == [
        "front", "demand", "pay", "skills", "needs", "employers", "places", "navigating", "future", "claims", "faq",
        "method", "quality", "limits", "sources", "cite",
    ]  # fmt: skip
    headline = document.sections[0].blocks[0]
    assert isinstance(headline, Headline)
    assert len(headline.items) == 5
    for number, _ in headline.items:  # each with its interval and n
        assert re.search(r"\(.+ to .+, n = ", number.text), number
    assert {"skills", "roles", "demand", "pay", "official", "coverage", "places", "employers", "hiring"} <= {
        block.record["figure"] for block in shown(document)
    }


def test_every_number_in_html_leads_to_its_row(files: dict[str, Path], document: Document) -> None:
    tree = LexborHTMLParser(files["report.html"].read_text())
    known = {record["id"]: record for record in document.figures}
    found = tree.css("data")
    assert len(found) > 40
    for node in found:
        figure, _, key = str(node.attributes["value"]).partition("#")
        part = blocks.source(known[figure], key)
        assert part is not None
        assert set(trace.numbers(node.text())) <= trace.tokens(part), node.text()


def test_no_other_number_stands_in_the_sentences(files: dict[str, Path], document: Document) -> None:
    tree = LexborHTMLParser(files["report.html"].read_text())
    allowed = named(document)
    read = 0
    for node in tree.css("header p, main > section:not(#notes) > p, main li"):
        if node.css_matches("#notes *"):
            continue
        read += 1
        assert set(trace.numbers(" ".join(words(node)))) <= allowed, node.text()
    assert read > 25


def test_every_table_cell_is_said_by_its_row(document: Document) -> None:
    for block in shown(document):
        for cells, row in zip(table.rows(block), table.ordered(block.record), strict=False):
            assert set(trace.numbers(" ".join(cells))) <= trace.tokens(row), cells


def _sentences(text: str) -> Iterable[str]:
    """The lines of a Markdown report that carry sentences: no tables, headings, notes or pictures."""
    body = text.split("## Notes")[0].splitlines()[2:]
    lines = (line for line in body if line and not line.startswith(("|", "#", "!", "Source: ")))
    return (line for line in lines if not line.endswith("more rows are not printed here."))


def test_every_number_in_markdown_belongs_to_a_figure_of_its_footnotes(
    files: dict[str, Path], document: Document
) -> None:
    rules = named(document)
    read = 0
    for line in _sentences(files["report.md"].read_text()):
        notes = [int(n) for n in re.findall(r"\[\^(\d+)\]", line)]
        said = set(trace.numbers(re.sub(r"\[\^\d+\]|\(https?://[^)]*\)", "", line.replace("\\", ""))))
        allowed = rules | set().union(*(trace.tokens(document.figures[n - 1]) for n in notes), set())
        assert said <= allowed, line
        read += bool(said)
    assert read > 20


def test_the_same_snapshot_gives_the_same_bytes(shot: Snapshot, files: dict[str, Path], tmp_path: Path) -> None:
    again = {path.name: path for path in build(shot, tmp_path)}
    assert {name: path.read_bytes() for name, path in again.items()} == {
        name: path.read_bytes() for name, path in files.items()
    }


def test_html_needs_nothing_from_elsewhere(files: dict[str, Path]) -> None:
    page = files["report.html"].read_text()
    assert not re.search(r"<script|<link|<iframe|<img|\ssrc=|@import|url\(['\"]?http|javascript:", page)
    assert page.count("<svg ") == 2 * page.count("<figure ")
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_note_opens_the_data_of_its_figure(files: dict[str, Path], document: Document) -> None:
    tree = LexborHTMLParser(files["report.html"].read_text())
    links = tree.css("#notes a[download]")
    assert len(links) == len(document.figures)
    for link, record in zip(links, document.figures, strict=True):
        assert link.attributes["download"] == f"{record['figure']}-{record['id']}.csv"
        body = base64.b64decode(str(link.attributes["href"]).partition("base64,")[2]).decode()
        rows = list(csv.DictReader(io.StringIO(body)))
        assert [tabular.plain(row["key"]) for row in rows] == [str(row["key"]) for row in record["rows"]]


def test_what_others_wrote_is_escaped(files: dict[str, Path]) -> None:
    page, text = files["report.html"].read_text(), files["report.md"].read_text()
    assert "&lt;Sons&gt;" in page
    assert "<Sons>" not in page
    assert "<Sons>" not in text
    assert "Invented | role" not in text  # a bare bar would break a table


def test_every_chart_says_what_it_shows_and_n(document: Document) -> None:
    drawn = [block for block in shown(document) if block.spec]
    assert len(drawn) >= 9
    for block in drawn:
        said = frame.alternative(block)
        words = {"outlook": "; forecast ", "claims": " times ("}.get(block.record["figure"], "Largest: ")
        assert words in said or "No row" in said
        if block.record["base"]["employers"] and block.record["base"]["n"]:
            assert f"n = {block.record['base']['n']}" in said
        assert set(block.spec) == {720, 360}


def test_without_the_renderer_the_tables_stand_alone(
    shot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "can_render", lambda: False)
    found = build(shot, tmp_path)
    assert [path.name for path in found] == ["report.html", "report.md"]
    page = found[0].read_text()
    assert "<svg" not in page
    assert "<figure" not in page
    assert len(LexborHTMLParser(page).css(".figure table")) >= 9
    assert "![" not in found[1].read_text()


def test_charts_can_be_left_out(shot: Snapshot, tmp_path: Path) -> None:
    assert [path.name for path in build(shot, tmp_path, ("md",), charts=False)] == ["report.md"]


def test_an_unknown_format_is_an_error(shot: Snapshot, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="choose from html, md, pdf"):
        build(shot, tmp_path, ("docx",))


def test_a_sample_that_carries_nothing_says_so(tiny: Snapshot, tmp_path: Path) -> None:
    text = build(tiny, tmp_path, charts=False)[1].read_text()
    assert "Stated pay: too few (n = " in text
    assert "The reason: growth needs two complete crawls" in text
    ours = [line for line in text.splitlines() if "Indeed" not in line and "article of 2024" not in line]
    assert not [line for line in ours if re.search(r"\d% \(\d", line)]


def test_every_figure_that_says_how_it_is_explained_is_found_by_its_id(shot: Snapshot, document: Document) -> None:
    told = [record for record in document.figures if "jobtide explain" in frame.about(record)[0]]
    assert len(told) > 20
    for record in told:
        assert find(shot, record["id"])[0].id == record["id"]

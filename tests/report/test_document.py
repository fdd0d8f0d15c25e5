"""Does a document hold only numbers that a figure accounts for, in every format?"""

import itertools
import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from jobtide.report import blocks, cite, gate, trace
from jobtide.report.blocks import Cited, Document, Name, Paragraph, Refused, Rule, Section, Shown, say
from jobtide.report.gate import UnsourcedNumber
from jobtide.report.html import html
from jobtide.report.markdown import markdown

SKILLS = {
    "figure": "skills",
    "id": "abc123abc123",
    "title": "Share of openings that name each skill",
    "unit": "share of openings",
    "base": {"n": 143, "employers": 31, "effective_employers": 20.5, "filters": {"role": "all"}, "excluded": {}},
    "as_of": "2026-11-03",
    "snapshot": "feedbeefcafe",
    "sources": [{"name": "Ashby boards"}],
    "rows": [
        {
            "key": "python",
            "label": "Python",
            "value": 0.384,
            "low": 0.31,
            "high": 0.458,
            "n": 143,
            "employers": 25,
            "flag": "",
        },
        {
            "key": "r",
            "label": "R <b>",
            "value": None,
            "low": None,
            "high": None,
            "n": 12,
            "employers": 3,
            "flag": "too few",
        },
    ],
    "method": "Openings are counted once a vacancy.",
    "caveats": ["A sample of one board system."],
    "examples": [
        {"title": "Engineer | ML", "employer": "Tidewater & Co", "url": "https://jobs.example/1?a=b&c=d"},
    ],
    "chart": "dots",
}


def document(*texts: blocks.Text, figures: tuple[blocks.Record, ...] = (SKILLS,)) -> Document:
    """A document of one section with these paragraphs and the figure in its frame."""
    section = Section("skills", "Skills", (*(Paragraph(text) for text in texts), Shown(SKILLS)))
    subtitle = say("Data up to {day}.", day=Name("3 Nov 2026"))
    return Document("A report", subtitle, "feedbeefcafe", "2026-11-03", (section,), figures)


PYTHON = SKILLS["rows"][0]


def test_a_number_in_plain_words_is_refused() -> None:
    with pytest.raises(UnsourcedNumber, match="without a figure"):
        gate.check(document(say("About 40 percent name Python.")))


def test_a_number_that_the_cited_row_does_not_say_is_refused() -> None:
    with pytest.raises(UnsourcedNumber, match="says 39"):
        gate.check(document(say("{n} name Python.", n=Cited("39%", "abc123abc123", "python"))))


@pytest.mark.parametrize("text", ["38%", "$162,400", "n = 143", "143 openings", "40 percent"])
def test_a_name_that_looks_like_a_statistic_is_refused(text: str) -> None:
    with pytest.raises(UnsourcedNumber, match="looks like a statistic"):
        gate.check(document(say("{n} of them.", n=Name(text))))


def test_a_rule_outside_the_method_is_refused() -> None:
    with pytest.raises(UnsourcedNumber, match="outside the method"):
        gate.check(document(say("At least {n}.", n=Rule("30"))))


def test_a_refusal_that_the_market_did_not_give_is_refused() -> None:
    with pytest.raises(UnsourcedNumber, match="not why growth is refused"):
        gate.check(document(say("{why}.", why=Refused("growth needs 3 crawls", "growth"))))


def test_a_number_in_a_finding_is_refused() -> None:
    section = Section("skills", "Skills", (Shown(SKILLS, finding=("Python is named by 38 of a hundred",)),))
    with pytest.raises(UnsourcedNumber, match="without a figure"):
        gate.check(Document("A report", (), "feedbeefcafe", "2026-11-03", (section,), (SKILLS,)))


def test_a_number_in_a_heading_is_refused() -> None:
    section = Section("skills", "Skills of 2026", ())
    with pytest.raises(UnsourcedNumber, match="without a figure"):
        gate.check(Document("A report", (), "feedbeefcafe", "2026-11-03", (section,), ()))


def test_a_row_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnsourcedNumber, match="does not exist"):
        gate.check(document(say("{n} name Go.", n=Cited("38%", "abc123abc123", "go"))))


def test_a_figure_that_is_not_in_the_report_is_refused() -> None:
    with pytest.raises(UnsourcedNumber, match="not in the report"):
        gate.check(document(say("{n} name Go.", n=Cited("38%", "ffffffffffff", "python"))))


def test_sourced_numbers_pass() -> None:
    gate.check(
        document(
            say("{share} of {n} name Python.", share=cite.share(SKILLS, PYTHON), n=cite.base(SKILLS)),
            say("R: {few}.", few=cite.share(SKILLS, SKILLS["rows"][1])),
        )
    )


def test_html_carries_the_row_of_each_number_and_escapes_what_others_wrote() -> None:
    page = html(document(say("{share} name Python.", share=cite.share(SKILLS, PYTHON))), draw=lambda _: None)
    tree = LexborHTMLParser(page)
    number = tree.css_first("data")
    assert number.text() == "38% (31 to 46, n = 143)"
    assert number.attributes["value"] == "abc123abc123#python"
    assert tree.css_first("sup a").attributes["href"] == "#note-1"
    assert "R &lt;b&gt;" in page
    assert "<script" not in page
    assert tree.css_first("#note-1 li a").attributes["href"] == "https://jobs.example/1?a=b&c=d"


def test_html_has_one_h1_landmarks_captions_and_scopes() -> None:
    tree = LexborHTMLParser(html(document(say("Words.")), draw=lambda _: b"<svg id='x'></svg>"))
    assert len(tree.css("h1")) == 1
    assert all(len(tree.css(name)) == 1 for name in ("header", "main", "footer", "nav", "a.skip"))
    assert tree.css_first("html").attributes["lang"] == "en"
    for table in tree.css("table"):
        assert table.css_first("caption") is not None
        assert all(cell.attributes.get("scope") in ("row", "col") for cell in table.css("th"))
    levels = [int(node.tag[1]) for node in tree.css("h1, h2, h3, h4")]
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))
    targets = {node.attributes["id"] for node in tree.css("[id]")}
    assert {a.attributes["href"][1:] for a in tree.css("a[href^='#']")} <= targets


def test_a_chart_is_hidden_from_readers_who_get_its_words_and_ids_stay_apart() -> None:
    shown = Shown(SKILLS, {720: {"description": "Python leads."}, 360: {"description": "Python leads."}})
    doc = Document("A", (), "f", "2026-11-03", (Section("s", "S", (shown,)),), (SKILLS,))
    page = html(doc, draw=lambda _: b'<svg class="m"><clipPath id="c0"/><g clip-path="url(#c0)"/></svg>')
    tree = LexborHTMLParser(page)
    assert tree.css_first("figure").attributes["aria-label"] == "Python leads."
    assert all(svg.attributes["aria-hidden"] == "true" for svg in tree.css("svg"))
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    assert re.findall(r"url\(#([^)]*)\)", page) == [i for i in ids if i.endswith("c0")]


def test_markdown_has_footnotes_and_no_accidental_markup() -> None:
    text = markdown(document(say("{share} name Python.", share=cite.share(SKILLS, PYTHON))), charts={})
    assert "38% (31 to 46, n = 143) name Python.[^1]" in text
    assert "[^1]: **Share of openings that name each skill.**" in text
    assert "[Engineer \\| ML, Tidewater & Co](https://jobs.example/1?a=b&c=d)" in text
    assert "| Python | 38% | 31% to 46% | 143 | 25 |" in text
    assert "| R &lt;b> | too few |" in text


def test_every_way_of_saying_a_value_is_known() -> None:
    assert {"38", "38.4", "0.38"} <= trace.tokens({"value": 0.384})
    assert {"162,400", "162"} <= trace.tokens({"value": 162400.0})
    assert {"3", "2026"} <= trace.tokens({"as_of": "2026-11-03"})
    assert "39" not in trace.tokens({"value": 0.384})

"""The one-pass reader and the parser show the same lines, and both stay linear on hostile pages."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from jobtide.enrich.markup import Line, by_parser, in_one_pass, lines
from jobtide.enrich.nesting import bounded
from jobtide.sources.files import read_file

_TAGS = (
    "<p>", "</p>", '<p style="min-height:1.5em">', "<li>", "</li>", "<ul>", "</ul>", "<strong>", "</strong>", "<b>",
    "</b>", "<br>", "<br/>", "<h2>", "</h2>", "<h3>", "</h3>", "<div>", "</div>", "<span>", "</span>", "</a>", "</em>",
    '<a href="/x">', "<em>", "<img src=x>", "<table>", "<td>", "<hr>", "<div hidden>", "<!-- c -->",
    '<a title="a>b">', "<", ">",
)  # fmt: skip
_TAG_OR_BLANK = re.compile(r"<[^>]*>|\s")
_WORDS = ("Python", " and ", "SQL.", " ", "&amp;", "&nbsp;", "&lt;b&gt;", "Größe", "\n", "a  b", "\u200b")


@given(st.lists(st.sampled_from((*_TAGS, *_WORDS)), max_size=24))
def test_what_the_one_pass_reader_reads_is_what_a_parser_shows(pieces: list[str]) -> None:
    html = "".join(pieces)
    read = in_one_pass(html)
    assert read is None or shown(read) == shown(by_parser(html))


def shown(found: list[Line]) -> list[Line]:
    return [line for line in found if line[0]]


@pytest.mark.parametrize(
    "html",
    [
        "<ul><li>One<li>Two</ul>",
        "<p>One<p>Two",
        "<ul><li><p><strong>Head</strong></p></li></ul>",
        "<b>Bold only</b><br>plain",
        "<div>a<p>b</p>c</div>",
    ],
)
def test_the_one_pass_reader_knows_what_html_leaves_out(html: str) -> None:
    read = in_one_pass(html)
    assert read is not None
    assert shown(read) == shown(by_parser(html))


@pytest.mark.parametrize(
    "html",
    [
        "<b><p>a</b>b</p>",
        "<table><tr><td>a</td></tr></table>",
        "<p hidden>a</p>",
        "a < b",
        '<a title="x>y">a</a>',
        "<p",
    ],
)
def test_what_needs_repair_goes_to_the_parser(html: str) -> None:
    assert in_one_pass(html) is None


def test_a_hundred_thousand_open_elements_end() -> None:
    for tag in ("<div>", "<b>", "<p><b>", "<ul><li>"):
        assert [words for words, _ in lines(tag * 20_000 + "Python") if words] == [b"Python"]


@pytest.mark.parametrize("attribute", ["id", "data-hidden", "data-quote=' id"])
def test_elements_left_open_are_not_opened_anew_without_end(attribute: str) -> None:
    html = "".join(f"<div><b {attribute}={n}>x</div>" for n in range(1_000))
    assert len(LexborHTMLParser(html).css("b")) > 100_000  # each of the thousand in every block behind it
    assert len(LexborHTMLParser(bounded(html, frozenset({"b"}))).css("b")) < 25 * 1_000


@pytest.mark.parametrize(
    "html",
    [
        "<p>x" * 900,
        "<ul>" + "<li><b>x</b>" * 900,
        "<div><p><a>x</p></div>" * 900,
        "<a><div>x</a></div>" * 900,
        "<i><b><div>x</i></div></b>" * 900,
        "<div><b hidden>x</b><table><tr><td>y</table></div>" * 16,
    ],
)
def test_a_long_page_that_is_not_deep_stays_as_it_is(html: str) -> None:
    assert bounded(html, frozenset({"a", "b", "i"})) == html


def test_a_bracket_within_a_value_is_no_text_on_a_long_page() -> None:
    html = "<p>x<br>" * 200 + '<a title="Tides > ropes">Rope</a>'
    assert lines(html)[-1] == (b"Rope", "paragraph")


def test_what_stands_behind_a_deep_page_is_read_as_ever() -> None:
    deep = "<div><p>x" * 900 + "</div>" * 900
    assert lines(deep + "<h2>Tides</h2><ul><li>Rope</ul>")[-2:] == [(b"Tides", "heading"), (b"Rope", "item")]
    assert [words for words, _ in lines(deep) if words] == [b"x"] * 900


@given(st.lists(st.sampled_from((*_TAGS, *_WORDS)), max_size=24), st.integers(1, 300))
def test_depth_loses_no_words(pieces: list[str], times: int) -> None:
    html = "".join(piece for piece in pieces if "hidden" not in piece and piece not in ("<", ">", "<!-- c -->"))
    deep = bounded(html * times, frozenset({"a", "b"}))
    assert _TAG_OR_BLANK.sub("", deep) == _TAG_OR_BLANK.sub("", html * times)


@pytest.mark.shared
def test_real_boards_are_well_nested_and_read_alike(shared: Path) -> None:
    path = shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"
    pages = [found.html for found in read_file(path.read_bytes(), name=path.name) if hasattr(found, "html")][::20]
    read = [(in_one_pass(page), by_parser(page)) for page in pages]
    known = [(fast, slow) for fast, slow in read if fast is not None]
    assert len(known) / len(read) > 0.95
    assert all(shown(fast) == shown(slow) for fast, slow in known)

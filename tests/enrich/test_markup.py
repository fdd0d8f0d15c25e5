"""The one-pass reader and the parser show the same lines, and both stay linear on hostile pages."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.enrich.markup import by_parser, in_one_pass, lines
from jobtide.sources.files import read_file

_TAGS = (
    "<p>", "</p>", '<p style="min-height:1.5em">', "<li>", "</li>", "<ul>", "</ul>", "<strong>", "</strong>", "<b>",
    "</b>", "<br>", "<br/>", "<h2>", "</h2>", "<h3>", "</h3>", "<div>", "</div>", "<span>", "</span>", "</a>", "</em>",
    '<a href="/x">', "<em>", "<img src=x>", "<table>", "<td>", "<hr>", "<div hidden>", "<!-- c -->",
    '<a title="a>b">', "<", ">",
)  # fmt: skip
_WORDS = ("Python", " and ", "SQL.", " ", "&amp;", "&nbsp;", "&lt;b&gt;", "Größe", "\n", "a  b", "\u200b")


@given(st.lists(st.sampled_from((*_TAGS, *_WORDS)), max_size=24))
def test_what_the_one_pass_reader_reads_is_what_a_parser_shows(pieces: list[str]) -> None:
    html = "".join(pieces)
    read = in_one_pass(html)
    assert read is None or shown(read) == shown(by_parser(html))


def shown(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
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
        assert [words for words, _ in lines(tag * 20_000 + "Python") if words] == ["Python"]


@pytest.mark.shared
def test_real_boards_are_well_nested_and_read_alike(shared: Path) -> None:
    path = shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"
    pages = [found.html for found in read_file(path.read_bytes(), name=path.name) if hasattr(found, "html")][::20]
    read = [(in_one_pass(page), by_parser(page)) for page in pages]
    known = [(fast, slow) for fast, slow in read if fast is not None]
    assert len(known) / len(read) > 0.95
    assert all(shown(fast) == shown(slow) for fast, slow in known)

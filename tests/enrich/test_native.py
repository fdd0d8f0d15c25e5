"""The compiled loops give what Python gives, or leave it to Python; without a compiler everything still works."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.enrich import kit, native
from jobtide.enrich.answer import version_row
from jobtide.enrich.automaton import Automaton, fold, padded
from jobtide.enrich.buffer import _dealt, laid
from jobtide.enrich.markup import lines
from jobtide.enrich.native import build
from jobtide.enrich.text import KINDS, Span, assembled
from jobtide.sources.files import read_file

compiled = pytest.mark.skipif(native.library() is None, reason="no compiled loops here: no C compiler at installation")

_TAGS = (
    "<p>", "</p>", '<p style="min-height:1.5em">', "<li>", "</li>", "<ul>", "</ul>", "<ol>", "</ol>", "<strong>",
    "</strong>", "<b>", "</B>", "<br>", "<br/>", "</br>", "<h2>", "</h2>", "<H3>", "</h3>", "<div>", "</div>", "<span>",
    "</span>", "</a>", '<a href="/x">', "<em>", "</em>", "<img src=x>", "</img>", "<table>", "<hr>", "<div hidden>",
    "<p style='DISPLAY:none'>", "<!-- c -->", '<a title="a>b">', "<", ">", "<p\u00a0x>", "<\u0131>", "<p \u017f>",
    "<section>", "</section>", "<wbr>",
)  # fmt: skip
_WORDS = (
    "Python", " and ", "SQL.", " ", "&amp;", "&nbsp;", "&lt;b&gt;", "&ampx;", "R&D", "&", "& co", "&rsquo;", "&#8217;",
    "&copy", "Größe", "\n", "a  b", "\t", "\x1f", "\x0b", "\x00", "\x01", "\u200b", "\u00ad", "\u2011", "\u2003",
    "\u3000", "\ufeff", "\x85", "日本語", "🙂", "Requirements:", "Nice to have", "x" * 89 + ":", "ü" * 90, "end,", "n",
)  # fmt: skip


@compiled
@given(st.lists(st.sampled_from((*_TAGS, *_WORDS)), max_size=30))
def test_a_page_shows_the_lines_that_python_shows(pieces: list[str]) -> None:
    html = "".join(pieces)
    found = native.Desk().page(html.encode())
    assert found is None or shown(*found) == shown(*assembled(lines(html)))


@compiled
def test_usual_pages_are_not_left_to_python() -> None:
    page = (
        "<h2>About us</h2><p>We sail &amp; <strong>row</strong>.<br/>Daily.</p><p><strong>You bring</strong></p>"
        "<ul><li><p>Two&nbsp;years of Go</p></li><li>Rope\u200b</li></ul><p>Pay: 70–80k</p>"
    )
    text, spans = native.Desk().page(page.encode()) or (b"", [])
    assert text.decode() == (
        "About us\n\nWe sail & row.\n\nDaily.\n\nYou bring\n- Two years of Go\n- Rope\n\nPay: 70–80k"
    )
    assert [KINDS[number] for _, _, number in spans] == [
        "heading", "paragraph", "paragraph", "heading", "item", "item", "paragraph",
    ]  # fmt: skip


@compiled
def test_a_page_of_more_elements_than_are_followed_is_left_to_python() -> None:
    desk = native.Desk(room=32)  # grows
    text, spans = desk.page(b"<p>x</p>" * 9000) or (b"", [])
    assert (len(spans), len(text)) == (9000, 3 * 9000 - 2)
    assert desk.page(b"<div>" * 63 + b"x") is not None
    assert desk.page(b"<div>" * 64 + b"x") is None
    assert desk.page(b"") == (b"", [])
    assert desk.page(b"\xc2") is None  # no UTF-8
    assert desk.page("Größe".encode()[:3]) is None


def shown(text: bytes, spans: list[Span]) -> tuple[bytes, list[tuple[int, int, str]]]:
    return text, [(start, end, KINDS[number]) for start, end, number in spans]


@compiled
@given(
    st.lists(
        st.sampled_from(["machine", "learning", "ml", "c++", "-", " ", "ü", "’", "ops", ".", "ML", "a"]), max_size=40
    )
)
def test_words_stand_where_the_automaton_finds_them(pieces: list[str]) -> None:
    patterns = [
        b"ml",
        b"machine",
        b"machine learning",
        b"learning",
        b"ml ops",
        b"c++",
        b"ops",
        b"a",
        b"a ml",
        b"ml",
        b"",
    ]
    words = len(patterns)
    tree = native.Tree(padded(patterns), words, [], [], [], [])
    data = "".join(pieces).encode()
    folded, hits, _, _, _ = native.Desk(room=8).scan(tree, data, 0, [0]) or (b"", [], [], [], [])
    assert folded == fold(data)
    assert sorted(hits) == sorted(found(patterns, fold(data)))
    assert [hit[1] for hit in hits] == sorted(hit[1] for hit in hits)


def found(patterns: list[bytes], folded: bytes) -> list[tuple[int, int, int]]:
    """Every occurrence of every pattern between blanks, by looking at every place."""
    within = b" " + folded + b" "
    return [
        (at, at + len(pattern), number)
        for number, pattern in enumerate(patterns)
        for at in range(len(folded))
        if pattern and within.startswith(b" " + pattern + b" ", at)
    ]


@compiled
@pytest.mark.parametrize("patterns", [[], [b"ml"], [b"ml", b"mlops"]])
def test_a_tree_of_few_words_is_a_tree(patterns: list[bytes]) -> None:
    tree = native.Tree(padded(patterns), len(patterns), [], [], [], [])
    scanned = native.Desk().scan(tree, b"ml mlops m", 0, [0])
    assert scanned is not None
    assert sorted(scanned[1]) == sorted(found(patterns, b"ml mlops m"))


@compiled
def test_more_hits_than_there_is_room_for_are_left_to_python() -> None:
    many = [b"a", *(b"a" + b" a" * more for more in range(1, 6))]
    tree = native.Tree(padded(many), len(many), [], [], [], [])
    desk = native.Desk()
    assert len((desk.scan(tree, b"ml " * 40_000 + b"a", 0, [0] * 9000) or [(), ()])[1]) == 1
    assert desk.scan(tree, b"a " * 40_000, 0, [0]) is None
    assert desk.scan(tree, b"a", 0, []) is None


@compiled
@pytest.mark.shared
def test_real_postings_are_scanned_alike(shared: Path) -> None:
    tools, desk = kit.load(), native.Desk()
    assert tools.tree is not None
    step = 1 if os.environ.get("JOBTIDE_SLOW") else 7
    path = shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"
    postings = [one for one in read_file(path.read_bytes(), name=path.name) if hasattr(one, "html")][::step]
    left = 0
    for posting in postings:
        html = posting.html
        page = desk.page(html.encode("utf-8", "replace"))
        left += page is None
        assert page is None or shown(*page) == shown(*assembled(lines(html)))
        each = laid(version_row({"title": posting.title, "location": "Berlin", "html": html}), desk)
        starts = [block.start for block in each.doc.blocks]
        scanned = desk.scan(tools.tree, each.data, each.text_at, starts)
        assert scanned is not None
        mine, theirs = list(scanned), list(_dealt(tools, each.data, each.text_at, starts))
        for some in (mine, theirs):
            some[2], some[3] = sorted(some[2]), [sorted(hits) for hits in some[3]]
        assert mine == theirs
    assert left < 0.05 * len(postings)


def test_without_the_loops_reading_gives_the_same(tmp_path: Path) -> None:
    row = {"id": 1, "title": "ML Engineer", "html": "<p>You know <b>Python</b> &amp; Go.</p><ul><li>5+ years</li></ul>"}
    path = tmp_path / "row.jsonl"
    path.write_text(json.dumps(row))
    told = [
        subprocess.run(
            [sys.executable, "-m", "jobtide", "read", str(path), "--format", "jsonl"],
            env={**os.environ, native.PLAIN: plain},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for plain in ("", "1")
    ]
    assert told[0] == told[1] != ""


def test_a_machine_without_a_compiler_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CC", "no-such-compiler")
    assert "no C compiler" in build.compiled(to=tmp_path / "scan.so")
    monkeypatch.setenv("CC", "false")
    assert "false refused" in build.compiled(to=tmp_path / "scan.so")
    assert list(tmp_path.iterdir()) == []


@compiled
def test_a_library_of_other_sources_or_of_another_machine_is_not_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = tmp_path / "scan.so"
    monkeypatch.setattr(build, "target", lambda: other)
    try:
        for content, usable in ((None, False), (b"\x7fELF", False)):
            if content:
                other.write_bytes(content)
            native.library.cache_clear()
            assert (native.library() is not None) is usable
        assert build.compiled(to=other) == ""
        native.library.cache_clear()
        assert native.library() is not None
        monkeypatch.setattr(build, "source", lambda: "other")
        native.library.cache_clear()
        assert native.library() is None
    finally:
        monkeypatch.undo()
        native.library.cache_clear()


@compiled
@pytest.mark.skipif(not os.environ.get("JOBTIDE_SLOW"), reason="slow: 60,000 hostile pages under the address sanitizer")
def test_hostile_bytes_touch_nothing_that_is_not_theirs(tmp_path: Path) -> None:
    made = tmp_path / "scan.so"
    assert build.compiled(("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g"), made) == ""
    runtime = subprocess.run(
        ["cc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True
    ).stdout.strip()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("hostile.py")), str(made)],
        env={**os.environ, "LD_PRELOAD": runtime, "ASAN_OPTIONS": "detect_leaks=0"}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert "60000 pages" in done.stdout


def test_the_automaton_of_no_patterns_finds_nothing() -> None:
    assert Automaton([]).hits(b"ml") == []

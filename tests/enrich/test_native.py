"""The compiled loops give what Python gives, or leave it to Python; without a compiler everything still works."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.enrich import kit, native, skills
from jobtide.enrich.answer import version_row
from jobtide.enrich.automaton import Automaton, fold, padded
from jobtide.enrich.blocks import longest, placed
from jobtide.enrich.buffer import _dealt, laid
from jobtide.enrich.guards import APART, REST, SURE, objection, packed
from jobtide.enrich.markup import lines
from jobtide.enrich.native import build
from jobtide.enrich.sections import Labeller
from jobtide.enrich.taxonomy import Guard
from jobtide.enrich.text import KINDS, Span, assembled
from jobtide.model import Window
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
    "\u3000", "\ufeff", "\x85", "日本語", "🙂", "Requirements:", "Nice to have", "Our stack: ", "Tech stack: Go",
    "x" * 89 + ":", "ü" * 90, "end,", "n",
    "plain words of more than eight letters", "seven b", " two  blanks ", "12345678", "\x7f",
)  # fmt: skip


_AROUND = (
    " ", "  ", "\n", "-", "/", "&", "R&", ".", "a.", "@", "://x/", "www.", ".com/", "-like", "-style", "-esque", "(",
    ",", "$", "90k", "and", "ops", "team", "deep learning", "learning", "Größe", "\u2013", "\t", "x" * 130, "y " * 30,
    "\x1f",
)  # fmt: skip
_GUARDS = (
    Guard(frozenset({"case"})), Guard(written=(b"ML", b".ml")), Guard(near=(b"ops", b"deep learning", b"x")),
    Guard(not_after=frozenset({b"and", b"&", b"deep learning", b"y"})), Guard(not_before=(b"ops", b"&", b"/", b"y y")),
    Guard(frozenset({"listed"})), Guard(frozenset({"alone"})), Guard(frozenset({"money"})),
    Guard(frozenset({"section", "asked"})), Guard(frozenset({"requirements", "alone", "case"}), near=(b"team",)),
)  # fmt: skip


@compiled
@given(st.lists(st.sampled_from((*_TAGS, *_WORDS)), max_size=30))
def test_a_page_shows_the_lines_that_python_shows(pieces: list[str]) -> None:
    html = "".join(pieces)
    found = native.Desk().page(html.encode())
    assert found is None or shown(*found) == shown(*assembled(lines(html)))
    assert found is None or telling(*found) == []


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


def telling(text: bytes, spans: list[Span]) -> list[bytes]:
    """The lines that name a section though the compiled reader says they tell none."""
    silent = [(text[start:end], KINDS[number]) for start, end, number in spans if number < 2]
    found = []
    for words, kind in silent:
        labeller = Labeller()
        if (labeller.section(words, kind), labeller.current) != ("about", "about"):
            found.append(words)
    return found


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
    tree = tree_of(patterns)
    data = "".join(pieces).encode()
    folded, hits, _, _, _ = native.Desk(room=8).scan(tree, data, 0, [0]) or (b"", [], [], [], [])
    assert folded == fold(data)
    assert [hit[:3] for hit in hits] == longest(found(patterns, fold(data)))


def tree_of(patterns: list[bytes], guards: list[Guard | None] | None = None) -> native.Tree:
    return native.Tree(padded(patterns), len(patterns), [], [], [], [], packed(guards or [None] * len(patterns)))


@compiled
@given(
    st.lists(st.sampled_from(["ml", "ml ops", "c", " ", "  ", "ü", "’", "x"]), max_size=40),
    st.integers(0, 60),
    st.lists(st.integers(1, 200), max_size=5),
)
def test_a_counters_phrases_stand_where_python_places_them(pieces: list[str], reach: int, more: list[int]) -> None:
    phrases, owners = [b"ml", b"ml ops", b"ops ml", b"c", b"x"], [1, 2, 4, 0, 8]
    counted = [(number, -1 if number % 2 else number + 10) for number in range(len(phrases))]
    data, starts = "".join(pieces).encode(), [0, *sorted(more)]
    tree = native.Tree(padded(phrases), 0, owners, counted, [reach, 0], [True] * 5, packed([]))
    _, terms, speaking, (near, everywhere), masks = native.Desk().scan(tree, data, 3, starts) or (b"", [], [], [], [])
    hits = found(phrases, fold(data))
    assert terms == []
    assert near == placed(starts, [hit for hit in hits if not reach or hit[0] < 3 + reach])
    assert everywhere == placed(starts, [(start, end, number + 10) for start, end, number in hits if number % 2 == 0])
    apart = [placed(starts, [hit])[0] for hit in sorted(hits)]
    assert speaking == [hit for hit in apart if hit[0] >= 3]
    for block in range(len(starts)):
        assert masks[block] == sum({owners[number] for _, _, number, at in apart if at == block})


@compiled
@given(
    st.lists(st.sampled_from((*_AROUND, "ml", "ML")), min_size=1, max_size=25),
    st.sampled_from((None, *_GUARDS)),
    st.integers(0, 30),
)
def test_a_doubt_that_is_settled_is_what_python_says_of_it(pieces: list[str], guard: Guard | None, cut: int) -> None:
    data = "".join(pieces).encode()
    folded, mentions, *_ = native.Desk().scan(tree_of([b"ml"], [guard]), data, 0, [0]) or (b"", [])
    assert [mention[:3] for mention in mentions] == found([b"ml"], fold(data))
    for start, end, _, doubt in mentions:
        window = Window(max(0, start - cut), min(len(data), end + cut), "")
        agrees(data, folded, window, (start, end, doubt), guard)


def agrees(data: bytes, folded: bytes, window: Window, mention: tuple[int, int, int], guard: Guard | None) -> None:
    """The doubt holds in every section that a name may stand in."""
    start, end, doubt = mention
    for section in ("requirements", "duties", "other"):
        said = skills.doubt(data, folded, start, end, window._replace(section=section), guard)
        if doubt == SURE:
            assert said == ""
        elif doubt == REST:
            assert guard is not None
            assert said == objection(data, folded, start, end, window._replace(section=section), guard)
        else:
            assert said not in ("", "only outside what is asked for", "only describes something else")
        if doubt == APART:
            assert said in ("part of an address", "only likened to it", "a currency")


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
    scanned = native.Desk().scan(tree_of(patterns), b"ml mlops m", 0, [0])
    assert scanned is not None
    assert [hit[:3] for hit in scanned[1]] == found(patterns, b"ml mlops m")


@compiled
def test_more_hits_than_there_is_room_for_are_left_to_python() -> None:
    many = [b"a", *(b"a" + b" a" * more for more in range(1, 6))]
    tree = native.Tree(padded(many), 0, [0] * len(many), [()] * len(many), [], [True] * len(many), packed([]))
    desk = native.Desk()
    assert len((desk.scan(tree, b"ml " * 40_000 + b"a", 0, [0] * 9000) or [(), (), ()])[2]) == 1
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
        assert page is None or telling(*page) == []
        each = laid(version_row({"title": posting.title, "location": "Berlin", "html": html}), desk)
        starts = [block.start for block in each.doc.blocks]
        scanned = desk.scan(tools.tree, each.data, each.text_at, starts)
        assert scanned is not None
        theirs = _dealt(tools, each.data, each.text_at, starts)
        assert [hit[:3] for hit in scanned[1]] == [hit[:3] for hit in theirs[1]]
        assert (scanned[0], *scanned[2:]) == (theirs[0], *theirs[2:])
        for start, end, index, doubt in scanned[1]:
            window = each.doc.blocks[placed(starts, [(start, end, index)])[0][3]]
            agrees(each.data, scanned[0], window, (start, end, doubt), tools.taxonomy.checks[index])
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

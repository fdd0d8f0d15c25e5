"""Is the visible text kept, all of it and nothing else, block by block?"""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobtide.enrich.text import Doc, from_html, from_plain
from jobtide.model import SECTIONS

FEW = settings(max_examples=60, deadline=None, database=None)
WORDS = st.text("abcdefgh", min_size=1, max_size=7)
LINES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join)


def blocks(doc: Doc) -> list[tuple[str, str]]:
    """The kind and words of each block."""
    return [(b.kind, doc.text[b.start : b.end].decode()) for b in doc.blocks]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Use <b>Py</b>Torch &amp; C&#43;&#43;</p>", "Use PyTorch & C++"),
        ("<p>x<em>y</em>z</p>", "xyz"),
        ("<p>two<br>lines</p>", "two\n\nlines"),
        ("<p>one</p>two<p>three</p>", "one\n\ntwo\n\nthree"),
        ("<div>outer <p>inner</p> after</div>", "outer\n\ninner\n\nafter"),
        ("<table><tr><td>Pay</td><td>90k</td></tr></table>", "Pay\n\n90k"),
        ("<ul><li>one</li><li>two<ul><li>three</li></ul></li></ul>", "- one\n- two\n- three"),
        ("<p>5+&nbsp;years</p>", "5+ years"),
        ("<p>Ku&#8203;ber&shy;netes</p>", "Kubernetes"),
        ("<p>  a\n   b\t c </p>", "a b c"),
        ("&lt;p&gt; is a tag", "<p> is a tag"),
        ("<p>seen<span hidden>not</span><i style='display: none'>x</i></p>", "seen"),
        ("<p>seen</p><script>let a = 1</script><style>p {}</style><!-- never -->", "seen"),
        ("<p>un<b>closed", "unclosed"),
        ("<p> &nbsp; </p><ul><li></li></ul>", ""),
        ("", ""),
    ],
)
def test_html_reads_as_a_browser_shows_it(html: str, text: str) -> None:
    assert from_html(html).text.decode() == text


def test_html_says_what_each_block_is() -> None:
    html = (
        "<h3>Duties</h3><p><strong>Your day</strong></p><p>You sail.</p><ul><li><p>Row</p></li></ul>"
        "<p><b>Do it.</b></p>"
    )
    assert blocks(from_html(html)) == [
        ("heading", "Duties"),
        ("heading", "Your day"),  # a short line that is bold all through
        ("paragraph", "You sail."),
        ("item", "Row"),  # the marker "- " stands before the block, not in it
        ("paragraph", "Do it."),  # bold, but a sentence
    ]


def test_plain_text_says_what_each_block_is() -> None:
    text = (
        "Duties\n\n- Row\n* Bail\n• Sing\n1. Sleep\n\n**Perks**\nFish every day, and a boat of your own.\r\nWages:\n90k"
    )
    assert blocks(from_plain(text)) == [
        ("heading", "Duties"),
        ("item", "Row"),
        ("item", "Bail"),
        ("item", "Sing"),
        ("item", "Sleep"),
        ("heading", "Perks"),
        ("paragraph", "Fish every day, and a boat of your own."),
        ("heading", "Wages:"),
        ("paragraph", "90k"),
    ]


def test_a_long_paragraph_is_cut_behind_sentences_and_loses_nothing() -> None:
    sentence = "We grow kelp on ropes and sell it to bakers. "
    doc = from_plain(sentence * 60)
    pieces = [doc.text[b.start : b.end] for b in doc.blocks]
    assert len(pieces) > 2
    assert b"".join(pieces) == doc.text
    assert max(map(len, pieces)) < 900
    assert all(p.startswith(b"We grow") for p in pieces)


@FEW
@given(st.text(max_size=200), st.integers(0, 50))
@example("<p>naïve ☕</p><ul><li>\U0010ffff</li></ul>", 3)
@example("- \n\n-\n* ", 0)
@example("\u200b\n\u200bx", 0)
def test_blocks_lie_in_the_text_in_order_whatever_comes(source: str, at: int) -> None:
    for read in (from_html, from_plain):
        doc = read(source, at=at)
        last = at
        for block in doc.blocks:
            assert last <= block.start < block.end <= at + len(doc.text)
            assert doc.text[block.start - at : block.end - at].decode().strip()
            assert block.section in SECTIONS
            assert block.kind in {"paragraph", "item", "heading"}
            last = block.end
        assert [(b.start - at, *b[2:]) for b in doc.blocks] == [(b.start, *b[2:]) for b in read(source).blocks]


@pytest.mark.parametrize("read", [from_html, from_plain])
def test_half_a_character_does_not_stop_the_reader(read: Callable[[str], Doc]) -> None:
    # JSON may escape one half of a surrogate pair where a source has cut a text in the middle of an emoji.
    doc = read("Requirements\n\n- Go \ud83d\n- Rust")
    assert b"Rust" in doc.text


@FEW
@given(LINES, st.data())
def test_inline_tags_never_change_the_text(line: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(begin, len(line)))
    tag = data.draw(st.sampled_from(["b", "em", "span", "a", "code", "u"]))
    marked = f"<p>{line[:begin]}<{tag}>{line[begin:end]}</{tag}>{line[end:]}</p>"
    assert from_html(marked).text == from_html(f"<p>{line}</p>").text


@FEW
@given(st.lists(st.tuples(st.sampled_from(["p", "li", "h2"]), LINES), max_size=8))
def test_the_text_of_html_reads_again_as_the_same_text(parts: list[tuple[str, str]]) -> None:
    html = "".join(f"<ul><li>{line}</li></ul>" if tag == "li" else f"<{tag}>{line}</{tag}>" for tag, line in parts)
    doc = from_html(html)
    again = from_plain(doc.text.decode())
    assert [words for _, words in blocks(doc)] == [line for _, line in parts]
    assert again.text.split() == doc.text.split()
    assert [k == "item" for k, _ in blocks(again)] == [tag == "li" for tag, _ in parts]


_WORD = re.compile(r"[a-z0-9]{2,}")
_ADDRESS = re.compile(r"\[?(?:https?://|mailto:)\S+")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def _words(text: str) -> Counter[str]:
    """How often each word stands in a text, without the addresses of links, which only plain texts print."""
    return Counter(_WORD.findall(_ADDRESS.sub("", text.translate(_INVISIBLE)).lower()))


@pytest.mark.shared
def test_no_word_of_real_postings_is_lost_or_made_up(shared: Path) -> None:
    """The source prints the same posting as plain text: the words must be the same, save those of addresses."""
    seen = unlike = other = placed = 0
    with gzip.open(shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 20:
                continue
            raw = json.loads(line)["raw"]
            doc = from_html(raw["descriptionHtml"])
            mine, theirs = _words(doc.text.decode()), _words(raw["descriptionPlain"])
            seen += 1
            unlike += (mine - theirs).total() + (theirs - mine).total() > 6
            placed += len(doc.blocks)
            other += sum(block.section == "other" for block in doc.blocks)
    assert seen > 300
    assert unlike <= seen * 0.01, f"{unlike} of {seen} postings differ"
    assert other / placed < 0.08, f"{other} of {placed} blocks stand in no section we know"


def test_a_heading_we_know_opens_its_list_even_straight_behind_a_paragraph() -> None:
    doc = from_plain("About us\nWe build boats.\nRequirements\n- Python\n\nWe build boats, too.\nLong Island\n- Rum")
    sections = {doc.text[b.start : b.end].decode(): (b.section, b.kind) for b in doc.blocks}
    assert sections["Requirements"] == ("requirements", "heading")
    assert sections["Python"] == ("requirements", "item")
    assert sections["Long Island"][1] == "paragraph"


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "·\xa0\xa0 ", "+ ", "> ", "3. "])
def test_a_mark_before_a_line_makes_it_an_item(mark: str) -> None:
    assert blocks(from_plain(f"Nets and rope.\n{mark}Knots"))[1:] == [("item", "Knots")]


@pytest.mark.parametrize("line", ["+1 for knots, we say.", "-5 degrees at sea, mostly.", "->x and so on, mostly."])
def test_a_sign_glued_to_the_word_is_no_mark(line: str) -> None:
    assert blocks(from_plain(line)) == [("paragraph", line)]

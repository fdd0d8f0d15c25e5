"""What text does a posting show, and which blocks is it made of?

HTML becomes plain text block by block: inline tags never split a word, hidden elements, scripts and comments are
dropped, a list item starts a line with "- ". Plain text is split at line ends; short lines that introduce others
are headings. Every block knows its section (``sections``).
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import re2
from selectolax.lexbor import LexborHTMLParser, LexborNode

from jobtide.enrich.automaton import fold
from jobtide.enrich.sections import Labeller, speaking
from jobtide.model import Window

_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
})  # fmt: skip
_BOLD = frozenset({"strong", "b"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "template", "noscript", "title", "head"})
_HIDDEN = "[hidden],[aria-hidden=true],[style*='display:none'],[style*='display: none']"
_LEADS = {"paragraph": b"\n", "heading": b"\n", "item": b"- "}  # what stands before a block's own words
_LONGEST_HEADING = 90  # characters; longer bold lines are emphasis, not headings
_LONGEST_BLOCK = 900  # bytes; above this a paragraph is cut at sentence ends, so that windows stay small
_BULLET = re2.compile(r"^\s*(?:[-*•·▪●○◦‣–—]|\d{1,2}[.)])\s+")
_SENTENCE = re2.compile(rb"[.!?;]\s+")
# Zero-width characters and soft hyphens split words for a reader of bytes but not for a reader.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_INVISIBLE_SEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad")


@dataclass(slots=True)
class Doc:
    """Plain text as UTF-8 bytes, and its blocks in order; offsets are bytes of ``text``, counted from ``at``."""

    text: bytes
    blocks: list[Window]


# One block before it has a place: its words, and what it is (paragraph, item, heading).
_Line = tuple[str, str]


def from_html(html: str, *, at: int = 0) -> Doc:
    """Return the visible text of an HTML fragment with its blocks; empty input gives an empty document.

    ``at`` is where the text will stand in a longer buffer: the blocks' offsets count from there.
    """
    tree = LexborHTMLParser(html)
    if "hidden" in html or "display" in html:
        for node in tree.css(_HIDDEN):
            node.decompose()
    body = tree.body
    return _document(_html_lines(body), at) if body is not None else Doc(b"", [])


def from_plain(text: str, *, at: int = 0) -> Doc:
    """Return a plain text with its blocks: one a line; bullets are items, introducing short lines are headings."""
    # Half a surrogate pair cannot be encoded; JSON may bring one where a source has cut an emoji.
    return _document(_plain_lines(text.encode("utf-8", "replace").decode()), at)


def _html_lines(body: LexborNode) -> Iterator[_Line]:
    """The blocks of a body in order: text joined up to the next change of block element.

    The loop runs once for every node of every posting, which is why it is written out in one piece.
    """
    pieces: list[str] = []
    block, kind, bold, fresh = -1, "paragraph", True, False
    for node in body.traverse(include_text=True):
        tag = node.tag
        if tag != "-text":
            fresh = fresh or tag == "br"
            continue
        words = node.text_content
        if not words or words.isspace():
            pieces.append(" ")
            continue
        at, its_kind, its_bold = _home(node)
        if its_kind == "unseen":
            continue
        if at != block or fresh:
            if pieces:
                yield _line(pieces, kind, bold)
            pieces, block, kind, bold, fresh = [words], at, its_kind, its_bold, False
        else:
            pieces.append(words)
            bold = bold and its_bold
    if pieces:
        yield _line(pieces, kind, bold)


def _home(node: LexborNode) -> tuple[int, str, bool]:
    """The nearest block element around a text node, what kind of block it is, and whether the text is bold."""
    bold = False
    parent = node.parent
    tag = parent.tag if parent is not None else None
    while tag in _INLINE:
        bold = bold or tag in _BOLD
        parent = parent.parent  # type: ignore[union-attr]
        tag = parent.tag if parent is not None else None
    if parent is None:
        return 0, "paragraph", bold
    if tag == "li":
        return parent.mem_id, "item", bold
    if tag in _HEADINGS:
        return parent.mem_id, "heading", True
    if tag in _UNSEEN:
        return 0, "unseen", bold
    above = parent.parent
    return parent.mem_id, "item" if above is not None and above.tag == "li" else "paragraph", bold


def _line(pieces: list[str], kind: str, bold: bool) -> _Line:
    words = " ".join((pieces[0] if len(pieces) == 1 else "".join(pieces)).split())
    if bold and kind == "paragraph" and words and len(words) <= _LONGEST_HEADING and words[-1] not in ".,":
        kind = "heading"
    return words, kind


def _plain_lines(text: str) -> Iterator[_Line]:
    """The lines of a plain text with their kind; a heading is short and introduces something."""
    raw = [line.strip() for line in text.splitlines()]
    for number, line in enumerate(raw):
        if not line:
            continue
        bullet = _BULLET.match(line)
        if bullet:
            yield " ".join(line[bullet.end() :].split()), "item"
            continue
        words = " ".join(line.split())
        yield words.strip("*#_ ") if words[:1] in "*#_" else words, _plain_kind(words, raw, number)


def _plain_kind(words: str, raw: list[str], number: int) -> str:
    if len(words) > _LONGEST_HEADING:
        return "paragraph"
    if words.endswith(":") or words.startswith("#") or (words.startswith("**") and words.endswith("**")):
        return "heading"
    if words[-1] in ".!?,;" and not words.endswith(("..", "?")):
        return "paragraph"
    following = next((line for line in raw[number + 1 : number + 4] if line), "")
    blank_before = number == 0 or not raw[number - 1]
    short = len(words) <= 60 and len(words.split()) <= 9
    introduces = bool(following) and (bool(_BULLET.match(following)) or len(following) > len(words))
    return "heading" if blank_before and short and introduces else "paragraph"


def _document(lines: Iterable[_Line], base: int) -> Doc:
    """Lay the lines out as text and give each its place and section."""
    parts: list[bytes] = []
    blocks: list[Window] = []
    section = Labeller().section
    at = base
    for words, kind in lines:
        if not words.isascii() and any(mark in words for mark in _INVISIBLE_SEEN):
            words = words.translate(_INVISIBLE).strip()
        if not words:
            continue
        data = words.encode("utf-8", "replace")
        lead = _LEADS[kind] if parts else _LEADS[kind].lstrip()
        start = at + len(lead)
        at = start + len(data)
        if len(data) <= _LONGEST_BLOCK:
            blocks.append(Window(start, at, section(words, kind), kind))
        else:
            named = section(words, kind)
            blocks += [Window(start + a, start + b, named, kind) for a, b in _stretches(data)]
        parts.append(lead + data)
        at += 1
    text = b"\n".join(parts)
    _let_speak(text, blocks, base)
    return Doc(text, blocks)


def _let_speak(text: bytes, blocks: list[Window], base: int) -> None:
    """Move blocks whose own words say that they are legal text or benefits; no heading is needed for those."""
    marks = speaking(fold(text))
    if not marks:
        return
    starts = [block.start for block in blocks]
    for mark, own in reversed(marks):  # the first words of a block have the last say
        number = bisect_right(starts, mark + base) - 1
        start, end, section, kind = blocks[number]
        if own == "legal" or (kind == "paragraph" and section not in ("requirements", "nice")):
            blocks[number] = Window(start, end, own, kind)


def _stretches(data: bytes) -> list[tuple[int, int]]:
    """A long paragraph cut behind sentence ends: a posting may be all one paragraph."""
    out = []
    start = 0
    for sentence in _SENTENCE.finditer(data):
        if sentence.end() - start >= _LONGEST_BLOCK // 2:
            out.append((start, sentence.end()))
            start = sentence.end()
    if start < len(data):
        out.append((start, len(data)))
    return out

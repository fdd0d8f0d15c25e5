"""What text does a posting show, and which blocks is it made of?

HTML becomes plain text block by block: inline tags never split a word, hidden elements, scripts and comments are
dropped, a list item starts a line with "- ". Plain text is split at line ends; short lines that introduce others
are headings. Every block knows its section (``sections``).
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

import re2

from jobtide.enrich import markup, runon
from jobtide.enrich.automaton import fold
from jobtide.enrich.sections import Labeller, heading_section, speaking
from jobtide.model import Window

_LONGEST_BLOCK = 900  # bytes; above this a paragraph is cut at sentence ends, so that windows stay small
_SHORT_LINE = 160  # bytes; a line of benefits or law seldom lists skills, a post in one paragraph does
_BULLET = re2.compile(r"^\s*(?:[-*•·▪●○◦‣–—+>]|\d{1,2}[.)])[\s\x{a0}]+")
_INVISIBLE = str.maketrans(markup.INVISIBLE)
# Kinds of a line by number; from _TELLING on its words may say which section it stands in.
KINDS = ("paragraph", "item", "heading", "", "paragraph", "item")
_TELLING = 2
_NUMBERS = {"paragraph": 4, "item": 5, "heading": 2}
_window = tuple.__new__  # half the price of calling the class; a posting has forty
_SENTENCE = re2.compile(rb"[.!?;]\s+")


@dataclass(slots=True)
class Doc:
    """Plain text as UTF-8 bytes, and its blocks in order; offsets are bytes of ``text``, counted from ``at``."""

    text: bytes
    blocks: list[Window]


def from_html(html: str, *, at: int = 0) -> Doc:
    """Return the visible text of an HTML fragment with its blocks; empty input gives an empty document.

    ``at`` is where the text will stand in a longer buffer: the blocks' offsets count from there.
    """
    return _spoken(named(*assembled(markup.lines(html)), at), at)


def from_plain(text: str, *, at: int = 0) -> Doc:
    """Return a plain text with its blocks: one a line; bullets are items, introducing short lines are headings."""
    return _spoken(named(*assembled(plain_lines(text)), at), at)


def _spoken(doc: Doc, at: int) -> Doc:
    let_speak(doc.blocks, [(start + at, section) for start, section in speaking(fold(doc.text))])
    return doc


def plain_lines(text: str) -> Iterator[markup.Line]:
    """Yield the lines of a plain text with their kind; a heading is short and introduces something."""
    # Half a surrogate pair cannot be encoded; JSON may bring one where a source has cut an emoji.
    clean = text if text.isascii() else text.encode("utf-8", "replace").decode()
    raw = [line.strip() for line in clean.translate(_INVISIBLE).splitlines()]
    for number, line in enumerate(raw):
        if not line:
            continue
        bullet = _BULLET.match(line)
        if bullet:
            yield " ".join(line[bullet.end() :].split()).encode(), "item"
            continue
        words = " ".join(line.split())
        shown = words.strip("*#_ ") if words[:1] in "*#_" else words
        yield shown.encode(), _plain_kind(words, raw, number)


def _plain_kind(words: str, raw: list[str], number: int) -> str:
    if len(words) > markup.LONGEST_HEADING:
        return "paragraph"
    if words.endswith(":") or words.startswith("#") or (words.startswith("**") and words.endswith("**")):
        return "heading"
    if words[-1] in ".!?,;" and not words.endswith(("..", "?")):
        return "paragraph"
    following = next((line for line in raw[number + 1 : number + 4] if line), "")
    blank_before = number == 0 or not raw[number - 1]
    short = len(words) <= 60 and len(words.split()) <= 9
    listed = bool(following) and bool(_BULLET.match(following))
    if short and listed and heading_section(words):
        return "heading"  # "Requirements" straight behind a paragraph: the list below says that it introduces
    introduces = listed or (bool(following) and len(following) > len(words))
    return "heading" if blank_before and short and introduces else "paragraph"


Span = tuple[int, int, int]


def assembled(lines: Iterable[markup.Line]) -> tuple[bytes, list[Span]]:
    """Return the text of ``lines`` and (start, end, kind) of the words of each that has any.

    Kinds are numbers, indices of ``KINDS``; the compiled reader of pages gives the same.
    """
    parts: list[bytes] = []
    spans: list[Span] = []
    at = 0
    for words, kind in lines:
        if not words:
            continue
        if kind == "item":
            parts.append(b"- " + words)
            at += 2
        elif parts:  # a blank line before paragraphs and headings
            parts.append(b"\n" + words)
            at += 1
        else:
            parts.append(words)
        spans.append((at, at + len(words), _NUMBERS[kind]))
        at += len(words) + 1
    return b"\n".join(parts), spans


def named(text: bytes, spans: Sequence[Span], base: int) -> Doc:
    """Return the document of an assembled text: each line a block, with its section as the headings alone say.

    Offsets of blocks count from ``base``. A long paragraph is several blocks.
    """
    blocks: list[tuple[int, int, str, str]] = []
    labeller = Labeller()
    for at, (start, end, number) in enumerate(spans):
        kind = KINDS[number]
        own = labeller.section(text[start:end], kind) if number >= _TELLING else labeller.current
        if kind == "paragraph" and at + 1 < len(spans) and KINDS[spans[at + 1][2]] == "item":
            labeller.lead(text[start:end])
        if end - start <= _LONGEST_BLOCK:
            blocks.append((base + start, base + end, own, kind))
            continue
        words = text[start:end]
        for first, last, heading in runon.parts(words):
            own = labeller.section(heading, "heading") if heading else own
            cuts = _stretches(words[first:last])
            blocks += [(base + start + first + a, base + start + first + b, own, kind) for a, b in cuts]
    return Doc(text, list(map(_window, repeat(Window), blocks)))


def let_speak(
    blocks: list[Window], marks: Sequence[tuple[int, str]], lists: Callable[[Window], bool] = lambda _: False
) -> None:
    """Move blocks whose own words say that they are legal text or benefits; no heading is needed for those.

    ``marks``: (offset, section) of such words in order, offsets counted as those of ``blocks``; ``lists`` says whether
    a block lists skills: a long line that does tells more than its stock options, and stays what it was.
    """
    if not marks:
        return
    starts = [block.start for block in blocks]
    for mark, own in reversed(marks):  # the first words of a block have the last say
        number = bisect_right(starts, mark) - 1
        start, end, section, kind = blocks[number]
        if section == own or (end - start > _SHORT_LINE and lists(blocks[number])):
            continue
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

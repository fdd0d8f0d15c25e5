"""From a row to what readers are given: one buffer, its blocks, and where the words stand that each reader asks for.

A posting is read from one stretch of bytes, title, location and text, in one pass over the words we know: the hits propose
skills and open windows for the extractors. The loops are compiled where they can be (``native``), else Python's.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from jobtide.enrich import kit, native, skills
from jobtide.enrich.automaton import fold
from jobtide.enrich.blocks import Hit, placed
from jobtide.enrich.markup import lines
from jobtide.enrich.native import Hits
from jobtide.enrich.text import Doc, Span, assembled, let_speak, named, plain_lines
from jobtide.enrich.untitled import jobs, repeats, titles
from jobtide.model import Window


@dataclass(frozen=True, slots=True)
class Buffer:
    """Title, location and text in one stretch of bytes, with its blocks; ``text_at`` is where the text begins."""

    data: bytes
    folded: bytes
    blocks: list[Window]
    location_at: int
    text_at: int


class Laid(NamedTuple):
    """A row's document, and the bytes it is read from: ``text_at`` is where the document's text begins."""

    doc: Doc
    data: bytes
    location_at: int
    text_at: int


class Scan(NamedTuple):
    """What one pass over the words gives: the skills named, each extractor's windows, each counter's phrases."""

    buffer: Buffer
    named: Hits
    windows: list[list[Window]]
    phrases: dict[int, Hits]


def laid(row: Mapping[str, Any], desk: native.Desk | None) -> Laid:
    """Return a row of ``tables.VERSION`` as bytes with blocks, which count title and location as the first two."""
    head, place = encoded(row["title"]), encoded(row["location"])
    text_at = len(head) + len(place) + 2
    doc = named(*_text(row, desk), text_at)
    location_at = len(head) + 1
    # One list for both, so that a block which says where it belongs moves in document and buffer alike.
    doc.blocks[:0] = [Window(0, len(head), "title"), Window(location_at, location_at + len(place), "location")]
    return Laid(doc, b"\n".join((head, place, doc.text)), location_at, text_at)


def _text(row: Mapping[str, Any], desk: native.Desk | None) -> tuple[bytes, list[Span]]:
    html = row["html"]
    if not html:
        text = row["text"] or ""
        return assembled(plain_lines(text.decode() if isinstance(text, bytes) else text))
    page = html if isinstance(html, bytes) else encoded(html)
    return (desk.page(page) if desk else None) or assembled(lines(page.decode()))


def encoded(value: str | None) -> bytes:
    """UTF-8 of a field; what cannot be encoded (lone surrogates) becomes a question mark."""
    return (value or "").encode("utf-8", "replace")


def scan(found: Laid, tools: kit.Kit, desk: native.Desk | None) -> Scan:
    """Return where the words stand that readers ask for; blocks that say which section they are of are moved there."""
    doc, data, location_at, text_at = found
    blocks = doc.blocks
    starts = [block[0] for block in blocks]
    dealt = desk.scan(tools.tree, data, text_at, starts) if desk and tools.tree else None
    folded, mentions, speaking, counted, masks = dealt or _dealt(tools, data, text_at, starts)
    for trigger, owner in tools.raw_triggers:
        at = data.find(trigger, text_at)
        while at >= 0:
            masks[bisect_right(starts, at) - 1] |= 1 << owner
            at = data.find(trigger, at + 1)
    if speaking:
        marks = [(start, tools.speaks[word]) for start, _, word, _ in speaking]
        let_speak(blocks, marks, lambda window: skills.listed(data, folded, mentions, window, tools.taxonomy))
    phrases = dict(zip(tools.counters, counted, strict=True))
    windows = _windows(tools, data, blocks, masks)
    return Scan(Buffer(data, folded, blocks, location_at, text_at), mentions, windows, phrases)


def _windows(tools: kit.Kit, data: bytes, blocks: list[Window], masks: list[int]) -> list[list[Window]]:
    """For each extractor title, location and the blocks it asked for; nothing if it did not ask."""
    always = [block for block in blocks[:2] if block.end > block.start]
    untitled = blocks[0].end == blocks[0].start
    stand_ins = list(titles(data, blocks[2:])) if untitled or repeats(data, blocks) else []
    if untitled:
        always[:0] = stand_ins
    wanted = tools.always
    for mask in masks:
        wanted |= mask
    asked = [always.copy() if wanted >> index & 1 else [] for index in range(len(tools.extractors))]
    for block, mask in zip(blocks[2:], masks[2:], strict=True):
        if mask:
            for owner in _owners(mask):
                asked[owner].append(block)
    if stand_ins:
        more = stand_ins if not untitled else []  # a title that names no job still names places and terms best
        for name in ("role", "seniority"):
            asked[tools.numbers[name]] += more
        asked[tools.numbers["role"]] += jobs(data, blocks[2:])
    return asked


@lru_cache(maxsize=4096)
def _owners(mask: int) -> tuple[int, ...]:
    return tuple(bit for bit in range(mask.bit_length()) if mask >> bit & 1)


def _dealt(
    tools: kit.Kit, data: bytes, text_at: int, starts: list[int]
) -> tuple[bytes, Hits, Hits, list[Hits], list[int]]:
    """What ``native.Desk.scan`` gives, by Python: ``data`` folded, then in order of their starts

    the terms that no other covers with the doubt about each, and the words that speak and each counter's phrases with
    their block; and for each block a bit for every extractor that wants it.
    """
    folded = fold(data)
    terms: list[Hit] = []
    speaking: list[Hit] = []
    counted: list[list[Hit]] = [[] for _ in tools.counters]
    masks = [0] * len(starts)
    readers = [tools.extractors[index] for index in tools.counters]
    reach = [text_at + reader.reach if reader.reach else len(data) for reader in readers]
    for hit in kit.automaton().hits(folded):
        start, end, word = hit[0], hit[1], hit[2] - tools.terms
        if word < 0:
            terms.append(hit)
            continue
        if tools.speaks[word] and start >= text_at:
            speaking.append((start, end, word))
        for found, number, until in zip(counted, tools.counted[word], reach, strict=True):
            if number >= 0 and start < until:
                found.append((start, end, number))
        if tools.owners[word]:
            masks[bisect_right(starts, start) - 1] |= tools.owners[word]
    speaking.sort()
    phrases = [placed(starts, found) for found in counted]
    marks = [(start, end, word, bisect_right(starts, start) - 1) for start, end, word in speaking]
    return folded, skills.mentions(terms), marks, phrases, masks

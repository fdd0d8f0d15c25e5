"""Where do the parts of a posting that tell of the work and the person name skills, known to the vocabulary or not?"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from jobtide.enrich import kit
from jobtide.enrich.blocks import Hit, longest
from jobtide.enrich.buffer import Buffer
from jobtide.enrich.deep import model
from jobtide.enrich.deep.model import Ints, put_right
from jobtide.enrich.deep.spans import choose
from jobtide.enrich.deep.words import BREAK, REACH, tokens
from jobtide.enrich.taxonomy import KINDS
from jobtide.model import Window

THRESHOLD = 0.35  # by cross-validation on the training split: F1 is flat from 0.25 to 0.4
SECTIONS = ("requirements", "nice", "duties", "other")


class Tagged(NamedTuple):
    """One stretch of words read as a skill: bytes of the buffer, its block, and the probability of just this stretch.

    The field itself is too sure: of spans it says are .96 likely .84 are the very words that annotators marked (n=972).
    Two numbers put it right: on SkillSpan's technical postings, seen neither in training nor in fitting them, of those
    then said to be .94 likely .93 were (n=243), of .75 .78 (n=413), of .45 .46 (n=639).
    """

    start: int
    end: int
    window: Window
    likely: float


def tag(buffers: Sequence[Buffer], threshold: float = THRESHOLD) -> list[list[Tagged]]:
    """Return the skills in each buffer, in order of place; scored together, which is what makes it fast."""
    # As many breaks between postings as a word sees: what stands in one says nothing of the next.
    nowhere = (-1, 0, 0, Window(0, 0, ""))
    words: list[str] = [BREAK] * REACH
    places: list[tuple[int, int, int, Window]] = [nowhere] * REACH  # buffer, begin, end, block of each word
    found: list[tuple[int, int, int]] = []  # first word, behind the last, pattern of each hit
    for number, buffer in enumerate(buffers):
        begun = len(words)
        for window in buffer.blocks[2:]:
            if window.section not in SECTIONS:
                continue
            for word, start, end in _words(buffer.data[window.start : window.end]):
                words.append(word)
                places.append((number, window.start + start, window.start + end, window))
            words.append(BREAK)
            places.append((-1, window.end, window.end, window))
        hits = longest(kit.terms_in(buffer.folded))
        found += on_words(hits, [p[1] for p in places[begun:]], [p[2] for p in places[begun:]], begun)
        words += [BREAK] * REACH
        places += [nowhere] * REACH
    marks = marked(len(words), found)
    tagger = model.load()
    breaks = np.array([i for i, word in enumerate(words) if word == BREAK], np.int64)
    out: list[list[Tagged]] = [[] for _ in buffers]
    for first, behind, likely in choose(tagger.score(words, marks), breaks, tagger.turns, threshold):
        number, start, _, window = places[first]
        out[number].append(Tagged(start, places[behind - 1][2], window, put_right(likely, *tagger.sure)))
    return out


def _words(data: bytes) -> Iterator[tuple[str, int, int]]:
    """The words of a block with offsets in bytes, BREAK behind the end of a sentence."""
    text = data.decode("utf-8", "replace")
    at: Sequence[int] = range(len(text) + 1) if text.isascii() else _bytes(text)
    ended = 0
    for word, start, end in tokens(text):
        if ended and start > ended and word[0].isupper():
            yield BREAK, at[ended], at[ended]
        ended = end if word in ".!?" else 0
        yield word, at[start], at[end]


def _bytes(text: str) -> list[int]:
    codes = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    sizes = 1 + (codes >= 0x80).astype(int) + (codes >= 0x800) + (codes >= 0x10000)
    return [0, *np.cumsum(sizes).tolist()]


def on_words(
    hits: Sequence[Hit], starts: Sequence[int], ends: Sequence[int], base: int = 0
) -> list[tuple[int, int, int]]:
    """Return hits by the words they touch, counted from ``base``; a hit on no word is left out."""
    if not hits or not starts:
        return []
    first = np.searchsorted(ends, [hit[0] for hit in hits], "right")
    behind = np.searchsorted(starts, [hit[1] for hit in hits], "left")
    return [
        (base + int(a), base + int(b), hit[2]) for a, b, hit in zip(first, behind, hits, strict=True) if a < b
    ]  # fmt: skip


def marked(count: int, found: Sequence[tuple[int, int, int]]) -> Ints:
    """Return what the vocabulary says of each of ``count`` words; see ``words.attributes``."""
    marks = np.zeros(count, np.int64)
    kinds = _kinds()
    for first, behind, pattern in found:
        marks[first:behind] = kinds[pattern] + 2
        marks[first] = kinds[pattern] + 1
    return marks


@cache
def _kinds() -> list[int]:
    number = {kind: 2 * i for i, kind in enumerate(KINDS)}
    return [number[concept.kind] for concept in kit.load().taxonomy.of]

"""The innermost loops of reading in C, where the machine that installed jobtide had a compiler; in Python elsewhere.

What they give is the same, byte for byte: wherever the C would have to guess, it says so and Python decides. Tests hold
the two together on made-up pages and on real postings.
"""

import ctypes
import os
from array import array
from collections.abc import Sequence
from functools import cache
from struct import Struct
from typing import Any

from jobtide.enrich.native import build

PLAIN = "JOBTIDE_PLAIN"  # set to read without the compiled loops: what an installation without a compiler does
HEAPS = 8  # sorts of hits that a scan tells apart: terms, words that speak, and six counters
_I64, _I32, _AT = ctypes.c_int64, ctypes.c_int32, ctypes.c_void_p
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "page_lines": (_I64, [ctypes.c_char_p, _I64, _AT, _I64, _AT, _I64, _AT]),
    "words_new": (
        _AT,
        [ctypes.c_char_p, _AT, _AT, _I64, _I32, _AT, _AT, _AT, _I32, ctypes.c_char_p, ctypes.c_char_p, _I64, _AT],
    ),
    "words_scan": (_I64, [_AT, ctypes.c_char_p, _I64, _AT, _I32, _AT, _I64, _AT, _AT, _I64, _AT]),
}


@cache
def library() -> Any:
    """Return the compiled loops, None where there are none: no compiler, another version's, or ``JOBTIDE_PLAIN`` is set."""
    path = build.target()
    if os.environ.get(PLAIN) or not path.exists():
        return None
    try:
        # Keeps the lock: a call takes twenty microseconds, and the buffers stay one's own.
        found = ctypes.PyDLL(str(path))
        source = found.scan_source
    except (OSError, AttributeError):  # made for another machine
        return None
    source.restype = ctypes.c_char_p
    if source() != build.source().encode():
        return None
    for name, (gives, takes) in _SIGNATURES.items():
        function = getattr(found, name)
        function.restype, function.argtypes = gives, takes
    return found


def state() -> str:
    """Return one line for a person: which loops this installation reads with, and why."""
    if library() is not None:
        return "reading: compiled loops"
    if os.environ.get(PLAIN):
        return f"reading: in Python, at about two thirds of the speed, as {PLAIN} is set"
    return "reading: in Python, at about two thirds of the speed; with a C compiler (cc), install jobtide again"


class Tree:
    """The patterns and what each is wanted for, as ``words_scan`` reads them; lives as long as the process."""

    def __init__(
        self,
        patterns: Sequence[bytes],
        terms: int,
        owners: Sequence[int],
        counted: Sequence[Sequence[int]],
        reach: Sequence[int],
        speaks: Sequence[bool],
        guards: tuple[bytes, Sequence[int]],
    ) -> None:
        """``patterns``: padded, the ``terms`` first; of the others, ``owners`` holds a bit for each reader.

        ``counted``: for each word, and each counter, the number of its phrase or -1; ``reach``: for each counter how many bytes of
        the text it reads, 0 for all. ``speaks``: whether a word names a section. ``guards``: those of
        the terms, as ``guards.packed`` gives them.
        Raises MemoryError where there is none left, or for more than 65,534 patterns.
        """
        order = sorted(range(len(patterns)), key=patterns.__getitem__)
        at = [0]
        for number in order:
            at.append(at[-1] + len(patterns[number]))
        self.counters = len(reach)
        flat = [number for row in counted for number in row]
        self.at = library().words_new(
            b"".join([patterns[number] for number in order]), (_I64 * len(at))(*at), (_I32 * len(order))(*order),
            len(order), terms, (ctypes.c_uint32 * len(owners))(*owners), (_I32 * len(flat))(*flat),
            (_I32 * len(reach))(*reach), self.counters, bytes(speaks), guards[0], len(guards[0]),
            (_I32 * len(guards[1]))(*guards[1]),
        )  # fmt: skip
        if not self.at:
            raise MemoryError("no room for the tree of known words")


Hits = list[tuple[int, int, int, int]]  # start, end, number, and a doubt of ``guards`` or the block
_triples, _fours = Struct("3i").iter_unpack, Struct("4i").iter_unpack


class Desk:
    """Where one batch is read: room that the compiled loops write in, for one thread."""

    def __init__(self, room: int = 1 << 16) -> None:
        """``room``: bytes of the longest page or text, for a start."""
        found = library()
        self._page, self._scan = found.page_lines, found.words_scan
        self._counts = (_I64 * HEAPS)()
        self._size = _I64()
        self._at_size = ctypes.addressof(self._size)
        self._grow(room)

    def _grow(self, room: int) -> None:
        """Make room for texts of so many bytes: a line takes four of them or more, a hit two."""
        self._room = room
        self._lines, self._most = room // 4, room // 2
        self._text = (ctypes.c_char * room)()
        self._at_text = ctypes.addressof(self._text)
        self._spans, self._at_spans = _numbers(3 * self._lines)
        self._masks, self._at_masks = _numbers(self._lines)
        self._hits, self._at_hits = _numbers(4 * self._most * HEAPS)

    def page(self, html: bytes) -> tuple[bytes, list[tuple[int, int, int]]] | None:
        """Return the text of a page and (start, end, kind) of each line, as ``text.assembled`` does.

        None where Python has to read the page. ``html``: valid UTF-8.
        """
        if len(html) + 16 > self._room:
            self._grow(2 * len(html) + 16)
        lines = self._page(html, len(html), self._at_text, self._room, self._at_spans, self._lines, self._at_size)
        if lines < 0:
            return None
        return ctypes.string_at(self._at_text, self._size.value), list(_triples(self._spans[: 12 * lines]))

    def scan(
        self, tree: Tree, data: bytes, text_at: int, starts: Sequence[int]
    ) -> tuple[bytes, Hits, Hits, list[Hits], list[int]] | None:
        """Return ``data`` folded, the terms, the words that speak, each counter's phrases and each block's readers.

        As ``buffer._dealt`` gives them, but for doubts about terms that are settled here. None where there are more
        hits than there is room for. ``starts``: where each block begins, one at least.
        """
        if len(data) + 16 > self._room or len(starts) > self._lines:
            self._grow(max(2 * len(data) + 16, 8 * len(starts)))
        begins = array("i", starts)
        scanned = self._scan(
            tree.at, data, len(data), self._at_text, text_at, begins.buffer_info()[0], len(starts), self._at_masks,
            self._at_hits, self._most, self._counts,
        )  # fmt: skip
        if scanned < 0:
            return None
        counts = self._counts[: tree.counters + 2]
        hits = list(_fours(self._hits[: 16 * sum(counts)]))
        sorts = []
        behind = 0
        for count in counts:
            at, behind = behind, behind + count
            sorts.append(hits[at:behind])
        folded = ctypes.string_at(self._at_text + 1, len(data))
        masks: list[int] = self._masks[: 4 * len(starts)].cast("i").tolist()
        return folded, sorts[0], sorts[1], sorts[2:], masks


def desk() -> Desk | None:
    """Return a new desk, None where there are no compiled loops."""
    return Desk() if library() is not None else None


def _numbers(count: int) -> tuple[memoryview, int]:
    """Room for ``count`` numbers of four bytes, and where it is."""
    room = (ctypes.c_char * (4 * count))()
    return memoryview(room).cast("B"), ctypes.addressof(room)

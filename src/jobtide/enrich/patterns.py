"""How do we ask RE2 about bytes, thousands of times a posting's batch, without paying more for asking than for matching?

``compile`` gives what ``re2.compile`` does for bytes, at half its price: the binding's Python wrapper makes a generator
and checks each argument for every question. ``Patterns``, ``Ranked`` and ``test`` ask for several patterns, or for one, in a
pass that only says which occur: most words hold none, and then no search follows.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import re2

Span = tuple[int, int]
_ANYWHERE = re2._Anchor.UNANCHORED
_HERE = re2._Anchor.ANCHOR_START


# Bytes that RE2 may keep of a pattern's automaton. With its usual eight millions the longest are built anew for nearly
# every question; most keep some thousands.
_MEMORY = 32 << 20


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    return options


class Match:
    """Where a pattern matched: ``spans`` of the whole and of each group, (-1, -1) for a group that took no part."""

    __slots__ = ("_text", "spans")

    def __init__(self, text: bytes, spans: Sequence[Span]) -> None:
        self._text = text
        self.spans = spans

    def __getitem__(self, group: int) -> Any:  # bytes, or None for a group that took no part
        begin, end = self.spans[group]
        return self._text[begin:end] if begin >= 0 else None

    def start(self, group: int = 0) -> int:
        """Return where the group begins in the text."""
        return self.spans[group][0]

    def end(self, group: int = 0) -> int:
        """Return where the group ends in the text, exclusive."""
        return self.spans[group][1]

    def span(self, group: int = 0) -> Span:
        """Return both."""
        return self.spans[group]

    def groups(self) -> tuple[bytes | None, ...]:
        """Return the bytes of each group, None for one that took no part."""
        return tuple(self[group] for group in range(1, len(self.spans)))


class Pattern:
    """One RE2 pattern over bytes; linear in the text whatever the pattern."""

    __slots__ = ("_match", "pattern")

    def __init__(self, pattern: str, *, groups: bool) -> None:
        self.pattern = pattern
        options = _options()
        options.never_capture = not groups
        # The binding's own object. That its answers are the wrapper's is tested, so a change there shows at once.
        self._match: Callable[..., Sequence[Span]] = re2.compile(pattern, options)._regexp.Match

    def search(self, text: bytes, start: int = 0, end: int | None = None) -> Match | None:
        """Return the leftmost match between ``start`` and ``end``, None if there is none."""
        spans = self._match(_ANYWHERE, text, start, len(text) if end is None else end)
        return Match(text, spans) if spans[0][0] >= 0 else None

    def match(self, text: bytes, start: int = 0, end: int | None = None) -> Match | None:
        """Return the match that begins at ``start``, None if there is none."""
        spans = self._match(_HERE, text, start, len(text) if end is None else end)
        return Match(text, spans) if spans[0][0] >= 0 else None

    def finditer(self, text: bytes, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """Yield every match from left to right; they do not overlap."""
        stop = len(text) if end is None else end
        while start <= stop:
            spans = self._match(_ANYWHERE, text, start, stop)
            begin, behind = spans[0]
            if begin < 0:
                return
            yield Match(text, spans)
            start = behind if behind > start else start + 1


def compile(pattern: str, *, groups: bool = True) -> Pattern:
    """Return ``pattern`` ready to be asked about bytes; without ``groups`` only about the whole match, at half the price.

    >>> [m[1] for m in compile("(a+)b?").finditer(b"ab aa")]
    [b'a', b'aa']
    """
    return Pattern(pattern, groups=groups)


class Patterns:
    """Several patterns that are looked for together.

    >>> Patterns("a+", "(?i)B").held(b"xab"), Patterns("a").held(b"")
    ([0, 1], ())
    """

    __slots__ = ("_match",)

    def __init__(self, *patterns: str) -> None:
        self._match = _together(patterns)

    def held(self, words: bytes) -> Sequence[int]:
        """Return the numbers of the patterns that ``words`` hold, ascending; none gives an empty sequence."""
        found = self._match(words)
        return sorted(found) if found else ()


class Ranked:
    """Many patterns, of which the first that occurs is asked for.

    A few at a time: the automaton of fifty with gaps in them outgrows the memory that RE2 allows it, and is then built
    anew for nearly every question.

    >>> ranked = Ranked("a+", "(?i)B", "x")
    >>> ranked.first(b"xbx"), ranked.first(b"")
    (1, None)
    """

    __slots__ = ("_few",)

    def __init__(self, *patterns: str) -> None:
        self._few = [
            (begun, _together(patterns[begun : begun + _AT_ONCE])) for begun in range(0, len(patterns), _AT_ONCE)
        ]

    def first(self, words: bytes) -> int | None:
        """Return the number of the first pattern that ``words`` hold, None if they hold none."""
        for begun, match in self._few:
            if found := match(words):
                return begun + min(found)
        return None


_AT_ONCE = 6  # patterns


def test(pattern: str) -> Callable[[bytes], object]:
    """Return what tells, truly or falsely, whether some words hold ``pattern``.

    >>> bool(test("a+")(b"xa")), bool(test("a+")(b"x"))
    (True, False)
    """
    return _together((pattern,))


def _together(patterns: Sequence[str]) -> Callable[[bytes], Sequence[int]]:
    known = re2.Set.SearchSet(_options())
    for pattern in patterns:
        known.Add(pattern)
    known.Compile()
    found: Callable[[bytes], Sequence[int]] = known._set.Match
    return found

"""Which of several patterns occur in some words? One pass for all of them, which takes less than one search."""

from collections.abc import Callable, Sequence

import re2


class Patterns:
    """Several RE2 patterns that are looked for together.

    Most words hold none of them, and a call costs more than the pass over a sentence: asking first which occur
    saves the searches.

    >>> Patterns("a+", "(?i)B").held(b"xab"), Patterns("a").held(b"")
    ([0, 1], ())
    """

    __slots__ = ("_set",)

    def __init__(self, *patterns: str) -> None:
        self._set = re2.Set.SearchSet()
        for pattern in patterns:
            self._set.Add(pattern)
        self._set.Compile()

    def held(self, words: bytes | str) -> Sequence[int]:
        """Return the numbers of the patterns that ``words`` hold, ascending; none gives an empty sequence."""
        found: Sequence[int] = self._set.Match(words)
        return sorted(found) if found else ()


def test(pattern: str) -> Callable[[bytes], object]:
    """Return what tells, truly or falsely, whether some words hold ``pattern``: half the price of a search.

    >>> bool(test("a+")(b"xa")), bool(test("a+")(b"x"))
    (True, False)
    """
    known = re2.Set.SearchSet()
    known.Add(pattern)
    known.Compile()
    found: Callable[[bytes], object] = known.Match
    return found

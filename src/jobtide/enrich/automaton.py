"""Where do the words we know stand in a text? One Aho-Corasick pass for every term and trigger.

The boundary test moves into the automaton: text and patterns are folded to lower case with everything but
letters, digits, ``+`` and ``#`` turned into blanks, and padded with one blank. Folding keeps the length, so a
hit's offsets are the offsets of the evidence in the original UTF-8 bytes.
"""

import re
from collections.abc import Sequence

import daachorse


def _fold_table() -> bytes:
    """ASCII to lower case, what is no word character to a blank; bytes of other scripts stay as they are."""
    table = bytearray(range(256))
    for code in range(128):
        char = chr(code)
        table[code] = ord(char.lower()) if char.isalnum() or char in "+#" else ord(" ")
    return bytes(table)


_FOLD = _fold_table()
# Signs of several bytes: those of Latin-1 but of degrees and of a millionth, punctuation to symbols (U+2000 to U+2BFF), the punctuation
# of Chinese and Japanese, pictures. Blanks of the same length keep the offsets.
_SIGNS = re.compile(
    rb"\xc2[\x80-\xaf\xb1-\xb4\xb6-\xbf]|\xe2[\x80-\xaf][\x80-\xbf]|\xe3\x80[\x80-\xbf]|\xf0\x9f[\x80-\xbf]{2}"
)


def fold(text: bytes) -> bytes:
    """Return ``text`` in the form that patterns are matched in; same length.

    >>> fold(b"CI/CD, C++ and Node.js")
    b'ci cd  c++ and node js'
    >>> fold("SQL·Go™".encode())
    b'sql  go   '
    >>> fold("1600 °C".encode()).split()[-1] == "°c".encode()  # no language
    True
    """
    folded = text.translate(_FOLD)
    return folded if text.isascii() else _SIGNS.sub(lambda sign: b" " * len(sign[0]), folded)


def padded(patterns: Sequence[bytes]) -> list[bytes]:
    """Return the patterns folded and between blanks; an empty one becomes a byte that UTF-8 never holds."""
    return [b" " + fold(p).strip() + b" " if p.strip() else b"\xff" for p in patterns]


class Automaton:
    """Finds all whole-word occurrences of many patterns at once.

    >>> Automaton([b"ml", b"machine learning", b"learning"]).hits(fold(b"Machine Learning (ML)"))
    [(0, 16, 1), (8, 16, 2), (18, 20, 0)]
    """

    def __init__(self, patterns: Sequence[bytes]) -> None:
        """Build from folded patterns; their order gives the index that hits carry. Empty patterns never match."""
        self._pma = daachorse.DoubleArrayAhoCorasick(padded(patterns)) if patterns else None

    def hits(self, folded: bytes) -> list[tuple[int, int, int]]:
        """Return (start, end, pattern index) of every hit, overlapping ones too, in order of their ends."""
        if self._pma is None:
            return []
        # The haystack is padded by one blank on either side: a hit's leading blank cancels the shift.
        return [(start, end - 2, index) for start, end, index in self._pma.find_overlapping(b" " + folded + b" ")]

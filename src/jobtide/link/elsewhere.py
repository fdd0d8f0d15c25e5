"""Which postings stand under another employer's name with the same text?

Staffing firms and employers with two boards repeat texts. Such pairs are shown, not merged (but for two spellings of a
name in free texts, ``names``): each posting is paired with the earliest posting of another employer whose text is the
same or nearly so, one row a posting at most.
"""

from collections.abc import Hashable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from jobtide.link.candidates import Signed
from jobtide.link.signatures import shingles
from jobtide.link.words import words

_LOWEST = 0.9  # Jaccard over the whole text
_ESTIMATE = 0.82  # two standard errors of the signature below it
_SHORTEST = 30  # words; shorter texts are equal by chance ("see our site")


def repeats(employers: Sequence[str], texts: pa.ChunkedArray, marks: Signed) -> dict[int, tuple[int, float]]:
    """Return (row of another employer, similarity) by row, for postings given earliest first.

    Both directions are given: the earlier posting of a pair points at the first other employer that repeats it.
    """
    found: dict[int, tuple[int, float]] = {}
    firsts: dict[Hashable, dict[str, int]] = {}
    for row, employer in enumerate(employers):
        near = _others(row, employer, marks, firsts)
        match = next(
            ((other, alike) for other in near if (alike := text_similarity(texts, row, other)) >= _LOWEST), None
        )
        if match:
            found[row] = match
            found.setdefault(match[0], (row, match[1]))
    return found


def _others(row: int, employer: str, marks: Signed, firsts: dict[Hashable, dict[str, int]]) -> Iterator[int]:
    """Earlier postings of other employers that share a key, earliest first; then makes ``row`` findable.

    A key keeps the first posting of each of its first two employers: any third finds one of them.
    """
    if marks.empty[row]:
        return
    near: set[int] = set()
    for key in (marks.exact[row], *marks.wide[row].tolist()):
        holders = firsts.setdefault(key, {})
        near.update(other for name, other in holders.items() if name != employer)
        if len(holders) < 2:
            holders.setdefault(employer, row)
    for other in sorted(near):
        if (marks.minhash[row] == marks.minhash[other]).mean() >= _ESTIMATE:
            yield other


def text_similarity(texts: pa.ChunkedArray, one: int, other: int) -> float:
    """Return the word-shingle Jaccard of two texts; 0 if one of them is too short to tell."""
    cut = words(pa.array([texts[one].as_py() or "", texts[other].as_py() or ""], pa.string()))
    if np.diff(cut.offsets).min() < _SHORTEST:
        return 0.0
    hashes, offsets = shingles(cut)
    ours, theirs = (np.unique(hashes[offsets[i] : offsets[i + 1]]) for i in (0, 1))
    shared = len(np.intersect1d(ours, theirs, assume_unique=True))
    return shared / (len(ours) + len(theirs) - shared)

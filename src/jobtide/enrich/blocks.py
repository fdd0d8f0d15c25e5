"""Which of many hits count where they overlap, and in which block does each stand?"""

from bisect import bisect_right
from collections.abc import Sequence

Hit = tuple[int, int, int]  # start, end, number
Placed = tuple[int, int, int, int]  # and the number of the block


def placed(starts: Sequence[int], hits: Sequence[Hit]) -> list[Placed]:
    """Return the hits from left to right, each with its block; one that begins within another is passed over.

    ``starts``: where the blocks begin.

    >>> placed([0, 18], [(0, 7, 1), (0, 16, 2), (8, 20, 3), (20, 23, 4)])
    [(0, 16, 2, 0), (20, 23, 4, 1)]
    """
    kept: list[Placed] = []
    done = 0
    for start, end, number in sorted(hits, key=_from_the_left):
        if start >= done:
            done = end
            kept.append((start, end, number, bisect_right(starts, start) - 1))
    return kept


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that no other covers, longest first where two overlap, in order of position.

    >>> longest([(0, 7, 1), (0, 16, 2), (8, 16, 3), (20, 23, 4)])
    [(0, 16, 2), (20, 23, 4)]
    """
    kept: list[Hit] = []
    begun = done = 0
    for hit in sorted(hits, key=_from_the_left):
        if hit[0] >= done:
            kept.append(hit)
        elif hit[1] - hit[0] > done - begun:
            kept[-1] = hit
        else:
            continue
        begun, done = hit[0], hit[1]
    return kept


def _from_the_left(hit: Hit) -> int:
    """Leftmost first, the longest first among those."""
    return (hit[0] << 32) - hit[1]

"""Which of a counter's phrases count, and in which block does each stand?"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from jobtide.model import Window

Hit = tuple[int, int, int]


def kept_of(blocks: Sequence[Window], hits: Sequence[Hit]) -> Iterator[tuple[int, int, int, Window]]:
    """Yield (start, end, number, block) of each phrase from left to right; one within a longer one is passed over."""
    if not hits:
        return
    starts = [block[0] for block in blocks]
    done = 0
    for start, end, number in sorted(hits, key=_from_the_left):
        if start >= done:
            done = end
            yield start, end, number, blocks[bisect_right(starts, start) - 1]


def _from_the_left(hit: Hit) -> int:
    """Leftmost first, the longest first among those."""
    return (hit[0] << 32) - hit[1]

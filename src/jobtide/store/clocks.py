"""When was each crawl, if the clock was wrong for some of them? Runs count in their order; their times must grow."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from jobtide.store.kept import CrawlLine


def in_order(lines: Sequence[CrawlLine]) -> list[CrawlLine]:
    """Return crawls in their order with times that never run backwards; the same lines if they do not.

    As many as can be keep their time. One whose clock stands out of the others' order (a day back, ten years ahead)
    counts with the time of the last one before it that does not, the first of all with that of the next.
    """
    right = straight([line.at for line in lines])
    return [line if line.at == at else replace(line, at=at) for line, at in zip(lines, right, strict=True)]


def straight(times: Sequence[datetime]) -> list[datetime]:
    """Return times that never fall, one for each; the same if they do not: see ``in_order``."""
    if all(one <= other for one, other in pairwise(times)):
        return list(times)
    keep = _longest(times)
    out = []
    at = times[keep[0]]
    kept = set(keep)
    for place, time in enumerate(times):
        at = time if place in kept else at
        out.append(at)
    return out


def _longest(times: Sequence[datetime]) -> list[int]:
    """Places of a longest part that never falls (patience sorting; Fredman 1975), ascending; empty for nothing.

    Of several one that spans the least time, since a clock that is wrong is far off; of those the one of later crawls.
    """
    begin, before = None, len(times)
    for pile in reversed(_piles(times, range(len(times)))):
        begin = next(times[place] for place in pile if begin is None or times[place] <= begin)
    out: list[int] = []
    for pile in reversed(_piles(times, [place for place, time in enumerate(times) if begin and time >= begin])):
        before = max(place for place in pile if place < before)
        out.append(before)
    return out[::-1]


def _piles(times: Sequence[datetime], places: Iterable[int]) -> list[list[int]]:
    """The places at which a longest part of each length ends, the last of each pile with the earliest time."""
    ends: list[datetime] = []
    piles: list[list[int]] = []
    for place in places:
        length = bisect_right(ends, times[place])
        if length == len(piles):
            piles.append([])
        piles[length].append(place)
        ends[length : length + 1] = [times[place]]
    return piles

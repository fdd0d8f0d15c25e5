"""When was each crawl, if the clock was wrong for some of them? Runs count in their order; their times must grow."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from jobtide.store.kept import CrawlLine


def in_order(lines: Sequence[CrawlLine]) -> list[CrawlLine]:
    """Return crawls in their order with times that never run backwards; the same lines if they do not.

    As many as can be keep their time. One whose clock stands out of the others' order (a day back, ten years ahead)
    counts with the time of the last one before it that does not, the first of all with that of the next.
    """
    times = [line.at for line in lines]
    if all(one <= other for one, other in pairwise(times)):
        return list(lines)
    keep = _longest(times)
    out = []
    at = times[keep[0]]
    kept = set(keep)
    for place, line in enumerate(lines):
        at = line.at if place in kept else at
        out.append(line if line.at == at else replace(line, at=at))
    return out


def _longest(times: Sequence[datetime]) -> list[int]:
    """Places of a longest part that never falls (patience sorting; Fredman 1975), ascending; empty for nothing."""
    ends: list[datetime] = []  # the earliest end of such a part of each length so far
    at: list[int] = []  # and where it stands
    before: list[int] = []
    for place, time in enumerate(times):
        length = bisect_right(ends, time)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [time]
        at[length : length + 1] = [place]
    out = []
    place = at[-1] if at else -1
    while place >= 0:
        out.append(place)
        place = before[place]
    return out[::-1]

"""Times of crawls never run backwards, as many as can be are kept, and a right clock is never corrected."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.store.clocks import in_order
from jobtide.store.kept import CrawlLine

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def lines(*days: int) -> list[CrawlLine]:
    return [
        CrawlLine(n, n, "lever", "b", DAY + timedelta(days=at), "complete", "", 1, 0) for n, at in enumerate(days, 1)
    ]


def said(*days: int) -> list[int]:
    return [(line.at - DAY).days for line in in_order(lines(*days))]


@pytest.mark.parametrize(
    ("days", "counted"),
    [
        ((), []), ((5,), [5]), ((1, 2, 2, 9), [1, 2, 2, 9]),
        ((1, 2, 3650, 3, 4), [1, 2, 2, 3, 4]),  # ten years ahead for a night
        ((10, 11, 12, -20_000, 13), [10, 11, 12, 12, 13]),  # 1970 until the clock was set
        ((10, 11, 12, -20_000), [10, 11, 12, 12]),  # and nothing came after it yet
        ((3650, 1, 2), [1, 1, 2]), ((10, -20_000, 11), [10, 10, 11]),
        ((10, 11, -20_000, -19_999, 12, 13), [10, 11, 11, 11, 12, 13]),
        ((10, 11, 12, 10, 11, 12), [10, 10, 10, 10, 11, 12]),  # set back two days: the later runs are believed
        ((10, 3650, 11), [10, 10, 11]),
    ],
)  # fmt: skip
def test_what_stands_out_counts_as_the_crawl_before_it(days: tuple[int, ...], counted: list[int]) -> None:
    assert said(*days) == counted


@given(st.lists(st.integers(-9, 9), max_size=9))
def test_times_never_fall_and_as_many_as_can_be_are_kept(days: list[int]) -> None:
    found = said(*days)
    assert all(a <= b for a, b in pairwise(found))
    assert [line.crawl for line in in_order(lines(*days))] == list(range(1, len(days) + 1))
    most = max(size for size in range(len(days) + 1) for some in combinations(days, size) if list(some) == sorted(some))
    assert sum(a == b for a, b in zip(found, days, strict=True)) >= most

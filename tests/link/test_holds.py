"""A board that collapses, or whose rows cannot be read, waits for a second crawl; nothing else does."""

from datetime import UTC, datetime, timedelta

import pytest

from jobtide.link.holds import Waiting, judge
from jobtide.model import Completeness

COMPLETE, PARTIAL = Completeness.COMPLETE, Completeness.PARTIAL
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def held(hours_ago: float, postings: int, bad: int = 0) -> Waiting:
    """An answer that was held."""
    return Waiting(NOW - timedelta(hours=hours_ago), postings, bad)


@pytest.mark.parametrize(
    ("before", "now", "waits", "outcome"),
    [
        (100, 21, False, "complete"), (100, 20, False, "held"), (100, 20, True, "complete"), (100, 0, False, "held"),
        (100, 0, True, "complete"), (1, 0, False, "held"), (2, 1, False, "complete"), (0, 0, False, "complete"),
        (None, 0, False, "complete"), (5, 500, False, "complete"), (100, 100, True, "complete"),
    ],
)  # fmt: skip
def test_a_board_that_shrinks_by_80_percent_or_to_nothing_waits(
    before: int | None, now: int, waits: bool, outcome: str
) -> None:
    last, waiting = ("held", [held(24, now)]) if waits else ("complete", [])
    said, note = judge(COMPLETE, at=NOW, postings=now, bad=0, before=before, last=last, held=waiting)
    assert said == outcome
    assert (f"{now} postings where {before} were" in note) == (said == "held" or (waits and now < 100))


@pytest.mark.parametrize(
    ("waiting", "outcome"),
    [
        ([held(24, 3)], "complete"), ([held(24, 40)], "held"), ([held(24, 2, 98)], "held"),
        ([held(6, 3)], "complete"), ([held(5.9, 3)], "held"), ([held(0.1, 3)], "held"), ([held(-24, 3)], "held"),
        ([held(6.1, 3), held(0.1, 3)], "complete"),  # it counts since the first, however often it was asked since
        ([held(6.1, 2, 98), held(0.1, 3)], "held"), ([held(5, 3), held(3, 3), held(1, 3)], "held"),
    ],
)  # fmt: skip
def test_only_a_collapse_of_six_hours_ago_confirms_a_collapse(waiting: list[Waiting], outcome: str) -> None:
    """One that was held for rows that could not be read says nothing about postings that are gone."""
    said, note = judge(COMPLETE, at=NOW, postings=1, bad=0, before=100, last="held", held=waiting)
    assert said == outcome
    assert ("waits for a crawl 6 hours later or more" in note) == (said == "held")


@pytest.mark.parametrize(
    ("good", "bad", "before", "waits", "outcome"),
    [
        (95, 5, 100, False, "complete"), (94, 6, 100, False, "held"), (94, 6, 100, True, "partial"),
        (94, 6, None, False, "partial"), (1, 99, 100, False, "held"), (2, 98, 100, True, "partial"),
    ],
)  # fmt: skip
def test_more_than_5_percent_of_rows_that_cannot_be_read_wait(
    good: int, bad: int, before: int | None, waits: bool, outcome: str
) -> None:
    assert (
        judge(COMPLETE, at=NOW, postings=good, bad=bad, before=before, last="held" if waits else "complete")[0]
        == outcome
    )


def test_a_partial_crawl_says_nothing_about_what_is_missing() -> None:
    assert judge(PARTIAL, at=NOW, postings=1, bad=0, before=100, last="complete", note="3 pages") == (
        PARTIAL,
        "3 pages",
    )
    assert judge(PARTIAL, at=NOW, postings=1, bad=3, before=None, last="complete", note="3 pages")[1].endswith(
        "; 3 pages"
    )


@pytest.mark.parametrize(
    ("before", "bad_before", "last", "outcome"),
    [(9, 0, "complete", "held"), (9, 0, "held", "complete"), (9, 1, "complete", "complete"), (None, 0, "", "complete")],
)
def test_one_odd_row_on_a_small_board_does_not_keep_it_from_being_complete(
    before: int | None, bad_before: int, last: str, outcome: str
) -> None:
    assert judge(COMPLETE, at=NOW, postings=9, bad=1, before=before, bad_before=bad_before, last=last)[0] == outcome

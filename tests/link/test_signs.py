"""Each sign is there exactly when its limit is met, with its dates; none is a verdict."""

from datetime import UTC, datetime, timedelta

import pytest

from jobtide.link.signs import Watched, signs

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: int) -> datetime:
    return DAY + timedelta(days=number)


def kinds(watched: Watched) -> list[str]:
    return [sign.kind for sign in signs(watched)]


def test_nothing_speaks_against_a_posting_of_a_week() -> None:
    assert kinds(Watched("p", [(day(0), day(7), None)], crawls=8, first_published=(day(-3), "createdAt"))) == []
    assert kinds(Watched("p", ())) == []


@pytest.mark.parametrize(
    ("watched", "kind", "limit"),
    [
        (lambda n: Watched("p", [(day(0), day(n), None)]), "open long", 90),
        (lambda n: Watched("p", [(day(9), day(9), None)], (day(9 - n), "x")), "published long ago", 180),
        (lambda n: Watched("p", [(day(0), day(n), None)], crawls=2), "unchanged", 90),
        (
            lambda n: Watched("p", [(day(0), day(80), None)], (day(5), "x"), (day(5 + n), "y")),
            "renewed without a word changed", 30,
        ),
    ],
)  # fmt: skip
def test_a_limit_is_the_limit(watched: object, kind: str, limit: int) -> None:
    assert callable(watched)
    assert kind not in kinds(watched(limit - 1))
    assert kind in kinds(watched(limit))


def test_reposts_and_returns_are_counted_with_their_dates() -> None:
    watched = Watched(
        "p", [(day(50), day(60), day(61)), (day(70), day(75), None)],
        before=[("o", day(0), day(10)), ("q", day(20), day(40))],
    )  # fmt: skip
    found = {sign.kind: sign for sign in signs(watched)}
    assert set(found) == {"put up again", "came back"}
    assert (found["put up again"].count, found["put up again"].since) == (2, day(0))
    assert (found["came back"].count, found["came back"].since, found["came back"].until) == (1, day(50), day(75))
    assert all(sign.not_proof for sign in found.values())


def test_an_edit_ends_what_stood_unchanged() -> None:
    spells = [(day(0), day(100), None)]
    assert "unchanged" in kinds(Watched("p", spells, crawls=5))
    assert "unchanged" not in kinds(Watched("p", spells, crawls=5, edited=[day(30)]))
    renewed = Watched("p", spells, (day(0), "x"), (day(60), "y"), edited=[day(60)])
    assert "renewed without a word changed" not in kinds(renewed)

"""The bundled boards: enough of them, each with its evidence; how long they take; when one is taken for dead."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from jobtide.errors import UsageError
from jobtide.link.employers import employer_id
from jobtide.sources import boards_list, registry
from jobtide.sources.boards_list import COLUMNS, Try, dead, in_turn, parse, same_employer, seconds
from jobtide.store.crawls import CrawlEnd
from jobtide.store.ledger import writing
from jobtide.store.tries import tries

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_the_bundled_list_has_four_hundred_employers_with_evidence_and_dates() -> None:
    found = boards_list.load("ml")
    assert len({employer_id(one.employer) for one in found}) >= 400
    assert len({(one.source, one.token.lower()) for one in found}) == len(found)
    assert {one.evidence for one in found} == {"seen", "filed", "named"}
    assert sum(one.evidence == "seen" for one in found) >= 150
    assert all(
        date(2019, 1, 1) <= one.fact_on <= date(2026, 11, 24) and one.employer and one.listed_in for one in found
    )
    assert all("title" in one.detail for one in found if one.evidence == "seen")


def test_every_bundled_board_is_of_a_source_that_is_on_and_can_be_asked() -> None:
    for one in boards_list.load("ml"):
        source = registry.load(one.source)
        assert source.policy.default_on, one
        assert next(source.pages(one.token)).url.startswith("https://"), one


def test_a_list_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UsageError, match="there is ml"):
        boards_list.load("lm")


HEADER = "\t".join(COLUMNS) + "\n"


@pytest.mark.parametrize("text", ["", "a\tb\n", f"{HEADER}lever\tx\n", f"{HEADER}l\tx\tX\tguess\t\t2026-01-01\tu\n"])
def test_a_broken_list_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text)


def test_how_long_it_takes_is_the_slowest_source_at_its_own_rate() -> None:
    boards = [("a", "1"), ("a", "2"), ("a", "3"), ("b", "4")]
    assert seconds(boards, rates={"a": 1.0, "b": 1 / 6}) == 6.0
    assert seconds([], rates={}) == 0.0
    assert [source for source, _ in in_turn(boards)] == ["a", "b", "a", "a"]


def tried(*days: int, note: str = "gone: 404", outcome: str = "failed") -> list[Try]:
    return [Try("lever", "acme", NOW - timedelta(days=30 - day), outcome, note) for day in days]


@pytest.mark.parametrize(
    ("tries", "gone"),
    [
        (tried(1, 2, 3), True),
        (tried(1, 2), False),  # twice is not three times
        (tried(1, 1, 1), False),  # three times, on one day
        (tried(1, 2) + tried(3, outcome="complete", note=""), False),
        (tried(1, 2) + tried(3, outcome="unchanged", note="") + tried(4, 5), False),  # the count begins anew
        (tried(1, 2, note="timeout: x") + tried(3, 4, 5), True),
        (tried(*range(0, 8), note="timeout: x"), False),  # eight failures within a week
        (tried(*range(0, 29, 4), note="timeout: x"), True),  # eight failures over four weeks
        (tried(*range(0, 29, 4), note="rate_limited: h wants to be let alone"), False),  # nobody asked the board
        ([], False),
    ],
)
def test_a_board_dies_after_enough_failures_over_enough_days(tries: list[Try], gone: bool) -> None:
    assert (("lever", "acme") in dead(tries, now=NOW)) == gone


def test_a_dead_board_keeps_its_reason_and_is_asked_again_after_ninety_days() -> None:
    tries = tried(1, 2, 3)
    assert dead(tries, now=NOW)["lever", "acme"] == "gone: answered so on 3 days, last 2026-02-02"
    assert dead(tries, now=NOW + timedelta(days=90)) == {}
    away = [replace(one, away=True) for one in tried(*range(0, 29, 2), note="unreachable: x")]
    assert dead(away, now=NOW) == {}  # a laptop without a network for a month
    ahead = tried(1, 2, 3653)  # the third under a clock that was ten years ahead: not left alone until then
    assert dead(ahead, now=NOW) == {}


def test_nights_without_a_network_kill_no_board_and_old_nights_are_not_read_again(tmp_path: Path) -> None:
    def night(day: int, **ended: str) -> None:
        at = NOW + timedelta(days=day)
        run = ledger.begin("collect", at)
        for board, note in ended.items():
            outcome = "failed" if note else "complete"
            ledger.record_crawl(run, CrawlEnd(source="lever", board=board, at=at, outcome=outcome, note=note, pages=[]))

    lost, gone = "unreachable: no such name", "gone: 404"
    with writing(tmp_path) as ledger:
        for day in range(3):
            night(day, a="", b="", c="")
        for day in range(3, 40):
            night(day, a=lost, b=lost, c="timeout: slow")
        portal = dict.fromkeys("abcde", "blocked: HTML where JSON is expected")
        for day in range(40, 80):
            night(day, **portal)
        assert dead(tries(tmp_path), now=NOW + timedelta(days=80)) == {}
        night(81, a="", b=gone, c=gone)
        night(82, a="", b=gone, c="")
        night(83, a="", b=gone, c=gone)
    found = tries(tmp_path)
    assert dead(found, now=NOW + timedelta(days=84)).keys() == {("lever", "b")}
    assert [(one.board, one.note) for one in found if one.board in "ac"] == [("c", ""), ("a", ""), ("c", gone)]


@pytest.mark.parametrize(
    ("listed", "published", "same"),
    [
        ("Acme", ["Acme, Inc."], True),
        ("Acme", ["Acme Robotics"], True),
        ("Acme", ["Bolt Brothers"], False),
        ("Acme", ["Bolt Brothers", "ACME GmbH"], True),
        ("Acme", [], None),
        ("Acme", [""], None),
    ],
)
def test_a_token_that_answers_may_be_another_employer_s(listed: str, published: list[str], same: bool | None) -> None:
    fold = {name: employer_id(name) for name in (*published, listed)}
    assert same_employer(listed, published, fold=fold) is same

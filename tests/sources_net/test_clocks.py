"""F20: the server's clock is hours off, its validators lie, summer time begins: nothing is lost and nobody hurried."""

import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

import pytest

from jobtide import pipeline
from jobtide.model import Completeness, Page, Request
from jobtide.store.crawls import CrawlEnd
from jobtide.store.doctor import examine
from jobtide.store.ledger import Ledger
from tests.faults.site import DAY, Site, day, row, serving
from tests.sources.faulty import answer, running
from tests.sources_net.loop import AT, FAST, Clock, board, crawl, source

HOUR = timedelta(hours=1)


def http(at: datetime) -> str:
    return format_datetime(at, usegmt=True)


@pytest.mark.parametrize("skew", [-5 * HOUR, HOUR, timedelta(0), timedelta(days=400)])
def test_a_date_to_wait_for_is_counted_on_the_clock_of_the_server(skew: timedelta) -> None:
    """F4: nothing is asked before the moment that the server means, and not much later."""
    clock = Clock()
    asked: list[float] = []
    theirs = AT + skew
    head = f"Date: {http(theirs)}\r\nRetry-After: {http(theirs + timedelta(seconds=40))}\r\n"

    def script(_: str, count: int) -> bytes:
        asked.append(clock.now)
        return answer(b"", status="429 Slow", headers=head) if count == 0 else answer(board(1))

    with running(script) as server:
        found = crawl(source(server.url), "a", limits=replace(FAST, gap_s=None), clock=clock)["a"]
    assert found.completeness is Completeness.COMPLETE
    assert 40.0 <= asked[1] - asked[0] < 42.0


@pytest.mark.parametrize("said", ["", "Date: yesterday\r\n", "Date: \r\n", "Date: Mon, 99 Foo 99999 99:99:99 GMT\r\n"])
def test_without_a_date_of_the_server_our_own_clock_counts(said: str) -> None:
    clock = Clock()
    head = f"{said}Retry-After: {http(AT + timedelta(seconds=40))}\r\n"
    busy = answer(b"", status="503 Busy", headers=head)
    with running(lambda _, count: busy if count == 0 else answer(board(1))) as server:
        crawl(source(server.url), "a", limits=replace(FAST, gap_s=None), clock=clock)
    assert 40.0 <= clock.now < 42.0


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site and an empty store."""
    with serving(tmp_path / "store", monkeypatch) as site:
        yield site


def dated(*numbers: int, modified: datetime, served: datetime | None, etag: str = "") -> bytes:
    head = f"Last-Modified: {http(modified)}\r\n" + (f"ETag: {etag}\r\n" if etag else "")
    head += f"Date: {http(served)}\r\n" if served else ""
    return answer(json.dumps([row(number) for number in numbers]).encode(), headers=head)


@pytest.mark.parametrize(
    ("modified", "served", "kept"),
    [
        (DAY - HOUR, DAY, True), (DAY - HOUR, None, True),
        (DAY, DAY, False),  # a change within that second would have the same date
        (DAY + HOUR, DAY, False), (DAY + HOUR, DAY + 2 * HOUR, False), (DAY + HOUR, None, False),  # a clock ahead
    ],
)  # fmt: skip
def test_a_date_of_change_that_cannot_tell_the_next_one_is_not_asked_with(
    site: Site, modified: datetime, served: datetime | None, kept: bool
) -> None:
    site.boards["b"] = dated(1, 2, modified=modified, served=served)
    site.collect(0)
    assert site.collect(1)["b"].outcome == "unchanged"
    asked = [headers.get("If-Modified-Since") for _, _, headers in site.server.log]
    assert asked == [None, http(modified) if kept else None]
    site.boards["b"] = dated(1, modified=modified, served=served, etag='"v1"')
    site.collect(2)
    site.collect(3)
    assert site.server.log[-1][2]["If-None-Match"] == '"v1"'


def test_an_etag_that_never_changes_does_not_hide_a_board_for_ever(site: Site) -> None:
    """A server that answers "not modified" whatever happens is asked in full now and then."""
    site.server.script = lambda path, _: (
        answer(b"", status="304 Not Modified")
        if "If-None-Match" in site.server.log[-1][2]
        else answer(json.dumps([row(n) for n in site.boards[path[1:]]]).encode(), headers='ETag: "v1"\r\n')
    )
    site.boards["b"] = {1: "", 2: ""}
    site.collect(0)
    site.boards["b"] = {1: "", 2: "", 3: ""}
    ended = [str(site.collect(at)["b"].outcome) for at in range(1, 30)]
    assert ended == ["unchanged"] * 13 + ["complete"] + ["unchanged"] * 15
    assert ["If-None-Match" not in headers for _, _, headers in site.server.log].count(True) == 3


def test_unchanged_means_as_in_the_last_complete_crawl_and_nothing_older(site: Site) -> None:
    """A board that grew to two pages and shrank again: the first page's old etag would say "as before" of too much."""
    site.boards["b"] = answer(json.dumps([row(1)]).encode(), headers='ETag: "one"\r\n')
    site.collect(0)
    with Ledger(site.root) as ledger:
        (url,) = ledger.validators()
        run = ledger.begin("collect", day(1))
        page = _page(url, '"two"')
        ledger.record_crawl(
            run,
            CrawlEnd(source="lever", board="b", at=day(1), outcome="complete", note="", pages=[page, page], postings=2),
        )
        assert ledger.validators() == {}


def _page(url: str, etag: str) -> Page:
    body = b"[]"
    return Page(Request("GET", url), "b", 200, {"ETag": etag}, body, hashlib.sha256(body).hexdigest(), day(1))


def test_a_304_that_nobody_asked_for_is_a_fault(site: Site) -> None:
    site.boards["b"] = answer(b"", status="304 Not Modified")
    (ended,) = site.collect(0).values()
    assert (ended.outcome, ended.note.partition(":")[0]) == ("failed", "server_error")


# The nights in which the clocks of New York and central Europe go forward and back. Between two crawls of a night lie
# six hours, as two misses need; the clocks on the walls there say five or seven.
NIGHTS = [
    datetime(2026, 3, 8, 3, 30, tzinfo=UTC), datetime(2026, 3, 8, 9, 30, tzinfo=UTC),
    datetime(2026, 3, 28, 21, 30, tzinfo=UTC), datetime(2026, 3, 29, 3, 30, tzinfo=UTC),
    datetime(2026, 10, 24, 21, 30, tzinfo=UTC), datetime(2026, 10, 25, 3, 30, tzinfo=UTC),
    datetime(2026, 11, 1, 3, 30, tzinfo=UTC), datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
]  # fmt: skip


def test_the_hour_that_comes_twice_or_never_is_an_hour_like_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same crawls under three time zones give the same bytes; moments are in UTC and no clock ran backwards."""
    made = {}
    for zone in ("UTC", "Europe/Berlin", "America/New_York"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        try:
            with monkeypatch.context() as patch, serving(tmp_path / zone, patch) as site:
                for number, at in enumerate(NIGHTS):
                    site.boards["b"] = dict.fromkeys(range(number, number + 3), "Keep the lamp lit.")
                    site.collect((at - DAY) / timedelta(days=1))
                folder = pipeline.build(site.root).snapshot
                made[zone] = {path.name: path.read_bytes() for path in folder.glob("*.parquet")}
                with site.build() as shot:
                    rows = shot.query('select "at" from crawl order by run').to_pylist()
                    closed = shot.query("select posting, closed_at from spell where ord = 0").to_pylist()
                assert [one.about for one in examine(site.root, now=NIGHTS[-1]) if one.about == "clock"] == []
        finally:
            monkeypatch.undo()
            time.tzset()
        assert [row["at"] for row in rows] == NIGHTS
        gone = {row["posting"]: row["closed_at"] for row in closed}
        assert [gone[f"lever:b:p{n}"] for n in range(6)] == NIGHTS[1:7]
    assert made["UTC"] == made["Europe/Berlin"] == made["America/New_York"]


@pytest.mark.parametrize("wrong", [-20_000, -3, 3650])
def test_a_local_clock_that_was_wrong_for_one_run_hides_no_change(site: Site, wrong: float) -> None:
    """Only a server's own words go into If-Modified-Since; what it says is compared by its own clock."""
    at = [DAY]

    def script(path: str, _: int) -> bytes:
        said = site.server.log[-1][2].get("If-Modified-Since")
        if said and parsedate_to_datetime(said) >= at[0]:
            return answer(b"", status="304 Not Modified")
        return dated(*site.boards[path[1:]], modified=at[0], served=at[0] + HOUR)

    site.server.script = script
    site.boards["b"] = {1: "", 2: ""}
    ended = [site.collect(wrong)["b"], site.collect(2)["b"]]
    at[0], site.boards["b"] = DAY + timedelta(days=2), {1: "", 2: "", 3: ""}
    ended += [site.collect(3)["b"], site.collect(wrong)["b"], site.collect(4)["b"]]
    assert [(str(one.outcome), one.postings) for one in ended] == [
        ("complete", 2), ("unchanged", 2), ("complete", 3), ("unchanged", 3), ("unchanged", 3),
    ]  # fmt: skip
    with site.build() as shot:
        assert shot.query("select count(*) as n from posting where closed").to_pylist() == [{"n": 0}]
        assert shot.as_of == day(4).date()

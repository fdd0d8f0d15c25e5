"""Rates, rests, robots.txt, loops and opting in: F3, F4, F13 and F16, with the server's log as the judge."""

import asyncio
import time
from collections.abc import Generator
from dataclasses import replace
from itertools import pairwise

import pytest

from jobtide.errors import FetchFailed
from jobtide.model import Completeness, Page, Policy, Request, Source
from jobtide.sources.boards import lever
from jobtide.sources.breaker import Breaker
from jobtide.sources.fetch import Limits
from tests.sources.faulty import answer, running
from tests.sources_net.loop import FAST, Clock, board, crawl, source

GOOD = answer(board(1))
POLITE = replace(FAST, gap_s=None)


# ---- rates ---------------------------------------------------------------------------------------


def test_a_second_between_requests_on_a_real_clock() -> None:
    with running(lambda *_: GOOD) as server:
        crawl(source(server.url, rate=1.0), "a", "b", "c", limits=POLITE, clock=_Real())
        at = [moment for _, moment, _ in server.log]
    assert len(at) == 3
    assert min(later - earlier for earlier, later in pairwise(at)) >= 0.99


def test_a_second_between_requests_whoever_asks_and_wherever_it_was_sent_on() -> None:
    """Two sources on one host, several boards of each at a time, redirects and tries again: one clock for the host."""
    clock = Clock()
    asked: list[float] = []

    def script(path: str, count: int) -> bytes:
        asked.append(clock.now)
        if path.startswith("/moved"):
            return answer(b"", status="302 Found", headers="Location: /landed\r\n")
        return answer(b"", status="500 Oops") if path == "/b1" and count == 0 else GOOD

    with running(script) as server:
        one, other = source(server.url, name="lever", rate=1.0), source(server.url, name="other", rate=1.0)
        boards = [*((one, f"b{n}") for n in range(4)), *((other, f"moved{n}") for n in range(4))]
        found = crawl(boards, limits=POLITE, clock=clock)
    assert {each.completeness for each in found.values()} == {Completeness.COMPLETE}
    assert len(asked) == 4 + 1 + 2 * 4
    assert min(later - earlier for earlier, later in pairwise(sorted(asked))) >= 1.0


class _Real(Clock):
    """The clock on the wall."""

    def __call__(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


@pytest.mark.parametrize(
    ("header", "window"),
    [("7", 7.0), ("Mon, 03 Nov 2025 00:00:09 GMT", 9.0), ("-5", 0.0), ("soon", 10.0), ("", 10.0)],
)
def test_a_host_is_let_alone_as_long_as_it_asks(header: str, window: float) -> None:
    clock = Clock()
    asked: list[tuple[str, float]] = []
    busy = answer(b"", status="429 Slow", headers=f"Retry-After: {header}\r\n" if header else "")

    def script(path: str, count: int) -> bytes:
        asked.append((path, clock.now))
        return busy if path == "/a" and count == 0 else GOOD

    with running(script) as server:
        found = crawl(source(server.url), "a", "b", "c", limits=replace(POLITE, backoff_s=1.0), clock=clock)
    assert {one.completeness for one in found.values()} == {Completeness.COMPLETE}
    refused_at = next(at for path, at in asked if path == "/a")
    assert [at for _, at in asked if refused_at < at < refused_at + window] == []


def test_a_host_that_asks_for_an_hour_is_asked_nothing_more_in_this_run() -> None:
    with running(lambda *_: answer(b"", status="503 Busy", headers="Retry-After: 1000000000\r\n")) as server:
        clock = Clock()
        found = crawl(source(server.url), *"abcdefghij", limits=POLITE, clock=clock)
        assert len(server.log) == 1
    assert clock.now < 10
    assert sorted({one.note.partition(":")[0] for one in found.values()}) == ["rate_limited", "refused"]


# ---- rests (the breaker) -------------------------------------------------------------------------


def test_five_failures_in_a_row_rest_a_host_and_one_probe_follows_each_rest() -> None:
    clock = Clock()
    asked: list[float] = []

    def script(_: str, __: int) -> bytes:
        asked.append(clock.now)
        return answer(b"", status="500 Oops")

    with running(script) as server:
        found = crawl(source(server.url), *(f"b{i}" for i in range(30)), limits=POLITE, clock=clock)
    assert {one.note.partition(":")[0] for one in found.values()} == {"server_error"}
    # Five, then a probe after each rest of 30, 60 and 120 s; then the host is given up for this run.
    assert len(asked) == 5 + 3
    rests = [round(later - earlier) for earlier, later in pairwise(asked[4:])]
    assert rests == [30, 60, 120]


def test_a_probe_that_is_answered_closes_the_breaker() -> None:
    clock = Clock()
    with running(lambda _, __: GOOD if clock.now > 20 else answer(b"", status="502 Bad")) as server:
        found = crawl(source(server.url), *(f"b{i}" for i in range(8)), limits=replace(POLITE, tries=2), clock=clock)
        assert len(server.log) <= 5 + 8
    assert sum(one.completeness is Completeness.COMPLETE for one in found.values()) >= 5


def test_while_one_probes_the_others_wait() -> None:
    clock = Clock()
    breaker = Breaker(clock=clock)
    for _ in range(5):
        assert breaker.check("h") == 0.0
        breaker.failed("h", "timeout")
    assert breaker.check("h") == 30.0
    clock.now = 31.0
    assert (breaker.check("h"), breaker.check("h")) == (0.0, 1.0)
    breaker.answered("h")
    assert (breaker.check("h"), breaker.is_open("h")) == (0.0, False)


# ---- robots.txt ----------------------------------------------------------------------------------


def robots(said: bytes, *tokens: str, **policy: bool | str) -> tuple[list[str], dict[str, str], Clock]:
    """Paths asked, notes by board, and the clock, on a host whose robots.txt answers ``said``."""
    clock = Clock()
    with running(lambda path, _: said if path == "/robots.txt" else GOOD) as server:
        card = {"html": True} | policy
        found = crawl(source(server.url, **card), *tokens, limits=replace(POLITE, tries=2), clock=clock)
        return [path for path, _, _ in server.log], {name: one.note for name, one in found.items()}, clock


@pytest.mark.parametrize(
    ("signal", "asked"),
    [
        ("Content-Signal: search=no, ai-train=no", 0),
        ("content-signal: ai-input=yes, search = no", 0),
        ("Content-Signal: search=yes, ai-train=no", 1),
        ("# Content-Signal: search=no", 1),
        ("Content-Signal: ai-train=no # search=no", 1),
    ],
)
def test_a_site_that_signals_not_to_be_searched_is_not_read(signal: str, asked: int) -> None:
    paths, notes, _ = robots(answer(f"User-agent: *\n{signal}\nAllow: /\n".encode()), "a")
    assert paths == ["/robots.txt", "/a"][: 1 + asked]
    assert ("Content-Signal: search=no, so nothing there is asked" in notes["a"]) == (not asked)


def test_what_robots_txt_disallows_is_not_asked() -> None:
    asked, notes, _ = robots(answer(b"User-agent: *\nDisallow: /private\n"), "private/a", "open/a")
    assert asked == ["/robots.txt", "/open/a"]
    assert "robots.txt does not allow it" in notes["private/a"]


def test_rules_for_jobtide_by_name_come_first() -> None:
    said = answer(b"User-agent: *\nDisallow: /\n\nUser-agent: JobTide\nDisallow: /x\n")
    asked, _, _ = robots(said, "x", "y")
    assert asked == ["/robots.txt", "/y"]


@pytest.mark.parametrize("status", ["500 Oops", "503 Busy"])
def test_a_robots_txt_that_cannot_be_had_closes_the_host(status: str) -> None:
    asked, notes, _ = robots(answer(b"", status=status), "a", "b")
    assert set(asked) == {"/robots.txt"}
    assert all(note.startswith("refused") and "cannot be had" in note for note in notes.values())


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "401 Unauthorized", "410 Gone"])
def test_no_robots_txt_allows_everything(status: str) -> None:
    asked, _, _ = robots(answer(b"", status=status), "a", "b")
    assert sorted(asked) == ["/a", "/b", "/robots.txt"]


def test_its_crawl_delay_is_kept() -> None:
    _, _, clock = robots(answer(b"User-agent: *\nCrawl-delay: 7\n"), "a", "b", "c")
    assert 14.0 <= clock.now < 22.0


def test_a_documented_interface_for_programs_has_terms_of_its_own() -> None:
    asked, _, _ = robots(answer(b"User-agent: *\nDisallow: /\n"), "a", html=False)
    assert asked == ["/a"]
    asked, _, _ = robots(answer(b"User-agent: *\nDisallow: /\n"), "a", html=False, tier="undocumented")
    assert asked == ["/robots.txt"]


# ---- opting in -----------------------------------------------------------------------------------


def test_a_source_that_is_off_is_asked_only_by_those_who_turn_it_on() -> None:
    with running(lambda *_: GOOD) as server:
        off = source(server.url, default_on=False, notice="undocumented", name="quiet")
        found = crawl(off, "a")
        assert server.log == []
        assert found["a"].note == "refused: quiet is off unless you turn it on with --opt-in quiet: undocumented"
        found = crawl(off, "a", limits=replace(FAST, opted=frozenset({"quiet"})))
        assert found["a"].completeness is Completeness.COMPLETE


def test_a_source_that_needs_a_key_is_turned_on_by_giving_it() -> None:
    with running(lambda *_: GOOD) as server:
        keyed = source(server.url, default_on=False, secrets=("K",))
        assert crawl(keyed, "a")["a"].note.startswith("refused: lever needs K")
        assert crawl(keyed, "a", limits=replace(FAST, secrets={"K": "v"}))["a"].completeness is Completeness.COMPLETE


# ---- lists that do not end -----------------------------------------------------------------------


def walking(url: str, follow: str, html: bool = False) -> Source:
    """A source that follows the address its pages name: "same" for ever, "pair" A-B-A, or "count" up."""

    def pages(_: str) -> Generator[Request, Page, Completeness]:
        number = 0
        while True:
            step = {"same": 0, "pair": number % 2, "count": number, "ignored": number}[follow]
            yield Request("GET", f"{url}/{follow}?page={step}")
            number += 1

    return Source("lever", Policy("documented", "", "", html=html), pages, lever.read, lever.job, lambda _: None)


@pytest.mark.parametrize(
    ("follow", "cost", "kept", "why"),
    [
        ("same", 1, 1, "asks for a page again"),
        ("pair", 2, 2, "asks for a page again"),
        ("ignored", 2, 1, "the page before it once more"),
        ("count", 25, 25, "more than 25 pages"),
    ],
)
def test_a_list_without_end_is_ended_and_closes_nothing(follow: str, cost: int, kept: int, why: str) -> None:
    def script(path: str, _: int) -> bytes:
        return GOOD if "ignored" in path else answer(board(int(path.rpartition("=")[2])))

    with running(script) as server:
        found = crawl(walking(server.url, follow), "x", limits=replace(FAST, pages=25))["x"]
        assert len(server.log) == cost
    assert (found.completeness, len(found.pages)) == (Completeness.PARTIAL, kept)
    assert why in found.note


def test_nothing_that_one_board_sets_is_told_to_another() -> None:
    with running(lambda *_: answer(board(1), headers="Set-Cookie: who=you; Path=/\r\n")) as server:
        crawl(source(server.url), "a", "b")
        assert [headers.get("Cookie") for _, _, headers in server.log] == [None, None]


def test_a_form_is_not_sent_on_by_a_redirect() -> None:
    def pages(_: str) -> Generator[Request, Page, Completeness]:
        yield Request("POST", f"{server.url}/form", {"Content-Type": "application/json"}, b"{}")
        return Completeness.COMPLETE

    moved = answer(b"", status="303 See Other", headers="Location: /list\r\n")
    with running(lambda path, _: moved if path == "/form" else GOOD) as server:
        found = crawl(Source("lever", Policy("documented", "", ""), pages, lever.read, lever.job, lambda _: None), "x")
        assert [(path, "Content-Length" in headers) for path, _, headers in server.log] == [
            ("/form", True), ("/list", False),
        ]  # fmt: skip
    assert found["x"].completeness is Completeness.COMPLETE


def test_scraps_are_kept_as_evidence_and_never_among_the_pages() -> None:
    whole = board(1, 2)
    with running(lambda *_: answer(whole[:-4], length=len(whole))) as server:
        found = crawl(source(server.url), "a")["a"]
    assert (found.pages, found.scraps) == ((), (whole[:-4],))


def test_limits_say_nothing_of_keys() -> None:
    assert "hush" not in repr(Limits(secrets={"K": "hush"}))
    assert FetchFailed("x", kind="timeout").body == b""

"""The door to the network against a server that misbehaves: every fault has its name, and costs only its own board."""

import asyncio
from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from jobtide.errors import FetchFailed
from jobtide.model import Completeness, Page, Policy, Request, Source
from jobtide.sources.boards import lever
from jobtide.sources.fetch import Crawl, Limits, crawl_boards
from jobtide.sources.guard import check_url
from jobtide.sources.pace import retry_after
from tests.sources.faulty import Server, running

AT = datetime(2025, 11, 3, tzinfo=UTC)
FAST = Limits(
    wall_s=0.4, most=1 << 20, tries=3, backoff_s=0.0, allow_private=True, gap_s=0.0, contact="ops@example.org"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as found:
        yield found


def source(url: str, *, rate: float = 1000.0) -> Source:
    """A source whose board token is a path of the server."""

    def pages(board: str) -> Generator[Request, Page, Completeness]:
        page = yield Request("GET", f"{url}/{board}")
        return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED

    policy = Policy("test", "", "", rate=rate)
    return Source("loopback", policy, pages, lever.read, lever.job, lambda _: None)


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
        await asyncio.sleep(0)


def crawl(url: str, *boards: str, limits: Limits = FAST, clock: Clock | None = None, **more: Any) -> dict[str, Crawl]:
    """Crawl boards of the server and return them by token."""
    ticking = clock or Clock()

    async def run() -> dict[str, Crawl]:
        found = crawl_boards(
            [(source(url, rate=more.get("rate", 1000.0)), board) for board in boards], limits=limits, clock=ticking,
            validators=more.get("validators", {}), now=lambda: AT, sleep=ticking.sleep, jitter=lambda: 0.5,
        )  # fmt: skip
        return {one.board: one async for one in found}

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("board", "kind"),
    [
        ("hang", "timeout"), ("drip", "timeout"), ("short", "truncated"), ("chunk-cut", "truncated"),
        ("gzip-cut", "truncated"), ("not-gzip", "truncated"), ("bomb", "too_large"), ("large", "too_large"),
        ("500", "server_error"), ("403", "denied"), ("loop", "refused"), ("to-file", "refused"),
        ("429-long", "refused"), ("garbage", "unreachable"), ("404", "gone"),
    ],
)  # fmt: skip
def test_each_fault_has_its_name_and_the_other_board_is_finished(server: Server, board: str, kind: str) -> None:
    found = crawl(server.url, board, "good")
    assert found[board].completeness == Completeness.FAILED
    assert found[board].note.startswith(kind)
    assert found["good"].completeness == Completeness.COMPLETE
    assert found["good"].pages[0].body.startswith(b"[")


def test_nobody_listening_is_unreachable() -> None:
    found = crawl("http://127.0.0.1:9", "good")
    assert found["good"].note.startswith("unreachable")


def test_passing_faults_are_tried_again(server: Server) -> None:
    found = crawl(server.url, "flaky", "gzip", "to-good")
    assert {one.completeness for one in found.values()} == {Completeness.COMPLETE}
    assert sum(path == "/flaky" for path, _, _ in server.log) == 3


def test_retry_after_is_waited_for(server: Server) -> None:
    clock = Clock()
    found = crawl(server.url, "429", clock=clock)
    assert found["429"].completeness == Completeness.COMPLETE
    assert clock.now >= 7


def test_one_request_a_second_per_host(server: Server) -> None:
    clock = Clock()
    crawl(
        server.url,
        *["good"] * 1,
        "gzip",
        "html",
        "empty",
        limits=Limits(allow_private=True, tries=1),
        clock=clock,
        rate=1.0,
    )
    # Four boards on one host: the first at once, each other one a second after the one before.
    assert clock.now == pytest.approx(3.0, abs=0.2)


def test_a_page_that_did_not_change_is_not_sent_again(server: Server) -> None:
    url = f"{server.url}/good"
    found = crawl(server.url, "good", validators={url: ('"v1"', "")})
    assert (found["good"].completeness, found["good"].pages) == (Completeness.UNCHANGED, ())


def test_what_is_known_of_a_redirect_s_target_makes_the_board_that_leads_there_no_unchanged_one(server: Server) -> None:
    found = crawl(server.url, "to-good", validators={f"{server.url}/good": ('"v1"', "")})
    assert found["to-good"].completeness == Completeness.COMPLETE
    again = crawl(server.url, "to-good", validators={f"{server.url}/to-good": ('"v1"', "")})
    assert again["to-good"].completeness == Completeness.UNCHANGED


def keyed(url: str, *, header: str = "") -> Source:
    """A source whose requests hold the names of two of the user's keys."""

    def pages(board: str) -> Generator[Request, Page, Completeness]:
        page = yield Request("GET", f"{url}/{board}", {"X-Key": header} if header else {})
        return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED

    policy = Policy("test", "", "", rate=1000.0, secrets=("K", "SEAT"))
    return Source("loopback", policy, pages, lever.read, lever.job, lambda _: None)


def once(asked: Source, board: str, **secrets: str) -> Crawl:
    async def run() -> Crawl:
        limits = replace(FAST, secrets=secrets)
        found = crawl_boards([(asked, board)], limits=limits, validators={}, now=lambda: AT)
        return await anext(found)

    return asyncio.run(run())


def test_a_user_s_key_is_sent_where_it_is_asked_for_and_kept_nowhere(server: Server) -> None:
    found = once(keyed(server.url, header="{SEAT}"), "{K}", K="good", SEAT="secret-7")
    assert (found.completeness, server.log[-1][0], server.log[-1][2]["X-Key"]) == (
        Completeness.COMPLETE, "/good", "secret-7",
    )  # fmt: skip
    assert found.pages[0].request.url == f"{server.url}/{{K}}"
    assert "secret-7" not in repr(found)
    assert "secret-7" not in repr(replace(FAST, secrets={"SEAT": "secret-7"}))


def test_a_key_follows_no_redirect_and_stands_in_no_note(server: Server) -> None:
    once(keyed(server.url, header="{SEAT}"), "to-good", K="x", SEAT="secret-7")
    assert [(path, "X-Key" in headers) for path, _, headers in server.log[-2:]] == [
        ("/to-good", True),
        ("/good", False),
    ]
    failed = once(keyed(server.url), "{K}", K="404", SEAT="x")
    assert (failed.completeness, failed.note) == (
        Completeness.FAILED, f"gone: {server.url}/{{K}} answers {{K}}",
    )  # fmt: skip


def test_a_source_that_needs_a_key_is_not_asked_without_it(server: Server) -> None:
    before = len(server.log)
    found = once(keyed(server.url), "good", K="x", SEAT="")
    assert (found.completeness, len(server.log)) == (Completeness.FAILED, before)
    assert "loopback needs SEAT" in found.note


def several(url: str) -> Source:
    """A source whose board token is the paths of the server, with commas; complete if the first page came."""

    def pages(board: str) -> Generator[Request, Page, Completeness]:
        statuses = []
        for path in board.split(","):
            page = yield Request("GET", f"{url}/{path}")
            statuses.append(page.status)
        assert statuses[0] == 200
        return Completeness.COMPLETE if 0 not in statuses else Completeness.PARTIAL

    return Source("loopback", Policy("test", "", "", rate=1000.0), pages, lever.read, lever.job, lambda _: None)


def test_one_page_of_several_that_fails_ends_not_the_others(server: Server) -> None:
    found = once(several(server.url), "good,403,404,gzip")
    assert found.completeness == Completeness.PARTIAL
    assert [page.request.url.rpartition("/")[2] for page in found.pages] == ["good", "404", "gzip"]
    assert found.note.startswith("1 page(s) did not come, the last: denied")


def test_a_host_that_fails_again_and_again_is_left_alone(server: Server) -> None:
    before = len(server.log)
    found = once(several(server.url), "good," + ",".join(f"403?{n}" for n in range(40)))
    assert (found.completeness, len(server.log) - before) == (Completeness.PARTIAL, 6)
    first = once(several(server.url), "403,good")
    assert (first.completeness, first.pages) == (Completeness.FAILED, ())


def test_it_says_who_it_is(server: Server) -> None:
    crawl(server.url, "good")
    agent = server.log[-1][2]["User-Agent"]
    assert agent.startswith("jobtide/")
    assert "ops@example.org" in agent


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/x", "http://127.0.0.1/", "http://localhost.localdomain:8080/", "http://10.0.0.1/",
     "http://169.254.169.254/latest", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://2130706433/", "http://0x7f000001/",
     "http://0177.0.0.1/", "http://127.1/", "http://[64:ff9b::7f00:1]/", "http://user:secret@example.org/", "http:///x",
     "http://example.org:22/", "http://0.0.0.0/", "http://[fe80::1%25eth0]/", "http://192.168.1.1/"],
)  # fmt: skip
def test_private_and_odd_addresses_are_refused(url: str) -> None:
    with pytest.raises(FetchFailed) as error:
        check_url(url, allow_private=False)
    assert error.value.kind == "refused"


def test_a_name_that_leads_to_a_private_machine_is_not_asked() -> None:
    found = crawl("http://localhost", "good", limits=Limits(tries=1, wall_s=1.0, gap_s=0.0))
    assert found["good"].note.startswith("refused")
    assert "private address" in found["good"].note


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("30", 30.0),
        ("-5", 0.0),
        ("1e9", 3600.0),
        ("soon", None),
        ("", None),
        ("Mon, 03 Nov 2025 00:01:00 GMT", 60.0),
        ("nan", None),
    ],
)
def test_retry_after_in_all_its_spellings(header: str, seconds: float | None) -> None:
    assert retry_after(header, AT) == seconds

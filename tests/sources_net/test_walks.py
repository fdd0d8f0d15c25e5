"""F13 and F16 through the pipeline, with invariant I: lists without end, lists that move, closed sites."""

import json
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from jobtide.model import Completeness, Page, Policy, Request, Source
from jobtide.sources.boards import arbeitnow, lever
from tests.sources.faulty import Script, answer, running
from tests.sources_net.invariant import invariant, known
from tests.sources_net.loop import AT, FAST, board, row, source

FINE = answer(board(7))


def listed(url: str) -> Source:
    """A source whose board is one page after the other until one says that it is the last."""

    def pages(token: str) -> Generator[Request, Page, Completeness]:
        number = 0
        while True:
            page = yield Request("GET", f"{url}/{token}?page={number}")
            if page.status != 200:
                return Completeness.PARTIAL
            number = int(page.headers.get("X-Next", "-1"))
            if number < 0:
                return Completeness.COMPLETE

    return Source("lever", Policy("documented", "", ""), pages, lever.read, lever.job, lambda _: None)


def page(number: int, onward: int) -> bytes:
    return answer(board(number), headers=f"X-Next: {onward}\r\n" if onward >= 0 else "")


def at(path: str) -> int:
    return int(path.rpartition("=")[2])


def three(path: str, _: int) -> bytes:
    """A list of three pages."""
    return page(at(path) + 1, at(path) + 1 if at(path) < 2 else -1)


LISTS: dict[str, tuple[Script, str, int]] = {
    "the next page is itself": (lambda *_: page(1, 0), "asks for a page again", 1),
    "from A to B to A": (lambda path, _: page(at(path) + 1, 1 - at(path)), "asks for a page again", 2),
    "every page is the first": (lambda path, _: page(1, at(path) + 1), "the page before it once more", 2),
    "a million pages": (lambda path, _: page(at(path) + 1, (at(path) + 1) % 10**6), "more than 20 pages", 20),
}


@pytest.mark.parametrize("fault", LISTS)
def test_a_list_without_end_costs_little_and_closes_nothing(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script, why, cost = LISTS[fault]
    with running(three) as healthy, running(script) as faulty, running(lambda *_: FINE) as fine:
        ended = invariant(
            tmp_path, monkeypatch, healthy=listed(healthy.url), faulty=listed(faulty.url),
            fine=source(fine.url, name="other"), limits=replace(FAST, pages=20),
        )  # fmt: skip
        assert len(faulty.log) == 2 * cost
    assert ended.outcome == "partial"
    assert why in ended.note
    assert {f"lever:bad:p{n}" for n in (1, 2, 3)} <= {key for key, _ in known(tmp_path / "store")}


def test_a_list_that_moves_between_two_requests_gives_each_posting_once() -> None:
    """A posting was added while the pages were turned: the last of the first page is the first of the second."""

    def shown(*numbers: int) -> Page:
        rows = [{"slug": f"p{n}", "title": row(n)["text"], "description": row(n)["description"]} for n in numbers]
        body = json.dumps({"data": rows}).encode()
        return Page(Request("GET", "https://example.org"), "all", 200, {}, body, "", AT)

    found = list(arbeitnow.read([shown(1, 2, 3), shown(3, 4)]))
    assert [one.source_id for one in found] == ["p1", "p2", "p3", "p4"]


def closing(said: bytes | None) -> Script:
    """A site whose robots.txt answers ``said`` (None hangs)."""
    return lambda path, _: said if path == "/robots.txt" else answer(board(1, 2))


ROBOTS: dict[str, tuple[bytes | None, str]] = {
    "disallows": (answer(b"User-agent: *\nDisallow: /\n"), "robots.txt does not allow it"),
    "500": (answer(b"", status="500 Oops"), "cannot be had (server_error)"),
    "503": (answer(b"", status="503 Busy"), "cannot be had (server_error)"),
    "hangs": (None, "cannot be had (timeout)"),
    "is cut off": (answer(b"User-agent: *\n", length=400), "cannot be had (truncated)"),
    "leads in circles": (
        answer(b"", status="302 Found", headers="Location: /robots.txt\r\n"),
        "cannot be had (refused)",
    ),
}


@pytest.mark.parametrize("fault", ROBOTS)
def test_a_site_that_closes_itself_is_asked_for_nothing_else(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, why = ROBOTS[fault]
    with (
        running(closing(answer(b"User-agent: *\nAllow: /\n"))) as healthy,
        running(closing(said)) as faulty,
        running(lambda *_: FINE) as fine,
    ):
        ended = invariant(
            tmp_path, monkeypatch, healthy=source(healthy.url, html=True), faulty=source(faulty.url, html=True),
            fine=source(fine.url, name="other"), limits=replace(FAST, tries=2),
        )  # fmt: skip
        assert {path for path, _, _ in faulty.log} == {"/robots.txt"}
    assert (ended.outcome, ended.note.partition(":")[0]) == ("failed", "refused")
    assert why in ended.note

"""What one answer may cost: tries and the time between them (F1), wall time (F2), hops (F6), bytes and memory (F8)."""

import gzip
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace

import pytest

from jobtide.model import Completeness
from jobtide.sources.fetch import Limits
from tests.sources.faulty import Steps, answer, running
from tests.sources_net.loop import FAST, Clock, board, crawl, source

_MB = 1 << 20
BOMB = gzip.compress(b"0" * (400 * _MB), 9)
GZIP = "Content-Encoding: gzip\r\n"


def test_four_tries_each_pause_twice_as_long_and_shaken() -> None:
    clock = Clock()
    limits = Limits(wall_s=0.5, allow_private=True, gap_s=0.0)
    found = crawl(source("http://127.0.0.1:9"), "a", limits=limits, clock=clock)["a"]
    # One second, two, four, each times one and a half: the jitter handed in is always a half.
    assert clock.slept == [1.5, 3.0, 6.0]
    assert found.note.startswith("unreachable")


@pytest.mark.parametrize(
    "said",
    [
        None,
        [b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", *([b"[", 0.1] * 40)],
        [b"HTTP/1.1 200 OK\r\nX-Slow: ", *([b"a", 0.1] * 40)],
        [b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"1\r\n[\r\n", 0.1] * 40)],
    ],
    ids=["hangs", "drips a body", "drips a head", "drips chunks"],
)
def test_a_slow_answer_ends_at_the_wall_deadline(said: Steps | None) -> None:
    """Within a fifth of it, never sooner; a busy machine may be late twice."""
    limits = replace(FAST, wall_s=1.0, tries=1)
    taken: list[float] = []
    with running(lambda *_: said) as server:
        while len(taken) < 3 and min(taken, default=9.0) > 1.2:
            begun = time.monotonic()
            assert crawl(source(server.url), "a", limits=limits)["a"].note.startswith("timeout")
            taken.append(time.monotonic() - begun)
    assert 0.8 <= min(taken) <= 1.2


@pytest.mark.parametrize(("hops", "comes"), [(0, True), (5, True), (6, False)])
def test_five_redirects_are_followed_and_a_sixth_is_not(hops: int, comes: bool) -> None:
    def script(path: str, _: int) -> bytes:
        number = int(path.strip("/"))
        return answer(b"", status="302 Found", headers=f"Location: /{number - 1}\r\n") if number else answer(board(1))

    with running(script) as server:
        found = crawl(source(server.url), str(hops))[str(hops)]
        assert len(server.log) == min(hops, 5) + 1
    assert (found.completeness is Completeness.COMPLETE) == comes
    assert comes or found.note.startswith("refused")


LARGE: dict[str, Callable[[], bytes | Steps]] = {
    "a gzip bomb": lambda: answer(BOMB, headers=GZIP),
    "a body of a gigabyte": lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n", *([b"0" * _MB] * 80)],
    "chunks without end": lambda: [
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", *([b"100000\r\n" + b"0" * _MB + b"\r\n"] * 80),
    ],
}  # fmt: skip


@pytest.mark.parametrize("fault", LARGE)
def test_a_huge_answer_is_cut_at_thirty_two_megabytes(fault: str) -> None:
    """With the limits that a user has: named, asked for once, and within a hundred megabytes of memory."""
    said = LARGE[fault]()
    with running(lambda *_: said) as server:
        tracemalloc.start()
        found = crawl(source(server.url), "a", limits=Limits(allow_private=True, gap_s=0.0))["a"]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert len(server.log) == 1
    assert found.note.startswith("too_large")
    assert found.scraps == ()
    assert peak <= 100 * _MB

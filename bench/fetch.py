"""How many board pages a second come through the door, beside httpx's client at the same concurrency in the same run?

A server in a process of its own answers every path after 50 ms with one gzipped list of invented postings and keeps its
connections. Each client asks it for 2,000 different paths, in a process of its own, 100 at a time:

- ours: ``crawl_boards`` as ``collect`` uses it, politeness off (no gap between requests), everything else on: address
  check, wall deadline, caps, whole bodies only, breaker, sha256 of every page, a Crawl a board.
- httpx: one ``AsyncClient`` with ``Limits(max_connections=100, max_keepalive_connections=100)``, 100 tasks that take
  the next path and ``await client.get``; the body is read, nothing else is done with it.
- aiohttp: the client ours is built on, bare: 100 tasks, one session, body read. What the door itself costs is the rest.

Clients take turns, and the best run of each counts: the machine may be busy with something else. Then one long run of
ours, whose memory is looked at on the way: it must not grow with the pages that went through.
"""

import argparse
import asyncio
import gzip
import json
import multiprocessing
import random
import resource
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jobtide.model import Completeness, Page, Policy, Request, Source
from jobtide.sources.boards import lever
from jobtide.sources.fetch import Limits, crawl_boards

_PAGES = 2000
_AT_ONCE = 100
_LATENCY = 0.05  # seconds
_BYTES = 43_000  # of JSON a page, as the boards of the shared sample have in the middle
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Ran:
    """One client's run: seconds on the wall, its own process seconds, and MB resident early and at the end."""

    pages: int
    wall_s: float
    cpu_s: float
    early_mb: float
    end_mb: float


# ---- the server ----------------------------------------------------------------------------------


def _board() -> bytes:
    """One gzipped answer: a list of postings in Lever's shape, in words drawn at random."""
    draw = random.Random(7)
    words = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(2, 11))) for _ in range(2000)]
    rows: list[dict[str, str]] = []
    while len(json.dumps(rows)) < _BYTES:
        text = " ".join(draw.choices(words, k=500))
        rows.append({"id": f"p{len(rows)}", "text": "Lamp Engineer", "description": f"<p>{text}</p>"})
    return gzip.compress(json.dumps(rows).encode(), 6)


class _Answer(asyncio.Protocol):
    """Answers whatever is asked with the same bytes, after a while; nothing else, so that the clients are measured."""

    whole = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.head = b""

    def data_received(self, data: bytes) -> None:
        self.head += data
        while b"\r\n\r\n" in self.head:
            self.head = self.head.partition(b"\r\n\r\n")[2]
            asyncio.get_running_loop().call_later(_LATENCY, self._say)

    def _say(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(self.whole)


def _serve(pipe: Any) -> None:
    body = _board()
    head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}"
    _Answer.whole = head.encode() + b"\r\n\r\n" + body

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(_Answer, "127.0.0.1", 0, backlog=1024)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@contextmanager
def _server() -> Iterator[str]:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


# ---- the clients ---------------------------------------------------------------------------------


async def _ours(url: str, pages: int) -> AsyncIterator[int]:
    def ask(board: str) -> Generator[Request, Page, Completeness]:
        page = yield Request("GET", f"{url}/{board}")
        return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED

    policy = Policy("documented", "", "")
    source = Source("loopback", policy, ask, lever.read, lever.job, lambda _: None)
    limits = Limits(allow_private=True, gap_s=0.0, at_once=_AT_ONCE)
    boards = [(source, str(number)) for number in range(pages)]
    async for crawl in crawl_boards(boards, limits=limits, validators={}, now=lambda: datetime.now(UTC)):
        yield len(crawl.pages[0].body)


async def _in_tasks(get: Callable[[str], Awaitable[bytes]], url: str, pages: int) -> AsyncIterator[int]:
    """``get`` every path, as many at a time as the door has."""
    ended: asyncio.Queue[int] = asyncio.Queue()
    left = iter(range(pages))

    async def work() -> None:
        for number in left:
            ended.put_nowait(len(await get(f"{url}/{number}")))

    tasks = [asyncio.create_task(work()) for _ in range(_AT_ONCE)]
    for _ in range(pages):
        yield await ended.get()
    await asyncio.gather(*tasks)


async def _httpx(url: str, pages: int) -> AsyncIterator[int]:
    import httpx

    limits = httpx.Limits(max_connections=_AT_ONCE, max_keepalive_connections=_AT_ONCE)
    async with httpx.AsyncClient(limits=limits, timeout=30.0) as client:

        async def get(where: str) -> bytes:
            return (await client.get(where)).content

        async for size in _in_tasks(get, url, pages):
            yield size


async def _aiohttp(url: str, pages: int) -> AsyncIterator[int]:
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_AT_ONCE)) as session:

        async def get(where: str) -> bytes:
            async with session.get(where) as answer:
                return await answer.read()

        async for size in _in_tasks(get, url, pages):
            yield size


_CLIENTS = {"ours": _ours, "httpx": _httpx, "aiohttp": _aiohttp}


def _resident() -> float:
    """MB resident now; the most there ever was, where the system does not say what is now."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(status.read_text().partition("VmRSS:")[2].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _client(name: str, url: str, pages: int, pipe: Any) -> None:
    async def run() -> Ran:
        asked = _CLIENTS[name]
        async for _ in asked(url, _AT_ONCE):  # connections, imports, caches: not measured
            pass
        early, done = 0.0, 0
        wall, cpu = time.perf_counter(), time.process_time()
        async for size in asked(url, pages):
            assert size > _BYTES
            done += 1
            if done == pages // 10:
                early = _resident()
        return Ran(done, time.perf_counter() - wall, time.process_time() - cpu, early, _resident())

    pipe.send(asyncio.run(run()))


def _run(name: str, url: str, pages: int) -> Ran:
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_client, args=(name, url, pages, theirs))
    process.start()
    ran: Ran = ours.recv()
    process.join()
    return ran


def main() -> int:
    """Measure and print; returns 0 always: speed is reported, never a timed test."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=_PAGES)
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    asked = parser.parse_args()
    names = [name for name in _CLIENTS if name != "httpx" or _installed()]
    with _server() as url:
        runs = [(name, _run(name, url, asked.pages)) for _ in range(asked.rounds) for name in names]
        long = _run("ours", url, 5 * asked.pages)
    ceiling = _AT_ONCE / _LATENCY
    print(
        f"{asked.pages:,} pages, {_AT_ONCE} at a time, {_LATENCY * 1e3:.0f} ms latency: at most {ceiling:,.0f} a second"
    )
    best = {name: min((r for n, r in runs if n == name), key=lambda r: r.wall_s) for name in names}
    for name, ran in best.items():
        rate = ran.pages / ran.wall_s
        print(f"  {name:<8} {rate:>7,.0f} pages/s   {ran.cpu_s / ran.pages * 1e3:>6.2f} ms of its own process a page")
    if "httpx" in best:
        ratio = best["httpx"].wall_s / best["ours"].wall_s
        cpu = best["httpx"].cpu_s / best["ours"].cpu_s
        print(f"  ours / httpx: {ratio:.1f} x the pages a second, {cpu:.1f} x less process time")
    early, late = f"{long.early_mb:.0f} MB after {long.pages // 10:,}", f"{long.end_mb:.0f} MB after {long.pages:,}"
    print(f"memory of ours: {early} pages, {late}")
    return 0


def _installed() -> bool:
    try:
        import httpx  # noqa: F401 - only whether it is there
    except ImportError:
        print("fetch: httpx is not installed, ours is measured alone", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    raise SystemExit(main())

"""A source whose boards are paths of a loopback server, and a clock that passes only when somebody sleeps."""

import asyncio
import json
from collections.abc import Generator, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from jobtide.model import Completeness, Page, Policy, Request, Source
from jobtide.sources.boards import lever
from jobtide.sources.fetch import Crawl, Limits, crawl_boards

AT = datetime(2025, 11, 3, tzinfo=UTC)
FAST = Limits(wall_s=0.5, most=1 << 20, tries=3, backoff_s=0.0, allow_private=True, gap_s=0.0)


def row(number: int) -> dict[str, str]:
    """One invented posting as Lever's list has it."""
    return {"id": f"p{number}", "text": f"ML Engineer {number}", "description": f"<p>Keep lamp {number} lit.</p>"}


def board(*numbers: int) -> bytes:
    """A whole board of invented postings."""
    return json.dumps([row(number) for number in numbers]).encode()


def source(url: str, **policy: Any) -> Source:
    """A source whose board token is a path of the server."""

    def pages(token: str) -> Generator[Request, Page, Completeness]:
        page = yield Request("GET", f"{url}/{token}")
        return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED

    card = {"tier": "documented", "terms": "", "attribution": "", "rate": 1000.0} | policy
    return Source(card.pop("name", "lever"), Policy(**card), pages, lever.read, lever.job, lambda _: None)


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


def crawl(
    asked: Source | Iterable[tuple[Source, str]],
    *boards: str,
    limits: Limits = FAST,
    clock: Clock | None = None,
    validators: Mapping[str, tuple[str, str]] | None = None,
) -> dict[str, Crawl]:
    """Crawl boards on the injected clock and return them by token."""
    ticking = clock or Clock()
    pairs = [(asked, board) for board in boards] if isinstance(asked, Source) else list(asked)

    async def run() -> dict[str, Crawl]:
        found = crawl_boards(
            pairs, limits=limits, validators=validators or {}, now=lambda: AT, clock=ticking, sleep=ticking.sleep,
            jitter=lambda: 0.5,
        )  # fmt: skip
        return {one.board: one async for one in found}

    return asyncio.run(run())

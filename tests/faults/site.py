"""A job site on loopback whose boards a test edits between crawls, and a store that collects them day by day."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobtide import pipeline
from jobtide.sources import registry
from jobtide.store.snapshot import Snapshot
from jobtide.store.verdict import Crawled
from tests.sources.faulty import Server, answer, running
from tests.sources_net.loop import FAST, source

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def day(number: float) -> datetime:
    """The moment of a crawl, in days."""
    return DAY + timedelta(days=number)


def row(number: int, words: str = "Keep the lamp lit.") -> dict[str, Any]:
    """One invented posting as Lever's list has it; every number writes of its own lamp."""
    text = (
        f"<p>Lamp {number} of the northern shore. {words} Its log is kept in Python, its oil bought by the barrel.</p>"
    )
    return {"id": f"p{number}", "text": f"Lamp Engineer {number}", "description": text}


@dataclass
class Site:
    """Boards by name: each a dictionary number -> words, or the bytes that its path answers."""

    server: Server
    root: Path
    boards: dict[str, Mapping[int, str] | bytes] = field(default_factory=dict)

    def page(self, name: str) -> bytes:
        """The whole answer of a board."""
        board = self.boards.get(name, {})
        if isinstance(board, bytes):
            return board
        return answer(json.dumps([row(number, words) for number, words in sorted(board.items())]).encode())

    def collect(self, at: float, *names: str) -> dict[str, Crawled]:
        """Crawl boards (all of them if none is named) at a day; returns how each ended."""
        wanted = [("lever", name) for name in (names or sorted(self.boards))]
        done = pipeline.collect(self.root, wanted, limits=FAST, now=lambda: day(at), told=lambda _: None)
        return {one.board: one for one in done}

    def build(self) -> Snapshot:
        """Build and open the snapshot."""
        return Snapshot.open(pipeline.build(self.root).snapshot)


@contextmanager
def serving(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Start a site whose boards are empty; every source of the registry is this one."""
    site: list[Site] = []
    with running(lambda path, _: site[0].page(path.strip("/"))) as server:
        site.append(Site(server, root))
        monkeypatch.setattr(registry, "load", lambda _: source(server.url))
        yield site[0]

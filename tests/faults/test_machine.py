"""F24. Collect, fail, crash, edit, remove, restore, back up, go on from it, in any order: against a plain dictionary.

The dictionary remembers what every believed crawl showed. From it, by counting alone, follows when each posting was
there; the store must say the same after every step. A crash is the store's folder as it was in the middle of a write.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from jobtide import pipeline
from jobtide.model import Completeness, Page, Request
from jobtide.sources import fetch, registry
from jobtide.store.archive import Archive
from jobtide.store.backup import backup
from jobtide.store.ledger import Ledger
from jobtide.store.lives import Lives
from jobtide.store.snapshot import Snapshot
from jobtide.store.verdict import Crawled
from jobtide.store.verify import verify
from tests.faults import points
from tests.faults.site import row
from tests.sources_net.loop import FAST, source

BOARDS = ("a", "b")
START = datetime(2026, 1, 1, tzinfo=UTC)
SIX_HOURS = timedelta(hours=6)
WORDS = ("Keep the lamp lit.", "Trim the wick.")


class Died(BaseException):
    """The process is gone."""


@dataclass
class Remembered:
    """One board as a plain dictionary knows it: believed crawls as (when, complete, posting -> words)."""

    crawls: list[tuple[datetime, bool, dict[int, str]]] = field(default_factory=list)
    count: int | None = None  # postings of the last complete crawl
    waiting: list[tuple[datetime, dict[int, str]]] = field(default_factory=list)  # the last answers, if they were held
    page: dict[int, str] | None = None

    def expect(self, at: datetime, shown: dict[int, str], way: str) -> str:
        """How a crawl that shows this must end."""
        if way == "failed":
            return "failed"
        if way == "partial":
            return "partial"
        if shown == self.page:
            return "unchanged"
        if not self.count or len(shown) > 0.2 * self.count:
            return "complete"
        return "complete" if self.waiting and at - self.waiting[0][0] >= SIX_HOURS else "held"

    def note(self, at: datetime, shown: dict[int, str], outcome: str) -> None:
        """Remember what a crawl that was recorded showed."""
        waiting = self.waiting
        if outcome != "failed":
            self.waiting = [*waiting, (at, dict(shown))] if outcome == "held" else []
        if outcome == "complete" and self.count and len(shown) <= 0.2 * self.count:
            self.crawls += [(when, True, then) for when, then in waiting]  # they were complete after all
        if outcome in ("complete", "partial", "unchanged"):
            self.crawls.append((at, outcome != "partial", dict(shown)))
        if outcome == "complete":
            self.count, self.page = len(shown), dict(shown)

    def spells(self, number: int) -> list[tuple[datetime, datetime, datetime | None]]:
        """When a posting was there, by going through all crawls with two fingers."""
        out: list[tuple[datetime, datetime, datetime | None]] = []
        missed: list[datetime] = []
        for at, complete, shown in self.crawls:
            if number in shown:
                if not out or out[-1][2]:
                    out.append((at, at, None))
                out[-1], missed = (out[-1][0], at, None), []
            elif complete and out and not out[-1][2] and (not missed or at - missed[0] >= SIX_HOURS):
                missed.append(at)
                if len(missed) == 2:
                    out[-1] = (*out[-1][:2], missed[0])
        return out

    def words(self, number: int) -> list[str]:
        """What a posting said, each change once."""
        said = [shown[number] for _, _, shown in self.crawls if number in shown]
        return [word for i, word in enumerate(said) if i == 0 or said[i - 1] != word]


class Store(RuleBasedStateMachine):
    """A store, its site, and the dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.base = Path(tempfile.mkdtemp(prefix="machine-"))
        self.root = self.base / "store"
        self.copies = 0
        self.at = START
        self.site: dict[str, dict[int, str]] = {board: {} for board in BOARDS}
        self.known = {board: Remembered() for board in BOARDS}
        self.gone: dict[tuple[str, int], str] = {}

    def teardown(self) -> None:
        if (self.root / "ledger.sqlite").exists() and any(known.crawls for known in self.known.values()):
            self._snapshot_says_the_same()
        shutil.rmtree(self.base)

    @initialize(numbers=st.sets(st.integers(0, 8), min_size=1))
    def first(self, numbers: set[int]) -> None:
        """The boards as they are on the first day."""
        self.site = {board: dict.fromkeys(numbers, WORDS[0]) for board in BOARDS}
        self.collect("complete")

    @rule(board=st.sampled_from(BOARDS), number=st.integers(0, 8), word=st.sampled_from(WORDS))
    def edit(self, board: str, number: int, word: str) -> None:
        """A posting comes, or says something else."""
        self.site[board][number] = word

    @rule(board=st.sampled_from(BOARDS), numbers=st.sets(st.integers(0, 8)))
    def remove(self, board: str, numbers: set[int]) -> None:
        """Postings go, now and then all of them."""
        for number in numbers & self.site[board].keys():
            self.gone[board, number] = self.site[board].pop(number)

    @rule(board=st.sampled_from(BOARDS))
    def restore(self, board: str) -> None:
        """What had gone is back as it was."""
        for (where, number), word in list(self.gone.items()):
            if where == board:
                self.site[board][number] = word
                del self.gone[where, number]

    @rule(
        way=st.sampled_from(("complete", "complete", "complete", "partial", "failed")),
        hours=st.sampled_from((0.1, 2, 5.9, 6, 24, 24, 24)),
    )
    def collect(self, way: str, hours: float = 24) -> None:
        """A collection that comes to its end, so long after the last one."""
        self.at += timedelta(hours=hours)
        expected = {board: self.known[board].expect(self.at, self._shown(board, way), way) for board in BOARDS}
        ended = {one.board: str(one.outcome) for one in self._collect(way)}
        assert ended == expected
        for board in BOARDS:
            self.known[board].note(self.at, self._shown(board, way), ended[board])

    @rule(nth=st.integers(1, 40))
    def crash(self, nth: int) -> None:
        """A collection that dies at the n-th touch of the disk, and what it left is all there is."""
        with Ledger(self.root) as ledger:
            before = len(ledger.history())
        self.at += timedelta(days=1)
        self.copies += 1
        left = self.base / f"store{self.copies}"
        touched = 0

        def reached(_: str) -> None:
            nonlocal touched
            touched += 1
            if touched == nth:
                shutil.copytree(self.root, left)
                raise Died

        try:
            with pytest.MonkeyPatch.context() as patch:
                points.install(patch.setattr, reached)
                self._collect("complete")
        except Died:
            self.root = left
        with Ledger(self.root) as ledger:
            recorded = ledger.history()[before:]
        assert [line.board for line in recorded] == list(BOARDS[: len(recorded)])
        for line in recorded:
            known, shown = self.known[line.board], self._shown(line.board, "complete")
            assert line.outcome == known.expect(self.at, shown, "complete")
            known.note(self.at, shown, line.outcome)

    @rule()
    def go_on_from_a_backup(self) -> None:
        """The store is lost, and the backup takes its place."""
        self.copies += 1
        self.root = backup(self.root, self.base / f"store{self.copies}").folder

    @invariant()
    def the_store_says_what_the_dictionary_says(self) -> None:
        """Every posting, its spells and its versions, out of ledger and archive."""
        if not (self.root / "ledger.sqlite").exists():
            return
        assert verify(self.root) == []
        with Ledger(self.root) as ledger:
            tracks = Lives(self.root, Archive(self.root), ledger).gather().tracks
        expected = {}
        for board, known in self.known.items():
            for number in {number for _, _, shown in known.crawls for number in shown}:
                expected[f"lever:{board}:p{number}"] = (known.spells(number), len(known.words(number)))
        assert {
            key: ([(s.first_seen_at, s.last_seen_at, s.closed_at) for s in track.spells], len(track.versions))
            for key, track in tracks.items()
        } == expected

    def _shown(self, board: str, way: str) -> dict[int, str]:
        """What a crawl sees of a board: all, its first half, nothing."""
        whole = sorted(self.site[board].items())
        return dict(whole[: len(whole) // 2] if way == "partial" else whole)

    def _collect(self, way: str) -> list[Crawled]:
        def crawl(_: Any, *, on_crawl: Callable[[fetch.Crawl], None], **__: Any) -> None:
            for board in BOARDS:
                on_crawl(self._crawled(board, way))

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(registry, "load", lambda _: source("http://127.0.0.1:9"))
            patch.setattr(fetch, "collect", crawl)
            boards: Sequence[tuple[str, str]] = [("lever", board) for board in BOARDS]
            return pipeline.collect(self.root, boards, limits=FAST, now=lambda: self.at, told=lambda _: None)

    def _crawled(self, board: str, way: str) -> fetch.Crawl:
        body = json.dumps([row(number, word) for number, word in self._shown(board, way).items()]).encode()
        page = Page(Request("GET", board), board, 200, {}, body, hashlib.sha256(body).hexdigest(), self.at)
        pages = () if way == "failed" else (page,)
        return fetch.Crawl("lever", board, Completeness(way), pages, "", self.at)

    def _snapshot_says_the_same(self) -> None:
        with Snapshot.open(pipeline.build(self.root).snapshot) as shot:
            rows = shot.query("select posting, closed_at from spell order by posting, ord").to_pylist()
        closed: dict[str, Any] = {row["posting"]: row["closed_at"] for row in rows}
        for board, known in self.known.items():
            for number in {number for _, _, shown in known.crawls for number in shown}:
                assert closed.pop(f"lever:{board}:p{number}") == known.spells(number)[-1][2]
        assert closed == {}


Store.TestCase.settings = settings(
    max_examples=200 if os.environ.get("JOBTIDE_SLOW") else 10,
    stateful_step_count=50 if os.environ.get("JOBTIDE_SLOW") else 25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestStore = Store.TestCase

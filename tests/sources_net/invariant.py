"""Invariant I: whatever goes wrong with one source, the others finish, nothing is lost, and a rerun converges."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jobtide import pipeline
from jobtide.model import Source
from jobtide.sources import registry
from jobtide.sources.fetch import Limits
from jobtide.store.archive import Archive
from jobtide.store.ledger import Ledger
from jobtide.store.lives import Lives
from jobtide.store.patience import Moment
from jobtide.store.verdict import Crawled
from tests.sources_net.loop import AT, FAST


class Days:
    """Days that pass from one collection to the next, so that two complete crawls without a posting would close it, and
    no host wants to be let alone any more. The clock is believed: a machine that was started anew has nothing else.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._at = AT
        monkeypatch.setattr(Moment, "here", lambda at: Moment(at, 0.0, ""))

    def next(self) -> Callable[[], datetime]:
        """The clock of the next collection."""
        self._at = at = self._at + timedelta(days=1)
        return lambda: at


def known(root: Path) -> set[tuple[str, str]]:
    """Every open posting that the store knows: key and version."""
    with Ledger(root) as ledger:
        tracks = Lives(root, Archive(root), ledger).gather().tracks
    return {(key, track.head.version) for key, track in tracks.items() if track.open}


def invariant(
    root: Path, monkeypatch: pytest.MonkeyPatch, *, healthy: Source, faulty: Source, fine: Source, limits: Limits = FAST
) -> Crawled:
    """Collect board "bad" of a healthy source, twice of the faulty one, and of the healthy one again; return how the
    faulty crawl ended. Board "fine" of another source is collected beside it each time.

    Twice, since two complete crawls without a posting close it: a fault is neither.
    """
    world = {healthy.name: healthy, fine.name: fine}
    assert len(world) == 2
    monkeypatch.setattr(registry, "load", lambda name: world[name])

    days = Days(monkeypatch)

    def collect(store: Path) -> dict[str, Crawled]:
        boards = [(healthy.name, "bad"), (fine.name, "fine")]
        done = pipeline.collect(store, boards, limits=limits, now=days.next(), told=lambda _: None)
        return {one.board: one for one in done}

    store = root / "store"
    collect(store)
    before = known(store)
    world[healthy.name] = faulty
    collect(store)
    ended = collect(store)
    assert ended["fine"].outcome in ("complete", "unchanged")
    with Ledger(store) as ledger:
        assert f"{healthy.name}:bad {ended['bad'].outcome}" in ledger.runs(1)[0].what
        assert list(ledger.damaged(Archive(store))) == []
    if ended["bad"].outcome in ("complete", "unchanged"):  # it was read: words may differ, no posting is lost
        assert {key for key, _ in known(store)} >= {key for key, _ in before}
    else:
        assert known(store) >= before
    world[healthy.name] = healthy
    collect(store)
    collect(root / "fresh")
    assert known(store) >= known(root / "fresh")
    return ended["bad"]

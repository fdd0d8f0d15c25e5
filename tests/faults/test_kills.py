"""F17, F21, F22. Killed at every place where it touches the disk, and at any moment: nothing is lost, nothing doubled.

A store lives through a long row of days, on each of which its boards change and its process is killed. What it said it
had recorded is there exactly once; every byte is whole; the next process takes over at once; and in the end it knows
what one that was never killed knows.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jobtide import pipeline
from jobtide.store.kept import CrawlLine
from jobtide.store.ledger import Ledger
from jobtide.store.snapshot import Snapshot
from jobtide.store.verify import verify
from tests.faults.site import Site, day, serving

SLOW = bool(os.environ.get("JOBTIDE_SLOW"))
PLACED, RANDOM = (300, 200) if SLOW else (36, 24)
BOARDS = ["a", "b", "c"]
FEWEST_POINTS = 30


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site and an empty store."""
    with serving(tmp_path / "store", monkeypatch) as site:
        yield site


class Zygote:
    """The process that forks the ones to be killed."""

    def __init__(self, site: Site) -> None:
        """Start it and wait until it has loaded everything."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote", site.server.url, str(site.root), *BOARDS],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def run(self, **job: Any) -> Any:
        """Let one child live and return how it ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def __enter__(self) -> "Zygote":
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()


def changed(site: Site, at: int) -> dict[str, Any]:
    """Set and return the boards of a day: postings come, go, come back, are edited; on three of ten nothing happens."""
    chosen = random.Random(at if at % 10 < 7 else at - at % 10)
    for board in BOARDS:
        numbers = chosen.sample(range(9), chosen.randint(3, 7))
        site.boards[board] = {n: chosen.choice(("Keep the lamp lit.", "Trim the wick.")) for n in numbers}
    return dict(site.boards)


def acknowledged(root: Path) -> list[tuple[str, str, str]]:
    """(day, board, outcome) of every crawl that a process said it had recorded."""
    return [tuple(line.split()) for line in (root.parent / "acknowledged").read_text().splitlines()]  # type: ignore[misc]


def history(root: Path) -> list[CrawlLine]:
    with Ledger(root) as ledger:
        return ledger.history()


def whole(root: Path) -> None:
    """What must hold after any death: invariant I."""
    said = acknowledged(root)
    kept = [(str((line.at - day(0)).days), line.board, line.outcome) for line in history(root)]
    lost = [one for one in said if one not in kept]
    assert lost == [], "recorded, said so, and gone"
    assert len(kept) == len(set(kept)), "recorded twice"
    unsaid = [one for one in kept if one not in said]
    # A process may die between recording a crawl and saying so; there is one such at most for each death.
    with (root.parent / "acknowledged").open("a") as notes:
        notes.write("".join(" ".join(one) + "\n" for one in unsaid))
    assert len(unsaid) <= 1
    assert verify(root) == []


def test_killed_anywhere_nothing_is_lost_and_nothing_doubled(site: Site) -> None:
    chosen = random.Random(7)
    days = {0: changed(site, 0)}
    with Zygote(site) as zygote:
        began = time.monotonic()
        first = zygote.run(day=0)
        took = time.monotonic() - began
        assert first["status"] == 0
        names = sorted(set(first["points"]))
        assert len(names) >= FEWEST_POINTS
        at = died = 0
        for job in _jobs(chosen, names, took):
            # A child may end before its time comes, or not pass its point on that day: it lived, and another one dies.
            while True:
                at += 1
                days[at] = changed(site, at)
                dead = zygote.run(day=at, **job)["status"] == -9
                whole(site.root)
                if dead:
                    break
                job = {"point": chosen.choice(names), "nth": 1}
            died += 1
        assert died == PLACED + RANDOM
        for later in (at + 1, at + 2, at + 3):
            days[later] = days[at]
            assert zygote.run(day=later)["status"] == 0
        whole(site.root)
    _as_if_never_killed(site, days)


def _jobs(chosen: random.Random, names: list[str], took: float) -> list[dict[str, Any]]:
    """Deaths at every named point in turn, and at any moment of a life of ``took`` seconds, in a random order."""
    jobs: list[dict[str, Any]] = [{"point": names[i % len(names)], "nth": chosen.randint(1, 3)} for i in range(PLACED)]
    if len(names) > PLACED:
        jobs = [{"point": name, "nth": chosen.randint(1, 3)} for name in chosen.sample(names, PLACED)]
    jobs += [{"after": chosen.uniform(0.005, took)} for _ in range(RANDOM)]
    chosen.shuffle(jobs)
    return jobs


def _as_if_never_killed(site: Site, days: dict[int, dict[str, Any]]) -> None:
    """The same crawls in the same order, by a process that nobody kills, give the same postings and spells."""
    other = Site(site.server, site.root.parent / "unharmed", {})
    for line in history(site.root):
        at = (line.at - day(0)).days
        site.boards[line.board] = days[at][line.board]
        assert other.collect(at, line.board)[line.board].outcome == line.outcome
    folders = [pipeline.build(store.root).snapshot for store in (site, other)]
    with Snapshot.open(folders[0]) as one, Snapshot.open(folders[1]) as two:
        for table in ("posting", "spell", "edit", "member", "fact", "text"):
            assert one.query(f"from {table} order by all").equals(two.query(f"from {table} order by all")), table

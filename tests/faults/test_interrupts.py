"""F19, F21, F22: told to stop, it stops; two writers never meet; readers never wait; a dead writer holds nothing."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobtide import pipeline
from jobtide.sources.boards_list import COLUMNS
from jobtide.store.doctor import examine
from jobtide.store.ledger import Ledger
from jobtide.store.lock import lock
from jobtide.store.snapshot import Snapshot, current
from jobtide.store.verify import verify
from tests.faults.site import Site, day, row, serving
from tests.sources.faulty import Server, answer, running

# The command line itself, with a source whose boards are paths of a loopback server.
_COMMAND = """
import sys
from dataclasses import replace
from jobtide import cli
from jobtide.sources import fetch, guard, registry
from tests.sources_net.loop import source

url = sys.argv.pop(1)
fetch.check_url = lambda url, **_: guard.check_url(url, allow_private=True)
real = registry.load
registry.load = lambda name: source(url) if name == "lever" else real(name)
cli.main()
"""
AT_MOST_S = 5


def command(server: Server, store: Path, *words: str) -> "subprocess.Popen[str]":
    """The program as a terminal starts it: tests that run in a shell's background are deaf to Ctrl-C, and so is it."""
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, server.url, "--store", str(store), *words],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip


def board(path: str, _: int) -> bytes | None:
    """Boards answer, but for one that hangs."""
    return None if "slow" in path else answer(json.dumps([row(len(path))]).encode())


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_collection_that_is_told_to_stop_stops_and_keeps_what_it_has(
    tmp_path: Path, sign: signal.Signals, code: int
) -> None:
    with running(board) as server:
        started = command(server, tmp_path, "collect", "lever:a", "lever:bb", "lever:slow")
        assert started.stdout is not None
        assert {started.stdout.readline()[:7] for _ in range(2)} == {"lever:a", "lever:b"}
        began = time.monotonic()
        started.send_signal(sign)
        _, said = started.communicate(timeout=30)
        assert time.monotonic() - began <= AT_MOST_S
        assert (started.returncode, "Traceback" in said) == (code, False)
        assert "what was finished is kept" in said
        with Ledger(tmp_path) as ledger:
            assert [(run.kind, run.outcome) for run in ledger.runs()] == [("collect", "interrupted")]
            assert sorted(line.board for line in ledger.history()) == ["a", "bb"]
        assert verify(tmp_path) == []
        assert [one.about for one in examine(tmp_path, now=day(10_000)) if one.todo] == ["runs", "snapshot"]
        server.script = lambda path, _: answer(json.dumps([row(len(path))]).encode())
        server.log.clear()
        again = command(server, tmp_path, "collect", "lever:a", "lever:bb", "lever:slow", "--resume")
        _, said = again.communicate(timeout=30)
    assert (again.returncode, [path for path, _, _ in server.log]) == (0, ["/slow"])
    assert f"2 boards that run 1 of {datetime.now(UTC):%Y-%m-%d} had finished are left out" in said


def test_a_host_that_asked_for_an_hour_is_let_alone_after_the_collector_was_killed(tmp_path: Path) -> None:
    """F4 and F17: what it asked for is on disk before anybody hears of it."""
    busy = answer(b"", status="429 Slow", headers="Retry-After: 3600\r\n")
    slow = threading.Event()

    def script(path: str, _: int) -> bytes | None:
        if path == "/slow":
            slow.set()
            return None
        assert slow.wait(20)
        return busy

    with running(script) as server:
        started = command(server, tmp_path, "collect", "lever:slow", "lever:busy")
        assert started.stdout is not None
        assert started.stdout.readline().startswith("lever:busy  failed  refused")
        started.kill()
        started.communicate(timeout=30)
        server.log.clear()
        again = command(server, tmp_path, "collect", "lever:a")
        out, said = again.communicate(timeout=30)
        assert server.log == []
    assert again.returncode == 4
    assert "wants to be let alone for 35" in out or "wants to be let alone for 3600" in out
    assert "127.0.0.1 asked to be let alone until 20" in said
    assert verify(tmp_path) == []


def test_a_list_that_was_cut_off_goes_on_after_its_first_twenty_boards_and_asks_none_twice(tmp_path: Path) -> None:
    """Cut off after the first figures, and again before the end: each board is asked once, the figures come once."""
    names = ["b" * n for n in range(1, 24)]
    (tmp_path / "boards.tsv").write_text(
        "\n".join(["\t".join(COLUMNS), *(f"lever\t{n}\t{n}\tnamed\t\t2026-01-01\tyou" for n in names)])
    )
    hung: set[str] = {f"/{name}" for name in names[20:]}

    def script(path: str, count: int) -> bytes | None:
        return None if path in hung else board(path, count)

    with running(script) as server:
        said = _cut_off(server, tmp_path, lines=20, waits_for=sorted(hung))
        assert said.count("first figures, after 20 boards") == 1
        with Ledger(tmp_path) as ledger:
            assert [run.outcome for run in ledger.runs()] == ["unfinished", "first part"]
        assert any(one.about == "runs" and "--resume" in one.todo for one in examine(tmp_path, now=day(10_000)))
        server.log.clear()
        hung -= {f"/{names[20]}"}
        said = _cut_off(server, tmp_path, "--resume", lines=1, waits_for=sorted(hung))
        assert "20 boards that run 2 of" in said
        assert "first figures" not in said
        assert {path for path, _, _ in server.log} == {f"/{name}" for name in names[20:]}
        hung.clear()
        server.log.clear()
        last = command(server, tmp_path, "collect", "--list", "mine", "--resume")
        _, said = last.communicate(timeout=60)
        assert (last.returncode, sorted(path for path, _, _ in server.log)) == (0, [f"/{n}" for n in names[21:]])
    with Ledger(tmp_path) as ledger:
        assert ledger.cut_off() == (None, set())
        assert sorted({line.board for line in ledger.history()}) == names


def _cut_off(server: Server, store: Path, *words: str, lines: int, waits_for: list[str]) -> str:
    """Kill a collection of the list when so many boards have ended and the paths are being asked; what it said."""
    started = command(server, store, "collect", "--list", "mine", *words)
    assert started.stdout is not None
    told = 0
    while told < lines:
        told += started.stdout.readline().startswith("lever:")
    until = time.monotonic() + 60
    while not set(waits_for) <= {path for path, _, _ in server.log} and time.monotonic() < until:
        time.sleep(0.05)
    started.kill()
    return started.communicate()[1]


def test_a_build_that_is_told_to_stop_stops(tmp_path: Path) -> None:
    rows = [
        {"id": n, "title": "ML Engineer", "company": "E", "text": f"Python {n} and SQL. " * 40} for n in range(10_400)
    ]  # enough for workers of their own
    (tmp_path / "jobs.jsonl").write_text("\n".join(json.dumps(one) for one in rows))
    pipeline.import_file(tmp_path / "store", tmp_path / "jobs.jsonl", now=day(0))
    for workers in ("1", "2") if os.environ.get("JOBTIDE_SLOW") else ("2",):
        with running() as server:
            started = command(server, tmp_path / "store", "build", "--workers", workers)
            assert started.stderr is not None
            while "reading" not in started.stderr.readline():
                pass
            time.sleep(0.5)
            began = time.monotonic()
            started.send_signal(signal.SIGTERM)
            started.communicate(timeout=30)
        assert time.monotonic() - began <= AT_MOST_S
        assert started.returncode == 143
        assert verify(tmp_path / "store") == []


def test_a_second_collector_is_told_who_is_at_work(tmp_path: Path) -> None:
    with running(board) as server:
        first = command(server, tmp_path, "collect", "lever:a", "lever:slow")
        assert first.stdout is not None
        first.stdout.readline()
        for words in (["collect", "lever:bb"], ["build"]):
            second = command(server, tmp_path, *words)
            _, said = second.communicate(timeout=30)
            assert second.returncode == 75
            assert f"process {first.pid}" in said
        first.kill()
        first.communicate()
        began = time.monotonic()
        with lock(tmp_path):  # F22: a process that is gone holds nothing
            assert time.monotonic() - began <= 1
        assert examine(tmp_path, now=day(10_000))[0].says.startswith("the last writer was interrupted")


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site and an empty store."""
    with serving(tmp_path / "store", monkeypatch) as site:
        yield site


def test_readers_never_see_half_a_snapshot(site: Site) -> None:
    """F19: a collector and a rebuild at work, and a reader that opens and asks again and again."""
    site.boards["b"] = {1: "Keep the lamp lit."}
    site.collect(0)
    pipeline.build(site.root)
    counts: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with Snapshot.open(current(site.root)) as shot:
                found = shot.query(
                    "select (select count(*) from posting) as postings, (select count(*) from member) as members"
                ).to_pylist()[0]
            assert found["postings"] == found["members"]
            counts.append(found["postings"])

    failed: list[BaseException] = []

    def guarded() -> None:
        try:
            read()
        except BaseException as error:  # noqa: BLE001 - handed to the test's own thread
            failed.append(error)

    reader = threading.Thread(target=guarded)
    reader.start()
    for at in range(1, 6):
        site.boards["b"] = dict.fromkeys(range(1, at + 2), "Keep the lamp lit.")
        site.collect(at)
        pipeline.build(site.root)
        pipeline.rebuild(site.root)
    stop.set()
    reader.join(20)
    assert failed == []
    assert counts == sorted(counts)
    assert len(set(counts)) > 1


def test_clocks_that_jump_change_no_order(site: Site) -> None:
    """F20: a day back, ten years ahead, a leap day: runs count in their order, and doctor names what the clock did."""
    for at, numbers in ((59, (1, 2)), (58, (1, 2, 3)), (3650, (2, 3)), (60, (2, 3)), (61, (2, 3, 4))):
        site.boards["b"] = dict.fromkeys(numbers, "Keep the lamp lit.")
        site.collect(at)
    with site.build() as shot:
        spells = {row["posting"][-2:]: row for row in shot.query("from spell").to_pylist()}
        runs = shot.query("select run from crawl order by run").to_pylist()
        seen = shot.query("select max(seen_at) as at from posting").to_pylist()[0]["at"]
    assert [row["run"] for row in runs] == [1, 2, 3, 4, 5]
    assert spells["p1"]["closed_at"] is not None
    assert spells["p2"]["closed_at"] is None
    assert (spells["p2"]["last_seen_at"], seen) == (day(61), day(61))
    assert spells["p3"]["left_censored"] is False
    # Ten years ahead counts as the day before it, so no figure is as of then and nothing was watched for ten years.
    with Snapshot.open(current(site.root)) as shot:
        times = [row["at"] for row in shot.query('select "at" from crawl order by run').to_pylist()]
        assert shot.as_of == day(61).date()
    assert times == [day(59), day(59), day(59), day(60), day(61)]
    assert spells["p1"]["closed_at"] == day(59)
    with Ledger(site.root) as ledger:
        assert [line.at for line in ledger.history()] == [day(n) for n in (59, 58, 3650, 60, 61)]
    found = [one for one in examine(site.root, now=day(62)) if one.about == "clock"]
    assert [one.wrong for one in found] == [False, False, True]
    assert "run 2 began at" in found[0].says
    assert "run 4 began at" in found[1].says


def test_the_lock_of_a_dead_process_is_taken_over_at_once(tmp_path: Path) -> None:
    """F22: a number in a file holds nothing, whoever has that number now."""
    tmp_path.joinpath("writer.lock").write_text(str(os.getpid()))
    began = time.monotonic()
    with lock(tmp_path):
        assert time.monotonic() - began <= 1

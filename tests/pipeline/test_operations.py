"""Backup, rebuild, doctor, signs, and what a collection says of itself while it goes on."""

import json
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from jobtide import pipeline
from jobtide.cli import app
from jobtide.cli.progress import Progress
from jobtide.errors import JobtideError, StoreDamaged, UsageError
from jobtide.sources.hosts import Hosts
from jobtide.store import seal
from jobtide.store.backup import backup
from jobtide.store.doctor import examine
from jobtide.store.ledger import Ledger
from jobtide.store.verdict import Crawled
from jobtide.store.verify import verify
from tests.faults.site import Site, day, row, serving
from tests.sources.faulty import answer

LAMPS = "Keep the lamp lit."


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site and an empty store."""
    with serving(tmp_path / "store", monkeypatch) as site:
        yield site


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["--store", str(store), *words], standalone_mode=False, catch_exceptions=True)


@pytest.mark.parametrize("copy", [False, True])
def test_a_backup_is_a_store_that_gives_the_same_snapshot(site: Site, tmp_path: Path, copy: bool) -> None:
    for at in range(3):
        site.boards["b"] = dict.fromkeys(range(at, at + 4), LAMPS)
        site.collect(at)
    before = pipeline.build(site.root).snapshot
    (site.root / "boards.tsv").write_text("mine")
    done = backup(site.root, tmp_path / "kept" / "2026-01-31", copy=copy)
    assert (done.runs, done.blobs, done.linked) == (3, 3, 0 if copy else 3)
    with pytest.raises(UsageError, match="not empty"):
        backup(site.root, done.folder)
    shutil.rmtree(site.root)
    assert verify(done.folder) == []
    assert pipeline.build(done.folder).snapshot.name == before.name
    assert (done.folder / "boards.tsv").read_text() == "mine"
    site.root = done.folder
    site.collect(9)  # and goes on from there


def test_backups_while_a_writer_is_at_work_are_whole(site: Site, tmp_path: Path) -> None:
    stop, days = threading.Event(), iter(range(1, 10_000))

    def collect() -> None:
        while not stop.is_set():
            at = next(days)
            site.boards |= {name: dict.fromkeys(range(at % 5, at % 5 + 4), f"{LAMPS} {at}") for name in "abc"}
            site.collect(at)

    site.boards = {name: {1: LAMPS} for name in "abc"}
    site.collect(0)
    writer = threading.Thread(target=collect)
    writer.start()
    try:
        made = [backup(site.root, tmp_path / f"kept{n}") for n in range(20)]
    finally:
        stop.set()
        writer.join(20)
    for one in made:
        assert verify(one.folder) == []
    assert len({one.runs for one in made}) > 1
    known = [{line.crawl: line for line in _history(one.folder)} for one in made]
    last = {line.crawl: line for line in _history(site.root)}
    assert all(last[crawl] == line for one in known for crawl, line in one.items())
    assert pipeline.build(made[-1].folder).postings >= 4


def _history(root: Path) -> list:  # type: ignore[type-arg]
    with Ledger(root) as ledger:
        return ledger.history()


def test_a_backup_of_nothing_or_without_a_blob_says_so(site: Site, tmp_path: Path) -> None:
    with pytest.raises(JobtideError, match="nothing to keep"):
        backup(tmp_path / "nowhere", tmp_path / "kept")
    site.boards["b"] = {1: LAMPS}
    site.collect(0)
    next((site.root / "archive").rglob("*.zst")).unlink()
    with pytest.raises(StoreDamaged, match="missing"):
        backup(site.root, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
    assert [path.name for path in tmp_path.iterdir() if "kept" in path.name] == []


def test_a_damaged_ledger_is_not_kept_under_a_seal_of_its_own(site: Site, tmp_path: Path) -> None:
    site.boards["b"] = {1: LAMPS}
    site.collect(0)
    path = site.root / "ledger.sqlite"
    path.write_bytes(path.read_bytes().replace(b"lever", b"levez", 1))
    with pytest.raises(StoreDamaged, match="not what was written"):
        backup(site.root, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_verify_looks_at_every_snapshot_that_is_there(site: Site) -> None:
    for at in range(2):
        site.boards["b"] = dict.fromkeys(range(at, at + 4), LAMPS)
        site.collect(at)
        last = pipeline.build(site.root).snapshot
    (old,) = (path for path in last.parent.iterdir() if path != last)
    for name in ("posting.parquet", "manifest.json", "prepared-6.duckdb"):
        path = old / name
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        assert verify(site.root) == [f"{old}, an earlier snapshot, is not what was published; delete that folder"]
        path.write_bytes(whole)
    assert verify(site.root) == []


def test_a_writer_that_begins_while_the_ledger_is_compared_is_no_damage(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.boards["b"] = {1: LAMPS}
    site.collect(0)
    compared = seal.sha256

    def meanwhile(path: Path) -> str:
        monkeypatch.setattr(seal, "sha256", compared)
        site.boards["b"] = {2: LAMPS}
        site.collect(1)
        return compared(path)

    monkeypatch.setattr(seal, "sha256", meanwhile)
    assert seal.check(site.root) == []


def test_a_rebuild_gives_the_same_bytes_and_sweeps_up(site: Site) -> None:
    for at in range(3):
        site.boards["b"] = dict.fromkeys(range(at, at + 4), LAMPS)
        site.collect(at)
    before = pipeline.build(site.root).snapshot
    tables = {path.name: path.read_bytes() for path in before.glob("*.parquet")}
    (site.root / "archive" / ".half.123.tmp").write_bytes(b"half")
    (before / ".prepared-6.duckdb.123.tmp.wal").write_bytes(b"half")
    for path in (site.root / "derived").rglob("*.bin"):
        path.write_bytes(b"nonsense")
    done = run(site.root, "rebuild")
    assert "the same as before" in done.output
    assert {path.name: path.read_bytes() for path in before.glob("*.parquet")} == tables
    assert list(site.root.rglob("*.tmp*")) == []


def test_the_doctor_says_what_is_wrong_and_what_to_do(site: Site) -> None:
    assert "is empty" in run(site.root, "doctor").output
    site.boards = {"b": dict.fromkeys(range(9), LAMPS), "down": answer(b"", status="500 Oops")}
    site.collect(0)
    pipeline.build(site.root)
    assert [one for one in examine(site.root, now=day(0)) if one.todo] == []
    site.boards["b"] = {}
    site.collect(1, "b", "down")
    site.collect(2, "down")
    found = {one.about: one for one in examine(site.root, now=day(2))}
    boards = [one.says for one in examine(site.root, now=day(2)) if one.about == "boards"]
    assert boards == ["1 wait for a second crawl: lever:b", "1 failed 3 times in a row: lever:down"]
    assert found["snapshot"].says == "3 crawls or imports came after it"
    assert [one.wrong for one in examine(site.root, now=day(1)) if one.about == "clock"] == [True]
    blob = next((site.root / "archive").rglob("*.zst"))
    away = blob.rename(blob.with_suffix(".away"))
    assert any(one.about == "archive" and one.wrong for one in examine(site.root, now=day(2)))
    done = run(site.root, "doctor")
    assert "WRONG  archive" in done.output
    assert done.return_value == 1
    away.rename(blob)
    manifest = (site.root / "snapshots" / (site.root / "CURRENT").read_text()) / "manifest.json"
    manifest.write_text(manifest.read_text().replace("lever", "clever"))
    assert any(one.about == "snapshot" and one.wrong for one in examine(site.root, now=day(2)))
    with closing(sqlite3.connect(site.root / "ledger.sqlite")) as db:
        db.execute("update crawls set note = 'forged'")
        db.commit()
    assert examine(site.root, now=day(2))[-1].about == "ledger"


def test_the_doctor_names_twins_and_leaves_dead_boards_alone(site: Site) -> None:
    """A renamed board stands in a list under both names; one that is gone is asked no more, and no fault any more."""
    site.boards = {"old": {1: LAMPS, 2: LAMPS}, "new": {1: LAMPS, 2: LAMPS}, "none": {}, "void": {}}
    site.boards["gone"] = answer(b"", status="404 Not Found")
    for at in range(3):
        site.collect(at)
    said = [one.says for one in examine(site.root, now=day(2)) if one.about == "boards"]
    assert said == [
        "1 left out of lists as gone; 'jobtide source list --boards' says why",
        "lever:new, lever:old answer with the very same postings: one board under several names",
    ]
    (space,) = [one.says for one in examine(site.root, now=day(2)) if one.about == "space"]
    assert "archive 0.0 MB, ledger.sqlite" in space
    run(site.root, "source", "remove", "lever:old")
    assert not any("very same" in one.says for one in examine(site.root, now=day(2)))
    site.boards["old"] = answer(b"", status="404 Not Found")
    (site.root / "boards-removed.txt").unlink()
    site.collect(3)
    assert not any("very same" in one.says for one in examine(site.root, now=day(3)))


def test_a_snapshot_of_other_readers_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from jobtide.enrich import kit

    site.boards["b"] = {1: LAMPS}
    site.collect(0)
    pipeline.build(site.root)
    before = {path.name for path in (site.root / "enriched").iterdir()}
    other = replace(kit.spec(), rules="other")
    monkeypatch.setattr(kit, "spec", lambda: other)
    assert [one.says for one in examine(site.root, now=day(0)) if one.todo] == [
        "it was read by an earlier version of the readers"
    ]
    assert pipeline.build(site.root).enriched == 1
    after = {path.name for path in (site.root / "enriched").iterdir()}
    assert (len(before), len(after), before & after) == (2, 2, set())  # what the earlier one read takes no room


def test_runs_shows_what_each_did(site: Site) -> None:
    site.boards = {"b": dict.fromkeys(range(9), LAMPS)}
    site.collect(0)
    site.boards["b"] = {}
    site.collect(1)
    lines = run(site.root, "runs").output.splitlines()
    assert [line.split()[0] for line in lines] == ["2", "1"]
    assert "lever:b held" in lines[0]
    assert "lever:b complete" in lines[1]


def test_signs_are_shown_with_dates_and_what_they_do_not_prove(site: Site) -> None:
    lamp = row(1) | {"createdAt": 1_735_689_600_000}  # the first day of 2025
    for at, rows in ((0, [lamp, row(2)]), (60, [lamp, row(2)]), (120, [lamp, row(2)])):
        site.boards["b"] = answer(json.dumps(rows).encode())
        site.collect(at)
    pipeline.build(site.root)
    said = run(site.root, "signs", "lever:b:p1").output
    assert "open long: seen for 120 days on end, still open (2026-01-01 to 2026-05-01, 3 crawls)" in said
    assert "published long ago: first published 485 days before it was last seen" in said
    assert "unchanged: the same words for 120 days" in said
    assert said.count("does not prove it: ") == 3
    assert "no posting" in str(run(site.root, "signs", "lever:b:p9").exception)


def test_progress_says_rate_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    now = iter((0.0, *(2.0 * n for n in range(1, 20))))
    shown = Progress(10, Counter({"lever": 8, "gem": 2}), {"lever": 1.0, "gem": 0.1}, lambda: next(now), moving=True)
    for n in range(4):
        shown.told(Crawled("lever", f"b{n}", "complete" if n else "held", 1000, "shrank"))
    shown.told(Crawled("gem", "g", "failed", 0, "timeout: slow"))
    shown.close()
    out, err = capsys.readouterr()
    assert out.splitlines()[:2] == ["lever:b0  held  shrank", "lever:b1  complete  1000 postings; shrank"]
    # Five boards in ten seconds; one board of gem is left at ten seconds a request, five boards at two seconds each.
    assert "5 of 10 boards, 4,000 postings, 0.5 boards/s, about 10 s left" in err
    assert "jobtide: lever: 4,000 postings; boards: 3 complete, 1 held" in err
    assert "jobtide: gem: 0 postings; boards: 1 failed" in err


def test_progress_says_which_host_is_let_alone_longest() -> None:
    hosts = Hosts(asked={"api.gem.example": 1900.0, "api.lever.example": 3700.0, "over.example": 90.0})
    shown = Progress(10, Counter({"lever": 10}), {"lever": 1.0}, lambda: 100.0, moving=True, hosts=hosts)
    assert shown.line().endswith(" left; api.lever.example is let alone for 1.0 h")
    hosts.asked = {"over.example": 90.0}
    assert shown.line().endswith(" left")

"""F18. A disk that is full from the n-th write on: a plain error, nothing kept is lost, and a rerun converges."""

import contextlib
import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobtide import pipeline
from jobtide.errors import StoreFull
from jobtide.store.archive import Archive
from jobtide.store.backup import backup
from jobtide.store.ledger import Ledger
from jobtide.store.lives import Lives
from jobtide.store.snapshot import Snapshot, current
from jobtide.store.verify import verify
from tests.faults import points
from tests.faults.site import Site, day, serving

WRITES = 200
STRIDE = 1 if os.environ.get("JOBTIDE_SLOW") else 9


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A store with one crawl of 26 boards and a snapshot; the boards have changed since."""
    with serving(tmp_path / "store", monkeypatch) as site:
        site.boards = {f"b{n}": {n: "Keep the lamp lit.", 40 + n: "Mend the nets."} for n in range(26)}
        site.collect(0)
        pipeline.build(site.root)
        for n in range(26):
            site.boards[f"b{n}"] = {n: "Trim the wick.", 80 + n: "Count the ships."}
        yield site


def known(root: Path) -> set[tuple[str, str]]:
    """Every version of every posting that was ever seen."""
    with Ledger(root) as ledger:
        tracks = Lives(root, Archive(root), ledger).gather().tracks
    return {(key, stood.version) for key, track in tracks.items() for stood in track.versions}


def attempt(site: Site, full: points.Full, *, build: bool) -> None:
    """Collect, or build, on a disk that fills up."""
    with pytest.MonkeyPatch.context() as patch:
        points.install(patch.setattr, full)
        if build:
            pipeline.build(site.root)
        else:
            site.collect(1)


def copied(site: Site, name: str) -> Site:
    """The same store once more."""

    root = site.root.parent / name
    shutil.copytree(site.root, root)
    return Site(site.server, root, site.boards)


def test_collecting_survives_a_full_disk_at_every_write(site: Site) -> None:
    before = known(site.root)
    whole = copied(site, "whole")
    count = points.Full(0)
    attempt(whole, count, build=False)
    after = known(whole.root)
    assert count.seen >= WRITES
    assert before < after
    for n in range(1, WRITES + 1, STRIDE):
        there = copied(site, f"full{n}")
        code = (errno.ENOSPC, errno.EIO, errno.EROFS)[n % 3]
        with pytest.raises(StoreFull, match="what was kept before is whole"):
            attempt(there, points.Full(n, code), build=False)
        assert before <= known(there.root) <= after
        assert verify(there.root) == []
        there.collect(1)
        assert known(there.root) == after


def test_building_survives_a_full_disk_at_every_write(site: Site) -> None:
    site.collect(1)
    old = current(site.root)
    whole = copied(site, "whole")
    count = points.Full(0)
    attempt(whole, count, build=True)
    expected = current(whole.root).name
    for n in range(1, count.seen + 1, STRIDE):
        there = copied(site, f"full{n}")
        with pytest.raises(StoreFull):
            attempt(there, points.Full(n), build=True)
        assert current(there.root).name in (old.name, expected)
        with Snapshot.open(current(there.root)) as shot:
            assert shot.verify() == []
        assert pipeline.build(there.root).snapshot.name == expected
        assert verify(there.root) == []


def test_a_command_on_a_full_disk_ends_in_one_plain_line(tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text(
        "id,title,description\n" + "".join(f"{n},Lamp Engineer {n},{os.urandom(300).hex()}\n" for n in range(99))
    )

    def little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-m", "jobtide", "--store", str(tmp_path / "store"), "import", str(file)],
        capture_output=True, text=True, preexec_fn=little, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert pipeline.import_file(tmp_path / "store", file, now=day(1)).postings == 99


@pytest.fixture(name="disk")
def a_small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if not shutil.which("mount"):
        pytest.skip("there is nothing to mount a small file system with")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("only who may mount a small file system can fill a real one")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_store_on_a_disk_that_takes_no_writes_is_read_and_kept_and_says_so(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(disk / "store", monkeypatch) as site:
        site.boards = {"b": dict.fromkeys(range(9), "Keep the lamp lit.")}
        site.collect(0)
        before = pipeline.build(site.root).snapshot.name
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert verify(site.root) == []
        kept = backup(site.root, tmp_path / "kept")
        assert (verify(kept.folder), pipeline.build(kept.folder).snapshot.name) == ([], before)
        with pytest.raises(StoreFull, match="make its folder writable"):
            site.collect(1)
        with pytest.raises(StoreFull, match="make its folder writable"):
            backup(site.root, disk / "kept")


def test_a_backup_to_a_full_disk_ends_in_one_plain_line(
    disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path / "store", monkeypatch) as site:
        site.boards = {"b": dict.fromkeys(range(9), "Keep the lamp lit.")}
        site.collect(0)
        with contextlib.suppress(OSError), (disk / "ballast").open("wb") as ballast:
            while True:
                ballast.write(bytes(4096))
                ballast.flush()
        with pytest.raises(StoreFull, match="free space"):
            backup(site.root, disk / "kept")
        assert [path.name for path in disk.iterdir()] == ["ballast"]


def test_a_real_disk_that_runs_full_loses_nothing_and_goes_on_when_it_is_larger(
    disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(disk / "store", monkeypatch) as site:
        full = 0

        def fill() -> None:
            nonlocal full
            for at in range(60):
                full = at
                site.boards = {f"b{n}": {i: os.urandom(200).hex() for i in range(20)} for n in range(8)}
                site.collect(at)

        with pytest.raises(StoreFull, match="what was kept before is whole"):
            fill()
        assert full > 1
        assert verify(site.root) == []
        with Ledger(site.root) as ledger:
            before = ledger.history()
        assert len(before) > 8
        with pytest.raises(StoreFull):
            pipeline.build(site.root)
        assert verify(site.root) == []
        subprocess.run(["mount", "-o", "remount,size=300m", str(disk)], check=True)
        assert {str(one.outcome) for one in site.collect(full).values()} <= {"complete", "unchanged"}
        with Ledger(site.root) as ledger:
            assert ledger.history()[: len(before)] == before
        assert len(known(site.root)) == (full + 1) * 8 * 20
        pipeline.build(site.root)
        assert verify(site.root) == []

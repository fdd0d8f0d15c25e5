"""One bit flipped anywhere in archive, ledger or snapshot is found, and nothing is called damaged that is not."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from jobtide import pipeline
from jobtide.errors import JobtideError
from jobtide.store import seal
from jobtide.store.kept import Held
from jobtide.store.ledger import Ledger
from jobtide.store.resting import Resting
from jobtide.store.verify import verify
from tests.faults.site import Site, serving

FLIPS = 300
WHERE = ("archive", "ledger", "snapshot")


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A store with three crawls and two snapshots."""
    with serving(tmp_path / "store", monkeypatch) as site:
        for at in range(3):
            site.boards = {"b": dict.fromkeys(range(at, at + 12), "Keep the lamp lit."), "c": {1: "Mend the nets."}}
            site.collect(at)
            pipeline.build(site.root)
        yield site


def files(root: Path, where: str) -> list[Path]:
    """The files of a part of the store that hold what somebody would miss."""
    now = root / "snapshots" / (root / "CURRENT").read_text()
    parts = {
        "archive": sorted((root / "archive").rglob("*.zst")),
        "ledger": [root / seal.LEDGER, root / seal.SEAL],
        "snapshot": [*sorted(now.iterdir()), root / "CURRENT"],
    }
    return [path for path in parts[where] if path.stat().st_size]


@pytest.mark.parametrize("where", WHERE)
def test_every_flipped_bit_is_found(site: Site, where: str) -> None:
    assert verify(site.root) == []
    chosen = random.Random(where)
    paths = files(site.root, where)
    sizes = [path.stat().st_size for path in paths]
    found = 0
    for _ in range(FLIPS // len(WHERE)):
        (path,) = chosen.choices(paths, sizes if chosen.random() < 0.5 else None)
        at, bit = chosen.randrange(path.stat().st_size), 1 << chosen.randrange(8)
        flip(path, at, bit)
        faults = verify(site.root)
        found += bool(faults)
        assert faults, f"{path.name}: bit {bit} of byte {at} flipped and not found"
        flip(path, at, bit)
    assert found == FLIPS // len(WHERE)
    assert verify(site.root) == []


def flip(path: Path, at: int, bit: int) -> None:
    """Turn one bit over, where it lies."""
    with path.open("r+b") as file:
        file.seek(at)
        (byte,) = file.read(1)
        file.seek(at)
        file.write(bytes([byte ^ bit]))


def test_a_writer_does_not_write_over_a_damaged_ledger(site: Site) -> None:
    flip(site.root / seal.LEDGER, 5000, 1)
    with pytest.raises(JobtideError, match=r"ledger\.sqlite"):
        site.collect(9)
    flip(site.root / seal.LEDGER, 5000, 1)
    assert site.collect(9)["b"].outcome == "unchanged"


def test_a_damaged_snapshot_is_mended_by_a_build_and_named_until_then(site: Site) -> None:
    whole = pipeline.build(site.root).snapshot
    for path in sorted(whole.iterdir()):
        flip(path, path.stat().st_size // 2, 4)
        assert any(path.name in fault for fault in verify(site.root))
        assert pipeline.build(site.root).snapshot == whole
        assert verify(site.root) == []
    (site.root / "CURRENT").write_bytes(b"\xff")
    assert len(verify(site.root)) == 1
    pipeline.build(site.root)
    assert verify(site.root) == []


def test_a_missing_or_damaged_blob_is_named_and_never_silently_passed_over(site: Site) -> None:
    """F23: a build that needs it stops; one that does not goes on, and verify says what is gone."""
    import shutil

    blob = max((site.root / "archive").rglob("*.zst"), key=lambda path: path.stat().st_size)
    away = blob.rename(blob.with_suffix(".away"))
    (fault,) = verify(site.root)
    assert blob.name in fault
    assert "it holds lever:b as of run 1; 14 postings of snapshot" in fault
    assert fault.endswith("and with them every figure of that snapshot that counts them")
    before = pipeline.build(site.root).snapshot.name  # its life is known, its text was read
    for derived in ("derived", "enriched"):
        shutil.rmtree(site.root / derived)
    with pytest.raises(JobtideError, match=blob.name):
        pipeline.build(site.root)
    assert (site.root / "CURRENT").read_text() == before
    away.rename(blob)
    assert pipeline.build(site.root).snapshot.name == before


def test_what_rests_on_a_blob_is_said_of_a_whole_snapshot_only(site: Site) -> None:
    held = [Held(1, "lever", "c")]
    now = (site.root / "CURRENT").read_text()
    assert (
        Resting(site.root).said(held).startswith(f"; 1 posting of snapshot {now} rests on it (lever:c:p1), 1 of them")
    )
    assert Resting(site.root).said([Held(1, "lever", "nobody")]) == f"; no posting of snapshot {now} rests on it"
    flip(site.root / "snapshots" / now / "posting.parquet", 40, 1)
    assert Resting(site.root).said(held) == ""
    (site.root / "CURRENT").unlink()
    assert Resting(site.root).said(held) == ""


def test_a_ledger_of_an_earlier_format_may_be_opened_by_a_reader_first(site: Site) -> None:
    with closing(sqlite3.connect(site.root / seal.LEDGER)) as db:
        db.executescript("alter table crawls drop column postings; alter table crawls drop column bad;")
        db.executescript("alter table imports drop column alone; drop table patience;")
        db.execute("pragma user_version = 1")
    seal.close(site.root)
    assert not seal.is_open(site.root)
    with Ledger(site.root) as ledger:
        assert len(ledger.runs()) == 3
    assert site.collect(9)["b"].outcome == "unchanged"
    assert not seal.is_open(site.root)
    assert verify(site.root) == []

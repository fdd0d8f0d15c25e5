"""Is every stored byte what was written? Archive, ledger, snapshot, and what was read once and kept.

What checks itself whenever it is used, and is made again where it is not whole, is left out (``derived``).
"""

from collections.abc import Iterator
from pathlib import Path

from jobtide.errors import JobtideError, StoreDamaged
from jobtide.store import seal, snapshot
from jobtide.store.archive import Archive
from jobtide.store.enriched import Enriched
from jobtide.store.ledger import Ledger
from jobtide.store.resting import Resting
from jobtide.tables import ENRICHED


def verify(root: Path) -> list[str]:
    """Return what is wrong, each fault once, with what to do about it; empty if every byte is as written."""
    return list(dict.fromkeys(_faults(root)))


def _faults(root: Path) -> Iterator[str]:
    archive = Archive(root)
    # Bytes first: to open a ledger is enough for SQLite to mend some of them.
    sealed = seal.check(root)
    yield from sealed
    named = list[str]()
    if not sealed and (root / seal.LEDGER).exists():
        try:
            with Ledger(root) as ledger:
                yield from ledger.structure()
                resting = Resting(root)
                named = [f"{said}{resting.said(held)}" for said, held in ledger.damaged(archive)]
        except StoreDamaged as error:
            yield str(error)
    yield from named
    # Blobs that the ledger does not name: what came of a broken answer, or was written just before a crash.
    yield from (fault for fault in archive.verify() if not any(said.startswith(fault) for said in named))
    yield from Enriched(root, ENRICHED).verify()
    yield from current(root)
    yield from _earlier(root)


def _earlier(root: Path) -> Iterator[str]:
    """What is wrong with snapshots that no command reads but by name; nothing makes them again."""
    now = (root / "CURRENT").read_bytes().decode("utf-8", "replace").strip() if (root / "CURRENT").exists() else ""
    for folder in sorted((root / "snapshots").glob("[!.]*")):
        if folder.name != now and snapshot.faults(folder):
            yield f"{folder}, an earlier snapshot, is not what was published; delete that folder"


def current(root: Path) -> list[str]:
    """Return what is wrong with the snapshot that commands read; empty if there is none yet."""
    if not (root / "CURRENT").exists():
        return []
    try:
        folder = snapshot.current(root)
    except (JobtideError, UnicodeDecodeError) as error:
        return [f"{root / 'CURRENT'} cannot be read ({error}); run 'jobtide build'"]
    if not folder.is_dir():
        return [f"{root / 'CURRENT'} names a snapshot that is not there; run 'jobtide build'"]
    return snapshot.faults(folder)

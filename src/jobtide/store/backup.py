"""A second store that holds everything that cannot be worked out again, made while a writer is at work."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from jobtide.errors import JobtideError, StoreDamaged, StoreFull, UsageError
from jobtide.store import schema, seal
from jobtide.store.archive import Archive
from jobtide.store.files import refused, sync, unwritten
from jobtide.store.ledger import Ledger

_KEPT = ("boards.tsv", "boards-removed.txt")  # the user's own lists of boards


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds; ``linked`` blobs share their bytes with the store, the others were copied."""

    folder: Path
    runs: int
    blobs: int
    linked: int


def backup(root: Path, folder: Path, *, copy: bool = False) -> Backup:
    """Make ``folder`` a store as ``root`` is now; 'jobtide build' there gives the same snapshot.

    A page is in the archive before the ledger names it, so that the ledger is copied first (by SQLite, which sees one
    moment of it whatever a writer does) and then every blob it names. Blobs never change: on one disk they are linked
    and cost nothing, unless ``copy`` asks for bytes of their own. Raises UsageError if ``folder`` is there already,
    StoreDamaged if a blob is gone or the ledger is not what was written: a copy of it would carry a seal of its own.
    """
    if not (root / seal.LEDGER).exists():
        raise JobtideError(f"nothing to keep in {root}: nothing was collected or imported yet")
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; a backup is a folder of its own, such as {folder}/2026-01-31")
    if faults := seal.check(root):
        raise StoreDamaged(faults[0])
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    with refused(folder):
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        try:
            runs, blobs, linked = _fill(root, part, copy=copy)
            folder.parent.mkdir(parents=True, exist_ok=True)
            part.replace(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        sync(folder.parent)
    return Backup(folder, runs, blobs, linked)


def _fill(root: Path, part: Path, *, copy: bool) -> tuple[int, int, int]:
    try:
        with (
            closing(schema.connect(root / seal.LEDGER)) as one,
            closing(sqlite3.connect(part / seal.LEDGER)) as other,
        ):
            one.backup(other)
    except sqlite3.OperationalError as error:
        raise StoreFull(unwritten(part / seal.LEDGER, str(error), closed=False)) from error
    with Ledger(part) as ledger:
        runs = len(ledger.log())
        wanted = sorted(ledger.blobs())
    seal.close(part)
    theirs, ours = Archive(root), Archive(part)
    linked = sum(_take(theirs.path(sha), ours.path(sha), copy=copy) for sha in wanted)
    for name in _KEPT:
        if (root / name).exists():
            shutil.copyfile(root / name, part / name)
    return runs, len(wanted), linked


def _take(source: Path, target: Path, *, copy: bool) -> bool:
    """Put a blob at ``target``; returns whether it was linked."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        if not copy:
            try:
                os.link(source, target)
            except FileNotFoundError:
                raise
            except OSError:  # another disk, or one that knows no links
                pass
            else:
                return True
        shutil.copyfile(source, target)
        sync(target)
    except FileNotFoundError as error:
        raise StoreDamaged(f"{source} is missing; run 'jobtide verify'") from error
    return False

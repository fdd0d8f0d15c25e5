"""What was collected and imported, and what of it is current? One SQLite file beside the archive.

Runs are ordered by their number, never by a clock. A crawl is recorded in one transaction after its pages are in
the archive; what is current is the newest complete crawl of each board and the newest import under each name.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from jobtide.errors import StoreDamaged, StoreFull
from jobtide.sources.hosts import Rest
from jobtide.store import crawls, imported, patience, runlog, schema, seal, validators
from jobtide.store.archive import Archive
from jobtide.store.files import refused, unwritten
from jobtide.store.kept import Before, CrawlLine, Held, Kept, KeptPage, Run
from jobtide.store.lock import lock


class Ledger:
    """The ledger below ``root``; use as a context manager."""

    def __init__(self, root: Path) -> None:
        """Open or create it. StoreDamaged if the file is no ledger, or of a later version than this program."""
        with refused(root):
            root.mkdir(parents=True, exist_ok=True)
        self._path = root / seal.LEDGER
        try:
            self._db = schema.connect(self._path)
            if schema.outdated(self._db):
                seal.break_open(root)  # its bytes are about to change, whoever opened it
            schema.migrate(self._db, self._path)
        except sqlite3.OperationalError as error:
            raise self._refused(error) from error
        except sqlite3.DatabaseError as error:
            raise StoreDamaged(f"{self._path} cannot be read ({error}); restore it from a backup") from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Commit all of it or nothing. StoreFull if the disk refuses."""
        try:
            with self._db:
                yield self._db
        except sqlite3.OperationalError as error:
            raise self._refused(error) from error

    def _refused(self, error: Exception) -> StoreFull:
        return StoreFull(unwritten(self._path, str(error), closed=not os.access(self._path.parent, os.W_OK)))

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def begin(self, kind: str, at: datetime) -> int:
        """Open a run and return its number."""
        with self._transaction() as db:
            return int(db.execute("insert into runs(kind, started_at) values (?, ?)", (kind, _iso(at))).lastrowid or 0)

    def end(self, run: int, at: datetime, outcome: str) -> None:
        """Close a run; one that was never closed was interrupted."""
        with self._transaction() as db:
            db.execute("update runs set ended_at = ?, outcome = ? where run = ?", (_iso(at), outcome, run))

    def record_crawl(self, run: int, one: crawls.CrawlEnd) -> None:
        """Record a crawl whose pages are already in the archive, and their validators, in one transaction.

        Pages of an unchanged board are those of the complete crawl before and are not listed again.
        """
        with self._transaction() as db:
            crawls.record(db, run, one)

    def validators(self) -> dict[str, tuple[str, str]]:
        """Return url -> (etag, last modified) of the pages of which the next crawl asks only whether they changed."""
        return validators.known(self._db)

    def keep_rests(self, rests: Mapping[str, Rest], now: patience.Moment) -> None:
        """Note which hosts want to be let alone, or did not answer, for the runs to come."""
        with self._transaction() as db:
            patience.keep(db, rests, now)

    def rests(self, now: patience.Moment) -> dict[str, Rest]:
        """Return what still counts of that, by host."""
        return patience.recall(self._db, now)

    def record_import(self, run: int, one: imported.Import) -> None:
        """Record a file that is already in the archive."""
        with self._transaction() as db:
            imported.record(db, run, one)

    def before(self, source: str, board: str) -> Before:
        """Return what is known of a board before it is crawled again."""
        return crawls.before(self._db, source, board)

    def answered(self, source: str, board: str) -> datetime | None:
        """Return when a board last gave an answer, None if it never did."""
        return crawls.answered(self._db, source, board)

    def history(self) -> list[CrawlLine]:
        """Return every crawl of every board, in the order they were made."""
        return crawls.history(self._db)

    def pages(self, crawl: int) -> tuple[KeptPage, ...]:
        """Return the pages of one crawl in their order."""
        return crawls.pages(self._db, crawl)

    def latest(self) -> list[Kept]:
        """Return what is current, boards first, then files by name; the same file under two names counts once."""
        return [*crawls.current(self._db), *self.imports()]

    def imports(self) -> list[Kept]:
        """Return the imports that count, by name and date; the same file of the same date counts once."""
        return imported.current(self._db)

    def runs(self, limit: int = 20) -> list[Run]:
        """Return the newest runs first, each with what it touched."""
        return [replace(run, what=runlog.touched(self._db, run.run)) for run in self.log()[: -limit - 1 : -1]]

    def log(self) -> list[Run]:
        """Return every run in the order of their numbers, without what each touched."""
        return runlog.log(self._db)

    def cut_off(self) -> tuple[Run | None, set[tuple[str, str]]]:
        """Return the last collection if it was cut off, and the boards that it and those cut off before it answered."""
        return runlog.cut_off(self._db)

    def blobs(self) -> set[str]:
        """Return the hashes of every page and file that was kept."""
        return {row["sha256"] for row in self._db.execute("select sha256 from pages union select sha256 from imports")}

    def twins(self) -> list[list[tuple[str, str]]]:
        """Return the boards that answered with the very same pages at their last complete crawl, and had postings."""
        return runlog.twins(self._db)

    def structure(self) -> list[str]:
        """Return what SQLite finds wrong with the file, empty if nothing."""
        rows = [row[0] for row in self._db.execute("pragma integrity_check")]
        return [f"{self._path}: {said}" for said in rows if said != "ok"]

    def damaged(self, archive: Archive) -> Iterator[tuple[str, tuple[Held, ...]]]:
        """Yield each blob that the ledger names and the archive does not hold whole: the fault, and what it holds."""
        for sha in sorted(self.blobs()):
            try:
                archive.get(sha)
            except StoreDamaged as error:
                held = self._holds(sha)
                yield f"{error}; it holds {', '.join(map(str, held))}", held

    def _holds(self, sha: str) -> tuple[Held, ...]:
        """What a blob is: a page of which boards, or which files."""
        rows = self._db.execute(
            """select max(run) as run, source, board, '' as name from pages join crawls using (crawl)
               where sha256 = $sha group by source, board
               union all select run, source, board, name from imports where sha256 = $sha""",
            {"sha": sha},
        )
        return tuple(Held(row["run"], row["source"], row["board"], row["name"]) for row in rows.fetchall())


@contextmanager
def writing(root: Path) -> Iterator[Ledger]:
    """Hold the store and its ledger for writing, and seal the ledger at the end. Raises StoreBusy, StoreDamaged."""
    with lock(root):
        _sound(root)
        seal.break_open(root)
        try:
            with Ledger(root) as ledger:  # closing it moves what the log holds into the file, if no reader keeps it
                yield ledger
        finally:
            seal.close(root)


def _sound(root: Path) -> None:
    """Raise StoreDamaged if a ledger whose last writer could not seal it is not whole by SQLite's own reckoning."""
    if seal.is_open(root) and (root / seal.LEDGER).exists():
        with Ledger(root) as ledger:
            faults = ledger.structure()
        if faults:
            raise StoreDamaged(f"{faults[0]}; restore {seal.LEDGER} from a backup")


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()

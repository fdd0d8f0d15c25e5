"""Which tables has a ledger, and how does one of an earlier format become one of today's?"""

import os
import sqlite3
from pathlib import Path

from jobtide.errors import StoreDamaged

_VERSION = 3
_PATIENCE = """
create table patience(host text primary key, kind text not null, rests integer not null, left_s real not null,
    noted_at text not null, up real not null, boot text not null);
"""
_TABLES = f"""{_PATIENCE}
create table runs(run integer primary key autoincrement, kind text not null, started_at text not null,
    ended_at text, outcome text not null default 'unfinished');
create table crawls(crawl integer primary key, run integer not null references runs, source text not null,
    board text not null, at text not null, outcome text not null, note text not null, postings integer, bad integer);
create table pages(crawl integer not null references crawls, ord integer not null, method text not null,
    url text not null, status integer not null, headers text not null, sha256 text not null, fetched_at text not null,
    primary key(crawl, ord));
create table validators(url text primary key, etag text not null, last_modified text not null);
create table imports(run integer not null references runs, name text not null, sha256 text not null,
    mapping text not null, board text not null, source text not null, seen_at text not null, seen_basis text not null,
    alone integer not null default 0);
create index crawls_by_board on crawls(source, board, crawl);
"""
# From each earlier format to the next one.
_STEPS = {
    1: "alter table crawls add column postings integer; alter table crawls add column bad integer;",
    2: f"{_PATIENCE} alter table imports add column alone integer not null default 0;",
}


def connect(path: Path) -> sqlite3.Connection:
    """Open a ledger; one in a folder that takes no writes (a backup on a read-only disk) as it lies there.

    SQLite wants to write beside a ledger even to read it, unless it is told that nobody will ever change it.
    """
    if path.exists() and not os.access(path.parent, os.W_OK):
        db = sqlite3.connect(f"{path.resolve().as_uri()}?immutable=1", uri=True)
    else:
        db = sqlite3.connect(path, timeout=10)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = full")
    db.row_factory = sqlite3.Row
    return db


def outdated(db: sqlite3.Connection) -> bool:
    """Whether a ledger is of an earlier format than this program's."""
    return 0 < int(db.execute("pragma user_version").fetchone()[0]) < _VERSION


def migrate(db: sqlite3.Connection, path: Path) -> None:
    """Give a new ledger its tables, and an older one what it lacks, in one transaction. StoreDamaged if it is newer."""
    version = db.execute("pragma user_version").fetchone()[0]
    if version > _VERSION:
        raise StoreDamaged(f"{path} was written by a later jobtide (format {version}); update this one")
    if version == 0:
        db.executescript(f"begin; {_TABLES} pragma user_version = {_VERSION}; commit;")
    elif version < _VERSION:
        steps = " ".join(_STEPS[number] for number in range(version, _VERSION))
        db.executescript(f"begin; {steps} pragma user_version = {_VERSION}; commit;")

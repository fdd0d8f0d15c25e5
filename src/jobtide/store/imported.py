"""Which imported files count? The newest import under each name; those of one name with different stated dates each.

Who states with an import when the file was taken says that it is a sighting of its own, changed or not. Without that
a file is known by its name and its bytes: a newer one of the same name takes the place of the older, and the same
bytes under another name say nothing new.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from jobtide.model import Stamp
from jobtide.store.kept import Kept


@dataclass(frozen=True, slots=True)
class Import:
    """One file as it is to be recorded. ``seen``: when it was taken, as the user says, else None.

    ``alone``: it takes the place of everything imported under its name before, whatever its date.
    """

    name: str
    sha256: str
    mapping: Mapping[str, str]
    board: str = ""
    source: str = ""
    seen: Stamp | None = None
    alone: bool = False


def record(db: sqlite3.Connection, run: int, one: Import) -> None:
    """Note an import whose file is in the archive."""
    at, basis = (one.seen.at.astimezone(UTC).isoformat(), one.seen.basis) if one.seen else ("", "")
    mapping = json.dumps(dict(one.mapping), sort_keys=True)
    db.execute(
        "insert into imports(run, name, sha256, mapping, board, source, seen_at, seen_basis, alone) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (run, one.name, one.sha256, mapping, one.board, one.source, at, basis, one.alone),
    )


def current(db: sqlite3.Connection) -> list[Kept]:
    """Return the imports that count, by name and date."""
    standing: dict[tuple[str, str], sqlite3.Row] = {}
    named: dict[str, str] = {}
    for row in db.execute("select i.*, r.started_at from imports i join runs r using (run) order by run, i.rowid"):
        if row["alone"]:
            standing = {key: other for key, other in standing.items() if key[0] != row["name"]}
        standing[row["name"], row["seen_at"]] = row
        named.setdefault(row["sha256"], row["name"])
    rows = [standing[key] for key in sorted(standing)]
    return [_kept(row, named[row["sha256"]]) for row in _once(rows)]


def _once(rows: Iterable[sqlite3.Row]) -> list[sqlite3.Row]:
    """One of those that are the same bytes of the same date; one without a date says nothing beside one that has it."""
    found: dict[tuple[str, str], sqlite3.Row] = {}
    for row in rows:
        found.setdefault((row["sha256"], row["seen_at"]), row)
    dated = {sha for sha, at in found if at}
    return [row for (sha, at), row in found.items() if at or sha not in dated]


def _kept(row: sqlite3.Row, first: str) -> Kept:
    """``first``: the name under which these bytes first came, so that a later sighting is one of the same board."""
    given = Stamp(datetime.fromisoformat(row["seen_at"]), row["seen_basis"]) if row["seen_at"] else None
    name = row["name"] if row["board"] else first
    return Kept(
        row["run"], row["source"], row["board"], name, "complete", "", datetime.fromisoformat(row["started_at"]),
        sha256=row["sha256"], mapping=json.loads(row["mapping"]), given=given,
    )  # fmt: skip

"""What came of every attempt to crawl a board? Read from the ledger without writing to it."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from jobtide.errors import StoreDamaged
from jobtide.sources.boards_list import Try


def tries(root: Path) -> list[Try]:
    """Return every crawl in the order they were made; empty if nothing was ever collected. Raises StoreDamaged."""
    path = root / "ledger.sqlite"
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            rows = db.execute("select source, board, at, outcome, note from crawls order by crawl").fetchall()
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"{path} cannot be read ({error}); restore it from a backup") from error
    return [Try(source, board, datetime.fromisoformat(at), outcome, note) for source, board, at, outcome, note in rows]

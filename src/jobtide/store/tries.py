"""What came of every attempt to crawl a board? Read from the ledger without writing to it."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from jobtide.errors import StoreDamaged
from jobtide.sources.boards_list import Try

# What says whether a board is alive: everything since it last showed something. A store of years holds a line for every
# board and night, and none before that matters. A run in which nothing answered says more of our network than of them.
_SINCE = """
with good as (
    select source, board, max(crawl) filter (where outcome in ('complete', 'unchanged', 'partial')) as crawl
    from crawls group by source, board),
away as (
    select run from crawls group by run
    having sum(outcome <> 'failed') = 0
        and (count(*) >= 5 or sum(note like 'unreachable:%' or note like 'timeout:%') = count(*)))
select c.source, c.board, c.at, c.outcome, c.note, away.run is not null as away
from good join crawls c on c.source = good.source and c.board = good.board and c.crawl >= coalesce(good.crawl, 0)
left join away using (run)
order by c.crawl
"""


def tries(root: Path) -> list[Try]:
    """Return each board's crawls since it last showed postings, that one included, in the order they were made.

    Empty if nothing was ever collected. Raises StoreDamaged.
    """
    path = root / "ledger.sqlite"
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as db:
            rows = db.execute(_SINCE).fetchall()
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"{path} cannot be read ({error}); restore it from a backup") from error
    return [
        Try(source, board, datetime.fromisoformat(at), outcome, note, bool(away))
        for source, board, at, outcome, note, away in rows
    ]

"""What did each run touch, and what was left when one was cut off?"""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from jobtide.store.kept import Run

FIRST_PART = "first part"  # how a run ends whose collection goes on in the next one
_CUT_OFF = frozenset({"unfinished", "interrupted"})
_NAMED = 6  # boards of a run that are named; of more only the faulty ones


def log(db: sqlite3.Connection) -> list[Run]:
    """Return every run in the order of their numbers, without what each touched."""
    rows = db.execute("select * from runs order by run").fetchall()
    return [Run(r["run"], r["kind"], r["started_at"], r["ended_at"] or "", r["outcome"], "") for r in rows]


def touched(db: sqlite3.Connection, run: int) -> str:
    """Return the boards or files of a run; of many boards how many ended how, and those that did not end well."""
    rows = db.execute("select * from crawls where run = ? order by crawl", (run,)).fetchall()
    named = [f"{row['source']}:{row['board']} {row['outcome']}{_why(row)}" for row in rows]
    if len(rows) > _NAMED:
        ways = Counter(row["outcome"] for row in rows)
        ill = [name for name, row in zip(named, rows, strict=True) if row["outcome"] in ("failed", "held")]
        counts = ", ".join(f"{n} {way}" for way, n in sorted(ways.items()))
        more = f" and {len(ill) - _NAMED} more" if len(ill) > _NAMED else ""
        return f"{len(rows)} boards: {counts}" + (f"; {', '.join(ill[:_NAMED])}{more}" if ill else "")
    files = db.execute("select name from imports where run = ? order by name", (run,)).fetchall()
    return ", ".join(named or [row["name"] for row in files])


def _why(row: sqlite3.Row) -> str:
    """The fault of a crawl by its name (timeout, gone ...), or why it is held; nothing for one that went well."""
    if row["outcome"] not in ("failed", "held") or not row["note"]:
        return ""
    short = row["note"].partition(":" if row["outcome"] == "failed" else ";")[0]
    return f" ({short})"


def cut(runs: Sequence[Run]) -> list[Run]:
    """Return the runs that were cut off, in their order: a first part is one if no other collection came after it."""
    collected = [run for run in runs if run.kind == "collect"]
    return [run for run in runs if run.outcome in _CUT_OFF or (run.outcome == FIRST_PART and run is collected[-1])]


def cut_off(db: sqlite3.Connection) -> tuple[Run | None, set[tuple[str, str]]]:
    """Return the last collection if it was cut off, and the boards that it and those cut off before it answered.

    First parts belong to the run that went on with them.
    """
    last, done = None, set[tuple[str, str]]()
    for run in reversed([run for run in log(db) if run.kind == "collect"]):
        if run.outcome not in _CUT_OFF | {FIRST_PART}:
            break
        last = last or run
        crawls = db.execute("select source, board from crawls where run = ? and outcome <> 'failed'", (run.run,))
        done |= {(crawl["source"], crawl["board"]) for crawl in crawls}
    return last, done


# The pages of each board's last complete crawl that had postings, as one word; not of boards that are gone since.
_SHOWN = """
with last as (
    select source, board, max(crawl) as crawl from crawls where outcome = 'complete' group by source, board)
select last.source, last.board, group_concat(p.sha256) as pages
from last join crawls c using (crawl) join (select * from pages order by crawl, ord) p using (crawl)
where c.postings > 0 and not exists (select 1 from crawls g where g.source = last.source and g.board = last.board
    and g.crawl > last.crawl and g.outcome = 'failed' and g.note like 'gone:%')
group by last.source, last.board order by last.source, last.board
"""


def twins(db: sqlite3.Connection) -> list[list[tuple[str, str]]]:
    """Return boards of one source whose last complete crawls are the same bytes, each with its likes, by name."""
    alike: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in db.execute(_SHOWN).fetchall():
        alike.setdefault((row["source"], row["pages"]), []).append((row["source"], row["board"]))
    return sorted(boards for boards in alike.values() if len(boards) > 1)

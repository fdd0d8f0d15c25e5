"""How did each crawl of each board end, and what of it is current? The ledger's lines about boards."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from sys import intern

from jobtide.link.holds import Waiting
from jobtide.model import Page, Request
from jobtide.store import validators
from jobtide.store.kept import Before, CrawlLine, Kept, KeptPage

# The newest crawl that says what a board holds: complete if there ever was one, else partial. An unchanged board
# keeps the pages of the crawl it confirms and moves only the date.
_CURRENT = """
select c.*, coalesce((select max(u.crawl) from crawls u where u.source = c.source and u.board = c.board
    and u.outcome = 'unchanged' and u.crawl > c.crawl), c.crawl) as confirmed
from crawls c
where c.crawl = coalesce(
    (select max(k.crawl) from crawls k where k.source = c.source and k.board = c.board and k.outcome = 'complete'),
    (select max(p.crawl) from crawls p where p.source = c.source and p.board = c.board and p.outcome = 'partial'))
order by c.source, c.board
"""
# A board's last complete crawl, its last answer, and its last crawl however it ended.
_NEWEST = (
    "select * from crawls where source = ? and board = ? and outcome = 'complete' order by crawl desc limit 1",
    "select * from crawls where source = ? and board = ? and outcome <> 'failed' order by crawl desc limit 1",
    "select * from crawls where source = ? and board = ? order by crawl desc limit 1",
)
# Those of its last answers that were held, up to now.
_WAITING = """
with mine as (select * from crawls where source = ? and board = ?)
select at, postings, bad from mine where outcome = 'held'
    and crawl > coalesce((select max(crawl) from mine where outcome not in ('held', 'failed')), 0) order by crawl
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlEnd:
    """How a crawl of a board ended; ``postings`` and ``bad`` rows are None where nobody counted them."""

    source: str
    board: str
    at: datetime
    outcome: str
    note: str
    pages: Sequence[Page]
    postings: int | None = None
    bad: int | None = None


def record(db: sqlite3.Connection, run: int, one: CrawlEnd) -> None:
    """Note a crawl, its pages and their validators. Pages of an unchanged board are those of the crawl before."""
    alone = sum(page.status == 200 for page in one.pages) == 1
    crawl = db.execute(
        "insert into crawls(run, source, board, at, outcome, note, postings, bad) values (?, ?, ?, ?, ?, ?, ?, ?)",
        (run, one.source, one.board, _iso(one.at), one.outcome, one.note, one.postings, one.bad),
    ).lastrowid
    for order, page in enumerate(one.pages):
        if one.outcome in ("complete", "unchanged"):
            validators.remember(db, page, alone=alone)
        if one.outcome == "unchanged":
            continue
        request = page.request
        headers = json.dumps(dict(page.headers), sort_keys=True)
        db.execute(
            "insert into pages values (?, ?, ?, ?, ?, ?, ?, ?)",
            (crawl, order, request.method, request.url, page.status, headers, page.sha256, _iso(page.fetched_at)),
        )


def before(db: sqlite3.Connection, source: str, board: str) -> Before:
    """Return what is known of a board before it is crawled again."""
    last, answer, end = (db.execute(sql, (source, board)).fetchone() for sql in _NEWEST)
    ended = answer["outcome"] if answer else ""
    waiting = db.execute(_WAITING, (source, board)).fetchall()
    held = tuple(Waiting(_when(row["at"]), row["postings"] or 0, row["bad"] or 0) for row in waiting)
    fault = end["note"].partition(":")[0] if end and end["outcome"] == "failed" else ""
    if last is None:
        return Before(last=ended, held=held, fault=fault)
    rows = db.execute("select sha256 from pages where crawl = ? order by ord", (last["crawl"],)).fetchall()
    pages = tuple(row["sha256"] for row in rows)
    return Before(last["postings"], last["bad"] or 0, ended, pages, held, fault)


def answered(db: sqlite3.Connection, source: str, board: str) -> datetime | None:
    """Return when a board last gave an answer, None if it never did."""
    row = db.execute(_NEWEST[1], (source, board)).fetchone()
    return _when(row["at"]) if row else None


def history(db: sqlite3.Connection) -> list[CrawlLine]:
    """Return every crawl of every board, in the order they were made; many words are the same and kept once."""
    rows = db.execute("select * from crawls order by crawl")
    return [
        CrawlLine(
            row["crawl"], row["run"], intern(row["source"]), intern(row["board"]), _when(row["at"]),
            intern(row["outcome"]), intern(row["note"]), row["postings"], row["bad"],
        )
        for row in rows
    ]  # fmt: skip


def pages(db: sqlite3.Connection, crawl: int) -> tuple[KeptPage, ...]:
    """Return the pages of one crawl in their order."""
    rows = db.execute(
        "select p.*, c.board from pages p join crawls c using (crawl) where crawl = ? order by ord", (crawl,)
    )
    return tuple(_page(row, row["board"]) for row in rows.fetchall())


def current(db: sqlite3.Connection) -> Iterator[Kept]:
    """Yield what each board shows now, by source and token."""
    for row in db.execute(_CURRENT).fetchall():
        at = db.execute("select at from crawls where crawl = ?", (row["confirmed"],)).fetchone()["at"]
        yield Kept(
            row["run"], row["source"], row["board"], row["board"], row["outcome"], row["note"], _when(at),
            pages=pages(db, row["crawl"]),
        )  # fmt: skip


def _page(row: sqlite3.Row, board: str) -> KeptPage:
    request = Request(row["method"], row["url"])
    return KeptPage(request, board, row["status"], json.loads(row["headers"]), row["sha256"], _when(row["fetched_at"]))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text)

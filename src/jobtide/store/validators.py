"""Of which pages need the next crawl only ask whether they changed, and when is a server not to be believed?"""

import sqlite3
from datetime import datetime

from jobtide.model import Page
from jobtide.sources.pace import stated

# The pages of boards whose next crawl is the n-th, 2n-th ... that could say "unchanged" since the last complete one.
_IN_FULL = """
with last as (select source, board, max(crawl) as crawl from crawls where outcome = 'complete' group by source, board),
same as (
    select last.crawl, count(*) as times from last join crawls u on u.source = last.source and u.board = last.board
        and u.crawl > last.crawl and u.outcome = 'unchanged' group by last.crawl)
select p.url from same join pages p using (crawl) where (times + 1) % ? = 0
"""
_BELIEVED = 14  # so a board that is asked every night is asked in full every two weeks


def remember(db: sqlite3.Connection, page: Page, *, alone: bool) -> None:
    """Keep the validators of a page of a complete crawl in place of an earlier answer's.

    Of a crawl of several pages (not ``alone``) none says that the others are unchanged: none is kept.
    """
    low = {name.lower(): value for name, value in page.headers.items()}
    etag, modified = low.get("etag", ""), low.get("last-modified", "")
    if not _settled(modified, low.get("date", ""), page.fetched_at):
        modified = ""
    db.execute("delete from validators where url = ?", (page.request.url,))
    if alone and (etag or modified):
        db.execute("insert into validators values (?, ?, ?)", (page.request.url, etag, modified))


def known(db: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return url -> (etag, last modified) of the pages of complete crawls.

    A board that was unchanged thirteen times in a row is asked in full: some servers never renew an etag.
    """
    rows = {row["url"]: (row["etag"], row["last_modified"]) for row in db.execute("select * from validators")}
    for row in db.execute(_IN_FULL, (_BELIEVED,)).fetchall():
        rows.pop(row["url"], None)
    return rows


def _settled(modified: str, date: str, fetched_at: datetime) -> bool:
    """Whether a Last-Modified tells a later change from this one: not of the second in which it was served, nor ahead.

    RFC 9110, 8.8.2.2. On a server whose clock ran ahead, a change after it was set right would look older.
    """
    at, served = stated(modified), stated(date)
    return at is not None and at <= fetched_at and (served is None or at < served)

"""Hacker News "Who is hiring?": the newest two monthly threads; an advertisement is a top-level comment.

Reference: the HN Search API (hn.algolia.com/api) for whole threads, and the official HN API for single items.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, listed, need, record, text
from jobtide.sources.headline import headline
from jobtide.sources.payload import decode, postings

_ACCOUNT = Account(
    "hn",
    taken=(
        "id",
        "text",
        "html",
        "month",
        "created_at",
        "created_at_i",
        "time",
        "parent",
        "parent_id",
        "deleted",
        "dead",
    ),
    skipped={
        **dict.fromkeys(("author", "by"), "the poster: personal data"),
        **dict.fromkeys(("children", "kids", "descendants"), "replies are no advertisements"),
        **dict.fromkeys(("points", "score", "options"), "not shown for comments"),
        **dict.fromkeys(("type", "story_id", "title", "url"), "the thread's, not the comment's"),
        "places": "somebody's geocoding of the text",
        "flags": "somebody's reading of the text",
    },
)
_BOARD = "whoishiring"
_THREAD = re.compile(r"(?i)\bwho is hiring\b")
_THREADS = 2  # at the start of a month the new thread holds half of what the last one does
_ADDRESS = re.compile(r"^https?://news\.ycombinator\.com/(?:item/?\?id=(\d+)|submitted/?\?id=(whoishiring))")


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the newest two threads ("whoishiring"), or for the one whose number ``board`` is."""
    if board.isdigit():
        threads = [board]
    else:
        page = yield Request(
            "GET", "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=12"
        )
        hits = listed(record(decode(page.body, "hn")).get("hits")) if page.status == 200 else []
        named = [hit for hit in map(record, hits) if _THREAD.search(text(hit.get("title")))]
        threads = [text(hit.get("objectID")) for hit in named[:_THREADS]]
    got = 0
    for thread in threads:
        page = yield Request("GET", f"https://hn.algolia.com/api/v1/items/{thread}")
        got += page.status == 200
    if not got:
        return Completeness.FAILED
    return Completeness.COMPLETE if got == len(threads) else Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the advertisements of the threads in their order; replies, deleted and empty comments are none.

    Raises SourceChanged for an answer that is neither a search nor a thread.
    """
    for page in pages:
        if page.status != 200:
            continue
        thread = record(decode(page.body, "hn"))
        if isinstance(thread.get("hits"), list):
            continue
        if not isinstance(thread.get("children"), list):
            raise SourceChanged("hn: a thread without 'children'; the answer changed, its page is kept")
        yield from postings(thread["children"], job, page, wanted=_shown)


def _shown(raw: dict[str, Any]) -> bool:
    return bool(text(raw.get("text")).strip()) and not (raw.get("deleted") or raw.get("dead"))


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the advertisement of one comment: an item of either API, or a row of a monthly collection.

    A row that has only its ``month`` is first published, and seen, on the first of it: the threads open then. What the
    first line does not name stays empty; the employer is then the board, so that the unnamed count as one.
    """
    _ACCOUNT.check(raw)
    number = text(need(raw, "id", "hn"))
    body = text(raw.get("text") or raw.get("html"))
    first = headline(body)
    month = stamp(f"{raw['month']}-01", "month of the thread") if raw.get("month") else None
    written = stamp(raw.get("created_at") or raw.get("created_at_i") or raw.get("time"), "date of the comment")
    return Posting(
        source="hn",
        board=_BOARD if month else board,
        source_id=number,
        url=f"https://news.ycombinator.com/item?id={number}",
        title=first.title,
        employer=first.employer or _BOARD,
        html=body,
        places_raw=tuple(StatedPlace(place, pointer="/text") for place in first.places),
        first_published=written or month,
        seen=month or seen,
    )


def board_of(address: str) -> str | None:
    """The number of a thread, or the name of the account that opens them; None for another address."""
    m = _ADDRESS.match(address)
    return (m[1] or m[2]) if m else None


SOURCE = Source(
    name="hn",
    policy=Policy(
        tier="documented",
        terms="https://hn.algolia.com/api",
        attribution='Comments of Hacker News\' monthly "Who is hiring?" threads, by their posters',
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

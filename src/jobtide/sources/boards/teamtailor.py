"""Teamtailor job boards: an RSS feed per career site, and a JSON feed with the same postings.

Reference: Teamtailor's "RSS feed: how-to guide"; the JSON feed follows jsonfeed.org and holds schema.org objects.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources import jobposting
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, need, record, text, token
from jobtide.sources.markup import fields, local, many, tree
from jobtide.sources.payload import decode, listing, postings

_FEED = Account(
    "teamtailor",
    taken=("guid", "title", "link", "description", "pubDate", "locations", "department", "remoteStatus", "_employer"),
    skipped={"role": "the employer's own label", "category": "the employer's own label", "division": "an inner unit"},
)
_ITEM = Account(
    "teamtailor",
    taken=("id", "title", "url", "content_html", "content_text", "date_published", "_jobposting", "_employer"),
    skipped={"image": "a picture", "tags": "the employer's own labels", "summary": "how the text begins"},
)
_NODE = jobposting.account("teamtailor")
_AT_A_TIME = 100
_MOST = 50  # pages; no career site seen has 5,000 postings
_ADDRESS = re.compile(r"^https?://((?!(?:www|app|support|docs|api)\.)[\w-]+(?:\.[\w-]+)?)\.teamtailor\.com(?:[/?#]|$)")
_MODES = {"fully": "remote", "hybrid": "hybrid", "onsite": "onsite"}  # "none" and "temporary" say nothing of the job


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the feed a hundred at a time, until a page is short or brings nothing new.

    A token with two dots or more is the employer's own host ("careers.example.com").
    """
    host = token(board, "teamtailor") if board.count(".") > 1 else f"{token(board, 'teamtailor')}.teamtailor.com"
    known: set[str] = set()
    for number in range(_MOST):
        page = yield Request("GET", f"https://{host}/jobs.rss?per_page={_AT_A_TIME}&offset={number * _AT_A_TIME}")
        if page.status != 200:
            return Completeness.PARTIAL if known else Completeness.FAILED
        links = [_link(item) for item in _items(page)]
        if len(links) < _AT_A_TIME or known.issuperset(links):
            return Completeness.COMPLETE
        known.update(links)
    return Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield each posting once, in the feed's order, from RSS pages or JSON Feed pages.

    Raises SourceChanged if a page is neither.
    """
    known: set[str] = set()
    for page in pages:
        if page.status != 200:
            continue
        rows = [row for row in _items(page) if _link(row) not in known]
        known.update({_link(row) for row in rows} - {""})
        yield from postings(rows, job, page, wanted=lambda _: True, named=_id)


def _link(row: Any) -> str:
    return text(record(row).get("link") or record(row).get("url"))


def _id(raw: dict[str, Any]) -> str:
    return _number(_link(raw)) or text(raw.get("guid") or raw.get("id"))


def _items(page: Page) -> list[Any]:
    """The records of a page, each with the feed's title, which is the employer's name."""
    if page.body.lstrip()[:1] == b"{":
        named = text(record(decode(page.body, "teamtailor")).get("title")).strip()
        rows = listing(page, "teamtailor", "items")
        return [row | {"_employer": named} if isinstance(row, dict) else row for row in rows]
    root = tree(page.body, "teamtailor")
    channel = next((child for child in root if local(child) == "channel"), None)
    if channel is None:
        raise SourceChanged(f"teamtailor: the feed begins with <{local(root)}> and has no channel; its page is kept")
    named = next((text(child.text).strip() for child in channel if local(child) == "title"), "")
    return [fields(child) | {"_employer": named} for child in channel if local(child) == "item"]


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record of either feed; the id is the number in the posting's address."""
    if "link" not in raw:
        return _from_json(raw, board=board, seen=seen)
    _FEED.check(raw)
    link = text(need(raw, "link", "teamtailor"))
    return Posting(
        source="teamtailor",
        board=board,
        source_id=_id(raw),
        url=link,
        title=text(need(raw, "title", "teamtailor")).strip(),
        employer=text(raw.get("_employer")) or board,
        html=text(raw.get("description")),
        department=joined(*many(raw.get("department")), by=" / "),
        places_raw=tuple(_places(raw)),
        work_mode_raw=_MODES.get(text(raw.get("remoteStatus")).lower(), ""),
        first_published=stamp(raw.get("pubDate"), "pubDate"),
        seen=seen,
    )


def _from_json(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """A JSON Feed item: a schema.org object, whose text may stand beside it."""
    _ITEM.check(raw)
    node = record(raw.get("_jobposting"))
    _NODE.check(node)
    link = text(need(raw, "url", "teamtailor"))
    found = jobposting.posting(
        node | {"title": text(need(raw, "title", "teamtailor")), "url": link, "jobLocation": list(_locations(node))},
        source="teamtailor",
        board=board,
        source_id=_id(raw),
        url=link,
        employer=text(raw.get("_employer")) or board,
        seen=seen,
    )
    return replace(
        found,
        html=found.html or text(raw.get("content_html")),
        text=found.text or text(raw.get("content_text")),
        first_published=found.first_published or stamp(raw.get("date_published"), "date_published"),
    )


def _locations(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The node's places without their region, in which Teamtailor puts a time zone's continent ("Europe")."""
    for where in many(node.get("jobLocation")):
        address = record(record(where).get("address"))
        yield record(where) | {"address": {part: said for part, said in address.items() if part != "addressRegion"}}


def _number(link: str) -> str:
    """The number that begins the last part of a posting's address.

    >>> _number("https://career.example.com/jobs/7167985-account-executive")
    '7167985'
    """
    m = re.search(r"/jobs/(\d+)", urlsplit(link).path)
    return m[1] if m else ""


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    for number, where in enumerate(many(record(raw.get("locations")).get("location"))):
        city, country = text(record(where).get("city")).strip(), text(record(where).get("country")).strip()
        printed = joined(city, country) or joined(record(where).get("name"))
        if printed:
            yield StatedPlace(printed, city=city, country=country, pointer=f"/locations/{number}")


def board_of(address: str) -> str | None:
    """The board token in a careers address on Teamtailor, or None."""
    m = _ADDRESS.match(address)
    return m[1] if m else None


SOURCE = Source(
    name="teamtailor",
    policy=Policy(
        tier="documented",
        terms="https://support.teamtailor.com/en/articles/11171756-rss-feed-how-to-guide",
        attribution="Postings published by the employers through their Teamtailor career sites' feeds",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

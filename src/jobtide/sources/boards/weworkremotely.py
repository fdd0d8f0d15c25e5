"""We Work Remotely: RSS feeds of the newest remote openings of many employers. Reference: its RSS page."""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, need, text
from jobtide.sources.markup import fields, local, tree
from jobtide.sources.payload import postings

_ACCOUNT = Account(
    "weworkremotely",
    taken=("title", "region", "country", "state", "category", "type", "description", "pubDate", "guid", "link"),
    skipped={
        "skills": "the board's own labels",
        "expires_at": "when the board takes it down",
        "content": "a picture",
        "thumbnail": "a picture",
    },
)
_EVERYTHING = "all"
_ADDRESS = re.compile(r"^https?://(?:www\.)?weworkremotely\.com(?:/categories/([\w-]+?)(?:\.rss)?(?:[/?#]|$)|/|$)")


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the feed of everything ("all") or of a category; a hundred at most, so what is not in it may be open."""
    path = "remote-jobs.rss" if board == _EVERYTHING else f"categories/{quote(board, safe='')}.rss"
    page = yield Request("GET", f"https://weworkremotely.com/{path}")
    return Completeness.PARTIAL if page.status == 200 else Completeness.FAILED


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the openings in the feed's order, each once. Raises SourceChanged if it is no feed."""
    for page in pages:
        root = tree(page.body, "weworkremotely")
        channel = next((child for child in root if local(child) == "channel"), None)
        if channel is None:
            raise SourceChanged(f"weworkremotely: the feed begins with <{local(root)}> and has no channel; it is kept")
        rows: dict[str, dict[str, Any]] = {}
        for row in map(fields, channel):
            if "title" in row:
                rows.setdefault(text(row.get("guid") or row.get("link")), row)
        yield from postings(list(rows.values()), job, page, wanted=lambda _: True, named=_id)


def _id(raw: dict[str, Any]) -> str:
    """The last part of an opening's address."""
    link = text(raw.get("link") or raw.get("guid"))
    return link.rstrip("/").rpartition("/")[2] or text(need(raw, "guid", "weworkremotely"))


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one item; its title is "Employer: Role"."""
    _ACCOUNT.check(raw)
    employer, colon, title = text(need(raw, "title", "weworkremotely")).partition(": ")
    link = text(raw.get("link") or raw.get("guid"))
    return Posting(
        source="weworkremotely",
        board=board,
        source_id=_id(raw),
        url=link,
        title=(title if colon else employer).strip(),
        employer=employer.strip() if colon else "unnamed (weworkremotely)",
        html=text(raw.get("description")),
        department=text(raw.get("category")),
        places_raw=tuple(_places(raw)),
        work_mode_raw="remote",
        employment_raw=text(raw.get("type")),
        first_published=stamp(raw.get("pubDate"), "pubDate"),
        seen=seen,
    )


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """Where applicants may live, as the board prints it, with country and state where it has them."""
    region = text(raw.get("region")).strip()
    country = re.sub(r"[^\w\s.,'-]", "", text(raw.get("country"))).strip()  # a flag stands before the name
    if region or country:
        yield StatedPlace(region or country, "", text(raw.get("state")).strip(), country, "/region")


def board_of(address: str) -> str | None:
    """The category of a feed's or list's address, "all" for another address of the board; None elsewhere."""
    m = _ADDRESS.match(address)
    return (m[1] or _EVERYTHING) if m else None


SOURCE = Source(
    name="weworkremotely",
    policy=Policy(
        tier="aggregator",
        terms="https://weworkremotely.com/remote-job-rss-feed",
        attribution="We Work Remotely (weworkremotely.com), with a link to each posting there",
        rate=0.2,
        notice="A window of the newest hundred a feed: closings cannot be seen",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

"""Any employer's own site: schema.org JobPosting on its pages, found through its sitemap, or one page alone.

Reference: schema.org/JobPosting and sitemaps.org. A board is a host ("careers.example.com"), a sitemap's address, or
the address of one posting.
"""

from collections.abc import Generator, Iterator, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp
from jobtide.sources import jobposting, jsonld, sitemap
from jobtide.sources.fields import record, text
from jobtide.sources.payload import postings

_ACCOUNT = jobposting.account("jsonld")
_MOST_MAPS = 50
_MOST_PAGES = 500  # a crawl; the newest come first, and a site with more is read in part


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the site's sitemaps, then for the pages they name that speak of openings, the last changed first.

    Complete only if every page that the sitemaps name was asked for.
    """
    address = board if "://" in board else f"https://{board}"
    path = urlsplit(address).path
    if path.strip("/") and not path.endswith((".xml", ".xml.gz", ".txt")):
        page = yield Request("GET", address)
        return Completeness.PARTIAL if page.status == 200 else Completeness.FAILED
    waiting = [address]
    if not path.strip("/"):
        robots = yield Request("GET", f"{address.rstrip('/')}/robots.txt")
        waiting = sitemap.from_robots(robots) or [f"{address.rstrip('/')}/sitemap.xml"]
    found: list[sitemap.Entry] = []
    asked: set[str] = set()
    whole = True
    while waiting and len(asked) < _MOST_MAPS:
        url = waiting.pop(0)
        if url in asked:
            continue
        asked.add(url)
        page = yield Request("GET", url)
        if page.status != 200:
            whole = False
            continue
        try:
            here, further = sitemap.entries(page)
        except SourceChanged:  # a page that says "not found" with 200, a feed: the other sitemaps may be good
            whole = False
            continue
        found += here
        waiting += [one.url for one in sitemap.openings(sitemap.newest_first(further))]
    wanted = sitemap.openings(sitemap.newest_first(found))
    if not wanted:
        return Completeness.FAILED
    for entry in wanted[:_MOST_PAGES]:
        page = yield Request("GET", entry.url)
        whole &= page.status in (200, 404, 410)  # a page that is gone was a posting that is closed
    return Completeness.COMPLETE if whole and not waiting and len(wanted) <= _MOST_PAGES else Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the postings of the pages in their order, each address once; those past ``validThrough`` are closed.

    Raises SourceChanged if pages came and none of them holds a JobPosting.
    """
    came = [page for page in pages if page.status == 200]
    shown = [page for page in came if _is_html(page)]
    read_any = False
    known: set[str] = set()
    for number, page in enumerate(shown, 1):
        nodes = jsonld.nodes(page.body)
        if not nodes and b"JobPosting" in page.body:
            url = page.request.url
            yield Bad(number, "a JobPosting that is no valid JSON", url[:120], _path(url, page.board), page.sha256[:16])
        read_any |= bool(nodes)
        seen = Stamp(page.fetched_at, "crawl")
        rows = [
            {"_url": page.request.url, "_number": place, "_node": node}
            for place, node in enumerate(nodes)
            if not jobposting.expired(node, seen)
        ]
        named = partial(_id, board=page.board)
        for found in postings(rows, job, page, wanted=lambda _: True, named=named):
            if isinstance(found, Bad) or found.source_id not in known:
                known.add(found.source_id)
                yield found
    if came and not read_any:
        raise SourceChanged(
            f"{came[0].board}: no JobPosting on any of {len(shown)} page(s); sites that build their pages by script "
            "have none in what they send"
        )


def _is_html(page: Page) -> bool:
    head = page.body.lstrip()[:200].lower()
    return (
        head[:1] == b"<" and not head.startswith(b"<?xml") and b"<urlset" not in head and b"<sitemapindex" not in head
    )


def _path(url: str, board: str) -> str:
    at = urlsplit(url)
    return (at.path.rstrip("/") or "/") + (f"?{at.query}" if at.query else "") if url else board


def _id(raw: dict[str, Any], board: str) -> str:
    """The address below the host; of several nodes on one page with their number."""
    url, number = text(raw.get("_url")) or text(record(raw.get("_node", raw)).get("url")), raw.get("_number", 0)
    return _path(url, board) + (f"#{number + 1}" if number else "")


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one JobPosting node, or of a node with the address of its page."""
    node = raw.get("_node", raw)
    _ACCOUNT.check(node)
    url = text(raw.get("_url")) or text(node.get("url"))
    found = jobposting.posting(
        node,
        source="jsonld",
        board=board,
        source_id=_id(raw, board),
        url=url,
        employer=(urlsplit(url).hostname or board).removeprefix("www."),
        seen=seen,
    )
    if not found.title:
        raise SourceChanged("jsonld: a JobPosting without title; the page is kept")
    return found


def board_of(_: str) -> str | None:
    """None: every address could be one. A user names the source: jsonld:careers.example.com."""
    return None


SOURCE = Source(
    name="jsonld",
    policy=Policy(
        tier="documented",
        terms="https://schema.org/JobPosting",
        attribution="Postings published by the employers on their own sites as schema.org JobPosting",
        notice="The site's own terms hold; its robots.txt, Crawl-delay and Content-Signal are followed",
        html=True,
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

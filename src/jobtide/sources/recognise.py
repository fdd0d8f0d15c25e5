"""Which job board stands behind a careers address? Its own shape says so, else the links and embeds of its page."""

import html
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

import re2

from jobtide.model import Completeness, Page, Policy, Posting, Request, Source
from jobtide.sources import registry

# All RE2 over bytes: a page of a million "<a" without an end must not cost a million times its length.
# Scripts that put a board into an employer's own page name its token in a parameter or an attribute.
_EMBEDS = (
    ("greenhouse", re2.compile(rb"greenhouse\.io/embed/job_(?:board|app)(?:/js)?\?(?:[^\"'\s]{0,300}&)?for=([\w-]+)")),
    ("lever", re2.compile(rb"leverJobsOptions\s*=\s*\{[^}]{0,500}?accountName['\"]?\s*:\s*['\"]([\w.-]+)['\"]")),
    ("ashby", re2.compile(rb"organizationHostedJobsPageName\\?\"\s*:\s*\\?\"([^\"\\]+)\\?\"")),
    ("recruitee", re2.compile(rb"https://([\w-]+)\.recruitee\.com/widget")),
    ("workable", re2.compile(rb"apply\.workable\.com/api/v\d/(?:widget/)?accounts/([\w-]+)")),
)
_ADDRESS = re2.compile(rb"(?:https?:)?//[\w.-]{4,100}(?::\d+)?/?[^\s\"'<>\\)]{0,300}")
_LINK = re2.compile(rb"(?is)<a\s[^>]{0,500}?\bhref\s*=\s*[\"']?([^\"'\s>]{1,500})[^>]{0,500}>(.{0,300}?)</a>")
_TAG = re2.compile(rb"<[^>]*>")
_CAREERS = re2.compile(
    r"(?i)\b(?:careers?|jobs?|join(?:[ _-]us)?|open[ _-](?:roles|positions)|vacanc(?:y|ies)|work[ _-](?:with|for|at)|"
    r"hiring|karriere|stellen(?:angebote)?|emplois?|recrutement|empleo|vagas|lavora)\b"
)
_MOST = 2 << 20  # bytes of a page that are looked at
_MOST_ADDRESSES = 5000  # different ones of a page; no careers page seen has a tenth of it
_MOST_PAGES = 4  # of one site: its given address and what it calls careers
_JSON_LD = re2.compile(rb"\"@type\"\s*:\s*\[?\s*\"JobPosting\"")


@dataclass(frozen=True, slots=True)
class Board:
    """A board that an address may mean, and why: "address", "embed", "link" or "postings on the page itself"."""

    source: str
    token: str
    why: str
    times: int


def by_address(address: str) -> Board | None:
    """Return the board that the shape of an address names, None if it names none.

    >>> by_address("https://jobs.lever.co/acme/123").token, by_address("https://acme.example/careers")
    ('acme', None)
    """
    found = registry.meant(address)
    return Board(*found, "address", 1) if found else None


def in_page(body: bytes, address: str) -> list[Board]:
    """Return the boards that a page names, the likeliest first: embeds, then what it links to most often.

    A page that holds JobPosting data of its own, and names no board, is itself one for ``jsonld``.
    """
    words = _plain(body).replace(b"\\/", b"/")
    found: Counter[tuple[str, str, str]] = Counter()
    for source, pattern in _EMBEDS:
        found.update((source, unquote(m[1].decode()), "embed") for m in pattern.finditer(words))
    linked = Counter(m[0] for m in _ADDRESS.finditer(words))
    for link, times in linked.most_common(_MOST_ADDRESSES):
        where = link.decode("utf-8", errors="replace")
        board = by_address(where if where.startswith("http") else f"https:{where}")
        if board:
            found[board.source, board.token, "link"] += times
    boards = [Board(*key, times) for key, times in found.items()]
    best: dict[tuple[str, str], Board] = {}
    for one in sorted(boards, key=lambda b: (b.why != "embed", -b.times, b.source, b.token)):
        best.setdefault((one.source, one.token.lower()), one)
    if not best and _JSON_LD.search(body):
        return [Board("jsonld", urlsplit(address).netloc, "postings on the page itself", 1)]
    return list(best.values())


def further(body: bytes, address: str) -> Iterator[str]:
    """Yield the addresses on the same site that a page calls careers, in its order, each once."""
    known = {address.rstrip("/")}
    for m in _LINK.finditer(_plain(body)):
        where = urljoin(address, m[1].decode("utf-8", errors="replace")).partition("#")[0]
        said = " ".join(_TAG.sub(b" ", m[2]).decode("utf-8", errors="replace").split())
        named = f"{urlsplit(where).hostname} {urlsplit(where).path}"
        near = _site(where) == _site(address) and where.startswith("http")
        if near and where.rstrip("/") not in known and (_CAREERS.search(said) or _CAREERS.search(named)):
            known.add(where.rstrip("/"))
            yield where


def _plain(body: bytes) -> bytes:
    """The page as far as it is looked at, its entities resolved."""
    return html.unescape(body[:_MOST].decode("utf-8", errors="replace")).encode("utf-8", "replace")


def _site(address: str) -> str:
    """The last two labels of a host: careers.acme.example and www.acme.example are one site."""
    return ".".join((urlsplit(address).hostname or "").split(".")[-2:])


def pages(address: str) -> Generator[Request, Page, Completeness]:
    """Ask for the address, and then for what the site calls careers, until a page names a board."""
    waiting = [address]
    asked: set[str] = set()
    while waiting and len(asked) < _MOST_PAGES:
        here = waiting.pop(0)
        if here.rstrip("/") in asked:
            continue
        asked.add(here.rstrip("/"))
        page = yield Request("GET", here)
        landed = page.headers.get("Content-Location", here)
        if page.status != 200:
            continue
        if by_address(landed) or in_page(page.body, landed):
            return Completeness.COMPLETE
        waiting += further(page.body, landed)
    return Completeness.PARTIAL


def found(pages: Sequence[Page]) -> list[Board]:
    """Return the boards of the pages that ``pages`` asked for; where an address led to a board's own host, that one."""
    for page in pages:
        if page.status != 200:
            continue
        landed = page.headers.get("Content-Location", page.request.url)
        if own := by_address(landed):
            return [own]
        if boards := in_page(page.body, landed):
            return boards
    return []


def _no_job(*_: object, **__: object) -> Posting:
    raise NotImplementedError("a careers page is looked at for links, it holds no postings")


SOURCE = Source(
    name="careers page",
    policy=Policy(
        tier="undocumented",
        terms="the site's own",
        attribution="",
        notice="looked at once, when you add a source",
        html=True,
    ),
    pages=pages,
    read=lambda _: iter(()),
    job=_no_job,
    board_of=lambda _: None,
)

"""Which pages does a site's sitemap name? XML, plain text or gzip, an index or a list."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from jobtide.errors import JobtideError, SourceChanged
from jobtide.model import Page
from jobtide.sources.markup import local, tree
from jobtide.sources.unpack import plain

_MOST_BYTES = 64 << 20  # unpacked; the protocol's own limit is 50 MB
# A path that speaks of openings, in the languages of the sites seen.
_OPENING = re.compile(
    r"(?i)(?:^|[/_.-])(?:jobs?|careers?|positions?|openings?|vacanc(?:y|ies)|vacatures?|stellen?(?:angebote?)?|karriere|"
    r"emplois?|offres?|empleos?|ofertas?|requisitions?|postings?|opportunit(?:y|ies)|jobdetails?)(?:[/_.-]|$|\d)"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An address with the day it last changed, "" if the sitemap does not say."""

    url: str
    changed: str


def from_robots(page: Page) -> list[str]:
    """The sitemaps that a robots.txt names, in its order.

    >>> from datetime import UTC, datetime
    >>> from jobtide.model import Request
    >>> body = b"User-agent: *\\nSITEMAP: https://a.example/jobs.xml # new\\n"
    >>> from_robots(Page(Request("GET", "https://a.example/robots.txt"), "a", 200, {}, body, "", datetime.now(UTC)))
    ['https://a.example/jobs.xml']
    """
    if page.status != 200:
        return []
    words = page.body.decode("utf-8", "replace")
    found = re.findall(r"(?im)^\s*sitemap\s*:\s*(\S+)", words)
    return list(dict.fromkeys(urljoin(page.request.url, one) for one in found))


def entries(page: Page) -> tuple[list[Entry], list[Entry]]:
    """Return (pages, further sitemaps) of one sitemap, on the sitemap's own host only.

    Raises SourceChanged for what is no sitemap.
    """
    body = _unpacked(page.body)
    home = _site(page.request.url)
    if body.lstrip()[:1] != b"<":
        lines = [line.strip() for line in body.decode("utf-8", "replace").splitlines()]
        listed = [Entry(line, "") for line in lines if line.startswith("http")]
        return [one for one in listed if _site(one.url) == home], []
    root = tree(body, "jsonld")
    if local(root) not in ("urlset", "sitemapindex"):
        raise SourceChanged(f"jsonld: {page.request.url} begins with <{local(root)}>: no sitemap; the page is kept")
    found = []
    for child in root:
        said = {local(part): (part.text or "").strip() for part in child}
        if said.get("loc") and _site(said["loc"]) == home:
            found.append(Entry(said["loc"], said.get("lastmod", "")))
    return ([], found) if local(root) == "sitemapindex" else (found, [])


def newest_first(found: list[Entry]) -> list[Entry]:
    """Each address once, the last changed first; undated ones keep their order after them."""
    once = list({one.url: one for one in found}.values())
    return sorted(once, key=lambda one: one.changed, reverse=True)


def openings(found: list[Entry]) -> list[Entry]:
    """Those whose path speaks of openings; all of them if none does.

    >>> [one.url for one in openings([Entry("https://a.example/jobs/1", ""), Entry("https://a.example/about", "")])]
    ['https://a.example/jobs/1']
    """
    return [one for one in found if _OPENING.search(urlsplit(one.url).path)] or found


def _site(url: str) -> str:
    """The host without "www.", "" for what is no address: a sitemap may only speak for its own site."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # "http://[half"
        return ""


def _unpacked(body: bytes) -> bytes:
    try:
        return plain(body, "jsonld: a sitemap", most=_MOST_BYTES)
    except JobtideError as error:
        raise SourceChanged(f"{error}; the page is kept") from error

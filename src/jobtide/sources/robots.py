"""May a program read this page? robots.txt of each host, asked once a run and kept (RFC 9309)."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from jobtide.errors import FetchFailed
from jobtide.model import Page, Request

_READ = 512 << 10  # bytes; RFC 9309 asks for at least 500 KiB
# What the postings of a site are kept for is what contentsignals.org calls search: to be found, with a link to each.
_NO_INDEX = re.compile(r"(?im)^\s*content-signal\s*:[^#\n]*\bsearch\s*=\s*no\b")
_LONGEST = 30.0  # seconds; a Crawl-delay above this is taken for this

Ask = Callable[[Request], Awaitable[Page]]


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    closed: str = ""


class Robots:
    """What each host allows ``agent``; ``ask`` fetches one robots.txt."""

    def __init__(self, ask: Ask, *, agent: str) -> None:
        """Start knowing nothing. ``agent`` is the whole User-Agent; rules are matched by its product name."""
        self._ask = ask
        self._agent = agent.partition("/")[0]
        self._sites: dict[str, _Site] = {}

    async def allow(self, url: str) -> float:
        """Return the seconds between requests that the host asks for, 0 if none; FetchFailed (refused) if disallowed.

        No robots.txt (4xx) allows everything; one that cannot be had (5xx, timeout, no connection) allows nothing.
        """
        parts = urlsplit(url)
        if parts.path == "/robots.txt":
            return 0.0
        origin = f"{parts.scheme}://{parts.netloc}"
        site = self._sites.setdefault(origin, _Site())
        async with site.lock:
            if site.rules is None and not site.closed:
                await self._learn(site, f"{origin}/robots.txt")
        if site.closed or site.rules is None:
            raise FetchFailed(f"{url}: {site.closed}, so nothing there is asked", kind="refused")
        if not site.rules.can_fetch(url, self._agent):
            raise FetchFailed(f"{url}: {origin}/robots.txt does not allow it", kind="refused")
        return min(float(site.rules.crawl_delay(self._agent) or 0.0), _LONGEST)

    async def _learn(self, site: _Site, address: str) -> None:
        try:
            page = await self._ask(Request("GET", address))
        except FetchFailed as error:
            if error.kind == "denied":  # 401, 403: RFC 9309, 2.3.1.3, "unavailable": as if there were none
                site.rules = Protego.parse("")
            else:
                site.closed = f"{address} cannot be had ({error.kind})"
            return
        body = page.body[:_READ] if page.status == 200 else b""
        words = body.decode("utf-8-sig", errors="replace")
        site.rules = Protego.parse(words)
        if _NO_INDEX.search(words):
            site.closed = f"{address} says Content-Signal: search=no"

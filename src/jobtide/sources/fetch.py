"""The only door to the network: asks what connectors want asked, politely, and hands back whole pages or a reason."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urlsplit

import aiohttp

from jobtide.errors import FetchFailed, JobtideError, SourceChanged
from jobtide.model import Completeness, Page, Policy, Request, Source
from jobtide.sources.ask import Asker, Limits
from jobtide.sources.body import is_page_for_people
from jobtide.sources.breaker import Breaker
from jobtide.sources.fields import plain
from jobtide.sources.guard import PublicResolver, check_url
from jobtide.sources.hosts import Hosts
from jobtide.sources.pace import Pace
from jobtide.sources.robots import Robots
from jobtide.sources.walk import Crawl, Walk

__all__ = ["Crawl", "Door", "Limits", "collect", "crawl_boards", "permitted"]

_NO_ANSWER = frozenset({"unreachable", "handshake", "timeout", "truncated", "server_error"})  # what a breaker counts
_RETRY = _NO_ANSWER | {"rate_limited"}


def collect(
    boards: Sequence[tuple[Source, str]],
    *,
    limits: Limits,
    validators: Mapping[str, tuple[str, str]],
    now: Callable[[], datetime],
    on_crawl: Callable[[Crawl], None],
    hosts: Hosts | None = None,
) -> None:
    """Crawl every board and call ``on_crawl`` as each ends; ``validators`` are url -> (etag, last modified).

    ``hosts``: what is known of them, on the monotonic clock; what they ask for now, and how they fail, is added.
    """

    async def run() -> None:
        async for crawl in crawl_boards(boards, limits=limits, validators=validators, now=now, hosts=hosts):
            on_crawl(crawl)

    asyncio.run(run())


async def crawl_boards(
    boards: Sequence[tuple[Source, str]],
    *,
    limits: Limits,
    validators: Mapping[str, tuple[str, str]],
    now: Callable[[], datetime],
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    jitter: Callable[[], float] = random.random,
    hosts: Hosts | None = None,
) -> AsyncIterator[Crawl]:
    """Yield one crawl a board, as they end; one that fails never ends the others.

    Each source has ``limits.at_once`` boards under way, so that no source waits behind another's host, and what has
    ended waits to be taken before more is begun: memory does not grow with the number of boards.
    """
    by_source: dict[str, Iterator[tuple[Source, str]]] = {
        name: iter([pair for pair in boards if pair[0].name == name]) for name in {pair[0].name for pair in boards}
    }
    ended: asyncio.Queue[Crawl] = asyncio.Queue(maxsize=limits.at_once)
    resolver = PublicResolver(allow_private=limits.allow_private)
    connector = aiohttp.TCPConnector(resolver=resolver, limit=0, ttl_dns_cache=300, keepalive_timeout=30)
    jar = aiohttp.DummyCookieJar()  # nothing that one board sets is told to another
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False, cookie_jar=jar) as session:
        session._retry_connection = False  # the client would ask again by itself, past the host's clock
        door = Door(session, limits, validators, now=now, clock=clock, sleep=sleep, jitter=jitter, hosts=hosts)

        async def worker(waiting: Iterator[tuple[Source, str]]) -> None:
            for source, board in waiting:
                await ended.put(await door.crawl(source, board))

        workers = [asyncio.create_task(worker(of)) for of in by_source.values() for _ in range(limits.at_once)]
        try:
            for _ in boards:
                yield await ended.get()
        finally:
            for task in workers:
                task.cancel()
            await asyncio.gather(*workers, return_exceptions=True)


def permitted(policy: Policy, name: str, limits: Limits) -> None:
    """Raise FetchFailed (refused) if a source's policy card keeps it off and the user has not turned it on.

    Giving all the keys that a source needs turns it on.
    """
    missing = [key for key in policy.secrets if not limits.secrets.get(key)]
    if missing:
        raise FetchFailed(f"{name} needs {', '.join(missing)}; set it in the environment", kind="refused")
    if not policy.default_on and not policy.secrets and name not in limits.opted:
        raise FetchFailed(f"{name} is off unless you turn it on with --opt-in {name}: {policy.notice}", kind="refused")


class Door:
    """One run's way out: a session, the hosts' clocks, robots.txt and breakers."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        limits: Limits,
        validators: Mapping[str, tuple[str, str]],
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
        jitter: Callable[[], float],
        hosts: Hosts | None = None,
    ) -> None:
        """``now`` gives UTC times for pages; ``jitter`` numbers in [0, 1)."""
        self._limits = limits
        self._now = now
        known = Hosts() if hosts is None else hosts
        self._pace = Pace(clock=clock, sleep=sleep, held=known.asked)
        self._breaker = Breaker(clock=clock, hosts=known.failing)
        self._asker = Asker(session, limits, validators, now=now, pace=self._pace)
        self._robots = Robots(self._ask_robots, agent=limits.user_agent)
        self._jitter = jitter
        self._sleep = sleep
        self._landed: dict[str, str] = {}  # address -> where its redirects ended, if that is another place

    async def crawl(self, source: Source, board: str) -> Crawl:
        """Walk a connector's requests to their end; whatever goes wrong becomes the crawl's note."""
        walk = Walk(source, board, most=self._limits.pages, now=self._now)
        try:
            permitted(source.policy, source.name, self._limits)
            outcome, note = await walk.to_its_end(self._data)
        except FetchFailed as error:
            outcome, note = walk.cut_short(error)
        except SourceChanged as error:
            outcome, note = Completeness.FAILED, f"changed: {error}"
        except JobtideError as error:  # a token that the source cannot take
            outcome, note = Completeness.FAILED, f"unusable: {error}"
        except Exception as error:  # noqa: BLE001 - isolates one source from the next; what it caught is the crawl's note
            outcome, note = Completeness.FAILED, f"{type(error).__name__}: {error}"
        pages = walk.pages
        if outcome is Completeness.FAILED and len(pages) > 1:
            outcome = Completeness.PARTIAL if walk.some else outcome
        if pages and (landed := self._landed.get(pages[0].request.url)):
            note = "; ".join(part for part in (note, f"answered by {landed}") if part)
        note = plain(self._asker.masked(note))
        return Crawl(source.name, board, outcome, tuple(pages), note, self._now(), tuple(walk.scraps))

    async def _data(self, request: Request, board: str, policy: Policy) -> Page:
        """The answer to one request; FetchFailed (blocked) for a page for people where data is expected."""
        page = await self.fetch(request, board=board, policy=policy)
        if page.status == 200 and not policy.html and is_page_for_people(page.body):
            why = f"{request.url} sends HTML where JSON or a feed is expected: a login, a captcha, a notice"
            raise FetchFailed(why, kind="blocked", body=page.body)
        return page

    async def fetch(self, request: Request, *, board: str, policy: Policy) -> Page:
        """Return the whole answer to one request, after as many tries as it takes within the limits.

        Raises FetchFailed. 200, 304, 404 and 410 are answers; everything else is a failure.
        """
        for attempt in range(1, self._limits.tries + 1):
            try:
                return await self._once(request, board=board, policy=policy)
            except FetchFailed as error:
                if attempt == self._limits.tries or error.kind not in _RETRY:
                    raise
                if error.kind != "rate_limited":
                    await self._sleep(self._limits.backoff_s * 2 ** (attempt - 1) * (1 + self._jitter()))
        raise AssertionError("unreachable: the last try returns or raises")

    async def _once(self, request: Request, *, board: str, policy: Policy) -> Page:
        """One try, with every redirect checked before it is followed."""
        hop = request
        for _ in range(self._limits.redirects + 1):
            host = check_url(hop.url, allow_private=self._limits.allow_private)
            gap_s = self._limits.gap_s if self._limits.gap_s is not None else 1.0 / policy.rate
            if policy.follows_robots:
                gap_s = max(gap_s, await self._robots.allow(hop.url))
            page, onward = await self._turn(hop, host, board, gap_s, first=request)
            if onward is None:
                if _elsewhere(hop.url, request.url):
                    self._landed[request.url] = hop.url
                # RFC 9110, 8.7: whose representation this is; whoever asked may want to know where a redirect ended.
                headers = page.headers if hop is request else {**page.headers, "Content-Location": hop.url}
                return Page(request, board, page.status, headers, page.body, page.sha256, page.fetched_at)
            if hop.url.startswith("https:") and onward.url.startswith("http:"):
                raise FetchFailed(f"{hop.url} leads from https to {onward.url}", kind="refused")
            hop = onward
        raise FetchFailed(f"{request.url}: more than {self._limits.redirects} redirects", kind="refused")

    async def _turn(
        self, hop: Request, host: str, board: str, gap_s: float, *, first: Request
    ) -> tuple[Page, Request | None]:
        """Wait for the host's turn, and for its rest to be over if it has one; then ask, and note how it went."""
        async with self._pace.turn(host, gap_s):
            while (wait := self._breaker.check(host)) > 0:
                await self._sleep(wait)
            try:
                page, onward = await self._asker.send(hop, host, board, first=first)
            except FetchFailed as error:
                if error.kind in _NO_ANSWER:
                    self._breaker.failed(host, error.kind)
                else:
                    self._breaker.answered(host)
                raise
            finally:
                self._breaker.let_go(host)
            self._breaker.answered(host)
            return page, onward

    async def _ask_robots(self, request: Request) -> Page:
        return await self.fetch(request, board="", policy=_FOR_ROBOTS)


_FOR_ROBOTS = Policy("documented", "https://www.rfc-editor.org/rfc/rfc9309", "")


def _elsewhere(url: str, asked: str) -> bool:
    """Whether two addresses are of different places: more than https, "www." or a last slash apart."""
    one, other = ((part.hostname or "", part.port, part.path.rstrip("/")) for part in (urlsplit(url), urlsplit(asked)))
    return (one[0].removeprefix("www."), *one[1:]) != (other[0].removeprefix("www."), *other[1:])

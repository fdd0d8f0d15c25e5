"""The only door to the network: asks what connectors want asked, politely, and hands back whole pages or a reason."""

import asyncio
import hashlib
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote, urljoin

import aiohttp

from jobtide import __version__
from jobtide.errors import FetchFailed, JobtideError
from jobtide.model import Completeness, Page, Request, Source
from jobtide.sources.body import read_body
from jobtide.sources.guard import PublicResolver, check_url
from jobtide.sources.pace import Pace, retry_after

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_RETRY = frozenset({"unreachable", "timeout", "truncated", "server_error"})
_PATIENCE = 120.0  # seconds; a host that asks for a longer wait is left alone for the run
_MISSED = 0  # the status of a page that did not come
_IN_A_ROW = 4  # pages in a row that may fail before a host is left alone
_AT_ONCE = 16  # boards under way at a time; each host still gets one request at a time


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. ``wall_s``: whole answer, seconds. ``most``: bytes on the wire and unpacked.

    ``secrets``: the user's keys by name, put in where a source's own request holds "{NAME}" and nowhere else.
    """

    wall_s: float = 30.0
    most: int = 32 << 20
    tries: int = 4
    redirects: int = 5
    backoff_s: float = 1.0
    contact: str = ""
    allow_private: bool = False
    gap_s: float | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def user_agent(self) -> str:
        """How jobtide names itself to a server."""
        about = f"; {self.contact}" if self.contact else ""
        return f"jobtide/{__version__} (job-market statistics from public boards{about})"


@dataclass(frozen=True, slots=True)
class Crawl:
    """How the crawl of one board ended, with the pages that came whole."""

    source: str
    board: str
    completeness: Completeness
    pages: tuple[Page, ...]
    note: str
    ended_at: datetime


def collect(
    boards: Sequence[tuple[Source, str]],
    *,
    limits: Limits,
    validators: Mapping[str, tuple[str, str]],
    now: Callable[[], datetime],
    on_crawl: Callable[[Crawl], None],
) -> None:
    """Crawl every board and call ``on_crawl`` as each ends; ``validators`` are url -> (etag, last modified)."""

    async def run() -> None:
        async for crawl in crawl_boards(boards, limits=limits, validators=validators, now=now):
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
) -> AsyncIterator[Crawl]:
    """Yield one crawl a board, as they end; one that fails never ends the others."""
    resolver = PublicResolver(allow_private=limits.allow_private)
    connector = aiohttp.TCPConnector(resolver=resolver, limit=_AT_ONCE, ttl_dns_cache=60)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as session:
        door = Door(
            session, limits, validators, now=now, pace=Pace(clock=clock, sleep=sleep), jitter=jitter, sleep=sleep
        )
        slots = asyncio.Semaphore(_AT_ONCE)

        async def one(source: Source, board: str) -> Crawl:
            async with slots:
                return await door.crawl(source, board)

        for task in asyncio.as_completed([one(source, board) for source, board in boards]):
            yield await task


class Door:
    """One run's way out: a session, the hosts' clocks, and what is known of pages from earlier runs."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        limits: Limits,
        validators: Mapping[str, tuple[str, str]],
        *,
        now: Callable[[], datetime],
        pace: Pace,
        jitter: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        """``now`` gives UTC times for pages; ``jitter`` numbers in [0, 1)."""
        self._session = session
        self._limits = limits
        self._validators = validators
        self._now = now
        self._pace = pace
        self._jitter = jitter
        self._sleep = sleep

    async def crawl(self, source: Source, board: str) -> Crawl:
        """Walk a connector's requests to their end; whatever goes wrong becomes the crawl's note."""
        pages: list[Page] = []
        try:
            outcome, note = await self._walk(source, board, pages)
        except FetchFailed as error:
            some = any(page.status == 200 for page in pages)
            outcome, note = Completeness.PARTIAL if some else Completeness.FAILED, f"{error.kind}: {error}"
        except JobtideError as error:
            outcome, note = Completeness.FAILED, str(error)
        except Exception as error:  # noqa: BLE001 - isolates one source from the next; what it caught is the crawl's note
            outcome, note = Completeness.FAILED, f"{type(error).__name__}: {error}"
        if outcome is Completeness.FAILED and len(pages) > 1:
            outcome = Completeness.PARTIAL if any(page.status == 200 for page in pages) else outcome
        return Crawl(source.name, board, outcome, tuple(pages), self._masked(note), self._now())

    async def _walk(self, source: Source, board: str, pages: list[Page]) -> tuple[Completeness, str]:
        missing = [name for name in source.policy.secrets if not self._limits.secrets.get(name)]
        if missing:
            raise FetchFailed(f"{source.name} needs {', '.join(missing)}; set it in the environment", kind="refused")
        asked = source.pages(board)
        gap_s = self._limits.gap_s if self._limits.gap_s is not None else 1.0 / source.policy.rate
        request = next(asked)
        missed, in_a_row, last = 0, 0, ""
        while True:
            try:
                page = await self.fetch(request, board=board, gap_s=gap_s)
                in_a_row = 0
            except FetchFailed as error:
                # After the first page one that fails is the source's to judge: it is sent a page of status 0.
                missed, in_a_row, last = missed + 1, in_a_row + 1, f"{error.kind}: {error}"
                if not pages or in_a_row > _IN_A_ROW:
                    raise
                page = Page(request, board, _MISSED, {}, b"", "", self._now())
            if page.status == 304:
                return Completeness.UNCHANGED, ""
            if page.status != _MISSED:
                pages.append(page)
            try:
                request = asked.send(page)
            except StopIteration as stop:
                outcome: Completeness = stop.value
                gone = outcome is Completeness.FAILED and page.status in (404, 410)
                if gone:
                    return outcome, f"gone: {page.request.url} answers {page.status}"
                return outcome, f"{missed} page(s) did not come, the last: {last}" if missed else ""

    async def fetch(self, request: Request, *, board: str, gap_s: float) -> Page:
        """Return the whole answer to one request, after as many tries as it takes within the limits.

        Raises FetchFailed. 200, 304, 404 and 410 are answers; everything else is a failure.
        """
        for attempt in range(1, self._limits.tries + 1):
            try:
                return await self._once(request, board=board, gap_s=gap_s)
            except FetchFailed as error:
                if attempt == self._limits.tries or error.kind not in _RETRY | {"rate_limited"}:
                    raise
                if error.kind != "rate_limited":
                    await self._sleep(self._limits.backoff_s * 2 ** (attempt - 1) * (1 + self._jitter()))
        raise AssertionError("unreachable: the last try returns or raises")

    async def _once(self, request: Request, *, board: str, gap_s: float) -> Page:
        """One try, with every redirect checked before it is followed."""
        url = request.url
        for _ in range(self._limits.redirects + 1):
            host = check_url(url, allow_private=self._limits.allow_private)
            async with self._pace.turn(host, gap_s):
                page, onward = await self._ask(replace(request, url=url), host, board, first=request)
            if not onward:
                return replace(page, request=request)
            if url.startswith("https:") and onward.startswith("http:"):
                raise FetchFailed(f"{url} leads from https to {onward}", kind="refused")
            url = onward
        raise FetchFailed(f"{request.url}: more than {self._limits.redirects} redirects", kind="refused")

    async def _ask(self, request: Request, host: str, board: str, *, first: Request) -> tuple[Page, str]:
        """Send one request; returns the page and where it redirects to, "" if nowhere.

        ``first`` is what the source asked for. Only what is known of that address may be "unchanged": the page that it
        leads to may be another board's, and known from there. Only that address is sent the user's keys.
        """
        own = request.url == first.url
        headers = {"User-Agent": self._limits.user_agent, "Accept-Encoding": "gzip, deflate"}
        given = {name: self._filled(value) for name, value in request.headers.items()}
        headers |= given if own else {name: value for name, value in request.headers.items() if "{" not in value}
        headers |= self._conditions(first.url)
        address = self._filled(request.url) if own else request.url
        try:
            async with asyncio.timeout(self._limits.wall_s):
                async with self._session.request(
                    request.method, address, data=request.body, headers=headers, allow_redirects=False
                ) as answer:
                    if answer.status in _REDIRECTS:
                        return self._page(request, board, answer, b""), urljoin(
                            request.url, answer.headers.get("Location", "")
                        )
                    self._refuse(request.url, host, answer)
                    body = await read_body(
                        answer.content.iter_chunked(1 << 16), encoding=answer.headers.get("Content-Encoding", ""),
                        most=self._limits.most, url=request.url,
                    )  # fmt: skip
                    return self._page(request, board, answer, body), ""
        except TimeoutError as error:
            raise FetchFailed(
                f"{request.url}: no whole answer within {self._limits.wall_s:g} s", kind="timeout"
            ) from error
        except aiohttp.ClientPayloadError as error:
            raise FetchFailed(f"{request.url}: the answer was cut off ({error})", kind="truncated") from error
        except (aiohttp.ClientError, OSError) as error:
            why = f"{error} ({error.__cause__})" if error.__cause__ else str(error)
            raise FetchFailed(f"{request.url}: {why}", kind="unreachable") from error

    def _filled(self, words: str) -> str:
        """``words`` with the user's keys in place of their names."""
        for name, value in self._limits.secrets.items():
            words = words.replace("{" + name + "}", quote(value, safe="@") if "://" in words else value)
        return words

    def _masked(self, words: str) -> str:
        """``words`` without any of the user's keys: what is logged and kept names them only."""
        for name, value in self._limits.secrets.items():
            for shown in {value, quote(value, safe="@")} - {""}:
                words = words.replace(shown, "{" + name + "}")
        return words

    def _conditions(self, address: str) -> dict[str, str]:
        """What makes the server answer 304 if nothing changed since the last complete crawl."""
        etag, modified = self._validators.get(address, ("", ""))
        named = {"If-None-Match": etag, "If-Modified-Since": modified}
        return {name: value for name, value in named.items() if value}

    def _refuse(self, url: str, host: str, answer: aiohttp.ClientResponse) -> None:
        """Raise for a status that is no answer; a host that asks for patience is let alone as long as it says."""
        status = answer.status
        if status in (200, 304, 404, 410):
            return
        if status in (429, 503):
            wait = retry_after(answer.headers.get("Retry-After", ""), self._now())
            if wait is not None:
                self._pace.hold(host, wait)
                kind = "rate_limited" if wait <= _PATIENCE else "refused"
                raise FetchFailed(f"{url} answers {status} and asks to wait {wait:.0f} s", kind=kind)
        if status == 429 or status >= 500:
            raise FetchFailed(f"{url} answers {status}", kind="server_error")
        raise FetchFailed(f"{url} answers {status}", kind="denied")

    def _page(self, request: Request, board: str, answer: aiohttp.ClientResponse, body: bytes) -> Page:
        return Page(
            request, board, answer.status, dict(answer.headers), body, hashlib.sha256(body).hexdigest(), self._now()
        )

"""One request, one whole answer: nothing is taken that is cut off, and whatever went wrong has a name."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from urllib.parse import quote, urljoin

import aiohttp

from jobtide import __version__
from jobtide.errors import FetchFailed
from jobtide.model import Page, Request
from jobtide.sources import tls
from jobtide.sources.body import ends_whole, read_body
from jobtide.sources.pace import PATIENCE, Pace, retry_after, stated

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SLOW_DOWN = 10.0  # times backoff_s; what a 429 without a readable Retry-After is taken to ask for


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost. ``wall_s``: whole answer, seconds. ``most``: bytes on the wire and unpacked.

    ``pages``: of one board. ``gap_s``: seconds between requests to a host, None for what each source's policy says.
    ``at_once``: boards of one source under way at a time. ``opted``: sources that are off by default and are wanted.
    ``secrets``: the user's keys by name, put in where a source's own request holds "{NAME}" and nowhere else.
    """

    wall_s: float = 30.0
    most: int = 32 << 20
    tries: int = 4
    redirects: int = 5
    pages: int = 1000
    backoff_s: float = 1.0
    contact: str = ""
    allow_private: bool = False
    gap_s: float | None = None
    at_once: int = 8
    opted: frozenset[str] = frozenset()
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def user_agent(self) -> str:
        """How jobtide names itself to a server."""
        about = f"; {self.contact}" if self.contact else ""
        return f"jobtide/{__version__} (job-market statistics from public boards{about})"


class Asker:
    """Sends requests over one session; knows the user's keys and what is known of pages from earlier runs."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        limits: Limits,
        validators: Mapping[str, tuple[str, str]],
        *,
        now: Callable[[], datetime],
        pace: Pace,
    ) -> None:
        """``now`` gives UTC times for pages; ``pace`` is told when a host wants to be let alone."""
        self._session = session
        self._limits = limits
        self._validators = validators
        self._now = now
        self._pace = pace

    async def send(self, request: Request, host: str, board: str, *, first: Request) -> tuple[Page, Request | None]:
        """Send one request; returns the page, and the request that it redirects to or None. Raises FetchFailed.

        ``first`` is what the source asked for. Only what is known of that address may be "unchanged": the page that it
        leads to may be another board's, and known from there. Only that address is sent the user's keys.
        """
        url = request.url
        try:
            async with asyncio.timeout(self._limits.wall_s):
                return await self._exchange(request, host, board, first)
        except TimeoutError as error:
            raise FetchFailed(f"{url}: no whole answer within {self._limits.wall_s:g} s", kind="timeout") from error
        except aiohttp.ClientSSLError as error:
            raise FetchFailed(f"{url}: {tls.fault(error)}", kind="refused") from error
        except aiohttp.ServerDisconnectedError as error:
            raise FetchFailed(f"{url}: the connection ended before an answer", kind="truncated") from error
        except (aiohttp.ClientError, OSError) as error:
            if tls.cut_off(error):
                why = f"{url}: it ends the secure handshake without a word; it may speak only TLS older than 1.2"
                raise FetchFailed(why, kind="handshake") from error
            why = f"{error} ({error.__cause__})" if error.__cause__ else str(error)
            raise FetchFailed(f"{url}: {why}", kind="unreachable") from error
        except ValueError as error:  # the client's own word for a head that is none
            raise FetchFailed(f"{url}: {error}", kind="unreachable") from error

    async def _exchange(self, request: Request, host: str, board: str, first: Request) -> tuple[Page, Request | None]:
        own = request.url == first.url
        address = self._filled(request.url) if own else request.url
        async with self._session.request(
            request.method, address, data=request.body, headers=self._headers(request, first, own=own),
            allow_redirects=False,
        ) as answer:  # fmt: skip
            if answer.status in _REDIRECTS:
                return self._page(request, board, answer, b""), _onward(request, answer)
            self._refuse(request.url, host, answer)
            if answer.status == 304 and first.url not in self._validators:
                raise FetchFailed(f"{request.url} answers 304 to a request without conditions", kind="server_error")
            body = await read_body(
                answer.content.iter_any(), encoding=answer.headers.get("Content-Encoding", ""),
                most=self._limits.most, url=request.url,
            )  # fmt: skip
            if answer.status == 200 and _ended_by_closing(answer) and not ends_whole(body):
                raise FetchFailed(f"{request.url}: the answer was cut off", kind="truncated", body=body)
            return self._page(request, board, answer, body), None

    def _headers(self, request: Request, first: Request, *, own: bool) -> dict[str, str]:
        named = {"User-Agent": self._limits.user_agent, "Accept-Encoding": "gzip"}
        if own:
            named |= {name: self._filled(value) for name, value in request.headers.items()}
        else:
            named |= {name: value for name, value in request.headers.items() if "{" not in value}
        etag, modified = self._validators.get(first.url, ("", ""))
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        return named | {name: value for name, value in known.items() if value}

    def _filled(self, words: str) -> str:
        """``words`` with the user's keys in place of their names."""
        for name, value in self._limits.secrets.items():
            words = words.replace("{" + name + "}", quote(value, safe="@") if "://" in words else value)
        return words

    def masked(self, words: str) -> str:
        """``words`` without any of the user's keys: what is logged and kept names them only."""
        for name, value in self._limits.secrets.items():
            for shown in {value, quote(value, safe="@")} - {""}:
                words = words.replace(shown, "{" + name + "}")
        return words

    def _refuse(self, url: str, host: str, answer: aiohttp.ClientResponse) -> None:
        """Raise for a status that is no answer; a host that asks for patience is let alone as long as it says."""
        status = answer.status
        if status in (200, 304, 404, 410):
            return
        if status in (429, 503):
            # A date is counted on the clock of whoever wrote it.
            wait = retry_after(
                answer.headers.get("Retry-After", ""), stated(answer.headers.get("Date", "")) or self._now()
            )
            if wait is None and status == 429:
                wait = _SLOW_DOWN * self._limits.backoff_s
            if wait is not None:
                self._pace.hold(host, wait)
                kind = "rate_limited" if wait <= PATIENCE else "refused"
                raise FetchFailed(f"{url} answers {status} and asks to wait {wait:.0f} s", kind=kind)
        if status >= 500:
            raise FetchFailed(f"{url} answers {status}", kind="server_error")
        raise FetchFailed(f"{url} answers {status}", kind="denied")

    def _page(self, request: Request, board: str, answer: aiohttp.ClientResponse, body: bytes) -> Page:
        return Page(
            request, board, answer.status, dict(answer.headers), body, hashlib.sha256(body).hexdigest(), self._now()
        )


def _onward(request: Request, answer: aiohttp.ClientResponse) -> Request:
    """The request that a redirect asks for; a form is not sent on unless 307 or 308 say so (RFC 9110, 15.4)."""
    where = urljoin(request.url, answer.headers.get("Location", ""))
    if answer.status in (307, 308) or request.method in ("GET", "HEAD"):
        return replace(request, url=where)
    return Request("GET", where, {k: v for k, v in request.headers.items() if k.lower() != "content-type"})


def _ended_by_closing(answer: aiohttp.ClientResponse) -> bool:
    """Whether nothing but the end of the connection said where the answer ends; packed ones know their own end."""
    headers = answer.headers
    sized = "Content-Length" in headers or "chunked" in headers.get("Transfer-Encoding", "").lower()
    return not sized and headers.get("Content-Encoding", "").lower() not in ("gzip", "x-gzip", "deflate")

"""When may a host be asked again? One request at a time, a second apart, and never before it said."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from jobtide.errors import FetchFailed
from jobtide.sources.hosts import LONGEST

PATIENCE = 120.0  # seconds; a host that asks for a longer wait is left alone for the run

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class Pace:
    """Keeps each host's clock. ``clock`` counts seconds, ``sleep`` waits them; tests hand in their own."""

    def __init__(self, *, clock: Callable[[], float], sleep: Sleep, held: dict[str, float] | None = None) -> None:
        """Start with every host free but those that are ``held``: until when, on the same clock; what they ask for now
        is noted there.
        """
        self._held = {} if held is None else held
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, gap_s: float) -> AsyncIterator[None]:
        """Hold the host's turn: enter when it may be asked; the next turn begins ``gap_s`` after this one began.

        FetchFailed (rate_limited) at once if the host wants to be let alone for longer than PATIENCE. With ``gap_s`` 0
        turns overlap: only what a host said it wants is waited for.
        """
        at = self._hosts.setdefault(host, _Host())
        if gap_s <= 0:
            await self._until_free(at, host)
            yield
            return
        async with at.lock:
            await self._until_free(at, host)
            at.free_at = self._clock() + gap_s
            yield

    async def _until_free(self, at: _Host, host: str) -> None:
        while (wait := max(at.free_at, self._held.get(host, 0.0)) - self._clock()) > 0:
            if self._held.get(host, 0.0) - self._clock() > PATIENCE:
                raise FetchFailed(f"{host} wants to be let alone for {wait:.0f} s more", kind="rate_limited")
            await self._sleep(wait)

    def hold(self, host: str, seconds: float) -> None:
        """Let the host alone for ``seconds`` from now."""
        self._held[host] = max(self._held.get(host, 0.0), self._clock() + seconds)


def stated(header: str) -> datetime | None:
    """Return the moment that a header such as Date states (RFC 9110, 5.6.7); None if it states none.

    >>> stated("Mon, 03 Nov 2025 00:00:09 GMT").isoformat(), stated("now")
    ('2025-11-03T00:00:09+00:00', None)
    """
    try:
        at = parsedate_to_datetime(header)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for, 0 to an hour; None if it says nothing readable.

    ``now`` is by the clock of the server, where it states one: a date is no other clock's.

    >>> retry_after("120", datetime(2025, 1, 1, tzinfo=UTC)), retry_after("-5", datetime(2025, 1, 1, tzinfo=UTC))
    (120.0, 0.0)
    """
    words = header.strip()
    if not words:
        return None
    try:
        seconds = float(words)
    except ValueError:
        at = stated(words)
        if at is None:
            return None
        seconds = (at - now).total_seconds()
    return min(max(seconds, 0.0), LONGEST) if seconds == seconds else None

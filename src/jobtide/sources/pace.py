"""When may a host be asked again? One request at a time, a second apart, and never before it said."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_LONGEST = 3600.0  # seconds; a Retry-After above this is taken for this

Sleep = Callable[[float], Awaitable[None]]


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0


class Pace:
    """Keeps each host's clock. ``clock`` counts seconds, ``sleep`` waits them; tests hand in their own."""

    def __init__(self, *, clock: Callable[[], float], sleep: Sleep) -> None:
        """Start with every host free."""
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, gap_s: float) -> AsyncIterator[None]:
        """Hold the host's turn: enter when it may be asked; the next turn begins ``gap_s`` after this one began."""
        at = self._hosts.setdefault(host, _Host())
        async with at.lock:
            while (wait := at.free_at - self._clock()) > 0:
                await self._sleep(wait)
            at.free_at = self._clock() + gap_s
            yield

    def hold(self, host: str, seconds: float) -> None:
        """Let the host alone for ``seconds`` from now."""
        at = self._hosts.setdefault(host, _Host())
        at.free_at = max(at.free_at, self._clock() + seconds)


def retry_after(header: str, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks for, 0 to an hour; None if it says nothing readable.

    >>> retry_after("120", datetime(2025, 1, 1, tzinfo=UTC)), retry_after("-5", datetime(2025, 1, 1, tzinfo=UTC))
    (120.0, 0.0)
    """
    words = header.strip()
    if not words:
        return None
    try:
        seconds = float(words)
    except ValueError:
        try:
            at = parsedate_to_datetime(words)
        except (ValueError, TypeError):
            return None
        seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(seconds, 0.0), _LONGEST) if seconds == seconds else None

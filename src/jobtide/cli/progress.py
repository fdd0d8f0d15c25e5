"""How a collection goes on: a line that moves on a terminal, a line for each source at the end elsewhere."""

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from jobtide.sources.hosts import Hosts
    from jobtide.store.verdict import Crawled

_COUNTED = ("complete", "partial", "unchanged", "held", "failed")


@dataclass(slots=True)
class Progress:
    """Counts boards as they end. ``left`` are boards to come by source, ``rates`` requests a second of each.

    ``moving``: a line says all the time where the whole stands. ``quiet``: only boards that went wrong are named.
    ``hosts``: what is known of them, on ``clock``.
    """

    total: int
    left: Counter[str]
    rates: Mapping[str, float]
    clock: Callable[[], float]
    moving: bool
    quiet: bool = False
    hosts: "Hosts | None" = None
    began: float = 0.0
    done: int = 0
    postings: int = 0
    ended: dict[str, Counter[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin to count the time."""
        self.began = self.clock()

    def told(self, crawled: "Crawled") -> None:
        """Print what came of a board, and where the whole stands."""
        self.done += 1
        self.left[crawled.source] -= 1
        self.postings += crawled.postings
        of = self.ended.setdefault(crawled.source, Counter())
        of[str(crawled.outcome)] += 1
        of["postings"] += crawled.postings
        if self.quiet and crawled.outcome not in ("failed", "held"):
            return
        some = crawled.outcome in ("complete", "partial")
        what = f"{crawled.postings} postings" if some else crawled.note or "as before"
        what += f"; {crawled.note}" if some and crawled.note else ""
        if self.moving:
            click.echo("\r\x1b[K", nl=False, err=True)
        click.echo(f"{crawled.source}:{crawled.board}  {crawled.outcome}  {what}")
        if self.moving:
            sys.stdout.flush()
            click.echo(self.line(), nl=False, err=True)

    def line(self) -> str:
        """Where the whole stands: boards, postings, rate, time left.

        The time left is what the slowest source still takes at its rate or at the one seen so far, whichever is longer.
        """
        took = max(self.clock() - self.began, 1e-9)
        rate = self.done / took
        left = max([n / self.rates.get(name, 1.0) for name, n in self.left.items()], default=0.0)
        left = max(left, (self.total - self.done) / rate if rate else 0.0)
        return (
            f"{self.done:,} of {self.total:,} boards, {self.postings:,} postings, {rate:.1f} boards/s, "
            f"about {duration(left)} left{self._let_alone()}"
        )

    def _let_alone(self) -> str:
        """The host that wants to be let alone longest, and how long."""
        asked = self.hosts.asked if self.hosts else {}
        left, host = max(((until - self.clock(), host) for host, until in asked.items()), default=(0.0, ""))
        return f"; {host} is let alone for {duration(left)}" if left > 0 else ""

    def close(self) -> None:
        """End the moving line, and say how each source went."""
        if self.moving:
            click.echo("\r\x1b[K", nl=False, err=True)
        if self.quiet:
            return
        for source, of in sorted(self.ended.items()):
            ways = ", ".join(f"{of[way]} {way}" for way in _COUNTED if of[way])
            click.echo(f"jobtide: {source}: {of['postings']:,} postings; boards: {ways}", err=True)


def duration(seconds: float) -> str:
    """Seconds as a reader says them.

    >>> duration(4.2), duration(190), duration(5400)
    ('4 s', '3 min', '1.5 h')
    """
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"

"""Who asks hosts, and knows what earlier runs were told by them? A collection, or somebody who tries one board."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from jobtide.errors import StoreBusy
from jobtide.model import Completeness
from jobtide.sources import registry
from jobtide.sources.hosts import Hosts
from jobtide.store import seal
from jobtide.store.ledger import Ledger, writing
from jobtide.store.patience import Moment
from jobtide.store.verdict import Crawled


@contextmanager
def remembered(ledger: Ledger, hosts: Hosts, now: Callable[[], datetime]) -> Iterator[Callable[[], None]]:
    """What earlier runs knew of hosts is known in this one, and what it learns is kept whenever it is asked to note it,
    and at its end.
    """
    hosts.recall(ledger.rests(Moment.here(now())), time.monotonic())
    kept = hosts.known(time.monotonic())

    def note() -> None:
        nonlocal kept
        if (known := hosts.known(time.monotonic())) != kept:
            ledger.keep_rests(hosts.rests(time.monotonic()), Moment.here(now()))
            kept = known

    try:
        yield note
    finally:
        note()


@contextmanager
def let_alone(root: Path, now: Callable[[], datetime]) -> Iterator[Hosts]:
    """The hosts as earlier runs left them, for who asks without collecting; what is learnt is kept if nobody writes."""
    hosts, start = Hosts(), time.monotonic()
    if (root / seal.LEDGER).exists():
        with Ledger(root) as ledger:
            hosts.recall(ledger.rests(Moment.here(now())), start)
    before = hosts.known(start)
    try:
        yield hosts
    finally:
        if hosts.known(time.monotonic()) != before:
            with suppress(StoreBusy), writing(root) as ledger:
                ledger.keep_rests(hosts.rests(time.monotonic()), Moment.here(now()))


def early(ledger: Ledger, boards: Sequence[tuple[str, str]], now: datetime) -> list[Crawled]:
    """Return the boards that gave an answer not so long ago as their source asks for: they are not asked now."""
    out = []
    for source, board in boards:
        apart = timedelta(hours=registry.load(source).policy.apart_h)
        last = ledger.answered(source, board) if apart else None
        if last is not None and timedelta(0) <= now - last < apart:
            hours = apart / timedelta(hours=1)
            why = f"{source} wants {hours:g} hours between two crawls; it answered at {last:%H:%M} UTC"
            out.append(Crawled(source, board, Completeness.FAILED, 0, f"rate_limited: {why}"))
    return out

"""Which hosts are let alone, in words: what a collection, the list of sources and the log of runs say of it."""

import time
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from jobtide.cli.progress import duration
from jobtide.cli.where import root

if TYPE_CHECKING:
    from jobtide.sources.hosts import Hosts


def kept() -> list[str]:
    """A line for each host that the store says is let alone, or did not answer; none where there is no store."""
    from jobtide.store.let_alone import let_alone

    with let_alone(root(), lambda: datetime.now(UTC)) as hosts:
        return list(lines(hosts))


def lines(hosts: "Hosts", *, but: Collection[str] = ()) -> Iterator[str]:
    """A line for each host that is let alone, with the moment at which it may be asked again, or did not answer; for
    none of those in ``but``.
    """
    clock = time.monotonic()
    for host, rest in sorted(hosts.rests(clock).items()):
        if host in but:
            continue
        if rest.kind:
            yield f"{host} did not answer in the last hour ({rest.kind}): it is asked once, and no more if that fails"
        else:
            until = datetime.now(UTC) + timedelta(seconds=rest.left)
            yield f"{host} asked to be let alone until {until:%Y-%m-%d %H:%M} UTC, {duration(rest.left)} more"

"""Which hosts want to be let alone, or did not answer, as the runs before left it? Kept across runs by two clocks.

While the machine has not been started anew its own uptime says how long ago something was, whatever anybody did to the
clock. After that the clock has to be believed; if it stands before the moment at which a wait was noted, that wait
begins once more, so that a clock that was years ahead keeps no host waiting for years.
"""

import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jobtide.sources.hosts import Rest

_BOOT = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, by the clock and by the seconds that the machine is up; ``boot`` names its last start, "" if unknown."""

    at: datetime
    up: float
    boot: str

    @classmethod
    def here(cls, at: datetime) -> "Moment":
        """This machine's, where the clock says ``at``. Seconds asleep count where the system can tell."""
        up, boot = time.monotonic(), ""
        with suppress(OSError, AttributeError):
            boot = _BOOT.read_text("ascii").strip()
            up = time.clock_gettime(time.CLOCK_BOOTTIME)
        return cls(at, up, boot)


def keep(db: sqlite3.Connection, rests: Mapping[str, Rest], now: Moment) -> None:
    """Note what is known of hosts now in place of what was."""
    db.execute("delete from patience")
    at = now.at.astimezone(UTC).isoformat()
    for host, rest in sorted(rests.items()):
        row = (host, rest.kind, rest.rests, rest.left, at, now.up, now.boot)
        db.execute("insert into patience values (?, ?, ?, ?, ?, ?, ?)", row)


def recall(db: sqlite3.Connection, now: Moment) -> dict[str, Rest]:
    """Return what still counts, by host."""
    rows = db.execute("select * from patience order by host").fetchall()
    found = {row["host"]: Rest(_left(row, now), row["kind"], row["rests"]) for row in rows}
    return {host: rest for host, rest in found.items() if rest.left > 0}


def _left(row: sqlite3.Row, now: Moment) -> float:
    """Seconds that are left of a wait: never more than there were."""
    if row["boot"] and row["boot"] == now.boot:
        past = now.up - row["up"]
    else:
        past = (now.at - datetime.fromisoformat(row["noted_at"])).total_seconds()
    left: float = row["left_s"] - max(past, 0.0)
    return left

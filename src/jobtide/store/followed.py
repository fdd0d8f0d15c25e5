"""A board followed through its crawls: what happened to it, in which order, and how far somebody has come."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from jobtide.link.spells import Life, Sighting
from jobtide.model import Bad, Completeness
from jobtide.store.kept import CrawlLine


@dataclass(frozen=True, slots=True)
class Event:
    """One crawl of a board, or one moment of a file about it; ``name`` tells it from every other."""

    name: str
    at: datetime
    line: CrawlLine | None = None
    shown: Sighting | None = None


@dataclass(slots=True)
class Followed:
    """A board's life up to some crawl: ``steps`` events whose names make ``chain``, and what reading them gave."""

    chain: str = ""
    steps: int = 0
    waiting: list[CrawlLine] = field(default_factory=list)  # the last answers, as far as they were held
    whole: tuple[int, int] | None = None  # postings and unread rows of the last complete crawl
    lost: bool = False  # the last complete crawl cannot be read by this code: "unchanged" then says nothing
    life: Life = field(default_factory=Life)
    counts: dict[int, tuple[int, int]] = field(default_factory=dict)
    broken: dict[int, str] = field(default_factory=dict)
    confirmed: set[int] = field(default_factory=set)  # crawls that were held, and confirmed by a later one
    mended: set[int] = field(default_factory=set)  # crawls whose pages could not be read when they came, and can now
    bad: list[Bad] = field(default_factory=list)


def in_time(crawls: Sequence[Event], moments: Sequence[Event]) -> list[Event]:
    """Crawls in the order of their runs, whatever their clocks said, and moments of files among them by date."""
    waiting = sorted(moments, key=lambda event: (event.at, event.name))
    out: list[Event] = []
    for crawl in crawls:
        while waiting and waiting[0].at <= crawl.at:
            out.append(waiting.pop(0))
        out.append(crawl)
    return out + waiting


def chains(events: Sequence[Event]) -> list[str]:
    """Names for the first 0, 1, 2 ... events: the same name, the same events in the same order."""
    out = [""]
    for event in events:
        out.append(hashlib.sha256(f"{out[-1]}\n{event.name}".encode()).hexdigest())
    return out


def line_of(line: CrawlLine, found: Followed) -> dict[str, Any]:
    """A line of ``tables.CRAWL``; what is read of a crawl now counts, not what was read of it then."""
    postings, bad = found.counts.get(line.crawl, (line.postings or 0, line.bad or 0))
    outcome, note = line.outcome, line.note
    if line.crawl in found.broken:
        outcome, note = Completeness.FAILED, found.broken[line.crawl]
    elif line.crawl in found.mended:
        outcome, note = Completeness.PARTIAL, "could not be read when it came, and can be now"
    elif line.crawl in found.confirmed:
        outcome, note = Completeness.COMPLETE, f"{note.partition(';')[0]}; held, and confirmed by a later crawl"
    return {
        "run": line.run, "source": line.source, "board": line.board, "at": line.at, "outcome": outcome,
        "postings": postings, "bad": bad, "note": note,
    }  # fmt: skip

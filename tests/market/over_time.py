"""Monthly threads: snapshots of many moments, every posting invented."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting

Named = Callable[[int, int], Iterable[str]]


def month(number: int) -> datetime:
    """The first of a month, counted from January 2015."""
    return datetime(2015 + number // 12, number % 12 + 1, 1, tzinfo=UTC)


def crawl(number: int, at: datetime, *, source: str = "hn", board: str = "thread") -> dict[str, Any]:
    """A complete crawl."""
    return {
        "run": number, "source": source, "board": board, "at": at, "outcome": "complete", "postings": 1, "bad": 0,
        "note": "",
    }  # fmt: skip


def thread(
    make: Make, months: Iterable[int], employers: int, named: Named, *, sources: tuple[str, ...] = ("hn",)
) -> Snapshot:
    """One opening of each employer in each month's thread; ``named(month, employer)`` are the skills it names."""
    postings, facts, crawls = [], [], []
    for number in months:
        for source in sources:
            crawls.append(crawl(number, month(number), source=source))
            for e in range(employers):
                key = f"{source}:thread:{number}-{e}"
                version = f"{source}-{number}-{e}"
                postings.append(
                    posting(0, f"e{e:02d}", "ml_engineer")
                    | {
                        "posting": key,
                        "vacancy": key,
                        "version": version,
                        "source": source,
                        "board": "thread",
                        "source_id": f"{number}-{e}",
                        "seen_at": month(number),
                        "first_published_at": month(number),
                        "last_published_at": None,
                    }
                )
                facts += [fact(version, i, "skill", skill) for i, skill in enumerate(named(number, e))]
    return make(postings, facts, crawls=crawls)

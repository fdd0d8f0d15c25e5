"""What does the ledger say was kept? Its rows, one frozen thing each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from jobtide.link.holds import Waiting
from jobtide.model import Page, Request, Stamp
from jobtide.store.archive import Archive


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page in the archive: everything of it but its bytes."""

    request: Request
    board: str
    status: int
    headers: Mapping[str, str]
    sha256: str
    fetched_at: datetime

    def load(self, archive: Archive, *, seen_at: datetime) -> Page:
        """Return the page with its bytes, as seen at ``seen_at``."""
        body = archive.get(self.sha256)
        return Page(self.request, self.board, self.status, self.headers, body, self.sha256, seen_at)


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing the archive holds that is current: a crawl with pages, or a file with ``sha256``.

    ``given``: the date the user gave an import, or None. ``run`` counts up over the store's life.
    """

    run: int
    source: str
    board: str
    name: str
    outcome: str
    note: str
    at: datetime
    pages: tuple[KeptPage, ...] = ()
    sha256: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    given: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a blob holds: a page of a board as of its last ``run``, or the file ``name`` of the run that imported it."""

    run: int
    source: str
    board: str
    name: str = ""

    def __str__(self) -> str:
        """As a fault says it."""
        if self.name:
            return f"file {self.name} of run {self.run}"
        return f"{self.source}:{self.board} as of run {self.run}"


@dataclass(frozen=True, slots=True)
class CrawlLine:
    """How one crawl of a board ended; ``postings`` and ``bad`` are what was read of it then, None if unknown."""

    crawl: int
    run: int
    source: str
    board: str
    at: datetime
    outcome: str
    note: str
    postings: int | None
    bad: int | None


@dataclass(frozen=True, slots=True)
class Before:
    """What was known of a board before a crawl: postings of its last complete crawl (None if there was none).

    ``bad``: rows of that crawl that could not be read; ``pages``: hashes of its pages. ``last``: how the board's last
    answer ended, "" if it never gave one; ``held``: its last answers as far as they were held, the oldest first.
    ``fault``: the name of the failure if the very last crawl failed, else "".
    """

    postings: int | None = None
    bad: int = 0
    last: str = ""
    pages: tuple[str, ...] = ()
    held: tuple[Waiting, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A line of the run log."""

    run: int
    kind: str
    started_at: str
    ended_at: str
    outcome: str
    what: str

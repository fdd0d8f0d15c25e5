"""How is a board walked, page after page, until its connector is done, or goes round in circles?"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from jobtide.errors import FetchFailed
from jobtide.model import Completeness, Page, Policy, Request, Source

_MISSED = 0  # the status of a page that did not come
_IN_A_ROW = 4  # pages in a row that may fail before a board is left alone

Ask = Callable[[Request, str, Policy], Awaitable[Page]]


@dataclass(frozen=True, slots=True)
class Crawl:
    """How the crawl of one board ended, with the pages that came whole.

    ``scraps`` are bodies that came cut off, or were a page for people where data was expected: evidence, never read.
    """

    source: str
    board: str
    completeness: Completeness
    pages: tuple[Page, ...]
    note: str
    ended_at: datetime
    scraps: tuple[bytes, ...] = ()


class Walk:
    """One board's walk: the ``pages`` that came whole so far, and ``scraps`` of those that did not."""

    def __init__(self, source: Source, board: str, *, most: int, now: Callable[[], datetime]) -> None:
        """``most``: pages of one board; ``now`` gives UTC times for pages that did not come."""
        self._source, self._board, self._most, self._now = source, board, most, now
        self._known: set[tuple[str, str, bytes | None]] = set()
        self.pages: list[Page] = []
        self.scraps: list[bytes] = []

    @property
    def some(self) -> bool:
        """Whether any page held something."""
        return any(page.status == 200 for page in self.pages)

    def cut_short(self, error: FetchFailed) -> tuple[Completeness, str]:
        """What a walk was worth that a failure ended; what had come of the answer is kept as evidence."""
        self.scraps += [error.body] if error.body else []
        return Completeness.PARTIAL if self.some else Completeness.FAILED, f"{error.kind}: {error}"

    async def to_its_end(self, ask: Ask) -> tuple[Completeness, str]:
        """Send the connector's requests until it is done, or goes round in circles. Raises FetchFailed.

        After the first page one that fails is the source's to judge: it is sent a page of status 0.
        """
        policy = self._source.policy
        asked = self._source.pages(self._board)
        request = next(asked)
        missed, in_a_row, last = 0, 0, ""
        while True:
            if circle := self._circles(request):
                return Completeness.PARTIAL, f"{self._source.name}:{self._board} {circle}; stopped there"
            try:
                page = await ask(request, self._board, policy)
                in_a_row = 0
            except FetchFailed as error:
                missed, in_a_row, last = missed + 1, in_a_row + 1, f"{error.kind}: {error}"
                if not self.pages or in_a_row > _IN_A_ROW:
                    raise
                self.scraps += [error.body] if error.body else []
                page = Page(request, self._board, _MISSED, {}, b"", "", self._now())
            if page.status == 304:
                return Completeness.UNCHANGED, ""
            if _repeats(page, self.pages, policy):
                return Completeness.PARTIAL, f"{request.url} is the page before it once more; stopped there"
            if page.status != _MISSED:
                self.pages.append(page)
            try:
                request = asked.send(page)
            except StopIteration as stop:
                outcome: Completeness = stop.value
                if outcome is Completeness.FAILED and page.status in (404, 410):
                    return outcome, f"gone: {page.request.url} answers {page.status}"
                return outcome, f"{missed} page(s) did not come, the last: {last}" if missed else ""

    def _circles(self, request: Request) -> str:
        """Why a walk must end here, "" if it goes on; remembers the request."""
        key = (request.method, request.url, request.body)
        if key in self._known:
            return "asks for a page again"
        self._known.add(key)
        return f"has more than {self._most:,} pages" if len(self.pages) >= self._most else ""


def _repeats(page: Page, pages: Sequence[Page], policy: Policy) -> bool:
    """Whether a page of data is the one before it once more: a list that ignores where it was asked to go on."""
    before = pages[-1] if pages else None
    return (
        before is not None and not policy.html and page.status == 200 == before.status and page.sha256 == before.sha256
    )

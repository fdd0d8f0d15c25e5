"""What is a crawl worth beside what was known of its board? Whole, unchanged, waiting for another one, or nothing."""

from dataclasses import dataclass, replace

from jobtide.errors import SourceChanged
from jobtide.link.holds import CHANGED, judge
from jobtide.model import Bad, Completeness, Posting
from jobtide.sources import registry
from jobtide.sources.fetch import Crawl
from jobtide.sources.fields import noted, plain
from jobtide.store.clocks import straight
from jobtide.store.kept import Before


@dataclass(frozen=True, slots=True)
class Crawled:
    """How one board's crawl ended: ``postings`` that could be read, and ``bad`` rows that could not."""

    source: str
    board: str
    outcome: str
    postings: int
    note: str
    bad: int = 0

    @property
    def fault(self) -> str:
        """The name of the failure, as its note begins."""
        return self.note.partition(":")[0]


def verdict(crawl: Crawl, before: Before) -> Crawled:
    """What a crawl is worth beside what was known of its board.

    The same bytes as before are an unchanged board, whether or not its server can say so. Pages whose reader no longer
    understands them make the crawl failed; a collapse, or many rows that cannot be read, make it wait.
    """
    outcome, note = crawl.completeness, crawl.note
    if outcome is Completeness.FAILED:
        return Crawled(crawl.source, crawl.board, outcome, 0, note)
    if outcome is Completeness.UNCHANGED:
        return Crawled(crawl.source, crawl.board, outcome, before.postings or 0, note, before.bad)
    try:
        with noted() as unread:
            found = list(registry.load(crawl.source).read(crawl.pages))
    except SourceChanged as error:
        return Crawled(crawl.source, crawl.board, Completeness.FAILED, 0, plain(f"{CHANGED}: {error}"))
    note = "; ".join(part for part in (note, unread.words) if part)
    postings = len({one.key for one in found if isinstance(one, Posting)})
    bad = sum(isinstance(one, Bad) for one in found)
    same = bool(before.pages) and before.pages == tuple(page.sha256 for page in crawl.pages)
    if outcome is Completeness.COMPLETE and same:
        return Crawled(crawl.source, crawl.board, Completeness.UNCHANGED, postings, note, bad)
    *times, at = straight([*(one.at for one in before.held), crawl.ended_at])
    held = [replace(one, at=time) for one, time in zip(before.held, times, strict=True)]
    said, note = judge(
        outcome, at=at, postings=postings, bad=bad, before=before.postings, bad_before=before.bad, last=before.last,
        held=held, note=note,
    )  # fmt: skip
    return Crawled(crawl.source, crawl.board, said, postings, note, bad)

"""Is what a crawl showed to be believed? A board that collapses or cannot be read waits until a second crawl says so.

Sites fail in ways that look like an empty board, and formats change in ways that lose rows: neither may close
postings. What was known stays as it was until a later answer confirms it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobtide.model import Completeness

HELD = "held"
CHANGED = "changed"  # begins the note of a crawl whose reader no longer understands its pages
# Crawls of a board closer together than this are one witness: a bad release or a repair lasts for hours, and somebody
# who runs the command twice learns nothing new. Short enough for a board that is asked every morning and evening.
APART = timedelta(hours=6)
_SHRUNK = 0.2  # of the postings before: what is left when 80 % are gone
_BAD = 0.05  # of the rows: more that cannot be read is a format that drifts, not a few odd rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """An answer of a board that was held: when it came, its postings, and its rows that could not be read."""

    at: datetime
    postings: int
    bad: int = 0


def drifts(postings: int, bad: int, bad_before: int) -> bool:
    """Whether more rows cannot be read than a few odd ones, and than the last complete crawl had."""
    return bad > _BAD * (postings + bad) and bad > bad_before


def shrank(postings: int, before: int) -> bool:
    """Whether a board that had ``before`` postings has lost four in five of them, or all."""
    return before > 0 and postings <= _SHRUNK * before


def judge(
    outcome: Completeness,
    *,
    at: datetime,
    postings: int,
    bad: int,
    before: int | None,
    last: str,
    bad_before: int = 0,
    held: Sequence[Waiting] = (),
    note: str = "",
) -> tuple[str, str]:
    """Return (outcome, note) of a crawl that could be read: as it is, held, or partial.

    ``before`` and ``bad_before``: postings, and rows that could not be read, of the last complete crawl; None and 0 if
    there was none: then nothing is there to be protected. ``last``: how the board's last answer ended; ``held``: its
    last answers, as far as they were held, the oldest first. When the first of them that had shrunk is APART or more
    from ``at``, a shrunken answer is complete; after any that was held, one that drifts is partial: what could be read
    counts, and nothing follows from what could not. A single odd row makes no crawl partial: a small board would never
    be complete.
    """
    if drifts(postings, bad, bad_before):
        why = f"{bad} of {postings + bad} rows could not be read: the format drifts"
        if before is not None and last not in (HELD, Completeness.PARTIAL):
            return HELD, _waits(why, "the next crawl", note)
        return outcome if bad == 1 else Completeness.PARTIAL, _joined(why, note)
    if outcome is Completeness.COMPLETE and before and shrank(postings, before):
        why = f"{postings} postings where {before} were"
        since = (
            one.at for one in held if shrank(one.postings, before) and not drifts(one.postings, one.bad, bad_before)
        )
        if at - next(since, at) >= APART:
            return Completeness.COMPLETE, _joined(f"{why}, confirmed", note)
        return HELD, _waits(why, f"a crawl {APART // timedelta(hours=1)} hours later or more", note)
    return outcome, note


def _waits(why: str, until: str, note: str) -> str:
    return _joined(f"{why}; waits for {until} to confirm it, nothing is closed", note)


def _joined(why: str, note: str) -> str:
    return f"{why}; {note}" if note else why

"""What speaks for a posting behind which nobody hires? Signs with dates and counts, and what each does not prove.

A sign is evidence, never a verdict: no two signs add up to a score, and nothing is left out of any figure for them.
The limits are ours: a season for what stands still, half a year for what was published long ago.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

_LONG = 90  # days
_OLD = 180  # days
_RENEWED = 30  # days between the first and the last publication that a source states


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of one posting. ``spells`` are (first seen, last seen, closed or None), in order.

    ``first_published`` and ``last_published``: what the source states, with its field. ``edited`` are the moments at
    which other words stood there. ``before`` are postings of the same vacancy that closed before this one opened, with
    when they were first seen and when they closed. ``crawls``: complete crawls of its board since it was first seen.
    """

    posting: str
    spells: Sequence[tuple[datetime, datetime, datetime | None]]
    first_published: tuple[datetime, str] | None = None
    last_published: tuple[datetime, str] | None = None
    edited: Sequence[datetime] = ()
    before: Sequence[tuple[str, datetime, datetime]] = ()
    crawls: int = 0


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its kind, what was seen from when to when and how often, and what it does not prove."""

    kind: str
    says: str
    since: datetime
    until: datetime
    count: int
    not_proof: str


def signs(watched: Watched) -> list[Sign]:
    """Return the signs of one posting, each kind at most once; none for a posting that was never seen."""
    return list(_signs(watched)) if watched.spells else []


def _signs(w: Watched) -> Iterator[Sign]:
    first, last, closed = w.spells[-1]
    days = (last - first).days
    if days >= _LONG:
        still = "closed since" if closed else "still open"
        yield Sign("open long", f"seen for {days} days on end, {still}", first, last, w.crawls,
                   "one posting may serve many hires, and some work is hard to fill")  # fmt: skip
    if w.first_published and (age := (last - w.first_published[0]).days) >= _OLD:
        at, basis = w.first_published
        yield Sign("published long ago", f"first published {age} days before it was last seen, says {basis}",
                   at, last, 1, "a source may keep the date of a page that was written anew")  # fmt: skip
    if w.before:
        begun = min(seen for _, seen, _ in w.before)
        yield Sign("put up again", f"{len(w.before)} posting(s) of the same vacancy had closed before it opened",
                   begun, last, len(w.before), "a second hire, or a first one who left, looks the same")  # fmt: skip
    if len(w.spells) > 1:
        yield Sign("came back", f"gone from its board and back {len(w.spells) - 1} time(s) under the same id",
                   w.spells[0][0], last, len(w.spells) - 1, "a pause in hiring, or a board under repair")  # fmt: skip
    if w.first_published and w.last_published and not w.edited:
        (begun, _), (renewed, basis) = w.first_published, w.last_published
        if (moved := (renewed - begun).days) >= _RENEWED and renewed > first:
            yield Sign("renewed without a word changed", f"its date moved by {moved} days, says {basis}",
                       begun, renewed, 1, "some boards renew dates by themselves")  # fmt: skip
    since = max([*w.edited, first])
    if w.crawls >= 2 and (same := (last - since).days) >= _LONG:
        yield Sign("unchanged", f"the same words for {same} days", since, last, w.crawls,
                   "a well written posting needs no edits")  # fmt: skip

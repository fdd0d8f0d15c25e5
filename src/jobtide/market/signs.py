"""What does a snapshot know of one posting over time? For the signs that ``link.signs`` reads out of it."""

from typing import Any

from jobtide.errors import UsageError
from jobtide.link.signs import Watched
from jobtide.store.snapshot import Snapshot

_POSTING = """
    select posting, vacancy, title, employer_name, url, source, board, first_published_at, first_published_basis,
        last_published_at, last_published_basis, seen_at, seen_basis, requisition
    from posting where posting = $name or url = $name order by posting
"""
_SPELLS = "select first_seen_at, last_seen_at, closed_at from spell where posting = $posting order by ord"
_EDITS = "select first_seen_at from edit where posting = $posting and ord > 0 order by ord"
_BEFORE = """
    select s.posting, min(s.first_seen_at) as seen, max(s.closed_at) as closed
    from spell s join posting p using (posting)
    where p.vacancy = $vacancy and s.posting <> $posting and s.closed_at is not null and s.closed_at <= $opened
    group by s.posting order by closed, s.posting
"""
_CRAWLS = """
    select count(*) as n from crawl
    where source = $source and board = $board and outcome in ('complete', 'unchanged') and "at" >= $since
"""


def watched(snapshot: Snapshot, name: str) -> tuple[dict[str, Any], Watched]:
    """Return the posting with this key or address, and what was seen of it. UsageError if there is none."""
    found = snapshot.query(_POSTING, {"name": name}).to_pylist()
    if not found:
        raise UsageError(f"no posting {name!r} in this snapshot; give its key (source:board:id) or its address")
    row = found[0]
    key = {"posting": row["posting"]}
    spells = [tuple(spell.values()) for spell in snapshot.query(_SPELLS, key).to_pylist()]
    if not spells:
        return row, Watched(row["posting"], ())
    opened = spells[0][0]
    before = snapshot.query(_BEFORE, key | {"vacancy": row["vacancy"], "opened": opened}).to_pylist()
    crawls = snapshot.query(_CRAWLS, {"source": row["source"], "board": row["board"], "since": opened}).to_pylist()
    return row, Watched(
        row["posting"],
        [(first, last, closed) for first, last, closed in spells],
        _stated(row, "first_published"),
        _stated(row, "last_published"),
        [edit["first_seen_at"] for edit in snapshot.query(_EDITS, key).to_pylist()],
        [(one["posting"], one["seen"], one["closed"]) for one in before],
        crawls[0]["n"],
    )


def _stated(row: dict[str, Any], name: str) -> Any:
    at = row[f"{name}_at"]
    return (at, row[f"{name}_basis"] or "the source") if at else None

"""What does an imported file show, board by board and moment by moment?

A file of board records is a saved crawl: each moment that its rows state is a complete crawl of its board, so that a
collection of monthly threads is a series of them, one a month.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from jobtide.link.spells import Head, Sighting
from jobtide.model import Bad, Posting, Stamp
from jobtide.sources.files import read_file
from jobtide.store.archive import Archive
from jobtide.store.kept import Kept

Moment = tuple[str, str, datetime]  # source, board, when


@dataclass(slots=True)
class FileRead:
    """The postings of a file without their texts, each with when it was seen, and the rows set aside."""

    heads: list[Head]
    bad: list[Bad]


def origin(item: Kept) -> str:
    """A name for the reading of one import: the same bytes read in another way are another reading.

    >>> from datetime import UTC
    >>> origin(Kept(1, "", "b", "a.csv", "complete", "", datetime(2026, 1, 1, tzinfo=UTC), sha256="ab"))
    'file ab a.csv  b 2026-01-01T00:00:00+00:00 {}'
    """
    seen = f"{item.given.at.isoformat()} {item.given.basis}" if item.given else item.at.isoformat()
    return f"file {item.sha256} {item.name} {item.source} {item.board} {seen} {dict(sorted(item.mapping.items()))}"


def whole(archive: Archive, item: Kept) -> Iterator[Posting | Bad]:
    """Yield the rows of a kept file with their texts; one without a date counts as seen when it was imported."""
    undated = Stamp(item.at, "date of the import")
    for found in read_file(
        archive.get(item.sha256), name=item.name, mapping=item.mapping, board=item.board, source=item.source,
        seen=item.given,
    ):  # fmt: skip
        yield replace(found, seen=undated) if isinstance(found, Posting) and found.seen is None else found


def sightings(name: str, read: FileRead) -> dict[Moment, Sighting]:
    """Return what each moment of each board in the file ``name`` showed, in the order of time.

    A row that cannot be read may belong to any of them.
    """
    groups: dict[Moment, dict[str, Head]] = {}
    seen: dict[Moment, Stamp] = {}
    for head in read.heads:
        stamp = head.posting.seen
        assert stamp is not None, "every row of a file has a date, its import's if no other"
        moment = (head.posting.source, head.posting.board, stamp.at)
        groups.setdefault(moment, {})[head.posting.key] = head
        seen[moment] = stamp
    odd = tuple(f"{name} row {bad.row}" for bad in read.bad)
    return {
        moment: Sighting(seen[moment], groups[moment], complete=True, odd=odd)
        for moment in sorted(groups, key=lambda moment: (moment[2], moment[:2]))
    }


def lines(item: Kept, read: FileRead, shown: Mapping[Moment, Sighting]) -> Iterator[dict[str, Any]]:
    """Yield a line of ``tables.CRAWL`` for each moment of a file, or one for the file where its rows state no date."""
    line = {
        "run": item.run, "source": item.source or "file", "board": item.board or item.name, "at": item.at,
        "outcome": item.outcome, "postings": len(read.heads), "bad": len(read.bad), "note": item.note,
    }  # fmt: skip
    if len(shown) < 2 or any(sighting.seen.basis == "date of the import" for sighting in shown.values()):
        yield line | {"at": max((at for _, _, at in shown), default=item.at)}
        return
    for number, ((source, board, at), sighting) in enumerate(shown.items()):
        more = {"source": source, "board": board, "at": at, "postings": len(sighting.heads or ())}
        yield line | more | {"bad": 0 if number else len(read.bad)}

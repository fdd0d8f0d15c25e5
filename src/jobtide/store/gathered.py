"""What does everything say that was ever collected or imported? The tables of a snapshot are made of this."""

from dataclasses import dataclass, field, replace
from typing import Any

from jobtide.link.spells import Head, Track
from jobtide.model import Bad


@dataclass(slots=True)
class Gathered:
    """Every posting ever seen, by key; rows set aside as things stand; a line a crawl; and who published."""

    tracks: dict[str, Track] = field(default_factory=dict)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    crawls: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sources(self) -> list[str]:
        """The sources of the postings, by name."""
        return sorted({track.head.posting.source for track in self.tracks.values()})

    @property
    def heads(self) -> list[Head]:
        """Every posting as last seen, by key."""
        tracks = [self.tracks[key] for key in sorted(self.tracks)]
        return [replace(track.head, posting=replace(track.head.posting, seen=track.seen)) for track in tracks]


def set_aside(source: str, board: str, bad: Bad) -> dict[str, Any]:
    """Return a row of ``tables.QUARANTINE``."""
    return {
        "source": source, "board": board, "row": bad.row, "source_id": bad.source_id, "reason": bad.reason,
        "excerpt": bad.excerpt,
    }  # fmt: skip

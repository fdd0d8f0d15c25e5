"""When could each posting of a board be seen? A fold over the board's crawls, in the order of their runs.

Only a complete crawl says that something was gone, and it takes two of them that are APART: the spell ends at the
first. A posting
that is back after that begins a new spell. What a crawl could not read counts as seen: it says nothing about absence.
A row that cannot be read and does not say which posting it is may be any that is missing, but for those that some
complete crawl showed beside it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pyarrow as pa

from jobtide.link.holds import APART
from jobtide.model import Posting, Stamp
from jobtide.tables import EDIT, SPELL

_MISSES = 2  # complete crawls without a posting, APART or more, that close it


@dataclass(frozen=True, slots=True)
class Head:
    """A posting without its text: ``version`` is that of the whole, ``origin`` says which pages or file hold it."""

    posting: Posting
    version: str
    origin: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one crawl, or one moment of a file, showed of a board: ``heads`` by posting key.

    ``heads`` None: the same as the complete crawl before. ``unread`` are keys of rows that stood there but could not
    be read; ``odd`` names those that gave no key, the same row by the same name, "" for one that cannot be told from
    others. ``complete`` false: nothing follows from what is missing.
    """

    seen: Stamp
    heads: Mapping[str, Head] | None
    complete: bool
    unread: frozenset[str] = frozenset()
    odd: tuple[str, ...] = ()


@dataclass(slots=True)
class Spell:
    """One stretch of time in which a posting stood there; ``closed_at`` None while it is open."""

    first_seen_at: datetime
    last_seen_at: datetime
    left_censored: bool
    misses: int = 0
    missed_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(slots=True)
class Stood:
    """A version of a posting, and when it was first and last seen."""

    version: str
    first_seen_at: datetime
    last_seen_at: datetime


@dataclass(slots=True)
class Track:
    """Everything known of one posting: its newest version, the last sighting, its spells and its versions.

    ``step``: the number of the last complete crawl that showed it, 0 if none did.
    """

    head: Head
    seen: Stamp
    spells: list[Spell]
    versions: list[Stood]
    step: int = 0

    @property
    def open(self) -> bool:
        """Whether it stands there as far as anybody knows."""
        return self.spells[-1].closed_at is None


@dataclass(slots=True)
class Life:
    """A board's postings by key, and what its last complete crawl showed.

    ``replaced``: what that crawl said where a partial one has said otherwise since. ``odd``: its rows that nobody could
    name, each with the number of the complete crawl since which it has stood there. ``step``: that crawl's own number.
    """

    tracks: dict[str, Track] = field(default_factory=dict)
    shown: frozenset[str] = frozenset()
    replaced: dict[str, Head] = field(default_factory=dict)
    odd: dict[str, int] = field(default_factory=dict)
    step: int = 0

    @property
    def counted(self) -> bool:
        """Whether there ever was a complete crawl."""
        return self.step > 0


def follow(life: Life, sighting: Sighting) -> None:
    """Carry ``life`` on by one crawl. Moments never run backwards within a posting, whatever the clock said."""
    heads = sighting.heads
    shown = life.shown if heads is None else frozenset(heads) | (sighting.unread & life.tracks.keys())
    said = life.replaced if heads is None else heads
    for key in sorted(shown):
        head = said.get(key)
        if not sighting.complete and head and key in life.shown and life.tracks[key].head.version != head.version:
            life.replaced.setdefault(key, life.tracks[key].head)
        _seen(life, key, head, sighting.seen)
    if not sighting.complete:
        return
    life.replaced = {}
    life.step += 1
    if heads is not None:
        life.odd = _since(life, sighting)
    newest = max(life.odd.values(), default=0)
    for key in life.tracks.keys() - shown:
        track = life.tracks[key]
        # A row that nobody can name stood beside it once, or may be this very posting.
        if track.open and track.step >= newest:
            _missed(track.spells[-1], sighting.seen.at)
    for key in shown:
        life.tracks[key].step = life.step
    life.shown = shown


def _since(life: Life, sighting: Sighting) -> dict[str, int]:
    """The rows of a complete crawl that nobody can name, each with the crawl since which it has stood there.

    Of rows by the same name the second is another one. One without a name is never known from before.
    """
    count = Counter([*sighting.odd, *(sighting.unread - life.tracks.keys())])
    names = [f"{name} {n}" for name, times in count.items() for n in range(times) if name]
    found = {name: life.odd.get(name, life.step) for name in names}
    return found | ({"": life.step} if count[""] else {})


def _seen(life: Life, key: str, head: Head | None, seen: Stamp) -> None:
    track = life.tracks.get(key)
    if track is None:
        assert head is not None, "only what was read before can be unread or unchanged"
        first = Spell(seen.at, seen.at, left_censored=not life.counted)
        life.tracks[key] = Track(head, seen, [first], [Stood(head.version, seen.at, seen.at)])
        return
    spell = track.spells[-1]
    if spell.closed_at is not None:
        at = max(seen.at, spell.closed_at)
        spell = Spell(at, at, left_censored=False)
        track.spells.append(spell)
    spell.last_seen_at, spell.misses, spell.missed_at = max(seen.at, spell.first_seen_at), 0, None
    track.seen = seen
    _stood(track, head or track.head, seen.at)


def _stood(track: Track, head: Head, at: datetime) -> None:
    """The newest version goes on, or another one takes its place."""
    last = track.versions[-1]
    if head.version != last.version:
        last = Stood(head.version, max(at, last.last_seen_at), at)
        track.versions.append(last)
    last.last_seen_at = max(at, last.first_seen_at)
    track.head = head


def _missed(spell: Spell, at: datetime) -> None:
    if spell.missed_at is not None and at - spell.missed_at < APART:
        return  # the same witness once more
    spell.misses += 1
    spell.missed_at = spell.missed_at or max(at, spell.last_seen_at)
    if spell.misses >= _MISSES:
        spell.closed_at = spell.missed_at


def spell_table(tracks: Mapping[str, Track], vacancy: Mapping[str, str]) -> pa.Table:
    """Return ``tables.SPELL`` of every posting; ``vacancy`` tells which postings are one."""
    before = reposts(tracks, vacancy)
    rows = [
        {
            "posting": key, "ord": number, "first_seen_at": spell.first_seen_at, "last_seen_at": spell.last_seen_at,
            "left_censored": spell.left_censored, "misses": spell.misses, "closed_at": spell.closed_at,
            "reposted_from": "" if number else before.get(key, ""),
        }
        for key, track in tracks.items() for number, spell in enumerate(track.spells)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=SPELL)


def edit_table(tracks: Mapping[str, Track]) -> pa.Table:
    """Return ``tables.EDIT``: every version of the postings that were ever edited."""
    return pa.Table.from_pylist(
        [
            {"posting": key, "ord": number, "version": stood.version, "first_seen_at": stood.first_seen_at,
             "last_seen_at": stood.last_seen_at}
            for key, track in tracks.items() if len(track.versions) > 1 for number, stood in enumerate(track.versions)
        ],
        schema=EDIT,
    )  # fmt: skip


def reposts(tracks: Mapping[str, Track], vacancy: Mapping[str, str]) -> dict[str, str]:
    """Return posting -> the posting of the same vacancy that closed last before it opened.

    A posting that was there when its board was first seen opened at an unknown time and is nobody's repost.
    """
    members: dict[str, list[str]] = {}
    for key in tracks:
        members.setdefault(vacancy.get(key, key), []).append(key)
    return dict(pair for keys in members.values() if len(keys) > 1 for pair in _reposts(tracks, sorted(keys)))


def _reposts(tracks: Mapping[str, Track], keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    closed = [(spell.closed_at, key) for key in keys for spell in tracks[key].spells if spell.closed_at is not None]
    for key in keys:
        first = tracks[key].spells[0]
        earlier = [(at, other) for at, other in closed if other != key and at <= first.first_seen_at]
        if earlier and not first.left_censored:
            yield key, max(earlier)[1]

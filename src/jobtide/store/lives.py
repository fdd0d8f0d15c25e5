"""What does everything that was ever collected or imported say, crawl by crawl? Every posting with its whole life.

Each board's life is kept when it has been followed, with a name of the crawls it rests on; a build follows only the
crawls that came since. Texts are not kept here: they are read again out of the archive where somebody needs them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from jobtide.errors import SourceChanged
from jobtide.link.holds import CHANGED, HELD, drifts, shrank
from jobtide.link.spells import Head, Sighting, follow
from jobtide.model import Bad, Completeness, Posting, Stamp
from jobtide.sources import registry
from jobtide.store import imports
from jobtide.store.archive import Archive
from jobtide.store.clocks import in_order
from jobtide.store.derived import Derived
from jobtide.store.followed import Event, Followed, chains, in_time, line_of
from jobtide.store.gathered import Gathered, set_aside
from jobtide.store.imports import FileRead
from jobtide.store.kept import CrawlLine, Kept
from jobtide.store.ledger import Ledger

Board = tuple[str, str]
_HELD = 20_000  # postings whose texts stay in memory after their first reading; the others are read again
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)  # for a reading of which only the texts are wanted
_SHOWS = frozenset({Completeness.COMPLETE, Completeness.PARTIAL, Completeness.UNCHANGED})


class Lives:
    """Reads what the archive holds, in the order in which the ledger says it came."""

    def __init__(self, root: Path, archive: Archive, ledger: Ledger) -> None:
        """Use the archive and ledger below ``root``."""
        self._archive, self._ledger, self._derived = archive, ledger, Derived(root)
        self._texts: dict[str, Posting] = {}
        self._files = {imports.origin(item): item for item in ledger.imports()}

    def gather(self) -> Gathered:
        """Return everything that counts in statistics. Raises StoreDamaged for a blob that is not whole."""
        out = Gathered()
        events: dict[Board, list[Event]] = {}
        for line in in_order(self._ledger.history()):
            name = f"crawl {line.crawl} {line.at.isoformat()} {line.outcome}"
            events.setdefault((line.source, line.board), []).append(Event(name, line.at, line))
        for board, moments in self._of_files(out).items():
            events[board] = in_time(events.get(board, []), moments)
        for board in sorted(events):
            self._add(out, board, events[board])
        return out

    def _of_files(self, out: Gathered) -> dict[Board, list[Event]]:
        """The moments of every imported file, by board; its lines and bad rows go to ``out``."""
        events: dict[Board, list[Event]] = {}
        for name, item in self._files.items():
            read = self._file(name, item)
            shown = imports.sightings(name, read)
            out.crawls += imports.lines(item, read, shown)
            out.quarantine += [set_aside(item.source or "file", item.board or item.name, bad) for bad in read.bad]
            for (source, board, at), sighting in shown.items():
                event = Event(f"{name} at {at.isoformat()}", at, shown=sighting)
                events.setdefault((source, board), []).append(event)
        return events

    def _file(self, name: str, item: Kept) -> FileRead:
        known = self._derived.get(name, FileRead)
        if known is None:
            known = FileRead([], [])
            try:
                for found in imports.whole(self._archive, item):
                    if isinstance(found, Bad):
                        known.bad.append(found)
                    else:
                        known.heads.append(self._head(found, name))
            except SourceChanged as error:
                known.bad.append(Bad(0, str(error)))
            self._derived.put(name, known)
        return known

    def _add(self, out: Gathered, board: Board, events: Sequence[Event]) -> None:
        """Follow one board to its newest event and add what it says."""
        lines = [event.line for event in events if event.line]
        if not counts(board[0]):
            out.crawls += [line_of(line, Followed()) for line in lines]
            return
        found = self._follow(f"board {board[0]}:{board[1]}", events, keep=bool(lines))
        out.crawls += [line_of(line, found) for line in lines]
        out.quarantine += [set_aside(*board, bad) for bad in found.bad]
        for key, track in found.life.tracks.items():
            before = out.tracks.get(key)
            if before is None or before.seen.at < track.seen.at:
                out.tracks[key] = track

    def _follow(self, name: str, events: Sequence[Event], *, keep: bool) -> Followed:
        names = chains(events)
        found = (self._derived.get(name, Followed) if keep else None) or Followed()
        if found.steps > len(events) or found.chain != names[found.steps]:
            found = Followed()
        if found.steps < len(events):
            for event in events[found.steps :]:
                self._step(found, event)
            found.chain, found.steps = names[-1], len(events)
            if keep:
                self._derived.put(name, found)
        return found

    def _step(self, found: Followed, event: Event) -> None:
        if event.line is None:
            assert event.shown is not None
            follow(found.life, event.shown)
        elif event.line.outcome == HELD:
            found.waiting.append(event.line)
        elif event.line.outcome == Completeness.UNCHANGED:
            found.waiting = []
            if found.life.counted and not found.lost:
                follow(found.life, Sighting(Stamp(event.at, "crawl"), None, complete=True))
                found.counts[event.line.crawl] = (len(found.life.shown), 0)
        elif event.line.outcome == Completeness.FAILED and event.line.note.startswith(CHANGED):
            self._again_read(found, event.line)
        elif event.line.outcome in _SHOWS:
            held, found.waiting = found.waiting, []
            try:
                sighting, found.bad = self._crawl(event.line)
            except SourceChanged as error:
                found.broken[event.line.crawl] = str(error)
                found.bad = [Bad(0, str(error))]
                found.lost = found.lost or event.line.outcome == Completeness.COMPLETE
                return
            found.lost = found.lost and not sighting.complete
            found.counts[event.line.crawl] = (len(sighting.heads or ()), len(found.bad))
            if sighting.complete:
                for line in held:
                    self._confirm(found, line, by=sighting)
                found.whole = found.counts[event.line.crawl]
            follow(found.life, sighting)

    def _again_read(self, found: Followed, line: CrawlLine) -> None:
        """A crawl whose pages no reader understood then shows what they hold, if this one does; it closes nothing."""
        try:
            sighting, bad = self._crawl(line)
        except SourceChanged:
            return
        found.counts[line.crawl] = (len(sighting.heads or ()), len(bad))
        found.mended.add(line.crawl)
        follow(found.life, sighting)

    def _confirm(self, found: Followed, held: CrawlLine, *, by: Sighting) -> None:
        """A crawl that was held since the board had shrunk was complete after all, if a later answer shows it shrunk.

        So a posting that neither of the two shows has been missed twice, and is gone since the first.
        """
        before, bad_before = found.whole or (0, 0)
        if not shrank(len(by.heads or ()), before):
            return
        try:
            sighting, bad = self._crawl(held)
        except SourceChanged:
            return
        count = len(sighting.heads or ())
        if shrank(count, before) and not drifts(count, len(bad), bad_before):
            follow(found.life, replace(sighting, complete=True))
            found.counts[held.crawl] = (count, len(bad))
            found.confirmed.add(held.crawl)

    def _crawl(self, line: CrawlLine) -> tuple[Sighting, list[Bad]]:
        """What one crawl showed, out of its archived pages, and the rows that could not be read."""
        heads: dict[str, Head] = {}
        bad: list[Bad] = []
        for found in self._pages(line.source, line.crawl, line.at):
            if isinstance(found, Bad):
                bad.append(found)
                continue
            head = self._head(found, f"crawl {line.crawl}")
            # One id twice with other words: the choice must not depend on the order in which a board lists them.
            if found.key not in heads or heads[found.key].version < head.version:
                heads[found.key] = head
        unread = frozenset(f"{line.source}:{line.board}:{one.source_id}" for one in bad if one.source_id)
        complete = line.outcome == Completeness.COMPLETE
        odd = tuple(one.digest for one in bad if not one.source_id)
        return Sighting(Stamp(line.at, "crawl"), heads, complete, unread - heads.keys(), odd), bad

    def _pages(self, source: str, crawl: int, at: datetime) -> Iterator[Posting | Bad]:
        pages = [page.load(self._archive, seen_at=at) for page in self._ledger.pages(crawl)]
        yield from registry.load(source).read(pages)

    def _head(self, posting: Posting, origin: str) -> Head:
        version = posting.version
        if len(self._texts) < _HELD:
            self._texts[version] = posting
        return Head(replace(posting, html="", text=""), version, origin)

    def whole(self, heads: Mapping[str, Head]) -> Iterator[Posting]:
        """Yield the postings of ``heads`` (by version) with their texts, from memory or out of the archive again."""
        absent: dict[str, tuple[str, set[str]]] = {}
        for version, head in heads.items():
            if version in self._texts:
                yield self._texts[version]
            else:
                absent.setdefault(head.origin, (head.posting.source, set()))[1].add(version)
        for origin, (source, versions) in absent.items():
            for found in self._again(origin, source):
                if isinstance(found, Posting) and (version := found.version) in versions:
                    versions.discard(version)
                    yield found

    def _again(self, origin: str, source: str) -> Iterator[Posting | Bad]:
        if origin in self._files:
            yield from imports.whole(self._archive, self._files[origin])
        else:
            yield from self._pages(source, int(origin.removeprefix("crawl ")), _LONG_AGO)

    def personal(self) -> list[Posting]:
        """Return the current postings that serve the user's own search only (Policy.statistics false), by key."""
        out: dict[str, Posting] = {}
        for item in self._ledger.latest():
            if item.pages and counts(item.source):
                continue
            pages = [page.load(self._archive, seen_at=item.at) for page in item.pages]
            found = registry.load(item.source).read(pages) if pages else imports.whole(self._archive, item)
            out |= {one.key: one for one in found if isinstance(one, Posting) and not counts(one.source)}
        return [out[key] for key in sorted(out)]


def counts(source: str) -> bool:
    """Whether a source's terms let its postings enter statistics; files of the user's own do."""
    return source not in registry.names() or registry.load(source).policy.statistics

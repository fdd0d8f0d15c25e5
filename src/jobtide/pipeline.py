"""The whole way of a posting, on one page: collected or imported, kept raw, read, joined, published.

    board, feed, file ─ sources ─► archive ─ read ─► posting ─ enrich ─► facts ─ link ─► vacancies ─► snapshot

``collect`` and ``import_file`` put bytes into the archive and say so in the ledger. ``build`` starts from what
the ledger names as current and may be run any number of times: the same archive, version and configuration
give the same Parquet bytes, and only versions never read before are enriched.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from jobtide import __version__
from jobtide.enrich import kit
from jobtide.errors import JobtideError, SourceChanged
from jobtide.link.vacancies import vacancies
from jobtide.model import Bad, Completeness, Posting, Stamp
from jobtide.runners import local
from jobtide.sources import fetch, registry
from jobtide.sources.files import load, read_file
from jobtide.store import postings as assemble
from jobtide.store.archive import Archive
from jobtide.store.enriched import Enriched
from jobtide.store.ledger import Kept, Ledger, lock
from jobtide.store.snapshot import publish
from jobtide.tables import CRAWL, ENRICHED, QUARANTINE, SIGNATURE

Say = Callable[[str], None]


# ---- bring in ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Crawled:
    """How one board's crawl ended."""

    source: str
    board: str
    outcome: str
    postings: int
    note: str


def collect(
    root: Path,
    boards: Sequence[tuple[str, str]],
    *,
    limits: fetch.Limits,
    now: Callable[[], datetime],
    told: Callable[[Crawled], None],
) -> list[Crawled]:
    """Crawl each (source, board) into the archive; ``told`` hears of each board as it ends.

    One board's failure never ends the others. Pages are in the archive before the ledger names them.
    """
    out: list[Crawled] = []
    with lock(root), Ledger(root) as ledger:
        run = ledger.begin("collect", now())
        archive = Archive(root)

        def keep(crawl: fetch.Crawl) -> None:
            for page in crawl.pages:
                archive.put(page.body)
            outcome, count, note = _judge(crawl)
            ledger.record_crawl(
                run,
                source=crawl.source,
                board=crawl.board,
                at=crawl.ended_at,
                outcome=outcome,
                note=note,
                pages=crawl.pages,
            )
            out.append(Crawled(crawl.source, crawl.board, outcome, count, note))
            told(out[-1])

        sources = [(registry.load(source), board) for source, board in boards]
        fetch.collect(sources, limits=limits, validators=ledger.validators(), now=now, on_crawl=keep)
        failed = any(crawled.outcome == Completeness.FAILED for crawled in out)
        ledger.end(run, now(), "some failed" if failed else "complete")
    return out


def _judge(crawl: fetch.Crawl) -> tuple[str, int, str]:
    """What a crawl is worth: pages whose reader no longer understands them make it failed, and they stay archived."""
    if crawl.completeness in (Completeness.FAILED, Completeness.UNCHANGED):
        return crawl.completeness, 0, crawl.note
    try:
        count = sum(isinstance(found, Posting) for found in registry.load(crawl.source).read(crawl.pages))
    except SourceChanged as error:
        return Completeness.FAILED, 0, str(error)
    return crawl.completeness, count, crawl.note


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held."""

    name: str
    rows: int
    postings: int
    bad: tuple[Bad, ...]
    seen: Stamp | None


def import_file(
    root: Path,
    path: Path,
    *,
    now: datetime,
    mapping: Mapping[str, str] | None = None,
    board: str = "",
    source: str = "",
    seen: Stamp | None = None,
) -> Imported:
    """Put a file into the archive as it is, and say what can be read of it; nothing is kept of a file that is no table.

    A newer file of the same name replaces the older one. Without ``seen`` its rows count as seen on the newest
    date that any of them states.
    """
    body = load(path)
    found = list(read_file(body, name=path.name, mapping=mapping, board=board, source=source, seen=seen))
    bad = tuple(f for f in found if isinstance(f, Bad))
    good = [f for f in found if isinstance(f, Posting)]
    if not good:
        first = f"; row {bad[0].row}: {bad[0].reason}" if bad else ""
        raise JobtideError(f"{path}: no posting could be read{first}")
    with lock(root), Ledger(root) as ledger:
        run = ledger.begin("import", now)
        sha = Archive(root).put(body)
        ledger.record_import(
            run, name=path.name, sha256=sha, mapping=mapping or {}, board=board, source=source, seen=seen
        )
        ledger.end(run, now, "complete" if not bad else f"{len(bad)} rows set aside")
    newest = max((f.seen for f in good if f.seen), key=lambda stamp: stamp.at, default=None)
    return Imported(path.name, len(found), len(good), bad, newest)


# ---- build ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Gathered:
    """Everything the archive currently says: postings by key, rows set aside, and a line a crawl.

    ``personal`` holds postings whose source's terms bar them from statistics; they never enter a snapshot.
    """

    postings: dict[str, Posting] = field(default_factory=dict)
    personal: dict[str, Posting] = field(default_factory=dict)
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    crawls: list[dict[str, Any]] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: ``rows`` read of the archive, distinct ``postings``, and how many versions were new."""

    snapshot: Path
    rows: int
    postings: int
    vacancies: int
    enriched: int
    quarantined: int


def build(root: Path, *, workers: int = 1, say: Say = lambda _: None) -> Built:
    """Read what is new in the archive, join vacancies, publish a snapshot; returns what was done.

    Raises StoreBusy if another writer is at work, JobtideError if nothing was ever collected or imported.
    """
    with lock(root), Ledger(root) as ledger:
        gathered = gather(Archive(root), ledger.latest())
        if not gathered.postings:
            raise JobtideError(f"nothing to build from in {root}: run 'jobtide import FILE' or 'jobtide collect' first")
        found = sorted(gathered.postings.values(), key=lambda posting: posting.key)
        say(f"{len(found):,} postings, {len(gathered.quarantine):,} rows set aside")
        enriched, signatures, fresh = understand(root, found, workers=workers, say=say)
        say("joining vacancies")
        published = assemble.posting_table(found, enriched)
        members, elsewhere = vacancies(assemble.with_text(published, enriched), signatures)
        tables = {
            "posting": assemble.in_vacancies(published, members),
            "fact": assemble.fact_table(enriched),
            "member": members,
            "elsewhere": elsewhere,
            "text": assemble.text_table(enriched),
            "crawl": pa.Table.from_pylist(gathered.crawls, schema=CRAWL),
            "quarantine": pa.Table.from_pylist(gathered.quarantine, schema=QUARANTINE),
        }
        folder = publish(root, tables, made=_made(gathered))
    count = len(set(members["vacancy"].to_pylist()))
    rows = sum(crawl["postings"] + crawl["bad"] for crawl in gathered.crawls)
    return Built(folder, rows, len(found), count, fresh, len(gathered.quarantine))


def gather(archive: Archive, kept: Sequence[Kept]) -> Gathered:
    """Read every posting that the ledger names as current; where two say the same key, the later sighting wins."""
    out = Gathered()
    for item in kept:
        moments: Counter[tuple[str, str, datetime | None]] = Counter()
        bad: list[Bad] = []
        try:
            for found in _read(archive, item):
                if isinstance(found, Bad):
                    bad.append(found)
                else:
                    moments[found.source, found.board, found.seen.at if found.seen else None] += 1
                    _keep(out, found if found.seen else replace(found, seen=Stamp(item.at, "date of the import")))
        except SourceChanged as error:
            bad.append(Bad(0, str(error)))
        out.quarantine += [_set_aside(item, one) for one in bad]
        out.crawls += _lines(item, moments, len(bad))
    _date_files(out)
    return out


def _lines(item: Kept, moments: Mapping[tuple[str, str, datetime | None], int], bad: int) -> Iterator[dict[str, Any]]:
    """One line for a crawl or a file; a file whose rows say when they were seen has one for each moment.

    A collection of monthly threads is so a series of complete crawls of its board, one a month.
    """
    line = {
        "run": item.run, "source": item.source or "file", "board": item.board or item.name, "at": item.at,
        "outcome": item.outcome, "postings": sum(moments.values()), "bad": bad, "note": item.note,
    }  # fmt: skip
    if item.pages or len(moments) < 2 or None in (at for _, _, at in moments):
        yield line
        return
    ordered = sorted(moments.items(), key=lambda moment: (moment[0][2] or item.at, moment[0][:2]))
    for number, ((source, board, at), count) in enumerate(ordered):
        yield line | {"source": source, "board": board, "at": at, "postings": count, "bad": 0 if number else bad}


def personal(root: Path) -> list[Posting]:
    """Return the postings that serve the user's own search only (Policy.statistics false), by key."""
    with Ledger(root) as ledger:
        gathered = gather(Archive(root), ledger.latest())
    return [gathered.personal[key] for key in sorted(gathered.personal)]


def _read(archive: Archive, item: Kept) -> Iterator[Posting | Bad]:
    """The postings of one kept crawl or file, from its archived bytes."""
    if item.pages:
        pages = [page.load(archive, seen_at=item.at) for page in item.pages]
        yield from registry.load(item.source).read(pages)
    else:
        body = archive.get(item.sha256)
        yield from read_file(
            body, name=item.name, mapping=item.mapping, board=item.board, source=item.source, seen=item.given
        )


def _keep(out: Gathered, posting: Posting) -> None:
    counted = posting.source not in registry.names() or registry.load(posting.source).policy.statistics
    kept = out.postings if counted else out.personal
    before = kept.get(posting.key)
    if before is None or _rank(posting) > _rank(before):
        kept[posting.key] = posting
    if counted:
        out.sources.add(posting.source)


def _rank(posting: Posting) -> tuple[str, str]:
    """Later sightings first; the version breaks ties, so that the order of reading does not matter."""
    return (posting.seen.at.isoformat() if posting.seen else "", posting.version)


def _date_files(out: Gathered) -> None:
    """A file's line carries the date its rows were seen, not the moment of the import, where they state one."""
    boards: dict[str, list[Posting]] = {}
    for posting in out.postings.values():
        boards.setdefault(posting.board, []).append(posting)
    everything = list(out.postings.values())
    for crawl in out.crawls:
        if crawl["source"] == "file" or crawl["board"].partition(".")[1]:
            seen = [p.seen.at for p in boards.get(crawl["board"], everything) if p.seen]
            crawl["at"] = max(seen, default=None)


def _set_aside(item: Kept, bad: Bad) -> dict[str, Any]:
    return {
        "source": item.source or "file",
        "board": item.board or item.name,
        "row": bad.row,
        "source_id": bad.source_id,
        "reason": bad.reason,
        "excerpt": bad.excerpt,
    }


def understand(root: Path, found: Sequence[Posting], *, workers: int, say: Say) -> tuple[pa.Table, pa.Table, int]:
    """Return (enriched, signatures, how many versions were new); what was read before comes from the store."""
    spec = kit.spec()
    facts, marks = Enriched(root, ENRICHED), Enriched(root, SIGNATURE)
    wanted = {posting.version for posting in found}
    known = facts.known(spec.id)
    batches = assemble.versions(posting for posting in found if posting.version not in known)
    fresh = sum(batch.num_rows for batch in batches)
    if fresh:
        say(f"reading {fresh:,} posting versions")
        facts.append(spec.id, local.run(batches, "jobtide.enrich.batch:enrich", spec, workers=workers))
    enriched = facts.load(spec.id, wanted)
    name = f"{spec.id}-signatures"
    unsigned = assemble.unsigned(enriched, marks.known(name))
    if unsigned:
        marks.append(name, local.run(unsigned, "jobtide.link.signatures:signatures", spec, workers=workers))
    return enriched, marks.load(name, wanted), fresh


def _made(gathered: Gathered) -> dict[str, Any]:
    """From what the snapshot was made: versions and sources with their attribution, no clock and no machine."""
    spec = kit.spec()
    sources = []
    for name in sorted(gathered.sources):
        if name in registry.names():
            policy = registry.load(name).policy
            sources.append({"name": name, "attribution": policy.attribution, "terms": policy.terms})
        else:
            sources.append({"name": name, "attribution": "a file of the user's", "terms": ""})
    return {"jobtide": __version__, "spec": spec.id, "sources": sources}

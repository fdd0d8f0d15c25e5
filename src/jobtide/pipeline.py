"""The whole way of a posting, on one page: collected or imported, kept raw, read, joined, published.

    board, feed, file ─ sources ─► archive ─ read ─► posting ─ enrich ─► facts ─ link ─► vacancies ─► snapshot

``collect`` and ``import_file`` put bytes into the archive and say so in the ledger. ``build`` starts from what
the ledger names as current and may be run any number of times: the same archive, version and configuration
give the same Parquet bytes, and only versions never read before are enriched.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from jobtide import __version__
from jobtide.enrich import kit
from jobtide.errors import JobtideError, SourceChanged
from jobtide.link.vacancies import vacancies
from jobtide.model import Bad, Posting, Stamp
from jobtide.runners import local
from jobtide.sources import registry
from jobtide.sources.files import read_file
from jobtide.store import postings as assemble
from jobtide.store.archive import Archive
from jobtide.store.enriched import Enriched
from jobtide.store.ledger import Kept, Ledger, lock
from jobtide.store.snapshot import publish
from jobtide.tables import CRAWL, QUARANTINE


@dataclass(slots=True)
class Gathered:
    """Everything the archive currently says: postings by key, rows set aside, and a line a crawl."""

    postings: dict[str, Posting] = field(default_factory=dict)
    repeated: int = 0
    quarantine: list[dict[str, Any]] = field(default_factory=list)
    crawls: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    snapshot: Path
    rows: int
    postings: int
    vacancies: int
    enriched: int
    quarantined: int


def build(root: Path, *, workers: int = 1, say: Callable[[str], None] = lambda _: None) -> Built:
    """Read what is new in the archive, join vacancies, publish a snapshot; returns what was done.

    Raises StoreBusy if another writer is at work, JobtideError if nothing was ever collected or imported.
    """
    with lock(root), Ledger(root) as ledger:
        gathered = gather(Archive(root), ledger.latest())
        if not gathered.postings:
            raise JobtideError(f"nothing to build from in {root}: run 'jobtide import FILE' or 'jobtide collect' first")
        found = list(gathered.postings.values())
        say(f"{len(found):,} postings, {len(gathered.quarantine):,} rows set aside")
        enriched, signatures, fresh = understand(Enriched(root), found, workers=workers, say=say)
        values = assemble.settled(enriched)
        published = assemble.posting_table(found, enriched, values, {})
        members, elsewhere = vacancies(published.append_column("text", _texts(published, enriched)), signatures)
        cluster = dict(zip(members["posting"].to_pylist(), members["vacancy"].to_pylist(), strict=True))
        say(f"{len(set(cluster.values())):,} vacancies")
        tables = {
            "posting": assemble.posting_table(found, enriched, values, cluster),
            "fact": assemble.fact_table(enriched),
            "member": members,
            "elsewhere": elsewhere,
            "text": assemble.text_table(enriched),
            "crawl": pa.Table.from_pylist(gathered.crawls, schema=CRAWL),
            "quarantine": pa.Table.from_pylist(gathered.quarantine, schema=QUARANTINE),
        }
        folder = publish(root, tables, made=_made(gathered))
    return Built(
        folder,
        sum(crawl["postings"] + crawl["bad"] for crawl in gathered.crawls),
        len(found),
        len(set(cluster.values())),
        fresh,
        len(gathered.quarantine),
    )


def gather(archive: Archive, kept: Sequence[Kept]) -> Gathered:
    """Read every posting that the ledger names as current; where two say the same key, the later sighting wins."""
    out = Gathered()
    for item in kept:
        count = bad = 0
        note = item.note
        try:
            for found in _read(archive, item):
                if isinstance(found, Bad):
                    bad += 1
                    out.quarantine.append(_set_aside(item, found))
                else:
                    count += 1
                    _keep(out, found)
        except SourceChanged as error:
            note = str(error)
            bad += 1
            out.quarantine.append(_set_aside(item, Bad(0, note)))
        out.crawls.append({
            "run": item.run, "source": item.source or "file", "board": item.board or item.name, "at": item.seen.at,
            "outcome": item.outcome, "postings": count, "bad": bad, "note": note or item.seen.basis,
        })  # fmt: skip
    return out


def _read(archive: Archive, item: Kept) -> Iterator[Posting | Bad]:
    """The postings of one kept crawl or file, from its archived bytes."""
    if item.pages:
        pages = [page.load(archive) for page in item.pages]
        yield from registry.load(item.source).read(pages)
    else:
        body = archive.get(item.sha256)
        yield from read_file(
            body, name=item.name, mapping=item.mapping, board=item.board, source=item.source, seen=item.given
        )


def _keep(out: Gathered, posting: Posting) -> None:
    before = out.postings.get(posting.key)
    if before is None or _rank(posting) > _rank(before):
        out.postings[posting.key] = posting
    out.repeated += before is not None


def _rank(posting: Posting) -> tuple[str, str]:
    """Later sightings first; the version breaks ties, so that the order of reading does not matter."""
    return (posting.seen.at.isoformat() if posting.seen else "", posting.version)


def _set_aside(item: Kept, bad: Bad) -> dict[str, Any]:
    return {
        "source": item.source or "file",
        "board": item.board or item.name,
        "row": bad.row,
        "source_id": bad.source_id,
        "reason": bad.reason,
        "excerpt": bad.excerpt,
    }


def understand(
    store: Enriched, found: Sequence[Posting], *, workers: int, say: Callable[[str], None]
) -> tuple[pa.Table, pa.Table, int]:
    """Return (enriched, signatures, how many versions were new); what was read before comes from the store."""
    spec = kit.spec()
    wanted = sorted({posting.version for posting in found})
    known = store.known(spec.id)
    fresh = [posting for posting in found if posting.version not in known]
    batches = assemble.versions(fresh)
    if batches:
        say(f"reading {sum(b.num_rows for b in batches):,} posting versions")
        store.append(spec.id, local.run(batches, "jobtide.enrich.batch:enrich", spec, workers=workers))
    enriched = store.load(spec.id, wanted)
    return enriched, _sign(store, enriched, found, workers=workers), sum(b.num_rows for b in batches)

"""The whole way of a posting, on one page: collected or imported, kept raw, read, joined, published.

    board, feed, file ─ sources ─► archive ─ read ─► posting ─ enrich ─► facts ─ link ─► vacancies ─► snapshot

``collect`` and ``import_file`` put bytes into the archive and say so in the ledger. ``build`` follows every board
from its first crawl to its last and may be run any number of times: the same archive, version and configuration
give the same Parquet bytes; only crawls never followed are read, and only versions never read are enriched.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from jobtide import __version__
from jobtide.enrich import kit
from jobtide.errors import JobtideError
from jobtide.link.spells import edit_table, spell_table
from jobtide.link.vacancies import vacancies
from jobtide.model import Bad, Completeness, Posting, Stamp
from jobtide.sources import fetch, registry
from jobtide.sources.fields import noted
from jobtide.sources.files import load, read_file
from jobtide.sources.hosts import Hosts
from jobtide.store import postings as assemble
from jobtide.store.archive import Archive
from jobtide.store.crawls import CrawlEnd
from jobtide.store.enriched import Enriched
from jobtide.store.files import leftovers
from jobtide.store.gathered import Gathered
from jobtide.store.imported import Import
from jobtide.store.ledger import Ledger, writing
from jobtide.store.let_alone import early, remembered
from jobtide.store.lives import Lives
from jobtide.store.runlog import FIRST_PART
from jobtide.store.snapshot import publish
from jobtide.store.understood import Say, understand
from jobtide.store.verdict import Crawled, verdict
from jobtide.tables import CRAWL, ENRICHED, QUARANTINE

# ---- bring in ------------------------------------------------------------------------------------


def collect(
    root: Path,
    boards: Sequence[tuple[str, str]],
    *,
    limits: fetch.Limits,
    now: Callable[[], datetime],
    told: Callable[[Crawled], None],
    more: bool = False,
    hosts: Hosts | None = None,
) -> list[Crawled]:
    """Crawl each (source, board) into the archive; ``told`` hears of each board as it ends.

    One board's failure never ends the others. Pages are in the archive before the ledger names them. ``more``: other
    boards of the same collection follow in a run of their own; until that one ends, the collection is cut off.
    ``hosts`` is told which hosts want to be let alone; the store keeps it from run to run.
    """
    out: list[Crawled] = []
    with writing(root) as ledger, _run(ledger, "collect", now) as ended:
        archive = Archive(root)
        hosts = Hosts() if hosts is None else hosts

        def keep(crawl: fetch.Crawl) -> None:
            before = ledger.before(crawl.source, crawl.board)
            done = verdict(crawl, before)
            if done.outcome != Completeness.UNCHANGED:  # its bytes are there
                once_more = done.outcome == Completeness.FAILED and done.fault == before.fault
                for body in (*(page.body for page in crawl.pages), *(() if once_more else crawl.scraps)):
                    archive.put(body)
            ledger.record_crawl(ended.run, CrawlEnd(
                source=crawl.source, board=crawl.board, at=crawl.ended_at, outcome=done.outcome,
                note=done.note, pages=crawl.pages, postings=done.postings, bad=done.bad,
            ))  # fmt: skip
            note()
            out.append(done)
            told(done)

        for one in early(ledger, boards, now()):
            out.append(one)
            told(one)
        not_now = {(one.source, one.board) for one in out}
        sources = [(registry.load(source), board) for source, board in boards if (source, board) not in not_now]
        with remembered(ledger, hosts, now) as note:
            fetch.collect(sources, limits=limits, validators=ledger.validators(), now=now, on_crawl=keep, hosts=hosts)
        failed = any(crawled.outcome == Completeness.FAILED for crawled in out)
        ended.outcome = FIRST_PART if more else "some failed" if failed else "complete"
    return out


@dataclass(slots=True)
class _Ended:
    """A run by its number, and how it ended; whoever is interrupted never says otherwise."""

    run: int
    outcome: str = "interrupted"


@contextmanager
def _run(ledger: Ledger, kind: str, now: Callable[[], datetime]) -> Iterator[_Ended]:
    """A line in the run log, closed whatever happens; one that was killed stays unfinished."""
    ended = _Ended(ledger.begin(kind, now()))
    try:
        yield ended
    finally:
        ledger.end(ended.run, now(), ended.outcome)


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held; ``unread`` names fields that its reader never saw, "" if there are none.

    ``instead_of``: runs whose imports it took the place of, because of its name.
    """

    name: str
    rows: int
    postings: int
    bad: tuple[Bad, ...]
    seen: Stamp | None
    unread: str
    instead_of: tuple[int, ...]


def import_file(
    root: Path,
    path: Path,
    *,
    now: datetime,
    mapping: Mapping[str, str] | None = None,
    board: str = "",
    source: str = "",
    seen: Stamp | None = None,
    alone: bool = False,
) -> Imported:
    """Put a file into the archive as it is, and say what can be read of it; nothing is kept of a file that is no table.

    A newer file of the same name replaces the older one, unless they are ``seen`` at different dates; if it stands
    ``alone``, all of them. Without ``seen`` its rows count as seen on the newest date that any of them states.
    """
    body = load(path)
    with noted() as unread:
        found = list(read_file(body, name=path.name, mapping=mapping, board=board, source=source, seen=seen))
    bad = tuple(f for f in found if isinstance(f, Bad))
    good = [f for f in found if isinstance(f, Posting)]
    if not good:
        first = f"; row {bad[0].row}: {bad[0].reason}" if bad else ""
        raise JobtideError(f"{path}: no posting could be read{first}")
    with writing(root) as ledger, _run(ledger, "import", lambda: now) as ended:
        sha = Archive(root).put(body)
        before = {item.run: item for item in ledger.imports() if item.name == path.name and item.sha256 != sha}
        ledger.record_import(ended.run, Import(path.name, sha, mapping or {}, board, source, seen, alone))
        instead_of = tuple(sorted(before.keys() - {item.run for item in ledger.imports()}))
        ended.outcome = "complete" if not bad else f"{len(bad)} rows set aside"
    newest = max((f.seen for f in good if f.seen), key=lambda stamp: stamp.at, default=None)
    return Imported(path.name, len(found), len(good), bad, newest, unread.words, instead_of)


# ---- build ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: ``rows`` that stand in the archive now, distinct ``postings`` ever seen, of which ``open`` ones
    may still stand there, and how many versions were new.
    """

    snapshot: Path
    rows: int
    postings: int
    open: int
    vacancies: int
    enriched: int
    quarantined: int


def build(root: Path, *, workers: int = 1, say: Say = lambda _: None) -> Built:
    """Read what is new in the archive, join vacancies, publish a snapshot; returns what was done.

    Raises StoreBusy if another writer is at work, JobtideError if nothing was ever collected or imported.
    """
    with writing(root) as ledger, noted():  # what was never seen was said when it came
        return _build(root, ledger, workers=workers, say=say)


def rebuild(root: Path, *, workers: int = 1, say: Say = lambda _: None) -> Built:
    """Forget everything that was worked out, and work it out anew; the same Parquet bytes if nothing was damaged.

    The snapshot stays until the new one is whole. Raises as ``build`` does, StoreDamaged if a blob is not whole.
    """
    with writing(root) as ledger, noted():
        for name in ("derived", "enriched"):
            shutil.rmtree(root / name, ignore_errors=True)
        for path in leftovers(root):
            path.unlink(missing_ok=True)
        return _build(root, ledger, workers=workers, say=say)


def _build(root: Path, ledger: Ledger, *, workers: int, say: Say) -> Built:
    lives = Lives(root, Archive(root), ledger)
    gathered = lives.gather()
    if not gathered.tracks:
        raise JobtideError(f"nothing to build from in {root}: run 'jobtide import FILE' or 'jobtide collect' first")
    heads = gathered.heads
    say(f"{len(heads):,} postings, {len(gathered.quarantine):,} rows set aside")
    enriched, signatures, fresh = understand(root, lives, heads, workers=workers, say=say)
    say("joining vacancies")
    published = assemble.posting_table(heads, enriched)
    members, elsewhere = vacancies(assemble.with_text(published, enriched), signatures)
    vacancy = dict(zip(members["posting"].to_pylist(), members["vacancy"].to_pylist(), strict=True))
    tables = {
        "posting": assemble.in_vacancies(published, members),
        "fact": assemble.fact_table(enriched),
        "member": members,
        "elsewhere": elsewhere,
        "text": assemble.text_table(enriched),
        "spell": spell_table(gathered.tracks, vacancy),
        "edit": edit_table(gathered.tracks),
        "crawl": pa.Table.from_pylist(gathered.crawls, schema=CRAWL),
        "quarantine": pa.Table.from_pylist(gathered.quarantine, schema=QUARANTINE),
    }
    folder = publish(root, tables, made=_made(gathered))
    Enriched(root, ENRICHED).forget_others(kit.spec().id)
    still = sum(track.open for track in gathered.tracks.values())
    bad = len(gathered.quarantine)
    return Built(folder, len(heads) + bad, len(heads), still, len(set(vacancy.values())), fresh, bad)


def personal(root: Path) -> list[Posting]:
    """Return the postings that serve the user's own search only (Policy.statistics false), by key."""
    with Ledger(root) as ledger:
        return Lives(root, Archive(root), ledger).personal()


def _made(gathered: Gathered) -> dict[str, Any]:
    """From what the snapshot was made: versions and sources with their attribution, no clock and no machine."""
    spec = kit.spec()
    sources = []
    for name in gathered.sources:
        if name in registry.names():
            policy = registry.load(name).policy
            sources.append({"name": name, "attribution": policy.attribution, "terms": policy.terms})
        else:
            sources.append({"name": name, "attribution": "a file of the user's", "terms": ""})
    return {"jobtide": __version__, "spec": spec.id, "sources": sources}

"""How fast is the way from HTML to facts, beside a named peer in the same run?

Prints postings a second on one core for ``enrich`` (all extractors), for link signatures, and for a baseline that does
less: BeautifulSoup for the text and spaCy's PhraseMatcher for the terms alone. Then the wall time of import + build.
Facts are timed with the compiled loops, if this installation has them, and without; and each of these twice: postings
never read before, by a process that has read other employers', and postings read again, of whose blocks much is kept.
Absolute figures move with the machine; the ratio is the portable part.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path

import pyarrow as pa

HERE = Path(__file__).resolve().parent
_BASELINE = 150  # postings: the peer is slow, and its rate does not depend on how many it reads


def main() -> int:
    """Measure and print; returns 0 always: speed is reported, never a timed test."""
    shared = Path(os.environ.get("JOBTIDE_SHARED") or HERE.parent.parent / "shared")
    corpus = shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"
    if not corpus.exists():
        print(f"bench: skipped, no corpus at {corpus}")
        return 0
    batches = _batches(corpus)
    rows = sum(batch.num_rows for batch in batches)
    print(f"corpus: {rows:,} posting versions; process time on one core, best of several")
    size = sum(len(page or "") for batch in batches for page in batch["html"].to_pylist()) / 1e6
    facts = _facts(batches, rows, size, plain="")
    _facts(batches, rows, size, plain="1")
    os.environ.pop("JOBTIDE_PLAIN", None)
    signed = _sign(batches, rows)
    print(f"  link signatures            {rows / signed:>8,.0f} postings/s  ({signed / rows * 1e6:.0f} us a posting)")
    peer = _peer(batches)
    if peer:
        print(f"  BeautifulSoup + spaCy      {peer:>8,.0f} postings/s  (terms only, {_BASELINE} postings)")
        print(f"  ratio                      {rows / facts / peer:>8.1f} x")
    for workers in (1, 2):
        print(f"import + build, {workers} worker(s): {_whole_way(corpus, workers):.1f} s wall")
    return 0


def _facts(batches: list[pa.RecordBatch], rows: int, size: float, *, plain: str) -> float:
    """Seconds from HTML to facts, with the compiled loops where they are or, if ``plain`` is set, without."""
    from jobtide.enrich import native

    os.environ[native.PLAIN] = plain
    native.library.cache_clear()
    print(f"  {native.state()}")
    first = _new(batches)
    again = _best(lambda: _enrich(batches), times=6)
    for name, taken in (("HTML to facts, new", first), ("HTML to facts, read again", again)):
        print(
            f"  {name:<26} {rows / taken:>8,.0f} postings/s  ({taken / rows * 1e6:.0f} us a posting, "
            f"{size / taken:.1f} million characters/s)"
        )
    return first


def _new(batches: list[pa.RecordBatch]) -> float:
    """Seconds for postings never read before: each half of the boards after the other half alone was read."""
    half = len(batches) // 2
    return _after(batches[half:], batches[:half]) + _after(batches[:half], batches[half:])


def _after(read: list[pa.RecordBatch], timed: list[pa.RecordBatch]) -> float:
    return _best(lambda: _enrich(timed), times=6, before=lambda: (_forget(), _enrich(read)))


def _forget() -> None:
    """Empty what reading keeps of titles, places and blocks that it has met; tables made once a process stay."""
    from jobtide.enrich import gazetteer

    modules = [module for name, module in sys.modules.items() if name.startswith("jobtide.enrich")]
    for kept in {id(each): each for module in modules for each in vars(module).values()}.values():
        if isinstance(kept, _lru_cache_wrapper) and kept.cache_info().maxsize:
            kept.cache_clear()
    gazetteer.load().forget()


def _batches(corpus: Path) -> list[pa.RecordBatch]:
    from jobtide.model import Posting
    from jobtide.sources.files import read_file
    from jobtide.store.postings import versions

    found = read_file(corpus.read_bytes(), name=corpus.name)
    return versions(posting for posting in found if isinstance(posting, Posting))


def _best(work: Callable[[], object], times: int = 3, before: Callable[[], object] = lambda: None) -> float:
    taken = []
    for _ in range(times):
        before()
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def _enrich(batches: list[pa.RecordBatch]) -> list[pa.RecordBatch]:
    from jobtide.enrich import kit
    from jobtide.enrich.batch import enrich

    spec = kit.spec()
    kit.load()
    return [enrich(batch, spec) for batch in batches]


def _sign(batches: list[pa.RecordBatch], rows: int) -> float:
    from jobtide.enrich import kit
    from jobtide.link.signatures import signatures

    table = pa.Table.from_batches(_enrich(batches)).select(["version", "text"])
    source = pa.Table.from_batches(batches)
    assert table.num_rows == rows == source.num_rows
    table = table.append_column("title", source["title"]).append_column("employer", source["employer"])
    ready = table.combine_chunks().to_batches(max_chunksize=512)
    return _best(lambda: [signatures(batch, kit.spec()) for batch in ready])


def _peer(batches: list[pa.RecordBatch]) -> float | None:
    """Postings a second of the baseline on the first postings of the corpus; None where it is not installed."""
    try:
        import spacy
        from bs4 import BeautifulSoup
        from spacy.matcher import PhraseMatcher
    except ImportError:
        print("  (baseline not installed: make bench installs it)")
        return None
    from jobtide.enrich import kit

    nlp = spacy.blank("en")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("TERM", [nlp.make_doc(pattern.decode()) for pattern in kit.load().taxonomy.patterns if pattern.strip()])
    pages = pa.Table.from_batches(batches)["html"].to_pylist()[:_BASELINE]
    taken = _best(
        lambda: [matcher(nlp.make_doc(BeautifulSoup(page, "html.parser").get_text("\n"))) for page in pages], times=1
    )
    return len(pages) / taken


def _whole_way(corpus: Path, workers: int) -> float:
    from datetime import UTC, datetime

    from jobtide import pipeline

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        begun = time.perf_counter()
        pipeline.import_file(root, corpus, now=datetime.now(UTC))
        built = pipeline.build(root, workers=workers)
        taken = time.perf_counter() - begun
        print(f"  {built.postings:,} postings, {built.vacancies:,} vacancies", file=sys.stderr)
    return taken


if __name__ == "__main__":
    raise SystemExit(main())

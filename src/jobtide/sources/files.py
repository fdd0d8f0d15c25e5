"""Which postings does a file hold? Board answers and feeds, or anybody's CSV, JSON lines, Parquet, ZIP or Data Package.

A row that cannot be read is set aside with its number and the reason; the good ones go on.
"""

import contextlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from jobtide.errors import JobtideError, SourceChanged
from jobtide.model import Bad, Page, Posting, Request, Stamp
from jobtide.sources import columns, datapackage, delimited, registry, rows, shapes
from jobtide.sources.unpack import plain

_EXCERPT = 120
_FIRST = 2  # lines of which one must be an object by itself, or the file is one value over many lines
_UNDATED = datetime(1, 1, 1, tzinfo=UTC)  # when a saved answer came is not known; replaced before anybody sees it
_TABLES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".parquet", ".xml", ".html")


def load(path: Path) -> bytes:
    """Return what is to be kept of a file: its bytes; for datapackage.json, the package with the files it names."""
    return datapackage.bundle(path) if path.name == datapackage.DESCRIPTOR else path.read_bytes()


def read_file(
    body: bytes,
    *,
    name: str,
    mapping: Mapping[str, str] | None = None,
    board: str = "",
    source: str = "",
    seen: Stamp | None = None,
) -> Iterator[Posting | Bad]:
    """Yield the postings of one file, in its order; ``name`` tells its format and, without ``board``, its board.

    Without ``seen`` a row counts as seen when it says so itself (a monthly collection), else on the newest date of
    collecting, else of publication, that any row states: a file cannot be older.
    Raises UsageError for a wrong ``mapping`` and JobtideError for a file that is no table at all.
    """
    whole = plain(body, name)
    stem = board or _stem(name)
    found = _rows(whole, name, mapping or {}, stem, source)
    if seen is not None:
        yield from (replace(f, seen=seen) if isinstance(f, Posting) else f for f in _once(found))
        return
    kept = list(_once(found))
    stamp = _taken([f for f in kept if isinstance(f, Posting)])
    yield from (replace(f, seen=_own(f) or stamp) if isinstance(f, Posting) else f for f in kept)


def _own(found: Posting) -> Stamp | None:
    """The moment that a board's own record states; the rows of a table are of one moment, the table's."""
    return found.seen if found.seen and found.seen.at > _UNDATED and found.source != columns.SOURCE else None


def _taken(found: Sequence[Posting]) -> Stamp | None:
    """When a file was taken at the earliest: the newest date of collecting, else of publication, that a row states."""
    taken = [f.seen for f in found if f.seen and f.source == columns.SOURCE]
    if taken:
        return max(taken, key=lambda stamp: stamp.at)
    newest = _newest(found)
    return Stamp(newest, "newest date in file") if newest else None


def _stem(name: str) -> str:
    base = PurePath(name).name
    for ending in (".gz", ".zip", *_TABLES):
        base = base.removesuffix(ending)
    return base or "file"


def _rows(
    body: bytes, name: str, mapping: Mapping[str, str], board: str, source: str, *, among: bool = False
) -> Iterator[Posting | Bad]:
    """``among``: other tables come with this one, so that it may be one of something else."""
    if body[:4] == b"PAR1":
        yield from rows.table(_parquet(body, name), mapping, board, among=among)
        return
    if body[:4] == b"PK\x03\x04":
        yield from _zip(datapackage.members(body, name), name, mapping, board, source)
        return
    text = delimited.decode(body)
    head = text.lstrip()[:1]
    if not head:
        return
    if head == "<":
        yield from _markup(body, name, board, source)
    elif head in "[{":
        yield from _json(text, name, mapping, board, source)
    else:
        yield from rows.table(delimited.rows(text), mapping, board, among=among)


def _zip(
    files: Mapping[str, bytes], name: str, mapping: Mapping[str, str], board: str, source: str
) -> Iterator[Posting | Bad]:
    """The tables of a Data Package; else every member that is a table, each a board of its own if there are several."""
    if any(PurePath(file).name == datapackage.DESCRIPTOR for file in files):
        for resource, content in datapackage.tables(files, name):
            here = board if board != _stem(datapackage.DESCRIPTOR) else resource
            with contextlib.suppress(rows.NoPostings):
                yield from rows.table(content, mapping, here, among=True)
        return
    found = {file: body for file, body in files.items() if file.lower().removesuffix(".gz").endswith(_TABLES)}
    if not found:
        raise JobtideError(f"{name}: no table among {', '.join(files) or 'no files'}; known: {', '.join(_TABLES)}")
    if len(found) == 1:
        ((file, body),) = found.items()
        yield from _rows(plain(body, file), file, mapping, board, source)
        return
    yield from _members(found, name, mapping, source)


def _members(found: Mapping[str, bytes], name: str, mapping: Mapping[str, str], source: str) -> Iterator[Posting | Bad]:
    """The postings of a ZIP's members; those that hold none (companies, skills) are passed over unless all do."""
    refused = ""
    read = False
    for number, (file, body) in enumerate(found.items(), 1):
        try:
            kept = list(_rows(plain(body, file), file, mapping, _stem(file), source, among=True))
        except rows.NoPostings as error:
            refused = refused or f"{file}: {error}"
            continue
        except SourceChanged as error:  # a page that holds no posting, among pages that do
            kept = [Bad(number, str(error), file)]
        read = True
        yield from kept
    if refused and not read:
        raise JobtideError(f"{name}: {refused}")


def _markup(body: bytes, name: str, board: str, source: str) -> Iterator[Posting | Bad]:
    """A saved feed or posting page."""
    kind = source or shapes.source_of_markup(body)
    if not kind:
        raise JobtideError(f"{name}: markup of no known source; name it with --source ({', '.join(registry.names())})")
    yield from registry.load(kind).read([_page(body, board)])


def _page(body: bytes, board: str) -> Page:
    return Page(Request("GET", ""), board, 200, {}, body, "", _UNDATED)


def _json(text: str, name: str, mapping: Mapping[str, str], board: str, source: str) -> Iterator[Posting | Bad]:
    """One JSON value (a board's whole answer, a list of rows) or one value a line."""
    lines = text.split("\n")  # not splitlines: JSON strings may hold U+2028 and other separators as they are
    some = [line for line in lines if line.strip()]
    if text.lstrip()[0] == "[" or len(some) == 1 or not any(_is_object(line) for line in some[:_FIRST]):
        try:
            whole = rows.value(text)
        except (ValueError, RecursionError) as error:
            raise JobtideError(f"{name}: no valid JSON ({error})") from error
        inner = shapes.inner(whole)
        found = inner if inner is not None else [whole]
        answer = _answer(text, source or shapes.source_of_rows(found), board)
        yield from answer if answer is not None else rows.records(enumerate(found, 1), mapping, board, source)
    else:
        yield from rows.records(rows.lines(lines), mapping, board, source)


def _is_object(line: str) -> bool:
    """Whether a line is an object by itself: then each is one, whatever became of the line before it."""
    try:
        return isinstance(rows.value(line), dict)
    except (ValueError, RecursionError):
        return False


def _answer(text: str, kind: str, board: str) -> list[Posting | Bad] | None:
    """The postings of a source's whole answer, read as a crawl would read it; None for a mere list of its records."""
    if kind not in registry.names():
        return None
    try:
        return list(registry.load(kind).read([_page(text.encode("utf-8", "surrogatepass"), board)]))
    except SourceChanged:
        return None


def _parquet(body: bytes, name: str) -> Iterator[tuple[int, Mapping[str, Any] | Bad]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(body))
    except (pa.ArrowInvalid, OSError) as error:
        raise JobtideError(f"{name}: broken Parquet file ({error})") from error
    number = 0
    for batch in table.to_batches(max_chunksize=1000):
        for row in batch.to_pylist():
            number += 1
            yield number, row


def _once(found: Iterable[Posting | Bad]) -> Iterator[Posting | Bad]:
    """The same id twice is one posting if it says the same, else the second is set aside."""
    seen: dict[str, str] = {}
    for number, item in enumerate(found, 1):
        if isinstance(item, Posting):
            before = seen.get(item.key)
            version = item.version
            if before == version:
                continue
            if before is not None:
                yield Bad(number, "an id that stood before, with other content", item.title[:_EXCERPT], item.source_id)
                continue
            seen[item.key] = version
        yield item


def _newest(found: Iterable[Posting]) -> datetime | None:
    """The newest publication that any of ``found`` states."""
    stamps = (stamp.at for f in found for stamp in (f.first_published, f.last_published) if stamp)
    return max(stamps, default=None)

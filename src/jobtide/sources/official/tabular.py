"""How is a large published table read without holding it? Batches of text columns, whatever the file.

CSV and tab-separated text stream (plain or gzip, UTF-8, UTF-16 or Windows-1252), and so do the sheets of a workbook; a
ZIP that holds one of these is read as it. A row that does not fit its header is set aside with its number.
"""

import gzip
import io
import re
import weakref
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

import pyarrow as pa
import pyarrow.csv as pc_csv

from jobtide.errors import JobtideError
from jobtide.model import Bad
from jobtide.sources.official.packed import bounded, only_table
from jobtide.sources.official.sheetxml import Cell
from jobtide.sources.official.workbook import Workbook

_BLOCK = 2 << 20  # bytes of text read at once
_ROWS = 20_000  # rows of a sheet in one batch
_HEAD = 64 << 10  # bytes looked at to find delimiter and encoding
_LARGEST = 16 << 30  # bytes a workbook or a packed table may unpack to; the largest year published has a third of it
_MOST_BAD = 1000  # rows set aside that are kept by name; beyond that they are only counted
_DELIMITERS = ",\t;|"


@dataclass(slots=True, weakref_slot=True)
class Sheet:
    """A table being read: its header, batches of text columns named by it, and what was set aside so far.

    ``batches`` can be walked once; ``bad`` and ``set_aside`` grow as it is. Cells are trimmed text, null where empty.
    """

    header: tuple[str, ...]
    batches: Iterator[pa.RecordBatch]
    bad: list[Bad] = field(default_factory=list)
    set_aside: int = 0

    def refuse(self, row: int, reason: str, excerpt: str = "") -> None:
        """Set a row aside: counted, and kept by name while there are few."""
        self.set_aside += 1
        if len(self.bad) < _MOST_BAD:
            self.bad.append(Bad(row, reason, excerpt[:120]))


def open_table(file: IO[bytes], *, name: str, wanted: Sequence[str] = ()) -> Sheet:
    """Return the table in ``file``; ``wanted`` are words of which a sheet's header must hold one (all sheets if none).

    Raises JobtideError for a file that is no table.
    """
    head = file.read(4)
    file.seek(0)
    if head == b"PK\x03\x04":
        inner = only_table(file, name, most=_LARGEST)
        return _workbook(file, name, wanted) if inner is None else _inside(inner, name, wanted)
    try:
        return _text(file, name, packed=head[:2] == b"\x1f\x8b")
    except (pa.ArrowInvalid, OSError, EOFError, zlib.error) as error:
        raise JobtideError(f"{name}: cannot be read as a table ({error})") from error


def _inside(inner: IO[bytes], name: str, wanted: Sequence[str]) -> Sheet:
    """The table that a ZIP held; its file is closed when nobody holds the sheet any more."""
    with ExitStack() as opened:
        opened.callback(inner.close)
        sheet = open_table(inner, name=name, wanted=wanted)
        weakref.finalize(sheet, opened.pop_all().close)
    return sheet


# ---- text ----------------------------------------------------------------------------------------


def _text(file: IO[bytes], name: str, *, packed: bool) -> Sheet:
    plain: Any = gzip.GzipFile(fileobj=file) if packed else file
    start = plain.read(_HEAD)
    plain.seek(0)
    if not start.strip():
        raise JobtideError(f"{name}: the file is empty")
    encoding = _encoding(start)
    first = start.decode(encoding, "replace").lstrip("\ufeff").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    if delimiter not in first:
        raise JobtideError(f"{name}: its first line {first[:80]!r} is no header of a table")
    sheet = Sheet((), iter(()))

    def refused(row: Any) -> str:
        reason = f"{row.actual_columns} cells where the header has {row.expected_columns}"
        sheet.refuse(row.number or 0, reason, str(row.text))
        return "skip"

    names = [_clean(part) for part in next(iter(_split(first, delimiter)))]
    header = _distinct(names)
    reader = pc_csv.open_csv(
        pa.PythonFile(plain, mode="r"),
        read_options=pc_csv.ReadOptions(
            block_size=_BLOCK, encoding=encoding, column_names=header, skip_rows=1, use_threads=False
        ),
        parse_options=pc_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, invalid_row_handler=refused, quote_char='"'
        ),
        convert_options=pc_csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()), check_utf8=False, strings_can_be_null=False
        ),
    )
    sheet.header = tuple(header)
    sheet.batches = _until_the_end(reader, name)
    return sheet


def _until_the_end(reader: Any, name: str) -> Iterator[pa.RecordBatch]:
    """The reader's batches; an error in the middle names the file."""
    try:
        yield from reader
    except (pa.ArrowInvalid, OSError, EOFError, zlib.error) as error:
        raise JobtideError(f"{name}: broken off in the middle ({error}); fetch the file again") from error


def _encoding(start: bytes) -> str:
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    try:
        start[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _split(line: str, delimiter: str) -> Iterator[list[str]]:
    import csv

    yield from csv.reader(io.StringIO(line), delimiter=delimiter)


# ---- workbooks -----------------------------------------------------------------------------------


def _workbook(file: IO[bytes], name: str, wanted: Sequence[str]) -> Sheet:
    bounded(file, name, most=_LARGEST)
    book = Workbook(file, name)
    for part in book.sheets:
        found = _sheet(book, part, wanted)
        if found is not None:
            return found
    raise JobtideError(f"{name}: no sheet has a header with {' or '.join(wanted) or 'two named columns'}")


def _sheet(book: Workbook, part: str, wanted: Sequence[str]) -> Sheet | None:
    """The sheet from its header on: the first of its ten first rows that names what is wanted."""
    rows = book.rows(part)
    for number, row in enumerate(islice(rows, 10), 1):
        names = [_clean(book.words(cell) or "") for cell in row]
        known = {plain(part) for part in names}
        if len([part for part in names if part]) >= 2 and (not wanted or known & {plain(w) for w in wanted}):
            header = _distinct(names)
            out = Sheet(tuple(header), iter(()))
            out.batches = _row_batches(out, book, rows, number)
            return out
    return None


def _row_batches(sheet: Sheet, book: Workbook, rows: Iterator[list[Cell]], begun: int) -> Iterator[pa.RecordBatch]:
    """Batches of the rows below the header; one with cells past it is set aside, an empty one is none."""
    width = len(sheet.header)
    schema = pa.schema([(title, pa.string()) for title in sheet.header])
    while part := list(islice(rows, _ROWS)):
        columns: list[list[Cell]] = [[] for _ in range(width)]
        for number, row in enumerate(part, begun + 1):
            if len(row) > width:
                said = ", ".join(book.words(cell) or "" for cell in row)
                sheet.refuse(number, f"{len(row)} cells where the header has {width}", said)
            elif row:
                for column, cell in zip(columns, row, strict=False):
                    column.append(cell)
                for column in columns[len(row) :]:
                    column.append(None)
        begun += len(part)
        yield pa.RecordBatch.from_arrays([book.column(cells) for cells in columns], schema=schema)


# ---- headers -------------------------------------------------------------------------------------


def plain(title: str) -> str:
    """Return a column title as it is compared: capital letters and digits only.

    >>> plain("O*NET-SOC Code"), plain("wage_rate_of_pay_from_1")
    ('ONETSOCCODE', 'WAGERATEOFPAYFROM1')
    """
    return re.sub(r"[^A-Z0-9%]", "", title.upper())


def chosen(header: Sequence[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return field -> column for every field of which the header has one of the ``names``, the first named winning."""
    present: dict[str, str] = {}
    for title in header:
        present.setdefault(plain(title), title)
    found = {}
    for wanted, titles in names.items():
        match = next((present[plain(title)] for title in titles if plain(title) in present), None)
        if match is not None:
            found[wanted] = match
    return found


def _clean(title: str) -> str:
    return " ".join(title.replace("\ufeff", "").split())


def _distinct(names: Sequence[str]) -> list[str]:
    """Titles that differ: an empty one is named by its place, a repeated one by its number."""
    out: list[str] = []
    for number, name in enumerate(names, 1):
        title = name or f"column {number}"
        out.append(title if title not in out else f"{title} ({number})")
    return out

"""What stands in the cells of a workbook (XLSX)? Row by row, so that a year of disclosures need not fit into memory.

Read with the standard library's expat, without document types or entities. Kept whole is only the list of the strings
that cells point to, as one Arrow array. Reference: ECMA-376, part 1, 18 (SpreadsheetML).
"""

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import IO
from xml.parsers import expat

import pyarrow as pa
import pyarrow.compute as pc

from jobtide.errors import JobtideError
from jobtide.sources.official.sheetxml import Attributes, Cell, Cells, is_date, more, parsed

_STRINGS = 50_000  # strings gathered before they become Arrow
_MOST_STRINGS = 2 << 30  # bytes of XML that hold the shared strings: they are kept
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))  # 18.8.30: built-in date formats
# What a damaged or foreign file raises on the way.
_BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, ValueError, EOFError, OSError, NotImplementedError)


class Workbook:
    """An open workbook: its sheets in their order, and the strings that their cells point to."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        """``name`` stands in errors. Raises JobtideError for what is no workbook."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(file)
            self.sheets = list(self._sheets())
            if not self.sheets:
                raise ValueError("no sheet in it")
            self._dates = self._date_styles()
            self.strings = self._strings()
        except (*_BROKEN, KeyError) as error:
            raise JobtideError(f"{name}: cannot be read as a workbook ({error})") from error

    def rows(self, part: str) -> Iterator[list[Cell]]:
        """Yield each row of the sheet in ``part``; an int is a place in ``strings``, None an empty cell.

        Numbers come as they would be typed, dates as ISO dates. Raises JobtideError where the sheet breaks off.
        """
        out: list[list[Cell]] = []
        sheet = Cells(out, self._dates, self._epoch)
        try:
            with self._zip.open(part) as stream:
                for _ in parsed(stream, sheet.start, sheet.end, sheet.words):
                    yield from out
                    out.clear()
            yield from out
        except (*_BROKEN, OverflowError) as error:
            raise JobtideError(f"{self.name}: broken off in the middle ({error}); fetch the file again") from error

    def words(self, cell: Cell) -> str | None:
        """What one cell says, trimmed; None if nothing."""
        said = self.column([cell])[0].as_py()
        return (said.strip() or None) if said else None

    def column(self, cells: Sequence[Cell]) -> pa.Array:
        """The words of many cells as one array. JobtideError for a cell that points to no string."""
        places = pa.array([cell if type(cell) is int else None for cell in cells], pa.int64())
        own = pa.array([cell if type(cell) is str else None for cell in cells], pa.string())
        if places.null_count == len(places):
            return own
        try:
            return pc.coalesce(own, self.strings.take(places).combine_chunks())
        except pa.ArrowIndexError as error:
            raise JobtideError(f"{self.name}: a cell points to a string that is not there") from error

    def _sheets(self) -> Iterator[str]:
        """The parts that hold the sheets, in the order of the workbook."""
        targets: dict[str, str] = {}
        listed: list[str] = []
        self._epoch = _EPOCH

        def related(name: str, at: Attributes) -> None:
            if name == "Relationship":
                targets[at["Id"]] = at["Target"]

        def book(name: str, at: Attributes) -> None:
            if name == "sheet":
                listed.extend(value for key, value in at.items() if key.rpartition(":")[2] == "id")
            elif name == "workbookPr" and at.get("date1904") in ("1", "true"):
                self._epoch = _EPOCH_1904

        self._each("xl/_rels/workbook.xml.rels", related)
        self._each("xl/workbook.xml", book)
        known = set(self._zip.namelist())
        for target in (targets[key] for key in listed if key in targets):
            part = posixpath.normpath(posixpath.join("xl", target)) if not target.startswith("/") else target[1:]
            if part in known and "worksheets" in part:
                yield part

    def _date_styles(self) -> frozenset[str]:
        """The cell styles that show a number as a date, as cells name them."""
        formats: dict[str, str] = {}
        styles: list[str] = []
        inside: list[bool] = []

        def start(name: str, at: Attributes) -> None:
            if name == "numFmt":
                formats[at["numFmtId"]] = at.get("formatCode", "")
            elif name == "cellXfs":
                inside.append(True)
            elif name == "xf" and inside:
                styles.append(at.get("numFmtId", "0"))

        def end(name: str) -> None:
            if name == "cellXfs":
                inside.clear()

        if "xl/styles.xml" in self._zip.namelist():
            self._each("xl/styles.xml", start, end)
        return frozenset(
            str(number)
            for number, style in enumerate(styles)
            if (is_date(formats[style]) if style in formats else style.isdigit() and int(style) in _DATES)
        )

    def _strings(self) -> pa.ChunkedArray:
        """Every shared string; the pieces of one whose letters differ in style are one string, its reading aid none."""
        chunks: list[pa.Array] = []
        some: list[str] = []
        pieces: list[str] = []
        state = {"words": False, "aid": False}

        def start(name: str, _: Attributes) -> None:
            if name == "t":
                state["words"] = not state["aid"]
            elif name == "si":
                pieces.clear()
            elif name == "rPh":
                state["aid"] = True

        def end(name: str) -> None:
            if name == "t":
                state["words"] = False
            elif name == "rPh":
                state["aid"] = False
            elif name == "si":
                some.append("".join(pieces))
                if len(some) >= _STRINGS:
                    chunks.append(pa.array(some, pa.string()))
                    some.clear()

        def words(part: str) -> None:
            if state["words"]:
                more(pieces, part)

        if "xl/sharedStrings.xml" in self._zip.namelist():
            if self._zip.getinfo("xl/sharedStrings.xml").file_size > _MOST_STRINGS:
                raise ValueError("more strings than can be held; save it as CSV")
            self._each("xl/sharedStrings.xml", start, end, words)
        return pa.chunked_array([*chunks, pa.array(some, pa.string())], pa.string())

    def _each(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        words: Callable[[str], None] | None = None,
    ) -> None:
        with self._zip.open(part) as stream:
            for _ in parsed(stream, start, end, words):
                pass

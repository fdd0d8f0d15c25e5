"""What do the elements of a sheet's XML make? Rows of cells, as their types and styles have them.

Read with the standard library's expat, without document types or entities. Reference: ECMA-376, part 1, 18.3 and 18.8.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import IO
from xml.parsers import expat

_STEP = 1 << 18  # bytes of XML parsed at once
_MOST_COLUMNS = 16_384  # of a sheet, by the standard
_LONGEST = 20  # pieces, of 8 kB or more, that one cell may have; the standard's longest has 17 at most
# What is left of a number format without quoted words, escapes, colours and conditions; "[h]" is a duration.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]')

Attributes = dict[str, str]
Cell = str | int | None  # words, a place in the workbook's list of strings, or nothing


def is_date(code: str) -> bool:
    """Whether a number format shows dates or times.

    >>> is_date("yyyy-mm-dd"), is_date('[Red]0.00" days"'), is_date("General"), is_date("[h]:mm")
    (True, False, False, True)
    """
    bare = _LITERAL.sub("", code.partition(";")[0]).lower()
    return bare != "general" and re.search(r"[ymdhs]", bare) is not None


class Cells:
    """Gathers cells into rows as the parser names them; ``rows`` grows by each row that ends."""

    def __init__(self, rows: list[list[Cell]], dates: frozenset[str], epoch: datetime) -> None:
        self.rows = rows
        self._dates, self._epoch = dates, epoch
        self._row: list[Cell] = []
        self._column, self._last, self._kind, self._style = 0, -1, "", ""
        self._pieces: list[str] = []
        self._taking = False
        self._columns: dict[str, int] = {}

    def start(self, name: str, at: Attributes) -> None:
        if name == "c":
            where = at.get("r")
            self._column = self._last = self._place(where) if where else self._next()
            self._kind, self._style = at.get("t", "n"), at.get("s", "")
            self._pieces = []
        elif name == "v" or name == "t":
            self._taking = True
        elif name == "rPh":
            self._kind = ""
        elif name == "row":
            self._row, self._last = [], -1

    def words(self, part: str) -> None:
        if self._taking:
            more(self._pieces, part)

    def end(self, name: str) -> None:
        if name == "c":
            if self._pieces:
                row = self._row
                if self._column > len(row):
                    row.extend([None] * (self._column - len(row)))
                row.append(self._value("".join(self._pieces)))
        elif name == "v" or name == "t":
            self._taking = False
        elif name == "row":
            self.rows.append(self._row)

    def _place(self, where: str) -> int:
        """The number of a cell's column, from 0, of its address ("AB12"). ValueError past the last that may be."""
        letters = where.rstrip("0123456789")
        found = self._columns.get(letters)
        if found is None:
            found = 0
            for letter in letters:
                found = found * 26 + ord(letter) - 64
            if not 0 < found <= _MOST_COLUMNS:
                raise ValueError(f"no column {where!r}")
            self._columns[letters] = found
        return found - 1

    def _next(self) -> int:
        """The column of a cell that names none: the one after the last, whether that held something or not."""
        if self._last + 1 >= _MOST_COLUMNS:
            raise ValueError("more columns than a sheet may have")
        return self._last + 1

    def _value(self, words: str) -> Cell:
        kind = self._kind
        if kind == "s":
            return int(words)
        if kind == "n":
            return self._day(words) if self._style in self._dates else typed(words)
        if kind == "b":
            return "TRUE" if words == "1" else "FALSE"
        return None if kind == "e" else words

    def _day(self, words: str) -> str:
        at = self._epoch + timedelta(days=float(words))
        at = (at + timedelta(milliseconds=500)).replace(microsecond=0)
        return at.date().isoformat() if not (at.hour or at.minute or at.second) else at.isoformat()


def more(pieces: list[str], part: str) -> None:
    if len(pieces) > _LONGEST:
        raise ValueError("a cell is longer than any may be")
    pieces.append(part)


def typed(words: str) -> str:
    """A number as it would be typed: no fraction of zeros, no noise of the last binary digit.

    >>> typed("85000"), typed("52.5"), typed("8.5E4"), typed("0.30000000000000004"), typed("85000.0")
    ('85000', '52.5', '85000', '0.3', '85000')
    """
    if words.isdigit():
        return words
    number = float(words)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else f"{number:.15g}"


def parsed(
    stream: IO[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None,
    words: Callable[[str], None] | None,
) -> Iterator[None]:
    """Parse a part step by step, calling back with names less their prefix; a document type is refused (ValueError)."""

    def refuse(*_: object) -> None:
        raise ValueError("a workbook has no document type")

    def root(name: str, at: Attributes) -> None:
        """The first element shows whether names have a prefix; most have none, and need no second look."""
        if ":" in name:
            parser.StartElementHandler = lambda name, at: start(name.rpartition(":")[2], at)
            parser.EndElementHandler = end and (lambda name: end(name.rpartition(":")[2]))
        else:
            parser.StartElementHandler, parser.EndElementHandler = start, end
        start(name.rpartition(":")[2], at)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = root
    parser.CharacterDataHandler = words
    while part := stream.read(_STEP):
        parser.Parse(part, False)
        yield
    parser.Parse(b"", True)
    yield

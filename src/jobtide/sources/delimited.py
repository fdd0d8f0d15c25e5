"""Rows of a delimited table, whoever wrote it: which encoding, which delimiter, where its head stands."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jobtide.model import Bad

_EXCERPT = 120
_HEAD = 65_536  # characters in which the head stands
_SEPARATOR = re.compile(r"(?i)\A\s*sep=(.)\r?\n")  # how a spreadsheet says it; no other program knows the line


def decode(body: bytes) -> str:
    """The text of a file: UTF-8 with or without mark, UTF-16 with or without one, else Windows-1252."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    if body[:4:2] == b"\0\0" or body[1:4:2] == b"\0\0":  # every other byte of its first letters is empty
        return body.decode("utf-16-be" if body[:1] == b"\0" else "utf-16-le", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def rows(text: str) -> Iterator[tuple[int, Mapping[str, Any] | Bad]]:
    """Numbered rows by the names of the first line that says something; one of another width is Bad, an empty one none.

    Of two columns by one name the first that holds something counts. A file that ends within quotes was cut off there.
    """
    m = _SEPARATOR.match(text)
    text = text[m.end() :] if m else text
    head = text[:_HEAD].lstrip().splitlines()
    delimiter = m[1] if m else max(",;\t|", key=head[0].count) if head else ","
    csv.field_size_limit(1 << 27)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = next((row for row in reader if any(cell.strip() for cell in row)), [])
    number, last = 1, list[str]()
    for number, row in enumerate(reader, 2):
        if last:
            yield number - 1, _named(names, last, number - 1)
        last = row if any(cell.strip() for cell in row) else []
    if last and text.count('"') % 2 and "\n" in last[-1]:
        yield number, Bad(number, "the file ends within quotes: it was cut off", " ".join(last)[:_EXCERPT])
    elif last:
        yield number, _named(names, last, number)


def _named(names: Sequence[str], row: Sequence[str], number: int) -> Mapping[str, Any] | Bad:
    if len(row) != len(names):
        return Bad(number, f"{len(row)} cells where the head has {len(names)}", " ".join(row)[:_EXCERPT])
    out: dict[str, str] = {}
    for name, cell in zip(names, row, strict=True):
        if not out.get(name, "").strip():
            out[name] = cell
    return out

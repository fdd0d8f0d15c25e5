"""Which table does a ZIP hold? The statistical offices pack theirs; a workbook is a ZIP too."""

import re
import shutil
import tempfile
import zipfile
import zlib
from typing import IO

from jobtide.errors import JobtideError

_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".gz")
# What offices and programs put beside a table: words about it, and what one system notes of every file.
_BESIDE = re.compile(r"(?i)(?:^|/)(?:__macosx/|\.|[^/]*(?:read[ _-]?me|licen[cs]e|field[ _-]descriptions)[^/]*$)")
_STEP = 2 << 20  # bytes unpacked at once


def only_table(file: IO[bytes], name: str, *, most: int) -> IO[bytes] | None:
    """Return the one table in a ZIP, unpacked to a nameless file on disk; None if the ZIP is itself a workbook.

    Raises JobtideError for a broken ZIP, one of no or several tables, or a table of more than ``most`` bytes.
    """
    try:
        with zipfile.ZipFile(file) as packed:
            sizes = {entry.filename: entry.file_size for entry in packed.infolist()}
            if "[Content_Types].xml" in sizes:
                return None
            tables = [title for title in sizes if title.lower().endswith(_TABLES) and not _BESIDE.search(title)]
            if len(tables) != 1:
                held = ", ".join(sorted(sizes)[:6])
                raise JobtideError(f"{name}: holds {len(tables)} tables where one is read; unpack it first ({held})")
            _refuse(sizes[tables[0]], name, most)
            out = tempfile.TemporaryFile()  # noqa: SIM115 - the sheet that is read from it outlives this function
            with packed.open(tables[0]) as inner:
                shutil.copyfileobj(inner, out, _STEP)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise JobtideError(f"{name}: a broken ZIP or workbook ({error}); fetch the file again") from error
    out.seek(0)
    return out


def bounded(file: IO[bytes], name: str, *, most: int) -> None:
    """Raise JobtideError if a workbook unpacks to more than ``most`` bytes: that is a bomb, or too large to hold."""
    with zipfile.ZipFile(file) as packed:
        _refuse(sum(entry.file_size for entry in packed.infolist()), name, most)


def _refuse(size: int, name: str, most: int) -> None:
    if size > most:
        raise JobtideError(f"{name}: unpacks to {size:,} bytes, more than {most:,}; save it as CSV")

"""How do rows become CSV, JSON lines or Parquet that others can read back? Formulas neutralised, types kept.

A CSV cell that a spreadsheet would run is text that begins, maybe behind spaces, quotes or a byte order mark, with
``=``, ``+``, ``-``, ``@``, a tab or a line end. Such text gets one apostrophe in front; ``plain`` takes it off again.
Numbers stay numbers, also negative ones. CSV writes null and the empty string alike; Parquet and JSON tell them apart.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

import pyarrow as pa

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full width
_BEFORE = " \"'\ufeff"  # what spreadsheets and editors strip before they look
# The columns that every figure's rows have, in order.
ROW = ("key", "label", "value", "low", "high", "n", "employers", "flag")


def neutral(cell: Any) -> Any:
    """Return a cell that no spreadsheet runs; anything but dangerous text comes back as it is.

    >>> neutral("=1+1"), neutral(' "@SUM(A1)'), neutral("C++"), neutral(-0.5)
    ("'=1+1", '\\' "@SUM(A1)', 'C++', -0.5)
    """
    return "'" + cell if isinstance(cell, str) and cell.lstrip(_BEFORE).startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """Return the text that ``neutral`` was given.

    >>> plain(neutral("=1+1")), plain(neutral("'=1")), plain("'quoted'")
    ('=1+1', "'=1", "'quoted'")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(_BEFORE).startswith(_FORMULA) else cell


def columns(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the columns of a figure's rows: those every figure has, then whatever further ones they carry, by name."""
    more = sorted({name for row in rows for name in row} - set(ROW))
    return [*ROW, *more]


def write_csv(out: IO[str], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a header and rows; returns how many rows."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    count = 0
    for row in rows:
        writer.writerow([neutral(_said(cell)) for cell in row])
        count += 1
    return count


def csv_of(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """A figure's rows as CSV."""
    out = io.StringIO()
    names = columns(rows)
    write_csv(out, names, ([row.get(name) for name in names] for row in rows))
    return out.getvalue().encode()


def table_of(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """A figure's rows as an Arrow table; whole and broken numbers of one column become broken ones."""
    names = columns(rows)
    return pa.table({name: _column([row.get(name) for row in rows]) for name in names})


def _column(values: list[Any]) -> pa.Array:
    present = [value for value in values if value is not None]
    if any(isinstance(value, str) for value in present):
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    if any(isinstance(value, float) for value in present):
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array(values, pa.int64() if present else pa.float64())


def lists(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of batches as tuples."""
    for batch in batches:
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def write_lines(out: IO[str], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write one JSON object a row; returns how many."""
    count = 0
    for row in rows:
        record = {name: _plain(cell) for name, cell in zip(names, row, strict=True)}
        out.write(json.dumps(record, ensure_ascii=False, default=_said) + "\n")
        count += 1
    return count


def _plain(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def _said(cell: Any) -> Any:
    """A value as a file writes it: ISO dates, times in UTC, true and false, nested values as JSON, null as nothing."""
    if isinstance(cell, datetime):
        return cell.isoformat().replace("+00:00", "Z")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False)
    return "" if cell is None else cell


def fields(schema: pa.Schema) -> list[dict[str, str]]:
    """Return the fields of a Table Schema (datapackage.org): name, type and, where a column has a ``doc``, its meaning.

    >>> fields(pa.schema([pa.field("n", pa.int64(), metadata={"doc": "openings"})]))
    [{'name': 'n', 'type': 'integer', 'description': 'openings'}]
    """
    out = []
    for column in schema:
        field = {"name": column.name, "type": _type(column.type)}
        doc = (column.metadata or {}).get(b"doc", b"").decode()
        out.append({**field, "description": doc} if doc else field)
    return out


def _type(kind: pa.DataType) -> str:
    tests = (
        (pa.types.is_boolean, "boolean"), (pa.types.is_integer, "integer"), (pa.types.is_floating, "number"),
        (pa.types.is_decimal, "number"), (pa.types.is_timestamp, "datetime"), (pa.types.is_date, "date"),
        (pa.types.is_list, "array"), (pa.types.is_struct, "object"),
    )  # fmt: skip
    return next((name for test, name in tests if test(kind)), "string")

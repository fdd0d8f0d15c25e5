"""What is one row of somebody's file: a board's own record, a row of a table, or nothing that can be read?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from jobtide.errors import JobtideError
from jobtide.model import Bad, Posting
from jobtide.sources import columns, loose, payload, registry, shapes
from jobtide.sources.fields import plain, printable

_EXCERPT = 120


class NoPostings(JobtideError):
    """A table without a column for title or text."""


def value(words: str) -> Any:
    """The value of JSON, with what programs write that is none: NaN, half a surrogate pair. ValueError if it is not.

    >>> value('{"title": "Chef", "pay": NaN}')
    {'title': 'Chef', 'pay': nan}
    """
    try:
        return msgspec.json.decode(words)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return loose.value(words)


def lines(lines: list[str]) -> Iterator[tuple[int, Any]]:
    """Numbered JSON values; a line that is none comes as Bad."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield number, value(line)
            except (ValueError, RecursionError) as error:
                yield number, Bad(number, f"no valid JSON: {error}", line[:_EXCERPT])


def records(
    rows: Iterable[tuple[int, Any]], mapping: Mapping[str, str], board: str, source: str
) -> Iterator[Posting | Bad]:
    """Rows of board payloads go to their connector, the others through the columns; the first row decides the plan."""
    fields: dict[str, str] | None = None
    for number, row in rows:
        if isinstance(row, Bad):
            yield row
        elif not isinstance(row, dict):
            yield Bad(number, f"expected an object, got {type(row).__name__}", str(row)[:_EXCERPT])
        elif isinstance(row.get("raw"), dict) and row.get("_ats"):
            yield _raw(row["raw"], number, str(row["_ats"]), str(row.get("_board") or board))
        elif source or (kind := shapes.source_of(row)):
            yield _raw(row, number, source or kind, board)
        else:
            if fields is None or any(column not in row for column in fields.values()):
                fields = columns.plan(row, mapping)
            yield _row(row, fields, board, number)


def _raw(raw: Any, number: int, source: str, board: str) -> Posting | Bad:
    if source not in registry.names():
        return Bad(number, f"no source {source!r} to read this record with", "", str(raw.get("id") or ""))
    return payload.one(raw, registry.load(source).job, row=number, board=board, seen=None)


def table(
    rows: Iterable[tuple[int, Mapping[str, Any] | Bad]], mapping: Mapping[str, str], board: str, *, among: bool = False
) -> Iterator[Posting | Bad]:
    """Rows of a table with one plan for all. NoPostings for one without title and text.

    ``among`` other tables a mere "name" is no title: companies have one, and a description too.
    """
    fields: dict[str, str] | None = None
    for number, row in rows:
        if isinstance(row, Bad):
            yield row
            continue
        if fields is None:
            fields = columns.plan(row, mapping)
            company = among and fields.get("title", "").lower() == "name" and "title" not in mapping.values()
            if company or not {"title", "text", "html"} & set(fields):
                raise NoPostings(
                    f"no column for title or text among {', '.join(row)}; name them with --map COLUMN=FIELD "
                    f"(fields: {', '.join(columns.FIELDS)})"
                )
        yield _row(row, fields, board, number)


def _row(row: Mapping[str, Any], fields: Mapping[str, str], board: str, number: int) -> Posting | Bad:
    try:
        found = printable(columns.posting(row, fields, board=board))
    except (ValueError, TypeError) as error:
        return Bad(number, plain(str(error)), str(row.get(fields.get("title", ""), ""))[:_EXCERPT])
    if not (found.html or found.text).strip() and not found.title:
        return Bad(number, "neither title nor text", "", found.source_id)
    return found

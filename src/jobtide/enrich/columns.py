"""From findings to Arrow: columns are made whole, a batch at a time, since making rows first costs as much as reading.

Offsets, which readers count in the one buffer, count in their own field from here on.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from jobtide.enrich.buffer import Buffer
from jobtide.model import Found, Window
from jobtide.tables import FACT_STRUCT, SECTION


def facts(read: Iterable[tuple[Buffer, Sequence[Found]]]) -> pa.ListArray:
    """Return the findings of each posting as a list of ``tables.FACT_STRUCT``, in their order; no postings give none."""
    offsets = [0]
    flat: list[Found] = []
    orders: list[int] = []
    places: list[tuple[str, int, int, bytes]] = []
    for buffer, found in read:
        flat += found
        offsets.append(len(flat))
        orders += range(len(found))
        places += _places(buffer, found)
    columns: dict[str, Sequence[Any]] = dict.fromkeys((*Found._fields, "ord", "words"), ())
    if flat:
        columns.update(zip(Found._fields, zip(*flat, strict=True), strict=True))
        fields, starts, ends, words = zip(*places, strict=True)
        highs = [low if high is None else high for low, high in zip(columns["low"], columns["high"], strict=True)]
        columns.update(ord=orders, field=fields, start=starts, end=ends, words=words, high=highs)
    arrays = [_array(columns[each.name], each.type) for each in FACT_STRUCT]
    return _lists(offsets, arrays, FACT_STRUCT)


def _places(buffer: Buffer, found: Sequence[Found]) -> Iterator[tuple[str, int, int, bytes]]:
    """Field, start, end and words of each finding."""
    data, text_at, location_at = buffer.data, buffer.text_at, buffer.location_at
    for one in found:
        start, end, pointer = one.start, one.end, one.field
        if pointer:
            yield pointer, 0, 0, b""
        elif start >= text_at:
            yield "text", start - text_at, end - text_at, data[start:end]
        elif start >= location_at:
            yield "location", start - location_at, end - location_at, data[start:end]
        else:
            yield "title", start, end, data[start:end]


def _array(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, kind)
    except pa.ArrowInvalid:  # a finding that cuts a character in two
        return pa.array([words.decode("utf-8", "replace") for words in column], kind)


def sections(read: Iterable[Buffer]) -> pa.ListArray:
    """Return the stretches of one section and kind of each posting's text as a list of ``tables.SECTION``."""
    offsets = [0]
    flat: list[tuple[int, int, str, str]] = []
    for buffer in read:
        flat += stretches(buffer.blocks[2:], buffer.text_at)
        offsets.append(len(flat))
    columns: Iterable[Sequence[Any]] = zip(*flat, strict=True) if flat else [()] * SECTION.num_fields
    arrays = [pa.array(column, each.type) for column, each in zip(columns, SECTION, strict=True)]
    return _lists(offsets, arrays, SECTION)


def stretches(blocks: Iterable[Window], at: int) -> Iterator[tuple[int, int, str, str]]:
    """Yield stretches of one section and kind with offsets from the text's own beginning at ``at``."""
    start = end = -1
    section = kind = ""
    for begun, ended, own, sort in blocks:
        if own == section and sort == kind:
            end = ended
            continue
        if end >= 0:
            yield start - at, end - at, section, kind
        start, end, section, kind = begun, ended, own, sort
    if end >= 0:
        yield start - at, end - at, section, kind


def _lists(offsets: Sequence[int], arrays: Sequence[pa.Array], struct: pa.StructType) -> pa.ListArray:
    inner = pa.StructArray.from_arrays(arrays, fields=list(struct))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), inner)

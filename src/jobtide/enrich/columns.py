"""From findings to Arrow: columns are made whole, a batch at a time, since making rows first costs as much as reading.

Offsets, which readers count in the one buffer, count in their own field from here on.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from jobtide.enrich.buffer import Buffer
from jobtide.model import Found, Window
from jobtide.tables import FACT_STRUCT, SECTION

_START, _END, _FIELD = (Found._fields.index(name) for name in ("start", "end", "field"))


class Facts:
    """The findings of postings as columns of ``tables.FACT_STRUCT``, in the order in which they are added."""

    def __init__(self) -> None:
        """Begin without any."""
        self._offsets = [0]
        self._read: dict[str, list[Any]] = {name: [] for name in Found._fields}
        self._orders: list[int] = []
        self._fields: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._words: list[bytes] = []

    def add(self, buffer: Buffer, found: Sequence[tuple[Any, ...]]) -> None:
        """Add a posting's findings."""
        self._offsets.append(self._offsets[-1] + len(found))
        self._orders += range(len(found))
        for column, values in zip(self._read.values(), zip(*found, strict=True), strict=bool(found)):
            column += values  # a posting at a time: a batch's findings are not in the processor's cache together
        data, text_at, location_at = buffer.data, buffer.text_at, buffer.location_at
        fields, starts, ends, words = self._fields, self._starts, self._ends, self._words
        for one in found:
            start, end, pointer = one[_START], one[_END], one[_FIELD]
            if pointer:
                field, start, end, base = pointer, 0, 0, 0
            elif start >= text_at:
                field, base = "text", text_at
            elif start >= location_at:
                field, base = "location", location_at
            else:
                field, base = "title", 0
            fields.append(field)
            starts.append(start - base)
            ends.append(end - base)
            words.append(data[start:end])

    def array(self) -> pa.ListArray:
        """Return a list of findings for each posting."""
        highs = [low if high is None else high for low, high in zip(self._read["low"], self._read["high"], strict=True)]
        columns = self._read | {
            "ord": self._orders, "field": self._fields, "start": self._starts, "end": self._ends, "words": self._words,
            "high": highs,
        }  # fmt: skip
        return _lists(self._offsets, [_array(columns[each.name], each.type) for each in FACT_STRUCT], FACT_STRUCT)


def _array(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, kind)
    except pa.ArrowInvalid:  # a finding that cuts a character in two
        return pa.array([words.decode("utf-8", "replace") for words in column], kind)


class Sections:
    """The stretches of one section and kind of postings' texts as columns of ``tables.SECTION``."""

    def __init__(self) -> None:
        """Begin without any."""
        self._offsets = [0]
        self._flat: list[tuple[int, int, str, str]] = []

    def add(self, buffer: Buffer) -> None:
        """Add a posting's stretches."""
        self._flat += stretches(buffer.blocks[2:], buffer.text_at)
        self._offsets.append(len(self._flat))

    def array(self) -> pa.ListArray:
        """Return a list of stretches for each posting."""
        columns: Iterable[Sequence[Any]] = zip(*self._flat, strict=True) if self._flat else [()] * SECTION.num_fields
        arrays = [pa.array(column, each.type) for column, each in zip(columns, SECTION, strict=True)]
        return _lists(self._offsets, arrays, SECTION)


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

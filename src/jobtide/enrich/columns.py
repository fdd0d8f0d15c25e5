"""From findings to Arrow: columns are made whole, a batch at a time, since making rows first costs as much as reading.

Offsets, which readers count in the one buffer, count in their own field from here on.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
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
        """Add a posting's findings, those with a pointer behind the others and those in the order of their starts."""
        self._offsets.append(self._offsets[-1] + len(found))
        if not found:
            return
        self._orders += range(len(found))
        read = list(zip(*found, strict=True))
        for column, values in zip(self._read.values(), read, strict=True):
            column += values  # a posting at a time: a batch's findings are not in the processor's cache together
        starts, ends, pointers = read[_START], read[_END], read[_FIELD]
        pointed = pointers.count("")  # where those begin that no words state
        place = bisect_left(starts, buffer.location_at, 0, pointed)
        text = bisect_left(starts, buffer.text_at, place, pointed)
        self._fields += ["title"] * place + ["location"] * (text - place) + ["text"] * (pointed - text)
        self._fields += pointers[pointed:]
        for column, places in ((self._starts, starts), (self._ends, ends)):
            column += places[:place]
            column += [at - buffer.location_at for at in places[place:text]]
            column += [at - buffer.text_at for at in places[text:pointed]]
            column += [0] * (len(found) - pointed)
        data = buffer.data
        self._words += [data[start:end] for start, end in zip(starts[:pointed], ends, strict=False)]
        self._words += [b""] * (len(found) - pointed)

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


def stretches(blocks: Iterable[Window], at: int) -> list[tuple[int, int, str, str]]:
    """Return stretches of one section and kind with offsets from the text's own beginning at ``at``."""
    out = []
    start = end = -1
    section = kind = ""
    for begun, ended, own, sort in blocks:
        if own != section or sort != kind:
            if end >= 0:
                out.append((start - at, end - at, section, kind))
            start, section, kind = begun, own, sort
        end = ended
    if end >= 0:
        out.append((start - at, end - at, section, kind))
    return out


def _lists(offsets: Sequence[int], arrays: Sequence[pa.Array], struct: pa.StructType) -> pa.ListArray:
    inner = pa.StructArray.from_arrays(arrays, fields=list(struct))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), inner)

"""From findings to Arrow: columns are made whole, a batch at a time, since making rows first costs as much as reading.

Offsets, which readers count in the one buffer, count in their own field from here on.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from jobtide.enrich.buffer import Buffer
from jobtide.model import Found, Window
from jobtide.tables import FACT_STRUCT, SECTION

_LOW, _HIGH = map(Found._fields.index, ("low", "high"))
_PLACES = pa.array(["title", "location", "text"])


def texts(documents: Sequence[bytes]) -> pa.StringArray:
    """Return UTF-8 texts as strings, without asking again whether they are: pages and files were asked when they came."""
    return pa.array(documents, pa.binary()).view(pa.string())


class Facts:
    """The findings of postings as columns of ``tables.FACT_STRUCT``, in the order in which they are added."""

    def __init__(self) -> None:
        """Begin without any."""
        self._counts: list[int] = []
        self._at: list[tuple[int, int]] = []
        self._found: list[Found] = []
        self._words: list[bytes] = []

    def add(self, buffer: Buffer, found: Sequence[Found]) -> None:
        """Add a posting's findings."""
        self._counts.append(len(found))
        self._at.append((buffer.location_at, buffer.text_at))
        self._found += found
        data = buffer.data
        self._words += [b"" if one.field else data[one.start : one.end] for one in found]

    def array(self) -> pa.ListArray:
        """Return a list of findings for each posting."""
        read: list[Sequence[Any]] = list(zip(*self._found, strict=True)) or [()] * len(Found._fields)
        columns = dict(zip(Found._fields, read, strict=True))
        columns |= self._placed(columns) | {"words": self._words}
        columns["high"] = [low if high is None else high for low, high in zip(read[_LOW], read[_HIGH], strict=True)]
        arrays = [_array(columns[each.name], each.type) for each in FACT_STRUCT]
        return _lists(np.cumsum([0, *self._counts]), arrays, FACT_STRUCT)

    def _placed(self, columns: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
        """Each finding's number in its posting, its field, and where it begins and ends there."""
        begun, ended = (np.asarray(columns[name], np.int32) for name in ("start", "end"))
        counts = np.asarray(self._counts, np.intp)
        firsts = np.repeat(np.cumsum(counts) - counts, counts)
        location, text = np.repeat(np.asarray(self._at, np.int32).reshape(-1, 2), counts, axis=0).T
        place = (begun >= location).astype(np.int8) + (begun >= text)
        base = np.choose(place, (0, location, text))
        pointers = pa.array(columns["field"], pa.string())
        own = pc.equal(pointers, "")
        worded = own.to_numpy(zero_copy_only=False)  # those with a pointer begin and end at 0, where no words are
        return {
            "ord": np.arange(len(begun)) - firsts, "start": np.where(worded, begun - base, 0),
            "end": np.where(worded, ended - base, 0), "field": pc.if_else(own, _PLACES.take(pa.array(place)), pointers),
        }  # fmt: skip


def _array(column: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
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


def _lists(
    offsets: Sequence[int] | np.ndarray[Any, Any], arrays: Sequence[pa.Array], struct: pa.StructType
) -> pa.ListArray:
    inner = pa.StructArray.from_arrays(arrays, fields=list(struct))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), inner)

"""Which words does a text consist of, once case, space and punctuation are folded?

Whole batches are cut into words with array arithmetic, a few passes over the bytes: no Python object a word.
Texts are lower-cased and composed (NFC) first; a word is a run of letters and digits of any script; typographic and
plain punctuation, bullets, arrows, emoji and the spaces of all widths separate.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15 | 1)  # odd, so that its powers have inverses modulo 2^64
_INVERSE = np.uint64(pow(int(_BASE), -1, 1 << 64))
_NEWLINE = 10


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a batch of texts, one after the other.

    ``hashes`` has one value a word; the words of text ``i`` are ``hashes[offsets[i]:offsets[i + 1]]``. ``lines`` counts
    the line breaks of the batch before each word. ``digest_input`` holds, per text, its words joined by one space.
    """

    hashes: U64
    offsets: I64
    lines: I64
    folded: Sequence[bytes]


def words(texts: pa.Array, *, keep_folded: bool = False) -> Words:
    """Cut ``texts`` (strings, null counts as empty) into words; ``folded`` stays empty unless asked for.

    Any valid UTF-8 is accepted; a text without a word has an empty range.
    """
    data, start = _bytes(_composed(pc.utf8_lower(pc.fill_null(texts, ""))))
    inside = _letters(data)
    first, last, owner = _runs(inside, start)
    offsets = np.searchsorted(owner, np.arange(len(start)))
    breaks = np.cumsum(data == _NEWLINE)
    return Words(
        _hashes(data, first, last),
        offsets.astype(np.int64),
        breaks[first].astype(np.int64) if len(first) else np.empty(0, np.int64),
        _folded(data, inside, start) if keep_folded else (),
    )


def _composed(texts: pa.Array) -> pa.Array:
    """``texts`` in NFC. Only those with combining marks are touched: composing all would double the time."""
    data, start = _bytes(texts)
    marks = np.flatnonzero((data == 0xCC) | (data == 0xCD))
    if not len(marks):
        return texts
    rows = texts.to_pylist()
    for row in np.unique(np.searchsorted(start, marks, side="right") - 1).tolist():
        rows[row] = unicodedata.normalize("NFC", rows[row])
    return pa.array(rows, texts.type)


def _bytes(texts: pa.Array) -> tuple[npt.NDArray[np.uint8], I64]:
    """The UTF-8 bytes of all texts, and where each begins; one value more than texts."""
    large = texts.cast(pa.large_string())
    start = np.frombuffer(large.buffers()[1], dtype=np.int64)[large.offset : large.offset + len(large) + 1]
    raw = large.buffers()[2]
    data = np.frombuffer(raw, dtype=np.uint8)[start[0] : start[-1]] if raw is not None else np.empty(0, np.uint8)
    return data, start - start[0]


def _letters(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Which bytes belong to words: ASCII letters and digits, and every other script's characters.

    Outside ASCII these lead bytes begin characters that separate: C2 (Latin-1 signs), E2 (general punctuation, arrows,
    boxes, dingbats), E3 80 (CJK punctuation), EF B8 / EF BC / EF BD (variation selectors, wide forms), F0 (emoji).
    """
    inside = _ASCII_WORD[data]
    following = np.append(data[1:], np.uint8(0))
    two = data == 0xC2
    three = (data == 0xE2) | ((data == 0xE3) & (following == 0x80)) | ((data == 0xEF) & (following >= 0xB8))
    four = data == 0xF0
    for lead, length in ((two, 2), (three, 3), (four, 4)):
        at = np.flatnonzero(lead)
        for step in range(length):
            inside[at + step] = False
    return inside


def _ascii_words() -> npt.NDArray[np.bool_]:
    table = np.zeros(256, dtype=np.bool_)
    table[ord("a") : ord("z") + 1] = table[ord("A") : ord("Z") + 1] = table[ord("0") : ord("9") + 1] = True
    table[0x80:] = True
    return table


_ASCII_WORD = _ascii_words()


def _runs(inside: npt.NDArray[np.bool_], start: I64) -> tuple[I64, I64, I64]:
    """First byte, end byte and text of each word; no word runs on into the next text."""
    before = np.append(np.False_, inside[:-1])
    begins = inside & ~before
    edges = start[(start > 0) & (start < len(inside))]
    begins[edges] = inside[edges]
    first = np.flatnonzero(begins)
    after = np.append(~inside[1:], np.True_)
    after[edges - 1] = True
    last = np.flatnonzero(inside & after) + 1
    return first, last, np.searchsorted(start, first, side="right") - 1


def _hashes(data: npt.NDArray[np.uint8], first: I64, last: I64) -> U64:
    """A polynomial hash of each run of bytes, by differences of one running sum, then mixed."""
    power = _powers(_BASE, len(data))
    total = np.append(np.uint64(0), np.cumsum((data.astype(np.uint64) + np.uint64(1)) * power))
    # Dividing by the power of the first byte makes the hash independent of where the word stands.
    return mixed((total[last] - total[first]) * _powers(_INVERSE, len(data) + 1)[first])


_POWERS: dict[int, U64] = {}


def _powers(base: np.uint64, count: int) -> U64:
    """``base`` to the power 0, 1, 2 ..., modulo 2^64; kept for the largest batch yet."""
    known = _POWERS.get(int(base))
    if known is None or len(known) < count:
        factors = np.full(max(count, 1 << 16), base, dtype=np.uint64)
        factors[0] = 1
        known = _POWERS[int(base)] = np.cumprod(factors)
    return known[:count]


def mixed(values: U64) -> U64:
    """Spread 64-bit values evenly (the finaliser of SplitMix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _folded(data: npt.NDArray[np.uint8], inside: npt.NDArray[np.bool_], start: I64) -> list[bytes]:
    """Each text's words joined by one space, for hashing."""
    keep = inside | np.append(np.False_, inside[:-1])
    spaced = np.where(inside, data, np.uint8(32))
    joined = spaced[keep].tobytes()
    cut = np.append(0, np.cumsum(keep))[start]
    return [joined[cut[i] : cut[i + 1]].strip() for i in range(len(start) - 1)]

"""By which numbers do near-duplicate texts find each other?

One row a posting version: a hash that equal texts share (case, space and punctuation folded) and a MinHash over
shingles of three words, cut into 32 bands of 4: two texts of Jaccard .5 share a band in 87 of 100 cases, of .7 in
all. Pure and deterministic; knows no engine (ARCHITECTURE, decision 3).
"""

import hashlib

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rensa import RMinHash

from jobtide.link.words import I64, U64, Words, mixed, words
from jobtide.model import Spec
from jobtide.tables import SIGNATURE

OUTPUT = SIGNATURE  # declared up front, as runners need it
PERMUTATIONS = 128
BANDS = 32
SHINGLE = 3  # words
_SEED = 42
_STEP = 128  # texts cut at a time: their arrays stay in the processor's cache


def signatures(batch: pa.RecordBatch, spec: Spec) -> pa.RecordBatch:  # noqa: ARG001 - the seam's shape
    """Return one row of ``tables.SIGNATURE`` per row of ``batch``, in its order.

    ``batch`` has ``version`` and ``text`` (plain text); further columns are ignored. A text without words has no
    bands and so no candidates. An empty batch gives an empty one.
    """
    parts = [_sign(batch.slice(at, _STEP)) for at in range(0, batch.num_rows, _STEP)]
    if not parts:
        return pa.RecordBatch.from_pylist([], schema=SIGNATURE)
    return pa.Table.from_batches(parts).combine_chunks().to_batches()[0]


def _sign(batch: pa.RecordBatch) -> pa.RecordBatch:
    cut = words(batch.column("text"), keep_folded=True)
    rows = minhash(cut)
    filled = np.diff(cut.offsets) > 0
    columns = [
        batch.column("version"),
        pa.array([hashlib.sha256(text).hexdigest()[:32] for text in cut.folded], pa.string()),
        _lists(rows, np.ones(len(rows), dtype=np.bool_), pa.uint32()),
        _lists(bands(rows), filled, pa.uint64()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=SIGNATURE)


def minhash(cut: Words) -> npt.NDArray[np.uint32]:
    """Return the MinHash values of each text of ``cut``, shape (texts, 128)."""
    tokens, offsets = shingles(cut)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(tokens, offsets.astype(np.uint64), PERMUTATIONS, _SEED)
    return np.array(matrix.to_rows(), dtype=np.uint32).reshape(len(offsets) - 1, PERMUTATIONS)


def shingles(cut: Words) -> tuple[U64, I64]:
    """Return the hashes of each text's runs of three words, and where each text's begin.

    A text of n words has n shingles: the last two are of two words and one, so that short texts have some.
    """
    count = len(cut.hashes)
    room = np.repeat(cut.offsets[1:], np.diff(cut.offsets)) - np.arange(count)  # words left in the text
    following = np.append(cut.hashes, np.zeros(SHINGLE, np.uint64))
    total = cut.hashes.copy()
    for step in range(1, SHINGLE):
        total = mixed(total * np.uint64(3) + np.where(room > step, following[step : step + count], np.uint64(step)))
    return total, cut.offsets


def bands(rows: npt.NDArray[np.uint32], count: int = BANDS) -> U64:
    """Return the band keys of MinHash ``rows``, shape (texts, count); bands of different position never collide."""
    grouped = rows.astype(np.uint64).reshape(len(rows), count, PERMUTATIONS // count)
    key = np.broadcast_to(np.arange(1, count + 1, dtype=np.uint64), grouped.shape[:2]).copy()
    for column in range(grouped.shape[2]):
        key = mixed(key * np.uint64(0x100000001B3) + grouped[:, :, column])
    return key


def _lists(rows: npt.NDArray[np.generic], filled: npt.NDArray[np.bool_], kind: pa.DataType) -> pa.Array:
    """A list column of the rows of a matrix; rows that are not filled become empty lists."""
    ends = np.append(0, np.cumsum(np.where(filled, rows.shape[1], 0)))
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.array(rows[filled].ravel(), kind))

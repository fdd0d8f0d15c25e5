"""On one machine: a batch function over many batches, in this process or in a pool of spawned workers.

A worker that dies takes no row with it: its batch is tried again, then split until the row that kills is alone
and set aside. A row that raises is set aside with what it raised.
"""

import importlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

import pyarrow as pa

from jobtide.model import Spec

_IN_PROCESS = 10_000  # rows below which starting workers costs more than it saves
_TRIES = 2  # times a batch may kill its worker before it is split

Apply = Callable[[pa.RecordBatch, Spec], pa.RecordBatch]


def run(
    batches: Sequence[pa.RecordBatch], function: str, spec: Spec, *, workers: int = 1, in_process: int = _IN_PROCESS
) -> Iterator[pa.RecordBatch]:
    """Yield ``function`` of each batch in the order of ``batches``; ``function`` is "package.module:name".

    A row that raises, or kills its worker, comes back as a row of nulls with its key and ``error`` filled.
    """
    if workers <= 1 or sum(batch.num_rows for batch in batches) < in_process:
        for batch in batches:
            yield isolated(function, batch, spec)
        return
    yield from _pooled(batches, function, spec, workers)


def _pooled(batches: Sequence[pa.RecordBatch], function: str, spec: Spec, workers: int) -> Iterator[pa.RecordBatch]:
    """Spread the batches over workers; a broken pool is replaced and only what it lost is done again."""
    done: dict[int, pa.RecordBatch] = {}
    deaths = dict.fromkeys(range(len(batches)), 0)
    while len(done) < len(batches):
        left = [i for i in range(len(batches)) if i not in done]
        guilty = [i for i in left if deaths[i] >= _TRIES]
        for i in guilty:
            done[i] = _split(function, batches[i], spec)
        pending = [i for i in left if i not in guilty]
        # After a death batches go one at a time, so that the next death names its batch.
        careful = any(deaths[i] for i in pending)
        _try(pending, batches, function, spec, 1 if careful else workers, done, deaths)
    yield from (done[i] for i in range(len(batches)))


def _try(
    pending: list[int], batches: Sequence[pa.RecordBatch], function: str, spec: Spec, workers: int,
    done: dict[int, pa.RecordBatch], deaths: dict[int, int],
) -> None:  # fmt: skip
    """Run what is pending until all of it is done or a worker dies."""
    with _pool(workers) as pool:
        futures: dict[int, Future[pa.RecordBatch]] = {}
        for i in pending:
            futures[i] = pool.submit(isolated, function, batches[i], spec)
            if workers == 1 and not _finished(i, futures[i], done, deaths):
                return
        for i, future in futures.items():
            if i not in done and not _finished(i, future, done, deaths):
                return


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Workers that end when this process is told to: they leave Ctrl-C to it, and are not waited for."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=signal.signal, initargs=(signal.SIGINT, signal.SIG_IGN)
    )
    try:
        yield pool
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        pool.shutdown(wait=False, cancel_futures=True)
        raise
    pool.shutdown()


def _finished(
    i: int, future: "Future[pa.RecordBatch]", done: dict[int, pa.RecordBatch], deaths: dict[int, int]
) -> bool:
    try:
        done[i] = future.result()
    except BrokenProcessPool:
        deaths[i] += 1
        return False
    return True


def _split(function: str, batch: pa.RecordBatch, spec: Spec) -> pa.RecordBatch:
    """Halve a batch that kills its workers until the row that does it is alone."""
    if batch.num_rows == 1:
        return _alone(function, batch, spec)
    half = batch.num_rows // 2
    parts = []
    for piece in (batch.slice(0, half), batch.slice(half)):
        done: dict[int, pa.RecordBatch] = {}
        _try([0], [piece], function, spec, 1, done, {0: 0})
        parts.append(done[0] if 0 in done else _split(function, piece, spec))
    return _joined(parts)


def _alone(function: str, batch: pa.RecordBatch, spec: Spec) -> pa.RecordBatch:
    done: dict[int, pa.RecordBatch] = {}
    _try([0], [batch], function, spec, 1, done, {0: 0})
    return done[0] if 0 in done else set_aside(_schema(function), batch, "reading this row killed its process")


def isolated(function: str, batch: pa.RecordBatch, spec: Spec) -> pa.RecordBatch:
    """Return the function of a batch; if it raises, row by row, so that one bad row costs only itself."""
    apply = _load(function)
    try:
        return apply(batch, spec)
    except Exception:  # the runner's row isolation: what a row raised comes back in its error column
        if batch.num_rows == 0:
            raise
    rows = []
    for at in range(batch.num_rows):
        row = batch.slice(at, 1)
        try:
            rows.append(apply(row, spec))
        except Exception as error:  # noqa: BLE001 - see above
            rows.append(set_aside(_schema(function), row, f"{type(error).__name__}: {error}"))
    return _joined(rows)


def set_aside(schema: pa.Schema, row: pa.RecordBatch, why: str) -> pa.RecordBatch:
    """Return the empty output row of one input row, with its key (the first column) and the reason."""
    values: dict[str, Any] = {name: _nothing(schema.field(name).type) for name in schema.names}
    values[schema.names[0]] = row.column(0)[0].as_py()
    if "error" in values:
        values["error"] = why
    return pa.RecordBatch.from_pylist([values], schema=schema)


def _nothing(kind: pa.DataType) -> Any:
    if pa.types.is_list(kind):
        return []
    return "" if pa.types.is_string(kind) else None


def _joined(parts: list[pa.RecordBatch]) -> pa.RecordBatch:
    return pa.Table.from_batches(parts).combine_chunks().to_batches()[0]


def _load(function: str) -> Apply:
    module, _, name = function.partition(":")
    apply: Apply = getattr(importlib.import_module(module), name)
    return apply


def _schema(function: str) -> pa.Schema:
    """The declared output of a batch function: ``OUTPUT`` of its module."""
    module, _, _ = function.partition(":")
    return importlib.import_module(module).OUTPUT

"""What does a stored table hold, batch by batch? For whoever passes whole tables on."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from jobtide.store.snapshot import Snapshot
from jobtide.tables import SNAPSHOT

_ROWS = 8192  # rows a batch: some tens of megabytes where rows hold texts


def names(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the tables that the snapshot holds, in their order; a pack holds no texts."""
    return tuple(name for name in SNAPSHOT if (snapshot.folder / f"{name}.parquet").exists())


def batches(snapshot: Snapshot, name: str) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a stored table in its order, with the columns of ``tables``."""
    for batch in pq.ParquetFile(snapshot.folder / f"{name}.parquet").iter_batches(_ROWS):
        yield batch.cast(SNAPSHOT[name])

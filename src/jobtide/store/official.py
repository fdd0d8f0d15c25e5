"""Where do official tables stand? Each in a Parquet file below ``official/``, with its base in its metadata."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jobtide.store.files import build


def keep(path: Path, batches: Iterator[pa.RecordBatch], *, schema: pa.Schema, about: dict[str, str]) -> int:
    """Write ``batches`` to ``path`` as they come, whole or not at all; returns how many rows.

    ``about`` (title, base, attribution, file) goes into the file's metadata, so that the table never stands alone.
    """
    stated = schema.with_metadata(about)
    rows = 0

    def write(temporary: Path) -> None:
        nonlocal rows
        with pq.ParquetWriter(temporary, stated, compression="zstd") as out:
            for batch in batches:
                out.write_batch(batch.cast(stated))
                rows += batch.num_rows

    build(path, write)
    return rows


def kept(root: Path) -> Iterator[tuple[Path, dict[str, str], int]]:
    """Yield (file, what it says about itself, rows) of every official table below ``root``, by name."""
    for path in sorted((root / "official").glob("*/*.parquet")):
        file = pq.ParquetFile(path)
        about = {key.decode(): value.decode() for key, value in (file.schema_arrow.metadata or {}).items()}
        yield path, about, file.metadata.num_rows

"""Facts that were already read: kept by specification and version, so that a build reads only what is new."""

import hashlib
import io
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jobtide.errors import StoreDamaged
from jobtide.store.files import sha256, write_whole


class Enriched:
    """Tables keyed by ``version`` under ``root/enriched/<name>/part-*.parquet``; ``name`` is a specification's id.

    A part is called by its versions and by the hash of its bytes, so that damage is seen.
    """

    def __init__(self, root: Path, schema: pa.Schema) -> None:
        """Use the cache below ``root`` for rows of ``schema``, whose first column is ``version``."""
        self._root = root / "enriched"
        self._schema = schema

    def known(self, name: str) -> set[str]:
        """Return the versions kept under ``name``."""
        out: set[str] = set()
        for path in self._parts(name):
            out.update(self._read(path, ["version"])["version"].to_pylist())
        return out

    def append(self, name: str, batches: Iterable[pa.RecordBatch]) -> int:
        """Keep each batch as a file of its own as it comes; a crash loses at most the one being written."""
        rows = 0
        for batch in batches:
            table = pa.Table.from_batches([batch], schema=self._schema)
            key = hashlib.sha256("\n".join(table["version"].to_pylist()).encode()).hexdigest()[:24]
            body = io.BytesIO()
            pq.write_table(table, body, compression="zstd")
            whole = hashlib.sha256(body.getvalue()).hexdigest()[:24]
            write_whole(self._root / name / f"part-{key}-{whole}.parquet", body.getvalue())
            rows += table.num_rows
        return rows

    def load(self, name: str, versions: Iterable[str]) -> pa.Table:
        """Return the rows of ``versions``, sorted by version, one each. StoreDamaged if one is not there."""
        wanted = pa.array(sorted(set(versions)), pa.string())
        parts = [self._read(path, None) for path in self._parts(name)]
        table = pa.concat_tables(parts) if parts else self._schema.empty_table()
        table = table.filter(pc.is_in(table["version"], value_set=wanted)).sort_by("version")
        first = _first_of_each(table["version"].to_pylist())
        table = table.take(pa.array(first, pa.int64()))
        if table.num_rows != len(wanted):
            raise StoreDamaged(
                f"{self._root / name} lacks {len(wanted) - table.num_rows} versions; run 'jobtide rebuild'"
            )
        return table

    def forget_others(self, spec: str) -> None:
        """Remove what others than ``spec`` read: each update of the readers would leave its own behind."""
        for folder in self._root.glob("*"):
            if not folder.name.startswith(spec):
                shutil.rmtree(folder, ignore_errors=True)

    def verify(self) -> Iterator[str]:
        """Yield what is wrong with each damaged part; nothing if every byte is as written."""
        for path in sorted(self._root.glob("*/part-*-*.parquet")):
            if sha256(path)[:24] != path.stem.rpartition("-")[2]:
                yield f"{path} is not what was written; run 'jobtide rebuild'"

    def _parts(self, name: str) -> Iterator[Path]:
        yield from sorted((self._root / name).glob("part-*.parquet"))

    def _read(self, path: Path, columns: list[str] | None) -> pa.Table:
        try:
            return pq.ParquetFile(path).read(columns=columns)
        except (pa.ArrowInvalid, OSError) as error:
            raise StoreDamaged(f"{path} cannot be read ({error}); run 'jobtide rebuild'") from error


def _first_of_each(sorted_values: list[str]) -> list[int]:
    return [i for i, value in enumerate(sorted_values) if i == 0 or sorted_values[i - 1] != value]

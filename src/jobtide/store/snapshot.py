"""What the market is asked of: an immutable set of sorted Parquet tables, published whole, opened read-only."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from jobtide.errors import JobtideError, StoreDamaged
from jobtide.store.files import sha256, sync, write_whole
from jobtide.tables import SNAPSHOT, SORT

_KEPT = 3  # snapshots that stay after a publication, the current one included
_ROWS = 65536  # rows a Parquet row group: fixed, since it is part of the bytes


def publish(root: Path, tables: Mapping[str, pa.Table], *, made: Mapping[str, Any]) -> Path:
    """Write ``tables`` as a snapshot below ``root`` and make it current; returns its folder.

    The same tables and ``made`` give the same bytes and the same id; publishing them again changes nothing.
    """
    staging = root / "snapshots" / ".staging"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    write_tables(staging, tables, made=made)
    folder = install(staging, root)
    write_whole(root / "CURRENT", folder.name.encode())
    _prune(root, folder)
    return folder


def write_tables(
    folder: Path, tables: Mapping[str, pa.Table], *, made: Mapping[str, Any], level: int = 3
) -> dict[str, Any]:
    """Write sorted Parquet files and manifest.json into ``folder``; returns the manifest."""
    listed = {}
    for name in SNAPSHOT:
        if name in tables:
            listed[name] = _write(folder, name, tables[name], level)
    posting = tables["posting"]
    seen = [at for at in posting["seen_at"].to_pylist() if at is not None]
    manifest = {"as_of": max(seen).date().isoformat() if seen else "", "made": dict(made), "tables": listed}
    packed = json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    manifest = {"id": hashlib.sha256(packed.encode()).hexdigest()[:12], **manifest}
    write_whole(
        folder / "manifest.json", (json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()
    )
    return manifest


def _write(folder: Path, name: str, table: pa.Table, level: int) -> dict[str, Any]:
    keys: list[tuple[str, str]] = [(column, "ascending") for column in SORT[name]]
    ordered = table.select(SNAPSHOT[name].names).cast(SNAPSHOT[name]).sort_by(keys).replace_schema_metadata(None)
    path = folder / f"{name}.parquet"
    pq.write_table(ordered, path, compression="zstd", compression_level=level, row_group_size=_ROWS, store_schema=False)
    sync(path)
    return {"rows": ordered.num_rows, "sha256": sha256(path)}


def install(staging: Path, root: Path) -> Path:
    """Move a finished folder of tables to ``root/snapshots/<id>``; an identical one that is there already stays."""
    manifest = json.loads((staging / "manifest.json").read_text())
    folder = root / "snapshots" / str(manifest["id"])
    if folder.exists():
        shutil.rmtree(staging)
    else:
        sync(staging)
        staging.rename(folder)
        sync(folder.parent)
    return folder


def _prune(root: Path, current: Path) -> None:
    others = sorted(
        (path for path in (root / "snapshots").iterdir() if path != current and not path.name.startswith(".")),
        key=lambda path: path.stat().st_mtime_ns,
    )
    for path in others[: max(0, len(others) - (_KEPT - 1))]:
        shutil.rmtree(path)


def current(root: Path) -> Path:
    """Return the folder of the current snapshot; JobtideError says how to make one."""
    pointer = root / "CURRENT"
    if not pointer.exists():
        raise JobtideError(
            f"no snapshot in {root}: run 'jobtide import FILE' or 'jobtide collect', then 'jobtide build'"
        )
    return root / "snapshots" / pointer.read_text().strip()


class Snapshot:
    """A published snapshot or a pack, read-only. ``made`` says from what; ``sources`` whose it is."""

    def __init__(self, folder: Path) -> None:
        """Open the tables in ``folder``; those a pack leaves out are empty views with the right columns."""
        try:
            self._manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise StoreDamaged(f"{folder} is no snapshot ({error}); run 'jobtide build'") from error
        self.folder = folder
        self.id: str = self._manifest["id"]
        self.as_of: date = date.fromisoformat(self._manifest["as_of"])
        self.made: Mapping[str, Any] = self._manifest["made"]
        self.has_text: bool = "text" in self._manifest["tables"]
        self.sources: tuple[Mapping[str, str], ...] = tuple(self.made.get("sources", ()))
        self._prepared: set[str] = set()
        self._db = duckdb.connect(":memory:", config={"threads": 2, "autoinstall_known_extensions": False})
        self._db.execute("set timezone = 'UTC'")
        for name, schema in SNAPSHOT.items():
            self._view(name, schema)
        self._db.execute("set enable_external_access = false; set lock_configuration = true")

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Return the snapshot in ``folder``."""
        return cls(folder)

    def _view(self, name: str, schema: pa.Schema) -> None:
        path = self.folder / f"{name}.parquet"
        if name not in self._manifest["tables"]:
            self._db.register(name, schema.empty_table())
        elif name == "text":
            # Texts are many times the rest: they are read only when a question needs one.
            self._texts = path
            self._db.register(name, schema.empty_table())
        else:
            self._db.register(name, pq.ParquetFile(path).read())

    def query(self, sql: str, params: Mapping[str, object] | None = None) -> pa.Table:
        """Return the rows of one statement; ``$name`` in it stands for ``params["name"]``."""
        return self._db.sql(sql, params=dict(params) if params else None).to_arrow_table()

    def prepare(self, view: str) -> None:
        """Define a temporary view once; the market's own vocabulary over the stored tables."""
        if view not in self._prepared:
            self._db.execute(view)
            self._prepared.add(view)

    def text(self, version: str) -> str | None:
        """Return the plain text of one posting version, None where the snapshot holds no texts."""
        if not self.has_text:
            return None
        found = pq.read_table(self._texts, columns=["text"], filters=[("version", "=", version)])
        return str(found["text"][0].as_py()) if found.num_rows else None

    def verify(self) -> list[str]:
        """Return what is wrong with the files; empty if every byte is as published."""
        out = []
        for name, entry in self._manifest["tables"].items():
            path = self.folder / f"{name}.parquet"
            if not path.exists() or sha256(path) != entry["sha256"]:
                out.append(f"{path} is not what was published; run 'jobtide build'")
        return out

    def close(self) -> None:
        """Let go of the tables."""
        self._db.close()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

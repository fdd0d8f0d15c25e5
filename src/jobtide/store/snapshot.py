"""What the market is asked of: an immutable set of sorted Parquet tables, published whole, opened read-only."""

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from jobtide.errors import JobtideError, StoreDamaged
from jobtide.store import prepared
from jobtide.store.files import refused, sha256, sync, write_whole
from jobtide.store.pruned import prune
from jobtide.tables import SNAPSHOT, SORT

T = TypeVar("T")
_RECENT = 64  # bases that stay in memory: those of a report or a page of figures
_ROWS = 65536  # rows a Parquet row group: fixed, since it is part of the bytes


def publish(root: Path, tables: Mapping[str, pa.Table], *, made: Mapping[str, Any]) -> Path:
    """Write ``tables`` as a snapshot below ``root`` and make it current; returns its folder.

    The same tables and ``made`` give the same bytes and the same id; publishing them again changes nothing.
    """
    staging = root / "snapshots" / ".staging"
    with refused(staging):
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        write_tables(staging, tables, made=made)
        folder = install(staging, root)
        write_whole(root / "CURRENT", folder.name.encode())
        prune(root, folder)
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
    manifest = {"id": _identity(manifest), **manifest}
    write_whole(folder / "manifest.json", _printed(manifest))
    return manifest


def _identity(manifest: Mapping[str, Any]) -> str:
    """The snapshot's id: twelve hex digits over everything else that its manifest says."""
    said = {name: value for name, value in manifest.items() if name != "id"}
    packed = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()[:12]


def _printed(manifest: Mapping[str, Any]) -> bytes:
    return (json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def _write(folder: Path, name: str, table: pa.Table, level: int) -> dict[str, Any]:
    keys: list[tuple[str, str]] = [(column, "ascending") for column in SORT[name]]
    ordered = table.select(SNAPSHOT[name].names).cast(SNAPSHOT[name]).sort_by(keys).replace_schema_metadata(None)
    path = folder / f"{name}.parquet"
    pq.write_table(ordered, path, compression="zstd", compression_level=level, row_group_size=_ROWS, store_schema=False)
    sync(path)
    return {"rows": ordered.num_rows, "sha256": sha256(path)}


def install(staging: Path, root: Path) -> Path:
    """Move a finished folder of tables to ``root/snapshots/<id>``; one that is there already stays if it is whole.

    The market's working tables are made beside them: derived, so no part of the snapshot's id.
    """
    manifest = json.loads((staging / "manifest.json").read_text())
    folder = root / "snapshots" / str(manifest["id"])
    if folder.exists() and not faults(folder):
        shutil.rmtree(staging)
    else:
        shutil.rmtree(folder, ignore_errors=True)
        sync(staging)
        staging.rename(folder)
        sync(folder.parent)
    prepared.make(folder)
    return folder


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the files of a snapshot or pack; empty if every byte is as published."""
    path = folder / "manifest.json"
    try:
        body = path.read_bytes()
        manifest = json.loads(body)
        if body != _printed(manifest) or manifest["id"] != _identity(manifest):
            return [f"{path} is not what was published; run 'jobtide build'"]
        listed = {f"{name}.parquet": entry["sha256"] for name, entry in manifest["tables"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        return [f"{path} cannot be read ({error}); run 'jobtide build'"]
    return [
        f"{folder / name} is not what was published; run 'jobtide build'"
        for name, sha in listed.items()
        if not (folder / name).exists() or sha256(folder / name) != sha
    ] + prepared.faults(folder)


def current(root: Path) -> Path:
    """Return the folder of the current snapshot; JobtideError says how to make one."""
    pointer = root / "CURRENT"
    if not pointer.exists():
        raise JobtideError(
            f"no snapshot in {root}: run 'jobtide import FILE' or 'jobtide collect', then 'jobtide build'"
        )
    return root / "snapshots" / pointer.read_text().strip()


class Snapshot:
    """A published snapshot or a pack, read-only. ``made`` says from what; ``sources`` whose it is.

    Statements see the stored tables and the working tables of ``prepared``, whose ``posting`` has the stored columns
    and more. Those of a published snapshot are read from disk as far as a statement needs them; a pack is small and is
    read whole.
    """

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
        self._once: dict[str, object] = {}
        self._texts = folder / "text.parquet"
        self._db = duckdb.connect(":memory:", config={"threads": 2, "autoinstall_known_extensions": False})
        self._db.execute("set timezone = 'UTC'; set enable_progress_bar = false")
        self._define((folder / prepared.FILE).exists())
        self._db.execute(f"set allowed_directories = [{prepared.quoted(folder)}]")
        self._db.execute("set enable_external_access = false; set lock_configuration = true")

    @classmethod
    def open(cls, folder: Path) -> "Snapshot":
        """Return the snapshot in ``folder``."""
        return cls(folder)

    def _define(self, published: bool) -> None:
        """Give every table its name; where the working tables are not on disk, make them."""
        self._db.execute("create schema stored")
        for name, schema in SNAPSHOT.items():
            path = self.folder / f"{name}.parquet"
            if name not in self._manifest["tables"] or name == "text":
                # Texts are many times the rest: they are read only when a question needs one.
                self._register(name, schema.empty_table())
            elif published:
                self._db.execute(f"create view stored.{name} as select * from read_parquet({prepared.quoted(path)})")
            else:
                self._register(name, pq.ParquetFile(path).read())
        if published:
            self._db.execute(f"attach {prepared.quoted(self.folder / prepared.FILE)} as prepared (read_only)")
        else:
            self._db.execute("create schema prepared")
            prepared.fill(self._db)
        for name in prepared.TABLES:
            self._db.execute(f"create view {name} as select * from prepared.{name}")
        for name in SNAPSHOT:
            if name not in prepared.TABLES:
                self._db.execute(f"create view {name} as select * from stored.{name}")

    def _register(self, name: str, table: pa.Table) -> None:
        self._db.register(f"_{name}", table)
        self._db.execute(f"create view stored.{name} as select * from _{name}")

    def query(self, sql: str, params: Mapping[str, object] | None = None) -> pa.Table:
        """Return the rows of one statement; ``$name`` in it stands for ``params["name"]``."""
        return self._db.sql(sql, params=dict(params) if params else None).to_arrow_table()

    def prepare(self, view: str) -> None:
        """Define a temporary view once; the market's own vocabulary over the stored tables."""
        if view not in self._prepared:
            self._db.execute(view)
            self._prepared.add(view)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what ``make`` makes of this snapshot, made once: a snapshot never changes."""
        if name not in self._once:
            self._once[name] = make()
        return cast(T, self._once[name])

    def recent(self, name: str, asked: Hashable, make: Callable[[], T], *, most: int = _RECENT) -> T:
        """Return what ``make`` makes for ``asked``, made once as long as it is among the last asked for by ``name``."""
        known = self.once(name, dict[Hashable, object])
        if (there := known.get(asked)) is not None:
            return cast(T, there)
        made = make()
        known[asked] = made
        while len(known) > most:  # the oldest goes; another thread may have taken it
            known.pop(next(iter(known)), None)
        return made

    def text(self, version: str) -> str | None:
        """Return the plain text of one posting version, None where the snapshot holds no texts."""
        if not self.has_text:
            return None
        found = pq.read_table(self._texts, columns=["text"], filters=[("version", "=", version)])
        return str(found["text"][0].as_py()) if found.num_rows else None

    def texts(self, versions: Collection[str]) -> dict[str, str]:
        """Return the plain texts of posting versions by version; empty where the snapshot holds none."""
        if not self.has_text or not versions:
            return {}
        found = pq.read_table(self._texts, columns=["version", "text"], filters=[("version", "in", sorted(versions))])
        return dict(zip(found["version"].to_pylist(), found["text"].to_pylist(), strict=True))

    def verify(self) -> list[str]:
        """Return what is wrong with the files; empty if every byte is as published."""
        return faults(self.folder)

    def close(self) -> None:
        """Let go of the tables."""
        self._db.close()

    def __enter__(self) -> "Snapshot":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

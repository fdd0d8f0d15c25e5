"""A pack: a snapshot without texts, small enough to share and free of what employers wrote at length."""

import json
import shutil
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from jobtide.errors import JobtideError, StoreDamaged
from jobtide.store.files import build
from jobtide.store.snapshot import Snapshot, install, write_tables
from jobtide.tables import SNAPSHOT

_WORDS = 6  # words of a fact that a pack may carry
_DATE = (1980, 1, 1, 0, 0, 0)  # a zip needs a date; a fixed one keeps the bytes the same


def make(snapshot: Path, out: Path) -> Path:
    """Write the pack of a snapshot to ``out``: a .zip, or a folder for any other name. Returns ``out``."""
    with Snapshot.open(snapshot) as shot:
        tables = {name: _read(snapshot, name) for name in SNAPSHOT if name != "text"}
        made = {**shot.made, "pack_of": shot.id}
    tables["fact"] = _set(tables["fact"], "words", [_cut(words) for words in tables["fact"]["words"].to_pylist()])
    tables["quarantine"] = _set(tables["quarantine"], "excerpt", [""] * tables["quarantine"].num_rows)
    tables["posting"] = _set(tables["posting"], "apply_url", [""] * tables["posting"].num_rows)
    shorter = _short_versions(tables["posting"]["version"].to_pylist())
    for name in ("posting", "fact"):
        tables[name] = _set(tables[name], "version", [shorter[v] for v in tables[name]["version"].to_pylist()])
    folder = out.with_suffix(".staging") if out.suffix == ".zip" else out
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_tables(folder, tables, made=made, level=19)
    if out.suffix == ".zip":
        build(out, lambda path: _zip(folder, path))
        shutil.rmtree(folder)
    return out


def _read(folder: Path, name: str) -> pa.Table:
    path = folder / f"{name}.parquet"
    return pq.ParquetFile(path).read() if path.exists() else SNAPSHOT[name].empty_table()


def _set(table: pa.Table, column: str, values: list[str]) -> pa.Table:
    at = table.schema.get_field_index(column)
    return table.set_column(at, column, pa.array(values, pa.string()))


def _cut(words: str | None) -> str:
    """At most six words of a fact.

    >>> _cut("experience with Python and SQL in production settings")
    'experience with Python and SQL in'
    """
    parts = (words or "").split()
    return " ".join(parts[:_WORDS])


def _short_versions(versions: list[str]) -> dict[str, str]:
    """Versions by the shortest beginning that still tells them apart: the rest of a hash is only weight."""
    distinct = sorted(set(versions))
    size = 8
    while len({v[:size] for v in distinct}) < len(distinct):
        size += 2
    return {v: v[:size] for v in distinct}


def _zip(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as out:
        for file in sorted(folder.iterdir()):
            out.writestr(zipfile.ZipInfo(file.name, _DATE), file.read_bytes())


def open_pack(path: Path, root: Path) -> Path:
    """Check a pack and install it below ``root``; returns its folder. JobtideError if it is none or was changed."""
    staging = root / "snapshots" / ".pack"
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    allowed = {f"{name}.parquet" for name in SNAPSHOT if name != "text"} | {"manifest.json"}
    try:
        if path.is_dir():
            for file in path.iterdir():
                if file.name in allowed:
                    shutil.copyfile(file, staging / file.name)
        else:
            with zipfile.ZipFile(path) as packed:
                # Names come from a stranger: only the files a pack may have are taken, and under those names.
                for name in sorted(allowed & set(packed.namelist())):
                    (staging / name).write_bytes(packed.read(name))
        json.loads((staging / "manifest.json").read_text())
        with Snapshot.open(staging) as shot:
            faults = shot.verify()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, StoreDamaged) as error:
        raise JobtideError(f"{path} is no pack ({error})") from error
    if faults:
        raise JobtideError(f"{path} was changed after it was made; get it again")
    return install(staging, root)

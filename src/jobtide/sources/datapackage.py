"""What tables does a Data Package hold? Reference: the Data Package standard (datapackage.org), versions 1 and 2."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from jobtide.errors import JobtideError
from jobtide.model import Bad

DESCRIPTOR = "datapackage.json"
_LARGEST = 4 << 30  # bytes after unpacking, over all members


def bundle(path: Path) -> bytes:
    """Return a descriptor on disk and the files it names as one ZIP, so that one blob of the archive holds it all.

    The same files give the same bytes. JobtideError for a file that is missing or lies outside the folder.
    """
    body = path.read_bytes()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(zipfile.ZipInfo(DESCRIPTOR), body)
        for name in dict.fromkeys(part for resource in _resources(body, path.name) for part in _paths(resource)):
            if "://" in name:
                continue
            _inside(name, path.name)
            file = path.parent / name
            if not file.is_file():
                raise JobtideError(f"{path}: the package names {name}, which is not there")
            packed.writestr(zipfile.ZipInfo(name), file.read_bytes())
    return out.getvalue()


def members(body: bytes, name: str) -> dict[str, bytes]:
    """Return the files of a ZIP by name, sorted. JobtideError if it is broken, encrypted or unreasonably large."""
    out: dict[str, bytes] = {}
    left = _LARGEST
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for info in sorted(packed.infolist(), key=lambda info: info.filename):
                if info.is_dir() or PurePosixPath(info.filename).name.startswith((".", "__")):
                    continue
                with packed.open(info) as file:
                    out[info.filename] = file.read(left + 1)
                left -= len(out[info.filename])
                if left < 0:
                    raise JobtideError(f"{name}: more than {_LARGEST:,} bytes when unpacked; split the file")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise JobtideError(f"{name}: broken or locked ZIP ({error}); fetch the file again") from error
    return out


def tables(files: Mapping[str, bytes], name: str) -> Iterator[tuple[str, list[tuple[int, Mapping[str, Any] | Bad]]]]:
    """Yield (resource name, numbered rows) of each tabular resource, in the descriptor's order.

    Cells that the schema calls missing are "". A resource somewhere else on the web is not fetched: its one row is Bad.
    """
    at = next(file for file in files if PurePosixPath(file).name == DESCRIPTOR)
    home = PurePosixPath(at).parent
    for number, resource in enumerate(_resources(files[at], name), 1):
        named = str(resource.get("name") or f"resource-{number}")
        if isinstance(resource.get("data"), list):
            yield named, _inline(resource)
        for part in _paths(resource):
            if "://" in part:
                yield named, [(number, Bad(number, f"resource {named}: {part} is not fetched; download it first"))]
                continue
            _inside(part, name)
            file = str(home / part)
            if file not in files:
                raise JobtideError(f"{name}: the package names {part}, which is not in it")
            if not part.lower().endswith((".csv", ".tsv", ".txt")):
                continue
            yield named, _delimited(files[file], resource)


def _resources(body: bytes, name: str) -> list[dict[str, Any]]:
    try:
        descriptor = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError) as error:
        raise JobtideError(f"{name}: no valid JSON ({error})") from error
    found = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise JobtideError(f"{name}: no list 'resources': not a Data Package")
    return found


def _paths(resource: Mapping[str, Any]) -> list[str]:
    path = resource.get("path")
    return [str(part) for part in path] if isinstance(path, list) else [path] if isinstance(path, str) else []


def _inside(part: str, name: str) -> None:
    """A package may only name files below its own folder (the standard forbids "/" and "..")."""
    if PurePosixPath(part).is_absolute() or ".." in PurePosixPath(part).parts or "\\" in part:
        raise JobtideError(f"{name}: the package names {part}, which lies outside its folder")


def _missing(resource: Mapping[str, Any]) -> set[str]:
    schema = resource.get("schema")
    listed = schema.get("missingValues", [""]) if isinstance(schema, dict) else [""]
    return {str(one.get("value") if isinstance(one, dict) else one) for one in listed}


def _fields(resource: Mapping[str, Any]) -> list[str]:
    schema = resource.get("schema")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return [str(field.get("name")) for field in fields if isinstance(field, dict)] if isinstance(fields, list) else []


def _inline(resource: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any] | Bad]]:
    """Rows that stand in the descriptor: objects, or arrays under a first array of names."""
    rows = list(resource["data"])
    names = [str(name) for name in rows.pop(0)] if rows and isinstance(rows[0], list) else []
    out: list[tuple[int, Mapping[str, Any] | Bad]] = []
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            out.append((number, row))
        elif isinstance(row, list) and len(row) == len(names):
            out.append((number, dict(zip(names, row, strict=True))))
        else:
            out.append((number, Bad(number, "expected an object or a row as wide as the head", str(row)[:120])))
    return out


def _delimited(body: bytes, resource: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any] | Bad]]:
    """Rows of a CSV as the resource's dialect, encoding and schema describe it."""
    dialect = resource.get("dialect") if isinstance(resource.get("dialect"), dict) else {}
    assert isinstance(dialect, dict)
    try:
        text = body.decode(
            str(resource.get("encoding") or "utf-8").replace("utf-8", "utf-8-sig").replace("UTF-8", "utf-8-sig")
        )
    except (UnicodeDecodeError, LookupError):
        text = body.decode("cp1252", "replace")
    path = (_paths(resource) or [""])[0].lower()
    csv.field_size_limit(1 << 27)
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=str(dialect.get("delimiter") or ("\t" if path.endswith(".tsv") else ",")),
        quotechar=str(dialect.get("quoteChar") or '"'),
        doublequote=dialect.get("doubleQuote") is not False,
        skipinitialspace=dialect.get("skipInitialSpace") is True,
    )
    names = _fields(resource) if dialect.get("header") is False else next(reader, [])
    missing = _missing(resource)
    out: list[tuple[int, Mapping[str, Any] | Bad]] = []
    for number, row in enumerate(reader, 1 if dialect.get("header") is False else 2):
        if not row:
            continue
        if len(row) != len(names):
            out.append((number, Bad(number, f"{len(row)} cells where the head has {len(names)}", " ".join(row)[:120])))
        else:
            cells = ("" if cell in missing else cell for cell in row)
            out.append((number, dict(zip(names, cells, strict=True))))
    return out

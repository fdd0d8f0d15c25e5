"""What tables does a Data Package hold? Reference: the Data Package standard (datapackage.org), versions 1 and 2."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from jobtide.errors import JobtideError
from jobtide.model import Bad
from jobtide.sources import delimited, rows
from jobtide.sources.unpack import LARGEST, plain

DESCRIPTOR = "datapackage.json"


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
    left = LARGEST
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for info in sorted(packed.infolist(), key=lambda info: info.filename):
                if info.is_dir() or PurePosixPath(info.filename).name.startswith((".", "__")):
                    continue
                with packed.open(info) as file:
                    out[info.filename] = file.read(left + 1)
                left -= len(out[info.filename])
                if left < 0:
                    raise JobtideError(f"{name}: more than {LARGEST:,} bytes when unpacked; split the file")
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
            yield named, _inline(resource["data"])
        found: list[tuple[int, Mapping[str, Any] | Bad]] = []
        head: list[str] = []
        for part in _paths(resource):
            if "://" in part:
                found.append((number, Bad(number, f"resource {named}: {part} is not fetched; download it first")))
                continue
            _inside(part, name)
            file = str(home / part)
            if file not in files:
                raise JobtideError(f"{name}: the package names {part}, which is not in it")
            kind = part.lower().removesuffix(".gz")
            if kind.endswith((".csv", ".tsv", ".txt")):
                head, more = _delimited(plain(files[file], part), resource, head, f"{name}: resource {named}")
                found += more
            elif kind.endswith((".json", ".jsonl", ".ndjson")):
                found += _json(plain(files[file], part), f"{name}: {part}", by_line=not kind.endswith(".json"))
            elif kind.endswith((".parquet", ".xlsx")):
                found.append((number, Bad(number, f"resource {named}: {part} is no CSV or JSON; import it by itself")))
        if found:
            yield named, found


def _json(body: bytes, name: str, *, by_line: bool) -> list[tuple[int, Mapping[str, Any] | Bad]]:
    """Rows of a JSON resource: a list of objects or of arrays under their names, or an object a line."""
    text = delimited.decode(body)
    if by_line:
        return [
            (number, row if isinstance(row, dict | Bad) else Bad(number, "expected an object", str(row)[:120]))
            for number, row in rows.lines(text.split("\n"))
        ]
    try:
        whole = rows.value(text)
    except (ValueError, RecursionError) as error:
        raise JobtideError(f"{name}: no valid JSON ({error})") from error
    return _inline(whole) if isinstance(whole, list) else []


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


def _inline(listed: list[Any]) -> list[tuple[int, Mapping[str, Any] | Bad]]:
    """Rows that are a list: objects, or arrays under a first array of names."""
    left = list(listed)
    names = [str(name) for name in left.pop(0)] if left and isinstance(left[0], list) else []
    out: list[tuple[int, Mapping[str, Any] | Bad]] = []
    for number, row in enumerate(left, 1):
        if isinstance(row, dict):
            out.append((number, row))
        elif isinstance(row, list) and len(row) == len(names):
            out.append((number, dict(zip(names, row, strict=True))))
        else:
            out.append((number, Bad(number, "expected an object or a row as wide as the head", str(row)[:120])))
    return out


def _delimited(
    body: bytes, resource: Mapping[str, Any], head: list[str], where: str
) -> tuple[list[str], list[tuple[int, Mapping[str, Any] | Bad]]]:
    """Return (head, rows) of a CSV as the resource's dialect, encoding and schema describe it.

    ``head`` is that of the part before, if any: a part may repeat it, or go on without it. JobtideError for a dialect
    that is none.
    """
    encoding = str(resource.get("encoding") or "utf-8")
    try:
        text = body.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (UnicodeDecodeError, LookupError):
        text = body.decode("cp1252", "replace")
    dialect = resource.get("dialect") if isinstance(resource.get("dialect"), dict) else {}
    assert isinstance(dialect, dict)
    path = (_paths(resource) or [""])[0].lower().removesuffix(".gz")
    csv.field_size_limit(1 << 27)
    try:
        reader = csv.reader(
            io.StringIO(text, newline=""),
            delimiter=str(dialect.get("delimiter") or ("\t" if path.endswith(".tsv") else ",")),
            quotechar=str(dialect.get("quoteChar") or '"'),
            doublequote=dialect.get("doubleQuote") is not False,
            skipinitialspace=dialect.get("skipInitialSpace") is True,
        )
        cells = list(enumerate(reader, 1))
    except (csv.Error, TypeError, ValueError) as error:
        raise JobtideError(f"{where}: its dialect does not fit its file ({error})") from error
    if dialect.get("header") is False:
        head = _fields(resource)
    elif cells and (not head or cells[0][1] == head):
        head = cells.pop(0)[1]
    missing = _missing(resource)
    return head, [(number, _row(head, row, number, missing)) for number, row in cells if row]


def _row(head: Sequence[str], row: Sequence[str], number: int, missing: set[str]) -> Mapping[str, Any] | Bad:
    if len(row) != len(head):
        return Bad(number, f"{len(row)} cells where the head has {len(head)}", " ".join(row)[:120])
    return dict(zip(head, ("" if cell in missing else cell for cell in row), strict=True))

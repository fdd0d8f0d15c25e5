"""``jobtide export``: tables and figures as files that others can read, with a Data Package and a citation."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from jobtide.cli.where import snapshot
from jobtide.errors import NotSupported, TooFew, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from jobtide.report.package import File

_FORMATS = ("csv", "parquet", "json")
_GROUPS = ("tables", "figures")


@click.command()
@click.argument("what", nargs=-1, metavar="[tables|figures|NAME]...")
@click.option("-o", "--output", default="export", show_default=True, type=click.Path(file_okay=False))
@click.option("--format", "formats", multiple=True, type=click.Choice(_FORMATS), help="May be given again; csv if not.")
@click.option("--texts", is_flag=True, help="Also the postings' texts, e-mail addresses and telephone numbers masked.")
@click.option("--role", help="Figures of this role, of ml_ai_data (the default family), or of all.")
@click.option("--country", help="Figures of this country.")
def export(
    what: tuple[str, ...], output: str, formats: tuple[str, ...], role: str | None, country: str | None, *, texts: bool
) -> int:
    """Write the snapshot's tables and the usual figures, or those named, into a folder with a Data Package.

    Texts are written on request only. Figures that the base cannot carry are named in README.md with the reason.
    """
    from jobtide.market.ask import filters
    from jobtide.report import package

    folder = Path(output)
    refused: dict[str, str] = {}
    with snapshot() as shot:
        tables, figures = _chosen(shot, what)
        files = [f for shape in formats or ("csv",) for f in _tables(shot, folder, tables, shape, texts=texts)]
        asked = filters(shot, role=role, country=country)
        files += _figures(shot, folder, figures, asked, formats or ("csv",), refused)
        for name, body in (
            ("datapackage.json", package.descriptor(shot, files)), ("CITATION.cff", package.citation_cff(shot)),
            ("citation.bib", package.citation_bib(shot)), ("README.md", package.page(shot, files, refused)),
        ):  # fmt: skip
            _put(folder / name, body.encode())
    click.echo(f"jobtide: wrote {len(files)} files and their description to {folder}", err=True)
    return 0


def _chosen(shot: Any, what: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The tables and the questions that are wanted; UsageError for a word that is neither."""
    from jobtide.market.ask import NAMES
    from jobtide.store.parts import names
    from jobtide.tables import SNAPSHOT

    wanted = what or _GROUPS
    for word in wanted:
        if word not in (*_GROUPS, *SNAPSHOT, *NAMES):
            raise UsageError(f"nothing to export named {word!r}; there are {', '.join((*_GROUPS, *SNAPSHOT, *NAMES))}")
    tables = [name for name in names(shot) if name in wanted or ("tables" in wanted)]
    return tables, [name for name in NAMES if name in wanted or "figures" in wanted]


def _tables(shot: Any, folder: Path, tables: Sequence[str], shape: str, *, texts: bool) -> Iterator["File"]:
    """Write each table in one format."""
    from jobtide.report import package
    from jobtide.report.masks import masked
    from jobtide.store.parts import batches
    from jobtide.tables import SNAPSHOT

    suffix = "jsonl" if shape == "json" else shape
    for name in tables:
        if name == "text" and not texts:
            continue
        path = folder / "tables" / f"{name}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        rows = (masked(batch) for batch in batches(shot, name)) if name == "text" else batches(shot, name)
        _write(path, SNAPSHOT[name], rows, suffix)
        yield _file(folder, path, f"{name}-{shape}", f"Table {name}", suffix, package.of_table(name))


def _write(path: Path, schema: "pa.Schema", batches: "Iterable[pa.RecordBatch]", suffix: str) -> None:
    """Write the batches of a table as csv, jsonl or parquet."""
    from jobtide.report import tabular

    if suffix == "parquet":
        import pyarrow.parquet as pq

        with pq.ParquetWriter(path, schema, compression="zstd") as parquet:
            for batch in batches:
                parquet.write_batch(batch)
        return
    put = tabular.write_csv if suffix == "csv" else tabular.write_lines
    with path.open("w", encoding="utf-8", newline="") as out:
        put(out, schema.names, tabular.lists(batches))


def _figures(
    shot: Any, folder: Path, names: Sequence[str], asked: Any, formats: Sequence[str], refused: dict[str, str]
) -> Iterator["File"]:
    """Write each usual figure in each format; what is refused is kept with its reason."""
    from jobtide.cli import shapes
    from jobtide.cli.asked import note
    from jobtide.market.ask import ask
    from jobtide.market.usual import usual
    from jobtide.report import package

    for name, options in usual(asked):
        if name not in names:
            continue
        called = "-".join([name, *(f"{option}-{value}" for option, value in options.items())])
        try:
            figure = ask(name, shot, asked, **options)
        except (TooFew, NotSupported) as error:
            refused[called] = str(error)
            continue
        note(figure, asked, options)
        for shape in formats:
            path = _put(folder / "figures" / f"{called}.{shape}", shapes.write(figure, shape))
            schema = package.of_figure(figure.to_json())
            yield _file(folder, path, f"{called}-{shape}".replace("_", "-"), figure.title, shape, schema)


def _put(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def _file(folder: Path, path: Path, name: str, title: str, shape: str, schema: dict[str, Any]) -> "File":
    from jobtide.report.package import File

    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    inside = path.relative_to(folder).as_posix()
    return File(inside, name, title, shape, path.stat().st_size, digest, **schema)

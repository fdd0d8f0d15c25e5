"""``jobtide official``: published tables, read into tables of their own beside the postings."""

import re
from pathlib import Path

import click

from jobtide.cli.where import root


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--kind", help="Which table it is, where its header does not tell: lca, projections, oews, hiring_lab, onet."
)
def official(files: tuple[str, ...], kind: str | None) -> int:
    """Read official tables (OEWS, BLS projections, LCA disclosures, Hiring Lab, O*NET) as published, any size.

    FILES are CSV, tab-separated text (plain or gzip) or workbooks. Each is kept as Parquet in the store with its base
    and attribution, never joined to postings. Without FILES: what is kept.
    """
    if not files:
        return _listed()
    for name in files:
        _keep(Path(name), kind or "")
    return 0


def _keep(path: Path, kind: str) -> None:
    from jobtide.sources.official.recognise import read
    from jobtide.store.official import keep

    with path.open("rb") as file:
        table = read(file, name=path.name, kind=kind)
        stem = re.sub(r"(\.(csv|txt|tsv|xlsx|gz|current))+$", "", path.name, flags=re.IGNORECASE) or path.name
        out = root() / "official" / table.name / f"{stem}.parquet"
        about = {"title": table.title, "base": table.base, "attribution": table.attribution, "file": path.name}
        rows = keep(out, table.batches, schema=table.schema, about=about)
    click.echo(f"{path.name}: {table.title}, {rows:,} rows, {table.sheet.set_aside:,} set aside")
    click.echo(f"  base: {table.base}\n  source: {table.attribution}\n  kept: {out}")
    for bad in table.sheet.bad[:5]:
        click.echo(f"jobtide: {path.name} row {bad.row}: {bad.reason}: {bad.excerpt}", err=True)


def _listed() -> int:
    from jobtide.store.official import kept

    found = list(kept(root()))
    for path, about, rows in found:
        click.echo(f"{path.parent.name:<12} {rows:>12,}  {path.stem}: {about.get('base', '')}")
    if not found:
        click.echo("jobtide: no official table of your own yet; the bundled slices are in use", err=True)
    return 0 if found else 3

"""``jobtide report``: the article, from data, and what changed since an earlier snapshot."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobtide.cli.where import BUNDLED, root, snapshot

if TYPE_CHECKING:
    from jobtide.store.snapshot import Snapshot

_FORMATS = ("html", "md", "pdf")


@click.group()
def report() -> None:
    """The state of ML-engineer jobs, from the current snapshot; every number carries its figure."""


@report.command("build")
@click.option("--format", "shapes", default="html,md", show_default=True, help="html, md, pdf, or several.")
@click.option("-o", "--output", default="report", show_default=True, type=click.Path(file_okay=False))
def report_build(shapes: str, output: str) -> int:
    """Write the report into a folder; fails if a sentence holds a number that no figure accounts for."""
    from jobtide.errors import UsageError
    from jobtide.report.article import build

    wanted = tuple(part.strip() for part in shapes.split(",") if part.strip())
    for shape in wanted:
        if shape not in _FORMATS:
            raise UsageError(f"no report format {shape!r}; there are {', '.join(_FORMATS)}")
    with snapshot() as shot:
        for path in build(shot, Path(output), formats=wanted):
            click.echo(str(path))
    return 0


@report.command("diff")
@click.argument("old")
@click.argument("new", default="current")
@click.option("--format", "shape", type=click.Choice(("table", "md", "json")), default="table", show_default=True)
@click.option("--figure", "names", multiple=True, help="Only this figure of the article, such as skills; repeatable.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file.")
def report_diff(old: str, new: str, shape: str, names: tuple[str, ...], output: str | None) -> int:
    """Say which figures changed between two snapshots, by how much, and why.

    OLD and NEW are a snapshot's id or its beginning, a folder, "current" or "bundled". The change of each row is split
    into what closed, what was edited or read anew, and what came; "clear" marks intervals that do not meet.
    """
    from jobtide.report import changed, changes
    from jobtide.report.answers import QUESTIONS

    _known(names, tuple(QUESTIONS))
    with _opened(old) as one, _opened(new) as two:
        found = changes.compare(one, two, names)
    if shape == "json":
        said = json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n"
    else:
        said = changed.markdown(found) if shape == "md" else "\n".join(changed.lines(found)) + "\n"
    if output:
        Path(output).write_text(said, encoding="utf-8")
        click.echo(f"jobtide: wrote {output}", err=True)
    else:
        sys.stdout.buffer.write(said.encode())
    return 0


def _known(names: tuple[str, ...], all_names: tuple[str, ...]) -> None:
    """UsageError for a figure that the article does not have."""
    from jobtide.errors import UsageError

    for name in names:
        if name not in all_names:
            raise UsageError(f"the article has no figure {name!r}; it has {', '.join(all_names)}")


def _opened(which: str) -> "Snapshot":
    """The snapshot that a word names; UsageError lists those that exist."""
    from jobtide.errors import UsageError
    from jobtide.store.snapshot import Snapshot, current

    if which == "bundled":
        return Snapshot.open(BUNDLED)
    if which == "current":
        return Snapshot.open(current(root()))
    if (Path(which) / "manifest.json").exists():
        return Snapshot.open(Path(which))
    folder = root() / "snapshots"
    ids = sorted(path.name for path in folder.glob("*") if (path / "manifest.json").exists())
    found = [id for id in ids if id.startswith(which)]
    if len(found) != 1:
        problem = "no snapshot" if not found else "more than one snapshot"
        raise UsageError(f"{problem} {which!r} in {folder}; there are {', '.join(ids) or 'none'}, current and bundled")
    return Snapshot.open(folder / found[0])

"""``jobtide report build``: the article, from data."""

from pathlib import Path

import click

from jobtide.cli.where import snapshot

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

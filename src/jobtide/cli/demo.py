"""``jobtide demo``: the whole product on bundled data, offline, on one 80-column page."""

from pathlib import Path
from typing import Any

import click

from jobtide.cli.where import BUNDLED

SAMPLES = Path(__file__).resolve().parent.parent / "data" / "samples" / "postings.jsonl"


@click.command()
@click.option("-o", "--output", default="demo", show_default=True, type=click.Path(file_okay=False))
def demo(output: str) -> int:
    """Show figures, evidence and the report from the bundled pack; needs no network and no key."""
    from jobtide.cli import demo_page
    from jobtide.store.snapshot import Snapshot

    with Snapshot.open(BUNDLED) as shot:
        for part in demo_page.parts(shot):
            click.echo("\n".join(part) + "\n")
        _sample()
        _report(shot, Path(output))
    click.echo("\n".join(_next()))
    return 0


def _sample() -> None:
    """One posting of our own words with its facts lit, and what was seen and rejected."""
    import json

    from jobtide.cli.demo_page import reading, rule
    from jobtide.cli.highlight import show

    row: dict[str, Any] = json.loads(SAMPLES.read_text().splitlines()[0])
    click.echo(rule("One posting, read (our own words; real texts are not in the pack)"))
    show(row, lines=22, listed=False)
    click.echo("\n".join(["", *reading(), ""]))


def _report(shot: Any, folder: Path) -> None:
    from jobtide.cli.demo_page import rule
    from jobtide.report.article import build

    paths = build(shot, folder)
    click.echo(rule("The report"))
    for path in paths:
        if path.suffix in (".html", ".md"):
            click.echo(f"  {path}")
    click.echo()


def _next() -> list[str]:
    """What to do next, with how long it takes."""
    from jobtide.cli.demo_page import rule

    return [
        rule("Next"),
        "  jobtide market skills --role ml_engineer    one figure, filtered",
        "  jobtide explain ID                          walk a figure to quoted words",
        "  jobtide read FILE                           the facts of postings you have",
        "  jobtide collect greenhouse:TOKEN ...        live boards instead of this pack:",
        "      one request a second per host, so 60 boards on a host take a minute",
    ]

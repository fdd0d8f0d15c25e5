"""``jobtide check ARTICLE``: somebody else's claims, held against themselves, official figures and the market."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

_VERDICTS = ("consistent", "above", "below", "contradicted", "not_testable")
_FAILED = 5


@click.command("check")
@click.argument("article", metavar="ARTICLE.md|txt|html|-")
@click.option("--format", "shape", type=click.Choice(("table", "json", "html")), default="table", show_default=True)
@click.option(
    "--fail-on", metavar="NAME,...", default="", help="Exit with 5 if a claim has one of these verdicts or classes."
)
@click.option(
    "--as-of",
    metavar="YEAR",
    type=click.IntRange(1990, 2200),
    help="The year the article is read in (default: this one).",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file.")
def check(article: str, shape: str, fail_on: str, as_of: int | None, output: str | None) -> int:
    """Find an article's numeric and ranking claims and say of each what holds.

    Verdicts: consistent, above, below, contradicted, not_testable. A sample of boards alone never contradicts; an
    official figure, an original study or arithmetic can.
    """
    from jobtide.cli.where import snapshot
    from jobtide.report.claims import check as checked_against
    from jobtide.report.claims.show import html, lines

    wanted = _wanted(fail_on)
    raw = _read(article)
    is_html = article.lower().endswith((".html", ".htm")) or raw.lstrip()[:15].lower().startswith(
        ("<!doctype", "<html")
    )
    with snapshot() as shot:
        found = checked_against(raw, shot, html=is_html, today=as_of or datetime.now(UTC).year)
    if shape == "json":
        said = json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n"
    else:
        said = html(found) if shape == "html" else "\n".join(lines(found)) + "\n"
    if output:
        Path(output).write_text(said, encoding="utf-8")
        click.echo(f"jobtide: wrote {output}", err=True)
    else:
        sys.stdout.buffer.write(said.encode())
    failing = found.failing(wanted)
    if failing:
        click.echo(f"jobtide: {len(failing)} of {len(found.verdicts)} claims are {' or '.join(wanted)}", err=True)
    return _FAILED if failing else 0


def _wanted(text: str) -> tuple[str, ...]:
    """The verdicts and classes of --fail-on; one that does not exist is an error."""
    from jobtide.errors import UsageError
    from jobtide.report.claims.findings import CLASSES

    wanted = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in wanted:
        if name not in (*_VERDICTS, *CLASSES):
            raise UsageError(f"no verdict or class {name!r}; there are {', '.join((*_VERDICTS, *CLASSES))}")
    return wanted


def _read(article: str) -> str:
    from jobtide.errors import UsageError

    try:
        raw = sys.stdin.buffer.read() if article == "-" else Path(article).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {article}: {error.strerror}") from error
    return raw.decode("utf-8-sig", "replace")

"""``jobtide import`` and ``jobtide runs``: files of the user's own, and what was brought in when."""

from datetime import UTC, datetime
from pathlib import Path

import click

from jobtide.cli import patience
from jobtide.cli.where import root
from jobtide.errors import UsageError

_SHOWN = 10  # rows set aside that are named on the spot; all of them stand in the snapshot's quarantine table


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which column holds which field.")
@click.option("--source", default="", help="Read it as this source's (see 'source list').")
@click.option("--board", default="", help="The board's token, else the file's name.")
@click.option("--as-of", metavar="DATE", help="When the file was collected, else the newest date it states.")
@click.option("--replace", is_flag=True, help="Take the place of all imports of that name, also of other dates.")
def import_(
    files: tuple[str, ...], mapping: tuple[str, ...], source: str, board: str, as_of: str | None, replace: bool
) -> int:
    """Bring in saved board answers, feeds and pages, CSV, JSON, Parquet, ZIP or a Data Package, gzipped or not.

    Rows that cannot be read are set aside with their number and the reason; the good ones go on. The usual column
    names are guessed; name others with --map. A newer file of the same name takes the place of the older one, unless
    both were given with --as-of and other dates: then each is a sighting of its own. Run 'jobtide build' afterwards.
    """
    from jobtide import pipeline
    from jobtide.model import Stamp

    seen = Stamp(_date(as_of), "given with --as-of") if as_of else None
    for file in files:
        done = pipeline.import_file(
            root(), Path(file), now=datetime.now(UTC), mapping=mapped(mapping), board=board, source=source, seen=seen,
            alone=replace,
        )  # fmt: skip
        when = f", seen {done.seen.at:%Y-%m-%d} ({done.seen.basis})" if done.seen else ", no date stated"
        click.echo(f"{done.name}: {done.rows:,} rows, {done.postings:,} postings, {len(done.bad):,} set aside{when}")
        if done.instead_of:
            said = ", ".join(map(str, done.instead_of))
            click.echo(f"jobtide: it takes the place of {done.name} of run {said}; with --as-of both count", err=True)
        if done.unread:
            click.echo(f"jobtide: {done.unread}", err=True)
        for bad in done.bad[:_SHOWN]:
            click.echo(f"  row {bad.row}: {bad.reason}", err=True)
        if len(done.bad) > _SHOWN:
            click.echo(f"  and {len(done.bad) - _SHOWN:,} more (table quarantine of the snapshot)", err=True)
    click.echo("jobtide: now run 'jobtide build'", err=True)
    return 0


def _date(words: str) -> datetime:
    try:
        at = datetime.fromisoformat(words)
    except ValueError as error:
        raise UsageError(f"--as-of {words!r} is no date; write it as 2025-10-31") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def mapped(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return ``COLUMN=FIELD`` pairs as a dictionary; UsageError for one without "="."""
    out = {}
    for pair in pairs:
        column, sign, field = pair.partition("=")
        if not sign or not column or not field:
            raise UsageError(f"--map {pair!r}: write it as COLUMN=FIELD")
        out[column] = field
    return out


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def runs(limit: int) -> int:
    """Show what was collected and imported, newest first."""
    from jobtide.store.ledger import Ledger

    with Ledger(root()) as ledger:
        found = ledger.runs(limit)
    for run in found:
        click.echo(f"{run.run:>5}  {run.started_at[:19]}  {run.kind:<8} {run.outcome:<14} {run.what[:160]}")
    for line in patience.kept():
        click.echo(f"jobtide: {line}", err=True)
    return 0 if found else 3

"""``jobtide collect``, ``import``, ``source``, ``runs``: bring postings in, and say what came."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from jobtide.cli.where import root
from jobtide.errors import UsageError

if TYPE_CHECKING:
    from jobtide.pipeline import Crawled

_SHOWN = 10  # rows set aside that are named on the spot; all of them stand in the snapshot's quarantine table


@click.command()
@click.argument("boards", nargs=-1, required=True, metavar="BOARD...")
@click.option(
    "--contact", envvar="JOBTIDE_CONTACT", default="", help="An address for the User-Agent, so that you can be asked."
)
def collect(boards: tuple[str, ...], contact: str) -> int:
    """Crawl job boards: SOURCE:TOKEN (greenhouse:acme; 'source list' names them), or the address of a careers page.

    One request a second per host, whatever the number of boards. A board that fails never ends the others, and
    nothing that was archived before is lost. Run 'jobtide build' afterwards.
    """
    from jobtide import pipeline
    from jobtide.sources.fetch import Limits
    from jobtide.sources.registry import load, locate

    wanted = list(dict.fromkeys(locate(board) for board in boards))
    per_host = max(sum(source == other for other, _ in wanted) for source, _ in wanted)
    click.echo(f"jobtide: {len(wanted)} board(s), about {per_host} s at one request a second per host", err=True)
    keys = {name: os.environ.get(name, "") for source, _ in wanted for name in load(source).policy.secrets}
    limits = Limits(contact=contact, secrets=keys)
    done = pipeline.collect(root(), wanted, limits=limits, now=lambda: datetime.now(UTC), told=_tell)
    failed = [crawled for crawled in done if crawled.outcome == "failed"]
    if failed:
        click.echo(f"jobtide: {len(failed)} of {len(done)} boards failed; the rest is saved", err=True)
        return 4
    click.echo("jobtide: now run 'jobtide build'", err=True)
    return 0


def _tell(crawled: "Crawled") -> None:
    what = f"{crawled.postings} postings" if crawled.outcome in ("complete", "partial") else crawled.note or "as before"
    click.echo(f"{crawled.source}:{crawled.board}  {crawled.outcome}  {what}")


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which column holds which field.")
@click.option("--source", default="", help="Read it as this source's (see 'source list').")
@click.option("--board", default="", help="The board's token, else the file's name.")
@click.option("--as-of", metavar="DATE", help="When the file was collected, else the newest date it states.")
def import_(files: tuple[str, ...], mapping: tuple[str, ...], source: str, board: str, as_of: str | None) -> int:
    """Bring in saved board answers, feeds and pages, CSV, JSON, Parquet, ZIP or a Data Package, gzipped or not.

    Rows that cannot be read are set aside with their number and the reason; the good ones go on. The usual column
    names are guessed; name others with --map. Run 'jobtide build' afterwards.
    """
    from jobtide import pipeline
    from jobtide.model import Stamp

    seen = Stamp(_date(as_of), "given with --as-of") if as_of else None
    for file in files:
        done = pipeline.import_file(
            root(), Path(file), now=datetime.now(UTC), mapping=mapped(mapping), board=board, source=source, seen=seen
        )
        when = f", seen {done.seen.at:%Y-%m-%d} ({done.seen.basis})" if done.seen else ", no date stated"
        click.echo(f"{done.name}: {done.rows:,} rows, {done.postings:,} postings, {len(done.bad):,} set aside{when}")
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


@click.group()
def source() -> None:
    """Which sources jobtide reads, and on which terms."""


@source.command("list")
def source_list() -> int:
    """List every source with its tier, rate and terms."""
    from jobtide.sources import registry
    from jobtide.sources.uncovered import GAPS

    for name in registry.names():
        policy = registry.load(name).policy
        click.echo(f"{name:<12} {policy.tier:<11} {policy.rate:g} request(s)/s per host  {policy.terms}")
    click.echo("Not covered:")
    for gap in GAPS:
        click.echo(f"  {gap.what}: {gap.why}" + (f" ({gap.instead})" if gap.instead else ""))
    return 0


@click.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
def runs(limit: int) -> int:
    """Show what was collected and imported, newest first."""
    from jobtide.store.ledger import Ledger

    with Ledger(root()) as ledger:
        found = ledger.runs(limit)
    for run in found:
        click.echo(f"{run.run:>5}  {run.started_at[:19]}  {run.kind:<8} {run.outcome:<14} {run.what[:100]}")
    return 0 if found else 3

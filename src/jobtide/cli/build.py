"""``jobtide build``, ``rebuild``, ``verify``: from the archive to a snapshot, and whether it is as written."""

import click

from jobtide.cli.where import root


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if all goes well. For cron.")
def build(workers: int, quiet: bool) -> int:
    """Read facts of what is new, join postings into vacancies, publish a snapshot.

    The same archive gives the same snapshot for any number of workers; running it again reads nothing twice.
    """
    from jobtide import pipeline

    def say(words: str) -> None:
        if not quiet:
            click.echo(f"jobtide: {words}", err=True)

    done = pipeline.build(root(), workers=workers, say=say)
    if quiet:
        return 0
    click.echo(
        f"snapshot {done.snapshot.name}: {done.rows:,} rows, {done.postings:,} postings ({done.open:,} open), "
        f"{done.vacancies:,} vacancies, {done.quarantined:,} rows set aside, {done.enriched:,} versions newly read"
    )
    return 0


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read.")
def rebuild(workers: int) -> int:
    """Throw away everything that was worked out, and work it out anew from archive and ledger.

    The snapshot is the same byte for byte if nothing was damaged and the readers are the same; the one there is stays
    until the new one is whole.
    """
    from jobtide import pipeline

    before = (root() / "CURRENT").read_bytes() if (root() / "CURRENT").exists() else b""
    done = pipeline.rebuild(root(), workers=workers, say=lambda words: click.echo(f"jobtide: {words}", err=True))
    same = "the same as before" if before == done.snapshot.name.encode() else "another than before"
    click.echo(f"snapshot {done.snapshot.name}, {same if before else 'the first one'}: {done.postings:,} postings "
               f"({done.open:,} open), {done.vacancies:,} vacancies, {done.enriched:,} versions read")  # fmt: skip
    return 0


@click.command()
def verify() -> int:
    """Check archive, ledger and snapshot against their hashes; names every file that is not what was written."""
    from jobtide.store import seal
    from jobtide.store.verify import verify as check

    faults = check(root())
    for fault in faults:
        click.echo(fault)
    if (root() / seal.LEDGER).exists() and seal.is_open(root()):
        click.echo("jobtide: the ledger is open for writing, or its last writer was interrupted: its structure was "
                   "checked, not its bytes", err=True)  # fmt: skip
    click.echo(f"jobtide: {len(faults)} fault(s)" if faults else "jobtide: every byte is as written", err=True)
    return 1 if faults else 0

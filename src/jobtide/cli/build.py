"""``jobtide build`` and ``verify``: from the archive to a snapshot, and whether every byte is as written."""

import click

from jobtide.cli.where import root


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that read.")
def build(workers: int) -> int:
    """Read facts of what is new, join postings into vacancies, publish a snapshot.

    The same archive gives the same snapshot for any number of workers; running it again reads nothing twice.
    """
    from jobtide import pipeline

    done = pipeline.build(root(), workers=workers, say=lambda words: click.echo(f"jobtide: {words}", err=True))
    click.echo(
        f"snapshot {done.snapshot.name}: {done.rows:,} rows, {done.postings:,} postings ({done.open:,} open), "
        f"{done.vacancies:,} vacancies, {done.quarantined:,} rows set aside, {done.enriched:,} versions newly read"
    )
    return 0


@click.command()
def verify() -> int:
    """Check archive, ledger and snapshot against their hashes; names every file that is not what was written."""
    from jobtide.store.archive import Archive
    from jobtide.store.ledger import Ledger
    from jobtide.store.snapshot import Snapshot, current

    archive = Archive(root())
    with Ledger(root()) as ledger:
        faults = [*archive.verify(), *ledger.verify(archive)]
    if (root() / "CURRENT").exists():
        with Snapshot.open(current(root())) as shot:
            faults += shot.verify()
    for fault in dict.fromkeys(faults):
        click.echo(fault)
    click.echo(f"jobtide: {len(set(faults))} fault(s)" if faults else "jobtide: every byte is as written", err=True)
    return 1 if faults else 0

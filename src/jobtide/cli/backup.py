"""``jobtide backup`` and ``doctor``: keep a second copy, and know what is wrong before it matters."""

from datetime import UTC, datetime
from pathlib import Path

import click

from jobtide.cli.where import root


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--copy", is_flag=True, help="Copy every blob, also on the same disk (else they share their bytes).")
def backup(folder: Path, copy: bool) -> int:
    """Make DIR a copy of the store as it is now, also while something is being collected.

    DIR is a store: 'jobtide --store DIR build' gives the same snapshot. On the same disk archived pages are shared,
    not copied; a disk that dies takes both, so keep one backup elsewhere (--copy, or any tool that copies folders).
    """
    from jobtide.store.backup import backup as make

    done = make(root(), folder, copy=copy)
    click.echo(f"{done.folder}: {done.runs:,} runs, {done.blobs:,} pages and files, {done.linked:,} of them shared")
    return 0


@click.command()
def doctor() -> int:
    """Say what is wrong with the store and what to do: writer, runs, clock, archive, boards, snapshot.

    Reads no page: 'jobtide verify' compares every byte.
    """
    from jobtide.store.doctor import examine

    found = examine(root(), now=datetime.now(UTC))
    for one in found:
        click.echo(f"{'WRONG' if one.wrong else '  ok ' if not one.todo else 'note '}  {one.about:<9} {one.says}")
        if one.todo:
            click.echo(f"{'':<17}-> {one.todo}")
    return 1 if any(one.wrong for one in found) else 0

"""``jobtide pack``: share a snapshot without its texts."""

from pathlib import Path

import click

from jobtide.cli.where import root


@click.group()
def pack() -> None:
    """Share a snapshot without its texts: facts with at most six words each, titles, employers, dates, addresses."""


@pack.command("make")
@click.argument("out", type=click.Path())
def pack_make(out: str) -> int:
    """Write the current snapshot as a pack to OUT: a .zip, or a folder for any other name."""
    from jobtide.store.pack import make
    from jobtide.store.snapshot import current

    path = make(current(root()), Path(out))
    size = path.stat().st_size if path.is_file() else sum(file.stat().st_size for file in path.iterdir())
    click.echo(f"{path}: {size:,} bytes")
    return 0


@pack.command("open")
@click.argument("path", type=click.Path(exists=True))
def pack_open(path: str) -> int:
    """Check the pack at PATH and make it the store's current snapshot."""
    from jobtide.store.files import write_whole
    from jobtide.store.lock import lock
    from jobtide.store.pack import open_pack

    with lock(root()):
        folder = open_pack(Path(path), root())
        write_whole(root() / "CURRENT", folder.name.encode())
    click.echo(f"snapshot {folder.name} is current")
    return 0

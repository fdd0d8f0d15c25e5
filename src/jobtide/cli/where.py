"""Where is the store, and which snapshot do commands read? The command line's one place that asks the environment."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from jobtide.store.snapshot import Snapshot

BUNDLED = Path(__file__).resolve().parent.parent / "data" / "pack"


def root() -> Path:
    """The store's folder: ``--store``, else ``JOBTIDE_STORE``, else the user's data folder."""
    context = click.get_current_context(silent=True)
    named = (context.find_root().obj or {}).get("store") if context else None
    if named or os.environ.get("JOBTIDE_STORE"):
        return Path(named or os.environ["JOBTIDE_STORE"])
    import platformdirs

    return Path(platformdirs.user_data_dir("jobtide", appauthor=False))


def snapshot() -> "Snapshot":
    """The store's current snapshot; before the first ``build`` the bundled pack, and stderr says so."""
    from jobtide.store.snapshot import Snapshot, current

    here = root()
    if (here / "CURRENT").exists():
        return Snapshot.open(current(here))
    click.echo("jobtide: no snapshot of your own yet, reading the bundled pack (see 'jobtide demo')", err=True)
    return Snapshot.open(BUNDLED)

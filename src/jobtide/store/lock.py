"""Who may write to a store? One process at a time; a lock of the operating system, so that the dead hold nothing."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from jobtide.errors import StoreBusy
from jobtide.store.files import refused


@contextmanager
def lock(root: Path) -> Iterator[None]:
    """Hold the store for writing. StoreBusy names the process that does; a dead process holds nothing."""
    with refused(root / "writer.lock"):
        root.mkdir(parents=True, exist_ok=True)
        opened = (root / "writer.lock").open("a+")
    with opened as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreBusy(
                f"{root} is being written by process {_holder(file)}; wait for it or use another --store"
            ) from error
        with refused(root / "writer.lock"):
            file.seek(0)
            file.truncate()
            file.write(str(os.getpid()))
            file.flush()
        yield


def _holder(file: TextIO) -> str:
    file.seek(0)
    return file.read().strip() or "unknown"

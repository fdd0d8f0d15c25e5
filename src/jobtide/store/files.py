"""How does a file come into being whole or not at all? Write beside it, sync, rename, sync the folder."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from jobtide.errors import StoreFull


def write_whole(path: Path, body: bytes) -> None:
    """Put ``body`` at ``path`` atomically; a crash leaves the old file or the new one, never half of one."""
    build(path, lambda temporary: temporary.write_bytes(body))


def build(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` make a file under a temporary name, then put it at ``path`` atomically. StoreFull if it cannot."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with refused(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            write(temporary)
            sync(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync(path.parent)


@contextmanager
def refused(path: Path) -> Iterator[None]:
    """Turn what the operating system says against a write into StoreFull."""
    try:
        yield
    except OSError as error:
        raise StoreFull(unwritten(path, error.strerror or str(error), closed=error.errno in _CLOSED)) from error


def unwritten(path: Path, why: str, *, closed: bool) -> str:
    """What to say of a write that was refused; ``closed``: the disk or folder takes none, however much room it has."""
    what = "make its folder writable" if closed else "free space on its disk"
    return (
        f"{path} cannot be written ({why}); {what} or give --store another folder, then run the same command again: "
        "what was kept before is whole"
    )


_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)


def sync(path: Path) -> None:
    """Wait until what ``path`` (a file or a folder) holds is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """The sha256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def leftovers(root: Path) -> Iterator[Path]:
    """Yield the temporary files below ``root`` that an interrupted process left behind."""
    yield from sorted(path for pattern in (".*.tmp", ".*.tmp.wal", ".*.part") for path in root.rglob(pattern))

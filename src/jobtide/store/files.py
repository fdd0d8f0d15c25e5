"""How does a file come into being whole or not at all? Write beside it, sync, rename, sync the folder."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path


def write_whole(path: Path, body: bytes) -> None:
    """Put ``body`` at ``path`` atomically; a crash leaves the old file or the new one, never half of one."""
    build(path, lambda temporary: temporary.write_bytes(body))


def build(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` make a file under a temporary name, then put it at ``path`` atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        write(temporary)
        sync(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync(path.parent)


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

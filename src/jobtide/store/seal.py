"""Are the ledger's bytes what the last writer left? Its hash stands beside it; while somebody writes, a mark does.

SQLite checks its structure, not its contents: a flipped bit in a text or on a free page is none of its business.
"""

import os
from pathlib import Path

from jobtide.errors import StoreDamaged
from jobtide.store.files import sha256, write_whole

LEDGER, SEAL, LOG = "ledger.sqlite", "ledger.seal", "ledger.sqlite-wal"
_OPEN = b"open "


def break_open(root: Path) -> None:
    """Say that somebody writes. StoreDamaged if the ledger is not what the last writer left."""
    if faults := check(root):
        raise StoreDamaged("; ".join(faults))
    write_whole(root / SEAL, _OPEN + f"{os.getpid()}\n".encode())


def close(root: Path) -> None:
    """Seal the ledger as it is now, unless a reader still keeps part of it in the log beside it."""
    if not _has_log(root):
        write_whole(root / SEAL, _line(root))


def is_open(root: Path) -> bool:
    """Whether the last writer is still at it, or ended before it could seal: then bytes cannot be compared."""
    path = root / SEAL
    return not path.exists() or path.read_bytes().startswith(_OPEN) or _has_log(root)


def check(root: Path) -> list[str]:
    """Return what is wrong with the ledger's bytes, empty if they are what was sealed or if there is no seal."""
    path = root / LEDGER
    if is_open(root):
        return []
    if not path.exists():
        return [f"{path} is missing; restore it from a backup"]
    sealed = (root / SEAL).read_bytes()
    if sealed == _line(root):
        return []
    if (root / SEAL).read_bytes() != sealed:  # a writer began, or ended, while the bytes were read
        return check(root)
    return [f"{path} (or {SEAL} beside it) is not what was written; restore both from a backup"]


def _line(root: Path) -> bytes:
    return f"{sha256(root / LEDGER)}  {LEDGER}\n".encode()


def _has_log(root: Path) -> bool:
    log = root / LOG
    return log.exists() and log.stat().st_size > 0

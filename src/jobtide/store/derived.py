"""What was worked out before and can be worked out again: files that say themselves whether they are whole.

Nothing in here is the only copy of anything. A file that was damaged, cut off or made by another version of the
readers counts as absent, so that nobody ever waits for a disk or mends one by hand.
"""

import hashlib
import os
import shutil
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TypeVar

import msgspec
import zstandard

from jobtide.store.files import refused

T = TypeVar("T")
_LEVEL = 3
_LARGEST = 4 << 30  # bytes of one file when unpacked
_DIGEST = 32
_READERS = (
    "sources/**/*.py",
    "model.py",
    "link/spells.py",
    "link/holds.py",
    "store/lives.py",
    "store/followed.py",
    "store/imports.py",
)


@cache
def fingerprint() -> str:
    """Twelve hex digits over the code that reads pages and follows postings: another code, other files."""
    here = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _READERS for path in here.glob(pattern)):
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    for point in sorted(entry_points(group="jobtide.sources"), key=lambda point: point.name):
        digest.update(f"{point.name}={point.value}@{point.dist.version if point.dist else ''}".encode())
    return digest.hexdigest()[:12]


class Derived:
    """Values under ``root/derived/<fingerprint>/``, by a name of the caller's."""

    def __init__(self, root: Path) -> None:
        """Use the files below ``root``; those of other fingerprints are removed when something is kept."""
        self._root = root / "derived"
        self._folder = self._root / fingerprint()

    def get(self, name: str, kind: type[T]) -> T | None:
        """Return the value kept under ``name``; None if there is none, or it is not what was written."""
        try:
            raw = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(raw[_DIGEST:]).digest() != raw[:_DIGEST]:
            return None
        plain = zstandard.ZstdDecompressor().decompress(raw[_DIGEST:], max_output_size=_LARGEST)
        return msgspec.msgpack.decode(plain, type=kind)

    def put(self, name: str, value: object) -> None:
        """Keep ``value``; not synced to disk, since a file cut off by a crash is found and made again."""
        packed = zstandard.ZstdCompressor(level=_LEVEL).compress(msgspec.msgpack.encode(value))
        path = self._path(name)
        with refused(path):
            if not self._folder.exists():
                self._forget_others()
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.{os.getpid()}.part")
            part.write_bytes(hashlib.sha256(packed).digest() + packed)
            part.replace(path)

    def _forget_others(self) -> None:
        for folder in self._root.glob("*"):
            if folder != self._folder:
                shutil.rmtree(folder)

    def _path(self, name: str) -> Path:
        """Names hold tokens from outside, so that the file is called by their hash."""
        key = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return self._folder / key[:2] / f"{key}.bin"

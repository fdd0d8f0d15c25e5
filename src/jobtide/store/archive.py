"""The bytes that sources sent, as received: content-addressed, compressed, never changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import zstandard

from jobtide.errors import StoreDamaged
from jobtide.store.files import write_whole

_LEVEL = 6  # zstd: about six to one on postings at 100 MB/s
_LARGEST = 4 << 30  # bytes of one blob when unpacked


class Archive:
    """Blobs under ``root/archive/<two hex>/<sha256>.zst``; the name is the hash of what was received."""

    def __init__(self, root: Path) -> None:
        """Use the archive below ``root``; folders are made when something is kept."""
        self._root = root / "archive"

    def put(self, body: bytes) -> str:
        """Keep ``body`` and return its sha256; keeping the same bytes again changes nothing."""
        sha = hashlib.sha256(body).hexdigest()
        path = self.path(sha)
        if not path.exists():
            write_whole(path, zstandard.ZstdCompressor(level=_LEVEL).compress(body))
        return sha

    def get(self, sha: str) -> bytes:
        """Return the bytes with this hash; StoreDamaged names the file if it is gone or not what was written."""
        return self._checked(self.path(sha), sha)

    def verify(self) -> Iterator[str]:
        """Yield what is wrong with each damaged blob; nothing if every byte is as written."""
        for path in sorted(self._root.glob("*/*.zst")):
            try:
                self._checked(path, path.stem)
            except StoreDamaged as error:
                yield str(error)

    def path(self, sha: str) -> Path:
        """Where the bytes with this hash lie, if they are kept."""
        return self._root / sha[:2] / f"{sha}.zst"

    def _checked(self, path: Path, sha: str) -> bytes:
        try:
            packed = path.read_bytes()
        except FileNotFoundError as error:
            raise StoreDamaged(f"{path} is missing; restore it from a backup or collect again") from error
        try:
            body = zstandard.ZstdDecompressor().decompress(packed, max_output_size=_LARGEST)
        except zstandard.ZstdError as error:
            raise StoreDamaged(f"{path} cannot be unpacked ({error}); restore it from a backup") from error
        # Frames may be followed by bytes that the decompressor never looks at: what is kept must be one frame exactly.
        if hashlib.sha256(body).hexdigest() != sha or zstandard.ZstdCompressor(level=_LEVEL).compress(body) != packed:
            raise StoreDamaged(f"{path} is not what was written; restore it from a backup")
        return body

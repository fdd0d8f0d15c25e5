"""What stands behind gzip? Files of people, of any size that is no bomb."""

import gzip
import io
import zlib

from jobtide.errors import JobtideError

LARGEST = 4 << 30  # bytes after unpacking; more is a bomb or a mistake


def plain(body: bytes, name: str, *, most: int = LARGEST) -> bytes:
    """The bytes behind gzip, if any, of all its members. Raises JobtideError if it is cut off, broken or too large.

    >>> plain(gzip.compress(b"id,title"), "jobs.csv.gz"), plain(b"id,title", "jobs.csv")
    (b'id,title', b'id,title')
    """
    if body[:2] != b"\x1f\x8b":
        return body
    try:
        with gzip.open(io.BytesIO(body)) as packed:
            found = packed.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise JobtideError(f"{name}: broken or cut off gzip ({error}); fetch the file again") from error
    if len(found) > most:
        raise JobtideError(f"{name}: more than {most:,} bytes when unpacked; split the file")
    return found

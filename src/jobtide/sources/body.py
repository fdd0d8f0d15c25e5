"""The bytes of one answer: capped on the wire and after unpacking, and never half an answer taken for a whole one."""

import zlib
from collections.abc import AsyncIterator

from jobtide.errors import FetchFailed

_STEP = 1 << 18  # bytes unpacked at a time: a bomb is noticed after one step


async def read_body(chunks: AsyncIterator[bytes], *, encoding: str, most: int, url: str) -> bytes:
    """Return the unpacked body. FetchFailed: too_large past ``most`` bytes, truncated if the packing was cut off."""
    packed = encoding.strip().lower() in ("gzip", "x-gzip", "deflate")
    unpack = zlib.decompressobj(47) if packed else None  # 47: gzip or zlib, whichever the head says
    out = bytearray()
    wire = 0
    async for chunk in chunks:
        wire += len(chunk)
        if wire > most:
            raise FetchFailed(f"{url}: more than {most:,} bytes", kind="too_large")
        if unpack is None:
            out += chunk
        else:
            _unpack(unpack, chunk, out, most, url)
        if len(out) > most:
            raise FetchFailed(f"{url}: more than {most:,} bytes when unpacked", kind="too_large")
    if unpack is not None and wire and not unpack.eof:
        raise FetchFailed(f"{url}: the packed answer was cut off", kind="truncated")
    return bytes(out)


def _unpack(unpack: "zlib._Decompress", chunk: bytes, out: bytearray, most: int, url: str) -> None:
    try:
        while chunk and not unpack.eof:
            out += unpack.decompress(chunk, _STEP)
            chunk = unpack.unconsumed_tail
            if len(out) > most:
                return
    except zlib.error as error:
        raise FetchFailed(f"{url}: the answer says it is packed but is not ({error})", kind="truncated") from error

"""The bytes of one answer: capped on the wire and after unpacking, and never half an answer taken for a whole one."""

import re
import zlib
from collections.abc import AsyncIterator

import msgspec
from aiohttp import ClientPayloadError

from jobtide.errors import FetchFailed

_STEP = 1 << 18  # bytes unpacked at a time: a bomb is noticed after one step
_MEMBER = b"\x1f\x8b\x08"  # how a member of gzip begins
_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<([A-Za-z][\w:.-]*)", re.S | re.I
)
_HTML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.S | re.I)


async def read_body(chunks: AsyncIterator[bytes], *, encoding: str, most: int, url: str) -> bytes:
    """Return the unpacked body. FetchFailed: too_large past ``most`` bytes, truncated if it or its packing was cut off.

    What had come is the error's ``body``. FetchFailed (truncated) too for a packing that was not asked for.
    """
    name = encoding.strip().lower()
    if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise FetchFailed(f"{url}: the answer is packed as {encoding!r}, which was not asked for", kind="truncated")
    unpack = _Unpacker() if name not in ("", "identity") else None
    out = bytearray()
    wire = 0
    try:
        async for chunk in chunks:
            wire += len(chunk)
            if wire > most:
                raise FetchFailed(f"{url}: more than {most:,} bytes", kind="too_large")
            if unpack is None:
                out += chunk
            else:
                unpack.feed(chunk, out, most=most, url=url)
            if len(out) > most:
                raise FetchFailed(f"{url}: more than {most:,} bytes when unpacked", kind="too_large")
    except ClientPayloadError as error:
        raise FetchFailed(f"{url}: the answer was cut off ({error})", kind="truncated", body=bytes(out)) from error
    if unpack is not None and wire and not unpack.whole:
        raise FetchFailed(f"{url}: the packed answer was cut off", kind="truncated", body=bytes(out))
    return bytes(out)


class _Unpacker:
    """gzip of any number of members (RFC 1952, 2.2), or zlib, as the head says; what pads the end is let go."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(47)
        self._begun = b""  # of what comes after a member, if that is too little to say

    @property
    def whole(self) -> bool:
        """Whether a member ended where the bytes did."""
        return self._member.eof

    def feed(self, chunk: bytes, out: bytearray, *, most: int, url: str) -> None:
        """Unpack onto ``out`` until the chunk ends or ``most`` bytes are passed."""
        chunk, self._begun = self._begun + chunk, b""
        try:
            while chunk and len(out) <= most:
                if self._member.eof:
                    if len(chunk) < len(_MEMBER) and _MEMBER.startswith(chunk):
                        self._begun = chunk
                        return
                    if not chunk.startswith(_MEMBER):
                        return
                    self._member = zlib.decompressobj(31)
                out += self._member.decompress(chunk, _STEP)
                chunk = self._member.unconsumed_tail or self._member.unused_data
        except zlib.error as error:
            raise FetchFailed(f"{url}: the answer says it is packed but is not ({error})", kind="truncated") from error


def ends_whole(body: bytes) -> bool:
    """Whether a body that only the end of the connection ended can be whole: JSON that parses, markup that closes.

    >>> ends_whole(b'[{"id": 1}]'), ends_whole(b'[{"id": 1'), ends_whole(b"<a><b/></a>"), ends_whole(b"<a><b>")
    (True, False, True, False)
    """
    if (m := _MARKUP.match(body)) is not None:
        return body.rstrip().lower().endswith(b"</" + m[1].lower() + b">")
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        try:
            msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"), type=msgspec.Raw)
        except msgspec.DecodeError as error:
            return "truncated" not in str(error)  # anything else odd is for the source's reader to judge
        except RecursionError:
            return True
        return True
    return bool(body)


def is_page_for_people(body: bytes) -> bool:
    """Whether an answer is an HTML page, as a login, a captcha or a "be right back" is, whatever it calls itself.

    >>> is_page_for_people(b"<!doctype html><html>Log in</html>"), is_page_for_people(b"<rss/>")
    (True, False)
    """
    return _HTML.match(body) is not None

"""A server that misbehaves on purpose: raw sockets on loopback, one way of going wrong per path.

A script says what a path answers: bytes to send, or steps of bytes, pauses in seconds and RESET; None hangs.
"""

import asyncio
import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum

GOOD = b'[{"id":"1","text":"ML Engineer","description":"<p>Python</p>"}]'
BOMB = gzip.compress(b"0" * (3 << 20))


class Act(Enum):
    """What a server can do beside sending bytes."""

    RESET = "end the connection with RST"


RESET = Act.RESET
Steps = Sequence[bytes | float | Act]
Script = Callable[[str, int], bytes | Steps | None]


def answer(body: bytes, *, status: str = "200 OK", headers: str = "", length: int | None = None) -> bytes:
    """One HTTP answer, with a Content-Length that may lie."""
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Length: {size}\r\nConnection: close\r\n{headers}\r\n".encode() + body


def scripted(path: str, count: int) -> bytes | None:
    """What a path answers; None hangs. ``count`` is how often it was asked before."""
    packed = gzip.compress(GOOD)
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    moved = "302 Found"
    table: dict[str, bytes | None] = {
        "/good": answer(GOOD, headers='ETag: "v1"\r\n'),
        "/gzip": answer(packed, headers="Content-Encoding: gzip\r\n"),
        "/hang": None,
        "/short": answer(GOOD, length=len(GOOD) + 40),
        "/chunk-cut": chunked + b"20\r\n" + GOOD[:16],
        "/gzip-cut": answer(packed[:-9], headers="Content-Encoding: gzip\r\n"),
        "/not-gzip": answer(GOOD, headers="Content-Encoding: gzip\r\n"),
        "/bomb": answer(BOMB, headers="Content-Encoding: gzip\r\n"),
        "/large": answer(b"x" * (2 << 20)),
        "/500": answer(b"", status="500 Oops"),
        "/flaky": answer(GOOD) if count >= 2 else answer(b"", status="503 Busy"),
        "/429": answer(GOOD) if count >= 1 else answer(b"", status="429 Slow", headers="Retry-After: 7\r\n"),
        "/429-long": answer(b"", status="429 Slow", headers="Retry-After: 9999\r\n"),
        "/404": answer(b"Not Found", status="404 Not Found"),
        "/403": answer(b"", status="403 Forbidden"),
        "/html": answer(b"<html>Log in</html>"),
        "/empty": answer(b""),
        "/loop": answer(b"", status=moved, headers="Location: /loop\r\n"),
        "/to-file": answer(b"", status=moved, headers="Location: file:///etc/passwd\r\n"),
        "/to-good": answer(b"", status=moved, headers="Location: /good\r\n"),
        "/garbage": b"\x00\x01\x02 nonsense\r\n\r\n",
    }
    return table[path.partition("?")[0]]


class Server:
    """Runs in a thread of its own; ``log`` holds (path, seconds, headers) of every request."""

    def __init__(self, script: Script = scripted, *, tls: ssl.SSLContext | None = None) -> None:
        self.script = script
        self._tls = tls
        self.log: list[tuple[str, float, dict[str, str]]] = []
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._tls))
        self.url = f"http{'s' if self._tls else ''}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            count = sum(asked == path for asked, _, _ in self.log)
            self.log.append((path, time.monotonic(), headers))
            if path == "/good" and headers.get("If-None-Match") == '"v1"':
                writer.write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
            elif path == "/drip":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
                for _ in range(40):
                    writer.write(b"x")
                    await writer.drain()
                    await asyncio.sleep(0.05)
            elif (said := self.script(path, count)) is not None:
                await _play([said] if isinstance(said, bytes) else said, writer)
            else:
                await asyncio.sleep(5)
            await writer.drain()
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _play(steps: Steps, writer: asyncio.StreamWriter) -> None:
    for step in steps:
        if isinstance(step, bytes):
            writer.write(step)
            await writer.drain()
        elif isinstance(step, float):
            await asyncio.sleep(step)
        else:
            raw = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            writer.transport.abort()


@contextmanager
def running(script: Script = scripted, *, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Start the server and stop it."""
    server = Server(script, tls=tls)
    server._thread.start()
    assert server._ready.wait(5)
    try:
        yield server
    finally:
        server._loop.call_soon_threadsafe(server._server.close)
        server._loop.call_soon_threadsafe(server._loop.stop)
        server._thread.join(5)

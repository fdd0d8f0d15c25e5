"""The fault matrix of collecting, F1 to F9, through the pipeline: each fault has a name and costs only its own board.
F10 is test_odd_bytes, F13 and F16 are test_walks, F15 is test_tls; test_limits says what an answer may cost.

After each one invariant I holds: the run log names source and fault, the other board is finished, nothing archived is
lost, what was known of the faulty board stays as it was, and a rerun after the fault converges to the fault-free set.
"""

import gzip
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from jobtide import pipeline
from jobtide.sources import registry
from jobtide.store.archive import Archive
from jobtide.store.ledger import Ledger
from jobtide.store.verdict import Crawled
from tests.sources.faulty import RESET, Steps, answer, running
from tests.sources_net.invariant import Days, known
from tests.sources_net.loop import AT, FAST, board, source

FIRST, LATER = board(1, 2, 3), board(2, 3, 4)
OTHER = board(7)
PACKED = gzip.compress(LATER)
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
OPEN_ENDED = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n"
GZIP = "Content-Encoding: gzip\r\n"
FIRST = gzip.compress(b"[")
DEFLATE = "Content-Encoding: deflate\r\n"
MOVED = "302 Found"
LOGIN = b"<!-- sso -->\n<!DOCTYPE html>\n<html><title>Sign in</title></html>"


def moved(where: str) -> bytes:
    return answer(b"", status=MOVED, headers=f"Location: {where}\r\n")


def drip(what: bytes, pause: float = 0.05) -> list[bytes | float]:
    return [part for byte in what for part in (bytes([byte]), pause)]


# fault, what the board's path answers, the name it must get, requests that it may cost (tries = 3)
FAULTS: list[tuple[str, bytes | Steps | None, str, int]] = [
    ("F1 reset before an answer", [RESET], "unreachable", 3),
    ("F1 closed before an answer", b"", "truncated", 3),
    ("F1 no HTTP", b"\x00\x01\x02 nonsense\r\n\r\n", "unreachable", 3),
    ("F2 hang", None, "timeout", 3),
    ("F2 slow head", drip(b"HTTP/1.1 200 OK\r\nX-A: " + b"a" * 30), "timeout", 3),
    ("F2 slow body", [b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n", *drip(b"[" * 30)], "timeout", 3),
    ("F3 500", answer(b"", status="500 Oops"), "server_error", 3),
    ("F3 502", answer(b"", status="502 Bad Gateway"), "server_error", 3),
    ("F3 503", answer(b"", status="503 Busy"), "server_error", 3),
    ("F3 504", answer(b"", status="504 Late"), "server_error", 3),
    ("F4 an hour", answer(b"", status="429 Slow", headers="Retry-After: 1000000000\r\n"), "refused", 1),
    ("F4 garbage", answer(b"", status="429 Slow", headers="Retry-After: soon\r\n"), "rate_limited", 3),
    ("F4 negative", answer(b"", status="503 Busy", headers="Retry-After: -5\r\n"), "rate_limited", 3),
    ("F5 401", answer(b"", status="401 Unauthorized"), "denied", 1),
    ("F5 403", answer(b"", status="403 Forbidden"), "denied", 1),
    ("F5 404", answer(b"Not Found", status="404 Not Found"), "gone", 1),
    ("F5 410", answer(b"", status="410 Gone"), "gone", 1),
    ("F6 loop", moved("/bad"), "refused", 6),
    ("F6 to a file", moved("file:///etc/passwd"), "refused", 1),
    ("F6 to another scheme", moved("gopher://127.0.0.1/"), "refused", 1),
    ("F6 with a password", moved("http://user:secret@127.0.0.1/"), "refused", 1),
    ("F6 nowhere", moved(""), "refused", 6),
    ("F7 length too long", answer(LATER, length=len(LATER) + 9), "truncated", 3),
    ("F7 chunks cut off", CHUNKED + b"200\r\n" + LATER[:30], "truncated", 3),
    ("F7 no last chunk", CHUNKED + b"%x\r\n%b\r\n" % (len(LATER), LATER), "truncated", 3),
    ("F7 cut where only the end of the connection ends it", OPEN_ENDED + LATER[:-9], "truncated", 3),
    ("F7 nothing where only the end of the connection ends it", OPEN_ENDED, "truncated", 3),
    ("F7 gzip cut off", answer(PACKED[:-9], headers=GZIP), "truncated", 3),
    ("F7 reset in the body", [b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n[", 0.05, RESET], "truncated", 3),
    ("F8 gzip bomb", answer(gzip.compress(b"0" * (3 << 20)), headers=GZIP), "too_large", 1),
    ("F8 bomb in a second member", answer(FIRST + gzip.compress(b"0" * (3 << 20)), headers=GZIP), "too_large", 1),
    ("F7 cut in a second member", answer((FIRST + PACKED)[:-9], headers=GZIP), "truncated", 3),
    ("F8 deflate bomb", answer(zlib.compress(b"0" * (3 << 20)), headers=DEFLATE), "too_large", 1),
    ("F8 packing not asked for", answer(b"\x1b\x00", headers="Content-Encoding: br\r\n"), "truncated", 3),
    ("F8 no gzip at all", answer(LATER, headers=GZIP), "truncated", 3),
    ("F8 large body", answer(b"x" * (2 << 20)), "too_large", 1),
    ("F8 head without end", b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"y" * 20_000 + b"\r\n\r\n", "unreachable", 3),
    ("F8 flood of heads", b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 20_000 + b"\r\n", "unreachable", 3),
    ("F9 login page", answer(LOGIN), "blocked", 1),
    ("F9 login page that says JSON", answer(LOGIN, headers="Content-Type: application/json\r\n"), "blocked", 1),
]  # fmt: skip


@pytest.mark.parametrize(("said", "kind", "cost"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_fault_has_its_name_and_costs_only_its_own_board(
    said: bytes | Steps | None, kind: str, cost: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad: dict[str, bytes | Steps | None] = {"now": answer(FIRST)}
    told: dict[str, Crawled] = {}
    days = Days(monkeypatch)

    def script(path: str, _: int) -> bytes | Steps | None:
        return bad["now"] if path == "/bad" else answer(OTHER)

    def collect(root: Path) -> None:
        for one in pipeline.collect(
            root, [("lever", "bad"), ("lever", "fine")], limits=FAST, now=days.next(), told=lambda _: None
        ):
            told[one.board] = one

    with running(script) as server:
        monkeypatch.setattr(registry, "load", lambda _: source(server.url))
        collect(tmp_path / "store")
        before = known(tmp_path / "store")
        server.log.clear()
        bad["now"] = said
        collect(tmp_path / "store")
        assert sum(path == "/bad" for path, _, _ in server.log) == cost
        assert (told["bad"].outcome, told["bad"].note.partition(":")[0]) == ("failed", kind)
        assert told["fine"].outcome == "unchanged"
        with Ledger(tmp_path / "store") as ledger:
            assert "lever:bad failed" in ledger.runs(1)[0].what
            assert list(ledger.damaged(Archive(tmp_path / "store"))) == []
        collect(tmp_path / "store")  # two complete crawls without a posting would close it: a fault is neither
        assert known(tmp_path / "store") == before
        bad["now"] = answer(LATER)
        collect(tmp_path / "store")
        collect(tmp_path / "fresh")
    assert known(tmp_path / "store") >= known(tmp_path / "fresh")
    assert {key for key, _ in known(tmp_path / "fresh")} == {f"lever:bad:p{n}" for n in (2, 3, 4)} | {"lever:fine:p7"}


WHOLE: list[tuple[str, bytes]] = [
    ("plain", answer(LATER)),
    ("gzip", answer(PACKED, headers=GZIP)),
    ("gzip of two members", answer(gzip.compress(LATER[:40]) + gzip.compress(LATER[40:]), headers=GZIP)),
    (
        "gzip of a member a byte",
        answer(b"".join(gzip.compress(LATER[n : n + 1]) for n in range(len(LATER))), headers=GZIP),
    ),
    ("gzip and padding", answer(PACKED + bytes(9), headers=GZIP)),
    ("deflate", answer(zlib.compress(LATER), headers=DEFLATE)),
    ("chunked", CHUNKED + b"%x\r\n%b\r\n0\r\n\r\n" % (len(LATER), LATER)),
    ("ended by closing", OPEN_ENDED + LATER),
    ("ended by closing, packed", OPEN_ENDED[:-2] + GZIP.encode() + b"\r\n" + PACKED),
    ("JSON called text", answer(LATER, headers="Content-Type: text/plain\r\n")),
    ("JSON called HTML", answer(LATER, headers="Content-Type: text/html\r\n")),
]


@pytest.mark.parametrize("said", [whole[1] for whole in WHOLE], ids=[whole[0] for whole in WHOLE])
def test_an_answer_that_is_whole_is_taken_however_it_is_sent(
    said: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(lambda *_: said) as server:
        monkeypatch.setattr(registry, "load", lambda _: source(server.url))
        done = pipeline.collect(tmp_path, [("lever", "bad")], limits=FAST, now=lambda: AT, told=lambda _: None)
    assert [(one.outcome, one.postings) for one in done] == [("complete", 3)]


def test_nobody_listening_and_no_such_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "load", lambda _: source("http://127.0.0.1:9"))
    done = pipeline.collect(tmp_path, [("lever", "bad")], limits=FAST, now=lambda: AT, told=lambda _: None)
    monkeypatch.setattr(registry, "load", lambda _: source("http://nobody.example.invalid"))
    limits = replace(FAST, allow_private=False)
    done += pipeline.collect(tmp_path, [("lever", "bad")], limits=limits, now=lambda: AT, told=lambda _: None)
    assert [one.note.partition(":")[0] for one in done] == ["unreachable", "unreachable"]

"""F10: odd bytes in an answer. They are read by one rule, set aside row by row, or name themselves; I after each.

The rule: JSON is UTF-8 with or without a mark, or UTF-16 and UTF-32 as JSON allows them; a byte that is none of it
becomes a replacement character, so that one posting's slip costs no other posting; numbers of any size, "NaN" and a
name given twice are taken as Python's reader takes them (the last of two wins).
"""

import json
from pathlib import Path
from typing import Any

import pytest

from jobtide.store.verdict import Crawled
from tests.faults.site import serving
from tests.sources.faulty import answer, running
from tests.sources_net.invariant import invariant
from tests.sources_net.loop import board, row, source

_ROWS = [row(1), row(2)]
_PLAIN = json.dumps(_ROWS)


def swapped(old: str, new: str | bytes) -> bytes:
    """Two postings, the first with other bytes in place of some."""
    return _PLAIN.encode().replace(old.encode(), new if isinstance(new, bytes) else new.encode(), 1)


READ = {
    "a mark before UTF-8": b"\xef\xbb\xbf" + _PLAIN.encode(),
    "UTF-16 with a mark": _PLAIN.encode("utf-16"),
    "UTF-16 without": _PLAIN.encode("utf-16-le"),
    "UTF-32": _PLAIN.encode("utf-32"),
    "a byte of no UTF-8": swapped("Keep lamp 1", b"Keep lam\xff\xfe 1"),
    "Windows-1252": swapped("Keep lamp 1", "Caf\u00e9 lamp".encode("cp1252")),
    "a zero in the words": swapped("Keep lamp 1", r"Keep \u0000lamp 1"),
    "half a pair of surrogates": swapped("Keep lamp 1", r"Keep \ud83d lamp 1"),
    "NaN": swapped('"id": "p1"', '"createdAt": NaN, "id": "p1"'),
    "a name given twice": swapped('"id": "p1"', '"id": "p0", "id": "p1"'),
    "an endless number": swapped('"id": "p1"', f'"createdAt": 1{"0" * 4000}, "id": "p1"'),
}
NAMED = {
    "nested without end": b"[" * 100_000,
    "nested and closed": b"[" * 100_000 + b"]" * 100_000,
    "zeros": b"\x00" * 2000,
    "noise": bytes(range(256)) * 8,
    "a mark and nothing": b"\xef\xbb\xbf",
    "half of UTF-16": _PLAIN.encode("utf-16")[: len(_PLAIN)],
    "a number alone": b"1" + b"0" * 5000,
}


@pytest.mark.parametrize("odd", READ)
def test_odd_bytes_that_can_be_read_cost_at_most_their_own_row(
    odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = collected(READ[odd], tmp_path, monkeypatch)
    assert ended.outcome in ("complete", "partial", "held", "unchanged"), ended.note
    assert ended.postings + ended.bad == 2
    assert ended.postings >= 1


@pytest.mark.parametrize("odd", NAMED)
def test_odd_bytes_that_cannot_be_read_name_themselves(
    odd: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = collected(NAMED[odd], tmp_path, monkeypatch)
    assert ended.outcome == "failed"
    assert ended.note.startswith("changed: lever: ")
    assert len(ended.note) > 20


@pytest.mark.parametrize("place", ['"p1', "ML Engineer 1", "Keep lamp 1", '"description'])
def test_half_a_pair_of_surrogates_anywhere_stops_no_build(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path / "store", monkeypatch) as site:
        site.boards = {"odd": answer(swapped(place, rf"{place}\ud83d")), "fine": {7: "Keep it lit."}}
        site.collect(0)
        rows = site.build().query("select title from posting order by title").to_pylist()
    assert len(rows) == 3
    assert ("\ufffd" in rows[1]["title"]) == (place == "ML Engineer 1")


def collected(body: bytes, root: Path, monkeypatch: pytest.MonkeyPatch) -> Crawled:
    with (
        running(lambda *_: answer(board(1, 2))) as healthy,
        running(lambda *_: answer(body)) as faulty,
        running(lambda *_: answer(board(7))) as fine,
    ):
        return invariant(
            root, monkeypatch, healthy=source(healthy.url), faulty=source(faulty.url),
            fine=source(fine.url, name="other"),
        )  # fmt: skip


ROWS = [
    {"salaryRange": {"min": 123456.123456789, "max": 9e11, "currency": "USD", "interval": "per-year-salary"}},
    {"salaryRange": {"min": 1e-9, "max": 1, "currency": "USD", "interval": "per-year-salary"}},
    {"id": "x" * 5000},
    {"id": "a/b\n'\"; drop table posting; --"},
    {"id": "\u202e", "text": "\u202e \u200b"},
    {"id": 1.5},
    {"id": ["a"]},
    {"createdAt": 4102444799999},
    {"createdAt": 1},
    {"text": "Lamp " * 4000, "description": ""},
    {"description": "<div>" * 3000 + "Keep it lit." + "</div>" * 3000},
    {"hostedUrl": "javascript:alert(1)", "applyUrl": "https://[half"},
]


@pytest.mark.parametrize("said", ROWS, ids=lambda said: str(said)[:40])
def test_an_odd_record_stops_no_build(said: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(tmp_path / "store", monkeypatch) as site:
        site.boards = {"odd": answer(json.dumps([row(1), row(2) | said, row(3)]).encode())}
        site.collect(0)
        shot = site.build()
    assert shot.verify() == []
    assert shot.query("select count(*) as n from posting").to_pylist()[0]["n"] in (2, 3)

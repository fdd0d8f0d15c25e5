"""F11 for every source: a cut, empty, foreign or drifted answer names itself, and costs only its own board.

Each source's golden crawl is collected first, then the same pages damaged, then the golden ones again. The archive
keeps every byte, what was known stays open, and the other board is finished each time.
"""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jobtide import pipeline
from jobtide.model import Completeness, Page
from jobtide.sources import fetch, registry
from jobtide.store.archive import Archive
from jobtide.store.ledger import Ledger
from jobtide.store.verdict import Crawled
from tests.sources.test_boards import PAGES, saved
from tests.sources_net.invariant import Days, known
from tests.sources_net.loop import FAST

CRAWLS = {path.parent.name: saved(path) for path in PAGES}


def renamed(body: bytes) -> bytes:
    """Every field or element under another name, as after a new version of an interface."""
    if body.lstrip()[:1] in (b"{", b"["):
        return json.dumps(_renamed(json.loads(body))).encode()
    if b"ld+json" in body:
        return body.replace(b"JobPosting", b"OpenRole").replace(b"jobposting", b"openrole")
    return re.sub(rb"(</?)(?!\?)([A-Za-z])", rb"\1x\2", body)


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {f"{key}V2": _renamed(part) for key, part in value.items()}
    return [_renamed(part) for part in value] if isinstance(value, list) else value


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda body: body[: len(body) // 2],
    "cut near the end": lambda body: body[: len(body) - 20],
    "empty": lambda _: b"",
    "words": lambda _: b"The service is resting.",
    "another page": lambda _: b"<!doctype html><html><title>Sign in</title><body>Who are you?</body></html>",
    "null": lambda _: b"null",
    "renamed": renamed,
}


def hashed(one: Page) -> Page:
    """The page as the fetcher hands it on."""
    return replace(one, sha256=hashlib.sha256(one.body).hexdigest())


def collect(root: Path, source: str, pages: Sequence[Page], monkeypatch: pytest.MonkeyPatch, days: Days) -> Crawled:
    """Hand the pipeline a crawl of ``source`` as the fetcher would, and one of another source after it."""
    other = "gem" if source == "lever" else "lever"
    now = days.next()
    crawls = [
        fetch.Crawl(name, some[0].board, Completeness.COMPLETE, tuple(map(hashed, some)), "", now())
        for name, some in ((source, pages), (other, CRAWLS[other]))
    ]
    monkeypatch.setattr(fetch, "collect", lambda *_, on_crawl, **__: [on_crawl(crawl) for crawl in crawls])
    first, second = pipeline.collect(
        root, [(one.source, one.board) for one in crawls], limits=FAST, now=now, told=lambda _: None
    )
    assert second.outcome in ("complete", "unchanged")
    return first


def blobs(root: Path) -> set[tuple[str, int]]:
    """Every file of the archive with its size."""
    return {(path.name, path.stat().st_size) for path in (root / "archive").rglob("*") if path.is_file()}


@pytest.mark.filterwarnings("ignore::jobtide.sources.fields.UnreadFields")
@pytest.mark.parametrize("source", sorted(CRAWLS))
def test_a_damaged_answer_of_any_source_names_itself_and_loses_nothing(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, days = CRAWLS[source], Days(monkeypatch)
    assert collect(tmp_path, source, pages, monkeypatch, days).outcome == "complete"
    before, kept = known(tmp_path), blobs(tmp_path)
    for damage, spoil in DAMAGE.items():
        for _ in range(2):  # two complete crawls without a posting would close it
            ended = collect(tmp_path, source, [replace(one, body=spoil(one.body)) for one in pages], monkeypatch, days)
            # A page of HTML without its last tags still holds what its script says: one row of two is read.
            read = ("complete",) if source == "jsonld" and damage == "cut near the end" else ()
            assert ended.outcome in ("failed", "held", *read), (damage, ended)
            assert len(ended.note) > 20, damage
        assert known(tmp_path) == before, damage
    assert blobs(tmp_path) >= kept > set()
    with Ledger(tmp_path) as ledger:
        assert list(ledger.damaged(Archive(tmp_path))) == []
    assert collect(tmp_path, source, pages, monkeypatch, days).outcome in ("complete", "unchanged")
    assert known(tmp_path) == before


def test_every_source_is_damaged() -> None:
    assert set(CRAWLS) == set(registry.names())

"""What a board sends is printed, never obeyed: no control character of it reaches a terminal."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobtide import pipeline
from jobtide.store.ledger import Ledger
from tests.faults.site import Site, day, row, serving
from tests.sources.faulty import answer

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
EVIL = "\x1b[2J\x1b]0;owned\x07\x9b31m\x7fKeeper\x00 of lamps"


@pytest.fixture(name="site")
def a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site and an empty store."""
    with serving(tmp_path / "store", monkeypatch) as site:
        yield site


def test_no_control_character_of_a_board_reaches_a_table_or_a_note(site: Site) -> None:
    good = row(1) | {"text": EVIL, "categories": {"location": EVIL, "team": EVIL, "commitment": EVIL}, EVIL: 1}
    bad = row(2) | {"text": EVIL, "createdAt": EVIL, "title": EVIL}
    site.boards["b"] = answer(json.dumps([good | {f"field{n}": n for n in range(500)}, bad, row(3)]).encode())
    site.boards["c"] = answer(b"", status="302 Found", headers="Location: /\xc2\x9b31m\r\n")
    ended = site.collect(0)
    assert re.search(r"and 4\d\d more", ended["b"].note)
    assert len(ended["b"].note) < 1000
    with site.build() as shot:
        said = [
            str(value)
            for name in ("posting", "quarantine", "crawl")
            for one in shot.query(f"from {name}").to_pylist()
            for value in one.values()
        ]
        (title,) = shot.query("select title from posting where source_id = 'p1'").to_pylist()
    with Ledger(site.root) as ledger:
        said += [one.note for one in ledger.history()]
    assert [words for words in said if CONTROL.search(words)] == []
    assert title["title"] == "[2J]0;owned31mKeeper of lamps"


def test_a_row_of_a_file_is_printed_no_worse(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "jobs.jsonl"
    file.write_text(json.dumps({"id": "x", "title": EVIL, "company": EVIL, "location": EVIL, "text": "Trim the wick."}))
    pipeline.import_file(site.root, file, now=day(0))
    with site.build() as shot:
        (found,) = shot.query("select title, employer_name from posting").to_pylist()
    assert [words for words in found.values() if CONTROL.search(words)] == []

"""Is each skill a posting names required, preferred, only mentioned or not needed, whether the gate believes it or not?

``develop`` and ``bug`` must be read exactly. ``held_out`` was written before it was read once; nobody tunes on it.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobtide.enrich import kit, skills
from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import read

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "enrich_skills" / "needs.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def needs(text: str) -> dict[str, str]:
    """The need of each skill that may be meant."""
    buffer = read(version_row({"title": "Keeper", "text": text})).buffer
    taxonomy = kit.load().taxonomy
    named = skills.mentions(kit.terms_in(buffer.folded))
    meant = skills.candidates(buffer.data, buffer.folded, named, buffer.blocks, taxonomy)
    return {taxonomy.concepts[id].name: one.need for id, one in meant.items()}


@pytest.mark.parametrize("row", [row for row in ROWS if row["heap"] != "held_out"])
def test_an_example_is_read_exactly(row: dict[str, Any]) -> None:
    found = needs(row["text"])
    assert {name: found.get(name) for name in row["expect"]} == row["expect"]


def test_the_held_out_heap_keeps_its_share(record_property: Callable[[str, object], None]) -> None:
    held = [(needs(row["text"]), row["expect"]) for row in ROWS if row["heap"] == "held_out"]
    right = sum(found.get(name) == need for found, expect in held for name, need in expect.items())
    labelled = sum(len(expect) for _, expect in held)
    record_property("needs_held_out", f"needs held out: right {right / labelled:.3f} (n={labelled})")
    assert right / labelled >= 0.9

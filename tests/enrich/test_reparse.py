"""Do the quoted words of every fact say its value on their own, and do byte and character offsets lead to them?"""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.enrich.reparse import says

from jobtide.enrich.answer import answer, characters, fact_rows, version_row
from jobtide.enrich.batch import Reading, readings
from jobtide.model import Posting
from jobtide.sources.files import read_file
from jobtide.store.postings import versions

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
SAMPLE, SEED = 250, 20251130
# A role's words may need the rest of the title ("... Architect (Korean speaking)"); every other kind must hold always.
LEAST = {"role": 0.99}


def examples() -> list[dict[str, Any]]:
    """Every example of the golden heaps as a row of ``read``."""
    paths = [
        path for folder in ("enrich", "enrich_more", "enrich_skills") for path in (GOLDEN / folder).glob("*.jsonl")
    ]
    rows = [json.loads(line) for path in sorted(paths) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{"title": row.get("title", "Engineer"), "location": "", **row} for row in rows]


def wrong(read: Iterator[Reading]) -> tuple[Counter[str], dict[str, list[str]]]:
    """How many facts of each kind were read from words, and those whose words do not say them."""
    counts: Counter[str] = Counter()
    misses: dict[str, list[str]] = {}
    for reading in read:
        for found in reading.found:
            if not found.field:
                words = reading.buffer.data[found.start : found.end].decode()
                counts[found.kind] += 1
                if not says(found, words):
                    misses.setdefault(found.kind, []).append(f"{found.concept} {found.low}: {words[:60]!r}")
    return counts, misses


def held(counts: Counter[str], misses: dict[str, list[str]]) -> None:
    """Every kind says itself as often as it must."""
    for kind, found in misses.items():
        assert 1 - len(found) / counts[kind] >= LEAST.get(kind, 1.0), (kind, found[:5])


def test_the_words_of_every_fact_of_our_own_examples_say_it() -> None:
    counts, misses = wrong(iter(readings([version_row(row) for row in examples()])))
    assert counts["skill"] > 100
    assert len(counts) >= 20
    held(counts, {kind: found for kind, found in misses.items() if kind != "role"})


@pytest.mark.shared
def test_the_words_of_every_fact_of_real_postings_say_it(shared: Path) -> None:
    corpus = shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"
    postings = [p for p in read_file(corpus.read_bytes(), name=corpus.name) if isinstance(p, Posting)]
    if not os.environ.get("JOBTIDE_SLOW"):
        postings = random.Random(SEED).sample(postings, SAMPLE)
    read = (reading for batch in versions(postings) for reading in readings(batch.to_pylist()))
    counts, misses = wrong(read)
    assert counts.total() > 10 * SAMPLE
    held(counts, misses)


WORDS = st.lists(
    st.one_of(
        st.sampled_from([
            "Python", "5+ years of experience", "€80,000 – €95,000", "Zürich", "São Paulo", "Master’s degree",
            "hybrid", "☕", "naïve",
            "機械学習", "PyTorch,", "\n- ", "Requirements:\n", ". ", "Москва", "base salary", "CET ±2h working hours",
            "🚀",
        ]),
        st.text(max_size=4),
    ),
    max_size=14,
).map(" ".join)  # fmt: skip


@settings(max_examples=80, deadline=None, database=None)
@given(WORDS, WORDS)
def test_byte_and_character_offsets_lead_to_the_same_words(title: str, text: str) -> None:
    row = {"title": title, "location": "Zürich; Remote", "text": text}
    reading = readings([version_row(row)])[0]
    fields = {
        "title": title.encode("utf-8", "replace"), "location": "Zürich; Remote".encode(), "text": reading.doc.text,
    }  # fmt: skip
    for fact in fact_rows(reading):
        data = fields[fact["field"]]
        assert data[fact["start"] : fact["end"]].decode("utf-8", "replace") == fact["words"]
        start, end = characters(reading.buffer, fact)
        assert data.decode("utf-8", "replace")[start:end] == fact["words"]


def test_offsets_of_read_are_characters_of_the_text_it_prints() -> None:
    row = {
        "title": "Ingénieur ML",
        "location": "Zürich",
        "html": "<p>Für naïve ☕ Köpfe:</p><ul><li>PyTorch – und Python</li></ul>",
    }
    found = answer(row)
    assert {s["name"] for s in found["skills"]} >= {"pytorch", "python"}
    for skill in found["skills"]:
        held_in = found["text"] if skill["field"] == "text" else row[skill["field"]]
        assert held_in[skill["start"] : skill["end"]] == skill["quote"]

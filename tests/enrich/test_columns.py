"""Findings become columns whose offsets count in their own field."""

import pytest

from jobtide.enrich import columns
from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import read
from jobtide.enrich.buffer import Buffer
from jobtide.model import Found, Window


def test_offsets_count_in_the_field_that_holds_the_words() -> None:
    data = "Größe|Oslo|Wir suchen Ruder".encode()
    text_at = data.index(b"Wir")
    buffer = Buffer(data, data.lower(), [Window(0, 7, "title"), Window(8, 12, "location")], 8, text_at)
    found = [
        Found("role", "ml_engineer", start=0, end=7),
        Found("place", "NO//Oslo", start=8, end=12),
        Found("years_min", low=2.0, start=text_at + 4, end=text_at + 10),
        Found("pay", low=1.0, high=2.0, start=3, end=9, field="/pay"),
    ]
    facts = columns.Facts()
    facts.add(buffer, found)
    facts.add(buffer, [])
    first, second = facts.array().to_pylist()
    assert [(f["ord"], f["field"], f["start"], f["end"], f["words"], f["low"], f["high"]) for f in first] == [
        (0, "title", 0, 7, "Größe", None, None), (1, "location", 0, 4, "Oslo", None, None),
        (2, "text", 4, 10, "suchen", 2.0, 2.0), (3, "/pay", 0, 0, "", 1.0, 2.0),
    ]  # fmt: skip
    assert second == []


def test_a_finding_that_cuts_a_character_shows_that() -> None:
    data = "Größe".encode()
    facts = columns.Facts()
    facts.add(Buffer(data, data, [], 0, 0), [Found("role", "other", start=0, end=3)])
    assert facts.array().to_pylist()[0][0]["words"] == "Gr\ufffd"


@pytest.mark.parametrize("text", ["", "We sail.\n\nRequirements:\n- SQL"])
def test_stretches_hold_what_stands_between_headings(text: str) -> None:
    reading = read(version_row({"title": "ML Engineer", "text": text}))
    sections = columns.Sections()
    sections.add(reading.buffer)
    held = sections.array().to_pylist()[0]
    words = [reading.doc.text[one["start"] : one["end"]] for one in held]
    assert [one["section"] for one in held] == (["about", "requirements", "requirements"] if text else [])
    assert words == ([b"We sail.", b"Requirements:", b"SQL"] if text else [])

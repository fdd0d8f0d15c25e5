"""What does ``jobtide read --deep`` say of postings? The answer of ``read``, and behind its skills those of the tagger."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jobtide.enrich import kit
from jobtide.enrich.answer import characters, fact_rows, spoken, version_row
from jobtide.enrich.batch import Reading, readings
from jobtide.enrich.deep.open import Open, add


def answers(rows: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the answer of each row, in order, as ``enrich.answer`` does, with the tagger's skills behind the others.

    Every skill then says its ``basis``: stated for what the vocabulary has read, estimated for the tagger's, whose
    ``rule`` is deep/linked, or deep/surface where ``id`` is null and ``name`` the words as they stand.
    """
    done = readings(list(map(version_row, rows)))
    for row, reading, found in zip(rows, done, add(done), strict=True):
        said = spoken(row, reading, fact_rows(reading))
        for skill in said["skills"]:
            skill |= {"basis": "stated", "rule": "skill"}
        said["skills"] += [_skill(reading, one) for one in found]
        yield said


def _skill(reading: Reading, one: Open) -> dict[str, Any]:
    buffer = reading.buffer
    words = buffer.data[one.start : one.end].decode("utf-8", "replace")
    where = {"field": "text", "start": one.start - buffer.text_at, "words": words}
    start, end = characters(buffer, where)
    return {
        "id": one.id or None, "name": kit.load().taxonomy.concept(one.id).name if one.id else words, "quote": words,
        "field": "text", "start": start, "end": end, "section": one.window.section, "need": one.need,
        "confidence": round(one.likely, 2), "basis": "estimated", "rule": one.rule,
    }  # fmt: skip


def added(row: Mapping[str, Any]) -> list[str]:
    """Return the tagger's skills of one row as lines of text: name, need, confidence; one line if there are none."""
    (said,) = answers([row])
    lines = [
        f"  {skill['name']} ({skill['need']}, {skill['confidence']:.2f}{'' if skill['id'] else ', not in the vocabulary'})"
        for skill in said["skills"]
        if skill["basis"] == "estimated"
    ]
    return lines or ["  nothing that the vocabulary has not read"]

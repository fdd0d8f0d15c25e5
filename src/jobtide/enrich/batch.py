"""The seam: how does a batch of posting versions become facts?

``enrich(batch, spec)`` is pure and deterministic and knows no engine. A posting is read from one ``buffer``; every
extractor's findings keep the bytes that state them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import pyarrow as pa

from jobtide.enrich import columns, kit, native, skills, structured
from jobtide.enrich.automaton import fold
from jobtide.enrich.buffer import Buffer, encoded, laid, scan
from jobtide.enrich.language import READ, language
from jobtide.enrich.text import Doc
from jobtide.memory import uncollected
from jobtide.model import Found, Spec
from jobtide.tables import ENRICHED

OUTPUT = ENRICHED  # declared up front, as runners need it
# What of a version is read; making Python's own of the others costs more than it looks.
_READ = ["title", "location", "html", "text", "employer", "work_mode_raw", "employment_raw", "places_raw", "pay"]
_AT_ONCE = 128  # postings: enough for each stage to stay in the processor's cache, few enough for what it made to


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one posting: its document, buffer, language and findings in order."""

    doc: Doc
    buffer: Buffer
    language: str
    found: list[Found]


def enrich(batch: pa.RecordBatch, spec: Spec) -> pa.RecordBatch:
    """Return ``tables.ENRICHED`` for ``tables.VERSION``: same rows, same order.

    Raises ValueError if ``spec`` is not the one this process would read by: facts of two specifications must
    not share a cache.
    """
    if spec != kit.spec():
        raise ValueError(f"asked to read by specification {spec.id}, but this installation is {kit.spec().id}")
    with uncollected():  # around a call of its own, so that all it made is gone before collecting goes on
        return _enriched(batch)


def _enriched(batch: pa.RecordBatch) -> pa.RecordBatch:
    bare = batch.select(_READ)
    for name in ("html", "text"):  # the compiled loops read bytes, and of the two only one is read
        bare = bare.set_column(_READ.index(name), name, batch[name].cast(pa.binary()))
    texts: list[bytes] = []
    tongues: list[str] = []
    facts, sections = columns.Facts(), columns.Sections()
    desk = native.desk()
    for begun in range(0, batch.num_rows, _AT_ONCE):
        for reading in readings(bare.slice(begun, _AT_ONCE).to_pylist(), desk):
            texts.append(reading.doc.text)
            tongues.append(reading.language)
            sections.add(reading.buffer)
            facts.add(reading.buffer, reading.found)
    return pa.RecordBatch.from_arrays(
        [
            batch["version"], columns.texts(texts), pa.array(tongues, pa.string()), sections.array(),
            facts.array(), pa.array([""] * batch.num_rows, pa.string()),
        ],
        schema=ENRICHED,
    )  # fmt: skip


def read(row: Mapping[str, Any]) -> Reading:
    """Return everything read of one row of ``tables.VERSION``."""
    return readings([row])[0]


def readings(rows: Sequence[Mapping[str, Any]], desk: native.Desk | None = None) -> list[Reading]:
    """Return everything read of each row, in order; on ``desk`` if there is one, else on one of its own.

    Stage by stage over the whole batch, not posting by posting: each stage's tables and automata stay in the
    processor's cache, which makes the batch half as long again as fast.
    """
    tools = kit.load()
    desk = desk or native.desk()
    docs = [laid(row, desk) for row in rows]
    scans = [scan(each, tools, desk) for each in docs]
    found = [list(structured.facts(row)) for row in rows]
    for row, (buffer, hits, _, _), mine in zip(rows, scans, found, strict=True):
        mine += skills.find(buffer.data, buffer.folded, hits, buffer.blocks, tools.taxonomy, own(row))
    for index, reader in enumerate(tools.extractors):
        if reader.phrases:
            for (buffer, _, _, phrases), mine in zip(scans, found, strict=True):
                mine += reader.find(buffer.data, buffer.blocks, phrases[index])
            continue
        for (buffer, _, windows, _), mine in zip(scans, found, strict=True):
            if windows[index]:
                mine += reader.find(buffer.data, windows[index])
    out = []
    for (doc, *_), (buffer, *_), mine in zip(docs, scans, found, strict=True):
        mine.sort(key=_in_place)
        head = buffer.folded[buffer.text_at : buffer.text_at + READ]
        out.append(Reading(doc, buffer, language(head, doc.text), mine))
    return out


_in_place = itemgetter(*map(Found._fields.index, ("field", "start", "end", "kind", "concept")))


def own(row: Mapping[str, Any]) -> bytes:
    """Return the employer's name as ``skills.find`` compares it: folded, without blanks; none gives none."""
    return fold(encoded(row.get("employer"))).replace(b" ", b"")

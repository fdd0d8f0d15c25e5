"""The seam: how does a batch of posting versions become facts?

``enrich(batch, spec)`` is pure and deterministic and knows no engine. A posting is read from one buffer,
title, location and text, in one pass of the automaton: its hits propose skills and open windows for the
extractors, whose findings keep the bytes that state them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import pyarrow as pa

from jobtide.enrich import kit, skills, structured
from jobtide.enrich.automaton import fold
from jobtide.enrich.language import language
from jobtide.enrich.markup import lines
from jobtide.enrich.text import Doc, laid_out, let_speak, plain_lines
from jobtide.enrich.untitled import jobs, repeats, titles
from jobtide.memory import uncollected
from jobtide.model import Found, Spec, Window
from jobtide.tables import ENRICHED, FACT_STRUCT, SECTION

OUTPUT = ENRICHED  # declared up front, as runners need it


@dataclass(frozen=True, slots=True)
class Buffer:
    """Title, location and text in one stretch of bytes, with its blocks; ``text_at`` is where the text begins."""

    data: bytes
    folded: bytes
    blocks: list[Window]
    location_at: int
    text_at: int


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
    done = readings(batch.to_pylist())
    facts = [[fact_row(r.buffer, order, found) for order, found in enumerate(r.found)] for r in done]
    return pa.RecordBatch.from_arrays(
        [
            batch["version"],
            pa.array([reading.doc.text for reading in done], pa.string()),  # bytes, which are UTF-8 already
            pa.array([reading.language for reading in done], pa.string()),
            _lists((list(stretches(r.buffer.blocks[2:], r.buffer.text_at)) for r in done), SECTION),
            _lists(facts, FACT_STRUCT),
            pa.array([""] * len(done), pa.string()),
        ],
        schema=ENRICHED,
    )


def read(row: Mapping[str, Any]) -> Reading:
    """Return everything read of one row of ``tables.VERSION``."""
    return readings([row])[0]


def readings(rows: Sequence[Mapping[str, Any]]) -> list[Reading]:
    """Return everything read of each row, in order.

    Stage by stage over the whole batch, not posting by posting: each stage's tables and automata stay in the
    processor's cache, which makes the batch half as long again as fast.
    """
    tools = kit.load()
    laid = [_laid_out(row) for row in rows]
    asked = [_windows(buffer, tools) for _, buffer in laid]
    found = [list(structured.facts(row)) for row in rows]
    for row, (_, buffer), (hits, _, _), mine in zip(rows, laid, asked, found, strict=True):
        mine += skills.find(buffer.data, buffer.folded, hits, buffer.blocks, tools.taxonomy, own(row))
    for index, reader in enumerate(tools.extractors):
        if reader.phrases:
            for (_, buffer), (_, _, phrases), mine in zip(laid, asked, found, strict=True):
                mine += reader.find(buffer.data, buffer.blocks, phrases[index])
            continue
        for (_, buffer), (_, windows, _), mine in zip(laid, asked, found, strict=True):
            mine += reader.find(buffer.data, windows[index])
    for mine in found:
        mine.sort(key=_in_place)
    tongues = [language(buffer.folded[buffer.text_at :], doc.text) for doc, buffer in laid]
    return [Reading(*pair, tongue, mine) for pair, tongue, mine in zip(laid, tongues, found, strict=True)]


_in_place = itemgetter(*map(Found._fields.index, ("field", "start", "end", "kind", "concept")))


def _laid_out(row: Mapping[str, Any]) -> tuple[Doc, Buffer]:
    """The document of a row and the buffer it is read from."""
    head, place = _bytes(row["title"]), _bytes(row["location"])
    at = len(head) + len(place) + 2
    doc = laid_out(lines(row["html"]) if row["html"] else plain_lines(row["text"] or ""), at)
    return doc, _buffer(head, place, doc)


def _buffer(head: bytes, place: bytes, doc: Doc) -> Buffer:
    """Join title, location and text, whose blocks were laid out to follow them."""
    location_at = len(head) + 1
    text_at = location_at + len(place) + 1
    data = b"\n".join((head, place, doc.text))
    # One list for both, so that a block which says where it belongs moves in document and buffer alike.
    doc.blocks[:0] = [Window(0, len(head), "title"), Window(location_at, location_at + len(place), "location")]
    return Buffer(data, fold(data), doc.blocks, location_at, text_at)


def own(row: Mapping[str, Any]) -> bytes:
    """Return the employer's name as ``skills.find`` compares it: folded, without blanks; none gives none."""
    return fold(_bytes(row.get("employer"))).replace(b" ", b"")


def _bytes(value: str | None) -> bytes:
    """UTF-8 of a field; what cannot be encoded (lone surrogates) becomes a question mark."""
    return (value or "").encode("utf-8", "replace")


_Hits = list[tuple[int, int, int]]


def _windows(buffer: Buffer, tools: kit.Kit) -> tuple[_Hits, list[list[Window]], dict[int, _Hits]]:
    """Return the taxonomy's hits; for each extractor title, location and the blocks it asked for; phrases by counter."""
    blocks = buffer.blocks
    starts = [block[0] for block in blocks]
    asked: list[set[int]] = [set() for _ in tools.extractors]
    hits = []
    marks = []
    phrases: dict[int, _Hits] = {index: [] for index, reader in enumerate(tools.extractors) if reader.phrases}
    terms, owners, counted, speaks = tools.terms, tools.owners, tools.counted, tools.speaks
    for hit in tools.automaton.hits(buffer.folded):
        index = hit[2] - terms
        if index < 0:
            hits.append(hit)
            continue
        if speaks[index] and hit[0] >= buffer.text_at:
            marks.append((hit[0], speaks[index]))
        for counter, number in counted[index]:
            phrases[counter].append((hit[0], hit[1], number))
        if owners[index]:
            block = bisect_right(starts, hit[0]) - 1
            for owner in owners[index]:
                asked[owner].add(block)
    for trigger, owner in tools.raw_triggers:
        at = buffer.data.find(trigger, buffer.text_at)
        while at >= 0:
            asked[owner].add(bisect_right(starts, at) - 1)
            at = buffer.data.find(trigger, at + 1)
    let_speak(
        blocks, sorted(marks), lambda window: skills.listed(buffer.data, buffer.folded, hits, window, tools.taxonomy)
    )
    always = [block for block in blocks[:2] if block.end > block.start]
    untitled = blocks[0].end == blocks[0].start
    stand_ins = list(titles(buffer.data, blocks[2:])) if untitled or repeats(buffer.data, blocks) else []
    if untitled:
        always[:0] = stand_ins
    windows = [always + [blocks[i] for i in sorted(mine) if i > 1] for mine in asked]
    if stand_ins:
        more = stand_ins if not untitled else []  # a title that names no job still names places and terms best
        for name in ("role", "seniority"):
            windows[tools.numbers[name]] += more
        windows[tools.numbers["role"]] += jobs(buffer.data, blocks[2:])
    return hits, windows, phrases


def stretches(blocks: Iterable[Window], at: int) -> Iterator[tuple[int, int, str, str]]:
    """Yield stretches of one section and kind with offsets from the text's own beginning at ``at``."""
    start = end = -1
    section = kind = ""
    for block in blocks:
        if block.section == section and block.kind == kind:
            end = block.end
            continue
        if end >= 0:
            yield start - at, end - at, section, kind
        start, end, section, kind = block.start, block.end, block.section, block.kind
    if end >= 0:
        yield start - at, end - at, section, kind


def fact_row(buffer: Buffer, order: int, found: Found) -> tuple[Any, ...]:
    """Return one finding as a row of ``tables.FACT_STRUCT``."""
    (kind, concept, low, high, unit, currency, period, extra, start, end, section, need, confidence, rule, basis,
     field) = found  # fmt: skip
    words = ""
    if field:
        start = end = 0
    else:
        words = buffer.data[start:end].decode("utf-8", "replace")
        if start >= buffer.text_at:
            field, base = "text", buffer.text_at
        elif start >= buffer.location_at:
            field, base = "location", buffer.location_at
        else:
            field, base = "title", 0
        start, end = start - base, end - base
    return (
        order, kind, concept, low, low if high is None else high, unit, currency, period, extra, field, start, end,
        section, need, basis, confidence, rule, words,
    )  # fmt: skip


def _lists(rows: Iterable[list[tuple[Any, ...]]], struct: pa.StructType) -> pa.ListArray:
    """A list<struct> array built column by column: twenty times faster than from dictionaries."""
    offsets = [0]
    flat: list[tuple[Any, ...]] = []
    for row in rows:
        flat += row
        offsets.append(len(flat))
    fields = [struct.field(i) for i in range(struct.num_fields)]
    columns: Iterator[Any] = zip(*flat, strict=True) if flat else iter([()] * len(fields))
    arrays = [pa.array(column, f.type) for column, f in zip(columns, fields, strict=True)]
    inner = pa.StructArray.from_arrays(arrays, fields=fields)
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), inner)

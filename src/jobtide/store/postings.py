"""How do postings and their facts become the tables of a snapshot?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from jobtide.enrich.settle import Settled, settle
from jobtide.link.employers import employer_id
from jobtide.link.spells import Head
from jobtide.model import Posting, Stamp
from jobtide.tables import FACT, POSTING, TEXT, VERSION

_BATCH = 2048  # postings a batch: small enough to spread over workers, large enough to keep tables in cache


def versions(postings: Iterable[Posting]) -> list[pa.RecordBatch]:
    """Return ``tables.VERSION`` batches of the distinct versions among ``postings``, sorted by version."""
    distinct = {posting.version: posting for posting in postings}
    rows = [_version_row(version, distinct[version]) for version in sorted(distinct)]
    table = pa.Table.from_pylist(rows, schema=VERSION)
    return [batch for batch in table.to_batches(max_chunksize=_BATCH) if batch.num_rows]


def _version_row(version: str, posting: Posting) -> dict[str, Any]:
    return {
        "version": version,
        "title": _clean(posting.title),
        "location": _clean(posting.location),
        "employer": _clean(posting.employer),
        "html": _clean(posting.html),
        "text": _clean(posting.text),
        "work_mode_raw": posting.work_mode_raw,
        "employment_raw": posting.employment_raw,
        "places_raw": [
            {"text": p.text, "city": p.city, "region": p.region, "country": p.country, "pointer": p.pointer}
            for p in posting.places_raw
        ],
        "pay": [
            {"low": p.low, "high": p.high, "currency": p.currency, "period": p.period, "kind": p.kind,
             "label": p.label, "pointer": p.pointer}
            for p in posting.pay
        ],
    }  # fmt: skip


def _clean(value: str) -> str:
    """A string that UTF-8 can hold: lone surrogates, which JSON can carry, become question marks."""
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def settled(enriched: pa.Table) -> dict[str, Settled]:
    """Return the single values of every version; skills, which take many values, are left out for speed."""
    facts = fact_table(enriched)
    facts = facts.filter(pc.not_equal(facts["kind"], "skill"))
    by_version: dict[str, list[Mapping[str, Any]]] = {}
    for fact in facts.to_pylist():
        by_version.setdefault(fact["version"], []).append(fact)
    return {version: settle(by_version.get(version, ())) for version in enriched["version"].to_pylist()}


def fact_table(enriched: pa.Table) -> pa.Table:
    """Explode the list column of ``tables.ENRICHED`` into ``tables.FACT``."""
    column = enriched["facts"].combine_chunks()
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    parents = pc.list_parent_indices(column)
    flat = pc.list_flatten(column)
    columns = [enriched["version"].combine_chunks().take(parents)]
    columns += [pc.struct_field(flat, name) for name in FACT.names[1:]]
    return pa.Table.from_arrays(columns, schema=FACT)


def text_table(enriched: pa.Table) -> pa.Table:
    """``tables.TEXT`` of the versions that could be read."""
    return enriched.select(TEXT.names).cast(TEXT)


def unsigned(enriched: pa.Table, known: set[str]) -> list[pa.RecordBatch]:
    """Return (version, text) batches of what has no signature yet."""
    mask = [version not in known for version in enriched["version"].to_pylist()]
    left = enriched.select(["version", "text"]).filter(pa.array(mask, pa.bool_())).combine_chunks()
    return [batch for batch in left.to_batches(max_chunksize=_BATCH) if batch.num_rows]


def posting_table(heads: Sequence[Head], enriched: pa.Table) -> pa.Table:
    """Return ``tables.POSTING``, sorted by posting, each its own vacancy until ``in_vacancies`` says otherwise."""
    values = settled(enriched)
    languages = dict(zip(enriched["version"].to_pylist(), enriched["language"].to_pylist(), strict=True))
    errors = dict(zip(enriched["version"].to_pylist(), enriched["error"].to_pylist(), strict=True))
    rows = []
    for head in heads:
        posting, version = head.posting, head.version
        one = values[version]
        row = _published(posting, version) | {name: getattr(one, name) for name in Settled.__slots__}
        row |= {"vacancy": posting.key, "language": languages[version], "error": errors[version]}
        rows.append(row)
    return pa.Table.from_pylist(rows, schema=POSTING)


def with_text(published: pa.Table, enriched: pa.Table) -> pa.Table:
    """Return the posting table with its plain texts, as linking compares them."""
    texts = dict(zip(enriched["version"].to_pylist(), enriched["text"].to_pylist(), strict=True))
    return published.append_column("text", pa.array([texts[v] for v in published["version"].to_pylist()], pa.string()))


def in_vacancies(published: pa.Table, members: pa.Table) -> pa.Table:
    """Return the posting table with each posting's vacancy."""
    cluster = dict(zip(members["posting"].to_pylist(), members["vacancy"].to_pylist(), strict=True))
    at = published.schema.get_field_index("vacancy")
    named = pa.array([cluster[posting] for posting in published["posting"].to_pylist()], pa.string())
    return published.set_column(at, POSTING.field("vacancy"), named)


def _published(posting: Posting, version: str) -> dict[str, Any]:
    """The columns that the source states."""
    first_at, first_basis = _stamp(posting.first_published)
    last_at, last_basis = _stamp(posting.last_published)
    seen_at, seen_basis = _stamp(posting.seen)
    return {
        "posting": posting.key,
        "version": version,
        "source": posting.source,
        "board": posting.board,
        "source_id": posting.source_id,
        "requisition": posting.requisition,
        "url": posting.url,
        "apply_url": posting.apply_url,
        "employer": employer_id(posting.employer),
        "employer_name": _clean(posting.employer),
        "title": _clean(posting.title),
        "department": _clean(posting.department),
        "location": _clean(posting.location),
        "first_published_at": first_at,
        "first_published_basis": first_basis,
        "last_published_at": last_at,
        "last_published_basis": last_basis,
        "seen_at": seen_at,
        "seen_basis": seen_basis,
    }


def _stamp(stamp: Stamp | None) -> tuple[Any, str]:
    return (stamp.at, stamp.basis) if stamp else (None, "")

"""A small snapshot of invented openings whose official neighbours can be looked up by hand."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from jobtide.store.snapshot import Snapshot, publish
from jobtide.tables import SNAPSHOT

DAY = datetime(2026, 11, 3, tzinfo=UTC)


def posting(i: int, *, role: str, place: str, employer: str) -> dict[str, object]:
    """One invented posting; pay is 100,000 to 140,000 USD a year plus a step a posting."""
    country, region, city = place.split("/")
    row: dict[str, object] = {f.name: "" if pa.types.is_string(f.type) else None for f in SNAPSHOT["posting"]}
    row |= {
        "posting": f"test:{employer}:{i}",
        "version": f"v{i:03}",
        "vacancy": f"test:{employer}:{i}",
        "source": "test",
        "board": employer,
        "source_id": str(i),
        "url": f"https://jobs.example/{employer}/{i}",
        "employer": employer,
        "employer_name": employer.title(),
        "title": f"Invented {role.replace('_', ' ')} {i}",
        "location": place,
        "language": "en",
        "role": role,
        "seniority": "senior",
        "work_mode": "onsite",
        "employment": "full_time",
        "degree_required": "none",
        "degree_preferred": None,
        "degree_or_equivalent": None,
        "last_published_at": DAY,
        "seen_at": DAY,
        "country": country,
        "region": region or None,
        "city": city or None,
        "pay_basis": "structured",
        "pay_low": Decimal(100_000 + 1000 * i),
        "pay_high": Decimal(140_000 + 1000 * i),
        "pay_currency": "USD",
        "pay_period": "year",
        "pay_kind": "base",
        "pay_ranges": 1,
    }
    return row


def fact(row: dict[str, object], ord_: int, kind: str, concept: str, words: str) -> dict[str, object]:
    """One fact of a posting."""
    out: dict[str, object] = dict.fromkeys(SNAPSHOT["fact"].names, "")
    return out | {
        "version": row["version"], "ord": ord_, "kind": kind, "concept": concept, "low": None, "high": None,
        "field": "location" if kind == "place" else "text", "start": 0, "end": len(words), "need": "required",
        "section": "requirements", "basis": "stated", "confidence": 0.9, "rule": "test", "words": words,
    }  # fmt: skip


def write(root: Path, rows: list[dict[str, object]], facts: list[dict[str, object]]) -> Path:
    """Publish the rows as a snapshot of one source; returns its folder."""
    tables = {name: schema.empty_table() for name, schema in SNAPSHOT.items()}
    tables["posting"] = pa.Table.from_pylist(rows, schema=SNAPSHOT["posting"])
    tables["fact"] = pa.Table.from_pylist(facts, schema=SNAPSHOT["fact"])
    source = {"name": "test boards", "attribution": "Invented for tests", "terms": "none"}
    return publish(root, tables, made={"jobtide": "0", "sources": [source]})


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """90 openings of 12 employers: 60 ML engineers (40 in California, 20 in New York), 30 data scientists (Texas)."""
    rows = []
    for i in range(90):
        role = "ml_engineer" if i < 60 else "data_scientist"
        place = "US/CA/San Francisco" if i < 40 else "US/NY/New York" if i < 60 else "US/TX/Austin"
        rows.append(posting(i, role=role, place=place, employer=f"employer-{i % 12:02}"))
    facts = [fact(row, 0, "place", str(row["location"]), "place") for row in rows]
    facts += [fact(row, 1, "skill", "python", "Python") for row in rows[:72]]
    with Snapshot.open(write(tmp_path_factory.mktemp("small"), rows, facts)) as shot:
        yield shot

"""A small snapshot of invented openings, large enough that most figures of the article can be shown."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

from jobtide.report.article import article
from jobtide.report.blocks import Document
from jobtide.store.snapshot import Snapshot, publish
from jobtide.tables import SNAPSHOT

DAY = datetime(2026, 11, 3, tzinfo=UTC)
PLACES = ("US/CA/San Francisco", "US/NY/New York", "US/CA/Oakland", "DE/BE/Berlin", "US//")
ROLES = ("ml_engineer", "data_scientist", "ai_engineer")
SENIORITIES = ("senior", "mid", "unstated")
SKILLS = ("python", "sql", "pytorch")  # in every posting, every second, every third


def posting(i: int) -> dict[str, object]:
    """Posting ``i`` of one of 13 employers; pay is 120,000 to 160,000 USD a year plus a step a posting."""
    country, region, city = PLACES[i % len(PLACES)].split("/")
    employer, key = f"employer-{i % 13:02}", f"test:employer-{i % 13:02}:{i}"
    texts = {f.name: "" if pa.types.is_string(f.type) else None for f in SNAPSHOT["posting"]}
    return texts | {
        "posting": key, "version": f"v{i:03}", "vacancy": key, "source": "test", "board": employer, "source_id": str(i),
        "url": f"https://jobs.example/{employer}/{i}?a=1&b=2", "employer": employer,
        "employer_name": f"{employer.title()} & <Sons>", "title": f"Invented | role [{i}] <b>", "location": city,
        "language": "en", "role": ROLES[i % len(ROLES)], "seniority": SENIORITIES[i % len(SENIORITIES)],
        "work_mode": ("onsite", "remote")[i % 2], "employment": "full_time",
        "degree_required": "none", "degree_preferred": None,
        "degree_or_equivalent": None, "years_min": None, "country": country, "region": region or None,
        "city": city or None,
        "first_published_at": DAY - timedelta(days=3 * i), "last_published_at": DAY, "seen_at": DAY,
        "pay_basis": "structured" if i % 4 else None, "pay_low": Decimal(120_000 + 500 * i),
        "pay_high": Decimal(160_000 + 500 * i), "pay_currency": "USD", "pay_period": "year", "pay_kind": "base",
        "pay_ranges": 1,
    }  # fmt: skip


def facts(i: int) -> Iterator[dict[str, object]]:
    """The facts of posting ``i``: its place and its skills."""
    found = [("place", PLACES[i % len(PLACES)])] + [("skill", s) for n, s in enumerate(SKILLS, 1) if i % n == 0]
    for ord_, (kind, concept) in enumerate(found):
        yield dict.fromkeys(SNAPSHOT["fact"].names, "") | {
            "version": f"v{i:03}", "ord": ord_, "kind": kind, "concept": concept, "low": None, "high": None,
            "field": "text", "start": 0, "end": 6, "need": "required", "section": "requirements", "basis": "stated",
            "confidence": 0.9, "rule": "test", "words": concept,
        }  # fmt: skip


def published(root: Path, n: int) -> Path:
    """A snapshot of ``n`` postings; returns its folder."""
    return stored(root, [posting(i) for i in range(n)], [f for i in range(n) for f in facts(i)])


def stored(root: Path, postings: list[dict[str, object]], found: list[dict[str, object]], *, spec: str = "") -> Path:
    """A snapshot of these rows, read by the rules ``spec``; returns its folder."""
    tables = {name: schema.empty_table() for name, schema in SNAPSHOT.items()}
    tables["posting"] = pa.Table.from_pylist(postings, schema=SNAPSHOT["posting"])
    tables["fact"] = pa.Table.from_pylist(found, schema=SNAPSHOT["fact"])
    source = {"name": "test boards", "attribution": "Invented for tests", "terms": "none"}
    return publish(root, tables, made={"jobtide": "0", "sources": [source], "spec": spec})


@pytest.fixture(scope="session")
def shot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """240 openings of 13 employers."""
    with Snapshot.open(published(tmp_path_factory.mktemp("shot"), 240)) as found:
        yield found


@pytest.fixture(scope="session")
def document(shot: Snapshot) -> Document:
    """The article of the small snapshot, written once."""
    return article(shot)


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """8 openings: no estimate may be shown."""
    with Snapshot.open(published(tmp_path_factory.mktemp("tiny"), 8)) as found:
        yield found

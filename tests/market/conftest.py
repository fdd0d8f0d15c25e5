"""A snapshot small enough to count by hand; every posting invented."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jobtide.store.snapshot import Snapshot, publish
from jobtide.tables import CRAWL, FACT, MEMBER, POSTING, SPELL, TEXT

AT = datetime(2025, 10, 25, tzinfo=UTC)
Make = Callable[..., Snapshot]


def posting(number: int, employer: str, role: str, **more: Any) -> dict[str, Any]:
    """One posting, its own vacancy, published ``number`` days before the crawl."""
    key = f"ashby:{employer}:{number}"
    base = {
        "posting": key, "version": f"{number:04d}", "vacancy": key, "source": "ashby", "board": employer,
        "source_id": str(number), "employer": employer, "employer_name": employer.title(), "title": f"Job {number}",
        "url": f"https://example.org/{number}", "role": role, "specialisation": "", "seniority": "senior",
        "language": "en", "work_mode": "unstated", "employment": "full_time", "degree_required": "none",
        "degree_or_equivalent": False, "pay_ranges": 0, "seen_at": AT, "error": "",
        "last_published_at": AT - timedelta(days=number), "location": "",
    }  # fmt: skip
    return base | more


def stated(low: int, high: int, currency: str = "USD", period: str = "year", kind: str = "base") -> dict[str, Any]:
    """The columns of structured pay."""
    return {
        "pay_basis": "structured", "pay_low": Decimal(low), "pay_high": Decimal(high), "pay_currency": currency,
        "pay_period": period, "pay_kind": kind, "pay_ranges": 1,
    }  # fmt: skip


def fact(version: str, order: int, kind: str, concept: str, **more: Any) -> dict[str, Any]:
    """One fact of a version."""
    base = {"version": version, "ord": order, "kind": kind, "concept": concept, "field": "text", "start": 0, "end": 6}
    return base | {"need": "required", "basis": "stated", "words": concept, "extra": ""} | more


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Publish postings, facts and crawls as a snapshot."""
    opened: list[Snapshot] = []

    def build(postings: list[dict[str, Any]], facts: list[dict[str, Any]] | None = None, **more: Any) -> Snapshot:
        members = [
            {"vacancy": p["vacancy"], "posting": p["posting"], "relation": "self", "similarity": 1.0} for p in postings
        ]
        crawls = more.get("crawls") or [
            {
                "run": 1,
                "source": "ashby",
                "board": b,
                "at": AT,
                "outcome": "complete",
                "postings": 1,
                "bad": 0,
                "note": "",
            }
            for b in sorted({p["board"] for p in postings})
        ]
        tables = {
            "posting": pa.Table.from_pylist(postings, schema=POSTING),
            "fact": pa.Table.from_pylist(facts or [], schema=FACT),
            "member": pa.Table.from_pylist(members, schema=MEMBER),
            "crawl": pa.Table.from_pylist(crawls, schema=CRAWL),
        }
        if "spells" in more:
            tables["spell"] = pa.Table.from_pylist(more["spells"], schema=SPELL)
        if "texts" in more:
            rows = [{"version": version, "text": text, "sections": []} for version, text in more["texts"].items()]
            tables["text"] = pa.Table.from_pylist(rows, schema=TEXT)
        folder = publish(tmp_path / str(len(opened)), tables, made={"sources": [{"name": "ashby", "attribution": "a"}]})
        opened.append(Snapshot.open(folder))
        return opened[-1]

    yield build
    for shot in opened:
        shot.close()


@pytest.fixture
def forty(make: Make) -> Snapshot:
    """Forty ML openings of twenty employers (two each), and ten sales openings of one.

    Python is named by every opening but those of employers e16 to e19: 32 of 40. Go is negated everywhere. Pay: 36 in
    USD, 2 in GBP, 2 with commission.
    """
    postings, facts = [], []
    for number in range(40):
        employer = f"e{number % 20:02d}"
        pay = stated(100_000 + 1000 * number, 120_000 + 1000 * number)
        if number in (36, 37):
            pay = stated(50_000, 60_000, "GBP")
        if number in (38, 39):
            pay = stated(200_000, 300_000, kind="ote")
        role = "ml_engineer" if number < 34 else "ai_engineer"
        postings.append(posting(number, employer, role, **pay))
        version = f"{number:04d}"
        if number % 20 < 16:
            facts.append(fact(version, 0, "skill", "python", need="required" if number < 20 else "preferred"))
        facts.append(fact(version, 1, "skill", "go", need="negated"))
        facts.append(fact(version, 2, "place", "US/CA/San Francisco" if number % 2 else "US/NY/New York"))
    postings += [posting(100 + n, "seller", "other") for n in range(10)]
    return make(postings, facts)

"""The working tables say what the stored ones say, on disk and in memory alike."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from jobtide.market.filters import Filters
from jobtide.market.openings import base
from jobtide.store import prepared
from jobtide.store.snapshot import Snapshot, publish
from jobtide.tables import CRAWL, FACT, POSTING, SPELL

AT = datetime(2025, 10, 25, tzinfo=UTC)


def _posting(number: int, vacancy: int, employer: str) -> dict[str, Any]:
    name = f"ashby:{employer}:{{}}"
    return {
        "posting": name.format(number), "vacancy": name.format(vacancy), "version": f"v{number}", "employer": employer,
        "employer_name": employer.title(), "seen_at": AT,
    }  # fmt: skip


def _fact(version: str, ord: int, kind: str, concept: str, need: str = "", words: str = "") -> dict[str, Any]:
    return {
        "version": version,
        "ord": ord,
        "kind": kind,
        "concept": concept,
        "need": need,
        "words": words,
        "confidence": 1.0,
    }


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Three openings of two employers; the second is one vacancy with the fourth posting, which stands in Berlin."""
    rows = [_posting(1, 1, "acme"), _posting(2, 2, "acme"), _posting(3, 3, "brill"), _posting(4, 2, "acme")]
    facts = [
        _fact("v1", 0, "skill", "python", "required", "Python"),
        _fact("v1", 1, "skill", "python", "preferred", "Python"),
        _fact("v1", 2, "skill", "go", "negated", "Go"),
        _fact("v2", 0, "skill", "python", "mentioned", "python"),
        _fact("v2", 1, "place", "US/NY/New York"),
        _fact("v3", 0, "skill", "sql", "required", "SQL"),
        _fact("v4", 0, "skill", "rust", "required", "Rust"),
        _fact("v4", 1, "place", "DE//Berlin"),
    ]
    tables = {
        "posting": pa.Table.from_pylist(rows, schema=POSTING),
        "fact": pa.Table.from_pylist(facts, schema=FACT),
    }
    return publish(tmp_path / "it's here", tables, made={})


def _all(folder: Path) -> dict[str, list[dict[str, Any]]]:
    with Snapshot.open(folder) as shot:
        return {name: shot.query(f"select * from {name}").to_pylist() for name in prepared.TABLES}


def test_skills_are_counted_once_an_opening_and_places_are_those_of_all_members(published: Path) -> None:
    with Snapshot.open(published) as shot:
        skills = shot.query(
            """select p.posting, s.concept, o.required, o.preferred from opening_skill o join skill s using (skill_no)
               join posting p using (no) order by all"""
        ).to_pylist()
        places = shot.query("select no, country, region, city from opening_place order by no, country").to_pylist()
    # Go is denied; Rust is named by a member that is not counted.
    assert [tuple(row.values()) for row in skills] == [
        ("ashby:acme:1", "python", True, True),
        ("ashby:acme:2", "python", False, False),
        ("ashby:brill:3", "sql", True, False),
    ]
    assert [tuple(row.values()) for row in places] == [(2, "DE", None, "Berlin"), (2, "US", "NY", "New York")]


def test_what_has_gone_is_closed_when_all_its_members_are(tmp_path: Path) -> None:
    rows = [_posting(1, 1, "acme"), _posting(2, 2, "acme"), _posting(3, 2, "acme"), _posting(4, 4, "brill")]
    facts = [_fact(f"v{n}", 0, "place", f"DE//Town {n}") for n in range(1, 5)]
    spells = [
        {"posting": rows[n]["posting"], "ord": order, "first_seen_at": AT, "last_seen_at": AT, "closed_at": closed}
        for n, order, closed in ((0, 0, AT), (1, 0, AT), (2, 0, None), (3, 0, AT), (3, 1, None))
    ]
    tables = {
        "posting": pa.Table.from_pylist(rows, schema=POSTING),
        "fact": pa.Table.from_pylist(facts, schema=FACT),
        "spell": pa.Table.from_pylist(spells, schema=SPELL),
    }
    with Snapshot.open(publish(tmp_path, tables, made={})) as shot:
        closed = shot.query("select no, closed from posting order by no").to_pylist()
        places = shot.query("select no, city from opening_place order by no").to_pylist()
        open_now = base(shot, Filters(family="all")).n
    # 1 closed; 2 closed, but its vacancy lives on in 3; 4 closed and came back.
    assert [row["closed"] for row in closed] == [True, False, False, False]
    assert [tuple(row.values()) for row in places] == [(1, "Town 1"), (2, "Town 3"), (4, "Town 4")]
    assert open_now == 2


def test_what_a_window_no_longer_shows_is_out_of_sight_after_four_weeks(tmp_path: Path) -> None:
    rows = [
        _posting(number, number, "acme") | {"source": "s", "board": board, "seen_at": AT - timedelta(days=days)}
        for number, (board, days) in enumerate(
            [("window", 0), ("window", 27), ("window", 28), ("whole", 40), ("file", 99)]
        )
    ]
    crawls = [
        {"run": 1, "source": "s", "board": board, "at": AT - timedelta(days=days), "outcome": outcome}
        for board, outcome, days in [
            ("window", "partial", 0), ("window", "partial", 28), ("whole", "complete", 0), ("whole", "complete", 40),
        ]
    ]  # fmt: skip
    tables = {
        "posting": pa.Table.from_pylist(rows, schema=POSTING),
        "fact": FACT.empty_table(),
        "crawl": pa.Table.from_pylist(crawls, schema=CRAWL),
    }
    with Snapshot.open(publish(tmp_path, tables, made={})) as shot:
        closed = shot.query("select closed from posting order by posting").to_pylist()
    # The one that a whole board missed once waits for its second miss; nobody asked again where the file came from.
    assert [row["closed"] for row in closed] == [False, False, True, False, False]


def test_tables_on_disk_and_in_memory_are_the_same(published: Path) -> None:
    on_disk = _all(published)
    (published / prepared.FILE).unlink()
    assert _all(published) == on_disk
    assert not (published / prepared.FILE).exists()  # opening writes nothing


def test_a_snapshot_without_them_gets_them_when_it_is_published_again(published: Path) -> None:
    before = (published / "manifest.json").read_bytes()
    (published / prepared.FILE).unlink()
    prepared.make(published)
    stamp = (published / prepared.FILE).stat().st_mtime_ns
    prepared.make(published)
    assert (published / prepared.FILE).stat().st_mtime_ns == stamp
    assert (published / "manifest.json").read_bytes() == before
    assert [path.name for path in published.iterdir() if path.name.startswith(".")] == []


def test_two_readers_share_the_file_and_reach_no_other(published: Path, tmp_path: Path) -> None:
    import duckdb

    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    with Snapshot.open(published) as one, Snapshot.open(published) as two:
        assert one.query("select count(*) as n from posting").to_pylist() == [{"n": 4}]
        assert two.query("select count(*) as n from fact").to_pylist() == [{"n": 8}]
        with pytest.raises(duckdb.PermissionException):
            one.query(f"select * from read_csv('{outside}')")
        with pytest.raises(duckdb.Error):
            one.query("delete from posting")

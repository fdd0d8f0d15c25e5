"""The whole way gives the same bytes however it is walked, reads nothing twice, and survives being killed."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from jobtide import pipeline
from jobtide.errors import JobtideError
from jobtide.model import Completeness, Page, Policy, Request, Source
from jobtide.runners import local
from jobtide.sources.boards import lever
from jobtide.sources.fetch import Limits
from jobtide.store.snapshot import Snapshot
from tests.sources.faulty import running

AT = datetime(2025, 11, 3, tzinfo=UTC)
SKILLS = ("Python", "SQL", "PyTorch", "Kubernetes", "dbt", "Go, Rust", "Spark")
TITLES = ("Machine Learning Engineer", "Senior Data Scientist", "Data Engineer II", "Account Executive")


def lines(count: int = 40) -> list[str]:
    """Invented postings of six employers; every fifth is the one before in another place."""
    out = []
    for i in range(count):
        same = i - 1 if i % 5 == 4 else i
        chosen = random.Random(same)
        skills = "".join(f"<li>Experience with {s}</li>" for s in chosen.sample(SKILLS, 3))
        text = f"<h2>What you'll do</h2><p>Task {same}: keep the {same}th lighthouse lit and its log in order.</p>"
        row = {
            "id": f"p{i}", "title": TITLES[same % 4], "company": f"Keeper {same % 6}",
            "location": ("Berlin", "Oslo")[i % 2],
            "html": f"{text}<h2>Requirements</h2><ul>{skills}<li>{same % 7 + 1}+ years of experience</li></ul>",
            "date_posted": "2025-09-01",
        }  # fmt: skip
        out.append(json.dumps(row))
    return out


def digest(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a snapshot but the derived one, which need not be the same byte for byte."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if not path.name.startswith("prepared")}


def walked(root: Path, rows: list[str], *, workers: int = 1) -> pipeline.Built:
    """Import and build."""
    root.mkdir(parents=True, exist_ok=True)
    file = root / "jobs.jsonl"
    file.write_text("\n".join(rows) + "\n")
    pipeline.import_file(root, file, now=AT)
    return pipeline.build(root, workers=workers)


@pytest.mark.parametrize("workers", [2, 4])
def test_any_number_of_workers_gives_the_same_bytes(
    tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = walked(tmp_path / "one", lines())
    monkeypatch.setattr(local.run, "__kwdefaults__", {"workers": 1, "in_process": 0})
    many = walked(tmp_path / "many", lines(), workers=workers)
    assert digest(one.snapshot) == digest(many.snapshot)
    assert (one.rows, one.postings) == (40, 40)
    assert one.vacancies == 32  # every fifth posting is another's text in another place


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    shuffled = lines()
    random.Random(3).shuffle(shuffled)
    first, second = walked(tmp_path / "a", lines()), walked(tmp_path / "b", shuffled)
    assert digest(first.snapshot) == digest(second.snapshot)


@pytest.mark.parametrize(
    "surroundings",
    [{"PYTHONHASHSEED": "0"}, {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}, {"TZ": "America/New_York", "LC_ALL": "C"}],
)
def test_hash_seed_time_zone_and_locale_do_not_matter(tmp_path: Path, surroundings: dict[str, str]) -> None:
    here = walked(tmp_path / "here", lines(12))
    file = tmp_path / "jobs.jsonl"
    file.write_text("\n".join(lines(12)) + "\n")
    for command in (["import", str(file)], ["build"]):
        subprocess.run(
            [sys.executable, "-m", "jobtide", "--store", str(tmp_path / "there"), *command],
            env={**os.environ, **surroundings}, check=True, capture_output=True, cwd=tmp_path,
        )  # fmt: skip
    there = tmp_path / "there" / "snapshots" / (tmp_path / "there" / "CURRENT").read_text()
    assert digest(there) == digest(here.snapshot)


def test_building_again_reads_nothing_and_a_new_row_reads_one(tmp_path: Path) -> None:
    first = walked(tmp_path, lines(20))
    again = pipeline.build(tmp_path)
    more = walked(tmp_path, lines(21))
    assert (first.enriched, again.enriched, more.enriched) == (20, 0, 1)
    assert again.snapshot == first.snapshot != more.snapshot


def test_bad_rows_are_set_aside_and_named_in_the_snapshot(tmp_path: Path) -> None:
    built = walked(tmp_path, [*lines(10), "{broken", json.dumps({"company": "nobody"})])
    assert (built.rows, built.postings, built.quarantined) == (12, 10, 2)
    with Snapshot.open(built.snapshot) as shot:
        rows = shot.query('select "row", reason from quarantine order by "row"').to_pylist()
    assert [row["row"] for row in rows] == [11, 12]
    assert rows[1]["reason"] == "neither title nor text"


def test_nothing_to_build_from_and_nothing_to_read_say_so(tmp_path: Path) -> None:
    with pytest.raises(JobtideError, match="nothing to build"):
        pipeline.build(tmp_path)
    (tmp_path / "x.jsonl").write_text("{oops\n")
    with pytest.raises(JobtideError, match=r"no valid JSON"):
        pipeline.import_file(tmp_path, tmp_path / "x.jsonl", now=AT)


def test_killed_at_any_moment_and_run_again_it_ends_the_same(tmp_path: Path) -> None:
    expected = digest(walked(tmp_path / "whole", lines(30)).snapshot)
    root, file = tmp_path / "killed", tmp_path / "jobs.jsonl"
    file.write_text("\n".join(lines(30)) + "\n")
    pipeline.import_file(root, file, now=AT)
    for attempt in range(24 if os.environ.get("JOBTIDE_SLOW") else 4):
        child = subprocess.Popen(
            [sys.executable, "-m", "jobtide", "--store", str(root), "build"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(random.Random(attempt).uniform(0.2, 1.6))
        child.send_signal(signal.SIGKILL)
        child.wait(20)
        if (root / "CURRENT").exists():
            assert digest(root / "snapshots" / (root / "CURRENT").read_text()) == expected
    assert digest(pipeline.build(root).snapshot) == expected


def test_a_broken_board_leaves_the_others_and_the_archive_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running() as server:

        def pages(board: str) -> Generator[Request, Page, Completeness]:
            page = yield Request("GET", f"{server.url}/{board}")
            return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED

        source = Source("lever", Policy("test", "", "", rate=1000.0), pages, lever.read, lever.job, lambda _: None)
        monkeypatch.setattr("jobtide.sources.registry.load", lambda _: source)
        limits = Limits(wall_s=0.4, tries=1, allow_private=True, gap_s=0.0)
        heard: list[str] = []
        done = pipeline.collect(
            tmp_path, [("lever", board) for board in ("good", "html", "empty", "gzip-cut", "404")], limits=limits,
            now=lambda: AT, told=lambda crawled: heard.append(crawled.board),
        )  # fmt: skip
        outcomes = {crawled.board: crawled.outcome for crawled in done}
        assert outcomes == {
            "good": "complete",
            "html": "failed",
            "empty": "failed",
            "gzip-cut": "failed",
            "404": "failed",
        }
        assert sorted(heard) == sorted(outcomes)
        assert "HTML where JSON" in next(crawled.note for crawled in done if crawled.board == "html")
        before = pipeline.build(tmp_path)
        again = pipeline.collect(tmp_path, [("lever", "good")], limits=limits, now=lambda: AT, told=lambda _: None)
        assert [crawled.outcome for crawled in again] == ["unchanged"]
        after = pipeline.build(tmp_path)
    assert (before.postings, after.postings, after.enriched) == (1, 1, 0)


_COLLECT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from jobtide import pipeline
from jobtide.model import Completeness, Policy, Request, Source
from jobtide.sources import registry
from jobtide.sources.boards import lever
from jobtide.sources.fetch import Limits

url, root = sys.argv[1], Path(sys.argv[2])

def pages(board):
    page = yield Request("GET", f"{url}/{board}")
    return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED

source = Source("lever", Policy("test", "", "", rate=20.0), pages, lever.read, lever.job, lambda _: None)
registry.load = lambda _: source
boards = [("lever", name) for name in ("gzip", "good", "to-good", "html")]
at = datetime(2025, 11, 3, tzinfo=UTC)
pipeline.collect(root, boards, limits=Limits(tries=1, allow_private=True), now=lambda: at, told=lambda _: None)
"""


def test_a_killed_collection_run_again_ends_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("lever", Policy("test", "", ""), lever.pages, lever.read, lever.job, lambda _: None)
    with running() as server:
        for name, kills in (("whole", 0), ("killed", 20 if os.environ.get("JOBTIDE_SLOW") else 5)):
            for attempt in range(kills):
                child = subprocess.Popen([sys.executable, "-c", _COLLECT, server.url, str(tmp_path / name)])
                time.sleep(random.Random(attempt).uniform(0.1, 0.9))
                child.kill()
                child.wait(20)
            command = [sys.executable, "-c", _COLLECT, server.url, str(tmp_path / name)]
            subprocess.run(command, check=True, timeout=30)
    monkeypatch.setattr("jobtide.sources.registry.load", lambda _: source)
    whole, killed = (pipeline.build(tmp_path / name) for name in ("whole", "killed"))
    with Snapshot.open(whole.snapshot) as one, Snapshot.open(killed.snapshot) as other:
        for table in ("posting", "fact", "member"):
            select = f"select * exclude (seen_at) from {table} order by all" if table == "posting" else f"from {table}"
            assert one.query(select).equals(other.query(select))
        assert one.query("from posting").num_rows == 3


def test_a_source_whose_terms_bar_statistics_never_enters_a_snapshot(tmp_path: Path) -> None:
    walked(tmp_path, lines(5))
    row = {"id": "1", "title": "ML Engineer", "company": {"display_name": "Stint"}, "description": "We wade in data"}
    row |= {"created": "2025-10-15T08:33:45Z", "redirect_url": "https://www.adzuna.com/details/1", "adref": "a"}
    (tmp_path / "adzuna.json").write_text(json.dumps({"results": [row]}))
    pipeline.import_file(tmp_path, tmp_path / "adzuna.json", now=AT)
    built = pipeline.build(tmp_path)
    assert built.postings == 5
    tables = {
        name: pq.read_table(built.snapshot / f"{name}.parquet").to_pylist() for name in ("posting", "text", "member")
    }
    assert {name: len(rows) for name, rows in tables.items()} == {"posting": 5, "text": 5, "member": 5}
    assert "Stint" not in str(tables)
    assert [posting.key for posting in pipeline.personal(tmp_path)] == ["adzuna:adzuna:1"]


def test_a_data_package_is_kept_whole_and_built_from_the_archive_alone(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "jobs.csv").write_text("id,title,description\n1,ML Engineer,We sort eels with Python\n")
    (package / "datapackage.json").write_text(json.dumps({"resources": [{"name": "jobs", "path": "jobs.csv"}]}))
    done = pipeline.import_file(tmp_path / "store", package / "datapackage.json", now=AT)
    assert (done.rows, done.postings) == (1, 1)
    (package / "jobs.csv").unlink()
    assert pipeline.build(tmp_path / "store").postings == 1


def test_monthly_threads_are_one_complete_crawl_a_month(tmp_path: Path) -> None:
    months = ("2015-01", "2015-02", "2015-02", "2015-04")
    rows = [{"month": month, "id": str(n), "html": f"Eelworks | Analyst {n}"} for n, month in enumerate(months)]
    (tmp_path / "threads.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pipeline.import_file(tmp_path, tmp_path / "threads.jsonl", now=AT)
    built = pipeline.build(tmp_path)
    with Snapshot.open(built.snapshot) as snapshot:
        found = snapshot.query(
            """select source, board, strftime("at", '%Y-%m-%d') as day, outcome, postings from crawl order by day"""
        )
    assert [tuple(row.values()) for row in found.to_pylist()] == [
        ("hn", "whoishiring", "2015-01-01", "complete", 1), ("hn", "whoishiring", "2015-02-01", "complete", 2),
        ("hn", "whoishiring", "2015-04-01", "complete", 1),
    ]  # fmt: skip
    assert (built.rows, built.postings) == (4, 4)

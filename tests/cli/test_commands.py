"""Commands as a person types them: what they print, and the codes they end with."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from jobtide.model import INDUSTRIES

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "jobtide" / "data" / "samples" / "postings.jsonl"


def jobtide(*words: str, store: Path, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, 80 columns wide."""
    return subprocess.run(
        [sys.executable, "-m", "jobtide", "--store", str(store), *words], input=given, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "80", "PYTHONWARNINGS": "error", "PYTHONUTF8": "1"}, cwd=store,
    )  # fmt: skip


def test_read_gives_one_object_a_row_whose_quotes_stand_where_it_says(tmp_path: Path) -> None:
    done = jobtide("read", str(SAMPLES), "--format", "jsonl", store=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    objects: list[dict[str, Any]] = [json.loads(line) for line in done.stdout.splitlines()]
    given = [json.loads(line) for line in SAMPLES.read_text().splitlines()]
    assert [o["id"] for o in objects] == [row["id"] for row in given]
    for said, row in zip(objects, given, strict=True):
        fields = {"title": row["title"], "location": row["location"], "text": said["text"]}
        assert len({s["id"] for s in said["skills"]}) == len(said["skills"]) >= 8
        for skill in said["skills"]:
            assert fields[skill["field"]][skill["start"] : skill["end"]] == skill["quote"]
            assert skill["need"] in ("required", "preferred", "mentioned", "negated")
        assert said["certifications"] == []
        assert said["clearance"] is False
        assert said["industry"] in INDUSTRIES
    assert [o["visa"] for o in objects] == ["unstated", "sponsors", "no_sponsorship"]
    first = objects[0]
    assert (first["role"]["value"], first["seniority"]["value"]) == ("ml_engineer", "senior")
    assert first["pay"] == [
        {
            "min": 85000,
            "max": 105000,
            "currency": "EUR",
            "period": "year",
            "kind": "base",
            "quote": "€85,000 - €105,000 a year",
        }
    ]
    assert first["years_min"] == {"value": 5.0, "quote": "5+ years"}
    assert "go" in {s["id"] for s in first["skills"] if s["need"] == "preferred"}
    assert [p["max"] for p in objects[2]["pay"]] == [152000, 138000]  # not the knives, not the referral bonus


def test_read_takes_standard_input_and_sets_broken_lines_aside(tmp_path: Path) -> None:
    given = '{"id":"a","title":"Data Engineer","text":"You know SQL."}\n{oops\n'
    done = jobtide("read", "-", "--format", "jsonl", store=tmp_path, given=given)
    assert done.returncode == 0
    assert json.loads(done.stdout)["role"]["value"] == "data_engineer"
    assert "row 2: no valid JSON" in done.stderr


def test_the_text_view_marks_facts_without_colour(tmp_path: Path) -> None:
    done = jobtide("read", str(SAMPLES), "--id", "sample-1", store=tmp_path)
    assert "[Machine Learning Engineer|role]" in done.stdout
    assert "[€85,000 - €105,000 a year|pay]" in done.stdout
    assert "seen and rejected:" in done.stdout
    assert "to go to" in done.stdout.partition("seen and rejected:")[2]
    assert "\x1b[" not in done.stdout


def test_link_joins_one_text_in_two_places(tmp_path: Path) -> None:
    text = (
        "We build tools for tide tables. You will own the ingestion of sensor data and keep its pipelines honest. " * 6
    )
    places = (("Data Engineer", "Oslo"), ("Data Engineer", "Bergen"), ("Senior Data Engineer", "Oslo"))
    rows = [
        {"id": str(i), "title": title, "employer": "Quay", "location": place, "text": text}
        for i, (title, place) in enumerate(places)
    ]
    done = jobtide("link", "-", "--format", "jsonl", store=tmp_path, given="\n".join(map(json.dumps, rows)))
    linked = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(row["id"], row["vacancy"]) for row in linked] == [("0", "0"), ("1", "0"), ("2", "2")]
    assert set(linked[0]) == {"id", "vacancy", "requisition", "relation"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("market", "skills", "--role", "ml_enginer"), 2, "did you mean ml_engineer"),
        (("market", "skills", "--role", "nlp_engineer"), 3, "too few (n = 2"),
        (("market", "growth"), 3, "28 days"),
        (("build",), 1, "nothing to build from"),
        (("import", "missing.csv"), 2, "does not exist"),
        (("collect", "workdy:acme"), 2, "no source"),
        (("explain", "0123456789ab"), 1, "no figure"),
        (("market", "skills", "--format", "xlsx"), 2, "xlsx"),
        (("report", "build", "--format", "docx"), 2, "no report format"),
        (("runs",), 3, ""),
    ],
)
def test_errors_are_one_plain_sentence_and_their_own_code(
    tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    done = jobtide(*words, store=tmp_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("shape", ["table", "json", "jsonl", "csv", "md", "vl", "parquet"])
def test_a_figure_comes_in_every_shape_with_its_n(tmp_path: Path, shape: str) -> None:
    out = tmp_path / "figure"
    done = jobtide("market", "pay", "--by", "role", "--format", shape, "-o", str(out), store=tmp_path)
    assert done.returncode == 0, done.stderr
    body = out.read_bytes()
    if shape == "json":
        assert json.loads(body)["base"]["n"] > 100
    elif shape == "csv":
        assert body.decode().splitlines()[0].startswith("key,label,value,low,high,n,employers,flag")
    elif shape == "parquet":
        assert body[:4] == b"PAR1"
    else:
        assert b"AI engineer" in body


def test_import_build_and_ask_in_a_store_of_ones_own(tmp_path: Path) -> None:
    assert "3 postings" in jobtide("import", str(SAMPLES), store=tmp_path).stdout
    built = jobtide("build", "--workers", "1", store=tmp_path)
    assert "3 vacancies" in built.stdout, built.stderr
    assert "every byte is as written" in jobtide("verify", store=tmp_path).stderr
    asked = jobtide("market", "overview", "--role", "all", store=tmp_path)
    assert "n = 3 openings of 3 employers" in asked.stdout
    (archived,) = (tmp_path / "archive").rglob("*.zst")
    archived.write_bytes(archived.read_bytes()[:-1] + b"?")
    broken = jobtide("verify", store=tmp_path)
    assert (broken.returncode, archived.name in broken.stdout) == (1, True)


def test_the_demo_tells_its_story_within_80_columns(tmp_path: Path) -> None:
    done = jobtide("demo", store=tmp_path)
    assert done.returncode == 0, done.stderr
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    for words in (
        "6,693 real postings of 334 employers", "The article said", "consistent", "not testable", "Hiring Lab",
        "Official median, OEWS Data Scientists", "seen and rejected", "demo/report.html",
    ):  # fmt: skip
        assert words in done.stdout
    assert (tmp_path / "demo" / "report.html").stat().st_size > 100_000

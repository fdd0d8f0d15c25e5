"""Exported files: what stands in them, that no spreadsheet runs them, and that they are what the package says."""

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from jobtide.cli import app
from jobtide.report.masks import mask
from jobtide.report.tabular import csv_of, neutral, plain, table_of
from jobtide.store.snapshot import publish
from jobtide.tables import SNAPSHOT, TEXT
from tests.report.conftest import posting

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
ENVELOPE = {"key": "a", "label": "a", "value": 1.0, "low": None, "high": None, "n": 1, "employers": 1, "flag": ""}


@given(st.text(alphabet="=+-@\t\r\n'\"\ufeff aB1", max_size=6))
def test_a_neutral_cell_is_never_live_and_reads_back(text: str) -> None:
    assert plain(neutral(text)) == text
    assert not neutral(text).lstrip(' "\ufeff').startswith(LIVE)


def test_numbers_are_no_formulas() -> None:
    rows = [{**ENVELOPE, "label": "=cmd()", "difference": -0.25}]
    read = next(csv.DictReader(io.StringIO(csv_of(rows).decode())))
    assert (read["label"], read["difference"]) == ("'=cmd()", "-0.25")


def test_columns_of_mixed_numbers_and_of_nothing_have_one_type() -> None:
    rows = [{**ENVELOPE, "more": 1}, {**ENVELOPE, "more": 0.5}, {**ENVELOPE, "more": None}]
    found = table_of(rows)
    assert found["more"].to_pylist() == [1.0, 0.5, None]
    assert found["low"].to_pylist() == [None, None, None]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store whose snapshot has forty postings, the first with a title that would be a formula, and one text."""
    rows = [posting(i) for i in range(40)]
    rows[0]["title"] = '=HYPERLINK("http://example.org")'
    text = [
        {"version": "v000", "text": "Ask jo@example.org or +1 (415) 555-0100. Pay 100,000 - 120,000.", "sections": []}
    ]
    tables = {
        "posting": pa.Table.from_pylist(rows, schema=SNAPSHOT["posting"]),
        "fact": SNAPSHOT["fact"].empty_table(),
        "text": pa.Table.from_pylist(text, schema=TEXT),
    }
    sources = [{"name": "test", "attribution": "Invented boards", "terms": "https://example.org/terms"}]
    publish(tmp_path / "store", tables, made={"sources": sources})
    return tmp_path / "store"


def export(store: Path, *words: str) -> Path:
    """Run the command; returns the folder."""
    out = store.parent / "out"
    done = CliRunner().invoke(app, ["--store", str(store), "export", *words, "-o", str(out)], standalone_mode=False)
    if done.exception:
        raise done.exception
    return out


def test_every_file_is_what_the_package_says(store: Path) -> None:
    out = export(store, "--format", "csv", "--format", "json", "--format", "parquet", "tables", "duties", "roles")
    package: dict[str, Any] = json.loads((out / "datapackage.json").read_text())
    files = {p.relative_to(out).as_posix() for p in out.rglob("*.*") if p.parent != out}
    assert {resource["path"] for resource in package["resources"]} == files
    assert len({resource["name"] for resource in package["resources"]}) == len(files)
    for resource in package["resources"]:
        body = (out / resource["path"]).read_bytes()
        assert (len(body), f"sha256:{hashlib.sha256(body).hexdigest()}") == (resource["bytes"], resource["hash"])
        names = [field["name"] for field in resource.get("schema", {}).get("fields", ())]
        assert all(field["description"] for field in resource.get("schema", {}).get("fields", ()))
        if resource["format"] == "csv":
            assert next(csv.reader(io.StringIO(body.decode()))) == names
        elif resource["format"] == "parquet":
            assert pq.read_schema(out / resource["path"]).names == names
        elif resource["format"] == "jsonl" and body:
            assert list(json.loads(body.splitlines()[0])) == names
    assert package["sources"][0] == {
        "title": "test", "attribution": "Invented boards", "path": "https://example.org/terms",
    }  # fmt: skip


def test_the_same_snapshot_gives_the_same_bytes_and_is_cited_by_id_and_date(store: Path) -> None:
    first = {p.name: p.read_bytes() for p in export(store, "member", "roles").rglob("*") if p.is_file()}
    again = {p.name: p.read_bytes() for p in export(store, "member", "roles").rglob("*") if p.is_file()}
    assert first == again
    snapshot = json.loads(first["datapackage.json"])["version"]
    for name in ("CITATION.cff", "citation.bib", "README.md"):
        assert snapshot in first[name].decode()
        assert "2026-11-03" in first[name].decode()


def test_no_cell_is_live_and_all_read_back(store: Path) -> None:
    out = export(store, "posting")
    with (out / "tables" / "posting.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(LIVE)]
    titles = {plain(row["title"]) for row in rows}
    assert '=HYPERLINK("http://example.org")' in titles
    assert rows[0]["seen_at"] == "2026-11-03T00:00:00Z"


def test_texts_leave_on_request_only_and_without_addresses(store: Path) -> None:
    assert not list(export(store).rglob("text.*"))
    out = export(store, "text", "--texts", "--format", "parquet")
    (text,) = pq.read_table(out / "tables" / "text.parquet")["text"].to_pylist()
    assert text == "Ask xxxxxxxxxxxxxx or xxxxxxxxxxxxxxxxx. Pay 100,000 - 120,000."


@given(st.text(max_size=60))
def test_a_mask_keeps_every_offset(text: str) -> None:
    assert len(mask(text).encode("utf-8", "surrogatepass")) == len(text.encode("utf-8", "surrogatepass"))


def test_what_cannot_be_shown_is_named_with_its_reason(store: Path) -> None:
    out = export(store, "growth", "roles")
    readme = (out / "README.md").read_text()
    assert "- growth: growth needs two complete crawls" in readme
    assert "`figures/roles` (csv)" in readme


def test_a_misspelt_name_is_a_usage_error(store: Path) -> None:
    from jobtide.errors import UsageError

    with pytest.raises(UsageError, match="nothing to export named 'postings'"):
        export(store, "postings")

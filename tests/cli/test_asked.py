"""An id alone leads back to its figure, whatever filters and options it was asked with."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from jobtide.cli import app
from jobtide.cli.where import BUNDLED
from jobtide.errors import JobtideError
from jobtide.store import asked


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store whose current snapshot is the bundled pack."""
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "pack").symlink_to(BUNDLED)
    (tmp_path / "CURRENT").write_text("pack")
    return tmp_path


def _run(store: Path, *words: str) -> str:
    found = CliRunner().invoke(app, ["--store", str(store), *words], standalone_mode=False)
    assert found.exception is None, found.exception
    return found.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("skills", "--state", "NY", "--seniority", "senior", "--by", "work_mode"),
        ("pay", "--since", "2025-06-01", "--kind", "base", "--currency", "USD"),
        ("pairs", "--skill", "python", "--remote"),
        ("outlook", "--horizon", "6m", "--country", "GB"),
    ],
)
def test_the_id_of_any_figure_finds_it_again(store: Path, words: tuple[str, ...]) -> None:
    made = json.loads(_run(store, "market", *words, "--format", "json"))
    shown = _run(store, "explain", made["id"])
    assert made["title"] in shown.splitlines()[0]
    assert f"figure {made['id']}" in shown
    row = made["rows"][0]["key"]
    assert f"figure {made['id']}" in _run(store, "explain", f"{made['id']}#{row}")


def test_a_question_is_noted_once_and_a_broken_line_is_passed_over(store: Path) -> None:
    for _ in range(2):
        _run(store, "market", "roles", "--state", "CA")
    noted = store / asked.FILE
    assert len(noted.read_text().splitlines()) == 1
    noted.write_text('{"id": "0123456789ab", "quest\n' + noted.read_text())
    id = json.loads(noted.read_text().splitlines()[1])["id"]
    assert asked.find(store, "0123456789ab") is None
    assert f"figure {id}" in _run(store, "explain", id)


def test_a_figure_of_another_snapshot_says_so_and_how_to_ask_it_here(store: Path) -> None:
    asked.record(store, "ba9876543210", {"snapshot": "old", "question": "pay", "filters": {"state": "CA"},
                                         "options": {"by": "role"}})  # fmt: skip
    with pytest.raises(JobtideError, match=r"is of snapshot old, .* 'jobtide explain pay --state CA --by role'"):
        CliRunner().invoke(
            app, ["--store", str(store), "explain", "ba9876543210"], standalone_mode=False, catch_exceptions=False
        )


def test_the_list_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked, "_MOST", 10)
    for number in range(400):
        asked.record(tmp_path, f"{number:012d}", {"question": "skills", "filters": {}, "options": {}})
    assert asked.find(tmp_path, f"{399:012d}") is not None
    assert asked.find(tmp_path, f"{0:012d}") is None


def test_nothing_is_noted_where_there_is_no_store(tmp_path: Path) -> None:
    asked.record(tmp_path / "none", "0123456789ab", {})
    assert not (tmp_path / "none").exists()

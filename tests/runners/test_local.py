"""A killed worker loses nothing; a row that raises or kills is set aside with its reason."""

import os
import signal
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from jobtide.model import Spec
from jobtide.runners import local

SPEC = Spec("t", "g", "z", "r")
OUTPUT = pa.schema([("version", pa.string()), ("length", pa.int64()), ("error", pa.string())])
HERE = "tests.runners.test_local"


def batches(*groups: str) -> list[pa.RecordBatch]:
    """One batch a group, one row a word."""
    return [pa.RecordBatch.from_pydict({"version": group.split()}) for group in groups]


def lengths(batch: pa.RecordBatch, spec: Spec) -> pa.RecordBatch:  # noqa: ARG001 - the seam's shape
    """Length of each word; "boom" raises, "kill" kills the process, "once:FILE" kills it the first time."""
    out = []
    for word in batch.column("version").to_pylist():
        if word == "boom":
            raise ValueError("boom is no word")
        if word == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if word.startswith("once:") and not Path(word[5:]).exists():
            Path(word[5:]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        out.append({"version": word, "length": len(word), "error": ""})
    return pa.RecordBatch.from_pylist(out, schema=OUTPUT)


def rows(found: list[pa.RecordBatch]) -> list[tuple[str, int | None, str]]:
    """All rows in order."""
    return [(r["version"], r["length"], r["error"]) for batch in found for r in batch.to_pylist()]


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers import this module by its name."""
    root = str(Path(__file__).resolve().parents[2])
    monkeypatch.setenv("PYTHONPATH", root)
    monkeypatch.syspath_prepend(root)
    assert root in sys.path


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_order_of_the_input(workers: int) -> None:
    found = list(local.run(batches("a bb", "ccc", "d"), f"{HERE}:lengths", SPEC, workers=workers, in_process=0))
    assert rows(found) == [("a", 1, ""), ("bb", 2, ""), ("ccc", 3, ""), ("d", 1, "")]


def test_a_row_that_raises_costs_only_itself() -> None:
    found = list(local.run(batches("a boom ccc"), f"{HERE}:lengths", SPEC))
    assert rows(found) == [("a", 1, ""), ("boom", None, "ValueError: boom is no word"), ("ccc", 3, "")]


def test_a_worker_that_dies_once_loses_nothing(tmp_path: Path) -> None:
    word = f"once:{tmp_path / 'died'}"
    found = list(local.run(batches("a bb", f"ccc {word}", "d"), f"{HERE}:lengths", SPEC, workers=2, in_process=0))
    assert rows(found) == [("a", 1, ""), ("bb", 2, ""), ("ccc", 3, ""), (word, len(word), ""), ("d", 1, "")]


def test_a_row_that_always_kills_is_set_aside_alone() -> None:
    found = list(local.run(batches("a bb", "ccc kill d"), f"{HERE}:lengths", SPEC, workers=2, in_process=0))
    assert rows(found) == [
        ("a", 1, ""), ("bb", 2, ""), ("ccc", 3, ""),
        ("kill", None, "reading this row killed its process"), ("d", 1, ""),
    ]  # fmt: skip


def test_nothing_gives_nothing() -> None:
    assert list(local.run([], f"{HERE}:lengths", SPEC, workers=4)) == []

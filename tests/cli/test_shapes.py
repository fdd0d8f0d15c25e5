"""Every question in every format of ``--format``, to the screen and to a file."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from jobtide.cli import app, shapes
from jobtide.cli.question import Question
from jobtide.cli.where import BUNDLED
from jobtide.errors import NotSupported
from jobtide.market.ask import NAMES, ask
from jobtide.market.figure import Figure
from jobtide.market.filters import Filters
from jobtide.store.snapshot import Snapshot

ASKED: dict[str, dict[str, str]] = {"contrast": {"to": "data_scientist"}}
FILTERS = {"contrast": Filters(role="ml_engineer", family="all")}


@pytest.fixture(scope="module")
def figures() -> Iterator[dict[str, Figure]]:
    """Each question on the bundled pack that one crawl can answer."""
    found = {}
    with Snapshot.open(BUNDLED) as shot:
        for name in NAMES:
            with suppress(NotSupported):
                found[name] = ask(name, shot, FILTERS.get(name, Filters()), **ASKED.get(name, {}))
        yield found


def test_only_questions_of_change_are_refused_on_the_bundled_pack(figures: dict[str, Figure]) -> None:
    refused = {"rising", "falling", "trend", "new_terms", "growth", "flow", "time_open", "change"}
    assert set(NAMES) - set(figures) <= refused, set(NAMES) - set(figures)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_written_in_every_format(figures: dict[str, Figure], name: str) -> None:
    if name not in figures:
        pytest.skip("refused on one crawl")
    figure = figures[name]
    keys = [row.key for row in figure.rows]
    record: dict[str, Any] = json.loads(shapes.write(figure, "json"))
    assert [row["key"] for row in record["rows"]] == keys
    assert [json.loads(line)["key"] for line in shapes.write(figure, "jsonl").splitlines()] == keys
    assert [row["key"] for row in csv.DictReader(io.StringIO(shapes.write(figure, "csv").decode()))] == keys
    assert pq.read_table(io.BytesIO(shapes.write(figure, "parquet")))["key"].to_pylist() == keys
    assert figure.title in shapes.write(figure, "md").decode()
    assert all(len(line) <= 100 for line in shapes.write(figure, "table").decode().splitlines())
    spec: dict[str, Any] = json.loads(shapes.write(figure, "vl"))
    assert spec["description"].startswith(figure.title)
    assert shapes.write(figure, "svg").startswith(b"<svg")


@cache
def _commands() -> set[str]:
    from jobtide.cli.market import market

    return set(market.commands)


@pytest.mark.parametrize("name", NAMES)
def test_every_question_is_a_command(name: str) -> None:
    assert name in _commands()


@pytest.mark.parametrize("shape", ["csv", "parquet", "png"])
def test_a_figure_goes_to_a_file(tmp_path: Path, shape: str) -> None:
    path = tmp_path / f"figure.{shape}"
    words = ["--store", str(tmp_path), "market", "seniority", "--format", shape, "-o", str(path)]
    assert CliRunner().invoke(app, words, standalone_mode=False).exception is None
    begins = {"csv": b"key,label", "parquet": b"PAR1", "png": b"\x89PNG"}
    assert path.read_bytes().startswith(begins[shape])


@pytest.mark.parametrize("name", NAMES)
def test_the_help_of_a_question_says_what_comes_back_and_which_options_it_takes(name: str) -> None:
    from jobtide.cli.market import market
    from jobtide.market.ask import takes, told

    if not isinstance(market.commands[name], Question):
        pytest.skip("a command with a help of its own")
    said = CliRunner().invoke(market, [name, "--help"]).output
    first = " ".join(told(name).split("\n\n")[0].replace("``", "").split()).removeprefix("Return ")
    assert first.partition(" Raises ")[0][:60] in " ".join(said.split())
    for option in ("about", "to", "certificate", "by"):
        assert (f"--{option} " in said) == (option in takes(name))

"""What does the tagger add: new terms as they stand, known ones linked, nothing twice, no namesakes?"""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from jobtide.cli import app
from jobtide.enrich.answer import answer, version_row
from jobtide.enrich.batch import readings
from jobtide.enrich.buffer import Buffer
from jobtide.enrich.deep import open as opened
from jobtide.enrich.deep.answer import added, answers
from jobtide.enrich.deep.discover import Finder, discover
from jobtide.enrich.deep.open import core, link
from jobtide.enrich.deep.tag import Tagged, tag

POSTING = {
    "id": "a1", "title": "Data Engineer", "employer": "Harbour Mills", "location": "",
    "text": "Requirements:\n- Experience with Python, Kuberentes and Brimlexdb\n- Knowledge of Quondleflow and Spark\n"
    "Nice to have:\n- Experience with Vexwire",
}  # fmt: skip


TERMS = (
    b"Python",
    b"Kuberentes",
    b"Kubernetes",
    b"Brimlexdb",
    b"Quondleflow",
    b"Spark",
    b"Vexwire",
    b"Phoenix",
    b"design systems",
)


def tagged(buffers: Sequence[Buffer], threshold: float = 0.4) -> list[list[Tagged]]:
    """A tagger that knows what it shall find, so that what is made of it can be told exactly."""
    assert threshold
    out = []
    for buffer in buffers:
        at = [(m.start(), m.end()) for m in re.finditer(b"|".join(TERMS), buffer.data)]
        blocks = [next((w for w in buffer.blocks[2:] if w.start <= start < w.end), None) for start, _ in at]
        out.append([Tagged(*span, block, 0.8) for span, block in zip(at, blocks, strict=True) if block])
    return out


@pytest.fixture(autouse=True)
def _sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "tag", tagged)


def estimated(row: dict[str, Any]) -> list[dict[str, Any]]:
    (said,) = answers([row])
    return [skill for skill in said["skills"] if skill["basis"] == "estimated"]


def test_unknown_terms_stand_behind_the_known_ones_and_say_so() -> None:
    found = {skill["quote"]: skill for skill in estimated(POSTING)}
    assert found["Brimlexdb"]["id"] is None
    assert found["Brimlexdb"]["rule"] == "deep/surface"
    assert found["Brimlexdb"]["need"] == "required"
    assert found["Vexwire"]["need"] == "preferred"
    assert found["Kuberentes"]["id"] == "kubernetes"
    assert found["Kuberentes"]["rule"] == "deep/linked"
    assert all(skill["confidence"] == 0.8 for skill in found.values())
    assert set(found) == {"Kuberentes", "Brimlexdb", "Quondleflow", "Vexwire"}  # Python and Spark are known
    laid = readings([version_row(POSTING)])[0].doc.text.decode()
    assert all(laid[s["start"] : s["end"]] == s["quote"] for s in found.values())


def test_the_rest_of_the_answer_is_that_of_read() -> None:
    (deep,) = answers([POSTING])
    plain = answer(POSTING)
    known = [
        {k: v for k, v in s.items() if k not in ("basis", "rule")} for s in deep["skills"] if s["basis"] == "stated"
    ]
    assert known == plain["skills"]
    assert {k: v for k, v in deep.items() if k != "skills"} == {k: v for k, v in plain.items() if k != "skills"}


def test_nothing_is_added_twice_nor_where_the_vocabulary_has_read() -> None:
    twice = {**POSTING, "text": POSTING["text"] + "\n- Experience with Brimlexdb, Python and Kubernetes"}
    names = [skill["name"].lower() for skill in estimated(twice)]
    assert len(names) == len(set(names))
    assert "python" not in names


@pytest.mark.parametrize(
    ("term", "name"),
    [
        (b"postgres", "postgresql"),
        (b"vector database", "vector databases"),
        (b"tensorflwo", None),
        (b"kuberntes", "kubernetes"),
        (b"kafak", None),
        (b"", None),
        (b"brimlex", None),
    ],
)
def test_linking_abstains_unless_the_name_is_sure(term: bytes, name: str | None) -> None:
    concept = link(term)
    assert (concept.name if concept else None) == name


def test_a_namesake_stays_out() -> None:
    row = {**POSTING, "text": "Requirements:\n- You live in Phoenix, Arizona"}
    assert estimated(row) == []


def test_the_shipped_tagger_finds_a_name_that_nobody_has_heard_of() -> None:
    lines = ("Knowledge of Quondleflow and Spark", "Experience with Vexwire and Python", "Strong PyBrim skills")
    text = "\n- ".join(("Requirements:", *lines))
    (buffer,) = (r.buffer for r in readings([version_row({"title": "Data Engineer", "text": text})]))
    found = [buffer.data[t.start : t.end].decode() for t in tag([buffer])[0]]
    assert {"Python", "Spark"} <= set(found)
    assert {"Quondleflow", "Vexwire", "PyBrim"} & set(found)


def test_words_that_say_nothing_are_no_part_of_a_term() -> None:
    assert core(b"modern Brimlex tools") == b"brimlex"
    assert core(b"experience") == b""


def test_text_of_one_posting_lists_what_was_added() -> None:
    assert any("Brimlexdb" in line and "not in the vocabulary" in line for line in added(POSTING))
    assert added({"title": "", "text": ""}) == ["  nothing that the vocabulary has not read"]


def corpus() -> list[dict[str, Any]]:
    """Four employers; three ask for Brimlexdb, one of them in two openings of one text."""
    rows = []
    for i, employer in enumerate(("Alder", "Birch", "Cedar", "Alder", "Doum")):
        term = "Brimlexdb" if employer != "Doum" else "Vexwire"
        rows.append({"id": str(i), "title": "Data Engineer", "employer": employer, "location": "",
                     "text": f"Requirements:\n- Experience with Python, {term} and Kafka at {employer}"})  # fmt: skip
    return rows


def test_discover_counts_employers_and_skips_repeated_texts() -> None:
    rows = corpus()
    done = readings(list(map(version_row, rows)))
    terms = discover(zip([row["employer"] for row in rows], done, strict=True), employers=2)
    first = terms[0].row()
    assert first["term"] == "Brimlexdb"
    assert (first["postings"], first["employers"]) == (3, 3)
    assert first["technical"] == 1.0
    assert {"python", "apache kafka"} <= set(terms[0].near)
    assert all("Brimlexdb" in quote for quote in terms[0].quotes.values())
    assert not any(term.name == "Vexwire" for term in terms)
    assert Finder().terms() == []


def test_the_command_prints_a_table_or_rows(tmp_path: Path) -> None:
    file = tmp_path / "postings.jsonl"
    file.write_text("\n".join(map(json.dumps, corpus())))
    run = CliRunner().invoke(app, ["discover", str(file), "--employers", "2"], standalone_mode=False)
    assert "Brimlexdb" in run.output
    assert "n = 5 postings, 4 employers" in run.output
    run = CliRunner().invoke(
        app, ["discover", str(file), "--employers", "1", "--format", "jsonl"], standalone_mode=False
    )
    assert {json.loads(line)["term"] for line in run.output.splitlines()} >= {"Brimlexdb", "Vexwire"}
    empty = tmp_path / "none.jsonl"
    empty.write_text("")
    assert CliRunner().invoke(app, ["discover", str(empty)], standalone_mode=False).return_value == 3


def test_read_takes_deep(tmp_path: Path) -> None:
    file = tmp_path / "postings.jsonl"
    file.write_text(json.dumps(POSTING))
    run = CliRunner().invoke(app, ["read", str(file), "--deep", "--format", "jsonl"], standalone_mode=False)
    assert {s["rule"] for s in json.loads(run.output)["skills"]} >= {"skill", "deep/surface", "deep/linked"}
    run = CliRunner().invoke(app, ["read", str(file), "--deep"], standalone_mode=False)
    assert "by the tagger, estimated:" in run.output

"""Does the gate give the probability that its weights say, whatever is named, and is what ships what was trained?"""

import math
import runpy
from pathlib import Path

import pytest

from jobtide.enrich import gate, kit, skills
from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import read

ROOT = Path(__file__).resolve().parent.parent.parent
KNOWN = kit.load().taxonomy
TEXT = """About us:
- We sell Kafka, Kafka and more Kafka to ports.
Responsibilities:
- Keep (PyTorch) models honest; PyTorch/CUDA daily
Requirements:
- Python, SQL and a/b testing
- Bachelor's degree in statistics or a related field
Nice to have:
- Rust-like thinking, Rust, no Java needed
"""


def named(title: str, text: str) -> tuple[bytes, dict[str, gate.Named]]:
    """The buffer of a posting, and what it may mean."""
    tools = kit.load()
    buffer = read(version_row({"title": title, "location": "", "text": text})).buffer
    hits = skills.mentions(kit.terms_in(buffer.folded))
    return buffer.data, skills.candidates(buffer.data, buffer.folded, hits, buffer.blocks, tools.taxonomy)


@pytest.mark.parametrize(("title", "text"), [("Tide Modeller", TEXT), ("Python Engineer", ""), ("", "")])
def test_a_probability_is_that_of_the_summed_weights(title: str, text: str) -> None:
    weights = gate.read(gate.WEIGHTS.read_text(encoding="utf-8"))
    data, found = named(title, text)
    sums = [
        weights["bias"] + sum(weights.get(name, 0.0) for name in names)
        for names in gate.load().features(data, found, KNOWN)
    ]
    assert gate.load().score(data, found) == pytest.approx([1 / (1 + math.exp(-total)) for total in sums])


def test_counts_and_neighbours_are_told_apart() -> None:
    data, found = named("Tide Modeller", TEXT)
    features = dict(zip(found, gate.load().features(data, found, KNOWN), strict=True))
    # PyTorch: twice in duties, behind a bracket; Python: first of a list of requirements.
    assert {"mentions 1", "duties 2", "asked 0", "before (", "after )", "section duties"} <= set(features["pytorch"])
    assert {"mentions 0", "asked 1", "duties 0", "after ,", "titled False"} <= set(features["python"])
    assert found["statistics"].soft == "studied"
    assert "apache-kafka" not in found  # only the employer's talk names it


def test_weights_that_say_nothing_believe_half() -> None:
    data, found = named("Tide Modeller", TEXT)
    assert set(gate.Gate({}, KNOWN).score(data, found)) == {0.5}


def test_a_skill_below_the_threshold_is_shown_as_rejected() -> None:
    tools = kit.load()
    buffer = read(version_row({"title": "", "location": "", "text": TEXT})).buffer
    hits = skills.mentions(kit.terms_in(buffer.folded))
    arguments = (buffer.data, buffer.folded, hits, buffer.blocks, tools.taxonomy)
    believed = {found.concept: found.confidence for found in skills.find(*arguments)}
    reasons = {name: reason for _, _, name, reason in skills.rejected(*arguments)}
    assert all(confidence >= gate.load().least[""] for confidence in believed.values())
    assert not {KNOWN.concepts[id].name for id in believed} & {
        n for n, r in reasons.items() if r.startswith("unlikely")
    }


def test_what_ships_is_small_named_and_part_of_the_specification() -> None:
    text = gate.WEIGHTS.read_text(encoding="utf-8")
    assert len(text.encode()) < 300_000
    assert "Licence" in text
    assert kit.spec().gate == gate.sha256()
    weights = gate.read(text)
    assert 0.3 < weights["threshold"] < 0.7
    known = {f"concept {id}" for id in KNOWN.concepts}
    assert {name for name in weights if name.startswith("concept ")} <= known


def test_training_finds_weights_of_a_known_likelihood() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "train_gate.py"))
    # "sure" was meant in 90 of 100 mentions and "odd" in 20 of 100: with little penalty the odds come back.
    rows = [
        tool["Example"](
            "x",
            0,
            [["sure"]] * 100 + [["odd"]] * 100,
            [True] * 90 + [False] * 10 + [True] * 20 + [False] * 80,
            ["required"] * 200,
        )
    ] * 20
    weights = tool["fit"](rows)
    likely = tool["_likely"](weights, tool["Example"]("y", 0, [["sure"], ["odd"], ["new"]], [], []))
    assert likely[0] == pytest.approx(0.9, abs=0.01)
    assert likely[1] == pytest.approx(0.2, abs=0.01)
    assert 0.2 < likely[2] < 0.9


def test_folds_keep_an_employer_together() -> None:
    tool = runpy.run_path(str(ROOT / "tools" / "train_gate.py"))
    assert tool["fold"]("Tides Ltd") == tool["fold"]("Tides Ltd")
    assert {tool["fold"](f"employer {i}") for i in range(200)} == set(range(10))

"""Does the scoring bench count as it says, and is what it stores in step with what the docs show?"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "bench"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import errors
import gold
import labelled
import quality_card
import score
import spans
import stated_pay
from jobtide.enrich import kit
from jobtide.model import Found

READING: dict[str, Any] = json.loads(quality_card.READING.read_text(encoding="utf-8"))


def pay(low: float, high: float, *, period: str = "year", extra: str = "base") -> Found:
    """A range read from a text."""
    return Found("pay", low=low, high=high, currency="USD", period=period, extra=extra)


TIER = {(68000.0, 104500.0, "USD", "year")}


@pytest.mark.parametrize(
    ("stated", "text", "kind"),
    [
        ([pay(68000, 104500)], "", "equal"),
        ([pay(76000, 104500), pay(68000, 93500)], "", "equal"),  # by place; the field holds both
        ([pay(76000, 104500), pay(68000, 93500, extra="ote")], "$68,000 and $104,500", "misread"),
        ([pay(68000, 104500, period="month")], "", "other period"),
        ([pay(70000, 104500)], "$70,000 to $104,500", "two figures"),
        ([pay(70000, 90000)], "68-104.5k, or $70,000 to 90,000", "misread"),
        ([], "We pay $68,000 - $104,500", "missed"),
        ([], "68,000 users\n104,500 customers pay", "silent"),
    ],
)
def test_pay_beside_its_field_is_judged(stated: list[Found], text: str, kind: str) -> None:
    assert stated_pay.judged(TIER, stated, text) == kind


def test_spans_of_bio_tags_tolerate_an_inside_without_a_beginning() -> None:
    assert spans.spans(["I-x", "I-x", "O", "B-x", "B-x", "I-x"]) == {(0, 2), (3, 4), (4, 6)}
    assert spans.spans([]) == set()


def test_mentions_become_the_tokens_they_stand_in() -> None:
    text = [(["Requirements", ":"], set()), (["Python", "and", "machine", "learning", "."], {(2, 4)})]
    assert spans._said(text) == [set(), {(0, 1), (2, 4)}]


def test_a_label_belongs_to_the_concept_that_has_its_name_or_its_words() -> None:
    assert errors.concept_of(("pytorch", "Torch stack", "required")) == "pytorch"
    assert errors.concept_of(("a name nobody has", "PyTorch", "required")) == "pytorch"
    assert errors.concept_of(("a name nobody has", "nor these words", "required")) == ""


def test_the_yardsticks_lines_become_figures() -> None:
    printed = (
        "skills aiml by name, concepts of 3+ postings (145): P 0.869 R 0.835 F1 0.852 (n=1203)\n"
        "visa: accuracy 1.000 (n=160) macro-F1 over labels with 5+ 1.000 stated found 9/10, false 1/150 | []\n"
        "pay: exact 19/20, false pay 0/140\ncertifications: right 7/8 of predicted; labelled 10\n"
    )
    found = gold.figures(printed)
    assert found["skills aiml by name, concepts of 3+ postings"]["f1"] == 0.852
    assert found["visa"] == {"accuracy": 1.0, "n": 160, "found": 9, "stated": 10, "false": 1}
    assert found["pay"] == {"wrong": 1, "n": 20, "false": 0, "n_without": 140}
    assert found["certifications"] == {"precision": 0.875, "right": 7, "n": 8, "labelled": 10}


def test_a_figure_below_its_floor_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    floors = tomllib.loads(score.SCORES.read_text())["gold_dev"]
    reached = {name: {k.removeprefix("most_"): v for k, v in asked.items()} for name, asked in floors.items()}
    assert score.compare(reached) == []
    reached["role"] = {"accuracy": 0.5}
    reached["pay"] |= {"false": 3}
    assert score.compare(reached) == ["role", "pay"]
    assert "FAIL role, accuracy: 0.500" in capsys.readouterr().out


def test_what_ships_for_the_statistics_is_whole() -> None:
    assert READING["n_postings"] == 160
    assert "out of fold" in READING["how"]
    known = kit.load().taxonomy.concepts
    assert len(READING["skill"].keys() & known.keys()) > 300
    for counts in READING["skill"].values():
        assert set(counts) == {"tp", "fp", "fn"}
        assert all(0 <= n <= 160 for n in counts.values())
    pooled, figure = READING["pooled"], READING["figures"]["skills all by quote or name"]
    assert pooled["tp"] / (pooled["tp"] + pooled["fp"]) == pytest.approx(figure["precision"], abs=0.001)
    assert pooled["tp"] + pooled["fn"] == pytest.approx(figure["n"], rel=0.01)


def test_the_headline_is_out_of_fold_and_the_rest_apart() -> None:
    name = "skills aiml by quote or name"
    assert READING["figures"][name]["f1"] < READING["in_sample"][name]["f1"]
    for name, held in READING["intervals"].items():
        for measure, (low, high) in held.items():
            assert low <= READING["figures"][name][measure] <= high


def test_the_card_is_not_stale() -> None:
    assert quality_card.CARD.read_text(encoding="utf-8") == quality_card.card(READING)


def test_what_nobody_tuned_on_is_shown_beside() -> None:
    unread = READING["elsewhere"]["unread"]
    assert unread["n_postings"] >= 90
    assert f"| {unread['figures']['role']['accuracy']:.3f} |" in quality_card.card(READING)
    sets = {
        name: {row["id"] for row in labelled.rows(path)}
        for path in labelled.KEPT.glob("*.jsonl")
        for name in [path.stem]
    }
    assert not sets["unread"] & sets["others"]


def test_kept_labels_hold_places_and_no_words() -> None:
    posting = {"id": "x:1", "employer": "Tides", "title": "Modeller", "location": "Oslo", "text": "We use Python."}
    told = {
        "id": "x:1", "skills": [{"skill": "python", "mention": "Python", "need": "required"}],
        "pay": [{"min": 1, "max": 2, "quote": "We"}], "years_quote": "We", "degree_quote": None, "doubt": "We use",
    }  # fmt: skip
    kept = labelled.kept(posting, told)
    assert kept["skills"] == [["python", 21, 27, "required"]]
    assert "We" not in json.dumps(kept)

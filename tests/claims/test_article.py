"""The article that jobtide replaces, true sentences, and articles of our own in other styles."""

import json
import re
from pathlib import Path

import pytest
from tests.claims.conftest import GOLDEN

from jobtide.report.claims import Checked, check
from jobtide.report.claims.quoted import quoted
from jobtide.report.claims.show import brief
from jobtide.store.snapshot import Snapshot

# Words of the article (in the claim or its number) and the classes that its README accepts.
ROWS = [
    ("grow by 40% from 2023 to 2027", "40%", {"scope_mismatch", "unsourced"}),
    ("average salary of $133,336", "$133,336", {"internal_contradiction"}),
    ("from $109,143 to $131,000", "$109,143 to $131,000", {"internal_contradiction"}),
    ("list Python as a requirement", "8%", {"data_contradicted", "internal_contradiction"}),
    ("IT services and consulting", "8%", {"unsourced", "not_checkable", "scope_mismatch"}),
    ("fifth most in-demand job", "", {"unsourced"}),
    ("AI Engineers ($160,757)", "$160,757", {"data_contradicted", "scope_mismatch", "not_checkable"}),
    ("Computer Vision Engineers", "$168,803", {"data_contradicted", "scope_mismatch", "not_checkable"}),
    ("Natural Language Processing", "$86,193", {"data_contradicted", "scope_mismatch", "not_checkable"}),
    ("CAGR of 19%", "19%", {"ok", "unsourced"}),
    ("USD 454.12 billion", "USD 454.12 billion", {"ok", "unsourced"}),
    ("USD 672.11 million", "USD 672.11 million", {"unit_or_scale", "scope_mismatch"}),
    ("California, Texas, and New York lead", "", {"ok"}),
    ("is fundamental", "", {"internal_contradiction"}),
    ("undergraduate degree alone is not sufficient", "", {"internal_contradiction"}),
    ("TensorFlow, Keras, and scikit-learn", "", {"stale", "data_contradicted"}),
    ("[4] ", "", {"unsourced", "conflict_of_interest"}),
    ("[9] ", "", {"unsourced", "conflict_of_interest"}),
    ("BrainStation’s", "", {"unsourced", "conflict_of_interest"}),
    ("IBM Machine Learning", "", {"unsourced", "conflict_of_interest"}),
]


@pytest.fixture(scope="module")
def article(shared: Path, pack: Snapshot) -> Checked:
    path = shared / "data" / "article" / "article.txt"
    return check(path.read_text(encoding="utf-8"), pack, today=2026)


@pytest.mark.shared
@pytest.mark.parametrize(("words", "quantity", "accepted"), ROWS)
def test_every_row_gets_an_accepted_class(article: Checked, words: str, quantity: str, accepted: set[str]) -> None:
    found = [v for v in article.verdicts if words in v.claim and (not quantity or v.quantity == quantity)]
    assert found, "not found in the article"
    assert any(accepted & set(v.classes) for v in found), [(v.classes, v.why) for v in found]


@pytest.mark.shared
def test_the_article_is_contradicted_where_studies_are_and_nowhere_else(article: Checked) -> None:
    wrong = [v.quantity for v in article.verdicts if v.verdict == "contradicted"]
    assert wrong == ["8%"]  # of postings that list Python; never the states, never pay from a sample of boards


@pytest.mark.shared
def test_claims_are_the_exact_words_of_the_article(article: Checked) -> None:
    for verdict in article.verdicts:
        assert article.text[verdict.start :].startswith(verdict.claim)
        assert verdict.quantity in verdict.claim


def sentences() -> list[str]:
    return (GOLDEN / "controls.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("sentence", sentences())
def test_a_true_sentence_is_never_contradicted(sentence: str, pack: Snapshot) -> None:
    found = check(sentence, pack, today=2026)
    assert found.verdicts, "no claim found"
    assert all(v.verdict != "contradicted" for v in found.verdicts), [v.why for v in found.verdicts]
    assert all("internal_contradiction" not in v.classes for v in found.verdicts)


def test_true_sentences_do_not_contradict_each_other(pack: Snapshot) -> None:
    found = check("\n".join(sentences()), pack, today=2026)
    assert not found.failing(["contradicted", "internal_contradiction", "arithmetic", "unit_or_scale"])


ARTICLES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".txt", ".md", ".html"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name)
def test_articles_of_our_own(path: Path, pack: Snapshot, *, update_golden: bool) -> None:
    found = check(path.read_text(encoding="utf-8"), pack, html=path.suffix == ".html", today=2026)
    rows = [
        {"claim": v.claim[:70], "quantity": v.quantity, "type": v.type, "verdict": v.verdict, "classes": v.classes}
        for v in found.verdicts
    ]
    made = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    expected = path.with_suffix(".jsonl")
    if update_golden:
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")


def test_the_quoted_article_is_checked_by_the_same_rules(pack: Snapshot) -> None:
    found = quoted(pack)
    kinds = {v.quantity or v.claim: set(v.classes) for v in found.verdicts}
    assert "data_contradicted" in kinds["8%"]
    assert "scope_mismatch" in kinds["40%"]
    assert "internal_contradiction" in kinds["$133,336"]
    assert kinds["19%"] >= {"ok"}
    assert "unit_or_scale" in kinds["USD 672.11 million"]
    lines = brief(found)
    assert all(len(line) <= 80 for line in lines)
    assert any("California" in line for line in lines)


def rows_of(readme: str) -> list[tuple[str, set[str]]]:
    """The rows of the README's table: what the article says, and the classes that are accepted for it."""
    cells = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in readme.splitlines()
        if line[:2] == "| "
    ]
    return [(row[0], {name.strip() for name in row[2].split(",")}) for row in cells[2:] if len(row) == 3]


def marks(words: str) -> set[str]:
    """What a claim must hold to be the one meant: its amounts, else its quoted words, else a reference's number."""
    quoted = " ".join(re.findall(r'"([^"]+)"', words))
    amounts = {found.rstrip(",.") for found in re.findall(r"\$?\d[\d,.]*%?", quoted) if len(found) > 1}
    amounts = {found for found in amounts if not re.fullmatch(r"(?:19|20)\d\d", found)}
    if amounts:
        return amounts
    if quoted:
        return {part.strip() for text in re.findall(r'"([^"]+)"', words) for part in re.split(r" \.\.\. | / ", text)}
    return {f"[{number}]" for number in re.findall(r"\d+", words)}


@pytest.mark.shared
def test_every_row_of_the_readme_gets_an_accepted_class(shared: Path, article: Checked) -> None:
    rows = rows_of((shared / "data" / "article" / "README.md").read_text(encoding="utf-8"))
    assert len(rows) >= 10
    for words, accepted in rows:
        meant = marks(words)
        found = [v for v in article.verdicts if any(mark in v.claim.replace("’", "'") for mark in meant)]
        assert any(accepted & set(v.classes) for v in found), (words, meant, [(v.claim[:60], v.classes) for v in found])

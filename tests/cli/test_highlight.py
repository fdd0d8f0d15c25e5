"""Does ``read`` show a person each fact in place, in a list by kind with its reason, and what was rejected?"""

import io

import pytest
from rich.console import Console

from jobtide.cli.facts import read_as, single, table
from jobtide.cli.highlight import show
from jobtide.enrich.answer import fact_rows, version_row
from jobtide.enrich.batch import read
from jobtide.enrich.kit import extractors

ROW = {
    "title": "Senior ML Engineer",
    "location": "Zürich; Remote (EU)",
    "employer": "NVIDIA",
    "text": "We go to market in spring.\n\nRequirements:\n- 5+ years of experience with Python\n"
    "- BS in Physics preferred\n- Core hours 9 AM to 1 PM CET\n\n"
    "What we offer:\n- CHF 120,000 - 150,000 base salary a year",
}


def shown(width: int, *, color: bool = False, **more: object) -> str:
    """What is printed for ``ROW`` on so many columns."""
    out = io.StringIO()
    console = Console(
        file=out, width=width, highlight=False, force_terminal=color, color_system="truecolor" if color else None
    )
    show(ROW, console=console, **more)  # type: ignore[arg-type]
    return out.getvalue()


def test_facts_stand_in_brackets_where_there_is_no_colour() -> None:
    text = shown(80)
    for words in ("[Senior|seniority]", "[ML Engineer|role]", "[5+ years|years]", "[Python|skill]", "[Zürich|place]"):
        assert words in text
    assert "\x1b[" not in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_the_list_says_what_was_read_by_which_words_and_why() -> None:
    listed = [line.split() for line in shown(110).partition("go to market")[2].splitlines()]
    joined = [" ".join(line) for line in listed]
    assert "role ml engineer title · engineer/ml · 95%" in joined
    assert any(line.startswith("years 5 or more “5+ years” requirements ·") for line in joined)
    assert any(line.startswith("skills, required python requirements · ") for line in joined)
    assert any(line.startswith("pay 120,000 to 150,000 CHF a year, base") for line in joined)
    assert any(line.startswith("time zone UTC+1 “CET”") for line in joined)
    assert any("the employer's name · 95%" in line for line in joined)


def test_what_was_seen_and_rejected_is_named_with_its_reason() -> None:
    rejected = " ".join(shown(100).partition("seen and rejected:")[2].split())
    assert "“go to market in” not written as a name" in rejected


def test_on_a_wide_terminal_the_list_stands_beside_the_text() -> None:
    first = shown(160, color=True).splitlines()[0]
    assert "ML Engineer" in first
    assert "role" in first.partition("Engineer")[2]


def test_colour_replaces_the_brackets() -> None:
    text = shown(100, color=True)
    assert "|skill]" not in text
    assert "\x1b[1;36mPython" in text


def test_the_text_can_be_cut_and_the_list_left_out() -> None:
    text = shown(80, lines=2, listed=False)
    assert "more lines" in text
    assert "title ·" not in text


def test_every_kind_that_is_read_has_a_name_and_a_place_in_the_list() -> None:
    from jobtide.cli.facts import NAMES

    assert {kind for reader in extractors() for kind in reader.kinds} | {"skill"} == set(NAMES)
    assert single("duty") == "duty"


def test_each_kind_once_then_its_values() -> None:
    facts = fact_rows(read(version_row(ROW)))
    out = io.StringIO()
    Console(file=out, width=100).print(table(facts, width=100))
    firsts = [line.split("  ")[0].strip() for line in out.getvalue().splitlines() if line[:1] != " "]
    assert len(firsts) == len(set(firsts))


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ({"kind": "employer_size", "low": 1200.0, "high": 1200.0}, "1,200"),
        ({"kind": "office_days", "low": 2.0, "high": 3.0}, "2 to 3 a week"),
        ({"kind": "allowed_region", "concept": "US/CA", "low": None, "high": None}, "CA, US"),
        ({"kind": "degree_or_equivalent", "concept": "true", "low": None, "high": None}, "experience may stand for it"),
    ],
)
def test_values_are_plain_words(fact: dict[str, object], words: str) -> None:
    assert read_as(fact) == words

"""What holds for every posting: facts quote their words, and words that say nothing change nothing."""

from importlib import import_module
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobtide.enrich.answer import version_row
from jobtide.enrich.automaton import fold
from jobtide.enrich.batch import read
from jobtide.enrich.language import language
from jobtide.model import DEGREES, EMPLOYMENTS, ROLES, SENIORITIES, Found, Window

FEW = settings(max_examples=60, deadline=None, database=None)
READERS = [
    import_module(f"jobtide.enrich.facts.{name}") for name in ("role", "seniority", "years", "degree", "employment")
]
CLOSED = {
    "role": ROLES, "seniority": SENIORITIES, "degree_required": DEGREES, "degree_preferred": DEGREES,
    "degree_or_equivalent": ("true",), "employment": EMPLOYMENTS, "years_min": ("",),
}  # fmt: skip
SNIPPETS = (
    "Senior", "Machine Learning", "Engineer", "II", "Manager,", "intern", "5+ years", "of experience", "five", "years’",
    "3–5 yrs", "Bachelor’s degree", "PhD", "or equivalent experience", "preferred", "B.S.", "MS", "full-time",
    "Über", "☕", "(", "/", "\n", "\n- ", "Requirements:", "Nice to have:", ". ", "Ph.D.", "no degree", "100",
    "0", "contract",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=5)), max_size=16).map(" ".join)
TITLES = st.tuples(
    st.sampled_from(["", "Senior ", "Staff ", "Junior ", "Lead ", "Principal "]),
    st.sampled_from([
        "Machine Learning Engineer", "Data Scientist", "AI Engineer", "Research Scientist", "Data Engineer",
        "Software Engineer", "MLOps Engineer", "Analytics Engineer", "Product Designer", "Account Executive",
        "Data Analyst",
    ]),
).map("".join)  # fmt: skip


def found(title: str, text: str = "", **more: Any) -> list[Found]:
    """All facts of a posting of these words."""
    return read(version_row({"title": title, "location": "", "text": text, **more})).found


def closed(title: str, text: str = "") -> dict[str, str]:
    """Role, seniority and employment of a posting of these words."""
    kinds = ("role", "seniority", "employment")
    return {f.kind: f.concept for f in found(title, text) if f.kind in kinds}


@FEW
@given(TEXTS, TEXTS)
@example("Ingénieur ☕ Senior", "Requirements:\n- 3–5 years’ experience, Master’s degree (or equivalent experience)")
def test_every_fact_quotes_whole_characters_and_is_of_its_closed_list(title: str, text: str) -> None:
    data = f"{title}\n{text}".encode("utf-8", "replace")
    cut = len(title.encode("utf-8", "replace"))
    windows = [Window(0, cut, "title"), Window(cut + 1, len(data), "requirements")]
    for reader in READERS:
        for fact in reader.find(data, windows):
            assert fact.kind in reader.KINDS
            assert fact.concept in CLOSED[fact.kind]
            assert 0 <= fact.start < fact.end <= len(data)
            assert data[fact.start : fact.end].decode("utf-8").strip()
            assert 0 < fact.confidence <= 1
            assert fact.rule
            assert fact.section in ("title", "requirements")


@FEW
@given(TEXTS, TEXTS)
def test_each_question_gets_one_answer_at_most(title: str, text: str) -> None:
    # Further jobs of one advertisement stand beside its first role, and say so.
    kinds = [f.kind for f in found(title, text) if f.kind in CLOSED and not f.rule.endswith("/besides")]
    assert len(kinds) == len(set(kinds))


@FEW
@given(TITLES, st.sampled_from(["{} - Berlin", "{} (Remote)", "{}, Americas", "{} (m/f/d)", "  {}", "{}\t"]))
def test_where_and_for_whom_does_not_change_what_and_how_senior(title: str, frame: str) -> None:
    assert closed(frame.format(title)) == closed(title)
    assert closed(title.upper()) == closed(title)


@FEW
@given(
    st.integers(1, 25),
    st.integers(0, 6),
    st.sampled_from(["{}-{} years", "{} to {} years", "{}–{} yrs", "{} - {} years"]),
)
def test_a_range_of_years_is_read_as_written(low: int, more: int, form: str) -> None:
    high = min(low + more, 25)
    facts = found("Pilot", f"Requirements:\n- {form.format(low, high)} of experience at sea")
    years = [(f.low, f.high) for f in facts if f.kind == "years_min"]
    assert years == [(low, high)]


@FEW
@given(st.integers(1, 25), st.integers(1, 99))
def test_the_age_of_the_company_is_not_asked_for(asked: int, age: int) -> None:
    plain = f"Requirements:\n- {asked}+ years of experience at sea"
    story = (
        f"We are {age} years old and over the last {age} years we grew.\n\n{plain}\n\nBenefits:\n- {age} year vesting"
    )
    years = [[f.low for f in found("Pilot", text) if f.kind == "years_min"] for text in (plain, story)]
    assert years == [[asked], [asked]]


@pytest.mark.parametrize("number", [26, 40, 99])
def test_more_years_than_a_career_has_are_no_minimum(number: int) -> None:
    assert not [f for f in found("Pilot", f"Requirements:\n- {number} years of experience") if f.kind == "years_min"]


LADDER = [(0, "entry"), (1, "entry"), (2, "mid"), (4, "mid"), (5, "senior"), (7, "senior"), (8, "staff"), (15, "staff")]


@pytest.mark.parametrize(("years", "level"), LADDER)
def test_years_give_a_level_only_where_the_title_is_silent(years: int, level: str) -> None:
    text = f"Requirements:\n- {years} years of experience at sea"
    assert closed("Data Engineer", text)["seniority"] == level
    assert closed("Principal Data Engineer", text)["seniority"] == "principal"


def test_nothing_said_is_nothing_found() -> None:
    assert [f for f in found("", "") if f.kind in CLOSED] == []
    assert [f.kind for f in found("Engineer", "We grow kelp.") if f.kind in CLOSED] == ["role"]


def test_a_wish_is_not_a_demand() -> None:
    wish = "Nice to have:\n- PhD in botany\n- 9+ years of experience"
    kinds = {f.kind: f.need for f in found("Botanist", wish) if f.kind in CLOSED and f.kind != "role"}
    assert kinds == {"degree_preferred": "preferred"}


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "We grow kelp on ropes, and you help us with the nets and the boats of our small team every morning."),
        ("de", "Wir züchten Algen und du hilfst uns mit der Ernte, dem Verkauf und den Booten für dein kleines Team."),
        ("fr", "Nous cultivons des algues et vous travaillez avec nous sur les bateaux, les filets et les marchés."),
        ("und", "Senior Engineer"),
        ("und", ""),
    ],
)
def test_a_language_is_named_by_its_small_words(code: str, words: str) -> None:
    data = words.encode()
    assert language(fold(data), data) == code

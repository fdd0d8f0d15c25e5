"""How two titles stand to each other, from one job to two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.link.likeness import Likeness, likeness
from jobtide.link.titles import folded


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Miller", "Senior Miller", Likeness.DIFFERENT),
        ("Engineer II", "Engineer III", Likeness.DIFFERENT),
        ("Master Electrician", "Journeyman Electrician", Likeness.DIFFERENT),
        ("Account Executive, Enterprise", "Account Executive, Mid-Market", Likeness.DIFFERENT),
        ("Backend Engineer", "Frontend Engineer", Likeness.DIFFERENT),
        ("Miller (Day Shift)", "Miller (Night Shift)", Likeness.DIFFERENT),
        ("Miller Intern - Summer", "Miller Intern - Winter", Likeness.DIFFERENT),
        ("Miller Intern 2025", "Miller Intern 2026", Likeness.DIFFERENT),
        ("Copywriter, French speaking", "Copywriter, Spanish speaking", Likeness.DIFFERENT),
        ("Miller (Contract)", "Miller", Likeness.DIFFERENT),
        ("Intermediate Miller", "Miller", Likeness.DIFFERENT),
        ("Analytics Miller", "Sales Miller", Likeness.DIFFERENT),
        ("Licensed Clinical Social Worker", "Clinical Psychologist", Likeness.DIFFERENT),
        ("Licensed Physical Therapist", "Therapist", Likeness.ADDITION),
        ("Social Worker", "Licensed Social Worker", Likeness.DIFFERENT),
        ("Engineering Manager", "Engineer", Likeness.DIFFERENT),
        ("Miller", "Miller, Water Wheels", Likeness.ADDITION),
        ("Founding Miller", "Miller", Likeness.ADDITION),
        ("Miller", "Miller, Data", Likeness.NARROWER),
        ("Wassermüller", "Moulineur", Likeness.TRANSLATED),
        ("Ingénieure logiciel senior, meules", "Senior Engineer, Millstones", Likeness.TRANSLATED),
        ("Ingénieure logiciel senior, meules", "Engineer, Millstones", Likeness.DIFFERENT),
        ("Paid Search Manager 磨坊", "Paid Search Manager", Likeness.TRANSLATED),
        ("Ingénieur, meules", "Ingénieur, farine", Likeness.OTHER_WORDS),
        ("RV Technician", "Wohnmobilmechaniker", Likeness.TRANSLATED),
        ("Lending Operations Manager", "Lending Contact Manager", Likeness.DIFFERENT),
        ("Oat Bread Growth Miller", "Oat Bread Support Miller", Likeness.RENAMED),
        ("Oat Bread Frontend Miller", "Oat Bread Backend Miller", Likeness.DIFFERENT),
        ("Oat Bread Growth Miller", "Oat Bread Senior Miller", Likeness.DIFFERENT),
        ("Machine Learning Engeneer", "Machine Learning Engineer", Likeness.SAME),
        ("SEO Writer", "Search Engine Optimization Writer", Likeness.SAME),
    ],
)
def test_likeness(one, other, expected):
    assert likeness(folded(one), folded(other)) is expected
    assert likeness(folded(other), folded(one)) is expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_a_title_is_like_itself(one, other):
    ours, theirs = folded(one), folded(other)
    assert likeness(ours, ours) is Likeness.SAME
    assert likeness(ours, theirs) is likeness(theirs, ours)

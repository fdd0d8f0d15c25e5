"""What of a title distinguishes jobs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.link.likeness import Likeness, likeness
from jobtide.link.places import place_words
from jobtide.link.titles import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Miller - Berlin", "Miller (Hamburg)"),
        ("Sr. Miller", "Senior Miller (m/w/d)"),
        ("Miller II", "Miller 2 - Remote"),
        ("Miller REQ-10442", "Miller #77"),
        ("Miller, Austin, TX", "Miller | Fully Remote (US only)"),
        ("Full Stack Engineer", "Fullstack Engineer"),
        ("Growth Engineer", "Software Engineer, Growth"),
        ("Developer", "Engineer"),
        ("SDR", "Sales Development Representative"),
        ("Account Executive - UK/I", "Account Executive - DACH"),
        ("Account Executive (Global)", "Account Executive (Americas)"),
        ("Miller (first hire in Boston)", "Miller"),
        ("BERLIN - Miller (all genders)", "Millers"),
        ("Miller, Cleveland, OH", "Miller - Boston, MA"),
        ("Miller - $10K Sign On", "Miller"),
        ("Licensed Clinical Social Worker (Remote Ohio)", "Therapist - Remote Utah"),
        ("LMFT", "Licensed Professional Counselor"),
        ("Dev Ops Engineer", "DevOps Engineers"),
        ("MLOps Engineer", "ML + DevOps Engineer"),
        ("Software Development Engineer, Oats", "Software Developers, Oats"),
        ("Client Success Manager - French Market", "Customer Success Manager"),
        ("ABA Behavior Technician", "Registered Behavior Technician (RBT)"),
        ("Miller - U.S.", "Miller - Singapore"),
        ("Miller - Day Shift", "Daytime Miller"),
    ],
)
def test_places_spellings_and_formalities_do_not_distinguish(one, other):
    assert folded(one) == folded(other)


def test_places_that_an_employer_prints_do_not_distinguish_but_shared_words_do():
    neutral = place_words(["Quince Mall; Elder Park", "Mobile, AL"])
    assert folded("Miller - Quince Mall", neutral) == folded("Miller - Elder Park", neutral)
    assert folded("Mobile Engineer", neutral) != folded("Engineer", neutral)


def test_a_sentence_in_the_place_of_a_location_names_no_places():
    assert place_words(["Bremen; no remote work but you must come to the mill"]) == {"bremen"}


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

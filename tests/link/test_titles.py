"""What of a title distinguishes jobs."""

import pytest

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
        ("Entry-Level Miller", "Jr. Miller (H1B welcome)"),
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

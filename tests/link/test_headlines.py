"""Whether a title is a text's own first line, and how two such lines stand to each other."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jobtide.link.headlines import PERSONS, headed, headlines, named, one_role
from jobtide.link.likeness import Likeness
from jobtide.link.titles import folded, tokens

BODY = "We grind oats for bakeries in eleven valleys. " * 9


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Fernweh Mills | Bremen", f"Fernweh Mills | Bremen | full time\n\n{BODY}"),
        ("Sieve Engineer", f"Fernweh Mills - Sieve Engineer\n{BODY}"),
        ("Miller; Buyer", f"Fernweh Mills | Bremen | Miller | on site | Buyer\n{BODY}"),
        ("Fernweh Mills in Bremen grinds oats and rye", f"Fernweh Mills in Bremen grinds oats, rye. {BODY}"),
        ("Sieve Engineer (H1B welcome)", f"Bremen - Sieve Engineer (H1B welcome)\n{BODY}"),
        ("Fernweh Mills", f"* * *\n----------\n\nFernweh Mills (Bremen)\n{BODY}"),
        ("Fernweh Mills and Miller", f"Fernweh Mills (http://a.example and http://b.example) Miller\n{BODY}"),
        ("sieve engineers", f"Mill startup hiring sieve engineers.\n{BODY}"),
        ("Fernweh (W14) Bremen: visa and intern are fine", f"Fernweh (W14) Bremen: visa and intern are fine\n{BODY}"),
        ("", BODY),
        ("!", BODY),
    ],
)  # fmt: skip
def test_a_line_of_the_text_is_no_stated_title(title, text):
    assert headed(title, text, "fernwehmills")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Miller", f"About us\n{BODY}We look for a miller."),
        ("Miller", f"{BODY}{BODY} Miller"),
        ("Miller", ""),
        ("Sieve Engineer", f"Sieve Engineer\n{BODY}"),
        ("Sieve Engineer", f"Job title: Sieve Engineer, Bremen\n{BODY}"),
    ],
)
def test_a_title_that_the_text_begins_without_or_only_repeats_was_stated(title, text):
    assert not headed(title, text, "fernwehmills")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Fernweh Mills, Bremen", "Fernweh Mills - on site - http://mills.example", Likeness.HEADLINE),
        ("Millers, Baker, Data Engineer", "Fernweh Mills", Likeness.HEADLINE),
        ("Frontend Engineer, Data Engineer", "Data Engineer, Mobile Engineer", Likeness.HEADLINE),
        ("Frontend Engineer, Mobile Engineer", "Nurse, Clinical Therapist", Likeness.DIFFERENT),
        ("Sieve Engineer", "Oat Sieve Engineer", Likeness.HEADLINE),
        ("Engineer", "Security Engineer", Likeness.NARROWER),
        ("Frontend Engineer", "Backend Engineer", Likeness.DIFFERENT),
        ("Intermediate Rails Developer", "Senior Rails Developer", Likeness.DIFFERENT),
        ("Designer (Hamburg)", "Designers", Likeness.SAME),
    ],
)
def test_how_two_first_lines_stand_to_each_other(one, other, expected):
    assert headlines(folded(one), folded(other)) is expected
    assert headlines(folded(other), folded(one)) is expected


def test_the_employer_s_name_and_address_are_no_part_of_a_first_line():
    line = "Fernweh Mills | Berlin | https://fernweh.example/jobs | Sieve Engineer"
    assert named([line], [f"{line}\n{BODY}"], "fernwehmills") == [(("engineer", "sieve"), True)]
    assert named(["Fernweh Mills"], [f"Fernweh Mills\n{BODY}"], "fernwehmills") == [((), True)]
    stated = named(["Fernweh Sieve Engineer"], [f"About us\n{BODY}"], "fernweh")
    assert stated == [(("engineer", "fernweh", "sieve"), False)]
    assert named(["Sieve Engineer"], [f"Sieve Engineer at Fernweh\n{BODY}"], "fernweh")[0][1]


def test_where_half_of_an_employer_s_texts_are_free_all_are():
    free, heading = f"Sieve Engineer at Fernweh\n{BODY}", f"Sieve Engineer\n{BODY}"
    title = "Sieve Engineer"
    assert [first for _, first in named([title] * 2, [free, heading], "fernweh")] == [True, True]
    assert [first for _, first in named([title] * 3, [free, heading, heading], "fernweh")] == [True, False, False]
    assert named([], [], "fernweh") == []


def test_one_role_is_one_person_at_work():
    assert one_role(folded("Senior Sieve Engineer"))
    assert not one_role(folded("Engineers and Designers"))
    assert not one_role(folded("Frontend, Backend, iOS Engineers"))
    assert not one_role(folded("Engineer roles"))
    assert not one_role(folded("Fernweh Mills, Bremen"))
    assert not one_role(folded("Fernweh helps every engineer grind oats faster with stone, wind, water"))


def test_a_first_line_that_is_one_role_repeats_a_stated_title():
    assert not headed("PRESIDENT", "PRESIDENT", "")


@given(st.text(max_size=400), st.integers(1, 12))
def test_the_first_words_of_a_line_that_names_nobody_are_headed(text, count):
    line = text.strip().split("\n", 1)[0]
    assume(not PERSONS & {word.rstrip("s") for word in tokens(line)})  # "President" alone names somebody
    assert headed(" ".join(line.split()[:count]), text, "")

"""One employer's spellings join; different employers stay apart."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.link.employers import employer_id


@pytest.mark.parametrize(
    "spellings",
    [
        ("Fernweh Mills", "fernweh-mills", "fernweh_mills", "Fernweh%20Mills", "FernwehMills", "FERNWEH MILLS, Inc."),
        ("The Fernweh Mills Ltd", "Fernweh Mills GmbH", "fernwehmills.com", "https://www.fernwehmills.com"),
        ("Oats & Rye", "oats-and-rye", "Oats and Rye LLC", "oatsandrye.io"),
        ("Société du Moulin S.A.", "societe-du-moulin", "Societe du Moulin"),
        ("moulin.ai", "Moulin", "moulin-careers"),
    ],
)
def test_spellings_of_one_employer_share_an_id(spellings):
    assert len({employer_id(name) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moulin", "Moulin Labs"),
        ("Moulin AI", "Moulin Health"),
        ("North Mill", "South Mill"),
        ("Mill 7", "Mill 9"),
        ("水車小屋", "風車小屋"),
    ],
)
def test_names_that_share_a_word_stay_apart(one, other):
    assert employer_id(one) != employer_id(other)


def test_a_name_of_which_nothing_would_be_left_keeps_its_letters():
    assert [employer_id(name) for name in ("Inc", "The", "Careers", "")] == ["inc", "the", "careers", ""]


@given(st.text(max_size=40))
def test_an_id_never_fails_and_is_stable(name):
    assert employer_id(name) == employer_id(name)
    assert employer_id(name) or not name.strip()


@pytest.mark.shared
def test_no_two_boards_of_the_shared_sample_collapse(shared):
    with gzip.open(shared / "data/ashby_boards_2025/postings.jsonl.gz", "rt") as lines:
        boards = {json.loads(line)["_board"] for line in lines}
    assert len(boards) == 334
    assert len({employer_id(board) for board in boards}) == 334

"""Sums over neighbouring sentences: what does not hold is found, what holds or is of other things raises no alarm."""

import pytest

from jobtide.report.claims.find import find
from jobtide.report.claims.findings import ARITHMETIC, INTERNAL, OK
from jobtide.report.claims.inside import inside
from jobtide.report.claims.text import read

WRONG = [
    "From 1,000 postings in 2022 the number of ML jobs went to 1,500 in 2024, a rise of 80%.",
    "Postings for ML engineers rose from 1,000 in 2022 to 1,500 in 2024, a rise of 80%.",
    "In 2022 there were 1,000 ML engineer postings. By 2024 there were 1,500 postings. That is a rise of 80%.",
    "We counted 2,000 AI jobs in 2021. In 2023 there were 1,000 AI jobs. That is a drop of 25%.",
    "Of ML engineer jobs 40% are remote. Another 35% are hybrid. The remaining 35% are on site.",
    "Of ML engineer jobs, 60% are remote, 20% are hybrid and the remaining 30% are on site.",
    "Of ML engineer jobs 40% are remote, 35% hybrid and 35% on site.",
    "An ML engineer earns $10,000 a month. That is $150,000 a year.",
    "ML engineers make $60 an hour. Over a year that is $200,000 a year.",
    "Of 1,200 postings for ML engineers, 300 name Rust. That is 40% of the postings.",
    (
        "We read 1,200 postings. In 2020 the AI market was worth $100 billion. In 2030 it will be worth $200 "
        "billion. That is a CAGR of 12%."
    ),
    (
        "Data scientist postings: 55% ask for a master's degree, 25% for a bachelor's degree, and the rest, "
        "40% of postings, name no degree."
    ),
    "Average pay for data scientists was $120,000 in 2020 and $150,000 in 2024. This represents an increase of 40%.",
]
TRUE = [
    "In 2022 there were 1,000 ML engineer postings. By 2024 there were 1,500 postings. That is a rise of 50%.",
    (
        "In 2022 there were 1,000 ML engineer postings. By 2024 there were 2,250 postings. That is an "
        "increase of 50% a year."
    ),
    "We counted 2,000 AI jobs in 2021. In 2023 there were 1,000 AI jobs. That is a drop of 50%.",
    (
        "There were 2,000 AI jobs in 2021 and 400 data analyst jobs in 2023. That is an increase of 30% over "
        "the quarter before."
    ),
    (
        "Postings for data scientists stood at 800 in 2020. Employers hired 5,000 people in 2023. This "
        "represents a rise of 12% in hiring."
    ),
    "The AI market was worth $100 billion in 2020. It will be worth $200 billion in 2030. That is a CAGR of 7.2%.",
    "Pay for ML engineers averaged $120,000 in 2020 and $150,000 in 2024. This represents an increase of 25%.",
    "Of ML engineer jobs, 40% are remote, 35% are hybrid and the remaining 25% are on site.",
    "Of ML engineer jobs, 40% are remote. Another 35% are hybrid. The remaining 25% are on site.",
    "60% of employers offer remote work for ML engineers, 55% offer hybrid work and 30% work on site.",
    "Some 30% of ML engineer jobs are remote, 25% hybrid and 20% on site; the others do not say.",
    "Of ML engineer jobs 40% are remote. Of these, 30% are in California, and the remaining 70% are elsewhere.",
    "Python is named in 70% of ML engineer postings. SQL is named in 50%. The remaining 30% name no Python at all.",
    "An ML engineer earns $10,000 a month. That is $120,000 a year.",
    "An ML engineer earns $10,000 a month. That is $150,000 a year including bonus.",
    "ML engineers make $60 an hour. Over a year that is $124,800 a year.",
    "Senior ML engineers make $90 an hour. Juniors start at $85,000 a year.",
    "Contractors bill $100 an hour for ML work. That makes $150,000 a year after holidays and unpaid time.",
    "Of 1,200 postings for ML engineers, 300 name Rust. That is 25% of the postings.",
    "We read 714 ads in 2022 and 1,032 ads in 2024. Python was named in 56% of the ads.",
    (
        "Of the 160 postings we read, 121 employers put up one each. That is 95% interval .94 to 1 for ML "
        "engineer postings."
    ),
    (
        "Data scientist postings: 55% ask for a master's degree, 25% for a bachelor's degree, and the rest, "
        "20% of postings, name no degree."
    ),
    "Demand for ML engineers rose 12% in 2023. It rose a further 8% in 2024. That is more than 20% in two years.",
    (
        "In 2023 there were 500 openings for AI engineers in Texas. In 2024 there were 900 openings for AI "
        "engineers in California. Openings rose by 15% across the country."
    ),
    "Remote ML jobs fell from 40% in 2021 to 30% in 2024. The remaining 70% are hybrid or on site.",
    "About 20% of data engineer roles are entry level and 45% are senior. The remaining 35% are in between.",
    "The AI market grew from $100 billion in 2020 to $150 billion in 2023. Over a year that is an average of 14.5%.",
    (
        "Job postings for ML engineers went from 200 to 300, an increase of 50%. A rise of 20% was seen among "
        "data analysts."
    ),
]
HOLDS = [TRUE[0], TRUE[1], TRUE[2], TRUE[5], TRUE[6], TRUE[13], TRUE[15], TRUE[18]]


def _kinds(text: str) -> set[str]:
    article = read(text)
    return {finding.kind for finding in inside(article, find(article), today=2025)}


@pytest.mark.parametrize("text", WRONG)
def test_a_sum_that_does_not_hold_is_found(text: str) -> None:
    assert ARITHMETIC in _kinds(text)


@pytest.mark.parametrize("text", TRUE)
def test_true_words_raise_no_alarm(text: str) -> None:
    assert not _kinds(text) & {ARITHMETIC, INTERNAL}


@pytest.mark.parametrize("text", HOLDS)
def test_a_sum_that_holds_is_said_to(text: str) -> None:
    assert OK in _kinds(text)


def test_sentences_of_two_paragraphs_are_not_held_against_each_other() -> None:
    first, second = WRONG[7].split(". ")
    assert ARITHMETIC not in _kinds(f"{first}.\n\n{second}")

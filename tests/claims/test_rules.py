"""Each rule by an example and a counter-example, small enough to check by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.report.claims import check
from jobtide.report.claims.numbers import quantities
from jobtide.report.claims.text import read
from jobtide.report.references import facts, sellers
from jobtide.store.snapshot import Snapshot


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("$133,336/year", [("money", 133_336, 133_336, "USD", "year")]),
        ("between $150k and $200k a year", [("money", 150_000, 200_000, "USD", "year")]),
        ("$150-200k", [("money", 150_000, 200_000, "USD", "")]),
        ("£60,000 to £95,000 per annum", [("money", 60_000, 95_000, "GBP", "year")]),
        ("€5,000 a month", [("money", 5_000, 5_000, "EUR", "month")]),
        ("65 dollars an hour", [("money", 65, 65, "USD", "hour")]),
        ("USD 2,575.16 billion by 2032", [("money", 2_575.16e9, 2_575.16e9, "USD", "")]),
        ("$3-5 billion", [("money", 3e9, 5e9, "USD", "")]),
        ("₹12 lakh", [("money", 1.2e6, 1.2e6, "INR", "")]),
        ("grew 20-30%", [("percent", 20, 30, "", "")]),
        ("forty percent", [("percent", 40, 40, "", "")]),
        ("up 2.4 percentage points", [("points", 2.4, 2.4, "", "")]),
        ("two thirds of all postings", [("percent", 66, 67, "", "")]),
        ("one in five jobs", [("percent", 20, 20, "", "")]),
        ("the most jobs", []),
        ("from 2023 to 40%", [("percent", 40, 40, "", "")]),
        ("3-5 years of experience", [("years", 3, 5, "", "")]),
        ("5+ years' experience", [("years", 5, 5, "", "")]),
        ("1.2 million new AI jobs", [("count", 1.2e6, 1.2e6, "", "")]),
        ("doubled since 2020", [("multiple", 2, 2, "", "")]),
        ("in 2023 jobs", []),
    ],
)
def test_quantities(words: str, expected: list[tuple[str, float, float, str, str]]) -> None:
    found = [(q.kind, q.low, q.high, q.currency, q.period) for q in quantities(words)]
    assert found == [(kind, pytest.approx(low), pytest.approx(high), *rest) for kind, low, high, *rest in expected]


CASES = [
    # sums: 100 -> 200 in 10 years is 7.2 % a year
    ("The AI market grows from $100 billion in 2020 to $200 billion in 2030, a CAGR of 7.2%.", "ok", None),
    ("The AI market grows from $100 billion in 2020 to $200 billion in 2030, a CAGR of 10%.", "arithmetic", "ok"),
    ("Openings went from 200 to 300, an increase of 50%, for ML engineers.", "ok", "arithmetic"),
    ("Openings went from 200 to 300, an increase of 40%, for ML engineers.", "arithmetic", "ok"),
    ("Of all ads, 30 of 120 (25%) of the jobs name Kafka.", "ok", "arithmetic"),
    ("Of all ads, 30 of 120 (35%) of the jobs name Kafka.", "arithmetic", "ok"),
    ("Remote jobs rose from 20% to 30%, a 10% increase.", "unit_or_scale", "ok"),
    ("Remote jobs rose from 20% to 30%, a 50% increase.", "ok", "arithmetic"),
    ("ML engineers make $60 an hour, or $124,800 a year.", "scope_mismatch", "arithmetic"),
    ("ML engineers make $60 an hour, or $90,000 a year.", "arithmetic", None),
    # units
    ("ML engineers earn an average salary of $150 per year.", "unit_or_scale", "ok"),
    ("ML engineers are paid $150,000 an hour.", "unit_or_scale", "ok"),
    ("130% of employers ask for Python in ML job postings.", "unit_or_scale", None),
    ("The global AI market was worth $136.55 million in 2022.", "unit_or_scale", "ok"),
    # sources and dates
    ("ML engineers earn an average of $130,000.", "unsourced", None),
    ("ML engineers earn an average of $130,000, according to Indeed.", "ok", "unsourced"),
    ("As of 2018, 60% of ML job postings asked for Java.", "stale", None),
    ("AI will create 97 million jobs by 2025.", "stale", None),
    # interests
    ("Enroll in our bootcamp: 95% of our graduates find jobs.", "conflict_of_interest", None),
    # scope: the number is that of a survey of employers, of all the world, of another group
    ("Demand for ML engineers in the US will grow by 40% from 2023 to 2027.", "scope_mismatch", "ok"),
    ("ML engineer jobs will grow 36% from 2021 to 2031.", "scope_mismatch", "ok"),
    ("Data scientist jobs will grow 36% from 2021 to 2031, the BLS projects.", "ok", "scope_mismatch"),
    # data
    ("Just 4% of ML engineer job postings mention PyTorch.", "data_contradicted", None),
    ("Around 40% of ML engineer job postings mention PyTorch.", "ok", "data_contradicted"),
    ("Montana and Wyoming lead in ML engineer jobs.", "data_contradicted", "ok"),
    ("California leads in ML engineer jobs.", "ok", "data_contradicted"),
    ("Data scientists in the US earn a median of $30,000 a year.", "data_contradicted", "ok"),
    ("ML engineers in the UK earn an average of £30,000 a year.", "not_checkable", "data_contradicted"),
]


@pytest.mark.parametrize(("words", "there", "absent"), CASES)
def test_a_class_is_given_where_it_belongs(words: str, there: str, absent: str | None, pack: Snapshot) -> None:
    kinds = {kind for v in check(words, pack, today=2026).verdicts for kind in v.classes}
    if there == "not_checkable":
        assert "data_contradicted" not in kinds
        return
    assert there in kinds
    assert absent not in kinds


PAIRS = [
    ("The average ML engineer salary is $150,000.", "ML engineers earn an average of $110,000.", True),
    ("The average ML engineer salary is $150,000.", "ML engineers earn an average of $152,000.", False),
    ("The average ML engineer salary is $150,000.", "The average data scientist salary is $110,000.", False),
    ("The average ML engineer salary is $150,000.", "In Texas ML engineers earn an average of $110,000.", False),
    ("The average ML engineer salary was $110,000 in 2018.", "ML engineers earned on average $150,000 in 2024.", False),
    ("ML engineer salaries range from $90,000 to $120,000.", "The average ML engineer salary is $140,000.", True),
    ("ML engineer salaries range from $90,000 to $160,000.", "The average ML engineer salary is $140,000.", False),
    ("Entry-level ML engineers earn $160,000.", "Senior ML engineers earn $120,000.", True),
    ("Entry-level ML engineers earn $100,000.", "Senior ML engineers earn $180,000.", False),
    ("70% of ML jobs are remote.", "Only 20% of ML jobs are remote.", True),
    ("70% of ML jobs are remote.", "20% of ML jobs are hybrid.", False),
    ("A PhD is required for ML engineers.", "A PhD is not required to become an ML engineer.", True),
    ("A PhD is required for ML engineers.", "A bachelor's degree alone is not enough.", False),
    ("A master's degree is required for ML engineers.", "You do not need a degree.", True),
    ("A PhD is essential for most ML engineer roles.", "26% of ML engineers hold a PhD.", False),
    ("Demand for ML engineers is rising.", "Demand for ML engineers is falling.", True),
    ("Demand for ML engineers is rising.", "Demand for data analysts is falling.", False),
    ("ML engineers need 3-5 years of experience.", "ML engineers need 7-10 years of experience.", True),
    ("SQL is the most requested language in ML jobs.", "Java is the most requested language in ML jobs.", True),
]  # fmt: skip


@pytest.mark.parametrize(("one", "two", "clash"), PAIRS)
def test_two_claims_of_one_thing(one: str, two: str, pack: Snapshot, *, clash: bool) -> None:
    found = check(f"{one}\n{two}", pack, today=2026)
    assert bool(found.failing(["internal_contradiction"])) is clash, [(v.claim, v.why) for v in found.verdicts]


def test_citations_are_not_numbers_and_numbers_are_not_citations() -> None:
    article = read(
        "Pay is $90,000 1.\nThere are 2 jobs in Iowa 1 2.\nIt grew to 2.\n[1] – https://a.example/x [2] – https://b.example/y"
    )
    assert [s.marks for s in article.sentences] == [(1,), (1, 2), ()]
    assert [s.mark for s in article.sources] == [1, 2]


def test_html_keeps_words_and_leaves_scripts_out() -> None:
    page = (
        "<p>Pay is <b>$90,000</b><sup>1</sup>, a <a href='https://x.example/y'>study</a> says.</p><script>5%</script>"
    )
    article = read(page, html=True)
    assert "5%" not in article.text
    assert article.sentences[0].marks == (1,)
    assert article.sentences[0].hosts == ("x.example",)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab $%0123456789.,-–to\n[]()€Python AI salary jobs grow by from in ", max_size=200))
def test_any_text_is_read_and_claims_are_its_words(text: str) -> None:
    from jobtide.report.claims.find import find

    article = read(text)
    for claim in find(article):
        assert article.text[claim.start :].startswith(claim.words)
        if claim.quantity:
            assert claim.quantity.low <= claim.quantity.high


def test_every_reference_names_source_date_and_where_it_was_found() -> None:
    kinds = ("pay", "growth", "share", "share_ai", "count", "market_size", "remote", "degree", "rank", "state")
    rows = [fact for kind in kinds for fact in facts(kind)]
    assert len(rows) > 60
    for fact in rows:
        assert fact.source, fact.id
        assert fact.date, fact.id
        assert fact.low <= fact.high, fact.id
        assert fact.url.startswith("http") or "counted by this project" in fact.source or "reviews" in fact.source
    assert len({fact.id for fact in rows}) == len(rows)
    assert len({seller.host for seller in sellers()}) == len(sellers())

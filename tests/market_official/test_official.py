"""Do official statistics stand beside postings, each with its own base, and never mixed?"""

import pytest

from jobtide.errors import NotSupported, UsageError
from jobtide.market import charts, hiring_lab, oews, soc
from jobtide.market.ask import ask
from jobtide.market.coverage import coverage
from jobtide.market.explain import explain
from jobtide.market.filters import parse
from jobtide.market.location import location
from jobtide.market.official import official
from jobtide.market.overview import overview
from jobtide.store.snapshot import Snapshot


def test_by_state_counts_openings_and_quotes_oews(small: Snapshot) -> None:
    # ML engineers: 40 in California, 20 in New York; OEWS has Data Scientists in 50 of 51 (Wyoming is withheld).
    found = official(small, parse(role="ml_engineer"), by="state")
    assert found.base.n == 60
    assert len(found.rows) == 51
    assert [(row.key, row.value, row.n) for row in found.rows[:3]] == [("CA", 40, 40), ("NY", 20, 20), ("AK", 0, 0)]
    california = found.row("CA")
    assert california is not None
    assert california.more["location_quotient"] == 1.28  # as published
    assert found.row("WY").more["oews_jobs"] is None  # type: ignore[union-attr]
    assert found.chart == "map"
    assert {source["name"] for source in found.sources} == {"test boards", "OEWS May 2025"}


def test_official_shares_of_the_states_nearly_add_up(small: Snapshot) -> None:
    # What is missing from 1 is Wyoming and rounding: each state is rounded to ten jobs.
    found = official(small, parse(role="data_scientist"), by="state")
    total = sum(row.more["oews_share"] or 0.0 for row in found.rows)  # type: ignore[misc]
    assert total == pytest.approx(1.0, abs=0.01)


def test_by_role_gives_each_row_its_own_base(small: Snapshot) -> None:
    # 60 ML engineers all state pay: midpoints 120,000 to 179,000, median 149,500. Beside them three occupations.
    found = official(small, parse())
    rows = {row.key: row for row in found.rows}
    assert rows["ml_engineer"].value == pytest.approx(149_500)
    assert (rows["ml_engineer"].n, rows["ml_engineer"].more["base"]) == (60, "openings")
    beside = [key for key in rows if key.startswith("ml_engineer/")]
    assert beside == ["ml_engineer/15-2051", "ml_engineer/15-1252", "ml_engineer/15-1221"]
    scientists = rows["ml_engineer/15-2051"]
    assert (scientists.value, scientists.n, scientists.flag) == (120_230, 262_440, "nearest")
    assert scientists.more["base"] == "jobs"
    assert rows["data_scientist/15-2051"].flag == "same occupation"


def test_a_city_joins_the_area_that_names_it(small: Snapshot) -> None:
    found = official(small, parse(role="ml_engineer"), by="city")
    rows = {row.key: row for row in found.rows}
    assert rows["US/CA/San Francisco"].more["area"] == "San Francisco-Oakland-Fremont, CA"
    assert (rows["US/NY/New York"].value, rows["US/NY/New York"].n) == (20, 20)


def test_other_countries_are_refused_and_other_splits_are_errors(small: Snapshot) -> None:
    with pytest.raises(NotSupported, match="United States only"):
        official(small, parse(country="DE"))
    with pytest.raises(UsageError, match="role, state, city"):
        official(small, parse(), by="employer")


def test_coverage_says_what_is_missing(small: Snapshot) -> None:
    # 90 openings with a state: 40 in California (44%), 20 in New York (too few to be a share), 30 in Texas (33%).
    found = coverage(small, parse())
    rows = {row.key: row for row in found.rows}
    assert rows["CA"].more["share"] == pytest.approx(40 / 90)
    assert rows["TX"].more["share"] == pytest.approx(30 / 90)
    assert rows["NY"].more["share"] is None
    assert rows["CA"].more["share_low"] < 40 / 90 < rows["CA"].more["share_high"]  # type: ignore[operator]
    assert rows["FL"].n == 0
    assert any(
        caveat.startswith("48 of 51 states (DC counted as one) have no opening here") for caveat in found.caveats
    )
    official_order = [row.more["oews_share"] for row in found.rows]
    assert official_order == sorted(official_order, reverse=True)  # type: ignore[type-var]


def test_coverage_by_role_stands_beside_the_jobs_of_the_closest_occupation(small: Snapshot) -> None:
    # ML engineers and data scientists are both closest to data scientists, 15-2051: 90 of 90 openings, all the jobs.
    (row,) = coverage(small, parse(), by="role").rows
    assert (row.key, row.n, row.more["share"], row.more["oews_share"]) == ("15-2051", 90, 1.0, 1.0)
    assert row.more["oews_jobs"] == 262_440
    assert row.more["roles"] == "Data scientist and ML engineer"


def test_coverage_by_source_says_whose_boards_were_seen(small: Snapshot) -> None:
    found = coverage(small, parse(), by="source")
    assert [(row.key, row.value, row.more["openings"]) for row in found.rows] == [("test", 1.0, 90)]
    assert any("0 of the" in caveat and "1 of the user's own" in caveat for caveat in found.caveats)
    with pytest.raises(UsageError, match="state, role, source"):
        coverage(small, parse(), by="employer")


def test_the_overview_begins_with_what_the_sample_stands_for(small: Snapshot) -> None:
    found = overview(small, parse())
    assert [(row.key, row.n) for row in found.rows[:5]] == [
        ("sources", 1), ("boards", 12), ("days", 0), ("placed", 90), ("states", 3),
    ]  # fmt: skip


def test_a_location_quotient_is_a_share_of_openings_over_a_share_of_jobs(small: Snapshot) -> None:
    found = location(small, parse())
    rows = {row.key: row for row in found.rows}
    nation = oews.nation(soc.FRAME)
    here = oews.states(soc.FRAME)["CA"]
    assert nation is not None
    assert here is not None
    official = (here.employment or 0) / (nation.employment or 1)
    # 40 of the 90 openings that name a state.
    assert rows["CA"].value == pytest.approx(40 / 90 / official)
    assert (rows["CA"].n, rows["CA"].employers, rows["CA"].more["oews_share"]) == (40, 12, official)
    assert rows["CA"].low is not None
    assert rows["CA"].low < 40 / 90 / official
    assert (rows["NY"].value, rows["NY"].flag) == (None, "too few")  # 20 openings
    assert [row.key for row in found.rows[:3]] == ["CA", "TX", "NY"]
    assert b"<svg" in charts.render(charts.chart(found), "svg")


def test_a_metro_is_joined_by_the_cities_of_its_title(small: Snapshot) -> None:
    found = location(small, parse(), by="metro")
    first = found.rows[0]
    assert (first.label, first.n) == ("San Francisco-Oakland-Fremont, CA", 40)
    assert first.more["oews_jobs"] == 156_010
    with pytest.raises(NotSupported, match="United States only"):
        location(small, parse(country="DE"))
    with pytest.raises(UsageError, match="state, metro"):
        location(small, parse(), by="role")


def test_places_and_occupations_walk_back_to_their_own_openings(small: Snapshot) -> None:
    for name, by, key, texts in (
        ("location", "metro", "0041860", {"US/CA/San Francisco"}),
        ("location", "state", "TX", {"US/TX/Austin"}),
        ("coverage", "role", "15-2051", {"US/CA/San Francisco", "US/NY/New York", "US/TX/Austin"}),
        ("coverage", "source", "test", {"US/CA/San Francisco", "US/NY/New York", "US/TX/Austin"}),
    ):
        found = explain(small, f"{ask(name, small, parse(), by=by).id}#{key}")
        keys = {item.posting for item in found.evidence}
        rows = small.query("select location from posting where list_contains($keys, posting)", {"keys": sorted(keys)})
        assert keys
        assert set(rows["location"].to_pylist()) <= texts


def test_hiring_lab_is_labelled_and_counts_nothing_of_ours(small: Snapshot) -> None:
    found = hiring_lab.ai_share(small, parse())
    assert (found.base.n, found.base.employers, found.examples) == (0, 0, ())
    assert [source["name"] for source in found.sources] == ["Indeed Hiring Lab"]
    assert found.as_of.isoformat() == "2025-12-31"
    assert found.rows[0].key == "US"
    assert len(found.rows) == 9
    first = found.rows[0]
    assert first.value is not None
    assert first.more["change_pp"] == pytest.approx((first.value - float(first.more["year_ago"] or 0)) * 100, abs=0.01)


def test_hiring_lab_by_month_begins_with_the_country_asked(small: Snapshot) -> None:
    found = hiring_lab.ai_share(small, parse(country="DE"), by="month")
    assert found.rows[0].key == "DE/2019-01"
    assert len(found.rows) == 9 * 84
    with pytest.raises(UsageError, match="Hiring Lab has no AI share for 'BR'"):
        hiring_lab.ai_share(small, parse(country="BR"))


def test_the_same_question_has_the_same_id(small: Snapshot) -> None:
    assert official(small, parse(), by="state").id == official(small, parse(), by="state").id
    assert official(small, parse(), by="state").id != official(small, parse(), by="city").id


def test_the_index_of_all_postings_begins_at_100() -> None:
    assert hiring_lab.postings_index("US")["2020-02"] == pytest.approx(100, abs=1.5)
    assert set(hiring_lab.postings_index("GB")) == set(hiring_lab.postings_index("US", adjusted=False))

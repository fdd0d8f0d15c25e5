"""Figures that can be counted by hand, and the questions a base cannot carry."""

import random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.errors import JobtideError, NotSupported, TooFew, UsageError
from jobtide.market.ask import NAMES, ask, filters, identify
from jobtide.market.explain import explain
from jobtide.market.filters import Filters, parse
from jobtide.market.openings import _picks
from jobtide.market.pay import mean_for_claim
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting, stated

KEYS = {
    "figure",
    "id",
    "title",
    "unit",
    "base",
    "as_of",
    "snapshot",
    "sources",
    "rows",
    "method",
    "caveats",
    "examples",
    "chart",
}


def test_a_share_is_hits_over_openings_and_a_denied_skill_is_no_hit(forty: Snapshot) -> None:
    figure = ask("skills", forty, Filters())
    (python,) = figure.rows
    # 32 of 40 openings of 20 employers name it; 16 of 20 employers do; "go" is negated everywhere.
    assert (python.value, python.n, python.employers) == (0.8, 40, 20)
    assert (python.more["named"], python.more["naming_employers"]) == (32, 16)
    # Required in 0..15, preferred in 20..35.
    assert (python.more["required"], python.more["preferred"]) == (16, 16)
    assert python.low is not None
    assert python.high is not None
    assert python.low < 0.8 < python.high
    assert python.flag == "few"  # 40 openings are fewer than 100


def test_the_median_of_midpoints_leaves_other_currencies_and_commission_out(forty: Snapshot) -> None:
    figure = ask("pay", forty, Filters())
    (row,) = figure.rows
    # Midpoints 110,000 to 145,000 in steps of 1,000: the median of 36 is 127,500; of lower ends 117,500, of upper
    # ends 137,500.
    assert (row.value, row.n) == (127_500.0, 36)
    assert (row.more["at_least"], row.more["at_most"]) == (117_500.0, 137_500.0)
    assert figure.base.excluded == {"pay in GBP": 2, "pay with commission or in total": 2}
    assert (figure.base.n, figure.unit) == (36, "USD a year")
    assert "p10" not in row.more  # 36 openings carry no tails


def test_hours_are_2080_a_year_and_the_mean_is_only_for_claims(make: Make) -> None:
    rows = [posting(n, f"e{n % 10}", "ml_engineer", **stated(40, 60, period="hour")) for n in range(40)]
    shot = make(rows)
    assert ask("pay", shot, Filters()).rows[0].value == 104_000.0
    assert mean_for_claim(shot, Filters()) == (104_000.0, 40, 10)


def test_a_cell_below_the_table_is_empty_and_marked(forty: Snapshot) -> None:
    figure = ask("pay", forty, Filters(), by="role")
    by_role = {row.key: row for row in figure.rows}
    assert by_role["ml_engineer"].value is not None
    # ai_engineer: numbers 34 and 35 only.
    assert (by_role["ai_engineer"].value, by_role["ai_engineer"].n, by_role["ai_engineer"].flag) == (None, 2, "too few")
    assert not [v for v in by_role["ai_engineer"].more.values() if isinstance(v, float)]


def test_a_base_too_small_names_the_nearest_broader_group(forty: Snapshot) -> None:
    with pytest.raises(TooFew) as error:
        ask("skills", forty, parse(role="ai_engineer"))
    assert (error.value.n, error.value.employers) == (6, 6)
    assert error.value.broader == ""  # the family, which is the default and needs no words
    with pytest.raises(TooFew) as error:
        ask("skills", forty, parse(role="ml_engineer", state="CA", country="US"))
    assert error.value.n == 17
    assert error.value.broader == "--role ml_engineer --country US"


@pytest.mark.parametrize("name", ["rising", "growth", "flow", "time_open"])
def test_one_moment_carries_no_change_and_says_why(forty: Snapshot, name: str) -> None:
    with pytest.raises(NotSupported) as error:
        ask(name, forty, Filters())
    assert "28 days" in str(error.value)
    assert "one moment (2025-10-25)" in str(error.value)
    assert error.value.exit_code == 3


@pytest.mark.parametrize("name", ["rising", "growth", "flow", "time_open"])
def test_the_bundled_pack_carries_no_change_either(name: str) -> None:
    from jobtide.cli.where import BUNDLED

    with Snapshot.open(BUNDLED) as shot, pytest.raises(NotSupported, match="two complete crawls"):
        ask(name, shot, Filters(family="all"))


def test_places_count_once_in_each_place_of_a_vacancy(make: Make) -> None:
    rows = [posting(n, f"e{n % 8}", "ml_engineer") for n in range(32)]
    rows.append(posting(99, "e0", "ml_engineer", vacancy=rows[0]["posting"]))  # the same vacancy in another place
    facts = [fact(f"{n:04d}", 0, "place", "US/NY/New York") for n in range(32)] + [
        fact("0099", 0, "place", "DE//Berlin")
    ]
    figure = ask("places", make(rows, facts), Filters())
    assert [(row.key, row.value, row.more["openings"]) for row in figure.rows] == [("US", 1.0, 32), ("DE", 1 / 32, 1)]


def test_demand_counts_and_ages_add_up(forty: Snapshot) -> None:
    figure = ask("demand", forty, Filters(family="all"), by="age")
    # Published 0..39 days before: 0-6, 7-29, 30-39; the ten sales openings 100..109 days before.
    assert [row.n for row in figure.rows] == [7, 23, 10, 10, 0]
    assert [row.n for row in ask("demand", forty, Filters(family="all")).rows] == [34, 10, 6]


def test_employers_say_how_concentrated_the_sample_is(forty: Snapshot) -> None:
    figure = ask("employers", forty, Filters(family="all"))
    assert (figure.rows[0].key, figure.rows[0].n, figure.rows[0].more["share"]) == ("seller", 10, 0.2)
    # (40 + 10)^2 / (20 * 2^2 + 10^2) = 2500 / 180 = 13.9
    assert figure.base.effective_employers == 13.9


@pytest.mark.parametrize("name", ["overview", "skills", "pay", "roles", "places", "employers", "demand"])
def test_every_figure_has_the_shape_and_its_own_id(forty: Snapshot, name: str) -> None:
    figure = ask(name, forty, Filters())
    record = figure.to_json()
    assert set(record) == KEYS
    assert ask(name, forty, Filters()).id == figure.id == identify(name, forty, Filters())
    assert ask(name, forty, Filters(family="all")).id != figure.id
    for row in record["rows"]:
        assert {"key", "label", "value", "low", "high", "n", "employers", "flag"} <= set(row)
        if row["low"] is not None:
            assert row["low"] <= row["value"] <= row["high"]
    assert len(record["examples"]) <= 5


def test_a_figure_walks_back_to_postings_and_words(forty: Snapshot) -> None:
    figure = ask("skills", forty, Filters())
    found = explain(forty, f"{figure.id}#python")
    assert found.openings == 32
    assert {item.words for item in found.evidence} == {"python"}
    with pytest.raises(UsageError, match="no row"):
        explain(forty, f"{figure.id}#cobol")
    with pytest.raises(JobtideError, match="no figure"):
        explain(forty, "0123456789ab")


@pytest.mark.parametrize(
    ("given", "offer"),
    [({"role": "ml_enginer"}, "ml_engineer"), ({"seniority": "snior"}, "senior"), ({"country": "USA"}, "US"),
     ({"employer": "e0"}, "e00"), ({"state": "CAL"}, "CA"), ({"since": "soon"}, "2025-10-31")],
)  # fmt: skip
def test_a_misspelt_value_is_an_error_that_offers_the_right_one(
    forty: Snapshot, given: dict[str, Any], offer: str
) -> None:
    with pytest.raises(UsageError, match=offer):
        filters(forty, **given)


@pytest.mark.parametrize("value", ["'; drop table posting; --", "ml_engineer' or '1'='1", "$family", "%"])
def test_values_never_enter_the_statement(forty: Snapshot, value: str) -> None:
    with pytest.raises(TooFew) as error:
        ask("skills", forty, Filters(employer=value))
    assert error.value.n == 0
    assert ask("overview", forty, Filters()).row("postings").n == 50


def test_unknown_questions_splits_and_options_are_usage_errors(forty: Snapshot) -> None:
    for name, options in (
        ("skils", {}),
        ("skills", {"by": "moon"}),
        ("roles", {"currency": "USD"}),
        ("pay", {"basis": "guessed"}),
    ):
        with pytest.raises(UsageError):
            ask(name, forty, Filters(), **options)
    assert "skills" in NAMES


@given(st.lists(st.integers(1, 6), min_size=1, max_size=400), st.randoms(use_true_random=False))
def test_examples_are_the_first_picks_of_five_employers(owners: list[int], order: random.Random) -> None:
    picks = order.sample(range(1, 1000), len(owners))
    firsts = [min(pick for pick, of in zip(picks, owners, strict=True) if of == owner) for owner in set(owners)]
    wanted = min(5, len(firsts))
    found = _picks(np.array(owners, dtype=np.int32), np.array(picks, dtype=np.int32), wanted)
    assert found == tuple(sorted(firsts)[:wanted])


def test_ages_are_counted_from_the_stated_publication(forty: Snapshot) -> None:
    # Published 0 to 39 days before the crawl: the median is 19.5, the quartiles 9.75 and 29.25.
    (row,) = ask("age", forty, Filters()).rows
    assert (row.value, row.n, row.employers) == (19.5, 40, 20)
    assert (row.more["p25"], row.more["p75"]) == (9.75, 29.25)
    assert row.low is not None
    assert row.high is not None
    assert row.low <= 19.5 <= row.high
    # ML engineers are numbers 0 to 33: 16.5. Six AI engineers are too few.
    by_role = {row.key: row for row in ask("age", forty, Filters(), by="role").rows}
    assert by_role["ml_engineer"].value == 16.5
    assert (by_role["ai_engineer"].value, by_role["ai_engineer"].n) == (None, 6)

"""Pay, who states it and under which law, counted by hand; every posting invented."""

from datetime import date
from typing import Any

import pytest

from jobtide.errors import TooFew, UsageError
from jobtide.market import pay_laws
from jobtide.market.annual import PER_YEAR
from jobtide.market.ask import ask
from jobtide.market.explain import explain
from jobtide.market.filters import Filters
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting, stated

ALL = Filters(family="all")


@pytest.fixture
def spread(make: Make) -> Snapshot:
    """120 openings of 30 employers, four each: 40 in Colorado, 40 in Texas, 40 in Berlin.

    All in Colorado state pay, every second one in Texas, none in Berlin; Texans in their text only. Midpoints in
    Colorado are 105,000 to 183,000 in steps of 2,000; each range is 20,000 wide.
    """
    rows, facts = [], []
    for number in range(120):
        place = ("US/CO/Denver", "US/TX/Austin", "DE//Berlin")[number // 40]
        pay: dict[str, Any] = {}
        if number < 40:
            pay = stated(95_000 + 2000 * number, 115_000 + 2000 * number)
        elif number < 80 and number % 2:
            pay = stated(70_000, 90_000, kind="unknown") | {"pay_basis": "stated"}
        rows.append(posting(number, f"e{number % 30:02d}", "ml_engineer" if number % 2 else "ai_engineer", **pay))
        facts.append(fact(f"{number:04d}", 0, "place", place))
        if pay:
            facts.append(fact(f"{number:04d}", 1, "pay", "", low=1.0, high=2.0, currency="USD", period="year"))
    return make(rows, facts)


def test_quantiles_stand_between_those_of_the_ends(spread: Snapshot) -> None:
    (row,) = ask("pay", spread, ALL).rows
    # Forty midpoints from 105,000 by 2,000: the median is 144,000, p25 at position 9.75 is 124,500, p75 163,500.
    assert (row.value, row.more["p25"], row.more["p75"], row.n) == (144_000.0, 124_500.0, 163_500.0, 40)
    assert (row.more["p25_at_least"], row.more["p25_at_most"]) == (114_500.0, 134_500.0)
    assert (row.more["at_least"], row.more["at_most"]) == (134_000.0, 154_000.0)
    assert row.more["states_pay"] == round(40 / 120, 4)


def test_pay_in_the_text_and_pay_of_another_kind_are_told_apart(spread: Snapshot) -> None:
    figure = ask("pay", spread, ALL)
    assert figure.base.excluded == {"pay in the text only": 20}
    with pytest.raises(TooFew) as error:
        ask("pay", spread, ALL, basis="stated")
    assert error.value.n == 20
    with pytest.raises(UsageError, match="base, ote, total"):
        ask("pay", spread, ALL, kind="tips")


def test_commission_is_a_figure_of_its_own(make: Make) -> None:
    rows = [posting(n, f"e{n % 10}", "ml_engineer", **stated(100_000, 200_000)) for n in range(40)]
    rows += [posting(50 + n, f"e{n % 10}", "ml_engineer", **stated(250_000, 350_000, kind="ote")) for n in range(40)]
    shot = make(rows)
    assert ask("pay", shot, ALL).rows[0].value == 150_000.0
    ote = ask("pay", shot, ALL, kind="ote")
    assert (ote.rows[0].value, ote.title) == (300_000.0, "Stated pay with commission (OTE)")
    assert ote.base.excluded == {"pay of another kind: base": 40}


def test_amounts_that_do_not_say_their_kind_are_counted_and_said(make: Make) -> None:
    kinds = ["base", "unknown"]
    rows = [posting(n, f"e{n % 10}", "ml_engineer", **stated(90_000, 110_000, kind=kinds[n % 2])) for n in range(40)]
    figure = ask("pay", make(rows), ALL)
    assert figure.rows[0].n == 40
    assert any(caveat.startswith("20 of the amounts do not say") for caveat in figure.caveats)


def test_an_amount_for_no_known_period_is_left_out_and_counted(make: Make) -> None:
    rows = [posting(n, f"e{n % 10}", "ml_engineer", **stated(90_000, 110_000)) for n in range(40)]
    rows.append(posting(90, "e0", "ml_engineer", **stated(1, 2, period="fortnight")))
    figure = ask("pay", make(rows), ALL)
    assert (figure.rows[0].n, figure.base.excluded) == (40, {"pay for no known period": 1})


@pytest.mark.parametrize("period", PER_YEAR)
def test_every_period_is_a_year_in_the_statement_as_in_the_table(make: Make, period: str) -> None:
    rows = [posting(n, f"e{n % 10}", "ml_engineer", **stated(10, 20, period=period)) for n in range(30)]
    assert ask("pay", make(rows), ALL).rows[0].value == 15 * PER_YEAR[period]


def test_one_employer_is_shown_what_it_states_without_an_interval(make: Make) -> None:
    rows = [posting(n, "big", "ml_engineer", **stated(100_000, 140_000)) for n in range(31)]
    rows += [posting(100 + n, f"e{n}", "ml_engineer", **stated(90_000, 110_000)) for n in range(9)]
    found = {row.key: row for row in ask("pay", make(rows), ALL, by="employer").rows}
    assert (found["big"].value, found["big"].low, found["big"].flag) == (120_000.0, None, "one employer")
    assert (found["e1"].value, found["e1"].flag) == (None, "too few")


def test_who_states_pay_under_a_law_and_elsewhere(spread: Snapshot) -> None:
    figure = ask("pay_stated", spread, ALL)
    rows = {row.key: row for row in figure.rows}
    # 40 + 20 of 120; all of Colorado's 40; 20 of 40 in Texas; none in Berlin.
    assert {key: (row.value, row.n) for key, row in rows.items()} == {
        "all": (0.5, 120), "law": (1.0, 40), "us_elsewhere": (0.5, 40), "abroad": (0.0, 40),
    }  # fmt: skip
    assert (rows["all"].more["structured"], rows["all"].more["in_text"]) == (40, 20)
    assert rows["abroad"].high is not None  # none of forty is no proof of never
    found = explain(spread, f"{figure.id}#law", figure=figure, filters=ALL)
    assert found.openings == 40
    assert all(int(item.posting.rpartition(":")[2]) < 40 for item in found.evidence)


def test_states_with_a_law_are_marked_in_pay_and_in_who_states_it(spread: Snapshot) -> None:
    by_state = {row.key: row for row in ask("pay_stated", spread, ALL, by="state").rows}
    assert by_state["CO"].more["law"] == "pay-range law since 2021-01-01"
    assert "law" not in by_state["TX"].more
    assert ask("pay", spread, ALL, by="state").rows[0].more["law"] == "pay-range law since 2021-01-01"


def test_those_who_state_pay_are_compared_with_those_who_do_not(spread: Snapshot) -> None:
    figure = ask("pay_stated", spread, ALL, about="roles")
    rows = {row.key: row for row in figure.rows}
    # Stating: 20 + 20 ML engineers of 60; not stating: 20 of 60 (the odd ones of Berlin).
    assert (rows["ml_engineer"].value, rows["ml_engineer"].more["rest"]) == (40 / 60, 20 / 60)
    with pytest.raises(UsageError, match="nothing to compare"):
        ask("pay_stated", spread, ALL, about="moods")


def test_every_law_has_a_place_a_day_and_a_source_and_a_city_is_under_its_state() -> None:
    assert [law.since for law in pay_laws.laws()] == sorted(law.since for law in pay_laws.laws())
    for law in pay_laws.laws():
        assert law.place.startswith("US/")
        assert law.source
        assert law.url.startswith("https://")
    assert len({law.place for law in pay_laws.laws()}) == len(pay_laws.laws())
    day = date(2023, 1, 2)
    # New York City had its law before the state; Massachusetts had none then.
    assert dict(pay_laws.said("city", "US/NY/New York", day)) == {"law": "pay-range law since 2022-11-01"}
    assert dict(pay_laws.said("state", "NY", day)) == {}
    assert dict(pay_laws.said("city", "US/CA/San Francisco", day)) == {"law": "pay-range law since 2023-01-01"}
    assert dict(pay_laws.said("state", "MA", day)) == {}

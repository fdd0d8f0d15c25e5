"""Every withheld row leads somewhere: to the nearest broader group that can be shown, or to the reason why none can."""

from typing import Any

import pytest

from jobtide.cli.where import BUNDLED
from jobtide.errors import JobtideError, TooFew
from jobtide.market import support
from jobtide.market.ask import NAMES, SPLIT_NAMES, ask, takes
from jobtide.market.filters import Filters
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting

_OTHER_SPLITS = ("metro", "source", "age", "month")
_FILTERS = (Filters(), Filters(role="ml_engineer", family="all"), Filters(state="NY"))


@pytest.fixture(scope="module")
def pack() -> Any:
    with Snapshot.open(BUNDLED) as shot:
        yield shot


@pytest.mark.parametrize("name", NAMES)
def test_no_withheld_row_of_the_pack_is_left_alone(pack: Snapshot, name: str) -> None:
    for filters in _FILTERS:
        for by in (None, *((*SPLIT_NAMES, *_OTHER_SPLITS) if "by" in takes(name) else ())):
            try:
                figure = ask(name, pack, filters, **({"by": by} if by else {}))
            except JobtideError:  # a split it does not have, or a base it refuses
                continue
            for row in figure.rows:
                if row.value is None and support.withheld(row.flag):
                    assert row.broader is not None, (filters, by, row.key)
                    assert bool(row.broader.ask) != bool(row.broader.reason), (filters, by, row.key)
                    shown = row.to_json()
                    assert "broader" in shown
                    if row.broader.value is not None:
                        assert support.shown(row.broader.n or 0, row.broader.employers or 0)
                else:
                    assert row.broader is None


def _many(make: Make) -> Snapshot:
    """Four openings in Oregon, forty in California, as many in Berlin; every second one names Python."""
    postings, facts = [], []
    for number in range(84):
        region = "OR" if number < 4 else "CA" if number < 44 else ""
        country = "US" if region else "DE"
        at = {"country": country, "region": region or None, "city": "Portland" if region == "OR" else "X"}
        postings.append(posting(number, f"e{number % 20}", "ml_engineer", **at))
        version = postings[-1]["version"]
        place = f"{country}/{region}/{at['city']}"
        facts.append(fact(version, 0, "place", place))
        if number % 2:
            facts.append(fact(version, 1, "skill", "python"))
    return make(postings, facts)


def test_a_city_leads_to_its_country_where_its_state_is_too_small(make: Make) -> None:
    figure = ask("skills", _many(make), Filters(), by="city")
    row = figure.row("US/OR/Portland/python")
    assert row is not None
    assert row.broader is not None
    # 22 of the 44 openings in the United States name Python.
    assert (row.broader.ask, row.broader.label) == ("jobtide market skills --country US", "the United States")
    assert (row.broader.value, row.broader.n, row.broader.employers) == (0.5, 44, 20)
    written = row.to_json()
    assert (written["broader"], written["broader_value"]) == ("jobtide market skills --country US", 0.5)


def test_the_offered_question_shows_the_offered_figure(make: Make) -> None:
    shot = _many(make)
    row = ask("skills", shot, Filters(), by="state").row("OR/python")
    asked = ask("skills", shot, Filters(country="US")).row("python")
    assert row is not None
    assert asked is not None
    assert row.broader is not None
    assert (row.broader.value, row.broader.low, row.broader.high) == (asked.value, asked.low, asked.high)


def test_a_row_that_nothing_around_can_show_says_how_much_there_is(make: Make) -> None:
    row = ask("location", _many(make), Filters()).row("WY")
    assert row is not None
    assert row.broader is not None
    assert row.broader.reason == "no broader group can be shown: all roles has 0 openings of 0 employers"
    assert row.to_json()["broader"] is None


@pytest.mark.parametrize(
    ("skill", "offer"),
    [
        ("docker", ""),  # 20 of the 80 openings of ML engineers name it, 40 of the family's: which needs no words
        ("XGBoost", "--role ml_engineer --skill machine-learning"),  # 20 of all, and it is part of machine learning
    ],
)
def test_a_skill_that_too_few_name_leads_to_more_openings_or_to_what_it_is_part_of(
    make: Make, skill: str, offer: str
) -> None:
    postings, facts = [], []
    for number in range(160):
        postings.append(posting(number, f"e{number % 20}", "ml_engineer" if number % 2 else "data_engineer"))
        named = ["python", "machine-learning"] if number % 4 < 2 else ["python"]
        named += ["docker"] if number % 8 < 2 else []
        named += ["xgboost"] if number % 8 == 1 else []
        facts += [fact(postings[-1]["version"], order, "skill", id) for order, id in enumerate(named)]
    with pytest.raises(TooFew) as few:
        ask("pairs", make(postings, facts), Filters(role="ml_engineer", family="all"), skill=skill)
    assert few.value.broader == (offer or f"--skill {skill}")
    assert str(few.value).endswith(f"; the nearest broader group: jobtide market pairs {few.value.broader}")


def test_a_skill_that_no_broader_group_carries_says_so(make: Make) -> None:
    shot = make([posting(number, f"e{number % 20}", "ml_engineer") for number in range(40)])
    with pytest.raises(TooFew, match="state pay") as few:
        ask("premium", shot, Filters())
    assert few.value.broader == ""
    assert str(few.value).endswith("no broader group carries it either")


def test_a_refusal_keeps_the_options_that_were_asked_for(make: Make) -> None:
    postings = [posting(number, f"e{number % 20}", "ml_engineer", seniority="mid") for number in range(40)]
    postings += [posting(99, "e1", "ml_engineer", seniority="lead")]
    with pytest.raises(TooFew) as few:
        ask("skills", make(postings), Filters(seniority="lead"), by="work_mode")
    assert few.value.broader == "--by work_mode"
    assert str(few.value).endswith("the nearest broader group: jobtide market skills --by work_mode")

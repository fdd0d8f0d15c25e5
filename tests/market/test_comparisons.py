"""Beginners beside the rest, one role beside another, and how near roles are: by hand, and where the truth is known."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.errors import TooFew, UsageError
from jobtide.market.against import Pair, chances
from jobtide.market.ask import ask, identify
from jobtide.market.cells import Held
from jobtide.market.differences import difference
from jobtide.market.distances import Profiles, distance, made, separating
from jobtide.market.explain import explain, find
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting

RUNS = 400


@pytest.fixture
def eighty(make: Make) -> Snapshot:
    """Eighty openings of twenty employers, four each (n mod 20), 40 of each of two roles.

    Numbers 0 to 39 are ML engineers, the rest data scientists. All name Python; data scientists name SQL where n div 20
    is 3, that is half of them, at every employer alike. Interns: 0 to 19. Numbers 20 to 24 are "entry" by title, 25 to
    29 ask for two years under a title of senior; interns and these ten are the thirty for beginners.
    """
    postings, facts = [], []
    for n in range(80):
        version, more = f"{n:04d}", dict[str, Any](seniority="senior", years_min=6.0)
        if n < 20:
            more = {"seniority": "intern"}
        elif n < 25:
            more = {"seniority": "entry"}
        elif n < 30:
            more = {"seniority": "senior", "years_min": 2.0}
        postings.append(posting(n, f"e{n % 20:02d}", "ml_engineer" if n < 40 else "data_scientist", **more))
        facts.append(fact(version, 0, "skill", "python"))
        if n >= 60:
            facts.append(fact(version, 1, "skill", "sql"))
    return make(postings, facts)


def test_openings_for_beginners_are_counted_with_their_parts(eighty: Snapshot) -> None:
    figure = ask("entry", eighty, Filters())
    # 20 interns, 5 by title, 5 by years alone, of 80.
    found = {row.key: row.value for row in figure.rows}
    assert found == {"entry": 30 / 80, "intern": 0.25, "title": 5 / 80, "years": 5 / 80}
    assert "5 of them carry a title of senior or above" in " ".join(figure.caveats)
    by_role = {row.key: (row.value, row.n) for row in ask("entry", eighty, Filters(), by="role").rows}
    assert by_role == {"ml_engineer": (0.75, 40), "data_scientist": (0.0, 40)}
    assert {row.n for row in ask("entry", eighty, Filters(), about="employers").rows} == {1, 2}


def test_beginners_are_compared_with_the_rest(eighty: Snapshot) -> None:
    figure = ask("entry", eighty, Filters(), about="skills")
    rows = {row.key: row for row in figure.rows}
    # Everyone names Python; SQL is named by 20 of the 50 others and by no beginner.
    assert (rows["python"].value, rows["python"].more["rest"], rows["python"].more["difference"]) == (1.0, 1.0, 0.0)
    assert (rows["sql"].value, rows["sql"].more["rest"], rows["sql"].more["clear"]) == (0.0, 0.4, "yes")
    assert rows["sql"].more["difference"] == pytest.approx(-0.4)
    assert (rows["sql"].n, rows["sql"].more["rest_n"]) == (30, 50)
    assert figure.id == identify("entry", eighty, Filters(), about="skills")
    assert find(eighty, figure.id)[0].id == figure.id
    assert explain(eighty, f"{figure.id}#python").openings == 30
    with pytest.raises(UsageError, match="skills, duties"):
        ask("entry", eighty, Filters(), about="weather")


def test_too_few_beginners_offer_a_group_that_has_enough_of_them(eighty: Snapshot) -> None:
    with pytest.raises(TooFew) as error:
        ask("entry", eighty, Filters(role="data_scientist"), about="skills")
    # No data scientist is a beginner; the family, which needs no words, has thirty.
    assert (error.value.n, error.value.broader) == (0, "--about skills")


def test_two_roles_are_told_apart_by_what_differs_most(eighty: Snapshot) -> None:
    figure = ask("contrast", eighty, Filters(role="ml_engineer", family="all"), to="data_scientist")
    # SQL: none of 40 against 20 of 40; Python is the same in both.
    assert [(row.key, row.value, row.more["rest"]) for row in figure.rows] == [("sql", 0.0, 0.5), ("python", 1.0, 1.0)]
    for wrong in ({}, {"to": "ml_engineer"}, {"to": "wizard"}):
        with pytest.raises(UsageError, match="takes two roles"):
            ask("contrast", eighty, Filters(role="ml_engineer", family="all"), **wrong)


def test_the_distance_of_two_roles_is_one_less_the_cosine(eighty: Snapshot) -> None:
    (row,) = ask("distances", eighty, Filters()).rows
    # (1, 0) and (1, .5): 1 - 1 / sqrt(1.25) = .1056. All employers are alike, so there is no noise to take off.
    assert row.key == "data_scientist/ml_engineer"
    assert row.value == pytest.approx(0.1056, abs=1e-4)
    assert row.more["plain"] == pytest.approx(0.1056, abs=1e-4)
    assert (row.more["more_in_first"], row.more["more_in_second"], row.n) == ("sql", "", 40)
    (same,) = ask("distances", eighty, Filters(role="ml_engineer", family="all")).rows
    assert (same.key, same.value) == ("ml_engineer/data_scientist", row.value)


def _roles(chosen: np.random.Generator, truth: np.ndarray) -> Profiles:
    """Sixty employers with one to four openings of each of two roles; their habits shift all shares of both."""
    sizes = chosen.integers(1, 5, (60, 2)).astype(float)
    habits = chosen.normal(0, 0.5, (60, 1, truth.shape[1]))
    shares = 1 / (1 + np.exp(-(np.log(truth / (1 - truth)) + habits)))
    hits = chosen.binomial(sizes[..., None].astype(int), shares).astype(float)
    names = tuple(f"e{n}" for n in range(60))
    skills = tuple(f"s{n}" for n in range(truth.shape[1]))
    counted = tuple(Counted(names, sizes[:, role]) for role in (0, 1))
    return made(("a", "b"), skills, counted, hits, sizes)


def test_noise_does_not_make_roles_look_further_apart() -> None:
    chosen = np.random.default_rng(7)
    truth = np.clip(np.stack([chosen.beta(0.5, 3, 80), chosen.beta(0.5, 3, 80)]), 0.01, 0.95)
    truth[1] = 0.6 * truth[0] + 0.4 * truth[1]
    grid = np.random.default_rng(8).normal(0, 0.5, 40_000)
    seen = np.stack([[float((1 / (1 + np.exp(-(np.log(p / (1 - p)) + grid)))).mean()) for p in role] for role in truth])
    known = 1 - seen[0] @ seen[1] / np.sqrt((seen[0] @ seen[0]) * (seen[1] @ seen[1]))
    found = [distance(_roles(chosen, truth), 0, 1) for _ in range(RUNS)]
    corrected = float(np.mean([one.value for one, _ in found]))
    plain = float(np.mean([plain for _, plain in found]))
    assert corrected == pytest.approx(known, abs=0.004)
    assert plain - known > 0.012  # the guard: uncorrected, the distance is plainly too large
    covered = sum(one.low <= known <= one.high for one, _ in found) / RUNS
    assert 0.92 <= covered <= 0.985


def test_skills_that_separate_roles_are_seldom_named_where_none_does() -> None:
    chosen = np.random.default_rng(9)
    same = np.full((2, 40), 0.3)
    false = sum(len(side) for _ in range(60) for side in separating(_roles(chosen, same), 0, 1))
    assert false / (60 * 40) < 0.02  # at a level of 1 %
    apart = same.copy()
    apart[1, 0] = 0.8
    assert separating(_roles(chosen, apart), 0, 1)[1][0] == "s0"


@pytest.mark.parametrize("shares", [(0.3, 0.5), (0.05, 0.05)])
def test_the_interval_of_a_difference_covers_when_employers_are_in_both_groups(shares: tuple[float, float]) -> None:
    chosen = np.random.default_rng(4)
    steps = np.random.default_rng(5).normal(0, 0.8, 40_000)
    levels = [np.log(share / (1 - share)) for share in shares]
    known = float(np.subtract(*[(1 / (1 + np.exp(-(level + steps)))).mean() for level in levels]))
    covered = 0
    for _ in range(RUNS):
        habits = chosen.normal(0, 0.8, 60)
        groups = []
        for level in levels:
            sizes = chosen.geometric(0.15, 60) - 1
            hits = chosen.binomial(sizes, 1 / (1 + np.exp(-(level + habits))))
            groups.append((hits.astype(float), sizes.astype(float)))
        found = difference(groups[0], groups[1])
        covered += found.low <= known <= found.high
    assert 0.93 <= covered / RUNS <= 0.98


def test_differences_called_clear_are_seldom_chance() -> None:
    chosen = np.random.default_rng(6)
    runs, chance, true = 60, 0, 0  # runs in which something called clear is chance, and in which the true one is found
    for _ in range(runs):
        sizes = chosen.integers(1, 5, (60, 2))
        pair = Pair(_held(sizes[:, 0]), _held(sizes[:, 1]))
        shares = 1 / (1 + np.exp(-(chosen.normal(0, 0.8, (60, 40)) - 1.0)))
        one, other = (chosen.binomial(sizes[:, side, None], shares) for side in (0, 1))
        other[:, 0] = sizes[:, 1]
        q = chances({str(n): (_held(one[:, n]), _held(other[:, n])) for n in range(40)}, pair)
        chance += any(rate <= 0.05 for concept, rate in q.items() if concept != "0")
        true += q["0"] <= 0.05
    # Of the discoveries, one true a run, at most 5 % may be chance: a run has a false one in at most 10 %.
    assert true == runs
    assert chance / runs <= 0.1


def _held(counts: np.ndarray) -> Held:
    there = np.flatnonzero(counts)
    return Held(there, counts[there].astype(float))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=25
    )
)
def test_a_difference_lies_in_its_interval_and_turns_its_sign_with_the_groups(rows: list[tuple[int, ...]]) -> None:
    first = np.array([[min(r[0], r[1]), r[1]] for r in rows], dtype=float).T
    second = np.array([[min(r[2], r[3]), r[3]] for r in rows], dtype=float).T
    one, other = (
        difference((first[0], first[1]), (second[0], second[1])),
        difference((second[0], second[1]), (first[0], first[1])),
    )
    if not np.isnan(one.low):
        assert -1 <= one.low <= one.value <= one.high <= 1
        assert one.value == pytest.approx(-other.value)
        assert one.low == pytest.approx(-other.high)

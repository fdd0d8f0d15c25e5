"""The premium against simulations whose truth is known, and on invented openings counted by hand."""

import numpy as np
import pytest

from jobtide.errors import TooFew
from jobtide.market import regress
from jobtide.market.ask import ask
from jobtide.market.charts import chart
from jobtide.market.explain import explain
from jobtide.market.filters import Filters
from jobtide.market.gains import false_discovery_rates
from jobtide.market.intervals import Ints, Numbers
from jobtide.market.premium import Paid, models
from jobtide.market.regress import Coefficient, dummies, fit, shrunk, within
from tests.market.conftest import Make, fact, posting, stated

SKILLS = 12
TRUE = np.array([0.10, 0.10, -0.06] + [0.0] * (SKILLS - 3))
RUNS = 150


def _paid(draw: np.random.Generator) -> Paid:
    """600 openings of some 80 uneven employers.

    Employers that pay more name every second skill more often, and roles that pay more each their own: the raw gap of
    a skill is far from its truth. An employer's openings share what else it pays.
    """
    weights = draw.lognormal(0, 0.7, 80)
    owner = np.unique(draw.choice(80, 600, p=weights / weights.sum()), return_inverse=True)[1].astype(np.int32)
    level = draw.normal(0, 1, owner.max() + 1)[owner]
    role = draw.integers(0, 4, 600)
    habit = draw.normal(0, 0.5, (owner.max() + 1, SKILLS))[owner]
    lean = -0.8 + habit + 0.8 * level[:, None] * (np.arange(SKILLS) % 2 == 0)
    lean = lean + 0.8 * (role[:, None] == np.arange(SKILLS) % 4)
    named = (draw.random((600, SKILLS)) < 1 / (1 + np.exp(-lean))).astype(np.float64)
    noise = draw.normal(0, 0.18, 600) * (1 + 0.3 * named[:, 0])
    pay: Numbers = 12 + 0.15 * level + 0.1 * role + named @ TRUE + noise
    controls = np.hstack([np.ones((600, 1)), dummies([str(one) for one in role], least=5)])
    return Paid(pay, owner, controls, tuple(f"s{at:02d}" for at in range(SKILLS)), named)


@pytest.fixture(scope="module")
def runs() -> list[dict[str, list[Coefficient]]]:
    draw = np.random.default_rng(17)
    return [models(_paid(draw)) for _ in range(RUNS)]


def _values(runs: list[dict[str, list[Coefficient]]], model: str) -> Numbers:
    return np.array([[one.value for one in found[model]] for found in runs])


def test_within_employer_the_truth_is_found_and_the_raw_gap_misses_it(
    runs: list[dict[str, list[Coefficient]]],
) -> None:
    found = _values(runs, "within_employer")
    noise = found.std(axis=0) / np.sqrt(RUNS)
    assert np.all(np.abs(found.mean(axis=0) - TRUE) < 3.5 * noise)
    assert np.abs(found.mean(axis=0) - TRUE).max() < 0.006
    raw = np.abs(_values(runs, "raw").mean(axis=0) - TRUE)
    assert raw.max() > 0.05  # the guard: what is named by those who pay more looks worth more


def test_clustered_intervals_of_the_premium_cover(runs: list[dict[str, list[Coefficient]]]) -> None:
    covered = [
        [one.low <= true <= one.high for one, true in zip(found["within_employer"], TRUE, strict=True)]
        for found in runs
    ]
    assert 0.93 <= np.mean(covered) <= 0.98


def test_false_discoveries_are_held_at_their_rate(runs: list[dict[str, list[Coefficient]]]) -> None:
    false, all_of_them, plain = [], 0, []
    for found in runs:
        rates = np.array(false_discovery_rates([one.p for one in found["within_employer"]]))
        called = rates <= 0.05
        false.append((called & (TRUE == 0)).sum() / max(called.sum(), 1))
        all_of_them += int((called & (TRUE != 0)).sum())
        alone = np.array([one.p for one in found["raw"]]) <= 0.05
        plain.append((alone & (TRUE == 0)).sum() / max(alone.sum(), 1))
    assert np.mean(false) <= 0.05
    assert all_of_them / (3 * RUNS) > 0.6  # and what is there is found
    assert np.mean(plain) > 0.3


def test_shrinking_lowers_the_error_of_the_whole(runs: list[dict[str, list[Coefficient]]]) -> None:
    plain, drawn = [], []
    for found in runs:
        ours = found["within_employer"]
        plain.append(np.square([one.value for one in ours] - TRUE).mean())
        drawn.append(np.square([mean for mean, _ in shrunk(ours)] - TRUE).mean())
    assert np.mean(drawn) < np.mean(plain)


def test_coefficients_are_those_of_a_fit_by_hand() -> None:
    # Two employers' groups of two; pay 10, 12 without the skill's, 13, 15 with: the difference is 3.
    x = np.array([[0.0], [0.0], [1.0], [1.0]])
    (found,) = fit(np.array([10.0, 12.0, 13.0, 15.0]), x, np.ones((4, 1)), np.arange(4, dtype=np.int32))
    assert found.value == pytest.approx(3.0)
    # Left out one by one (four clusters of one): residuals -1, 1, -1, 1, each doubled, times 1/2: root of 4.
    assert found.error == pytest.approx(2.0)


def test_fitting_within_employers_is_fitting_with_a_constant_for_each() -> None:
    paid = _paid(np.random.default_rng(2))
    constants = (paid.employer[:, None] == np.unique(paid.employer)[None, :]).astype(np.float64)
    plain = fit(paid.pay, paid.named, np.hstack([paid.controls, constants]), paid.employer)
    inside = models(paid)["within_employer"]
    assert [one.value for one in inside] == pytest.approx([one.value for one in plain])


def test_a_column_without_variation_of_its_own_is_not_identified() -> None:
    draw = np.random.default_rng(1)
    x = draw.integers(0, 2, (60, 2)).astype(float)
    twice = np.column_stack([x, x[:, 0], np.ones(60)])
    owner: Ints = (np.arange(60) % 20).astype(np.int32)
    found = fit(draw.normal(0, 1, 60), twice, np.ones((60, 1)), owner)
    assert [np.isnan(one.value) for one in found] == [False, False, True, True]
    assert within(np.ones((3, 1)), np.array([0, 0, 1], dtype=np.int32)).ravel().tolist() == [0.0, 0.0, 0.0]


def test_among_many_employers_leaving_one_out_changes_little(monkeypatch: pytest.MonkeyPatch) -> None:
    paid = _paid(np.random.default_rng(5))
    careful = models(paid)["within_role"]
    monkeypatch.setattr(regress, "_MANY", 10)
    plain = models(paid)["within_role"]
    assert [one.value for one in plain] == [one.value for one in careful]
    ratios = [one.error / other.error for one, other in zip(plain, careful, strict=True)]
    assert 0.75 < min(ratios) <= max(ratios) < 1.05  # of eighty employers; the more there are, the nearer


def test_few_or_no_coefficients_are_not_shrunk() -> None:
    one = Coefficient(0.1, 0.02, 0.05, 0.15, 0.01, 30.0)
    assert all(np.isnan(mean) for mean, _ in shrunk([one, one]))
    same = shrunk([one, one, one])
    assert [mean for mean, _ in same] == pytest.approx([0.1] * 3)  # alike: nothing beyond chance


def _market(make: Make):  # type: ignore[no-untyped-def]
    """400 software openings of 40 employers, ten each; those that name Rust state 10 % more at every employer."""
    rows, facts = [], []
    draw = np.random.default_rng(4)
    for number in range(400):
        rust, level = number % 3 == 0, 1 + (number % 40) / 100
        pay = int(100_000 * level * (1.1 if rust else 1.0) * np.exp(draw.normal(0, 0.05)))
        rows.append(posting(number, f"e{number % 40:02d}", "software_engineer", **stated(pay, pay)))
        if rust:
            facts.append(fact(f"{number:04d}", 0, "skill", "rust"))
        if number % 2:
            facts.append(fact(f"{number:04d}", 1, "skill", "go"))
    return make(rows, facts)


def test_the_figure_shows_three_models_and_says_what_it_is_fitted_on(make: Make) -> None:
    shot = _market(make)
    figure = ask("premium", shot, Filters())  # no opening of the family: fitted on technical roles all the same
    rows = {row.key: row for row in figure.rows}
    rust, go = rows["rust"], rows["go"]
    assert rust.value == pytest.approx(0.10, abs=0.03)
    assert rust.low is not None
    assert rust.low < 0.10 < (rust.high or 0)
    assert (rust.n, rust.employers, rust.more["clear"]) == (134, 40, "yes")
    assert go.more["clear"] == ""
    assert {"raw", "within_role", "within_employer", "shrunk", "q"} <= set(rust.more)
    assert figure.base.filters["family"] == "every technical role"
    assert any("all technical roles" in caveat for caveat in figure.caveats)
    assert figure.row("rust") == figure.rows[0]
    found = explain(shot, f"{figure.id}#rust", figure=figure, filters=Filters())
    assert {item.words for item in found.evidence} == {"rust"}
    drawn = chart(figure)
    assert {row["label"] for layer in [drawn] for row in layer["data"]["values"]} <= {row.label for row in figure.rows}


def test_too_little_pay_is_refused(make: Make) -> None:
    rows = [posting(n, f"e{n % 20:02d}", "ml_engineer") for n in range(60)]
    with pytest.raises(TooFew, match="state pay"):
        ask("premium", make(rows), Filters())

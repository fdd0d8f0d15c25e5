"""Intervals cover what they promise when employers' openings resemble each other, and keep to their bounds."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.market.intervals import clustered_quantile, clustered_share, effective_employers
from jobtide.market.student import t_quantile

RUNS = 600


def _sample(chosen: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Sixty employers of uneven size; each has a share of its own around .3 (a beta with spread .2)."""
    sizes = chosen.geometric(0.12, 60)
    shares = chosen.beta(1.3, 1.3 * 7 / 3, 60)
    return chosen.binomial(sizes, shares).astype(float), sizes.astype(float)


def _wilson(hits: float, n: float) -> tuple[float, float]:
    z, p = 1.96, hits / n
    middle, reach = p + z * z / (2 * n), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)


def test_the_clustered_interval_covers_and_the_plain_one_does_not() -> None:
    chosen = np.random.default_rng(11)
    ours = plain = 0
    for _ in range(RUNS):
        hits, sizes = _sample(chosen)
        found = clustered_share(hits, sizes)
        ours += found.low <= 0.3 <= found.high
        low, high = _wilson(hits.sum(), sizes.sum())
        plain += low <= 0.3 <= high
    assert 0.93 <= ours / RUNS <= 0.975
    assert plain / RUNS < 0.75  # the guard: were it to pass, the simulation would show nothing


def test_the_interval_of_a_median_covers() -> None:
    chosen = np.random.default_rng(5)
    covered = 0
    for _ in range(300):
        sizes = chosen.geometric(0.2, 60)
        levels = chosen.normal(12.0, 0.2, 60)
        values = np.concatenate(
            [np.exp(chosen.normal(level, 0.15, size)) for level, size in zip(levels, sizes, strict=True)]
        )
        names = [str(i) for i, size in enumerate(sizes) for _ in range(size)]
        found = clustered_quantile(values, names, 0.5)
        covered += found.low <= math.exp(12.0) <= found.high
    assert 0.92 <= covered / 300 <= 0.985


def test_a_bootstrap_of_employers_agrees() -> None:
    chosen = np.random.default_rng(3)
    hits, sizes = _sample(chosen)
    found = clustered_share(hits, sizes)
    drawn = chosen.integers(0, len(sizes), (4000, len(sizes)))
    shares = hits[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(shares, [0.025, 0.975])
    assert found.low == pytest.approx(low, abs=0.02)
    assert found.high == pytest.approx(high, abs=0.02)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=1, max_size=30))
def test_bounds_hold_and_the_order_of_employers_does_not_matter(pairs: list[tuple[int, int]]) -> None:
    hits = np.array([min(k, n) for k, n in pairs], dtype=float)
    sizes = np.array([n for _, n in pairs], dtype=float)
    found = clustered_share(hits, sizes)
    assert 0 <= found.value <= 1
    if not math.isnan(found.low):
        assert 0 <= found.low <= found.value <= found.high <= 1
    turned = clustered_share(hits[::-1].copy(), sizes[::-1].copy())
    assert turned.value == pytest.approx(found.value)
    assert turned.effective == pytest.approx(found.effective)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(1, 1e6), min_size=1, max_size=40), st.sampled_from([0.1, 0.25, 0.5, 0.9]))
def test_a_quantile_lies_in_its_interval_and_in_the_data(values: list[float], q: float) -> None:
    found = clustered_quantile(np.array(values), [str(i % 7) for i in range(len(values))], q)
    assert min(values) <= found.value <= max(values)
    if not math.isnan(found.low):
        assert min(values) <= found.low <= found.value <= found.high <= max(values)


def test_no_hits_give_an_upper_bound_and_all_hits_a_lower_one() -> None:
    sizes = np.full(20, 3.0)
    none, every = clustered_share(np.zeros(20), sizes), clustered_share(sizes, sizes)
    # As many employers as 20 equal ones: 1 - .05^(1/20) = .139.
    assert (none.value, none.low, round(none.high, 3)) == (0.0, 0.0, 0.139)
    assert (every.value, round(every.low, 3), every.high) == (1.0, 0.861, 1.0)


def test_one_employer_or_none_gives_no_interval() -> None:
    assert math.isnan(clustered_share(np.array([3.0]), np.array([9.0])).low)
    assert math.isnan(clustered_share(np.array([]), np.array([])).value)
    assert math.isnan(clustered_quantile(np.array([]), [], 0.5).value)


def test_t_and_effective_sizes_against_known_values() -> None:
    # Student's t tables: df 2, 10, 120.
    assert [round(t_quantile(0.975, df), 3) for df in (2, 10, 120)] == [4.303, 2.228, 1.98]
    assert effective_employers(np.array([10.0, 10.0, 10.0])) == pytest.approx(3.0)

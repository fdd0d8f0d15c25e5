"""The figures' statistics against simulations whose truth is known: what is promised, and that less would not do.

Employers differ: each has a share (or a level of pay) of its own, and a few of them have many openings, as on real
boards. Everything is drawn from a fixed seed, so a failure is a change of method, never bad luck.
"""

import math
import os

import numpy as np
import pytest

from jobtide.market import support
from jobtide.market.figure import estimate
from jobtide.market.intervals import Numbers, clustered_quantile, clustered_share
from jobtide.market.pay import quantiles
from jobtide.market.student import t_quantile

RUNS = 1500
# name -> openings of each employer: even, uneven, and with a few giants.
SIZES = {
    "even": lambda _, shape: np.full(shape, 6),
    "uneven": lambda draw, shape: draw.geometric(0.15, shape),
    "giants": lambda draw, shape: np.ceil(draw.lognormal(1.2, 1.0, shape)).astype(int),
}


def _employers(kind: str, share: float, employers: int) -> tuple[Numbers, Numbers]:
    """Hits and openings of each employer, one row a run; employers' own shares vary with intraclass correlation .2."""
    draw = np.random.default_rng(20)
    sizes = SIZES[kind](draw, (RUNS, employers))
    own = draw.beta(4 * share, 4 * (1 - share), sizes.shape)
    return draw.binomial(sizes, own).astype(np.float64), sizes.astype(np.float64)


def _wilson(hits: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """The usual interval, which takes openings for independent."""
    z, p = 1.96, hits / n
    middle, reach = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - reach) / (1 + z * z / n), (middle + reach) / (1 + z * z / n)


@pytest.mark.parametrize("kind", SIZES)
@pytest.mark.parametrize("share", [0.05, 0.2, 0.5])
@pytest.mark.parametrize("employers", [24, 60, 150])
def test_shares_are_covered_as_promised_and_the_plain_interval_fails_the_same_test(
    kind: str, share: float, employers: int
) -> None:
    hits, sizes = _employers(kind, share, employers)
    found = [clustered_share(k, n) for k, n in zip(hits, sizes, strict=True)]
    covered = np.array([each.low <= share <= each.high for each in found])
    effective = np.array([each.effective for each in found])
    low, high = _wilson(hits.sum(axis=1), sizes.sum(axis=1))
    plain = (low <= share) & (share <= high)
    many, some = effective >= 40, (effective >= support.INTERVAL_EMPLOYERS) & (effective < 40)
    noise = 2 * math.sqrt(0.05 * 0.95 / RUNS)  # what 1,500 runs cannot tell apart
    if many.sum() > RUNS / 2:
        assert 0.93 - noise <= covered[many].mean() <= 0.97 + noise
        assert plain[many].mean() < 0.93 - noise
    if some.sum() > RUNS / 2:
        assert covered[some].mean() >= 0.90
        assert plain[some].mean() < 0.90
    assert (many | some).mean() > 0.5


# Rare things in few hands: (kind of employers, share, employers, correlation within an employer).
_HARD = [
    ("lognormal", 0.01, 400, 0.2),
    ("lognormal", 0.03, 400, 0.2),
    ("lognormal", 0.03, 150, 0.5),
    ("twelvefold", 0.03, 400, 0.5),
    ("twelvefold", 0.03, 150, 0.2),
    ("giants", 0.01, 150, 0.5),
    ("uneven", 0.03, 60, 0.5),
    ("uneven", 0.9, 60, 0.5),
]
_GRID = [
    (kind, share, employers, within)
    for kind in ("even", "uneven", "giants", "lognormal", "twelvefold") for share in (0.01, 0.03, 0.1, 0.3, 0.9)
    for employers in (15, 30, 60, 150, 400) for within in (0.1, 0.2, 0.5)
]  # fmt: skip


def _skewed(kind: str, draw: np.random.Generator, shape: tuple[int, int]) -> Numbers:
    """Openings of each employer: those of ``SIZES``, more skewed ones, or one employer in 25 twelve times as large."""
    if kind in SIZES:
        return SIZES[kind](draw, shape)
    sizes = np.ceil(draw.lognormal(1.0, 1.5 if kind == "lognormal" else 0.8, shape)).astype(int)
    if kind == "twelvefold":
        sizes[:, : max(2, shape[1] // 25)] *= 12
    return sizes


def _covered(kind: str, share: float, employers: int, within: float) -> tuple[float, float]:
    """Of the runs with an interval: the median of effective employers, and the part that holds the true share."""
    draw = np.random.default_rng(20)
    sizes = _skewed(kind, draw, (RUNS, employers))
    strength = 1 / within - 1
    own = draw.beta(strength * share, strength * (1 - share), sizes.shape)
    hits = draw.binomial(sizes, own).astype(np.float64)
    found = [clustered_share(k, n) for k, n in zip(hits, sizes.astype(np.float64), strict=True)]
    shown = [each for each in found if support.interval_allowed(each.effective)]
    if len(shown) < RUNS / 2:
        return 0.0, math.nan
    return float(np.median([each.effective for each in shown])), float(
        np.mean([e.low <= share <= e.high for e in shown])
    )


def _promised(share: float, effective: float, covered: float) -> bool:
    """93 to 97 % from 40 effective employers, 90 % and more from ten; what few employers have may be covered more.

    A share of three in a hundred or less moves in steps of single employers; 1,500 runs tell no less than 1 % apart.
    """
    noise = 2 * math.sqrt(0.05 * 0.95 / RUNS)
    if effective < 40:
        return not effective or covered >= 0.90
    return 0.93 - noise <= covered <= (0.97 if 0.03 < share < 0.97 else 0.98) + noise


@pytest.mark.parametrize(("kind", "share", "employers", "within"), _HARD)
def test_rare_things_in_few_hands_are_covered_as_promised(
    kind: str, share: float, employers: int, within: float
) -> None:
    effective, covered = _covered(kind, share, employers, within)
    assert effective >= support.INTERVAL_EMPLOYERS
    assert _promised(share, effective, covered), (effective, covered)


@pytest.mark.skipif(not os.environ.get("JOBTIDE_SLOW"), reason="JOBTIDE_SLOW is not set")
def test_every_design_is_covered_as_promised() -> None:
    found = {design: _covered(*design) for design in _GRID}
    assert [(design, told) for design, told in found.items() if not _promised(design[1], *told)] == []


def test_common_shares_of_many_employers_are_as_narrow_as_the_linearised_interval() -> None:
    hits, sizes = _employers("uneven", 0.3, 150)
    wider = []
    for k, n in zip(hits[:200], sizes[:200], strict=True):
        found, share = clustered_share(k, n), k.sum() / n.sum()
        error = math.sqrt((((k - share * n) / (1 - n / n.sum())) ** 2).sum()) / n.sum()
        wider.append((found.high - found.low) / (2 * t_quantile(0.975, found.effective - 1) * error))
    assert np.mean(wider) <= 1.03


def test_the_promise_holds_over_all_designs_together() -> None:
    within: dict[str, list[bool]] = {"10 to 40": [], "40 and more": []}
    for kind in SIZES:
        for employers in (24, 60, 150):
            for k, n in zip(*_employers(kind, 0.3, employers), strict=True):
                found = clustered_share(k, n)
                if support.interval_allowed(found.effective):
                    band = "40 and more" if found.effective >= 40 else "10 to 40"
                    within[band].append(found.low <= 0.3 <= found.high)
    assert np.mean(within["10 to 40"]) >= 0.93
    assert 0.93 <= np.mean(within["40 and more"]) <= 0.97


def test_below_ten_effective_employers_there_is_no_interval() -> None:
    sizes = np.array([60.0] * 9)  # nine equal employers are worth nine
    row = estimate("k", "K", clustered_share(sizes / 3, sizes), n=540, employers=9)
    assert (row.value, row.low, row.high, row.flag) == (1 / 3, None, None, "no interval: few employers")
    more = np.array([60.0] * 10)
    assert estimate("k", "K", clustered_share(more / 3, more), n=600, employers=10).low is not None


def test_a_bootstrap_of_employers_gives_the_same_width() -> None:
    draw = np.random.default_rng(6)
    hits, sizes = _employers("uneven", 0.3, 60)
    ratios = []
    for k, n in zip(hits[:60], sizes[:60], strict=True):
        found = clustered_share(k, n)
        drawn = draw.integers(0, 60, (1000, 60))
        low, high = np.quantile(k[drawn].sum(axis=1) / n[drawn].sum(axis=1), [0.025, 0.975])
        ratios.append((found.high - found.low) / (high - low))
    # The percentile bootstrap knows neither t nor the pull of large employers: ours is a little wider.
    assert 1.0 <= np.mean(ratios) <= 1.15


def _ranges(draw: np.random.Generator, spread: float, low_in_range: float) -> tuple[Numbers, Numbers, list[str]]:
    """500 stated ranges around offers of median 160,000: (lower ends, upper ends, employers).

    Ranges are 28 % of their midpoint on average (as Batra, Michaud and Mongey found in US postings, 2023); an offer
    lies in its range as a beta says, in the middle on average where ``low_in_range`` is 2. A third of the variance is
    the employer's.
    """
    employer = draw.integers(0, 120, 500)
    level = draw.normal(0, spread * math.sqrt(1 / 3), 120)[employer]
    offers = 160_000 * np.exp(level + draw.normal(0, spread * math.sqrt(2 / 3), 500))
    width = draw.gamma(4, 0.07, 500)
    middle = offers / (1 - width / 2 + draw.beta(2, low_in_range, 500) * width)
    return middle * (1 - width / 2), middle * (1 + width / 2), [str(e) for e in employer]


def test_pay_of_interval_data_is_right_within_two_and_four_percent() -> None:
    draw = np.random.default_rng(8)
    truth = {q: 160_000 * math.exp(0.3 * z) for q, z in (("p10", -1.2815516), ("p50", 0.0), ("p90", 1.2815516))}
    off: dict[str, list[float]] = {q: [] for q in truth}
    lower, covered = [], []
    for _ in range(200):
        low, high, employers = _ranges(draw, 0.3, 2)
        middle = (low + high) / 2
        median = clustered_quantile(middle, employers, 0.5)
        found = {**dict(quantiles(middle)), "p50": median.value}
        for q, true in truth.items():
            off[q].append(abs(found[q] / true - 1))
        lower.append(abs(float(np.median(low)) / truth["p50"] - 1))
        covered.append(median.low <= truth["p50"] <= median.high)
    assert np.mean(off["p50"]) <= 0.02
    assert np.mean(off["p10"]) <= 0.04
    assert np.mean(off["p90"]) <= 0.04
    assert np.mean(lower) > 0.10  # the lower ends alone, as some count, fail the same test
    assert np.mean(covered) >= 0.90


@pytest.mark.parametrize("low_in_range", [2, 6, 0.5])
def test_the_median_of_offers_lies_between_the_medians_of_the_ends_wherever_offers_lie(low_in_range: float) -> None:
    draw = np.random.default_rng(9)
    for _ in range(50):
        low, high, _ = _ranges(draw, 0.3, low_in_range)
        assert np.median(low) <= 160_000 <= np.median(high)

"""What gained and lost ground is found, what did not is not, and the base says when it cannot tell."""

import math
from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market.ask import ask, identify
from jobtide.market.explain import explain
from jobtide.market.filters import Filters
from jobtide.market.gains import false_discovery_rates, gain
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import AT, Make, fact, posting
from tests.market.over_time import crawl, month, thread


def _named(number: int, employer: int) -> Iterator[str]:
    """Python by all; Docker by two employers of twenty in the first year, by twelve in the second; Perl reversed."""
    later = number >= 12
    yield "python"
    if employer < (12 if later else 2):
        yield "docker"
    if employer < (2 if later else 12):
        yield "perl"
    if employer < 4:  # only four employers ever: never tested
        yield "rust"


@pytest.fixture
def two_years(make: Make) -> Snapshot:
    return thread(make, range(24), 20, _named)


def test_a_riser_is_counted_by_hand(two_years: Snapshot) -> None:
    figure = ask("rising", two_years, Filters())
    (docker,) = figure.rows  # python did not move, perl fell, rust has too few employers
    # 20 openings a month: 12 months of 2 are 24 of 240, then 12 of 12 are 144 of 240.
    assert (docker.key, docker.more["before"], docker.more["after"]) == ("docker", 0.1, 0.6)
    assert docker.value == pytest.approx(0.5)
    assert (docker.n, docker.more["n_before"], docker.more["n_after"]) == (480, 240, 240)
    assert (docker.more["named_before"], docker.more["named"]) == (24, 144)
    assert (docker.more["naming_employers_before"], docker.more["naming_employers"]) == (2, 12)
    # Twenty equal employers, ten of which rose from none to all: mean .5, residuals of .5 / 20 each, as when left out
    # .5 / 19; their root of squares .5 / 19 * sqrt(20) = .1177; t(19) = 2.093.
    assert docker.low == pytest.approx(0.5 - 2.093 * 0.1177, abs=0.001)
    assert docker.high == pytest.approx(0.5 + 2.093 * 0.1177, abs=0.001)
    # Shares drawn by a tenth of 480 towards the pooled .35: (24 + 16.8) / 288, (144 + 16.8) / 288.
    first, second = 40.8 / 288, 160.8 / 288
    assert docker.more["odds_ratio"] == pytest.approx(second / (1 - second) / (first / (1 - first)))
    assert docker.more["direction"] == "rising"
    assert figure.title == "Skills named more in Jan 2016 to Dec 2016 than in Jan 2015 to Dec 2015"
    assert figure.id == identify("rising", two_years, Filters())


def test_what_fell_mirrors_it(two_years: Snapshot) -> None:
    (perl,) = ask("falling", two_years, Filters()).rows
    assert perl.value == pytest.approx(-0.5)
    assert (perl.key, perl.more["direction"]) == ("perl", "falling")


def test_rows_walk_back_to_the_window_that_shows_them(two_years: Snapshot) -> None:
    for name, key, year in (("rising", "docker", "2016"), ("falling", "perl", "2015")):
        figure = ask(name, two_years, Filters())
        found = explain(two_years, f"{figure.id}#{key}")
        assert found.openings == 144
        assert {item.words for item in found.evidence} == {key}
        seen = {item.posting.split(":")[2].split("-")[0] for item in found.evidence}
        assert {str(month(int(number)).year) for number in seen} == {year}


def test_since_bounds_the_crawls(two_years: Snapshot) -> None:
    figure = ask("rising", two_years, Filters(since=date(2016, 1, 1)))
    assert figure.rows == ()  # within 2016 nothing moves
    assert "Jul 2016 to Dec 2016" in figure.title


def test_eleven_months_of_one_source_are_refused_twelve_are_not(make: Make) -> None:
    with pytest.raises(NotSupported, match="at least 12 months"):
        ask("rising", thread(make, range(11), 20, _named), Filters())
    assert ask("rising", thread(make, range(12), 20, _named), Filters()).base.n == 240


def test_two_sources_a_month_apart_carry_it(make: Make) -> None:
    def named(number: int, employer: int) -> list[str]:
        return ["docker"] if employer < (15 if number else 3) else []

    shot = thread(make, range(2), 20, named, sources=("lever", "greenhouse"))
    (docker,) = ask("rising", shot, Filters()).rows
    # Each source shows 3, then 15 of 20.
    assert (docker.more["before"], docker.more["after"], docker.n) == (0.15, 0.75, 80)


def test_a_board_that_joined_later_is_no_change(make: Make) -> None:
    postings, crawls, facts = [], [], []
    for number in range(12):
        for board in ("old", "new"):
            if board == "new" and number < 6:
                continue
            crawls.append(crawl(number, month(number), board=board))
            for e in range(12):
                version = f"{board}-{number}-{e}"
                row = posting(0, f"{board}{e}", "ml_engineer")
                key = f"hn:{board}:{number}-{e}"
                row |= {"posting": key, "vacancy": key, "version": version, "source": "hn", "board": board}
                postings.append(row | {"seen_at": month(number)})
                facts.append(fact(version, 0, "skill", "docker" if board == "new" else "python"))
    figure = ask("rising", make(postings, facts, crawls=crawls), Filters())
    assert figure.base.n == 144  # the old board's twelve months of twelve
    assert figure.rows == ()


def test_a_window_too_small_offers_the_broader_group(two_years: Snapshot, make: Make) -> None:
    with pytest.raises(TooFew) as error:
        ask("rising", two_years, Filters(seniority="senior", role="ai_engineer", family="all"))
    assert (error.value.n, error.value.broader) == (0, "")  # the family, which needs no words
    with pytest.raises(NotSupported, match="28 days"):
        ask("rising", make([posting(1, "e", "ml_engineer")]), Filters())


def test_a_near_copy_of_a_later_year_speaks_for_its_own_year(make: Make) -> None:
    # One vacancy, posted every month; the text names Docker from the second year on.
    postings, facts, crawls = [], [], []
    for number in range(24):
        crawls.append(crawl(number, month(number)))
        for e in range(40):
            version, key = f"{number}-{e}", f"hn:thread:{number}-{e}"
            row = posting(0, f"e{e:02d}", "ml_engineer") | {"posting": key, "version": version, "source": "hn"}
            row |= {"vacancy": f"hn:thread:0-{e}", "board": "thread", "seen_at": month(number)}
            postings.append(row)
            if number >= 12 and e % 2:
                facts.append(fact(version, 0, "skill", "docker"))
    (docker,) = ask("rising", make(postings, facts, crawls=crawls), Filters()).rows
    assert (docker.more["before"], docker.more["after"]) == (0.0, 0.5)
    assert (docker.more["n_before"], docker.more["n_after"]) == (40, 40)  # each vacancy once a window


def test_months_below_the_table_are_refused_together(two_years: Snapshot) -> None:
    # 20 openings a month are below the 30 of the suppression table.
    with pytest.raises(TooFew, match="in each month of Jan 2015 to Dec 2016"):
        ask("trend", two_years, Filters(), skill="docker, perl")


def test_a_monthly_series_of_forty(make: Make) -> None:
    shot = thread(make, (0, 1, 3), 40, lambda number, e: ["docker"] if e < 10 * (number + 1) else [])
    figure = ask("trend", shot, Filters(), skill="Docker")
    # 10, 20 and 40 of 40 employers; the month without a thread is absent and said.
    assert [(row.more["month"], row.value, row.n) for row in figure.rows] == [
        ("2015-01", 0.25, 40), ("2015-02", 0.5, 40), ("2015-04", 1.0, 40),
    ]  # fmt: skip
    assert any("without a complete crawl, left out: 1" in caveat for caveat in figure.caveats)
    assert figure.rows[0].low is not None
    found = explain(shot, f"{figure.id}#2015-02/docker", figure=figure, filters=Filters())
    assert found.openings == 20
    assert {item.posting.split(":")[2].split("-")[0] for item in found.evidence} == {"1"}
    with pytest.raises(UsageError, match="did you mean docker"):
        ask("trend", shot, Filters(), skill="dokcer")


def test_one_moment_has_no_series(make: Make) -> None:
    with pytest.raises(NotSupported, match=str(AT.date())):
        ask("trend", make([posting(n, f"e{n}", "ml_engineer") for n in range(40)]), Filters())


# ---- the statistic against a known truth ---------------------------------------------------------


def _postings(chosen: np.random.Generator, share: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    return chosen.binomial(sizes.astype(int), share).astype(float)


def _market(seed: int, *, risers: int) -> tuple[float, float, float, float]:
    """(false share of discoveries, share of risers found, the same false share by a plain z test, nulls below .05).

    150 employers of uneven size, a quarter of them in the first window only and a quarter in the second only; each has
    a share of its own of every skill, spread as a beta with weight 8 around the skill's.
    """
    chosen = np.random.default_rng(seed)
    sizes = [chosen.geometric(0.15, 150).astype(float) for _ in range(2)]
    kind = chosen.random(150)
    sizes[0][kind < 0.25], sizes[1][kind > 0.75] = 0, 0
    ours, plain, truth = [], [], []
    for skill in range(150):
        rises = skill < risers
        base = math.exp(chosen.uniform(math.log(0.01), math.log(0.4))) if not rises else 0.08
        own = chosen.beta(8 * base, 8 * (1 - base), 150)
        hits = [_postings(chosen, own, sizes[0]), _postings(chosen, np.minimum(own * (4 if rises else 1), 1), sizes[1])]
        ours.append(gain(hits[0], sizes[0], hits[1], sizes[1]).p)
        plain.append(_plain(hits, sizes))
        truth.append(rises)
    real = np.array(truth)
    found, naive = np.array(false_discovery_rates(ours)) <= 0.05, np.array(false_discovery_rates(plain)) <= 0.05
    power = float(found[real].mean()) if risers else 1.0
    low = float((np.array(ours)[~real] < 0.05).mean())
    return _false(found, real), power, _false(naive, real), low


def _false(found: np.ndarray, real: np.ndarray) -> float:
    return float((found & ~real).sum() / max(1, found.sum()))


def _plain(hits: list[np.ndarray], sizes: list[np.ndarray]) -> float:
    """Two proportions, every posting taken as independent."""
    n, m = sizes[0].sum(), sizes[1].sum()
    pooled = (hits[0].sum() + hits[1].sum()) / (n + m)
    z = (hits[1].sum() / m - hits[0].sum() / n) / math.sqrt(max(pooled * (1 - pooled), 1e-9) * (1 / n + 1 / m))
    return math.erfc(abs(z) / math.sqrt(2))


def test_false_discoveries_stay_below_nominal_where_employers_cluster_and_risers_are_found() -> None:
    runs = np.array([_market(seed, risers=15) for seed in range(30)])
    false, power, naive, low = runs.mean(axis=0)
    assert false <= 0.05
    assert power >= 0.8
    assert naive > 0.2  # the guard: who takes postings as independent finds risers that are none
    assert 0.02 <= low <= 0.055  # the test of one skill keeps its level, and is not empty


def test_where_nothing_moves_hardly_any_market_shows_a_riser() -> None:
    runs = np.array([_market(100 + seed, risers=0)[0] for seed in range(40)])
    assert (runs > 0).mean() <= 0.1


def test_the_interval_of_a_change_covers() -> None:
    chosen = np.random.default_rng(5)
    covered = 0
    truth = float(np.minimum(np.random.default_rng(1).beta(1.2, 4.8, 1_000_000) * 1.5, 1).mean() - 0.2)
    for _ in range(400):
        sizes = [chosen.geometric(0.2, 60).astype(float) for _ in range(2)]
        own = chosen.beta(1.2, 4.8, 60)
        later = np.minimum(own * 1.5, 1)
        found = gain(_postings(chosen, own, sizes[0]), sizes[0], _postings(chosen, later, sizes[1]), sizes[1]).change
        covered += found.low <= truth <= found.high
    assert 0.92 <= covered / 400 <= 0.98


def test_nothing_and_everything_give_no_news() -> None:
    sizes = np.full(20, 4.0)
    assert gain(np.zeros(20), sizes, np.zeros(20), sizes).p == 1.0
    assert gain(sizes, sizes, sizes, sizes).p == 1.0
    one = np.zeros(20)
    one[0] = 4.0
    assert math.isnan(gain(one, one, one, one).change.low)  # one employer carries no interval

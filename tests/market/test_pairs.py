"""What goes together is counted by hand; what only seems to is not called a bond."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.errors import TooFew, UsageError
from jobtide.market import charts
from jobtide.market.ask import ask, identify
from jobtide.market.explain import explain
from jobtide.market.filters import Filters
from jobtide.market.together import Counts, bond, lift
from jobtide.market.trend import known
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting


@pytest.fixture
def hundred(make: Make) -> Snapshot:
    """A hundred openings of twenty employers, five each.

    Python: 0 to 59; Docker: 0 to 39; Kubernetes: 0 to 35 and 60 to 63. Rust: twenty openings of four employers. EC2
    stands beside AWS, of which it is a part, in 0 to 39.
    """
    postings, facts = [], []
    for n in range(100):
        postings.append(posting(n, f"e{n % 20:02d}", "ml_engineer"))
        skills = {
            "python": n < 60, "docker": n < 40, "kubernetes": n < 36 or 60 <= n < 64, "rust": n % 20 < 4,
            "amazon-web-services": n < 40, "amazon-ec2": n < 40,
        }  # fmt: skip
        facts += [fact(f"{n:04d}", i, "skill", skill) for i, (skill, named) in enumerate(skills.items()) if named]
    return make(postings, facts)


def test_a_pair_is_counted_by_hand(hundred: Snapshot) -> None:
    figure = ask("pairs", hundred, Filters())
    row = figure.row("docker+kubernetes")
    assert row is not None
    # 36 of the 40 openings that name Docker name Kubernetes too; by chance it would be 40 * 40 / 100 = 16.
    assert (row.value, row.n, row.employers, row.more["openings"]) == (0.9, 40, 20, 36)
    assert row.more["lift"] == pytest.approx(2.25)
    assert row.more["bond"] == pytest.approx(math.log2(46 / 26), abs=1e-4)
    assert (row.more["back"], row.more["back_n"]) == (0.9, 40)
    assert row.low is not None
    assert row.high is not None
    assert 0.7 < row.low < 0.9 < row.high < 1
    keys = [row.key for row in figure.rows]
    # The rarer one stands first; the strongest bond on top; Rust has too few openings, EC2 is a part of AWS.
    assert "docker+python" in keys
    assert not any("rust" in key for key in keys)
    assert "amazon-ec2+amazon-web-services" not in keys
    bonds = [row.more["bond"] for row in figure.rows]
    assert bonds == sorted(bonds, key=lambda bond: -float(str(bond)))


def test_a_skill_is_known_by_any_of_its_names() -> None:
    names = {"apache-kafka": "Apache Kafka", "kubernetes": "Kubernetes", "python": "Python"}
    assert known("Kafka, k8s, python", names) == ["apache-kafka", "kubernetes", "python"]
    with pytest.raises(UsageError, match="no skill 'snakes'"):
        known("snakes", names)


def test_what_goes_with_one_skill(hundred: Snapshot) -> None:
    figure = ask("pairs", hundred, Filters(), skill="Python")
    assert {row.key.split("+")[0] for row in figure.rows} == {"python"}
    row = figure.row("python+docker")
    assert row is not None
    assert (row.value, row.n) == (40 / 60, 60)  # of 60 openings that name Python 40 name Docker
    assert figure.id == identify("pairs", hundred, Filters(), skill="python")
    with pytest.raises(UsageError, match="no skill"):
        ask("pairs", hundred, Filters(), skill="snakecharming")
    with pytest.raises(TooFew, match="too few of the 100 openings here name rust"):
        ask("pairs", hundred, Filters(), skill="rust")


def test_a_bundle_is_counted_by_hand(hundred: Snapshot) -> None:
    figure = ask("bundles", hundred, Filters())
    row = figure.row("docker+kubernetes+python")
    assert row is not None
    # 36 name all three. The likeliest way by chance: 36 with Docker and Kubernetes, of which 60 % with Python, 21.6.
    assert (row.value, row.n, row.more["openings"], row.more["naming_employers"]) == (0.36, 100, 36, 20)
    assert row.more["bond"] == pytest.approx(math.log2(46 / 31.6), abs=1e-4)
    assert (row.more["third"], row.more["third_n"]) == (1.0, 36)


def test_pairs_walk_back_to_openings_that_name_both(hundred: Snapshot) -> None:
    for name, key, n in (("pairs", "docker+kubernetes", 36), ("bundles", "docker+kubernetes+python", 36)):
        figure = ask(name, hundred, Filters())
        found = explain(hundred, f"{figure.id}#{key}")
        assert found.openings == n
        assert {item.words for item in found.evidence} == {key.rpartition("+")[2]}
        assert all(int(item.posting.rpartition(":")[2]) < 36 for item in found.evidence)
        assert "layer" in charts.chart(figure)


def test_a_base_too_small_is_refused(make: Make) -> None:
    for name in ("pairs", "bundles"):
        with pytest.raises(TooFew):
            ask(name, make([posting(n, f"e{n}", "ml_engineer") for n in range(12)]), Filters())


def test_lift_covers_its_truth_though_employers_repeat_their_lists() -> None:
    # Each employer names both skills with shares of its own, drawn independently: the lift of all is 1.
    chosen = np.random.default_rng(8)
    covered = plain = 0
    for _ in range(500):
        sizes = chosen.geometric(0.1, 80)
        a, b = chosen.beta(1, 2, 80), chosen.beta(1, 2, 80)
        both, only_a, only_b, _ = np.array(
            [
                chosen.multinomial(n, [x * y, x * (1 - y), (1 - x) * y, (1 - x) * (1 - y)])
                for n, x, y in zip(sizes, a, b, strict=True)
            ]
        ).T.astype(float)
        found = lift(Counts(sizes.astype(float), both + only_a, both + only_b, both))
        covered += found.low <= 1 <= found.high
        k, expected = both.sum(), (both + only_a).sum() * (both + only_b).sum() / sizes.sum()
        pa, pb = ((both + only).sum() / sizes.sum() for only in (only_a, only_b))
        plain += abs(math.log(k / expected)) <= 1.96 * math.sqrt((1 - pa) * (1 - pb) / k)
    assert 0.92 <= covered / 500 <= 0.98
    assert plain / 500 < 0.85  # the guard: openings taken as independent


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 1e6), st.floats(0.01, 1e6), st.floats(0.01, 1e5))
def test_a_bond_is_never_negative_never_stronger_than_unshrunk_and_grows_with_both(
    k: float, e: float, more: float
) -> None:
    assert 0 <= bond(k, e) <= max(0.0, math.log2(max(k, 1e-9) / e) + 1e-9)
    assert bond(k + more, e) >= bond(k, e)

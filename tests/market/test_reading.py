"""Shares corrected for the reader's mistakes: by hand, and against simulations whose truth is known."""

import json
import math
from pathlib import Path

import numpy as np
import pytest

from jobtide.errors import StoreDamaged
from jobtide.market import reading
from jobtide.market.ask import ask
from jobtide.market.charts import chart
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, clustered_share
from jobtide.market.reading import Counts, Factor, Reading
from jobtide.store.snapshot import Snapshot

# python: 50 present, 40 read: a factor of 1.25. The rest together: 30 present, 40 read: .75.
MEASURED = Reading(
    skill={"python": Counts(tp=40, fp=0, fn=10), "go": Counts(tp=9, fp=6, fn=1), "r": Counts(tp=18, fp=7, fn=2)},
    pooled=Counts(tp=67, fp=13, fn=13),
    n_postings=100,
    how="a hundred invented postings",
)


def test_a_skill_is_corrected_by_its_own_measurement_or_by_that_of_all_without_one() -> None:
    factors = MEASURED.factors(["python", "go", "sql"])
    assert (factors["python"].value, factors["python"].whose) == (1.25, "own")
    assert (factors["go"].value, factors["go"].whose) == (0.75, "all skills'")
    assert factors["sql"] == factors["go"]
    # 10 / 50^2 + 40 (1/50 - 1/40)^2 + .5 / 40^2, with halves for the unseen.
    assert factors["python"].variance == pytest.approx(10.5 / 50.5**2 + 40 * (1 / 50.5 - 1 / 40.5) ** 2 + 0.5 / 40.5**2)


def test_skills_that_differ_in_recall_widen_the_interval_of_those_without_a_measurement() -> None:
    alike = {str(i): Counts(tp=10, fp=0, fn=10) for i in range(10)}
    apart = {str(i): Counts(tp=20 * (i % 2), fp=0, fn=20 * (1 - i % 2)) for i in range(10)}
    pooled = Counts(tp=100, fp=0, fn=100)
    same = Reading(alike, pooled, 9, "").factors(["x"])["x"]
    differ = Reading(apart, pooled, 9, "").factors(["x"])["x"]
    assert same.value == differ.value == 2.0
    # Recall is 0 or 1, variance .25 (a little more for ten groups, n / (n - 1)), over .5^2: about 1.
    assert differ.variance - same.variance == pytest.approx(1.0, rel=0.15)


def test_a_perfect_reader_leaves_the_share_and_its_interval_alone() -> None:
    read = clustered_share(np.array([3.0] * 20), np.array([10.0] * 10 + [12.0] * 10))
    found = reading.corrected(read, Factor(1.0, 0.0, "own"))
    assert found.value == read.value
    assert (found.low, found.high) == (pytest.approx(read.low), pytest.approx(read.high))
    wider = reading.corrected(read, Factor(1.0, 0.04, "own"))
    assert wider.low < read.low
    assert wider.high > read.high


def test_no_share_exceeds_one_and_no_interval_is_made_up() -> None:
    assert reading.corrected(Interval(0.9, 0.8, 0.95, 30.0), Factor(1.3, 0.01, "own")).value == 1.0
    nothing = reading.corrected(Interval(0.0, 0.0, 0.1, 30.0), Factor(1.3, 0.01, "own"))
    assert nothing.value == 0.0
    assert math.isnan(nothing.low)


def _read(draw: np.random.Generator, share: float, employers: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Openings an employer, those that truly name the skill, and those where a reader with errors sees it.

    The reader finds 80 % of what is there and sees it in 3 % of the others.
    """
    sizes = draw.geometric(0.15, employers)
    true = draw.binomial(sizes, draw.beta(4 * share, 4 * (1 - share), employers))
    seen = draw.binomial(true, 0.8) + draw.binomial(sizes - true, 0.03)
    return sizes.astype(float), true.astype(float), seen.astype(float)


@pytest.mark.parametrize("share", [0.2, 0.5])
def test_the_corrected_share_is_unbiased_and_covered_where_the_one_read_is_not(share: float) -> None:
    draw = np.random.default_rng(12)
    runs, found, plain, covered, read_covers = 1000, [], [], 0, 0
    for _ in range(runs):
        sizes, _, seen = _read(draw, share, 120)
        present = draw.binomial(200, share)  # labelled: 200 other postings
        tp, fp = draw.binomial(present, 0.8), draw.binomial(200 - present, 0.03)
        counts = Counts(int(tp), int(fp), int(present - tp))
        read = clustered_share(seen, sizes)
        factor = Factor(counts.factor, counts.variance, "own")
        right = reading.corrected(read, factor)
        found.append(right.value)
        plain.append(read.value)
        covered += right.low <= share <= right.high
        read_covers += read.low <= share <= read.high
    assert np.mean(found) == pytest.approx(share, rel=0.02)
    assert abs(np.mean(plain) / share - 1) > 0.05
    assert 0.93 <= covered / runs <= 0.98
    assert read_covers / runs < 0.92


def test_skills_show_what_was_read_and_what_is_corrected(forty: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "load", lambda: MEASURED)
    figure = ask("skills", forty, Filters())
    (python,) = figure.rows
    # Read in 32 of 40, times 1.25.
    assert (python.value, python.more["corrected"], python.more["corrected_by"]) == (0.8, 1.0, "own")
    assert any("a hundred invented postings" in caveat for caveat in figure.caveats)
    assert "ring" in json.dumps(chart(figure)["title"])


def test_without_a_measurement_the_figure_says_so(forty: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "load", lambda: None)
    figure = ask("skills", forty, Filters())
    assert "corrected" not in figure.rows[0].more
    assert any("no measurement" in caveat for caveat in figure.caveats)


def test_the_bundled_measurement_reads_and_a_broken_one_is_named(tmp_path: Path) -> None:
    bundled = reading.load()
    assert bundled is not None
    assert bundled.n_postings > 0
    assert bundled.factors(["python"])["python"].value == pytest.approx(1.0, abs=0.2)
    assert reading.load(tmp_path / "none.json") is None
    (tmp_path / "broken.json").write_text('{"skill": 3}')
    with pytest.raises(StoreDamaged, match="make score"):
        reading.load(tmp_path / "broken.json")

"""Do two numbers put over-sure probabilities right, in order and inside (0, 1), and does the tagger use them?"""

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import readings
from jobtide.enrich.deep import model
from jobtide.enrich.deep.model import put_right
from jobtide.enrich.deep.tag import tag

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "tools"))

import tagger_calibration as calibration


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 2), st.floats(-2, 2))
def test_what_is_likelier_stays_likelier(a: float, b: float, slope: float, shift: float) -> None:
    low, high = sorted((put_right(a, slope, shift), put_right(b, slope, shift)))
    assert 0.0 < low <= high < 1.0
    assert (put_right(min(a, b), slope, shift), put_right(max(a, b), slope, shift)) == (low, high)


def test_two_numbers_leave_a_true_probability_as_it_is_and_find_a_known_error() -> None:
    rng = np.random.default_rng(5)
    said = rng.uniform(0.35, 0.995, 20_000)
    for slope, shift in ((1.0, 0.0), (0.5, -0.2)):
        hits = [rng.random() < put_right(p, slope, shift) for p in said]
        found = calibration.platt(
            [(str(i % 40), float(p), bool(hit)) for i, (p, hit) in enumerate(zip(said, hits, strict=True))]
        )
        assert found == pytest.approx((slope, shift), abs=0.08)


def test_the_table_shows_postings_that_were_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(6)
    rows = [(str(i % 30), 0.95, bool(rng.random() < 0.8)) for i in range(3000)]
    rows += [(str(i % 30), 0.45, bool(rng.random() < 0.45)) for i in range(3000)]
    calibration.show(rows)
    before, after = capsys.readouterr().out.split("put right:")
    assert "said 0.950 true 0.7" in before or "said 0.950 true 0.8" in before
    top = [line.split() for line in after.splitlines() if "0.8 and more" in line or "0.7 and more" in line][-1]
    assert float(top[-3]) == pytest.approx(float(top[-1]), abs=0.02)


def test_the_shipped_tagger_says_less_than_its_chain_at_the_top() -> None:
    slope, shift = model.load().sure
    assert put_right(0.98, slope, shift) < 0.95
    assert math.isfinite(slope)
    (reading,) = readings(
        [version_row({"title": "Data Engineer", "text": "Requirements:\n- Python, Quondleflow and Spark"})]
    )
    found = tag([reading.buffer])[0]
    assert found
    assert max(one.likely for one in found) < 0.95

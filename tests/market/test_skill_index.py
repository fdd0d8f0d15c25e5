"""The index counts what a plain count counts."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.market import skill_index
from jobtide.market.ask import ask
from jobtide.market.filters import Filters
from jobtide.market.intervals import Moments, clustered_share, clustered_shares
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting


@pytest.fixture
def shot(make: Make) -> Snapshot:
    """Sixty openings of eight employers of uneven size, five skills by a rule."""
    rows, facts = [], []
    for number in range(60):
        rows.append(posting(number, f"e{int(number**0.5):02d}", "ml_engineer"))
        for order, skill in enumerate(("a", "b", "c", "d", "e")):
            if number % (order + 2) == 0:
                need = ("required", "preferred", "mentioned")[number % 3]
                facts.append(fact(f"{number:04d}", order, "skill", skill, need=need))
    return make(rows, facts)


@settings(max_examples=25, deadline=None)
@given(chosen=st.sets(st.integers(1, 60), min_size=1))
def test_any_set_of_openings_is_counted_as_by_hand(chosen: set[int]) -> None:
    opening = np.array([1, 4, 7, 9, 60, 2, 4, 9, 10, 11], dtype=np.int32)
    owner = np.array([1, 1, 1, 2, 3, 1, 1, 2, 2, 3], dtype=np.int32)
    skill = np.array([5, 5, 5, 5, 5, 8, 8, 8, 8, 8], dtype=np.int32)
    runs = np.flatnonzero((np.diff(skill, prepend=-1) != 0) | (np.diff(owner, prepend=-1) != 0))
    lasts = np.append(runs[1:] - 1, 9).astype(np.int32)
    skills = np.flatnonzero(np.diff(skill, prepend=-1))
    flags = opening % 2 == 0
    index = skill_index.SkillIndex(
        opening, flags, ~flags, lasts, owner[runs], (skill[runs] == 8).astype(np.int32), skills, skill[skills], 60
    )
    sizes = np.array([0.0, 30.0, 20.0, 10.0])
    found = index.count(np.array(sorted(chosen), dtype=np.int32), sizes)
    for at, number in enumerate(found.skill):
        mine = [i for i in range(10) if skill[i] == number and opening[i] in chosen]
        assert found.named[at] == len(mine) > 0
        assert found.required[at] == sum(flags[mine])
        assert found.preferred[at] == len(mine) - sum(flags[mine])
        assert found.naming_employers[at] == len({owner[i] for i in mine})
        hits = np.bincount(owner[mine], minlength=4).astype(float)
        weight = (1 - sizes / 60) ** -2.0
        assert found.squares[at] == pytest.approx((weight * hits**2).sum())
        assert found.products[at] == pytest.approx((weight * hits * sizes).sum())
        assert found.pairs[at] == pytest.approx((hits * (hits - 1) / np.maximum(sizes - 1, 1)).sum())
    assert set(found.skill) == {skill[i] for i in range(10) if opening[i] in chosen}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=2, max_size=30))
def test_moments_give_the_interval_that_all_employers_give(pairs: list[tuple[int, int]]) -> None:
    hits = np.array([min(k, n) for k, n in pairs], dtype=float)
    sizes = np.array([n for _, n in pairs], dtype=float)
    if not hits.sum():
        return
    weight = (1 - sizes / sizes.sum()) ** -2.0
    again = float((hits * (hits - 1) / np.maximum(sizes - 1, 1)).sum())
    moments = Moments(float(hits.sum()), float((weight * hits**2).sum()), float((weight * hits * sizes).sum()), again)
    (many,), one = clustered_shares([moments], sizes), clustered_share(hits, sizes)
    assert (many.value, many.effective) == (pytest.approx(one.value), pytest.approx(one.effective))
    # Where all shares are the same the error is nothing but rounding, of which the root is about 1e-8.
    assert [many.low, many.high] == pytest.approx([one.low, one.high], abs=1e-6, nan_ok=True)


def test_skills_of_all_are_those_of_the_only_group(shot: Snapshot) -> None:
    whole = ask("skills", shot, Filters())
    split = ask("skills", shot, Filters(), by="role")
    numbers = ("named", "required", "preferred", "naming_employers", "corrected")

    def told(row: Any) -> list[Any]:
        return [row.value, row.low, row.high, row.n, row.employers, *(row.more.get(name) for name in numbers)]

    assert len(whole.rows) == len(split.rows) == 5
    for one, other in zip(whole.rows, split.rows, strict=True):
        assert other.key == f"ml_engineer/{one.key}"
        assert told(other) == pytest.approx(told(one), nan_ok=True)


def test_parts_count_what_one_counts(shot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen, sizes = np.arange(1, 61, dtype=np.int32), np.r_[0.0, np.full(8, 7.5)]
    (whole,) = skill_index.load(shot)
    monkeypatch.setattr(skill_index, "_LARGE", 10)
    parts = skill_index._read(shot)
    assert len(parts) > 2
    one, other = whole.count(chosen, sizes), skill_index.count(parts, chosen, sizes)
    for name in skill_index.Cells.__slots__:
        assert getattr(one, name).tolist() == getattr(other, name).tolist()


def test_a_figure_is_counted_once_a_snapshot(shot: Snapshot) -> None:
    assert ask("skills", shot, Filters()) is ask("skills", shot, Filters())
    assert ask("skills", shot, Filters()) is not ask("skills", shot, Filters(family="all"))

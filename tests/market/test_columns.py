"""What is counted in arrays is what SQL counts: groups of a split, several of one opening, and what openings name."""

from itertools import product

import numpy as np
import pytest

from jobtide.cli.where import BUNDLED
from jobtide.market import cells, columns
from jobtide.market.filters import Filters
from jobtide.market.openings import SPLITS, grouped, select
from jobtide.store.snapshot import Snapshot

_COUNTS = """
    select {key} as key, {of} as concept, count(*) as k, count(distinct p.employer_no) as employers
    from posting p {join} {of_join} where {where} and {key} is not null and {of} is not null group by all order by all
"""
_NAMED = """
    select {key} as key, n.concept, count(*) as k, count(*) filter (n.required) as required
    from posting p {join} join opening_named n on n.no = p.no
    where {where} and n.kind = 'duty' and {key} is not null group by all order by all
"""


@pytest.mark.parametrize(("by", "of"), list(product(("role", "state", "city", "industry"), ("seniority", "country"))))
def test_cells_are_those_of_a_grouping_in_sql(by: str, of: str) -> None:
    (key, join), (concept, of_join) = SPLITS[by], SPLITS[of]
    concept, of_join = concept.replace("g.", "h."), of_join.replace(" g ", " h ").replace("g.no", "h.no")
    sql = _COUNTS.replace("{key}", key).replace("{join}", join).replace("{of_join}", of_join).replace("{of}", concept)
    filters = Filters(country="US", family="all")
    with Snapshot.open(BUNDLED) as shot:
        counted = cells.tally(shot, filters, cells.having(SPLITS[of]), by=by)
        expected = {(row["key"], row["concept"]): (row["k"], row["employers"]) for row in select(shot, sql, filters)}
        groups = grouped(shot, filters, by)
    assert {at: (cell.moments.hits, cell.employers) for at, cell in counted.items()} == expected
    assert list(groups) == sorted(groups)
    assert len(expected) > 20


@pytest.mark.parametrize("by", ["role", "city"])
def test_what_is_named_is_counted_by_need(by: str) -> None:
    key, join = SPLITS[by]
    sql = _NAMED.replace("{key}", key).replace("{join}", join)
    with Snapshot.open(BUNDLED) as shot:
        counted = cells.tally(shot, Filters(), cells.naming("duty"), by=by)
        rows = select(shot, sql, Filters())
    expected = {(row["key"], row["concept"]): (row["k"], row["required"]) for row in rows}
    assert {at: (cell.moments.hits, cell.needs["required"]) for at, cell in counted.items()} == expected


def test_cells_are_counted_alike_in_place_and_by_sorting() -> None:
    found = np.array([5, 1, 5, 9, 1, 5], dtype=np.int64)
    dense, sorted_ = columns.times(found, 10), columns.times(found, columns._DENSE + 1)
    for one, other in zip(dense, sorted_, strict=True):
        assert one.tolist() == other.tolist()
    assert dense[1].tolist() == [2, 3, 1]

"""A year of crawls through the real path: what moved is said with its interval, what closed is said to have closed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobtide.market.ask import ask
from jobtide.market.filters import Filters
from jobtide.report import article, changes
from jobtide.store.snapshot import Snapshot
from tests.faults.site import serving
from tests.report import years

_BEFORE = 9  # crawls that the older snapshot has


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """The snapshots after nine crawls and after fourteen."""
    with pytest.MonkeyPatch.context() as patch, serving(tmp_path_factory.mktemp("years") / "store", patch) as site:
        years.live(site, range(_BEFORE))
        with site.build() as old:
            years.live(site, range(_BEFORE, years.CRAWLS))
            with site.build() as new:
                yield old.folder, new.folder


@pytest.fixture(scope="module")
def text(folders: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report as Markdown."""
    with Snapshot.open(folders[1]) as shot:
        (page,) = article.build(shot, tmp_path_factory.mktemp("report"), ("md",), charts=False)
    return page.read_text()


def _standing(at: int) -> int:
    return sum(o.first <= at < o.last for employer in range(years.EMPLOYERS) for o in years.openings(employer))


def test_growth_flow_and_skills_are_what_was_put_up(folders: tuple[Path, Path]) -> None:
    last = years.CRAWLS - 1
    every = [o for employer in range(years.EMPLOYERS) for o in years.openings(employer)]
    with Snapshot.open(folders[1]) as shot:
        growth, flow = ask("growth", shot, Filters()), ask("flow", shot, Filters())
        rising, falling = ask("rising", shot, Filters()), ask("falling", shot, Filters())
        trend = ask("trend", shot, Filters(), skill="Rust")
    # The boards' own counts on the first day and the last; some of the last crawl's misses may come again.
    assert [growth.rows[0].n, growth.rows[-1].n] == [_standing(0), _standing(last)]
    assert growth.rows[-1].value == pytest.approx(100 * _standing(last) / _standing(0))
    opened = {row.key: row.value for row in flow.rows if row.key.endswith("/opened")}
    closed = {row.key: row.value for row in flow.rows if row.key.endswith("closed")}
    assert list(opened.values())[-1] == sum(o.first == last for o in every)
    assert list(closed.values())[-2] == sum(o.last == last - 1 for o in every)
    assert [row.label for row in rising.rows if row.flag == ""] == ["Rust"]
    assert [row.label for row in falling.rows if row.flag == ""] == ["Docker"]
    shares = [row.value or 0.0 for row in trend.rows]
    assert shares[-1] > shares[0] + 0.2


def test_the_report_says_what_moved_with_its_interval(text: str) -> None:
    growing = re.search(r"of 16 employers, (\d+) openings stood on 1 Jan 2026 and (\d+) on 26 Jan 2027: an index of "
                        r"\d+\.?\d* \(\d+\.?\d* to \d+\.?\d*\)", text)  # fmt: skip
    assert growing
    assert [int(n) for n in growing.groups()] == [_standing(0), _standing(years.CRAWLS - 1)]
    assert re.search(r"Growth, 1 Jan 2026 to 27 Dec 2026: \d+ % to \d+ % a year\.", text)
    assert re.search(r"Of the \d+ openings that stood there before 28 Nov 2026, \d+ closed by 27 Dec 2026, \d+% "
                     r"\(\d+ to \d+\) of them; \d+ opened meanwhile\.", text)  # fmt: skip
    assert re.search(
        r"Half are gone after \d+ days \(95 %: \d+ to \d+\)\. Gone from a board is not always filled", text
    )
    assert re.search(
        r"Skills named more in Jul 2026 to Jan 2027 than in Jan 2026 to Jun 2026, beyond chance: Rust \+", text
    )
    assert "Not told here" not in text
    assert "on the day of the crawl" not in text  # there were fourteen
    assert "100% (no interval: none gone by then)" in text


def test_what_opened_and_closed_in_a_period_stands_together(text: str) -> None:
    rows = re.findall(r"^\| (opened|reopened|closed), ([^|]*?) \|", text, re.MULTILINE)
    assert [kind for kind, _ in rows] == ["opened", "reopened", "closed"] * 4
    assert rows[0][1] == "28 Dec 2026 to 26 Jan 2027"


def test_the_difference_tells_what_closed_from_what_was_read_anew(folders: tuple[Path, Path]) -> None:
    with Snapshot.open(folders[0]) as old, Snapshot.open(folders[1]) as new:
        found = changes.compare(old, new, ("skills", "roles", "growth"))
    standing = (_BEFORE - 1, years.CRAWLS - 1)
    both = sum(
        o.first <= standing[0] and o.last > standing[1] for e in range(years.EMPLOYERS) for o in years.openings(e)
    )
    counts = found.postings
    # Nothing was edited; what the last crawl missed once still stands in the snapshot.
    assert (counts.edited, counts.same >= both, counts.closed > 0) == (0, True, True)
    assert counts.came >= _standing(standing[1]) - both
    for figure in found.figures:
        for row in figure.rows:
            parts = (row.closed, row.read, row.came)
            if figure.name == "growth":
                assert parts == (None, None, None)
            else:
                assert row.read is None or row.read == pytest.approx(0.0, abs=1e-9)  # None: too few stand in both
    assert any(row.closed for figure in found.figures for row in figure.rows)
    assert json.dumps(found.to_json())

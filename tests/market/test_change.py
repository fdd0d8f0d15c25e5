"""What opened, closed, grew and lasted: counted by hand, and against a known truth."""

import math
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from jobtide.errors import NotSupported, TooFew
from jobtide.market import charts
from jobtide.market.ask import ask, identify
from jobtide.market.explain import explain
from jobtide.market.filters import Filters
from jobtide.market.growth import ratio, yearly
from jobtide.market.survival import curve, stays
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, posting
from tests.market.over_time import crawl

START = datetime(2025, 1, 1, 6, tzinfo=UTC)
CRAWLS = (0, 14, 28, 42)


def at(day: int) -> datetime:
    return START + timedelta(days=day)


def spell(
    key: str, first: int, last: int, *, closed: int | None = None, misses: int = 0, old: bool = False, ord: int = 0
) -> dict[str, Any]:
    return {
        "posting": key, "ord": ord, "first_seen_at": at(first), "last_seen_at": at(last), "left_censored": old,
        "misses": misses, "closed_at": None if closed is None else at(closed), "reposted_from": "",
    }  # fmt: skip


@pytest.fixture
def six_weeks(make: Make) -> Snapshot:
    """Twelve boards crawled on 1, 15, 29 January and 12 February 2025; each begins with four openings.

    - Boards 0 to 4: opening 0 is gone on 15 January.
    - Every board: one new opening on 29 January.
    - Board 5: opening 1 is gone on 15 January; on the 29th its vacancy is there again, as another posting.
    - Board 6: opening 2 is listed a second time from 29 January on.
    - Board 7: opening 3 is missed by the last crawl, for the first time.
    - Board "late" joins on 29 January with twenty openings.
    """
    postings, spells = [], []

    def add(board: str, number: int, lives: list[dict[str, Any]], vacancy: str = "", **more: Any) -> None:
        row = posting(number, board, "ml_engineer") | {"version": f"{board}-{number}"} | more
        postings.append(row | ({"vacancy": vacancy} if vacancy else {}))
        spells.extend(life | {"posting": row["posting"]} for life in lives)

    for b in range(12):
        board = f"b{b:02d}"
        for number in range(4):
            life = spell("", 0, 42, old=True)
            if (number == 0 and b < 5) or (b, number) == (5, 1):
                life = spell("", 0, 0, closed=14, misses=3, old=True)
            if (b, number) == (7, 3):
                life = spell("", 0, 28, misses=1, old=True)
            add(board, number, [life])
        add(board, 4, [spell("", 28, 42)])
    add("b05", 5, [spell("", 28, 42)], vacancy="ashby:b05:1")
    add("b06", 6, [spell("", 28, 42)], vacancy="ashby:b06:2")
    for number in range(20):
        add("late", number, [spell("", 28, 42, old=True)])
    crawls = [
        crawl(n, at(day), source="ashby", board=board)
        for board in (*(f"b{b:02d}" for b in range(12)), "late") for n, day in enumerate(CRAWLS)
        if board != "late" or day >= 28
    ]  # fmt: skip
    return make(postings, crawls=crawls, spells=spells)


def test_openings_that_came_and_went_are_counted_by_hand(six_weeks: Snapshot) -> None:
    figure = ask("flow", six_weeks, Filters())
    assert {row.key: row.n for row in figure.rows} == {
        "2025-01-29/opened": 12, "2025-01-29/reopened": 1, "2025-01-29/closed": 6,
        "2025-02-12/opened": 0, "2025-02-12/reopened": 0, "2025-02-12/closed": 0,
    }  # fmt: skip
    last = figure.row("2025-02-12/closed")
    assert last is not None
    assert (last.value, last.more["missed"], last.flag) == (None, 1, "1 more missed once")  # not zero: not known yet
    closed = figure.row("2025-01-29/closed")
    assert closed is not None
    assert (closed.more["stock"], closed.more["rate"], closed.more["days"]) == (48, 6 / 48, 28)
    assert closed.label == "closed, 2 Jan 2025 to 29 Jan 2025"
    low, high = closed.more["rate_low"], closed.more["rate_high"]
    assert isinstance(low, float)
    assert isinstance(high, float)
    assert 0 <= low < 6 / 48 < high
    assert any("Boards followed: 12; others" in caveat and "1." in caveat for caveat in figure.caveats)


def test_growth_is_that_of_the_same_boards_and_its_parts_add_up(six_weeks: Snapshot) -> None:
    figure = ask("growth", six_weeks, Filters())
    # 48 at first; less 5 and the one that came back, 12 new: 55; then one missed: 54.
    assert [(row.key, row.n) for row in figure.rows] == [("2025-01-01", 48), ("2025-01-29", 55), ("2025-02-12", 54)]
    first, january, february = figure.rows
    assert (first.value, january.value, february.value) == (100.0, pytest.approx(100 * 55 / 48), 112.5)
    # 48 postings at first; on 29 January 55, one listed twice and the late board's twenty.
    parts = [january.more[name] for name in ("postings", "change_postings", "coverage", "double_listed", "real")]
    assert parts == [76, 28, 20, 1, 7]
    assert february.more["change_postings"] == 27
    assert january.low is not None
    assert january.high is not None
    assert january.low < 100 * 55 / 48 < january.high
    assert "yearly_low" not in january.more  # six weeks carry no rate a year
    assert any("No rate a year" in caveat for caveat in figure.caveats)
    assert any("+27 postings, +20 is coverage, +1 double listing and +6 real" in caveat for caveat in figure.caveats)


def test_change_by_a_split_is_that_of_each_group(six_weeks: Snapshot) -> None:
    flows = {row.key: row.n for row in ask("flow", six_weeks, Filters(), by="role").rows}
    # Both periods together: 12 opened, one came back, six closed; one more is missed once.
    assert flows == {"ml_engineer/opened": 12, "ml_engineer/reopened": 1, "ml_engineer/closed": 6}
    (row,) = ask("growth", six_weeks, Filters(), by="role").rows
    assert (row.key, row.value, row.n, row.more["before"], row.more["after"]) == ("ml_engineer", 112.5, 48, 48, 54)
    by_employer = ask("growth", six_weeks, Filters(), by="employer").rows
    assert {row.flag for row in by_employer} == {"too few"}


def test_how_long_openings_stay_needs_a_known_begin(six_weeks: Snapshot) -> None:
    # Old ones name no first publication: 48 are left out. The new ones are 12, too few.
    with pytest.raises(TooFew, match="whose begin is known"):
        ask("time_open", six_weeks, Filters())


def test_time_open_with_stated_begins(make: Make) -> None:
    """Forty openings of twenty employers, published ten days before the first of five weekly crawls; ten of them are
    seen twice and gone on day 14, thirty stay.
    """
    postings, spells = [], []
    for n in range(40):
        row = posting(n, f"e{n % 20:02d}", "ml_engineer", board="all", first_published_at=at(-10))
        postings.append(row)
        life = spell("", 0, 7, closed=14, misses=3, old=True) if n < 10 else spell("", 0, 28, old=True)
        spells.append(life | {"posting": row["posting"]})
    crawls = [crawl(n, at(7 * n), source="ashby", board="all") for n in range(5)]
    figure = ask("time_open", make(postings, crawls=crawls, spells=spells), Filters())
    by_age = {row.key: row for row in figure.rows}
    # They came under watch at the age of ten days; nothing is known of earlier ages. Ends lie between 17 and 24 days.
    assert figure.unit == "share still open, of those that lasted 10 days"
    assert by_age["14"].value == 1.0
    assert by_age["30"].value == pytest.approx(0.75)
    assert by_age["30"].n == 30
    assert by_age["14"].n == 40
    assert by_age["30"].more["median_days"] is None
    assert set(by_age) == {"14", "30"}  # watched to an age of 31 and some hours: 10 days and the last crawl but one


def test_half_are_gone_by_a_split(make: Make) -> None:
    """Forty data scientists, published on the day of the first of ten weekly crawls: thirty are gone on day 28."""
    postings, spells = [], []
    for n in range(40):
        row = posting(n, f"e{n % 20:02d}", "data_scientist", board="all", first_published_at=at(0))
        postings.append(row)
        life = spell("", 0, 21, closed=28, misses=6, old=True) if n < 30 else spell("", 0, 63, old=True)
        spells.append(life | {"posting": row["posting"]})
    crawls = [crawl(n, at(7 * n), source="ashby", board="all") for n in range(10)]
    (row,) = ask("time_open", make(postings, crawls=crawls, spells=spells), Filters(), by="role").rows
    # The thirty end between day 21 and 28, a fifth of each at 21.7, 23.1, 24.5, 25.9 and 27.3. At the fourth 24 of 40
    # are gone.
    assert (row.key, row.n, row.employers) == ("data_scientist", 40, 20)
    assert row.value == pytest.approx(25.9)


def test_figures_over_time_have_ids_charts_and_a_way_back(six_weeks: Snapshot) -> None:
    for name, key in (("flow", "2025-01-29/opened"), ("growth", "2025-01-29")):
        figure = ask(name, six_weeks, Filters())
        assert figure.id == identify(name, six_weeks, Filters())
        assert charts.chart(figure)["facet"]["field"] == "series"
        found = explain(six_weeks, f"{figure.id}#{key}")
        assert found.openings == {"flow": 12, "growth": 55}[name]
    closed = explain(six_weeks, f"{ask('flow', six_weeks, Filters()).id}#2025-01-29/closed")
    gone = {f"ashby:b{b:02d}:0" for b in range(5)} | {"ashby:b05:1"}
    assert {item.posting for item in closed.evidence} == gone


@pytest.mark.parametrize("name", ["flow", "growth"])
def test_a_group_too_small_to_follow_names_the_nearest_that_is_not(six_weeks: Snapshot, name: str) -> None:
    assert ask(name, six_weeks, Filters()).rows
    with pytest.raises(TooFew, match="at least 30 openings of 5 employers are needed") as refused:
        ask(name, six_weeks, Filters(role="ml_engineer", employer="b01", family="all"))
    assert refused.value.broader == "--role ml_engineer"
    assert str(refused.value).endswith(f"the nearest broader group: jobtide market {name} --role ml_engineer")


@pytest.mark.parametrize("name", ["flow", "growth", "time_open"])
def test_crawls_too_close_or_boards_that_changed_carry_nothing(make: Make, name: str) -> None:
    rows = [posting(n, f"e{n}", "ml_engineer", board="a") for n in range(40)]
    spells = [spell(row["posting"], 0, 27, old=True) for row in rows]
    close = [crawl(n, at(day), source="ashby", board="a") for n, day in enumerate((0, 27))]
    with pytest.raises(NotSupported, match="28 days"):
        ask(name, make(rows, crawls=close, spells=spells), Filters())
    partial = [close[0], close[1] | {"at": at(40), "outcome": "partial"}]
    with pytest.raises(NotSupported, match="28 days"):
        ask(name, make(rows, crawls=partial, spells=spells), Filters())


def test_a_board_watched_in_the_middle_only_is_not_followed(make: Make) -> None:
    rows = [posting(n, f"e{n}", "ml_engineer", board="a") for n in range(40)]
    crawls = [crawl(n, at(day), source="ashby", board="a") for n, day in enumerate((30, 60))]
    crawls += [crawl(9, at(0), source="ashby", board="b"), crawl(9, at(100), source="ashby", board="c")]
    shot = make(rows, crawls=crawls, spells=[spell(row["posting"], 30, 60, old=True) for row in rows])
    with pytest.raises(NotSupported, match="narrow the period"):
        ask("growth", shot, Filters())
    assert ask("growth", shot, Filters(since=date(2025, 1, 30), until=date(2025, 3, 10))).rows[-1].value == 100.0


# ---- against a known truth -----------------------------------------------------------------------


def test_the_curve_by_hand_with_delayed_entry() -> None:
    # Twenty from age 0: five end at 10, five at 20, ten are there at 30. Ten more come under watch at age 15; two of
    # them end at 20. At 10: 1 - 5/20 = .75. At 20 there are 15 + 10 at risk and seven end: .75 * 18/25 = .54.
    begun = np.zeros(30)
    watched = np.array([0.0] * 20 + [15.0] * 10)
    until = np.array([10.0] * 5 + [20.0] * 5 + [30.0] * 10 + [20.0] * 2 + [30.0] * 8)
    ended = np.array([1.0] * 10 + [0.0] * 10 + [1.0] * 2 + [0.0] * 8)
    found = curve(stays((begun, begun), watched, (until, until), ended, np.arange(30)))
    assert found.beyond(9).value == 1.0
    assert found.beyond(10).value == pytest.approx(0.75)
    assert found.beyond(20).value == pytest.approx(0.54)
    assert found.risk(20) == (25, 25)
    # Every opening is an employer of its own: near Greenwood's sum 5/(20*15) + 7/(25*18) = .0322, ends are as when
    # one is left out, which makes it a little wider.
    error = found._error(20)
    assert math.sqrt(0.0322) < error < 1.1 * math.sqrt(0.0322)


def _watched(chosen: np.random.Generator, employers: int, *, stated: bool) -> tuple[Any, ...]:
    """Openings of ``employers`` over 240 days, watched weekly from day 120 on, until day 239.

    How fast an employer fills its openings varies (gamma, mean 1); lifetimes are Weibull, shape 1.3, scale 45.
    """
    size = chosen.geometric(0.1, employers)
    owner = np.repeat(np.arange(employers), size)
    pace = chosen.gamma(4, 0.25, employers)[owner]
    begin = chosen.uniform(-120, 120, len(owner))
    end = begin + chosen.weibull(1.3, len(owner)) * 45 / pace
    first = np.ceil(np.maximum(begin, 0) / 7) * 7
    kept = (first < np.minimum(end, 119)) & (stated | (begin > 0))
    owner, begin, end, first = owner[kept], begin[kept], end[kept], first[kept]
    last = np.minimum(np.floor(end / 7) * 7, 119)
    over = last + 7 <= 112
    early = begin if stated else first - 7
    late = begin if stated else first
    until = (np.where(over, last, 112), np.where(over, last + 7, 112))
    return (early, late), first, until, over.astype(float), owner


@pytest.mark.parametrize("stated", [True, False])
def test_lasting_shares_are_right_though_begins_and_ends_are_cut_off(stated: bool) -> None:
    chosen, other = np.random.default_rng(1), np.random.default_rng(2)
    life = other.weibull(1.3, 400_000) * 45 / other.gamma(4, 0.25, 400_000)
    truth, middle = float((life > 30).mean()), float(np.median(life))
    shares, covered, medians, naive = [], 0, [], []
    for _ in range(150):
        given = _watched(chosen, 60, stated=stated)
        found = curve(stays(*given))
        share = found.beyond(30)
        shares.append(share.value)
        covered += share.low <= truth <= share.high
        medians.append(found.median().value)
        done = given[3] > 0
        naive.append(float((given[2][1][done] - given[0][0][done] > 30).mean()))
    assert np.mean(shares) == pytest.approx(truth, abs=0.01)
    assert np.mean(medians) == pytest.approx(middle, abs=1.5)
    assert covered / 150 >= 0.9
    assert abs(np.mean(naive) - truth) > 0.03  # the guard: who counts only what has closed is wrong


def test_the_growth_interval_covers_where_employers_grow_apart() -> None:
    chosen = np.random.default_rng(4)
    covered = plain = 0
    for _ in range(500):
        mean = chosen.gamma(1.5, 6, 60)
        pace = np.exp(chosen.normal(0.1, 0.5, 60))
        before, after = chosen.poisson(mean).astype(float), chosen.poisson(mean * pace).astype(float)
        truth = math.exp(0.1 + 0.5**2 / 2)
        found = ratio(before, after)
        covered += found.low <= truth <= found.high
        error = 1.96 * math.sqrt(1 / before.sum() + 1 / after.sum())
        plain += abs(math.log(after.sum() / before.sum()) - math.log(truth)) <= error
    assert 0.92 <= covered / 500 <= 0.975
    assert plain / 500 < 0.8  # the guard: openings taken as independent


def test_a_rate_a_year_only_from_a_year_on(make: Make) -> None:
    assert yearly(2.0, date(2023, 1, 1), date(2025, 1, 1)) == pytest.approx(math.sqrt(2) - 1, abs=0.001)
    rows, spells = [], []
    for n in range(80):
        row = posting(n, f"e{n % 20:02d}", "ml_engineer", board="a")
        rows.append(row)
        begin = 0 if n < 40 else 180
        spells.append(spell(row["posting"], begin, 365, old=begin == 0))
    crawls = [crawl(n, at(day), source="ashby", board="a") for n, day in enumerate((0, 180, 365))]
    figure = ask("growth", make(rows, crawls=crawls, spells=spells), Filters())
    last = figure.rows[-1]
    # Each employer had two and has four: 200, and nothing between employers to be unsure of; 365 days are a year less
    # a quarter of a day.
    assert (last.value, last.more["real"]) == (200.0, 40)
    assert last.more["yearly_low"] == pytest.approx(1.0, abs=0.01)
    assert "Growth, 1 Jan 2025 to 1 Jan 2026: 100 % to 100 % a year." in figure.caveats
    assert "yearly_low" not in figure.rows[1].more  # half a year

"""Tables of all kinds become even series, and what could not be read is said."""

from datetime import date

import pytest

from jobtide.errors import JobtideError, UsageError
from jobtide.market import series

# Two weeks from Monday 2 June 2025: 1..7 and 8..14; means 4 and 11.
TWO_WEEKS = "date,value\n" + "".join(f"2025-06-{1 + d:02},{d}\n" for d in range(1, 15))


def test_days_become_weeks_that_end_on_sunday() -> None:
    table = series.read(TWO_WEEKS, day="date", value="value", unit="w")
    assert [(s.dates, s.values) for s in table.series] == [((date(2025, 6, 8), date(2025, 6, 15)), (4.0, 11.0))]


def test_a_last_week_of_less_than_half_its_days_is_left_out() -> None:
    table = series.read(TWO_WEEKS + "2025-06-16,99\n2025-06-17,99\n", day="date", value="value", unit="w")
    assert table.series[0].values == (4.0, 11.0)


def test_weekly_dates_keep_their_own_weekday() -> None:
    body = "week,x\n2025-06-04,1\n2025-06-11,2\n2025-06-18,3\n"
    found = series.read(body, day="week", value="x", unit="w").series[0]
    assert found.dates == (date(2025, 6, 4), date(2025, 6, 11), date(2025, 6, 18))


def test_gaps_are_filled_and_counted_repeats_averaged_and_counted() -> None:
    # March is missing: halfway between 20 and 40; May stands twice: mean of 50 and 70.
    body = "m,v\n2025-01,10\n2025-02,20\n2025-04,40\n2025-05,50\n2025-05,70\n2025-06,80\n"
    found = series.read(body, day="m", value="v", unit="m")
    assert found.series[0].values == (10.0, 20.0, 30.0, 40.0, 60.0, 80.0)
    assert (found.series[0].filled, found.series[0].repeated) == (1, 1)
    assert len(found.notes) == 2


def test_a_series_that_is_mostly_gaps_is_refused() -> None:
    body = "m,v\n2020-01,1\n2020-02,1\n2020-03,1\n2024-01,1\n"
    found = series.read(body, day="m", value="v", unit="m")
    assert found.series == ()
    assert "gaps" in found.notes[0]


def test_bad_rows_are_named_and_the_rest_is_read() -> None:
    body = "date,value\n2025-01-01,1\nsoon,2\n2025-01-02,\n2025-01-03,nan\n2025-01-04,x\n2025-01-05,2\n"
    table = series.read(body, day="date", value="value", unit="d")
    assert [line.partition(":")[0] for line in table.bad] == ["row 2", "row 3", "row 4", "row 5"]
    assert "4 rows could not be read" in series.said(table.bad)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-12-01", date(2025, 12, 1)), ("2025-12-01T00:00:00Z", date(2025, 12, 1)), ("Dec-25", date(2025, 12, 1)),
        ("December 2025", date(2025, 12, 1)), ("2025-12", date(2025, 12, 1)), ("20251201", date(2025, 12, 1)),
        ("12/01/2025", date(2025, 12, 1)), ("01.12.2025", date(2025, 12, 1)), ("2025Q4", date(2025, 10, 1)),
    ],
)  # fmt: skip
def test_dates_in_many_spellings(text: str, expected: date) -> None:
    table = series.read(f"d;v\n{text};1,5\n", day="d", value="v", unit="d")
    assert (table.series[0].dates[0], table.series[0].values[0]) == (expected, 1.5)


def test_day_first_is_taken_only_where_no_other_reading_fits() -> None:
    days = series.read("d,v\n13/01/2025,1\n14/01/2025,2\n", day="d", value="v", unit="d").series[0].dates
    assert days == (date(2025, 1, 13), date(2025, 1, 14))


def test_groups_are_kept_apart_in_order() -> None:
    body = "d,g,v\n2025-01-01,b,1\n2025-01-01,a,2\n2025-01-02,b,3\n2025-01-02,a,4\n"
    table = series.read(body, day="d", value="v", group="g", unit="d")
    assert [(s.group, s.values) for s in table.series] == [("a", (2.0, 4.0)), ("b", (1.0, 3.0))]


def test_what_does_not_exist_is_an_error_that_names_what_does() -> None:
    with pytest.raises(UsageError, match=r"no column 'x'; the file has date, value"):
        series.read(TWO_WEEKS, day="x", value="value", unit="w")
    with pytest.raises(UsageError, match="no length of time"):
        series.horizon("soon")
    with pytest.raises(JobtideError, match="no row of 1"):
        series.read("date,value\nx,y\n", day="date", value="value", unit="d")

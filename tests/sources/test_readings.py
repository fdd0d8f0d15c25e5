"""The readings that connectors share: moments, pay, XML. Whatever comes in, it is read, or said not to be readable."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.errors import SourceChanged
from jobtide.model import Stamp
from jobtide.sources.dates import days_ago, stamp
from jobtide.sources.markup import tree
from jobtide.sources.money import period_of, ranges

DAY = datetime(2025, 10, 2, tzinfo=UTC)
ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.datetimes().map(str),
    st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?(?:Z|[+-]\d\d:\d\d)?"),
)  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        "2025-10-02", "2025-10-02T00:00:00Z", "2025-10-02T02:00:00+02:00", "2025-10-02T00:00:00.0000", "20251002",
        "2025-10-02 00:00:00 UTC", "Thu, 02 Oct 2025 00:00:00 GMT", "Thu, 02 Oct 2025 02:00:00 +0200", "02-Oct-2025",
        "2 October 2025", "October 2, 2025", "02.10.2025", "2025/10/02", "2025-10-02T00:00:00.000000001Z",
        1759363200, 1759363200000, "1759363200", 1759363200.0,
    ],
)  # fmt: skip
def test_one_moment_in_every_way_that_sources_write_it(written: Any) -> None:
    assert stamp(written, "x") == Stamp(DAY, "x")


@pytest.mark.parametrize("nothing", [None, "", 0, "0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z"])
def test_nothing_is_no_moment(nothing: Any) -> None:
    assert stamp(nothing, "x") is None


@pytest.mark.parametrize("wrong", ["soon", True, -5, 10**15, "2025-13-40", "9999-12-31T23:59:59-14:00", [], {}])
def test_what_is_no_moment_is_said_with_its_field(wrong: Any) -> None:
    with pytest.raises(ValueError, match="x "):
        stamp(wrong, "x")


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_any_value_is_a_moment_in_utc_or_a_value_error(value: Any) -> None:
    try:
        found = stamp(value, "x")
    except ValueError:
        return
    assert found is None or found.at.tzinfo is UTC


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Posted Today", 2),
        ("Posted Yesterday", 1),
        ("Posted 2 Days Ago", 30),
        ("Posted 30+ Days Ago", None),
        ("", None),
    ],
)
def test_days_are_counted_back_from_when_they_were_seen(words: str, day: int | None) -> None:
    found = days_ago(words, "postedOn", seen=Stamp(DAY.replace(hour=9), "crawl"))
    assert (found.at.day if found else None) == day
    assert days_ago(words, "postedOn", seen=None) is None


@settings(max_examples=300, deadline=None)
@given(
    ANYTHING,
    ANYTHING,
    st.sampled_from(["EUR", "eur ", "", None, "€"]),
    st.sampled_from(["year", "PA", "", None, "biweekly"]),
)
def test_a_range_is_ordered_positive_and_whole_or_there_is_none(
    low: Any, high: Any, currency: Any, period: Any
) -> None:
    try:
        found = ranges(low, high, currency=currency, period=period, pointer="/p")
    except ValueError:
        return
    for pay in found:
        assert 0 < pay.low <= pay.high
        assert (pay.currency, pay.period) == ("EUR", "year")


def test_pay_in_wrong_order_and_with_signs_is_put_right() -> None:
    (pay,) = ranges("£60,000", 50000.5, currency="gbp", period="Per Year", pointer="/p")
    assert (pay.low, pay.high, pay.currency, pay.period) == (Decimal("50000.5"), Decimal(60000), "GBP", "year")


@pytest.mark.parametrize(
    ("word", "period"),
    [("YEAR", "year"), ("annual", "year"), ("1 YEAR", "year"), ("PA", "year"), ("MONTH", "month"), ("PH", "hour"),
     ("Hourly", "hour"), ("per-hour-wage", "hour"), ("P1W", "week"), ("BW", ""), ("NONE", ""), (None, "")],
)  # fmt: skip
def test_periods_by_every_name(word: Any, period: str) -> None:
    assert period_of(word) == period


@pytest.mark.parametrize(
    "body",
    [b"", b"<a", b"<a></b>", b"\xff\xfe", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"<a>&unknown;</a>",
     b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', b'<?xml version="1.0" encoding="nonsense"?><a/>'],
)  # fmt: skip
def test_xml_that_is_broken_or_brings_entities_is_not_read(body: bytes) -> None:
    with pytest.raises(SourceChanged):
        tree(body, "x")

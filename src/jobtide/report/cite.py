"""How does a row become words that know where they come from? Each function formats one row as a ``Cited`` span."""

from collections.abc import Mapping
from typing import Any

from jobtide.market import words
from jobtide.report.blocks import ABOUT, BASE, Cited, Record

Row = Mapping[str, Any]


def row(record: Record, key: str) -> Row | None:
    """The row of a key, None if the figure has none."""
    return next((found for found in record["rows"] if found["key"] == key), None)


def shown(record: Record) -> list[Row]:
    """The rows that have a value."""
    return [found for found in record["rows"] if found["value"] is not None]


def share(record: Record, found: Row) -> Cited:
    """A share with interval and n."""
    said = words.share(found["value"], found["low"], found["high"], found["n"])
    return Cited(said, record["id"], found["key"])


def range(record: Record, found: Row) -> Cited:
    """A share with its interval, for a sentence that has said n already."""
    return Cited(words.share(found["value"], found["low"], found["high"], None), record["id"], found["key"])


def pay(record: Record, found: Row) -> Cited:
    """Pay with interval and n, in the figure's currency."""
    said = words.pay(found["value"], found["low"], found["high"], found["n"], currency=currency(record))
    return Cited(said, record["id"], found["key"])


def count(record: Record, found: Row, field: str = "value") -> Cited:
    """A count from one field of a row."""
    return Cited(words.count(found[field]), record["id"], found["key"])


def percent(record: Record, found: Row, field: str = "value") -> Cited:
    """A share from one field of a row, without an interval."""
    return Cited(words.percent(found[field]), record["id"], found["key"])


def money(record: Record, found: Row, field: str = "value") -> Cited:
    """An amount from one field of a row."""
    return Cited(words.money(found[field], currency(record)), record["id"], found["key"])


def points(record: Record, found: Row) -> Cited:
    """A change in percentage points with its interval."""
    between = words.between(found["low"], found["high"], str(record["unit"]))
    said = words.points(found["value"])
    return Cited(f"{said} ({between})" if between else said, record["id"], found["key"])


def label(record: Record, found: Row) -> Cited:
    """A row's label, which may hold digits."""
    return Cited(found["label"], record["id"], found["key"])


def base(record: Record, field: str = "n") -> Cited:
    """A count from a figure's base: n or employers."""
    return Cited(words.count(record["base"][field]), record["id"], BASE)


def caveat(record: Record, text: str) -> Cited:
    """A caveat or the method of a figure, in its own words."""
    return Cited(text, record["id"], ABOUT)


def currency(record: Record) -> str:
    """The currency of a figure of pay: the first word of its unit.

    >>> currency({"unit": "EUR a year"})
    'EUR'
    """
    return str(record["unit"]).split(" ", 1)[0]


def index(record: Record, found: Row) -> Cited:
    """An index with its interval."""
    between = words.between(found["low"], found["high"], "index")
    said = words.value(found["value"], "index")
    return Cited(f"{said} ({between})" if between else said, record["id"], found["key"])


def rate(record: Record, found: Row) -> Cited:
    """The rate of what happened to openings of a stock, with its interval."""
    said = words.share(found["rate"], found["rate_low"], found["rate_high"], None)
    return Cited(said, record["id"], found["key"])


def tenths(record: Record, found: Row, field: str = "value") -> Cited:
    """A small share with one decimal."""
    return Cited(f"{found[field] * 100:.1f}%", record["id"], found["key"])


def inner(record: Record, found: Row) -> Cited:
    """A row's label as it stands within a sentence, without "up to"."""
    return Cited(words.inner(found["label"]).removeprefix("up to "), record["id"], found["key"])

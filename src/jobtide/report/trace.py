"""Does a row account for a number in the text? Every way that a row's values may be said, as tokens."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jobtide.market import words

# A number as text shows it: digits with separators, an optional decimal part; signs and units stand outside.
_TOKEN = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def numbers(text: str) -> list[str]:
    """The numbers in a text, as written.

    >>> numbers("38% (31 to 46, n = 1,143)")
    ['38', '31', '46', '1,143']
    """
    return _TOKEN.findall(text)


def said(value: float) -> Iterator[str]:
    """Every way that one value may be said: as share, as money, in thousands, as count, with one decimal."""
    yield from numbers(words.count(value))
    yield from numbers(f"{value:,.1f}")
    yield from numbers(f"{value:,.2f}")
    if -1 <= value <= 1:
        yield from numbers(words.percent(value))
        yield from numbers(words.points(value))
        yield from numbers(f"{value * 100:.1f}")
    if value >= 1000:
        yield from numbers(words.thousands(value))


def tokens(part: Any) -> set[str]:
    """Every number that may be said of a row, a base or a text: of its values and of the texts within it."""
    if isinstance(part, bool) or part is None:
        return set()
    if isinstance(part, (int, float)):
        return set(said(float(part)))
    if isinstance(part, str):
        found = numbers(part)
        if re.fullmatch(r"\d{4}-\d\d(-\d\d.*)?", part):
            found += numbers(words.day(part) if len(part) >= 10 else words.month(part))
        return set(found)
    if isinstance(part, Mapping):
        return set().union(*(tokens(value) for value in part.values()))
    return set().union(*(tokens(value) for value in part)) if part else set()

"""Which time series does a table hold? Any CSV with a date and a value, read into evenly spaced series by group.

Nothing is guessed silently: rows that cannot be read, repeated dates and filled gaps are counted and said.
"""

import csv
import io
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import fmean, median

from jobtide.errors import JobtideError, UsageError

_SHOWN = 5  # bad rows that are quoted
_MISSING = {"", "-", "na", "n/a", "nan", "null", "none", ".", "#n/a"}
_MOST_FILLED = 0.2  # of a series' steps; above this it is no series to forecast
_FORMATS = (
    "%Y-%m-%d", "%Y/%m/%d", "%Y-%m", "%Y/%m", "%Y%m%d", "%b-%y", "%b %Y", "%B %Y", "%d %b %Y", "%d.%m.%Y", "%m/%d/%Y",
    "%d/%m/%Y", "%Y",
)  # fmt: skip
# unit -> steps a year, length of the season in steps
STEPS = {"d": (365, 7), "w": (52, 52), "m": (12, 12), "q": (4, 4), "y": (1, 1)}
NAMES = {"d": "days", "w": "weeks", "m": "months", "q": "quarters", "y": "years"}
_DAYS = {"d": 1, "w": 7, "m": 30, "q": 91, "y": 365}


@dataclass(frozen=True, slots=True)
class Series:
    """One evenly spaced series. ``unit`` is d, w, m, q or y; ``dates`` are the last day of a week, the first else."""

    group: str
    unit: str
    dates: tuple[date, ...]
    values: tuple[float, ...]
    filled: int = 0
    repeated: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """What a file held: series by group, in order of their names, and the rows that could not be read."""

    series: tuple[Series, ...]
    rows: int
    bad: tuple[str, ...]
    notes: tuple[str, ...]


def horizon(text: str) -> tuple[int, str]:
    """Return a horizon's number and unit: "13w" is 13 weeks.

    >>> horizon("13w"), horizon("6 months"), horizon("90d")
    ((13, 'w'), (6, 'm'), (90, 'd'))
    """
    found = re.fullmatch(r"\s*(\d{1,4})\s*([dwmqy])[a-z]*\s*", text.lower())
    if not found or not int(found[1]):
        raise UsageError(f"--horizon {text!r} is no length of time; write 13w, 90d, 6m, 4q or 1y")
    return int(found[1]), found[2]


def read(text: str, *, day: str, value: str, group: str | None = None, unit: str) -> Table:
    """Return the series of a CSV in steps of ``unit``, or of its own spacing where that is wider.

    Several values in a step are averaged, gaps are filled on a straight line and counted; a step at the end with less
    than half of its days is left out. Raises UsageError for a column that does not exist, JobtideError if no row can
    be read.
    """
    body = text.removeprefix("\ufeff")
    rows = csv.DictReader(io.StringIO(body), delimiter=_delimiter(body))
    for name in (day, value, *([group] if group else [])):
        if name not in (rows.fieldnames or ()):
            raise UsageError(f"no column {name!r}; the file has {', '.join(rows.fieldnames or ()) or 'no header'}")
    points: dict[str, list[tuple[date, float]]] = defaultdict(list)
    bad: list[str] = []
    count, order = 0, _day_first(body, rows.fieldnames or (), day)
    for count, row in enumerate(rows, 1):
        try:
            when, number = _date(row[day] or "", order), _number(row[value] or "")
        except ValueError as error:
            bad.append(f"row {count}: {error}")
            continue
        points[(row[group] or "").strip() if group else ""].append((when, number))
    if not points:
        first = f"; {bad[0]}" if bad else ""
        raise JobtideError(f"no row of {count} has a date in {day!r} and a number in {value!r}{first}")
    made, notes = [], []
    for name in sorted(points):
        one = _even(name, points[name], unit)
        if one is None:
            notes.append(f"{name or 'the series'}: too many gaps, more than {_MOST_FILLED:.0%} of its steps are empty")
        else:
            made.append(one)
            notes += _notes(one)
    return Table(tuple(made), count, tuple(bad), tuple(notes))


def _notes(one: Series) -> Iterator[str]:
    if one.repeated:
        yield f"{one.group or 'the series'}: {one.repeated} rows repeat a date; the mean of each date is used"
    if one.filled:
        yield f"{one.group or 'the series'}: {one.filled} empty {NAMES[one.unit]} filled on a straight line"


def said(bad: Sequence[str]) -> str:
    """What could not be read, the first few rows by name, "" of none."""
    if not bad:
        return ""
    more = f" and {len(bad) - _SHOWN} more" if len(bad) > _SHOWN else ""
    return f"{len(bad)} rows could not be read: {'; '.join(bad[:_SHOWN])}{more}"


def _delimiter(body: str) -> str:
    head = body.partition("\n")[0]
    return max(",;\t|", key=head.count)


def _day_first(body: str, names: Sequence[str], day: str) -> bool:
    """Whether 03/04/2025 is the third of April: only where some first part is above 12 and no second one is."""
    rows = csv.DictReader(io.StringIO(body), delimiter=_delimiter(body))
    assert list(names) == list(rows.fieldnames or ())
    parts = [found for row in rows if (found := re.match(r"\s*(\d{1,2})/(\d{1,2})/\d{4}", row[day] or ""))]
    return any(int(found[1]) > 12 for found in parts) and not any(int(found[2]) > 12 for found in parts)


def _date(text: str, day_first: bool) -> date:
    short = re.sub(r"[T ]\d\d:\d\d.*$", "", text.strip())
    formats = [form for form in _FORMATS if form != ("%m/%d/%Y" if day_first else "%d/%m/%Y")]
    for form in formats:
        try:
            return datetime.strptime(short, form).date()
        except ValueError:
            continue
    if quarter := re.fullmatch(r"(\d{4})[- ]?Q([1-4])", short):
        return date(int(quarter[1]), 3 * int(quarter[2]) - 2, 1)
    raise ValueError(f"{text!r} is no date")


def _number(text: str) -> float:
    short = text.strip().replace(" ", "").removesuffix("%")
    if short.lower() in _MISSING:
        raise ValueError("no value")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", short):
        short = short.replace(",", "")
    elif re.fullmatch(r"-?\d+,\d+", short):
        short = short.replace(",", ".")  # a decimal comma
    try:
        number = float(short)
    except ValueError:
        raise ValueError(f"{text!r} is no number") from None
    if not math.isfinite(number):
        raise ValueError(f"{text!r} is no finite number")
    return number


def _even(name: str, points: Sequence[tuple[date, float]], unit: str) -> Series | None:
    """The points averaged into even steps; None where too many steps are empty."""
    by_day: dict[date, list[float]] = defaultdict(list)
    for when, number in points:
        by_day[when].append(number)
    days = sorted(by_day)
    own = _spacing(days)
    if _DAYS[own] > _DAYS[unit]:
        unit = own
    steps: dict[date, list[float]] = defaultdict(list)
    end_weekday = days[-1].weekday() if own == "w" and unit == "w" else 6
    for when in days:
        steps[_step(when, unit, end_weekday)].append(fmean(by_day[when]))
    last = max(steps)
    if own == "d" and unit != "d" and len(steps) > 1 and len(steps[last]) * 2 < median(map(len, steps.values())):
        del steps[last]
    dates = list(_every(min(steps), max(steps), unit))
    filled = sum(when not in steps for when in dates)
    if filled > _MOST_FILLED * len(dates):
        return None
    values = _interpolated([fmean(steps[when]) if when in steps else None for when in dates])
    return Series(name, unit, tuple(dates), tuple(values), filled, len(points) - len(days))


def _spacing(days: Sequence[date]) -> str:
    """The usual distance of dates as a unit."""
    gap = median([(b - a).days for a, b in pairwise(days)]) if len(days) > 1 else 1
    return "d" if gap <= 3 else "w" if gap <= 10 else "m" if gap <= 45 else "q" if gap <= 135 else "y"


def _step(when: date, unit: str, end_weekday: int) -> date:
    """The date that stands for the step a day falls into: the week's last day, the month's first."""
    if unit == "w":
        return when + timedelta(days=(end_weekday - when.weekday()) % 7)
    if unit == "d":
        return when
    month = {"m": when.month, "q": when.month - (when.month - 1) % 3, "y": 1}[unit]
    return date(when.year, month, 1)


def later(when: date, unit: str, steps: int) -> date:
    """Return the date ``steps`` after ``when``.

    >>> later(date(2025, 12, 1), "m", 2), later(date(2025, 12, 28), "w", 1)
    (datetime.date(2026, 2, 1), datetime.date(2026, 1, 4))
    """
    if unit in ("d", "w"):
        return when + timedelta(days=steps * _DAYS[unit])
    months = when.year * 12 + when.month - 1 + steps * {"m": 1, "q": 3, "y": 12}[unit]
    return date(months // 12, months % 12 + 1, 1)


def _every(first: date, last: date, unit: str) -> Iterator[date]:
    at, k = first, 0
    while at <= last:
        yield at
        k += 1
        at = later(first, unit, k)


def _interpolated(values: Sequence[float | None]) -> list[float]:
    known = [(i, value) for i, value in enumerate(values) if value is not None]
    out = []
    at = 0
    for i, value in enumerate(values):
        while at + 1 < len(known) and known[at + 1][0] <= i:
            at += 1
        (i0, v0) = known[at]
        (i1, v1) = known[min(at + 1, len(known) - 1)]
        out.append(value if value is not None else v0 + (v1 - v0) * (i - i0) / (i1 - i0))
    return out


def in_steps(number: int, unit: str, of: str) -> int:
    """Return how many steps of ``of`` a horizon makes, at least one.

    >>> in_steps(13, "w", "w"), in_steps(13, "w", "m"), in_steps(6, "m", "w")
    (13, 3, 26)
    """
    if unit == of:
        return number
    year = STEPS[of][0]
    return max(1, round(number * year / STEPS[unit][0]))


def monthly(group: str, values: Mapping[str, float]) -> Series:
    """Return months ("2025-12") and their values as a series."""
    days = tuple(date(int(month[:4]), int(month[5:7]), 1) for month in sorted(values))
    return Series(group, "m", days, tuple(values[month] for month in sorted(values)))


def named(one: Series, group: str) -> Series:
    """The series under another name."""
    return replace(one, group=group)

"""How long do openings stay open? From openings that are still there, and of which some were there before."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np

from jobtide.errors import TooFew
from jobtide.market import support, survival
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.moments import Moments
from jobtide.market.openings import Counted
from jobtide.market.stays import Stayed, stayed, watched
from jobtide.store.snapshot import Snapshot

_YOUNG = 7.0  # days; where nobody was watched before that age, shares are of those that reached it
_AGES = (7, 14, 30, 60, 90, 180, 365)
_METHOD = (
    "Product-limit estimate with delayed entry (Klein and Moeschberger 2003): openings that were there before the "
    "first crawl count from the age at which they were first seen, those still there to the last crawl but one, which "
    "is the last that two crawls speak for. Begins and ends between two crawls are spread over the days between. "
    "Interval: 95 %, influences summed over employers, log-log, t on effective employers less one."
)


def time_open(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return the share of openings that last longer than 7, 14, 30 ... days.

    Rows: keys are days; ``value`` with ``low``/``high`` in [0, 1], ``n`` openings under watch at that age and their
    ``employers``; ``median_days`` (``median_low``, ``median_high``) is the same in each row, None where half are not
    gone. Where hardly any opening was watched in its first week, shares are of those that lasted as long as the unit
    says. An age at which too few are under watch is withheld. Openings that were there at the first crawl and name no
    day of first publication are left out. Raises NotSupported before two complete crawls 28 days apart, TooFew.
    """
    panel = watched(snapshot, filters, "time_open")
    found = stayed(snapshot, filters, panel.boards)
    table, unknown = _table(found, panel.boards)
    total = Counted(tuple(dict.fromkeys(found.employers)), _sizes(table, found))
    if not support.shown(total.n, int((total.sizes > 0).sum())):
        raise TooFew(
            f"too few whose begin is known (n = {total.n} openings; {support.POSTINGS} of {support.EMPLOYERS} "
            "employers are needed)",
            n=total.n, employers=int((total.sizes > 0).sum()), broader="",
        )  # fmt: skip
    lasting = survival.curve(table)
    median, young = _median(lasting), lasting.start
    told = f", of those that lasted {young:.0f} days" if young >= _YOUNG else ""
    rows = [_row(lasting, age, median) for age in _AGES if young <= age <= _reach(lasting)]
    return figure(
        "time_open", snapshot, filters, counted=total, chart="dots", unit=f"share still open{told}", method=_METHOD,
        title="How long openings stay open", rows=rows,
        excluded={"openings of unknown begin": unknown} if unknown else {}, caveats=_caveats(median, panel.span, told),
    )  # fmt: skip


def _row(lasting: survival.Curve, age: int, median: Mapping[str, Extra]) -> Row:
    found = lasting.beyond(age)
    n, employers = lasting.risk(age)
    sure = support.interval_allowed(found.effective) and not math.isnan(found.low)
    low, high = (found.low, found.high) if sure else (None, None)
    flag = "" if sure else "no interval: few employers"
    return Row(str(age), f"longer than {age} days", found.value, low, high, n, employers, flag, median)


def _reach(lasting: survival.Curve) -> float:
    """The highest age that anything is known of."""
    return float(lasting.stays.left.max())


def _median(lasting: survival.Curve) -> dict[str, Extra]:
    found = lasting.median()
    sure = support.interval_allowed(found.effective)
    ends = {"median_low": found.low if sure else math.nan, "median_high": found.high if sure else math.nan}
    return {name: None if math.isnan(value) else value for name, value in {"median_days": found.value, **ends}.items()}


def _caveats(median: Mapping[str, Extra], span: int, told: str) -> tuple[str, ...]:
    middle, low, high = (median[name] for name in ("median_days", "median_low", "median_high"))
    if middle is None:
        half = f"Half are not gone within what {span} days of watching can show."
    else:
        ends = f" (95 % {low:.0f} to {high:.0f})" if isinstance(low, float) and isinstance(high, float) else ""
        half = f"Half are gone after {middle:.0f} days{ends}{told}."
    return (
        half,
        "Gone from the board is not always filled: openings are also withdrawn, and published anew under another text.",
    )


def _sizes(table: survival.Stays, found: Stayed) -> Any:
    """Openings under watch by employer, in the order of ``found``."""
    counted = np.bincount(table.owner, weights=table.weight, minlength=len(found.employers))
    return np.round(counted)


def _table(found: Stayed, boards: Moments) -> tuple[survival.Stays, int]:
    """The stays whose begin is known or lies between two crawls, and how many are left out because it is not."""
    begun, seen, until, ended, owners, unknown = [], [], [], [], [], 0
    for row, employer in zip(found.rows, found.owner, strict=True):
        days = boards.days[row["source"], row["board"]]
        start = _begun(row, days)
        if start is None:
            unknown += 1
            continue
        stop = _ended(row, days)
        begun.append(start)
        seen.append(_day(row["opened"]))
        until.append(stop[:2])
        ended.append(stop[2])
        owners.append(found.employers[employer])
    first, last = (np.array(pairs, dtype=np.float64).reshape(-1, 2) for pairs in (begun, until))
    made = survival.stays(
        (first[:, 0], first[:, 1]), np.array(seen, dtype=np.float64), (last[:, 0], last[:, 1]),
        np.array(ended, dtype=np.float64), [*owners], order=found.employers,
    )  # fmt: skip
    return made, unknown


def _day(moment: datetime) -> float:
    """Days on one calendar, with the time of day."""
    return moment.timestamp() / 86400


def _begun(row: Mapping[str, Any], days: Sequence[date]) -> tuple[float, float] | None:
    """The earliest and latest day of the begin: the stated one where it can be, else between two crawls."""
    opened, published = _day(row["opened"]), row["published"]
    earlier = [day for day in days if day < row["opened"].date()]
    if row["old"] or not earlier:
        return (_day(published), _day(published)) if published is not None and row["number"] == 1 else None
    before = (earlier[-1] - date(1970, 1, 1)).days
    if published is not None and _day(published) >= before:
        return _day(published), _day(published)
    return float(before), opened


def _ended(row: Mapping[str, Any], days: Sequence[date]) -> tuple[float, float, float]:
    """The earliest and latest day of the end and 1, or twice the last day that two crawls speak for and 0."""
    limit = float(((days[-2] if len(days) > 1 else days[-1]) - date(1970, 1, 1)).days + 1)
    gone = row["gone"]
    if gone is not None and _day(gone) <= limit:
        return _day(row["last"]), _day(gone), 1.0
    return limit, limit, 0.0

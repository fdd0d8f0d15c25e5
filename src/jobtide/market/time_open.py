"""How long do openings stay open? From openings that are still there, and of which some were there before."""

import math
from collections.abc import Mapping

import numpy as np

from jobtide.market import support, survival
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Numbers
from jobtide.market.openings import Counted, label
from jobtide.market.stays import Stayed, Watched, parted, stayed, watched
from jobtide.store.snapshot import Snapshot

_YOUNG = 7.0  # days; where nobody was watched before that age, shares are of those that reached it
_AGES = (7, 14, 30, 60, 90, 180, 365)
_METHOD = (
    "Product-limit estimate with delayed entry (Klein and Moeschberger 2003): openings that were there before the "
    "first crawl count from the age at which they were first seen, those still there to the last crawl but one, which "
    "is the last that two crawls speak for. Begins and ends between two crawls are spread over the days between. "
    "Interval: 95 %, influences summed over employers, log-log, t on effective employers less one."
)


def time_open(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that last longer than 7, 14, 30 ... days; by a split the days until half are gone.

    Rows: keys are days; ``value`` with ``low``/``high`` in [0, 1], ``n`` openings under watch at that age and their
    ``employers``; ``median_days`` (``median_low``, ``median_high``) is the same in each row, None where half are not
    gone. Where hardly any opening was watched in its first week, shares are of those that lasted as long as the unit
    says. Left out: ages shorter than crawls are apart, and openings that were there at the first crawl and name no day
    of first publication. An age at which too few are under watch is withheld. Raises NotSupported before two complete
    crawls 28 days apart, TooFew.
    """
    panel = watched(snapshot, filters, "time_open")
    if by is not None:
        return _by(snapshot, filters, panel, by)
    found = stayed(snapshot, filters, panel.boards)
    table, unknown = _table(found)
    total = _counted(table, found)
    if not support.shown(total.n, len(total.employers)):
        held = (total.n, len(total.employers))
        why = "too few whose begin is known"
        raise support.refused(why, held, "time_open", filters, lambda wider: _size(snapshot, wider))
    lasting, apart = survival.curve(table), panel.boards.apart
    median, since = _median(lasting, apart), lasting.start
    told = f", of those that lasted {since:.0f} days" if since >= _YOUNG else ""
    ages = [age for age in _AGES if max(since, apart) <= age <= float(table.left.max())]
    return figure(
        "time_open", snapshot, filters, counted=total, chart="dots", unit=f"share still open{told}", method=_METHOD,
        title="How long openings stay open", rows=[_row(lasting, age, median) for age in ages],
        excluded={"openings of unknown begin": unknown} if unknown else {},
        caveats=(
            f"Crawls are {apart:.0f} days apart: what is shorter was not seen.",
            f"{_half(lasting, median, apart)}{told}.",
            "Gone from the board is not always filled: openings are also withdrawn, or published in other words.",
        ),
    )  # fmt: skip


def _size(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    """Openings of known begin and their employers that broader filters would leave."""
    found = stayed(snapshot, filters, watched(snapshot, filters, "time_open").boards)
    total = _counted(_table(found)[0], found)
    return total.n, len(total.employers)


def _by(snapshot: Snapshot, filters: Filters, panel: Watched, by: str) -> Figure:
    """The median of each group in days, longest first; none where it is shorter than crawls are apart."""
    rows, apart = [], panel.boards.apart
    for key, found in parted(snapshot, filters, panel.boards, by).items():
        table, _ = _table(found)
        if len(table.left):
            rows.append(_group(key, label(by, key), _counted(table, found), survival.curve(table).median(), apart))
    table, unknown = _table(whole := stayed(snapshot, filters, panel.boards))
    return figure(
        "time_open", snapshot, filters, group=by, counted=_counted(table, whole), chart="dots", method=_METHOD,
        unit="days until half are gone", title=f"How long openings stay open, by {by.replace('_', ' ')}",
        rows=sorted(rows, key=lambda row: (-(row.value or 0.0), row.key)),
        excluded={"openings of unknown begin": unknown} if unknown else {},
        caveats=(f"Crawls are {apart:.0f} days apart: what is shorter was not seen.",),
    )  # fmt: skip


def _group(key: str, shown: str, total: Counted, median: Interval, apart: float) -> Row:
    n, employers = total.n, len(total.employers)
    if not median.value >= apart:
        why = "half not gone yet" if math.isnan(median.value) else "shorter than crawls are apart"
        return Row(key, shown, None, None, None, n, employers, why)
    if math.isnan(median.high):  # it lies beyond what was watched
        median = Interval(median.value, math.nan, math.nan, median.effective)
    return estimate(key, shown, median, n=n, employers=employers)


def _row(lasting: survival.Curve, age: int, median: Mapping[str, Extra]) -> Row:
    found = lasting.beyond(age)
    n, employers = lasting.risk(age)
    sure = support.interval_allowed(found.effective) and not math.isnan(found.low)
    low, high = (found.low, found.high) if sure else (None, None)
    enough = support.interval_allowed(found.effective)
    flag = "" if sure else "no interval: none gone by then" if enough and found.value == 1 else support.NO_INTERVAL
    return Row(str(age), f"longer than {age} days", found.value, low, high, n, employers, flag, median)


def _median(lasting: survival.Curve, apart: float) -> dict[str, Extra]:
    """Days after which half are gone; None where that cannot be told."""
    found = lasting.median()
    sure = support.interval_allowed(found.effective)
    days = {
        "median_days": found.value, "median_low": found.low if sure else math.nan,
        "median_high": found.high if sure else math.nan,
    }  # fmt: skip
    return {name: None if math.isnan(value) or found.value < apart else value for name, value in days.items()}


def _half(lasting: survival.Curve, median: Mapping[str, Extra], apart: float) -> str:
    """The median as a sentence begins."""
    middle, low, high = (median[name] for name in ("median_days", "median_low", "median_high"))
    if middle is None:
        gone = lasting.beyond(apart).value < 1 / 2
        return "Half are gone before the next crawl" if gone else "Half are not gone in the time that was watched"
    ends = f" (95 %: {low:.0f} to {high:.0f})" if isinstance(low, float) and isinstance(high, float) else ""
    return f"Half are gone after {middle:.0f} days{ends}"


def _counted(table: survival.Stays, found: Stayed) -> Counted:
    """Openings under watch by employer."""
    sizes = np.round(np.bincount(table.owner, weights=table.weight, minlength=len(found.employers)))
    there = np.flatnonzero(sizes)
    return Counted(tuple(found.employers[i] for i in there), sizes[there].astype(np.float64))


def _table(found: Stayed) -> tuple[survival.Stays, int]:
    """The stays whose begin is stated or lies between two crawls, and how many are left out because it is not."""
    early, late = _begun(found)
    known = ~np.isnan(early)
    settled = np.where(np.isnan(found.settled), found.last, found.settled)
    ended = found.gone <= settled
    until = (np.where(ended, found.last, settled), np.where(ended, found.gone, settled))
    made = survival.stays(
        (early[known], late[known]), found.opened[known], (until[0][known], until[1][known]),
        ended[known].astype(np.float64), found.owner[known],
    )  # fmt: skip
    return made, int((~known).sum())


def _begun(found: Stayed) -> tuple[Numbers, Numbers]:
    """The earliest and latest day of each begin: the stated one where it can be, else between two crawls; NaN where
    the opening was there at its board's first crawl and states none.
    """
    first = found.old | np.isnan(found.before)
    fits = ~np.isnan(found.published) & np.where(first, found.number == 1, found.published >= found.before)
    early = np.where(fits, found.published, np.where(first, np.nan, found.before))
    return early, np.where(fits, found.published, np.where(first, np.nan, found.opened))

"""How old are the openings that stand there? Days since the publication that the board states."""

import numpy as np

from jobtide.market import support
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Ints, Numbers, clustered_quantile, quantile
from jobtide.market.openings import Counted, label, measured, owned, table
from jobtide.store.snapshot import Snapshot

_AGE = """case when coalesce(p.first_published_at, p.last_published_at) <= p.seen_at
    then epoch(p.seen_at - coalesce(p.first_published_at, p.last_published_at)) / 86400 end"""
_UNSTATED = """
    select count(*) as n from posting p where {where} and coalesce(p.first_published_at, p.last_published_at) is null
"""


def age(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the median age of openings in days, by any split, oldest first.

    Rows: ``value`` with ``low``/``high``, ``p25`` and ``p75``, ``n`` openings that state a publication and their
    ``employers``. The age of what stands is not how long openings stay: long ones are met more often (see time_open).
    Raises TooFew.
    """
    rows = [
        _row(key, label(by, key) if by else "All", owners, ages)
        for key, ages, owners in measured(snapshot, filters, _AGE, by=by)
    ]
    return figure(
        "age", snapshot, filters, group=by or "", counted=_whole(snapshot, filters), unit="days", chart="dots",
        title="Age of openings" + (f" by {by.replace('_', ' ')}" if by else ""),
        rows=sorted(rows, key=_order), excluded=_unstated(snapshot, filters),
        method="Days from the publication that the board states to the day on which the opening was last seen. "
        "Interval: 95 %, that of the distribution's share inverted (Woodruff 1952), clustered by employer.",
        caveats=(
            "On Ashby the stated publication is the last one: a posting published again looks new.",
            "Openings that last long are met more often on any one day: this is not how long openings stay.",
        ),
    )  # fmt: skip


def _row(key: str, shown: str, owners: Ints, ages: Numbers) -> Row:
    ordered, employers = np.sort(ages), int(np.count_nonzero(np.bincount(owners)))
    found = clustered_quantile(ages, owners, 0.5, ordered=ordered)
    more: dict[str, Extra] = {}
    if support.shown(len(ages), employers):
        more = {"p25": quantile(ordered, 0.25), "p75": quantile(ordered, 0.75)}
    return estimate(key, shown, found, n=len(ages), employers=employers, **more)


def _order(row: Row) -> tuple[bool, float, str]:
    """Oldest first; those that will be withheld last, so that their place tells nothing."""
    shown = support.shown(row.n, row.employers)
    return not shown, -(row.value or 0.0) if shown else 0.0, row.key


def _whole(snapshot: Snapshot, filters: Filters) -> Counted:
    """The openings that state a publication, by employer."""
    owners = next((owners for _, _, owners in measured(snapshot, filters, _AGE)), np.zeros(0, dtype=np.int32))
    return owned(snapshot, owners)


def _unstated(snapshot: Snapshot, filters: Filters) -> dict[str, int]:
    n = int(table(snapshot, _UNSTATED, filters)["n"][0].as_py())
    return {"openings that state no publication": n} if n else {}

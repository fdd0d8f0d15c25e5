"""How many years do openings ask for? The spread over all openings, and the median of those that say."""

from collections.abc import Iterator

import numpy as np

from jobtide.market import cells, support
from jobtide.market.figure import Extra, Figure, Row, ends, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Ints, Numbers, clustered_quantile, clustered_share, quantile
from jobtide.market.openings import Counted, employer_names, label, measured, owned
from jobtide.store.snapshot import Snapshot

# Years asked for; what is not stated is a group of its own and comes last.
BUCKETS = (
    "case when p.years_min is null then 'unstated' when p.years_min <= 2 then '0-2' when p.years_min < 5 then '3-4' "
    "when p.years_min < 8 then '5-7' when p.years_min < 10 then '8-9' else '10+' end",
    "",
)
_SAID = {
    "0-2": "2 years or fewer", "3-4": "3 or 4 years", "5-7": "5 to 7 years", "8-9": "8 or 9 years",
    "10+": "10 years and more", "unstated": "no years stated",
}  # fmt: skip
_FEW_YEARS = 2.0
_YEARS = "p.years_min"
_NOBODY = np.zeros(0, dtype=np.int32)


def years(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that ask for so many years, from few to many; with ``by``, in each group.

    Rows: ``value`` with ``low``/``high``, ``n`` openings of the base, ``openings``. Those that state no years are the
    last row, marked "unknown". Raises TooFew.
    """
    from jobtide.market.shares import marked

    whole, groups = cells.bases(snapshot, filters, by)
    counted = cells.tally(snapshot, filters, cells.having(BUCKETS), by=by)
    how = cells.said(snapshot, by, _SAID.__getitem__)
    rows = (marked(row) for row in cells.rows(counted, groups, how, concepts=tuple(_SAID), counts="openings"))
    return figure(
        "years", snapshot, filters, group=by or "", counted=whole, chart="bars", rows=rows, unit="share of openings",
        title="Years of experience asked for" + (f", by {by.replace('_', ' ')}" if by else ""),
        method=f"The smallest number of years that an opening asks for overall. {cells.METHOD}",
    )  # fmt: skip


def experience(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the median of the years that openings ask for, of those that say; with ``by``, of each group, few first.

    Rows: ``value`` is the median in years with ``low``/``high``, ``p25``, ``p75``; ``at_most_2`` is the share that
    asks for two years or fewer with ``at_most_2_low``/``at_most_2_high``; ``states_years`` the share of openings that
    say. ``n`` openings that say. Raises TooFew.
    """
    whole, groups = cells.bases(snapshot, filters, by)
    stating = owned(snapshot, next((owners for _, _, owners in measured(snapshot, filters, _YEARS)), _NOBODY))
    names = employer_names(snapshot) if by == "employer" else None
    rows = [
        _median(key, label(by, key, names) if by else "all", years, owners, groups[key])
        for key, years, owners in measured(snapshot, filters, _YEARS, by=by)
    ]
    return figure(
        "experience", snapshot, filters, group=by or "", counted=stating, chart="dots", unit="years",
        rows=sorted(rows, key=_few_first),
        excluded={"no years stated": whole.n - stating.n},
        title="Median years of experience asked for" + (f", by {by.replace('_', ' ')}" if by else ""),
        method="Median over openings that state years of the smallest number they ask for overall. Interval: 95 %, "
        "Woodruff with the employer-clustered variance.",
        caveats=("Seniority itself is read from years where the title says nothing: compare groups with care.",)
        if by == "seniority" else (),
    )  # fmt: skip


def _few_first(row: Row) -> tuple[bool, float, str]:
    hidden = not support.shown(row.n, row.employers)  # where a value is withheld its rank would give it away
    return hidden, 0.0 if hidden else row.value or 0.0, row.key


def _median(key: str, shown: str, years: Numbers, owners: Ints, group: Counted) -> Row:
    sizes = np.bincount(owners)
    there = np.flatnonzero(sizes)
    hits = np.bincount(owners, weights=years <= _FEW_YEARS)[there].astype(np.float64)
    few = clustered_share(hits, sizes[there].astype(np.float64))
    low, high = ends(few)
    ordered = np.sort(years)
    more: dict[str, Extra] = {"at_most_2": few.value, "at_most_2_low": low, "at_most_2_high": high}
    more |= dict(_quartiles(ordered)) | {"states_years": round(len(years) / group.n, 4)}
    median = clustered_quantile(years, owners, 0.5, ordered=ordered)
    return estimate(key, shown, median, n=len(years), employers=len(there), **more)


def _quartiles(ordered: Numbers) -> Iterator[tuple[str, float]]:
    yield from (("p25", quantile(ordered, 0.25)), ("p75", quantile(ordered, 0.75)))

"""Where are there more openings than the place's computer jobs would lead one to expect?

A quotient of shares, not of counts: the place's share of the openings here over its share of US jobs in computer and
mathematical occupations. Openings of a sample and jobs that are filled are never divided by each other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from jobtide.errors import NotSupported, UsageError
from jobtide.market import oews, soc, support
from jobtide.market.coverage import placed
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Numbers, clustered_share
from jobtide.market.official import COMPARED, SOURCE, stateless
from jobtide.market.openings import select
from jobtide.store.snapshot import Snapshot

_SPLITS = ("state", "metro")
_PLACED = """
    select distinct p.no, p.employer, g.region as state, {city} as city
    from posting p join opening_place g on g.no = p.no
    where {where} and g.country = 'US' and g.region is not null order by p.employer, p.no, state, city
"""


def location(snapshot: Snapshot, filters: Filters, *, by: str = "state") -> Figure:
    """Return the location quotient of openings by US state or metropolitan area, most openings first.

    Rows: ``value`` with ``low``/``high`` (1 = in proportion to computer jobs), ``n`` openings with a place there and
    their ``employers``, ``share`` of the US openings that name a state, ``oews_share`` of US computer jobs, and
    ``oews_quotient``, the official quotient of computer jobs among all jobs. A place below the suppression table is
    withheld. An opening stands in each of its places. Raises TooFew; NotSupported for another country.
    """
    if filters.country not in (None, "US"):
        raise NotSupported(f"OEWS covers the United States only; ask without --country {filters.country}")
    if by not in _SPLITS:
        raise UsageError(f"the location quotient cannot be split by {by}; there are {', '.join(_SPLITS)}")
    inland = replace(filters, country="US")
    whole = placed(snapshot, inland)
    if not support.shown(sum(whole.values()), len(whole)):
        held = (sum(whole.values()), len(whole))
        why = "too few openings name a US state"
        raise support.refused(why, held, "location", inland, lambda wider: _size(snapshot, wider))
    found, unplaced = _places(snapshot, inland, by)
    names = _estimates(by, found)
    rows = sorted(_rows(found, names, whole), key=lambda row: (-row.n, row.key))
    what = "US state" if by == "state" else "US metropolitan area"
    excluded = {"openings in the US that name no state": stateless(snapshot, inland)}
    if by == "metro":
        excluded["openings in no city that an area's title names"] = unplaced
    made = figure(
        "location", snapshot, inland, group=by, rows=rows, chart="quotients" if by == "state" else "ratios",
        title=f"Openings by {what}, against its share of computer jobs", unit="ratio of shares", excluded=excluded,
        method="The place's share of the US openings that name a state, over its share of US jobs in computer and "
        f"mathematical occupations ({soc.FRAME}, {oews.RELEASE}). Interval: that of the share, 95 %, linearised over "
        "employers; the official share is taken as known (its own standard error, in percent, is oews_rse).",
        caveats=(*_lower(by), COMPARED),
    )  # fmt: skip
    return replace(made, sources=(*made.sources, SOURCE))


def _size(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    """US openings that name a state, and their employers, that broader filters would leave."""
    whole = placed(snapshot, replace(filters, country="US"))
    return sum(whole.values()), len(whole)


def _lower(by: str) -> tuple[str, ...]:
    if by == "state":
        return ()
    return (
        "Suburbs that no area's title names are not counted, while their jobs are: quotients of areas are too low.",
    )


def _places(snapshot: Snapshot, filters: Filters, by: str) -> tuple[dict[str, dict[str, int]], int]:
    """Openings of each employer in each place, and how many are in no place."""
    rows = select(snapshot, _PLACED.replace("{city}", "g.city" if by == "metro" else "null"), filters)
    there: dict[int, set[str]] = {}
    owner: dict[int, str] = {}
    for row in rows:
        key = row["state"] if by == "state" else oews.area_of(row["city"], row["state"]) if row["city"] else None
        owner[row["no"]] = row["employer"]
        there.setdefault(row["no"], set()).update({key} if key else set())
    out: dict[str, dict[str, int]] = {}
    for no, keys in there.items():
        for key in keys:
            cell = out.setdefault(key, {})
            cell[owner[no]] = cell.get(owner[no], 0) + 1
    return out, sum(not keys for keys in there.values())


def _estimates(by: str, found: Mapping[str, object]) -> dict[str, oews.Estimate]:
    """The official estimate of computer jobs in each place; every state, and the areas that have openings."""
    if by == "state":
        return {state: estimate for state, estimate in oews.states(soc.FRAME).items() if estimate}
    return {area: estimate for area in found if (estimate := oews.area(area, soc.FRAME))}


def _rows(
    found: Mapping[str, Mapping[str, int]], names: Mapping[str, oews.Estimate], whole: Mapping[str, int]
) -> Iterator[Row]:  # fmt: skip
    nation = oews.nation(soc.FRAME)
    jobs = nation.employment if nation else None
    sizes = np.array(list(whole.values()), dtype=np.float64)
    for key, estimate in names.items():
        cell = found.get(key, {})
        hits = np.array([cell.get(employer, 0) for employer in whole], dtype=np.float64)
        if estimate.employment and jobs:
            yield _row(key, estimate, hits, sizes, estimate.employment / jobs)


def _row(key: str, estimate: oews.Estimate, hits: Numbers, sizes: Numbers, official: float) -> Row:
    share = clustered_share(hits, sizes)
    sure = support.interval_allowed(share.effective)
    n, employers = int(hits.sum()), int((hits > 0).sum())
    shown = support.shown(n, employers)
    more: dict[str, Extra] = {
        "share": share.value if shown else None, "oews_share": official, "oews_jobs": estimate.employment,
        "oews_rse": estimate.employment_rse,
        "oews_quotient": estimate.location_quotient, "placed": int(sizes.sum()), "postings": n,
    }  # fmt: skip
    low, high = (share.low / official, share.high / official) if sure else (None, None)
    return Row(key, estimate.area_name, share.value / official, low, high, n, employers, "", more)

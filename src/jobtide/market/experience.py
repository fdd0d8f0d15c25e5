"""How many years do openings ask for? The spread over all openings, and the median of those that say."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from jobtide.market import cells, support
from jobtide.market.figure import Extra, Figure, Row, ends, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import clustered_quantile, quantile
from jobtide.market.openings import Counted, employer_names, label, select, split
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
_STATED = """
    select distinct {key} as key, p.employer, p.vacancy, p.years_min as years
    from posting p {join} where {where} and p.years_min is not null and {key} is not null
    order by key, p.employer, p.vacancy
"""
_FEW_YEARS = 2.0


def years(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that ask for so many years, from few to many; with ``by``, in each group.

    Rows: ``value`` with ``low``/``high``, ``n`` openings of the base, ``openings``. Those that state no years are the
    last row, marked "unknown". Raises TooFew.
    """
    from jobtide.market.shares import marked

    whole, groups = cells.bases(snapshot, filters, by)
    counted = cells.having(snapshot, filters, BUCKETS, by=by)
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
    expression, join = split(by) if by else (f"'{cells.ALL}'", "")
    found = select(snapshot, _STATED.replace("{key}", expression).replace("{join}", join), filters)
    whole, groups = cells.bases(snapshot, filters, by)
    by_key: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        by_key.setdefault(row["key"], []).append(row)
    names = employer_names(snapshot) if by == "employer" else None
    rows = [_median(key, label(by, key, names) if by else "all", stated, groups[key]) for key, stated in by_key.items()]
    stating = _counted(found)
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


def _counted(found: list[dict[str, Any]]) -> Counted:
    """Openings that state years, by employer; an opening that stands in several groups counts once."""
    sizes: dict[str, set[str]] = {}
    for row in found:
        sizes.setdefault(row["employer"], set()).add(row["vacancy"])
    names = sorted(sizes)
    return Counted(tuple(names), np.array([len(sizes[name]) for name in names], dtype=np.float64))


def _median(key: str, shown: str, stated: list[dict[str, Any]], group: Counted) -> Row:
    values = np.array([row["years"] for row in stated], dtype=np.float64)
    owners = [row["employer"] for row in stated]
    few = cells.share_of(_counted(stated), _few(stated))
    low, high = ends(few)
    more: dict[str, Extra] = {"at_most_2": few.value, "at_most_2_low": low, "at_most_2_high": high}
    more |= dict(_quartiles(values)) | {"states_years": round(len(stated) / group.n, 4)}
    return estimate(
        key, shown, clustered_quantile(values, owners, 0.5), n=len(stated), employers=len(set(owners)), **more
    )


def _few(stated: list[dict[str, Any]]) -> Mapping[str, int]:
    """Openings of each employer that ask for two years or fewer."""
    out: dict[str, int] = {}
    for row in stated:
        if row["years"] <= _FEW_YEARS:
            out[row["employer"]] = out.get(row["employer"], 0) + 1
    return out


def _quartiles(values: Any) -> Iterator[tuple[str, float]]:
    ordered = np.sort(values)
    yield from (("p25", quantile(ordered, 0.25)), ("p75", quantile(ordered, 0.75)))

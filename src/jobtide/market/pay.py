"""What do openings state as pay? Employer-stated amounts only, annualised in one place, one currency at a time."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from jobtide.errors import UsageError
from jobtide.market import support
from jobtide.market.annual import annual
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Numbers, clustered_quantile, quantile
from jobtide.market.openings import Counted, employer_names, grouped, label, select, split
from jobtide.store.snapshot import Snapshot

_STATED = """
    select {key} as key, p.employer, p.vacancy, cast(p.pay_low as double) as low, cast(p.pay_high as double) as high,
        p.pay_period as period, p.pay_currency as currency, p.pay_kind as kind, p.pay_basis as basis
    from posting p {join}
    where {where} and p.pay_basis is not null and {key} is not null
    order by key, p.employer, p.vacancy
"""
_BASES = ("structured", "stated")
_KINDS = ("base", "unknown")  # pay without commission; "unknown" is an amount whose words do not say more


def pay(
    snapshot: Snapshot, filters: Filters, *, by: str | None = None, currency: str = "USD", basis: str = _BASES[0]
) -> Figure:
    """Return stated pay a year: median with interval and quartiles; with ``by``, of each group, highest first.

    An opening's pay is the midpoint of its stated range. Rows: ``value`` is the median of the midpoints with
    ``low``/``high``, ``p25``, ``p75`` (``p10``, ``p90`` from 100 openings), and ``at_least``/``at_most``, the medians
    of the ranges' lower and upper ends: wherever in its range an offer lies, the median lies between the two. ``basis``
    is structured (a field of the board's own) or stated (found in the text only); the two are never mixed. Other
    currencies and pay that includes commission are counted as excluded. Raises TooFew.
    """
    if basis not in _BASES:
        raise UsageError(f"no pay basis {basis!r}; there are {', '.join(_BASES)}")
    expression, join = split(by) if by else ("'all'", "")
    found = select(snapshot, _STATED.replace("{key}", expression).replace("{join}", join), filters)
    kept, excluded = _kept(found, currency, basis)
    groups = grouped(snapshot, filters, by) if by else {}
    names = employer_names(snapshot) if by == "employer" else None
    rows = [_row(key, rows, groups, by, names) for key, rows in _by_key(kept).items()]
    shown = sorted(
        rows, key=lambda row: (-(row.value if row.n >= support.POSTINGS else 0.0) if row.value else 0, row.key)
    )
    return figure(
        "pay", snapshot, filters, group=by or "", counted=_counted(kept), excluded=excluded, rows=shown, chart="ranges",
        parameters={"currency": currency, "basis": basis}, title=_title(by, basis), unit=f"{currency} a year",
        method="Median of the midpoints of stated ranges, an opening counted once. Interval: 95 %, Woodruff with the "
        "employer-clustered variance. Hours are taken 2,080 times a year.",
        caveats=(
            "Stated pay is what employers publish; where the law asks for it more of them do.",
            "A range says where an offer may lie, not where it lies: compare at_least and at_most.",
        ),
    )  # fmt: skip


def _title(by: str | None, basis: str) -> str:
    where = "" if basis == "structured" else " found in the text only"
    return f"Stated pay{where} by {by.replace('_', ' ')}" if by else f"Stated pay{where}"


def _kept(found: list[dict[str, Any]], currency: str, basis: str) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """What is counted, and how many openings were left out for which reason."""
    kept, out = [], Counter[str]()
    seen: set[tuple[str, str]] = set()
    for row in found:
        reason = _reason(row, currency, basis)
        if not reason:
            kept.append(row)
        elif (row["vacancy"], reason) not in seen:
            seen.add((row["vacancy"], reason))
            out[reason] += 1
    return kept, dict(sorted(out.items()))


def _reason(row: dict[str, Any], currency: str, basis: str) -> str:
    if row["basis"] != basis:
        return "pay in the text only" if basis == "structured" else "pay in a field of its own"
    if row["kind"] not in _KINDS:
        return "pay with commission or in total"
    return "" if row["currency"] == currency else f"pay in {row['currency']}"


def _by_key(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    out: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        out.setdefault(row["key"], []).append(row)
    return out


def _counted(rows: list[dict[str, Any]]) -> Counted:
    """The base of the figure: openings with pay that is counted, by employer."""
    sizes = Counter(employer for employer, _ in {(row["employer"], row["vacancy"]) for row in rows})
    names = sorted(sizes)
    return Counted(tuple(names), np.array([sizes[name] for name in names], dtype=np.float64))


def _row(
    key: str, rows: list[dict[str, Any]], groups: dict[str, Counted], by: str | None, names: dict[str, str] | None
) -> Row:
    low, high = ends(rows)
    middle = (low + high) / 2
    owners = [row["employer"] for row in rows]
    more: dict[str, Extra] = dict(quantiles(middle))
    more |= {"at_least": quantile(np.sort(low), 0.5), "at_most": quantile(np.sort(high), 0.5)}
    if key in groups and groups[key].n:
        more["states_pay"] = round(len(rows) / groups[key].n, 4)
    shown = label(by, key, names) if by else "all"
    return estimate(
        key, shown, clustered_quantile(middle, owners, 0.5), n=len(rows), employers=len(set(owners)), **more
    )  # fmt: skip


def ends(rows: Sequence[dict[str, Any]]) -> tuple[Numbers, Numbers]:
    """Return the lower and upper ends of the rows' ranges, a year."""
    periods = [row["period"] for row in rows]
    low = annual(np.array([row["low"] for row in rows], dtype=np.float64), periods)
    return low, annual(np.array([row["high"] for row in rows], dtype=np.float64), periods)


def quantiles(middle: Numbers) -> Iterator[tuple[str, float]]:
    """Yield p25 and p75, and p10 and p90 where there are enough openings for them."""
    ordered = np.sort(middle)
    wanted = [("p25", 0.25), ("p75", 0.75)]
    if len(ordered) >= support.TAIL_POSTINGS:
        wanted = [("p10", 0.1), *wanted, ("p90", 0.9)]
    for name, q in wanted:
        yield name, quantile(ordered, q)


def mean_for_claim(snapshot: Snapshot, filters: Filters, *, currency: str = "USD") -> tuple[float, int, int]:
    """Return (mean of midpoints, openings, employers): only to hold a claimed "average" against the same measure.

    NaN of no openings. Nothing else uses a mean: a few very high ranges move it, the median not.
    """
    found = select(snapshot, _STATED.replace("{key}", "'all'").replace("{join}", ""), filters)
    kept, _ = _kept(found, currency, "structured")
    if not kept:
        return math.nan, 0, 0
    low, high = ends(kept)
    return float(((low + high) / 2).mean()), len(kept), len({row["employer"] for row in kept})

"""What do openings state as pay? Employer-stated amounts only, annualised in one place, one currency at a time."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from jobtide.errors import UsageError
from jobtide.market import columns, pay_laws, support
from jobtide.market.annual import per_year
from jobtide.market.columns import Flags
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Ints, Numbers, clustered_quantile, quantile
from jobtide.market.openings import Counted, base, chosen, employer_names, grouped, label, owned, split
from jobtide.store.snapshot import Snapshot

_LOW, _HIGH = (per_year(f"p.pay_{end}", "p.pay_period") for end in ("low", "high"))
# What pay is said in, of openings that state any.
_SAID = tuple((f"p.pay_{name}", "") for name in ("basis", "kind", "currency"))
_BASES = ("structured", "stated")
# What counts as a kind of pay. An amount whose words do not say its kind stands with base pay, and the figure says how
# many do; pay with commission and totals are never mixed with it.
_KINDS = {"base": ("base", "unknown"), "ote": ("ote",), "total": ("total",)}
_KIND_WORDS = {"base": "Stated pay", "ote": "Stated pay with commission (OTE)", "total": "Stated total pay"}
_QUANTILES = {"p10": 0.1, "p25": 0.25, "p75": 0.75, "p90": 0.9}
_TAILS = ("p10", "p90")


@dataclass(frozen=True, slots=True)
class Stated:
    """Openings with pay that is counted: their employers' numbers, the ends of their ranges a year, unnamed kinds."""

    no: Ints
    employer: Ints
    low: Numbers
    high: Numbers
    unsaid: Flags

    def of(self, rows: npt.NDArray[np.intp]) -> "Stated":
        """Return some of them."""
        return Stated(self.no[rows], self.employer[rows], self.low[rows], self.high[rows], self.unsaid[rows])

    @property
    def middle(self) -> Numbers:
        """The midpoints of the ranges."""
        return (self.low + self.high) / 2


def pay(
    snapshot: Snapshot,
    filters: Filters,
    *,
    by: str | None = None,
    currency: str = "USD",
    basis: str = _BASES[0],
    kind: str = "base",
) -> Figure:
    """Return stated pay a year: median with interval and quartiles; with ``by``, of each group, highest first.

    An opening's pay is the midpoint of its stated range. Rows: ``value`` is the median of the midpoints with
    ``low``/``high``, ``p25``, ``p75`` (``p10``, ``p90`` from 100 openings), each with ``_at_least``/``_at_most``, and
    ``at_least``/``at_most`` of the median: the same quantile of the ranges' lower and upper ends, between which it lies
    wherever in their ranges offers do. ``states_pay`` is the share of the group's openings that is counted; ``law``
    marks a state or city where a law asks for pay in postings. ``basis`` is structured (a field of the board's own) or
    stated (found in the text only), ``kind`` base, ote or total; none of them is mixed, nor are currencies: what is
    left out is counted as excluded. Raises TooFew.
    """
    _known("basis", basis, _BASES)
    _known("kind", kind, tuple(_KINDS))
    asked: dict[str, Any] = {"currency": currency, "basis": basis, "kinds": _KINDS[kind]}
    stated, excluded = _stated(snapshot, filters, asked, by)
    whole = base(snapshot, filters)
    groups = grouped(snapshot, filters, by) if by else {"all": whole}
    names = employer_names(snapshot) if by == "employer" else None
    rows = [
        _row(key, stated.of(at), groups[key], label(by, key, names) if by else "all")
        for key, at in _groups(snapshot, stated, by)
    ]
    marked = [_marked(row, by, snapshot) for row in rows]
    counted = owned(snapshot, stated.employer)
    return figure(
        "pay", snapshot, filters, group=by or "", counted=counted, excluded=excluded,
        rows=sorted(marked, key=_order), chart="ranges", unit=f"{currency} a year", title=_title(by, basis, kind),
        parameters={"currency": currency, "basis": basis, "kind": kind},
        sized=lambda wider: _sized(snapshot, wider, asked),
        method="Median of the midpoints of stated ranges, an opening counted once. Interval: 95 %, Woodruff with the "
        "employer-clustered variance. Hours are taken 2,080 times a year.",
        caveats=tuple(_caveats(whole.n, counted.n, int(stated.unsaid.sum()) if kind == "base" else 0)),
    )  # fmt: skip


def _known(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(f"no pay {name} {value!r}; there are {', '.join(choices)}")


def _title(by: str | None, basis: str, kind: str) -> str:
    said = _KIND_WORDS[kind] + ("" if basis == "structured" else " found in the text only")
    return f"{said} by {by.replace('_', ' ')}" if by else said


def _stated(
    snapshot: Snapshot, filters: Filters, asked: Mapping[str, Any], by: str | None = None
) -> tuple[Stated, dict[str, int]]:
    """The openings whose pay is counted, and how many with pay were left out for which reason.

    In a split those count that stand in any of its groups.
    """
    found = chosen(snapshot, filters)
    no, owner = found.no, found.owner
    if by:
        there = np.unique(columns.split(snapshot, split(by)).beside(no)[0])
        no, owner = no[there], owner[there]
    said = [columns.split(snapshot, of) for of in _SAID]
    codes = [_code(column, no) for column in said]
    low, high = (columns.numbers(snapshot, end)[no] for end in (_LOW, _HIGH))
    basis, kind, currency = codes
    kinds = [said[1].keys.index(name) for name in asked["kinds"] if name in said[1].keys]
    counted = (basis == _place(said[0], asked["basis"])) & np.isin(kind, kinds) & ~np.isnan(low)
    counted &= currency == _place(said[2], asked["currency"])
    at = np.flatnonzero(counted)
    unsaid = kind[at] == _place(said[1], "unknown")
    left = np.flatnonzero((basis >= 0) & ~counted)
    excluded = _excluded(said, [code[left] for code in codes], np.isnan(low[left]), asked)
    return Stated(no[at], owner[at], low[at], high[at], unsaid), excluded


def _code(column: columns.Column, no: Ints) -> Ints:
    """What each of some openings has of a split that gives it one group at most, -1 for none."""
    assert column.single is not None
    return column.single[no]


def _place(column: columns.Column, key: str) -> int:
    return column.keys.index(key) if key in column.keys else -2  # no opening's


def _groups(snapshot: Snapshot, stated: Stated, by: str | None) -> Iterator[tuple[str, npt.NDArray[np.intp]]]:
    """Yield each group with the positions of its openings, in the order of their keys."""
    if not by:
        if len(stated.no):
            yield "all", np.arange(len(stated.no))
        return
    column = columns.split(snapshot, split(by))
    at, code = column.beside(stated.no)
    order = at[np.argsort(code, kind="stable")]
    ends = np.cumsum(np.bincount(code, minlength=len(column.keys))).tolist()
    for key, (start, end) in zip(column.keys, pairwise([0, *ends]), strict=True):
        if end > start:
            yield key, order[start:end]


def _sized(snapshot: Snapshot, filters: Filters, asked: Mapping[str, Any]) -> tuple[int, int]:
    stated, _ = _stated(snapshot, filters, asked)
    return len(stated.no), len(np.unique(stated.employer))


def _row(key: str, stated: Stated, group: Counted, shown: str) -> Row:
    """One group: the median of the midpoints, other quantiles, and the bounds that ranges allow."""
    middle = stated.middle
    more: dict[str, Extra] = {**dict(quantiles(middle)), **dict(_bounds(stated))}
    more["states_pay"] = round(len(middle) / group.n, 4)
    employers = int(np.count_nonzero(np.bincount(stated.employer)))
    return estimate(
        key, shown, clustered_quantile(middle, stated.employer, 0.5), n=len(middle), employers=employers, **more
    )


def _marked(row: Row, by: str | None, snapshot: Snapshot) -> Row:
    return replace(row, more={**row.more, **dict(pay_laws.said(by, row.key, snapshot.as_of))})


def quantiles(middle: Numbers) -> Iterator[tuple[str, float]]:
    """Yield p25 and p75, and p10 and p90 where there are enough openings for them."""
    wanted = {name: q for name, q in _QUANTILES.items() if name not in _TAILS or len(middle) >= support.TAIL_POSTINGS}
    ordered = np.sort(middle)
    yield from ((name, quantile(ordered, q)) for name, q in wanted.items())


def _bounds(stated: Stated) -> Iterator[tuple[str, float]]:
    """Yield the quantiles of the ranges' lower and upper ends."""
    for name, ends in (("at_least", stated.low), ("at_most", stated.high)):
        yield name, float(np.median(ends))
        for place, value in quantiles(ends):
            yield f"{place}_{name}", value


def _order(row: Row) -> tuple[float, str]:
    """Highest first; those that will be withheld come last."""
    return (-(row.value or 0.0) if row.n >= support.POSTINGS else 0.0), row.key


def _excluded(
    said: Sequence[columns.Column], codes: Sequence[Ints], unknown: Flags, asked: Mapping[str, Any]
) -> dict[str, int]:
    """How many openings with pay were left out for which reason."""
    many = [len(column.keys) + 1 for column in said]
    cells = np.ravel_multi_index([*(code + 1 for code in codes), unknown.astype(np.int32)], (*many, 2))
    out = Counter[str]()
    for cell, n in zip(*(found.tolist() for found in np.unique(cells, return_counts=True)), strict=True):
        *places, no_period = (int(at) for at in np.unravel_index(cell, (*many, 2)))
        words = [column.keys[at - 1] if at else None for column, at in zip(said, places, strict=True)]
        row = dict(zip(("basis", "kind", "currency"), words, strict=True)) | {"no_period": bool(no_period)}
        if reason := _reason(row, asked):
            out[reason] += n
    return dict(sorted(out.items()))


def _reason(row: Mapping[str, Any], asked: Mapping[str, Any]) -> str:
    if row["basis"] != asked["basis"]:
        return "pay in the text only" if asked["basis"] == "structured" else "pay in a field of its own"
    if row["kind"] not in asked["kinds"]:
        return "pay with commission or in total" if "base" in asked["kinds"] else f"pay of another kind: {row['kind']}"
    if row["currency"] != asked["currency"]:
        return f"pay in {row['currency']}"
    return "pay for no known period" if row["no_period"] else ""


def _caveats(openings: int, counted: int, unsaid: int) -> Iterator[str]:
    """Who is seen here, and what a range says."""
    share = counted / max(openings, 1) * 100
    yield (
        f"{counted:,} of {openings:,} openings ({share:.0f}%) state pay that is counted here; they differ from the "
        "others: see 'jobtide market pay_stated'."
    )
    yield "A range says where an offer may lie, not where it lies: compare at_least and at_most."
    if unsaid:
        yield f"{unsaid:,} of the amounts do not say whether they are base pay; they are taken for it."


def mean_for_claim(snapshot: Snapshot, filters: Filters, *, currency: str = "USD") -> tuple[float, int, int]:
    """Return (mean of midpoints, openings, employers): only to hold a claimed "average" against the same measure.

    NaN of no openings. Nothing else uses a mean: a few very high ranges move it, the median not.
    """
    stated, _ = _stated(snapshot, filters, {"currency": currency, "basis": _BASES[0], "kinds": _KINDS["base"]})
    if not len(stated.no):
        return math.nan, 0, 0
    return float(stated.middle.mean()), len(stated.no), len(np.unique(stated.employer))

"""What do openings state as pay? Employer-stated amounts only, annualised in one place, one currency at a time."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jobtide.errors import UsageError
from jobtide.market import pay_laws, support
from jobtide.market.annual import per_year
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Numbers, clustered_quantile
from jobtide.market.openings import Counted, base, employer_names, grouped, label, select, split, table
from jobtide.store.snapshot import Snapshot

_LOW, _HIGH = (per_year(f"p.pay_{end}", "p.pay_period") for end in ("low", "high"))
_STATED = f"""
    select {{key}} as key, p.no, p.employer_no, {_LOW} as low, {_HIGH} as high, p.pay_kind = 'unknown' as unsaid
    from posting p {{join}}
    where {{where}} and {{key}} is not null and {_LOW} is not null
        and p.pay_basis = $basis and p.pay_currency = $currency and list_contains($kinds, p.pay_kind)
"""
_REASONS = f"""
    select p.pay_basis as basis, p.pay_kind as kind, p.pay_currency as currency, {_LOW} is null as no_period,
        {{count}} as n
    from posting p {{join}}
    where {{where}} and {{key}} is not null and p.pay_basis is not null
    group by all order by all
"""
_BASES = ("structured", "stated")
# What counts as a kind of pay. An amount whose words do not say its kind stands with base pay, and the figure says how
# many do; pay with commission and totals are never mixed with it.
_KINDS = {"base": ("base", "unknown"), "ote": ("ote",), "total": ("total",)}
_KIND_WORDS = {"base": "Stated pay", "ote": "Stated pay with commission (OTE)", "total": "Stated total pay"}
_QUANTILES = {"p10": 0.1, "p25": 0.25, "p75": 0.75, "p90": 0.9}
_TAILS = ("p10", "p90")


@dataclass(frozen=True, slots=True)
class Stated:
    """Openings with pay that is counted: their employers' numbers, and the ends of their ranges a year."""

    no: npt.NDArray[np.int32]
    employer: npt.NDArray[np.int32]
    low: Numbers
    high: Numbers

    def of(self, rows: npt.NDArray[np.intp]) -> "Stated":
        """Return some of them."""
        return Stated(self.no[rows], self.employer[rows], self.low[rows], self.high[rows])

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
    expression, join = split(by) if by else ("'all'", "")
    asked: dict[str, Any] = {"currency": currency, "basis": basis, "kinds": list(_KINDS[kind])}
    found = table(snapshot, _placed(_STATED, expression, join), filters, **asked)
    stated = _stated(found)
    whole = base(snapshot, filters)
    groups = grouped(snapshot, filters, by) if by else {"all": whole}
    names = employer_names(snapshot) if by == "employer" else None
    rows = [
        _row(key, stated.of(at), groups[key], label(by, key, names) if by else "all")
        for key, at in _groups(found["key"])
    ]
    marked = [_marked(row, by, snapshot) for row in rows]
    # In a split an opening may stand in several groups, and is left out once.
    reasons = _placed(_REASONS, expression, join).replace("{count}", "count(distinct p.no)" if by else "count(*)")
    excluded = _excluded(select(snapshot, reasons, filters), asked)
    counted = _counted(stated)
    return figure(
        "pay", snapshot, filters, group=by or "", counted=counted, excluded=excluded,
        rows=sorted(marked, key=_order), chart="ranges", unit=f"{currency} a year", title=_title(by, basis, kind),
        parameters={"currency": currency, "basis": basis, "kind": kind},
        sized=lambda wider: _sized(snapshot, wider, asked),
        method="Median of the midpoints of stated ranges, an opening counted once. Interval: 95 %, Woodruff with the "
        "employer-clustered variance. Hours are taken 2,080 times a year.",
        caveats=tuple(_caveats(whole.n, counted.n, _unsaid(stated, found) if kind == "base" else 0)),
    )  # fmt: skip


def _known(name: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UsageError(f"no pay {name} {value!r}; there are {', '.join(choices)}")


def _placed(sql: str, expression: str, join: str) -> str:
    return sql.replace("{key}", expression).replace("{join}", join)


def _title(by: str | None, basis: str, kind: str) -> str:
    said = _KIND_WORDS[kind] + ("" if basis == "structured" else " found in the text only")
    return f"{said} by {by.replace('_', ' ')}" if by else said


def _stated(found: pa.Table) -> Stated:
    no, employer, low, high = (found[name].to_numpy() for name in ("no", "employer_no", "low", "high"))
    return Stated(no, employer, low.astype(np.float64), high.astype(np.float64))


def _groups(keys: pa.ChunkedArray) -> Iterator[tuple[str, npt.NDArray[np.intp]]]:
    """Yield each group with the positions of its rows, in the order of their keys."""
    coded = keys.combine_chunks().dictionary_encode()
    codes = coded.indices.to_numpy()
    order = np.argsort(codes, kind="stable")
    parts = np.split(order, np.cumsum(np.bincount(codes, minlength=len(coded.dictionary)))[:-1]) if len(codes) else []
    yield from sorted(zip(coded.dictionary.to_pylist(), parts, strict=True), key=lambda pair: str(pair[0]))


def _counted(stated: Stated) -> Counted:
    """The base: each opening once, whatever groups it stands in."""
    once = np.zeros(stated.no.max(initial=0) + 1, dtype=np.bool_)
    once[stated.no] = True
    owner = np.zeros(len(once), dtype=np.int32)
    owner[stated.no] = stated.employer
    sizes = np.bincount(owner[once], minlength=1)
    numbers = np.flatnonzero(sizes)
    return Counted(tuple(map(str, numbers.tolist())), sizes[numbers].astype(np.float64), numbers.astype(np.int32))


def _sized(snapshot: Snapshot, filters: Filters, asked: dict[str, Any]) -> tuple[int, int]:
    counted = _counted(_stated(table(snapshot, _placed(_STATED, "'all'", ""), filters, **asked)))
    return counted.n, len(counted.employers)


def _row(key: str, stated: Stated, group: Counted, shown: str) -> Row:
    """One group: the median of the midpoints, other quantiles, and the bounds that ranges allow."""
    middle = stated.middle
    more: dict[str, Extra] = {**dict(quantiles(middle)), **dict(_bounds(stated))}
    more["states_pay"] = round(len(middle) / group.n, 4)
    employers = int((np.bincount(stated.employer) > 0).sum())
    return estimate(
        key, shown, clustered_quantile(middle, stated.employer, 0.5), n=len(middle), employers=employers, **more
    )


def _marked(row: Row, by: str | None, snapshot: Snapshot) -> Row:
    return replace(row, more={**row.more, **dict(pay_laws.said(by, row.key, snapshot.as_of))})


def quantiles(middle: Numbers) -> Iterator[tuple[str, float]]:
    """Yield p25 and p75, and p10 and p90 where there are enough openings for them."""
    wanted = {name: q for name, q in _QUANTILES.items() if name not in _TAILS or len(middle) >= support.TAIL_POSTINGS}
    yield from zip(wanted, (float(x) for x in np.quantile(middle, list(wanted.values()))), strict=True)


def _bounds(stated: Stated) -> Iterator[tuple[str, float]]:
    """Yield the quantiles of the ranges' lower and upper ends."""
    for name, ends in (("at_least", stated.low), ("at_most", stated.high)):
        yield name, float(np.median(ends))
        for quantile, value in quantiles(ends):
            yield f"{quantile}_{name}", value


def _order(row: Row) -> tuple[float, str]:
    """Highest first; those that will be withheld come last."""
    return (-(row.value or 0.0) if row.n >= support.POSTINGS else 0.0), row.key


def _excluded(found: list[dict[str, Any]], asked: dict[str, Any]) -> dict[str, int]:
    """How many openings with pay were left out for which reason."""
    out = Counter[str]()
    for row in found:
        if reason := _reason(row, asked):
            out[reason] += row["n"]
    return dict(sorted(out.items()))


def _reason(row: dict[str, Any], asked: dict[str, Any]) -> str:
    if row["basis"] != asked["basis"]:
        return "pay in the text only" if asked["basis"] == "structured" else "pay in a field of its own"
    if row["kind"] not in asked["kinds"]:
        return "pay with commission or in total" if "base" in asked["kinds"] else f"pay of another kind: {row['kind']}"
    if row["currency"] != asked["currency"]:
        return f"pay in {row['currency']}"
    return "pay for no known period" if row["no_period"] else ""


def _unsaid(stated: Stated, found: pa.Table) -> int:
    """Openings whose amount does not say its kind."""
    return len(np.unique(stated.no[found["unsaid"].to_numpy().astype(np.bool_)]))


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
    asked = {"currency": currency, "basis": _BASES[0], "kinds": list(_KINDS["base"])}
    stated = _stated(table(snapshot, _placed(_STATED, "'all'", ""), filters, **asked))
    if not len(stated.no):
        return math.nan, 0, 0
    return float(stated.middle.mean()), len(stated.no), len(np.unique(stated.employer))

"""Who states pay, and in what do they differ from those who do not? The selection behind every figure of pay."""

from typing import Any

import numpy as np
import pyarrow as pa

from jobtide.market import against, cells, pay_laws, support
from jobtide.market.figure import Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import clustered_share
from jobtide.market.openings import SPLITS, Counted, base, by_key, employer_names, label, split, table
from jobtide.store.snapshot import Snapshot

_COUNTS = """
    select {key} as key, p.employer_no, count(*) as n, count(*) filter (p.pay_basis is not null) as stated,
        count(*) filter (p.pay_basis = 'structured') as structured
    from posting p {join}
    where {where} and {key} is not null
    group by all order by key, p.employer_no
"""
_METHOD = (
    "Openings that state any pay, in a field of the board's own or in their text, over all openings of the group. "
)


def pay_stated(snapshot: Snapshot, filters: Filters, *, by: str | None = None, about: str | None = None) -> Figure:
    """Return the share of openings that state pay: in all, and under a pay-range law or not; with ``by``, by group.

    Rows: ``value`` with ``low``/``high``, ``n`` openings and ``employers`` of the group, ``stated``, ``structured`` (in
    a field of its own) and ``in_text``; ``law`` marks states and cities with a law. With ``about`` (skills, duties,
    proof, certificates, roles, work_mode, industries, degrees) the openings that state pay beside those that do not
    (rows as in ``against.compared``). Raises TooFew.
    """
    if about is not None:
        return _selection(snapshot, filters, about)
    whole = base(snapshot, filters)
    rows = _counted(snapshot, filters, split(by) if by else ("'all'", ""))
    names = employer_names(snapshot) if by == "employer" else None
    if by:
        shown = [_row(key, label(by, key, names), found, by, snapshot) for key, found in rows]
        shown.sort(key=_order)
    else:
        shown = [_row(key, "All openings", found, None, snapshot) for key, found in rows]
        laws = dict(_counted(snapshot, filters, pay_laws.group(snapshot.as_of)))
        shown += [_row(key, said, laws[key], None, snapshot) for key, said in pay_laws.LABELS.items() if key in laws]
    return figure(
        "pay_stated", snapshot, filters, group=by or "", counted=whole, rows=shown, chart="dots",
        title="Openings that state pay" + (f", by {by.replace('_', ' ')}" if by else ""), unit="share of openings",
        method=_METHOD + cells.METHOD, caveats=(_law_caveat(snapshot),),
    )  # fmt: skip


def _counted(snapshot: Snapshot, filters: Filters, of: tuple[str, str]) -> list[tuple[str, pa.Table]]:
    """Openings and those that state pay, by employer, of each group."""
    expression, join = of
    sql = _COUNTS.replace("{key}", expression).replace("{join}", join)
    places = {"law_places": pay_laws.places(snapshot.as_of)} if "$law_places" in sql else {}
    return list(by_key(table(snapshot, sql, filters, **places)))


def _row(key: str, shown: str, found: pa.Table, by: str | None, snapshot: Snapshot) -> Row:
    n, stated, structured = (found[name].to_numpy().astype(np.float64) for name in ("n", "stated", "structured"))
    counts: dict[str, Any] = {
        "stated": int(stated.sum()),
        "structured": int(structured.sum()),
        "in_text": int(stated.sum() - structured.sum()),
    }
    more = {**counts, **dict(pay_laws.said(by, key, snapshot.as_of))}
    return estimate(key, shown, clustered_share(stated, n), n=int(n.sum()), employers=len(n), **more)


def _order(row: Row) -> tuple[bool, float, str]:
    hidden = not support.shown(row.n, row.employers)
    return hidden, 0.0 if hidden else -(row.value or 0.0), row.key


def _law_caveat(snapshot: Snapshot) -> str:
    return (
        f"Places with a law on {snapshot.as_of} that postings give a pay range: "
        f"{', '.join(pay_laws.places(snapshot.as_of))}. An opening in several places "
        "counts as under a law if one of them is."
    )


def _selection(snapshot: Snapshot, filters: Filters, about: str) -> Figure:
    """Openings that state pay beside those that do not."""
    against.kind_of(about)
    _, groups = cells.bases(snapshot, filters, "pay_stated")
    sides = against.Sides(SPLITS["pay_stated"], "stated", "not_stated", groups)
    return figure(
        "pay_stated", snapshot, filters, counted=sides.base("stated"), chart="contrast", unit="share of openings",
        rows=against.compared(snapshot, filters, sides, about), parameters={"about": about},
        sized=lambda wider: _size(snapshot, wider),
        title=f"Openings that state pay beside those that do not: {about.replace('_', ' ')}",
        method="Shares of openings that state pay, and of all others. Difference: 95 %, from the clustered intervals "
        "of both and the correlation that common employers give them (Zou 2007).",
        caveats=tuple(against.caveats(sides, "state pay", "do not")),
    )  # fmt: skip


def _size(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    found = cells.bases(snapshot, filters, "pay_stated")[1].get("stated", Counted((), np.array([])))
    return found.n, len(found.employers)

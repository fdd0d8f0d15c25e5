"""Who states pay, and in what do they differ from those who do not? The selection behind every figure of pay."""

from collections.abc import Callable, Iterator

import numpy as np

from jobtide.market import against, cells, pay_laws, support
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import SPLITS, Counted, Split, base, employer_names, label
from jobtide.store.snapshot import Snapshot

# Openings that state any pay, and where they state it.
_ANY = ("case when p.pay_basis is not null then 'stated' end", "")
_BASIS = ("p.pay_basis", "")
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
    names = employer_names(snapshot) if by == "employer" else None
    if by:
        shown = sorted(_rows(snapshot, filters, by, lambda key: label(by, key, names)), key=_order)
    else:
        order = list(pay_laws.LABELS)
        laws = _rows(snapshot, filters, pay_laws.group(snapshot.as_of), pay_laws.LABELS.__getitem__)
        shown = [*_rows(snapshot, filters, None, lambda _: "All openings")]
        shown += sorted(laws, key=lambda row: order.index(row.key))
    return figure(
        "pay_stated", snapshot, filters, group=by or "", counted=whole, rows=shown, chart="dots",
        title="Openings that state pay" + (f", by {by.replace('_', ' ')}" if by else ""), unit="share of openings",
        method=_METHOD + cells.METHOD, caveats=(_law_caveat(snapshot),),
    )  # fmt: skip


def _rows(snapshot: Snapshot, filters: Filters, by: Split | None, say: Callable[[str], str]) -> Iterator[Row]:
    """The share that states pay of each group, with how many do and where."""
    _, groups = cells.bases(snapshot, filters, by)
    any_ = cells.tally(snapshot, filters, cells.having(_ANY), by=by)
    where = cells.tally(snapshot, filters, cells.having(_BASIS), by=by)
    for key, group in groups.items():
        stated = any_.get((key, "stated"), cells.Cell())
        said, structured = (int(cell.moments.hits) for cell in (stated, where.get((key, "structured"), cells.Cell())))
        more: dict[str, Extra] = {"stated": said, "structured": structured, "in_text": said - structured}
        more |= dict(pay_laws.said(by if isinstance(by, str) else None, key, snapshot.as_of))
        yield estimate(key, say(key), cells.share_of(group, stated), n=group.n, employers=len(group.employers), **more)


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

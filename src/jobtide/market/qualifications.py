"""Which degrees do openings ask for? Demanded, demanded or equivalent, preferred, none; and the level."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jobtide.market import cells, support
from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted
from jobtide.store.snapshot import Snapshot

_NONE = "coalesce(p.degree_required, 'none') = 'none'"
# The four that add up to all openings.
_NEED = (
    f"""case when not {_NONE} and coalesce(p.degree_or_equivalent, false) then 'or_equivalent'
        when not {_NONE} then 'required'
        when p.degree_preferred is not null then 'preferred' else 'not_demanded' end""",
    "",
)
# The lowest level that is demanded, experience standing for it or not.
_LEVEL = (f"case when {_NONE} then null else p.degree_required end", "")
_WISH = ("case when p.degree_preferred is null then null else 'prefers_' || p.degree_preferred end", "")
_SAID = {
    "required": "degree demanded, nothing else",
    "or_equivalent": "degree or equivalent experience",
    "preferred": "degree preferred only",
    "not_demanded": "no degree named",
    "bachelor": "at least a bachelor's demanded",
    "master": "at least a master's demanded",
    "phd": "a PhD demanded",
    "prefers_bachelor": "a bachelor's preferred",
    "prefers_master": "a master's preferred",
    "prefers_phd": "a PhD preferred",
}
_PARTS = {
    "need": (_NEED, tuple(_SAID)[:4]),
    "level": (_LEVEL, tuple(_SAID)[4:7]),
    "wish": (_WISH, tuple(_SAID)[7:]),
}


def qualifications(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return what openings say of degrees, in a fixed order; with ``by``, in each group.

    Rows: ``value`` with ``low``/``high``, ``n`` openings of the base, ``openings``; ``part`` says which rows belong
    together: the four of "need" add up to all openings, "level" is the lowest degree demanded, "wish" the highest that
    is preferred beside or instead. Raises TooFew.
    """
    whole, groups = cells.bases(snapshot, filters, by)
    return figure(
        "qualifications", snapshot, filters, group=by or "", counted=whole, chart="bars", unit="share of openings",
        rows=_rows(snapshot, filters, groups, by),
        title="What openings say of degrees" + (f", by {by.replace('_', ' ')}" if by else ""),
        method=f"Openings of each kind over all openings of the base. {cells.METHOD}",
        caveats=("An opening that names no degree does not say that none helps.",),
    )  # fmt: skip


def part_of(concept: str) -> tuple[str, str]:
    """Return the expression, and the join it needs, whose value ``concept`` is."""
    return next((of for of, concepts in _PARTS.values() if concept in concepts), _NEED)


def _rows(snapshot: Snapshot, filters: Filters, groups: Mapping[str, Counted], by: str | None) -> Iterator[Row]:
    how = cells.said(snapshot, by, _SAID.__getitem__)
    counted = {part: cells.tally(snapshot, filters, cells.having(of), by=by) for part, (of, _) in _PARTS.items()}
    for key in sorted(groups, key=lambda key: not support.shown(groups[key].n, len(groups[key].employers))):
        for part, (_, concepts) in _PARTS.items():
            own = {cell: found for cell, found in counted[part].items() if cell[0] == key}
            for row in cells.rows(own, {key: groups[key]}, how, concepts=concepts, counts="openings"):
                yield replace(row, more={**row.more, "part": part})

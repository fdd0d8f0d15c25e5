"""How are openings spread over the groups of a split? Roles, places, seniority, work mode."""

from collections.abc import Iterator

import numpy as np

from jobtide.market.figure import Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import clustered_share
from jobtide.market.openings import Counted, base, employer_names, grouped, label
from jobtide.store.snapshot import Snapshot

_METHOD = (
    "Openings of the group over all openings of the base. Interval: 95 %, linearised over employers, t on effective "
    "employers less one."
)


def spread(
    name: str,
    snapshot: Snapshot,
    filters: Filters,
    *,
    by: str,
    title: str,
    caveats: tuple[str, ...] = (),
    group: str = "",
) -> Figure:
    """Return the share of openings in each group of ``by``, largest first.

    Rows: ``value`` with ``low``/``high``, ``n`` openings of the base, ``openings`` and ``named_by`` (employers) of the
    group. Raises TooFew.
    """
    whole = base(snapshot, filters)
    names = employer_names(snapshot) if by == "employer" else None
    rows = sorted(
        _rows(grouped(snapshot, filters, by), whole, by, names), key=lambda row: (-(row.value or 0.0), row.key)
    )
    return figure(
        name, snapshot, filters, group=group, counted=whole, rows=rows, title=title, unit="share of openings",
        chart="dots", method=_METHOD, caveats=caveats,
    )  # fmt: skip


def _rows(groups: dict[str, Counted], whole: Counted, by: str, names: dict[str, str] | None) -> Iterator[Row]:
    for key, group in groups.items():
        hits = dict(zip(group.employers, group.sizes, strict=True))
        share = clustered_share(np.array([hits.get(e, 0.0) for e in whole.employers]), whole.sizes)
        yield estimate(
            key, label(by, key, names), share, n=whole.n, employers=len(whole.employers), openings=group.n,
            named_by=len(group.employers),
        )  # fmt: skip


def roles(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return the mix of roles."""
    return spread("roles", snapshot, filters, by="role", title="Openings by role")


def places(snapshot: Snapshot, filters: Filters, *, by: str = "country") -> Figure:
    """Return where openings are: by country, state or city; an opening stands in each of its places."""
    return spread(
        "places", snapshot, filters, by=by, group=by, title=f"Openings by {by}",
        caveats=("An opening offered in several places counts in each; openings without a named place count in none.",),
    )  # fmt: skip

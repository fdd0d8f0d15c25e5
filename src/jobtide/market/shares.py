"""How are openings spread over the groups of a split? Roles, seniority, work mode, industries, places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from jobtide.errors import UsageError
from jobtide.market import cells
from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import employer_names, label, split
from jobtide.model import SENIORITIES
from jobtide.store.snapshot import Snapshot

_METHOD = f"Openings of the group over all openings of the base. {cells.METHOD}"
_UNSAID = ("unstated", "unknown", "not_stated")  # groups of openings that do not say: shown, and marked


def spread(
    name: str,
    snapshot: Snapshot,
    filters: Filters,
    *,
    of: str,
    by: str | None = None,
    title: str = "",
    order: Sequence[str] = (),
    caveats: tuple[str, ...] = (),
    chart: str = "dots",
    group: str = "",
    more: Mapping[str, Mapping[str, Any]] | None = None,
) -> Figure:
    """Return the share of openings in each group of ``of``, largest first, or in ``order``; with ``by``, within each.

    Rows: ``value`` with ``low``/``high``, ``n`` openings of the base, ``openings`` and ``openings_employers`` of the
    group, and what ``more`` says of a group. Openings that do not say are a row of their own, marked "unknown".
    Raises TooFew; UsageError where ``by`` is ``of``.
    """
    if of == by:
        raise UsageError(f"{name} is the split by {by} itself; leave --by {by} out")
    whole, groups = cells.bases(snapshot, filters, by)
    names = employer_names(snapshot) if of == "employer" else None
    how = cells.said(snapshot, by, lambda key: label(of, key, names))
    counted = cells.tally(snapshot, filters, cells.having(split(of)), by=by)
    found = cells.rows(counted, groups, how, concepts=order, counts="openings")
    shown = [marked(row, more) for row in found]
    return figure(
        name, snapshot, filters, group=group or by or "", counted=whole, chart=chart, method=_METHOD, caveats=caveats,
        rows=shown if order else cells.ranked(shown, groups if by else None), unit="share of openings",
        title=(title or f"Openings by {of.replace('_', ' ')}") + (f", by {by.replace('_', ' ')}" if by else ""),
    )  # fmt: skip


def marked(row: Row, more: Mapping[str, Mapping[str, Any]] | None = None) -> Row:
    """Return the row, marked if it is that of openings that do not say; with what ``more`` knows of its group."""
    key = row.key.rpartition("/")[2]
    extra = {**row.more, **(more or {}).get(key, {})}
    return replace(row, flag="unknown" if key in _UNSAID else row.flag, more=extra)


def roles(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the mix of roles."""
    return spread("roles", snapshot, filters, of="role", by=by)


def seniority(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the mix of seniorities, from intern to executive, with those that do not say."""
    return spread(
        "seniority", snapshot, filters, of="seniority", by=by, order=SENIORITIES, chart="bars",
        caveats=("Read from titles; where a title says nothing, from the years asked for.",),
    )  # fmt: skip


def work_mode(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the shares of remote, hybrid and on-site openings, and of those that do not say."""
    return spread(
        "work_mode", snapshot, filters, of="work_mode", by=by, title="Remote, hybrid and on-site openings", chart="bars"
    )


def places(snapshot: Snapshot, filters: Filters, *, by: str = "country") -> Figure:
    """Return where openings are: by country, state or city; an opening stands in each of its places."""
    return spread(
        "places", snapshot, filters, of=by, group=by, title=f"Openings by {by}",
        caveats=("An opening offered in several places counts in each; openings without a named place count in none.",),
    )  # fmt: skip

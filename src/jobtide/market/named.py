"""Which of some named things do openings name? The shape that duties, certificates, proof and fields share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from jobtide.market import cells, words
from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted
from jobtide.store.snapshot import Snapshot

UNKNOWN = "unknown"
# Openings by whether they state any fact of a kind; the kind is one of ours, never what a user typed.
_ANY = (
    """case when exists (from opening_named u where u.no = p.no and u.kind = '{kind}') then 'any' else 'unknown' end"""
)


def named(
    name: str,
    snapshot: Snapshot,
    filters: Filters,
    *,
    kind: str,
    title: str,
    method: str,
    tells: str,
    by: str | None = None,
    concepts: Sequence[str] = (),
    only: Sequence[str] = (),
    unknown: str = "",
    say: Callable[[str], str] = lambda concept: concept.replace("_", " "),
    caveats: tuple[str, ...] = (),
    parameters: Mapping[str, str] | None = None,
) -> Figure:
    """Return the share of openings that state each concept of ``kind``, largest first; with ``by``, in each group.

    ``concepts`` are shown even where nothing names them: a zero with its upper bound. ``only`` leaves the others out.
    ``unknown``, if given, names a last row: the openings that state none. The first caveat says how many state any, in
    the words of ``tells``. Rows: ``value`` with ``low``/``high``, ``n`` openings of the base, ``named``,
    ``named_employers``, ``required`` and ``preferred`` (openings that ask for it, that welcome it). Raises TooFew.
    """
    whole, groups = cells.bases(snapshot, filters, by)
    counted = cells.tally(snapshot, filters, cells.naming(kind), by=by)
    if only:
        counted = {cell: found for cell, found in counted.items() if cell[1] in only}
    any_ = cells.having((_ANY.format(kind=kind), ""))
    how = cells.said(snapshot, by, lambda concept: unknown if concept == UNKNOWN else say(concept))
    rows = cells.ranked(cells.rows(counted, groups, how, concepts=only or concepts), groups if by else None)
    if unknown:
        rows += _unknown(cells.tally(snapshot, filters, any_, by=by), groups, how)
    told = cells.tally(snapshot, filters, any_)
    return figure(
        name, snapshot, filters, group=by or "", counted=whole, chart="bars", parameters=parameters, rows=rows,
        unit="share of openings", method=f"{method} {cells.METHOD}",
        title=title + (f", by {by.replace('_', ' ')}" if by else ""),
        caveats=(_told(told.get((cells.ALL, "any"), cells.Cell()), whole, tells), *caveats),
    )  # fmt: skip


def _unknown(any_: cells.Cells, groups: Mapping[str, Counted], how: cells.Said) -> Iterator[Row]:
    """The openings of each group that state nothing of the kind, as a row that says so."""
    left = {cell: found for cell, found in any_.items() if cell[1] == UNKNOWN}
    for row in cells.rows(left, groups, how, concepts=(UNKNOWN,)):
        yield replace(row, flag=UNKNOWN)


def _told(any_: cells.Cell, whole: Counted, tells: str) -> str:
    """How many openings state any of it, in one sentence."""
    n, employers = int(any_.moments.hits), any_.employers
    return (
        f"{words.count(n)} of {words.count(whole.n)} openings ({words.percent(n / whole.n if whole.n else 0.0)}), of "
        f"{words.count(employers)} of {words.count(len(whole.employers))} employers, {tells}."
    )

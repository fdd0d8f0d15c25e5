"""What does the market offer beginners: how much of it, and in what does it differ from the rest?"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from jobtide.market import against, cells
from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted, base, employer_names, grouped, label, select
from jobtide.store.snapshot import Snapshot

YEARS = 2  # an opening that asks for no more is open to beginners
# Seniority read from the title's own words, not from the years asked for.
_TITLE = "not exists (from fact t where t.version = p.version and t.kind = 'seniority' and t.rule = 'seniority/years')"
ENTRY = f"coalesce(p.seniority in ('intern', 'entry') or p.years_min <= {YEARS}, false)"
GROUP = (f"case when {ENTRY} then 'entry' else 'rest' end", "")
_ONLY = (f"case when {ENTRY} then 'entry' end", "")
# Parts of the entry openings that add up to them, each with its words; and those at odds with their own title.
PARTS = {
    "intern": ("internships", "p.seniority = 'intern'"),
    "title": ("entry level or new graduate by title", f"p.seniority = 'entry' and {_TITLE}"),
    "years": (
        f"only by asking for {YEARS} years or fewer",
        f"p.seniority <> 'intern' and not (p.seniority = 'entry' and {_TITLE}) and p.years_min <= {YEARS}",
    ),
}
_WHICH = f"Openings whose title says intern, entry level or new graduate, or that ask for {YEARS} years or fewer"
_ABOVE = "('senior', 'staff', 'principal', 'lead', 'manager', 'director', 'executive')"
_ODD = f"select count(*) as n from posting p where {{where}} and {ENTRY} and p.seniority in {_ABOVE}"


def entry(snapshot: Snapshot, filters: Filters, *, by: str | None = None, about: str | None = None) -> Figure:
    """Return the share of openings open to beginners: interns, entry and new graduates by title, or two years at most.

    Rows: ``entry``, then the parts it consists of, each with ``value``, ``low``/``high``, ``n`` openings of the base
    and ``openings``; with ``by``, the entry share of each group, largest first. ``about`` compares entry openings with
    the rest in skills, duties, proof, certificates, roles, work_mode, industries or degrees (rows as in ``compared``),
    or counts the entry openings of each of their employers ("employers"). Raises TooFew.
    """
    if about == "employers":
        return _employers(snapshot, filters)
    return _shares(snapshot, filters, by) if about is None else _against(snapshot, filters, about)


def _shares(snapshot: Snapshot, filters: Filters, by: str | None) -> Figure:
    whole, groups = cells.bases(snapshot, filters, by)
    shown = [*_parts(snapshot, filters, whole)] if by is None else []
    how = cells.said(snapshot, by, lambda concept: concept)
    for row in cells.rows(_counted(snapshot, filters, ENTRY, by), groups, how, concepts=("entry",), counts="openings"):
        key = row.key.rpartition("/")[0]
        said = label(by, key, dict(how.names)) if by else "open to beginners"
        shown.insert(0, replace(row, key=key or "entry", label=said))
    odd = int(select(snapshot, _ODD, filters)[0]["n"])
    return figure(
        "entry", snapshot, filters, group=by or "", counted=whole, chart="bars", unit="share of openings",
        rows=cells.ranked(shown) if by else shown,
        title="Openings for beginners" + (f", by {by.replace('_', ' ')}" if by else ""),
        method=f"{_WHICH}, over all openings of the base. {cells.METHOD}",
        caveats=(
            f"{odd:,} of them carry a title of senior or above and ask for {YEARS} years or fewer: they count, and may "
            "not mean beginners.",
            "Openings that state no years and no level are not counted as open to beginners, though some may be.",
        ),
    )  # fmt: skip


def _counted(snapshot: Snapshot, filters: Filters, condition: str, by: str | None = None) -> cells.Cells:
    return cells.tally(snapshot, filters, _beginning(condition), by=by)


def _beginning(condition: str) -> cells.Asked:
    return cells.having((f"case when {condition} then 'entry' end", ""))


def _parts(snapshot: Snapshot, filters: Filters, whole: Counted) -> Iterator[Row]:
    for key, (said, condition) in PARTS.items():
        found = _counted(snapshot, filters, condition)
        how = cells.Said(lambda _, said=said: said)  # type: ignore[misc]
        for row in cells.rows(found, {cells.ALL: whole}, how, concepts=("entry",), counts="openings"):
            yield replace(row, key=key)


def _against(snapshot: Snapshot, filters: Filters, about: str) -> Figure:
    """Entry openings beside the rest."""
    against.kind_of(about)
    _, groups = cells.bases(snapshot, filters, GROUP)
    sides = against.Sides(GROUP, "entry", "rest", groups)
    return figure(
        "entry", snapshot, filters, counted=sides.base("entry"), chart="contrast", unit="share of openings",
        rows=against.compared(snapshot, filters, sides, about), parameters={"about": about}, sized=_sized(snapshot),
        title=f"Openings for beginners beside the rest: {about.replace('_', ' ')}",
        method="Shares of openings for beginners, and of all others. Difference: 95 %, from the clustered intervals of "
        "both and the correlation that common employers give them (Zou 2007).",
        caveats=tuple(against.caveats(sides, "for beginners", "the rest")),
    )  # fmt: skip


def _sized(snapshot: Snapshot) -> Callable[[Filters], tuple[int, int]]:
    def size(wider: Filters) -> tuple[int, int]:
        found = cells.bases(snapshot, wider, GROUP)[1].get("entry", Counted((), np.array([])))
        return found.n, len(found.employers)

    return size


def _employers(snapshot: Snapshot, filters: Filters) -> Figure:
    """Who has openings for beginners, most first: counts of this sample."""
    whole = base(snapshot, filters)
    sizes = dict(zip(whole.employers, whole.sizes, strict=True))
    held = grouped(snapshot, filters, _ONLY).get("entry", Counted((), np.array([])))
    names = employer_names(snapshot)
    rows = [
        Row(e, names.get(e, e), float(n), None, None, int(n), 1, more={"all_openings": int(sizes[e])})
        for e, n in sorted(zip(held.employers, held.sizes, strict=True), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip
    return figure(
        "entry", snapshot, filters, counted=whole, least=False, chart="bars", unit="openings", rows=rows,
        parameters={"about": "employers"}, title="Employers with openings for beginners",
        method=f"{_WHICH}. Counts of this sample; no interval belongs to a count.",
    )  # fmt: skip

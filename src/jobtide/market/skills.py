"""Which skills do openings name?"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from jobtide.market import cells, reading, skill_index, support
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Moments, clustered_shares
from jobtide.market.openings import Counted, base, employer_ids, employer_names, grouped, label, table
from jobtide.store.snapshot import Snapshot

_COUNTS = ("named", "required", "preferred", "naming_employers")
_MOMENTS = ("squares", "products", "pairs")


def skills(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that name each skill, largest first; with ``by``, within each group.

    Rows: ``value`` with ``low``/``high`` (95 %, in [0, 1]), ``n`` openings and ``employers`` of the base, ``named``,
    ``required``, ``preferred`` (openings that name, ask for, or would like it), ``naming_employers``, and
    ``corrected`` with ``corrected_low``/``corrected_high``: the share once the reader's measured mistakes and misses
    are taken out, its interval holding the error of that measurement too; ``corrected_by`` says whether the skill's
    own measurement or that of all others did it. Openings are counted once a vacancy; intervals treat an employer's
    openings as one cluster. A base below the suppression table raises TooFew.
    """
    whole = base(snapshot, filters)
    names, measured = skill_names(snapshot), reading.load()
    if by:
        rows = _split(snapshot, filters, by, names, measured)
    else:
        rows = list(_rows(_whole(snapshot, filters), whole, names, measured))
    return figure(
        "skills", snapshot, filters, group=by or "", counted=whole, chart="dots", rows=sorted(rows, key=_order),
        title="Share of openings that name each skill", unit="share of openings",
        method="Openings whose text or title names the skill, over all openings of the base. Interval: 95 %, "
        "linearised over employers, t on effective employers less one. Corrected: the share read, times precision over "
        "recall (Rogan and Gladen 1978).",
        caveats=(_said(measured),),
    )  # fmt: skip


def _whole(snapshot: Snapshot, filters: Filters) -> Iterator[dict[str, Any]]:
    """The counts of each skill over all openings that ``filters`` leave."""
    chosen = table(snapshot, "select p.no, p.employer_no from posting p where {where}", filters)
    sizes = np.bincount(chosen["employer_no"].to_numpy(), minlength=len(employer_ids(snapshot)) + 1).astype(np.float64)
    names = snapshot.query("select concept from skill order by skill_no")["concept"].to_pylist()
    if not names:  # no opening of the snapshot names a skill that is known
        return
    found = skill_index.count(skill_index.load(snapshot), chosen["no"].to_numpy(), sizes)
    columns = (*_COUNTS, *_MOMENTS)
    values = zip(found.skill.tolist(), *(getattr(found, column).tolist() for column in columns), strict=True)
    for number, *counts in values:
        yield {"skill": names[number - 1], **dict(zip(columns, counts, strict=True))}


def _split(
    snapshot: Snapshot, filters: Filters, by: str, names: Mapping[str, str], measured: reading.Reading | None
) -> list[Row]:
    """The rows of every group."""
    known = employer_names(snapshot) if by == "employer" else None
    counted: dict[str, list[dict[str, Any]]] = {}
    for (key, skill), cell in cells.tally(snapshot, filters, cells.naming("skill"), by=by).items():
        told = {"skill": skill, "named": int(cell.moments.hits), "naming_employers": cell.employers, **cell.needs}
        counted.setdefault(key, []).append(told | {name: getattr(cell.moments, name) for name in _MOMENTS})
    bases = grouped(snapshot, filters, by)
    rows: list[Row] = []
    for key, found in counted.items():
        rows += _rows(found, bases[key], names, measured, key, str(label(by, key, known)))
    return rows


def _said(measured: reading.Reading | None) -> str:
    """How the shares were corrected, or that they were not."""
    if measured is None:
        return "Read by rules; not corrected for what the reader misses or mistakes: no measurement of it is bundled."
    return (
        f"Shares are as read by rules; corrected ones stand beside them, by precision and recall measured on "
        f"{measured.how}. A skill with few labels is corrected as all such skills are, with a wider interval."
    )


def _order(row: Row) -> tuple[str, float, str]:
    return str(row.more.get("group", "")), -(row.value or 0.0), row.key


def _rows(
    counts: Iterable[Mapping[str, Any]],
    counted: Counted,
    names: Mapping[str, str],
    measured: reading.Reading | None,
    key: str = "",
    group: str | None = None,
) -> Iterator[Row]:
    """One row a skill of one group, over the group's base."""
    found = list(counts)
    shares = clustered_shares([Moments(c["named"], *(c[name] for name in _MOMENTS)) for c in found], counted.sizes)
    factors = measured.factors(c["skill"] for c in found) if measured else {}
    n, employers = counted.n, len(counted.employers)
    for cell, share in zip(found, shares, strict=True):
        skill = cell["skill"]
        more: dict[str, Extra] = {name: cell[name] for name in _COUNTS}
        if skill in factors:
            more |= _corrected(share, factors[skill])
        if group is not None:
            more["group"] = group
        shown = names.get(skill, skill)
        yield estimate(
            f"{key}/{skill}" if key else skill, f"{shown} ({group})" if group is not None else shown, share,
            n=n, employers=employers, **more,
        )  # fmt: skip


def _corrected(share: Interval, factor: reading.Factor) -> dict[str, Extra]:
    found = reading.corrected(share, factor)
    out: dict[str, Extra] = {"corrected": found.value, "corrected_by": factor.whose}
    if not math.isnan(found.low) and support.interval_allowed(share.effective):
        out |= {"corrected_low": found.low, "corrected_high": found.high}
    return out


def skill_names(snapshot: Snapshot) -> dict[str, str]:
    """Skill id -> its usual name, written as the postings write it most often ("SQL", "Python")."""
    return snapshot.once("skill names", lambda: _named(snapshot))


def _named(snapshot: Snapshot) -> dict[str, str]:
    from jobtide.enrich import taxonomy

    out = {id: concept.name for id, concept in taxonomy.load().concepts.items()}
    for row in snapshot.query("select concept, words from written order by n, concept, words").to_pylist():
        if row["words"].lower() == out.get(row["concept"], "").lower():
            out[row["concept"]] = row["words"]
    return out

"""Which skills do openings name?"""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from jobtide.market import reading, skill_index, support
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Moments, clustered_shares
from jobtide.market.openings import Counted, base, by_key, employer_ids, employer_names, grouped, label, split, table
from jobtide.store.snapshot import Snapshot

# Openings by skill and employer, then what a clustered share needs of them: hits, their squares and their products
# with the employer's size, each weighted as when that employer is left out (intervals.Moments), in whole billionths,
# whose sum does not hang on the order of adding.
_NAMED = """
    with opening as materialized (
        select {key} as key, p.no, p.employer_no from posting p {join} where {where} and {key} is not null),
    size as (select key, employer_no, count(*) as s from opening group by all),
    weight as (
        select key, employer_no, s,
            cast(case when s < whole then 1e9 * power(1 - s / whole, -2) else 0 end as hugeint) as w
        from (select *, sum(s) over (partition by key) as whole from size)),
    cell as materialized (
        select o.key, n.skill_no, o.employer_no, count(*) as k, count(*) filter (n.required) as required,
            count(*) filter (n.preferred) as preferred
        from opening o join opening_skill n using (no) group by all)
    select c.key, n.concept as skill, cast(sum(c.k) as bigint) as named, cast(sum(c.required) as bigint) as required,
        cast(sum(c.preferred) as bigint) as preferred, count(*) as naming_employers,
        cast(sum(w.w * c.k * c.k) as double) / 1e9 as squares, cast(sum(w.w * c.k * w.s) as double) / 1e9 as products
    from cell c join weight w using (key, employer_no) join skill n using (skill_no)
    group by all order by c.key, named desc, skill
"""
_COUNTS = ("named", "required", "preferred", "naming_employers")


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
    columns = (*_COUNTS, "squares", "products")
    values = zip(found.skill.tolist(), *(getattr(found, column).tolist() for column in columns), strict=True)
    for number, *counts in values:
        yield {"skill": names[number - 1], **dict(zip(columns, counts, strict=True))}


def _split(
    snapshot: Snapshot, filters: Filters, by: str, names: Mapping[str, str], measured: reading.Reading | None
) -> list[Row]:
    """The rows of every group."""
    expression, join = split(by)
    found = table(snapshot, _NAMED.replace("{key}", expression).replace("{join}", join), filters)
    bases = grouped(snapshot, filters, by)
    known = employer_names(snapshot) if by == "employer" else None
    rows: list[Row] = []
    for key, cells in by_key(found):
        rows += _rows(cells.to_pylist(), bases[key], names, measured, key, str(label(by, key, known)))
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
    cells = list(counts)
    shares = clustered_shares([Moments(c["named"], c["squares"], c["products"]) for c in cells], counted.sizes)
    factors = measured.factors(c["skill"] for c in cells) if measured else {}
    n, employers = counted.n, len(counted.employers)
    for cell, share in zip(cells, shares, strict=True):
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

"""Which skills do openings name?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from jobtide.market.figure import Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import clustered_share
from jobtide.market.openings import Counted, base, grouped, label, select, split
from jobtide.store.snapshot import Snapshot

_NAMED = """
    select {key} as key, f.concept as skill, p.employer, count(distinct p.vacancy) as k,
        count(distinct p.vacancy) filter (f.need = 'required') as required,
        count(distinct p.vacancy) filter (f.need = 'preferred') as preferred
    from posting p {join} join fact f on f.version = p.version
    where {where} and f.kind = 'skill' and f.need <> 'negated' and {key} is not null
    group by all order by key, skill, p.employer
"""


_WRITTEN = """
    select concept, words, count(*) as n from fact where kind = 'skill' group by all order by n, concept, words
"""


def skills(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that name each skill, largest first; with ``by``, within each group.

    Rows: ``value`` with ``low``/``high`` (95 %, in [0, 1]), ``n`` openings of the base, ``employers`` that name it
    (of the base where it is none), and ``named``, ``required``, ``preferred``: openings that name, ask for, or would
    like it. Openings are counted once a vacancy; intervals treat an employer's openings as one cluster. A base below
    the suppression table raises TooFew.
    """
    expression, join = split(by) if by else ("'all'", "")
    sql = _NAMED.replace("{key}", expression).replace("{join}", join)
    whole = base(snapshot, filters)
    bases = grouped(snapshot, filters, by) if by else {"all": whole}
    rows = sorted(_rows(select(snapshot, sql, filters), bases, by, skill_names(snapshot)), key=_order)
    return figure(
        "skills", snapshot, filters, group=by or "", counted=whole, chart="dots", rows=rows,
        title="Share of openings that name each skill", unit="share of openings",
        method="Openings whose text or title names the skill, over all openings of the base. Interval: 95 %, "
        "linearised over employers, t on effective employers less one.",
        caveats=("Read by rules; not corrected for what the reader misses or mistakes (see the quality section).",),
    )  # fmt: skip


def _order(row: Row) -> tuple[str, float, str]:
    return str(row.more.get("group", "")), -(row.value or 0.0), row.key


def _rows(
    found: list[dict[str, Any]], bases: Mapping[str, Counted], by: str | None, names: Mapping[str, str]
) -> Iterator[Row]:
    """One row a skill and group, with the base of its group."""
    cells: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in found:
        cells[row["key"], row["skill"]].append(row)
    for (key, skill), rows in cells.items():
        counted = bases[key]
        hits = {row["employer"]: row["k"] for row in rows}
        share = clustered_share(np.array([hits.get(e, 0) for e in counted.employers], dtype=np.float64), counted.sizes)
        more: dict[str, Any] = {
            "named": sum(hits.values()),
            "required": sum(row["required"] for row in rows),
            "preferred": sum(row["preferred"] for row in rows),
            "naming_employers": len(rows),
        }
        if by:
            more["group"] = label(by, key)
        shown = names.get(skill, skill)
        yield estimate(
            f"{key}/{skill}" if by else skill, f"{shown} ({label(by, key)})" if by else shown, share,
            n=counted.n, employers=len(counted.employers), **more,
        )  # fmt: skip


def skill_names(snapshot: Snapshot) -> dict[str, str]:
    """Skill id -> its usual name, written as the postings write it most often ("SQL", "Python")."""
    from jobtide.enrich import taxonomy

    out = {id: concept.name for id, concept in taxonomy.load().concepts.items()}
    for row in snapshot.query(_WRITTEN).to_pylist():
        if row["words"].lower() == out.get(row["concept"], "").lower():
            out[row["concept"]] = row["words"]
    return out

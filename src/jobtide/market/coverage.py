"""What does the sample stand for? Openings beside official jobs, by state and occupation; whose boards it saw."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from jobtide.errors import NotSupported, UsageError
from jobtide.market import oews, soc, support, words
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import clustered_share
from jobtide.market.official import COMPARED, SOURCE, columns, counted_row, stateless
from jobtide.market.openings import Counted, grouped, select
from jobtide.store.snapshot import Snapshot

_NAMED = 5  # states that a sentence lists
_SPLITS = ("state", "role", "source")
_BOARDS = """
    select p.source as key, p.employer, count(*) as n from posting p where {where} group by all order by key, p.employer
"""
_CRAWLS = """
    select source, count(distinct board) as boards, cast(min("at") as date) as first, cast(max("at") as date) as last,
        count(distinct cast("at" as date)) as days
    from crawl where outcome in ('complete', 'unchanged') group by source order by source
"""


def coverage(snapshot: Snapshot, filters: Filters, *, by: str = "state") -> Figure:
    """Return what the sample covers: by US state (default), by occupation of its roles, or by source.

    By state and role ``value`` is openings; ``share`` (``share_low``, ``share_high``) is of the ``placed`` openings,
    given where the suppression table allows it; ``oews_share`` is the same of official jobs. Rows are in order of the
    official share, so that what is missing stands on top. By source ``value`` is the share of openings, with boards and
    days of crawls. OEWS is of the US: another country is NotSupported, but by source.
    """
    if by == "source":
        return _by_source(snapshot, filters)
    if filters.country not in (None, "US"):
        raise NotSupported(f"OEWS covers the United States only; ask without --country {filters.country}")
    inland = replace(filters, country="US")
    if by == "role":
        return _by_role(snapshot, inland)
    if by != "state":
        raise UsageError(f"coverage cannot be split by {by}; there are {', '.join(_SPLITS)}")
    return _by_state(snapshot, inland)


def _by_state(snapshot: Snapshot, inland: Filters) -> Figure:
    frame, official = oews.nation(soc.FRAME), oews.states(soc.FRAME)
    all_placed = placed(snapshot, inland)
    openings = grouped(snapshot, inland, "state")
    rows = []
    for state in sorted(official, key=lambda s: (-(_jobs(official[s])), s)):
        more: dict[str, Extra] = {**_share(openings.get(state), all_placed), **columns(official[state], frame)}
        rows.append(counted_row(state, oews.state_name(state), openings.get(state), more))
    empty = [row.label for row in rows if not row.n]
    made = figure(
        "coverage",
        snapshot,
        inland,
        title="What the sample covers: openings by US state beside all computer jobs",
        unit="openings",
        rows=rows,
        method="share: openings with a place in the state, of the US openings that name any state; one with several "
        f"states stands in each. oews_share: the state's part of US jobs in computer and mathematical occupations "
        f"({soc.FRAME}, {oews.RELEASE}).",
        caveats=[_missing(empty, len(rows)), COMPARED],
        chart="pairs",
        group="state",
        least=False,
        excluded={"openings in the US that name no state": stateless(snapshot, inland)},
    )
    return replace(made, sources=(*made.sources, SOURCE))


def _by_role(snapshot: Snapshot, inland: Filters) -> Figure:
    """Openings by the occupation closest to their role, beside jobs in it: both as shares of these occupations."""
    roles = grouped(snapshot, inland, "role")
    found: dict[str, list[str]] = {}
    for role in roles:
        if beside := soc.occupations(role):
            found.setdefault(beside[0].soc, []).append(role)
    counted = {code: _together([roles[role] for role in names]) for code, names in found.items()}
    placed = _sizes(_together(list(counted.values())))
    official = {code: oews.nation(code) for code in found}
    jobs = sum(_jobs(estimate) for estimate in official.values())
    rows = []
    for code in sorted(official, key=lambda code: (-_jobs(official[code]), code)):
        estimate = official[code]
        more: dict[str, Extra] = {
            **_share(counted[code], placed), **columns(estimate, None), "soc": code,
            "oews_share": _jobs(estimate) / jobs if jobs else None,
            "roles": words.listed(words.role(role) for role in sorted(found[code])),
        }  # fmt: skip
        more.pop("location_quotient")
        rows.append(counted_row(code, estimate.occupation if estimate else code, counted[code], more))
    left = sum(group.n for role, group in roles.items() if not soc.occupations(role))
    made = figure(
        "coverage", snapshot, inland, title="What the sample covers: openings by occupation beside official jobs",
        unit="openings", rows=rows, chart="pairs", group="role", least=False,
        method="share: openings whose role is closest to the occupation, of US openings whose role has one. "
        f"oews_share: jobs in the occupation, of the jobs in all of these ({oews.RELEASE}). No occupation is defined "
        "as machine learning or AI engineering; the closest one stands for them.",
        caveats=[COMPARED], excluded={"US openings in a role that no occupation is close to": left},
    )  # fmt: skip
    return replace(made, sources=(*made.sources, SOURCE))


def _together(groups: list[Counted]) -> Counted:
    """Groups as one."""
    sizes: dict[str, float] = {}
    for group in groups:
        for employer, size in zip(group.employers, group.sizes, strict=True):
            sizes[employer] = sizes.get(employer, 0.0) + float(size)
    return Counted(tuple(sorted(sizes)), np.array([sizes[employer] for employer in sorted(sizes)], dtype=np.float64))


def _sizes(counted: Counted) -> dict[str, int]:
    return {employer: int(size) for employer, size in zip(counted.employers, counted.sizes, strict=True)}


def _by_source(snapshot: Snapshot, filters: Filters) -> Figure:
    """Whose boards were seen: the share of openings that each source brings, its boards and its days of crawls."""
    by_source: dict[str, dict[str, int]] = {}
    for row in select(snapshot, _BOARDS, filters):
        by_source.setdefault(row["key"], {})[row["employer"]] = row["n"]
    whole = _together([_of(sizes) for sizes in by_source.values()])
    crawls = {row["source"]: row for row in snapshot.query(_CRAWLS).to_pylist()}
    rows = [_source_row(key, sizes, whole, crawls.get(key, {})) for key, sizes in by_source.items()]
    return figure(
        "coverage", snapshot, filters, title="Whose boards the openings come from", unit="share of openings",
        rows=sorted(rows, key=lambda row: (-(row.value or 0.0), row.key)), chart="dots", group="source", counted=whole,
        method="Openings from the source, over all openings counted here. Interval: 95 %, linearised over employers.",
        caveats=[seen(snapshot), _concentrated(whole)],
    )  # fmt: skip


def _of(sizes: Mapping[str, int]) -> Counted:
    return Counted(tuple(sizes), np.array(list(sizes.values()), dtype=np.float64))


def _source_row(key: str, sizes: Mapping[str, int], whole: Counted, crawled: Mapping[str, Any]) -> Row:
    share = clustered_share(np.array([sizes.get(e, 0) for e in whole.employers], dtype=np.float64), whole.sizes)
    more: dict[str, Extra] = {"openings": sum(sizes.values()), "source_employers": len(sizes)}
    for name in ("boards", "days"):
        more[name] = crawled.get(name)
    more |= {name: crawled[name].isoformat() if crawled.get(name) else None for name in ("first", "last")}
    sure = support.interval_allowed(share.effective) and len(sizes) < len(whole.employers)
    low, high = (share.low, share.high) if sure else (None, None)
    return Row(key, key, share.value, low, high, whole.n, len(whole.employers), "", more)


def seen(snapshot: Snapshot) -> str:
    """How many sources were seen of those that jobtide reads, and who is not on any of them, in one sentence."""
    from jobtide.sources import registry

    found = [str(row["source"]) for row in snapshot.query(
        "select distinct source from posting order by source").to_pylist()]  # fmt: skip
    known = [source for source in found if source in registry.names()]
    own = len(found) - len(known)
    files = f" and {own} of the user's own" if own else ""
    start_ups = "; Ashby's employers are mostly venture-backed start-ups" if "ashby" in known else ""
    return (
        f"Employers on {words.listed(found)}: {len(known)} of the {len(registry.names())} sources that jobtide "
        f"reads{files}{start_ups}. Large employers with career sites of their own are missing."
    )


def _concentrated(whole: Counted) -> str:
    top = float(np.sort(whole.sizes)[::-1][:10].sum()) / whole.n if whole.n else 0.0
    return (
        f"The ten largest of {words.count(len(whole.employers))} employers hold {words.percent(top)} of the openings; "
        f"the sample is worth {whole.effective:.0f} employers of equal size."
    )


def _jobs(found: oews.Estimate | None) -> int:
    return (found.employment or 0) if found else 0


def _missing(empty: list[str], states: int) -> str:
    """Which states have no opening, in words."""
    if not empty:
        return f"Each of the {states} states (DC counted as one) has at least one opening here."
    named = (
        f": {words.listed(empty)}" if len(empty) <= _NAMED else f", the largest of them {words.listed(empty[:_NAMED])}"
    )
    return f"{len(empty)} of {states} states (DC counted as one) have no opening here{named}."


def placed(snapshot: Snapshot, filters: Filters) -> dict[str, int]:
    """US openings that name a state, by employer: what shares are of."""
    rows = select(
        snapshot,
        """select p.employer, count(*) as n from posting p where {where} and p.vacancy in
           (select vacancy from opening_place where country = 'US' and region is not null)
           group by p.employer order by p.employer""",
        filters,
    )
    return {row["employer"]: row["n"] for row in rows}


def _share(counted: Counted | None, placed: Mapping[str, int]) -> dict[str, Extra]:
    """A state's share of the placed openings with its clustered interval, None where it may not be shown."""
    if counted is None or not support.shown(counted.n, len(counted.employers)):
        return {"share": None, "share_low": None, "share_high": None, "placed": sum(placed.values())}
    here = dict(zip(counted.employers, counted.sizes, strict=True))
    hits = np.array([here.get(employer, 0.0) for employer in placed])
    found = clustered_share(hits, np.array(list(placed.values()), dtype=np.float64))
    sure = support.interval_allowed(found.effective)
    low, high = (found.low, found.high) if sure else (None, None)
    return {"share": found.value, "share_low": low, "share_high": high, "placed": sum(placed.values())}

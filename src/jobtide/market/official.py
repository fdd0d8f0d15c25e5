"""What do official statistics say beside the postings? OEWS employment and wages, each with its own base.

Nothing here divides one base by the other: a job that exists and an opening that is advertised are different things.
OEWS counts jobs of May 2025 in all US establishments and all levels of experience, wages paid; postings are openings
of a sample of employers, pay offered.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market import oews, soc, support, words
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted, grouped, select
from jobtide.store.snapshot import Snapshot

SOURCE = {"name": oews.RELEASE, "attribution": oews.SOURCE, "terms": oews.URL}
_WAGES = ("mean", "p10", "p25", "p75", "p90")
STATED = ": stated pay"  # ends the label of a row that counts openings
_SPLITS = ("role", "state", "city")
COMPARED = (
    "OEWS counts jobs that are filled, in all US establishments, at every level of experience; its wages are paid, "
    "before bonuses of most kinds. The openings are those of a sample of employers; their pay is what is offered."
)


def official(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return OEWS beside openings: by role (default), by state, or by city (through the areas' principal cities).

    By role: a row ``role`` with the stated pay of US postings, then a row ``role/SOC`` for each occupation beside it,
    whose value is the official median and whose ``n`` is jobs. By state and city: ``value`` is openings, OEWS stands in
    further columns. OEWS is of the US: another country is NotSupported.
    """
    if filters.country not in (None, "US"):
        raise NotSupported(f"OEWS covers the United States only; ask without --country {filters.country}")
    inland = replace(filters, country="US")
    if by in (None, "role"):
        return _by_role(snapshot, inland)
    if by == "state":
        return _by_state(snapshot, inland)
    if by == "city":
        return _by_city(snapshot, inland)
    raise UsageError(f"official figures cannot be split by {by}; there are {', '.join(_SPLITS)}")


def _by_role(snapshot: Snapshot, filters: Filters) -> Figure:
    openings = grouped(snapshot, filters, "role")
    stated = _stated(snapshot, filters)
    rows = [_everything(snapshot, filters), *_occupation_rows("all", (soc.FAMILY,))]
    for role in sorted(openings, key=lambda role: (-openings[role].n, role)):
        rows.append(_postings_row(role, openings[role], stated.get(role)))
        rows += _occupation_rows(role, soc.occupations(role))
    made = figure(
        "official",
        snapshot,
        filters,
        title="Stated pay in US postings, and official wages of the nearest occupations",
        unit="USD a year",
        rows=rows,
        method="Stated pay: median of the midpoints of yearly base pay in postings; n is postings that state it. "
        f"{oews.RELEASE}: median yearly wage; n is jobs. No code exists for most of these roles: nearest means that "
        "the occupation covers other work too. All rows stand beside each other; none is computed from another.",
        caveats=[COMPARED],
        chart="ranges",
        group="role",
        least=False,
    )
    return replace(made, sources=(*made.sources, SOURCE))


def _stated(snapshot: Snapshot, filters: Filters) -> Mapping[str, Row]:
    """Stated pay by role, nothing where the whole base is too small."""
    from jobtide.market.pay import pay

    try:
        return {row.key: row for row in pay(snapshot, filters, by="role").rows}
    except TooFew:
        return {}


def _everything(snapshot: Snapshot, filters: Filters) -> Row:
    """Stated pay of all openings counted, which is there when each single role is too small."""
    from jobtide.market.pay import pay

    beside = oews.nation(soc.FAMILY.soc)
    more: dict[str, Extra] = {"base": "openings", "official": beside.p50 if beside else None}
    label = f"All roles counted here{STATED}"
    try:
        found = pay(snapshot, filters).rows[0]
    except TooFew as few:
        return Row("all", label, None, None, None, few.n, few.employers, support.TOO_FEW, more)
    return replace(found, key="all", label=label, more={**found.more, **more})


def _postings_row(role: str, openings: Counted, stated: Row | None) -> Row:
    """Stated pay of a role with its own n, and how many openings there are."""
    more: dict[str, Extra] = {"base": "openings", "openings": openings.n, "official": _landmark(role)}
    label = f"{words.role(role)}{STATED}"
    if stated is None:
        return Row(role, label, None, None, None, 0, 0, support.NONE_STATED, more)
    return replace(stated, key=role, label=label, more={**stated.more, **more})


def _landmark(role: str) -> int | None:
    """The official median that a chart marks beside a role: its closest occupation's."""
    found = soc.occupations(role)
    estimate = oews.nation(found[0].soc) if found else None
    return estimate.p50 if estimate else None


def _occupation_rows(role: str, beside: Iterable[soc.Occupation]) -> Iterator[Row]:
    """A row for each occupation beside a role."""
    for occupation in beside:
        found = oews.nation(occupation.soc)
        if found is not None:
            flag = "nearest" if occupation.nearest else "same occupation"
            label = f"  OEWS {found.occupation} {found.soc}"
            wages: dict[str, Extra] = {name: getattr(found, name) for name in _WAGES}
            more: dict[str, Extra] = {"base": "jobs", "employment": found.employment, "soc": found.soc}
            more |= {"occupation": found.occupation, **wages}
            value = None if found.p50 is None else float(found.p50)
            yield Row(f"{role}/{found.soc}", label, value, None, None, found.employment or 0, 0, flag, more)


def _by_state(snapshot: Snapshot, filters: Filters) -> Figure:
    occupation = soc.closest(filters.role)
    openings = grouped(snapshot, filters, "state")
    official = oews.states(occupation.soc)
    nation = oews.nation(occupation.soc)
    rows = []
    for state in sorted(official, key=lambda s: (-_size(openings.get(s)), s)):
        more: dict[str, Extra] = {"postings": _size(openings.get(state)), **columns(official[state], nation)}
        rows.append(counted_row(state, oews.state_name(state), openings.get(state), more))
    name = nation.occupation if nation else occupation.soc
    made = figure(
        "official",
        snapshot,
        filters,
        title=f"Openings by US state, beside official employment of {name}",
        unit="openings",
        rows=rows,
        method=f"value is openings with a place in the state. Beside it {oews.RELEASE}, {name} ({occupation.soc})"
        f"{', the nearest occupation' if occupation.nearest else ''}: jobs, location quotient (share of the state's "
        "jobs in this occupation against the share in the whole US, as published), median yearly wage.",
        caveats=[COMPARED],
        chart="map",
        group="state",
        least=False,
        excluded={"openings in the US that name no state": stateless(snapshot, filters)},
    )
    return replace(made, sources=(*made.sources, SOURCE))


def _by_city(snapshot: Snapshot, filters: Filters) -> Figure:
    occupation = soc.closest(filters.role)
    found = {key: counted for key, counted in grouped(snapshot, filters, "city").items() if key.startswith("US/")}
    rows = []
    for key in sorted(found, key=lambda key: (-found[key].n, key)):
        _, state, city = key.split("/", 2)
        area = oews.area_of(city, state)
        estimate = oews.area(area, occupation.soc) if area else None
        more: dict[str, Extra] = {"postings": found[key].n, "area": estimate.area_name if estimate else None}
        rows.append(counted_row(key, f"{city}, {state}", found[key], {**more, **columns(estimate, None)}))
    made = figure(
        "official",
        snapshot,
        filters,
        title="Openings by US city, beside official employment of the area around it",
        unit="openings",
        rows=rows,
        method=f"value is openings with a place in the city. Beside it {oews.RELEASE} for the metropolitan area whose "
        f"title names the city, SOC {occupation.soc}; a city that no title names stands alone.",
        caveats=[COMPARED],
        chart="bars",
        group="city",
        least=False,
    )
    return replace(made, sources=(*made.sources, SOURCE))


def _size(counted: Counted | None) -> int:
    return counted.n if counted else 0


def counted_row(key: str, label: str, counted: Counted | None, more: Mapping[str, Extra]) -> Row:
    """A row that counts openings."""
    n = _size(counted)
    return Row(key, label, float(n), None, None, n, len(counted.employers) if counted else 0, "", more)


def columns(found: oews.Estimate | None, nation: oews.Estimate | None) -> dict[str, Extra]:
    """What OEWS says of an area, None where withheld; its share of the nation where one is given."""
    jobs = found.employment if found else None
    out: dict[str, Extra] = {
        "oews_jobs": jobs,
        "location_quotient": found.location_quotient if found else None,
        "oews_median": found.p50 if found else None,
    }
    if nation is not None:
        out["oews_share"] = jobs / nation.employment if jobs and nation.employment else None
    return out


def stateless(snapshot: Snapshot, filters: Filters) -> int:
    """Openings in the US that name no state."""
    rows = select(
        snapshot,
        """select count(*) as n from posting p where {where} and p.vacancy not in
           (select vacancy from opening_place where country = 'US' and region is not null)""",
        filters,
    )
    return int(rows[0]["n"])

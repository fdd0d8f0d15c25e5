"""What is an opening? A vacancy counted once, at all places of its members; the base that every question shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jobtide.errors import UsageError
from jobtide.market import words
from jobtide.market.filters import Filters
from jobtide.market.intervals import Numbers, effective_employers
from jobtide.store.snapshot import Snapshot

# A vacancy's places are those of all its members; "US//" beside a city in the US names the country once more.
_PLACES = """
    create or replace temp view opening_place as
    select distinct p.vacancy, split_part(f.concept, '/', 1) as country,
        nullif(split_part(f.concept, '/', 2), '') as region, nullif(split_part(f.concept, '/', 3), '') as city
    from posting p join fact f using (version)
    where f.kind = 'place' and f.concept <> ''
"""
# An employer has one industry and one kind, whatever a single posting of it sounds like: its openings vote, each with
# the confidence of what was read, half where that was only estimated. On the bundled pack 15 % of openings sound like
# another industry than most of their employer's.
_TRAITS = """
    create or replace temp table employer_trait as
    select kind, employer, concept from (
        select f.kind, p.employer, f.concept,
            sum(f.confidence * case when f.basis = 'estimated' then 0.5 else 1 end) as votes
        from posting p join fact f using (version)
        where p.posting = p.vacancy and f.kind in ('industry', 'employer_kind') group by all)
    qualify row_number() over (partition by kind, employer order by round(votes, 6) desc, concept) = 1
"""
UNKNOWN = "unknown"
_TRAIT = (
    "coalesce({at}.concept, 'unknown')",
    "left join (select employer, concept from employer_trait where kind = '{kind}') {at} on {at}.employer = p.employer",
)


def _trait(kind: str) -> tuple[str, str]:
    """The split by what an employer is; "unknown" is a group, so that groups add up to the whole."""
    expression, join = (part.format(at=f"t_{kind}", kind=kind) for part in _TRAIT)
    return expression, join


# How openings may be split: the name on the command line -> the expression, and the join it needs.
SPLITS = {
    "role": ("p.role", ""),
    "specialisation": ("nullif(p.specialisation, '')", ""),
    "seniority": ("p.seniority", ""),
    "work_mode": ("p.work_mode", ""),
    "employer": ("p.employer", ""),
    "country": (
        "g.key",
        "join (select distinct vacancy, country as key from opening_place) g on g.vacancy = p.vacancy",
    ),
    "state": (
        "g.key",
        "join (select distinct vacancy, region as key from opening_place where country = 'US' and region is not null) "
        "g on g.vacancy = p.vacancy",
    ),
    "city": (
        "g.key",
        "join (select distinct vacancy, country || '/' || coalesce(region, '') || '/' || city as key "
        "from opening_place where city is not null) g on g.vacancy = p.vacancy",
    ),
    "industry": _trait("industry"),
    "employer_kind": _trait("employer_kind"),
    "employment": ("p.employment", ""),
    "degree": ("p.degree_required", ""),
    "pay_stated": ("case when p.pay_basis is null then 'not_stated' else 'stated' end", ""),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Openings of each employer under some filters: the base of a figure."""

    employers: tuple[str, ...]
    sizes: Numbers

    @property
    def n(self) -> int:
        """Openings."""
        return int(self.sizes.sum())

    @property
    def effective(self) -> float:
        """Effective employers."""
        return effective_employers(self.sizes)


def select(snapshot: Snapshot, sql: str, filters: Filters, **parameters: Any) -> list[dict[str, Any]]:
    """Return the rows of ``sql``, in which ``{where}`` stands for the filters on posting p."""
    where, bound = filters.sql()
    snapshot.prepare(_PLACES)
    snapshot.prepare(_TRAITS)
    rows: list[dict[str, Any]] = snapshot.query(sql.replace("{where}", where), {**bound, **parameters}).to_pylist()
    return rows


def base(snapshot: Snapshot, filters: Filters) -> Counted:
    """Return the openings that ``filters`` leave, by employer."""
    rows = select(
        snapshot,
        "select p.employer, count(*) as n from posting p where {where} group by p.employer order by p.employer",
        filters,
    )
    return Counted(tuple(row["employer"] for row in rows), np.array([row["n"] for row in rows], dtype=np.float64))


def size(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    """Return (openings, employers) that ``filters`` leave."""
    counted = base(snapshot, filters)
    return counted.n, len(counted.employers)


def split(by: str) -> tuple[str, str]:
    """Return the expression and join of a split; UsageError for one that does not exist."""
    if by not in SPLITS:
        raise UsageError(f"no split --by {by}; there are {', '.join(SPLITS)}")
    return SPLITS[by]


def grouped(snapshot: Snapshot, filters: Filters, by: str) -> dict[str, Counted]:
    """Return the openings of each group of a split, by employer; an opening stands in each of its places."""
    expression, join = split(by)
    rows = select(
        snapshot,
        f"""select {expression} as key, p.employer, count(distinct p.vacancy) as n
            from posting p {join} where {{where}} and {expression} is not null
            group by all order by key, p.employer""",
        filters,
    )
    return {
        key: _counted([row for row in rows if row["key"] == key]) for key in dict.fromkeys(row["key"] for row in rows)
    }


def _counted(rows: Sequence[dict[str, Any]]) -> Counted:
    return Counted(tuple(row["employer"] for row in rows), np.array([row["n"] for row in rows], dtype=np.float64))


def label(by: str, key: str, names: dict[str, str] | None = None) -> str:
    """How a group is written for a reader."""
    if by == "city":
        country, region, city = key.split("/", 2)
        return f"{city}, {region or country}"
    if by in ("country", "state", "employer"):
        return (names or {}).get(key, key)
    return words.group(by, key)


def employer_names(snapshot: Snapshot) -> dict[str, str]:
    """Return employer id -> name as published."""
    rows = snapshot.query(
        "select employer, min(employer_name) as name from posting group by employer order by employer"
    )
    return {row["employer"]: row["name"] for row in rows.to_pylist()}

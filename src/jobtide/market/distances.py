"""How near are roles to each other in the skills that their openings name?

A role is the list of the shares of its openings that name each skill; the distance of two is one less the cosine of
their lists: 0 where all shares stand in the same proportion, 1 where no skill is common. Shares of a small sample are
noisy, and noise makes roles look further apart than they are: the sums of squares hold the variances of the shares,
the products their covariances through common employers. Both are taken off, as estimated by leaving groups of
employers out in turn (delete-a-group jackknife: Kott, Journal of Official Statistics 17, 2001).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from jobtide.market import support, words
from jobtide.market.columns import coded
from jobtide.market.figure import Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Numbers, reach_of
from jobtide.market.openings import Counted, grouped, table
from jobtide.market.skills import skill_names
from jobtide.market.student import t_quantile
from jobtide.store.snapshot import Snapshot

_GROUPS = 100  # groups of employers left out in turn; each employer is its own where there are no more
_EMPLOYERS = 5  # employers, of all roles together, that must name a skill before it counts
_SURE = 0.99  # level at which a skill is said to separate two roles
_TELLING = 3  # such skills named a side
# Openings of roles that can be shown; employers dealt out to groups, the same ones every time.
_OPENING = """
    with opening as (
        select p.role, p.no, p.employer_no, (dense_rank() over (order by p.employer_no) - 1) % $groups as part
        from posting p where {where} and list_contains($roles, p.role))
"""
_SIZES = _OPENING + "select role, part, count(*) as k from opening group by all order by all"
_NAMED = (
    _OPENING
    + """, named as (select o.role, o.part, o.employer_no, s.skill_no from opening o join opening_skill s using (no)),
    kept as (select skill_no from named group by skill_no having count(distinct employer_no) >= $least)
    select n.role, n.part, k.concept as skill, count(*) as k
    from named n join kept using (skill_no) join skill k using (skill_no)
    group by all order by all
"""
)


@dataclass(frozen=True, slots=True)
class Profiles:
    """Shares of openings that name each skill, by role; and what leaving each group of employers out does to them.

    ``shares`` is roles x skills, ``shifts`` groups x roles x skills. ``products`` are the sums over skills of products
    of two roles' shares, roles x roles, ``left`` the same with each group left out, ``noise`` what of ``products`` is
    noise: the sums of the shares' covariances. ``counted`` is the base of each role.
    """

    roles: tuple[str, ...]
    skills: tuple[str, ...]
    counted: tuple[Counted, ...]
    shares: Numbers
    shifts: Numbers
    products: Numbers
    left: Numbers
    noise: Numbers


def profiles(snapshot: Snapshot, filters: Filters) -> Profiles:
    """Return the profiles of the roles that have enough openings and employers to be shown; maybe none."""
    bases = {r: c for r, c in grouped(snapshot, filters, "role").items() if support.shown(c.n, len(c.employers))}
    asked: dict[str, Any] = {"groups": _GROUPS, "roles": list(bases)}
    found = table(snapshot, _NAMED, filters, least=_EMPLOYERS, **asked)
    sized = table(snapshot, _SIZES, filters, **asked)
    skills, skill = coded(found["skill"])
    at = {role: number for number, role in enumerate(bases)}
    parts = int(pc.max(sized["part"]).as_py() or 0) + 1 if sized.num_rows else 1
    hits, sizes = np.zeros((parts, len(bases), len(skills))), np.zeros((parts, len(bases)))
    hits[_ints(found["part"]), _roles(found, at), skill] = found["k"].to_numpy()
    sizes[_ints(sized["part"]), _roles(sized, at)] = sized["k"].to_numpy()
    return made(tuple(bases), skills, tuple(bases.values()), hits, sizes)


def _ints(column: pa.ChunkedArray) -> npt.NDArray[np.intp]:
    out: npt.NDArray[np.intp] = column.to_numpy().astype(np.intp)
    return out


def _roles(found: pa.Table, at: Mapping[str, int]) -> npt.NDArray[np.intp]:
    roles, codes = coded(found["role"])
    return np.array([at[role] for role in roles], dtype=np.intp)[codes]


def made(
    roles: tuple[str, ...], skills: tuple[str, ...], counted: tuple[Counted, ...], hits: Numbers, sizes: Numbers
) -> Profiles:
    """Return the profiles of hits (groups x roles x skills) among ``sizes`` (groups x roles) openings."""
    total = sizes.sum(axis=0)
    left = np.maximum(total - sizes, 1e-9)[..., None]
    shares = hits.sum(axis=0) / np.maximum(total, 1e-9)[:, None]
    # A group that holds all of a role's openings leaves no share to compare: it moves nothing.
    without = np.where(sizes[..., None] < total[None, :, None], (hits.sum(axis=0) - hits) / left, shares)
    shifts = without - shares
    m = len(shifts)
    noise = (m - 1) / m * np.matmul(shifts, shifts.transpose(0, 2, 1)).sum(axis=0)
    left = np.matmul(without, without.transpose(0, 2, 1))
    return Profiles(roles, skills, counted, shares, shifts, shares @ shares.T, left, noise)


def distance(found: Profiles, a: int, b: int) -> tuple[Interval, float]:
    """Return the distance of two roles, corrected for noise, with its 95 % interval; and the uncorrected one.

    ``a`` and ``b`` are positions in ``found.roles``. The value is at least 0, NaN where nothing but noise is left.
    """
    one, other = found.counted[a], found.counted[b]
    effective = min(one.effective, other.effective)
    m = len(found.left)
    value = float(_apart(found.products - found.noise, a, b))
    plain = float(_apart(found.products, a, b))
    if math.isnan(value) or m < 2 or effective <= 1:
        return Interval(value, math.nan, math.nan, effective), plain
    out = _apart(found.left - found.noise, a, b)
    error = math.sqrt((m - 1) / m * float(np.square(out - out.mean()).sum()))
    reach = reach_of(error, effective)
    low, high = max(0.0, value - reach), min(1.0, value + reach)
    value = max(value, 0.0)
    return Interval(value, min(low, value), max(high, value), effective), plain


def _apart(products: Numbers, a: int, b: int) -> Numbers:
    """One less the cosine, from matrices of products; NaN where nothing but noise is left."""
    squares = np.maximum(products[..., a, a], 0.0) * np.maximum(products[..., b, b], 0.0)
    cosine = np.divide(products[..., a, b], np.sqrt(squares), out=np.full(squares.shape, np.nan), where=squares > 0)
    apart: Numbers = 1 - cosine
    return apart


def distances(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return how far roles are apart in the skills that openings name, nearest first; with a role, from that one.

    A role in ``filters`` is not a filter here: it is the one from which all others are measured. Rows: key ``a/b``,
    ``value`` the distance (0 same, 1 nothing in common) with ``low``/``high``, ``plain`` without the correction for
    noise, ``n`` openings and ``employers`` of the smaller role, ``more_in_first`` and ``more_in_second``: skills that
    separate the two, each surely (99 %). Raises TooFew.
    """
    wide = replace(filters, role=None, family="all") if filters.role else filters
    found = profiles(snapshot, wide)
    names = skill_names(snapshot)
    pairs = [
        p for p in combinations(range(len(found.roles)), 2) if filters.role in (None, *(found.roles[i] for i in p))
    ]
    rows = sorted(
        (_row(found, a, b, filters.role, names) for a, b in pairs), key=lambda row: (row.value or 0.0, row.key)
    )
    mine = grouped(snapshot, filters, "role").get(filters.role) if filters.role else None
    of = f"Roles nearest to {words.role(filters.role)}" if filters.role else "How near roles are to each other"
    return figure(
        "distances", snapshot, filters, rows=rows, unit="distance", chart="dots",
        title=f"{of}, by the skills they name",
        counted=(mine or Counted((), np.array([]))) if filters.role else None,
        method="One less the cosine of the shares of openings that name each skill: 0 the same in proportion, 1 "
        "nothing in common. Corrected for noise; interval: 95 %, leaving groups of employers out in turn.",
        caveats=(
            f"{len(found.skills):,} skills that at least {_EMPLOYERS} employers name; roles with fewer than "
            f"{support.POSTINGS} openings or {support.EMPLOYERS} employers are left out.",
            "Near in the words of postings is not the same as easy to move between.",
        ),
    )  # fmt: skip


def _row(found: Profiles, a: int, b: int, anchor: str | None, names: dict[str, str]) -> Row:
    if found.roles[b] == anchor:
        a, b = b, a
    apart, plain = distance(found, a, b)
    one, other = found.counted[a], found.counted[b]
    small = one if one.n <= other.n else other
    shown = words.role(found.roles[b]) if anchor else f"{words.role(found.roles[a])}, {words.role(found.roles[b])}"
    first, second = (", ".join(names.get(s, s) for s in side) for side in separating(found, a, b))
    return estimate(
        f"{found.roles[a]}/{found.roles[b]}", shown, apart, n=small.n, employers=len(small.employers),
        plain=round(plain, 4), more_in_first=first, more_in_second=second,
    )  # fmt: skip


def separating(found: Profiles, a: int, b: int) -> tuple[Sequence[str], Sequence[str]]:
    """Return the skills that are surely more often named in the first role, and in the second, most first."""
    gap = found.shares[a] - found.shares[b]
    m = len(found.left)
    moved = found.shifts[:, a] - found.shifts[:, b]
    error = np.sqrt((m - 1) / m * np.square(moved).sum(axis=0))
    degrees = min(found.counted[a].effective, found.counted[b].effective) - 1
    if degrees <= 0:
        return (), ()
    sure = np.abs(gap) > t_quantile((1 + _SURE) / 2, degrees) * np.maximum(error, 1e-9)
    order = [int(i) for i in np.argsort(-np.abs(gap), kind="stable") if sure[i]]
    return tuple(_first(found, order, gap > 0)), tuple(_first(found, order, gap < 0))


def _first(found: Profiles, order: Sequence[int], side: np.ndarray) -> Iterator[str]:
    yield from [found.skills[i] for i in order if side[i]][:_TELLING]

"""Which skills do the same openings name? Counts of twos and threes, and how far they exceed chance.

``lift`` is how many times as often two skills stand in one opening as they would if they had nothing to do with each
other. Its interval sums influences on log lift over employers first, since an employer's openings share their lists.
``bond`` is the positive pointwise mutual information in bits, each count drawn towards what chance gives by ten
openings, so that few openings do not look like a strong bond (DuMouchel 1999, The American Statistician 53, shrinks
ratios of observed to expected counts for the same reason).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from jobtide.market import support
from jobtide.market.filters import Filters
from jobtide.market.intervals import Interval, Numbers, effective_employers, reach_of
from jobtide.market.openings import Counted, select
from jobtide.store.snapshot import Snapshot

PRIOR = 10.0  # openings by which counts are drawn towards chance
BOTH = 10  # openings that must name both
_NAMED = """
    opening as (select p.no, p.employer_no from posting p where {where}),
    mention as (select n.no, n.skill_no, n.employer_no from opening_skill n join opening using (no)),
    single as (
        select skill_no, count(*) as k from mention group by skill_no
        having count(*) >= $least and count(distinct employer_no) >= $employers),
    named as (select mention.* from mention join single using (skill_no))
"""
_SINGLES = f"with {_NAMED} select concept, k from single join skill using (skill_no) order by concept"
_PAIRS = f"""
    with {_NAMED},
    pair as (
        select a.skill_no as a, b.skill_no as b, count(*) as k from named a join named b on a.no = b.no
        where a.skill_no < b.skill_no and ($one = '' or a.skill_no in (select skill_no from skill where concept = $one)
            or b.skill_no in (select skill_no from skill where concept = $one))
        group by all having count(*) >= $both and count(distinct a.employer_no) >= $employers)
    select x.concept as a, y.concept as b, k from pair join skill x on x.skill_no = a join skill y on y.skill_no = b
    order by a, b
"""
# $as and $bs are pairs; for threes $cs too.
_BY_EMPLOYER = f"""
    with {_NAMED},
    wanted as (select unnest($as) as a, unnest($bs) as b),
    numbered as (
        select wanted.*, x.skill_no as a_no, y.skill_no as b_no from wanted
        join skill x on x.concept = a join skill y on y.concept = b)
    select w.a, w.b, e.employer, count(*) as k
    from numbered w join named s on s.skill_no = w.a_no join named t on t.no = s.no and t.skill_no = w.b_no
        join employer e on e.employer_no = s.employer_no
    group by all order by w.a, w.b, e.employer
"""
_ONES = f"""
    with {_NAMED}
    select concept, employer, count(*) as k from named join skill using (skill_no) join employer using (employer_no)
    where list_contains($concepts, concept) group by all order by concept, employer
"""
_THREES = f"""
    with {_NAMED},
    wanted as (select unnest($as) as a, unnest($bs) as b),
    tied as (
        select x.skill_no as a, y.skill_no as b from wanted join skill x on x.concept = wanted.a
        join skill y on y.concept = wanted.b),
    -- Ids are in the order of concepts, so that each three is found once.
    triple as (
        select ab.a, ab.b, bc.b as c from tied ab join tied bc on bc.a = ab.b
        join tied ac on ac.a = ab.a and ac.b = bc.b)
    select x.concept as a, y.concept as b, z.concept as c, e.employer, count(*) as k
    from triple join named s on s.skill_no = triple.a join named t on t.no = s.no and t.skill_no = triple.b
        join named u on u.no = s.no and u.skill_no = triple.c
        join skill x on x.skill_no = triple.a join skill y on y.skill_no = triple.b
        join skill z on z.skill_no = triple.c
        join employer e on e.employer_no = s.employer_no
    group by all order by x.concept, y.concept, z.concept, e.employer
"""
Pair = tuple[str, str]
_LEAST = {"least": support.POSTINGS, "employers": support.EMPLOYERS}


def singles(snapshot: Snapshot, filters: Filters) -> dict[str, int]:
    """Return openings by skill, of skills with enough openings and employers to be a base."""
    return {row["concept"]: row["k"] for row in select(snapshot, _SINGLES, filters, **_LEAST)}


def pairs(snapshot: Snapshot, filters: Filters, one: str = "") -> dict[Pair, int]:
    """Return openings that name both, by pairs in the order of their ids; only those with ``one``, if it is given."""
    rows = select(snapshot, _PAIRS, filters, **_LEAST, one=one, both=BOTH)
    return {(row["a"], row["b"]): row["k"] for row in rows}


class Employers:
    """Openings of each employer of a base that name a skill, two or three of them, in one order of employers."""

    def __init__(self, snapshot: Snapshot, filters: Filters, whole: Counted) -> None:
        """``whole`` is the base that ``filters`` leave."""
        self._snapshot, self._filters = snapshot, filters
        self._at = {employer: i for i, employer in enumerate(whole.employers)}
        self.sizes = whole.sizes

    def ones(self, concepts: Iterable[str]) -> dict[str, Numbers]:
        """Return the counts of single skills."""
        out: dict[str, Numbers] = {}
        for row in select(self._snapshot, _ONES, self._filters, **_LEAST, concepts=sorted(set(concepts))):
            out.setdefault(row["concept"], np.zeros(len(self._at)))[self._at[row["employer"]]] = row["k"]
        return out

    def twos(self, wanted: Iterable[Pair]) -> dict[Pair, Numbers]:
        """Return the counts of pairs."""
        ordered = sorted(wanted)
        bound = {"as": [a for a, _ in ordered], "bs": [b for _, b in ordered]}
        out: dict[Pair, Numbers] = {}
        for row in select(self._snapshot, _BY_EMPLOYER, self._filters, **_LEAST, **bound):
            out.setdefault((row["a"], row["b"]), np.zeros(len(self._at)))[self._at[row["employer"]]] = row["k"]
        return out

    def threes(self, tied: Iterable[Pair]) -> dict[tuple[str, str, str], Numbers]:
        """Return the counts of all threes of which each two are ``tied``."""
        ordered = sorted(tied)
        bound = {"as": [a for a, _ in ordered], "bs": [b for _, b in ordered]}
        out: dict[tuple[str, str, str], Numbers] = {}
        for row in select(self._snapshot, _THREES, self._filters, **_LEAST, **bound):
            three = row["a"], row["b"], row["c"]
            out.setdefault(three, np.zeros(len(self._at)))[self._at[row["employer"]]] = row["k"]
        return out


def bond(both: float, expected: float) -> float:
    """Return the positive pointwise mutual information in bits, shrunk towards none.

    >>> bond(40, 10), bond(10, 10), round(bond(4, 1), 2)
    (1.3219280948873624, 0.0, 0.35)
    """
    return max(0.0, math.log2((both + PRIOR) / (expected + PRIOR)))


@dataclass(frozen=True, slots=True)
class Counts:
    """Openings of each employer: all, those naming the first, the second, both."""

    sizes: Numbers
    first: Numbers
    second: Numbers
    both: Numbers


def lift(found: Counts) -> Interval:
    """Return how many times as often both stand together as by chance, with its 95 % interval; all counts above 0."""
    n, a, b, k = (float(x.sum()) for x in (found.sizes, found.first, found.second, found.both))
    value, effective = k * n / (a * b), effective_employers(found.first)
    if effective <= 1 + 1e-9:
        return Interval(value, math.nan, math.nan, effective)
    parts = found.both / k + found.sizes / n - found.first / a - found.second / b
    parts = parts / (1 - found.first / a)  # as when the employer is left out
    reach = reach_of(math.sqrt(float(np.square(parts).sum())), effective)
    return Interval(value, value * math.exp(-reach), value * math.exp(reach), effective)


def parents() -> dict[str, str]:
    """Return the concept that each concept is part of, "" for none."""
    from jobtide.enrich import taxonomy

    return {id: taxonomy.slug(concept.parent) for id, concept in taxonomy.load().concepts.items()}


def related(a: str, b: str, above: Mapping[str, str]) -> bool:
    """Whether one concept stands above the other: what belongs together by definition is no finding.

    >>> related("ec2", "aws", {"ec2": "aws", "aws": "cloud"}), related("ec2", "s3", {"ec2": "aws", "s3": "aws"})
    (True, False)
    """
    return a in _above(b, above) or b in _above(a, above)


def _above(concept: str, parents: Mapping[str, str]) -> set[str]:
    out: set[str] = set()
    while (concept := parents.get(concept, "")) and concept not in out:
        out.add(concept)
    return out

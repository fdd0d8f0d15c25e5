"""One group of openings against another: the share of each that has a concept, and how far they are apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from jobtide.errors import UsageError
from jobtide.market import cells, support, words
from jobtide.market.differences import difference
from jobtide.market.figure import Row, ends, estimate
from jobtide.market.filters import Filters
from jobtide.market.gains import false_discovery_rates, gain
from jobtide.market.intervals import Interval, Numbers, clustered_share
from jobtide.market.openings import SPLITS, Counted, Split
from jobtide.store.snapshot import Snapshot

# What two groups may be compared in: facts that openings name, or groups that they fall in.
_NAMED = {"skills": "skill", "duties": "duty", "proof": "proof", "certificates": "certification"}
_SPREAD = {"roles": "role", "work_mode": "work_mode", "industries": "industry", "degrees": "degree"}
ABOUT = (*_NAMED, *_SPREAD)
FALSE_DISCOVERIES = 0.05  # rate at which differences are called clear
_LEAST = 5  # openings of both groups together that a compared concept needs: below, the table is full of names


@dataclass(frozen=True, slots=True)
class Sides:
    """The two groups of a split that are compared: the split, their keys in it, and their bases."""

    by: Split
    first: str
    second: str
    groups: Mapping[str, Counted]

    def base(self, key: str) -> Counted:
        """The openings of one side."""
        return self.groups.get(key, Counted((), np.array([])))


def kind_of(about: str) -> tuple[str, str]:
    """Return ("fact", kind) or ("split", name) of what is compared; UsageError with the list for anything else."""
    if about in _NAMED:
        return "fact", _NAMED[about]
    if about in _SPREAD:
        return "split", _SPREAD[about]
    raise UsageError(f"nothing to compare named {about!r}; there are {', '.join(ABOUT)}")


def compared(snapshot: Snapshot, filters: Filters, sides: Sides, about: str) -> list[Row]:
    """Return a row a concept, the most frequent of the first side first.

    Rows: ``value`` with ``low``/``high`` and ``n`` of the first side; ``rest`` with ``rest_low``/``rest_high`` and
    ``rest_n`` of the second; ``difference`` with ``difference_low``/``difference_high``; ``clear`` is "yes" where the
    interval of the difference leaves zero out and ``q``, the least rate of false discoveries at which it would count as
    one (score test by employer, Benjamini and Hochberg over all that five employers have), is at most 5 %. What the
    second side cannot show is withheld with the difference.
    """
    sort, name = kind_of(about)
    if sort == "fact":
        asked = cells.naming(name)
    else:
        asked = cells.having(SPLITS[name])
    counted = cells.hits(snapshot, filters, asked, by=sides.by)
    say = _words(snapshot, about)
    concepts = sorted({concept for key, concept in counted if key in (sides.first, sides.second)})
    often = [concept for concept in concepts if _often(concept, counted, sides)]
    rates = chances(often, counted, sides)
    rows = (_row(concept, say(concept), counted, sides, rates.get(concept)) for concept in often)
    return sorted(rows, key=lambda row: (-(row.value or 0.0), row.key))


def _often(concept: str, counted: cells.Hits, sides: Sides) -> bool:
    both = (counted.get((key, concept), {}) for key in (sides.first, sides.second))
    return sum(sum(hits.values()) for hits in both) >= _LEAST


def chances(concepts: Sequence[str], counted: cells.Hits, sides: Sides) -> dict[str, float]:
    """The q of each concept that enough employers have, on either side: chosen without a look at the difference."""
    one, other = sides.base(sides.first), sides.base(sides.second)
    if not one.n or not other.n:
        return {}
    employers = sorted({*one.employers, *other.employers})
    found: dict[str, float] = {}
    for concept in concepts:
        hits, rest = (counted.get((key, concept), {}) for key in (sides.first, sides.second))
        if len({*hits, *rest}) >= support.EMPLOYERS:
            found[concept] = gain(*_over(employers, other, rest), *_over(employers, one, hits)).p
    return dict(zip(found, false_discovery_rates(list(found.values())), strict=True))


def _row(concept: str, shown: str, counted: cells.Hits, sides: Sides, q: float | None) -> Row:
    one, other = sides.base(sides.first), sides.base(sides.second)
    hits, rest_hits = (counted.get((key, concept), {}) for key in (sides.first, sides.second))
    more = dict[str, float | int | str | None](openings=sum(hits.values()), rest_openings=sum(rest_hits.values()))
    if support.shown(other.n, len(other.employers)) and support.shown(one.n, len(one.employers)):
        more |= _beside(one, hits, other, rest_hits, q)
    return estimate(concept, shown, _share(one, hits), n=one.n, employers=len(one.employers), rest_n=other.n, **more)


def _beside(
    one: Counted, hits: Mapping[str, int], other: Counted, rest_hits: Mapping[str, int], q: float | None
) -> dict[str, float | int | str | None]:
    rest, apart = _share(other, rest_hits), _apart(one, hits, other, rest_hits)
    low, high = ends(apart)
    sure = low is not None and high is not None and (low > 0 or high < 0)
    out: dict[str, float | int | str | None] = {
        "rest": rest.value,
        "difference": apart.value,
        "clear": "yes" if sure and q is not None and q <= FALSE_DISCOVERIES else "",
        "q": q,
    }
    out |= dict(zip(("rest_low", "rest_high"), ends(rest), strict=True))
    return out | {"difference_low": low, "difference_high": high}


def _share(counted: Counted, hits: Mapping[str, int]) -> Interval:
    return clustered_share(*_over(counted.employers, counted, hits))


def _apart(one: Counted, hits: Mapping[str, int], other: Counted, rest_hits: Mapping[str, int]) -> Interval:
    """The difference over all employers of either side, in one order."""
    employers = sorted({*one.employers, *other.employers})
    return difference(_over(employers, one, hits), _over(employers, other, rest_hits))


def _over(employers: Sequence[str], counted: Counted, hits: Mapping[str, int]) -> tuple[Numbers, Numbers]:
    sizes = dict(zip(counted.employers, counted.sizes, strict=True))
    named = np.array([hits.get(employer, 0) for employer in employers], dtype=np.float64)
    return named, np.array([sizes.get(employer, 0.0) for employer in employers], dtype=np.float64)


def _words(snapshot: Snapshot, about: str) -> Callable[[str], str]:
    """How a concept is said."""
    if about == "skills":
        from jobtide.market.skills import skill_names

        known = skill_names(snapshot)
        return lambda concept: known.get(concept, concept)
    if about == "duties":
        from jobtide.enrich.duties import load

        told = {duty.id: duty.name for duty in load()}
        return lambda concept: told.get(concept, concept)
    if about in _SPREAD:
        return lambda concept: words.group(_SPREAD[about], concept)
    return lambda concept: concept.replace("_", " ")


def caveats(sides: Sides, first: str, second: str) -> Iterator[str]:
    """What is compared, and how intervals are meant."""
    one, other = sides.base(sides.first), sides.base(sides.second)
    yield (
        f"{words.count(one.n)} openings of {words.count(len(one.employers))} employers ({first}) against "
        f"{words.count(other.n)} of {words.count(len(other.employers))} ({second})."
    )
    yield (
        f"Clear: of all differences marked so at most {FALSE_DISCOVERIES * 100:.0f} % are expected to be chance; those "
        f"that fewer than {support.EMPLOYERS} employers have are not tested."
    )

"""One group of openings against another: the share of each that has a concept, and how far they are apart."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from jobtide.errors import UsageError
from jobtide.market import cells, support, words
from jobtide.market.differences import Side, beside, chance
from jobtide.market.figure import Row, ends, estimate
from jobtide.market.filters import Filters
from jobtide.market.gains import false_discovery_rates
from jobtide.market.intervals import Numbers
from jobtide.market.openings import SPLITS, Counted, Split
from jobtide.store.snapshot import Snapshot

# What two groups may be compared in: facts that openings name, or groups that they fall in.
_NAMED = {"skills": "skill", "duties": "duty", "proof": "proof", "certificates": "certification"}
_SPREAD = {"roles": "role", "work_mode": "work_mode", "industries": "industry", "degrees": "degree"}
ABOUT = (*_NAMED, *_SPREAD)
FALSE_DISCOVERIES = 0.05  # rate at which differences are called clear
_NOBODY = cells.Held(np.zeros(0, dtype=np.intp), np.zeros(0))
Both = tuple[cells.Held, cells.Held]
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
    asked = cells.naming(name) if sort == "fact" else cells.having(SPLITS[name])
    sizes = cells.hits(snapshot, filters, cells.having((f"'{cells.ALL}'", "")), by=sides.by)
    pair = Pair(*(sizes.get((key, cells.ALL), _NOBODY) for key in (sides.first, sides.second)))
    counted = cells.hits(snapshot, filters, asked, by=sides.by)
    found = {
        concept: (counted.get((sides.first, concept), _NOBODY), counted.get((sides.second, concept), _NOBODY))
        for concept in sorted({concept for key, concept in counted if key in (sides.first, sides.second)})
    }
    found = {concept: held for concept, held in found.items() if sum(h.counts.sum() for h in held) >= _LEAST}
    rates, say = chances(found, pair), _words(snapshot, about)
    rows = (_row(concept, say(concept), held, pair, rates.get(concept)) for concept, held in found.items())
    return sorted(rows, key=lambda row: (-(row.value or 0.0), row.key))


class Pair:
    """The openings of two groups by employer, over the employers that have openings in either."""

    def __init__(self, first: cells.Held, second: cells.Held) -> None:
        """Take how many openings each employer has in the one and in the other."""
        self._owners = np.union1d(first.owners, second.owners)
        self.sizes = (self._over(first), self._over(second))

    def _over(self, held: cells.Held) -> Numbers:
        out = np.zeros(len(self._owners))
        out[np.searchsorted(self._owners, held.owners)] = held.counts
        return out

    def sides(self, held: Both) -> tuple[Side, Side]:
        """Return (hits, sizes) of the first group and of the second, in one order of employers."""
        return (self._over(held[0]), self.sizes[0]), (self._over(held[1]), self.sizes[1])

    def base(self, side: int) -> tuple[int, int]:
        """Openings and employers of one group."""
        return int(self.sizes[side].sum()), int((self.sizes[side] > 0).sum())


def chances(found: Mapping[str, Both], pair: Pair) -> dict[str, float]:
    """Return q of each concept that enough employers have, on either side: chosen without a look at the difference."""
    if not (pair.base(0)[0] and pair.base(1)[0]):
        return {}
    p = {
        concept: chance(*pair.sides(held)) for concept, held in found.items()
        if len(np.union1d(held[0].owners, held[1].owners)) >= support.EMPLOYERS
    }  # fmt: skip
    return dict(zip(p, false_discovery_rates(list(p.values())), strict=True))


def _row(concept: str, shown: str, held: Both, pair: Pair, q: float | None) -> Row:
    (n, employers), (rest_n, rest_employers) = pair.base(0), pair.base(1)
    openings, rest_openings = (int(h.counts.sum()) for h in held)
    more = dict[str, float | int | str | None](openings=openings, rest_openings=rest_openings, rest_n=rest_n)
    share, rest, apart = beside(*pair.sides(held))
    if support.shown(n, employers) and support.shown(rest_n, rest_employers):
        low, high = ends(apart)
        sure = low is not None and high is not None and (low > 0 or high < 0)
        clear = "yes" if sure and q is not None and q <= FALSE_DISCOVERIES else ""
        more |= {"rest": rest.value, "difference": apart.value, "clear": clear, "q": q}
        more |= {"difference_low": low, "difference_high": high}
        more |= dict(zip(("rest_low", "rest_high"), ends(rest), strict=True))
    return estimate(concept, shown, share, n=n, employers=employers, **more)


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

"""Which threes of skills stand together in openings, more than their pairs alone would bring about?"""

import math
from itertools import combinations

import numpy as np

from jobtide.market import support, together
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Numbers, clustered_share
from jobtide.market.openings import Counted, base
from jobtide.market.skills import skill_names
from jobtide.store.snapshot import Snapshot

_MOST = 50  # bundles of a list
_TIED = 200  # pairs of strongest bond that bundles are made of
_METHOD = (
    "value: share of openings that name all three (interval: 95 %, linearised over employers). Bundles are made of the "
    f"{_TIED} pairs of strongest bond (see pairs). bond: log2 of openings that name all three over what the likeliest "
    f"pair and the third would give by chance, drawn towards 0 by {together.PRIOR:.0f} openings; strongest first."
)


def bundles(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return threes of skills that openings name together, strongest bond first.

    Rows: keys "a+b+c"; ``value`` with ``low``/``high``, ``n`` openings and ``employers`` of the base, ``openings`` and
    ``naming_employers`` that name all three, ``bond`` in bits, and ``third``, with its interval: of the openings that
    name the two rarer skills, the share that names the third too. A bundle needs 30 openings of 5 employers. TooFew.
    """
    whole = base(snapshot, filters)
    return figure(
        "bundles", snapshot, filters, counted=whole, chart="dots", unit="share of openings", method=_METHOD,
        title="Threes of skills that postings name together", rows=_rows(snapshot, filters, whole),
        caveats=("Bundles of one employer's standard text are left out by the five employers that each needs.",),
    )  # fmt: skip


def _rows(snapshot: Snapshot, filters: Filters, whole: Counted) -> list[Row]:
    if not support.shown(whole.n, len(whole.employers)):
        return []  # the envelope refuses
    singles = together.singles(snapshot, filters)
    above = together.parents()
    found = {pair: k for pair, k in together.pairs(snapshot, filters).items() if not together.related(*pair, above)}
    bonds = {pair: together.bond(k, singles[pair[0]] * singles[pair[1]] / whole.n) for pair, k in found.items()}
    tied = sorted(bonds, key=lambda pair: (-bonds[pair], pair))[:_TIED]
    counts = together.Employers(snapshot, filters, whole)
    threes = {
        three: hits for three, hits in counts.threes(tied).items() if support.shown(int(hits.sum()), _naming(hits))
    }
    strength = {three: _bond(three, float(hits.sum()), found, singles, whole.n) for three, hits in threes.items()}
    chosen = sorted((three for three in threes if strength[three] > 0), key=lambda three: (-strength[three], three))
    twos = counts.twos({pair for three in chosen[:_MOST] for pair in combinations(three, 2)})
    names = skill_names(snapshot)
    out = []
    for three in chosen[:_MOST]:
        label = " + ".join(names.get(id, id) for id in three)
        common = max(three, key=lambda id: (singles[id], id))
        rarer = twos[tuple(id for id in three if id != common)]  # type: ignore[index]
        out.append(_row("+".join(three), label, threes[three], whole, strength[three], rarer))
    return out


def _naming(hits: Numbers) -> int:
    return int(np.count_nonzero(hits))


def _bond(
    three: tuple[str, str, str], k: float, pairs: dict[together.Pair, int], singles: dict[str, int], n: int
) -> float:  # fmt: skip
    """The bond of three over the likeliest way in which a pair and the third would meet by chance."""
    ways = []
    for third in three:
        a, b = (id for id in three if id != third)
        ways.append(pairs[a, b] * singles[third] / n)
    return together.bond(k, max(ways))


def _row(key: str, label: str, hits: Numbers, whole: Counted, strength: float, rarer: Numbers) -> Row:
    third = clustered_share(hits, rarer)
    more: dict[str, Extra] = {
        "openings": int(hits.sum()), "naming_employers": _naming(hits), "bond": round(strength, 4),
        "third": third.value, "third_n": int(rarer.sum()),
    }  # fmt: skip
    if support.interval_allowed(third.effective) and not math.isnan(third.low):
        more |= {"third_low": third.low, "third_high": third.high}
    share = clustered_share(hits, whole.sizes)
    return estimate(key, label, share, n=whole.n, employers=len(whole.employers), **more)

"""Which skills go together? Of the openings that name one, how many name the other too."""

import math

from jobtide.errors import TooFew
from jobtide.market import support, together
from jobtide.market.figure import Extra, Figure, Row, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import clustered_share
from jobtide.market.openings import base
from jobtide.market.skills import skill_names
from jobtide.market.trend import known
from jobtide.store.snapshot import Snapshot

_MOST = 100  # pairs of a list
_METHOD = (
    "value: of the openings that name the first skill, the share that names the second too (interval: 95 %, linearised "
    f"over employers). lift: over what chance gives; bond: log2 of lift, drawn towards 0 by {together.PRIOR:.0f} "
    f"openings. Each skill is named by {support.POSTINGS} openings of {support.EMPLOYERS} employers, both by "
    f"{together.BOTH} of {support.EMPLOYERS}. A skill and the one it is part of are left out."
)


def pairs(snapshot: Snapshot, filters: Filters, *, skill: str = "") -> Figure:
    """Return the pairs of skills with the strongest bond, or with ``skill`` what goes with it, strongest first.

    Rows: keys "a+b"; ``value`` with ``low``/``high``: of the ``n`` openings of ``employers`` that name a, the share
    that names b too; ``openings`` that name both, ``lift`` with ``lift_low``/``lift_high``, ``bond`` in bits, and
    ``back``, the share the other way round. a is the skill asked for, else the rarer one. Rows flagged "no clear bond"
    may go together by chance. Raises TooFew, UsageError for an unknown skill.
    """
    names = skill_names(snapshot)
    ids = known(skill, names)
    one = ids[0] if ids else ""
    whole = base(snapshot, filters)
    singles = together.singles(snapshot, filters) if support.shown(whole.n, len(whole.employers)) else {}
    if one and one not in singles and singles:
        raise TooFew(
            f"too few of the {whole.n} openings here name {names[one]}; {support.NEEDED}", broader=None
        )  # fmt: skip
    return figure(
        "pairs", snapshot, filters, counted=whole, chart="dots", unit="share of the openings that name the first",
        rows=_rows(snapshot, filters, one, singles), method=_METHOD, parameters={"skill": one},
        title=f"What postings that name {names[one]} name too" if one else "Skills that postings name together",
        caveats=("Named in the same posting; not that one is learnt or used with the other.",),
    )  # fmt: skip


def _rows(snapshot: Snapshot, filters: Filters, one: str, singles: dict[str, int]) -> list[Row]:
    if not singles:
        return []
    whole = base(snapshot, filters)
    above = together.parents()
    found = {
        pair: together.bond(k, singles[pair[0]] * singles[pair[1]] / whole.n)
        for pair, k in together.pairs(snapshot, filters, one).items()
        if not together.related(*pair, above)
    }
    chosen = sorted(found, key=lambda pair: (-found[pair], pair))[:_MOST]
    counts = together.Employers(snapshot, filters, whole)
    ones, twos = counts.ones(id for pair in chosen for id in pair), counts.twos(chosen)
    names = skill_names(snapshot)
    out = []
    for pair in chosen:
        a, b = sorted(pair, key=lambda id: (id != one, singles[id], id))
        cell = together.Counts(whole.sizes, ones[a], ones[b], twos[pair])
        label = names.get(b, b) if one else f"{names.get(a, a)} → {names.get(b, b)}"
        out.append(_row(f"{a}+{b}", label, cell, found[pair]))
    return out


def _row(key: str, label: str, cell: together.Counts, bond: float) -> Row:
    share, lift = clustered_share(cell.both, cell.first), together.lift(cell)
    back = clustered_share(cell.both, cell.second)
    sure = support.interval_allowed(lift.effective) and not math.isnan(lift.low)
    more: dict[str, Extra] = {
        "openings": int(cell.both.sum()), "both_employers": int((cell.both > 0).sum()), "bond": round(bond, 4),
        "lift": lift.value, "lift_low": lift.low if sure else None, "lift_high": lift.high if sure else None,
        "back": back.value, "back_n": int(cell.second.sum()),
    }  # fmt: skip
    if support.interval_allowed(back.effective):
        more |= {"back_low": back.low, "back_high": back.high}
    made = estimate(key, label, share, n=int(cell.first.sum()), employers=int((cell.first > 0).sum()), **more)
    if sure and lift.low > 1:
        return made
    return Row(
        made.key,
        made.label,
        made.value,
        made.low,
        made.high,
        made.n,
        made.employers,
        made.flag or "no clear bond",
        more,
    )

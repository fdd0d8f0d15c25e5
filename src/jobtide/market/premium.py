"""With how much more or less stated pay does a skill go? Raw, within role, and within employer, side by side.

A raw gap is mostly not the skill's: it is the roles, levels, places and employers that name it. In the United States
postings with an AI skill state 28 % more, 11 % more than others of the same firm, 5 % more than others of the same job
title (Alekseeva and others, Labour Economics 71, 2021). What is left after controls is still no cause.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from jobtide.errors import TooFew
from jobtide.market import support
from jobtide.market.annual import per_year
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.gains import false_discovery_rates
from jobtide.market.intervals import Ints, Numbers
from jobtide.market.openings import Counted, table
from jobtide.market.regress import Coefficient, dummies, fit, shrunk, within
from jobtide.market.skills import skill_names
from jobtide.store.snapshot import Snapshot

_LOW, _HIGH = (per_year(f"p.pay_{end}", "p.pay_period") for end in ("low", "high"))
_LARGEST = 20_000  # openings of one fit, the first in an order that nothing steers: more move no digit that is shown
# The technical base: every opening of a technical role that states base pay in a field of its own.
PAID = f"""p.role <> 'other' and p.pay_basis = 'structured' and list_contains(['base', 'unknown'], p.pay_kind)
        and {_LOW} > 0 and {_HIGH} > 0"""
_PAID = f"""
    select p.no, p.employer_no, ({_LOW} + {_HIGH}) / 2 as middle, p.role, p.seniority, p.work_mode,
        coalesce(p.country, '') || '/' || coalesce(p.region, '') as place,
        coalesce(cast(year(coalesce(p.last_published_at, p.first_published_at)) as varchar), '') as year
    from posting p
    where {{where}} and p.pay_currency = $currency and {PAID}
    order by p.pick limit {_LARGEST}
"""
_MOST = (
    60  # skills in one model: the most often named; beyond, columns would outnumber what the openings can tell apart
)
_PER_SKILL = 12  # openings with pay that each skill in the model must leave for it
_GROUP = 10  # openings of a place, year ... that has a column of its own
_FALSE = 0.05  # rate of false discoveries that is accepted
_MODELS = ("raw", "within_role", "within_employer")


@dataclass(frozen=True, slots=True)
class Paid:
    """Openings with pay: the logarithm of each one's midpoint, its employer, its controls, and the skills it names."""

    pay: Numbers
    employer: Ints
    controls: Numbers
    skills: tuple[str, ...]
    named: Numbers

    @property
    def base(self) -> Counted:
        """The openings by employer."""
        numbers, sizes = np.unique(self.employer, return_counts=True)
        return Counted(tuple(map(str, numbers)), sizes.astype(np.float64), numbers)


def premium(snapshot: Snapshot, filters: Filters, *, currency: str = "USD") -> Figure:
    """Return by how much stated pay differs where a skill is named, the largest first.

    Fitted on every technical role, whatever role is asked: within one role few openings state pay. Rows: ``value`` with
    ``low``/``high`` is the difference within role and employer, as a share of pay (.05: 5 % more); beside it ``raw``,
    ``within_role`` and ``within_employer``, each with ``_low``/``_high``; ``shrunk`` with ``shrunk_low``/
    ``shrunk_high``, drawn towards the mean of all by how unsure it is; ``q``, the least rate of false discoveries at
    which it counts as a difference, and ``clear`` "yes" where that is 5 % at most. ``n`` openings and ``employers``
    that name the skill. Raises TooFew.
    """
    paid = _paid(snapshot, widened(filters), currency)
    if not paid.skills:
        raise _too_few(paid)
    rows = _rows(paid, skill_names(snapshot))
    found = figure(
        "premium", snapshot, filters, counted=paid.base, chart="forest", unit="share of pay", rows=rows,
        parameters={"currency": currency}, title="Difference in stated pay that goes with a skill",
        sized=lambda wider: _size(snapshot, wider, currency),
        method="Least squares of the logarithm of the midpoint of stated pay on the skills together, role, seniority, "
        "place, year and work mode, and, within employer, a constant for each employer. Errors clustered by employer "
        "(CR3), t on the effective employers of each skill less one. False discoveries held at 5 % (Benjamini and "
        "Hochberg 1995). Shrunk: empirical Bayes. Raw: the skill alone.",
        caveats=tuple(_caveats(filters, paid)),
    )  # fmt: skip
    counted = widened(filters).spoken() | {"family": "every technical role"}
    return replace(found, base=replace(found.base, filters=counted))


def widened(filters: Filters) -> Filters:
    """Return the filters without their role: what a premium is fitted on."""
    return replace(filters, role=None, specialisation=None, family="all")


def _caveats(filters: Filters, paid: Paid) -> Iterator[str]:
    yield (
        f"Fitted on {paid.base.n:,} openings of all technical roles that state pay, "
        + ("not only of the role asked" if filters.role else "not only of the ML, AI and data family")
        + f"; {len(paid.skills)} skills that are named often enough stand in the model together."
    )
    yield (
        "Goes with, not gives: openings that name a skill may differ in what nobody wrote down. The columns show how "
        "much of a raw gap is the role's, the level's, the place's and the employer's."
    )
    yield (
        f"Of {len(paid.skills)} intervals some {math.ceil(len(paid.skills) / 20)} miss zero by chance alone: a skill "
        "is marked clear only where the rate of false discoveries is 5 % at most."
    )
    yield "Only openings that state pay are seen; see 'jobtide market pay_stated' for who they are."


def _too_few(paid: Paid) -> TooFew:
    n, employers = paid.base.n, len(paid.base.employers)
    return TooFew(
        f"too few (n = {n} openings of {employers} employers state pay; at least {support.POSTINGS} "
        f"openings of {support.EMPLOYERS} employers must name a skill, and as many not)",
        n=n, employers=employers, broader=None,
    )  # fmt: skip


def _size(snapshot: Snapshot, filters: Filters, currency: str) -> tuple[int, int]:
    found = table(snapshot, _PAID, widened(filters), currency=currency)
    return found.num_rows, len(np.unique(found["employer_no"].to_numpy()))


def _paid(snapshot: Snapshot, filters: Filters, currency: str) -> Paid:
    """The openings with pay, and the skills that enough of them name and enough do not."""
    found = table(snapshot, _PAID, filters, currency=currency)
    no, employer = found["no"].to_numpy(), found["employer_no"].to_numpy()
    columns = [np.ones((len(no), 1))]
    for name in ("role", "seniority", "work_mode", "place", "year"):
        columns.append(dummies(found[name].to_pylist(), least=_GROUP) if len(no) else np.zeros((0, 0)))
    skills, named = _named(snapshot, no, employer)
    return Paid(np.log(found["middle"].to_numpy()), employer, np.hstack(columns), skills, named)


def _named(snapshot: Snapshot, no: Ints, employer: Ints) -> tuple[tuple[str, ...], Numbers]:
    """A column a skill, 1 where an opening names it; the most often named first."""
    found = snapshot.query("select skill_no, no from opening_skill order by skill_no, no")
    skill, opening = found["skill_no"].to_numpy(), found["no"].to_numpy()
    place = np.full(max(no.max(initial=0), opening.max(initial=0)) + 1, -1)
    place[no] = np.arange(len(no))
    inside = place[opening] >= 0
    skill, rows = skill[inside], place[opening[inside]]
    times = np.bincount(skill, minlength=1)
    kept: list[int] = []
    columns: list[npt.NDArray[np.bool_]] = []
    for number in np.lexsort((np.arange(len(times)), -times)).tolist():
        if len(kept) >= min(_MOST, len(no) // _PER_SKILL) or times[number] < support.POSTINGS:
            break
        has = np.zeros(len(no), dtype=np.bool_)
        has[rows[np.searchsorted(skill, number) : np.searchsorted(skill, number, side="right")]] = True
        if _enough(has, employer) and _enough(~has, employer):
            kept.append(number)
            columns.append(has)
    names = snapshot.query("select concept from skill order by skill_no")["concept"].to_pylist()
    empty: Numbers = np.zeros((len(no), 0))
    named = np.stack(columns, axis=1).astype(np.float64) if columns else empty
    return tuple(names[number - 1] for number in kept), named


def _enough(has: npt.NDArray[np.bool_], employer: Ints) -> bool:
    return support.shown(int(has.sum()), len(np.unique(employer[has])))


def models(paid: Paid) -> dict[str, list[Coefficient]]:
    """Return the coefficient of each skill in each model: alone, with the controls, and within employers too."""
    constant = paid.controls[:, :1]
    _, cluster = np.unique(paid.employer, return_inverse=True)
    owner = cluster.astype(np.int32)
    alone = [fit(paid.pay, paid.named[:, [at]], constant, owner)[0] for at in range(len(paid.skills))]
    inside = within(np.column_stack([paid.pay, paid.named, paid.controls]), owner)
    pay, named, controls = inside[:, 0], inside[:, 1 : len(paid.skills) + 1], inside[:, len(paid.skills) + 1 :]
    return {
        "raw": alone,
        "within_role": fit(paid.pay, paid.named, paid.controls, owner),
        "within_employer": fit(pay, named, controls, owner),
    }


def _rows(paid: Paid, names: Mapping[str, str]) -> list[Row]:
    found = models(paid)
    rates = false_discovery_rates([one.p for one in found["within_employer"]])
    drawn = shrunk(found["within_employer"])
    out = []
    for at, concept in enumerate(paid.skills):
        has = paid.named[:, at] > 0
        more: dict[str, Extra] = {}
        for model in _MODELS:
            more |= dict(_told(model, found[model][at]))
        more |= dict(_drawn(*drawn[at]))
        more |= {"q": rates[at], "clear": "yes" if rates[at] <= _FALSE else ""}
        value, low, high = (more.get(f"within_employer{end}") for end in ("", "_low", "_high"))
        employers = len(np.unique(paid.employer[has]))
        flag = "" if low is not None else support.NO_INTERVAL
        out.append(
            Row(concept, names.get(concept, concept), _number(value), _number(low), _number(high), int(has.sum()),
                employers, flag, more)
        )  # fmt: skip
    return sorted(out, key=lambda row: (-(row.value if row.value is not None else -math.inf), row.key))


def _number(value: Extra) -> float | None:
    return value if isinstance(value, float) else None


def _told(model: str, found: Coefficient) -> Iterator[tuple[str, float | None]]:
    """A difference of logarithms as a share of pay, with its interval where enough employers carry it."""
    sure = support.interval_allowed(found.effective) and not math.isnan(found.low)
    yield model, None if math.isnan(found.value) else math.expm1(found.value)
    yield f"{model}_low", math.expm1(found.low) if sure else None
    yield f"{model}_high", math.expm1(found.high) if sure else None


def _drawn(mean: float, error: float) -> Iterator[tuple[str, float | None]]:
    known = not math.isnan(mean)
    yield "shrunk", math.expm1(mean) if known else None
    yield "shrunk_low", math.expm1(mean - 1.96 * error) if known else None
    yield "shrunk_high", math.expm1(mean + 1.96 * error) if known else None

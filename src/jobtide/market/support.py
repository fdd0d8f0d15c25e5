"""Which numbers does a base carry? The one suppression table, and what to ask instead of a withheld cell."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from jobtide.errors import TooFew
from jobtide.market.filters import FAMILY, Filters
from jobtide.model import ML_FAMILY

POSTINGS = 30  # openings that a shown cell needs
EMPLOYERS = 5  # employers that a shown cell needs
INTERVAL_EMPLOYERS = 10.0  # effective employers that an interval needs
TAIL_POSTINGS = 100  # openings that p10 and p90 need
FEW = 100  # openings below which a shown figure is marked few

NEEDED = f"at least {POSTINGS} openings of {EMPLOYERS} employers are needed"  # as refusals say it

OFFER = "the nearest broader group"  # ends a refusal, before the command that asks for it
TOO_FEW = "too few"
ONE_EMPLOYER = "one employer"
NO_INTERVAL = "no interval: few employers"
NONE_STATED = "none states pay"  # beside a row of pay whose openings state none


def shown(n: int, employers: int) -> bool:
    """Whether a cell of ``n`` openings of ``employers`` employers may be shown.

    >>> shown(30, 5), shown(29, 20), shown(400, 4)
    (True, False, False)
    """
    return n >= POSTINGS and employers >= EMPLOYERS


def flag(n: int, employers: int) -> str:
    """What is written beside a cell: "too few" where it is withheld, "few" below 100 openings, else nothing.

    >>> flag(12, 9), flag(60, 9), flag(600, 99)
    ('too few', 'few', '')
    """
    if not shown(n, employers):
        return TOO_FEW
    return "few" if n < FEW else ""


def withheld(flag: str) -> bool:
    """Whether what is written beside a cell says that our postings cannot carry it.

    >>> withheld(TOO_FEW), withheld("unknown")
    (True, False)
    """
    return flag in (TOO_FEW, NONE_STATED)


def flag_of_one(n: int) -> str:
    """What is written beside a cell that is one employer by intention: what it has, not an estimate from it.

    >>> flag_of_one(12), flag_of_one(60)
    ('too few', 'one employer')
    """
    return TOO_FEW if n < POSTINGS else ONE_EMPLOYER


def interval_allowed(effective: float) -> bool:
    """Whether an interval rests on enough employers to mean anything."""
    return effective >= INTERVAL_EMPLOYERS


def wider(filters: Filters) -> Iterator[Filters]:
    """Yield ever broader filters, one dropped at a time, in the order in which a reader would give them up."""
    steps: tuple[dict[str, Any], ...] = (
        {"employer": None}, {"specialisation": None}, {"industry": None}, {"state": None}, {"work_mode": None},
        {"since": None, "until": None}, {"seniority": None}, {"role": None, "family": FAMILY}, {"country": None},
        {"family": "all"},
    )  # fmt: skip
    at = filters
    for step in steps:
        if "role" in step and (filters.role is None or filters.role not in ML_FAMILY):
            continue  # only a role of the family has the family around it
        broader = replace(at, **step)
        if broader != at:
            at = broader
            yield at
    if at.role is not None:
        yield replace(at, role=None)


def nearest(filters: Filters, base: Callable[[Filters], tuple[int, int]]) -> Filters | None:
    """Return the narrowest broader group whose ``base`` (openings, employers) can be shown, None if none can."""
    for broader in wider(filters):
        if shown(*base(broader)):
            return broader
    return None


def refused(
    why: str, found: tuple[int, int], name: str, filters: Filters, base: Callable[[Filters], tuple[int, int]],
    *, needed: str = NEEDED,
) -> TooFew:  # fmt: skip
    """Return the refusal of question ``name`` over ``found`` (openings, employers), with the nearest group to ask.

    ``why`` begins the sentence; ``base`` says how large the question's base is under broader filters.
    """
    n, employers = found
    broader = nearest(filters, base)
    asked = broader.command() if broader else ""
    offer = f"; {OFFER}: {f'jobtide market {name} {asked}'.strip()}" if broader else ""
    return TooFew(
        f"{why} (n = {n} openings of {employers} employers; {needed}){offer}", n=n, employers=employers, broader=asked
    )

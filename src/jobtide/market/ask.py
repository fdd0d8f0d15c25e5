"""One name, one figure: the one door through which every face asks the market."""

import importlib
import inspect
from collections.abc import Callable, Mapping
from typing import Any

from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market import broader
from jobtide.market.figure import Figure, identity
from jobtide.market.filters import Filters, parse
from jobtide.market.openings import SPLITS, select
from jobtide.memory import uncollected
from jobtide.store.snapshot import Snapshot

# question -> module and function; imported when asked.
_QUESTIONS = {
    "overview": "overview",
    "demand": "demand",
    "age": "age",
    "skills": "skills",
    "pairs": "pairs",
    "bundles": "bundles",
    "pay": "pay",
    "pay_stated": "pay_stated",
    "premium": "premium",
    "places": "shares:places",
    "employers": "employers",
    "concentration": "employers:concentration",
    "employer_kinds": "employers:employer_kinds",
    "employer_sizes": "employers:employer_sizes",
    "industries": "industries",
    "roles": "shares:roles",
    "seniority": "shares:seniority",
    "work_mode": "shares:work_mode",
    "qualifications": "qualifications",
    "fields": "fields",
    "certificates": "certificates",
    "experience": "experience",
    "years": "experience:years",
    "duties": "duties",
    "proof": "proof",
    "entry": "entry",
    "distances": "distances",
    "contrast": "contrast",
    "location": "location",
    "official": "official",
    "coverage": "coverage",
    "hiring": "hiring_lab:ai_share",
    "outlook": "outlook",
    "rising": "rising",
    "falling": "rising:falling",
    "new_terms": "new_terms",
    "trend": "trend",
    "growth": "growth",
    "flow": "flow",
    "time_open": "time_open",
}
NAMES = tuple(_QUESTIONS)
_MOST_KEPT = 512  # figures of one snapshot, with and without what they offer; the largest has some thousand rows


def ask(name: str, snapshot: Snapshot, filters: Filters, **options: Any) -> Figure:
    """Return the figure ``name``; UsageError for a question or option that does not exist, with the nearest.

    What a question may raise beside: TooFew and NotSupported.
    """
    if name not in _QUESTIONS:
        raise UsageError(f"no question {name!r}: {_nearest(name, NAMES)}")
    allowed = takes(name)
    for option in options:
        if option not in allowed:
            raise UsageError(f"{name} takes no --{option}; it takes {', '.join(allowed) or 'no options of its own'}")
    asked = ("offered", name, filters, repr(sorted(options.items())))
    if (known := _answered(snapshot).get(asked)) is not None:
        return known
    with uncollected():
        return _keep(_answered(snapshot), asked, _offered(name, snapshot, filters, options))


def _offered(name: str, snapshot: Snapshot, filters: Filters, options: Mapping[str, Any]) -> Figure:
    """The figure with a broader group beside what it withholds; a refusal that names none yet gets its own."""

    def asks(wider: Filters, others: Mapping[str, Any]) -> Figure | None:
        try:
            return _counted(name, snapshot, wider, others)
        except (TooFew, NotSupported, UsageError):  # a group that this question cannot count or split
            return None

    try:
        found = _counted(name, snapshot, filters, options)
    except TooFew as few:
        raise broader.refusal(few, name, snapshot, filters, options, asks=asks) from few
    splits = inspect.signature(_question(name)).parameters.get("by")
    return broader.offered(
        found, snapshot, filters, options, asks=asks,
        splits=name == "official" or (splits is not None and splits.default is not None),
    )  # fmt: skip


def _counted(name: str, snapshot: Snapshot, filters: Filters, options: Mapping[str, Any]) -> Figure:
    """The figure as its question counts it, kept for others that lead to it."""
    asked = ("counted", name, filters, repr(sorted(options.items())))
    if (known := _answered(snapshot).get(asked)) is not None:
        return known
    found = _question(name)(snapshot, filters, **options)
    assert isinstance(found, Figure)
    return _keep(_answered(snapshot), asked, found)


def _answered(snapshot: Snapshot) -> dict[Any, Figure]:
    """The figures that were asked of a snapshot: neither of them ever changes."""
    return snapshot.once("figures", dict[Any, Figure])


def _keep(answered: dict[Any, Figure], asked: Any, found: Figure) -> Figure:
    """Keep a figure for the next who asks; the oldest goes where there are too many."""
    answered[asked] = found
    while len(answered) > _MOST_KEPT:
        answered.pop(next(iter(answered)), None)
    return found


def _question(name: str) -> Callable[..., Any]:
    module, _, function = _QUESTIONS[name].partition(":")
    question: Callable[..., Any] = getattr(importlib.import_module(f"jobtide.market.{module}"), function or module)
    return question


def takes(name: str) -> tuple[str, ...]:
    """Return the options that a question takes beside the filters."""
    return tuple(inspect.signature(_question(name)).parameters)[2:]


def told(name: str) -> str:
    """Return what a question says of itself: what comes back, its rows and what it refuses."""
    return inspect.getdoc(_question(name)) or ""


def identify(name: str, snapshot: Snapshot, filters: Filters, **options: Any) -> str:
    """Return the id that ``ask`` would give the figure, without counting anything."""
    signature = inspect.signature(_question(name))
    asked = {option: parameter.default for option, parameter in list(signature.parameters.items())[2:]} | options
    by = asked.pop("by", None)
    chosen = {option: value for option, value in asked.items() if value is not None}
    return identity(snapshot.id, name, filters, by or "", chosen)


def filters(snapshot: Snapshot, **given: Any) -> Filters:
    """Return filters whose values exist in the snapshot; a misspelt one is a UsageError with the nearest."""
    known: dict[str, list[str]] = {}
    for name, sql in _VALUES.items():
        if given.get(name):
            known[name] = [row["value"] for row in select(snapshot, sql, Filters(family="all"))]
    return parse(known, **given)


_VALUES = {
    "country": "select distinct country as value from opening_place order by value",
    "state": "select distinct region as value from opening_place where region is not null order by value",
    "employer": "select distinct employer as value from posting order by value",
    "specialisation": "select distinct specialisation as value from posting where specialisation <> '' order by value",
}


def _nearest(word: str, choices: tuple[str, ...]) -> str:
    from rapidfuzz import process

    near = [found[0] for found in process.extract(word, choices, limit=2, score_cutoff=55)]
    return f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(choices)}"


SPLIT_NAMES = tuple(SPLITS)

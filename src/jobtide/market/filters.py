"""Which openings does a question count? The same words on the command line, in figures and in addresses."""

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from jobtide.errors import UsageError
from jobtide.model import INDUSTRIES, ROLES, SENIORITIES, WORK_MODES

FAMILY = "ml_ai_data"
_FAMILIES = (FAMILY, "all")
# An employer's industry is what most of its openings say; the other one is for employers of which none says any.
_INDUSTRY = (
    "in (select employer from employer_trait where kind = 'industry' and concept = $industry)",
    "not in (select employer from employer_trait where kind = 'industry')",
)


@dataclass(frozen=True, slots=True)
class Filters:
    """What is counted; None asks nothing. ``family`` holds where no role is named: ml_ai_data, or all."""

    role: str | None = None
    specialisation: str | None = None
    seniority: str | None = None
    country: str | None = None
    state: str | None = None
    work_mode: str | None = None
    employer: str | None = None
    industry: str | None = None
    since: date | None = None
    until: date | None = None
    family: str = FAMILY

    def spoken(self) -> dict[str, str]:
        """Return what is asked, as words; the family only where no role narrows it."""
        out = {f.name: str(getattr(self, f.name)) for f in fields(self) if getattr(self, f.name) is not None}
        if self.role is not None:
            del out["family"]
        return out

    def command(self) -> str:
        """Return the filters as they are typed.

        >>> Filters(role="ml_engineer", country="US", work_mode="remote").command()
        '--role ml_engineer --country US --remote'
        """
        parts = [f"--role {self.role or self.family}"] if self.role or self.family != FAMILY else []
        for name in ("specialisation", "seniority", "country", "state", "employer", "industry", "since", "until"):
            if (value := getattr(self, name)) is not None:
                parts.append(f"--{name} {shlex.quote(str(value))}")
        if self.work_mode is not None:
            parts.append("--remote" if self.work_mode == "remote" else f"--work-mode {self.work_mode}")
        return " ".join(parts)

    def sql(self) -> tuple[str, dict[str, Any]]:
        """Return a condition on view ``posting`` (named p) and its bound parameters; values never enter the text."""
        parts, bound = ["p.opening"], dict[str, Any]()
        for name in ("role", "specialisation", "seniority", "work_mode", "employer"):
            if (value := getattr(self, name)) is not None:
                parts.append(f"p.{name} = ${name}")
                bound[name] = value
        if self.role is None and self.family == FAMILY:
            parts.append("p.family")
        if self.industry is not None:
            parts.append(f"p.employer {_INDUSTRY[self.industry == 'unknown']}")
            bound |= {} if self.industry == "unknown" else {"industry": self.industry}
        for name, column in (("country", "countries"), ("state", "regions")):
            if (value := getattr(self, name)) is not None:
                parts.append(f"list_contains(p.{column}, ${name})")
                bound[name] = value
        for name, sign in (("since", ">="), ("until", "<")):
            if (value := getattr(self, name)) is not None:
                parts.append(f"coalesce(p.last_published_at, p.first_published_at) {sign} cast(${name} as date)")
                bound[name] = value.isoformat()
        return " and ".join(parts), bound


def parse(known: Mapping[str, Iterable[str]] | None = None, /, **given: Any) -> Filters:
    """Return filters from words; a value that does not exist is a UsageError with the nearest one that does.

    ``known`` holds the values of open lists (country, state, employer, specialisation) in the snapshot asked.

    >>> parse(role="ml_engineer").role, parse(role="all").family
    ('ml_engineer', 'all')
    """
    out: dict[str, Any] = {}
    closed = {"seniority": SENIORITIES, "work_mode": WORK_MODES, "industry": (*INDUSTRIES, "unknown")}
    for name, value in given.items():
        if value is None or value == "":
            continue
        if name == "role":
            out |= _role(str(value))
        elif name in ("since", "until"):
            out[name] = _day(name, value)
        elif name in closed:
            out[name] = _one_of(name, str(value), closed[name])
        elif name in ("country", "state"):
            out[name] = _one_of(name, str(value).upper(), (known or {}).get(name))
        elif name in {f.name for f in fields(Filters)}:
            out[name] = _one_of(name, str(value), (known or {}).get(name))
        else:
            raise UsageError(f"no filter {name!r}; there are {', '.join(f.name for f in fields(Filters))}")
    return Filters(**out)


def _role(value: str) -> dict[str, str]:
    if value in _FAMILIES:
        return {"family": value}
    return {"role": _one_of("role", value, (*ROLES, *_FAMILIES)), "family": "all"}


def _day(name: str, value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError as error:
        raise UsageError(f"--{name} {value!r} is no date; write it as 2025-10-31") from error


def _one_of(name: str, value: str, known: Iterable[str] | None) -> str:
    """The value itself if it exists or nothing is known of it; else an error that offers the nearest."""
    if known is None:
        return value
    choices = sorted(known)
    if value in choices:
        return value
    from rapidfuzz import process

    near = [found[0] for found in process.extract(value, choices, limit=3, score_cutoff=55)]
    offer = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(choices[:20])}"
    raise UsageError(f"no {name.replace('_', ' ')} {value!r}: {offer}")

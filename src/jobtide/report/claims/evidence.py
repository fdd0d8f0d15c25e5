"""What do our openings and the official figures say to a claim? One look-up a measure, None where none may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market import oews, soc
from jobtide.market.ask import ask
from jobtide.market.filters import Filters
from jobtide.market.pay import mean_for_claim
from jobtide.model import ML_FAMILY, ROLES
from jobtide.store.snapshot import Snapshot

Record = Mapping[str, Any]
_FEWEST = 30
_FAMILY_BASE = "ML, AI and data openings"


@dataclass(frozen=True, slots=True)
class Ours:
    """Our figure: value with interval (None where none may be given), n, and the base in words."""

    value: float
    low: float | None
    high: float | None
    n: int
    base: str


@dataclass(frozen=True, slots=True)
class Market:
    """The market, asked once a question; a question the base cannot carry gives None."""

    shot: Snapshot
    asked: dict[str, Record | None] = field(default_factory=dict)

    def figure(self, name: str, filters: Filters, **options: Any) -> Record | None:
        """Return a figure as JSON, None where it is refused."""
        key = f"{name} {filters.command()} {sorted(options.items())}"
        if key not in self.asked:
            try:
                self.asked[key] = ask(name, self.shot, filters, **options).to_json()
            except (TooFew, NotSupported, UsageError):
                self.asked[key] = None
        return self.asked[key]

    def skill(self, role: str, skill: str) -> Ours | None:
        """Return the share of the role's openings that name a skill, in percent."""
        found = self.figure("skills", filters_of(role))
        row = _row(found, skill)
        if found is None:
            return None
        if row is None:  # none of the base names it
            return Ours(0.0, 0.0, None, int(found["base"]["n"]), base_of(role))
        if row["value"] is None:
            return None
        return Ours(_percent(row["value"]) or 0.0, _percent(row["low"]), _percent(row["high"]), row["n"], base_of(role))

    def ranked(self, role: str, skills: set[str]) -> list[tuple[str, float]]:
        """Return the skills of a set by share of the role's openings, largest first, in percent."""
        found = self.figure("skills", filters_of(role))
        rows = found["rows"] if found else []
        return [(row["key"], row["value"] * 100) for row in rows if row["key"] in skills and row["value"] is not None]

    def name(self, role: str, skill: str) -> str:
        """Return a skill's usual name, its id where no opening of the role names it."""
        row = _row(self.figure("skills", filters_of(role)), skill)
        return str(row["label"]) if row else skill

    def pay(self, role: str, statistic: str) -> Ours | None:
        """Return stated US pay of a role: its median, or the mean where a mean is claimed; the family's if too few."""
        for filters, base in (
            (filters_of(role, country="US"), base_of(role)),
            (Filters(country="US"), _FAMILY_BASE),
        ):
            if statistic == "mean":
                value, n, employers = mean_for_claim(self.shot, filters)
                if n >= _FEWEST and employers >= 5:
                    return Ours(round(value, -2), None, None, n, f"mean of stated ranges, US, {base}")
            else:
                found = self.figure("pay", filters)
                row = found["rows"][0] if found and found["rows"] else None
                if row is not None and row["value"] is not None:
                    return Ours(row["value"], row["low"], row["high"], row["n"], f"median of stated ranges, US, {base}")
        return None

    def share(self, name: str, role: str, key: str) -> Ours | None:
        """Return one share of a figure (work_mode, qualifications, entry, certificates) for a role, in percent.

        A role with too few openings answers with the whole family.
        """
        for filters, base in ((filters_of(role), base_of(role)), (Filters(), _FAMILY_BASE)):
            row = _row(self.figure(name, filters), key)
            if row is not None and row["value"] is not None:
                return Ours(_percent(row["value"]) or 0.0, _percent(row["low"]), _percent(row["high"]), row["n"], base)
        return None

    def years(self, role: str) -> Ours | None:
        """Return the median of the years that a role's openings ask for, of those that state any."""
        for filters, base in ((filters_of(role), base_of(role)), (Filters(), _FAMILY_BASE)):
            found = self.figure("experience", filters)
            row = found["rows"][0] if found and found["rows"] else None
            if row is not None and row["value"] is not None:
                return Ours(row["value"], row["low"], row["high"], row["n"], f"median years asked for, {base}")
        return None

    def states(self, role: str) -> list[str]:
        """Return states by official employment of the role's closest occupation, largest first."""
        named = role if role in soc.ROLE_TO_SOC else "data_scientist"
        found = self.figure("official", filters_of(named), by="state")
        rows = [row for row in (found["rows"] if found else []) if row["oews_jobs"]]
        if not rows:
            return by_jobs(soc.closest(named).soc)
        return [row["key"] for row in sorted(rows, key=lambda row: -row["oews_jobs"])]


def by_jobs(code: str) -> list[str]:
    """States by official employment of an occupation, largest first; states without a published figure are left out."""
    jobs = {state: found.employment for state, found in oews.states(code).items() if found and found.employment}
    return sorted(jobs, key=lambda state: -jobs[state])


def filters_of(role: str, **more: Any) -> Filters:
    """The filters of a role; the ML, AI and data family where the role is none of ours.

    >>> filters_of("ml_engineer").role, filters_of("ai_specialists").role
    ('ml_engineer', None)
    """
    return Filters(role=role, family="all", **more) if role in ROLES else Filters(**more)


def base_of(role: str) -> str:
    """The base in words."""
    from jobtide.market import words

    return f"{words.role(role)} openings" if role in (*ML_FAMILY, "software_engineer") else _FAMILY_BASE


def _row(record: Record | None, key: str) -> Record | None:
    return next((row for row in record["rows"] if row["key"] == key), None) if record else None


def _percent(value: float | None) -> float | None:
    return None if value is None else round(value * 100, 1)

"""What do official figures and original studies say? A table of facts with source and date, and who sells what.

Each row was looked up at the address it names; none is from memory. Values are as the source prints them.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

_DATA = resources.files("jobtide") / "data" / "references"


@dataclass(frozen=True, slots=True)
class Fact:
    """One published figure with the base it holds for.

    ``frame`` says how it was made (official, official projection, employer survey, postings study, platform study,
    vendor estimate); ``says`` is a pattern that a text must match to have named that base.
    """

    id: str
    kind: str
    subject: str
    low: float
    high: float
    unit: str
    since: int
    until: int
    country: str
    population: str
    frame: str
    says: str
    source: str
    date: str
    url: str

    @property
    def value(self) -> float:
        """The figure, or the middle of its range."""
        return (self.low + self.high) / 2

    def named_in(self, words: str) -> bool:
        """Whether ``words`` name the base this figure holds for."""
        return not self.says or bool(re.search(self.says, words, re.IGNORECASE))

    def cite(self) -> str:
        """The source as it is printed beside a verdict."""
        return f"{self.source} ({self.population}; {self.frame}, {self.date})"


@dataclass(frozen=True, slots=True)
class Seller:
    """A site and what it sells; ``names`` is a pattern of what it and its goods are called."""

    host: str
    sells: str
    names: str


def _rows(name: str) -> list[dict[str, str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def facts(kind: str) -> tuple[Fact, ...]:
    """Return the facts of a kind, in the table's order; none of an unknown kind."""
    return tuple(_fact(row) for row in _rows("facts.tsv") if row["kind"] == kind)


def _fact(row: dict[str, str]) -> Fact:
    numbers = {"low": float(row["low"]), "high": float(row["high"])}
    since, until = int(row["from"]), int(row["to"])
    same = ("id", "kind", "subject", "unit", "country", "population", "frame", "says", "source", "date", "url")
    return Fact(**{name: row[name] for name in same}, since=since, until=until, **numbers)  # type: ignore[arg-type]


@cache
def sellers() -> tuple[Seller, ...]:
    """Return the sites that sell courses, certificates, degrees, recruiting or resumes."""
    return tuple(Seller(row["host"], row["sells"], row["names"]) for row in _rows("sellers.tsv"))


def seller(host: str) -> Seller | None:
    """Return what the site at ``host`` sells, None if it is not in the table.

    >>> seller("coursera.org").sells
    'courses and certificates'
    """
    return next((s for s in sellers() if host == s.host or host.endswith(f".{s.host}")), None)

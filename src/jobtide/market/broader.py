"""What may be asked instead of a withheld row? The nearest broader group that can be shown, with its figure.

The one place that decides it: a city stands in its state, a state in its country, a specialisation in its role, an
employer in its industry, a role in the family; then everything together; then, with the filters given up one by one,
ever broader openings; for a skill that too few name, the concept it is part of.
"""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from jobtide.errors import TooFew
from jobtide.market import support, words
from jobtide.market.figure import Broader, Figure, Row
from jobtide.market.filters import FAMILY, Filters
from jobtide.market.openings import label, select
from jobtide.model import ML_FAMILY
from jobtide.store.snapshot import Snapshot

Options = Mapping[str, Any]
Asks = Callable[[Filters, Options], Figure | None]  # a question's figure under other filters and options, None: refused
WHOLE = "all"  # the key of the one row of a question that splits nothing
_TOGETHER = "all together"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_INDUSTRY = "select employer as key, concept as above from employer_trait where kind = 'industry' order by key"
_ROLE = """
    select p.specialisation as key, p.role as above, count(*) as n from posting p
    where {where} and p.specialisation <> '' group by all order by n, above
"""


@dataclass(frozen=True, slots=True)
class _Step:
    """A broader group: what to ask for it, the row that answers, and how it is typed and said."""

    filters: Filters
    options: Options
    keys: tuple[str, ...]
    typed: str
    said: str


def offered(
    made: Figure, snapshot: Snapshot, filters: Filters, options: Options, *, asks: Asks, splits: bool
) -> Figure:
    """Return the figure, each of its withheld rows with the nearest broader group or the reason why there is none.

    ``asks`` puts the figure's question anew; ``splits`` says that it splits openings even where no split is named.
    """
    if not any(_hidden(row) for row in made.rows):
        return made
    around = _Around(made, snapshot, filters, options, asks, splits)
    return replace(
        made, rows=tuple(replace(row, broader=around.nearest(row)) if _hidden(row) else row for row in made.rows)
    )


def _hidden(row: Row) -> bool:
    return row.value is None and support.withheld(row.flag)


class _Around:
    """The groups around the rows of one figure; each broader question is asked once."""

    def __init__(
        self, made: Figure, snapshot: Snapshot, filters: Filters, options: Options, asks: Asks, splits: bool
    ) -> None:
        self._made, self._snapshot, self._filters, self._asks = made, snapshot, filters, asks
        self._options, self._splits = dict(options), splits
        self._by = made.group if "by" in options else ""
        self._found: dict[str, dict[str, Row] | None] = {self._typed(filters, options): _rows(made)}
        self._above: dict[str, dict[str, str]] = {}

    def nearest(self, row: Row) -> Broader:
        """The first of the groups around a row that can be shown."""
        widest: tuple[str, Row] | None = None
        for step in self._steps(row):
            rows = self._rows(step)
            there = [rows[key] for key in step.keys if key in rows] if rows else []
            for found in there:
                if found.value is not None:
                    return Broader(step.typed, step.said, found.value, found.low, found.high, found.n, found.employers)
                if found is not row:
                    widest = step.said, found
            if rows and not there and not self._splits:
                return _latest(step, rows)
        return Broader(reason=_reason(widest or ("this group", row)))

    def _rows(self, step: _Step) -> dict[str, Row] | None:
        asked = self._typed(step.filters, step.options)
        if asked not in self._found:
            figure = self._asks(step.filters, step.options)
            self._found[asked] = _rows(figure) if figure else None
        return self._found[asked]

    def _typed(self, filters: Filters, options: Options) -> str:
        words = ("jobtide market", self._made.figure, filters.command(), _own(options))
        return " ".join(word for word in words if word)

    def _steps(self, row: Row) -> Iterator[_Step]:
        """The groups around a row, the nearest first."""
        group, concept = _parted(row, self._by)
        whole = {name: value for name, value in self._options.items() if name != "by"}
        if self._by:
            yield from self._groups(group, concept, whole)
        keys = (concept,) if concept else (WHOLE, self._made.figure)
        if self._splits:
            whole, keys = self._options, (row.key, WHOLE)
            yield _Step(self._filters, whole, (WHOLE,), self._typed(self._filters, whole), _TOGETHER)
        elif self._by:
            yield _Step(self._filters, whole, keys, self._typed(self._filters, whole), _TOGETHER)
        for wider in support.wider(self._filters):
            yield _Step(wider, whole, keys, self._typed(wider, whole), given_up(self._filters, wider))

    def _groups(self, group: str, concept: str, whole: Options) -> Iterator[_Step]:
        """The groups that hold the row's own: those that a split of the same question shows."""
        narrowed: list[tuple[str, str, Filters]] = []
        if self._by == "city" and group.startswith("US/"):
            state = group.split("/")[1]
            narrowed.append(("state", state, replace(self._filters, country="US", state=state)))
        if self._by in ("city", "state"):
            country = group.partition("/")[0] if self._by == "city" else "US"
            narrowed.append(("country", country, replace(self._filters, country=country)))
        if self._by == "specialisation" and (role := self._over(_ROLE).get(group)):
            narrowed.append(("role", role, replace(self._filters, role=role, family="all")))
        if self._by == "employer" and (industry := self._over(_INDUSTRY).get(group)):
            narrowed.append(("industry", industry, replace(self._filters, industry=industry)))
        for by, key, filters in narrowed:
            name = f"{key}/{concept}" if concept else key
            yield _Step(self._filters, {**whole, "by": by}, (name,), self._typed(filters, whole), _said(by, key))
        if self._by == "role" and self._filters.family == "all" and group in ML_FAMILY:
            family = replace(self._filters, role=None, family=FAMILY)
            keys = (concept,) if concept else (WHOLE, self._made.figure)
            yield _Step(family, whole, keys, self._typed(family, whole), given_up(self._filters, family))

    def _over(self, sql: str) -> Mapping[str, str]:
        """What each group of a split is part of, by the most openings."""
        if sql not in self._above:
            rows = select(self._snapshot, sql, Filters(family="all"))
            self._above[sql] = {row["key"]: row["above"] for row in rows}
        return self._above[sql]


def _latest(step: _Step, rows: Mapping[str, Row]) -> Broader:
    """The question of a broader group: with its last row where rows are days, which is what a split shows."""
    key = list(rows)[-1]
    if not _DAY.fullmatch(key) or rows[key].value is None:
        return Broader(step.typed, step.said)
    row = rows[key]
    return Broader(step.typed, step.said, row.value, row.low, row.high, row.n, row.employers)


def _own(options: Options) -> str:
    """A question's own options as they are typed."""
    return " ".join(f"--{name} {shlex.quote(str(value))}" for name, value in sorted(options.items()))


def _rows(figure: Figure) -> dict[str, Row]:
    return {row.key: row for row in figure.rows}


def _parted(row: Row, by: str) -> tuple[str, str]:
    """A row's group and what of it is counted, "" for the one that the figure does not split or does not name."""
    if not by:
        return "", row.key
    group, _, concept = row.key.rpartition("/")
    if row.key.count("/") <= (2 if by == "city" else 0):  # a city's own key is country/state/city
        return row.key, ""
    return group, concept


def _said(by: str, key: str) -> str:
    if by == "country":
        return words.country(key)
    return f"state {key}" if by == "state" else label(by, key)


def given_up(narrow: Filters, wide: Filters) -> str:
    """What broader filters no longer ask, in words.

    >>> given_up(Filters(role="ml_engineer", state="CA"), Filters()), given_up(Filters(), Filters(family="all"))
    ('any state, all ML, AI and data roles', 'all roles')
    """
    lost = [f.name.replace("_", " ") for f in fields(Filters) if getattr(narrow, f.name) != getattr(wide, f.name)]
    parts = [name for name in lost if name not in ("role", "family", "since", "until")]
    out = [f"any {words.listed(parts)}"] if parts else []
    out += ["any date"] if {"since", "until"} & set(lost) else []
    if wide.role is None and (narrow.role, narrow.family) != (None, wide.family):
        out.append("all roles" if wide.family == "all" else "all ML, AI and data roles")
    return ", ".join(out)


def _reason(widest: tuple[str, Row]) -> str:
    said, row = widest
    held = f"{words.count(row.n)} openings of {words.count(row.employers)} employers"
    return f"no broader group can be shown: {said} has {held}"


def refusal(
    few: TooFew, name: str, snapshot: Snapshot, filters: Filters, options: Options, *, asks: Asks
) -> TooFew:  # fmt: skip
    """Return the refusal of a question with the nearest broader group that answers it, options and all.

    The same question under ever broader filters; then, where a skill was asked for, the concept that it is part of. A
    question without options has looked itself, unless its refusal names no group yet.
    """
    if few.broader is not None and not options:
        return few
    few = TooFew(str(few).partition(f"; {support.OFFER}")[0], n=few.n, employers=few.employers)
    for wider in support.wider(filters):
        if asks(wider, options) is not None:
            return _told(few, name, wider, options)
    for above in _whole_of(str(options.get("skill") or ""), snapshot):
        if asks(filters, {**options, "skill": above}) is not None:
            return _told(few, name, filters, {**options, "skill": above})
    return TooFew(f"{few}; no broader group carries it either", n=few.n, employers=few.employers, broader="")


def _whole_of(skill: str, snapshot: Snapshot) -> Iterator[str]:
    """The concepts that a skill is part of, the nearest first; none for no skill and for several."""
    from jobtide.market.skills import skill_names
    from jobtide.market.together import parents
    from jobtide.market.trend import known

    ids, above = known(skill, skill_names(snapshot)), parents()
    at = ids[0] if len(ids) == 1 else ""
    while at := above.get(at, ""):
        yield at


def _told(few: TooFew, name: str, filters: Filters, options: Options) -> TooFew:
    asked = " ".join(word for word in (filters.command(), _own(options)) if word)
    said = f"{few}; {support.OFFER}: {f'jobtide market {name} {asked}'.strip()}"
    return TooFew(said, n=few.n, employers=few.employers, broader=asked)

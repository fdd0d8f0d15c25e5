"""Where does a figure or a row come from? Base, method, then postings and the words that prove them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jobtide.errors import JobtideError, UsageError
from jobtide.market import behind, then
from jobtide.market.ask import ask, identify
from jobtide.market.figure import Figure, Row
from jobtide.market.filters import Filters
from jobtide.market.openings import select
from jobtide.market.premium import widened
from jobtide.market.usual import usual
from jobtide.model import ROLES
from jobtide.store.snapshot import Snapshot

# Figures whose ids hold more than was asked, so that they are made to be found: with the options of the report first.
_MADE: tuple[tuple[str, Mapping[str, str]], ...] = (
    *(("official", {"by": by}) for by in ("role", "state", "city")),
    *(("hiring", {"by": by}) for by in ("month", "country")),
    *(("outlook", {"series": series, "horizon": horizon}) for horizon in ("3m", "13w") for series in ("", "postings")),
)
_MOST = 10  # postings shown for a row


@dataclass(frozen=True, slots=True)
class Evidence:
    """One posting behind a row, and the words in it that say so."""

    posting: str
    title: str
    employer: str
    url: str
    field: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure, the row asked for (None: the whole figure), how many openings stand behind it, and some of them.

    Another's series has none: its figures say so with ``openings`` 0.
    """

    figure: Figure
    row: Row | None
    filters: Filters
    openings: int
    evidence: tuple[Evidence, ...]


def explain(
    snapshot: Snapshot, what: str, *, figure: Figure | None = None, filters: Filters | None = None
) -> Explained:
    """Return what stands behind ``what``: a figure's id, or ``id#key`` for a row.

    An id is looked for among the questions over every role, the family and all postings, with their usual splits;
    a figure with other filters is found by handing it in with its ``filters``. JobtideError if it is not found.
    """
    id, _, key = what.partition("#")
    if figure is None or filters is None:
        figure, filters = find(snapshot, id)
    row = figure.row(key) if key else None
    if key and row is None:
        near = ", ".join(r.key for r in figure.rows[:8])
        raise UsageError(f"figure {id} has no row {key!r}; it has {near} ...")
    if elsewhere(snapshot, figure):
        return Explained(figure, row, filters, 0, ())
    found = list(evidence(snapshot, figure, filters, row))
    return Explained(figure, row, filters, _count(row, figure), tuple(found[:_MOST]))


def elsewhere(snapshot: Snapshot, figure: Figure) -> bool:
    """Whether all of a figure is another's series, so that no posting of the snapshot stands behind it."""
    own = [source["name"] for source in snapshot.sources]
    return bool(figure.sources) and not any(source["name"] in own for source in figure.sources)


def find(snapshot: Snapshot, id: str) -> tuple[Figure, Filters]:
    """Return the figure with this id and its filters, by asking the finite set of usual questions."""
    for name, filters, options in _usual():
        if identify(name, snapshot, filters, **options) == id:
            return ask(name, snapshot, filters, **options), filters
    for name, options in _MADE:
        figure = ask(name, snapshot, Filters(), **options)
        if figure.id == id:
            return figure, Filters()
    raise JobtideError(
        f"no figure {id} in snapshot {snapshot.id}: an id names a question and a snapshot, and this one is neither "
        "among those asked of this store nor a usual one. Pass the question with its filters and options as they were "
        "asked ('Where it comes from' at the foot of a table), such as "
        "'jobtide explain skills --role ml_engineer --country US --row python'"
    )


def _usual() -> Iterator[tuple[str, Filters, Mapping[str, Any]]]:
    bases = [Filters(), Filters(family="all"), *(Filters(role=role, family="all") for role in ROLES)]
    bases += [
        Filters(country="US"),
        Filters(country="US", family="all"),
        *(Filters(role=role, family="all", country="US") for role in ROLES),
    ]
    for filters in bases:
        for name, options in usual(filters):
            yield name, filters, options


def _count(row: Row | None, figure: Figure) -> int:
    if row is None:
        return figure.base.n
    fell = figure.figure == "falling"  # the openings that named it then are those that show it
    named = row.more.get("named_before" if fell else "named", row.more.get("openings", row.more.get("stated", row.n)))
    return int(named) if isinstance(named, int | float) else row.n


def evidence(snapshot: Snapshot, figure: Figure, filters: Filters, row: Row | None) -> Iterator[Evidence]:
    """Yield postings with the words behind a row, five first postings' worth at least, in a fixed order."""
    found = behind.behind(figure, row)
    filters = widened(filters) if figure.figure == "premium" else filters
    seen: set[str] = set()
    if row is not None and then.covers(row):
        always = replace(filters, since=None, until=None)
        facts = select(snapshot, then.statement(found, row), always, **then.parameters(found, row))
    else:
        facts = select(snapshot, behind.statement(found), filters, **behind.parameters(figure, found))
    for one in facts:
        if one["posting"] in seen:
            continue
        seen.add(one["posting"])
        yield Evidence(**{name: one[name] for name in Evidence.__slots__})

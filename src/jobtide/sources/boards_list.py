"""Which employers' boards come with jobtide, on what evidence, and which of them have died?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from jobtide.errors import UsageError

COLUMNS = ("source", "token", "employer", "evidence", "detail", "fact_on", "listed_in")
# seen: an ML, AI or data title was read on this very board; filed: the employer asked the US Department of Labor for
# such a worker; named: the employer is known to employ such people. Only "seen" says that the board ever answered.
EVIDENCE = ("seen", "filed", "named")

_GONE_RUNS, _GONE_DAYS = 3, 3  # a board that answers 404 three times, on three days, is taken for gone
_FAILED_RUNS, _FAILED_DAYS = 8, 28  # one that fails in any other way, eight times over four weeks
_AGAIN = timedelta(days=90)  # after which a dead board is asked once more


@dataclass(frozen=True, slots=True)
class Listed:
    """A board of a list. ``fact_on`` is the day of the evidence, ``listed_in`` who published the token."""

    source: str
    token: str
    employer: str
    evidence: str
    detail: str
    fact_on: date
    listed_in: str


@cache
def names() -> tuple[str, ...]:
    """The bundled lists."""
    folder = files("jobtide").joinpath("data", "boards")
    return tuple(sorted(entry.name.removesuffix(".tsv") for entry in folder.iterdir() if entry.name.endswith(".tsv")))


@cache
def load(name: str) -> tuple[Listed, ...]:
    """Return the bundled list ``name`` in its order; UsageError if there is none."""
    if name not in names():
        raise UsageError(f"no list {name!r}; there is {', '.join(names())}, and mine: the boards you added")
    return parse(files("jobtide").joinpath("data", "boards", f"{name}.tsv").read_text("utf-8"))


def parse(text: str) -> tuple[Listed, ...]:
    """Return the boards of a tab-separated list with a header; lines that begin with # are remarks.

    >>> parse("\\t".join(COLUMNS) + "\\nlever\\tacme\\tAcme\\tnamed\\t\\t2026-11-24\\tus")[0].token
    'acme'
    """
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or tuple(rows[0]) != COLUMNS:
        raise UsageError(f"a list of boards has the columns {', '.join(COLUMNS)}")
    out = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(COLUMNS) or row[3] not in EVIDENCE:
            raise UsageError(f"row {number} of the list of boards cannot be read: {row}")
        out.append(Listed(row[0], row[1], row[2], row[3], row[4], date.fromisoformat(row[5]), row[6]))
    return tuple(out)


def seconds(boards: Iterable[tuple[str, str]], *, rates: Mapping[str, float]) -> float:
    """Return how long asking ``boards`` takes at least: sources are asked side by side, each at its own rate.

    ``rates``: requests a second, by source. One request a board: what takes more comes on top.
    """
    waiting: dict[str, int] = {}
    for source, _ in boards:
        waiting[source] = waiting.get(source, 0) + 1
    return max((count / rates[source] for source, count in waiting.items()), default=0.0)


def in_turn(boards: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the boards so that sources take turns, each in its own order: several hosts are asked from the start.

    >>> in_turn([("a", "1"), ("a", "2"), ("b", "3")])
    [('a', '1'), ('b', '3'), ('a', '2')]
    """
    place: dict[str, int] = {}
    ranked = []
    for source, token in boards:
        place[source] = place.get(source, 0) + 1
        ranked.append((place[source], (source, token)))
    return [board for _, board in sorted(ranked, key=lambda pair: pair[0])]


@dataclass(frozen=True, slots=True)
class Try:
    """One crawl of a board, as the ledger has it. ``away``: no board at all answered in that run."""

    source: str
    board: str
    at: datetime
    outcome: str
    note: str
    away: bool = False


def dead(tries: Sequence[Try], *, now: datetime) -> dict[tuple[str, str], str]:
    """Return the boards that are not worth asking now, each with the reason; ``tries`` in the order they were made.

    Gone: three answers "404" or "410" on three days in a row of tries without a success. Failing: eight failures over
    four weeks. Runs in which nothing answered do not count, nor does a host that wants to be let alone. Ninety days
    after its last try a dead board is asked again.
    A live token may have gone to another employer meanwhile: ``same_employer`` looks at that.
    """
    failures: dict[tuple[str, str], list[Try]] = {}
    for one in tries:
        if one.away or one.note.startswith("rate_limited"):
            continue
        if one.outcome == "failed":
            failures.setdefault((one.source, one.board), []).append(one)
        else:
            failures.pop((one.source, one.board), None)
    found = {}
    for board, since in failures.items():
        gone = [one for one in since if one.note.startswith("gone")]
        days = (since[-1].at - since[0].at).days
        if abs(now - since[-1].at) >= _AGAIN:  # also one that a wrong clock put far ahead
            continue
        if len(gone) >= _GONE_RUNS and len({one.at.date() for one in gone}) >= _GONE_DAYS:
            found[board] = (
                f"gone: answered so on {len({one.at.date() for one in gone})} days, last {gone[-1].at:%Y-%m-%d}"
            )
        elif len(since) >= _FAILED_RUNS and days >= _FAILED_DAYS:
            found[board] = f"failed {len(since)} times in {days} days, last {since[-1].at:%Y-%m-%d}: {since[-1].note}"
    return found


def same_employer(listed: str, published: Iterable[str], *, fold: Mapping[str, str]) -> bool | None:
    """Whether a board still is the employer's: True, False, or None where its postings name nobody else than the token.

    ``fold``: name -> folded name, for ``listed`` and every published one. One inside the other counts as the same
    ("Acme" and "Acme Robotics"); a token that postings repeat as the employer says nothing.
    """
    own = fold[listed]
    others = {fold[name] for name in published if name} - {""}
    if not others or not own:
        return None
    return any(own in other or other in own for other in others)

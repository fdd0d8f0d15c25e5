"""Which figures changed between two snapshots, by how much, and why? Each change is split into its causes exactly.

Between the old value and the new one stand two more: the old snapshot and the new one, each with only the vacancies
that stand in both. From the old value to the first is what closed; between the two is what was edited or read anew (or
grew older); from the second to the new value is what came. The three parts add up to the change. A figure that follows
boards over time counts what has closed too, and is not split.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jobtide.errors import NotSupported, TooFew
from jobtide.market import ask
from jobtide.market.filters import parse
from jobtide.report.answers import QUESTIONS
from jobtide.report.blocks import Record
from jobtide.store.snapshot import Snapshot, write_tables
from jobtide.tables import SNAPSHOT

_OTHERS = ("hiring", "outlook", "official", "coverage", "overview")  # official and others' series, and plain counts
_OVER_TIME = ("growth", "flow", "time_open", "rising", "falling")
_LEAST = 1e-9  # below it two values are the same
# Those that stand: what closed stays in the snapshot, with its life.
_POSTINGS = """
    select posting, version, vacancy from posting where posting not in (select posting from gone) order by posting
"""


@dataclass(frozen=True, slots=True)
class Postings:
    """How many postings came, went, stayed with another text, and stayed as they were; and by which readers."""

    came: int
    closed: int
    edited: int
    same: int
    old_reader: str
    new_reader: str


@dataclass(frozen=True, slots=True)
class Change:
    """One row whose value changed: ``closed``, ``read`` and ``came`` are its parts, None where one cannot be told.

    ``clear`` says that the two intervals do not meet; ``old`` or ``new`` is None where the row was not shown.
    """

    key: str
    label: str
    old: float | None
    new: float | None
    closed: float | None
    read: float | None
    came: float | None
    clear: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure with its changed rows, largest change first, or why only one of the snapshots carries it."""

    name: str
    title: str
    unit: str
    old_id: str
    new_id: str
    rows: tuple[Change, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two snapshots held beside each other."""

    old: str
    new: str
    old_as_of: str
    new_as_of: str
    postings: Postings
    figures: tuple[Changed, ...]

    def to_json(self) -> dict[str, Any]:
        """The difference as one object."""
        return asdict(self)


def compare(old: Snapshot, new: Snapshot, names: Sequence[str] = ()) -> Difference:
    """Return what changed from ``old`` to ``new`` in the article's figures, or those named; equal ones are left out."""
    asked = [name for name in names or QUESTIONS if _counted(name)]
    one, two = _rows(old), _rows(new)
    kept = sorted({row["vacancy"] for row in one.values()} & {row["vacancy"] for row in two.values()})
    with (
        tempfile.TemporaryDirectory() as folder,
        _kept(old, kept, Path(folder) / "old") as before,
        _kept(new, kept, Path(folder) / "new") as after,
    ):
        shots = (old, before, after, new)
        found = [_figure(name, [_asked(name, shot) for shot in _told(name, shots)]) for name in asked]
    return Difference(
        old.id, new.id, old.as_of.isoformat(), new.as_of.isoformat(), _postings(old, new, one, two),
        tuple(each for each in found if each is not None),
    )  # fmt: skip


def _told(name: str, shots: tuple[Snapshot, ...]) -> tuple[Snapshot, ...]:
    """The snapshots that a figure is asked of: the two alone where it cannot be split."""
    return (shots[0], shots[-1]) if QUESTIONS[name][0] in _OVER_TIME else shots


def _counted(name: str) -> bool:
    """Whether a question of the article counts postings and exists in this version."""
    return QUESTIONS[name][0] in ask.NAMES and QUESTIONS[name][0] not in _OTHERS


def _rows(shot: Snapshot) -> dict[str, Mapping[str, str]]:
    return {row["posting"]: row for row in shot.query(_POSTINGS).to_pylist()}


def _postings(
    old: Snapshot, new: Snapshot, one: Mapping[str, Mapping[str, str]], two: Mapping[str, Mapping[str, str]]
) -> Postings:
    both = [key for key in one if key in two]
    same = sum(_same(one[key]["version"], two[key]["version"]) for key in both)
    readers = [f"{shot.made.get('jobtide', '')} {shot.made.get('spec', '')}".strip() for shot in (old, new)]
    return Postings(len(two) - len(both), len(one) - len(both), len(both) - same, same, *readers)


def _same(one: str, two: str) -> bool:
    """Whether two versions are one: a pack keeps only the beginning of each."""
    return one.startswith(two) or two.startswith(one)


def _kept(shot: Snapshot, vacancies: Sequence[str], folder: Path) -> Snapshot:
    """The snapshot with only these vacancies; the caller closes it and removes the folder."""
    folder.mkdir()
    tables = {name: shot.query(f"select * from {_stored(name)}") for name in SNAPSHOT if name != "text"}
    wanted = set(vacancies)
    mask = [vacancy in wanted for vacancy in tables["posting"]["vacancy"].to_pylist()]
    tables["posting"] = tables["posting"].filter(mask)
    write_tables(folder, tables, made=shot.made)
    return Snapshot.open(folder)


def _stored(name: str) -> str:
    """A table's name; only names of the schema reach a statement."""
    return f'"{name}"'


def _asked(name: str, shot: Snapshot) -> Record | str:
    """A figure of the article, or why it is refused."""
    question, filters, options = QUESTIONS[name]
    try:
        return ask.ask(question, shot, parse(**filters), **options).to_json()
    except (TooFew, NotSupported) as error:
        return str(error)


def _figure(name: str, asked: Sequence[Record | str]) -> Changed | None:
    """One figure of the four snapshots; None where nothing of it changed."""
    old, new = asked[0], asked[-1]
    if isinstance(old, str) and isinstance(new, str):
        return None
    if isinstance(old, str) or isinstance(new, str):
        shown = new if isinstance(old, str) else old
        assert not isinstance(shown, str)
        why = f"not carried before: {old}" if isinstance(old, str) else f"not carried any more: {new}"
        one, two = ("", shown["id"]) if isinstance(old, str) else (shown["id"], "")
        return Changed(name, shown["title"], shown["unit"], one, two, (), why)
    rows = sorted(_changes(*(_by_key(each) for each in asked)), key=_size)
    return Changed(name, new["title"], new["unit"], old["id"], new["id"], tuple(rows)) if rows else None


def _by_key(record: Record | str) -> dict[str, Mapping[str, Any]]:
    return {} if isinstance(record, str) else {row["key"]: row for row in record["rows"]}


def _changes(*tables: Mapping[str, Mapping[str, Any]]) -> Iterator[Change]:
    """The rows whose value differs between the first and the last table, with the parts of it where there are four."""
    old, new = tables[0], tables[-1]
    for key in dict.fromkeys([*new, *old]):
        one, two = old.get(key, {}), new.get(key, {})
        a, *between, d = (table.get(key, {}).get("value") for table in tables)
        b, c = between or (None, None)
        if a == d or (a is not None and d is not None and abs(a - d) < _LEAST):
            continue
        label = str((two or one)["label"])
        yield Change(key, label, a, d, _minus(b, a), _minus(c, b), _minus(d, c), _apart(one, two))


def _minus(later: float | None, earlier: float | None) -> float | None:
    return None if later is None or earlier is None else later - earlier


def _apart(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Whether the intervals of two rows do not meet."""
    ends = (one.get("low"), one.get("high"), two.get("low"), two.get("high"))
    if None in ends or not one or not two:
        return False
    return bool(one["high"] < two["low"] or two["high"] < one["low"])


def _size(change: Change) -> tuple[bool, float, str]:
    """Clear changes first, then by how far the value moved."""
    moved = abs((change.new or 0.0) - (change.old or 0.0))
    return not change.clear, -moved, change.key

"""What is wrong with a store, and what is to be done? A look at everything that costs no reading of all bytes."""

import fcntl
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from jobtide.enrich import kit
from jobtide.errors import StoreDamaged
from jobtide.sources.boards_list import Try, dead
from jobtide.sources.hosts import Rest
from jobtide.store import mine, runlog, seal
from jobtide.store.archive import Archive
from jobtide.store.files import leftovers
from jobtide.store.kept import CrawlLine, Run
from jobtide.store.ledger import Ledger
from jobtide.store.patience import Moment
from jobtide.store.snapshot import Snapshot
from jobtide.store.snapshot import current as current_snapshot
from jobtide.store.tries import tries
from jobtide.store.verify import current as snapshot_faults

_ROOM = 1 << 30  # bytes free on the store's disk below which a collection may not end
_SLACK = timedelta(minutes=5)  # clocks that are set right move by less
_FAILED = 3  # crawls of a board in a row that failed
_NAMED = 5  # boards that are named


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``todo`` says what to do about it, "" if all is well; ``wrong`` where it cannot wait."""

    about: str
    says: str
    todo: str = ""
    wrong: bool = False


def examine(root: Path, *, now: datetime) -> list[Finding]:
    """Return what was found, in the order in which it is to be mended; nothing is changed."""
    if not (root / seal.LEDGER).exists():
        return [Finding("store", f"{root} is empty", "run 'jobtide import FILE' or 'jobtide collect'")]
    out = [*_disk(root), *_writer(root)]
    if faults := seal.check(root):
        return [*out, *(Finding("ledger", fault, "restore it from a backup", wrong=True) for fault in faults)]
    try:
        with Ledger(root) as ledger:
            runs, crawls, blobs, twins = ledger.log(), ledger.history(), ledger.blobs(), ledger.twins()
            rests = ledger.rests(Moment.here(now))
            out += [Finding("ledger", said, "restore it from a backup", wrong=True) for said in ledger.structure()]
    except StoreDamaged as error:
        return [*out, Finding("ledger", str(error), "restore it from a backup", wrong=True)]
    asked = tries(root)
    out += [*_runs(runs, busy=holder(root) is not None), *_clock(runs, now), *_space(root)]
    return [
        *out,
        *_archive(root, blobs),
        *_hosts(rests),
        *_boards(crawls, asked, now),
        *_twins(twins, mine.removed(root)),
        *_snapshot(root, crawls, runs),
    ]


def holder(root: Path) -> str | None:
    """Return the process that holds the store for writing, None if nobody does."""
    path = root / "writer.lock"
    if not path.exists():
        return None
    with path.open("r+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return file.read().strip() or "unknown"
    return None


def _disk(root: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(root).free
    if free < _ROOM:
        yield Finding("disk", f"{free >> 20:,} MB are free beside {root}", "free space before you collect", wrong=True)
    if left := list(leftovers(root)):
        yield Finding(
            "files", f"{len(left)} temporary files of interrupted processes: harmless", "'jobtide rebuild' removes them"
        )


def _writer(root: Path) -> Iterator[Finding]:
    pid = holder(root)
    if pid is not None:
        yield Finding("writer", f"process {pid} is writing", "wait for it; readers need not")
    elif seal.is_open(root):
        yield Finding(
            "writer",
            "the last writer was interrupted; nobody holds the store now",
            "run 'jobtide build', or the command again: it takes over at once",
        )
    else:
        yield Finding("writer", "nobody is writing, and the ledger is sealed")


def _runs(runs: Sequence[Run], *, busy: bool) -> Iterator[Finding]:
    cut = runlog.cut(runs)
    if busy and cut and cut[-1].outcome in ("unfinished", runlog.FIRST_PART):
        cut.pop()
    if cut:
        last = cut[-1]
        again = "run it again" + (" with --resume: only what was left is asked" if last.kind == "collect" else "")
        newer = any(run.kind == last.kind and run.run > last.run for run in runs)
        yield Finding(
            "runs",
            f"run {last.run} ({last.kind}, {last.started_at[:16]}) was cut off; {len(cut)} ever were",
            "" if newer else again,
        )


def _clock(runs: Sequence[Run], now: datetime) -> Iterator[Finding]:
    """Runs are in order of their numbers; their clocks should be too."""
    starts = [datetime.fromisoformat(run.started_at) for run in runs]
    for before, after, run in zip(starts, starts[1:], runs[1:], strict=False):
        if after < before - _SLACK:
            yield Finding(
                "clock",
                f"run {run.run} began at {after:%Y-%m-%d %H:%M}, the one before at {before:%Y-%m-%d %H:%M}",
                "set the clock; runs count in their order, and a crawl out of it with the time of the one before",
            )
    if starts and now < max(starts) - _SLACK:
        yield Finding(
            "clock",
            f"it is {now:%Y-%m-%d %H:%M} here, and a run began at {max(starts):%Y-%m-%d %H:%M}",
            "set the clock before you collect",
            wrong=True,
        )


def _archive(root: Path, blobs: set[str]) -> Iterator[Finding]:
    archive = Archive(root)
    gone = sorted(sha for sha in blobs if not archive.path(sha).exists())
    if gone:
        yield Finding(
            "archive",
            f"{len(gone)} of {len(blobs):,} pages and files are missing, such as {gone[0]}",
            "restore them from a backup; until then builds that need them stop",
            wrong=True,
        )
    else:
        yield Finding("archive", f"all {len(blobs):,} pages and files are there; 'jobtide verify' looks at every byte")


def _space(root: Path) -> Iterator[Finding]:
    """What takes how much: the archive grows with every page that changed, the rest can be worked out again."""
    parts = {
        name: sum(path.stat().st_size for path in _files(root, name))
        for name in ("archive", seal.LEDGER, "enriched", "derived", "snapshots", "official")
    }
    said = ", ".join(f"{name} {_size(of)}" for name, of in parts.items() if of)
    yield Finding("space", f"{_size(sum(parts.values()))}: {said}")


def _files(root: Path, name: str) -> Iterator[Path]:
    """The files below ``name``, or ``name`` itself; those that go while one looks are none."""
    place = root / name
    found = [place] if place.is_file() else place.rglob("*")
    yield from (path for path in found if path.is_file())


def _size(count: int) -> str:
    """Bytes as a reader says them.

    >>> _size(1_200_000), _size(3_400_000_000), _size(900)
    ('1.2 MB', '3.4 GB', '0.0 MB')
    """
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"


def _hosts(rests: Mapping[str, Rest]) -> Iterator[Finding]:
    """Servers that are let alone now, and those that gave no answer."""
    asked = [f"{host} for {rest.left / 60:.0f} min" for host, rest in rests.items() if not rest.kind]
    if asked:
        yield Finding("hosts", f"{len(asked)} asked to be let alone, and are: {_named(asked)}")
    failed = [f"{host} ({rest.kind})" for host, rest in rests.items() if rest.kind]
    if failed:
        yield Finding("hosts", f"{len(failed)} gave no answer in the last hour: {_named(failed)}")


def _boards(crawls: Sequence[CrawlLine], asked: Sequence[Try], now: datetime) -> Iterator[Finding]:
    by_board: dict[str, list[CrawlLine]] = {}
    for crawl in crawls:
        by_board.setdefault(f"{crawl.source}:{crawl.board}", []).append(crawl)
    held = [name for name, lines in sorted(by_board.items()) if lines[-1].outcome == "held"]
    if held:
        yield Finding(
            "boards",
            f"{len(held)} wait for a second crawl: {_named(held)}",
            "collect them again six hours later or more: if they show the same, it is believed",
        )
    left_out = {f"{source}:{board}" for source, board in dead(asked, now=now)}
    if left_out:
        said = f"{len(left_out)} left out of lists as gone; 'jobtide source list --boards' says why"
        yield Finding("boards", said)
    failing = [
        name
        for name, lines in sorted(by_board.items())
        if len(lines) >= _FAILED and all(line.outcome == "failed" for line in lines[-_FAILED:]) and name not in left_out
    ]
    if failing:
        yield Finding(
            "boards",
            f"{len(failing)} failed {_FAILED} times in a row: {_named(failing)}",
            "'jobtide source test BOARD' says why; 'jobtide source remove' leaves one out",
        )


def _twins(alike: Sequence[Sequence[tuple[str, str]]], removed: frozenset[tuple[str, str]]) -> Iterator[Finding]:
    """One board under two names, as after a change of name."""
    for boards in alike:
        names = [f"{source}:{board}" for source, board in boards if (source, board) not in removed]
        if len(names) > 1:
            yield Finding(
                "boards",
                f"{_named(names)} answer with the very same postings: one board under several names",
                "'jobtide source remove' leaves one out; until then its openings may count twice",
            )


def _named(boards: Sequence[str]) -> str:
    return ", ".join(boards[:_NAMED]) + (" ..." if len(boards) > _NAMED else "")


def _snapshot(root: Path, crawls: Sequence[CrawlLine], runs: Sequence[Run]) -> Iterator[Finding]:
    if not (root / "CURRENT").exists():
        yield Finding("snapshot", "there is none yet", "run 'jobtide build'")
        return
    if faults := snapshot_faults(root):
        yield from (Finding("snapshot", fault, "run 'jobtide build'", wrong=True) for fault in faults)
        return
    with Snapshot.open(current_snapshot(root)) as shot:
        last = shot.query("select coalesce(max(run), 0) as run from crawl").to_pylist()[0]["run"]
        spec, as_of = shot.made.get("spec"), shot.as_of
    later = sum(crawl.run > last for crawl in crawls) + sum(run.run > last and run.kind == "import" for run in runs)
    if later:
        yield Finding("snapshot", f"{later} crawls or imports came after it", "run 'jobtide build'")
    if spec != kit.spec().id:
        yield Finding("snapshot", "it was read by an earlier version of the readers", "run 'jobtide build'")
    if not later and spec == kit.spec().id:
        yield Finding("snapshot", f"as of {as_of}, whole, and nothing came after it")

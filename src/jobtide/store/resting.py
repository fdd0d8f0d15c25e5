"""Which postings of the current snapshot, and so which figures, rest on a page or file of the archive?"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from jobtide.errors import JobtideError
from jobtide.store import snapshot
from jobtide.store.kept import Held

_NAMED = 3  # postings that the sentence names
_POSTING = ("posting", "vacancy", "source", "board")
_CRAWL = ("run", "source", "board")


class Resting:
    """What of the snapshot below ``root`` came from which board or file; it is read when first asked for."""

    def __init__(self, root: Path) -> None:
        """Nothing is opened yet."""
        self._root = root

    def said(self, held: Sequence[Held]) -> str:
        """Return what rests on a blob that holds ``held``, as a sentence goes on.

        "" where nothing is published, or where the snapshot is not whole itself. A board's postings all rest on each
        of its pages, since their lives do; those of files that were imported together cannot be told apart.
        """
        if self._folder is None:
            return ""
        postings, crawls = self._tables
        rest = _of(postings, [board for one in held for board in _boards(one, crawls)])
        if not rest.num_rows:
            return f"; no posting of snapshot {self._folder.name} rests on it"
        openings = pc.sum(pc.equal(rest["posting"], rest["vacancy"])).as_py()
        keys = sorted(rest["posting"].to_pylist())
        named = ", ".join(keys[:_NAMED]) + (" ..." if len(keys) > _NAMED else "")
        what, verb = (f"{len(keys):,} postings", "rest") if len(keys) > 1 else ("1 posting", "rests")
        return (
            f"; {what} of snapshot {self._folder.name} {verb} on it ({named}), {openings:,} of them "
            "counted as vacancies, and with them every figure of that snapshot that counts them"
        )

    @cached_property
    def _folder(self) -> Path | None:
        """The current snapshot, None where there is none that is whole."""
        if not (self._root / "CURRENT").exists():
            return None
        try:
            folder = snapshot.current(self._root)
        except (JobtideError, UnicodeDecodeError):
            return None
        return folder if folder.is_dir() and not snapshot.faults(folder) else None

    @cached_property
    def _tables(self) -> tuple[pa.Table, pa.Table]:
        """Its postings and its crawls."""
        assert self._folder is not None
        return tuple(
            pq.read_table(self._folder / f"{name}.parquet", columns=list(columns))
            for name, columns in (("posting", _POSTING), ("crawl", _CRAWL))
        )


def _boards(one: Held, crawls: pa.Table) -> list[tuple[str, str]]:
    """The boards whose postings a page or file showed: of a file, those of which the snapshot lists moments."""
    if one.board:
        return [(one.source, one.board)]
    moments = crawls.filter(pc.equal(crawls["run"], one.run))
    return list(zip(moments["source"].to_pylist(), moments["board"].to_pylist(), strict=True))


def _of(postings: pa.Table, boards: Sequence[tuple[str, str]]) -> pa.Table:
    """The postings of some boards."""
    wanted = pa.array([f"{source}:{board}" for source, board in sorted(set(boards))], pa.string())
    return postings.filter(pc.is_in(pc.binary_join_element_wise(postings["source"], postings["board"], ":"), wanted))

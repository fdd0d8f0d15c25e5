"""Which boards did the user add, and which of the bundled ones did he take out? One small table beside the archive."""

import os
from collections.abc import Iterable
from pathlib import Path

from jobtide.errors import UsageError
from jobtide.sources.boards_list import COLUMNS, Listed, parse

_ADDED, _REMOVED = "boards.tsv", "boards-removed.txt"


def added(root: Path) -> tuple[Listed, ...]:
    """Return the user's own boards, in the order they were added; empty if there are none."""
    path = root / _ADDED
    return parse(path.read_text("utf-8")) if path.exists() else ()


def removed(root: Path) -> frozenset[tuple[str, str]]:
    """Return the (source, token) of boards that no list may bring back."""
    path = root / _REMOVED
    if not path.exists():
        return frozenset()
    pairs = (line.partition(":") for line in path.read_text("utf-8").splitlines() if line)
    return frozenset((source, token) for source, _, token in pairs)


def add(root: Path, board: Listed) -> bool:
    """Keep a board; returns whether it was new. One that had been taken out comes back."""
    _write_removed(root, removed(root) - {(board.source, board.token)})
    before = added(root)
    if any((one.source, one.token) == (board.source, board.token) for one in before):
        return False
    if any("\t" in part or "\n" in part for part in (board.token, board.employer, board.detail)):
        raise UsageError("a board's token and employer hold no tabs and no line breaks")
    _write_added(root, (*before, board))
    return True


def remove(root: Path, source: str, token: str) -> None:
    """Take a board out of the user's boards and keep every list from bringing it back. Its postings stay."""
    _write_added(root, [one for one in added(root) if (one.source, one.token) != (source, token)])
    _write_removed(root, removed(root) | {(source, token)})


def _write_added(root: Path, boards: Iterable[Listed]) -> None:
    rows = [
        (one.source, one.token, one.employer, one.evidence, one.detail, one.fact_on.isoformat(), one.listed_in)
        for one in boards
    ]
    _replace(root / _ADDED, "".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)))


def _write_removed(root: Path, boards: Iterable[tuple[str, str]]) -> None:
    _replace(root / _REMOVED, "".join(f"{source}:{token}\n" for source, token in sorted(boards)))


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(text, "utf-8")
    part.replace(path)

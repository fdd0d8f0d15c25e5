"""Where does a data slice come from? One block a slice in NOTICE, rewritten by the script that makes the slice."""

import hashlib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOTICE = ROOT / "NOTICE"


def record(title: str, *, lines: list[str], files: list[Path]) -> None:
    """Write the block ``title`` of NOTICE anew: what it is, origin, licence, and size and sha256 of what we ship."""
    block = [title, "-" * len(title), *lines]
    for path in files:
        body = path.read_bytes()
        block.append(f"File: {path.relative_to(ROOT)} ({len(body):,} bytes, sha256 {hashlib.sha256(body).hexdigest()})")
    kept = [part for part in _blocks(NOTICE.read_text()) if part.splitlines()[0] != title]
    NOTICE.write_text("\n\n".join([kept[0], *sorted([*kept[1:], "\n".join(block)])]) + "\n")


def _blocks(text: str) -> list[str]:
    """The head of NOTICE and its blocks: a block begins with a title that is underlined with dashes."""
    out: list[list[str]] = [[]]
    rows = text.rstrip("\n").split("\n")
    for i, row in enumerate(rows):
        if i + 1 < len(rows) and row and rows[i + 1] == "-" * len(row):
            out.append([])
        out[-1].append(row)
    return ["\n".join(part).strip("\n") for part in out]


def sha256(path: Path) -> str:
    """sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

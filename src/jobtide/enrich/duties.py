"""Which duties do we know, and which phrases say them? Read from data/duties."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "data" / "duties" / "duties.txt"


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of the closed list: its id, how a reader says it, and the phrases that say it."""

    id: str
    name: str
    phrases: tuple[str, ...]


@cache
def load() -> tuple[Duty, ...]:
    """Return every duty in the file's order. Raises ValueError for a line that is not three cells."""
    out = []
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 3 or not all(cells):
            raise ValueError(f"{_FILE.name} line {number}: not 'id | name | phrases': {line!r}")
        out.append(Duty(cells[0], cells[1], tuple(phrase.strip() for phrase in cells[2].split(";") if phrase.strip())))
    return tuple(out)


@cache
def sha256() -> str:
    """Return the file's fingerprint, part of the specification that facts depend on."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()

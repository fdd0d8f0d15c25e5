"""Which certificates do we know, how are they written, and who issues them? Read from data/certifications."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parent.parent / "data" / "certifications" / "certifications.txt"


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. ``guarded``: its short name means other things too, so it is believed only in company."""

    name: str
    aliases: tuple[str, ...]
    issuer: str
    guarded: bool


@cache
def load() -> tuple[Certificate, ...]:
    """Return every certificate in the file's order. Raises ValueError for a line that is not four cells."""
    out = []
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 4 or not cells[0] or not cells[2] or cells[3] not in ("", "near"):
            raise ValueError(f"{_FILE.name} line {number}: not 'name | aliases | issuer | guard': {line!r}")
        aliases = tuple(alias.strip() for alias in cells[1].split(";") if alias.strip())
        out.append(Certificate(cells[0], aliases, cells[2], cells[3] == "near"))
    return tuple(out)


@cache
def sha256() -> str:
    """Return the file's fingerprint, part of the specification that facts depend on."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()

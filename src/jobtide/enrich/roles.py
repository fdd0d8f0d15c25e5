"""Which roles are there, in which families, under which other titles, and which official occupations are nearest?"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "roles" / "roles.txt"


@dataclass(frozen=True, slots=True)
class Role:
    """One role of the closed list: its family, nearest SOC codes (closest first, none where all mislead), other titles."""

    id: str
    family: str
    soc: tuple[str, ...]
    titles: tuple[str, ...]


@cache
def load() -> tuple[Role, ...]:
    """Return every role in the file's order. Raises ValueError for a line that is not four cells.

    >>> [role.family for role in load() if role.id == "mlops_engineer"]
    ['machine learning']
    """
    out = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 4 or not all(cells):
            raise ValueError(f"{FILE.name} line {number}: not 'id | family | codes | titles': {line!r}")
        codes = () if cells[2] == "-" else tuple(code.strip() for code in cells[2].split(","))
        out.append(Role(cells[0], cells[1], codes, tuple(title.strip() for title in cells[3].split(";"))))
    return tuple(out)

"""Which entries of ESCO and of O*NET stand for our concepts? A table of ids, made by ``tools/crosswalk.py``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "data" / "crosswalk" / "skills.tsv"
COLUMNS = ("concept", "scheme", "id", "label", "joined")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of another classification.

    ``scheme`` is esco or onet; ``id`` is ESCO's, or the commodity code of an O*NET technology example, whose name is
    ``label``; ``joined`` says by what: name or alias of ours / preferred, alternative or example of theirs.
    """

    scheme: str
    id: str
    label: str
    joined: str

    @property
    def uri(self) -> str:
        """The entry's address in its scheme, "" for O*NET's examples, which have none."""
        return f"http://data.europa.eu/esco/skill/{self.id}" if self.scheme == "esco" else ""


@cache
def load() -> Mapping[str, tuple[Entry, ...]]:
    """Return the entries of each concept that has any, by the concept's id."""
    out: dict[str, tuple[Entry, ...]] = {}
    for line in FILE.read_text(encoding="utf-8").splitlines()[1:]:
        concept, *rest = line.split("\t")
        out[concept] = (*out.get(concept, ()), Entry(*rest))
    return out


def entries(concept: str) -> tuple[Entry, ...]:
    """Return the entries of a concept, by scheme; none where the others have none.

    >>> [(entry.scheme, entry.label) for entry in entries("python")]
    [('esco', 'Python (computer programming)'), ('onet', 'Python')]
    """
    return load().get(concept, ())

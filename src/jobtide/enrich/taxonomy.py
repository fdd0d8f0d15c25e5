"""Which skills do we know, under which names, and when is a name believed?

``data/taxonomy/*.txt``, one file an area, one concept a line, reviewed like code:

    name = alias, alias {one|two} < parent [guard; guard: word, word]

The name is the field's usual name in lower case and an alias itself; braces give variants; a name with "!" is
believed without guards. The file gives the kind. Guards, all of which must hold:

    case            the first letter stands in capitals in the text
    bytes: A, B     the words as written contain one of these, capitals counting
    near: a, b      one of these words stands within 120 characters
    not-after: a    the word before is none of these       not-before: a    what follows begins with none of these
    listed          it stands in a list or behind in, with, using, and, or (for R, C, Go)
    section         not in what the employer says of itself, its benefits or the law
    requirements    only where the posting says what it asks for or would like
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobtide.enrich.automaton import fold

_DATA = Path(__file__).resolve().parent.parent / "data" / "taxonomy"
_LINE = re.compile(
    r"^(?P<name>[^=<\[]+?)\s*=\s*(?P<aliases>[^<\[]*?)\s*(?:<\s*(?P<parent>[^\[]+?)\s*)?(?:\[(?P<guards>[^\]]*)\])?$"
)
_FLAGS = frozenset({"case", "listed", "section", "requirements"})
_WORDED = frozenset({"bytes", "near", "not-after", "not-before"})


@dataclass(frozen=True, slots=True)
class Guard:
    """When a concept's names are believed; empty parts ask nothing. Words are folded, ``written`` is not."""

    flags: frozenset[str] = frozenset()
    written: tuple[bytes, ...] = ()
    near: tuple[bytes, ...] = ()
    not_after: frozenset[bytes] = frozenset()
    not_before: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """One skill: stable id, usual name, kind (the file it stands in), parent, aliases, guard if it has one."""

    id: str
    name: str
    kind: str
    parent: str
    aliases: tuple[str, ...]
    guard: Guard | None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All concepts, and the patterns that find them: pattern i names ``of[i]``, guarded if ``guarded[i]``."""

    concepts: dict[str, Concept]
    areas: frozenset[str]
    patterns: list[bytes]
    of: list[Concept]
    guarded: list[bool]
    sha256: str

    def concept(self, id: str) -> Concept:
        """Return the concept with this id; KeyError if there is none."""
        return self.concepts[id]


class BadLine(ValueError):
    """A line of the vocabulary that cannot be read: file, line number, and what is wrong."""


@cache
def load() -> Taxonomy:
    """Return the vocabulary; the first call reads the files (about 20 ms)."""
    digest = hashlib.sha256()
    concepts: dict[str, Concept] = {}
    patterns: dict[bytes, tuple[Concept, bool]] = {}
    for path in sorted(_DATA.glob("*.txt")):
        body = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + body)
        if path.stem != "areas":
            for concept, names in _read(path.stem, body.decode(), path.name):
                concepts[concept.id] = concept
                for name, guarded in names:
                    patterns.setdefault(b" ".join(fold(name.encode()).split()), (concept, guarded))
    known = list(patterns)
    areas = frozenset(line for line in (_DATA / "areas.txt").read_text().splitlines() if line and line[0] != "#")
    return Taxonomy(
        concepts, areas, known, [patterns[p][0] for p in known], [patterns[p][1] for p in known], digest.hexdigest()
    )


def _read(kind: str, text: str, file: str) -> Iterator[tuple[Concept, list[tuple[str, bool]]]]:
    """The concepts of one file, each with its names and whether the guard applies to them."""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        m = _LINE.match(line.strip())
        if m is None:
            raise BadLine(f"{file}:{number}: expected 'name = alias, alias < parent [guards]', got {line!r}")
        guard = _guard(m["guards"], f"{file}:{number}") if m["guards"] else None
        names = [(m["name"], guard is not None)]
        for alias in filter(None, (part.strip() for part in m["aliases"].split(","))):
            names += [
                (name.removesuffix("!"), guard is not None and not name.endswith("!")) for name in variants(alias)
            ]
        aliases = tuple(dict.fromkeys(name for name, _ in names[1:]))
        yield Concept(slug(m["name"]), m["name"], kind, m["parent"] or "", aliases, guard), names


def slug(name: str) -> str:
    """The stable id of a name.

    >>> slug("a/b testing"), slug("c++")
    ('a-b-testing', 'c++')
    """
    return re.sub(r"[ /]+", "-", name.strip())


def variants(alias: str) -> list[str]:
    """Spell out the braces of an alias.

    >>> variants("deploy{|ing} {models|ml models}")
    ['deploy models', 'deploy ml models', 'deploying models', 'deploying ml models']
    """
    m = re.search(r"\{([^}]*)\}", alias)
    if m is None:
        return [alias]
    return [full for part in m[1].split("|") for full in variants(alias[: m.start()] + part + alias[m.end() :])]


def _guard(text: str, where: str) -> Guard:
    flags: set[str] = set()
    words: dict[str, list[str]] = {}
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        name, colon, rest = part.partition(":")
        if (not colon and name not in _FLAGS) or (colon and name not in _WORDED):
            raise BadLine(f"{where}: unknown guard {part!r}; known: {', '.join(sorted(_FLAGS | _WORDED))}")
        if colon:
            words[name] = [word.strip() for word in rest.split(",") if word.strip()]
        else:
            flags.add(name)
    folded = {name: tuple(b" ".join(fold(w.encode()).split()) for w in words.get(name, ())) for name in _WORDED}
    return Guard(
        frozenset(flags),
        tuple(word.encode() for word in words.get("bytes", ())),
        folded["near"],
        frozenset(words_of(words.get("not-after", ()))),
        tuple(words_of(words.get("not-before", ()))),
    )


def words_of(words: list[str] | tuple[str, ...]) -> Iterator[bytes]:
    """Neighbouring words in folded form; signs such as "&" stay themselves."""
    for word in words:
        yield b" ".join(fold(word.encode()).split()) or word.encode()

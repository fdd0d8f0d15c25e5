"""Which skills do we know, under which names, and when is a name believed?

``data/taxonomy/*.txt``, one file an area, one concept a line, reviewed like code:

    kind: tool
    name = alias, alias {one|two} < parent [guard; guard: word, word]
    name; name = < parent [guard]

The name is the field's usual name in lower case and an alias itself; braces give variants; a name or alias with
"!" is believed without guards. Names with ";" between are so many concepts without aliases. A line "kind: ..." holds
for what follows. Guards, all of which must hold:

    case            the first letter stands in capitals in the text
    bytes: A, B     the words as written contain one of these, capitals counting
    near: a, b      one of these words stands within 120 characters
    not-after: a    the word before is none of these       not-before: a    what follows begins with none of these
    listed          it stands in a list or behind in, with, using, and, or (for R, C, Go)
    alone           no noun follows that it only describes ("AI startup", "automation suite")
    asked           only what is required or would be liked, by its section or by its sentence
    money           no amount stands beside it: "CAD 160,000" is a currency
    requirements    only in the sections of requirements and wishes
    section         not in parts that are neither requirements nor wishes nor duties
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
_FLAGS = frozenset({"case", "listed", "alone", "asked", "requirements", "section", "money"})
_WORDED = frozenset({"bytes", "near", "not-after", "not-before"})
KINDS = ("language", "library", "framework", "platform", "cloud", "database", "tool", "model", "method", "practice")


@dataclass(frozen=True, slots=True)
class Guard:
    """When a concept's names are believed; empty parts ask nothing. Words are folded, ``written`` is not."""

    flags: frozenset[str] = frozenset()
    written: tuple[bytes, ...] = ()
    near: tuple[bytes, ...] = ()
    not_after: frozenset[bytes] = frozenset()
    not_before: tuple[bytes, ...] = ()

    @property
    def looks(self) -> bool:
        """Whether there is anything to look at where the name stands; "asked" is about its sentence."""
        return self.worded or bool(self.written) or bool(self.flags - {"asked"})

    @property
    def worded(self) -> bool:
        """Whether it looks at neighbouring words: such a guard is shown by an example and a counter-example."""
        return bool(self.near or self.not_after or self.not_before or "listed" in self.flags)


@dataclass(frozen=True, slots=True)
class Concept:
    """One skill: stable id, usual name, kind (of ``KINDS``), parent, aliases, guard if it has one."""

    id: str
    name: str
    kind: str
    parent: str
    aliases: tuple[str, ...]
    guard: Guard | None


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All concepts, and the patterns that find them: pattern i names ``of[i]``, guarded if ``guarded[i]``.

    ``checks[i]`` is the guard to ask about a hit of pattern i, None where there is nothing to look at; ``asking[i]``
    says that a mention which nobody asks for is no skill.
    """

    concepts: dict[str, Concept]
    areas: frozenset[str]
    patterns: list[bytes]
    of: list[Concept]
    guarded: list[bool]
    checks: list[Guard | None]
    asking: list[bool]
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
            for concept, names in _read(body.decode(), path.name):
                concepts[concept.id] = concept
                for name, guarded in names:
                    patterns.setdefault(b" ".join(fold(name.encode()).split()), (concept, guarded))
    known = list(patterns)
    areas = frozenset(line for line in (_DATA / "areas.txt").read_text().splitlines() if line and line[0] != "#")
    guards = [concept.guard if guarded else None for concept, guarded in (patterns[p] for p in known)]
    return Taxonomy(
        concepts, areas, known, [patterns[p][0] for p in known], [patterns[p][1] for p in known],
        [guard if guard and guard.looks else None for guard in guards],
        [guard is not None and "asked" in guard.flags for guard in guards], digest.hexdigest(),
    )  # fmt: skip


def _read(text: str, file: str) -> Iterator[tuple[Concept, list[tuple[str, bool]]]]:
    """The concepts of one file, each with its names and whether the guard applies to them."""
    kind = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("kind:"):
            kind = line.removeprefix("kind:").strip()
            if kind not in KINDS:
                raise BadLine(f"{file}:{number}: unknown kind {kind!r}; known: {', '.join(KINDS)}")
            continue
        yield from _concepts(line.strip(), kind, f"{file}:{number}")


def _concepts(line: str, kind: str, where: str) -> Iterator[tuple[Concept, list[tuple[str, bool]]]]:
    """The concept of one line, or the several that share everything but their names."""
    m = _LINE.match(line)
    if m is None or not kind:
        raise BadLine(f"{where}: expected 'name = alias, alias < parent [guards]' under a kind, got {line!r}")
    guard = _guard(m["guards"], where) if m["guards"] else None
    given = [alias for alias in (part.strip() for part in m["aliases"].split(",")) if alias]
    concepts = [name.strip() for name in m["name"].split(";")]
    if given and len(concepts) > 1:
        raise BadLine(f"{where}: several concepts cannot share aliases: {line!r}")
    for written in concepts:
        name = written.removesuffix("!")
        names = [(name, guard is not None and name == written)]
        for alias in given:
            bare = guard is None or alias.endswith("!")
            names += [(full, not bare) for full in variants(alias.removesuffix("!"))]
        aliases = tuple(dict.fromkeys(full for full, _ in names[1:]))
        yield Concept(slug(name), name, kind, m["parent"] or "", aliases, guard), names


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

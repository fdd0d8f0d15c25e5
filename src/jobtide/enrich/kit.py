"""What does reading need, loaded once a process: taxonomy, automaton, extractors, and their fingerprint."""

import gc
import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobtide.enrich import certificates, duties, facts, gate, gazetteer, geonames, guards, industries, native, taxonomy
from jobtide.enrich.automaton import Automaton, fold, padded
from jobtide.enrich.sections import SPEAKING
from jobtide.model import Found, Spec

Find = Callable[..., Iterator[Found]]  # (text, windows), or (text, blocks, hits) for a counter of phrases


@dataclass(frozen=True, slots=True)
class Extractor:
    """One module of ``enrich.facts``: what it yields, which words open its windows, and how it reads them.

    It is asked where one of its words stands, with title and location; with ``ALWAYS`` about these two in any case.

    A module with ``PHRASES`` is no reader of windows but a counter of words: its ``find`` is given every block and, as
    (start, end, number of the phrase, number of the block), where the shared pass has found its phrases from left to
    right, none within another, and within ``REACH`` bytes of the text's beginning if it has that.
    """

    name: str
    kinds: tuple[str, ...]
    triggers: tuple[str, ...]
    phrases: tuple[str, ...]
    reach: int
    always: bool
    find: Find


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything loaded. ``patterns`` are the taxonomy's ``terms`` and behind them the words that readers ask for.

    Of the word ``patterns[terms + i]``: ``owners[i]`` has a bit for every extractor that it opens a window for;
    ``counted[i]`` the number of its phrase for each of the ``counters`` (extractors by index), -1 for none; ``speaks[i]``
    the section that it says its block belongs to, "" if none. ``tree`` holds the same for the compiled loops, if any;
    ``numbers`` is each extractor's by its name, ``always`` the bits of those that read every title.
    """

    taxonomy: taxonomy.Taxonomy
    patterns: tuple[bytes, ...]
    terms: int
    owners: tuple[int, ...]
    counters: tuple[int, ...]
    counted: tuple[tuple[int, ...], ...]
    speaks: tuple[str, ...]
    raw_triggers: tuple[tuple[bytes, int], ...]
    extractors: tuple[Extractor, ...]
    numbers: dict[str, int]
    always: int
    tree: native.Tree | None


def extractors() -> tuple[Extractor, ...]:
    """Every extractor in ``enrich/facts``, by name; a new file there is all that a new fact needs."""
    names = sorted(m.name for m in pkgutil.iter_modules(facts.__path__) if not m.name.startswith("_"))
    modules = [importlib.import_module(f"{facts.__name__}.{name}") for name in names]
    return tuple(
        Extractor(
            n,
            m.KINDS,
            getattr(m, "TRIGGERS", ()),
            getattr(m, "PHRASES", ()),
            getattr(m, "REACH", 0),
            getattr(m, "ALWAYS", False),
            m.find,
        )
        for n, m in zip(names, modules, strict=True)
    )


@cache
def load() -> Kit:
    """Return the kit of this process; the first call reads the data files (about 0.2 s)."""
    known = taxonomy.load()
    readers = extractors()
    counters = tuple(index for index, reader in enumerate(readers) if reader.phrases)
    owners, raw = _triggers(readers)
    counted = [_numbers(readers[index].phrases) for index in counters]
    speaks = {_folded(phrase): section for phrase, section in SPEAKING.items()}
    words = sorted({*owners, *speaks, *(phrase for phrases in counted for phrase in phrases)})
    gazetteer.load()
    patterns = (*known.patterns, *words)
    masks = tuple(owners.get(word, 0) for word in words)
    numbers = tuple(tuple(phrases.get(word, -1) for phrases in counted) for word in words)
    sections = tuple(speaks.get(word, "") for word in words)
    tree = None
    if native.library():
        reach = [readers[index].reach for index in counters]
        speaking = [bool(name) for name in sections]
        tree = native.Tree(
            padded(patterns), len(known.patterns), masks, numbers, reach, speaking, guards.packed(known.checks)
        )
    tools = Kit(
        known, patterns, len(known.patterns), masks, counters, numbers, sections, raw, readers,
        {reader.name: index for index, reader in enumerate(readers)},
        sum(1 << index for index, reader in enumerate(readers) if reader.always), tree,
    )  # fmt: skip
    gc.freeze()  # a hundred thousand names that live as long as the process: no need to look for cycles among them
    return tools


@cache
def automaton() -> Automaton:
    """Return what finds the patterns where no compiled loop does; the first call builds it (about 0.1 s)."""
    return Automaton(load().patterns)


def terms_in(folded: bytes) -> list[tuple[int, int, int]]:
    """Return (start, end, pattern) of everything in a folded text that the taxonomy knows, in order of the ends."""
    terms = load().terms
    return [hit for hit in automaton().hits(folded) if hit[2] < terms]


def _triggers(readers: Sequence[Extractor]) -> tuple[dict[bytes, int], tuple[tuple[bytes, int], ...]]:
    """The bits of the readers that each word opens a window for, and the signs that do, looked for in the bytes."""
    owners: dict[bytes, int] = {}
    raw: set[tuple[bytes, int]] = set()
    for index, reader in enumerate(readers):
        for trigger in reader.triggers:
            # "$" and "€" hold no letter or digit to fold: such triggers are looked for in the bytes themselves, by the one
            # that tells them from quotes and dashes; a window opened in vain costs less than a look for all three.
            if any(char.isalnum() for char in trigger):
                word = _folded(trigger)
                owners[word] = owners.get(word, 0) | 1 << index
            else:
                raw.add((trigger.encode()[:2][-1:], index))
    return owners, tuple(sorted(raw))


def _numbers(phrases: Sequence[str]) -> dict[bytes, int]:
    """The number of each phrase by its folded words; of two that fold alike the first counts."""
    out: dict[bytes, int] = {}
    for number, phrase in enumerate(phrases):
        out.setdefault(_folded(phrase), number)
    return out


def _folded(phrase: str) -> bytes:
    return b" ".join(fold(phrase.encode()).split())


@cache
def spec() -> Spec:
    """Return the fingerprint of what reading depends on: data files and the code of ``enrich`` itself."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sorted(here.rglob("*.py")):
        digest.update(path.relative_to(here).as_posix().encode() + b"\0" + path.read_bytes())
    return Spec(
        taxonomy=taxonomy.load().sha256,
        gate=gate.sha256(),
        gazetteer=f"{geonames.sha256()} {certificates.sha256()} {duties.sha256()} {industries.sha256()}",
        rules=digest.hexdigest(),
    )

"""What does reading need, loaded once a process: taxonomy, automaton, extractors, and their fingerprint."""

import gc
import hashlib
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobtide.enrich import certificates, duties, facts, gate, gazetteer, industries, taxonomy
from jobtide.enrich.automaton import Automaton, fold
from jobtide.enrich.sections import SPEAKING
from jobtide.model import Found, Spec

Find = Callable[..., Iterator[Found]]  # (text, windows), or (text, blocks, hits) for a counter of phrases


@dataclass(frozen=True, slots=True)
class Extractor:
    """One module of ``enrich.facts``: what it yields, which words open its windows, and how it reads them.

    A module with ``PHRASES`` is no reader of windows but a counter of words: its ``find`` is given every block and,
    as (start, end, number of the phrase), where the shared pass has found its phrases.
    """

    name: str
    kinds: tuple[str, ...]
    triggers: tuple[str, ...]
    phrases: tuple[str, ...]
    find: Find


@dataclass(frozen=True, slots=True)
class Kit:
    """Everything loaded. ``owners[i]`` are the extractors that pattern ``terms + i`` opens a window for.

    ``counted[i]`` are (extractor, number of its phrase) of the same pattern; ``speaks[i]`` is the section that the
    pattern says its block belongs to, "" if none; ``numbers`` is each extractor's by its name.
    """

    taxonomy: taxonomy.Taxonomy
    automaton: Automaton
    terms: int
    owners: tuple[tuple[int, ...], ...]
    counted: tuple[tuple[tuple[int, int], ...], ...]
    speaks: tuple[str, ...]
    raw_triggers: tuple[tuple[bytes, int], ...]
    extractors: tuple[Extractor, ...]
    numbers: dict[str, int]


def extractors() -> tuple[Extractor, ...]:
    """Every extractor in ``enrich/facts``, by name; a new file there is all that a new fact needs."""
    names = sorted(m.name for m in pkgutil.iter_modules(facts.__path__) if not m.name.startswith("_"))
    modules = [importlib.import_module(f"{facts.__name__}.{name}") for name in names]
    return tuple(
        Extractor(n, m.KINDS, getattr(m, "TRIGGERS", ()), getattr(m, "PHRASES", ()), m.find)
        for n, m in zip(names, modules, strict=True)
    )


@cache
def load() -> Kit:
    """Return the kit of this process; the first call reads the data files (about 0.2 s)."""
    known = taxonomy.load()
    readers = extractors()
    owners: dict[bytes, list[int]] = {}
    counted: dict[bytes, list[tuple[int, int]]] = {}
    raw: list[tuple[bytes, int]] = []
    for index, reader in enumerate(readers):
        for number, phrase in enumerate(reader.phrases):
            counted.setdefault(_folded(phrase), []).append((index, number))
        for trigger in reader.triggers:
            # "$" and "€" hold no letter or digit to fold: such triggers are looked for in the bytes themselves, by the one
            # that tells them from quotes and dashes; a window opened in vain costs less than a look for all three.
            if any(char.isalnum() for char in trigger):
                owners.setdefault(_folded(trigger), []).append(index)
            else:
                raw.append((trigger.encode()[:2][-1:], index))
    speaks = {_folded(phrase): section for phrase, section in SPEAKING.items()}
    words = sorted({*owners, *counted, *speaks})
    gazetteer.load()
    tools = Kit(
        taxonomy=known,
        automaton=Automaton([*known.patterns, *words]),
        terms=len(known.patterns),
        owners=tuple(tuple(owners.get(word, ())) for word in words),
        counted=tuple(tuple(counted.get(word, ())) for word in words),
        speaks=tuple(speaks.get(word, "") for word in words),
        raw_triggers=tuple(sorted(set(raw))),
        extractors=readers,
        numbers={reader.name: index for index, reader in enumerate(readers)},
    )
    gc.freeze()  # a hundred thousand names that live as long as the process: no need to look for cycles among them
    return tools


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
        gazetteer=f"{gazetteer.sha256()} {certificates.sha256()} {duties.sha256()} {industries.sha256()}",
        rules=digest.hexdigest(),
    )

"""By which words does an employer's industry show, and which NAICS sector is nearest? Read from data/industries."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobtide.enrich.automaton import fold
from jobtide.model import INDUSTRIES

_FILE = Path(__file__).resolve().parent.parent / "data" / "industries" / "industries.txt"
_HEAD = re.compile(r"\[(\w+) (\d\d)\]")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``phrases``: folded words -> (industry, weight) pairs. ``naics``: sector by industry, two digits."""

    phrases: dict[bytes, tuple[tuple[str, int], ...]]
    naics: dict[str, str]


@cache
def load() -> Vocabulary:
    """Return the vocabulary. Raises ValueError for a line that is neither head nor weighted phrases."""
    phrases: dict[bytes, list[tuple[str, int]]] = {}
    naics: dict[str, str] = {}
    industry = ""
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if head := _HEAD.fullmatch(line.strip()):
            industry = head[1]
            if industry not in INDUSTRIES:
                raise ValueError(f"{_FILE.name} line {number}: no industry {industry!r}")
            naics[industry] = head[2]
            continue
        weight, colon, words = line.partition(":")
        if not colon or not weight.isdigit() or not industry:
            raise ValueError(f"{_FILE.name} line {number}: not 'weight: phrases': {line!r}")
        for phrase in words.split(";"):
            phrases.setdefault(b" ".join(fold(phrase.strip().encode()).split()), []).append((industry, int(weight)))
    return Vocabulary({words: tuple(found) for words, found in phrases.items() if words}, naics)


@cache
def sha256() -> str:
    """Return the file's fingerprint, part of the specification that facts depend on."""
    return hashlib.sha256(_FILE.read_bytes()).hexdigest()

"""By which words does an employer's industry show, which do we know by name, and which NAICS sector is nearest?

Read from data/industries.
"""

import hashlib
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from jobtide.enrich.automaton import fold
from jobtide.model import INDUSTRIES

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "industries"
_FILE, _EMPLOYERS = _FOLDER / "industries.txt", _FOLDER / "employers.txt"
_HEAD = re.compile(r"\[(\w+) (\d\d)\]")
_SHORT = 3  # letters: "tv" and "agi" have no other number
# Legal forms and articles that a name is known without.
_FORMS = frozenset({
    "the", "inc", "incorporated", "llc", "ltd", "limited", "gmbh", "corp", "corporation", "co", "company",
    "plc", "ag", "sa", "se", "nv", "bv", "ab", "oy", "holdings",
})  # fmt: skip


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
    for folded in list(phrases):  # not the other way: "building" of "buildings" is no noun of an industry
        if folded[-1:] != b"s" and len(folded) > _SHORT:
            phrases.setdefault(folded + b"s", phrases[folded])
    return Vocabulary({words: tuple(found) for words, found in phrases.items() if words}, naics)


@cache
def _employers() -> dict[str, str]:
    out: dict[str, str] = {}
    industry = ""
    for number, line in enumerate(_EMPLOYERS.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("["):
            industry = line.strip("[]")
            if industry not in INDUSTRIES:
                raise ValueError(f"{_EMPLOYERS.name} line {number}: no industry {industry!r}")
        elif line and line[0] != "#":
            out |= {_plain(name): industry for name in line.split(";") if name.strip()}
    return out


@lru_cache(maxsize=4096)  # a board repeats its employer on every posting
def of_employer(name: str) -> str:
    """Return the industry of a well-known employer, "" of any other.

    >>> of_employer("NVIDIA Corporation"), of_employer("Anvil Boats")
    ('manufacturing_hardware', '')
    """
    return _employers().get(_plain(name), "") if name else ""


@lru_cache(maxsize=4096)
def of_heading(name: str) -> str:
    """Return the industry of a well-known employer by its name as advertisements write it, "" of any other.

    >>> of_heading("Priceline.com"), of_heading("Zappos Labs"), of_heading("Labs")
    ('logistics_travel', 'ecommerce_retail', '')
    """
    industry = of_employer(name)
    while not industry and (tail := _TAIL.search(name)) and tail.start() >= _LEAST_NAME:
        name = name[: tail.start()]
        industry = of_employer(name)
    return industry


def is_word(name: str) -> bool:
    """Whether a well-known employer's name has another meaning in the middle of a heading: a tool, a town, a permit."""
    return name.lower().rstrip(".") in _WORDS


# A part of the employer, or the address of its site.
_TAIL = re.compile(
    r"(?i)(?:\.(?:com|io|org|net|co)| (?:labs|research|technologies|technology|engineering|group|team|uk|usa?|europe|international|global|&|and))\.?$"
)
_LEAST_NAME = 6  # letters: "Tidal Labs" is not of Tidal
_WORDS = frozenset({
    "visa", "flatiron", "draper", "hartford", "scale", "orange", "meta", "ee", "software", "software engineering", "browser",
    "docker", "mongodb", "elastic", "elasticsearch", "redis", "unity", "puppet", "ansible", "wordpress", "magento", "salesforce",
    "sap", "oracle", "github", "gitlab", "heroku", "tableau", "datadog", "splunk", "twilio", "shopify", "slack", "acquia", "target",
    "gap", "ring", "ea", "arm", "ge", "hp", "box", "medium", "compass", "color", "snowflake", "databricks", "kong", "nginx", "android",
})  # fmt: skip


def _plain(name: str) -> str:
    """Letters and digits of a name in lower case, without its legal form."""
    words = re.findall(r"\w+", name.lower().replace("'", "").replace("’", "").replace(".", ""))
    return "".join(word for word in words if word not in _FORMS) or "".join(words)


@cache
def sha256() -> str:
    """Return the files' fingerprint, part of the specification that facts depend on."""
    return hashlib.sha256(_FILE.read_bytes() + _EMPLOYERS.read_bytes()).hexdigest()

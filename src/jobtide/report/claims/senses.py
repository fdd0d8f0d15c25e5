"""In which sense is a claim meant? Forecast or measured, up or down, a degree needed or held."""

import re
from collections.abc import Iterator

from jobtide.report.claims import wording
from jobtide.report.claims.numbers import Quantity

_I = re.IGNORECASE
_PROJECTED = re.compile(
    r"\b(?:project(?:ed|ions?|s)|forecast\w*|expected|predict\w*|anticipat\w*|estimated to|will"
    r"|by 20\d\d|set to|slated)\b",
    _I,
)
NEEDED = re.compile(
    r"\b(?:fundamental|required?|requires|requirement|essential|mandatory|must|need(?:ed|s)?"
    r"|necessary|prerequisite|indispensable|crucial|minimum|non-negotiable|vital)\b",
    _I,
)
_UNNEEDED = re.compile(
    r"\bnot (?:be )?(?:strictly |always |typically |usually |necessarily )?(?:sufficient|enough"
    r"|required|necessary|needed|mandatory|essential|a (?:must|requirement|prerequisite))\b"
    r"|\b(?:isn[’']t|aren[’']t|is not|are not) (?:\w+ )?(?:sufficient|enough|required|necessary"
    r"|needed|mandatory|essential)\b"
    r"|\b(?:do|does)(?:n[’']t| not) (?:\w+ )?(?:need|require|suffice)\b|\bwithout (?:a|an|any) "
    r"(?:\w+ ){0,3}degree\b|\bno (?:\w+ ){0,3}degree (?:is )?(?:required|needed|necessary)\b"
    r"|\boptional\b|\binsufficient\b|\bunnecessary\b",
    _I,
)
_TOO_LITTLE = re.compile(
    r"\b(?:not|n[’']t|no longer|rarely|never)\b[^.;]{0,25}\b(?:sufficient|enough|suffice)\b"
    r"|\binsufficient\b",
    _I,
)


def senses(kind: str, quantity: Quantity, bare: str) -> Iterator[str]:
    """Yield the senses of a number's claim of type ``kind`` in the sentence ``bare``."""
    if _PROJECTED.search(bare):
        yield "projected"
    if wording.PREMIUM.search(bare):
        yield "premium"
    near = bare[max(0, quantity.start - 60) : quantity.end + 30]
    if kind in ("growth", "cagr") and wording.DOWN.search(near):
        yield "down"
    if kind == "degree":
        yield from need(bare)


def need(bare: str) -> Iterator[str]:
    """What a sentence says of a degree: held by people, not enough, not needed, or needed."""
    if re.search(r"\b(?:hold|holds|held|holding|have|has|possess\w*|graduat\w+|earned)\b", bare, _I):
        yield "held"
    if _TOO_LITTLE.search(bare):
        yield "insufficient"
    elif _UNNEEDED.search(bare):
        yield "unneeded"
    elif NEEDED.search(bare):
        yield "needed"

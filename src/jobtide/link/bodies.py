"""Which words of a posting's text are the job's own?

Company introductions, benefits and legal paragraphs stand under an employer's every title; two texts that share only
these are two jobs. A line is boilerplate if the employer prints it under many titles, or if its heading or its own
words say so (the only sign there is when an employer has few postings). Words that name a place are left out of the
comparison altogether: another city is no difference.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jobtide.link.places import BUILT_IN
from jobtide.link.roles import roles
from jobtide.link.signatures import shingles
from jobtide.link.words import I64, U64, Words, mixed, words

_FEWEST_TITLES = 3  # a line under fewer different titles may be the template of one role
_SHARE_OF_TITLES = 0.06
_LONGEST_HEADING = 7  # words

_COMPANY = """
about us company benefits perks offer offers culture values equal diversity inclusion inclusive compensation mission why
interview process recruitment privacy notice disclaimer statement love life investors backed
benefit vorteile bieten uns unternehmen avantages offrons
"""
_JOB = """
you your you'll role job position responsibilities requirements qualifications duties skills experience looking do
responsibility requirement opportunity team tasks need must nice bonus aufgaben profil dein deine missions profil
"""
_LEGAL = """
equal opportunity employer race color colour religion sex gender sexual orientation identity origin disability veteran
disabilities veterans ancestry marital pregnancy accommodation accommodations discriminate discrimination protected
applicants status age citizenship
"""
_BREATH = 4  # words from one working time to the other: "part-time or full-time"
_LEGAL_WORDS = 5  # so many of them in one line make it a legal one


@dataclass(frozen=True, slots=True)
class Body:
    """What is compared of one text: sorted hashes of its shingles and of its own lines' shingles.

    ``years`` are the numbers of years it asks for; ``nights`` says whether it speaks of work at night,
    ``roles`` has a number for each craft and kind of person it names.
    ``hours`` is "full" or "part" by the working time it names first, "" if it names none or both.
    """

    whole: U64
    own: U64
    years: frozenset[int]
    nights: bool = False
    roles: frozenset[int] = frozenset()
    hours: str = ""


def bodies(texts: Sequence[str], families: Sequence[Sequence[int]], neutral: Set[str] = frozenset()) -> list[Body]:
    """Return a body for each of one employer's distinct texts.

    ``families[i]`` numbers the titles (levels and places aside) under which text ``i`` stands; ``neutral`` are the
    employer's own place words. No texts give no bodies.
    """
    if not texts:
        return []
    cut = words(pa.array(texts, pa.string()))
    years = _years(cut)
    nights = _nights(cut)
    named = roles(cut)
    hours = _hours(cut)
    line, line_text = _lines(cut)
    heads = _line_hashes(cut.hashes, line)
    company = _frequent(heads, line_text, families) | _announced(cut.hashes, line, line_text)
    kept = ~np.isin(cut.hashes, _hashes_of(BUILT_IN | neutral))
    bare = Words(cut.hashes[kept], np.append(0, np.cumsum(kept))[cut.offsets], cut.lines[kept], ())
    tokens, offsets = shingles(bare)
    own = ~company[line[kept]]
    return [
        Body(
            np.unique(tokens[a:b]),
            np.unique(tokens[a:b][own[a:b]]),
            years[i],
            nights[i],
            named[i],
            hours[i],
        )
        for i, (a, b) in enumerate(zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True))
    ]


def _lines(cut: Words) -> tuple[I64, I64]:
    """The running number of each word's line, and the text that each line belongs to."""
    owner = np.repeat(np.arange(len(cut.offsets) - 1), np.diff(cut.offsets))
    fresh = np.append(True, (np.diff(cut.lines) != 0) | (np.diff(owner) != 0))[: len(owner)]
    return np.cumsum(fresh) - 1, owner[fresh]


def _line_hashes(hashes: U64, line: I64) -> U64:
    """One hash a line, over its words in their order."""
    begins = np.flatnonzero(np.append(True, np.diff(line) != 0)[: len(line)])
    place = np.arange(len(line)) - begins[line]
    return np.add.reduceat(mixed(hashes + place.astype(np.uint64)), begins) if len(begins) else np.empty(0, np.uint64)


def _frequent(heads: U64, line_text: I64, families: Sequence[Sequence[int]]) -> npt.NDArray[np.bool_]:
    """Which lines stand under many different titles."""
    total = len({family for some in families for family in some})
    enough = max(_FEWEST_TITLES, int(_SHARE_OF_TITLES * total))
    sizes = np.array([len(some) for some in families])
    flat = np.array([family for some in families for family in some], np.int64)
    starts = np.append(0, np.cumsum(sizes))[:-1]
    _, number = np.unique(heads, return_inverse=True)
    times = sizes[line_text]
    first = np.repeat(starts[line_text] - np.append(0, np.cumsum(times))[:-1], times)
    under = flat[first + np.arange(int(times.sum()))]
    pairs = np.unique(np.repeat(number, times) * (total + 1) + under)
    return np.asarray(np.bincount(pairs // (total + 1), minlength=len(heads))[number] >= enough)


def _announced(hashes: U64, line: I64, line_text: I64) -> npt.NDArray[np.bool_]:
    """Which lines stand under a heading about the company, or read like an equal-opportunity clause."""
    count = len(line_text)
    length = np.bincount(line, minlength=count)
    company = np.bincount(line, np.isin(hashes, _COMPANY_HASHES), count) > 0
    job = np.bincount(line, np.isin(hashes, _JOB_HASHES), count) > 0
    heading = (length <= _LONGEST_HEADING) & (company | job)
    # The last heading above decides; before the first heading of a text everything is the job's own.
    fresh = np.append(True, np.diff(line_text) != 0)[:count]
    at = np.maximum.accumulate(np.where(heading | fresh, np.arange(count), 0))
    below_company = heading[at] & company[at] & ~job[at]
    legal = np.bincount(line, np.isin(hashes, _LEGAL_HASHES), count) >= _LEGAL_WORDS
    return np.asarray(below_company | legal)


def _years(cut: Words) -> list[frozenset[int]]:
    """The numbers of years that each text names ("5+ years", "3 years"), 1 to 20."""
    said = np.flatnonzero(np.isin(cut.hashes, _YEAR_HASHES))
    said = said[said > 0]
    position = np.searchsorted(_SORTED_NUMBERS, cut.hashes[said - 1]).clip(0, len(_SORTED_NUMBERS) - 1)
    right = _SORTED_NUMBERS[position] == cut.hashes[said - 1]
    owner = np.searchsorted(cut.offsets, said[right], side="right") - 1
    out: list[set[int]] = [set() for _ in range(len(cut.offsets) - 1)]
    for text, number in zip(owner.tolist(), _NUMBER_ORDER[position[right]].tolist(), strict=True):
        out[text].add(number + 1)
    return [frozenset(some) for some in out]


def _nights(cut: Words) -> list[bool]:
    """Whether each text names the night: the one word that tells two shifts of one job apart."""
    said = np.append(0, np.cumsum(np.isin(cut.hashes, _NIGHT_HASHES)))
    return [bool(count) for count in np.diff(said[cut.offsets]).tolist()]


def _hours(cut: Words) -> list[str]:
    """The working time that each text names first; "" if it names none, or the other in the same breath."""
    said = np.flatnonzero(np.isin(cut.hashes, _TIME_HASHES))
    said = said[said > 0]
    full, part = (cut.hashes[said - 1] == word for word in _FULL_PART)
    said, full = said[full | part], full[full | part]
    owner = np.searchsorted(cut.offsets, said, side="right") - 1
    first = np.append(True, np.diff(owner) != 0)[: len(said)]
    both = np.append((np.diff(said) <= _BREATH) & (np.diff(full.astype(np.int8)) != 0), False)[: len(said)]
    out = [""] * (len(cut.offsets) - 1)
    for text, is_full in zip(owner[first & ~both].tolist(), full[first & ~both].tolist(), strict=True):
        out[text] = "full" if is_full else "part"
    return out


def _hashes_of(some: Set[str]) -> U64:
    return words(pa.array(sorted(some), pa.string())).hashes


_COMPANY_HASHES = _hashes_of(frozenset(_COMPANY.split()))
_JOB_HASHES = _hashes_of(frozenset(_JOB.split()))
_LEGAL_HASHES = _hashes_of(frozenset(_LEGAL.split()))
_YEAR_HASHES = _hashes_of(frozenset(("year", "years", "yrs", "jahre", "ans")))
_NIGHT_HASHES = _hashes_of(frozenset(("night", "nights", "overnight", "overnights", "nightshift")))
_TIME_HASHES = _hashes_of(frozenset(("time",)))
_FULL_PART = words(pa.array(["full", "part"], pa.string())).hashes
_NUMBER_HASHES = words(pa.array([str(n) for n in range(1, 21)], pa.string())).hashes
_NUMBER_ORDER = np.argsort(_NUMBER_HASHES)
_SORTED_NUMBERS = _NUMBER_HASHES[_NUMBER_ORDER]

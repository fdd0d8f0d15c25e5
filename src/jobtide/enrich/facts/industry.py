"""Industry: what the employer does, by the words with which it speaks of itself; a guess where it says little. Who opens
with the name of an employer that everybody knows is that employer.

Every phrase of the vocabulary counts once a posting, with the square of its weight and most where the employer presents
itself. A block that names four industries lists customers: only what it says of software and AI counts. Most employers of job boards sell
software: that stands unless something else outweighs it, and is then marked as estimated.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from jobtide.enrich.blocks import Placed
from jobtide.enrich.industries import is_word, load, of_heading
from jobtide.model import Found, Window

KINDS = ("industry",)
_PHRASES = tuple(load().phrases.items())
PHRASES = tuple(words.decode() for words, _ in _PHRASES)
_SECTIONS = {"about": 1.0, "other": 0.7, "title": 0.8, "duties": 0.5, "requirements": 0.3, "nice": 0.1}
_FIRST, _FIRST_SHARE = 1200, 4.0  # bytes of the text in which most employers say who they are, and what that counts
_READ = 2000  # bytes of the text that are read: on labelled postings reading on changed nothing
REACH = _READ + len("- ")  # what the shared pass gives: the text may begin with an item
_USUAL, _PRIOR = "software_internet", 6.0
_ANYBODY = frozenset({_USUAL, "ai_lab"})  # they sell to every other industry, and say so
_LISTED = 4  # other industries in one block: a list of customers
_SURE = 20.0  # lead over the second at which there is hardly a doubt
# A forum's advertisement opens with who advertises: "Tidewell | Lisbon | ...", "Tidewell, Inc. (YC S14) - ...".
_ENDED = rb"(?= *(?:[|(\[\n,:]| - | -- | \* | // | \xe2\x80[\x93\x94\xa2] | is (?:hiring|looking)\b|$))"
_HEADLINE = re.compile(rb"(?:(?:Company|Employer): )?([^|(\[\n,:*]{2,40}?)" + _ENDED)
# Or names the job or the place first: "Data Engineer at Tidewell", "Lisbon - Tidewell - ...".
_PART = re.compile(
    rb"(?:\| ?| - | -- | \xe2\x80[\x93\x94\xa2] | at | @ |(?:Company|Employer): )([A-Z0-9@][^|(\[\n,:*]{1,38}?)"
    + _ENDED
)
_HEAD = 120  # bytes of the text in which such a part stands


def find(text: bytes, blocks: Sequence[Window], hits: Sequence[Placed]) -> Iterator[Found]:
    """Yield one industry at most, with its NAICS 2022 sector in ``extra`` and its most telling words as evidence.

    ``hits``: (start, end, number of the phrase in ``PHRASES``, number of the block), in order.

    >>> text, number = b"We are a fintech.", PHRASES.index("fintech")
    >>> [(f.concept, f.extra) for f in find(text, [Window(0, 17, "about")], [(9, 16, number, 0)])]
    [('finance_insurance', '52')]
    """
    begun, section = next(((w.start, w.section) for w in blocks if w.section not in ("title", "location")), (0, ""))
    if known := _headed(text, begun):
        industry, start, end = known
        yield Found(
            "industry", industry, start=start, end=end, section=section, confidence=0.9, rule="industry/headline",
            basis="derived", extra=load().naics[industry],
        )  # fmt: skip
        return
    scores = {_USUAL: _PRIOR}
    telling: dict[str, tuple[float, Placed]] = {}
    for share, hit in _first_mentions(blocks, hits[: bisect_left(hits, (begun + _READ,))]):
        if begun <= hit[0] < begun + _FIRST:
            share *= _FIRST_SHARE
        for industry, weight in _PHRASES[hit[2]][1]:
            worth = share * weight * weight / 2
            scores[industry] = scores.get(industry, 0.0) + worth
            if industry not in telling or worth > telling[industry][0]:
                telling[industry] = worth, hit
    ranked = sorted([(-score, industry) for industry, score in scores.items()])
    score, best = ranked[0]
    if best not in telling:
        return
    lead = (ranked[1][0] if len(ranked) > 1 else 0.0) - score
    start, end, _, block = telling[best][1]
    section = blocks[block][2]
    yield Found(
        "industry", best, start=start, end=end, section=section, confidence=round(min(0.9, 0.4 + 0.5 * lead / _SURE), 2),
        rule="industry/words", basis="estimated" if best == _USUAL and lead < _PRIOR else "derived", extra=load().naics[best],
    )  # fmt: skip


def _headed(text: bytes, begun: int) -> tuple[str, int, int] | None:
    """The industry of the well-known employer that a text which begins at ``begun`` is headed by, and where its name stands."""
    opening = _HEADLINE.match(text, begun, begun + 60)
    name = opening[1].decode(errors="replace") if opening else ""
    # "Orange, California" and "Visa: we sponsor" name no employer.
    word = opening is not None and text.startswith((b",", b":"), opening.end()) and is_word(name)
    if opening and not word and (industry := of_heading(name)):
        return industry, opening.start(1), opening.end(1)
    for part in _PART.finditer(text, begun, begun + _HEAD):
        name = part[1].decode(errors="replace")
        if not is_word(name) and (industry := of_heading(name)):
            return industry, part.start(1), part.end(1)
    return None


def _first_mentions(blocks: Sequence[Window], hits: Sequence[Placed]) -> Iterable[tuple[float, Placed]]:
    """Each phrase where it counts most, with its share; of a block that lists customers only what tells of the maker."""
    best: dict[int, tuple[float, Placed]] = {}
    for block, within in groupby(hits, key=_block):
        share = _SECTIONS.get(blocks[block][2])
        if share is None:
            continue
        kept = list(within)
        if len(kept) > 1 and len(set().union(*[_OTHERS[hit[2]] for hit in kept])) >= _LISTED:
            kept = [hit for hit in kept if all(industry in _ANYBODY for industry, _ in _PHRASES[hit[2]][1])]
        for hit in kept:
            before = best.get(hit[2])
            if before is None or share > before[0]:
                best[hit[2]] = share, hit
    return best.values()


_block = itemgetter(3)
# The industries that each phrase surely tells, but for those that sell to every other.
_OTHERS = [{industry for industry, weight in told if weight > 1} - _ANYBODY for _, told in _PHRASES]

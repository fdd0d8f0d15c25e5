"""Which skills does a posting name, which words say so, and is each required, preferred or only mentioned?

The automaton proposes, guards rule out namesakes, and the trained gate weighs what is left: what an employer says of
itself is rarely a skill it asks for, nor is its own product unless somebody shall know it. One entry a skill: its best
mention, which is the one with the strongest need, the first among equals.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from jobtide.enrich import flat, gate
from jobtide.enrich.blocks import Hit, longest
from jobtide.enrich.gate import COUNTS, Named
from jobtide.enrich.guards import (
    APART,
    ASK,
    JOINTS,
    REFUSED,
    REST,
    SURE,
    dotted,
    in_address,
    objection,
    refusal,
    studied,
    the_employers,
)
from jobtide.enrich.need import Signs, need_at, said
from jobtide.enrich.taxonomy import KINDS, Guard, Taxonomy
from jobtide.model import Found, Window

Mention = tuple[int, int, int, int]  # start, end, number of the pattern, and the doubt about it as in ``guards``

_STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1, "negated": 0}
# Methods and practices are subjects of degrees too; a product is not studied.
_STUDIED = frozenset({"method", "practice"})
# A product named so often where the employer speaks of itself is the employer's own, or what it sells: on 6,693
# postings three of four such names are the board's, and most of the others a variant of it (Lambda, Clay, Beam).
_OWN = 3
# Sections that are no place for a skill, whatever its kind.
_MISPLACED = {
    "benefits": "only in benefits or legal text", "legal": "only in benefits or legal text",
    "location": "only in benefits or legal text", "about": "only in what the employer says of itself",
}  # fmt: skip
_SEVERAL = 3  # different skills make a line a list of them
_HYPHEN = ord("-")
_RESEMBLES = (b"-like", b"-style", b"-esque")  # "Terraform-like" is not Terraform
_TALK = ("about", "other")  # where a block may still speak to the person
_ASKING = ("requirements", "nice")
_BEST = 27  # rank of a required mention that no rule objects to
_RANK = {"": 24, "asked": 16, "outside": 0, "alone": 0, "studied": 0, "intro": -4, "talk": -4}
# What a rule's reason is to the gate; a reason that is not here is final. What the employer says of itself is "talk": a
# quarter of it is in the labels, and on a forum, where nothing has a heading, it may be all there is.
_SOFT = {"only outside what is asked for": "outside", "only describes something else": "alone"}
_FINAL = "final"
_NOTHING_SAID = Signs(False, False, False, False, False), ""


_RULES = {kind: f"skill/{kind}" for kind in KINDS}
_found = tuple.__new__  # a third of the price of calling the class; a posting has fourteen


def mentions(hits: Sequence[Hit]) -> list[Mention]:
    """Return the terms that no other covers, in order of position; each is still to be asked about."""
    return [(*hit, ASK) for hit in longest(hits)]


def find(
    text: bytes,
    folded: bytes,
    named: Sequence[Mention],
    windows: Sequence[Window],
    taxonomy: Taxonomy,
    own: bytes = b"",
) -> Iterator[Found]:
    """Yield one fact a skill, in order of position; ``named`` are ``mentions``, ``windows`` all blocks in order.

    ``own``: the employer's name, folded and without blanks; as a skill it counts only where it is asked for.
    """
    meant = candidates(text, folded, named, windows, taxonomy, own)
    weighed = gate.load()
    least = weighed.least
    believed = [
        (one.start, id, one, likely)
        for (id, one), likely in zip(meant.items(), weighed.score(text, meant), strict=True)
        if likely >= least[one.soft]
    ]
    believed.sort(key=_place)
    concepts = taxonomy.concepts
    for start, id, one, likely in believed:
        concept = concepts[id]
        begun = dotted(text, start) if concept.name[0] == "." else start
        yield _found(Found, (
            "skill", id, None, None, "", "", "", "", begun, one.end, one.window[2], one.need, likely,
            _RULES[concept.kind], "stated", "",
        ))  # fmt: skip


def candidates(
    text: bytes,
    folded: bytes,
    named: Sequence[Mention],
    windows: Sequence[Window],
    taxonomy: Taxonomy,
    own: bytes = b"",
) -> dict[str, Named]:
    """Return each concept that a posting may mean, with its best mention; a negated one is said to be negated.

    Best is what no rule objects to, then the strongest need, the first among equals.
    """
    meant: dict[str, Named] = {}
    crowds: dict[int, int] = {}
    talk: dict[str, int] = {}
    of, asking, checks = taxonomy.of, taxonomy.asking, taxonomy.checks
    # Where the employer speaks of itself first, it says what it builds; later, how it treats its people.
    headed = next((begun for begun, _, _, kind in windows if kind == "heading"), len(text))
    # Most mentions do not begin as the employer's name does, or are shorter.
    first, least = own[0] if own else -1, len(own)
    for window, misplaced, mentioned in _by_block(text, named, flat.parts(text, windows)):
        if misplaced:
            for _, _, index, _ in mentioned:
                talk[of[index].id] = talk.get(of[index].id, 0) + 1
            if window[2] != "about":
                continue
        count = COUNTS[window[2]]
        sign, settled = said(text, window) if not misplaced else _NOTHING_SAID
        crowd = 0
        for start, end, index, doubt in mentioned:
            concept = of[index]
            if folded[start] == first and end - start >= least and the_employers(text, start, end, window, own):
                talk[concept.id] = talk.get(concept.id, 0) + 1
                continue
            soft = ""
            if doubt:
                soft = _soft(text, folded, start, end, window, checks[index], doubt)
                if soft is _FINAL:
                    continue
            crowd += 1
            before = meant.get(concept.id)
            if before is None or before.rank < _BEST:
                if misplaced:
                    soft, need = "talk" if window[0] > headed else "intro", "mentioned"
                else:
                    if sign[3] and concept.kind in _STUDIED and studied(text, start, end, window):
                        soft = "studied"
                    need = settled or need_at(text, start, end, window, sign)
                    if need == "mentioned" and not soft and asking[index]:
                        soft = "asked"
                rank = _RANK[soft] + _STRENGTH[need]
                if before is None:
                    meant[concept.id] = Named(start, end, window, need, soft, rank, count)
                    continue
                if rank > before.rank:
                    before.start, before.end, before.window = start, end, window
                    before.need, before.soft, before.rank = need, soft, rank
            before.counts += count
        crowds[window[0]] = crowd
    for one in meant.values():
        one.crowd = crowds[one.window[0]]
    for id, times in talk.items():
        sold = times >= _OWN and taxonomy.concepts[id].kind not in _STUDIED
        if sold and id in meant and meant[id].need == "mentioned":
            del meant[id]
    return meant


_place = itemgetter(0)


def rejected(
    text: bytes,
    folded: bytes,
    named: Sequence[Mention],
    windows: Sequence[Window],
    taxonomy: Taxonomy,
    own: bytes = b"",
) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, skill name, reason) of what a guard or the gate refused.

    A name that only stands in company talk is left out, unless it is a namesake there too ("go to market"). The
    employer's own name (``own`` as in ``find``) is said once.
    """
    named_own = False
    for window, misplaced, mentioned in _by_block(text, named, flat.parts(text, windows)):
        for start, end, index, _ in mentioned:
            if own and the_employers(text, start, end, window, own):
                if not named_own:
                    yield start, end, taxonomy.of[index].name, "the employer's own name"
                named_own = True
                continue
            guard = taxonomy.checks[index]
            if not misplaced:
                reason = doubt(text, folded, start, end, window, guard)
            else:
                reason = refusal(text, folded, start, end, window, guard) if guard is not None else ""
            if reason and not reason.startswith("only"):
                yield start, end, taxonomy.of[index].name, reason
    meant = candidates(text, folded, named, windows, taxonomy, own)
    weighed = gate.load()
    for (id, one), likely in zip(meant.items(), weighed.score(text, meant), strict=True):
        if likely < weighed.least[""] and not one.soft:
            yield one.start, one.end, taxonomy.concepts[id].name, f"unlikely here ({likely:.2f})"


def _by_block(
    text: bytes, named: Sequence[Mention], windows: Sequence[Window]
) -> Iterator[tuple[Window, str, Sequence[Mention]]]:
    """Each block with its mentions, from left to right: why its section is no place for a skill ("" if it is one).

    Talk that speaks to the person counts as requirements.
    """
    starts = [window[0] for window in windows]
    starts.append(len(text) + 1)
    begun, count = 0, len(named)
    while begun < count:
        at = bisect_right(starts, named[begun][0])
        behind = starts[at]
        number = begun + 1
        while number < count and named[number][0] < behind:
            number += 1
        window = windows[at - 1]
        if window[2] in _TALK and flat.speaks(text, window):
            window = Window(window[0], window[1], "requirements", window[3])
        yield window, _MISPLACED.get(window[2], ""), named[begun:number]
        begun = number


def doubt(text: bytes, folded: bytes, start: int, end: int, window: Window, guard: Guard | None) -> str:
    """Return why a mention in a place for skills is refused, "" if it is not."""
    reason = refusal(text, folded, start, end, window, guard) if guard is not None else ""
    if not reason or reason in _SOFT:
        after = text[min(end, len(text) - 1)]
        if (after in JOINTS or text[start - 1] in JOINTS) and in_address(text, start, end):
            return "part of an address"
        if after == _HYPHEN and text[end : end + 6].startswith(_RESEMBLES):
            return "only likened to it"
    return reason


def _soft(text: bytes, folded: bytes, start: int, end: int, window: Window, guard: Guard | None, said: int) -> str:
    """What the doubt about a mention is to the gate, "" if there is none; ``said``: what the shared pass said of it."""
    if said >= APART:
        return _FINAL
    if said == REST and guard is not None:
        reason = objection(text, folded, start, end, window, guard)
    else:
        reason = doubt(text, folded, start, end, window, guard)
    return _SOFT.get(reason, _FINAL) if reason else ""


def listed(text: bytes, folded: bytes, named: Sequence[Mention], window: Window, taxonomy: Taxonomy) -> bool:
    """Whether a block lists several skills, whatever section it stands in; ``named`` are ``mentions``."""
    asked = Window(window.start, window.end, "requirements", window.kind)
    first = bisect_left(named, (window.start,))
    behind = bisect_left(named, (window.end,))
    several = set()
    for start, end, index, sure in named[first:behind]:
        guard = taxonomy.checks[index] if sure != SURE else None
        if sure != REFUSED and (guard is None or not refusal(text, folded, start, end, asked, guard)):
            several.add(taxonomy.of[index].id)
    return len(several) >= _SEVERAL

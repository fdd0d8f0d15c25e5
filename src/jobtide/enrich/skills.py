"""Which skills does a posting name, which words say so, and is each required, preferred or only mentioned?

The automaton proposes, guards rule out namesakes, and the trained gate weighs what is left: what an employer says of
itself is rarely a skill it asks for, nor is its own product unless somebody shall know it. One entry a skill: its best
mention, which is the one with the strongest need, the first among equals.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import itemgetter

from jobtide.enrich import flat, gate
from jobtide.enrich.gate import COUNTS, Named
from jobtide.enrich.guards import JOINTS, dotted, in_address, refusal, studied, the_employers
from jobtide.enrich.need import need_at, said
from jobtide.enrich.taxonomy import KINDS, Guard, Taxonomy
from jobtide.model import Found, Window

Hit = tuple[int, int, int]

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
_RANK = {"": 24, "asked": 16, "outside": 0, "alone": 0, "studied": 0}
# What a rule's reason is to the gate; a reason that is not here is final. So is what the employer says of itself: the
# labels have a quarter of it, but on 80 postings of employers nobody had read the gate admitted three wrong for one right.
_SOFT = {"only outside what is asked for": "outside", "only describes something else": "alone"}


_RULES = {kind: f"skill/{kind}" for kind in KINDS}
_found = tuple.__new__  # a third of the price of calling the class; a posting has fourteen


def find(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy, own: bytes = b""
) -> Iterator[Found]:
    """Yield one fact a skill, in order of position; ``hits`` are the taxonomy's, ``windows`` all blocks in order.

    ``own``: the employer's name, folded and without blanks; as a skill it counts only where it is asked for.
    """
    named = candidates(text, folded, hits, windows, taxonomy, own)
    weighed = gate.load()
    believed = [
        (one.start, id, one, likely)
        for (id, one), likely in zip(named.items(), weighed.score(text, named), strict=True)
        if likely >= weighed.threshold
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
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy, own: bytes = b""
) -> dict[str, Named]:
    """Return each concept that a posting may mean, with its best mention; a negated one is said to be negated.

    Best is what no rule objects to, then the strongest need, the first among equals.
    """
    named: dict[str, Named] = {}
    crowds: dict[int, int] = {}
    talk: dict[str, int] = {}
    of, asking, checks = taxonomy.of, taxonomy.asking, taxonomy.checks
    first = own[0] if own else -1  # most mentions do not begin as the employer's name does
    for window, misplaced, mentions in _by_block(text, hits, flat.parts(text, windows)):
        if misplaced:
            for _, _, index in mentions:
                talk[of[index].id] = talk.get(of[index].id, 0) + 1
            continue
        count = COUNTS[window[2]]
        sign, settled = said(text, window)
        crowd = 0
        for start, end, index in mentions:
            concept = of[index]
            if folded[start] == first and the_employers(text, start, end, window, own):
                talk[concept.id] = talk.get(concept.id, 0) + 1
                continue
            reason = _doubt(text, folded, start, end, window, checks[index])
            soft = _SOFT.get(reason) if reason else ""
            if soft is None:
                continue
            crowd += 1
            before = named.get(concept.id)
            if before is None or before.rank < _BEST:
                if sign.degree and concept.kind in _STUDIED and studied(text, start, end, window):
                    soft = "studied"
                need = settled or need_at(text, start, end, window, sign)
                if need == "mentioned" and not soft and asking[index]:
                    soft = "asked"
                rank = _RANK[soft] + _STRENGTH[need]
                if before is None:
                    named[concept.id] = Named(start, end, window, need, soft, rank, count)
                    continue
                if rank > before.rank:
                    before.start, before.end, before.window = start, end, window
                    before.need, before.soft, before.rank = need, soft, rank
            before.counts += count
        crowds[window[0]] = crowd
    for one in named.values():
        one.crowd = crowds[one.window[0]]
    for id, times in talk.items():
        sold = times >= _OWN and taxonomy.concepts[id].kind not in _STUDIED
        if sold and id in named and named[id].need == "mentioned":
            del named[id]
    return named


_place = itemgetter(0)


def rejected(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy, own: bytes = b""
) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, skill name, reason) of what a guard or the gate refused.

    A name that only stands in company talk is left out, unless it is a namesake there too ("go to market"). The
    employer's own name (``own`` as in ``find``) is said once.
    """
    named_own = False
    for window, misplaced, mentions in _by_block(text, hits, flat.parts(text, windows)):
        for start, end, index in mentions:
            if own and the_employers(text, start, end, window, own):
                if not named_own:
                    yield start, end, taxonomy.of[index].name, "the employer's own name"
                named_own = True
                continue
            guard = taxonomy.checks[index]
            if not misplaced:
                reason = _doubt(text, folded, start, end, window, guard)
            else:
                reason = refusal(text, folded, start, end, window, guard) if guard is not None else ""
            if reason and not reason.startswith("only"):
                yield start, end, taxonomy.of[index].name, reason
    named = candidates(text, folded, hits, windows, taxonomy, own)
    weighed = gate.load()
    for (id, one), likely in zip(named.items(), weighed.score(text, named), strict=True):
        if likely < weighed.threshold and not one.soft:
            yield one.start, one.end, taxonomy.concepts[id].name, f"unlikely here ({likely:.2f})"


def _by_block(text: bytes, hits: Sequence[Hit], windows: Sequence[Window]) -> Iterator[tuple[Window, str, list[Hit]]]:
    """Each block with longest mentions, from left to right: why its section is no place for a skill ("" if it is one)."""
    kept = longest(hits)
    following = [*(window[0] for window in windows[1:]), len(text) + 1]
    at = begun = 0
    for number, (start, _, _) in enumerate(kept):
        if start < following[at]:
            continue
        if number > begun:
            yield *_placed(text, windows[at]), kept[begun:number]
            begun = number
        while following[at] <= start:
            at += 1
    if begun < len(kept):
        yield *_placed(text, windows[at]), kept[begun:]


def _placed(text: bytes, window: Window) -> tuple[Window, str]:
    """The block, as requirements if it is talk that speaks to the person, and why its section is no place for a skill."""
    if window[2] in _TALK and flat.speaks(text, window):
        window = Window(window[0], window[1], "requirements", window[3])
    return window, _MISPLACED.get(window[2], "")


def _doubt(text: bytes, folded: bytes, start: int, end: int, window: Window, guard: Guard | None) -> str:
    """Why a mention in a place for skills is refused, "" if it is not."""
    reason = refusal(text, folded, start, end, window, guard) if guard is not None else ""
    if not reason or reason in _SOFT:
        after = text[min(end, len(text) - 1)]
        if (after in JOINTS or text[start - 1] in JOINTS) and in_address(text, start, end):
            return "part of an address"
        if after == _HYPHEN and text[end : end + 6].startswith(_RESEMBLES):
            return "only likened to it"
    return reason


def listed(text: bytes, folded: bytes, hits: Sequence[Hit], window: Window, taxonomy: Taxonomy) -> bool:
    """Whether a block lists several skills, whatever section it stands in; ``hits`` in order of their ends."""
    asked = Window(window.start, window.end, "requirements", window.kind)
    first = bisect_left(hits, window.start, key=itemgetter(1))
    behind = bisect_left(hits, window.end + 1, key=itemgetter(1))
    named = set()
    for start, end, index in longest(hits[first:behind]):
        guard = taxonomy.checks[index]
        if guard is None or not refusal(text, folded, start, end, asked, guard):
            named.add(taxonomy.of[index].id)
    return len(named) >= _SEVERAL


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that no other covers, longest first where two overlap, in order of position.

    >>> longest([(0, 7, 1), (0, 16, 2), (8, 16, 3), (20, 23, 4)])
    [(0, 16, 2), (20, 23, 4)]
    """
    kept: list[Hit] = []
    begun = done = 0
    for hit in sorted(hits, key=_from_the_left):
        if hit[0] >= done:
            kept.append(hit)
        elif hit[1] - hit[0] > done - begun:
            kept[-1] = hit
        else:
            continue
        begun, done = hit[0], hit[1]
    return kept


def _from_the_left(hit: Hit) -> int:
    return (hit[0] << 32) - hit[1]

"""Which skills does a posting name, which words say so, and is each required, preferred or only mentioned?

The automaton proposes, guards and sections decide: what an employer says of itself is not a skill it asks for, nor
is its own product unless somebody shall know it. One entry a skill: its best mention, which is the one with the
strongest need, the first among equals.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from jobtide.enrich import flat
from jobtide.enrich.guards import JOINTS, dotted, in_address, refusal, studied
from jobtide.enrich.need import Signs, need_at, signs
from jobtide.enrich.taxonomy import Concept, Guard, Taxonomy
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
_RESEMBLES = (b"-like", b"-style", b"-esque")  # "Terraform-like" is not Terraform
_TALK = ("about", "other")  # where a block may still speak to the person
_CONFIDENCE = {"requirements": 0.9, "nice": 0.9, "duties": 0.8, "title": 0.85, "other": 0.7, "about": 0.5}


def find(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy
) -> Iterator[Found]:
    """Yield one fact a skill, in order of position; ``hits`` are the taxonomy's, ``windows`` all blocks in order."""
    best: dict[str, Found] = {}
    held: dict[int, Signs] = {}
    windows = flat.parts(text, windows)
    aside: dict[str, int] = {}
    for start, end, concept, window, guard, reason in _judged(text, folded, hits, windows, taxonomy):
        if reason:
            if window.section in _MISPLACED:
                aside[concept.id] = aside.get(concept.id, 0) + 1
            continue
        before = best.get(concept.id)
        if before is not None and before.need == "required":
            continue
        if window.start not in held:
            held[window.start] = signs(text, window)
        sign = held[window.start]
        if sign.degree and concept.kind in _STUDIED and studied(text, start, end, window):
            continue
        need = need_at(text, start, end, window, sign)
        if need == "mentioned" and guard is not None and "asked" in guard.flags:
            continue
        if before is None or _STRENGTH[need] > _STRENGTH[before.need]:
            best[concept.id] = Found(
                "skill", concept.id, start=dotted(text, start) if concept.name[0] == "." else start, end=end, section=window.section, need=need,
                confidence=_CONFIDENCE.get(window.section, 0.5), rule=f"skill/{concept.kind}",
            )  # fmt: skip
    own = {id for id, n in aside.items() if n >= _OWN and taxonomy.concepts[id].kind not in _STUDIED}
    yield from sorted(
        (f for f in best.values() if f.need != "mentioned" or f.concept not in own), key=lambda f: f.start
    )


def rejected(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy
) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, skill name, reason) of what a guard refused; what only stood in company talk is left out."""
    windows = flat.parts(text, windows)
    for start, end, concept, window, guard, reason in _judged(text, folded, hits, windows, taxonomy):
        if window.section == "about" and guard is not None:
            reason = refusal(text, folded, start, end, window, guard)
        if reason and not reason.startswith("only"):
            yield start, end, concept.name, reason


def _judged(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy
) -> Iterator[tuple[int, int, Concept, Window, Guard | None, str]]:
    """Every longest mention: its block, the guard that holds for it, and why it is refused ("" if it is not)."""
    starts = [window[0] for window in windows]
    misplaced = _MISPLACED.get
    of, guarded, last = taxonomy.of, taxonomy.guarded, len(text) - 1
    told: dict[int, Window] = {}
    for start, end, index in longest(hits):
        window = windows[bisect_right(starts, start) - 1]
        if window[2] in _TALK:
            window = _addressed(text, window, told)
        concept = of[index]
        guard = concept.guard if guarded[index] else None
        reason = misplaced(window[2], "")
        if not reason and guard is not None:
            reason = refusal(text, folded, start, end, window, guard)
        if (
            not reason
            and (text[start - 1] in JOINTS or text[min(end, last)] in JOINTS)
            and in_address(text, start, end)
        ):
            reason = "part of an address"
        if not reason and text[end : end + 1] == b"-" and text[end : end + 6].startswith(_RESEMBLES):
            reason = "only describes something else"
        yield start, end, concept, window, guard, reason


def _addressed(text: bytes, window: Window, told: dict[int, Window]) -> Window:
    """The block as requirements if it speaks to the person, else as it is; ``told`` keeps what was said of each."""
    if window[0] not in told:
        asks = flat.speaks(text, window)
        told[window[0]] = Window(window[0], window[1], "requirements", window[3]) if asks else window
    return told[window[0]]


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

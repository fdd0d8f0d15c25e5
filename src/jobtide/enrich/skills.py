"""Which skills does a posting name, which words say so, and is each required, preferred or only mentioned?

The automaton proposes, guards and sections decide: what an employer says of its product is not a skill it asks
for. One entry a skill: its best mention, which is the one with the strongest need, the first among equals.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from jobtide.enrich.guards import refusal
from jobtide.enrich.need import Signs, need_at, signs
from jobtide.enrich.taxonomy import Concept, Taxonomy
from jobtide.model import Found, Window

Hit = tuple[int, int, int]

_STRENGTH = {"required": 3, "preferred": 2, "mentioned": 1, "negated": 0}
# Kinds that are named for what they are wherever they stand; methods and practices are everyday words of company talk.
_CONCRETE = frozenset({"language", "ml_library", "cloud", "data"})
_CONFIDENCE = {"requirements": 0.9, "nice": 0.9, "duties": 0.8, "title": 0.85, "other": 0.7, "about": 0.5}


def find(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy
) -> Iterator[Found]:
    """Yield one fact a skill, in order of position; ``hits`` are the taxonomy's, ``windows`` all blocks in order."""
    best: dict[str, Found] = {}
    held: dict[int, Signs] = {}
    for start, end, concept, window, reason in _judged(text, folded, hits, windows, taxonomy):
        if reason:
            continue
        before = best.get(concept.id)
        if before is not None and before.need == "required":
            continue
        if window.start not in held:
            held[window.start] = signs(text, window)
        need = need_at(text, start, end, window, held[window.start])
        if before is None or _STRENGTH[need] > _STRENGTH[before.need]:
            best[concept.id] = Found(
                "skill", concept.id, start=start, end=end, section=window.section, need=need,
                confidence=_CONFIDENCE.get(window.section, 0.5), rule=f"skill/{concept.kind}",
            )  # fmt: skip
    yield from sorted(best.values(), key=lambda f: f.start)


def rejected(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy
) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, skill name, reason) of what a guard refused; what only stood in company talk is left out."""
    for start, end, concept, window, reason in _judged(text, folded, hits, windows, taxonomy):
        if reason and not reason.startswith("only") and window.section not in ("benefits", "legal"):
            yield start, end, concept.name, reason


def _judged(
    text: bytes, folded: bytes, hits: Sequence[Hit], windows: Sequence[Window], taxonomy: Taxonomy
) -> Iterator[tuple[int, int, Concept, Window, str]]:
    """Every longest mention with its block and why it is refused, "" if it is believed."""
    starts = [window.start for window in windows]
    of, guarded = taxonomy.of, taxonomy.guarded
    for start, end, index in longest(hits):
        window = windows[bisect_right(starts, start) - 1]
        concept = of[index]
        reason = _misplaced(concept, window)
        if not reason and guarded[index] and concept.guard is not None:
            reason = refusal(text, folded, start, end, window, concept.guard)
        yield start, end, concept, window, reason


def longest(hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits that no other covers, longest first where two overlap, in order of position.

    >>> longest([(0, 7, 1), (0, 16, 2), (8, 16, 3), (20, 23, 4)])
    [(0, 16, 2), (20, 23, 4)]
    """
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h[0], -h[1])):
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
        elif hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
            kept[-1] = hit
    return kept


def _misplaced(concept: Concept, window: Window) -> str:
    """Whether the block is no place for a skill of this kind."""
    section = window.section
    if section in ("requirements", "nice", "duties", "title"):
        return ""
    if section in ("benefits", "legal", "location"):
        return "only in benefits or legal text"
    if section == "about" and concept.kind not in _CONCRETE:
        return "only in what the employer says of itself"
    return ""

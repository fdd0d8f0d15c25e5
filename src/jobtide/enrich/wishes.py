"""Is a degree only wished for, where a sentence holds degrees, words of wishing and words of demanding?"""

from collections.abc import Sequence
from itertools import pairwise

from jobtide.enrich import patterns


def is_wish(
    piece: bytes,
    begin: int,
    number: int,
    marks: Sequence[tuple[int, int, str]],
    wish_at: Sequence[int],
    hard_at: Sequence[int],
    fields: Sequence[int] = (),
) -> bool:
    """Whether the word of wishing nearest behind the last alternative applies: "BS required, MS or PhD preferred"."""
    if not wish_at:
        return False
    wish_at = [w for w in wish_at if w not in fields and not _in_brackets(piece, begin, w, marks)]
    if not wish_at:
        return False
    if not hard_at and len(marks) == 1:
        return True
    if any(w < begin and begin - w < 30 for w in wish_at):
        return True
    after = [w for w in wish_at if w > begin]
    if not after:
        return False
    blockers = [h for h in hard_at if begin < h < after[0]]
    return not blockers and (number > 0 or len(marks) == 1 or after[0] - marks[-1][1] > 60 or _one_group(marks))


def _in_brackets(piece: bytes, begin: int, wish: int, marks: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a wish stands in brackets with what it is said of: "Masters (PhD preferred)", "BS (new graduates welcome)"."""
    opened = piece.rfind(b"(", begin, wish)
    if opened <= piece.rfind(b")", begin, wish):
        return False
    return any(opened < mark[0] < wish for mark in marks) or not _ONLY_HOW.match(piece[opened + 1 : wish])


# "(strongly preferred)", "(a degree is preferred)": brackets that go on about what stands before them.
_ONLY_HOW = patterns.compile(
    r"(?i)(?:(?:strongly|highly|helpful|useful|is|are|very|much|an?|big|huge|nice|bonus|not|or|but|and|which|also|this|that|it|degree|the|would|be|i\.?e\.?|relevant|advanced)\W+)*$"
)


def _one_group(marks: Sequence[tuple[int, int, str]]) -> bool:
    """Whether all degrees of the sentence stand together, as in "A Ph.D. or M.Sc. in ... is preferred"."""
    return all(b[0] - a[1] <= 12 for a, b in pairwise(marks))

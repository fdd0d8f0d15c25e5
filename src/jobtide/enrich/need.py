"""Is a skill required, preferred, only mentioned, or expressly not needed? Its section says, its sentence overrules."""

import re2

from jobtide.model import Window

_WISH = re2.compile(
    r"(?i)\b(?:a (?:big |huge |strong |definite )?plus|bonus|nice[- ]to[- ]have|preferred|preferably|ideally|desirable|desired|"
    r"advantageous|an advantage|beneficial|great to have|good to have|not required|would be great|welcome)\b"
)
_DEMAND = re2.compile(
    r"(?i)\b(?:experience (?:with|in|using|building|of|as|working|developing|deploying|designing)|proficien\w+|expertise|"
    r"(?:strong|solid|deep|good|hands-on|working|proven|in-depth|excellent|sound) (?:\w+ ){0,2}(?:knowledge|understanding|experience|skills?|"
    r"background|grasp|command|foundation)|knowledge of|familiar\w*|fluen\w+|must have|required|skilled in|understanding of|"
    r"comfortable (?:with|in|using|working)|background in|track record|years of|ability to|you have|command of|mastery)\b"
)
_NEGATION = re2.compile(
    r"(?i)\b(?:no (?:prior |previous )?(?:\w+ ){0,2}(?:experience|knowledge|background)?(?: (?:in|with|of))?|don['’]t need(?: to know)?|won['’]t need|without|"
    r"not (?:need|require|expect)\w*)\s*(?:any )?$"
)
_NOT_NEEDED_AFTER = re2.compile(r"(?i)^[^.;,\n]{0,30}\b(?:is|are) not (?:required|necessary|needed)\b")
_REACH = 160  # bytes of the sentence looked at on either side


def need_at(text: bytes, folded: bytes, start: int, end: int, window: Window) -> str:
    """Return required, preferred, mentioned or negated for the mention from ``start`` to ``end``."""
    section = window.section
    if section in ("requirements", "nice"):
        return _asked(text, start, end, window)
    if section == "title" or section == "about":
        return "mentioned"
    before, after = _sentence(text, start, end, window)
    if _NEGATION.search(before):
        return "negated"
    if _WISH.search(after) or _WISH.search(before):
        return "preferred"
    return "required" if _DEMAND.search(before) else "mentioned"


def _asked(text: bytes, start: int, end: int, window: Window) -> str:
    before, after = _sentence(text, start, end, window)
    if _NEGATION.search(before):
        return "negated"
    if _NOT_NEEDED_AFTER.search(after):
        return "preferred"
    if window.section == "nice":
        return "preferred"
    return "preferred" if _WISH.search(after) or _WISH.search(before) else "required"


def _sentence(text: bytes, start: int, end: int, window: Window) -> tuple[bytes, bytes]:
    """The words of the same sentence before and behind."""
    before = text[max(window.start, start - _REACH) : start]
    after = text[end : min(window.end, end + _REACH)]
    return before.rpartition(b". ")[2].rpartition(b"; ")[2], after.partition(b". ")[0].partition(b"; ")[0]

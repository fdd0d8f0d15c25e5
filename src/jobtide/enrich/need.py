"""Is a skill required, preferred, only mentioned, or expressly not needed? Its section says, its sentence overrules."""

from functools import lru_cache
from typing import NamedTuple

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Patterns
from jobtide.model import Window

_WISHES = (
    r"(?i)\b(?:a (?:big |huge |strong |definite |major |real |great )?plus|bonus|nice[- ]to[- ]haves?|preferred|preferably|ideally|desirable|desired|"
    r"advantageous|an? (?:strong |added |big |distinct )?(?:advantage|asset)|beneficial|great to have|good to have|not (?:strictly )?required|would be great|welcome|"
    r"preference (?:for|given|will be)|(?:be|is|are|highly|strongly|much|greatly) (?:appreciated|valued|regarded)|"
    r"von vorteil|wünschenswert|idealerweise|un plus|un atout|souhaitée|appréciée|deseables?|valorables?|se valora)\b|"
    r"(?i)\b(?:souhaités?|appréciés?|se valorará)(?:[^\pL]|$)"
)
_DEMANDS = (
    r"(?i)\b(?:experience (?:with|in|using|building|of|as|working|developing|deploying|designing)|proficien\w+|expertise|"
    r"(?:strong|solid|deep|good|hands-on|working|proven|in-depth|excellent|sound) (?:\w+ ){0,2}(?:knowledge|understanding|experience|skills?|"
    r"background|grasp|command|foundation)|knowledge of|familiar\w*|fluen\w+|must have|required|skilled in|understanding of|"
    r"comfortable (?:with|in|using|working)|background in|track record|years of|ability to|you have|command of|mastery)\b"
)
_WISH = patterns.compile(_WISHES)
_DEMAND = patterns.compile(_DEMANDS)
_NEGATION = patterns.compile(
    r"(?i)\b(?:no (?:prior |previous )?(?:\w+ ){0,2}(?:experience|knowledge|background)?(?: (?:in|with|of))?|don['’]t need(?: to know)?|won['’]t need|without|"
    r"not (?:need|require|expect)\w*)\s*(?:any )?$"
)
_NOT_NEEDED_AFTER = patterns.compile(r"(?i)^[^.;,\n]{0,30}\b(?:is|are) not (?:required|necessary|needed)\b")
_DENIALS = r"(?i)\b(?:no|not|without)\b|n['’]t\b"
_STUDIES = (
    r"(?i)degree|bachelor|master|ph\.? ?d|doctora|graduat|diploma|\bmajor|fields?\b|disciplin|certifi|subject|"
    r"\bb\.?s|\bm\.?s(?:c|\b)|\bb\.?a\b|\b[bm]\.?tech|\bb\.?e\b|\b[bm]\.?eng"
)
# "Preferably" is said of what follows, "a plus" of what stands before; a wish in brackets belongs to what it stands
# with there: "CI/CD pipelines (GitHub Actions preferred)", but "Rust (strongly preferred)".
_LEADS_ON = patterns.compile(r"(?i)\b(?:preferably|ideally|idealerweise|preference)\b")
_IN_BRACKETS = patterns.compile(r"\([^()]*\)")
_DONE_WITH = patterns.compile(
    r"(?i)\b(?:is|are|be|as)(?: \w+){0,2} (?:plus|bonus|preferred|desirable|desired|advantage|asset|beneficial|welcome|appreciated|valued)\)?[,;]\s"
)  # "Rust is a plus, Python a must"
_ABOUT_WHAT_STANDS_BEFORE = patterns.compile(
    r"(?i)^\((?:(?:strongly|highly|is|are|very|much|a|big|huge|nice|bonus|not|or|but|and|which|also)\W+)*$"
)
_BULLET = "•".encode()  # where line ends were lost, bullets part the sentences
_REACH = 160  # bytes of the sentence looked at on either side


def need_of(text: bytes, start: int, end: int, window: Window) -> str:
    """Return required, preferred, mentioned or negated for the mention from ``start`` to ``end``.

    Reads the whole block: who asks for many mentions asks ``said`` once.
    """
    signs, need = said(text, window)
    return need or need_at(text, start, end, window, signs)


def need_at(text: bytes, start: int, end: int, window: Window, signs: "Signs") -> str:
    """Return required, preferred, mentioned or negated for the mention from ``start`` to ``end``.

    For blocks whose words say more than their section; what the others say is ``said`` of all their mentions.
    """
    section = window[2]
    asked = section in ("requirements", "nice")
    before, after = _sentence(text, start, end, window)
    if signs.negation and _NEGATION.search(before):
        return "negated"
    if asked and signs.negation and _NOT_NEEDED_AFTER.search(after):
        return "preferred"
    if section == "nice" or (signs.wish and (_wished_for(after) or _wished_with(before))):
        return "preferred"
    return "required" if asked or (signs.demand and _DEMAND.search(before)) else "mentioned"


def _wished_with(before: bytes) -> bool:
    """Whether a wish in the sentence so far is said of what comes, not of what stood before it.

    >>> _wished_with(b"Ideally with "), _wished_with(b"Rust is a plus, we need ")
    (True, False)
    """
    done = list(_DONE_WITH.finditer(before))
    return _WISH.search(before, done[-1].end() if done else 0) is not None


def _wished_for(after: bytes) -> bool:
    """Whether a wish in the rest of the sentence is said of the words before it.

    >>> [_wished_for(rest) for rest in (b" is a plus", b", preferably in Rust", b" (Go preferred)", b" (preferred)")]
    [True, False, False, True]
    """
    for group in _IN_BRACKETS.finditer(after):
        wish = _WISH.search(after, group.start())
        if (
            wish
            and wish.start() < group.end()
            and not _ABOUT_WHAT_STANDS_BEFORE.match(after[group.start() : wish.start()])
        ):
            after = after[: group.start()] + b" " * (group.end() - group.start()) + after[group.end() :]
    wish = _WISH.search(after)
    return wish is not None and not _LEADS_ON.match(wish[0])


_BY_SECTION = {"requirements": "required", "nice": "preferred"}


class Signs(NamedTuple):
    """Which words of wishing, demanding, denying and studying a block holds at all: most blocks hold none."""

    wish: bool
    demand: bool
    negation: bool
    degree: bool


Said = tuple[Signs, str]


def said(text: bytes, window: Window) -> Said:
    """Return which words the block of ``window`` holds, and the need of all its mentions; "" if their sentences tell."""
    return _said(text[window[0] : window[1]], window[2])


@lru_cache(maxsize=16384)  # an employer's postings share two of five blocks
def _said(block: bytes, section: str) -> Said:
    held = _SIGNS.held(block)
    asked = section in _BY_SECTION
    found = Signs(0 in held and section != "nice", 1 in held and not asked, 2 in held, 3 in held)
    if section in ("title", "about"):
        return found, "mentioned"
    if found.wish or found.negation or (found.demand and not asked):
        return found, ""
    return found, _BY_SECTION.get(section, "mentioned")


_SIGNS = Patterns(_WISHES, _DEMANDS, _DENIALS, _STUDIES)


def _sentence(text: bytes, start: int, end: int, window: Window) -> tuple[bytes, bytes]:
    """The words of the same sentence before and behind."""
    before = text[max(window.start, start - _REACH) : start]
    after = text[end : min(window.end, end + _REACH)]
    before = before.rpartition(b". ")[2].rpartition(b"; ")[2]
    after = after.partition(b". ")[0].partition(b"; ")[0]
    return before.rpartition(_BULLET)[2], after.partition(_BULLET)[0]

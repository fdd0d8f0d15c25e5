"""Is a skill required, preferred, only mentioned, or expressly not needed? Its section says, its sentence overrules."""

from functools import cache
from typing import NamedTuple

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Patterns
from jobtide.model import Window

_WISHES = (
    r"(?i)\b(?:a (?:big |huge |strong |definite |major |real |great )?plus|bonus|nice[- ]to[- ]haves?|preferred|preferably|ideally|desirable|desired|"
    r"advantageous|an? (?:strong |added |big |distinct |significant )?(?:advantage|asset)|beneficial|great to have|good to have|not (?:strictly )?required|"
    r"would be (?:great|nice|ideal)|preferable|welcome|"
    r"preference (?:for|given|will be)|optional|even better|not (?:a must|mandatory)|(?:extra|brownie) points|"
    r"(?:is|are|be|also|very|['’]s) helpful|helpful (?:but|to have|if)|(?:great|good|nice|awesome|cool) if|"
    r"(?:be|is|are|highly|strongly|much|greatly) (?:appreciated|valued|regarded)|"
    r"von vorteil|wünschenswert|idealerweise|un plus|un atout|souhaitée|appréciée|deseables?|valorables?|se valora)\b|"
    r"(?i)\b(?:souhaités?|appréciés?|se valorará)(?:[^\pL]|$)"
)
_DEMANDS = (
    r"(?i)\b(?:experience (?:with|in|of|as|\w+ing)|proficien\w+|expertise|"
    r"(?:strong|solid|deep|good|hands-on|working|proven|in-depth|excellent|sound) (?:\w+ ){0,2}(?:knowledge|understanding|experience|skills?|"
    r"background|grasp|command|foundation|fundamentals)|knowledge of|familiar\w*|fluen\w+|must (?:have|be|know)|required|skilled in|understanding of|"
    r"comfortable (?:with|in|\w+ing)|background in|track record|years of|ability to|you have|command of|mastery|"
    r"well[- ]versed|(?:coding|programming|technical) skills? (?:in|with)|(?:competen(?:t|ce|cy)|expert|experienced) (?:in|with)|"
    r"(?:strong|keen|deep|intense|genuine) (?:interest in|enthusiasm for)|stay(?:ing)? (?:current|up[- ]to[- ]date|abreast) (?:on|with|of)|"
    r"(?:candidates?|applicants?),? (?:you )?(?:should|must|can|knows?|has|have|is|are)|you (?:should|must|know)|who (?:knows?|has|have)|\w*kenntnisse|erfahrung (?:mit|in))\b"
)
# Words on both sides of a skill that demand it: "strong Rails background", "with production Go experience".
_HOLDERS = r"(?:strong|solid|deep|extensive|proven|hands-on|professional|production|commercial|prior|with|have)"
_NOUNS = r"(?i)\b(?:experience|skills?|background|knowledge|expertise|literacy)\b"
# In brackets behind a job's name stands what it needs: "Data engineers (Python, Spark)".
_JOBS = r"(?i)\b(?:engineer|developer|dev|scientist|analyst|programmer|architect|designer|hacker|admin|administrator|sysadmin)s?\s*\("
# A list of openings says what each needs behind its name: "Web development (Ember, Go)", "Data analyst: SQL, Excel".
_OPENINGS = (
    r"(?i)(?:^|\.\s)\W*(?:[\w/+-]+ ){0,3}(?:development\s*\(|"
    r"(?:(?:engineer|developer|scientist|analyst|programmer|architect|designer|admin|sysadmin)s?|devops)\s*:\s)|\b(?:positions?|roles?|full[- ]?stack)\s*\("
)
# What the employer works with is no demand, wherever it stands, nor is what the person will do.
_USES = (
    r"(?i)(?:^|[.;:!?]\s+|\n)\W*(?:(?:currently|today|right now|here),? )?(?:we(?:['’]re| are)? (?:\w+ly |also |mostly )?"
    r"(?:use|using|work with|build (?:with|on|in)|run on)\b|(?:our|the) (?:[\w-]+ ){0,3}stack(?: \w+)? "
    r"(?:is|are|consists?|includes?|contains?|spans?|comprises?|features?)\b|(?:(?:our|the|tech|technology|current|core) ){0,3}stack\s*[:–-]|"
    r"(?:you(?:['’]ll| will)|(?:(?:the|an?) )?(?:\w+ )?candidates? will) (?:\w+ly |also |help )*(?:build|design|develop|create|work|play|lead|own|join|ship|"
    r"architect|implement|help|support|drive|collaborate|contribute|partner|write|deliver|maintain|research|train|deploy|be responsible)\b)"
)
_WISH = patterns.compile(_WISHES)
_DEMAND = patterns.compile(_DEMANDS)
_USED = patterns.compile(_USES)
_JOB = patterns.compile(_JOBS + r"[^()]*$")
_OPENING = patterns.compile(rf"(?:{_OPENINGS})(?:[\w+#./-]+(?: [\w+#./-]+)?(?:,| \+| &|/) ?)*$")
# What is told of the employer's people demands nothing, unless somebody is sought.
_OURS = patterns.compile(r"(?i)^\W*(?:our|we|we['’]ve|the (?:team|company)|my team)\b")
_SOUGHT = patterns.compile(
    r"(?i)\b(?:you\w*|looking|seek\w*|hir(?:e|ing)|need\w*|want\w*|candidates?|must|require\w*|expect\w*|value|someone|people (?:who|with)|if)\b"
)
_NOUN_BEHIND = patterns.compile(r"^[\w/+#.&-]{0,12}(?: [\w/+#.&-]+){0,2} " + _NOUNS)
_HOLDER_BEFORE = patterns.compile(rf"(?i)\b{_HOLDERS} (?:[\w/+#.-]+ )?$")
# "Deep knowledge of Go to build gateways" asks for Go.
_FOR_WHAT = patterns.compile(
    r"(?i)\b(?:to|in order to|that|which) (?:build|help|create|design|develop|deliver|drive|support|improve|ensure|power|powers|enable|shape|solve|make|lead|manage|tackle)\b"
)
_NEGATION = patterns.compile(
    r"(?i)\b(?:no(?: (?:prior |previous )?(?:\w+ ){0,2}(?:experience|knowledge|background|need|expertise))?(?: (?:in|with|of|for|to know))?|"
    r"(?:need not|needn['’]t|(?:don['’]t|do not|won['’]t|not) (?:need|have to|require\w*|expect\w*|necessary))(?: (?:you )?(?:to )?(?:know|have|use|be|an?)(?: an?)?)?|without)"
    r"\s*(?:any )?$"
)
_NOT_NEEDED_AFTER = patterns.compile(
    r"(?i)^[^.;,\n]{0,30}\b(?:(?:is|are) not|isn['’]t|aren['’]t) (?:required|necessary|needed)\b"
)
_DENIALS = r"(?i)\b(?:no|not|without)\b|n['’]t\b"
_STUDIES = (
    r"(?i)degree|bachelor|master|ph\.? ?d|doctora|graduat|diploma|\bmajor|fields?\b|disciplin|certifi|subject|studium|hochschul|dipl.{1,2}me|licenciatura|grado|titulaci|laurea|"
    r"\bb\.?s|\bm\.?s(?:c|\b)|\bb\.?a\b|\b[bm]\.?tech|\bb\.?e\b|\b[bm]\.?eng"
)
# "Preferably" is said of what follows, "a plus" of what stands before; a wish in brackets belongs to what it stands
# with there: "CI/CD pipelines (GitHub Actions preferred)", but "Rust (strongly preferred)".
_LEADS_ON = patterns.compile(r"(?i)\b(?:preferably|ideally|idealerweise|preference|bonus (?:points )?(?:for|if))\b")
# A demand behind a wish, and a clause of its own before one: "preferably at sea, with 2 years of Go"; "Go experience,
# Rust experience a plus".
_ANEW = patterns.compile(
    r"(?i)\b(?:with|and|plus) (?:at least|an? (?:strong|solid|good|deep)|strong|solid|deep|proven|good|\d|have experience|experience|knowledge)"
)
_CLAUSE = patterns.compile(
    r"(?i),\s*(?:with |and |or )?(?:[\w/+#-]+ ){0,3}(?:experience|knowledge|familiarity|exposure|background)\b"
)
_NOUN = patterns.compile(_NOUNS)
_LABELS = patterns.compile(r"\s*[:–-]")  # "Rust (nice to have): ..."
_IN_BRACKETS = patterns.compile(r"\([^()]*\)")
_DONE_WITH = patterns.compile(
    r"(?i)\b(?:is|are|be|as)(?: \w+){0,2} (?:plus|bonus|preferred|desirable|desired|advantage|asset|beneficial|welcome|appreciated|valued)\)?[,;]\s"
)  # "Rust is a plus, Python a must"
_LIST_FOLLOWS = patterns.compile(r"(?i)[^.;:]{0,60}:\s|[,;] as (?:is|are)\b")
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
    if section == "nice" or (signs.wish and (_wished_for(before, after) or _wished_with(before))):
        return "preferred"
    if signs.used and _USED.search(before) and not _DEMAND.search(before):
        return "preferred" if signs.wish and _WISH.search(text, end, min(window.end, end + _REACH)) else "mentioned"
    if asked or (signs.demand and _demanded(before, after)):
        return "required"
    return "required" if signs.opening and _OPENING.search(before) else "mentioned"


def _demanded(before: bytes, after: bytes) -> bool:
    """Whether the sentence demands the words between ``before`` and ``after`` of the person, in a part that does not.

    >>> _demanded(b"Data engineers (", b", Spark)"), _demanded(b"Our people have deep knowledge of ", b"")
    (True, False)
    """
    demand = _DEMAND.search(before)
    asks = (
        (demand is not None and not _FOR_WHAT.search(before, demand.end()))
        or (b"(" in before and _JOB.search(before) is not None)
        or (_NOUN_BEHIND.match(after) is not None and _HOLDER_BEFORE.search(before) is not None)
    )
    return asks and not (_OURS.match(before) and not _SOUGHT.search(before))


def _wished_with(before: bytes) -> bool:
    """Whether a wish in the sentence so far is said of what comes, not of what stood before it.

    >>> [_wished_with(said) for said in (b"Ideally with ", b"Rust is a plus, we need ", b"Go (Rust preferred) and ")]
    [True, False, False]
    >>> _wished_with(b"Ropes (preferred): knots in "), _wished_with(b"(Optional) Knots in ")
    (True, True)
    >>> _wished_with(b"Any of these is a plus, but not needed: Go, "), _wished_with(b"Rust is a plus, as is ")
    (True, True)
    """
    for group in _IN_BRACKETS.finditer(before) if b"(" in before else ():
        if not _LABELS.match(before, group.end()) and before[: group.start()].strip(b" -"):
            before = _blanked(before, group)
    wish = _WISH.search(before)
    if wish is None:
        return False
    if _LIST_FOLLOWS.match(before, wish.end()):
        return True
    done = list(_DONE_WITH.finditer(before))
    wish = _WISH.search(before, done[-1].end()) if done else wish
    return wish is not None and not _ANEW.search(before, wish.end())


def _wished_for(before: bytes, after: bytes) -> bool:
    """Whether a wish in the rest of the sentence is said of the words before it.

    >>> [_wished_for(b"", rest) for rest in (b" is a plus", b", preferably in Rust", b" (Go preferred)", b" (preferred)")]
    [True, False, False, True]
    >>> _wished_for(b"Strong skills in ", b", experience with Rust a plus")
    False
    """
    for group in _IN_BRACKETS.finditer(after) if b"(" in after else ():
        wish = _WISH.search(after, group.start())
        if (
            wish
            and wish.start() < group.end()
            and not _ABOUT_WHAT_STANDS_BEFORE.match(after[group.start() : wish.start()])
        ):
            after = _blanked(after, group)
    wish = _WISH.search(after)
    if wish is None or _LEADS_ON.match(after, wish.start()):
        return False
    clause = _CLAUSE.search(after, 0, wish.start())
    return clause is None or not (_NOUN.search(before) or _NOUN.search(after, 0, clause.start()))


def _blanked(words: bytes, group: patterns.Match) -> bytes:
    """The words with those of ``group`` made blanks."""
    return words[: group.start()] + b" " * (group.end() - group.start()) + words[group.end() :]


_BY_SECTION = {"requirements": "required", "nice": "preferred"}


class Signs(NamedTuple):
    """Which words of wishing, demanding, denying, studying, using and opening a block holds at all: most hold none."""

    wish: bool
    demand: bool
    negation: bool
    degree: bool
    used: bool
    opening: bool = False


Said = tuple[Signs, str]


def said(text: bytes, window: Window) -> Said:
    """Return which words the block of ``window`` holds, and the need of all its mentions; "" if their sentences tell."""
    return _told(window[2], *_SIGNS.held(text[window[0] : window[1]]))


@cache  # to make an answer anew costs as much as to look for the words
def _told(section: str, *held: int) -> Said:
    asked = section in _BY_SECTION
    # Where nobody is asked or told what to do, a noun behind a skill may: "Engineers with a Rails background".
    demand = not asked and (1 in held or 5 in held or (6 in held and section in ("about", "other")))
    opening = section in ("about", "other") and 7 in held
    found = Signs(
        0 in held and section != "nice", demand, 2 in held, 3 in held, 4 in held and section != "nice", opening
    )
    if section == "title":
        return found, "mentioned"
    if found.wish or found.negation or found.demand or found.opening or (found.used and asked):
        return found, ""
    return found, _BY_SECTION.get(section, "mentioned")


_SIGNS = Patterns(_WISHES, _DEMANDS, _DENIALS, _STUDIES, _USES, _JOBS, _NOUNS, _OPENINGS)


def _sentence(text: bytes, start: int, end: int, window: Window) -> tuple[bytes, bytes]:
    """The words of the same sentence before and behind."""
    before = text[max(window.start, start - _REACH) : start]
    after = text[end : min(window.end, end + _REACH)]
    before = before.rpartition(b". ")[2].rpartition(b"; ")[2]
    after = after.partition(b". ")[0].partition(b"; ")[0]
    return before.rpartition(_BULLET)[2], after.partition(_BULLET)[0]

"""Visa: does the employer say that it sponsors work visas, or that it does not? Most postings say neither."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns
from jobtide.model import Found, Window

KINDS = ("visa",)
TRIGGERS = (
    "visa", "visas", "sponsor", "sponsors", "sponsoring", "sponsorship", "sponsored", "immigration", "h1b", "h 1b", "h1 b",
    "h1bs", "h 1bs", "work permit", "work permits", "work pass", "green card", "green cards", "visum", "arbeitserlaubnis",
    "h1 bs", "h 1 b", "h 1 bs", "us citizen", "us citizens", "u s citizen", "u s citizens", "citizens only",
)  # fmt: skip
_CLUE = patterns.compile(
    r"(?i)\b(?:visas?|sponsor(?:s|ed|ing|ship)?|immigration|h-?1-?bs?|work (?:permits?|pass)|green cards?|arbeitserlaubnis|visum)\b|"
    r"(?i)\bu\.?s\.?a? citizens?\b"
)
# The clause must speak of people who need leave to work, not of events, card networks or executive sponsors.
_LEAVE = patterns.compile(
    r"(?i)\b(?:(?:work|employment|working|us|u\.s\.|o-?1|h-?1-?b|tn|candidate\w*|applicants?)[- ]visas?|visa[- ](?:sponsor\w*|support|assistance|tr\w+fers?\b|"
    r"application|process|help|relocation|costs?|fees|and\b|or\b)|(?:sponsor\w*|support\w*|assist\w*|help\w*|cover\w*|supply|arrange|sort out|provid\w*|offer\w*|handle|need\w*|require|requiring|including|any|full)[^.;\n]{0,30}\bvisas?|"
    r"visas? (?:ok|okay|welcome|friendly|possible|considered|candidates|offered)\b|secur\w+ (?:\w+ )?visas?\b|"
    r"visas?[^.;\n]{0,30}\b(?:sponsor\w*|support\w*|assist\w*|help\w*|provided|available|covered|paperwork)|visa\s*[:+&/]|h-?1-?bs?|green cards?|"
    r"work (?:permits?|pass|authori[sz]ation|visa)|immigration (?:support|assistance|sponsor\w*|help|costs?|fees|needs)|(?:help|support|assist\w*)[^.;\n]{0,20}immigration|"
    r"(?:employment|company|employer|current or future|future|immigration|relocation or|without|need for|require|requiring|provide|offer|support|any|legal) sponsorship|"
    r"sponsorship (?:is |are )?(?:not )?(?:available|provided|offered|for (?:this|employment|work|candidates|applicants|h-?1)|now|at this time|or\b|will)|(?:can['’]?t|cannot|unable to|not able to|do not|don['’]t|will not|won['’]t) (?:currently |presently )?sponsor(?: at\b| right now| currently|[.,;)]|$)|"
    r"sponsor (?:an? )?(?:new )?(?:candidates|applicants?|employment|employees|individuals|international|you\b|anyone|work|for this)|visum|arbeitserlaubnis)\b"
)
_NOT = patterns.compile(
    r"(?i)\b(?:not|no|cannot|can['’]?t|unable|without|won['’]?t|don['’]t|doesn['’]t|aren['’]t|isn['’]t|never|nor|unavailable|unfortunately|ineligible|keine?)\b"
)
_NOT_SHY = patterns.test(
    r"(?i)(?:n['’]t|not) (?:shy|hesitate|let|limit|only)|\bnot a (?:problem|blocker)|whether or not|if you (?:do not|don['’]t)|no matter"
)
# "No remote, but we do sponsor".
_OF_OTHERS = patterns.compile(
    r"(?i) (?:remote|telecommut\w+|recruiters?|agenc(?:y|ies)|freelancers?|contractors?|part[- ]time|third part(?:y|ies))\b"
)
# "Visas welcome, though we can't relocate you".
_WELCOME = patterns.test(r"(?i)\b(?:visas?|h-?1-?bs?) (?:are )?(?:ok|okay|welcome|possible)\b")
# Questions of a form, law and other people's papers.
_ELSEWHERE = patterns.test(
    r"(?i)\bno visas? (?:is |are )?(?:required|needed|necessary)|\bmust (?:already )?(?:have|hold|possess) (?:an? )?(?:valid |current )?(?:work|working)[- ](?:permit|visa)|immigration status|citizenship or immigration|immigration services|e-?verify|homeland|immigration (?:law|workflows?|compliance|processes|policy|reform|matters|journey|lawyer)|"
    r"visa (?:processes|workflows?|timelines|inc\b)|(?:manag\w+|track\w*|coordinat\w+|process\w*|administ\w+|travel)[^.;\n]{0,40}\bvisas?|event sponsor|executive sponsor|"
    r"green card\)? holders?|sponsorship (?:tracking|or event|activat\w+|deliverables|packages|agreements|campaigns?|properties|space|sales|opportunit\w+)|mastercard|american express"
)
_BENEFIT = patterns.test(r"(?i)^\W*(?:\w+ ?(?:and|&|\+|/) ?)?(?:full |work )?(?:visa|immigration|h-?1-?b)\b")
# What the person shall do or have is no offer: "support visa processes" is the job of the people team.
_ASKED = ("duties", "requirements", "nice")
_BY_US = patterns.test(
    r"(?i)\b(?:you['’]ll receive|you will receive|assistance|we|our|us|company|available|provided?|offer\w*|sponsorship|visas? (?:ok|okay|welcome|possible))\b"
)
# "ACME | Engineer | Berlin | ONSITE | VISA": a part of a line of parts, in capitals, is an offer; in other letters only
# between bars or brackets, where no card company stands.
_TOKEN = patterns.compile(
    r"(?:[|｜,;(/\[]|\s[-–—])\s*(?:VISA|H1B|H-1B|VISAS)(?:,? (?i:sponsor(?:ship|ed)?|ok|possible|welcome|interns?|considered))?\s*(?:[|｜,;)/\]]|\s?[-–—+]\s|$|\n)|"
    r"(?i:\b(?:on-?site|remote|interns?|full[- ]?time|relocation)\b)(?:[,|/&+ ]{1,3}| and/or | or )VISA\b|\bVISA[,|/ ]{1,3}(?:ON-?SITE|REMOTE|INTERNS?|FULL)\b|"
    r"(?i:\b(?:on-?site|remote|full[- ]?time) ?[-–|,/] ?visas?)\s*(?:$|\n|[|,)])|"
    r"(?:[|｜,]| [A-Z]{2})\s*VISA\s*https?:| VISA\s*(?:$|\n)|, ?visa[,)]|"
    r"[|｜;]\s*(?i:visas?)(?i: ok| possible| welcome| for [\w -]{0,24}candidates)?\s*(?:[|｜(]|$|\n)|, (?i:visa)\)"
)
_TOKEN_NO = patterns.compile(r"(?i)\bvisas?:\s*no\b")
_NONE_GIVEN = patterns.compile(
    r"(?i)^.?.?.?\bno visas?\b,? ?(?:unfortunately|sorry|please|possible|[,.;)|/]|$|\n|no\b)"
)
# "US citizens and green card holders only"; not what export law lets employers ask, nor a clearance.
_CITIZENS = patterns.test(
    r"(?i)\b(?:must|need to|have to|should|only|limited to|open to|accept\w*|for)\b[^.;\n]{0,20}\bu\.?s\.?a? citizens?\b[^.;\n]{0,16}\b(?:green[- ]?cards?|gc|permanent)\b|"
    r"\bu\.?s\.?a? citizens?\b[^.;\n]{0,30}\bonly\b|(?:^|[|,] ?)u\.?s\.?a? citizens?,? (?:or|and|/|&) (?:green[- ]?cards?|gc)\b|\bneed to be an? u\.?s\.?a? citizen to (?:apply|work)\b"
)
_BY_LAW = patterns.test(r"(?i)\b(?:itar|export|protected individual|refugee|asyl\w+|clearance|clearable|government)\b")
_HEADER = 300  # bytes of a block in which such a line stands
_LEFT = 16  # bytes before such a word that are read with it
_REACH = 150  # bytes of the clause on either side


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield one statement at most: a refusal first, since it may narrow a general offer; else the first offer.

    >>> texts = b"Visa sponsorship available.", b"We cannot offer sponsorship for this role.", b"Paid with Visa or Mastercard."
    >>> [[f.concept for f in find(t, [Window(0, len(t), "other")])] for t in texts]
    [['sponsors'], ['no_sponsorship'], []]
    """
    said = [
        (found, at)
        for at, end, section, kind in windows if section != "location" for found in _in_block(text[at:end], section, kind)
    ]  # fmt: skip
    refused = [told for told in said if told[0].concept == "no_sponsorship"]
    for found, at in (refused or said)[:1]:
        yield found._replace(start=at + found.start, end=at + found.end)


@lru_cache(maxsize=4096)  # an employer's postings repeat what it says of visas
def _in_block(block: bytes, section: str, kind: str) -> list[Found]:
    """Every statement of a block."""
    out = []
    done = -1
    for clue in _CLUE.finditer(block):
        if clue.start() < done:
            continue
        begin, end = _clause(block, clue.start(), clue.end())
        done = end
        clause = block[begin:end]
        if clue[0].lower().rstrip(b"s").endswith(b"citizen"):
            if _CITIZENS(clause) and not _BY_LAW(clause):
                out.append(_found("no_sponsorship", clue, section, 0.7, "citizens"))
            continue
        if _ELSEWHERE(clause) or (clause.rstrip().endswith(b"?") and not _TOKEN_NO.match(block, clue.start())):
            continue
        if clue.start() < _HEADER and _TOKEN.search(block[max(0, clue.start() - _LEFT) : clue.end() + 24]):
            out.append(_found("sponsors", clue, section, 0.7, "token"))
            continue
        if _TOKEN_NO.match(block, clue.start()) or _NONE_GIVEN.search(
            block[max(0, clue.start() - 4) : clue.end() + 16]
        ):
            out.append(_found("no_sponsorship", clue, section, 0.8, "token"))
            continue
        negated = (
            any(not _OF_OTHERS.match(clause, no.end()) for no in _NOT.finditer(clause))
            and not _NOT_SHY(clause)
            and not _WELCOME(clause)
        )
        if not _LEAVE.search(clause) and not _offered(block, section, kind):
            continue
        if not negated and section in _ASKED and not _BY_US(clause):
            continue
        out.append(_found("no_sponsorship" if negated else "sponsors", clue, section, 0.9, "clause"))
    return out


def _found(concept: str, clue: patterns.Match, section: str, confidence: float, rule: str) -> Found:
    start, end = clue.span()
    return Found(
        "visa", concept, start=start, end=end, section=section, confidence=confidence, rule=f"visa/{rule}"
    )  # fmt: skip


def _offered(block: bytes, section: str, kind: str) -> bool:
    """A benefit that is nothing but the word: "Visa sponsorship", "Relocation & visa"."""
    return kind == "item" and section not in _ASKED and len(block) <= 60 and bool(_BENEFIT(block))


def _clause(block: bytes, start: int, end: int) -> tuple[int, int]:
    """The sentence around the words, its closing mark included, within reach."""
    left = max(0, start - _REACH)
    head = block[left:start]
    cut = max(head.rfind(sign) for sign in (b". ", b"? ", b"! ", b"; "))
    begin = left + cut + 2 if cut >= 0 else left
    tail = block[end : end + _REACH]
    stops = [at for at in (tail.find(sign) for sign in (b". ", b"? ", b"! ", b"; ")) if at >= 0]
    return begin, end + (min(stops) + 1 if stops else len(tail))

"""Which words of a title distinguish jobs?

A title is folded to them: places, ways of working, gender marks, requisition numbers and sign-on offers fall away,
abbreviations are written out, roman numerals become numbers.
"""

import re
from collections.abc import Set

import re2

from jobtide.link.places import BUILT_IN, CODES, UNAMBIGUOUS_CODES

# Signs that every gender is meant: m/w/d, f/m/x, all genders, women/men.
_GENDER = re2.compile(
    r"(?i)\(?\b(?:[mwfdhxinag]\s?[/|*]\s?)+(?:[mwfdhxinag]|div)\b\)?|\ball\s+genders?\b"
    r"|\b(?:wom[ae]n|m[ae]n|non[- ]?binary)(?:\s*/\s*(?:wom[ae]n|m[ae]n|non[- ]?binary))+"
    r"|[:*_](?:in|innen|r|n)\b|\(in\)"
)
# "REQ-1234", "#551", "JR 100245"; a bare number of five digits or more. Years stay: a cohort is not a reference.
_NUMBERED = re2.compile(r"(?i)#\s?\d+|\b(?:req|jr|job\s?id|ref|id|r)[-_#: ]{0,2}\d{3,}\b|\b\d{5,}\b")
# Regions whose parts would read as a level, a letter or a pronoun; a scope that a title's end makes a place.
_REGION = re2.compile(
    r"(?i)\bu\.s\.(?:a\.)?|\buk\s?[/&]\s?i(?:reland)?\b|\bmid[- ](?:atlantic|west|south)\b|\btri[- ]state\b"
)
_SCOPE = re2.compile(r"(?i)[-–—,(|]\s*(?:global|international|national|worldwide|[a-z]+ market)\s*\)?\s*$")
_SEGMENT = re2.compile(r"[()\[\]{}|,;–—]|\s-\s")
LINK = re2.compile(r"(?i)\b(?:https?://|www\.)\S+")
_OFFER = re2.compile(r"(?i)[$€£]\s?\d[\d,.]*\s?k?\b|\bsign[- ]?on(?:\s+bonus)?\b|\breferral\s+bonus\b")
# The standard engine: it is several times as fast as re2's wrapper where matches are many and short.
_TOKEN = re.compile(r"[^\W_](?:[^\W_]|[+#])*")

_STOP = """
the a an of for in at to and or with on by our your und der die das für et de du la le y e
w hiring hire urgent urgently now wanted join opening openings opportunity future role position fulltime
extraordinaire rockstar visa visas h1b relo welcome
"""
_SAME = {
    "sr": "senior", "snr": "senior", "jr": "junior", "mgr": "manager", "eng": "engineer", "engr": "engineer",
    "dev": "engineer", "developer": "engineer", "programmer": "engineer", "rep": "representative", "assoc": "associate",
    "dir": "director", "vp": "vice president", "svp": "senior vice president", "evp": "executive vice president",
    "ops": "operation", "ml": "machine learning", "swe": "software engineer", "internship": "intern",
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "admin": "administrator", "exec": "executive", "mktg": "marketing",
    "ae": "account executive", "sdr": "sale development representative", "bdr": "business development representative",
    "csm": "customer success manager", "tam": "technical account manager", "sre": "site reliability engineer",
    "rn": "registered nurse", "rbt": "registered behavior technician", "bcba": "board certified behavior analyst",
    "hr": "human resource", "ux": "user experience", "pt": "part time",
    "mlops": "machine learning devops", "client": "customer", "sde": "software engineer", "infra": "infrastructure",
    "mfg": "manufacturing", "biz": "business", "asst": "assistant", "comms": "communication", "coord": "coordinator",
    "sysadmin": "system administrator", "counsellor": "counselor", "psychotherapist": "therapist",
    "werkstudierende": "werkstudent", "praktikant": "praktikum", "techniker": "technician",
}  # fmt: skip
_JOINED = (
    ("full stack", "fullstack"), ("front end", "frontend"), ("back end", "backend"), ("dev ops", "devops"),
    ("mid market", "midmarket"), ("part time", "parttime"), ("full time", ""), ("time zones", ""), ("time zone", ""),
    ("software development engineer", "software engineer"), ("go market", "gtm"),
    ("entry level", "junior"), ("customer service", "customer support"), ("day shift", ""), ("daytime", ""),
)  # fmt: skip
# Each US state names the licence of a talking therapist in its own words; none of them tells two jobs apart.
_LICENCE_INITIALS = "lcsw lmft lmhc lpc lpcc lcpc lcmhc licsw lisw lcmft"
_LICENCE = "licensed clinical professional mental health counselor therapist social worker marriage family independent"
_LICENCES = frozenset(_LICENCE_INITIALS.split())
_LICENSED = frozenset(("therapist", "counselor", "social"))
_LICENCE_WORDS = _LICENCES | frozenset(_LICENCE.split())
# The field of every behavior technician, and the licence that one may have or soon get.
_BEHAVIOR_TECHNICIAN = frozenset(("behavior", "technician"))
_BEHAVIOR_WORDS = _BEHAVIOR_TECHNICIAN | frozenset(("registered", "aba", "autism"))
# "software" adds nothing beside what the engineer works on: "Growth Engineer", "Software Engineer, Growth".
_PLAIN_ENGINEER = frozenset(("engineer", "software"))

_LEVELS = """
intern trainee apprentice graduate grad junior entry mid intermediate senior staff principal lead leader head manager
director vice president chief executive associate expert distinguished fellow student werkstudent praktikum
experienced supervisor supervising partner master journeyman foreman superintendent 1 2 3 4 5 6 l1 l2 l3 l4 l5 l6 l7
p1 p2 p3 p4 p5 ic1 ic2 ic3 ic4 ic5 ic6 festeinstieg
"""
_TERMS = """
contract contractor freelance freelancer temporary temp permanent parttime seasonal fixed term 1099
day night evening weekend morning overnight shift daytime early late weekday prn diem 1st 2nd 3rd 7x7 onsite
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun su tu th fr sa
summer winter spring fall autumn q1 q2 q3 q4
speaking speaker english german french spanish italian portuguese dutch polish russian korean japanese chinese mandarin
cantonese vietnamese arabic hebrew turkish hindi ukrainian czech swedish danish norwegian finnish bilingual
enterprise commercial strategic smb midmarket scale key large small public sector federal government
"""
_FUNCTIONS = """
consumer growth engineer engineering scientist science researcher research analyst analytics architect designer design
writer editor recruiter sourcer talent people hr legal counsel attorney compliance security risk fraud trust safety
finance financial accountant accounting tax treasury payroll audit controller sale selling account development business
revenue presale marketing brand content social media seo paid performance lifecycle crm communication pr event
community success support customer solution implementation onboarding deployment forward deployed operation supply
chain logistic procurement product project program programme technical backend frontend fullstack mobile ios android
web software hardware firmware embedded electrical mechanical civil structural manufacturing quality test qa sdet
reliability sre devops infrastructure platform cloud network data database machine learning ai ml nlp vision robotic
deep model modeling inference training applied core backoffice api game puzzle art artist animator video motion audio
nurse therapist counselor physician pharmacist technician clinical medical health dental veterinary teacher tutor coach
consultant advisor specialist coordinator administrator assistant agent setter strategist planner buyer driver cook
chef barista cashier electrician plumber welder machinist operator mechanic inspector rust python java golang go ruby
php scala kotlin swift react node typescript javascript salesforce sap aws azure gcp crypto blockchain defi payment
lending credit insurance healthcare
"""
_DROPPED = frozenset(_STOP.split())


def singular(word: str) -> str:
    """Return an English plural without its ending; other words as they are."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


LEVELS = frozenset(map(singular, _LEVELS.split()))
NEVER = LEVELS | frozenset(map(singular, _TERMS.split()))
FUNCTION_WORDS = frozenset(map(singular, _FUNCTIONS.split()))
DISTINGUISHING = NEVER | FUNCTION_WORDS


def folded(title: str, neutral: Set[str] = frozenset()) -> tuple[str, ...]:
    """Return the words of ``title`` that distinguish jobs, sorted; ``neutral`` adds an employer's own place words.

    A title of nothing but neutral words keeps them all. Empty input gives ().

    >>> folded("Sr. Software Engineer II (m/f/d) - Berlin, Remote") == folded("Senior Software Engineer 2")
    True
    """
    text = _OFFER.sub(" ", _NUMBERED.sub(" ", _GENDER.sub(" ", LINK.sub(" ", title))))
    text = _REGION.sub(" ", _SCOPE.sub(" ", text))
    segments = [[word for word in words if word not in _DROPPED] for words in _segments(text, neutral)]
    segments = [words for words in segments if words]
    kept: list[str] = []
    for place, words in enumerate(segments):
        distinguishing = [word for word in words if word not in BUILT_IN and word not in neutral]
        if not (place and len(distinguishing) < len(words) and _says_where(distinguishing)):
            kept += distinguishing
    return tuple(sorted(_spelt_out(kept or [word for words in segments for word in words])))


def _says_where(words: list[str]) -> bool:
    """Whether the rest of a later segment that names a place distinguishes nothing ("first hire in Boston")."""
    return DISTINGUISHING.isdisjoint(_spelt_out(words))


def _segments(text: str, neutral: Set[str]) -> list[list[str]]:
    """The words of each segment in lower case, less the state codes that follow a place ("Austin, TX", "Provo UT")."""
    out: list[list[str]] = []
    after_place = False
    for part in _SEGMENT.split(text):
        words: list[str] = []
        for token in _TOKEN.findall(part):
            lower = token.casefold()
            if token in UNAMBIGUOUS_CODES or (token in CODES and after_place):
                continue
            after_place = lower in BUILT_IN or lower in neutral
            words.append(lower)
        out.append(words)
    return out


def _spelt_out(words: list[str]) -> list[str]:
    """Write abbreviations out, join compounds, fold plurals."""
    # Compounds first ("dev ops" holds an abbreviation of its own), and again for what abbreviations stand for.
    line = " ".join(_SAME.get(word) or _SAME.get(singular(word), word) for word in _joined(" ".join(words)).split())
    out = [singular(word) for word in _joined(line).split()]
    if "engineer" in out and (FUNCTION_WORDS - _PLAIN_ENGINEER).intersection(out):
        out = [word for word in out if word != "software"]
    return _licensed(out)


def _licensed(words: list[str]) -> list[str]:
    """``words`` with a therapist's or a behavior technician's licence as the work itself; other titles as they are."""
    named = set(words)
    if _LICENCES & named or ("licensed" in named and _LICENSED & named):
        return ["therapist", *(word for word in words if word not in _LICENCE_WORDS)]
    if named >= _BEHAVIOR_TECHNICIAN:
        return ["behavior", "technician", *(word for word in words if word not in _BEHAVIOR_WORDS)]
    return words


def _joined(line: str) -> str:
    for parted, joined in _JOINED:
        line = line.replace(parted, joined)
    return line


def tokens(text: str) -> list[str]:
    """Return the words of ``text`` in lower case, in their order."""
    return list(_TOKEN.findall(text.casefold()))


def word_spans(text: str) -> list[tuple[int, int]]:
    """Return where each word of ``text`` begins and ends, in characters."""
    return [match.span() for match in _TOKEN.finditer(text)]


def functions(title: tuple[str, ...]) -> frozenset[str]:
    """Return the words of a folded title that name a function or a technology."""
    return FUNCTION_WORDS.intersection(title)

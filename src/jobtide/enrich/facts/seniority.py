"""Seniority: from words of the title; from stated years where the title is silent."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns
from jobtide.enrich.experience import TRIGGERS as TRIGGERS
from jobtide.enrich.experience import asked
from jobtide.enrich.patterns import Patterns, test
from jobtide.model import Found, Window

KINDS = ("seniority",)
ALWAYS = True
_GRADED = r"(?:engineer|developer|scientist|analyst|executive|specialist|technician|representative|designer|administrator|manager)"
# Tried in this order on the title. "Manager" is a level even of those who manage no people (Account Manager), but a
# senior product manager is senior; "lead" as a noun is a level, "Lead Generation" is not; of two levels the first
# named counts ("Senior/Staff"), which position decides.
_WORDS = (
    (
        "intern",
        r"interns?|internship|working student|werkstudent(?:in)?|studentische hilfskraft|praktik(?:um|ant|antin)|auszubildende[rn]?|azubi|"
        r"stage|stagiaire?|stagista|alternante?|apprentie?|co-?op|apprentice|becari[oa]|practicante|pasante|est[aá]gi[oa]|estagi[aá]ri[oa]|tirocinante",
    ),
    (
        "executive",
        r"chief [a-z]+(?: [a-z]+)? officer|c[etofmpir]o|founder|co-?founder|president|geschäftsführer(?:in)?|directeur général",
    ),
    ("director", r"director|directora|vp|svp|evp|vice president|directeur|directrice|direktor(?:in)?|diretora?"),
    (
        "manager",
        r"manager|head of|head|supervisor|managing|(?:abteilungs|bereichs|projekt)?leiter(?:in)?|chef(?:fe)? de (?:projets?|produits?|service)|"
        r"responsa[bv](?:le|el|ile)|gerente|jef[ae] de (?:proyectos?|producto|ventas|departamento|área)|hoofd",
    ),
    ("principal", r"principal|sr\.? principal|senior principal|distinguished|fellow"),
    ("staff", r"staff|sr\.? staff|senior staff"),
    (
        "lead",
        r"leads?|leader|tech lead|team lead|teamlead|teamleiter(?:in)?|teamleitung|leitende[rn]?|teamleider|chef(?:fe)? d['’]équipe|"
        r"jef[ae] de equipo|líder",
    ),
    (
        "senior",
        rf"senior|sénior|sênior|sr|iii|iv|level [345]|l[56]|(?-i:Experienced)|erfahrene[rn]?|expérimentée?|starszy|{_GRADED}(?: ?-)? ?[345]",
    ),
    (
        "mid",
        rf"mid|mid-level|midlevel|medior|semi[- ]?senior|pleno|plena|confirmée?|intermediate|ii|level 2|{_GRADED}(?: ?-)? ?2",
    ),
    (
        "entry",
        r"entry|entry-level|junior|júnior|jr|graduate|new grad|grad|early career|trainee|associate engineer|apprentice|level 1|"
        rf"berufseinsteiger(?:in)?|absolvent(?:in)?|débutante?|młodszy|{_GRADED}(?: ?-)? ?(?:1|I)",
    ),
)
_RULES = tuple((level, patterns.compile(rf"(?i)(?:^|[^\pL\d])({words})(?:$|[^\pL\d])")) for level, words in _WORDS)
_NOT_LEVEL = patterns.compile(
    r"(?i)members? of (the )?technical staff|chief of staff|lead gen(eration)?|staffing|"
    r"executive assistant|account executive|sales executive|managers?['’]|key account|(early|late|growth)[- ]stage|"
    r"mid[- ]?(market|atlantic|west)|data entry|(assistant|chief of staff|staff) to .*|cro (strategist|specialist|manager)|"
    r"full[- ]?time\W{1,3}(?:and |& |or )?interns?(?:hips?)?|interns?(?:hips?)?\W{1,3}(?:and |& |or )?full[- ]?time|(?-i:[|,/;(] ?INTERNS? ?[|,/;)]|INTERNS$)|"
    r"non-?founders?|founder['’]s|legal staff|head office|\b\d{1,2}[- ]?(?:x|positions|openings|roles|months?|weeks?|years?|days?|shifts?|hours?)\b",
    groups=False,
)
_ANY = Patterns(*(rule.pattern for _, rule in _RULES), _NOT_LEVEL.pattern)
_PRODUCT = test(
    r"(?i)\b(senior|sr\.?|staff|principal|lead|group)\b[^,(-]{0,25}\b(product|programm?e?|project|technical program) manager"
)
_MANAGES = frozenset({"manager", "director", "executive", "intern"})


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield one level at most: the title's, else the one that stated years suggest.

    >>> title = b"Senior Machine Learning Engineer"
    >>> [(f.concept, title[f.start:f.end]) for f in find(title, [Window(0, 32, "title")])]
    [('senior', b'Senior')]
    """
    titles = [w for w in windows if w.section == "title"]
    # Behind a title of its own, a posting has a stand-in only where the title names no job; of several the likeliest.
    for title in titles[: 2 if titles and titles[0].start == 0 else 1]:
        named = _in_title(text[title.start : title.end])
        if named is not None:
            level, start, end = named
            yield Found(
                "seniority", level, start=title.start + start, end=title.start + end, section="title", confidence=0.95,
                rule="seniority/title", basis="derived",
            )  # fmt: skip
            return
    years = asked(text, windows)
    if years is not None:
        yield Found(
            "seniority", _by_years(years.low), start=years.start, end=years.end, section=years.section,
            confidence=0.7, rule="seniority/years", basis="derived",
        )  # fmt: skip


@lru_cache(maxsize=8192)  # employers repeat their titles
def _in_title(words: bytes) -> tuple[str, int, int] | None:
    """The level that a title's words name, and where; leadership words win over grades, then the first named counts."""
    held = _ANY.held(words)
    plain = words
    if len(_RULES) in held:
        plain = _blotted(words)
        held = _ANY.held(plain)
    named = []
    for index in held:
        level, rule = _RULES[index]
        if m := rule.search(plain):
            named.append((level, m.start(1), m.end(1)))
    if not named:
        return None
    graded = any(n[0] == "manager" for n in named) and _PRODUCT(plain)
    top = [n for n in named if n[0] in _MANAGES and not (graded and n[0] == "manager")]
    intern = next((n for n in top if n[0] == "intern"), None)
    return intern or min(top or [n for n in named if n[0] != "manager"] or named, key=lambda n: n[1])


def _blotted(words: bytes) -> bytes:
    """The title with words that only look like a level blotted out, same length."""
    hidden = bytearray(words)
    for m in _NOT_LEVEL.finditer(words):
        hidden[m.start() : m.end()] = b" " * (m.end() - m.start())
    return bytes(hidden)


def _by_years(years: float) -> str:
    """The level a number of years suggests: 0-1 entry, 2-4 mid, 5-7 senior, 8 and more staff.

    >>> [_by_years(y) for y in (0, 1, 2, 5, 8)]
    ['entry', 'entry', 'mid', 'senior', 'staff']
    """
    if years < 2:
        return "entry"
    if years < 5:
        return "mid"
    return "senior" if years < 8 else "staff"

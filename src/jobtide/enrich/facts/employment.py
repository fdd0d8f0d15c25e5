"""Employment type: full time, part time, contract or internship, where the posting's own words say it."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Patterns, test
from jobtide.model import Found, Window

KINDS = ("employment",)
ALWAYS = True
TRIGGERS = (
    "full time", "fulltime", "part time", "parttime", "contract", "contractor", "contractors", "freelance", "freelancer",
    "temporary", "fixed term", "internship", "intern", "w2", "c2c", "1099", "b2b", "permanent", "vollzeit", "teilzeit",
    "cdi", "cdd", "unbefristet", "unbefristete", "unbefristeter", "unbefristeten", "befristet", "befristete", "befristeter",
    "freiberuflich", "freier mitarbeiter", "praktikum", "temps plein", "temps partiel", "durée indéterminée", "durée déterminée", "término indefinido", "stage de", "alternance", "apprentissage",
    "jornada completa", "tiempo completo", "media jornada", "tiempo parcial", "indefinido", "prácticas", "autónomo", "stunden pro woche",
)  # fmt: skip


def _words(pattern: str) -> patterns.Pattern:
    return patterns.compile(pattern, groups=False)


_TITLE = (
    ("internship", _words(r"(?i)\b(interns?|internship|working student|werkstudent\w*|praktik\w+|stagiaire|stage|alternance|alternante?|apprenti|becario|"
        r"prácticas)\b")),
    ("part_time", _words(r"(?i)\bpart[- ]?time\b|\bteilzeit\b|\bper diem\b|\bprn\b|\btemps partiel\b|\bmedia jornada\b")),
    ("contract", _words(r"(?i)\b(contract|contractor|freelance|freelancer|fixed[- ]term|temporary|temp|interim|befristet|freiberuflich|cdd)\b|"
        r"(?i)\(b2b\)|\bb2b contract|\bb2b(?: or)?[ /,]+(?:remote|freelance)")),
    ("full_time", _words(r"(?i)\bfull[- ]?time\b|\bvollzeit\b|\bcdi\b|\btemps plein\b|\bjornada completa\b")),
)  # fmt: skip
# Titles whose contract or stage is what the work is about, not how it is employed.
_SUBJECT = patterns.compile(
    r"(?i)\bsmart contracts?\b|\bcontracts? (?:manager|specialist|administrator|analyst|& |and )|\bb2b\b.{0,12}"
    r"\b(?:saas|sales|product|marketing|growth|content)\b|\b(?:early|late|growth)[- ]stage\b|"
    r"\bcontract[- ]to[- ]hire (?:is |also )?(?:possible|available|an option|ok)\b"
)
_WELCOME = patterns.compile(r"(?i)\binterns?\b")
_TITLE_CLUE = test(
    r"intern|student|werk|praktik|stag|altern|time|teilzeit|diem|prn|contract|freelance|fixed|temp|interim|b2b|vollzeit"
)
# The position itself must be the subject; benefits speak of "full-time employees" without meaning this job.
_TEXT = (
    ("contract", 0.85, _words(
        r"(?i)\b(this is an?|type|position|role|employment|as an?|basis)\b[^.;\n]{0,40}\b(contract(or)?( position| role| basis|-to-hire)?|"
        r"freelance|fixed[- ]term|temporary|b2b contract|independent contractor)\b|\bcontract[- ]to[- ]hire\b|\bcontract to start\b|\bb2b contract\b|"
        r"\b(independent|long[- ]term|freelance|hourly) contract(or)?\b|\b\d+[- ](month|year)s? (fixed[- ]term )?contract\b|\bcontract (role|job)\b|"
        r"\bprefer(red)? b2b\b|\bauf \d+ (monate|jahre) befristet|\bbefristete?r? (vertrag|stelle|position|anstellung)|\bfreiberuflich\b|^contract ?[(,|]|"
        r"\b(?:en|contrat|type|:) ?CDD\b|\bCDD (?:de|à|jusqu)\b|^CDD\b(?: ?$| ?[,(/–-])|\bdurée déterminée\b|\bcontrato temporal\b|\bbefristet auf\b")),
    ("part_time", 0.85, _words(
        r"(?i)\b(this is an?|type|position|role|employment|basis|hours)\b[^.;\n]{0,40}\bpart[- ]?time\b|\bpart[- ]?time (role|position|basis|schedule)\b|^part[- ]?time\b|\(part[- ]?time\)|"
        r"\btemps partiel\b|\bmedia jornada\b|\btiempo parcial\b|\b(in|auf) teilzeit(basis)?\b|\bteilzeit \(")),
    ("internship", 0.85, _words(r"(?i)\b(this|the|our|during (the|your|this)) internship\b|\bas an intern\b|\b(das|dieses|ein|deines?) praktikum\b|^praktikum\b|\bcontrat "
        r"d['’](apprentissage|alternance)|\bstage de \d|\bpr[áa]cticas (remuneradas|profesionales)\b")),
    ("full_time", 0.8, _words(
        r"(?i)\b(this is an?|type|status|positions?|roles?|employment|hours|schedule|basis|seeking an?|looking for an?|hiring an?|be an?)\b[^.;\n]{0,40}"
        r"\bfull[- ]?time\b|\b(?:seeking|looking for|looking to hire|hiring)\b[^.;\n]{0,30}\bfull[- ]?time \w*(?:\s\w+){0,2}|\bfull[- ]?time[, ]*(permanent |exempt |salaried |remote |in-person |in-office |on-?site |hybrid |w-?2 )?"
        r"(role|position|job|opportunity|employment|contract|permanent|hire|basis|in[- ]office|in[- ]person|onsite|on-site)\b|"
        r"\bfull[- ]?time\b\s*[|,•·(/]|^full[- ]?time\s*(?:$|[^a-z\s])|\bpermanent (contract|position|full[- ]?time)\b|"
        r"\b(in|auf) vollzeit\b|[,|(/•–-] ?vollzeit\b|\bvollzeit(stelle|beschäftigung|position)\b|^vollzeit\b|\bCDI\b|\btemps plein\b|\bdurée indéterminée\b|\bunbefristete\w* "
        r"(vertrag|arbeitsvertrag|stelle|anstellung|arbeitsverhältnis|festanstellung)\w*|\bjornada completa\b|\btiempo completo\b|\bcontrato (a término )?indefinido\b")),
)  # fmt: skip


_BEHIND = 20  # bytes behind a match that may say what it is rather about: "Contract Manager"
_held = lru_cache(maxsize=4096)(
    Patterns(*(pattern.pattern for _, _, pattern in _TEXT)).held
)  # employers repeat themselves


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield at most one type: the title's word first, else the first sentence about the position itself.

    >>> text = b"This is a full-time role. Full-time employees get lunch."
    >>> [(f.concept, text[f.start:f.end]) for f in find(text, [Window(0, 56, "other")])]
    [('full_time', b'This is a full-time')]
    """
    for window in windows:
        if window.section == "title":
            low = text[window.start : window.end].lower()
            if not _TITLE_CLUE(low):
                continue
            # "Full-time, INTERNS": a line that names both offers the first to whoever is no student.
            both = _TITLE[3][1].search(text, window.start, window.end) and _WELCOME.search(
                text, window.start, window.end
            )
            for kind, pattern in _TITLE[3:] if both else _TITLE:
                m = pattern.search(text, window.start, window.end)
                if m and window.start and (m[0].lower() == b"interns" or _besides(text, window, m)):
                    continue  # "ONSITE, VISA, INTERNS": students are welcome besides
                if m and not _SUBJECT.search(text, window.start, window.end):
                    yield _found(kind, m.start(), m.end(), window, 0.95, "title")
                    return
    asked = [w for w in windows if w.section not in ("title", "location", "legal")]
    said = [(w, words, _held(words)) for w in asked for words in (text[w.start : w.end],)]
    for number, (kind, confidence, pattern) in enumerate(_TEXT):
        for window, words, holds in said:
            m = pattern.search(words) if number in holds else None
            if m and not _SUBJECT.search(words, m.start(), min(m.end() + _BEHIND, len(words))):
                yield _found(kind, window.start + m.start(), window.start + m.end(), window, confidence, "text")
                return


_TAG = patterns.compile(r"\b(?:REMOTE|ONSITE|ON-SITE|VISA|H1B|H-1B|FULL-?TIME)\b")


def _besides(text: bytes, window: Window, m: patterns.Match) -> bool:
    """Whether a thread's head counts "INTERN" up in capitals among what else it offers."""
    return m[0] == b"INTERN" and _TAG.search(text, window.start, window.end) is not None


def _found(kind: str, start: int, end: int, window: Window, confidence: float, where: str) -> Found:
    return Found(
        "employment", kind, start=start, end=end, section=window.section, confidence=confidence,
        rule=f"employment/{where}",
    )  # fmt: skip

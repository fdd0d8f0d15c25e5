"""Fields of study: in what a degree shall be that a posting asks or wishes for."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns
from jobtide.enrich.need import need_at, said
from jobtide.model import Found, Window

KINDS = ("field_of_study",)
TRIGGERS = (
    "degree", "degrees", "bachelor", "bachelors", "bachelor s", "bachelor’s", "master s", "masters", "master’s", "phd", "ph d", "bs", "b s",
    "bsc", "b sc", "ms", "m s", "msc", "m sc", "b tech", "btech", "m tech", "mtech", "beng", "meng", "major", "majoring", "studies in",
    "doctorate", "hochschulabschluss", "studium", "hochschulstudium", "diplôme", "licence", "licenciatura", "grado en", "titulación",
)  # fmt: skip
# One field a line: its id, then how it is written.
_WRITTEN = """
computer_science: computer sciences?|computing sciences?|computing|comp\\.? sci\\.?|cs|informatics|informatik|informatique|informática|ingeniería informática|wirtschaftsinformatik
software_engineering: software engineering|software development|softwareentwicklung|génie logiciel
computer_engineering: computer engineering|computer systems engineering
electrical_engineering: electrical (?:and|&) computer engineering|electrical engineering|electronics? engineering|electronics|ece|ee|elektrotechnik
data_science: data sciences?|data analytics|analytics|data engineering
artificial_intelligence: artificial intelligence|machine learning|ai|ml|künstliche intelligenz|intelligence artificielle|inteligencia artificial
mathematics: applied math(?:ematics)?|math(?:ematics|s)?|mathematik|mathématiques|matemáticas
statistics: statistics|biostatistics|statistik|statistiques?|estadística
physics: physics|applied physics|physik|physique|física
operations_research: operations? research|industrial engineering|management science
information_systems: (?:management )?information systems|information technology|mis|it
economics: economics|econometrics|volkswirtschaft|économie|economía
finance: finance|accounting|financial engineering
business: business(?: administration| analytics| management)?|management|betriebswirtschaft|bwl|commerce
mechanical_engineering: mechanical engineering|mechanics|mechatronics|maschinenbau|aerospace(?: engineering)?|aeronautics
robotics: robotics|control engineering|controls
civil_engineering: civil engineering|construction management|architecture
chemistry: chemistry|chemical engineering|materials? science|chemie
biology: biology|bioinformatics|computational biology|biomedical engineering|bioengineering|biotechnology|life sciences|biochemistry|genetics
neuroscience: neuroscience|cognitive science
psychology: psychology|human[- ]computer interaction|hci|behaviou?ral science|social sciences?|sociology
linguistics: computational linguistics|linguistics|natural language processing|nlp
design: (?:graphic|interaction|product|industrial|ux|visual) design|design|fine arts?
marketing: marketing|communications?|journalism|advertising|public relations
law: law|legal studies
health: nursing|medicine|public health|health informatics|pharmacy|kinesiology|physical therapy|social work
education: education
human_resources: human resources|hr
geography: geography|gis|geospatial science|remote sensing|environmental science
security: cyber ?security|information security
stem: stem
engineering: engineering|ingenieurwesen|ingénierie|ingeniería
quantitative: quantitative(?: or technical| or related| or analytical|, technical)?(?: field| discipline| subject| area| degree)?
technical: (?:technical|scientific|science)(?: or related| or engineering| or quantitative)? (?:field|discipline|subject|area|degree)
"""
_LINES = tuple(line.split(": ", 1) for line in _WRITTEN.strip().splitlines())
FIELDS = tuple(id for id, _ in _LINES)
_FIELD = patterns.compile(r"(?i)\b(?:" + "|".join(written for _, written in _LINES) + r")\b")
_ONE_BY_ONE = patterns.Patterns(*(rf"(?i)^(?:{written})$" for _, written in _LINES))
_DEGREE = patterns.compile(
    r"(?i)\b(?:degrees?|bachelor[’']?s?|master[’']?s|ph\.? ?d\.?s?|doctorate|b\.?s\.?c?\.?|m\.?s\.?c?\.?|b\.?tech|m\.?tech|b\.?eng|m\.?eng|"
    r"major(?:ing|ed)?|studies|hochschulabschluss|(?:hochschul)?studium|diplôme|licence|licenciatura|grado|titulación)\b"
)
# Behind these a sentence speaks of what a person can do or has done, no longer of the degree.
_LEFT = patterns.compile(
    r"(?i)\bexperience|\byears?\b|\bequivalent\b|\bskills?\b|\bproficien|\bknowledge|\bworking\b|\bunderstanding|\bability|\berfahrung|"
    r"\bexpérience|\bexperiencia|\bwith (?:an? )?(?:\w+ )?(?:focus|concentration|foundations?|grasp|background)|\bplus\b|\bhands-on\b|"
    r"[.;:] |\. ?$|•"
)
_LINK = patterns.compile(
    r"(?i)^[\s,/()&’'-]*(?:\b(?:in|of|from|or|and|a|an|the|im|en|der|in the|related|relevant|similar|such as|preferably|either|required|level)\b[\s,/()&:-]*)*$"
)
_DONE = patterns.compile(r"(?i)\s*(?:experience|roles?|skills|work\b|certificat|team)")  # a trade, not a subject
_REACH, _BEFORE = 200, 48  # bytes behind and before a degree's name
_BEHIND = 16  # bytes behind a field's name


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each field once, in order, with its need; a list of fields reaches as far as its commas do.

    >>> text = b"BS in Computer Science, Statistics or a related field; experience in marketing"
    >>> [(f.concept, text[f.start:f.end]) for f in find(text, [Window(0, 78, "requirements")])]
    [('computer_science', b'Computer Science'), ('statistics', b'Statistics')]
    """
    seen: dict[str, Found] = {}
    for window in windows:
        if window.section in ("title", "location", "benefits", "legal", "about"):
            continue
        signs, settled = None, ""
        begun = window.start
        for group, start, end in _named(text[begun : window.end + _BEHIND], window.end - begun):
            concept, start, end = FIELDS[group], begun + start, begun + end
            if concept not in seen:
                if signs is None:  # once a block, which may be long
                    signs, settled = said(text, window)
                need = settled or need_at(text, start, end, window, signs)
                seen[concept] = Found(
                    "field_of_study", concept, start=start, end=end, section=window.section,
                    need="required" if need == "mentioned" else need, confidence=0.9, rule="field_of_study/degree",
                )  # fmt: skip
    yield from sorted(seen.values(), key=lambda f: f.start)


@lru_cache(maxsize=4096)  # an employer's postings repeat their demands
def _named(words: bytes, end: int) -> list[tuple[int, int, int]]:
    """Number, start and end of each field that stands with a degree of a block, which reaches to ``end`` of the words."""
    out, done = [], 0
    for degree in _DEGREE.finditer(words, 0, end):
        if degree.start() < done:
            continue
        out += _chain(words, max(done, degree.start() - _BEFORE), degree.start(), at_end=True)
        stop = min(end, degree.end() + _REACH)
        left = _LEFT.search(words, degree.end(), stop)
        done = stop if left is None else left.start()
        out += _chain(words, degree.end(), done, at_end=False)
    return out


@lru_cache(maxsize=1024)
def _number(words: bytes) -> int:
    """Which field these words are."""
    return _ONE_BY_ONE.held(words)[0]


def _chain(text: bytes, start: int, end: int, *, at_end: bool) -> list[tuple[int, int, int]]:
    """The fields between ``start`` and ``end``; before a degree's name only those that lead to it without a gap."""
    found = []
    for m in _FIELD.finditer(text, start, end):
        if _DONE.match(text[m.end() : m.end() + _BEHIND]):
            continue
        found.append((_number(m[0]), m.start(), m.end()))
    if at_end:
        kept, behind = [], end
        for one in reversed(found):
            if not _LINK.match(text[one[2] : behind]):
                break
            kept.append(one)
            behind = one[1]
        return kept[::-1]
    # "degree required, and you love design": the first field follows the degree's name closely.
    return found if found and found[0][1] - start <= 40 else []

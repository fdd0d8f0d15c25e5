"""Degrees: the lowest that is demanded, the highest that is preferred, and whether experience may stand for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Patterns, test
from jobtide.enrich.wishes import is_wish
from jobtide.model import Found, Window

KINDS = ("degree_required", "degree_preferred", "degree_or_equivalent")
TRIGGERS = (
    "degree", "degrees", "bachelor", "bachelors", "bachelor s", "bachelor’s", "master’s", "master s", "masters", "master",
    "bs", "b s", "ba", "b a", "bsc", "b sc", "b tech", "btech", "beng", "b eng", "ms", "m s", "msc", "m sc", "meng", "mba",
    "phd", "ph d", "ph d s", "phds", "doctorate", "doctoral", "postgraduate", "university", "graduate degree",
    "undergraduate", "academic background", "studium", "hochschulabschluss", "diplôme", "licence", "grado", "m tech",
    "mtech", "bs ms", "bachelor’s", "master’s", "studies in", "post bs", "educated to degree", "graduated",
    "hochschulstudium", "fachhochschulstudium", "informatikstudium", "mit promotion", "abgeschlossene promotion", "promoviert", "ausbildung als", "diplom", "diplôme",
    "diplômé", "diplômée", "bac", "école d ingénieur", "école d'ingénieur", "doctorat", "licenciatura", "licenciado", "graduado", "máster",
    "doctorado", "ingeniería", "titulación", "universitario", "bachelier", "baccalauréat", "maestría",
    "equivalent combination", "in computer science",
)  # fmt: skip

_LEVELS = (
    ("phd", patterns.compile(
        r"(?i)\bph\.?\s?d\.?s?\b|\bdoctora(?:te|l|do|t)\b|\bpostdoc\w*|\b(?:mit|abgeschlossene|idealerweise|eine) promotion\b|\bpromoviert")),
    ("master", patterns.compile(
        r"(?:\bM\.?S\.?c?\b\.?|\bM\.?Eng\b|\bMBA\b|\bM\.?Tech\b|\bMSc\b|\bMS\b)|[a-z]Master['’]s\b|(?i:\bmaster['’]?s?['’]?\b (?:degree|or|in\b|of|\()|\bmaster['’]s\b|"
        r"\bmasters\b|\b(?:advanced|graduate|postgraduate)(?: (?:technical|cs|engineering|science|business|stem|quantitative))? degree\b|\bmaster degree|"
        r"\bmaster(?:['’]s)?/ph|or master\b|\bbac ?\+ ?5\b|\bdiplômée? d['’]une (?:grande )?école d['’]ingénieurs?\b|"
        r"\bécole d['’]ingénieurs?\b|\bdiplôme d['’]ingénieure?\b|\bmáster\b|\bmaestr[íi]a en\b|\bmasterabschluss|\bmasterstudium)")),
    ("bachelor", patterns.compile(
        r"(?:\bB\.?S\.?c?\b\.?|\bB\.A\b\.?|\bBA(?:\s*[/,;.&()]|\s+(?:in|or|and|degree|from|required|preferred|level|plus)\b)|\bB\.?Eng\b|\bB\.?Tech\b|\bBSc\b|\bBS/|\bBS\b)|[a-z]Bachelor['’]?s?\b|(?i:\bbachelor['’]?s?['’]?\b|\bundergraduate degree|"
        r"\buniversity degree|\bcollege degree|\bacademic (?:background in|degree)\b|\b(?:a|hold|have|relevant|technical|stem|"
        r"quantitative|engineering|sciences?|cs|mathematics|maths?|physics|statistics|economics|computing|technology|it|related|business|finance|4[- ]year|four[- ]year) degree\b|^degree\b|\bdegree (?:in|from|or)\b|\bdegree-level|\bstudium\b|"
        r"\bhochschulabschluss|\bhochschulstudium|\binformatikstudium|\bdiplom\b|"
        r"\bbachelorabschluss|\bbachelier\b|\bbaccalauréat en\b|\bbac ?\+ ?[34]\b|\blicence (?:en|in)\b|\bdiplômé|\bdiplôme d|\bgrado (?:universitario|en)\b|\blicenciatura|\blicenciad[oa]|"
        r"\bgraduad[oa]s? en\b|\btitulación universitaria|\bingeniería (?:informática|en|superior))")),
)  # fmt: skip
_RANK = {"bachelor": 1, "master": 2, "phd": 3}
_EQUIVALENT = patterns.compile(
    r"(?i)\bor\b[^.;]{0,50}\b(?:equivalent|comparable|commensurate|relevant|similar|practical|related)\b[^.;]{0,40}"
    r"\b(?:experience|work|background|training|expertise)|\bor (?:the )?equivalent\b|\bor (?:an )?additional \S+ years|equivalent (?:practical|work|industry|professional|"
    r"experience|combination)|\bor (?:have )?\d\S* (?:\+ )?years|\bin lieu of|\(or (?:equivalent|experience)|or additional relevant experience|"
    r"\b(?:oder|bzw\.?) [^.;]{0,30}(?:vergleichbar|gleichwertig|ähnlich)\w* (?:ausbildung|qualifikation|erfahrung|abschluss|berufserfahrung)|"
    r"\bou (?:équivalent|expérience équivalente)|\bo (?:similar|equivalente|experiencia equivalente)\b|"
    r"\bor (?:strong )?self[- ]taught|\bor (?:work|professional|industry|hands-on|real-world|demonstrated) experience"
)
_WISH = patterns.compile(
    r"(?i)\bprefer(?:red|ably|ence)?\b|\ba (?:strong |big |huge |definite )?plus\b|\bnice to have|\bbonus\b|\bdesir(?:ed|able)\b|\bideally\b|\bis ideal\b|\bhelpful\b|\bis a strong plus|"
    r"\bnot (?:strictly )?required|\bnot necessary|\badvantage\w*\b|\bwelcome\b|\bbeneficial\b|"
    r"\bidealerweise\b|\bvon vorteil\b|\bwünschenswert|\bgerne? (?:auch )?mit\b|\bun plus\b|\bidéalement\b|\bsouhaité|\bvalorable\b|\bse valora|\bdeseable\b"
)
_FIELD = patterns.compile(r"(?i)\b(?:preferably|ideally|preferred) (?:in|with|from)\b")
_HARD = patterns.compile(r"(?i)\brequired\b|\bmust\b|\bminimum\b|\bmandatory\b")
_NEGATED = patterns.compile(
    r"(?i)\b(?:no|without|don['’]t (?:need|care about|require)|not require|regardless of)\b[^.;]{0,30}"
    r"\b(?:degree|phd|ph\.d|bachelor|diploma)|\b(?:an?|any|college|university|formal) degree (?:is |are )?not (?:required|necessary|needed)|"
    r"\bstudium\b[^.;]{0,20}\bnicht (?:erforderlich|notwendig|nötig|zwingend)|\bkein\w* (?:abgeschlossene\w* )?(?:studium|\w*abschluss)|"
    r"\bdegree\b[^.;]{0,60}\bboot ?camp|\bdiplôme (?:n['’]est pas |non )(?:requis|exigé|obligatoire)|\b(?:sans|pas de) diplôme|"
    r"\bno (?:se requiere|se exige|pedimos|exigimos|es necesario|hace falta)[^.;]{0,20}\b(?:título|titulación|grado|licenciatura)|"
    r"\bquereinsteiger\S*[^.;]{0,30} willkommen|\bcareer[- ]changers?\b[^.;]{0,20} welcome"
)
# Apart, as the second is asked only where a level stands.
_ANY_LEVEL = Patterns(*(pattern.pattern for _, pattern in _LEVELS))
_ANY_SIGN = Patterns(*(sign.pattern for sign in (_NEGATED, _EQUIVALENT, _WISH, _FIELD, _HARD)))
# Degrees of other people or of other worlds: "our founders hold PhDs", "degree of freedom", "360-degree".
_OTHERS = (
    r"(?i)\b(?:our|team of|founded by|founders?|alongside|we are|we['’]re|colleagues|comprised|led by|group of|made up of)\b[^.;]{0,80}$|"
    r"\b(?:work(?:ing)? (?:closely |alongside |side by side )?with|partner with|collaborat\w+ with)\b[^.;]{0,40}$|\b(?:could|may|can) (?:also )?include your $|\b(?:360|high|some|large|certain|varying|greater|to what)[- ]$|\b(?:item|scrum|data|web|master) $"
)
_NOT_DEGREE = test(
    r"(?i)^\s*(?:cycles?\b|and bills|working (?:on|in|at|with)\b|of (?:freedom|autonomy|ownership|independence|rigor|difficulty|detail|flexib|trust|care|comfort|accuracy|confidence|responsib|ambigu)|view|feedback|the art|service|agreement|data|class(?:es)? on|students|file\b|"
    r"(?:office|excel|word|outlook|teams|powerpoint|project|access|sql|azure|dynamics|visio|sharepoint|365)\b)"
)
# "Pursuing a Bachelor's degree" asks for nobody who has one; "pursuing or recently completed" may.
_PURSUED = patterns.compile(
    r"(?i)\b(?:pursuing|(?:are|be|currently) completing|(?:last|final|penultimate|second|third|fourth|1st|2nd|3rd|4th)[- ]year (?:of|student))\b[^;]{0,60}$|"
    r"\b(?:towards?|laufendes|begonnenes|étudiante? (?:en|de)|estudiantes? de|studierende\w*|eingeschrieben\w*|immatrikuliert\w*|in the (?:process|course) of (?:completing|obtaining|earning))\b[^.;,]{0,40}$"
)
_BEFORE = Patterns(_OTHERS, _PURSUED.pattern)
_NEAR, _FAR = 40, 140  # bytes behind and before a degree that say whose it is
_TOUCHING = 3  # bytes
_MOST = 30  # degrees or words of wishing; what holds more is no sentence
# Where line ends were lost, the next heading stands at the end: "... or Mathematics PREFERRED QUALIFICATIONS:".
_NEXT = patterns.compile(
    r"(?i)\b(?:preferred|desired|bonus|additional|nice[- ]to[- ]have) ?(?:qualifications?|skills?|experience|requirements?|points)?\s*:\s*$"
)
_SECTIONS = ("requirements", "nice", "duties", "other", "about")


@dataclass(slots=True)
class _Named:
    """A degree that a sentence names: level, place, and whether it is a wish."""

    level: str
    start: int
    end: int
    section: str
    wish: bool
    equivalent: bool


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield what is demanded, what is preferred, and "true" where experience may stand for the degree.

    >>> text = "Bachelor's degree in CS or equivalent experience required; PhD preferred".encode()
    >>> [(f.kind, f.concept) for f in find(text, [Window(0, 72, "requirements")])]
    [('degree_required', 'bachelor'), ('degree_preferred', 'phd'), ('degree_or_equivalent', 'true')]
    """
    named = [
        replace(n, start=w.start + n.start, end=w.start + n.end)
        for w in windows if w.section in _SECTIONS for n in _in_block(text[w.start : w.end], w.section)
    ]  # fmt: skip
    hard = [n for n in named if not n.wish]
    if any(n.section == "requirements" for n in hard):
        hard = [n for n in hard if n.section == "requirements"]
    wished = [n for n in named if n.wish]
    lowest = min(hard, key=lambda n: _RANK[n.level]) if hard else None
    if lowest is not None:
        yield _found("degree_required", lowest.level, lowest)
    if wished:
        highest = max(wished, key=lambda n: _RANK[n.level])
        if lowest is None or _RANK[highest.level] > _RANK[lowest.level]:
            yield _found("degree_preferred", highest.level, highest)
    equal = next((n for n in (*hard, *wished) if n.equivalent), None)
    if equal is None and named:
        equal = next((n for w in windows if w.section in _SECTIONS for n in _combined(text, w, named[0])), None)
    if equal is not None:
        yield _found("degree_or_equivalent", "true", equal)


# "An equivalent combination of education, training and experience", on a line below the degree.
_COMBINED = patterns.compile(r"(?i)^\W*(?:or )?(?:an |any )?equivalent combination of [^.;\n]{0,40}\beducation\b")


def _combined(text: bytes, window: Window, degree: _Named) -> Iterator[_Named]:
    """The line that lets other education and experience stand for the posting's degree."""
    m = _COMBINED.search(text[window.start : window.end])
    if m is not None:
        start, end = window.start + m.start(), window.start + m.end()
        yield _Named(degree.level, start, end, window.section, degree.wish, equivalent=True)


def _found(kind: str, concept: str, named: _Named) -> Found:
    need = "preferred" if named.wish else "required"
    return Found(
        kind, concept, start=named.start, end=named.end, section=named.section, need=need, confidence=0.9,
        rule=f"degree/{need}",
    )  # fmt: skip


@lru_cache(maxsize=8192)  # an employer's postings repeat their demands
def _in_block(block: bytes, section: str) -> list[_Named]:
    """The degrees a block names, sentence by sentence; one in the nice-to-have section is all wishes."""
    out: list[_Named] = []
    start = 0
    for piece in _split(block):
        out += _in_sentence(piece, start, section)
        start += len(piece)
    return out


def _split(block: bytes) -> list[bytes]:
    """Cut at ". " and ";" but not behind "B.S. " or "Ph.D. ": what follows must begin a sentence."""
    pieces, begun = [], 0
    if b". " not in block and b";" not in block and "•".encode() not in block and "·".encode() not in block:
        return [block]
    for m in _END.finditer(block):
        if block.startswith((b"prefer", b"desir"), m.end()):
            continue  # "Bachelor's degree; preferred" is one statement
        pieces.append(block[begun : m.end()])
        begun = m.end()
    return [*pieces, block[begun:]]


_END = patterns.compile(r"[a-z)]{3}\. |;\s|[a-z).]{2}\s?[•·]\s?")


def _in_sentence(piece: bytes, start: int, section: str) -> Iterator[_Named]:
    if piece.rstrip()[-1:] == b":" and (heading := _NEXT.search(piece)) is not None:
        piece = piece[: heading.start()]
    levels = _ANY_LEVEL.held(piece)
    held = _ANY_SIGN.held(piece) if levels else ()
    if not levels or 0 in held:
        return
    equivalent = 1 in held and _experience_stands_in(piece)
    wish_at = [m.start() for m in islice(_WISH.finditer(piece), _MOST)] if 2 in held else []
    # "Bachelor's degree, preferably in Computer Science": the field is preferred, not the degree.
    fields = [m.start() for m in islice(_FIELD.finditer(piece), _MOST)] if 3 in held else []
    hard_at = [m.start() for m in islice(_HARD.finditer(piece), _MOST)] if 4 in held else []
    marks: list[tuple[int, int, str]] = []
    for level, pattern in [_LEVELS[number] for number in levels]:
        for m in pattern.finditer(piece):
            if _elsewhere(piece[max(0, m.start() - _FAR) : m.start()]) or _NOT_DEGREE(piece[m.end() : m.end() + _NEAR]):
                continue
            glued = piece[m.start() : m.start() + 2]
            begin = m.start() + (glued[:1].islower() and glued[1:].isupper())  # "RequiredMaster's"
            marks.append((begin, m.end(), level))
    # "advanced degree" also reads as "degree": the longer reading of one stretch wins.
    kept: list[tuple[int, int, str]] = []
    for mark in sorted(marks, key=lambda k: (k[0], -k[1])):
        if kept and kept[-1][2] != "bachelor" and _continues(piece, kept[-1][1], mark[0]):
            continue
        if (not kept or mark[0] >= kept[-1][1]) and len(kept) < _MOST:
            kept.append(mark)
    if section == "about" and _ASKING.search(piece) is None and (_LISTED.search(piece) is None or _TOLD(piece)):
        return
    for number, (begin, end, level) in enumerate(kept):
        # "Preferred: BS or MS degree in X is required": the line's own word is nearer than the heading's.
        demanded = section == "nice" and not wish_at and _IS_REQUIRED.match(piece, end) is not None
        wish = (section == "nice" and not demanded) or is_wish(piece, begin, number, kept, wish_at, hard_at, fields)
        yield _Named(level, start + begin, start + end, section, wish, equivalent)


def _continues(piece: bytes, end: int, begin: int) -> bool:
    """Whether the word at ``begin`` belongs to the degree that ends at ``end``: "PhD degree in physics"."""
    return 0 < begin - end <= _TOUCHING and piece[begin : begin + 6].lower() == b"degree"


def _elsewhere(before: bytes) -> bool:
    """Whether these words say that the degree behind them is other people's, or only being worked for."""
    held = _BEFORE.held(before) if before else ()
    if 1 not in held:
        return bool(held)
    m = _PURSUED.search(before)
    return 0 in held or (m is not None and b"completed" not in before[m.start() :].lower())


_ASKING = patterns.compile(r"(?i)\b(?:degree|required|you (?:have|hold)|background) (?:in|from|or)\b|\byou\b")
_LISTED = patterns.compile(
    r"(?i)^\W*(?:an? )?(?:[\w&-]+ ){0,3}(?:degree|b\.?[sa]\.?c?|m\.?s\.?c?|ph\.?d|bachelor\S*|master\S*)(?:,? (?:in|or|and)\b|[/.;,]|\s*$)"
)
_IS_REQUIRED = patterns.compile(r"(?i)[^.;\n•]{0,90}\b(?:is|are) (?:strictly )?(?:required|mandatory)\b")
_TOLD = test(r"(?i)\b(?:founde\w+|our|we|team|ceo|cto|he|she|his|her|i|i['’]m|my|they|graduates? of|alumni)\b")


def _experience_stands_in(piece: bytes) -> bool:
    """Whether experience stands for the degree, and not behind another one: "PhD, or MS with two years of experience"."""
    for m in _EQUIVALENT.finditer(piece):
        words = piece[m.start() : m.end()]
        behind = words[max(words.lower().rfind(b" or "), 0) :]
        if not (behind.lower().lstrip().startswith(b"or ") and any(level.search(behind) for _, level in _LEVELS)):
            return True
    return False

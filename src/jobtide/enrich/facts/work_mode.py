"""Work mode: remote, hybrid or on site, as the posting says of the job; an office's name alone says nothing.

A word of the mode is found first ("remote", "on-site", "in the office"); then the few words before and behind it say
whether the job is meant. Looking only there is what keeps long blocks cheap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Patterns, test
from jobtide.model import Found, Window

KINDS = ("work_mode", "office_days")
ALWAYS = True
TRIGGERS = (
    "remote", "remotely", "hybrid", "onsite", "on site", "in office", "in person", "in the office", "work from home",
    "wfh", "work from anywhere", "office", "offices", "li remote", "li hybrid", "li onsite", "relocate", "relocation",
    "co located", "distributed", "telecommute", "home office", "homeoffice", "télétravail", "vor ort", "days a week",
    "days per week", "days week", "hq", "headquarters", "day a week", "day per week", "times a week", "times per week", "mobiles arbeiten",
    "local only", "locals only", "local candidates only", "local applicants only", "teletrabajo", "remoto", "remota", "presencial", "híbrido", "hybride", "présentiel", "büro", "bureau", "oficina", "kantoor", "par semaine", "pro woche",
    "a la semana", "por semana", "sur site", "thuiswerken", "telecommuting",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words of a mode, whole and in lower case. They count where ``before`` matches up to them or ``behind`` from there.

    A cue with neither counts anywhere.
    """

    mode: str
    stems: tuple[bytes, ...]  # without one of these none of the words can stand there
    words: tuple[bytes, ...]
    before: patterns.Pattern | None = None
    behind: patterns.Pattern | None = None


def _any(pattern: str) -> patterns.Pattern:
    return patterns.compile(f"(?i){pattern}")


_BEFORE, _BEHIND = 36, 60  # bytes around a word of a mode that say whether the job is meant
_SUBJECT = (
    r"\b(?:is|are|be|as|a|an|work|working|open to|location|based|either|this|type|model|mode|policy|role|travail|trabajo|modelo|"
    r"modalidad|modèle|formato|arbeiten|arbeit|arbeitsmodell)\b[^.;\n]*$"
)
_CUES = (
    _Cue("hybrid", (b"hybrid", b"brido"), (b"hybrid", b"hybride", b"h\xc3\xadbrido"), _any(r"(?:\b[lb]i-$|\($|[,:|–—-] ?$|" + _SUBJECT + ")"),
         _any(r"(?:^[),:–—|]|^ ?[–—|-]|^ ?(?:/|or|and) ?(?:remote|on-?site|in[- ]office)\b|^[- ](?:work|role|position|model|schedule|environment|setup|set-up|first|remote|working|policy|"
              r"arrangement|office|basis|friendly|in\b|based|from|job|culture|approach|options?|flexib\w*))")),
    _Cue("remote", (b"remote",), (b"remote",),
         _any(r"(?:\b[lb]i-$|\b(?:fully|100%|completely|entirely|all|primarily|mostly|mainly|largely|predominantly)[- ]$|\($|[,:|–—] ?$|" + _SUBJECT + ")"),
         _any(r"(?:^[),:–—|]|^[- ](?:first|friendly|flexible|only|role|position|job|opportunity|work(?:ing)?\b|eligible|based|native|candidates|ok\b|"
              r"option|company|culture|environment|team members|setup|\(|within|in\b|from|anywhere|across|us\b|usa|uk\b|eu\b|europe|"
              r"canada|worldwide|global|(?:on )?(?:mon|tues|wednes|thurs|fri)days?\b|(?:is |work is )?(?:also )?possible\b|is (?:ok|okay|fine|welcome|an option)\b)|^\s*(?:[/&+]|and|or)\s*on-?site\b|^\s*(?:\n|$)|^\s*[/&-]\s*(?:us|usa|uk|eu|emea|anywhere|worldwide)\b)")),
    _Cue("hybrid", (b"part",), (b"partially remote", b"partly remote")),
    _Cue("hybrid", (b"semi", b"co-loc"), (b"semi-remote", b"semi remote", b"remote co-located")),
    _Cue("remote", (b"remoto", b"remota"), (b"remoto", b"remota"),
         _any(r"(?:\b(?:100 ?%|trabajo|modalidad|en|totalmente|completamente|puesto|trabalho|forma|de manera) ?$|[|,(] ?$|^$)"),
         _any(r"^ ?(?:[|(),]|dentro de|desde (?:cualquier|casa|españa))")),
    _Cue("remote", (b"remotely", b"telecommut", b"home", b"anywhere", b"distrib", b"travai", b"trabaj", b"mobiles"), (b"remotely", b"telecommute", b"telecommuting", b"work from home", b"working from home", b"work from anywhere", b"working from anywhere", b"home office",
                    b"homeoffice", b"distributed team", b"distributed company", b"distributed workforce", b"t\xc3\xa9l\xc3\xa9travail",
                    b"teletrabajo", b"mobiles arbeiten")),
    _Cue("onsite", (b"site", b"office", b"person", b"presen", b"sentiel"), (b"on-site", b"onsite", b"on site", b"in-office", b"in office", b"in-person", b"in person", b"in the office",
                    b"presencial", b"pr\xc3\xa9sentiel", b"sur site"),
         _any(r"(?:\b[lb]i-$|^$|\($|\b(?:trabajo|modalidad|100 ?%|puesto|travail|pr\x{e9}sence|poste) (?:100 ?% )?(?:en )?$|\b(?:is|are|be|work|working|fully|100%|location|based|this|type|we|to|primarily)\b[^.;\n]*$|\b(?:an?|as)(?: \w+)? $)"),
         _any(r"(?:^\)|^\s*(?:role|position|job|work|in\b|at\b|culture|team|company|only|basis|environment|5\b|five|four|4\b|collaboration|"
              r"full|requirement|every|first|presence|and\b|with|out\b|from|,|\.|;|expectation)|^[- ]based|^\s*$)")),
    _Cue("onsite", (b"office", b"hq", b"headq"), (b"office", b"offices", b"hq", b"headquarters"),
         _any(r"(?:\b(?:role|position|job|work|working|based)(?: full[- ]?time| (?:closely )?together)? (?:at|in|from|out of) (?:our|the|one of our)\b[^.;\n]*$|"
              r"\b(?:be|is|are|work|working)\b[^.;\n]* from (?:our|the)\b[^.;\n]*$)"), _any(r"^-based\b")),
    _Cue("onsite", (b"local",), (b"local only", b"locals only", b"local candidates only", b"local applicants only"),
         _any(r"(?:^|[|,;(\[/–—-] ?)$"), _any(r"^\s*(?:$|[|,;.)\]/]|please\b)")),
    _Cue("onsite", (b"relocat",), (b"relocate to", b"relocating to"), _any(r"\b(?:willing|able|ability|happy|open|required|ready|must|need)\b[^.;\n]*$")),
    _Cue("onsite", (b"no remote", b"not ", b"vor ort", b"no work"), (b"no remote", b"not remote", b"not a remote", b"vor ort", b"no work from home", b"no working from home")),
)  # fmt: skip
# Every word under the stem that it holds: a block holds one or two stems, and only their words are looked for.
_BY_STEM = tuple(
    (stem, tuple((word, cue) for cue in _CUES for word in cue.words if next(s for s in cue.stems if s in word) == stem))
    for stem in dict.fromkeys(stem for cue in _CUES for stem in cue.stems)
)
# In English, German, French, Spanish and Dutch.
_COUNTS = {
    b"one": 1, b"two": 2, b"three": 3, b"four": 4, b"five": 5, b"ein": 1, b"einen": 1, b"zwei": 2, b"drei": 3, b"vier": 4,
    "fünf".encode(): 5, b"un": 1, b"deux": 2, b"trois": 3, b"quatre": 4, b"cinq": 5, b"dos": 2, b"tres": 3, b"cuatro": 4,
    b"cinco": 5, "één".encode(): 1, b"twee": 2, b"drie": 3, b"vijf": 5,
}  # fmt: skip
_NUMBER = r"(" + "|".join(word.decode() for word in _COUNTS) + r"|[1-6]|at least \d)"
# "3 days a week in the office", "in the office 2-3 days", "five days a week on-site": how many say which mode it is.
_DAYS = patterns.compile(
    r"(?i)\b"
    + _NUMBER
    + r"(?:\s?(?:-|–|to|or|bis|oder|à|ou|a|o|of)\s?"
    + _NUMBER
    + r")?\+?(?:\s?x| full| volle| ganze)?[ -](?:times|days?|tagen?|tag|jours?|días?|dagen)"
    r"(?:[ -/]*(?:a|per|each|pro|die|in der|par|a la|por)?[ -/]*(?:week|wk|woche|semaine|semana)\w*)?\b"
)
_AT_OFFICE = patterns.compile(
    r"(?i)\b(?:office|offices|hq|headquarters|on-?site|in[- ]person|studio|lab|büro|vor ort|bureau|sur site|présentiel|oficina|"
    r"presencial(?:es)?|kantoor)\b"
)
# "3 days remote, 2 in the office": the first number is of days away.
_AWAY_BEHIND = test(
    r"(?i)^[^.,;\n]{0,14}\b(?:remote(?:ly)?|from home|wfh|home ?office|télétravail|teletrabajo|mobil\w*|thuis\w*)\b"
)
_MEALS = test(r"(?i)\b(?:lunch|dinner|breakfast|meal|snack)\w*\b")
# "in the office Tuesday, Wednesday and Thursday", "Monday through Thursday": the days by their names.
_DAY = r"(?:mon|tues|wednes|thurs|fri)days?"
_NAMED = patterns.compile(rf"(?i)\b{_DAY}(?:\s?(-|–|—|to|through|thru)\s?{_DAY}|(?:,? ?(?:and|&|or)? ?\b{_DAY})*)\b")
_WEEK = (b"mon", b"tues", b"wednes", b"thurs", b"fri")
# The word is there, but not about where this job is done.
_NOT_MODE = _any(
    r"(?:\b(?:an?|the|our|your|other|of|on|in|with|within|across|and|or|to|for|\w+ing|lead|manage|build|global|international|distributed) remote team\b|"
    r"\bremote (?:sensing|team management|teams\b|control\w*|monitoring|server|desktop|procedure|areas?|diagnos\w+|patient|assist|equipment|stipend|"
    r"setup stipend|devices?|sites?|access|support|operation|repositor\w+|code|endpoints?|api|viewing|robots?|locations|employees)|\bhybrid (?:cloud|search|between|sales|marketing|model(?:s\b|ing\b| systems)|"
    r"retriev\w+|approach(?:es)? (?:to|of)|(?:role|position)s? (?:that|which) (?:(?:combin|blend|bridg|mix|span)\w*|(?:requires?|needs?|calls? for) (?:not only|both))|roles? of the\b|(?:\w+[/+-])?(?:linux|windows|unix|mac\w*|aws|azure|on-?prem\w*)\b|architecture\w*|system|quantum|infrastructure|services|environments?|networks?|deployments?|workloads?|vehicle|methods|mobile|retrieval|role of|app\b|bonus)|"
    r"\b(?:tests?|testing|sessions?|research|support|surveys?)\b[^.;\n]{0,16}\b(?:in[- ]person|on-?site) or remote\w*|\bremote testing|"
    r"\bin[- ]person and (?:in )?(?:writing|written|over|via|by)\b|"
    r"\b(?:meet|gather|get together)(?:s|ing)? (?:up )?in[- ]person\b|"
    r"\b(?:online|virtual(?:ly)?|digital(?:ly)?) (?:or|and) in[- ]person\b|\bin[- ]person (?:or|and) (?:online|virtual)|\bremote[- ](?:first )?companies\b|\bin[- ]office (?:lunch|meal|snack|breakfast|dinner|gym|chef|coffee|perk|amenit)\w*|\bremote (?:clients?|customers?|users?|visitors?|and virtual)\b|\b(?:participat|join|attend)\w* remotely|\bpart of an? (?:\w+[- ]){1,3}distributed team|"
    r"\bwhether (?:\w+[’' ]){0,3}(?:fully )?(?:remote|hybrid|on-?site|in[- ]office)\b[^.;\n]{0,50}|"
    r"\bmix of (?:fully )?(?:remote|hybrid)[^.;\n]{0,30}\b(?:roles|positions|teams)\b|\bsome (?:of our )?(?:roles|positions|jobs|teams)\b[^.;\n]{0,90}|"
    r"\bhybrid of\b|\bhome[- ]office needs\b|\b(?:lunch(?:es)?|snacks|meals|dinner)[^.;\n]{0,20}\b(?:in[- ]office|in the office|onsite)|"
    r"\bin[- ]person (?:meeting|event|offsite|retreat|gather|summit|on-?boarding|training|interview|collabor\w+ (?:at|events|when))\w*|"
    r"\bvirtual\b[^.;\n]{0,20}\bon-?site\b|\b(?:on-?site|in-office|local) (?:and|or|&) (?:remote|off-?site|off-?shore|distributed) (?:\w+ )?(?:teams?|colleagues|staff|members|stakeholders)\b|"
    r"\b(?:quarterly|annual|annually|yearly|monthly|every quarter|each quarter|once a|twice a)\b[^.;\n]{0,24}\bin[- ]person|"
    r"\b(?:occasional|some|limited)(?:ly)? (?:remote|work(?:ing)?[- ]from[- ]home|wfh)\b|"
    r"\b(?:drink\w*|beers?|games?|dogs?|pets?|music|kegs?|parties) (?:in|at) the office\b|\bon-?site \w+ interview|\bon-?site (?:presentation|work[- ]?(?:trial|session)|panel|meeting|event|interview|interaction|visit|customer|client|support|gym|lunch|meal|chef|parking|cafeteria|final|catering|with (?:customers|clients))\w*|\binterview\b|"
    r"\b(?:workshop|trial|round|stage)\b[^.;\n]{0,40}\b(?:on-?site|remote|in[- ]person)(?: or (?:on-?site|remote))?|"
    r"\b(?:office|home[- ]office|wfh|work[- ]from[- ]home|remote work) (?:stipend|budget|setup|allowance|equipment|perks|benefit|hours|snacks|manager|suite|administrat|support)\w*|"
    r"\bin[- ]person (?:human|customer|client|patient|marketing|sales|care|banking|shopping|retail|class|learning|instruction|visit|service|connection|experience)\w*|"
    r"(?-i:\bin Office\b)|\bvisas?\b[^|;\n]{0,16}\banywhere\b|\bdepending on|\bworking remotely with|\bcustomers? (?:on-?site|onsite|remote)|\bclients?['’]? (?:on-?site|onsite)|travel (?:on-?site|to)|"
    r"\b(?:remote|hybrid)(?: (?:and|or) (?:remote|hybrid))? work (?:has|have|is becoming|became)|\bnumber of hybrid\b[^.;\n]{0,60})"
)
_IS_NOT_MODE = test(_NOT_MODE.pattern)
_NOT_REMOTE = test(
    r"(?i)\bno work(?:ing)? from home\b|(?:\b(?:not|no|isn['’]t|cannot|non)\b[^.;\n]{0,18}\b(?:remote|telecommut)|\b(?:remote|telecommut\w+)\b[^.;\n]{0,20}\bnot (?:available|possible|offered|an option)|"
    r"\bremote\b(?: ?[:?]| ?[-–—=])? (?:probably |sadly |unfortunately )?(?:no|not)\b ?(?:$|[^\w ]|currently|yet|at))"
)
_FIELDS = ("title", "location")
_Span = tuple[str, int, int]  # mode, start, end in the block
_Days = tuple[float, float, tuple[int, int], str]  # least, most, where, and how they are said


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield one mode at most, and the stated days in the office. Location and title come first, then the text.

    Where remote and office are mixed, "hybrid" wins.

    >>> text = "We work in a hybrid model, 3 days in the office; remote sensing a plus".encode()
    >>> [(f.kind, f.concept, f.low) for f in find(text, [Window(0, 70, "other")])]
    [('work_mode', 'hybrid', None), ('office_days', '', 3.0)]
    """
    fields = [
        (f, w.start) for w in windows if w.section in _FIELDS for f in _in_field(text[w.start : w.end], w.section)
    ]
    body = [
        (f, w.start) for w in windows if w.section not in _FIELDS for f in _in_block(text[w.start : w.end], w.section)
    ]
    stated = [(f, at) for f, at in body if f.kind == "work_mode" and not _elsewhere(text, at + f.end, windows)]
    hybrid = next((told for told in (*fields, *stated) if told[0].concept == "hybrid"), None)
    mode = hybrid or (fields[0] if fields else max(stated, key=lambda told: told[0].confidence, default=None))
    days = next((told for told in body if told[0].kind == "office_days"), None)
    for found, at in (told for told in (mode, days) if told is not None):
        yield found._replace(start=at + found.start, end=at + found.end)


# "A hybrid setup for NYC-based colleagues" says nothing of a job in Lima.
_FOR_SOME = patterns.compile(r"\b[Ff]or (?:our )?([A-Z]\w+)[- ]based (?:team|colleague|employee|staff|people|role)")
_SHORT = {b"NYC": b"New York", b"SF": b"San Francisco", b"LA": b"Los Angeles"}
_REACH = 60  # bytes behind a mode that may say whose it is


def _elsewhere(text: bytes, end: int, windows: Sequence[Window]) -> bool:
    """Whether the words behind a mode keep it for people of a city that the location does not name."""
    if b"based" not in text[end : end + _REACH]:
        return False
    some = _FOR_SOME.search(text, end, min(end + _REACH, len(text)))
    if some is None:
        return False
    place = _SHORT.get(some[1], some[1])
    return not any(place in text[w.start : w.end] for w in windows if w.section == "location")


_FIELD = (
    ("hybrid", _any(r"\bhybrid\b")),
    (
        "remote",
        _any(
            r"(?:\bremote(?:ly)?\b|\bremot[oa]\b|\bteletrabajo\b|t\x{e9}l\x{e9}travail\b|\banywhere\b|\bwork from home\b|\bhome ?office\b)"
        ),
    ),
    (
        "onsite",
        # "On site" in two words only where it stands apart: an on site manager manages a site.
        _any(
            r"(?:\bon-?site\b|\bin[- ]office\b|\bin[- ]person\b|(?:^|[|,;(/–—-] ?|\btime )on site\b|\bon site ?(?:[|,;)/–—-]|$))"
        ),
    ),
)
# A band of time zones instead of a place: "CET +/- 3".
_BAND = _any(r"\b(?:utc|gmt|ces?t|ees?t|wes?t|[ecmp][sd]?t) ?(?:\+/-|\+-|±|[+-]) ?\d")
_NO_REMOTE = _any(r"\b(?:no|not|non)\b[^.;\n]{0,6}\bremote\b")
_IN_FIELD = Patterns(*(pattern.pattern for _, pattern in _FIELD))


@lru_cache(maxsize=8192)  # boards repeat their locations, and some of their titles
def _in_field(words: bytes, section: str) -> tuple[Found, ...]:
    """What title or location name outright; remote beside an office of the list leaves the choice: remote."""
    held = _IN_FIELD.held(words)
    if held and _IS_NOT_MODE(words):
        words = _masked(words)
        held = _IN_FIELD.held(words)
    if not held:
        band = _BAND.search(words) if section == "location" else None
        return () if band is None else (_found("remote", *band.span(), section, 0.7, "band"),)
    if _NOT_REMOTE(words) and _FIELD[held[0]][0] == "remote":
        m = _NO_REMOTE.search(words)
        return () if m is None else (_found("onsite", *m.span(), section, 0.9, "field"),)
    for concept, pattern in _FIELD[held[0] :]:
        if m := pattern.search(words):
            begin, end = m.span()
            if (apart := words.lower().find(b"on site", begin, end)) >= 0:
                begin, end = apart, apart + len(b"on site")
            return (_found(concept, begin, end, section, 0.95, "field"),)
    return ()


@lru_cache(maxsize=8192)  # an employer's postings repeat what it says of its offices
def _in_block(block: bytes, section: str) -> tuple[Found, ...]:
    """Every mode that a block of text states of the job, and its days in the office."""
    meant, days = _stated(block)
    modes = [_in_text(mode, (start, end), block, section) for mode, start, end in meant]
    return (*modes, *(_office_days(days, block, section) if days is not None else ()))


def _stated(block: bytes) -> tuple[tuple[_Span, ...], _Days | None]:
    """Each mode that the block states of the job with the words that do, and how many days are in the office."""
    low = block.lower()
    meant = tuple(_meant(block, low))
    days = any(stem in low for stem in _OF_DAYS) and (
        _DAYS.search(block) is not None or ((b"sday" in low or b"nday" in low) and _NAMED.search(block) is not None)
    )
    if not meant and not days:
        return (), None
    if _IS_NOT_MODE(block):
        block = _masked(block)
        low = block.lower()
        meant = tuple(_meant(block, low))
    barred = (b"remote" in low or b"telecommut" in low or b"no work" in low) and bool(_NOT_REMOTE(block))
    return tuple(one for one in meant if not (barred and one[0] == "remote")), _days(block) if days else None


_OF_DAYS = (b"day", b"times", b"tag", b"jour", "día".encode(), b"dagen")


def _meant(block: bytes, low: bytes) -> Iterator[_Span]:
    """Each mode whose words stand in the block with words around them that mean the job: mode, start, end."""
    for stem, words in _BY_STEM:
        for word, cue in words if stem in low else ():
            at = low.find(word)
            while at >= 0:
                end = at + len(word)
                if not (low[at - 1 : at].isalnum() if at else False) and not low[end : end + 1].isalnum():
                    span = _around(block, cue, at, end)
                    if span is not None:
                        yield cue.mode, *span
                        break
                at = low.find(word, end)


# "Télétravail deux jours par semaine", "tres días de teletrabajo", "zwei Tage Homeoffice": the rest is at the office.
_SOME_DAYS = test(
    r"(?i)\b(?:\d|un|deux|trois|quatre|dos|tres|cuatro|zwei|drei|vier) (?:jours?|días?|tagen?)\b[^.;\n]{0,18}"
    r"\b(?:télétravail|teletrabajo|home ?office|remote)|\b(?:télétravail|teletrabajo|home ?office|remote)\b[^.;\n]{0,10}"
    r"\b(?:\d|un|deux|trois|quatre|dos|tres|cuatro|zwei|drei|vier) (?:jours?|días?|tagen?)\b|"
    r"\b(?:(?:one|two|three|[1-3]) days?(?: (?:a|per|each) week)?|(?:mon|tues|wednes|thurs|fri)days?)[ ,:-]{1,3}(?:of )?"
    r"(?:work(?:ing)?[- ]from[- ]home|wfh|home office)\b|"
    r"\bremote(?:ly)?(?: work)?(?: on)?[ :,]{1,2}(?:mon|tues|wednes|thurs|fri)days?\b|"
    r"\bfrom home,? (?:or )?(?:from |in |at )?(?:our|the) office\b|"
    r"\b(?:work(?:ing)?[- ]from[- ]home|wfh|home office|telecommut\w+)(?: is available)?[ ,:-]{1,3}(?:on )?"
    r"(?:(?:up to )?(?:one|two|three|[1-3])(?:-[2-4])? days?|"
    r"(?:mon|tues|wednes|thurs|fri)days?)\b"
)


def _around(block: bytes, cue: _Cue, begin: int, end: int) -> tuple[int, int] | None:
    """From where to where the words around a cue's words say that the job is meant, None if they do not."""
    if cue.before is None and cue.behind is None:
        return begin, end
    left = max(0, begin - _BEFORE)
    before = cue.before.search(block[left:begin]) if cue.before is not None else None
    if before is not None:
        return left + before.start(), end
    behind = cue.behind.search(block[end : end + _BEHIND]) if cue.behind is not None else None
    return (begin, end + behind.end()) if behind is not None else None


def _in_text(mode: str, span: tuple[int, int], block: bytes, section: str) -> Found:
    if mode == "remote" and _SOME_DAYS(block[max(0, span[0] - 24) : span[1] + 28]):
        mode = "hybrid"
    confidence = 0.9 if b"#" in block[max(0, span[0] - 1) : span[1]] else 0.8
    if section in ("benefits", "about"):
        confidence -= 0.15
    return _found(mode, *span, section, confidence, "text")


def _days(block: bytes) -> _Days | None:
    """How many days of a week are in the office, and the words that say so; None where they are of something else."""
    for m in _DAYS.finditer(block):
        near = block[max(0, m.start() - 60) : m.end() + 60]
        if _MEALS(near):
            continue
        if _AT_OFFICE.search(near) and not _AWAY_BEHIND(block[m.end() : m.end() + 30]):
            least, most = _count(m[1]), _count(m[2] or m[1])
            return least, most, m.span(), "days"
    for m in _NAMED.finditer(block):
        sentence = block[max(0, m.start() - 60) : m.end() + 40]
        if not _AT_OFFICE.search(sentence) or b"hours" in sentence or _remote(block, m.start()):
            continue
        named = [number for number, day in enumerate(_WEEK) if day + b"day" in m[0].lower()]
        count = float(named[-1] - named[0] + 1 if m[1] else len(named))
        # One weekday is a habit only in the plural; "Monday-Saturday" is a shop's week.
        if count > 1 or (count == 1 and m[0].lower().endswith(b"s")):
            return count, count, m.span(), "weekdays"
    return None


def _office_days(days: _Days, block: bytes, section: str) -> Iterator[Found]:
    """Days of a week in the office: one to four are hybrid, five and more on site."""
    low, high, span, rule = days
    mode = "onsite" if low >= 5 or (low >= 4 and high >= 5) else "hybrid"
    yield _in_text(mode, span, block, section)
    yield Found(
        "office_days", low=low, high=max(low, high), unit="day", start=span[0], end=span[1], section=section,
        confidence=0.85 if rule == "days" else 0.8, rule=f"work_mode/{rule}",
    )  # fmt: skip


def _remote(block: bytes, at: int) -> bool:
    """Whether the day before which we stand is one away from the office: "remote on Friday"."""
    return bool(_AWAY(block[max(0, at - 28) : at]))


_AWAY = test(r"(?i)\b(?:remote(?:ly)?|from home|wfh|work from anywhere)\b[^.,;\n]{0,14}$")


def _count(words: bytes) -> float:
    word = words.lower().rpartition(b" ")[2]
    return float(_COUNTS.get(word, 0) or word)


def _masked(block: bytes) -> bytes:
    """The block with the words that do not speak of where this job is done blotted out, same length."""
    covered = bytearray(block)
    for m in _NOT_MODE.finditer(block):
        covered[m.start() : m.end()] = b"." * (m.end() - m.start())
    return bytes(covered)


def _found(concept: str, start: int, end: int, section: str, confidence: float, where: str) -> Found:
    return Found(
        "work_mode", concept, start=start, end=end, section=section, confidence=confidence,
        rule=f"work_mode/{where}",
    )  # fmt: skip

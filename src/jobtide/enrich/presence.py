"""Which words say where the work is done: remote, hybrid or on site, and do they mean the job?

A word of a mode is looked for first; then the few words before and behind it say whether the job is meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from jobtide.enrich import patterns
from jobtide.enrich.patterns import test

Span = tuple[str, int, int]  # mode, start, end in the block


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of a mode, whole and in lower case. They count where ``before`` matches up to them or ``behind`` from there.

    A cue with neither counts anywhere.
    """

    mode: str
    stems: tuple[bytes, ...]  # without one of these none of the words can stand there
    words: tuple[bytes, ...]
    before: patterns.Pattern | None = None
    behind: patterns.Pattern | None = None


def ignoring_case(pattern: str) -> patterns.Pattern:
    return patterns.compile(f"(?i){pattern}")


_BEFORE, _BEHIND = 36, 60  # bytes around a word of a mode that say whether the job is meant
_SUBJECT = (
    r"\b(?:is|are|be|as|a|an|work|working|open to|location|based|either|this|type|model|mode|policy|role|travail|trabajo|modelo|"
    r"modalidad|modèle|formato|arbeiten|arbeit|arbeitsmodell)\b[^.;\n]*$"
)
_CUES = (
    Cue("hybrid", (b"hybrid", b"brido"), (b"hybrid", b"hybride", b"h\xc3\xadbrido"), ignoring_case(r"(?:\b[lb]i-$|\($|[,:|–—-] ?$|" + _SUBJECT + ")"),
         ignoring_case(r"(?:^[),:–—|]|^ ?[–—|-]|^ ?(?:/|or|and) ?(?:remote|on-?site|in[- ]office)\b|^[- ](?:work|role|position|model|schedule|environment|setup|set-up|first|remote|working|policy|"
              r"arrangement|office|basis|friendly|in\b|based|from|job|culture|approach|options?|flexib\w*))")),
    Cue("remote", (b"remote",), (b"remote",),
         ignoring_case(r"(?:\b[lb]i-$|\b(?:fully|100%|completely|entirely|all|primarily|mostly|mainly|largely|predominantly)[- ]$|\($|[,:|–—] ?$|" + _SUBJECT + ")"),
         ignoring_case(r"(?:^[),:–—|]|^[- ](?:first|friendly|flexible|only|role|position|job|opportunity|work(?:ing)?\b|eligible|based|native|candidates|ok\b|"
              r"option|company|culture|environment|team members|setup|\(|within|in\b|from|anywhere|across|us\b|usa|uk\b|eu\b|europe|"
              r"canada|worldwide|global|(?:on )?(?:mon|tues|wednes|thurs|fri)days?\b|(?:is |work is )?(?:also )?possible\b|is (?:ok|okay|fine|welcome|an option)\b)|^\s*(?:[/&+]|and|or)\s*on-?site\b|^\s*(?:\n|$)|^\s*[/&-]\s*(?:us|usa|uk|eu|emea|anywhere|worldwide)\b)")),
    Cue("hybrid", (b"part",), (b"partially remote", b"partly remote")),
    Cue("hybrid", (b"semi", b"co-loc"), (b"semi-remote", b"semi remote", b"remote co-located")),
    Cue("remote", (b"remoto", b"remota"), (b"remoto", b"remota"),
         ignoring_case(r"(?:\b(?:100 ?%|trabajo|modalidad|en|totalmente|completamente|puesto|trabalho|forma|de manera) ?$|[|,(] ?$|^$)"),
         ignoring_case(r"^ ?(?:[|(),]|dentro de|desde (?:cualquier|casa|españa))")),
    Cue("remote", (b"remotely", b"telecommut", b"home", b"anywhere", b"distrib", b"travai", b"trabaj", b"mobiles"), (b"remotely", b"telecommute", b"telecommuting", b"work from home", b"working from home", b"work from anywhere", b"working from anywhere", b"home office",
                    b"homeoffice", b"distributed team", b"distributed company", b"distributed workforce", b"t\xc3\xa9l\xc3\xa9travail",
                    b"teletrabajo", b"mobiles arbeiten")),
    Cue("onsite", (b"site", b"office", b"person", b"presen", b"sentiel"), (b"on-site", b"onsite", b"on site", b"in-office", b"in office", b"in-person", b"in person", b"in the office",
                    b"presencial", b"pr\xc3\xa9sentiel", b"sur site"),
         ignoring_case(r"(?:\b[lb]i-$|^$|\($|\b(?:trabajo|modalidad|100 ?%|puesto|travail|pr\x{e9}sence|poste) (?:100 ?% )?(?:en )?$|\b(?:is|are|be|work|working|fully|100%|location|based|this|type|we|to|primarily)\b[^.;\n]*$|\b(?:an?|as)(?: \w+)? $)"),
         ignoring_case(r"(?:^\)|^\s*(?:role|position|job|work|in\b|at\b|culture|team|company|only|basis|environment|5\b|five|four|4\b|collaboration|"
              r"full|requirement|every|first|presence|and\b|with|out\b|from|,|\.|;|expectation)|^[- ]based|^\s*$)")),
    Cue("onsite", (b"office", b"hq", b"headq"), (b"office", b"offices", b"hq", b"headquarters"),
         ignoring_case(r"(?:\b(?:role|position|job|work|working|based)(?: full[- ]?time| (?:closely )?together)? (?:at|in|from|out of) (?:our|the|one of our)\b[^.;\n]*$|"
              r"\b(?:be|is|are|work|working)\b[^.;\n]* from (?:our|the)\b[^.;\n]*$)"), ignoring_case(r"^-based\b")),
    Cue("onsite", (b"local",), (b"local only", b"locals only", b"local candidates only", b"local applicants only"),
         ignoring_case(r"(?:^|[|,;(\[/–—-] ?)$"), ignoring_case(r"^\s*(?:$|[|,;.)\]/]|please\b)")),
    Cue("onsite", (b"relocat",), (b"relocate to", b"relocating to"), ignoring_case(r"\b(?:willing|able|ability|happy|open|required|ready|must|need)\b[^.;\n]*$")),
    Cue("onsite", (b"no remote", b"not ", b"vor ort", b"no work"), (b"no remote", b"not remote", b"not a remote", b"vor ort", b"no work from home", b"no working from home")),
)  # fmt: skip
# Every word under the stem that it holds: a block holds one or two stems, and only their words are looked for.
_BY_STEM = tuple(
    (stem, tuple((word, cue) for cue in _CUES for word in cue.words if next(s for s in cue.stems if s in word) == stem))
    for stem in dict.fromkeys(stem for cue in _CUES for stem in cue.stems)
)
# The word is there, but not about where this job is done.
_NOT_MODE = ignoring_case(
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
IS_NOT_MODE = test(_NOT_MODE.pattern)
NOT_REMOTE = test(
    r"(?i)\bno work(?:ing)? from home\b|(?:\b(?:not|no|isn['’]t|cannot|non)\b[^.;\n]{0,18}\b(?:remote|telecommut)|\b(?:remote|telecommut\w+)\b[^.;\n]{0,20}\bnot (?:available|possible|offered|an option)|"
    r"\bremote\b(?: ?[:?]| ?[-–—=])? (?:probably |sadly |unfortunately )?(?:no|not)\b ?(?:$|[^\w ]|currently|yet|at))"
)


def meant(block: bytes, low: bytes) -> Iterator[Span]:
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


def _around(block: bytes, cue: Cue, begin: int, end: int) -> tuple[int, int] | None:
    """From where to where the words around a cue's words say that the job is meant, None if they do not."""
    if cue.before is None and cue.behind is None:
        return begin, end
    left = max(0, begin - _BEFORE)
    before = cue.before.search(block[left:begin]) if cue.before is not None else None
    if before is not None:
        return left + before.start(), end
    behind = cue.behind.search(block[end : end + _BEHIND]) if cue.behind is not None else None
    return (begin, end + behind.end()) if behind is not None else None


def masked(block: bytes) -> bytes:
    """The block with the words that do not speak of where this job is done blotted out, same length."""
    covered = bytearray(block)
    for m in _NOT_MODE.finditer(block):
        covered[m.start() : m.end()] = b"." * (m.end() - m.start())
    return bytes(covered)

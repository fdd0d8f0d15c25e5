"""Role: what the person does, from the title first; the text decides where the title leaves it open."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns, roletext, spelling
from jobtide.enrich.jobtitles import RULES
from jobtide.enrich.patterns import Patterns, Ranked
from jobtide.enrich.roletext import TRIGGERS as TRIGGERS
from jobtide.model import Found, Window

KINDS = ("role",)
ALWAYS = True
# Rules that take what no other knows: such a title may be misspelt, or not in English.
_DOUBTED = frozenset({"engineer/plain", "engineer/graded", "business/lead", "technical", "technical/lead"})
# Engineers of anything: a text that never speaks of software is not about one of software.
_TRADES = frozenset({"engineer/plain", "engineer/graded"})
# Which rule matches first; only that is then searched for its words. Employers repeat their titles.
_first = lru_cache(maxsize=8192)(Ranked(*(rule[3].pattern for rule in RULES)).first)
_SPECIALISATIONS = tuple(
    (name, rf"(?i)\b({pattern})\b")
    for name, pattern in (
        ("recommender systems", r"recommend\w*|recsys|ranking|personali[sz]ation|discovery"),
        ("search", r"search|retrieval|relevance"),
        ("speech and audio", r"speech|audio|voice|asr|tts|music"),
        ("computer vision", r"computer vision|cv|perception|imaging|image|video|3d|visual"),
        (
            "language models",
            r"llms?|language models?|nlp|natural language|generative|genai|gen ai|agents?|agentic|foundation models?",
        ),
        ("reinforcement learning", r"reinforcement learning|rl|rlhf"),
        ("time series and forecasting", r"time[- ]series|forecast\w*|demand planning"),
        ("fraud and risk", r"fraud|risk|trust (and|&) safety|abuse"),
        ("infrastructure and inference", r"infra\w*|inference|serving|platforms?|mlops|gpu|distributed|performance"),
        ("robotics and autonomy", r"robot\w*|autonom\w*|slam|planning"),
        ("advertising and growth", r"ads|advertising|growth|marketing"),
        ("health and biology", r"bio\w*|health|clinical|medical|drug|genom\w*"),
    )
)
_FIELDS = Patterns(*(pattern for _, pattern in _SPECIALISATIONS))
# A title that says no more than that somebody engineers.
_BARE = patterns.test(
    r"(?i)member of (the )?technical staff|^\W*((senior|sr\.?|staff|principal|lead|junior|founding) )*((software|back-?end|founding) )?"
    r"((design|development) )?engineer(s|ing)?( (intern|ii|iii|iv|[1-5]))?[ ,]*$"
)


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield the role of the posting with the words that say it, then, less sure, other roles that it offers besides.

    Nothing if the title says nothing at all. Only advertisements offer several, and titles that name several jobs.

    >>> title = b"Senior Software Engineer, Machine Learning (Search)"
    >>> [(f.concept, f.extra) for f in find(title, [Window(0, 51, "title")])]
    [('ml_engineer', 'search')]
    """
    # A posting without a title has stand-ins, the likeliest first; those of kind item name further jobs.
    first = vague = None
    told: set[str] = set()
    for title in windows:
        if title.section != "title" or (first is not None and title.kind != "item" and title.start):
            continue
        if first is None:
            first = _in_title(text, title, windows)
            if first is None:
                continue
            if title.start and first.rule in _WEAK:  # "Team Lead" in a list: the next line may say of what
                vague, first = vague or first, None
                continue
            yield first
            told.add(first.concept)
        if title.kind == "item" or _joins(text[title.start : title.end]):
            for found in _besides(text, title):
                if found.concept not in told:
                    told.add(found.concept)
                    yield found
        if windows[-1].section != "title":
            return  # further jobs stand last: there are none
    if first is None and (untitled := _untitled(text, windows, vague)) is not None:
        yield untitled


def _untitled(text: bytes, windows: Sequence[Window], vague: Found | None) -> Found | None:
    """What a posting without a title is about if no line names a job; ``vague`` is what its first lines may mean."""
    if not windows or windows[0].section != "title" or not windows[0].start:
        return vague
    lines = [w for w in windows if w.section == "title" and w.kind != "item"]
    if vague is not None and any(_OCCUPATION.search(text, w.start, w.end) for w in lines):
        return vague
    fewest = _SOFTWARE_FEWEST if vague is None else _SOFTWARE_AGAINST
    return roletext.field(text, windows) or roletext.software(text, windows, fewest) or vague


_SOFTWARE_FEWEST, _SOFTWARE_AGAINST = (
    1,
    2,
)  # words of software where no line says anything, and where one may name a trade
_WEAKEST = "role/business/lead"
# Titles that leave open what is managed or analysed.
_BY_WORK = (
    (
        ("technical/named", "technical", "product/other"),
        patterns.test(r"(?i)\bproduct (?:manager|owner|lead|management)"),
        "data_ai_product_manager",
    ),
    (("business", "business/lead"), patterns.test(r"(?i)\banalysts?\b"), "data_analyst"),
)
_WEAK = frozenset({_WEAKEST, "role/business", "role/technical"})
# Words of business that name a person at work, rather than a customer, a department or a tag.
_OCCUPATION = patterns.compile(
    r"(?i)\b(?:managers?|directors?|heads?|leads?|specialists?|associates?|analysts?|representatives?|advisors?|officers?|recruiters?|"
    r"executives?|designers?|artists?|animators?|testers?|owners?|advocates?|assistants?|coordinators?|strategists?|evangelists?|writers?|editors?|marketers?|controllers?|traders?|accountants?|consultants?|nurses?|teachers?|counsel|planners?)\b"
)
_SURE_BESIDES = 0.5  # below what any first role has, which so stays the posting's
_JOBS = patterns.compile(
    r"(?i)\b(?:engineers?|developers?|scientists?|analysts?|designers?|researchers?|architects?)\b"
)
_LISTED = patterns.compile(r"\s*,\s*|\s+(?:and|or|&)\s+")
_EACH = patterns.compile(r"\s*[,/]\s*|\s+(?:and|or|&)\s+")
_AREAS = (b"DevOps", b"devops", b"Devops", b"SRE", b"QA")  # areas that stand for the people who work there
_APART = patterns.compile(r"\s+(?:and|or|&|/)\s+|\s*[/;]\s*")


def _joins(words: bytes) -> bool:
    """Whether a title may join several jobs; most do not, and a look for bytes costs less than for a pattern."""
    return b"/" in words or b" and " in words or b"&" in words or b";" in words or b" or " in words


def _besides(text: bytes, title: Window) -> Iterator[Found]:
    """Roles of the further jobs that a title names ("Data Scientist / ML Engineer"), or that a window of kind item is."""
    begins, ends = [title.start], [title.end]
    if title.kind != "item":
        for cut in _APART.finditer(text, title.start, title.end):
            if _JOBS.search(text, begins[-1], cut.start()) and _JOBS.search(text, cut.end(), title.end):
                begins.append(cut.end())
                ends.insert(-1, cut.start())
        if len(begins) < 2:
            return
    for begin, end in zip(begins, ends, strict=True):
        found = _in_title(text, Window(begin, end, "title"), ())
        if found is not None and found.rule != _WEAKEST:
            yield found._replace(confidence=min(found.confidence, _SURE_BESIDES), rule=f"{found.rule}/besides")


def _in_title(text: bytes, title: Window, windows: Sequence[Window]) -> Found | None:
    """The role that a title's words say, None if they say none."""
    words = text[title.start : title.end]
    if title.start and title.kind != "item" and (found := _first_of(words, title)) is not None:
        return found
    matching = _first(words)
    if matching is None or RULES[matching][1] in _DOUBTED:
        usual = spelling.usual(words)
        if usual is not None and (meant := _first(usual)) is not None:
            role, rule, confidence, _ = RULES[meant]
            role, confidence = _settled(role, rule, confidence, text, title, windows)
            return Found(
                "role", role, start=title.start, end=title.end, section="title", confidence=min(confidence, 0.8),
                rule=f"role/{rule}/spelt", basis="derived", extra=_specialisation(usual, role),
            )  # fmt: skip
    if matching is None:
        return None
    role, rule, confidence, _ = RULES[matching]
    if role == "software_engineer" and _BARE(words) and (said := roletext.field(text, windows)):
        return said
    role, confidence = _settled(role, rule, confidence, text, title, windows)
    start, end = _span(words, matching)
    return Found(
        "role", role, start=title.start + start, end=title.start + end, section="title", confidence=confidence,
        rule=f"role/{rule}", basis="derived", extra=_specialisation(words, role),
    )  # fmt: skip


@lru_cache(maxsize=8192)
def _span(words: bytes, rule: int) -> tuple[int, int]:
    """From where to where the words of a rule stand that matches, without the sign that may have told which noun counts."""
    start, end = next(RULES[rule][3].finditer(words)).span()
    return start, start + len(words[start:end].decode("utf-8", "replace").rstrip(" ,|–—-").encode())


def _first_of(words: bytes, title: Window) -> Found | None:
    """The first job of "web, iOS and firmware engineers" in a stand-in for a title; None if it is no such list."""
    cut = (_EACH if words.endswith(_AREAS) else _LISTED).search(words)
    if cut is None or _JOBS.search(words, 0, cut.start()):
        return None
    found = _JOBS.search(words, cut.end())
    if found is None and not words.endswith(_AREAS):
        return None
    noun: bytes = found[0] if found is not None else b"engineers"
    first = words[: cut.start()] + b" " + noun
    matching = _first(first)
    if matching is None or RULES[matching][1] in _DOUBTED or f"role/{RULES[matching][1]}" in _WEAK:
        return None
    if matching == _first(noun):
        return None  # "Turku, Data Scientists": what stands first is no area
    role, rule, confidence, _ = RULES[matching]
    return Found(
        "role", role, start=title.start, end=title.end, section="title", confidence=min(confidence, 0.7),
        rule=f"role/{rule}/first", basis="derived", extra=_specialisation(first, role),
    )  # fmt: skip


def _settled(
    role: str, rule: str, confidence: float, text: bytes, title: Window, windows: Sequence[Window]
) -> tuple[str, float]:
    """The role and its confidence, from the text where the title's words may mean another trade."""
    if rule in _TRADES and not title.start and roletext.without_software(text, title, windows):
        return "other_technical", 0.6
    if rule == "manager/program-open" and roletext.of_software(text, windows):
        return "other_technical", 0.6
    for general, where, meant in _BY_WORK:
        if rule in general and where(text[title.start : title.end]) and roletext.throughout(meant, text, windows):
            return meant, 0.6
    return role, confidence


def _specialisation(words: bytes, role: str) -> str:
    """The field within the role that the title names, "" if none or if the role has none."""
    if role in ("other", "other_technical", "software_engineer"):
        return ""
    held = _FIELDS.held(words)
    return _SPECIALISATIONS[held[0]][0] if held else ""

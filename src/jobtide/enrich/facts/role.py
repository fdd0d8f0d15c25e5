"""Role: what the person does, from the title first; the text decides where the title leaves it open."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns, spelling
from jobtide.enrich.jobtitles import RULES
from jobtide.enrich.patterns import Patterns
from jobtide.model import Found, Window

KINDS = ("role",)
ALWAYS = True
# Words whose number says whether a plain engineer's work is machine learning.
TRIGGERS = (
    "machine learning", "ml", "deep learning", "model training", "train models", "pytorch", "tensorflow", "llm", "llms",
    "large language models", "ai agents", "agents", "rag", "prompt engineering", "fine tuning", "inference",
    "computer vision", "mlops",
)  # fmt: skip

# Rules that take what no other knows: such a title may be misspelt, or not in English.
_DOUBTED = frozenset({"engineer/plain", "business/lead", "technical"})
# One pass says which rules match; only the first of them is then searched for its words.
_ANY = Patterns(*(rule[3].pattern for rule in RULES))
_held = lru_cache(maxsize=8192)(_ANY.held)  # employers repeat their titles
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
_BARE = patterns.compile(
    r"(?i)member of (the )?technical staff|^(senior |staff |lead |founding )*(software |backend |founding )?engineer(s|ing)?( intern)?[ ,]*$"
)
_ML_WORDS = patterns.compile(
    r"(?i)\b(machine learning|deep learning|ml models?|train(ing)? (large )?(ml |language )?models?|pytorch|tensorflow|fine-tun\w+|computer vision)\b"
)
_AI_WORDS = patterns.compile(
    r"(?i)\b(llms?|ai agents?|agentic|rag|prompt engineering|large language models?|generative ai)\b"
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
            if title.start and first.rule == _WEAKEST:  # "Team Lead" in a list: the next line may say of what
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
    if first is None and vague is not None:
        yield vague


_WEAKEST = "role/business/lead"
_SURE_BESIDES = 0.5  # below what any first role has, which so stays the posting's
_JOBS = patterns.compile(
    r"(?i)\b(?:engineers?|developers?|scientists?|analysts?|designers?|researchers?|architects?)\b"
)
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
    matching = _held(words)
    if not matching or RULES[matching[0]][1] in _DOUBTED:
        usual = spelling.usual(words)
        if usual is not None and (meant := _held(usual)):
            role, rule, confidence, _ = RULES[meant[0]]
            return Found(
                "role", role, start=title.start, end=title.end, section="title", confidence=min(confidence, 0.8),
                rule=f"role/{rule}/spelt", basis="derived", extra=_specialisation(usual, role),
            )  # fmt: skip
    if not matching:
        return None
    role, rule, confidence, pattern = RULES[matching[0]]
    said = _by_text(text, windows) if role == "software_engineer" and _BARE.search(words) else None
    m = pattern.search(words)
    if said is not None or m is None:
        return said
    return Found(
        "role", role, start=title.start + m.start(), end=title.start + m.end(), section="title", confidence=confidence,
        rule=f"role/{rule}", basis="derived", extra=_specialisation(words, role),
    )  # fmt: skip


def _specialisation(words: bytes, role: str) -> str:
    """The field within the role that the title names, "" if none or if the role has none."""
    if role in ("other", "other_technical", "software_engineer"):
        return ""
    held = _FIELDS.held(words)
    return _SPECIALISATIONS[held[0]][0] if held else ""


def _by_text(text: bytes, windows: Sequence[Window]) -> Found | None:
    """A bare engineer whose duties and requirements speak of models or agents throughout."""
    learning: list[tuple[int, int, str]] = []
    agents: list[tuple[int, int, str]] = []
    for window in windows:
        if window.section in ("duties", "requirements"):
            for pattern, found in ((_ML_WORDS, learning), (_AI_WORDS, agents)):
                found += [
                    (m.start(), m.end(), window.section) for m in pattern.finditer(text, window.start, window.end)
                ]
    most, role = (learning, "ml_engineer") if len(learning) >= len(agents) else (agents, "ai_engineer")
    if len(most) < 5:
        return None
    start, end, section = most[0]
    return Found("role", role, start=start, end=end, section=section, confidence=0.6, rule="role/text", basis="derived")

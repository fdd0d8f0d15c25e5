"""Work mode: remote, hybrid or on site, as the posting says of the job; an office's name alone says nothing."""

from collections.abc import Iterator, Sequence

import re2

from jobtide.model import Found, Window

KINDS = ("work_mode",)
TRIGGERS = (
    "remote", "remotely", "hybrid", "onsite", "on site", "in office", "in person", "in the office", "work from home",
    "wfh", "work from anywhere", "office", "li remote", "li hybrid", "li onsite", "relocate", "relocation", "co located",
    "distributed", "telecommute", "home office", "homeoffice", "télétravail", "vor ort", "days a week", "days per week",
)  # fmt: skip

_HYBRID = re2.compile(
    r"(?i)#?\bli-hybrid\b|\bhybrid(?:[- ](?:work|role|position|model|schedule|environment|setup|set-up|first|remote|working|"
    r"policy|arrangement|office|basis|friendly|in|based|from|job|culture|approach|options?|flexib\w*))|\b(?:is|are|a|as|work|working|type|model|mode|location|policy|this)\b[^.;\n]{0,25}\bhybrid\b|"
    r"\(hybrid\b|\bhybrid[),:–—|]|[,:|–—-] ?hybrid\b|\b(?:one|two|three|four|1|2|3|4|1-2|2-3|3-4|2–3|3–4)(?:\s?\+| to \w+| or \w+)? (?:times|days?)\b[^.;\n]{0,30}\b(?:in|from|at|on)[- ](?:the |our |its )?"
    r"(?:[a-z]+ )?(?:office|hq|headquarters|site|person)\b|\b(?:office|on-?site|in[- ]person)\b[^.;\n]{0,40}\b(?:one|two|three|four|at least \d|[1-4]|2-3|3-4|2–3|3–4)(?:\s?\+)? (?:times|days?)\b|"
    r"\b(?:one|two|three|four|[1-4])(?:x| times) (?:a|per) week (?:in|from|at)\b"
)
_REMOTE = re2.compile(
    r"(?i)#?\bli-remote\b|\b(?:fully|100%|completely|entirely|all)[- ]remote\b|\bremote[- ](?:first|friendly|only|role|position|job|opportunity|"
    r"work(?:ing)?|eligible|based|native|candidates|ok|option|company|culture|environment|team members|setup|\(|within|in|from|anywhere|within|across|us|usa|uk|eu|europe|canada|worldwide|global)\b|"
    r"\b(?:is|are|be|as|a|work|working|working from|open to|location|based|either|this|type)\b[^.;\n]{0,25}\bremote(?:ly)?\b|\bremote[),:–—|]|\(remote\b|"
    r"[,:|–—] ?remote\b|\bwork(?:ing)? from (?:home|anywhere)\b|\bdistributed (?:team|company|workforce)\b|\bremote\s*[/&-]\s*(?:us|usa|uk|eu|emea|anywhere|worldwide)\b|\bhome ?office\b|\bremotely\b"
)
_ONSITE = re2.compile(
    r"(?i)#?\bli-onsite\b|\b(?:fully |100% |primarily )?(?:on-?site|in[- ]office|in[- ]person|on site)\b[ ]*(?:role|position|job|work|in|at|culture|team|company|only|basis|environment|5|five|four|4|collaboration|full|requirement|every|first|presence|and|with|out|from|,|\.|;|\)|expectation)|"
    r"\b(?:is|are|be|work|working|fully|100%|location|based|a|as|this|type|we|to)\b[^.;\n]{0,30}\b(?:on-?site|in[- ]office|in[- ]person|in the office|from (?:our|the) [^.;\n]{0,24}(?:office|hq)|on site)\b|"
    r"\b(?:five|5|4-5|4 to 5|5-6|6) days(?: a| per|/)? ?(?:week|wk)?\b[^.;\n]{0,25}\b(?:in|at|from|office|on-?site)\b|\bmust (?:be (?:based|located|able to work)|work|relocate|live)\b[^.;\n]{0,45}\b(?:office|hq|on-?site|in[- ]person)\b|"
    r"\b(?:willing|able|ability|happy|open|required|ready)\b[^.;\n]{0,20}\b(?:to )?relocat(?:e|ing) to\b|\bno remote\b|\bnot (?:a )?remote\b|\bon-?site\s*$|\b(?:office|on-?site)[- ]based\b|\bvor ort\b|\(on-?site\)"
)
# The word is there, but not about where this job is done.
_NOT_MODE = re2.compile(
    r"(?i)\bremote (?:sensing|teams?\b(?: management)?|control\w*|monitoring|server|desktop|procedure|areas?|diagnos\w+|patient|assist|equipment|stipend|"
    r"setup stipend|devices?|sites?|access|support|operation|repositor\w+|code|endpoints?|api|viewing|robots?|locations)|\bhybrid (?:cloud|search|model(?:s|ing)|"
    r"retriev\w+|approach(?:es)? (?:to|of)|architecture\w*|system|quantum|infrastructure|vehicle|methods|mobile|retrieval|role of|app\b|bonus)|"
    r"\bremote[- ](?:first )?companies\b|\bhybrid of\b|\bhome[- ]office needs\b|\b(?:lunch(?:es)?|snacks|meals|dinner)[^.;\n]{0,20}\b(?:in[- ]office|in the office|onsite)|\bin[- ]person (?:meeting|event|offsite|retreat|gather|summit|on-?boarding|training|interview|collabor\w+ (?:at|events|when))\w*|"
    r"\bon-?site (?:meeting|event|interview|visit|customer|client|support|gym|lunch|meal|chef|parking|cafeteria|final|catering|with (?:customers|clients))\w*|\binterview\b|\b(?:office|home[- ]office|wfh|work[- ]from[- ]home|remote work) (?:stipend|budget|setup|allowance|equipment|perks|benefit|hours|snacks|manager|suite|administrat)\w*|"
    r"\bdepending on|\bworking remotely with|\bcustomers? (?:on-?site|onsite|remote)|\bclients?['’]? (?:on-?site|onsite)|travel (?:on-?site|to)"
)
_PATTERNS = (("hybrid", _HYBRID), ("remote", _REMOTE), ("onsite", _ONSITE))
# Without one of these a block cannot match the pattern of its mode; looking is cheaper than matching.
_CLUES = {
    "hybrid": (b"hybrid",),
    "remote": (b"remote", b"home", b"anywhere", b"distributed", b"homeoffice"),
    "onsite": (b"site", b"office", b"person", b"relocat", b"days", b"remote", b"vor ort"),
}
_OFFICE = (b"office", b"site", b"person", b"hq", b"headquarters", b"week")
_NOT_REMOTE = re2.compile(
    r"(?i)\b(?:not|no|isn['’]t|cannot|non)\b[^.;\n]{0,18}\bremote|\bremote\b[^.;\n]{0,20}\bnot (?:available|possible|offered|an option)"
)


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield one mode at most. Location and title come first; "hybrid" wins where remote and office are mixed.

    >>> text = "We work in a hybrid model, 3 days in the office; remote sensing a plus".encode()
    >>> [f.concept for f in find(text, [Window(0, 70, "other")])]
    ['hybrid']
    """
    fields = [f for w in windows if w.section in ("location", "title") for f in _in_field(text, w)]
    body = [f for w in windows if w.section not in ("location", "title", "legal") for f in _in_block(text, w)]
    if any(f.concept == "hybrid" for f in (*fields, *body)):
        yield next(f for f in (*fields, *body) if f.concept == "hybrid")
        return
    ranked = fields or sorted(body, key=lambda f: -f.confidence)
    if ranked:
        yield ranked[0]


_FIELD_CLUES = (b"hybrid", b"remote", b"anywhere", b"home", b"site", b"office", b"person")
_FIELD = (
    ("hybrid", re2.compile(r"(?i)\bhybrid\b")),
    ("remote", re2.compile(r"(?i)\bremote(?:ly)?\b|\banywhere\b|\bwork from home\b|\bhome ?office\b")),
    ("onsite", re2.compile(r"(?i)\bon-?site\b|\bin[- ]office\b|\bin[- ]person\b")),
)


def _in_field(text: bytes, window: Window) -> Iterator[Found]:
    """What title or location name outright; remote beside an office of the list leaves the choice: remote."""
    words = text[window.start : window.end]
    low = words.lower()
    if not any(clue in low for clue in _FIELD_CLUES) or _NOT_MODE.search(words):
        return
    for concept, pattern in _FIELD:
        if m := pattern.search(words):
            yield _found(concept, window.start + m.start(), window.start + m.end(), window, 0.95, "field")
            return


def _in_block(text: bytes, window: Window) -> Iterator[Found]:
    """Every mode that a block of text states of the job."""
    block = text[window.start : window.end]
    low = block.lower()
    hidden: bytes | None = None
    for concept, pattern in _PATTERNS:
        if not _may_say(concept, low) or pattern.search(block) is None:
            continue
        if hidden is None:
            hidden = _masked(block)
        m = pattern.search(hidden)
        if m is None or (concept == "remote" and _NOT_REMOTE.search(hidden)):
            continue
        confidence = 0.9 if b"#" in hidden[max(0, m.start() - 1) : m.end()] else 0.8
        if window.section in ("benefits", "about"):
            confidence -= 0.15
        yield _found(concept, window.start + m.start(), window.start + m.end(), window, confidence, "text")


def _may_say(concept: str, low: bytes) -> bool:
    """Whether a block holds the words without which the pattern of a mode cannot match."""
    if concept == "hybrid" and b"hybrid" not in low:
        return (b"day" in low or b"times" in low) and any(word in low for word in _OFFICE)
    return any(word in low for word in _CLUES[concept])


def _masked(block: bytes) -> bytes:
    """The block with the words that do not speak of where this job is done blotted out, same length."""
    covered = bytearray(block)
    for m in _NOT_MODE.finditer(block):
        covered[m.start() : m.end()] = b"." * (m.end() - m.start())
    return bytes(covered)


def _found(concept: str, start: int, end: int, window: Window, confidence: float, where: str) -> Found:
    return Found(
        "work_mode", concept, start=start, end=end, section=window.section, confidence=confidence,
        rule=f"work_mode/{where}",
    )  # fmt: skip

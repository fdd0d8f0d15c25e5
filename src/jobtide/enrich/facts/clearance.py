"""Security clearance: required (to hold or to be able to obtain), or only preferred."""

from collections.abc import Iterator, Sequence

from jobtide.enrich import patterns
from jobtide.model import Found, Window

KINDS = ("clearance",)
TRIGGERS = ("clearance", "clearances", "ts sci", "top secret", "sicherheitsüberprüfung")
# "Secret clearance", "clearance required", "eligible for a TS/SCI"; not a customs clearance or a clearance sale.
_SAID = patterns.compile(
    r"(?i)\b(?:(?:security|secret|top secret|ts|ts/sci|sci|public trust|government|u\.?s\.?|dod|doe|nato|sc|dv|bpss|active|federal|required|polygraph)"
    r"(?: level| security| \(?ts/sci\)?)? clearances?|clearances? (?:is |are )?(?:required|preferred|level|eligib\w*|process)|"
    r"(?:obtain|maintain|hold|held|possess|have|eligible for|eligibility for|get)[^.;\n]{0,40}\bclearances?|ts/sci|top secret|sicherheitsüberprüfung)\b"
)
_WISHED = patterns.test(
    r"(?i)\b(?:preferred|preferably|an? (?:\w+ )?plus|nice to have|bonus|desired|desirable|ideally|advantage\w*|beneficial)\b"
)
_NOT_NEEDED = patterns.test(
    r"(?i)\b(?:no|not|without|don['’]t|doesn['’]t)\b[^.;\n]{0,40}\bclearance|clearance[^.;\n]{0,20}\b(?:not (?:required|needed|necessary))|"
    r"\b(?:customs|medical|product|drug|title|credit|trademark|copyright|music|sample) clearance"
)
_NOT_REQUIRED = patterns.test(r"(?i)clearance\b[^.;\n]{0,40}\bnot required")  # "... is a plus, but not required"
_SECTIONS = ("title", "requirements", "nice", "duties", "other", "about", "legal")


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield one statement at most: a demand before a wish.

    >>> text = b"Must be able to obtain a Secret clearance. Our team clears customs."
    >>> [(f.concept, text[f.start:f.end]) for f in find(text, [Window(0, 67, "requirements")])]
    [('required', b'obtain a Secret clearance')]
    """
    said = [found for window in windows if window.section in _SECTIONS for found in _in_block(text, window)]
    yield from sorted(said, key=lambda f: f.concept != "required")[:1]


def _in_block(text: bytes, window: Window) -> Iterator[Found]:
    block = text[window.start : window.end]
    for m in _SAID.finditer(block):
        sentence = block[max(0, m.start() - 80) : m.end() + 80]
        near = sentence[: sentence.find(b". ", m.end() - max(0, m.start() - 80)) % (len(sentence) + 1)]
        wished = window.section == "nice" or bool(_WISHED(near))
        if _NOT_NEEDED(near) and not (wished and _NOT_REQUIRED(near)):
            continue
        yield Found(
            "clearance", "preferred" if wished else "required", start=window.start + m.start(),
            end=window.start + m.end(), section=window.section, need="preferred" if wished else "required",
            confidence=0.9, rule="clearance/said",
        )  # fmt: skip
        return

"""What the work is: the duties of the closed list that a posting tells, each once, with the words that tell it."""

from collections.abc import Iterator, Sequence

from jobtide.enrich.blocks import Placed
from jobtide.enrich.duties import load
from jobtide.model import Found, Window

KINDS = ("duty",)
_PHRASES = tuple((phrase, duty.id) for duty in load() for phrase in duty.phrases)
PHRASES = tuple(phrase for phrase, _ in _PHRASES)
# What a person shall have done before is told in requirements with the same words: it is believed less.
_CONFIDENCE = {"duties": 0.85, "other": 0.6}


def find(text: bytes, blocks: Sequence[Window], hits: Sequence[Placed]) -> Iterator[Found]:  # noqa: ARG001 - extractors' shape
    """Yield each duty where it is told best, in order; phrases in requirements, about the employer, in benefits and legal text tell none.

    >>> text, number = b"Train models and mentor interns", PHRASES.index("train models")
    >>> [f.concept for f in find(text, [Window(0, 31, "duties")], [(0, 12, number, 0)])]
    ['training']
    """
    best: dict[str, Found] = {}
    for start, end, number, at in hits:
        window = blocks[at]
        confidence = _CONFIDENCE.get(window.section)
        duty = _PHRASES[number][1]
        if confidence is not None and (duty not in best or confidence > best[duty].confidence):
            best[duty] = Found(
                "duty", duty, start=start, end=end, section=window.section, confidence=confidence, rule="duty/phrase"
            )
    yield from sorted(best.values(), key=lambda f: f.start)

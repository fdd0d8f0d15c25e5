"""Years of experience that a posting asks for: the smallest overall minimum."""

from collections.abc import Iterator, Sequence

from jobtide.enrich.experience import TRIGGERS as TRIGGERS
from jobtide.enrich.experience import asked
from jobtide.model import Found, Window

KINDS = ("years_min",)


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield the overall minimum in years, with the bytes of ``text`` that state it; nothing if none is asked.

    >>> text = b"We are 5 years old. We want 3-5 years of ML experience."
    >>> [(f.low, f.high, text[f.start:f.end]) for f in find(text, [Window(0, 55, "requirements")])]
    [(3.0, 5.0, b'3-5 years')]
    """
    best = asked(text, windows)
    if best is not None:
        rule = "years/skill" if best.specific else "years/overall"
        yield Found(
            "years_min", low=best.low, high=best.high, unit="year", start=best.start, end=best.end,
            section=best.section, need="required", confidence=0.75 if best.specific else 0.9, rule=rule,
        )  # fmt: skip

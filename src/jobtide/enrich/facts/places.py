"""Places of work: the location field first, then the title, then what the text says of where the job is."""

from collections.abc import Iterator, Sequence

from jobtide.enrich import gazetteer, patterns
from jobtide.model import Found, Window

KINDS = ("place",)
TRIGGERS = (
    "based in", "located in", "office in", "offices in", "headquarters in", "headquartered in", "hq in", "location",
    "relocate to", "on site in", "onsite in", "in person in", "remote in", "remote within", "live in", "reside in",
    "work from our", "office location", "residing in", "remote from", "hub in", "standort", "based out of", "remote us",
)  # fmt: skip

_SAID = patterns.compile(
    r"(?i)\b(?:based|located|work(?:ing)?|role is|position is|on-?site|in[- ]person|in[- ]office|hybrid|relocate|remote(?:ly)?|"
    r"live|reside|residing|this role|you['’]ll be)\b[^.;\n]{0,30}?\b(?:in|to|from|within|out of|at)\b (?:our |the )?|"
    r"\b(?:office )?location\(?s?\)?\s*[:–-]\s*|\bstandort\s*:\s*"
)
_KNOWN = 150  # thousand people: in running text a smaller town is believed only with its state or country
_REACH = 70  # bytes behind the words that are read for a place


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield each place once, in order. The text is asked only where location and title name none.

    >>> text = b"ML Engineer\\nNew York; Remote (Canada)"
    >>> windows = [Window(0, 11, "title"), Window(12, 37, "location")]
    >>> [(f.concept, text[f.start:f.end]) for f in find(text, windows)]
    [('US/NY/New York', b'New York'), ('CA//', b'Canada')]
    """
    for section in ("location", "title"):
        for window in windows:
            if window.section == section:
                found = list(
                    _in(text, window.start, window.end, window.section, 0.95 if section == "location" else 0.8)
                )
                if found:
                    yield from found
                    return
    if _silent(text, windows):
        yield from _stated(text, windows)


# "EMEA", "Anywhere", "non-U.S.": the field speaks of places without naming one; the text's offices are not the answer.
_WIDE = patterns.compile(r"(?i)\b(?:emea|latam|apac|anywhere|worldwide|global|europe|non-u\.?s)\b")


def _silent(text: bytes, windows: Sequence[Window]) -> bool:
    return not any(w.section == "location" and _WIDE.search(text[w.start : w.end]) for w in windows)


def _stated(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Places behind words such as "based in", outside legal text and the employer's own story."""
    seen: set[str] = set()
    for window in windows:
        if window.section in ("location", "title", "legal", "about"):
            continue
        for m in _SAID.finditer(text, window.start, window.end):
            end = min(window.end, m.end() + _REACH)
            stop = text.find(b". ", m.end(), end)
            for found in _in(text, m.end(), stop if stop > 0 else end, window.section, 0.7):
                if found.concept not in seen:
                    seen.add(found.concept)
                    yield found
        if seen:
            return


_NEGATED = patterns.compile(r"(?i)\b(?:non|not|excluding|except|outside)\b[- ]*(?:the |of |in )*$")


def _in(text: bytes, start: int, end: int, section: str, confidence: float) -> Iterator[Found]:
    words = text[start:end].decode("utf-8", "replace")
    narrow = words.isascii()
    for place in gazetteer.load().places(words):
        if _NEGATED.search(words[: place.start].encode()) or (
            section not in ("location", "title") and place.weight < _KNOWN
        ):
            continue
        begin = place.start if narrow else len(words[: place.start].encode())
        finish = place.end if narrow else len(words[: place.end].encode())
        yield Found(
            "place", place.concept, start=start + begin, end=start + finish, section=section, confidence=confidence,
            rule=f"place/{'field' if section in ('location', 'title') else 'text'}",
        )  # fmt: skip

"""Is an ambiguous name meant as the skill? Guards look at the words as written and at their neighbours."""

from jobtide.enrich.taxonomy import Guard
from jobtide.model import Window

_REACH = 120  # bytes on either side in which a word of ``near`` counts
_LIST_SIGNS = frozenset(b",/();|&:+")
_LIST_WORDS = frozenset({
    b"and", b"or", b"in", b"with", b"using", b"like", b"of", b"languages", b"language", b"as", b"knowledge", b"proficient",
    b"preferably", b"including", b"e.g.", b"write", b"code", b"programming", b"know", b"learn", b"experience", b"etc",
})  # fmt: skip


def refusal(text: bytes, folded: bytes, start: int, end: int, window: Window, guard: Guard) -> str:
    """Return why the words from ``start`` to ``end`` are not believed, "" if they are."""
    flags = guard.flags
    if "section" in flags and window.section in ("about", "other", "benefits"):
        return "only outside what is asked for"
    if "requirements" in flags and window.section not in ("requirements", "nice"):
        return "only outside what is asked for"
    if "case" in flags and not text[start : start + 1].isupper():
        return "not written as a name"
    words = text[start:end]
    if guard.written and not any(form in words for form in guard.written):
        return "not written as a name"
    if guard.not_after and _before(folded, text, start) in guard.not_after:
        return f"behind {_before(folded, text, start).decode('utf-8', 'replace')!r}"
    if guard.not_before:
        after = folded[end : end + 24].lstrip()
        sign = text[end : end + 3].strip()[:1]
        for word in guard.not_before:
            if (after.startswith(word) and not after[len(word) : len(word) + 1].isalnum()) or sign == word:
                return f"before {word.decode('utf-8', 'replace')!r}"
    if guard.near and not _near(folded, start, end, guard.near):
        return "none of its usual company near"
    if "listed" in flags and not _listed(text, folded, start, end):
        return "not in a list of skills"
    return ""


def _before(folded: bytes, text: bytes, start: int) -> bytes:
    """The word before, folded; a sign that stands directly before is itself the word."""
    sign = text[max(0, start - 2) : start].strip()
    if sign == b"&":
        return sign
    return folded[max(0, start - 24) : start].rstrip().rpartition(b" ")[2]


def _near(folded: bytes, start: int, end: int, words: tuple[bytes, ...]) -> bool:
    around = (
        b" " + b" ".join((folded[max(0, start - _REACH) : start] + b" " + folded[end : end + _REACH]).split()) + b" "
    )
    return any(b" " + word + b" " in around for word in words)


def _listed(text: bytes, folded: bytes, start: int, end: int) -> bool:
    """Whether a sign or word of lists stands directly before or behind."""
    before = text[max(0, start - 2) : start].strip()
    after = text[end : end + 2].strip()
    if (before and before[-1] in _LIST_SIGNS) or (after and after[0] in _LIST_SIGNS):
        return True
    behind = folded[end : end + 16].split()[:1]
    return _before(folded, text, start) in _LIST_WORDS or (bool(behind) and behind[0] in _LIST_WORDS)

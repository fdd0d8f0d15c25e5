"""What does an article cite? Its list of references, and the marks in its sentences that point there."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

URL = re.compile(r"https?://[^\s\])>\"']+")
_LISTED = re.compile(r"\[\^?(\d{1,3})\]:?\s*[–—-]?\s*(?=[^\[\]\n]*?(?:https?://|www\.))((?:(?!\[\^?\d{1,3}\]).)+)")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(\S.*https?://\S+)\s*$")
_CITED = re.compile(r"\[\^?(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]")
_BARE = re.compile(r"(?<=[\w)%’”\"])[ \t]+(\d{1,2}(?:[ ,]+\d{1,2})*)(?=\s*(?:[.,;:](?!\d)|$))")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BEFORE_A_NUMBER = frozenset({
    "by", "to", "of", "top", "than", "and", "or", "from", "between", "over", "under", "about", "around", "only",
    "nearly", "almost", "is", "was", "are", "were", "in", "at", "last", "first", "next", "past", "least", "most",
    "the", "all", "another", "phase", "level", "tier", "python", "step", "version", "part", "chapter", "gpt",
    "figure", "table",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the article's list of references: its mark, its words, its host ("" if none), where it stands."""

    mark: int
    words: str
    host: str
    start: int
    end: int


def references(text: str, lines: Iterable[tuple[int, str]]) -> Iterator[Source]:
    """Yield the entries of a list of references: ``[1] – https://...``, ``[^1]: ...``, or numbered addresses."""
    seen = set[int]()
    for found in _LISTED.finditer(text):
        if (mark := int(found[1])) not in seen:
            seen.add(mark)
            yield _source(mark, found[2], found.start(), found.end(2))
    if seen:
        return
    for start, line in lines:
        if numbered := _NUMBERED.match(line):
            yield _source(int(numbered[1]), numbered[2], start, start + len(line))


def _source(mark: int, words: str, start: int, end: int) -> Source:
    address = URL.search(words)
    return Source(mark, words.strip(), host(address[0]) if address else "", start, end)


def host(url: str) -> str:
    """The host of an address without "www."; "" if it is none.

    >>> host("https://www.coursera.org/articles/x"), host("no address")
    ('coursera.org', '')
    """
    found = re.match(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", url.strip())
    return found[1].lower() if found else ""


def citations(words: str, marks: set[int]) -> tuple[tuple[int, ...], str]:
    """Return the marks a sentence cites, and its words with them blanked (same length)."""
    cited: list[int] = []

    def blank(found: re.Match[str]) -> str:
        cited.extend(int(number) for number in re.findall(r"\d+", found[0].translate(_DIGITS)))
        return " " * len(found[0])

    bare = _CITED.sub(blank, words)
    bare = _RAISED.sub(blank, bare)
    if marks:
        bare = _BARE.sub(lambda found: _unless_a_number(found, bare, marks, blank), bare)
    return tuple(dict.fromkeys(cited)), bare


def _unless_a_number(found: re.Match[str], words: str, marks: set[int], blank: Callable[[re.Match[str]], str]) -> str:
    """A number at a clause's end is a citation if the list has it and the word before does not call for a number."""
    numbers = {int(number) for number in re.findall(r"\d+", found[1])}
    before = re.findall(r"[\w%]+", words[: found.start()].lower())[-1:]
    if numbers <= marks and not (before and before[0] in _BEFORE_A_NUMBER):
        return blank(found)
    return found[0]

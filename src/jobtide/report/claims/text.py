"""Which sentences does an article have, and what does each cite? Plain text, Markdown or HTML, characters kept.

Offsets are characters of the plain text. Marks of citation are blanked in ``bare``, so that a footnote is never read
as a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jobtide.report.claims.attribution import attributed
from jobtide.report.claims.page import plain
from jobtide.report.claims.references import URL, Source, citations, host, references

_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^)\s]+)[^)]*\)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|approx|No|Inc|Ltd|Corp|Dr|Mr|Ms|St|Fig|U\.S|U\.K|Ph\.D|B\.S|M\.S"
    r"|B\.A|M\.A|a\.m|p\.m)|\b[A-Z])\.$"
)
# A mark of citation behind the full stop belongs to the sentence before it.
_END = re.compile(r"[.!?]+[”\"’')\]]*(?:\s?\[\^?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\])*(?=\s+[“\"‘'(\[]?[A-Z0-9$€£])|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: exact words, the same with marks of citation blanked, and what it cites.

    ``hosts`` are the hosts of links within it; ``attributed`` says that its words name a source; ``heading`` is the
    last heading above; ``paragraph`` counts lines.
    """

    words: str
    bare: str
    start: int
    paragraph: int
    heading: str
    marks: tuple[int, ...] = ()
    hosts: tuple[str, ...] = ()
    attributed: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """An article: plain text, title, sentences in order, list of references."""

    text: str
    title: str
    sentences: tuple[Sentence, ...]
    sources: tuple[Source, ...]


def read(raw: str, *, html: bool = False) -> Article:
    """Return the article in ``raw``; empty text gives no sentences. HTML loses tags, scripts and navigation."""
    text = (plain(raw) if html else raw).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    lines = list(_lines(text))
    sources = tuple(references(text, lines))
    marks = {source.mark for source in sources}
    where = min((source.start for source in sources), default=len(text))
    sentences: list[Sentence] = []
    title = heading = ""
    for number, (start, line) in enumerate(lines):
        if start >= where and any(source.start < start + len(line) for source in sources):
            continue
        if _is_heading(line):
            heading = line.strip(" #*\t")
            title = title or heading
        sentences += list(_sentences(line, start, number, heading, marks))
    return Article(text, title, tuple(sentences), sources)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that say something, with their offsets."""
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, line
        at += len(line) + 1


def _is_heading(line: str) -> bool:
    bare = line.strip()
    if bare.startswith("#"):
        return True
    cell = bare.startswith(("•", "-", "*")) or "|" in bare or re.search(r"[$€£]\s?\d", bare)  # of a list or table
    return len(bare) <= 110 and bare[-1:] not in ".,;!?)" and not cell


def _sentences(line: str, start: int, number: int, heading: str, marks: set[int]) -> Iterator[Sentence]:
    for at, words in _split(line):
        cited, bare = citations(words, marks)
        links = [host(found[2]) for found in _LINK.finditer(words)] + [host(found) for found in URL.findall(words)]
        bare = _LINK.sub(lambda found: found[1].ljust(len(found[0])), bare)
        bare = URL.sub(lambda found: " " * len(found[0]), bare)
        yield Sentence(
            words, bare, start + at, number, heading, cited, tuple(dict.fromkeys(filter(None, links))), attributed(bare)
        )


def _split(line: str) -> Iterator[tuple[int, str]]:
    """The sentences of a line with their offsets, bullets and blanks stripped."""
    at = 0
    for found in _END.finditer(line):
        if _ABBREVIATED.search(line[at : found.start() + 1]):
            continue
        yield from _stripped(line, at, found.end())
        at = found.end()
    yield from _stripped(line, at, len(line))


def _stripped(line: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    words = line[start:end]
    lead = re.match(r"[\s•*#>·–-]*(?:\d{1,2}[.)]\s+(?=[*_A-Z]))?[*_]*", words)
    skip = lead.end() if lead else 0
    if kept := words[skip:].rstrip():
        yield start + skip, kept

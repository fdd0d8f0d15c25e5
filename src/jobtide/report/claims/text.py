"""Which sentences does an article have, and what does each cite? Plain text, Markdown or HTML, characters kept.

Offsets are characters of the plain text. Marks of citation are blanked in ``bare``, so that a footnote is never read
as a number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# "according to X", "X projects", "a study by X": words that name where a figure comes from.
_ATTRIBUTED = re.compile(
    r"\b[Aa]ccording to\b(?! (?:experts?|some|many|estimates|industry|recent|several|insiders"
    r"|analysts|various|one|most|an?|our|us)\b)|\b[Aa]s reported by\b|\breported by\b"
    r"|\b[Ss]ources?:\s|\bcit(?:es|ed|ing)\b"
    r"|\b(?:says|say|reports|reported|projects|projected|found|finds|estimates) the [A-Z]"
    r"|\b[Pp]ublished by\b|\b[Dd]ata (?:from|by)\b"
    r"|\b(?:[Ss]tudy|[Ss]urvey|[Rr]eport|[Aa]nalysis|[Ff]igures|[Ee]stimates|[Rr]esearch"
    r"|[Pp]rojections) (?:by|from|of) (?:the )?[A-Z]"
    r"|\b(?:the|that|this|its|same|which) (?:\w+ )?(?:report|study|survey|index|barometer|agency|bureau|release)\b"
    r"|\bThe (?:report|study|survey|analysis|index|authors|researchers) (?:also )?(?:found|finds|shows?|says?|notes?)\b"
    r"|\bper (?:the )?(?:[A-Z]{2,}|[A-Z][a-z]+(?:’s|'s)?\b)"
    r"|\b[A-Z][\w.&’'-]*(?:\s(?:(?:of|the|and|on|for|in)\s){0,2}[A-Z0-9][\w.&’'-]*){0,7}\s(?:also )?"
    r"(?:reports?|reported|surveys?|study|data|projects?|projected|predicts?|predicted|estimates?"
    r"|estimated|forecasts?|found|finds"
    r"|says?|said|analy[sz]ed|counted|counts|shows?|showed|notes?|noted|expects?|puts?|lists?"
    r"|listed|ranks?|ranked|named|published|measured)\b"
)
# Capitalised words that are what is spoken of, not who says it ("Python ranks first").
_SUBJECT = frozenset(
    {
        "python",
        "sql",
        "java",
        "r",
        "pytorch",
        "tensorflow",
        "aws",
        "azure",
        "ai",
        "ml",
        "california",
        "texas",
        "demand",
        "salaries",
        "pay",
        "employers",
        "job",
        "jobs",
        "machine",
        "data",
        "washington",
        "python's",
        "companies",
    }
)
_NOT_A_NAME = re.compile(
    r"^(?:The|This|These|Those|That|It|We|They|Our|Its|Their|Most|Many|Some|Demand|Recent|Data|One|In|A|An)$"
)
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((https?://[^)\s]+)[^)]*\)")
_URL = re.compile(r"https?://[^\s\])>\"']+")
_LISTED = re.compile(r"\[\^?(\d{1,3})\]:?\s*[–—-]?\s*(?=[^\[\]\n]*?(?:https?://|www\.))((?:(?!\[\^?\d{1,3}\]).)+)")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(\S.*https?://\S+)\s*$")
_CITED = re.compile(r"\[\^?(\d{1,3}(?:\s*[,–-]\s*\d{1,3})*)\]")
_BARE = re.compile(r"(?<=[\w)%’”\"])[ \t]+(\d{1,2}(?:[ ,]+\d{1,2})*)(?=\s*(?:[.,;:](?!\d)|$))")
_RAISED = re.compile(r"[⁰¹²³⁴-⁹]+")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BEFORE_A_NUMBER = frozenset(
    {
        "by",
        "to",
        "of",
        "top",
        "than",
        "and",
        "or",
        "from",
        "between",
        "over",
        "under",
        "about",
        "around",
        "only",
        "nearly",
        "almost",
        "is",
        "was",
        "are",
        "were",
        "in",
        "at",
        "last",
        "first",
        "next",
        "past",
        "least",
        "most",
        "the",
        "all",
        "another",
        "phase",
        "level",
        "tier",
        "python",
        "step",
        "version",
        "part",
        "chapter",
        "gpt",
        "figure",
        "table",
    }
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|etc|approx|No|Inc|Ltd|Corp|Dr|Mr|Ms|St|Fig|U\.S|U\.K|Ph\.D|B\.S|M\.S"
    r"|B\.A|M\.A|a\.m|p\.m)|\b[A-Z])\.$"
)
# A mark of citation behind the full stop belongs to the sentence before it.
_END = re.compile(r"[.!?]+[”\"’')\]]*(?:\s?\[\^?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*\])*(?=\s+[“\"‘'(\[]?[A-Z0-9$€£])|\n+")


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the article's list of references: its mark, its words, its host ("" if none), where it stands."""

    mark: int
    words: str
    host: str
    start: int
    end: int


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
    sources = tuple(_sources(text))
    marks = {source.mark for source in sources}
    where = min((source.start for source in sources), default=len(text))
    sentences, heading = [], ""
    title = ""
    for number, (start, line) in enumerate(_lines(text)):
        if start >= where and any(source.start < start + len(line) for source in sources):
            continue
        if _is_heading(line):
            heading = line.strip(" #*\t")
            title = title or heading
        sentences += list(_sentences(line, start, number, heading, marks))
    return Article(text, title, tuple(sentences), sources)


def plain(html: str) -> str:
    """The words of an HTML page: blocks on lines of their own, links and raised numbers as Markdown has them."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(" ".join(html.split()))
    tree.strip_tags(["script", "style", "nav", "noscript", "svg", "form", "template", "head"])
    for node in tree.css("a[href^='http']"):
        if node.text().strip():
            node.replace_with(f"[{' '.join(node.text().split())}]({node.attributes['href']})")
    for node in tree.css("sup"):
        mark = node.text().strip().strip("[]()")
        if mark.isdigit():
            node.replace_with(f" [{mark}]")
    for node in tree.css("td + td, th + td, th + th, td + th"):
        node.insert_before(" | ")  # a row is read as one line
    for node in tree.css("p, li, h1, h2, h3, h4, h5, h6, div, tr, br, blockquote, section, article"):
        node.insert_before("\n")
        node.insert_after("\n")
    for node in tree.css("h1, h2, h3, h4, h5, h6"):
        node.insert_before("# ")  # behind the line end that was put there: next to its words
    body = tree.body
    lines = (" ".join(line.split()) for line in (body.text() if body else "").split("\n"))
    return "\n".join(line for line in lines if line)


def _lines(text: str) -> Iterator[tuple[int, str]]:
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


def host(url: str) -> str:
    """The host of an address without "www."; "" if it is none.

    >>> host("https://www.coursera.org/articles/x"), host("no address")
    ('coursera.org', '')
    """
    found = re.match(r"(?:https?://)?(?:www\.)?([\w-]+(?:\.[\w-]+)+)", url.strip())
    return found[1].lower() if found else ""


def _sources(text: str) -> Iterator[Source]:
    """Entries of a list of references: ``[1] – https://...``, ``[^1]: ...`` or numbered lines with an address."""
    seen = set[int]()
    for found in _LISTED.finditer(text):
        if (mark := int(found[1])) not in seen:
            seen.add(mark)
            yield _source(mark, found[2], found.start(), found.end(2))
    if seen:
        return
    for start, line in _lines(text):
        if numbered := _NUMBERED.match(line):
            yield _source(int(numbered[1]), numbered[2], start, start + len(line))


def _source(mark: int, words: str, start: int, end: int) -> Source:
    address = _URL.search(words)
    return Source(mark, words.strip(), host(address[0]) if address else "", start, end)


def _sentences(line: str, start: int, number: int, heading: str, marks: set[int]) -> Iterator[Sentence]:
    for at, words in _split(line):
        cited, bare = _citations(words, marks)
        links = [host(found[2]) for found in _LINK.finditer(words)] + [host(found) for found in _URL.findall(words)]
        bare = _LINK.sub(lambda found: found[1].ljust(len(found[0])), bare)
        bare = _URL.sub(lambda found: " " * len(found[0]), bare)
        yield Sentence(
            words, bare, start + at, number, heading, cited, tuple(dict.fromkeys(filter(None, links))), attributed(bare)
        )


def attributed(words: str) -> bool:
    """Whether words name where their figures come from.

    >>> attributed("According to the BLS, pay rose."), attributed("LinkedIn ranks it first.")
    (True, True)
    >>> attributed("Pay rose by 5%."), attributed("Python ranks first.")
    (False, False)
    """
    at = 0
    while found := _ATTRIBUTED.search(words, at):
        first = found[0].split()[0]
        at = found.start() + len(first)  # a name may begin behind the word that is none: "In 2024 the BLS counted"
        if first[0].isupper() and first.lower() in _SUBJECT:
            continue
        named = len(found[0].split()) > 2 and re.match(r"(?:The|In|A|An|Our) [A-Z]", found[0])
        if first[0].isupper() and _NOT_A_NAME.match(first) and not named:
            continue
        return True
    return False


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


def _citations(words: str, marks: set[int]) -> tuple[tuple[int, ...], str]:
    """The marks a sentence cites, and its words with them blanked (same length)."""
    cited: list[int] = []

    def blank(found: re.Match[str]) -> str:
        cited.extend(int(number) for number in re.findall(r"\d+", found[0].translate(_DIGITS)))
        return " " * len(found[0])

    bare = _CITED.sub(blank, words)
    bare = _RAISED.sub(blank, bare)
    if marks:
        bare = _BARE.sub(lambda found: _unless_a_number(found, bare, marks, blank), bare)
    return tuple(dict.fromkeys(cited)), bare


def _unless_a_number(found: re.Match[str], words: str, marks: set[int], blank: "re._FlagsType | object") -> str:
    """A number at a clause's end is a citation if the list has it and the word before does not call for a number."""
    numbers = {int(number) for number in re.findall(r"\d+", found[1])}
    before = re.findall(r"[\w%]+", words[: found.start()].lower())[-1:]
    if numbers <= marks and not (before and before[0] in _BEFORE_A_NUMBER):
        assert callable(blank)
        return str(blank(found))
    return found[0]

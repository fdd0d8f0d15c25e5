"""Where does a posting that lost its line ends pass from one part to the next?

Exports and mails run headings, items and sentences together: "... at scale. Qualifications Basic Qualifications: 5+ years of
C++ Preferred Qualifications: ...". A capitalised heading inside such a paragraph opens a part; in a part, each item and each
sentence is a stretch of its own.
"""

from collections.abc import Iterator

from jobtide.enrich import patterns

# The line end may have gone without leaving a blank: "... related fieldPreferred Qualifications3+ years". A heading of one
# word ("Required5 or more", "Preferred:") counts only where a colon, a number or a glued capital follows it.
_WHICH = r"(?:Basic|Required|Minimum|Preferred|Desired|Additional|Helpful|Ideal|Key|Main|Core|Other|Job) "
_HEADING = patterns.compile(
    rf"(?:^|[\s.!?:;)•+#]|[a-z])(?:((?:{_WHICH})?"
    r"(?:Qualifications?|Responsibilities|Requirements|Duties|Benefits|Nice to Have|About (?:Us|You|the (?:Role|Team|Company|Job))|"
    rf"What [Yy]ou(?:['’]ll| will) (?:[Dd]o|[Bb]ring|[Nn]eed)|Who [Yy]ou [Aa]re)|{_WHICH}(?:qualifications?|requirements?|[Ss]kills?))"
    r"(?:\s*[:–-]|\s*[A-Z0-9•·*]|$)|(Required|Preferred|REQUIRED|PREFERRED)(?:\s*:|\d| you have |[A-Z][a-z]|, (?:but )?not required:)|"
    r"((?:You (?:might|may) also|Let us know if you) have(?: experience with)?|"
    r"(?:Basic|Minimum|Required) (?:qualifications|requirements) for (?:the|this) (?:position|role|job)(?: are| include)?):)"
)
# What opens the next item where the blank before it is gone too, but ends no name written as one word ("JavaScript").
_OPENERS = (
    r"Experience|Bachelor|B[AS](?:/[BM][AS])?|Master|M\.?S\.?|Ph\.?D|Degree|Advanced degree|Abilit(?:y|ies)|Able to|Strong|Solid|Excellent|Great|Good|"
    r"Proven|Demonstrat(?:ed|able)|Knowledge|Understanding|Proficien(?:t|cy)|Familiar(?:ity)?|Minimum|At least|Must|Prior|"
    r"Previous|Expert(?:ise)?|Hands-on|Passion(?:ate)?|Comfortable|Fluen(?:t|cy)|Deep|Exposure|Involvement|Track record|"
    r"Effective|Willing(?:ness)?|Background|Self-|Skilled|Curiosity|Desire"
)
_STOP = patterns.compile(
    r"[\pL\d)]{3}[.;]()(?:\s*[A-Z•·]|\s+\d|\s*- )|[\pL)]{3}\.()\d{1,2}\+? |()[•·]\s*|()\s(?:[A-Z]\w+ is an equal opportunity)|"
    rf"[a-z)+#]()(?:{_OPENERS})[ ,’'-]|[a-z)]{{3}}()-?\d{{1,2}}\+? ?(?:years|yrs|or more)\b|[a-z)]() ?- [A-Z][A-Za-z]"
)


def parts(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (start, end, heading) of each stretch, in order and without gaps but for blanks; b"" goes on with the part before.

    A paragraph without a heading inside gives one stretch.

    >>> text = b"We sail. Qualifications: Two years at sea. A good rope Preferred Qualifications: Songs"
    >>> [(text[a:b], heading) for a, b, heading in parts(text)][1:3]
    [(b'Qualifications: Two years at sea.', b'Qualifications'), (b'A good rope', b'')]
    """
    heads = list(_headings(data))
    begun, name = 0, b""
    for start, heading in [*heads, (len(data), b"")]:
        if start > begun:
            yield from _stretches(data, begun, start, name)
        begun, name = start, heading


def _headings(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Where each heading begins, and its words; one may follow straight on another."""
    at = 0
    while (m := _HEADING.search(data, at)) is not None:
        begin, at = max(m.spans[1:])
        yield begin, data[begin:at]


def _stretches(data: bytes, start: int, end: int, heading: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The items and sentences of one part; what stands before the first heading stays whole."""
    if heading:
        for stop in _STOP.finditer(data, start + len(heading), end):
            cut = max(begin for begin, _ in stop.spans[1:])
            if start < cut < end and data[start:cut].strip():
                yield *_trimmed(data, start, cut), heading
                start, heading = cut, b""
    if data[start:end].strip():
        yield *_trimmed(data, start, end), heading


def _trimmed(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks around it."""
    words = data[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())

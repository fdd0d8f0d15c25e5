"""Where does a posting that lost its line ends pass from one part to the next?

Exports and mails run headings, items and sentences together: "... at scale. Qualifications Basic Qualifications: 5+ years of
C++ Preferred Qualifications: ...". A capitalised heading inside such a paragraph opens a part; in a part, each item and each
sentence is a stretch of its own.
"""

from collections.abc import Iterator

from jobtide.enrich import patterns

_HEADING = patterns.compile(
    r"(?:^|[\s.!?:;)•])((?:(?:Basic|Required|Minimum|Preferred|Desired|Additional|Key|Main|Core|Other|Job) )?"
    r"(?:Qualifications?|Responsibilities|Requirements|Duties|Benefits|Nice to Have|About (?:Us|You|the (?:Role|Team|Company|Job))|"
    r"What [Yy]ou(?:['’]ll| will) (?:[Dd]o|[Bb]ring|[Nn]eed)|Who [Yy]ou [Aa]re))(?:\s*[:–-]|\s+[A-Z0-9•·*]|$)"
)
_STOP = patterns.compile(r"[\pL\d)]{3}[.;](?:\s*[A-Z•·]|\s+\d|\s*- )|[•·]\s*|\s(?:[A-Z]\w+ is an equal opportunity)")


def parts(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield (start, end, heading) of each stretch, in order and without gaps but for blanks; b"" goes on with the part before.

    A paragraph without a heading inside gives one stretch.

    >>> text = b"We sail. Qualifications: Two years at sea. A good rope Preferred Qualifications: Songs"
    >>> [(text[a:b], heading) for a, b, heading in parts(text)][1:3]
    [(b'Qualifications: Two years at sea.', b'Qualifications'), (b'A good rope', b'')]
    """
    heads = [(m.start(1), m[1]) for m in _HEADING.finditer(data)]
    begun, name = 0, b""
    for start, heading in [*heads, (len(data), b"")]:
        if start > begun:
            yield from _stretches(data, begun, start, name)
        begun, name = start, heading


def _stretches(data: bytes, start: int, end: int, heading: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The items and sentences of one part; what stands before the first heading stays whole."""
    if heading:
        for stop in _STOP.finditer(data, start + len(heading), end):
            cut = stop.start() + _last(data, stop)
            if start < cut < end and data[start:cut].strip():
                yield *_trimmed(data, start, cut), heading
                start, heading = cut, b""
    if data[start:end].strip():
        yield *_trimmed(data, start, end), heading


def _trimmed(data: bytes, start: int, end: int) -> tuple[int, int]:
    """The stretch without the blanks around it."""
    words = data[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _last(data: bytes, stop: patterns.Match) -> int:
    """How far behind its start a stop ends its sentence: behind the full stop."""
    words = data[stop.start() : stop.end()]
    return max(words.rfind(b"."), words.rfind(b";")) + 1

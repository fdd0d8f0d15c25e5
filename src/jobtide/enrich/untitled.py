"""Which words stand for the title of a posting that came without one, and which further jobs does it offer?

Advertisements in threads and mails begin with a line such as "ACME | ML Engineer | Berlin or REMOTE (EU) | full-time", or with
"Acme is looking for an ML engineer in Leeds"; others name the job a few lines further down, on a line of its own, and
many name several.
"""

from collections.abc import Iterator, Sequence

from jobtide.enrich import patterns
from jobtide.enrich.sought import (
    ASKED,
    BULLETS,
    JOB,
    LINE,
    SENTENCE,
    SHORT,
    SOUGHT,
    below,
    head,
    in_line,
    is_line,
    mentioned,
)
from jobtide.model import Window

_HEADER = 250  # bytes: a first line is read up to here
_HEADLINE = 130  # bytes: a first line that names a job is no longer, if it is no sentence
_LINES = 16  # blocks below the first that are looked at for such a line
_MOST = 12  # further jobs that are read
_CUT = patterns.compile(r"\s*[|｜•·]\s*|\s+[-–—]+\s+")
# What an advertisement's first line says, and an employer's own story does not.
_ADVERTISES = patterns.compile(SOUGHT.pattern + r"|(?i)\b(?:full[- ]?time|on-?site|remote|h1b|visa|relocation)\b")
# "Fenlight, Newton and Boston, MA; we light fens": where a line begins with a place, it is no story.
_TOWN_FIRST = patterns.compile(r"[a-z], [A-Z]{2}\b")
_BEGINNING = 45  # bytes


def titles(data: bytes, blocks: Sequence[Window]) -> Iterator[Window]:
    """Yield windows of section "title": first the words that name the job, if any do, then the first line whole.

    ``blocks``: those of the text, in order; none give none.

    >>> text = b"ACME | ML Engineer | Berlin\\nWe build boats."
    >>> [text[w.start : w.end] for w in titles(text, [Window(0, 27, "about"), Window(28, 43, "about")])]
    [b'ML Engineer', b'ACME | ML Engineer | Berlin']
    """
    if not blocks:
        return
    start = blocks[0].start
    end = _first_line(data, start, blocks[0].end)
    cuts = [(m.start(), m.end()) for m in _CUT.finditer(data, start, end)]
    # A long sentence that seeks nobody is the employer's own story.
    longest = LINE if data.endswith(b".", start, end) else _HEADLINE
    speaks = (
        bool(cuts)
        or end - start <= longest
        or _ADVERTISES.search(data, start, end) is not None
        or _TOWN_FIRST.search(data, start, min(end, start + _BEGINNING)) is not None
    )
    job = (in_line(data, start, end, cuts) if speaks else None) or below(
        data, [Window(end, blocks[0].end, "about"), *blocks[1 : _LINES + 1]]
    )
    lines = [Window(start, end, "title", "heading")] if speaks else []
    # "Harbour Clinic: fellowships", then "Toronto, ON" on a line of its own.
    lines += [Window(b.start, b.end, "title", "heading") for b in blocks[1:3] if _of_the_head(data, b)]
    if job is None and (job := mentioned(data, blocks[:_LINES])) is not None:
        lines.append(job)
    yield from dict.fromkeys(lines if job is None or job.kind == "paragraph" else [job, *lines])


def _of_the_head(data: bytes, block: Window) -> bool:
    """Whether a line below the first is short or, like a first line, cut into parts: "Oslo, Norway | 3 jobs | Full-time"."""
    if is_line(data, block, SHORT):
        return True
    if block.kind == "item" or block.end - block.start > _CUT_LINE or data[block.start : block.start + 1] in BULLETS:
        return False
    if _PLACED.match(data, block.start, block.end) is not None:
        return True
    return sum(1 for _ in _CUT.finditer(data, block.start, block.end)) >= _CUTS


# "Onsite in Oslo (preferred) or Bergen, with remote a possibility", "Offices in: Oslo, Bergen".
_PLACED = patterns.compile(
    r"\W{0,3}(?i:on-?site (?:only )?(?:in|at)|locations?:|based in|offices?:? in:?|in) (?:[A-Z]|our [A-Z])"
)


_CUTS, _CUT_LINE = 2, 160  # cuts of a line that is no sentence, and the bytes it has at most


def repeats(data: bytes, blocks: Sequence[Window]) -> bool:
    """Whether the title, the first of ``blocks``, names no job and only repeats how the text begins.

    >>> text = b"ACME | Oslo\\n\\nACME | Oslo | Full-time\\nHiring: divers"
    >>> repeats(text, [Window(0, 11, "title"), Window(12, 12, "location"), Window(13, 36, "about")])
    True
    """
    title = blocks[0]
    begun = data[title.start : min(title.end, title.start + _REPEATED)]
    if len(blocks) < 3 or not data.startswith(begun, blocks[2].start):
        return False
    return not any(names.search(data, title.start, title.end) for names in (JOB, _TRADE))


_REPEATED = 10  # bytes of a title that tell whether the text begins with it: links inside it fall away
# A title that names another trade needs no stand-in either.
_TRADE = patterns.compile(
    r"(?i)\b(?:assistant|specialist|associate|representative|executive|strategist|counsel|coordinator|lead|officer|partner|nurse|therapist|"
    r"marketer|operator|operations|accountant|advisor|agent|technician|teacher|sales|marketing|support|product|owner|head)\b"
)


def jobs(data: bytes, blocks: Sequence[Window]) -> Iterator[Window]:
    """Yield windows of section "title" and kind "item": every part of the first lines, and every short line, that names a job.

    ``blocks``: those of the text, in order; none give none. At most ``_MOST`` are looked at.

    >>> text = b"ACME | ML Engineer, Data Engineer | Berlin\\n- Visual Designer"
    >>> [text[w.start : w.end] for w in jobs(text, [Window(0, 42, "about"), Window(43, 60, "about", "item")])]
    [b'ML Engineer', b'Data Engineer', b'- Visual Designer']
    """
    left = _MOST
    for number, block in enumerate(blocks):
        begin, end = block.start, head(data, block)
        if block.section in ASKED or (block.section == "requirements" and end - begin > SHORT):
            continue
        if number == 0:
            end = _first_line(data, begin, block.end)
        if (
            _CUT.search(data, begin, end) is None
            if number == 0
            else not is_line(data, Window(begin, end, "title"), LINE)
        ):
            sought = SOUGHT.search(data, begin, block.end) if number <= _LINES else None
            if sought is None:
                continue
            begin, end = sought.end(), min(block.end, sought.end() + _HEADER)
            sentence = SENTENCE.search(data, begin, end)
            end = sentence.end() - 1 if sentence is not None else end
        for part in _parts(data, begin, end):
            yield Window(*part, "title", "item")
            left -= 1
            if not left:
                return


def _parts(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """From where to where each part of a line or sentence reaches that names a job."""
    if JOB.search(data, begin, end) is None:
        return
    at = begin
    for cut in (*_EACH.finditer(data, begin, end), None):
        stop = cut.start() if cut is not None else end
        if JOB.search(data, at, stop) and not _SPEAKS.search(data, at, stop):
            yield at, stop
        at = cut.end() if cut is not None else end


# Words of demands and of the employer's own people.
_SPEAKS = patterns.compile(
    r"(?i)\b(?:experienced? (?:with|in|as)|experience|years?|yrs|you|your|we|our|us|i|he|she|knowledge|ability|strong|skills?|work(?:ing)?|team of|"
    r"background|understanding|familiar\w*|passion\w*|degree|ceo|contact|e-?mail|founders?|who|former|ex-\w+|please|no recruiters|agenc(?:y|ies))\b"
)
_EACH = patterns.compile(r"\s*[|｜•·;,*]\s*|\s+[-–—+]+\s*|\s+[/&]\s+|\s+(?:and|or)\s+|\n")


def _first_line(data: bytes, start: int, end: int) -> int:
    """Where the first line ends: with its block, its first sentence or, on a word, the longest that we read."""
    if end - start <= _HEADER:
        return end
    sentence = SENTENCE.search(data, start + 20, start + _HEADER)
    if sentence is not None:
        return sentence.end() - 1
    blank = data.rfind(b" ", start, start + _HEADER)
    return blank if blank > start else end

"""Which words stand for the title of a posting that came without one, and which further jobs does it offer?

Advertisements in threads and mails begin with a line such as "ACME | ML Engineer | Berlin or REMOTE (EU) | full-time", or with
"Acme is looking for an ML engineer in Leeds"; others name the job a few lines further down, on a line of its own, and
many name several.
"""

from collections.abc import Iterator, Sequence

from jobtide.enrich import patterns
from jobtide.model import Window

_HEADER = 250  # bytes: a first line is read up to here
_LINE = 90  # bytes: a line of its own that names a job is no longer
_SHORT = 60  # bytes: one directly below the first that belongs to the head
_LINES = 16  # blocks below the first that are looked at for such a line
_MOST = 12  # further jobs that are read
_JOB = patterns.compile(
    r"(?i)\b(?:engineers?|engineering|(?:team|tech) leads?|developers?|devs?|scientists?|programmers?|architects?|analysts?|designers?|devops|sre|sysadmins?|"
    r"hackers?|testers?|sdet|managers?|director|researchers?|cto|vp of|head of|data science|administrators?|consultants?|recruiters?|writers?|editor|"
    r"entwickler(?:in)?|ingenieur(?:in)?|développeurs?|ingénieure?|desarrollador|ingeniero)\b"
)
_CUT = patterns.compile(r"\s*[|｜•·]\s*|\s+[-–—]+\s+")
_SENTENCE = patterns.compile(r"[a-z)]{2}[.!?:]\s")
_SOUGHT = patterns.compile(
    r"(?i)\b(?:hiring|looking (?:for|to hire)|seeking|recruiting|searching for|join us as|wanted|needs?|calling all|(?:positions?|roles?|openings?):|"
    r"suchen|sucht|recherch\w+|buscamos|busca)(?:\b|\W)"
)


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
    speaks = bool(cuts) or end - start <= _LINE or _SOUGHT.search(data, start, end) is not None
    job = (_in_line(data, start, end, cuts) if speaks else None) or _below(data, blocks[1 : _LINES + 1])
    lines = [Window(start, end, "title", "heading")] if speaks else []
    # "Harbour Clinic: fellowships", then "Toronto, ON" on a line of its own.
    lines += [Window(b.start, b.end, "title", "heading") for b in blocks[1:3] if _is_line(data, b, _SHORT)]
    yield from dict.fromkeys(lines if job is None else [job, *lines])


def repeats(data: bytes, blocks: Sequence[Window]) -> bool:
    """Whether the title, the first of ``blocks``, names no job and only repeats how the text begins.

    >>> text = b"ACME | Oslo\\n\\nACME | Oslo | Full-time\\nHiring: divers"
    >>> repeats(text, [Window(0, 11, "title"), Window(12, 12, "location"), Window(13, 36, "about")])
    True
    """
    title = blocks[0]
    if len(blocks) < 3 or _JOB.search(data, title.start, title.end):
        return False
    begun = data[title.start : min(title.end, title.start + _REPEATED)]
    return data.startswith(begun, blocks[2].start) and _TRADE.search(data, title.start, title.end) is None


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
        begin, end = block.start, _head(data, block)
        if block.section in _ASKED or (block.section == "requirements" and end - begin > _SHORT):
            continue
        if number == 0:
            end = _first_line(data, begin, block.end)
        if (
            _CUT.search(data, begin, end) is None
            if number == 0
            else not _is_line(data, Window(begin, end, "title"), _LINE)
        ):
            sought = _SOUGHT.search(data, begin, block.end) if number <= _LINES else None
            if sought is None:
                continue
            begin, end = sought.end(), min(block.end, sought.end() + _HEADER)
            sentence = _SENTENCE.search(data, begin, end)
            end = sentence.end() - 1 if sentence is not None else end
        for part in _parts(data, begin, end):
            yield Window(*part, "title", "item")
            left -= 1
            if not left:
                return


# "We are looking for:" is a heading of requirements, but short lines under it may be jobs.
_ASKED = ("nice", "duties", "benefits", "legal")


def _parts(data: bytes, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """From where to where each part of a line or sentence reaches that names a job."""
    if _JOB.search(data, begin, end) is None:
        return
    at = begin
    for cut in (*_EACH.finditer(data, begin, end), None):
        stop = cut.start() if cut is not None else end
        if _JOB.search(data, at, stop) and not _SPEAKS.search(data, at, stop):
            yield at, stop
        at = cut.end() if cut is not None else end


# Words of demands and of the employer's own people.
_SPEAKS = patterns.compile(
    r"(?i)\b(?:experienced? (?:with|in|as)|experience|years?|yrs|you|your|we|our|us|i|he|she|knowledge|ability|strong|skills?|work(?:ing)?|team of|"
    r"background|understanding|familiar\w*|passion\w*|degree|ceo|contact|e-?mail|founders?|who|former|ex-\w+|please|no recruiters|agenc(?:y|ies))\b"
)
_EACH = patterns.compile(r"\s*[|｜•·;,*]\s*|\s+[-–—+]+\s*|\s+[/&]\s+|\s+(?:and|or)\s+|\n")


def _head(data: bytes, block: Window) -> int:
    """Where the words end that stand before a dash or colon: "- Data Engineer - Build pipes for ..."; else the block's end."""
    if block.kind != "item" and data[block.start : block.start + 1] not in _BULLETS:
        return block.end
    cut = _DASH.search(data, min(block.end, block.start + 4), min(block.end, block.start + _SHORT))
    return cut.start() if cut is not None else block.end


_BULLETS = (b"*", b"-", b"+", b"\xe2", b">")
_DASH = patterns.compile(r"\s+[-–—]+\s+|:\s")


def _first_line(data: bytes, start: int, end: int) -> int:
    """Where the first line ends: with its block, its first sentence or, on a word, the longest that we read."""
    if end - start <= _HEADER:
        return end
    sentence = _SENTENCE.search(data, start + 20, start + _HEADER)
    if sentence is not None:
        return sentence.end() - 1
    blank = data.rfind(b" ", start, start + _HEADER)
    return blank if blank > start else end


def _in_line(data: bytes, start: int, end: int, cuts: Sequence[tuple[int, int]]) -> Window | None:
    """The first part of the line that names a job."""
    begins = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    for begin, finish in zip(begins, ends, strict=True):
        if _JOB.search(data, begin, finish):
            return Window(begin, _first_job(data, begin, finish), "title", "heading")
    return None


def _first_job(data: bytes, begin: int, finish: int) -> int:
    """Where the first of several jobs ends: "Data Scientist, Backend Engineer"; a comma within one job ends none."""
    for m in _AND.finditer(data, begin, finish):
        if _JOB.search(data, begin, m.start()) and _JOB.search(data, m.end(), finish):
            return m.start()
    return finish


_AND = patterns.compile(r"\s*[,;&]\s*|\s+and\s+|\s+[*+-]\s*")


def _below(data: bytes, blocks: Sequence[Window]) -> Window | None:
    """The first short line that names a job, or the rest of the first sentence that says who is sought."""
    for block in blocks:
        head = Window(block.start, _head(data, block), "title", "heading")
        if _is_line(data, head, _LINE) and _JOB.search(data, head.start, head.end):
            return head._replace(end=_first_job(data, head.start, head.end))
        sought = _SOUGHT.search(data, block.start, block.end)
        if sought is not None and not data.startswith(b"manager", sought.end()):
            end = min(block.end, sought.end() + _LINE)
            sentence = _SENTENCE.search(data, min(end, sought.end() + _QUESTION), end)
            end = sentence.end() - 1 if sentence is not None else end
            job = _JOB.search(data, sought.end(), end)
            if job is not None:
                more = _MORE.search(data, job.end(), end)
                end = _first_job(data, sought.end(), more.start() if more is not None else end)
                return Window(sought.end(), end, "title", "heading")
    return None


_QUESTION = 8  # bytes: "What are we hiring for? Divers and ..." does not end there
_MORE = patterns.compile(
    r"(?i)[,)]?\s+(?:to|who|that|with|for (?:our|the|an?)|interested)\b"
)  # what the person shall do or be
_SIGNED = patterns.compile(r"(?i)\((?:cto|ceo|co-?founder|founder|vp|head of|director)\b")


def _is_line(data: bytes, block: Window, longest: int) -> bool:
    """Whether a block is a line rather than a sentence."""
    whole = data[block.start : block.end]
    return (
        len(whole) <= longest and not whole.endswith(b".") and not _SENTENCE.search(whole) and not _SIGNED.search(whole)
    )

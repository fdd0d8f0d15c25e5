"""Which words stand for the title of a posting that came without one, and which further jobs does it offer?

Advertisements in threads and mails begin with a line such as "ACME | ML Engineer | Berlin or REMOTE (EU) | full-time", or with
"Acme is looking for an ML engineer in Leeds"; others name the job a few lines further down, on a line of its own, and
many name several.
"""

from collections.abc import Iterator, Sequence

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Pattern
from jobtide.model import Window

_HEADER = 250  # bytes: a first line is read up to here
_LINE = 90  # bytes: a line of its own that names a job is no longer
_HEADLINE = 130  # bytes: neither is the first line, if it is no sentence
_SHORT = 60  # bytes: one directly below the first that belongs to the head
_LINES = 16  # blocks below the first that are looked at for such a line
_MOST = 12  # further jobs that are read
_MAKERS = (
    r"(?:engineers?|(?:tech|technical) leads?|developers?|devs?|scientists?|statisticians?|programmers?|coders?|architects?|analysts?|designers?|"
    r"dev[- ]?ops|sre|sysadmins?|hackers?|testers?|sdet|researchers?|roboticists?|"
    r"entwickler(?:in)?|ingenieur(?:in)?|développeurs?|ingénieure?|desarrollador|ingeniero|"
    r"(?:software|data|research|engineering|design) interns?|(?:software|web|mobile) development)"
)
_OTHERS = (
    r"(?:engineering|team leads?|managers?|director|cto|vp of|head of|data science|administrators?|consultants?|recruiters?|writers?|editor|"
    r"specialists?|marketers?|evangelists?|trainers?|instructors?|(?:marketing|sales|product|design|growth|operations|support|success|account|community|content) "
    r"(?:leads?|executives?|associates?|representatives?|coordinators?))"
)
_JOB = patterns.compile(rf"(?i)\b(?:{_MAKERS}|{_OTHERS})\b")
# Of several lines the first that names somebody who makes or studies things counts before one that names a head of them.
_MAKER = patterns.compile(rf"(?i)\b{_MAKERS}\b")
_CUT = patterns.compile(r"\s*[|｜•·]\s*|\s+[-–—]+\s+")
_STOP = patterns.compile(r"[a-z)]{2}[.!?]\s")
_SENTENCE = patterns.compile(r"[a-z)]{2}[.!?:]\s")
_SOUGHT = patterns.compile(
    r"(?i)\b(?:hiring|looking (?:for|to (?:hire|add|bring|grow|fill|expand))|bring(?:ing)? on|in need of|on the (?:lookout|hunt) for|hunting(?: \w+)? for|hear from|"
    r"applications? (?:for|from)|open(?:ings?|(?: \w+)? (?:positions?|roles?))(?: in \w+(?: \w+)?)?(?: for| [-–—]|:)|seeking|seeks|recruiting|searching for|join us as|wanted|needs?|calling all|"
    r"(?:positions?|roles?|openings?)(?: open| available)?:|as (?:our|the)|"
    r"suchen|sucht|recherch\w+|buscamos|busca)(?:\b|\W)"
)

# What an advertisement's first line says, and an employer's own story does not.
_ADVERTISES = patterns.compile(_SOUGHT.pattern + r"|(?i)\b(?:full[- ]?time|on-?site|remote|h1b|visa|relocation)\b")


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
    longest = _LINE if data.endswith(b".", start, end) else _HEADLINE
    speaks = bool(cuts) or end - start <= longest or _ADVERTISES.search(data, start, end) is not None
    job = (_in_line(data, start, end, cuts) if speaks else None) or _below(
        data, [Window(end, blocks[0].end, "about"), *blocks[1 : _LINES + 1]]
    )
    lines = [Window(start, end, "title", "heading")] if speaks else []
    # "Harbour Clinic: fellowships", then "Toronto, ON" on a line of its own.
    lines += [Window(b.start, b.end, "title", "heading") for b in blocks[1:3] if _of_the_head(data, b)]
    if job is None and (job := _mentioned(data, blocks[:_LINES])) is not None:
        lines.append(job)
    yield from dict.fromkeys(lines if job is None or job.kind == "paragraph" else [job, *lines])


def _of_the_head(data: bytes, block: Window) -> bool:
    """Whether a line below the first is short or, like a first line, cut into parts: "Oslo, Norway | 3 jobs | Full-time"."""
    if _is_line(data, block, _SHORT):
        return True
    if block.kind == "item" or block.end - block.start > _CUT_LINE or data[block.start : block.start + 1] in _BULLETS:
        return False
    return sum(1 for _ in _CUT.finditer(data, block.start, block.end)) >= _CUTS


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
    return not any(names.search(data, title.start, title.end) for names in (_JOB, _TRADE))


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
    """Where the words end that stand before a link, dash or colon: "- Data Engineer - Build pipes for ..."; else the block's end."""
    start, end = block.start, block.end
    link = _LINK.search(data, start, min(end, start + _LINE))
    end = link.start() if link is not None and link.start() > start else end
    cut = _DASH.search(data, min(end, start + 4), min(end, start + _SHORT))
    if cut is None:
        return end
    if block.kind == "item" or data[start : start + 1] in _BULLETS:
        return cut.start()
    named = _MAKER.search(data, start, cut.start()) and not _TELLS.search(data, start, cut.start())
    return cut.start() if named else end


_BULLETS = (b"*", b"-", b"+", b"\xe2", b">")
_DASH = patterns.compile(r"\s+[-–—]+\s+|:\s")
_LINK = patterns.compile(r"\s*[(\[:]*\s*(?:https?://|www\.)")


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
        job = _JOB.search(data, begin, finish)
        # "Tern Engineering Institute | Turku": a firm's name is no job.
        if job and not (begin == start and cuts and _FIRM.match(data, job.end(), finish)):
            return _offered(data, begin, finish, _JOB)
    return None


_FIRM = patterns.compile(
    r"(?i)[\s,]+(?:institute|inc|ltd|llc|gmbh|group|school|college|university|company|corp\w*|consult\w+|solutions|foundation|"
    r"society|partners|hub|academy|services|studios?|labs?)\b"
)


def _first_job(data: bytes, begin: int, finish: int) -> int:
    """Where the first of several jobs ends: "Data Scientist, Backend Engineer"; a comma within one job ends none."""
    for m in _AND.finditer(data, begin, finish):
        if _JOB.search(data, begin, m.start()) and _JOB.search(data, m.end(), finish):
            return m.start()
    return finish


_AND = patterns.compile(r"\s*[,;&/|]+\s*|\s+(?:and|or)\s+|\s+[*+-]\s*")


def _below(data: bytes, blocks: Sequence[Window]) -> Window | None:
    """The first line that names a job, or the rest of the first sentence that says who is sought."""
    for names in (_MAKER, _JOB):
        for block in blocks:
            job = _listed(data, block, names) or _wanted(data, block, names)
            if job is not None:
                return job
    return None


def _offered(data: bytes, start: int, end: int, names: Pattern) -> Window:
    """The first job of a line that names one: what it says is sought, else all of it."""
    sought = _SOUGHT.search(data, start, end)
    job = _sought(data, sought.end(), end, names) if sought is not None else None
    return job or Window(start, _first_job(data, start, end), "title", "heading")


def _listed(data: bytes, block: Window, names: Pattern) -> Window | None:
    """The job that a line or an item begins with: "- Data Engineer (Oslo): build pipes"; not the employer's own people."""
    if block.section in _ASKED:
        return None
    start, end = block.start, min(block.end, _head(data, block))
    job = names.search(data, start, end) if _is_line(data, Window(start, end, "title"), _LINE) else None
    if job and not _TELLS.search(data, start, end) and not _BESIDE.search(data, start, job.start()):
        return _offered(data, start, end, names)
    begin = start
    for _ in range(2):  # "- The Helm: Lead Engineer": what stands before the colon may be a name
        end = min(block.end, begin + _LINE)
        cut = _BREAK.search(data, min(end, begin + 4), end)
        stop = cut.start() if cut is not None else end
        if any(not _WORD.search(data, job.end(), stop) for job in names.finditer(data, begin, stop)):
            told = any(words.search(data, start, stop) for words in (_TELLS, _BESIDE)) or _AS.match(data, begin, stop)
            return None if told else Window(begin, _first_job(data, begin, stop), "title", "heading")
        if cut is None or not data.startswith(b":", stop):
            return None
        begin = cut.end()
    return None


_BREAK = patterns.compile(
    r"\s*[(\[,:;.]|\s+[-–—]+\s|\s+(?:to|who|that|with|for|interested)\s|\n"
)  # what ends the name of a job
_BESIDE = patterns.compile(r"(?i)\b(?:with|from|alongside|between)\b")  # "learn from engineers"
_WORD = patterns.compile(r"\pL")
_AS = patterns.compile(r"(?i)\W*as\b")


def _wanted(data: bytes, block: Window, names: Pattern) -> Window | None:
    """Who a sentence of the block says is sought."""
    for sought in _SOUGHT.finditer(data, block.start, block.end):
        job = _sought(data, sought.end(), block.end, names)
        if job is not None:
            return job
    return None


def _mentioned(data: bytes, blocks: Sequence[Window]) -> Window | None:
    """The first maker in the text who is none of the employer's own people, with the words before; kind "paragraph"."""
    for block in blocks:
        for job in _MAKER.finditer(data, block.start, block.end):
            begin = max(block.start, data.rfind(b". ", block.start, job.start()), job.end() - _LINE)
            if _OWN.search(data, begin, job.end()):
                continue
            for m in _FROM.finditer(data, begin, job.start()):
                begin = m.end()
            return Window(begin, job.end(), "title")
    return None


_FROM = patterns.compile(
    r"(?i)[(:*.]\s*|\s(?:[-–—]+|an?|for|to|more|some|hire|are|is|in)\s"
)  # what stands before the name of a job
_OWN = patterns.compile(
    r"(?i)\b(?:our|their|other|team|by|with|where|from|former|ex|help|between|as an?|experience|degree|like|founded|compan(?:y|ies)|of|"
    r"we(?: are|['’]re)|i(?: am|['’]m))\b"
)
# Words of lines that tell of the employer, or of what is asked.
_TELLS = patterns.compile(
    r"(?i)\b(?:you|your|we|our|experience|years?|knowledge|ability|background|understanding|degree|team of|i['’]m|i am|no recruiters|agenc(?:y|ies))\b"
)


def _sought(data: bytes, start: int, end: int, names: Pattern) -> Window | None:
    """The words from ``start`` on that say who is sought: to the end of the sentence, or to what the person shall do."""
    if data.startswith((b"manager", b" our "), start):  # "hiring manager", "hear from our engineers"
        return None
    you = data.find(b", you ", start, start + _LINE)  # "As our diver, you"
    end = min(end, start + _LINE) if you < 0 else min(end, you)
    sentence = _SENTENCE.search(data, min(end, start + _QUESTION), end)
    end = sentence.end() - 1 if sentence is not None else end
    job = names.search(data, start, end)
    if job is None:
        return None
    more = _MORE.search(data, job.end(), end)
    return Window(start, _first_job(data, start, more.start() if more is not None else end), "title", "heading")


_QUESTION = 8  # bytes: "What are we hiring for? Divers and ..." does not end there
_MORE = patterns.compile(
    r"(?i)[,)]?\s+(?:to|who|that|with|including|such as|for (?:our|the|an?)|interested)\b"
)  # what the person shall do or be
_SIGNED = patterns.compile(r"(?i)\((?:cto|ceo|co-?founder|founder|vp|head of|director)\b")


def _is_line(data: bytes, block: Window, longest: int) -> bool:
    """Whether a block is a line rather than a sentence."""
    whole = data[block.start : block.end]
    return len(whole) <= longest and not whole.endswith(b".") and not _STOP.search(whole) and not _SIGNED.search(whole)

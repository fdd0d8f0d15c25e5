"""Which words of a line or of a sentence name the job that an advertisement offers, and not the employer's own people?"""

from collections.abc import Sequence

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Pattern
from jobtide.model import Window

LINE = 90  # bytes: a line of its own that names a job is no longer
SHORT = 60  # bytes: one directly below the first that belongs to the head
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
JOB = patterns.compile(rf"(?i)\b(?:{_MAKERS}|{_OTHERS})\b")
# Of several lines the first that names somebody who makes or studies things counts before one that names a head of them.
MAKER = patterns.compile(rf"(?i)\b{_MAKERS}\b")
_STOP = patterns.compile(r"[a-z)]{2}[.!?]\s")
SENTENCE = patterns.compile(r"[a-z)]{2}[.!?:]\s")
SOUGHT = patterns.compile(
    r"(?i)\b(?:hiring|looking (?:for|to (?:hire|add|bring|grow|fill|expand))|bring(?:ing)? on|in need of|on the (?:lookout|hunt) for|hunting(?: \w+)? for|hear from|"
    r"applications? (?:for|from)|open(?:ings?|(?: \w+)? (?:positions?|roles?))(?: in \w+(?: \w+)?)?(?: for| [-–—]|:)|seeking|seeks|recruiting|searching (?:for|to find)|join us as|wanted|needs?|calling all|"
    r"(?:positions?|roles?|openings?)(?: open| available)?:|as (?:our|the)|"
    r"suchen|sucht|recherch\w+|buscamos|busca)(?:\b|\W)"
)

# "We are looking for:" is a heading of requirements, but short lines under it may be jobs.
ASKED = ("nice", "duties", "benefits", "legal")


def head(data: bytes, block: Window) -> int:
    """Where the words end that stand before a link, dash or colon: "- Data Engineer - Build pipes for ..."; else the block's end."""
    start, end = block.start, block.end
    link = _LINK.search(data, start, min(end, start + LINE))
    end = link.start() if link is not None and link.start() > start else end
    cut = _DASH.search(data, min(end, start + 4), min(end, start + SHORT))
    if cut is None:
        return end
    if block.kind == "item" or data[start : start + 1] in BULLETS:
        return cut.start()
    named = MAKER.search(data, start, cut.start()) and not _TELLS.search(data, start, cut.start())
    return cut.start() if named else end


BULLETS = (b"*", b"-", b"+", b"\xe2", b">")
_DASH = patterns.compile(r"\s+[-–—]+\s+|:\s")
_LINK = patterns.compile(r"\s*[(\[:]*\s*(?:https?://|www\.)")


def in_line(data: bytes, start: int, end: int, cuts: Sequence[tuple[int, int]]) -> Window | None:
    """The first part of the line that names a job."""
    begins = [start, *(after for _, after in cuts)]
    ends = [*(before for before, _ in cuts), end]
    for begin, finish in zip(begins, ends, strict=True):
        job = JOB.search(data, begin, finish)
        # "Tern Engineering Institute | Turku": a firm's name is no job.
        if job and not (begin == start and cuts and _FIRM.match(data, job.end(), finish)):
            return _offered(data, begin, finish, JOB)
    return None


_FIRM = patterns.compile(
    r"(?i)[\s,]+(?:institute|inc|ltd|llc|gmbh|group|school|college|university|company|corp\w*|consult\w+|solutions|foundation|"
    r"society|partners|hub|academy|services|studios?|labs?)\b"
)


def _first_job(data: bytes, begin: int, finish: int) -> int:
    """Where the first of several jobs ends: "Data Scientist, Backend Engineer"; a comma within one job ends none."""
    for m in _AND.finditer(data, begin, finish):
        if JOB.search(data, begin, m.start()) and JOB.search(data, m.end(), finish):
            return m.start()
    return finish


_AND = patterns.compile(r"\s*[,;&/|]+\s*|\s+(?:and|or)\s+|\s+[*+-]\s*")


def below(data: bytes, blocks: Sequence[Window]) -> Window | None:
    """The first line that names a job, or the rest of the first sentence that says who is sought."""
    for names in (MAKER, JOB):
        for block in blocks:
            job = _listed(data, block, names) or _wanted(data, block, names)
            if job is not None:
                return job
    return None


def _offered(data: bytes, start: int, end: int, names: Pattern) -> Window:
    """The first job of a line that names one: what it says is sought, else all of it."""
    sought = SOUGHT.search(data, start, end)
    job = _sought(data, sought.end(), end, names) if sought is not None else None
    return job or Window(start, _first_job(data, start, end), "title", "heading")


def _listed(data: bytes, block: Window, names: Pattern) -> Window | None:
    """The job that a line or an item begins with: "- Data Engineer (Oslo): build pipes"; not the employer's own people."""
    if block.section in ASKED:
        return None
    start, end = block.start, min(block.end, head(data, block))
    job = names.search(data, start, end) if is_line(data, Window(start, end, "title"), LINE) else None
    if job and not _TELLS.search(data, start, end) and not _BESIDE.search(data, start, job.start()):
        return _offered(data, start, end, names)
    begin = start
    for _ in range(2):  # "- The Helm: Lead Engineer": what stands before the colon may be a name
        end = min(block.end, begin + LINE)
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
    r"\s*[(\[,:;.|]|\s+[-–—]+\s|\s+(?:to|who|that|with|for|interested)\s|\n"
)  # what ends the name of a job
_BESIDE = patterns.compile(r"(?i)\b(?:with|from|alongside|between)\b")  # "learn from engineers"
_WORD = patterns.compile(r"\pL")
_AS = patterns.compile(r"(?i)\W*as\b")


def _wanted(data: bytes, block: Window, names: Pattern) -> Window | None:
    """Who a sentence of the block says is sought."""
    for sought in SOUGHT.finditer(data, block.start, block.end):
        job = _sought(data, sought.end(), block.end, names)
        if job is not None:
            return job
    return None


def mentioned(data: bytes, blocks: Sequence[Window]) -> Window | None:
    """The first maker in the text who is none of the employer's own people, with the words before; kind "paragraph"."""
    for block in blocks:
        for job in MAKER.finditer(data, block.start, block.end):
            begin = max(block.start, data.rfind(b". ", block.start, job.start()), job.end() - LINE)
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
    you = data.find(b", you ", start, start + LINE)  # "As our diver, you"
    end = min(end, start + LINE) if you < 0 else min(end, you)
    sentence = SENTENCE.search(data, min(end, start + _QUESTION), end)
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


def is_line(data: bytes, block: Window, longest: int) -> bool:
    """Whether a block is a line rather than a sentence."""
    whole = data[block.start : block.end]
    return len(whole) <= longest and not whole.endswith(b".") and not _STOP.search(whole) and not _SIGNED.search(whole)

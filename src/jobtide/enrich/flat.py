"""Which parts has a posting whose headings stand inside its lines, or that has none?

Many boards and files give a posting as one run of text: "... cloud scale. Responsibilities The team ... Qualifications
- 7+ years of Java ...". Such a posting has no heading of its own, so all of it would count as what the employer says of
itself. Here its blocks are cut at the words that head a part; a posting without any is neither praised nor asked for:
its blocks are "other", and the sentence alone says what is required. In any posting a block that speaks to the person
("You have experience with ...", "5+ years of ...") asks, whatever heading it stands under.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from jobtide.enrich import patterns
from jobtide.model import Window

ASKED = frozenset({"requirements", "nice", "duties"})
# A heading inside a line stands at its beginning or behind the end of a sentence (also one glued to the next word, as
# where line ends were lost) and is followed by a colon, a bullet, a digit or a capital. The longer come first.
_HEADS = (
    ("nice", r"(?:Preferred|Desired|Additional|Bonus|Helpful|Ideal|Nice[- ]to[- ]have) (?:[Qq]ualifications?|[Ss]kills?|[Rr]equirements?|[Ee]xperience)|"
             r"Nice[- ]to[- ]haves?|Bonus [Pp]oints|Pluses|PREFERRED (?:QUALIFICATIONS?|SKILLS?)|Wünschenswert|Atouts?|Se valorará"),
    ("requirements", r"(?:(?:Basic|Required|Minimum|Key|Technical|Desired|Mandatory|Job|Must[- ]have) )?"
                     r"(?:Qualifications?|Requirements?|Skills? (?:and|&) (?:Experience|Qualifications?)|Skills?(?: Required)?|Competencies)|"
                     r"(?:Basic|Required|Minimum) (?:qualifications?|requirements?|skills?)|What (?:[Yy]ou.ll|[Ww]e.re|[Yy]ou|[Ww]e) (?:[Nn]eed|[Bb]ring|[Ll]ooking [Ff]or|[Ll]ook [Ff]or)|"
                     r"(?:QUALIFICATIONS?|REQUIREMENTS?|REQUIRED SKILLS?|SKILLS)|Who [Yy]ou [Aa]re|About [Yy]ou|Must[- ][Hh]aves?|"
                     r"Ihr Profil|Dein Profil|Anforderungen|Votre profil|Profil recherché|Requisitos|Perfil"),
    ("duties", r"(?:(?:Key|Primary|Main|Core|Essential|Job|Your) )?(?:Responsibilities|Duties|Accountabilities)|(?:RESPONSIBILITIES|DUTIES|JOB DESCRIPTION)|"
               r"Job Description|(?:The|Your) Role|What [Yy]ou.ll (?:[Dd]o|[Bb]uild)|What [Yy]ou [Ww]ill [Dd]o|Role (?:Overview|Summary)|"
               r"Ihre Aufgaben|Deine Aufgaben|Aufgaben|Vos missions|Missions|Funciones|Responsabilidades"),
    ("benefits", r"(?:Our )?Benefits(?: (?:and|&) [Pp]erks)?|Perks|What [Ww]e [Oo]ffer|BENEFITS|Wir bieten"),
    ("about", r"About (?:[Uu]s|[Tt]he [Cc]ompany|our company)|Who [Ww]e [Aa]re|ABOUT US|COMPANY OVERVIEW"),
)  # fmt: skip
_HEAD = patterns.compile(
    r"(?:^|[.!?:;•)\n]\s*|\s[-*•]\s+|[a-z])(?:"
    + "|".join(f"({words})" for _, words in _HEADS)
    + r")(?:\s*:|\s*[•·*\-–]|\s*[A-Z0-9\"“]|\s*$)"
)
_SPEAKS = patterns.compile(
    r"(?i)^\s*(?:[-*•+>]\s*)?(?:(?:(?:the|an?|our) )?(?:\w+ )?(?:candidates?|applicants?|person) (?:(?:will|should|must|would) )?(?:have|be|has|is|bring|possess|know)\b|"
    r"must (?:have|be|know)\b|du (?:hast|bist|bringst|kennst|verfügst|kannst)\b|sie (?:haben|sind|bringen|verfügen)\b|background in\b|"
    r"(?:coding|programming|technical) skills? in\b|you(?:['’]ve|['’]re|['’]ll need| have| are| know| bring| can| must| should| love| enjoy| possess| understand)\b|"
    r"(?:at least |minimum (?:of )?)?\d{1,2}\s*\+?\s*(?:(?:-|–|to)\s*\d{1,2}\s*\+?\s*)?(?:years|yrs)\b|"
    r"(?:(?:strong|solid|deep|proven|hands-on|extensive|excellent|good|prior|relevant|demonstrated|significant|working|technical|professional|practical|substantial|previous|production|commercial|industry)[ ,]+){0,3}"
    r"(?:experience|proficien\w+|expertise|knowledge|familiarity|fluency|understanding|command) (?:with|in|of|using|building|working|developing)\b)"
)


def parts(text: bytes, windows: Sequence[Window]) -> Sequence[Window]:
    """Return the blocks cut and named anew if no heading of their own says what is asked for, else as they are.

    Same stretches of ``text`` in the same order; title and location stay the first two. What a forum post says of the
    employer tells what the job works with: of 178 skills named there, 141 were meant.
    """
    if not ASKED.isdisjoint(map(_section, windows)):
        return (
            [w if w.section != "about" else w._replace(section="other") for w in windows]
            if _is_post(text, windows)
            else windows
        )
    cuts = [list(_cuts(text, window)) for window in windows[2:]]
    # One word of legal text makes a whole block legal; where a run of text holds more than that, its heads say so.
    for number, window in enumerate(windows[2:]):
        if window.section not in ("about", "other") and not any(named in ASKED for _, named in cuts[number]):
            cuts[number] = []
    headed = any(named in ASKED for block in cuts for _, named in block)
    section = "about" if headed else "other"
    out = list(windows[:2])
    for window, block in zip(windows[2:], cuts, strict=True):
        if not block:
            out.append(window)
        for number, (start, named) in enumerate(block):
            section = named or section
            end = block[number + 1][0] if number + 1 < len(block) else window.end
            out.append(Window(start, end, section, window.kind))
    return out


_section = itemgetter(2)
_BARS = patterns.test(r" \| .* \| ")
_LONGEST_POST = 3000  # bytes; 98 of 100 posts of the forum are shorter, of the boards' postings one in seven


def _is_post(text: bytes, windows: Sequence[Window]) -> bool:
    """Whether a posting is a forum's: headed by "Keel | Bergen | Remote", or short and without a title of its own."""
    if len(windows) < 3:
        return False
    begun, end = windows[2].start, windows[-1].end
    if windows[0].start == windows[0].end and end - begun <= _LONGEST_POST:
        return True
    return bool(_BARS(text[begun : windows[2].end]))


def _cuts(text: bytes, window: Window) -> Iterator[tuple[int, str]]:
    """Where each part of a block begins, and the section its words name ("" where the one before goes on)."""
    block = text[window.start : window.end]
    begun = False
    for m in _HEAD.finditer(block):
        number = next(i for i in range(1, len(m.spans)) if m.spans[i][0] >= 0)
        at = m.start(number)
        if not begun and at:
            yield window.start, ""
        begun = True
        yield window.start + at, _HEADS[number - 1][0]
    if not begun:
        yield window.start, ""


def speaks(text: bytes, window: Window) -> bool:
    """Whether a block speaks to the person from its first words on.

    >>> line = b"You have experience with TypeScript."
    >>> speaks(line, Window(0, len(line), "about")), speaks(b"Our team has", Window(0, 12, "about"))
    (True, False)
    """
    return _speaks(text[window.start : min(window.end, window.start + 90)])


@lru_cache(maxsize=16384)  # an employer's postings share two of five blocks
def _speaks(beginning: bytes) -> bool:
    return _SPEAKS.search(beginning) is not None

"""Where does a posting state years of experience, and how many?

Shared by the years and the seniority extractors. "5+ years of experience", "3-5 years' experience", "five years in
industry"; not "5 years old", "over the last 10 years", "four-year vesting".
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jobtide.enrich import patterns
from jobtide.enrich.patterns import Patterns, test
from jobtide.model import Window

TRIGGERS = (
    "years",
    "years’",
    "year’s",
    "year",
    "yrs",
    "yr",
    "months",
    "yoe",
    "jahre",
    "jahren",
    "jahr",
    "ans",
    "années",
    "años",
    "año",
)
_WORDS = {
    b"one": 1, b"two": 2, b"three": 3, b"four": 4, b"five": 5, b"six": 6, b"seven": 7, b"eight": 8, b"nine": 9,
    b"ten": 10, b"twelve": 12, b"fifteen": 15, b"zwei": 2, b"drei": 3, b"vier": 4, "fünf".encode(): 5, b"sechs": 6, b"acht": 8,
    b"zehn": 10, b"deux": 2, b"trois": 3, b"quatre": 4, b"cinq": 5, b"dos": 2, b"tres": 3, b"cuatro": 4, b"cinco": 5, b"seis": 6,
}  # fmt: skip
_NUMBER = r"(\d{1,2}(?:\.5)?|" + "|".join(word.decode() for word in _WORDS) + ")"
_YEARS = patterns.compile(
    r"(?i)(?:\b|[a-z]{3})" + _NUMBER + r"(?:\s*\(\d{1,2}\))?\s*(?:\+|plus|or more)?\s*(?:(?:years? to|-|–|—|to|or|bis|à|a|y|oder|ou|o)\s*" + _NUMBER + r")?\s*\+?\s*"
    r"(?:or more\s+|full[- ]time\s+|solid\s+|post-\w+\s+(?:working\s+)?)?(years?|yrs?|yoe|jahre?n?s?|ans|années|años?|months)\b\.?['’]?"
)  # fmt: skip
# What must stand near for the words to be about experience; the reach is short on purpose.
_ABOUT_EXPERIENCE = (
    r"(?i)experience|exp\b|background|expertise|track record|working (as|in|on|with)|professional|in (a|an|the)? ?"
    r"(similar|related|relevant|industry|software|engineering|role|product|field)|hands-on|building|developing|leading|"
    r"managing|designing|shipping|of (software|engineering|product|sales|industry|work|relevant|data|machine|ml|full|"
    r"backend|technical|management|people|customer|marketing|design|recruiting|post)|erfahrung|expérience|experiencia|yoe"
)
_NOT_ASKED = (
    r"(?i)(over|in|within|for|during) the (last|past|next|first)\s*$|\bwithin\s*$|(last|past|next|every|founded|for over|growing|"
    r"company is|we have|we are|we bring|team has|our|back in|back|been around(?: for)?|where from|average(?: of)?,?|established \(?)\s*$|\b(age|aged|series [a-f]) ?$|vest\w* (over|period).{0,12}$"
)
_NOT_AFTER = (
    r"(?i)^[ -]*(old|ago|to [a-z]{2,}|[+)]* company\b|(?:of )?(?:paid|fully|parental|maternity|paternity|severance|probation)|vest|cliff|of (vesting|age|operation\b|runway|history|service|tenure)|in a row|in business(?:$|\W*$|[.,;!)]| (?:and|since|with|for|now)\b)|contract|"
    r"warranty|anniversary|term|running|post-term|exercise|window|from now|olds?\b|of (?:work )?experience for e(?:very|ach)\b|programs?(?:$|\W*$|[.,;)]| (?:at|of|in|that|with|is|and|for)\b)|programme|degree|university|college|and say)"
)
_SPECIFIC = r"(?i)^[^.;,\n]{0,40}?(experience|expertise)?\s*(with|using|in using|of using|coding in|programming in)\b"
# "preferred 3+ years" and "5+ years of sales preferred" wish the years; "5+ years of sales, preferably in retail" and
# "(Go preferred)" wish the field.
_WISHED_BEFORE = r"(?i)\b(ideally|prefer\w*|bonus|nice to have)\b[^.;:,]{0,25}$"
_WISHED = r"(?i)^[^.;,(]{0,60}\b(is |are )?(strongly |highly )?(preferred|desired|a (big |huge )?plus)\b"
# "Within 3 months you'll", "delivered in 2 months": a span of months is more often a plan than experience.
_WITHIN = test(
    r"(?i)\b(?:within|in|after|every|for|next|first|last)\s*(?:the |your |about |around |roughly |approximately )?$"
)
# "7+ years of experience with at least 2 in management": the second number is a part of the first, whose own words end
# where the part begins.
_LINK = r"(?i)\b(?:with|including|incl\.|of which|of that|of those)\s+(?:(?:at least|(?:a )?minimum(?: of)?|min\.?|no less than|over|more than)\s+)?"
_NESTED = test(_LINK + "$")
_PART = patterns.compile(_LINK + _NUMBER + r"\b")
# "2+ years managing people" is a part of a career that a larger number counts whole, and so is any number beside "5+ years of
# total experience".
_LEADS = (
    r"(?i)^(?:\W*(?:of )?management\b|[^.;,\n(]{0,48}?\b(?:(?:engineering|people|team|staff|line|team and \w+) management|managing|"
    r"leadership|leading|supervis\w+|(?:team|tech|technical)[ -]lead|as an? (?:\w+ )?(?:manager|lead|supervisor))\b)"
)
_WHOLE = r"(?i)^[^.;,\n]{0,60}?\b(?:total|overall|in total|altogether)\b"
_BEFORE = Patterns(_NOT_ASKED, _WISHED_BEFORE)
_BEHIND = Patterns(_NOT_AFTER, _ABOUT_EXPERIENCE, _SPECIFIC, _WISHED, _LEADS, _WHOLE)
# "Master's with 3+ years or bachelor's and 5+ years": the number of the lowest degree that is accepted.
_OR_LESS = test(
    r"(?i)(?:ph\.? ?d|doctora\w+)\b[^;\n]*\bor\b[^;\n]{0,40}\b(?:master|m\.?s\.?c?|bachelor|b\.?s\.?c?)\b|"
    r"\b(?:master|m\.?s\.?c?)\b[^;\n]*\bor\b[^;\n]{0,40}\b(?:bachelor|b\.?s\.?c?|b\.?a)\b"
)
# "A degree, or 4 years of equivalent experience": what stands for a degree is no demand of its own.
_FOR_DEGREE = test(
    r"(?i)\b(?:degree|bachelor\S*|b\.?s\.?c?|b\.?a)\b[^.;\n]{0,110}\bor (?:an? )?(?:additional |at least |minimum of )?$"
)
_ABOUT = test(_ABOUT_EXPERIENCE)
_HARD = ("requirements", "title", "duties", "other", "about")
_LONGEST = 25  # years; above this it is a company's age, not a requirement


class Stated(NamedTuple):  # a tuple, as most postings have some and frozen dataclasses cost three times as much
    """One statement of years: lower and upper number, its bytes, where it stands, and whether one skill is meant.

    ``part``: years of leading others, ``whole``: years of all experience.
    """

    low: float
    high: float
    start: int
    end: int
    section: str
    specific: bool
    wished: bool
    part: bool = False
    whole: bool = False


def statements(text: bytes, windows: Sequence[Window]) -> Iterator[Stated]:
    """Yield each statement of years of experience in ``windows``, in order; benefits and legal text are passed over."""
    for start, end, section, _ in windows:
        if section not in ("benefits", "legal", "location"):
            for low, high, span, *how in _in_block(text[start:end], section):
                yield Stated(low, high, start + span[0], start + span[1], section, *how)


# As in Stated, the span counted from the block's beginning.
_Said = tuple[float, float, tuple[int, int], bool, bool, bool, bool]


@lru_cache(maxsize=16384)  # years and seniority both ask, and an employer's postings repeat their demands
def _in_block(block: bytes, section: str) -> Sequence[_Said]:
    out: list[_Said] = []
    for m in _YEARS.finditer(block):
        said = _judged(block, section, m)
        if said is not None:
            nested = bool(out) and _is_part(block, out[-1], said)
            out.append((*said[:3], said[3] or nested, *said[4:]))
    return out


def _is_part(block: bytes, whole: _Said, part: _Said) -> bool:
    """Whether the years of ``part`` are counted among those of ``whole``, in the same sentence and before it."""
    between = block[whole[2][1] : part[2][0]]
    return part[0] <= whole[0] and b". " not in between and b";" not in between and bool(_NESTED(between))


def _judged(block: bytes, section: str, m: patterns.Match) -> _Said | None:
    """The statement if the words around it are of experience that is asked for, else None."""
    start, end = m.start(1), m.end()
    if start > m.start() and not m[1][:1].isdigit():
        return None  # "someone", not "C++5 years"
    low, high = _number(m[1]), _number(m[2] or m[1])
    months = m[3].lower() == b"months"
    if months:
        low, high = low / 12, high / 12
    if high > _LONGEST or high < low:
        return None
    before = block[max(0, start - 40) : start]
    led = _BEFORE.held(before) if before else ()
    near = block[end : end + 90].partition(b". ")[0]
    part = _PART.search(near)
    near = near[: part.start()] if part else near
    behind = _BEHIND.held(near)
    if 0 in led or 0 in behind or (months and _WITHIN(before)):
        return None
    asked = 1 in behind or section in ("requirements", "nice")
    if not asked and not _ABOUT(before[-25:]):
        return None
    if section == "about" and 1 not in behind:
        return None
    wished = section == "nice" or 1 in led or 3 in behind
    return low, high, (start, end), 2 in behind, wished, 4 in behind, 5 in behind


def _instead(text: bytes, first: Stated, larger: Stated) -> bool:
    """Whether the larger number is what the role asks for overall."""
    if larger.whole or (first.part and not larger.part):
        return True
    begin = text.rfind(b"\n", 0, first.start) + 1
    return 0 < larger.start - first.end <= 160 and bool(_OR_LESS(text[begin : larger.start]))


def _number(word: bytes) -> float:
    return float(_WORDS.get(word.lower(), 0) or word)


def asked(text: bytes, windows: Sequence[Window]) -> Stated | None:
    """Return the statement that is the posting's overall minimum, or None.

    The first general statement wins ("5+ years of experience"), but years of leading others give way to a larger number,
    a part to the whole, a higher degree's years to those of a lower one, and those instead of a degree to all others; where only skills carry years, the largest
    of them; a wish ("preferred") only if nothing else is stated.
    """
    found = list(statements(text, windows))
    hard = [s for s in found if not s.wished and s.section in _HARD]
    general = [s for s in hard if not s.specific]
    if len(general) > 1:
        general = [s for s in general if not _FOR_DEGREE(text[max(0, s.start - 150) : s.start])] or general
    if general:
        ranked = [s for s in general if s.section == "requirements"] or general
        first = ranked[0]
        larger = [s for s in general if s.low > first.low]
        return next((s for s in larger if _instead(text, first, s)), first) if larger else first
    if hard:
        return max(hard, key=lambda s: s.low)
    return None

"""Employer size: how many people work there, where the employer says so of itself."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from jobtide.enrich import patterns
from jobtide.model import Found, Window

KINDS = ("employer_size",)
TRIGGERS = (
    "employees", "person team", "person company", "person startup", "person series", "team of", "team members", "teammates", "colleagues",
    "people strong", "odd people", "or so people", "people company", "people across", "people around", "people worldwide", "people globally", "people from", "we are about",
    "we re about", "headcount", "mitarbeitende", "mitarbeitenden", "mitarbeitern", "mitarbeiter", "mitarbeiterinnen", "collaborateurs", "empleados", "salariés", "company size", "we are around", "we re around", "we are approximately", "we are roughly", "we are over",
    "we are currently", "we re currently", "we are now", "we re now", "we employ", "employs", "people in", "personnes", "personas",
)  # fmt: skip
_UNITS = (b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight", b"nine", b"ten", b"eleven", b"twelve")
_TENS = (b"twenty", b"thirty", b"forty", b"fifty", b"sixty", b"seventy", b"eighty", b"ninety")
_UNIT, _TEN = (b"|".join(words).decode() for words in (_UNITS, _TENS))
_SPELT = rf"(?:(?:a|{_UNIT}) hundred|(?:{_TEN})(?:[- ](?:{_UNIT}))?|fifteen|{_UNIT})"
_NUMBER = (
    rf"(\d{{1,3}}(?:[,.]\d{{3}})+|\d{{1,6}}|{_SPELT})"
    r"(?:[- ]odd|\s?\+|(?:\s?(?:-|–|to|bis|à)\s?(\d{1,3}(?:[,.]\d{3})+|\d{1,6})\+?))?"
)
_ABOUT = r"(?:over|more than|about|around|approximately|approx\.?|circa|nearly|almost|roughly|just|only|~|currently|now|some|a|the|our|than|less|up|to|über|rund|mehr als|plus de|más de|of|strong)\s?"
_WHO = r"(?:full[- ]time |talented |dedicated |passionate |global )?(?:employees|people|team members|teammates|colleagues|mitarbeit\w+|collaborateurs|empleados|salariés|personnes|personas|staff)"
_SAID = patterns.compile(
    r"(?i)\bteam of (?:" + _ABOUT + r"){0,4}" + _NUMBER + r"(?:\s" + _WHO + r")?\b|"
    r"\b" + _NUMBER + r"[- ](?:person|people) (?:team|company|start-?up|organi[sz]ation|strong|series)|"
    r"\b(?:" + _ABOUT + r"){0,3}" + _NUMBER + r"\s" + _WHO + r"\b|"
    r"\bcompany size:?\s*" + _NUMBER
)  # fmt: skip
_PAIRS = ((1, 2), (3, 4), (5, 6), (7, 8))
# Whom the number counts: the employer must be the subject, not who the person would lead or whom it sells to.
_OURS = patterns.test(
    r"(?i)\b(?:we|we['’](?:re|ve)|our|us|company|founded|headquarter\w*|grown?|growing|today|globally|offices|wir|unser\w*|nous|notre|somos|"
    r"nuestro|join|start-?up|is an?|team (?:is|size)|powered by)\b|^[\W]*$"
)
_THEIRS = patterns.test(
    r"(?i)\b(?:customers?|clients?|users?|helps?|help(?:ed|ing)|serv\w+|companies (?:with|of)|businesses|organi[sz]ations (?:with|of)|manag\w+|kunden?|cliente|"
    r"lead(?:ing)?|led|mentor\w*|coach\w*|supervis\w+|supporting|support|reporting|direct reports|experience|scal(?:e|ing) (?:from|to)|"
    r"hire[ds]? |hiring (?:a|the)|build(?:ing)? (?:a|and|out)|interview|per|groups? of|\bin the (?:u\.?s|world)|every|one in|1 in|reach\w*|"
    r"oversee\w*|inspir\w+|guid\w+|own a|engineers? (?:on|in) the|fewer than|under|sold|sell\w*|workforce|consisting|facilit\w+|carr(?:y|ies|ied)|moves?|feeds?)\b"
)
# A count of one trade is a team's within the employer.
_PART = patterns.compile(
    r"(?i)\+?\s(?:[\w-]+ ){0,2}(?:engineers|designers|developers|scientists|pms|managers|marketers|technicians|researchers|reps|recruiters|devs|coders|founders|analysts)\b"
)
# "team of 60" counts the employer only where the employer is that team: not the team one joins, nor one of its trades.
_TEAM = patterns.test(r"(?i)^team of")
_ONE_TEAM = patterns.test(
    r"(?i)\b(?:join(?:ing|s)?|part of|in|within|across|of|alongside|work(?:s|ing)? with|member of) (?:an?|the|our|this|its) (?:[\w-]+,? (?:and )?){0,4}$|"
    r"\b(?:engineering|product|sales|design|data|research|marketing|support|success|finance|people|recruiting|operations|ops|security|legal|"
    r"software|development|platform|science|growth|revenue|commercial|hr|it|ml|ai|r&d) $"
)
_WITH = patterns.test(r"(?i)\bwith an? (?:\w+ ){0,2}$")  # "reaching 51 million children with a team of 200"
_SECTIONS = ("about", "other", "benefits")
_LEAST = 5  # a smaller number is a team's, or a founder's count


def find(text: bytes, windows: Sequence[Window]) -> Iterator[Found]:
    """Yield one size at most, the first that counts the employer's own people; ``low`` and ``high`` in employees.

    >>> text = b"Founded in 2012, we are a team of over 1,200 people. You will lead a team of 8."
    >>> [(f.low, f.high, text[f.start:f.end]) for f in find(text, [Window(0, 79, "about")])]
    [(1200.0, 1200.0, b'team of over 1,200 people')]
    """
    for window in windows:
        if window.section not in _SECTIONS:
            continue
        block = text[window.start : window.end]
        for m in _counted(block):
            reach = max(0, m.start() - 110)
            sentence = max(block.rfind(b". ", reach, m.start()) + 1, reach)
            before = block[sentence : m.start()]
            start, end = window.start + m.start(), window.start + m.end()
            behind = text[end : end + 40]
            if (
                (_THEIRS(before) and not _WITH(before))
                or _THEIRS(behind[:12])
                or _PART.match(behind)
                or (_TEAM(m[0]) and _ONE_TEAM(before))
                or not (_OURS(before + b" ") or _WITH(before))
            ):
                continue
            low, high = next((m[a], m[b]) for a, b in _PAIRS if m.start(a) >= 0)
            least, most = _count(low), _count(high or low)
            if least < _LEAST or most < least or 1900 < least < 2100:
                continue
            yield Found(
                "employer_size", low=least, high=most, start=start, end=end, section=window.section,
                confidence=0.8, rule="employer_size/said",
            )  # fmt: skip
            return


@lru_cache(maxsize=4096)  # an employer's postings repeat what it says of itself
def _counted(block: bytes) -> Sequence[patterns.Match]:
    return list(_SAID.finditer(block))


def _count(words: bytes) -> float:
    """The number in digits or words.

    >>> [_count(words) for words in (b"1,200", b"forty-five", b"two hundred", b"a hundred", b"twelve")]
    [1200.0, 45.0, 200.0, 100.0, 12.0]
    """
    if words[:1].isdigit():
        return float(words.replace(b",", b"").replace(b".", b""))
    parts = words.lower().replace(b"-", b" ").split()
    if parts[-1] == b"hundred":
        return 100.0 * _spelt(parts[0])
    return float(sum(map(_spelt, parts)))


def _spelt(word: bytes) -> int:
    if word in _TENS:
        return 10 * (_TENS.index(word) + 2)
    return 15 if word == b"fifteen" else _UNITS.index(word) + 1 if word in _UNITS else 1

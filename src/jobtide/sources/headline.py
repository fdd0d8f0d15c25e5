"""Who hires, for what and where, by the first line of a free-text advertisement?

Posters of Hacker News threads write "Acme | ML Engineer | London, UK | REMOTE | Full-time" in any order, or a sentence.
Segments are told apart by their words, not by their place in the line.
"""

import html as entities
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

_BREAK = re.compile(r"(?i)<p\b[^>]*>|</p>|<pre|<br\b|\n")
_TAG = re.compile(r"<[^>]{1,500}>")
_PIPE = re.compile(r"\s*[|｜•·]\s*")
_DASH = re.compile(r"\s+[-–—/]+\s+|\s+--+\s*")
_LINK = re.compile(r"(?i)\(?\b(?:https?://|www\.)[^\s<>()|]+\)?")
_MAIL = re.compile(r"\S+@\S+")
_MODE = re.compile(
    r"(?i)\bremote\b|\bon-?site\b|\bwork from home\b|\bwfh\b|\bin[- ]office\b|\blocal only\b|\banywhere\b|\bhybrid\b"
)
_TERMS = re.compile(
    r"(?i)^\W*(?:full|part)[- ]?time\b|^\W*(?:permanent|contract(?:or)?s?|intern(?:s|ship)?s?|freelance|visa|h1b|"
    r"relocation|equity|salary|perm|ft|funded|series [a-d])\b|\bfull[- ]?time\b\W*$|[$€£]\s?\d|\d\s?k\b"
)
_ROLE = re.compile(
    r"(?i)\b(?:engineers?|engineering|developers?|devs?|scientists?|programmers?|architects?|analysts?|designers?|devops|"
    r"sre|sysadmins?|managers?|director|lead|leads|researchers?|cto|vp|head of|hackers?|full[- ]?stack|front[- ]?end|"
    r"back[- ]?end|data science|machine learning|qa|testers?|administrators?|interns?|roles|positions?|writers?|"
    r"product|marketing|sales)\b"
)
_PLACE = re.compile(
    r"^[A-ZÀ-Ý][\w.'’ -]{1,30},\s*(?!(?:Inc|LLC|Ltd|Corp|GmbH|Co|SA|AG|Limited)\b)[A-ZÀ-Ý][\w.]*|"
    r"(?i:\b(?:sf|san francisco|nyc|new york|london|berlin|boston|seattle|chicago|austin|toronto|paris|amsterdam|"
    r"los angeles|bay area|palo alto|mountain view|silicon valley|washington dc|denver|boulder|munich|dublin|sydney|"
    r"singapore|tokyo|vancouver|montreal|cambridge|portland|usa?|uk|europe|germany|canada)\b)"
)
_HIRES = re.compile(
    r"(?i)^(?:(?:we at|at|here at|join)\s+)?(.{2,60}?)[,.]?\s*(?:\([^)]*\)\s*)?\b(?:is|are)\s+(?:\w+\s+){0,2}?"
    r"(?:hiring|looking|seeking|recruiting|searching|growing|expanding)\b"
)
_FOR = re.compile(
    r"(?i)\b(?:hiring|looking for|seeking)\s+(?:for\s+)?(?:an?|the|several|multiple|some)?\s*([^.;!(]{4,80})"
)
_WE = re.compile(r"(?i)\b(?:we|our|i|my|you|this|hi|hello|be|here|apply)\b|[!?]")
# Hosts of other people's pages: their address does not name the employer.
_NOT_OWN = re.compile(
    r"(?i)(?:^|\.)(?:google|goo|youtube|youtu|vimeo|twitter|t|facebook|linkedin|github|bit|angel|stackoverflow|medium|"
    r"wikipedia|crunchbase|techcrunch|ycombinator|greenhouse|lever|workable|jobvite|recruitee|theresumator|jazz|breezy|"
    r"smartrecruiters|icims|taleo|typeform|hire|jobscore|wired|forbes|nytimes|amazonaws|dropbox|imgur|applytojob|bamboohr|grnh|"
    r"lnkd|ow|tinyurl|indeed|glassdoor|monster|eventbrite|meetup|slideshare|surveymonkey|recruiterbox|breezyhr)\.\w+$"
)
_SECOND = ("co", "com", "org", "ac", "net", "gov")  # before a country: "example.co.uk" is one name
_LONGEST = 200  # characters of a title


@dataclass(frozen=True, slots=True)
class Headline:
    """What a first line names; empty where it does not say. ``places`` holds work modes too, in the line's order."""

    employer: str
    title: str
    places: tuple[str, ...]


def headline(html: str) -> Headline:
    """Return what the first line of an advertisement names.

    >>> headline("Boston, MA | Sentry Hill (YC S15) | Data Scientist | Full-time<p>We ...")
    Headline(employer='Sentry Hill', title='Data Scientist', places=('Boston, MA',))
    >>> headline("Fernway is looking for an ML engineer in Leeds.<p>Write to us.").employer
    'Fernway'
    """
    first = _first_line(html)
    parts = _segments(first)
    roles = [part for part in parts if _ROLE.search(part) and not _TERMS.match(part)]
    modes = [part for part in parts if part not in roles and _MODE.search(part)]
    rest = [part for part in parts if part not in roles and part not in modes and not _TERMS.search(part)]
    employer, places = _employer_and_places(rest, parts) if len(parts) > 1 else ("", [])
    if not employer:
        employer = _in_sentence(first) or _own_site(html)
        roles = [part for part in roles if part != employer]
    title = " / ".join(roles) if roles and len(parts) > 1 else _sought(first) or first
    where = [part for part in parts if part in places or part in modes]
    return Headline(employer, title[:_LONGEST].strip(), tuple(dict.fromkeys(where)))


def _first_line(html: str) -> str:
    """The first line that says anything, without markup."""
    for line in _BREAK.split(html[:6000]):
        words = re.sub(r"\s+", " ", entities.unescape(_TAG.sub("", line))).strip()
        if re.search(r"\w", words):
            return words
    return ""


def _segments(line: str) -> list[str]:
    """The line's parts at its pipes, the first of them and lines without pipes at dashes; links fall away."""
    parts = _PIPE.split(_MAIL.sub("", _LINK.sub("", line)))
    parts = [*_DASH.split(parts[0]), *parts[1:]]
    return [tidy for tidy in (_tidy(part) for part in parts) if re.search(r"\w", tidy)]


def _tidy(part: str) -> str:
    """A part without the signs around it; brackets go only in pairs."""
    words = part.strip(" \t-–—,;:.#>*[]")
    return words[1:-1].strip() if words[:1] == "(" and words.find(")") == len(words) - 1 else words


def _employer_and_places(rest: Sequence[str], parts: Sequence[str]) -> tuple[str, list[str]]:
    """The first short segment that is no place is the employer; places are the others that look like one."""
    names = [part for part in rest if not _PLACE.search(part) and not _WE.search(part) and len(part.split()) <= 6]
    named = next((part for part in names if part in parts[:2]), names[0] if names else "")
    if not named and len(rest) > 1 and rest[0] == parts[0]:
        named = rest[0]  # "London Robotics | Berlin": the first of two places may be a name
    employer = _tidy(re.sub(r"\s*\([^)]*\)?", "", named))
    others = [part for part in rest if part != named]
    return employer, [part for part in others if _PLACE.search(part) or (len(part.split()) <= 3 and part[:1].isupper())]


def _in_sentence(line: str) -> str:
    """The employer of "Acme is hiring", or of a line that is a name and nothing else."""
    plain = _tidy(_LINK.sub("", line))
    m = _HIRES.match(plain)
    named = _tidy(re.sub(r"\([^)]*\)?", "", m[1])) if m else plain if len(plain.split()) <= 4 else ""
    refused = (
        not re.search(r"[^\W\d_]{2}", named)
        or _WE.search(named)
        or _ROLE.search(named)
        or _MODE.search(named)
        or (not m and _PLACE.search(named))
    )
    return "" if refused or len(named) > 60 else named


def _sought(line: str) -> str:
    """What "is looking for ..." names."""
    m = _FOR.search(_LINK.sub("", line))
    return _tidy(m[1]) if m and _ROLE.search(m[1]) else ""


def _own_site(html: str) -> str:
    """The host of the first link that is the employer's own, "" if there is none."""
    for link in re.findall(r'(?i)href="([^"]{8,300})"', html):
        host = _host(entities.unescape(link)).removeprefix("www.").strip("<>")
        if host and not _NOT_OWN.search(host):
            labels = host.split(".")
            return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in _SECOND else labels[-2:])
    return ""


def _host(link: str) -> str:
    try:
        return urlsplit(link).hostname or ""
    except ValueError:  # "http://[half"
        return ""

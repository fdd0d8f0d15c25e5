"""Which claims does a sentence make without a number? Rankings, lists of tools, what is needed, praise."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from jobtide.report.claims import wording
from jobtide.report.claims.claim import Claim
from jobtide.report.claims.numbers import quantities
from jobtide.report.claims.senses import NEEDED, need
from jobtide.report.claims.text import Sentence
from jobtide.report.claims.topic import Topic, skill_names, topic

_I = re.IGNORECASE
_RANK = re.compile(
    r"\b(?:most|highest|lowest|largest|biggest|best)[- ](?:in[- ]demand|job (?!ads?\b|post|list|open|desc)|required"
    r"|requested|popular|common(?:ly)?|sought[- ]after|wanted|used|desired|paid|paying|mentioned|jobs"
    r"|openings|postings|demand|number|concentration|salar\w+|hirers?|employers?)\b"
    r"|\bfastest[- ](?:growing|rising|emerging)\b|\btop[- ](?:\d+|ten|five|three|ranked|rank"
    r"|paying|jobs?|skills?|languages?|librar(?:y|ies)|frameworks?|states?|cit(?:y|ies)|compan(?:y|ies)|industries|hubs?|employers?|hirers?|spot"
    r"|programming)\b|\bamong the top\b"
    r"|\bleading (?:state|city|language|framework|library|employer|hub)s?\b|\bhome to the most\b|\bhas the most\b"
    r"|\b(?:ranks?|ranked|ranking)\b|\b(?:number|no\.?) ?(?:one|1)\b|#\s?\d+\b|\b(?:lead|leads"
    r"|leading|led)\b(?= (?:as|the|all|in|with|among|by|every|\w+ states)|[.,…”\"]| …|$)"
    r"|\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd"
    r"|th))[- ](?:most|fastest|highest|best|place|largest|biggest|on)\b|\bthe highest demand\b"
    r"|\b(?:dominates?|dominant)\b",
    _I,
)
_FIRST = re.compile(
    r"(?:most|highest|largest|biggest|best|number|no|#\s?1\b|fastest|lead|led|first|the highest"
    r"|top[- ](?:paying|job|language|skill|state|spot|programming|ranked)|dominat|dominant)",
    _I,
)
_MAJORITY = re.compile(r"most (?:jobs?|job|openings|postings|employers?|hirers?)", _I)
_LIST = re.compile(
    r"\b(?:libraries|frameworks|tools|languages|technologies|packages"
    r"|platforms)\b(?:\s\w+){0,3}?\s(?:like|such as|including|are|is|namely|:)",
    _I,
)
_ENHANCE = re.compile(
    r"\b(?:enhance|boost|improve|increase|guarantee[sd]?|secure|land|raise|bolster|essential|must"
    r"|required?|crucial|ensure[sd]?)\b",
    _I,
)
_OPINION = re.compile(
    r"\b(?:exceedingly bright|brighter than ever|never been (?:a )?(?:better|brighter)|surged "
    r"dramatically|guarantee[sd]?|skyrocket\w*|explod(?:ing|ed)|recession[- ]proof|future[- "
    r"]proof|unlimited|insatiable|impressive rise|in high demand|highly coveted|everyone|no "
    r"shortage)\b",
    _I,
)


_MOVES = re.compile(
    r"\b(?:demand|jobs|openings|postings|hiring)\b(?:\s\w+){0,8}?\s(?P<move>(?:is|are|has|have"
    r"|been|will|keeps?|continues?|to|be|\s)*\s?\b(?:grow\w*|grew|ris\w+|rose|surg\w+|increas\w+"
    r"|soar\w*|declin\w*|fall\w*|fell|shr[iau]nk\w*|dropp?\w*|decreas\w*))\b",
    _I,
)
_RANKED = re.compile(r"\b(?:frameworks?|languages?|librar(?:y|ies)|tools?)\b", _I)

Meant = tuple[str, Sequence[str], Topic]  # the type of a claim, its senses, what it is about


def worded(sentence: Sentence, role: str) -> Iterator[Claim]:
    """Yield the claims that a sentence makes in words; ``role`` is that of the article."""
    bare = sentence.bare
    about, ranks = topic(bare, role=role), _ranking(bare)
    meant = list(_ranked(bare, about, ranks))
    if not quantities(bare):
        meant += _wanted(bare, about)
        meant += [] if ranks else _praised(bare, about)
    for kind, senses, of in meant:
        yield Claim(sentence.words, sentence.start, kind, None, of, sentence, frozenset(senses))


def _ranked(bare: str, about: Topic, ranks: re.Match[str] | None) -> Iterator[Meant]:
    """Rankings, and lists of tools; a sentence may rank languages and list tools."""
    tools = _skills(about, "library", "framework")
    named = about.skills or about.states or about.cities or topic(bare).role
    if not ranks or not (named or wording.ABOUT_JOBS.search(bare) or _RANKED.search(bare)):
        if len(tools) >= 2 and _LIST.search(bare):
            yield "rank", ["list"], about
        return
    first = ["first"] if _is_first(ranks[0]) else []
    languages = _skills(about, "language")
    if languages and tools and re.search(r"\blanguages?\b", bare, _I):
        yield "rank", first, replace(about, skills=languages)
        yield "rank", ["list"], replace(about, skills=tools)
    else:
        yield "rank", [*first, *(["list"] if len(tools) > 1 else [])], about


def _wanted(bare: str, about: Topic) -> Iterator[Meant]:
    """What one needs, or does not: a degree, a certificate, experience for a first job."""
    if wording.DEGREE.search(bare):
        senses = tuple(need(bare))
        if set(senses) & {"needed", "unneeded", "insufficient"}:
            yield "degree", senses, about
    if wording.CERT.search(bare) and _ENHANCE.search(bare):
        yield "certificate", [], about
    if wording.EXPERIENCE.search(bare) and NEEDED.search(bare) and about.level == "entry":
        yield "experience", ["needed"], about


def _praised(bare: str, about: Topic) -> Iterator[Meant]:
    """Praise, and demand that is said to move."""
    if _OPINION.search(bare):
        yield "opinion", ["down"] if wording.DOWN.search(bare) else [], about
    elif wording.GROWTH.search(bare) and (direction := _direction(bare)):
        yield "opinion", [direction], about


def _ranking(bare: str) -> re.Match[str] | None:
    """The words that rank, None where there are none: "most postings" counts, "the most postings" ranks."""
    found = _RANK.search(bare)
    while found and _MAJORITY.fullmatch(found[0]) and not bare[: found.start()].lower().rstrip().endswith("the"):
        found = _RANK.search(bare, found.end())
    return found


def _is_first(words: str) -> bool:
    """Whether the words of a ranking put its subject first."""
    return bool(_FIRST.match(words)) and not re.match(r"#\s?(?:[2-9]|1\d)", words)


def _direction(bare: str) -> str:
    """Up or down, where a sentence says plainly how demand moves; "" otherwise."""
    said = _MOVES.search(bare)
    if not said:
        return ""
    return "down" if wording.DOWN.search(said["move"]) else "up"


def _skills(about: Topic, *kinds: str) -> tuple[str, ...]:
    """The skills of a topic that are of these kinds."""
    return tuple(skill for skill in about.skills if skill in _of_kinds(kinds))


@cache
def _of_kinds(kinds: tuple[str, ...]) -> frozenset[str]:
    return frozenset(id_ for id_, kind in skill_names().values() if kind in kinds)

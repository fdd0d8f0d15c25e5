"""Which claims does an article make? Numbers about jobs, pay, skills or markets, and rankings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jobtide.report.claims.numbers import Quantity, quantities
from jobtide.report.claims.text import Article, Sentence
from jobtide.report.claims.topic import Topic, main_role, skill_names, topic

TYPES = (
    "pay", "growth", "share", "rank", "market_size", "cagr", "count", "experience", "degree", "remote", "certificate",
    "opinion",
)  # fmt: skip
_LONGEST = 320  # characters of a claim; longer sentences are cut at clauses around the number

_I = re.IGNORECASE
_MARKET = re.compile(
    r"\b(?:market|industry|sector|spending|revenues?|econom(?:y|ic)|GDP|valued|investments?|funding|contribut\w+)\b", _I
)
_PAY = re.compile(r"\b(?:salar(?:y|ies)|pay(?:s|ing|checks?)?|paid|earn(?:s|ed|ings?)?|wages?|compensations?"
        r"|income|make|makes|making|remuneration|packages?|per (?:year|hour|annum|month)|a year|an "
        r"hour|annually)\b", _I)  # fmt: skip
_PREMIUM = re.compile(r"\bpremium\b|\bmore than (?:those|peers|their|non)|\bhigher (?:salar|wage|pay)|\bpay (?:raise"
        r"|bump|increase)|\bsalar\w+ (?:have |has )?(?:increased|rose|risen|grew|grown|jumped|surged)", _I)  # fmt: skip
_CAGR = re.compile(r"\bCAGR\b|\bcompound(?:ed)? annual\b|\bannual(?:ized|ised)? (?:growth )?rate\b|\bper annum\b", _I)
_GROWTH = re.compile(
    r"\b(?:grow(?:s|ing|n|th)?|grew|increas(?:e[sd]?|ing)|ris(?:e[sn]?|ing)|rose|surg(?:e[sd]?"
    r"|ing)|jump(?:s|ed|ing)?|climb\w*|expand\w*|expansion"
    r"|soar\w*|escalat\w*|declin\w*|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|shr[iau]nk\w*"
    r"|decreas\w*|contract(?:ed|ing)|up|down|higher|faster|lower|year[- ]over[- ]year|YoY)\b",
    _I,
)
_YEARLY = re.compile(r"\s*(?:growth |increase )?(?:a|per|each|every) year\b|\s*(?:annually|yearly)\b", _I)
_DOWN = re.compile(
    r"\b(?:declin\w*|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|shr[iau]nk\w*|decreas\w*"
    r"|contract(?:ed|ing)|down|lower|layoffs?|slump\w*|plummet\w*)\b",
    _I,
)
_REMOTE = re.compile(
    r"\bremote(?:ly)?\b|\bhybrid\b|\bon-?site\b|\bwork(?:ing)? from home\b|\btelework\w*|\bin[- ]office\b", _I
)
_CERT = re.compile(r"\bcertificat(?:e|es|ion|ions)\b|\bcertified\b", _I)
_DEGREE = re.compile(r"\bdegrees?\b|\bbachelor|\bmaster[’']?s\b|\bPh\.?D|\bdoctora|\bundergraduate\b|\bM\.?Sc?\b", _I)
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
_MAJORITY = re.compile(r"most (?:jobs?|job|openings|postings|employers?|hirers?)", _I)
_LIST = re.compile(
    r"\b(?:libraries|frameworks|tools|languages|technologies|packages"
    r"|platforms)\b(?:\s\w+){0,3}?\s(?:like|such as|including|are|is|namely|:)",
    _I,
)
_PROJECTED = re.compile(
    r"\b(?:project(?:ed|ions?|s)|forecast\w*|expected|predict\w*|anticipat\w*|estimated to|will"
    r"|by 20\d\d|set to|slated)\b",
    _I,
)
_NEEDED = re.compile(
    r"\b(?:fundamental|required?|requires|requirement|essential|mandatory|must|need(?:ed|s)?"
    r"|necessary|prerequisite|indispensable|crucial|minimum|non-negotiable|vital)\b",
    _I,
)
_UNNEEDED = re.compile(
    r"\bnot (?:be )?(?:strictly |always |typically |usually |necessarily )?(?:sufficient|enough"
    r"|required|necessary|needed|mandatory|essential|a (?:must|requirement|prerequisite))\b"
    r"|\b(?:isn[’']t|aren[’']t|is not|are not) (?:\w+ )?(?:sufficient|enough|required|necessary"
    r"|needed|mandatory|essential)\b"
    r"|\b(?:do|does)(?:n[’']t| not) (?:\w+ )?(?:need|require|suffice)\b|\bwithout (?:a|an|any) "
    r"(?:\w+ ){0,3}degree\b|\bno (?:\w+ ){0,3}degree (?:is )?(?:required|needed|necessary)\b"
    r"|\boptional\b|\binsufficient\b|\bunnecessary\b",
    _I,
)
_TOO_LITTLE = re.compile(
    r"\b(?:not|n[’']t|no longer|rarely|never)\b[^.;]{0,25}\b(?:sufficient|enough|suffice)\b"
    r"|\binsufficient\b",
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
_EXPERIENCE = re.compile(r"\bexperience\b", _I)
_ABOUT_JOBS = re.compile(
    r"\b(?:jobs?|roles?|positions?|postings?|openings?|vacanc(?:y|ies)|listings?|employers?"
        r"|compan(?:y|ies)|hir(?:e|es|ed|ing)|demand(?:ed)?|career|careers|employment|work(?:ers?"
        r"|force)|engineers?|scientists?|recruit\w*|candidates?|professionals?|specialists?|skills?"
        r"|talent|offers?|occupations?|adverts?|ads)\b", _I
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: its exact words, type, quantity (None for a ranking or a statement of need), and topic.

    ``sense`` refines the type: first (of a ranking), list, down, needed, unneeded, part (a share), premium, projected.
    """

    words: str
    start: int
    type: str
    quantity: Quantity | None
    topic: Topic
    sentence: Sentence
    senses: frozenset[str] = frozenset()

    @property
    def cited(self) -> bool:
        """Whether the sentence says where it has this from."""
        return bool(self.sentence.marks or self.sentence.hosts or self.sentence.attributed)


def find(article: Article) -> list[Claim]:
    """Return the claims of an article, in the order of its text."""
    role = main_role(article.text)
    out: list[Claim] = []
    for sentence in article.sentences:
        if sentence.words.rstrip().endswith("?"):
            continue
        out += _numeric(sentence, role)
        out += _worded(sentence, role)
    return out


def _numeric(sentence: Sentence, role: str) -> Iterator[Claim]:
    """A claim for each number that is about work, pay or markets."""
    bare = sentence.bare
    found = quantities(bare)
    for quantity in found:
        kind = _type(quantity, bare, sentence.heading)
        if kind:
            near = (quantity.start, quantity.end)
            about = topic(bare, near=near, role=role, served=kind != "experience")
            words, at = _cut(sentence, quantity)
            yield Claim(
                words, sentence.start + at, kind, quantity, about, sentence, frozenset(_senses(kind, quantity, bare))
            )


def _type(quantity: Quantity, bare: str, heading: str = "") -> str:
    """The type of a number's claim, "" for a number that claims nothing here.

    Under a heading about pay an amount is pay though its line does not say so: lists and tables are written that way.
    """
    here = _window(bare, quantity)
    if quantity.kind == "money":
        if re.match(
            r"[\s-]*(?:(?:a|per) (?:year|month|hour) )?(?:salary |pay |wage )?(?:increase|raise|bump|jump|bonus|premium"
            r"|more|less|higher|lower)\b",
            bare[quantity.end :],
            _I,
        ):
            return "growth" if _PAY.search(bare) else ""
        large = quantity.low >= 5e6 or quantity.scaled in ("million", "billion", "trillion", "mn", "bn", "tn", "m", "b")
        if _MARKET.search(bare) and (large or not _PAY.search(bare)):
            return "market_size"
        if large:
            return ""
        named = _PAY.search(bare) or topic(bare).role or quantity.period or _PAY.search(heading)
        return "pay" if named else ""
    if quantity.kind == "years":
        return "experience"
    if quantity.kind == "count":
        return "count"
    if quantity.kind == "multiple":
        return "growth" if _ABOUT_JOBS.search(bare) or _MARKET.search(bare) else ""
    if quantity.kind == "points":
        return "growth" if _GROWTH.search(bare) else "share"
    return _percent_type(quantity, bare, here)


def _percent_type(quantity: Quantity, bare: str, here: str) -> str:
    if _CAGR.search(here) or (_CAGR.search(bare) and _MARKET.search(bare)):
        return "cagr"
    before, after = bare[: quantity.start], bare[quantity.end :]
    if _YEARLY.match(after) and _MARKET.search(bare):
        return "cagr"
    if _CERT.search(bare) and (_PREMIUM.search(bare) or _PAY.search(bare)):
        return "certificate"
    part = re.match(
        r"\s*(?:of|list|lists|require|requires|ask|asks|mention|mentions|name|names|want|offer|are"
        r"|were|is)\b(?! (?:the )?(?:growth|increase))",
        after,
        _I,
    )
    grows = re.search(_GROWTH.pattern + r"(?:\W+\w+){0,6}\W*$", before, _I) or re.match(
        r"(?:\W+\w+){0,4}?\W+" + _GROWTH.pattern, after, _I
    )
    if grows and not (
        part and not re.search(r"\bby\W*(?:about |around |roughly |nearly |over |almost )?$", before, _I)
    ):
        return "growth"
    if _PREMIUM.search(bare) and not part:
        return "growth" if re.search(r"\b(?:salar|wage|pay)", bare, _I) else ""
    if not _ABOUT_JOBS.search(bare):
        return ""
    for kind, pattern in (("remote", _REMOTE), ("certificate", _CERT), ("degree", _DEGREE)):
        if pattern.search(here):
            return kind
    if _EXPERIENCE.search(here) and re.search(r"\byears?\b", here, _I):
        return "experience"
    return "share"


def _window(bare: str, quantity: Quantity, reach: int = 110) -> str:
    """The words within reach of a number, not beyond the next number but one."""
    return bare[max(0, quantity.start - reach) : quantity.end + reach]


def _senses(kind: str, quantity: Quantity | None, bare: str) -> Iterator[str]:
    if _PROJECTED.search(bare):
        yield "projected"
    if _PREMIUM.search(bare):
        yield "premium"
    if quantity is not None and kind in ("growth", "cagr"):
        near = bare[max(0, quantity.start - 60) : quantity.end + 30]
        if _DOWN.search(near):
            yield "down"
    if kind == "degree":
        yield from _need(bare)


def _need(bare: str) -> Iterator[str]:
    """What a sentence says of a degree: held by people, not enough, not needed, or needed."""
    if re.search(r"\b(?:hold|holds|held|holding|have|has|possess\w*|graduat\w+|earned)\b", bare, _I):
        yield "held"
    if _TOO_LITTLE.search(bare):
        yield "insufficient"
    elif _UNNEEDED.search(bare):
        yield "unneeded"
    elif _NEEDED.search(bare):
        yield "needed"


def _worded(sentence: Sentence, role: str) -> Iterator[Claim]:
    """Claims without a number: rankings, lists of tools, what is needed, praise."""
    bare = sentence.bare
    about = topic(bare, role=role)

    def claim(kind: str, *senses: str) -> Claim:
        return Claim(sentence.words, sentence.start, kind, None, about, sentence, frozenset(senses))

    numeric = bool(quantities(bare))
    ranked = _ranking(bare)
    subject = about.skills or about.states or about.cities or _roles_named(bare)
    tools = [skill for skill in about.skills if skill in _kinds("library", "framework")]
    listed = _LIST.search(bare)
    if ranked and (
        subject
        or _ABOUT_JOBS.search(bare)
        or re.search(r"\b(?:frameworks?|languages?|librar(?:y|ies)|tools?)\b", bare, _I)
    ):
        first = ["first"] if _is_first(ranked[0]) else []
        languages = [skill for skill in about.skills if skill in _kinds("language")]
        if languages and tools and re.search(r"\blanguages?\b", bare, _I):  # two rankings in one sentence
            yield replace(claim("rank", *first), topic=replace(about, skills=tuple(languages)))
            yield replace(claim("rank", "list"), topic=replace(about, skills=tuple(tools)))
        else:
            yield claim("rank", *first, *(["list"] if len(tools) > 1 else []))
    elif listed and len(tools) >= 2:
        yield claim("rank", "list")
    if _DEGREE.search(bare) and not numeric:
        senses = tuple(_need(bare))
        if set(senses) & {"needed", "unneeded", "insufficient"}:
            yield claim("degree", *senses)
    if _CERT.search(bare) and not numeric and _ENHANCE.search(bare):
        yield claim("certificate")
    if _EXPERIENCE.search(bare) and not numeric and _NEEDED.search(bare) and about.level == "entry":
        yield claim("experience", "needed")
    if not numeric and not ranked and _OPINION.search(bare):
        yield claim("opinion", *(["down"] if _DOWN.search(bare) else []))
    elif (
        not numeric
        and not ranked
        and _GROWTH.search(bare)
        and re.search(r"\b(?:demand|jobs|openings|postings|hiring|market)\b", bare, _I)
        and _direction(bare)
    ):
        yield claim("opinion", _direction(bare))


def _ranking(bare: str) -> re.Match[str] | None:
    """The words that rank, None where there are none: "most postings" counts, "the most postings" ranks."""
    found = _RANK.search(bare)
    while found and _MAJORITY.fullmatch(found[0]) and not bare[: found.start()].lower().rstrip().endswith("the"):
        found = _RANK.search(bare, found.end())
    return found


def _direction(bare: str) -> str:
    """Up or down, where a sentence says plainly how demand moves; "" otherwise."""
    said = re.search(
        r"\b(?:demand|jobs|openings|postings|hiring)\b(?:\s\w+){0,8}?\s(?P<move>(?:is|are|has|have"
        r"|been|will|keeps?|continues?|to|be|\s)*\s?\b(?:grow\w*|grew|ris\w+|rose|surg\w+|increas\w+"
        r"|soar\w*|declin\w*|fall\w*|fell|shr[iau]nk\w*|dropp?\w*|decreas\w*))\b", bare, _I
    )  # fmt: skip
    if not said:
        return ""
    return "down" if _DOWN.search(said["move"]) else "up"


def _roles_named(bare: str) -> bool:
    return bool(topic(bare).role)


_FIRST = re.compile(
    r"(?:most|highest|largest|biggest|best|number|no|#\s?1\b|fastest|lead|led|first|the highest"
    r"|top[- ](?:paying|job|language|skill|state|spot|programming|ranked)|dominat|dominant)",
    _I,
)


def _is_first(words: str) -> bool:
    """Whether the words of a ranking put its subject first."""
    return bool(_FIRST.match(words)) and not re.match(r"#\s?(?:[2-9]|1\d)", words)


def _kinds(*kinds: str) -> set[str]:
    return {id_ for id_, kind in skill_names().values() if kind in kinds}


def _cut(sentence: Sentence, quantity: Quantity) -> tuple[str, int]:
    """The sentence, or of a long one the clauses around the number, with where they begin in it."""
    words = sentence.words
    if len(words) <= _LONGEST:
        return words, 0
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:]\s", words)), len(words)]
    low = max(cut for cut in cuts if cut <= max(0, quantity.start - 40) or cut == 0)
    high = min((cut for cut in cuts if cut >= min(len(words), quantity.end + 60)), default=len(words))
    kept = words[low:high].rstrip(" ,;:")
    return kept, low

"""What do the quoted words of a fact say on their own? Read anew, kind by kind, they must say the fact's value."""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import Any

from jobtide.enrich import certificates, gazetteer, geonames, industries, kit, money
from jobtide.enrich.automaton import fold
from jobtide.model import Found, Window

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "ein": 1, "einen": 1, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "un": 1, "deux": 2,
    "trois": 3, "quatre": 4, "cinq": 5, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "twee": 2, "drie": 3, "vijf": 5,
    "sechs": 6, "acht": 8, "zehn": 10, "seis": 6, "eleven": 11, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_DEGREES = {
    "bachelor": r"bachelor|undergraduate|\bb\.? ?[sae]|b\.? ?tech|b\.?eng|degree|college|universit|graduat|studi|licen|"
    r"grado|dipl[oô]m|bac|ingeni|ingénieur|hochschul|titulación|academic|ausbildung|abschluss|educat",
    "master": r"master|advanced (?:\w+ )?degree|\bm\.? ?[sa]|m\.? ?tech|m\.?eng|mba|graduate|diplom|máster|"
    r"maestr|bac ?\+ ?5|ingénieur",
    "phd": r"ph\.? ?d|doctor|doktor|promotion|promov|postdoc",
}
_MODES = {
    "remote": r"remot|telecommut|home|anywhere|distributed|wfh|télétravail|teletrabajo|"
    r"deutschlandweit|virtual|[ct] ?(?:\+/-|[+±-])",
    "hybrid": r"hybrid|híbrid|telecommut|day|tag|jour|día|dagen|télétravail|teletrabajo|"
    r"remote|office|week|times|home|flexible|on-?site|in[- ]person",
    "onsite": r"site|office|person|day|hq|headq|relocat|vor ort|présentiel|presencial|lab|studio|not?\b|week|times|"
    r"local",
}
_VISA = (
    "visa", "sponsor", "immigration", "h-1b", "h1b", "h1-b", "authoriz", "authoris", "work permit", "visum",
    "green card", "relocat", "citizen",
)  # fmt: skip
_WEEKDAYS = re.compile(r"(?i)(mon|tues|wednes|thurs|fri)days?")


def says(found: Found, words: str) -> bool:
    """Whether ``words``, a fact's quote, say its value when nothing around them is known."""
    return _BY_KIND[found.kind](found, words)


def _plain(words: str) -> bytes:
    return b" ".join(fold(words.encode()).split())


def _skill(found: Found, words: str) -> bool:
    taxonomy = kit.load().taxonomy
    return any(
        taxonomy.of[i].id == found.concept for i, p in enumerate(taxonomy.patterns) if p.strip() == _plain(words)
    )


def _phrase(module: str) -> Callable[[Found, str], bool]:
    def said(found: Found, words: str) -> bool:
        named = import_module(f"jobtide.enrich.facts.{module}")
        return any(_plain(phrase) == _plain(words) and value == found.concept for phrase, value in named._PHRASES)

    return said


def _industry(found: Found, words: str) -> bool:
    told = {industry for industry, _ in industries.load().phrases.get(_plain(words), ())}
    return found.concept in told | {industries.of_employer(words)}


def _pay(found: Found, words: str) -> bool:
    # An hourly amount is told by the word for its period, which may stand a line above.
    said = f"salary {words} {found.period}".encode()
    read = list(money.amounts(said, found.currency, bare=True))
    return any((a.low, a.high) == (found.low, found.high) for a in read)


def _numbered(found: Found, words: str) -> bool:
    numbers = {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", words)}
    numbers |= {float(_NUMBERS[word]) for word in re.findall(r"[^\W\d_]+", words.lower()) if word in _NUMBERS}
    words_said = re.findall(r"[^\W\d_]+", words.lower())
    said = [_NUMBERS.get(word, 1) for word in words_said]
    # "forty-five", "two hundred": two words, one number
    numbers |= {float(a + b) for a, b in pairwise(said) if a >= 20 and b < 10}
    numbers |= {100.0 * said[i - 1] for i, word in enumerate(words_said) if word == "hundred" and i}
    numbers |= {n / 12 for n in numbers if "month" in words.lower()}
    days = _WEEKDAYS.findall(words)
    return {found.low, found.high} <= numbers or (found.kind == "office_days" and len(days) > 1)


def _certificate(found: Found, words: str) -> bool:
    known = next(c for c in certificates.load() if c.name == found.concept)
    return _plain(words) in {_plain(name) for name in (known.name, *known.aliases)}


def _place(found: Found, words: str) -> bool:
    country, _, city = found.concept.split("/", 2)
    read = gazetteer.load().places(words)
    return (
        any(p.country == country or (city and p.city == city) for p in read)
        or bool(city and city.lower() in words.lower())
        or country in _countries(words)
    )


@cache
def _countries(name: str) -> set[str]:
    """Those that have a place of this name: of "Georgia" its neighbours say which is meant."""
    return {entry.country for entry in geonames.readings()[0].get(geonames.fold_name(name), ())}


def _seniority(found: Found, words: str) -> bool:
    """A title's word says it itself; years of experience say it by their number."""
    years = re.match(r"\d+|[a-z]+", words.lower())
    number = float(_NUMBERS.get(years[0], 0) or (years[0] if years[0].isdigit() else -1)) if years else -1.0
    if number < 0:
        return _again(found, words)
    number /= 12 if "month" in words.lower() else 1
    return found.concept == ("entry" if number < 2 else "mid" if number < 5 else "senior" if number < 8 else "staff")


def _role(found: Found, words: str) -> bool:
    """A title's words, or one of the words of the text whose number tells what a plain engineer does."""
    reader = import_module("jobtide.enrich.facts.role")
    return _again(found, words) or _plain(words) in {_plain(word) for word in reader.TRIGGERS}


def _again(found: Found, words: str) -> bool:
    """The fact's own reader, given the words as a block of the fact's section."""
    reader = import_module(f"jobtide.enrich.facts.{found.kind}")
    text = words.encode()
    read = reader.find(text, [Window(0, len(text), found.section)])
    return found.concept in {f.concept for f in read}


def _matches(table: dict[str, str]) -> Callable[[Found, str], bool]:
    return lambda found, words: re.search("(?i)" + table[found.concept], words) is not None


def _region(found: Found, words: str) -> bool:
    reader = import_module("jobtide.enrich.facts.allowed_region")
    if found.concept == "worldwide":
        return re.search("(?i)anywhere|worldwide|global", words) is not None
    return found.concept in {concept for concept, _, _ in reader._regions(words.encode(), 0, len(words.encode()))}


def _zone(found: Found, words: str) -> bool:
    reader = import_module("jobtide.enrich.facts.time_zone")
    m = reader._ZONE.search(words.encode())
    return m is not None and (found.concept.startswith("utc") or m[reader._IDS.index(found.concept) + 1] is not None)


def _field(found: Found, words: str) -> bool:
    reader = import_module("jobtide.enrich.facts.field_of_study")
    return bool(reader.FIELDS[reader._number(words.encode())] == found.concept)


def _worded(*stems: str) -> Callable[[Found, str], bool]:
    return lambda _, words: any(stem in words.lower() for stem in stems)


_BY_KIND: dict[str, Callable[[Any, str], bool]] = {
    "skill": _skill, "duty": _phrase("duty"), "proof": _phrase("proof"), "employer_kind": _phrase("employer_kind"),
    "industry": _industry, "pay": _pay, "years_min": _numbered, "office_days": _numbered, "employer_size": _numbered,
    "certification": _certificate, "place": _place, "allowed_region": _region, "time_zone": _zone,
    "field_of_study": _field,
    "degree_required": _matches(_DEGREES), "degree_preferred": _matches(_DEGREES),
    "degree_or_equivalent": lambda _, words: any(re.search("(?i)" + p, words) for p in _DEGREES.values()),
    "work_mode": _matches(_MODES),
    "visa": _worded(*_VISA),
    "clearance": _worded("clearance", "ts/sci", "top secret", "sicherheits"),
    "employment": _again, "seniority": _seniority, "role": _role,
}  # fmt: skip

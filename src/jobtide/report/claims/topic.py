"""What is a claim about? Role, skills, places, years, statistic, level: the words that decide whether two compare."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jobtide.report.claims.numbers import years

# Longest first: "machine learning engineer" before "engineer"; None is a wider group that no question of ours counts.
_ROLES: tuple[tuple[str, str], ...] = (
    ("ai_specialists", r"(?:AI|artificial intelligence)(?: \(AI\))?(?: ?(?:and|&|/) ?(?:ML|machine[- ]learning)(?: "
        r"\(ML\))?)? (?:specialist|expert|professional|talent|worker)s?"),
    ("ai_specialists", r"(?:ML|machine[- ]learning) (?:specialist|expert|professional)s?"),
    ("ai_jobs", r"AI (?:and ML |& ML |/ML )?(?:jobs?|roles?|positions?|postings?|job (?:postings?|listings?"
        r"|ads|openings?))|AI-related|artificial intelligence (?:jobs?|roles?)"),
    ("mlops_engineer", r"ML ?Ops engineers?"),
    ("computer_vision_engineer", r"computer[- ]vision (?:engineer|specialist|developer)s?|CV engineers?"),
    ("nlp_engineer", r"(?:natural[- ]language[- ]processing(?: \(NLP\))?|NLP) (?:engineer|specialist|developer"
        r"|scientist)s?"),
    ("ai_engineer", r"(?:(?:generative )?AI|GenAI|artificial intelligence(?: \(AI\))?|LLM) (?:engineer"
        r"|developer)(?:ing|s)?"),
    ("ml_manager", r"(?:ML|machine[- ]learning|AI|data science) managers?|head of (?:AI|machine learning)"),
    ("ml_engineer", r"(?:machine[- ]learning(?: \(ML\))?|ML|AI/ML|ML/AI) (?:software )?engineer(?:ing|s)?|MLEs?\b"),
    ("research_scientist", r"(?:AI |ML |machine[- ]learning |applied )?(?:research |applied )scientists?|computer and "
        r"information research scientists?|(?:AI|ML|machine[- ]learning) researchers?"),
    ("research_engineer", r"research engineers?"),
    ("data_scientist", r"data scientists?|data science (?:jobs?|roles?|positions?|postings?)"),
    ("data_engineer", r"data engineers?|data engineering (?:jobs?|roles?)"),
    ("data_analyst", r"data analysts?|business intelligence analysts?"),
    ("software_engineer", r"software (?:engineer|developer|programmer)s?|programmers?\b"),
    ("prompt_engineer", r"prompt engineers?"),
    ("all_occupations", r"(?:all|average) (?:occupations?|jobs|workers)|national average|(?:computer|tech|IT)(?: and "
        r"mathematical| and information technology)? (?:occupations|workers|jobs)"),
    ("ml_engineer", r"machine[- ]learning (?:jobs?|roles?|positions?|postings?|openings?)|ML (?:jobs?|roles?"
        r"|positions?|postings?|openings?)"),
)  # fmt: skip
_ROLE = re.compile("|".join(f"(?P<r{i}>\\b(?:{words}))" for i, (_, words) in enumerate(_ROLES)), re.IGNORECASE)
_STATES = {
    "california": "CA", "texas": "TX", "new york": "NY", "washington state": "WA", "washington": "WA",
    "massachusetts": "MA", "virginia": "VA", "florida": "FL", "illinois": "IL", "georgia": "GA",
    "north carolina": "NC", "new jersey": "NJ", "colorado": "CO", "pennsylvania": "PA", "ohio": "OH",
    "michigan": "MI", "maryland": "MD", "arizona": "AZ", "oregon": "OR", "minnesota": "MN", "utah": "UT",
    "connecticut": "CT", "tennessee": "TN", "missouri": "MO", "wisconsin": "WI", "indiana": "IN", "nevada": "NV",
    "south carolina": "SC", "alabama": "AL", "kentucky": "KY", "oklahoma": "OK", "iowa": "IA", "kansas": "KS",
    "arkansas": "AR", "mississippi": "MS", "nebraska": "NE", "idaho": "ID", "delaware": "DE", "new hampshire": "NH",
    "new mexico": "NM", "rhode island": "RI", "montana": "MT", "maine": "ME", "hawaii": "HI", "alaska": "AK",
    "vermont": "VT", "wyoming": "WY", "louisiana": "LA", "north dakota": "ND", "south dakota": "SD",
    "west virginia": "WV",
}  # fmt: skip
_STATE = re.compile(
    r"\b(?:" + "|".join(sorted(_STATES, key=len, reverse=True)) + r")\b(?! (?:City|Times|University|Post))",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"\b(?:San Francisco|Bay Area|Silicon Valley|New York City|NYC|Seattle|Boston|Austin|San Jose"
    r"|Los Angeles|Chicago|London|Berlin|"
    r"Toronto|Bangalore|Bengaluru|Singapore|Zurich|Dallas|Atlanta|Denver|Mountain View|Palo Alto)\b"
)
_COUNTRIES = {
    "US": r"\bU\.?S\.?(?:A\.?)?(?=\W|$)|\bUnited States\b|\bAmerica(?:n|ns)?\b|\bnational(?:ly|wide)?\b"
        r"|\bBLS\b|\bBureau of Labor Statistics\b",
    "GB": r"\bU\.?K\.?\b|\bUnited Kingdom\b|\bBrit(?:ain|ish)\b|\bEngland\b",
    "IN": r"\bIndian?\b", "CA": r"\bCanad(?:a|ian)\b",
    "DE": r"\bGerman(?:y)?\b", "FR": r"\bFrance\b|\bFrench\b", "AU": r"\bAustralian?\b", "CN": r"\bChin(?:a|ese)\b",
    "EU": r"\bEurope(?:an)?(?: Union)?\b|\bEU\b", "SG": r"\bSingapore\b", "CH": r"\bSwitzerland\b|\bSwiss\b",
}  # fmt: skip
_WORLD = re.compile(
    r"\bglobal(?:ly)?\b|\bworld(?:wide|['’]s)?\b|\bacross the (?:globe|world)\b"
    r"|\binternational(?:ly)?\b|\baround the world\b",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"\b(?P<entry>entry[- ]level|junior|starting|new[- ]grad\w*|beginners?|fresh(?:er|man)s?"
    r"|early[- ]career|interns?(?:hips?)?|trainee)\b"
    r"|\b(?P<senior>seniors?|experienced|lead|staff|principal|top[- ]tier|experts?|directors?"
    r"|managers?|executives?)\b|\b(?P<mid>mid[- ]level|mid[- ]career)\b",
    re.IGNORECASE,
)
_SERVED = re.compile(
    r"\b(?P<years>\d{1,2})(?:\s*(?:-|–|to)\s*\d{1,2})?\+?\s*years?\b[^.;]{0,20}?\bexperience", re.IGNORECASE
)
_STATISTIC = (
    ("median", re.compile(r"\bmedian\b", re.IGNORECASE)),
    ("mean", re.compile(r"\b(?:average|mean|averages|averaging|typical(?:ly)?|on average)\b", re.IGNORECASE)),
    ("max", re.compile(r"\bup to\b|\bas (?:high|much) as\b|\bmaximum\b|\bexceed\w*|\bmore than\b|\bover\b|\bupwards? "
        r"of\b|\btop\b|\babove\b|\bhighest\b", re.IGNORECASE)),
    ("min", re.compile(r"\bat least\b|\bminimum\b|\bas (?:low|little) as\b|\bstart(?:s|ing)? (?:at|from)\b|\bless "
        r"than\b|\bunder\b|\bbelow\b|\blowest\b", re.IGNORECASE)),
)  # fmt: skip
_TOTAL = re.compile(
    r"\btotal (?:compensation|pay|comp)\b|\bbonus(?:es)?\b|\bstock\b|\bequity\b|\bTC\b|\bOTE\b", re.IGNORECASE
)
DEGREES = (
    ("phd", re.compile(r"\bPh\.?D\.?s?\b|\bdoctora(?:te|l)s?\b|\bdoctorates?\b", re.IGNORECASE)),
    ("master", re.compile(r"\bmaster(?:[’']s|s)?\b(?= degree| in|[ ,.]|-level)|\bM\.?Sc?\.?\b(?! \d)|\bgraduate "
        r"degree\b|\bpostgraduate\b|\badvanced degrees?\b", re.IGNORECASE)),
    ("bachelor", re.compile(r"\bbachelor(?:[’']s|s)?\b|\bundergraduate\b|\bB\.?Sc?\.?\b|\bcollege degree\b"
        r"|\buniversity degree\b|\bfour-year degree\b", re.IGNORECASE)),
    ("any", re.compile(r"\bdegrees?\b", re.IGNORECASE)),
)  # fmt: skip
_KINDS = ("language", "library", "framework", "platform", "cloud", "database", "tool")
# Methods that articles count as skills; others of the taxonomy are too common as words.
_METHODS = {
    "large language models": "large-language-models", "llms": "large-language-models", "llm": "large-language-models",
    "generative ai": "generative-ai", "deep learning": "deep-learning", "computer vision": "computer-vision",
    "natural language processing": "natural-language-processing", "retrieval-augmented generation":
    "retrieval-augmented-generation", "ai agents": "ai-agents", "prompt engineering": "prompt-engineering",
}  # fmt: skip
_LOOSE = frozenset(
    {
        "r",
        "c",
        "go",
        "ray",
        "spark",
        "lora",
        "rust",
        "swift",
        "julia",
        "scala",
        "java",
        "sas",
        "excel",
        "ruby",
        "perl",
        "dart",
    }
)


@dataclass(frozen=True, slots=True)
class Topic:
    """The words around a number that say of what it is.

    ``role`` "" if none is named; ``country`` US, GB, ..., world, or "" ; ``states`` postal codes; ``skills`` ids;
    ``named`` says that the sentence names the role itself; ``statistic`` median, mean, max, min or ""; ``degree`` phd,
    master, bachelor, any or "".
    """

    role: str = ""
    skills: tuple[str, ...] = ()
    country: str = ""
    states: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    statistic: str = ""
    level: str = ""
    degree: str = ""
    total: bool = False
    named: bool = False


def topic(words: str, *, near: tuple[int, int] | None = None, role: str = "", served: bool = True) -> Topic:
    """Return what ``words`` are about; ``near`` is where the number stands, ``role`` what the article is about."""
    around = words if near is None else _clause(words, near)
    found = _roles(words)
    level = _LEVEL.search(around)
    years_of = _SERVED.search(around) if served else None
    return Topic(
        role=_nearest_role(found, near) or role,
        named=bool(found),
        skills=tuple(dict.fromkeys(_skills(words))),
        country=_country(around, near) or _country(words, near),
        states=tuple(dict.fromkeys(_STATES[m[0].lower()] for m in _STATE.finditer(words))),
        cities=tuple(dict.fromkeys(m[0] for m in _CITY.finditer(words))),
        years=tuple(year for year, _ in years(words)),
        statistic=next((name for name, pattern in _STATISTIC if pattern.search(around)), ""),
        level=(level.lastgroup or "") if level else _level(int(years_of["years"])) if years_of else "",
        degree=next((name for name, pattern in DEGREES if pattern.search(words)), ""),
        total=bool(_TOTAL.search(words)),
    )


def _level(years: int) -> str:
    """The level that years of experience stand for, as far as pay is compared."""
    return "entry" if years < 2 else "mid" if years < 5 else "senior"


def _clause(words: str, near: tuple[int, int]) -> str:
    """The part of a sentence around a number: between semicolons, "while", "whereas", or another number's comma."""
    cuts = [
        0,
        *(m.end() for m in re.finditer(r";|\bwhile\b|\bwhereas\b|\bbut\b|\bcompared\b|,\s(?:and|with)\s", words)),
        len(words),
    ]
    low = max(cut for cut in cuts if cut <= near[0])
    high = min((cut for cut in cuts if cut >= near[1]), default=len(words))
    return words[low:high]


def _roles(words: str) -> list[tuple[str, int, int]]:
    out = []
    for found in _ROLE.finditer(words):
        group = found.lastgroup or "r0"
        out.append((_ROLES[int(group[1:])][0], found.start(), found.end()))
    return out


def _nearest_role(found: list[tuple[str, int, int]], near: tuple[int, int] | None) -> str:
    """The role a number belongs to: the last one named before it, else the first behind it."""
    if not found:
        return ""
    if near is None:
        return found[0][0]
    before = [role for role, start, _ in found if start < near[0]]
    return before[-1] if before else found[0][0]


def main_role(text: str) -> str:
    """The role an article is about: the one it names most, "" if it names none."""
    counts = Counter(role for role, _, _ in _roles(text) if not role.startswith("all"))
    return counts.most_common(1)[0][0] if counts else ""


def _country(words: str, near: tuple[int, int] | None) -> str:
    """The country named, or world; of several the one nearest to the number where one is asked for, else the world.

    Distances are those in the whole sentence: ``words`` may be a part of it, so the number is looked for in it.
    """
    found = [(m.start(), "world") for m in _WORLD.finditer(words)]
    found += [(m.start(), code) for code, pattern in _COUNTRIES.items() for m in re.finditer(pattern, words)]
    if not found:
        return ""
    if near is None or near[1] > len(words):
        return found[0][1]
    return min(found, key=lambda place: abs(place[0] - near[0]))[1]


@cache
def skill_names() -> Mapping[str, tuple[str, str]]:
    """Lower-case name -> (id, kind) of the languages, libraries, clouds and tools that the taxonomy knows."""
    from jobtide.enrich import taxonomy

    out: dict[str, tuple[str, str]] = {}
    for id_, concept in taxonomy.load().concepts.items():
        if concept.kind in _KINDS:
            for name in (concept.name, *concept.aliases):
                if len(name) > 2 or name in ("r", "c", "go"):
                    out.setdefault(name, (id_, concept.kind))
    out |= {name: (id_, "method") for name, id_ in _METHODS.items()}
    return out


def _skills(words: str) -> list[str]:
    """Ids of the named tools; everyday words are believed in capitals only."""
    names = skill_names()
    tokens = [(m[0], m.start()) for m in re.finditer(r"[A-Za-z][\w.+#-]*[\w+#]|[A-Z]", words)]
    out = []
    for i, (_, start) in enumerate(tokens):
        for size in (3, 2, 1):
            run = tokens[i : i + size]
            said = words[start : run[-1][1] + len(run[-1][0])]
            known = names.get(said.lower())
            if known and len(run) == size and (said.lower() not in _LOOSE or said[0].isupper()):
                if (
                    said.lower() in ("r", "c", "go")
                    and not re.search(r"\blanguages?\b", words)
                    and not re.search(r"(?:,|and|or|/|in|like)\s*$", words[:start])
                    and not words[start + len(said) :].startswith((",", " and", " or", "/"))
                ):
                    continue
                out.append(known[0])
                break
    return out

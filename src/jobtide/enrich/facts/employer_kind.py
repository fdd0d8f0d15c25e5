"""Employer kind: startup, public, private, nonprofit, government, university or staffing, where it says so of itself."""

from collections.abc import Iterator, Sequence

from jobtide.enrich.blocks import Placed
from jobtide.enrich.patterns import test
from jobtide.model import Found, Window

KINDS = ("employer_kind",)
# Words of which each says it alone; those of requirements ("experience in a startup") are passed over.
_SAID = {
    "startup": (
        "we are a startup", "re a startup", "early stage startup", "early stage start up", "is a startup", "venture backed startup",
        "vc backed startup", "series a startup", "series b startup", "series c startup", "seed stage startup", "pre seed startup",
        "series a company", "series b company", "seed stage company", "stealth startup", "stealth mode", "fast growing startup",
        "growing startup", "our startup", "hardware startup", "ai startup", "funded startup", "tech startup", "saas startup",
        "backed by y combinator", "y combinator backed", "y combinator s", "yc backed", "seed funded",
        "we raised our seed", "our series a", "our series b", "closed our series", "raised our series", "pre seed stage",
        "fintech startup", "healthcare startup", "robotics startup", "deep tech startup", "startup founded", "start up founded",
        "stage startup", "beauty start up", "growing start up", "as a startup we", "growth stage startup", "growth stage company", "early stage company", "funded start up",
        "seed financing round", "in seed funding", "pre seed round", "pre seed funding", "our seed round", "a seed round", "series a round", "series a financing", "raised a series a", "based startup", "based start up",
        *(f"yc {season}{year:02}" for year in range(5, 27) for season in "ws"), "yc f24", "yc x25", "yc f25",
    ),
    "public": (
        "publicly traded", "public company", "nasdaq", "nyse", "publicly listed", "listed on the london stock exchange", "fortune 500 company",
        "börsennotiert", "cotée en bourse",
    ),
    "private": ("privately held", "privately owned", "is a family owned", "are a family owned", "a family owned business", "a family run business", "familienunternehmen", "employee owned", "entreprise familiale"),
    "nonprofit": (
        "we are a nonprofit", "we are a non profit", "re a nonprofit", "is a nonprofit", "is a non profit", "501 c 3", "501 c", "501c3",
        "nonprofit organization", "non profit organization", "not for profit organization", "a registered charity", "gemeinnützige",
        "as a non profit", "as a nonprofit", "not for profit company", "public benefit corporation that is nonprofit",
    ),
    "government": (
        "federal agency", "we are a government", "is a government agency", "state agency", "a department of the", "national laboratory",
        "executive agency", "agency of the u s government", "civil service", "city government", "public authority", "öffentlicher dienst",
    ),
    "university": (
        "our university", "the university is", "university is seeking", "university invites applications", "our faculty and staff",
        "is a research university", "postdoctoral position at", "our campus", "the college is", "department of computer science at",
    ),
    "staffing": (
        "on behalf of our client", "on behalf of a client", "our client is", "our client a", "our client is looking", "staffing agency",
        "recruitment agency", "recruiting agency", "staffing firm", "recruiting firm", "executive search firm", "is hiring for a client",
        "hiring on behalf of", "one of our clients", "im auftrag unseres kunden", "pour notre client", "pour l un de nos clients",
        "para nuestro cliente",
    ),
}  # fmt: skip
# A typographic apostrophe leaves three blanks: "re a startup" is found behind either kind.
_PHRASES = tuple((phrase, kind) for kind, phrases in _SAID.items() for phrase in phrases)
PHRASES = tuple(phrase for phrase, _ in _PHRASES)
# Where several are said, what is most particular: a listed company may call itself a startup, an agency's client is not it.
_ORDER = ("staffing", "university", "government", "nonprofit", "public", "private", "startup")
_SECTIONS = ("about", "other", "title", "duties", "benefits")
_SPEAKING = (b"we ", b"we\xe2", b"we'", b" our ", b" is ", b"joining")  # among duties the employer must speak of itself
_OTHERS = (b"experience", b"customers", b"worked", b"clients range", b"for startups", b"partner with", b"competitors")

# Words that are said of customers, laws and careers as often as of the employer: "we are a public company", not "public
# company clients"; "our campus" is a university's where its teaching is spoken of.
_LOOSE = frozenset({"public company", "publicly traded", "publicly listed", "fortune 500 company"})
_IS_ONE = test(
    r"(?i)\b(?:we are|we['’]re|is|are|as|at|in|became|join|joining|within|of) (?:now |also |already )?(?:(?:an?|the|our) (?:[\w-]+,? (?:and )?){0,4})?$"
)
_ABOUT_OTHERS = test(
    r"(?i)^[- ]?(?:(?:listed|traded)[- ])?(?:experience|background|requirements?|related|reporting|readiness|regulat\w*|preparedness|"
    r"settings?|standards|clients|customers|companies|firms|businesses|presence|recruit\w*|events|visits|ambassadors?)\b"
)
_NOT_YET = test(r"(?i)\b(?:future as|prepar\w+|path|road|toward\w*|ipo|expertise|track record|candidates?)\b")
_TEACHES = test(r"(?i)\b(?:faculty|professors?|students|academic|undergraduates?|college)\b")


def _of_itself(phrase: str, before: bytes, behind: bytes, block: bytes) -> bool:
    """Whether the employer is who the phrase speaks of."""
    if _ABOUT_OTHERS(behind):
        return False
    if phrase in _LOOSE:
        return bool(_IS_ONE(before)) and not _NOT_YET(before)
    return phrase != "our campus" or bool(_TEACHES(block))


def find(text: bytes, blocks: Sequence[Window], hits: Sequence[Placed]) -> Iterator[Found]:
    """Yield one kind at most.

    >>> text, number = b"Acme is a nonprofit.", PHRASES.index("is a nonprofit")
    >>> [f.concept for f in find(text, [Window(0, 20, "about")], [(5, 19, number, 0)])]
    ['nonprofit']
    """
    if not hits:
        return
    best: tuple[int, int, int, Window] | None = None
    for start, end, number, at in hits:
        window = blocks[at]
        if window.section not in _SECTIONS:
            continue
        before = text[max(window.start, start - 60) : start].lower()
        if any(word in before.rpartition(b". ")[2] for word in _OTHERS):
            continue
        if window.section == "duties" and not any(word in before for word in _SPEAKING):
            continue
        phrase, kind = _PHRASES[number]
        block = text[window.start : window.end]
        if not _of_itself(phrase, before, text[end : min(window.end, end + 40)], block):
            continue
        place = _ORDER.index(kind)
        if best is None or place < best[0]:
            best = place, start, end, window
    if best is not None:
        place, start, end, window = best
        yield Found(
            "employer_kind", _ORDER[place], start=start, end=end, section=window.section, confidence=0.85,
            rule="employer_kind/phrase",
        )  # fmt: skip

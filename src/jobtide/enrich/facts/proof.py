"""What counts as proof: the signs of skill that a posting asks for or welcomes beside degrees and years."""

from collections.abc import Iterator, Sequence

from jobtide.enrich.blocks import Placed
from jobtide.enrich.patterns import test
from jobtide.model import Found, Window

KINDS = ("proof",)
_SAID = {
    "portfolio": (
        "portfolio of", "your portfolio", "a portfolio", "online portfolio", "portfolio link", "portfolio showcasing",
        "strong portfolio", "powerful portfolio", "impressive portfolio", "portfolio showing", "portfolio demonstrating",
        "design portfolio", "writing portfolio", "github portfolio", "public portfolio", "portfolio demonstrates", "portfolio github",
        "resume and portfolio", "link to your work", "examples of your work", "samples of your work", "work samples",
    ),
    "open_source": (
        "open source contributions", "open source contributor", "open source projects", "contributions to open source",
        "contributed to open source", "contributing to open source", "open source experience", "open source work",
        "maintainer of", "open source contribution", "contributions to the open source", "github contributions", "github profile", "your github", "github link", "open source maintainer", "oss contributions",
    ),
    "publications": (
        "publications", "published papers", "publication record", "published research", "peer reviewed", "track record of publishing",
        "publications at", "published at", "first author", "neurips", "icml", "iclr", "cvpr", "acl", "emnlp", "kdd", "aaai",
    ),
    "bootcamp": ("bootcamp", "bootcamps", "boot camp", "coding bootcamp"),
    "competitions": (
        "kaggle", "hackathon", "hackathons", "programming competitions", "competitive programming", "icpc", "math olympiad",
        "olympiads", "olympiad", "topcoder", "codeforces", "capture the flag",
    ),
    "side_projects": (
        "side projects", "side project", "personal projects", "personal project", "passion projects", "hobby projects",
        "projects you have built", "projects you ve built", "things you ve built", "things you have built", "something you built",
        "something you ve built",
    ),
    "patents": ("patents", "patent applications", "inventor on"),
    "talks": (
        "conference talks", "speaking at conferences", "speaker at", "technical blog", "blog posts", "technical blogging",
        "public speaking at", "public speaking", "talks at", "meetup talks", "spoken at conferences", "conference speaking", "tech talks",
        "speaking engagements", "published talks", "speaking at tech", "speaking at industry", "experience speaking at",
    ),
}  # fmt: skip
_PHRASES = tuple((phrase, sign) for sign, phrases in _SAID.items() for phrase in phrases)
PHRASES = tuple(phrase for phrase, _ in _PHRASES)
# Elsewhere the same words tell of the employer: its investors' portfolio, its own publications and hackathons.
_NEED = {"requirements": "required", "nice": "preferred"}
# Among requirements a sentence may still only wish: "(Desirable) ...", "... will be valued".
_WISHED_BEFORE = test(
    r"(?i)(?:\(\s*(?:plus|bonus)\s*\)|\bbonus\b|\bdesirable\b|\bnice to have\b|\bideally\b|\bprefer\w*|\boptional\b)[^.;,\n]{0,40}$"
)
_WISHED_BEHIND = test(
    r"(?i)^[^.;:\n]{0,90}?\b(?:an? (?:\w+ ){0,2}(?:plus|bonus|advantage|benefit)|(?:is|are|be|highly|greatly) (?:valued|appreciated|welcome)|"
    r"a plus|preferred|desirable|desired|advantageous|beneficial|nice to have|not required|optional|would be great)\b"
)
# Who reads what others publish, or writes for magazines, is not asked for publications; a venue of research needs words
# of research beside it, as ACL is a tool of auditors too.
_OF_OTHERS = test(
    r"(?i)\b(?:read\w*|keep\w* up|follows?|stay\w* (?:current|on top|abreast)|up[- ]to[- ]date|abreast|attend\w*|magazines|newspapers)\b"
    r"[^.;\n]{0,60}$"
)
_READ = test(r"(?i)^[^.;\n]{0,60}\b(?:read\b|you follow|(?:every|each) (?:day|week)|daily|weekly)")
_MANNER = test(r"(?i)^ (?:skills?|abilit\w+|presence)\b")  # "public speaking skills" are no talks given
_RESEARCH = test(r"(?i)publi|papers?\b|conference|venue|research|author|neurips|icml|iclr|cvpr")
_VENUES = frozenset({"neurips", "icml", "iclr", "cvpr", "acl", "emnlp", "kdd", "aaai"})
_REACH = 120  # bytes of the block looked at on either side


def find(text: bytes, blocks: Sequence[Window], hits: Sequence[Placed]) -> Iterator[Found]:
    """Yield each sign once, from requirements first, else from what is nice to have.

    >>> text, number = b"Kaggle medals are a plus", PHRASES.index("kaggle")
    >>> [(f.concept, f.need) for f in find(text, [Window(0, 24, "requirements")], [(0, 6, number, 0)])]
    [('competitions', 'preferred')]
    """
    best: dict[str, Found] = {}
    weighed: dict[
        tuple[str, int], str
    ] = {}  # a block says once how much it wants a sign: "a record is a plus (ICML, KDD)"
    for start, end, number, at in hits:
        window = blocks[at]
        phrase, sign = _PHRASES[number]
        if window.section not in _NEED:
            continue
        before, behind = text[max(window.start, start - _REACH) : start], text[end : min(window.end, end + _REACH)]
        if (sign == "publications" and not _own(phrase, before, behind)) or (sign == "talks" and _MANNER(behind)):
            continue
        need = weighed.setdefault((sign, window.start), _need(window.section, before, behind))
        if sign not in best or (need == "required" and best[sign].need != need):
            best[sign] = Found(
                "proof", sign, start=start, end=end, section=window.section, need=need, confidence=0.8,
                rule="proof/phrase",
            )  # fmt: skip
    yield from sorted(best.values(), key=lambda f: f.start)


def _need(section: str, before: bytes, behind: bytes) -> str:
    """What the section says, unless the sentence only wishes."""
    return "preferred" if _WISHED_BEFORE(before) or _WISHED_BEHIND(behind) else _NEED[section]


def _own(phrase: str, before: bytes, behind: bytes) -> bool:
    """Whether the person shall have published, not read what others did."""
    if phrase in _VENUES and not (_RESEARCH(before) or _RESEARCH(behind)):
        return False
    return not (_OF_OTHERS(before) or _READ(behind))

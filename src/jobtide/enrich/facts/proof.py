"""What counts as proof: the signs of skill that a posting asks for or welcomes beside degrees and years."""

from collections.abc import Iterator, Sequence

from jobtide.enrich.blocks import kept_of
from jobtide.model import Found, Window

KINDS = ("proof",)
_SAID = {
    "portfolio": (
        "portfolio of", "your portfolio", "a portfolio", "online portfolio", "portfolio link", "portfolio showcasing",
        "strong portfolio", "link to your work", "examples of your work", "samples of your work", "work samples",
    ),
    "open_source": (
        "open source contributions", "open source contributor", "open source projects", "contributions to open source",
        "contributed to open source", "contributing to open source", "open source experience", "open source work",
        "maintainer of", "github profile", "your github", "github link", "open source maintainer", "oss contributions",
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
        "public speaking at", "talks at", "meetup talks",
    ),
}  # fmt: skip
_PHRASES = tuple((phrase, sign) for sign, phrases in _SAID.items() for phrase in phrases)
PHRASES = tuple(phrase for phrase, _ in _PHRASES)
# Elsewhere the same words tell of the employer: its investors' portfolio, its own publications and hackathons.
_NEED = {"requirements": "required", "nice": "preferred"}


def find(text: bytes, blocks: Sequence[Window], hits: Sequence[tuple[int, int, int]]) -> Iterator[Found]:  # noqa: ARG001
    """Yield each sign once, from requirements first, else from what is nice to have.

    >>> text, number = b"Kaggle medals are a plus", PHRASES.index("kaggle")
    >>> [(f.concept, f.need) for f in find(text, [Window(0, 24, "nice")], [(0, 6, number)])]
    [('competitions', 'preferred')]
    """
    best: dict[str, Found] = {}
    for start, end, number, window in kept_of(blocks, hits):
        need, sign = _NEED.get(window.section), _PHRASES[number][1]
        if need is not None and (sign not in best or (need == "required" and best[sign].need != need)):
            best[sign] = Found(
                "proof",
                sign,
                start=start,
                end=end,
                section=window.section,
                need=need,
                confidence=0.8,
                rule="proof/phrase",
            )
    yield from sorted(best.values(), key=lambda f: f.start)

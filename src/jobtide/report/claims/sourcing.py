"""Where does an article have it from, when was that, and who gains? Missing sources, old dates, interests."""

import re
from collections.abc import Iterator, Sequence

from jobtide.report.claims.claim import Claim
from jobtide.report.claims.findings import CONFLICT, STALE, UNSOURCED, Finding
from jobtide.report.claims.text import Article
from jobtide.report.references import seller, sellers

_STALE_YEARS = 3
_RECOMMEND = re.compile(
    r"\b(?:enroll?|sign up|consider|recommend\w*|join|take (?:a|an|the|our)|leverage|try|choose"
        r"|check out|start with|invest in|apply (?:to|for)|offers?|can (?:enhance|boost|help|improve"
        r"|increase|raise|lift|bolster)|such as|best|like)\b",
    re.IGNORECASE,
)  # fmt: skip
_GOODS = re.compile(
    r"\b(?:bootcamps?|courses?|certificat\w+|program(?:me)?s?|nanodegrees?|diplomas?|master[’']?s"
    r"|degrees?|training|masterclass|coaching|placement|recruit\w+|resume|graduates|students"
    r"|alumni|learners|academy|specialization|accelerator)\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    r"\b(?:our|we offer|we[’']ve helped|with us|our own|my)\b(?:\s[\w-]+){0,4}?\s(?:bootcamps?"
    r"|courses?|certificat\w+|program(?:me)?s?|graduates|students|alumni|learners|academy"
    r"|accelerator|customers|training|platform|recruiters|coaching|masterclass|community|service)\b|\baffiliate\b"
    r"|\bsponsored\b|\buse (?:the )?code\b|\bpromo",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:as of|currently|today|now|this year|latest|recent(?:ly)?|current)\b", re.IGNORECASE)
_OFFICIAL_TEXT = re.compile(r"\b(?:from|between|since)\b[^.]{0,40}\b(?:19|20)\d\d", re.IGNORECASE)


def unsourced(article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A figure or ranking without a source in its sentence, or cited to an entry that does not exist."""
    marks = {source.mark for source in article.sources}
    for i, claim in enumerate(claims):
        missing = [mark for mark in claim.sentence.marks if marks and mark not in marks]
        if missing:
            yield Finding(i, UNSOURCED, f"cites [{missing[0]}], which the list of references does not have")
        elif not claim.cited:
            yield Finding(i, UNSOURCED, "no source is named where it is said")


def never_cited(article: Article) -> list[int]:
    """The marks of references that no sentence cites, in order; empty where the article cites none at all."""
    cited = {mark for sentence in article.sentences for mark in sentence.marks}
    return [source.mark for source in article.sources if source.mark not in cited] if cited else []


def interests(article: Article, claims: Sequence[Claim]) -> Iterator[Finding]:
    """A source that sells what the sentence recommends."""
    by_mark = {source.mark: source.host for source in article.sources}
    for i, claim in enumerate(claims):
        hosts = [*claim.sentence.hosts, *(by_mark.get(mark, "") for mark in claim.sentence.marks)]
        why = interest(claim.sentence.bare, hosts)
        if why:
            yield Finding(i, CONFLICT, why)


def interest(words: str, hosts: Sequence[str]) -> str:
    """Why a sentence serves its own source, "" if it does not: it recommends what that sells, or speaks of "our" goods.

    >>> interest("Enroll in BrainStation's bootcamp.", ["brainstation.io"])
    'brainstation.io sells bootcamps and courses, which is what is recommended'
    """
    if _OURS.search(words):
        return "the text speaks for its own goods"
    if not (_GOODS.search(words) and _RECOMMEND.search(words)):
        return ""
    for host in hosts:
        found = seller(host)
        if found and (
            re.search(found.names, words, re.IGNORECASE)
            or re.search(r"course|certific|bootcamp|degree|recruit|resume", words, re.IGNORECASE)
        ):
            return f"{host} sells {found.sells}, which is what is recommended"
    named = next((s for s in sellers() if hosts and s.host in hosts and re.search(s.names, words, re.IGNORECASE)), None)
    return f"{named.host} sells {named.sells}" if named else ""


def dates(claims: Sequence[Claim], today: int) -> Iterator[Finding]:
    """Figures said of now that are years old, and forecasts whose year has passed."""
    for i, claim in enumerate(claims):
        if claim.type in ("opinion", "certificate") or not claim.topic.years:
            continue
        newest = max(claim.topic.years)
        bare = claim.sentence.bare
        if "projected" in claim.senses and newest < today and claim.type != "market_size":
            yield Finding(i, STALE, f"a forecast for {newest}, read in {today}")
        elif "projected" in claim.senses and newest < today:
            yield Finding(i, STALE, f"a forecast that ended in {newest}")
        elif (
            newest <= today - _STALE_YEARS
            and (_NOW.search(bare) or not _OFFICIAL_TEXT.search(bare))
            and "projected" not in claim.senses
        ):
            yield Finding(i, STALE, f"of {newest}, read in {today}")

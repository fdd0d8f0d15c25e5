"""The whole check of an article: claims found, held against each other, held against data, one verdict each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from jobtide.report.claims.claim import Claim
from jobtide.report.claims.evidence import Market, Ours
from jobtide.report.claims.find import find
from jobtide.report.claims.findings import ARITHMETIC, CONFLICT, NOT_CHECKABLE, OK, STALE, UNSOURCED, Finding, yearly
from jobtide.report.claims.inside import inside
from jobtide.report.claims.judge import judge
from jobtide.report.claims.judged import CONSISTENT, UNTESTABLE, WRONG, Judged
from jobtide.report.claims.sourcing import interest, never_cited
from jobtide.report.claims.text import Article, read
from jobtide.report.references import seller
from jobtide.store.snapshot import Snapshot

_NEUTRAL = {OK, NOT_CHECKABLE}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One claim with everything said of it.

    ``start`` is where its words begin in the article's plain text, ``quantity`` the words of its number, ``stated``
    that number's ends (pay a year), None for a claim without one.
    """

    claim: str
    start: int
    type: str
    verdict: str
    classes: tuple[str, ...]
    ours: Ours | None
    reference: tuple[float | None, str] | None
    why: str
    quantity: str = ""
    stated: tuple[float, float] | None = None

    def to_json(self) -> dict[str, Any]:
        """The claim as one object of the list."""
        mine = self.ours
        return {
            "claim": self.claim,
            "type": self.type,
            "verdict": self.verdict,
            "classes": list(self.classes),
            "ours": None if mine is None else {"value": mine.value, "low": mine.low, "high": mine.high, "n": mine.n},
            "reference": None if self.reference is None else {"value": self.reference[0], "source": self.reference[1]},
            "why": self.why,
        }

    def place(self) -> dict[str, Any]:
        """Where the claim stands: offset of its words in the plain text, the number it states, and our base."""
        return {"start": self.start, "quantity": self.quantity, "base": self.ours.base if self.ours else None}


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked article: its plain text, title, verdicts in the order of the text, and against which snapshot."""

    title: str
    text: str
    verdicts: tuple[Verdict, ...]
    snapshot: str
    as_of: str

    def to_json(self) -> dict[str, Any]:
        """``{"claims": [...]}``; ``places`` says of each where it stands, the rest what it was held against."""
        return {
            "claims": [verdict.to_json() for verdict in self.verdicts],
            "places": [verdict.place() for verdict in self.verdicts],
            "title": self.title,
            "snapshot": self.snapshot,
            "as_of": self.as_of,
        }

    def failing(self, wanted: Sequence[str]) -> list[Verdict]:
        """The verdicts that carry one of ``wanted``: verdicts or classes."""
        return [v for v in self.verdicts if v.verdict in wanted or set(v.classes) & set(wanted)]


def check(raw: str, snapshot: Snapshot, *, html: bool = False, today: int | None = None) -> Checked:
    """Return the article in ``raw`` checked against itself, the references and the snapshot.

    ``today`` is the year it is read in (the snapshot's own if None). Text without claims gives no verdicts.
    """
    article = read(raw, html=html)
    claims = find(article)
    market = Market(snapshot)
    findings = inside(article, claims, today=today or snapshot.as_of.year)
    made = [
        _settle(claim, judge(claim, market), [f for f in findings if f.claim == i]) for i, claim in enumerate(claims)
    ]
    made += _recommendations(article, claims)
    made += _references(article)
    made.sort(key=lambda verdict: verdict.start)
    return Checked(article.title, article.text, tuple(made), snapshot.id, snapshot.as_of.isoformat())


def _settle(claim: Claim, known: Judged, findings: Sequence[Finding]) -> Verdict:
    """One verdict of what data and the article's own words say; a class of trouble drives out "ok"."""
    kinds = [*known.kinds, *(finding.kind for finding in findings)]
    verdict = known.verdict
    if ARITHMETIC in kinds:
        verdict = WRONG
    holds = any(finding.kind == OK for finding in findings)
    if holds and verdict == UNTESTABLE and claim.type in ("cagr", "market_size", "growth"):
        verdict = CONSISTENT
    if holds or any(kind not in _NEUTRAL for kind in kinds):
        kinds = [kind for kind in kinds if kind != NOT_CHECKABLE]
    if any(kind not in (*_NEUTRAL, UNSOURCED, CONFLICT, STALE) for kind in kinds):
        kinds = [kind for kind in kinds if kind != OK]
    own = [finding.why for finding in findings]
    said = [known.why, *own] if known.verdict == WRONG else [*own, known.why]
    bare = claim.quantity
    stated = claim.sentence.words[bare.start : bare.end] if bare else ""
    return Verdict(
        claim.words, claim.start, claim.type, verdict, tuple(dict.fromkeys(kinds)) or (NOT_CHECKABLE,), known.ours,
        known.reference, "; ".join(dict.fromkeys(said)), stated, _ends(claim),
    )  # fmt: skip


def _ends(claim: Claim) -> tuple[float, float] | None:
    """The ends of a claim's number, pay by the year; None without one."""
    if claim.quantity is None:
        return None
    return yearly(claim.quantity) if claim.type == "pay" else (claim.quantity.low, claim.quantity.high)


def _recommendations(article: Article, claims: Sequence[Claim]) -> list[Verdict]:
    """Sentences that recommend what their own source sells, where no claim of theirs says so already."""
    hosts = {source.mark: source.host for source in article.sources}
    told = {id(claim.sentence) for claim in claims}
    out = []
    for sentence in article.sentences:
        if id(sentence) in told:
            continue
        why = interest(sentence.bare, [*sentence.hosts, *(hosts.get(mark, "") for mark in sentence.marks)])
        if why:
            out.append(Verdict(sentence.words, sentence.start, "opinion", UNTESTABLE, (CONFLICT,), None, None, why))
    return out


def _references(article: Article) -> list[Verdict]:
    """Entries of the list of references that nothing cites, and those whose site sells what such articles praise."""
    lost = set(never_cited(article))
    out = []
    for source in article.sources:
        sells = seller(source.host)
        kinds = ([UNSOURCED] if source.mark in lost else []) + ([CONFLICT] if sells else [])
        why = (["listed, never cited"] if source.mark in lost else []) + (
            [f"{source.host} sells {sells.sells}"] if sells else []
        )
        if kinds:
            words = article.text[source.start : source.end].strip()
            out.append(Verdict(words, source.start, "opinion", UNTESTABLE, tuple(kinds), None, None, "; ".join(why)))
    return out

"""What does the market look like, written out? The article, from data: every sentence is computed from figures."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from jobtide.market import words
from jobtide.report import blocks, cite, gate, records, render, titles
from jobtide.report.answers import Answers, gather
from jobtide.report.blocks import Document, Name, Record, Section, Shown, say
from jobtide.report.claims import record as claimed
from jobtide.report.claims.quoted import quoted
from jobtide.report.sections import back, claims, demand, faq, front, future, navigating, needs, pay, skills, who
from jobtide.store.snapshot import Snapshot

_TITLE = "The state of ML-engineer jobs"


def build(snapshot: Snapshot, out: Path, formats: Sequence[str] = ("html", "md"), *, charts: bool = True) -> list[Path]:
    """Write the article of ``snapshot`` into the folder ``out``; returns the files, the report itself first.

    The same snapshot gives the same bytes. Without the renderer, or with ``charts`` False, tables stand alone. Raises
    UnsourcedNumber if a sentence says a number that no figure accounts for, UsageError for an unknown format.
    """
    draw = render.drawer() if charts else render.nothing
    return render.write(article(snapshot), out, formats=formats, draw=draw)


def article(snapshot: Snapshot) -> Document:
    """Return the article as a checked document."""
    answers = gather(snapshot, title=titles.title, extra=_others(snapshot))
    sections = (
        front.front(answers),
        demand.demand(answers),
        pay.pay(answers),
        skills.skills(answers),
        needs.needs(answers),
        who.employers(answers),
        who.places(answers),
        navigating.navigating(answers),
        future.future(answers),
        claims.claims(answers),
        faq.faq(answers),
        back.method(answers),
        back.quality(answers),
        back.limits(answers),
        back.sources(answers),
        back.cite_this(answers),
    )
    overview = answers.records["overview"]
    subtitle = say(
        "{n} openings of {employers} employers, read from job postings. Data up to {day}, snapshot {id}.",
        n=cite.base(overview),
        employers=cite.base(overview, "employers"),
        day=Name(words.day(snapshot.as_of)),
        id=Name(snapshot.id),
    )
    figures = _figures(answers, sections, subtitle)
    document = Document(_TITLE, subtitle, snapshot.id, snapshot.as_of.isoformat(), sections, figures, answers.refused)
    gate.check(document)
    return document


def _others(snapshot: Snapshot) -> dict[str, Record]:
    """The records that are no question to the market."""
    return {
        "quality": records.quality(snapshot, render.scores()),
        "projections": records.projections(snapshot),
        "claims": claimed.record(snapshot, quoted(snapshot)),
    }


def _figures(answers: Answers, sections: Iterable[Section], subtitle: blocks.Text) -> tuple[Record, ...]:
    """The figures that the article cites or shows, in the order in which a reader meets them."""
    met = dict.fromkeys(blocks.cited(subtitle))
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Shown):
                met.setdefault(block.record["id"])
        for text in blocks.texts(section):
            met |= dict.fromkeys(id for id in blocks.cited(text) if id not in met)
    by_id = {record["id"]: record for record in answers.records.values()}
    return tuple(by_id[id] for id in met)

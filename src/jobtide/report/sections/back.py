"""How was it made, how good is it, whose is it? Method, measured quality, sources and licences, and how to cite."""

from collections.abc import Mapping

from jobtide import __version__
from jobtide.market import hiring_lab, official, support, words
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Bullets, Grid, Name, Paragraph, Section, say

Scores = Mapping[str, Mapping[str, Mapping[str, float]]]


def method() -> Section:
    """The rules that every figure follows."""
    items = (
        say("An opening is a vacancy counted once: one text at one employer is one opening, in however many places."),
        say("A posting names a skill if its words do, outside what is said about the company, benefits and law."),
        say(
            "Intervals are {level} and treat the openings of one employer as one cluster, being written alike; "
            "below {n} effective employers none is given.",
            level=Name("95 %"),
            n=Name(f"{support.INTERVAL_EMPLOYERS:.0f}"),
        ),
        say(
            "A cell with fewer than {n} openings or {e} employers is not shown; below {few} openings it is marked few.",
            n=Name(str(support.POSTINGS)),
            e=Name(str(support.EMPLOYERS)),
            few=Name(str(support.FEW)),
        ),
        say("Pay is what employers state, a year, in one currency; the middle of each range stands for it."),
        say("Official statistics stand beside openings, each with its own base; nothing is computed across the two."),
    )
    return Section("method", "Method", (Bullets(items),))


def quality(scores: Scores) -> Section:
    """Floors that each release is held to, or that they are not at hand."""
    if not scores:
        return Section(
            "quality", "Quality of reading", (Paragraph(say("Measured scores are kept with the source code.")),)
        )
    rows = tuple(
        (fact.replace("_", " "), measure.replace("_", " "), f"{value:g}", corpus.replace("_", " "))
        for corpus, facts in scores.items()
        for fact, measures in facts.items()
        for measure, value in measures.items()
    )
    grid = Grid(
        "What each release must reach on labelled postings",
        ("fact", "measure", "floor", "labelled set"),
        rows,
        "Floors that the product's own tests hold it to; a release that reads worse is not published.",
    )
    return Section("quality", "Quality of reading", (grid,))


def sources(answers: Answers) -> Section:
    """Whose data these are, and on which terms."""
    listed = [*answers.snapshot.sources, official.SOURCE, hiring_lab.SOURCE]
    rows = tuple((each["name"], each["attribution"], each["terms"]) for each in listed)
    outlines = ("US state outlines", "us-atlas, after the US Census Bureau", "ISC licence")
    grid = Grid("Sources and licences", ("source", "attribution", "terms"), (*rows, outlines), "Full notices: NOTICE.")
    return Section("sources", "Sources and licences", (grid,))


def cite_this(answers: Answers) -> Section:
    """A reference that leads back to the same numbers."""
    shot = answers.snapshot
    text = f"jobtide {__version__}, snapshot {shot.id}, data up to {words.day(shot.as_of)}."
    blocks: tuple[Block, ...] = (
        Paragraph(say("Cite as: {text}", text=Name(text))),
        Paragraph(say("A single figure is cited by its id, which stands under it; the same data give the same id.")),
    )
    return Section("cite", "Cite this", blocks)

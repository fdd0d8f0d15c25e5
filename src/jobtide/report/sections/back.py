"""How was it made, how good is it, whose is it? Method, measured quality, sources and licences, and how to cite."""

from collections.abc import Mapping

from jobtide import __version__
from jobtide.market import hiring_lab, official, support, words
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Bullets, Grid, Name, Paragraph, Section, say

Scores = Mapping[str, Mapping[str, float]]
# What is shown of the scores: name in quality.json, its words, the measures.
READ = (
    ("skills all by quote or name", "skills, by quote or name", ("precision", "recall", "f1")),
    ("skills aiml by quote or name", "skills, ML / AI / data postings", ("precision", "recall", "f1")),
    ("need all by quote or name", "required, preferred or mentioned", ("accuracy",)),
    ("role", "role", ("accuracy",)),
    ("seniority", "seniority", ("accuracy",)),
    ("years_min", "years asked for", ("accuracy",)),
    ("degree_required", "degree required", ("accuracy",)),
    ("work_mode", "work mode", ("accuracy",)),
    ("country", "countries, exact set", ("accuracy",)),
    ("city", "cities, exact set", ("accuracy",)),
)


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
    """How well the facts behind these figures are read, each measure with its n."""
    rows = tuple((said, measured(scores[name], measures), f"{scores[name]['n']:,.0f}") for name, said, measures in READ)
    grid = Grid(
        "Measured on labelled postings",
        ("fact", "measure", "n"),
        (*rows, pay_read(scores["pay"])),
        "Postings of the same board system, each read whole and labelled by a language model, not by people. The "
        "figures above are not corrected for these errors.",
    )
    return Section("quality", "Quality of reading", (grid,))


def measured(score: Mapping[str, float], measures: tuple[str, ...]) -> str:
    """The measures of one fact in words."""
    return ", ".join(f"{measure.replace('f1', 'F1')} {score[measure]:.2f}" for measure in measures)


def pay_read(pay: Mapping[str, float]) -> tuple[str, str, str]:
    """The row of pay: how many stated ranges are read exactly, and how often pay is seen where none is stated."""
    right = f"{pay['n'] - pay['wrong']:.0f} of {pay['n']:.0f} exact, {pay['false']:.0f} false"
    return "pay", right, f"{pay['n'] + pay['n_without']:.0f}"


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

"""How was it made, how good is it, what are its limits, whose is it? And how to cite it."""

from jobtide import __version__
from jobtide.market import hiring_lab, official, support, words
from jobtide.report import cite, phrases, records
from jobtide.report.answers import Answers
from jobtide.report.blocks import (
    Block,
    Bullets,
    Cited,
    Grid,
    Lead,
    Name,
    Paragraph,
    Record,
    Refused,
    Rule,
    Section,
    Text,
    say,
)


def method(answers: Answers) -> Section:
    """From boards to figures, and the rules that every figure follows."""
    overview = answers.records["overview"]
    rows = {row["key"]: row for row in overview["rows"]}
    kept = say(
        "From what was collected to what is counted: {postings} postings were read and {aside} rows set aside as "
        "unreadable; {vacancies} vacancies remain once repeats are joined, {openings} of them for the roles counted "
        "here.",
        postings=cite.count(overview, rows["postings"]),
        aside=cite.count(overview, rows["set_aside"]),
        vacancies=cite.count(overview, rows["vacancies"]),
        openings=cite.count(overview, rows["openings"]),
    )
    items = (
        say("An opening is a vacancy counted once: one text at one employer is one opening, in however many places."),
        say("A posting names a skill if its words do, outside what is said about the company, benefits and law."),
        say(
            "Intervals are {level} and treat the openings of one employer as one cluster, being written alike; "
            "below {n} effective employers none is given.",
            level=Rule("95 %"),
            n=Rule(f"{support.INTERVAL_EMPLOYERS:.0f}"),
        ),
        say(
            "A cell with fewer than {n} openings or {e} employers is not shown; below {few} openings it is marked few.",
            n=Rule(str(support.POSTINGS)),
            e=Rule(str(support.EMPLOYERS)),
            few=Rule(str(support.FEW)),
        ),
        say("Pay is what employers state, a year, in one currency; the middle of each range stands for it."),
        say("Official statistics stand beside openings, each with its own base; nothing is computed across the two."),
        say("Titles and sentences of this report are computed from the rows that its figures show."),
    )
    return Section("method", "Method", (Paragraph(kept), Bullets(items)))


def quality(answers: Answers) -> Section:
    """How well the facts behind these figures are read, each measure with its n."""
    record = answers.records["quality"]
    cells = tuple(
        (_cell(record, row, row["label"]), _cell(record, row, records.measured(row)), _n(record, row))
        for row in record["rows"]
    )
    skills = answers.get("skills")
    corrected = bool(skills and any(row.get("corrected") is not None for row in skills["rows"]))
    rest = (
        "Shares of skills are shown as read and, beside it, corrected for these errors; no other figure is corrected."
    )
    foot = say(
        "{said} {rest}",
        said=cite.caveat(record, record["method"]),
        rest=rest if corrected else "No figure is corrected for these errors.",
    )
    grid = Grid("Measured on labelled postings", ("fact", "measure", "compared"), cells, foot)
    lead = say(
        "Every fact is read by rules, and rules err. Each measure below is the share of labelled facts that were read "
        "right; the rest is why a figure here can be off beyond its interval."
    )
    return Section("quality", "Quality of reading", (Lead(lead), grid))


def _cell(record: Record, row: cite.Row, text: str) -> Text:
    return (Cited(text, record["id"], row["key"]),)


def _n(record: Record, row: cite.Row) -> Text:
    return _cell(record, row, words.count(row["n"]))


def limits(answers: Answers) -> Section:
    """What the sample leaves out, what was refused, and what no posting says."""
    overview = answers.records["overview"]
    items = [say("{said}", said=cite.caveat(overview, text)) for text in overview["caveats"]]
    if coverage := answers.get("coverage"):
        items += [say("{said}", said=cite.caveat(coverage, text)) for text in coverage["caveats"][2:]]
    items.append(say("A posting states wishes. What was hired, at which pay, and how long it took stands in none."))
    items.append(say("Skills that go with higher pay are found in other openings too: nothing here is a cause."))
    refused = [
        say("{what}: {why}.", what=name.replace("_", " "), why=Refused(phrases.sentence(why), name))
        for name, why in answers.refused.items()
        if name not in phrases.CHANGE
    ]
    if lost := phrases.lost(answers):
        refused.append(say("{what}: for the reason given under Demand.", what=f"{lost[:1].upper()}{lost[1:]}"))
    blocks: list[Block] = [Bullets(tuple(items))]
    if refused:
        blocks += [Paragraph(say("Asked and refused, each with the reason:")), Bullets(tuple(refused))]
    return Section("limits", "Limits", tuple(blocks))


def sources(answers: Answers) -> Section:
    """Whose data these are, and on which terms."""
    listed = [*answers.snapshot.sources, official.SOURCE, hiring_lab.SOURCE]
    rows = [(each["name"], each["attribution"], each["terms"]) for each in listed]
    rows.append(("US state outlines", "us-atlas, after the US Census Bureau", "ISC licence"))
    cells = tuple(tuple((Name(text),) for text in row) for row in rows)
    foot = say("Full notices: NOTICE.")
    return Section(
        "sources", "Sources and licences",
        (Grid("Sources and licences", ("source", "attribution", "terms"), cells, foot),),
    )  # fmt: skip


def cite_this(answers: Answers) -> Section:
    """A reference that leads back to the same numbers."""
    shot = answers.snapshot
    text = (
        f"jobtide {__version__}, The state of ML-engineer jobs, snapshot {shot.id}, data up to {words.day(shot.as_of)}."
    )
    blocks: tuple[Block, ...] = (
        Paragraph(say("Cite as: {text}", text=Name(text))),
        Paragraph(
            say(
                "A single figure is cited by its id, which stands under it; the same data give the same id. {explain} "
                "walks one back to postings and their words; {diff} says what has changed since an earlier snapshot.",
                explain=Name("jobtide explain ID"),
                diff=Name("jobtide report diff OLD NEW"),
            )
        ),
    )
    return Section("cite", "Cite this", blocks)

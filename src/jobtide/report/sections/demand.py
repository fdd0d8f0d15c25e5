"""How much demand is there, and what can be said of its growth? Stock, age, and another source's years."""

from jobtide.market import words
from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Heading, Lead, Link, Name, Paragraph, Record, Refused, Section, Text, say

_COUNT = (("openings", "openings", "count"),)
_SHARE = (("share", "share", "share"),)
_PERIODS = 12  # rows of what opened and closed: four periods


def demand(answers: Answers) -> Section:
    """Stock by role and level, age, growth or why it is refused, and Indeed's line beside it."""
    blocks: list[Block] = []
    if roles := answers.get("roles"):
        blocks.append(Lead(_lead(roles)))
    blocks += answers.shown("roles", columns=_COUNT)
    blocks += answers.shown("seniority", columns=_COUNT)
    if age := answers.get("age"):
        rows = phrases.run(age, age["rows"], "{label} ({count})")
        blocks.append(
            Paragraph(say("Openings by days since the publication that the board states: {rows}.", rows=rows))
        )
        blocks += answers.shown("age", columns=_SHARE)
    blocks.append(Heading("Is it growing?"))
    blocks += _moved(answers)
    blocks += _refused(answers)
    return Section("demand", "Demand", (*blocks, *_elsewhere(answers)))


def _lead(roles: Record) -> Text:
    led = phrases.named(roles)[: phrases.TOP]
    return say(
        "On {day}, {n} openings of {employers} employers were open: {rows}. Look for the neighbouring titles too: the "
        "largest role alone leaves most of the openings out.",
        day=Name(words.day(roles["as_of"])),
        n=cite.base(roles),
        employers=cite.base(roles, "employers"),
        rows=phrases.run(roles, led, "{share} for {label}", suffix="s"),
    )


def _moved(answers: Answers) -> list[Block]:
    """The same boards over time: the index, what opened and closed, how long openings stay; each said, then shown."""
    out: list[Block] = []
    if growth := answers.get("growth"):
        rate = next((text for text in growth["caveats"] if text.startswith(("Growth, ", "No rate a year"))), "")
        out.append(Paragraph((*growing(growth), " ", cite.caveat(growth, rate))))
        out += answers.shown("growth")
    if flow := answers.get("flow"):
        out += [Paragraph(_turned(flow)), *answers.shown("flow", most=_PERIODS)]
    if time_open := answers.get("time_open"):
        half = next(text for text in time_open["caveats"] if text.startswith("Half "))
        gone = "Gone from a board is not always filled."
        out += [Paragraph((cite.caveat(time_open, half), f" {gone}")), *answers.shown("time_open")]
    return out


def growing(growth: Record) -> Text:
    """Openings on the same boards, the first day and the last."""
    first, last = growth["rows"][0], growth["rows"][-1]
    return say(
        "On the boards that were crawled all the time, of {employers} employers, {before} openings stood on {first} "
        "and {now} on {day}: an index of {index}, the first day being one hundred.",
        employers=cite.base(growth, "employers"), before=cite.count(growth, first, "n"),
        first=cite.label(growth, first), now=cite.count(growth, last, "n"), day=cite.label(growth, last),
        index=cite.index(growth, last),
    )  # fmt: skip


def _turned(flow: Record) -> Text:
    """What opened and closed in the last period that a further crawl speaks for."""
    closed = [row for row in cite.shown(flow) if row.get("series") == "closed" and row.get("rate") is not None]
    if not closed:
        return say("What closed can be told once a further crawl has missed it too.")
    last = closed[-1]
    opened = cite.row(flow, f"{last['month']}/opened") or last
    return say(
        "Of the {stock} openings that stood there before {since}, {closed} closed by {until}, {rate} of them; {opened} "
        "opened meanwhile.",
        stock=cite.count(flow, last, "stock"), since=Name(words.day(last["since"])), closed=cite.count(flow, last),
        until=Name(words.day(last["month"])), opened=cite.count(flow, opened), rate=cite.rate(flow, last),
    )  # fmt: skip


def _refused(answers: Answers) -> list[Block]:
    """Each reason told once, with all that it keeps from being said."""
    reasons: dict[str, list[str]] = {}
    for name in phrases.CHANGE:
        if name in answers.refused:  # the same reason begins with another question's name
            reasons.setdefault(answers.refused[name].removeprefix(name), []).append(name)
    return [
        Paragraph(
            say(
                "Not told here: {what}. The reason: {why}.",
                what=words.listed(phrases.CHANGE[name] for name in names),
                why=Refused(phrases.sentence(answers.refused[names[0]]), names[0]),
            )
        )
        for names in reasons.values()
    ]


def _elsewhere(answers: Answers) -> list[Block]:
    """The Hiring Lab line: another source, never joined to the openings."""
    record = answers.get("hiring")
    if not record:
        return []
    first = record["rows"][0]
    highest = max(record["rows"], key=lambda row: (row["value"], row["key"]))
    said = say(
        "Another source, another base: Indeed Hiring Lab counts postings on Indeed. In {month}, {now} of those in "
        "{place} named an AI term, after {before} a year earlier and {start} in {first}. Of the countries it "
        "publishes, {highest} had the largest share, {most}. That is a share of all postings, not a number of jobs; "
        "it is never joined to the openings of this report. Data: {source}, {licence}.",
        month=Name(words.month(first["month"])),
        now=cite.tenths(record, first),
        place=Name(words.country(first["key"])),
        before=cite.tenths(record, first, "year_ago"),
        start=cite.tenths(record, first, "first"),
        first=Name(words.month(first["first_month"])),
        highest=Name(words.country(highest["key"])),
        most=cite.tenths(record, highest),
        source=Link("Indeed Hiring Lab", "https://www.hiringlab.org"),
        licence=Name("CC BY 4.0"),
    )
    return [Paragraph(said), *answers.shown("hiring_months", most=24)]

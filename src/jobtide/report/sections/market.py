"""What do the openings show? Demand, skills, pay, places and employers, in sentences computed from rows."""

from jobtide.market import oews, words
from jobtide.report import cite
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Bullets, Cited, Link, Name, Paragraph, Record, Section, Span, Text, say

_TOP = 5  # rows that a sentence names


def demand(answers: Answers) -> Section:
    """Stock, age, and what one moment cannot say."""
    blocks: list[Block] = []
    if roles := answers.get("roles"):
        said = "On {day}, {n} openings of {employers} employers were open. {rows}."
        led = _run(roles, cite.shown(roles)[:_TOP], "{share} are for {label}", suffix="s")
        day = Name(words.day(roles["as_of"]))
        n, employers = cite.base(roles), cite.base(roles, "employers")
        blocks.append(Paragraph(say(said, day=day, n=n, employers=employers, rows=led)))
    blocks += answers.shown("roles", columns=(("openings", "openings", "count"),))
    blocks += answers.shown("seniority", columns=(("share", "share", "share"),))
    if age := answers.get("age"):
        rows = _run(age, age["rows"], "{label} ({count})")
        blocks.append(Paragraph(say("Since the publication that the board states: {rows}.", rows=rows)))
        blocks += answers.shown("age", columns=(("share", "share", "share"),))
    if refused := answers.refused.get("growth"):
        blocks.append(Paragraph(say("What this cannot say: {why}.", why=Name(_sentence(refused)))))
    return Section("demand", "Demand", tuple(blocks))


def _sentence(text: str) -> str:
    """A reason as the rest of a sentence, without its full stop."""
    return text.strip().rstrip(".")


def _run(record: Record, rows: list[cite.Row], each: str, *, suffix: str = "") -> Text:
    """Rows said one after the other: "a, b and c"; ``suffix`` is added to labels that are common nouns."""
    out: list[Span] = []
    for i, row in enumerate(rows):
        if i:
            out.append(", " if i < len(rows) - 1 else " and ")
        out += say(
            each,
            share=cite.range(record, row) if str(record["unit"]).startswith("share") else "",
            count=cite.count(record, row),
            label=Cited(f"{words.inner(row['label'])}{suffix}" if suffix else row["label"], record["id"], row["key"]),
        )
    return tuple(out)


def skills(answers: Answers) -> Section:
    """What openings name, and how ML engineers differ."""
    blocks: list[Block] = []
    if record := answers.get("skills"):
        blocks.append(
            Paragraph(
                say(
                    "Of {n} openings, {rows}. The first chart above shows them with their intervals.",
                    n=cite.base(record),
                    rows=_run(record, cite.shown(record)[:_TOP], "{share} name {label}"),
                )
            )
        )
        blocks.append(Paragraph(_asked(record)))
    if "skills_ml" in answers.refused:
        blocks.append(Paragraph(say("ML engineers alone: {why}.", why=Name(_sentence(answers.refused["skills_ml"])))))
    needs = (
        ("named", "name it", "count"),
        ("required", "ask for it", "count"),
        ("preferred", "would like it", "count"),
    )
    blocks += answers.shown("skills_ml", columns=needs, most=40)
    if "rising" in answers.refused:
        blocks.append(Paragraph(say("Which skills gain ground cannot be told from one crawl either; see Demand.")))
    return Section("skills", "Skills", tuple(blocks))


def _asked(record: Record) -> Text:
    """How often the most named skill is asked for, and how often it would be nice to have."""
    first = cite.shown(record)[0]
    return say(
        "To name is not to require: of the {named} openings that name {label}, {required} put it under what they ask "
        "for, {preferred} under what they would like; the others mention it elsewhere.",
        named=cite.count(record, first, "named"),
        label=cite.label(record, first),
        required=cite.count(record, first, "required"),
        preferred=cite.count(record, first, "preferred"),
    )


def pay(answers: Answers) -> Section:
    """Stated pay, official wages beside it, and why they differ."""
    blocks: list[Block] = []
    if record := answers.get("pay"):
        blocks.append(Paragraph(_stated(record)))
    elif why := answers.refused.get("pay"):
        blocks.append(Paragraph(say("Stated pay: {why}.", why=Name(_sentence(why)))))
    wages = tuple((name, name, "money") for name in ("p10", "p25", "p75", "p90"))
    columns = (*wages, ("openings", "openings of the role", "count"))
    blocks += answers.shown("official", columns=columns)
    if record := answers.get("official"):
        blocks += [Paragraph(say("Why the two differ, before anything is concluded from it:")), Bullets(_why(record))]
    ends = (
        ("at_least", "lower ends", "money"),
        ("at_most", "upper ends", "money"),
        ("states_pay", "state pay", "share"),
    )
    quarters = (("p25", "p25", "money"), ("p75", "p75", "money"))
    blocks += answers.shown("pay_seniority", columns=(*quarters, *ends))
    return Section("pay", "Pay", tuple(blocks))


def _stated(record: Record) -> Text:
    """Median, middle half and the bounds that ranges allow."""
    row = record["rows"][0]
    if row["value"] is None:
        return say("Stated pay: {few}.", few=cite.pay(record, row))
    return say(
        "The median of stated yearly pay is {median}, in {currency}; half of the openings lie between {p25} and {p75}. "
        "Pay is stated as a range: taken at their lower ends the median is {low}, at their upper ends {high}.",
        median=cite.pay(record, row),
        currency=cite.currency(record),
        p25=cite.money(record, row, "p25"),
        p75=cite.money(record, row, "p75"),
        low=cite.money(record, row, "at_least"),
        high=cite.money(record, row, "at_most"),
    )


def _why(record: Record) -> tuple[Text, ...]:
    """The frames of the two, with the widest landmark in numbers."""
    jobs = [row for row in record["rows"] if row["base"] == "jobs"]
    out = [
        say(
            "Population: OEWS counts filled jobs in all US establishments, among them {n} of the occupation "
            "{occupation}; the openings come from the employers of this sample.",
            n=cite.count(record, jobs[0], "employment"),
            occupation=Name(jobs[0]["occupation"]),
        )
        if jobs
        else say("Population: OEWS counts filled jobs in all US establishments; the openings are of this sample."),
        say("Level: OEWS covers beginners and veterans alike; openings lean towards the experienced."),
        say("Measure: OEWS is what is paid; an opening states a range within which an offer may lie."),
        say(
            "Year: {release} against openings of {day}.",
            release=Name(oews.RELEASE),
            day=Name(words.day(record["as_of"])),
        ),
        say("Occupation: no code exists for most of these roles; the table says which code stands beside which role."),
    ]
    return tuple(out)


def places(answers: Answers) -> Section:
    """Where openings are, with official employment under them."""
    blocks: list[Block] = []
    if record := answers.get("states"):
        led = [row for row in record["rows"] if row["n"]][:_TOP]
        rows = _run(record, led, "{label} ({count})")
        blocks.append(
            Paragraph(
                say(
                    "US openings by state: {rows}. The map is filled from {release}; the dots are this sample.",
                    rows=rows,
                    release=Name(oews.RELEASE),
                )
            )
        )
    jobs = (("oews_jobs", "OEWS jobs", "count"), ("location_quotient", "location quotient", "number"))
    wages = (("oews_median", "OEWS median wage", "money"),)
    blocks += answers.shown("states", columns=(*jobs, *wages))
    shares = (("share", "share", "share"), ("oews_share", "share of US computer jobs", "share"))
    blocks += answers.shown("coverage", columns=shares)
    blocks += answers.shown("cities", columns=(("area", "OEWS area", "text"), *jobs, *wages), most=20)
    blocks += answers.shown("countries", columns=(("openings", "openings", "count"),), most=25)
    return Section("places", "Places", tuple(blocks))


def employers(answers: Answers) -> Section:
    """Who has openings, and how concentrated they are."""
    blocks: list[Block] = []
    if record := answers.get("employers"):
        blocks.append(Paragraph(say("{said}", said=cite.caveat(record, record["caveats"][-1]))))
        blocks += answers.shown("employers", columns=(("share", "share", "share"),), most=25)
    return Section("employers", "Employers", tuple(blocks))


def context(answers: Answers) -> Section:
    """The Hiring Lab line: another source, never joined to the openings."""
    blocks: list[Block] = []
    if record := answers.get("hiring"):
        first = record["rows"][0]
        highest = max(record["rows"], key=lambda row: (row["value"], row["key"]))
        month = Name(words.month(first["month"]))
        blocks.append(
            Paragraph(
                say(
                    "Indeed Hiring Lab counts postings on Indeed. In {month}, {now} of those in {place} named an AI "
                    "term, after {before} a year earlier and {start} in {first}. Of the countries it publishes, "
                    "{highest} had the largest share, {most}. The line is Indeed's: it is not joined to the openings "
                    "of this report.",
                    month=month,
                    now=_tenths(record, first, "value"),
                    place=Name(words.country(first["key"])),
                    before=_tenths(record, first, "year_ago"),
                    start=_tenths(record, first, "first"),
                    first=Name(words.month(first["first_month"])),
                    highest=Name(words.country(highest["key"])),
                    most=_tenths(record, highest, "value"),
                )
            )
        )
    blocks += answers.shown("hiring_months", most=84)
    source = Link("Indeed Hiring Lab", "https://www.hiringlab.org")
    licence = Name("CC BY 4.0")
    blocks.append(Paragraph(say("Data: {source}, {licence}.", source=source, licence=licence)))
    return Section("context", "Over time: Indeed Hiring Lab", tuple(blocks))


def _tenths(record: Record, row: cite.Row, field: str) -> Cited:
    """A small share with one decimal."""
    return Cited(f"{row[field] * 100:.1f}%", record["id"], row["key"])

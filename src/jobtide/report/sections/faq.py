"""Which short questions does everybody ask? Answers made from the rows that the report shows."""

from collections.abc import Iterator

from jobtide.market import words
from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Heading, Name, Paragraph, Section, Text, say
from jobtide.report.sections.demand import growing

_NEAREST = 4  # roles named beside one


def faq(answers: Answers) -> Section:
    """Each question as a heading, its answer below; a question without a figure is answered with the reason."""
    blocks: list[Block] = []
    for question, answer in _ASKED:
        said = tuple(answer(answers))
        if said:
            blocks += [Heading(question), *(Paragraph(text) for text in said)]
    return Section("faq", "Questions asked often", tuple(blocks))


def _demand(answers: Answers) -> Iterator[Text]:
    if record := answers.get("roles"):
        ml = cite.row(record, "ml_engineer")
        alone = (cite.share(record, ml),) if ml else say("too few to say")
        yield say(
            "On {day} this sample held {n} openings for machine learning, AI and data work of {employers} employers; "
            "under the title ML engineer: {ml}. It is a count of these boards on one day. Anyone who gives you a rank "
            "among all jobs should say of which list.",
            day=Name(words.day(record["as_of"])),
            n=cite.base(record),
            employers=cite.base(record, "employers"),
            ml=alone,
        )
    if "growth" in answers.refused:
        yield say("Whether it rises cannot be told from this snapshot; the reason stands under Demand.")
    if growth := answers.get("growth"):
        yield growing(growth)


def _earn(answers: Answers) -> Iterator[Text]:
    record, official = answers.get("pay"), answers.get("official")
    if record and (rows := cite.shown(record)):
        yield say(
            "Where it is stated, the median is {pay} a year in {currency}; the middle half lies between {low} and "
            "{high}. That is offered pay of the employers who state it.",
            pay=cite.pay(record, rows[0]),
            currency=cite.currency(record),
            low=cite.money(record, rows[0], "p25"),
            high=cite.money(record, rows[0], "p75"),
        )
    wages = [row for row in cite.shown(official) if row.get("base") == "jobs"] if official else []
    if official and wages:
        text = "Paid, by official count and for all levels, the nearest occupation, {label}, has a median of {wage}."
        yield say(text, label=Name(wages[0]["occupation"]), wage=cite.money(official, wages[0]))


def _skills(answers: Answers) -> Iterator[Text]:
    record = answers.get("skills_ml") or answers.get("skills")
    if record:
        yield say(
            "Those that the {n} {whose} name most: {rows}. What is named together with what you know already is "
            "cheaper to add than what is named most.",
            n=cite.base(record),
            whose=phrases.whose(record),
            rows=phrases.run(record, phrases.teachable(record)[: phrases.TOP], "{label} {share}"),
        )


def _degree(answers: Answers) -> Iterator[Text]:
    record = answers.get("qualifications")
    rows = {row["key"]: row for row in cite.shown(record)} if record else {}
    if record and {"required", "not_demanded", "or_equivalent"} <= set(rows):
        yield say(
            "Of {n} openings, {required} demand one and take nothing instead; {equivalent} take equivalent experience; "
            "{none} name none.",
            n=cite.base(record),
            required=cite.range(record, rows["required"]),
            equivalent=cite.range(record, rows["or_equivalent"]),
            none=cite.range(record, rows["not_demanded"]),
        )
    if record and rows.get("phd"):
        yield say("A doctorate is demanded by {share}.", share=cite.share(record, rows["phd"]))


def _certificate(answers: Answers) -> Iterator[Text]:
    record = answers.get("certificates")
    if record and (led := phrases.named(record)[:1]):
        yield say(
            "Hardly any opening names one: the certificate named most, {label}, stands in {share}. Nothing here says "
            "that one raises pay or gets anyone hired.",
            label=cite.label(record, led[0]),
            share=cite.share(record, led[0]),
        )


def _remote(answers: Answers) -> Iterator[Text]:
    record = answers.get("modes")
    if record and (rows := phrases.said(record)):
        text = "Of {n} openings: {rows}. Remote seldom means from anywhere: read which countries or hours it names."
        yield say(text, n=cite.base(record), rows=phrases.run(record, rows, "{label} {share}"))


def _begin(answers: Answers) -> Iterator[Text]:
    if (record := answers.get("entry")) and (first := cite.row(record, "entry")) and first["value"] is not None:
        parts = [row for row in phrases.named(record) if row["key"] != "entry"]
        yield say(
            "{share} of {n} openings are open to beginners: internships, entry titles, or two years of experience at "
            "most{parts}.",
            share=cite.range(record, first),
            n=cite.base(record),
            parts=(" (", *phrases.run(record, parts, "{label} {share}"), ")") if parts else (),
        )
    if (record := answers.get("seniority")) and (rows := phrases.named(record)[: phrases.TOP]):
        yield say(
            "By the level they state: {rows}, of {n}. Openings that state none are worth reading: years asked for say "
            "more than a title.",
            rows=phrases.run(record, rows, "{label} {share}"),
            n=cite.base(record),
        )


def _path(answers: Answers) -> Iterator[Text]:
    if (record := answers.get("distances")) and (near := cite.shown(record)[:_NEAREST]):
        yield say(
            "Postings do not show careers. What they show is which roles ask for nearly the same skills; nearest to "
            "ML engineer are, nearest first, {rows}. Near in the words of postings is not the same as easy to move "
            "between.",
            rows=phrases.run(record, near, "{label}"),
        )


def _future(answers: Answers) -> Iterator[Text]:
    record = answers.get("projections")
    rows = [row for row in record["rows"] if row["frame"] == "official projection"] if record else []
    if record and rows:
        yield say(
            "Nobody projects ML engineers officially. The nearest: {label}, {change} from {since} to {until} "
            "({source}). See What comes next for the short forecast and its errors.",
            label=cite.label(record, rows[0]),
            change=cite.percent(record, rows[0]),
            since=Name(str(rows[0]["since"])),
            until=Name(str(rows[0]["until"])),
            source=Name(rows[0]["source"]),
        )


_ASKED = (
    ("What is the current demand for ML engineers?", _demand),
    ("What do they earn?", _earn),
    ("Which skills should I learn first?", _skills),
    ("Do I need a degree?", _degree),
    ("Do I need a certificate?", _certificate),
    ("Can I work from home?", _remote),
    ("Are there openings for beginners?", _begin),
    ("What does a career look like?", _path),
    ("What does the future look like?", _future),
)

"""How does one use these counts to get a job? Advice of our own; each piece cites the count it rests on."""

from collections.abc import Iterator

from jobtide.market import words
from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Bullets, Heading, Lead, Record, Section, Text, say

_FIRST = 3  # skills to begin with
_WITH_PEOPLE = ("stakeholders", "communication", "mentoring", "leadership")  # duties


def navigating(answers: Answers) -> Section:
    """Learning, portfolio, resume, interview, network; a part without a count behind it says so."""
    lead = say(
        "What follows is advice, and each piece names the count it rests on. A count says what openings name today. "
        "It is an association, not a promise: nobody can tell from postings what gets a person hired."
    )
    blocks: list[Block] = [Lead(lead)]
    parts = (
        ("Learning", _learning), ("Portfolio", _portfolio), ("Resume", _resume), ("Interview", _interview),
        ("Network", _network),
    )  # fmt: skip
    for title, advice in parts:
        if items := tuple(advice(answers)):
            blocks += [Heading(title), Bullets(items)]
    return Section("navigating", "Finding a way in", tuple(blocks))


def _learning(answers: Answers) -> Iterator[Text]:
    """The most named skills first; a certificate only for its own sake."""
    if (record := answers.get("skills_ml") or answers.get("skills")) and (led := phrases.teachable(record)[:_FIRST]):
        yield say(
            "Begin with what {whose} name most: {rows}. If you know these, take the next on the list rather than a "
            "second course on the same.",
            whose=phrases.whose(record),
            rows=phrases.run(record, led, "{label} {share}"),
        )
        if (pairs := answers.get("pairs")) and (bound := phrases.named(pairs)[:_FIRST]):
            yield say(
                "Add what stands beside what you know. Of the openings that name the first, so many name the second: "
                "{rows}. Any of them may be the other way round for you: the table has both.",
                rows=phrases.run(pairs, bound, "{label} {share}"),
            )
        if wished := _wished(record):
            yield say(
                "Leave for later what employers would rather like than ask for: {rows}. The other choice: learn one of "
                "them early if the openings you want name it.",
                rows=phrases.run(record, wished, "{label} {share}"),
            )
    if (record := answers.get("certificates")) and (led := phrases.named(record)[:1]):
        yield say(
            "Take a certificate for what it teaches: the one named most, {label}, stands in {share} of openings. The "
            "other choice is to build something and show it.",
            label=cite.label(record, led[0]),
            share=cite.share(record, led[0]),
        )


def _wished(record: Record) -> list[cite.Row]:
    """Skills named often whose openings more often welcome than demand them."""
    rows = [row for row in phrases.teachable(record) if row.get("named", 0) >= 30]
    return [row for row in rows if row.get("preferred", 0) > row.get("required", 0)][:_FIRST]


def _portfolio(answers: Answers) -> Iterator[Text]:
    """What openings say counts as proof, and the work that a project should show."""
    if (record := answers.get("duties")) and (led := _made(record)):
        yield say(
            "Let one project show the work that openings tell of: {rows}. One that runs and is measured says more than "
            "three that are only started.",
            rows=phrases.run(record, led, "{label} {share}"),
        )
    if (record := answers.get("proof")) and (led := phrases.named(record)[:_FIRST]):
        yield say(
            "What openings take as proof, where they say it: {rows}. The other choice is to let the work of your last "
            "job speak; say what you measured in it.",
            rows=phrases.run(record, led, "{label} {share}"),
        )


def _made(record: Record) -> list[cite.Row]:
    """The most told duties that a project can show; work with people shows otherwise."""
    return [row for row in phrases.named(record) if row["key"] not in _WITH_PEOPLE][:_FIRST]


def _resume(answers: Answers) -> Iterator[Text]:
    """Words of the posting, degrees and years as they are asked for."""
    if (record := answers.get("skills")) and (led := phrases.named(record)):
        yield say(
            "Say what you did with a skill that the posting asks for. {required} of the {named} openings that name "
            "{label} ask for it; a bare list of names answers none of them.",
            required=cite.count(record, led[0], "required"),
            named=cite.count(record, led[0], "named"),
            label=cite.label(record, led[0]),
        )
    record = answers.get("qualifications")
    row = cite.row(record, "or_equivalent") if record else None
    if record and row and row["value"] is not None:
        yield say(
            "Without the degree, say in its place what stands for it: {share} of openings take equivalent experience.",
            share=cite.share(record, row),
        )
    if (record := answers.get("seniority")) and (rows := phrases.named(record)):
        yield say(
            "Name your level as they do: {rows}. A level too high or too low is the cheapest reason to be passed over.",
            rows=phrases.run(record, rows[:_FIRST], "{label} {share}"),
        )


def _interview(answers: Answers) -> Iterator[Text]:
    """What the most named skills and duties make likely to be asked."""
    record = answers.get("skills_ml") or answers.get("skills")
    if record and (led := [row for row in phrases.teachable(record) if row.get("required")][: phrases.TOP]):
        yield say(
            "Prepare to be asked about what {whose} demand, not about all they list: {rows} name these. For each, "
            "have one thing you built, one that failed, and what you measured. Postings do not say what is asked in a "
            "room; this is our inference.",
            whose=phrases.whose(record),
            rows=phrases.run(record, led, "{label} {share}"),
        )


def _network(answers: Answers) -> Iterator[Text]:
    """Where openings are announced, how old they are, and how spread."""
    if (record := answers.get("age")) and (young := cite.row(record, "0")):
        yield say(
            "Look at employers' own boards: {count} of {n} openings were published there within the last {label}. "
            "Write early, to a person who does the work.",
            count=cite.count(record, young),
            n=cite.base(record),
            label=cite.inner(record, young),
        )
    if record := answers.get("employers"):
        yield say(
            "Do not wait for a famous name: {said} Meeting people is advice, not measured: nothing in a posting says "
            "how it was filled.",
            said=cite.caveat(record, words.inner(record["caveats"][-1])),
        )

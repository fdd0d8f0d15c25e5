"""What must a reader know after one screen? Five numbers, one chart, what the sample is and what it cannot tell."""

from collections.abc import Iterator

from jobtide.market import words
from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Box, Cited, Headline, Name, Record, Section, Text, say

_NUMBERS = 5
_SKILLS = 15
_CORRECTED = (("corrected", "corrected for reading", "share"),)

Large = tuple[Cited, Text]


def front(answers: Answers) -> Section:
    """The first section."""
    numbers = tuple(_numbers(answers))[:_NUMBERS]
    blocks: list[Block] = [Headline(numbers), *answers.shown("skills", columns=_CORRECTED, most=_SKILLS)]
    blocks.append(Box("What this sample is", tuple(_sample(answers))))
    blocks.append(Box("What it cannot tell", tuple(_cannot(answers)), warns=True))
    return Section("front", "In one screen", tuple(blocks))


def _numbers(answers: Answers) -> Iterator[Large]:
    """Numbers with interval, most wanted first: a skill, pay, degrees, places, roles, the first years."""
    yield from _first(answers, "skills", "of openings name {label}, the skill named most")
    if (pay := answers.get("pay")) and (stated := cite.shown(pay)):
        yield cite.pay(pay, stated[0]), say("a year is the median of stated pay, in {c}", c=cite.currency(pay))
    yield from _row(answers, "qualifications", "not_demanded", "of openings name no degree at all")
    yield from _row(answers, "modes", "remote", "of openings are remote")
    yield from _row(answers, "entry", "entry", "of openings are open to beginners")
    yield from _first(answers, "countries", "of openings can be filled in {label}")
    yield from _first(answers, "roles", "of openings are for {label}s, the largest role")


def _first(answers: Answers, name: str, template: str) -> Iterator[Large]:
    """The largest row of a figure."""
    record = answers.get(name)
    rows = phrases.named(record) if record else []
    if record and rows:
        label = words.country(rows[0]["key"]) if name == "countries" else rows[0]["label"]
        label = words.inner(label) if name == "roles" else label
        yield cite.share(record, rows[0]), say(template, label=Name(label))


def _row(answers: Answers, name: str, key: str, template: str) -> Iterator[Large]:
    """One row of a figure, where it has it and it is not none."""
    record = answers.get(name)
    row = cite.row(record, key) if record else None
    if record and row and row["value"]:
        yield cite.share(record, row), say(template)


def _sample(answers: Answers) -> Iterator[Text]:
    """How many, of whom, when, and how it lies beside official counts."""
    overview = answers.records["overview"]
    rows = {row["key"]: row for row in overview["rows"]}
    yield say(
        "{openings} openings for machine learning, AI and data work, of {employers} employers, out of {postings} "
        "postings that stood on {sources} on {day}; repeats are counted once.",
        openings=cite.count(overview, rows["openings"]),
        employers=cite.count(overview, rows["employers"]),
        postings=cite.count(overview, rows["postings"]),
        sources=Name(words.listed(each["name"] for each in overview["sources"])),
        day=Name(words.day(overview["as_of"])),
    )
    yield from (say("{said}", said=cite.caveat(overview, text)) for text in overview["caveats"][2:])
    if coverage := answers.get("coverage"):
        yield from _covers(coverage)


def _covers(coverage: Record) -> Iterator[Text]:
    """The sample's largest state beside its official share."""
    first = max(coverage["rows"], key=lambda row: (row["n"], row["key"]))
    if first.get("share") is None or first.get("oews_share") is None:
        return
    said = words.share(first["share"], first["share_low"], first["share_high"], first["placed"])
    yield say(
        "{state} has {here} of the US openings that name a state, but {there} of US computer and mathematical jobs "
        "({release}).",
        state=Name(first["label"]),
        here=Cited(said, coverage["id"], first["key"]),
        there=cite.percent(coverage, first, "oews_share"),
        release=Name("OEWS May 2025"),
    )


def _cannot(answers: Answers) -> Iterator[Text]:
    """What nobody may conclude from it."""
    if lost := phrases.lost(answers):
        yield say("{what}: see Demand.", what=f"{lost[:1].upper()}{lost[1:]}")
    coverage = answers.get("coverage")
    missing = [text for text in coverage["caveats"] if "no opening here" in text] if coverage else []
    yield from (say("Anything of places it does not see: {said}", said=cite.caveat(coverage or {}, m)) for m in missing)
    yield say("What is paid: it shows what is offered, by those who say so.")
    yield say("Cause: that a skill goes with higher pay does not say that learning it pays.")

"""What must a reader know after one screen? Five numbers, one chart, and what the sample is, is not and covers."""

from jobtide.market import words
from jobtide.report import cite
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Box, Cited, Headline, Name, Section, Text, say

MOST_SKILLS = 15


def front(answers: Answers) -> Section:
    """The first section."""
    blocks: list[Block] = [Headline(tuple(_numbers(answers)))]
    blocks += answers.shown("skills", most=MOST_SKILLS)
    blocks.append(Box("What this sample is, is not, and covers", tuple(_sample(answers))))
    return Section("front", "In one screen", tuple(blocks))


def _numbers(answers: Answers) -> list[tuple[Cited, Text]]:
    """Up to five numbers, each with what it counts."""
    overview = answers.records["overview"]
    rows = {row["key"]: row for row in overview["rows"]}
    out = [
        (
            cite.count(overview, rows["openings"]),
            say(
                "openings for machine learning, AI and data work, of {n} employers", n=cite.base(overview, "employers")
            ),
        )
    ]
    if (skills := answers.get("skills")) and (named := cite.shown(skills)):
        said = say("of them name {skill}, the skill that most name", skill=Name(named[0]["label"]))
        out.append((cite.share(skills, named[0]), said))
    if (pay := answers.get("pay")) and (stated := cite.shown(pay)):
        out.append((cite.pay(pay, stated[0]), say("is the median of stated yearly pay, in {c}", c=cite.currency(pay))))
    of = cite.base(overview)
    out.append((cite.count(overview, rows["structured"]), say("of {n} openings state pay in a field of its own", n=of)))
    if (countries := answers.get("countries")) and (led := cite.shown(countries)):
        said = say("of openings can be filled in {place}", place=Name(words.country(led[0]["key"])))
        out.append((cite.share(countries, led[0]), said))
    return out


def _sample(answers: Answers) -> list[Text]:
    """What it is, is not, and covers."""
    overview = answers.records["overview"]
    rows = {row["key"]: row for row in overview["rows"]}
    out = [
        say(
            "It is {postings} postings of {employers} employers, as they stood on {day} on {sources}: {vacancies} "
            "vacancies once repeats are joined, of which {openings} are for the roles counted here.",
            postings=cite.count(overview, rows["postings"]),
            employers=cite.count(overview, rows["all_employers"]),
            day=Name(words.day(overview["as_of"])),
            sources=Name(words.listed(each["name"] for each in overview["sources"])),
            vacancies=cite.count(overview, rows["vacancies"]),
            openings=cite.count(overview, rows["openings"]),
        )
    ]
    out += [say("It is not everything. {said}", said=cite.caveat(overview, text)) for text in overview["caveats"][2:]]
    if "growth" in answers.refused:
        out.append(say("It is one moment: whether demand rises or falls cannot be told from it (see Demand)."))
    if coverage := answers.get("coverage"):
        out += _covers(coverage)
    return out


def _covers(coverage: cite.Row) -> list[Text]:
    """The sample's largest state beside its official share, and what is missing."""
    first = max(coverage["rows"], key=lambda row: (row["n"], row["key"]))
    missing = next((text for text in coverage["caveats"] if "no opening here" in text or "at least one" in text), "")
    out = []
    if first["share"] is not None and first["oews_share"] is not None:
        said = words.share(first["share"], first["share_low"], first["share_high"], first["placed"])
        out.append(
            say(
                "It covers the US unevenly: {state} has {here} of the US openings that name a state, but {there} of US "
                "computer and mathematical jobs ({release}).",
                state=Name(first["label"]),
                here=Cited(said, coverage["id"], first["key"]),
                there=cite.percent(coverage, first, "oews_share"),
                release=Name("OEWS May 2025"),
            )
        )
    return [*out, say("{said}", said=cite.caveat(coverage, missing))] if missing else out

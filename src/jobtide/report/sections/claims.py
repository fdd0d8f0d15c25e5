"""What did the article that this report replaces claim, and what holds of it?"""

from jobtide.market import theme
from jobtide.report import cite
from jobtide.report.answers import Answers
from jobtide.report.blocks import GROUPS, Block, Cited, Grid, Lead, Name, Record, Section, Shown, Span, Text, say
from jobtide.report.claims import record as made

_FLAWS = ("internal contradiction", "arithmetic", "unit or scale", "scope mismatch", "stale", "data contradicted")


def claims(answers: Answers) -> Section:
    """Counts of verdicts, a picture of those with numbers, and every claim with what is known."""
    record = answers.records["claims"]
    rows = record["rows"]
    drawn = any(row["ratio"] for row in rows)
    specs = {width: made.chart(record, width) for width in (theme.WIDE, theme.NARROW)} if drawn else {}
    cells = tuple(
        (
            (Cited(row["label"], record["id"], row["key"]),),
            _verdict(row),
            (Cited(row["why"], record["id"], row["key"]),),
        )
        for row in rows
    )
    blocks: list[Block] = [Lead(_lead(record))]
    if specs:
        columns = (("verdict", "verdict", "text"), ("ratio", "claim over it", "number"))
        blocks.append(Shown(record, specs, columns, len(rows)))
    foot = say("Each claim is quoted in a few of its own words.")
    blocks.append(Grid("Every claim, its verdict, and why", ("claim", "verdict", "what is known"), cells, foot))
    return Section("claims", "Claims checked", tuple(blocks))


def _verdict(row: cite.Row) -> Text:
    """The flaws of the claim itself first, then what the data say."""
    flaws = [kind for kind in row["classes"].split(", ") if kind in _FLAWS]
    return (f"{', '.join(flaws)} (against data: {row['verdict']})" if flaws else row["verdict"],)


def _lead(record: Record) -> Text:
    """How many verdicts of each kind."""
    told: list[Span] = []
    for each in record["groups"]:
        told += [", " if told else "", Cited(str(each["count"]), record["id"], GROUPS), f" {each['verdict']}"]
    return say(
        "{article} said the following of this market. Of its claims quoted here: {told}. Not testable is no verdict "
        "on the claim: it says that no figure on its own base is at hand. The same check runs on any article: "
        "{command}.",
        article=Name("“The Current State of Machine Learning Engineer Jobs” (2024)"),
        told=tuple(told),
        command=Name("jobtide check ARTICLE.md"),
    )

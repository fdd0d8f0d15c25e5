"""What may come next? Forecasts of another source's series with their errors, projections apart, roles, trends."""

from jobtide.market import words
from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import (
    GROUPS,
    Block,
    Bullets,
    Cited,
    Heading,
    Lead,
    Name,
    Paragraph,
    Record,
    Section,
    Text,
    say,
)

_APART = (("more_in_first", "asked more of ML engineers", "text"), ("more_in_second", "asked more there", "text"))
_SPECIAL = (("p25", "p25", "money"), ("p75", "p75", "money"), ("states_pay", "state pay", "share"))
# Skills that the taxonomy could not have held ten years ago.
_NEW = ("large-language-models", "ai-agents", "retrieval-augmented-generation", "generative-ai", "prompt-engineering",
        "vector-databases", "langchain", "model-context-protocol")  # fmt: skip


def future(answers: Answers) -> Section:
    """The outlook with its back-test, what others project, special roles, and what cannot be said of trends."""
    lead = say(
        "No figure of this report says how many ML jobs there will be. What can be had is a short forecast of a series "
        "with years of history, shown with how wrong the same rule was before, and what others project for groups they "
        "name; each stands apart."
    )
    blocks: list[Block] = [Lead(lead), Heading("Outlook")]
    for name in ("outlook", "outlook_postings"):
        if record := answers.get(name):
            blocks += [Paragraph(text) for text in _outlook(record)]
            blocks += answers.shown(name)
        blocks += phrases.refusal(answers, name, "A forecast")
    blocks += [Heading("What others project"), *_projections(answers)]
    blocks.append(Heading("Special roles"))
    blocks += _roles(answers)
    blocks += answers.shown("pay_roles", columns=_SPECIAL)
    blocks += answers.shown("distances", columns=_APART, most=15)
    blocks.append(Heading("Emerging trends"))
    return Section("future", "What comes next", (*blocks, *_trends(answers)))


def _outlook(record: Record) -> list[Text]:
    """The forecast at its horizon, what is published and why, and how the rule did at past origins."""
    group, last = record["groups"][0], record["rows"][-1]
    share = str(record["unit"]).startswith("share")

    def told(value: float, key: str) -> Cited:
        return Cited(f"{value * 100:.1f}%" if share else words.value(value, "index"), record["id"], key)

    first = say(
        "{what}: {now} at the last month, {ahead} expected at {day}; four times in five it should lie between {low} "
        "and {high}. What is published: {how}.",
        what=Name(f"{record['unit'][:1].upper()}{record['unit'][1:]}"),
        now=told(group["last"], GROUPS),
        ahead=told(last["value"], last["key"]),
        day=Name(words.month(str(last["date"])[:7])),
        low=told(last["low80"], last["key"]),
        high=told(last["high80"], last["key"]),
        how=Cited(group["published"]["said"], record["id"], GROUPS),
    )
    return [first, *_backtest(record, group)]


def _backtest(record: Record, group: cite.Row) -> list[Text]:
    """The error of the published rule against the last value, and how much its intervals held."""
    score = next((each for each in group["evaluation"] if each["method"] == "published"), None)
    held = group["coverage"].get("80")
    if score is None or score["ratio_to_last_value"] is None or held is None:
        return []
    return [
        say(
            "At {origins} past moments the same rule made {ratio} times the error of simply repeating the last value, "
            "and its ranges of four in five held {held} of what came.",
            origins=Cited(words.count(score["origins"]), record["id"], GROUPS),
            ratio=Cited(f"{score['ratio_to_last_value']:.2f}", record["id"], GROUPS),
            held=Cited(words.percent(held), record["id"], GROUPS),
        )
    ]


def _projections(answers: Answers) -> list[Block]:
    """Official projections and an employers' survey, with the group each is of."""
    record = answers.records["projections"]
    items = tuple(
        say(
            "{who}: {change} from {since} to {until} ({source}; {frame}).",
            who=cite.label(record, row),
            change=Cited(f"{row['value'] * 100:.3g}%", record["id"], row["key"]),
            since=Cited(row["since"], record["id"], row["key"]),
            until=Cited(row["until"], record["id"], row["key"]),
            source=Name(row["source"]),
            frame=row["frame"],
        )
        for row in record["rows"]
    )
    said = "None of these is made for ML engineers; a growth rate of one group must not be lent to another."
    return [Bullets(items), Paragraph(say(said))]


def _roles(answers: Answers) -> list[Block]:
    """Stated pay of the roles that have enough openings, and those that have too few."""
    record = answers.get("pay_roles")
    if not record:
        return phrases.refusal(answers, "pay_roles", "Pay by role")
    shown = phrases.said(record)
    few = [row for row in record["rows"] if row["value"] is None]
    out: list[Block] = []
    if shown:
        rows = phrases.run(record, shown[: phrases.TOP], "{label} {money}")
        out.append(Paragraph(say("Median stated pay in the United States by role: {rows}.", rows=rows)))
    if few:
        rows = phrases.run(record, few, "{label}")
        out.append(Paragraph(say("Too few openings with stated pay to say anything of: {rows}.", rows=rows)))
    return out


def _trends(answers: Answers) -> list[Block]:
    """What is new in the vocabulary today, and what gained and lost ground, or why that is not told."""
    out: list[Block] = []
    record = answers.get("skills")
    rows = [row for row in phrases.named(record) if row["key"] in _NEW] if record else []
    if record and rows:
        said = phrases.run(record, rows[: phrases.TOP], "{label} {share}")
        out.append(Paragraph(say("How often openings name what is young: {rows}.", rows=said)))
    if "rising" in answers.refused:
        text = "That is a level, not a rise: which skills gain ground is not told, for the reason given under Demand."
        out.append(Paragraph(say(text)))
    for name, how in (("rising", "gained"), ("falling", "lost")):
        if moved := answers.get(name):
            out += [Paragraph(_moved(moved, how)), *answers.shown(name, most=15)]
    return out


def _moved(record: Record, how: str) -> Text:
    """The skills that clearly gained or lost ground, or that none did."""
    clear = phrases.moved(record)
    if not clear:
        return say(
            f"No skill has {how} ground clearly between the two windows: of as many tests, differences as large as "
            "those in the figure could be chance."
        )
    return say(
        "{what}, beyond chance: {rows}.",
        what=cite.caveat(record, str(record["title"])),
        rows=phrases.run(record, clear[: phrases.TOP], "{label} {points}"),
    )

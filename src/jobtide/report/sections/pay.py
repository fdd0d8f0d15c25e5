"""What do openings pay, who says so, and what do official wages say beside it?"""

from jobtide.market import oews, words
from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Bullets, Lead, Name, Paragraph, Record, Section, Text, say

_QUARTERS = (("p25", "p25", "money"), ("p75", "p75", "money"))
_ENDS = (
    ("at_least", "lower ends", "money"),
    ("at_most", "upper ends", "money"),
    ("states_pay", "state pay", "share"),
)


def pay(answers: Answers) -> Section:
    """Stated pay with its bounds, who states it, official wages beside it, and pay by level, role and mode."""
    blocks: list[Block] = []
    if record := answers.get("pay"):
        blocks += [Lead(_stated(record)), Paragraph(_who(answers, record))]
    blocks += phrases.refusal(answers, "pay", "Stated pay")
    if (record := answers.get("pay_ml")) and cite.shown(record):
        text = "ML engineers alone, in the United States: {median} a year, middle half {low} to {high}."
        blocks.append(Paragraph(say(text, **_middle(record))))
    blocks += phrases.refusal(answers, "pay_ml", "ML engineers alone, in the United States")
    wages = tuple((name, name, "money") for name in ("p10", "p25", "p75", "p90"))
    blocks += answers.shown("official", columns=(*wages, ("openings", "openings of the role", "count")))
    if record := answers.get("official"):
        blocks += [Paragraph(say("Why the two differ, before anything is concluded from it:")), Bullets(_why(record))]
    blocks += answers.shown("pay_stated")
    blocks += answers.shown("pay_seniority", columns=(*_QUARTERS, *_ENDS))
    blocks += answers.shown("pay_modes", columns=(*_QUARTERS, *_ENDS))
    return Section("pay", "Pay", tuple(blocks))


def _middle(record: Record) -> dict[str, Text]:
    row = cite.shown(record)[0]
    return {
        "median": (cite.pay(record, row),),
        "low": (cite.money(record, row, "p25"),),
        "high": (cite.money(record, row, "p75"),),
    }


def _stated(record: Record) -> Text:
    """Median, middle half and the bounds that ranges allow."""
    row = record["rows"][0]
    if row["value"] is None:
        return say("Stated pay: {few}.", few=cite.pay(record, row))
    return say(
        "The median of stated yearly pay is {median}, in {currency}; half of the openings lie between {low} and "
        "{high}. Pay is stated as a range: taken at their lower ends the median is {least}, at their upper ends "
        "{most}. Expect an offer somewhere between, and ask which part of it is base pay.",
        currency=cite.currency(record),
        least=cite.money(record, row, "at_least"),
        most=cite.money(record, row, "at_most"),
        **_middle(record),
    )


def _who(answers: Answers, record: Record) -> Text:
    """How many state pay, where the law asks for it and elsewhere, and how many of them are counted below."""
    overview = answers.records["overview"]
    rows = {row["key"]: row for row in overview["rows"]}
    fields = say(
        "{field} of {n} openings give pay in a field of its own, {text} more only in their text.",
        field=cite.count(overview, rows["structured"]),
        n=cite.base(overview),
        text=cite.count(overview, rows["in_text"]),
    )
    stated = answers.get("pay_stated")
    shares = phrases.run(stated, phrases.named(stated), "{label} {share}", inner=True) if stated else ()
    told = say(" The share that states pay: {shares}.", shares=shares) if shares else ()
    base = say(
        " The figures below rest on {base} openings with yearly pay in one currency, and say nothing of the others.",
        base=cite.base(record),
    )
    return (*fields, *told, *base)


def _why(record: Record) -> tuple[Text, ...]:
    """The frames of the two, with the widest landmark in numbers."""
    jobs = [row for row in record["rows"] if row["base"] == "jobs"]
    population = "Population: OEWS counts filled jobs in all US establishments"
    first = (
        say(
            f"{population}, among them {{n}} of the occupation {{occupation}}; the openings come from the employers of "
            "this sample.",
            n=cite.count(record, jobs[0], "employment"),
            occupation=Name(jobs[0]["occupation"]),
        )
        if jobs
        else say(f"{population}; the openings are of this sample.")
    )
    release, day = Name(oews.RELEASE), Name(words.day(record["as_of"]))
    return (
        first,
        say("Level: OEWS covers beginners and veterans alike; openings lean towards the experienced."),
        say("Measure: OEWS is what is paid; an opening states a range within which an offer may lie."),
        say("Year: {release} against openings of {day}.", release=release, day=day),
        say("Occupation: no code exists for most of these roles; the table says which code stands beside which role."),
    )

"""How do rows become sentences? Runs of rows, first rows, and refusals, said the same way in every section."""

from collections.abc import Sequence

from jobtide.market import words
from jobtide.market.rising import UNCLEAR
from jobtide.report import cite
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Cited, Paragraph, Record, Refused, Span, Text, say

TOP = 5  # rows that a sentence names
RARE = 0.05  # of openings: below it a thing is called hardly named
# Questions that need two moments, in words; where they are refused they are refused for one reason, told once.
CHANGE = {
    "growth": "change in demand",
    "flow": "how many open and close",
    "time_open": "how long openings stay open",
    "rising": "which skills gain ground",
    "falling": "which lose it",
}
# The field itself, or a whole discipline: true of every opening, and nothing to begin with.
_FIELDS = ("machine-learning", "artificial-intelligence", "data-science", "software-engineering", "computer-science")
_UNSAID = ("unknown", "unstated", "not_stated", "other")  # groups of openings that do not say


def said(record: Record) -> list[cite.Row]:
    """The rows that have a value and are not those of openings which do not say."""
    return [row for row in cite.shown(record) if str(row["key"]).rpartition("/")[2] not in _UNSAID]


def whose(record: Record) -> str:
    """Whose openings a figure of skills counts, as a sentence says it: "openings", or those of the role it is of."""
    role = record["base"]["filters"].get("role")
    return f"openings for {words.inner(words.role(role))}s" if role else "openings"


def named(record: Record) -> list[cite.Row]:
    """The rows of ``said`` with a value above zero."""
    return [row for row in said(record) if row["value"] > 0]


def moved(record: Record) -> list[cite.Row]:
    """The rows of a figure of changes that could hardly be chance."""
    return [row for row in said(record) if row["flag"] != UNCLEAR]


def teachable(record: Record) -> list[cite.Row]:
    """The named skills without those that are whole fields."""
    return [row for row in named(record) if row["key"] not in _FIELDS]


def run(record: Record, rows: Sequence[cite.Row], each: str, *, suffix: str = "", inner: bool = False) -> Text:
    """Rows said one after the other, "a, b and c".

    ``each`` may name {share} (with its interval), {points} (of a change), {count}, {money} (with interval and n) and
    {label}; ``suffix`` is added to labels that are common nouns, ``inner`` says them as within a sentence.
    """
    out: list[Span] = []
    for i, row in enumerate(rows):
        if i:
            out.append(", " if i < len(rows) - 1 else " and ")
        label = f"{words.inner(row['label'])}{suffix}" if suffix or inner else row["label"]
        out += say(each, label=Cited(label, record["id"], row["key"]), **_value(record, row))
    return tuple(out)


def _value(record: Record, row: cite.Row) -> dict[str, Span]:
    """A row's value under the name that its unit allows: share, money or count; nothing of a withheld one."""
    unit = str(record["unit"])
    if row["value"] is None:
        return {}
    if unit.startswith("change in share"):
        return {"points": cite.points(record, row)}
    if unit.startswith("share"):
        return {"share": cite.range(record, row)}
    return {"money": cite.pay(record, row)} if unit[:3].isupper() else {"count": cite.count(record, row)}


def told(answers: Answers, name: str, template: str) -> list[Block]:
    """A paragraph of a figure's first rows, of which ``template`` may name {n} and {rows}; nothing without any row."""
    record = answers.get(name)
    rows = named(record)[:TOP] if record else []
    if not record or not rows:
        return []
    return [Paragraph(say(template, n=cite.base(record), rows=run(record, rows, "{label} {share}")))]


def lost(answers: Answers) -> str:
    """What this snapshot's moments cannot carry, as a sentence lists it; "" where it carries all."""
    return words.listed(what for name, what in CHANGE.items() if name in answers.refused)


def sentence(text: str) -> str:
    """A reason as the rest of a sentence, without its full stop."""
    return text.strip().rstrip(".")


def refusal(answers: Answers, name: str, what: str) -> list[Block]:
    """A paragraph that says why ``what`` is not told; nothing where it is."""
    if name not in answers.refused:
        return []
    return [Paragraph(say("{what}: {why}.", what=what, why=Refused(sentence(answers.refused[name]), name)))]

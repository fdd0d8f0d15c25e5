"""Which skills do openings name, ask for, and name together; and which go with higher stated pay?"""

from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Lead, Paragraph, Record, Section, Text, say

_CORRECTED = ("corrected", "corrected for reading", "share")
_NEEDS = (
    _CORRECTED,
    ("named", "name it", "count"),
    ("required", "ask for it", "count"),
    ("preferred", "would like it", "count"),
)
_PREMIUM = (
    ("raw", "raw", "share"),
    ("within_role", "within role", "share"),
    ("shrunk", "drawn towards the mean", "share"),
    ("clear", "clear", "text"),
)
_FAR = 0.1  # of openings: a share of ML engineers that differs by more is told


def skills(answers: Answers) -> Section:
    """What is named, what that means, how ML engineers differ, pairs, pay beside skills, and change."""
    blocks: list[Block] = []
    if record := answers.get("skills"):
        blocks += [Lead(_lead(record)), Paragraph(_asked(record))]
    if ml := answers.get("skills_ml"):
        blocks += _ml(ml, record) if record else []
    blocks += phrases.refusal(answers, "skills_ml", "ML engineers alone")
    blocks += answers.shown("skills_ml", columns=_NEEDS)
    blocks += answers.shown("pairs", most=15)
    blocks += answers.shown("bundles", most=10)
    blocks += phrases.refusal(answers, "pairs", "Skills that stand together")
    blocks += _premium(answers)
    blocks += answers.shown("premium", columns=_PREMIUM, most=20)
    blocks += phrases.refusal(answers, "premium", "Pay that goes with a skill")
    return Section("skills", "Skills", tuple(blocks))


def _premium(answers: Answers) -> list[Block]:
    """The skills that go with a difference in stated pay which is clear."""
    record = answers.get("premium")
    if not record:
        return []
    clear = [row for row in phrases.said(record) if row.get("clear") == "yes"]
    if not clear:  # the figure's own title says so
        return []
    rows = phrases.run(record, clear[: phrases.TOP], "{label} {share}")
    text = (
        "With role and employer held equal, these go with another stated pay, as a share of it: {rows}. To go with is "
        "not to bring: whoever names them may differ in ways that no posting states."
    )
    return [Paragraph(say(text, rows=rows))]


def _lead(record: Record) -> Text:
    return say(
        "Of {n} openings, {rows}. The first chart of this report shows them with their intervals.",
        n=cite.base(record),
        rows=phrases.run(record, phrases.named(record)[: phrases.TOP], "{share} name {label}"),
    )


def _asked(record: Record) -> Text:
    """How often the most named skill is asked for, and how often it would be nice to have."""
    first = phrases.named(record)[0]
    return say(
        "To name is not to require: of the {named} openings that name {label}, {required} put it under what they ask "
        "for, {preferred} under what they would like; the others mention it elsewhere.",
        named=cite.count(record, first, "named"),
        label=cite.label(record, first),
        required=cite.count(record, first, "required"),
        preferred=cite.count(record, first, "preferred"),
    )


def _ml(ml: Record, family: Record) -> list[Block]:
    """Skills whose share among ML engineers lies apart from that of the family, beyond both intervals."""
    more, less = [], []
    for row in phrases.said(ml):
        whole = cite.row(family, row["key"])
        if whole is None or whole["value"] is None or None in (row["low"], row["high"], whole["low"], whole["high"]):
            continue
        if row["low"] > whole["high"] and row["value"] - whole["value"] > _FAR:
            more.append(row)
        elif row["high"] < whole["low"] and whole["value"] - row["value"] > _FAR:
            less.append(row)
    out: list[Block] = []
    for rows, how in ((more, "more"), (less, "less")):
        if rows:
            said = phrases.run(ml, rows[: phrases.TOP], "{label} {share}")
            text = say(
                f"Openings for ML engineers name these {how} often than those of the whole family: {{rows}}.", rows=said
            )
            out.append(Paragraph(text))
    return out

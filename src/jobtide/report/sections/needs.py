"""Which degrees, certificates, years and proofs do openings ask for, and what is the work?"""

from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Cited, Heading, Lead, Paragraph, Record, Section, Text, say

_NEEDS = (("required", "ask for it", "count"), ("preferred", "would like it", "count"))
_PARTS = {
    "qualifications": (("openings", "openings", "count"),),
    "years": (("openings", "openings", "count"),),
    "fields": (("named", "name it", "count"),),
    "certificates": (("named", "name it", "count"), *_NEEDS, ("issuer", "issuer", "text")),
    "duties": (("named", "name it", "count"),),
    "proof": (("named", "name it", "count"), *_NEEDS),
    "entry": (("openings", "openings", "count"),),
    "entry_skills": (),
}


def needs(answers: Answers) -> Section:
    """Degrees first, then certificates, years, the work, what counts as proof, and the first years."""
    blocks: list[Block] = []
    if record := answers.get("qualifications"):
        blocks.append(Lead(_degrees(record)))
    blocks += _part(answers, "qualifications", "Degrees")
    blocks.append(Heading("Certificates"))
    if record := answers.get("certificates"):
        blocks.append(Paragraph(_certificates(record)))
    blocks += _part(answers, "certificates", "Certificates", most=15)
    blocks += _years(answers)
    blocks += _part(answers, "years", "Years asked for")
    blocks += _part(answers, "fields", "Fields of study", most=12)
    blocks.append(Heading("What the work is, and what counts as proof"))
    blocks += phrases.told(answers, "duties", "Openings tell most often of this work: {rows}.")
    blocks += _part(answers, "duties", "Duties")
    blocks += phrases.told(answers, "proof", "Beside degrees and years they name as proof: {rows}.")
    blocks += _part(answers, "proof", "Signs of proof")
    blocks.append(Heading("The first years"))
    blocks += _part(answers, "entry", "Openings for the first years")
    blocks += _part(answers, "entry_skills", "Skills of openings for the first years")
    return Section("needs", "Qualifications and certificates", tuple(blocks))


def _part(answers: Answers, name: str, what: str, *, most: int = 25) -> list[Block]:
    """A figure of this section with its own columns, or why it is refused."""
    return [*answers.shown(name, columns=_PARTS[name], most=most), *phrases.refusal(answers, name, what)]


def _years(answers: Answers) -> list[Block]:
    """The median of the years asked for, of the openings that state any."""
    if not (record := answers.get("experience")) or not (rows := cite.shown(record)):
        return phrases.refusal(answers, "experience", "The median of the years asked for")
    text = "Of the {n} openings that state years of experience, half ask for {years} or fewer."
    years = Cited(f"{rows[0]['value']:g}", record["id"], rows[0]["key"])
    return [Paragraph(say(text, n=cite.base(record), years=years))]


def _degrees(record: Record) -> Text:
    """How many demand a degree and nothing else, allow experience for it, or name none."""
    rows = {row["key"]: row for row in cite.shown(record)}
    wanted = ("required", "or_equivalent", "preferred", "not_demanded")
    if not all(key in rows for key in wanted):
        return say("What {n} openings say of degrees stands below.", n=cite.base(record))
    shares: dict[str, Cited] = {key: cite.range(record, rows[key]) for key in wanted}
    first = say(
        "Of {n} openings, {required} demand a degree and take nothing instead; {or_equivalent} take equivalent "
        "experience for it, {preferred} would like one, {not_demanded} name none.",
        n=cite.base(record),
        **shares,
    )
    phd = rows.get("phd")
    told = say(" A doctorate is demanded by {share}.", share=cite.range(record, phd)) if phd else ()
    return (*first, *told, " Without a degree, read for the words “or equivalent”.")


def _certificates(record: Record) -> Text:
    """The most named certificates; where there is hardly any, what that means."""
    led = phrases.named(record)[:3]
    if not led:
        return say("None of the certificates that this reader knows is named in {n} openings.", n=cite.base(record))
    rare = " A certificate that hardly any opening names can still teach something; it is no key."
    return say(
        "Most named of those this reader knows: {rows}, of {n} openings.{rare}",
        rows=phrases.run(record, led, "{label} {share}"),
        n=cite.base(record),
        rare=rare if led[0]["value"] < phrases.RARE else "",
    )

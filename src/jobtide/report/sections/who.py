"""Which industries and employers have openings, how concentrated are they, and where are the openings?"""

from jobtide.market import oews
from jobtide.report import cite, phrases
from jobtide.report.answers import Answers
from jobtide.report.blocks import Block, Lead, Name, Paragraph, Section, say

_COUNT = (("openings", "openings", "count"),)
_SHARE = (("share", "share", "share"),)


def employers(answers: Answers) -> Section:
    """Industries, employers, and how much of the sample is a few of them."""
    blocks: list[Block] = []
    if record := answers.get("employers"):
        held = cite.caveat(record, record["caveats"][-1])
        text = "{said} A list of employers is a list of this sample: who is not on these boards is not in it."
        blocks.append(Lead(say(text, said=held)))
    blocks += phrases.told(answers, "industries", "Of {n} openings the industries are {rows}.")
    blocks += answers.shown("industries", columns=_COUNT)
    blocks += phrases.refusal(answers, "industries", "Industries")
    blocks += answers.shown("employer_kinds", columns=_COUNT)
    blocks += answers.shown("employers", columns=_SHARE, most=15)
    return Section("employers", "Industries and employers", tuple(blocks))


def places(answers: Answers) -> Section:
    """Where openings are, with official employment under them, and where the work is done."""
    blocks: list[Block] = []
    if record := answers.get("states"):
        led = [row for row in record["rows"] if row["n"]][: phrases.TOP]
        text = (
            "US openings by state: {rows}. That is where this sample's employers are; the map is filled from "
            "{release}, and where the two disagree, trust the official count for how much work there is."
        )
        rows = phrases.run(record, led, "{label} ({count})")
        blocks.append(Lead(say(text, rows=rows, release=Name(oews.RELEASE))))
    jobs = (("oews_jobs", "OEWS jobs", "count"), ("location_quotient", "location quotient", "number"))
    wages = (("oews_median", "OEWS median wage", "money"),)
    blocks += answers.shown("states", columns=(*jobs, *wages), most=20)
    blocks += answers.shown("location", most=12)
    shares = (("share", "share", "share"), ("oews_share", "share of US computer jobs", "share"))
    blocks += answers.shown("coverage", columns=shares, most=20)
    blocks += answers.shown("cities", columns=(("area", "OEWS area", "text"), *jobs, *wages), most=15)
    if record := answers.get("modes"):
        rows = phrases.run(record, phrases.said(record), "{label} {share}")
        blocks.append(
            Paragraph(say("Where the work is done, of {n} openings: {rows}.", n=cite.base(record), rows=rows))
        )
    blocks += answers.shown("modes", columns=_COUNT)
    blocks += answers.shown("countries", columns=_COUNT, most=15)
    return Section("places", "Places", tuple(blocks))

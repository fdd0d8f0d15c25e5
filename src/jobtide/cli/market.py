"""``jobtide market QUESTION``: one figure, filtered, as a table or a file."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from jobtide.cli.outlook import outlook
from jobtide.cli.question import Question
from jobtide.cli.where import snapshot

_FORMATS = ("table", "json", "jsonl", "csv", "parquet", "md", "vl", "svg", "png")
_OWN = (
    "by",
    "skill",
    "currency",
    "kind",
    "basis",
    "about",
    "to",
    "certificate",
)  # options of a question itself, not filters
_BINARY = ("parquet", "png")
# Order of the flow of a reader's questions; the first of each pair is what --help says.
_QUESTIONS = {
    "overview": "What is counted: openings, employers, dates, pay stated, and what the sample is not.",
    "demand": "Openings at the crawl by role, place, seniority and age.",
    "age": "How old openings are, in days.",
    "skills": "Share of openings that name each skill.",
    "pairs": "Skills that postings name together; what goes with --skill.",
    "bundles": "Threes of skills that postings name together.",
    "pay": "Stated pay: middle and quartiles, with the bounds that ranges allow.",
    "pay_stated": "Who states pay: under a pay-range law and elsewhere, and --about whom it differs.",
    "premium": "Pay that goes with each skill: raw, within role, within employer.",
    "places": "Where openings are; remote ones apart.",
    "employers": "Who has openings, and how concentrated they are.",
    "concentration": "How much of the sample a few employers hold; staffing agencies apart.",
    "employer_kinds": "Openings by kind of employer: start-up, public, university, staffing ...",
    "employer_sizes": "Openings by the size that employers state.",
    "industries": "Openings by the industry of their employer.",
    "roles": "The mix of roles.",
    "seniority": "The mix of seniorities, from intern to executive.",
    "work_mode": "Remote, hybrid and on-site openings.",
    "qualifications": "Degrees: demanded, or equivalent, preferred, none; and the level.",
    "fields": "Fields of study that openings name.",
    "certificates": "Share of openings that name each certificate; a zero with its upper bound.",
    "experience": "Median years asked for, of the openings that say.",
    "years": "How many years openings ask for, with those that do not say.",
    "duties": "What the work is.",
    "proof": "What counts as proof: portfolio, open source, publications ...",
    "entry": "Openings for beginners: how many, and --about what they differ from the rest in.",
    "distances": "How near roles are in the skills they name; with --role, from that role.",
    "contrast": "What separates the role of --role from the role of --to.",
    "location": "Location quotient of openings by US state or metro, against computer jobs.",
    "official": "Official employment and wages beside postings.",
    "coverage": "What the sample stands for: by US state and occupation against official jobs, by source.",
    "hiring": "Indeed Hiring Lab: AI share of postings by country, never joined to ours.",
    "rising": "Skills gaining ground between two windows of time.",
    "falling": "Skills losing ground between two windows of time.",
    "new_terms": "Terms the vocabulary lacks that gain ground, for review; needs texts.",
    "trend": "Share of openings that name a skill, month by month.",
    "growth": "Index of openings on the same boards; coverage and double listing apart.",
    "flow": "Openings that opened, came back and closed between crawls.",
    "time_open": "How long openings stay open.",
}


def _filtered(command: Callable[..., int]) -> Callable[..., int]:
    """Add the filters that every question takes; the same words stand in figures and files."""
    options = [
        click.option("--role", help="A role, ml_ai_data (the default family), or all."),
        click.option("--specialisation", help="A specialisation of a role, as the split of that name lists them."),
        click.option("--seniority", help="intern, entry, mid, senior, staff, ..."),
        click.option("--country", help="ISO country code, such as US."),
        click.option("--state", help="State or province code, such as CA."),
        click.option("--remote", is_flag=True, help="Only openings that can be done remotely."),
        click.option("--work-mode", "work_mode", help="remote, hybrid, onsite or unstated."),
        click.option("--employer", help="One employer."),
        click.option("--industry", help="An industry, such as finance_insurance; of the employer, not of one posting."),
        click.option("--since", help="Last published on or after this date."),
        click.option("--until", help="Last published before this date."),
        click.option("--by", help="Split by role, seniority, country, state, city, work_mode, industry ..."),
        click.option("--skill", help="Skills to follow, by name, with commas (trend)."),
        click.option("--currency", help="Pay in this currency only (default USD)."),
        click.option("--kind", help="pay: base (the default), ote or total; never mixed."),
        click.option("--basis", help="pay: structured (a field of its own, the default) or stated (in the text)."),
        click.option("--about", help="entry, contrast: skills, duties, degrees, roles, industries ... to compare."),
        click.option("--to", help="contrast: the other role."),
        click.option("--certificate", help='certificates: this one only; several parted by ";".'),
        click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Rows of the table."),
        click.option("--format", "shape", type=click.Choice(_FORMATS), default="table", show_default=True),
        click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def market() -> None:
    """Figures from the current snapshot, each with n, interval, method and a way back to postings."""


def _command(name: str, summary: str) -> click.Command:
    @_filtered
    def run(**options: Any) -> int:
        return _answer(name, options)

    command = click.command(name, cls=Question, help=summary, short_help=summary)(run)
    command.own = _OWN
    return command


for _name, _summary in _QUESTIONS.items():
    market.add_command(_command(_name, _summary))


market.add_command(outlook)


def _answer(name: str, options: dict[str, Any]) -> int:
    """Ask one question and write its figure in the wanted shape."""
    from jobtide.cli import asked, shapes
    from jobtide.market.ask import ask
    from jobtide.market.ask import filters as parsed

    shape, output, limit = options.pop("shape"), options.pop("output"), options.pop("limit")
    extra = {key: options.pop(key) for key in _OWN}
    if options.pop("remote"):
        options["work_mode"] = "remote"
    with snapshot() as shot:
        filters = parsed(shot, **options)
        figure = ask(name, shot, filters, **{k: v for k, v in extra.items() if v is not None})
    asked.note(figure, filters, extra)
    own = [f"--{key} {shlex.quote(value)}" for key, value in extra.items() if value]
    walk = " ".join(word for word in ("jobtide explain", name, filters.command(), *own) if word)
    written = shapes.write(figure, shape, limit=limit, walk=walk)
    if output:
        Path(output).write_bytes(written)
        click.echo(f"jobtide: wrote {output}", err=True)
    elif shape in _BINARY and sys.stdout.isatty():
        raise click.UsageError(f"{shape} is binary: name a file with -o FILE")
    else:
        sys.stdout.buffer.write(written)
    return 0

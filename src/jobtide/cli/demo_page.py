"""What does the demo say? Each part is a few lines computed from figures; no number here is written by hand.

What the article said is quoted in a few words; what the postings say comes from the snapshot asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jobtide.cli import table
from jobtide.market import words
from jobtide.market.ask import ask
from jobtide.market.filters import Filters
from jobtide.store.snapshot import Snapshot

if TYPE_CHECKING:
    from jobtide.report.claims import Verdict

_WIDE = 80
_ML = Filters(role="ml_engineer", family="all")

Record = Mapping[str, Any]


def parts(shot: Snapshot) -> Iterator[list[str]]:
    """Yield the parts of the page in order, each a list of lines that fit 80 columns."""
    yield head(shot)
    yield claims(shot)
    yield skills(shot)
    yield pay(shot)
    yield hiring(shot)


def rule(title: str) -> str:
    """A heading as wide as the page."""
    line = "-" if table.plain() else "─"
    return f"{line * 2} {title} ".ljust(_WIDE, line)


def reading() -> list[str]:
    """How well the facts are read, as measured on labelled postings."""
    from jobtide.report import records, render

    rows = {row["key"]: row for row in records.scored(render.scores())}
    shown = [("skills all by quote or name", "skills"), ("role", "role"), ("degree_required", "degree"), ("pay", "pay")]
    shown = [(records.UNREAD + key, name) for key, name in shown]
    said = "; ".join(f"{name} {records.measured(rows[key])}" for key, name in shown if key in rows)
    many = rows[records.UNREAD + "role"]["n"] if records.UNREAD + "role" in rows else 0
    return table.wrapped(f"Measured on {many} labelled postings that nobody tuned on (95 % intervals): {said}.")


def _figure(shot: Snapshot, name: str, filters: Filters, **options: Any) -> Record:
    return ask(name, shot, filters, **options).to_json()


def head(shot: Snapshot) -> list[str]:
    """What this is, how many, when, whose."""
    figure = _figure(shot, "overview", Filters())
    whole = {row["key"]: row["n"] for row in figure["rows"]}
    said = (
        f"{whole['postings']:,} real postings of {whole['all_employers']} employers, read to "
        f"{words.day(figure['as_of'])} ({', '.join(s['name'] for s in shot.sources)} boards); "
        f"{whole['openings']:,} openings of {whole['employers']} employers are ML, AI or data work."
    )
    return [rule("jobtide: the ML-engineering job market, from real postings"), *table.wrapped(said)]


def claims(shot: Snapshot) -> list[str]:
    """Six things an article of 2024 said, each with the verdict of ``jobtide check`` and its first reasons."""
    from jobtide.report.claims.quoted import quoted

    checked = quoted(shot)
    lines = [
        rule("The article said / what is known"),
        *table.wrapped(
            'The article: "The Current State of Machine Learning Engineer Jobs" (2024), by jobtide check: held against '
            "itself, then official figures and studies, then these postings, which alone never contradict."
        ),
    ]
    for verdict in (_said(checked.verdicts, part) for part in _SIX):
        if verdict is not None:
            lines += [
                *table.wrapped(f'"{_quote(verdict)}"', indent="  "),
                *table.wrapped(_told(verdict), indent="      "),
            ]
    return lines


# Words of the six claims that are shown; one of them agrees with what is known.
_SIX = ("list Python", "most required coding language", "TensorFlow", "$133,336", "40%", "California")
_LONGEST = 100  # characters of a quote


def _said(verdicts: "Sequence[Verdict]", part: str) -> "Verdict | None":
    """The first claim that holds these words, None where the article's quotes do not."""
    return next((verdict for verdict in verdicts if part in verdict.claim), None)


def _quote(verdict: "Verdict") -> str:
    """The claim's words, cut at a word where they are long."""
    said = verdict.claim.strip(' "“”')
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST].rsplit(' ', 1)[0]} ..."


def _told(verdict: "Verdict") -> str:
    """Verdict, flaws of the claim itself, and the first two reasons; a quote has lost its footnotes, so not that."""
    flaws = [kind.replace("_", " ") for kind in verdict.classes if kind in _FLAWS]
    why = [part for part in verdict.why.split("; ") if not part.startswith("no source is named")]
    named = f" ({', '.join(flaws)})" if flaws else ""
    return f"{verdict.verdict.replace('_', ' ')}{named}: {'; '.join(why[:2])}"


_FLAWS = ("internal_contradiction", "arithmetic", "unit_or_scale", "scope_mismatch", "stale", "data_contradicted")


def skills(shot: Snapshot) -> list[str]:
    """The skills that ML-engineer openings name most."""
    figure = _figure(shot, "skills", _ML)
    lines = [rule("Skills that ML-engineer openings name"), table.base_line(figure["base"])]
    return [*lines, *table.table(figure["rows"][:10], figure["unit"]), f"more: jobtide explain {figure['id']}"]


def pay(shot: Snapshot) -> list[str]:
    """Stated pay with official wages beside it, and why the two differ."""
    stated = _figure(shot, "pay", Filters(country="US"))
    row = stated["rows"][0]
    official = _figure(shot, "official", Filters(), by="role")
    wages = {r["key"]: r for r in official["rows"]}
    lines = [rule("Pay, United States"), *table.wrapped(
        f"Stated pay, ML / AI / data openings: median {words.money(row['value'])} "
        f"({words.money(row['low'])} to {words.money(row['high'])}, n = {row['n']} of {row['employers']} employers); "
        f"middle half {words.money(row['p25'])} to {words.money(row['p75'])}; the median offer lies between "
        f"{words.money(row['at_least'])} and {words.money(row['at_most'])} wherever in their ranges offers lie."
    )]  # fmt: skip
    for wage in _official_lines(wages):
        lines += table.wrapped(wage)
    return [*lines, *table.wrapped(
        "Why they differ: the postings are asking ranges of start-ups, mostly in California and New York; the official "
        "wages are what all employers pay everybody in the occupation, in all states, and no occupation is defined as "
        "ML engineer."
    )]  # fmt: skip


def _official_lines(wages: Mapping[str, Record]) -> Iterator[str]:
    """One line an occupation, the first two that stand beside data scientists and software engineers."""
    seen = set[str]()
    for row in wages.values():
        if row["value"] is not None and "OEWS" in row["label"] and row["label"].strip() not in seen and len(seen) < 2:
            seen.add(row["label"].strip())
            jobs = words.count(row["n"])
            yield f"Official median, {row['label'].strip()}: {words.money(row['value'])} (employment {jobs})"


def hiring(shot: Snapshot) -> list[str]:
    """The one line over time: Indeed's, never joined to our postings."""
    figure = _figure(shot, "hiring", Filters(country="US"), by="month")
    by_year: dict[str, float] = {}
    for row in figure["rows"]:
        if row["key"].startswith("US/"):
            by_year[row["month"][:4]] = row["value"]
    marks = "  ".join(f"{year} {value * 100:.1f}%" for year, value in sorted(by_year.items()))
    return [
        rule("Over time: AI share of US postings on Indeed (Hiring Lab, CC BY 4.0)"),
        *table.wrapped(f"{spark([value for _, value in sorted(by_year.items())])}  year ends: {marks}"),
        *table.wrapped("Indeed's series, not ours: it stands beside the postings above and is never joined to them."),
    ]


def spark(values: list[float]) -> str:
    """A line of blocks, lowest to highest; ASCII signs where only those may be printed."""
    blocks = "_.-=*#@^" if table.plain() else "▁▂▃▄▅▆▇█"
    low, high = min(values, default=0.0), max(values, default=0.0)
    span = (high - low) or 1.0
    return "".join(blocks[round((value - low) / span * 7)] for value in values)

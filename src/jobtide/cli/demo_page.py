"""What does the demo say? Each part is a few lines computed from figures; no number here is written by hand.

What the article said is quoted in a few words; what the postings say comes from the snapshot asked.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jobtide.cli import table
from jobtide.market import words
from jobtide.market.ask import ask
from jobtide.market.filters import Filters
from jobtide.market.pay import mean_for_claim
from jobtide.store.snapshot import Snapshot

_WIDE = 80
_ML = Filters(role="ml_engineer", family="all")
_STATES = ("CA", "TX", "NY")

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


def _figure(shot: Snapshot, name: str, filters: Filters, **options: Any) -> Record:
    return ask(name, shot, filters, **options).to_json()


def _row(figure: Record, key: str) -> Record:
    return next(row for row in figure["rows"] if row["key"] == key)


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
    """Six things an article of 2024 said, and what the postings or the official figures say."""
    named = _figure(shot, "skills", _ML)
    lines = [
        rule("The article said / the postings say"),
        *table.wrapped(
            f'The article: "The Current State of Machine Learning Engineer Jobs" (2024). The postings: '
            f"n = {named['base']['n']} ML-engineer openings of {named['base']['employers']} employers."
        ),
    ]
    for said, verdict, found in _six(shot, named):
        lines += [f'  "{said}"', *table.wrapped(f"{verdict}: {found}", indent="      ")]
    return lines


def _six(shot: Snapshot, named: Record) -> Iterator[tuple[str, str, str]]:
    """(words of the article, verdict, what is found); a verdict never goes further than the base."""
    python = _row(named, "python")
    yield "8% of ... job postings list Python", "above in this sample", _share(python)
    ranked = [row for row in named["rows"] if row["key"] in _LANGUAGES]
    first = ranked[0]
    agrees = "consistent" if first["key"] == "python" else "not in this sample"
    yield (
        "Python, the most required coding language",
        agrees,
        f"first of the languages is {first['label']}, then {ranked[1]['label']} {_share(ranked[1])}",
    )
    libraries = [row for row in named["rows"] if row["key"] in ("pytorch", "tensorflow", "keras", "scikit-learn")]
    yield (
        "TensorFlow, Keras, and scikit-learn",
        "another order",
        ", ".join(f"{row['label']} {words.percent(row['value'])}" for row in libraries) + f" (n = {python['n']})",
    )
    mean, n, employers = mean_for_claim(shot, Filters(country="US"))
    base = f"(n = {n} of {employers} employers)"
    yield (
        "average salary of $133,336/year",
        "above in this sample" if mean > 133_336 else "below in this sample",
        f"mean of stated ranges in the US, ML / AI / data: {words.money(round(mean, -2))} {base}",
    )
    yield (
        "demand ... to grow by 40% from 2023 to 2027",
        "not testable",
        "one crawl shows one day; see the Indeed line below",
    )
    yield _hotspots(shot)


_LANGUAGES = frozenset(
    {"python", "sql", "java", "c++", "go", "typescript", "javascript", "rust", "scala", "r", "c#", "bash"}
)


def _share(row: Record) -> str:
    return words.share(row["value"], row["low"], row["high"], row["n"])


def _hotspots(shot: Snapshot) -> tuple[str, str, str]:
    """The claim about places is held against official employment first: a start-up sample cannot contradict it."""
    official = _figure(shot, "official", Filters(role="data_scientist", family="all"), by="state")
    ranked = sorted((row for row in official["rows"] if row["oews_jobs"]), key=lambda row: -row["oews_jobs"])[:3]
    verdict = "consistent" if {row["key"] for row in ranked} == set(_STATES) else "not the official order"
    counts = ", ".join(f"{row['label']} {words.count(row['oews_jobs'])}" for row in ranked)
    return "California, Texas, and New York lead", verdict, f"official employment of data scientists (OEWS): {counts}"


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

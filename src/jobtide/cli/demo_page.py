"""What does the demo say? Each part is a few lines computed from figures; no number here is written by hand.

What the article said is quoted in a few words with its address; what the postings say comes from the snapshot.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from jobtide.cli import table
from jobtide.market.ask import ask
from jobtide.market.filters import parse
from jobtide.store.snapshot import Snapshot

_ARTICLE = "Exploring Opportunities: The Current State of Machine Learning Engineer Jobs (2024)"


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
    return f"{line * 2} {title} ".ljust(min(table.width(), 80), line)


def _figure(shot: Snapshot, name: str, *, role: str | None = None, **options: Any) -> Mapping[str, Any]:
    return ask(name, shot, parse(role=role) if role else parse(), **options).to_json()


def _row(figure: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
    return next((row for row in figure["rows"] if row["key"] == key), None)


def head(shot: Snapshot) -> list[str]:
    """What this is, how many, when, whose."""
    figure = _figure(shot, "overview")
    text = f"{table.base_line(figure['base'])}, data up to {figure['as_of']}. " + " ".join(figure["caveats"])
    return [rule("jobtide: real postings, counted honestly"), *table.wrapped(text)]

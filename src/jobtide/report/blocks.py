"""What is a report made of? A small document: sections of blocks, and text whose every number names its figure.

Text is a tuple of spans. A plain string may hold no digit: a number is a ``Cited`` span, which names the figure and
the row it comes from, and a name that happens to hold one (a date, a code, a skill) is a ``Name``. ``check`` refuses
a document that breaks this, so a report with an invented number cannot be built.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from jobtide.errors import JobtideError
from jobtide.report import trace

Record = Mapping[str, Any]  # a figure's JSON form
BASE = "base"  # the key of a number that stands in a figure's base rather than in a row
ABOUT = "about"  # the key of words that the figure itself carries: method, caveats


class UnsourcedNumber(JobtideError):
    """A sentence of a report holds a number that no figure accounts for."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A number in words, with the figure (id) and the row (key) that it was formatted from."""

    text: str
    figure: str
    key: str

    @property
    def ref(self) -> str:
        """The row's id, ``figure#key``."""
        return f"{self.figure}#{self.key}"


@dataclass(frozen=True, slots=True)
class Name:
    """A name, date, code or fixed rule that may hold digits and is no statistic."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    text: str
    url: str


Span = str | Cited | Name | Link
Text = tuple[Span, ...]


def say(template: str, **parts: Span | Text) -> Text:
    """Return ``template`` with each ``{name}`` replaced by a span or a run of spans.

    >>> say("Of {n} openings.", n=Cited("143", "ab12", "base"))
    ('Of ', Cited(text='143', figure='ab12', key='base'), ' openings.')
    """
    out: list[Span] = []
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            out.append(literal)
        if name is not None:
            part = parts[name]
            out += part if isinstance(part, tuple) else (part,)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A box that is seen before the rest is read: what the sample is, is not, covers."""

    title: str
    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """A few large numbers, each with what it counts in words."""

    items: tuple[tuple[Cited, Text], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in its frame: title, chart if ``spec`` makes one, foot, table, and where it comes from.

    ``spec`` holds Vega-Lite specifications by width in px; ``columns`` are further columns of the table, each the
    name in the row, the heading, and how it is said: count, money, share, number or text.
    """

    record: Record
    spec: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    columns: tuple[tuple[str, str, str], ...] = ()
    most: int = 60


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that is no figure of ours: sources, measured scores. ``source`` says where its numbers come from."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str


Block = Paragraph | Bullets | Box | Headline | Shown | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its anchor."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. ``figures`` are all that its text cites, in the order of their notes."""

    title: str
    subtitle: Text
    snapshot: str
    as_of: str
    sections: tuple[Section, ...]
    figures: tuple[Record, ...]

    def note(self, figure: str) -> int:
        """The number of a figure's note, from 1."""
        return 1 + next(i for i, record in enumerate(self.figures) if record["id"] == figure)


def texts(section: Section) -> Iterator[Text]:
    """Every text of a section, in order."""
    for block in section.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, (Bullets, Box)):
            yield from block.items
        elif isinstance(block, Headline):
            for number, words in block.items:
                yield (number, *words)


def check(document: Document) -> None:
    """Raise UnsourcedNumber if a plain string holds a digit, or a cited row does not account for what is said."""
    known = {record["id"]: record for record in document.figures}
    for where, text in [("subtitle", document.subtitle)] + [(s.title, t) for s in document.sections for t in texts(s)]:
        for span in text:
            if isinstance(span, str) and any(c.isdigit() for c in span):
                raise UnsourcedNumber(f"section {where!r}: {span!r} holds a number without a figure")
            if isinstance(span, Cited):
                _found(known, span, where)


def _found(known: Mapping[str, Record], span: Cited, where: str) -> None:
    record = known.get(span.figure)
    if record is None:
        raise UnsourcedNumber(
            f"section {where!r}: {span.text!r} cites figure {span.figure}, which is not in the report"
        )
    part = source(record, span.key)
    if part is None:
        raise UnsourcedNumber(f"section {where!r}: {span.text!r} cites row {span.ref}, which does not exist")
    if lost := [number for number in trace.numbers(span.text) if number not in trace.tokens(part)]:
        raise UnsourcedNumber(f"section {where!r}: {span.text!r} says {lost[0]}, which row {span.ref} does not")


def source(record: Record, key: str) -> Any:
    """What a cited key stands for: the base with the date, the figure's own words, or a row; None if nothing."""
    if key == BASE:
        return {"base": record["base"], "as_of": record["as_of"]}
    if key == ABOUT:
        return [record["title"], record["method"], *record["caveats"]]
    return next((row for row in record["rows"] if row["key"] == key), None)


def cited(text: Sequence[Span]) -> list[str]:
    """The figures that a text cites, each once, in order."""
    return list(dict.fromkeys(span.figure for span in text if isinstance(span, Cited)))

"""What is a report made of? A small document: sections of blocks, and text whose every number names its figure.

Text is a tuple of spans. A plain string may hold no digit: a number is a ``Cited`` span, which names the figure and
the row it comes from, a name that happens to hold one (a date, a code, a skill) is a ``Name``, a threshold of our own
method a ``Rule``, and the reason for which a question is refused a ``Refused``. ``gate.check`` refuses a document that
breaks this.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

Record = Mapping[str, Any]  # a figure's JSON form
BASE = "base"  # the key of a number that stands in a figure's base rather than in a row
ABOUT = "about"  # the key of words that the figure itself carries: method, caveats
GROUPS = "groups"  # the key of what a forecast carries beside its rows: errors, coverage, breaks


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
    """A name, date or code that may hold digits and is no statistic."""

    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A number that we set ourselves: a threshold, a level of confidence."""

    text: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why the market answers ``question`` (its name in the report) with no figure; the words are the refusal's own."""

    text: str
    question: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address."""

    text: str
    url: str


Span = str | Cited | Name | Rule | Refused | Link
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
class Lead:
    """What a section means for the reader, told before its figures."""

    text: Text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section; a question, a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    items: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """A box that is seen before the rest is read: what the sample is; ``warns`` where it says what it is not."""

    title: str
    items: tuple[Text, ...]
    warns: bool = False


@dataclass(frozen=True, slots=True)
class Headline:
    """A few large numbers, each with what it counts in words."""

    items: tuple[tuple[Cited, Text], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in its frame: title, chart if ``spec`` makes one, foot, table, and where it comes from.

    ``finding`` is a title computed from the figure's rows; without one its own title stands. ``spec`` holds Vega-Lite
    specifications by width in px; ``columns`` are further columns of the table, each the name in the row, the heading,
    and how it is said: count, money, share, number or text.
    """

    record: Record
    spec: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)
    columns: tuple[tuple[str, str, str], ...] = ()
    most: int = 60
    finding: Text = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts: verdicts, scores, sources. ``foot`` is a note under it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    foot: Text = ()


Block = Paragraph | Lead | Heading | Bullets | Box | Headline | Shown | Grid


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its anchor."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. ``figures`` are all that its text cites, in the order of their notes; ``refused`` the reasons."""

    title: str
    subtitle: Text
    snapshot: str
    as_of: str
    sections: tuple[Section, ...]
    figures: tuple[Record, ...]
    refused: Mapping[str, str] = field(default_factory=dict)

    def note(self, figure: str) -> int:
        """The number of a figure's note, from 1."""
        return 1 + next(i for i, record in enumerate(self.figures) if record["id"] == figure)


def texts(section: Section) -> Iterator[Text]:
    """Every text of a section, in order."""
    for block in section.blocks:
        if isinstance(block, (Paragraph, Lead)):
            yield block.text
        elif isinstance(block, (Bullets, Box)):
            yield from block.items
        elif isinstance(block, Headline):
            for number, words in block.items:
                yield (number, *words)
        elif isinstance(block, Grid):
            for row in block.rows:
                yield from row
            yield block.foot
        elif isinstance(block, Shown):
            yield block.finding


def titles(section: Section) -> Iterator[str]:
    """Every heading of a section: plain words, in which no number may stand."""
    yield section.title
    for block in section.blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Box):
            yield block.title
        elif isinstance(block, Grid):
            yield block.caption
            yield from block.heads


def source(record: Record, key: str) -> Any:
    """What a cited key stands for: the base with the date, the figure's own words, or a row; None if nothing."""
    if key == BASE:
        return {"base": record["base"], "as_of": record["as_of"]}
    if key == ABOUT:
        return [record["title"], record["method"], *record["caveats"]]
    if key == GROUPS:
        return record.get("groups")
    return next((row for row in record["rows"] if row["key"] == key), None)


def cited(text: Sequence[Span]) -> list[str]:
    """The figures that a text cites, each once, in order."""
    return list(dict.fromkeys(span.figure for span in text if isinstance(span, Cited)))

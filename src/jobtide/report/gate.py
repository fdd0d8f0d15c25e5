"""Does every number in a report lead to a figure? The build stops at the first that does not.

Words may hold no digit. A cited number must be one that its row accounts for; a name may not look like a statistic;
a rule stands only where the method is told; a refusal must be the market's own.
"""

import re
from collections.abc import Iterator, Mapping

from jobtide.errors import JobtideError
from jobtide.report import blocks, trace
from jobtide.report.blocks import Cited, Document, Name, Record, Refused, Rule, Span

_TOLD = ("method", "quality", "limits")  # the sections in which a rule of ours may stand
# A percentage, an amount of money, a count with what it counts: none of these is a name.
_STATISTIC = re.compile(
    r"\d\s?%|\bper ?cent\b|[$€£]\s?\d|\bn = \d|\d\s(?:openings|postings|employers|vacancies|jobs)\b", re.IGNORECASE
)


class UnsourcedNumber(JobtideError):
    """A sentence of a report holds a number that no figure accounts for."""


def check(document: Document) -> None:
    """Raise UnsourcedNumber if a word holds a number without a figure, or a cited row does not say what is said."""
    known = {record["id"]: record for record in document.figures}
    for where, span in _spans(document):
        if why := _fault(span, where, known, document.refused):
            raise UnsourcedNumber(f"section {where!r}: {why}")


def _spans(document: Document) -> Iterator[tuple[str, Span]]:
    """Every span of a document with the section it stands in."""
    yield "title", document.title
    yield from (("subtitle", span) for span in document.subtitle)
    for section in document.sections:
        yield from ((section.anchor, title) for title in blocks.titles(section))
        for text in blocks.texts(section):
            yield from ((section.anchor, span) for span in text)


def _fault(span: Span, where: str, known: Mapping[str, Record], refused: Mapping[str, str]) -> str:
    """What is wrong with a span, "" if nothing is."""
    if isinstance(span, str) and any(c.isdigit() for c in span):
        return f"{span!r} holds a number without a figure"
    if isinstance(span, Name) and _STATISTIC.search(span.text):
        return f"the name {span.text!r} looks like a statistic"
    if isinstance(span, Rule) and where not in _TOLD:
        return f"{span.text!r} is given as a rule outside the method"
    if isinstance(span, Refused) and span.text not in refused.get(span.question, ""):
        return f"{span.text!r} is not why {span.question} is refused"
    return _lost(span, known) if isinstance(span, Cited) else ""


def _lost(span: Cited, known: Mapping[str, Record]) -> str:
    """Why a cited number cannot be walked back, "" if it can."""
    record = known.get(span.figure)
    if record is None:
        return f"{span.text!r} cites figure {span.figure}, which is not in the report"
    part = blocks.source(record, span.key)
    if part is None:
        return f"{span.text!r} cites row {span.ref}, which does not exist"
    lost = [number for number in trace.numbers(span.text) if number not in trace.tokens(part)]
    return f"{span.text!r} says {lost[0]}, which row {span.ref} does not" if lost else ""

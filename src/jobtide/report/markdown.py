"""How does a report read as plain text? Markdown with footnotes, tables, and charts as files beside it."""

from collections.abc import Mapping, Sequence

from jobtide.market import words
from jobtide.report import blocks, frame
from jobtide.report.blocks import Block, Cited, Document, Grid, Link, Section, Shown, Text


def markdown(document: Document, *, charts: Mapping[str, str]) -> str:
    """Return the document as Markdown; ``charts`` maps a figure's id to the path of its picture, none is fine."""
    parts = [f"# {document.title}", inline(document, document.subtitle)]
    for section in document.sections:
        parts += _section(document, section, charts)
    parts += ["## Notes: where each number comes from", *_notes(document)]
    parts.append(f"Snapshot {document.snapshot}, data up to {words.day(document.as_of)}. Made by jobtide.")
    return "\n\n".join(parts) + "\n"


def _section(document: Document, section: Section, charts: Mapping[str, str]) -> list[str]:
    out = [f"## {section.title}"]
    for block in section.blocks:
        out += _block(document, block, charts)
    return out


def inline(document: Document, text: Text, *, notes: bool = True) -> str:
    """A text with a footnote mark for each figure that it cites."""
    out = []
    for span in text:
        if isinstance(span, Link):
            out.append(f"[{plain(span.text)}]({span.url})")
        else:
            out.append(plain(span if isinstance(span, str) else span.text))
    return "".join([*out, *(_mark(document, figure) for figure in blocks.cited(text) if notes)])


def _mark(document: Document, figure: str) -> str:
    return f"[^{document.note(figure)}]"


def plain(text: str) -> str:
    """Text in which nothing is taken for markup.

    >>> plain("a_b | <c>")
    'a\\\\_b \\\\| &lt;c>'
    """
    for mark in "\\`*_[]|":
        text = text.replace(mark, "\\" + mark)
    return text.replace("<", "&lt;")


def _block(document: Document, block: Block, charts: Mapping[str, str]) -> list[str]:
    if isinstance(block, (blocks.Paragraph, blocks.Lead)):
        return [inline(document, block.text)]
    if isinstance(block, blocks.Heading):
        return [f"### {plain(block.text)}"]
    if isinstance(block, blocks.Bullets):
        return ["\n".join(f"- {inline(document, item)}" for item in block.items)]
    if isinstance(block, blocks.Box):
        return ["\n".join([f"> **{plain(block.title)}**", ">", *(f"> - {inline(document, i)}" for i in block.items)])]
    if isinstance(block, blocks.Headline):
        return ["\n".join(_large(document, number, text) for number, text in block.items)]
    if isinstance(block, blocks.Grid):
        return _grid(document, block)
    return _figure(document, block, charts)


def _grid(document: Document, block: Grid) -> list[str]:
    """A table of texts; the notes of all its cells stand once, below it."""
    rows = [[inline(document, cell, notes=False) for cell in row] for row in block.rows]
    figures = dict.fromkeys(figure for row in block.rows for cell in row for figure in blocks.cited(cell))
    marks = [_mark(document, figure) for figure in figures if figure not in blocks.cited(block.foot)]
    foot = inline(document, block.foot) + "".join(marks)
    return [_piped([[plain(head) for head in block.heads], *rows]), *([foot] if foot else [])]


def _large(document: Document, number: Cited, text: Text) -> str:
    own = "" if number.figure in blocks.cited(text) else f"[^{document.note(number.figure)}]"
    return f"- **{plain(number.text)}** {inline(document, text)}{own}"


def _figure(document: Document, block: Shown, charts: Mapping[str, str]) -> list[str]:
    record = block.record
    title, measure = frame.titled(block)
    out = [f"#### {inline(document, title, notes=False)}", f"{plain(measure)}{_mark(document, record['id'])}"]
    if path := charts.get(record["id"]):
        out.append(f"![{plain(frame.alternative(block))}]({path})")
    return [*out, *_data(block), plain(frame.foot(record))]


def _data(block: Shown) -> list[str]:
    cells, _, left = frame.cells(block)
    return [table(cells), *([f"{left} more rows are not printed here."] if left else [])]


def table(rows: Sequence[Sequence[str]]) -> str:
    """A pipe table of plain cells; the first row is the heading, the first column is left-aligned."""
    return _piped([[plain(cell) for cell in row] for row in rows])


def _piped(rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    rule = "| --- |" + " ---: |" * (len(rows[0]) - 1)
    return "\n".join([lines[0], rule, *lines[1:]])


def _notes(document: Document) -> list[str]:
    """A footnote a figure: id, method, caveats and example postings; then the tables that no section shows."""
    shown = {b.record["id"] for s in document.sections for b in s.blocks if isinstance(b, Shown)}
    out = []
    for record in document.figures:
        lines = [f"**{plain(record['title'])}.**", *(plain(line) for line in frame.about(record))]
        found = [f"[{plain(said)}]({url})" if url else plain(said) for said, url in frame.examples(record)]
        if found:
            lines.append("Example postings: " + "; ".join(found) + ".")
        out.append(f"[^{document.note(record['id'])}]: " + " ".join(lines))
    for record in document.figures:
        if record["id"] not in shown:
            out += [f"### {plain(record['title'])}", f"{plain(frame.measure(record))}{_mark(document, record['id'])}"]
            out += _data(Shown(record))
    return out

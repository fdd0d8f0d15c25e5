"""How does a report look on paper? A typst source with its charts, and the PDF made of it: tagged, PDF/UA-1.

Every text is put into typst as a string, never as markup, so that nothing of a posting can be taken for a command.
"""

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec

from jobtide.errors import MissingExtra
from jobtide.market import words
from jobtide.market.charts import marks
from jobtide.report import blocks, frame
from jobtide.report.blocks import Block, Document, Grid, Link, Section, Shown, Text

Files = Mapping[str, bytes]
_MANY = 6  # columns: above it the first one gets a fixed part of the width
_STYLE = """#set document(title: {title}, date: none)
#set page(paper: "a4", margin: (x: 20mm, y: 18mm), numbering: "1")
#set text(font: ("Inter", "DejaVu Sans", "Libertinus Serif"), size: 9.5pt, lang: "en", fill: rgb("#1B2733"))
#set par(leading: 0.62em, spacing: 1em)
#set table(stroke: (x, y) => (bottom: 0.4pt + rgb("#C9D1D9")), inset: (x: 3pt, y: 2.6pt))
#show link: set text(fill: rgb("#0B6FA4"))
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): it => block(above: 2em, below: 0.9em, sticky: true, text(size: 15pt, it.body))
#show heading.where(level: 3): it => block(above: 1.5em, below: 0.7em, sticky: true, text(size: 11pt, it.body))
#let muted(body) = text(size: 8pt, fill: rgb("#51606F"), body)
#let note(n) = super(link(label("note-" + str(n)), "[" + str(n) + "]"))
#let box-of(title, color, body) = block(width: 100%, inset: 8pt, stroke: (left: 3pt + color), fill: rgb("#F4F6F8"),
  above: 1em, below: 1em, [*#title*\\ #body])
"""


def source(document: Document, pictures: Files) -> str:
    """Return the typst source; ``pictures`` are charts by figure id, none is fine."""
    parts = [_STYLE.replace("{title}", _quoted(document.title)), f"= {_text((document.title,))}"]
    parts.append(_inline(document, document.subtitle))
    first, *rest = document.sections or (Section("front", "", ()),)
    parts += _front(document, first, pictures)
    for section in rest:
        parts += _section(document, section, pictures)
    parts += ["== Notes: where each number comes from", *_notes(document)]
    end = f"Snapshot {document.snapshot}, data up to {words.day(document.as_of)}. Made by jobtide from job postings."
    return "\n\n".join([*parts, f"#muted({_quoted(end)})"]) + "\n"


def pdf(document: Document, pictures: Files) -> bytes:
    """Return the document as PDF/UA-1; the same document and pictures give the same bytes on the same fonts.

    Raises MissingExtra where typst is not installed.
    """
    if find_spec("typst") is None:
        raise MissingExtra("a report as PDF", extra="report")
    import typst

    return typst.compile(source(document, pictures).encode(), format="pdf", pdf_standards=["ua-1"], timestamp=0)


def _quoted(text: str) -> str:
    """A typst string.

    >>> _quoted('a "b"')
    '"a \\\\"b\\\\""'
    """
    kept = "".join(" " if ord(c) < 32 else c for c in text)
    return '"' + kept.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _text(text: Text) -> str:
    """A text without its notes."""
    out = []
    for span in text:
        said = _quoted(span if isinstance(span, str) else span.text)
        out.append(f"#link({_quoted(span.url)}, {said})" if isinstance(span, Link) else f"#{said}")
    return "".join(out)


def _marks(document: Document, figures: Sequence[str]) -> str:
    return "".join(f"#note({document.note(figure)})" for figure in figures)


def _inline(document: Document, text: Text) -> str:
    return _text(text) + _marks(document, blocks.cited(text))


def _section(document: Document, section: Section, pictures: Files) -> Iterator[str]:
    yield f"== {_text((section.title,))}"
    for block in section.blocks:
        yield from _block(document, block, pictures)


def _front(document: Document, section: Section, pictures: Files) -> Iterator[str]:
    """The first section on the first page: its boxes side by side, the tables of its figures behind them."""
    boxes = [block for block in section.blocks if isinstance(block, blocks.Box)]
    yield f"== {_text((section.title,))}"
    for block in section.blocks:
        if isinstance(block, Shown):
            yield from _picture(document, block, pictures)
        elif not isinstance(block, blocks.Box):
            yield from _block(document, block, pictures)
    if boxes:
        cells = ", ".join(f"[{_box(document, box)}]" for box in boxes)
        yield f"#grid(columns: (1fr,) * {len(boxes)}, gutter: 8pt, {cells})"
    for block in section.blocks:
        if isinstance(block, Shown):
            yield from _data(block)


def _box(document: Document, block: blocks.Box) -> str:
    color = "#8A2B0A" if block.warns else "#0B6FA4"
    return f'#box-of({_quoted(block.title)}, rgb("{color}"))[{_list(document, block.items)}]'


def _block(document: Document, block: Block, pictures: Files) -> Iterator[str]:
    if isinstance(block, blocks.Paragraph):
        yield _inline(document, block.text)
    elif isinstance(block, blocks.Lead):
        yield f"#text(size: 10.5pt)[{_inline(document, block.text)}]"
    elif isinstance(block, blocks.Heading):
        yield f"=== {_text((block.text,))}"
    elif isinstance(block, blocks.Bullets):
        yield _list(document, block.items)
    elif isinstance(block, blocks.Box):
        yield _box(document, block)
    elif isinstance(block, blocks.Headline):
        yield _headline(document, block)
    elif isinstance(block, Grid):
        yield from _grid(document, block)
    else:
        yield from _figure(document, block, pictures)


def _list(document: Document, items: Sequence[Text]) -> str:
    return "#list(" + ", ".join(f"[{_inline(document, item)}]" for item in items) + ")"


def _headline(document: Document, block: blocks.Headline) -> str:
    """The large numbers side by side, each with its interval and what it counts."""
    cells = []
    for number, text in block.items:
        big, _, small = number.text.partition(" (")
        own = () if number.figure in blocks.cited(text) else (number.figure,)
        below = f"\\ #muted({_quoted('(' + small)})" if small else ""
        cells.append(
            f"[#text(size: 16pt, weight: 700, {_quoted(big)}){below}\\ #text(size: 8.5pt)[{_text(text)}]"
            f"{_marks(document, [*blocks.cited(text), *own])}]"
        )
    return f"#grid(columns: (1fr,) * {len(cells)}, gutter: 8pt, {', '.join(cells)})"


def _grid(document: Document, block: Grid) -> Iterator[str]:
    rows = [[f"[{_text(cell)}]" for cell in row] for row in block.rows]
    widths = ", ".join("auto" if i == 0 and len(block.heads) > 3 else "1fr" for i in range(len(block.heads)))
    figures = list(dict.fromkeys(figure for row in block.rows for cell in row for figure in blocks.cited(cell)))
    yield _table([f"[{_text((head,))}]" for head in block.heads], rows, widths=widths, numbers=False)
    if block.foot or figures:
        yield f"#muted[{_text(block.foot)}]{_marks(document, figures)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, widths: str, numbers: bool = True) -> str:
    align = "(x, y) => if x == 0 { left } else { right }" if numbers else "left"
    cells = ",\n".join(", ".join(row) for row in rows)
    head = ", ".join(f"strong({cell})" for cell in heads)
    return f"#text(size: 7.5pt, table(columns: ({widths}), align: {align}, table.header({head}),\n{cells}))"


def _figure(document: Document, block: Shown, pictures: Files) -> Iterator[str]:
    yield from _picture(document, block, pictures)
    yield from _data(block)


def _picture(document: Document, block: Shown, pictures: Files) -> Iterator[str]:
    """Title, measure, chart and foot; the head of a figure is never left alone at the foot of a page."""
    record = block.record
    title, measure = frame.titled(block)
    drawn = record["id"] in pictures
    said = f" \\ #muted({_quoted(marks(record))})" if drawn and marks(record) else ""
    yield f"=== {_text(title)}"
    yield f"#block(sticky: true)[#muted({_quoted(measure)})#note({document.note(record['id'])}){said}]"
    if drawn:
        alt = _quoted(frame.alternative(block))
        picture = _quoted(pictures[record["id"]].decode())
        yield f'#image(bytes({picture}), format: "svg", width: 100%, alt: {alt})'
    yield f"#muted({_quoted(frame.foot(record))})"


def _data(block: Shown) -> Iterator[str]:
    cells, _, left = frame.cells(block)
    heads, *rows = [[f"[#{_quoted(cell)}]" for cell in row] for row in cells]
    heads[0] = '[#"Name"]' if heads[0] == '[#""]' else heads[0]  # a heading must say something to a screen reader
    if rows:
        first = "22%" if len(heads) > _MANY else "1fr"
        yield _table(heads, rows, widths=", ".join([first, *("auto" for _ in heads[1:])]))
    if left:
        yield f"#muted({_quoted(f'{left} more rows are not printed here.')})"


def _notes(document: Document) -> Iterator[str]:
    """For each figure: id, method, caveats and example postings."""
    for record in document.figures:
        note = document.note(record["id"])
        lines = [f"#{_quoted(line)}" for line in frame.about(record)]
        links = [_example(said, url) for said, url in frame.examples(record)]
        if links:
            lines.append('#"Example postings: "' + '#"; "'.join(links))
        title = f"*#{_quoted(f'{note}. ' + record['title'])}* <note-{note}>"
        yield f"#text(size: 8pt)[{title} \\ " + " \\ ".join(lines) + "]"


def _example(said: str, url: str) -> str:
    return f"#link({_quoted(url)}, {_quoted(said)})" if url else f"#{_quoted(said)}"

"""How does a report look in a browser? One file that needs no script and no network: text, charts and tables.

Charts are drawn as SVG in two widths and switched by the page's width, so that their text stays readable on a
telephone. Without the renderer the tables stand alone.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from importlib import resources

from jobtide.market import words
from jobtide.market.charts import marks
from jobtide.report import blocks, frame
from jobtide.report.blocks import Block, Cited, Document, Grid, Link, Section, Shown, Text

Draw = Callable[[frame.Spec], bytes | None]


def html(document: Document, *, draw: Draw) -> str:
    """Return the document as one HTML file; ``draw`` turns a specification into SVG bytes, or None without charts."""
    style = resources.files("jobtide.report").joinpath("report.css").read_text()
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        el("title", escape(document.title)),
        el("style", "\n", style),
    ]
    body = [
        el("a", "Skip to the report", cls="skip", href="#main"),
        _header(document),
        el("main", *_sections(document, draw), _notes(document), id="main"),
        el("footer", el("p", escape(_end(document)))),
    ]
    page = el("html", "\n", el("head", *head), "\n", el("body", *body), "\n", lang="en")
    return f"<!doctype html>\n{page}\n"


def el(name: str, *inner: str, **attributes: str) -> str:
    """An element: ``inner`` is HTML already, attribute values are escaped; ``cls`` is class, ``_`` in names is "-".

    >>> el("p", "a &lt; b", cls="foot", aria_label='"x"')
    '<p class="foot" aria-label="&quot;x&quot;">a &lt; b</p>'
    """
    said = "".join(
        f' {"class" if key == "cls" else key.replace("_", "-")}="{escape(text)}"' for key, text in attributes.items()
    )
    return f"<{name}{said}>{''.join(inner)}</{name}>"


def _end(document: Document) -> str:
    return (
        f"Snapshot {document.snapshot}, data up to {words.day(document.as_of)}. "
        "Made by jobtide from job postings; every number leads to its figure."
    )


def _header(document: Document) -> str:
    return el(
        "header", el("h1", escape(document.title)), el("p", inline(document, document.subtitle), cls="sub")
    )  # fmt: skip


def _sections(document: Document, draw: Draw) -> Iterator[str]:
    """The sections; the contents stand behind the first one, which fills a screen of its own."""
    for i, section in enumerate(document.sections):
        yield _section(document, section, draw)
        if i == 0:
            yield _contents(document)


def _contents(document: Document) -> str:
    names = [*((s.anchor, s.title) for s in document.sections), ("notes", "Notes")]
    items = (el("li", el("a", escape(title), href=f"#{anchor}")) for anchor, title in names)
    return el("nav", el("ul", *items), aria_label="Contents")


def _section(document: Document, section: Section, draw: Draw) -> str:
    heading = el("h2", escape(section.title), id=f"{section.anchor}-h")
    inner = (f"\n{_block(document, block, draw)}" for block in section.blocks)
    return "\n" + el("section", heading, *inner, id=section.anchor, aria_labelledby=f"{section.anchor}-h")


def inline(document: Document, text: Text, *, notes: bool = True) -> str:
    """A text as HTML: each number wrapped in a ``data`` element that names its row, a note for each figure."""
    out = []
    for span in text:
        if isinstance(span, Cited):
            out.append(el("data", escape(span.text), value=span.ref))
        elif isinstance(span, Link):
            out.append(el("a", escape(span.text), href=span.url))
        else:
            out.append(escape(span if isinstance(span, str) else span.text))
    marks = (_mark(document.note(figure)) for figure in blocks.cited(text)) if notes else ()
    return "".join([*out, *marks])


def _mark(note: int) -> str:
    """The raised number that leads to a note."""
    return el("sup", el("a", f"[{note}]", href=f"#note-{note}", aria_label=f"Note {note}"))


def _block(document: Document, block: Block, draw: Draw) -> str:
    if isinstance(block, blocks.Paragraph):
        return el("p", inline(document, block.text))
    if isinstance(block, blocks.Lead):
        return el("p", inline(document, block.text), cls="lead")
    if isinstance(block, blocks.Heading):
        return el("h3", escape(block.text), cls="part")
    if isinstance(block, blocks.Bullets):
        return _list(document, block.items)
    if isinstance(block, blocks.Box):
        title = el("h3", escape(block.title))
        return el(
            "aside",
            title,
            _list(document, block.items),
            cls="box" if block.warns else "box plain",
            aria_label=block.title,
        )
    if isinstance(block, blocks.Headline):
        return el("ul", *(_large(document, number, text) for number, text in block.items), cls="headline")
    if isinstance(block, blocks.Grid):
        return _grid(document, block)
    return _figure(document, block, draw)


def _grid(document: Document, block: Grid) -> str:
    """A table of texts; the notes of all its cells stand once, below it."""
    rows = [[inline(document, cell, notes=False) for cell in row] for row in block.rows]
    table = _table(escape(block.caption), [escape(head) for head in block.heads], rows, cls="words")
    figures = dict.fromkeys(figure for row in block.rows for cell in row for figure in blocks.cited(cell))
    marks = [_mark(document.note(figure)) for figure in figures if figure not in blocks.cited(block.foot)]
    foot = el("p", inline(document, block.foot), *marks, cls="foot") if block.foot or marks else ""
    return _scroll(block.caption, table) + foot


def _list(document: Document, items: Sequence[Text]) -> str:
    return el("ul", *(el("li", inline(document, item)) for item in items))


def _large(document: Document, number: Cited, text: Text) -> str:
    """A large number; its interval and n, which stand in brackets, are set small below, then what it counts."""
    big, _, small = number.text.partition(" (")
    below = el("small", escape(f"({small}").replace("n = ", "n&nbsp;=&nbsp;")) if small else ""
    own = "" if number.figure in blocks.cited(text) else _mark(document.note(number.figure))
    said = el("span", inline(document, text), own)
    return el("li", el("data", el("b", escape(big)), " ", below, value=number.ref), said)


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, cls: str = "numbers") -> str:
    """A table with caption, column and row headings, all HTML already; the first column names the row."""
    hidden = el("span", "Name", cls="hid")
    top = el("tr", *(el("th", head or hidden, scope="col") for head in heads))
    body = (el("tr", el("th", row[0], scope="row"), *(el("td", cell) for cell in row[1:])) + "\n" for row in rows)
    return el("table", el("caption", caption), el("thead", top), el("tbody", *body), cls=cls)


def _scroll(name: str, table: str) -> str:
    """A table that may be wider or longer than its place, and can be reached by keyboard."""
    return el("div", table, cls="scroll", tabindex="0", role="region", aria_label=name)


def _figure(document: Document, block: Shown, draw: Draw) -> str:
    """The frame of a figure: title, measure, chart, foot, table."""
    record = block.record
    note = document.note(record["id"])
    charts = list(_charts(block, draw))
    picture = el("figure", *charts, role="img", aria_label=frame.alternative(block)) if charts else ""
    method = el("a", f"Method and postings: note {note}", href=f"#note-{note}")
    summary = el("summary", "Table of this figure")
    title, measure = frame.titled(block)
    return el(
        "div",
        el("h3", inline(document, title, notes=False)),
        el("p", escape(measure), cls="sub"),
        el("p", escape(marks(record)), cls="marks") if charts and marks(record) else "",
        picture,
        el("p", escape(frame.foot(record)), " ", method, cls="foot"),
        el("details", summary, _data(block)) if charts else el("div", _data(block)),
        cls="figure",
        id=f"fig-{record['id']}",
    )


def _charts(block: Shown, draw: Draw) -> Iterator[str]:
    """The chart in each width; ids inside are made the figure's own, since several charts share a page."""
    for width, spec in sorted(block.spec.items(), reverse=True):
        svg = draw(spec)
        if svg is not None:
            prefix = f"c{block.record['id']}-{width}-"
            yield el("div", frame.inlined(svg, prefix=prefix), cls="wide" if width == max(block.spec) else "narrow")


def _data(block: Shown) -> str:
    table, caption, left = frame.cells(block)
    rest = el("p", f"{left} more rows are not printed here.", cls="foot") if left else ""
    heads, *rows = [[escape(cell) for cell in row] for row in table]
    return _scroll(caption, _table(escape(caption), heads, rows)) + rest


def _notes(document: Document) -> str:
    """For each figure: id, method, caveats, example postings, and its table where no section shows it."""
    shown = {b.record["id"] for s in document.sections for b in s.blocks if isinstance(b, Shown)}
    items = (_note(document, record, shown=record["id"] in shown) for record in document.figures)
    heading = el("h2", "Notes: where each number comes from", id="notes-h")
    return "\n" + el("section", heading, el("ol", *items), id="notes", aria_labelledby="notes-h")


def _note(document: Document, record: blocks.Record, *, shown: bool) -> str:
    parts = [el("p", escape(line)) for line in frame.about(record)]
    links = [el("li", el("a", escape(said), href=url) if url else escape(said)) for said, url in frame.examples(record)]
    if links:
        parts += [el("p", "Example postings:"), el("ul", *links)]
    if shown:
        parts.append(el("p", el("a", "Back to the figure", href=f"#fig-{record['id']}")))
    else:
        parts.append(el("details", el("summary", "Table of this figure"), _data(Shown(record))))
    name, address = frame.data(record)
    count = len(record["rows"])
    parts.append(el("p", el("a", f"Data of this figure: {count} rows, CSV", href=address, download=name)))
    note = document.note(record["id"])
    return "\n" + el("li", el("h3", escape(record["title"])), *parts, id=f"note-{note}")

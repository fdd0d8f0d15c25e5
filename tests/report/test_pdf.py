"""Does the report stand on paper: tagged, the same bytes each time, and proof against what others wrote?"""

from pathlib import Path

import pytest

from jobtide.errors import MissingExtra
from jobtide.report import blocks, cite, frame, gate, pdf, render
from jobtide.report.blocks import Box, Document, Grid, Headline, Name, Paragraph, Section, Shown, say
from tests.report.test_document import PYTHON, SKILLS

typst = pytest.importorskip("typst")
HOSTILE = '#panic("x") $ * _ ] ) " \\ @ref <label> // /* \x07'


def test_the_article_is_pdf_ua_with_every_figure(document: Document) -> None:
    made = pdf.pdf(document, {})
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made  # the mark of PDF/UA, which typst sets only after it has checked the structure
    assert b"/StructTreeRoot" in made
    text = pdf.source(document, {})
    for record in document.figures:
        assert f"<note-{document.note(record['id'])}>" in text
        for line in frame.about(record):
            assert pdf._quoted(line) in text


def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    assert pdf.pdf(document, {}) == pdf.pdf(document, {})


def hostile() -> Document:
    """A document in which every place that others' words reach holds markup."""
    record = {**SKILLS, "title": HOSTILE, "method": HOSTILE, "caveats": [HOSTILE]}
    record |= {"rows": [{**PYTHON, "label": HOSTILE}], "examples": [{**SKILLS["examples"][0], "title": HOSTILE}]}
    words = (Name(HOSTILE),)
    body = (
        Headline(((cite.share(record, record["rows"][0]), say("of them")),)), Shown(record, finding=words),
        Box("Box", (words,)), Paragraph(words), Grid("grid", ("a", "b"), ((words, words),)),
    )  # fmt: skip
    second = Section("more", "More", (Shown(record), blocks.Bullets((words,)), blocks.Lead(words)))
    return Document("A report", (), "feedbeefcafe", "2026-11-03", (Section("front", "F", body), second), (record,))


def test_what_others_wrote_is_never_taken_for_a_command() -> None:
    document = hostile()
    gate.check(document)
    assert pdf.pdf(document, {}).startswith(b"%PDF")


def test_charts_are_drawn_with_their_words() -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="5" height="5"/></svg>'
    text = pdf.source(hostile(), {SKILLS["id"]: svg})
    assert text.count("alt: ") == 2
    assert pdf.pdf(hostile(), {SKILLS["id"]: svg}).startswith(b"%PDF")


def test_without_typst_it_says_which_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra, match="report"):
        render.write(hostile(), tmp_path, formats=("pdf",), draw=render.nothing)

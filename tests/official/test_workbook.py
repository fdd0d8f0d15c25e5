"""Workbooks cell by cell: what another reader makes of them is what ours makes, and what is none says so."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.errors import JobtideError
from jobtide.sources.official.sheetxml import is_date
from jobtide.sources.official.workbook import Workbook

_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Style 0 shows numbers as they are, 1 a built-in date, 2 a date of its own, 3 money whose unit is the word "days".
_STYLES = (
    f'<styleSheet xmlns="{_SPACE}"><numFmts><numFmt numFmtId="170" formatCode="dd\\.mm\\.yyyy;@"/>'
    '<numFmt numFmtId="171" formatCode="0.00&quot; days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'
)
Cell = tuple[str, Any]  # kind (s, i, n, d, b, ""), value


def letters(number: int) -> str:
    """A column's name: 0 is A, 26 is AA."""
    name = ""
    while number >= 0:
        name, number = chr(65 + number % 26) + name, number // 26 - 1
    return name


def workbook(rows: Sequence[Sequence[Cell]], *, prefix: str = "", named: bool = True, book: str = "") -> bytes:
    """A workbook of one sheet; ``prefix`` before every element's name, cells ``named`` by their address or in order."""
    p = f"{prefix}:" if prefix else ""
    space = f'xmlns{":" + prefix if prefix else ""}="{_SPACE}"'
    strings: list[str] = []
    lines = []
    for y, row in enumerate(rows, 1):
        cells = []
        for x, (kind, value) in enumerate(row):
            at = f' r="{letters(x)}{y}"' if named else ""
            if kind == "s":
                strings.append(value)
                cells.append(f'<{p}c{at} t="s"><{p}v>{len(strings) - 1}</{p}v></{p}c>')
            elif kind == "i":
                cells.append(f'<{p}c{at} t="inlineStr"><{p}is><{p}t>{escape(value)}</{p}t></{p}is></{p}c>')
            elif kind == "f":
                cells.append(f'<{p}c{at} t="str"><{p}f>A1&amp;B1</{p}f><{p}v>{escape(value)}</{p}v></{p}c>')
            elif kind in ("n", "d", "m"):
                style = {"n": "", "d": ' s="1"', "m": ' s="3"'}[kind]
                cells.append(f"<{p}c{at}{style}><{p}v>{value}</{p}v></{p}c>")
            elif kind == "b":
                cells.append(f'<{p}c{at} t="b"><{p}v>{value}</{p}v></{p}c>')
            elif not named or value:
                cells.append(f'<{p}c{at} s="0"/>')
        lines.append(f"<{p}row>{''.join(cells)}</{p}row>")
    items = "".join(_string(p, number, words) for number, words in enumerate(strings))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SPACE}" xmlns:r="{_DOCUMENT}">{book}<sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<{p}worksheet {space}><{p}sheetData>"
        + "".join(lines)
        + f"</{p}sheetData></{p}worksheet>",
        "xl/sharedStrings.xml": f"<{p}sst {space}>{items}</{p}sst>",
        "xl/styles.xml": _STYLES,
    }
    return packed(parts)


def _string(p: str, number: int, words: str) -> str:
    """A shared string, every third one in two pieces of other letters, with a reading aid that is no part of it."""
    if number % 3:
        return f'<{p}si><{p}t xml:space="preserve">{escape(words)}</{p}t></{p}si>'
    half = len(words) // 2
    runs = "".join(
        f'<{p}r><{p}rPr><{p}b/></{p}rPr><{p}t xml:space="preserve">{escape(part)}</{p}t></{p}r>'
        for part in (words[:half], words[half:])
    )
    return f"<{p}si>{runs}<{p}rPh><{p}t>aid</{p}t></{p}rPh></{p}si>"


def packed(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name, body)
    return out.getvalue()


def ours(body: bytes) -> list[list[str | None]]:
    book = Workbook(io.BytesIO(body), "x.xlsx")
    return [[book.words(cell) for cell in row] for row in book.rows(book.sheets[0])]


def theirs(body: bytes) -> list[list[str | None]]:
    calamine = pytest.importorskip("python_calamine")
    sheet = calamine.CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
    return [[said(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]


def said(cell: Any) -> str | None:
    """Another reader's value as ours writes it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell == datetime(cell.year, cell.month, cell.day) else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip() or None


def trimmed(rows: list[list[str | None]]) -> list[list[str | None]]:
    """Rows without the empty cells and rows at their ends, of which readers make more or fewer."""
    out = []
    for row in rows:
        while row and row[-1] is None:
            row = row[:-1]
        out.append(row)
    while out and not out[-1]:
        out.pop()
    return out


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12)
CELLS = st.one_of(
    WORDS.map(lambda words: ("s", words)), WORDS.map(lambda words: ("i", words)), WORDS.map(lambda words: ("f", words)),
    st.integers(-(10**9), 10**9).map(lambda n: ("n", n)), st.floats(-1e9, 1e9).map(lambda n: ("n", repr(n))),
    st.integers(61, 73_000).map(lambda n: ("d", n)), st.sampled_from(["45292.5", "45292.25"]).map(lambda n: ("d", n)),
    st.floats(0, 1e6).map(lambda n: ("m", repr(n))), st.sampled_from([("b", 0), ("b", 1), ("", ""), ("", "x")]),
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=30), min_size=1, max_size=6), st.booleans())
def test_every_cell_says_what_another_reader_reads(rows: list[list[Cell]], named: bool) -> None:
    body = workbook(rows, named=named)
    assert trimmed(ours(body)) == trimmed(theirs(body))


def test_a_prefix_before_every_name_changes_nothing() -> None:
    rows: list[list[Cell]] = [[("s", "a & b"), ("n", 1.5), ("", ""), ("d", 45292)], [("i", "c"), ("b", 1)]]
    expected = [["a & b", "1.5", None, "2024-01-01"], ["c", "TRUE"]]
    assert ours(workbook(rows)) == ours(workbook(rows, prefix="x")) == expected


def test_a_workbook_that_counts_from_1904_does_so() -> None:
    body = workbook([[("d", 43830)]], book='<workbookPr date1904="1"/>')
    assert ours(body) == [["2024-01-01"]] == theirs(body)


DATES = ["m/d/yyyy", "h:mm AM/PM", "[$-409]d-mmm-yy", "[mm]:ss", 'yyyy"-Q"']
NUMBERS = ["@", "#,##0", '0" years"', "\\d0", "[Red]0", "General", "0.00E+00", "0_d"]


@pytest.mark.parametrize(("code", "shows"), [*((code, True) for code in DATES), *((code, False) for code in NUMBERS)])
def test_a_format_shows_dates_or_not(code: str, shows: bool) -> None:
    assert is_date(code) is shows


def damaged(name: str, body: str) -> bytes:
    """A good workbook with one part replaced."""
    with zipfile.ZipFile(io.BytesIO(workbook([[("s", "a"), ("s", "b")]]))) as file:
        parts = {entry: file.read(entry).decode() for entry in file.namelist()}
    return packed(parts | {name: body})


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("xl/workbook.xml", ""),
        ("xl/workbook.xml", "<workbook><sheets><sheet name='x'/></sheets></workbook>"),
        ("xl/sharedStrings.xml", "<sst><si><t>a"),
        ("xl/sharedStrings.xml", "<sst><si><t>only one</t></si></sst>"),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c r='A1'><v>1"),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c t='s'><v>one</v></c></row></sheetData></worksheet>",
        ),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row><c t='s'><v>-9</v></c></row></sheetData></worksheet>"),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c r='ZZZZ1'><v>1</v></c></row></sheetData></worksheet>",
        ),
        (
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row><c s='1'><v>1e99</v></c></row></sheetData></worksheet>",
        ),
        ("xl/worksheets/sheet1.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet>&b;</worksheet>"),
        ("xl/worksheets/sheet1.xml", f"<worksheet><row>{'<c/>' * 17_000}</row></worksheet>"),
        ("xl/worksheets/sheet1.xml", f"<worksheet><row><c t='str'><v>{'a' * 8_000_000}</v></c></row></worksheet>"),
    ],
)
def test_a_damaged_workbook_names_itself(part: str, body: str) -> None:
    with pytest.raises(JobtideError, match=r"^x\.xlsx: "):
        ours(damaged(part, body))

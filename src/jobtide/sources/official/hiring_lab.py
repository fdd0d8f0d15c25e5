"""Indeed Hiring Lab's trackers: one value a country (state, sector) and day or month.

The base is postings on Indeed; an index is 100 on 1 February 2020. CC BY 4.0, attributed; never joined to our postings.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jobtide.sources.official import cells
from jobtide.sources.official.tabular import chosen
from jobtide.tables import HIRING_LAB

NAME = "hiring_lab"
TITLE = "Indeed Hiring Lab trackers"
BASE = "postings on Indeed; indices are 100 on 1 February 2020, shares are of postings on Indeed"
ATTRIBUTION = "Indeed Hiring Lab, CC BY 4.0"
COLUMNS: Mapping[str, tuple[str, ...]] = {}
NEEDED: tuple[str, ...] = ()
SCHEMA = HIRING_LAB
_KEYS = {
    "date": ("date", "month"), "country": ("jobcountry", "country"), "state": ("state",),
    "sector": ("display_name", "sector"), "variable": ("variable",), "n": ("n_obs",),
}  # fmt: skip
_VALUES = {
    "postings_index_sa": ("indeed_job_postings_index_SA",),
    "postings_index_nsa": ("indeed_job_postings_index_NSA",),
    "postings_index": ("indeed_job_postings_index",),
    "ai_share": ("AI_share_postings",),
    "remote_share": ("remote_share_postings",),
    "posted_wage_growth": ("posted_wage_growth_yoy",),
    "posted_wage_growth_3m": ("posted_wage_growth_yoy_3moavg",),
}


def found_in(header: Sequence[str]) -> dict[str, str]:
    """Return field -> column, empty if the header is of none of the trackers."""
    values = chosen(header, _VALUES)
    keys = chosen(header, _KEYS)
    return keys | values if values and "date" in keys else {}


def tidy(batch: pa.RecordBatch, at: Mapping[str, str]) -> pa.RecordBatch:
    """Return ``tables.HIRING_LAB``: a row for each value; a state's rows are the United States'."""
    text = {name: cells.column(batch, at.get(name)) for name in _KEYS}
    country = text["country"] if "country" in at else pa.array(["US"] * batch.num_rows, pa.string())
    parts = []
    for series in (name for name in _VALUES if name in at):
        made = {
            "series": pa.array([series] * batch.num_rows, pa.string()),
            "date": cells.day(text["date"]),
            "country": country,
            "state": text["state"],
            "sector": text["sector"],
            "variable": text["variable"],
            "value": cells.number(cells.column(batch, at[series])),
            "n": cells.number(text["n"]),
        }
        parts.append(pa.RecordBatch.from_arrays([made[name] for name in HIRING_LAB.names], schema=HIRING_LAB))
    table = pa.Table.from_batches(parts, schema=HIRING_LAB).filter(pc.field("value").is_valid())
    return table.combine_chunks().to_batches()[0] if table.num_rows else pa.RecordBatch.from_pylist([], HIRING_LAB)

"""O*NET tables: occupations, alternate titles, technology skills and job zones, a statement an occupation and row.

The base is occupations, not people and not postings. Read from the tab-separated text, the CSV or the workbook that the
O*NET Resource Center publishes; CC BY 4.0, attributed.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jobtide.sources.official import cells
from jobtide.sources.official.tabular import chosen
from jobtide.tables import ONET

NAME = "onet"
TITLE = "O*NET"
BASE = "occupations of the O*NET-SOC taxonomy; statements about occupations, not counts"
ATTRIBUTION = "O*NET database, US Department of Labor/ETA, CC BY 4.0"
COLUMNS: Mapping[str, tuple[str, ...]] = {}
NEEDED: tuple[str, ...] = ()
SCHEMA = ONET
_CODE = {"code": ("O*NET-SOC Code", "onetsoc_code"), "title": ("Title",)}
# What a row of each table says: kind, its own words, and what is said beside them.
_TABLES = (
    ("technology", ("Example",), ("Commodity Title",)),
    ("alternate_title", ("Alternate Title",), ("Short Title",)),
    ("job_zone", ("Job Zone",), ("Domain Source",)),
    ("task", ("Task",), ("Task Type",)),
    ("occupation", ("Description",), ()),
)


def found_in(header: Sequence[str]) -> dict[str, str]:
    """Return field -> column, empty if the header is of none of the tables."""
    code = chosen(header, _CODE)
    if "code" not in code:
        return {}
    for kind, words, beside in _TABLES:
        found = chosen(header, {f"{kind}/value": words, "detail": beside, "hot": ("Hot Technology",)})
        if f"{kind}/value" in found:
            return code | found
    return {}


def tidy(batch: pa.RecordBatch, at: Mapping[str, str]) -> pa.RecordBatch:
    """Return ``tables.ONET``: kind, occupation and value of each row; rows without a code or a value are left out."""
    field = next(name for name in at if name.endswith("/value"))
    code = cells.column(batch, at["code"])
    made = {
        "kind": pa.array([field.partition("/")[0]] * batch.num_rows, pa.string()),
        "onet_soc": code,
        "soc": cells.soc(code),
        "title": cells.column(batch, at.get("title")),
        "value": cells.column(batch, at[field]),
        "detail": cells.column(batch, at.get("detail")),
        "hot": pc.equal(cells.column(batch, at.get("hot")), "Y"),
    }
    table = pa.RecordBatch.from_arrays([made[name] for name in ONET.names], schema=ONET)
    return table.filter(pc.and_(pc.is_valid(made["soc"]), pc.is_valid(made["value"])))

"""US employment and wages by occupation (OEWS), as BLS publishes them in bulk: one number a row.

Two shapes are read: the time-series text (series_id, year, value: OEU, area type, area, industry, occupation and data
type in one code) and the wide tables (AREA, OCC_CODE, TOT_EMP, A_MEDIAN ...). The base is jobs, not postings. A
withheld value is a row with a null and its mark; "#" is a wage above the highest that is published.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from jobtide.sources.official import cells
from jobtide.sources.official.tabular import chosen
from jobtide.tables import OEWS

NAME = "oews"
TITLE = "US occupational employment and wages (OEWS)"
BASE = "wage and salary jobs in US establishments; employment in jobs, wages in USD; not postings"
ATTRIBUTION = "US Bureau of Labor Statistics, Occupational Employment and Wage Statistics (public domain)"
COLUMNS: Mapping[str, tuple[str, ...]] = {}
NEEDED: tuple[str, ...] = ()
SCHEMA = OEWS
# The last two digits of a series id.
_MEASURES = {
    "01": "employment", "02": "employment_rse", "03": "hourly_mean", "04": "annual_mean", "05": "wage_rse",
    "06": "hourly_p10", "07": "hourly_p25", "08": "hourly_p50", "09": "hourly_p75", "10": "hourly_p90",
    "11": "annual_p10", "12": "annual_p25", "13": "annual_p50", "14": "annual_p75", "15": "annual_p90",
    "16": "per_1000", "17": "location_quotient",
}  # fmt: skip
_SERIES = r"^OEU(?P<kind>[NSM])(?P<area>\d{7})(?P<industry>[0-9A-Z]{6})(?P<soc>\d{6})(?P<measure>\d\d)$"
_KINDS = ("hourly", "annual")
_LONG = {"series": ("series_id",), "year": ("year",), "value": ("value",), "mark": ("footnote_codes",)}
_KEYS = {
    "area_type": ("AREA_TYPE", "areatype"), "area": ("AREA", "area_code"), "area_name": ("AREA_TITLE", "area_name"),
    "industry": ("NAICS", "industry_code"), "soc": ("OCC_CODE", "soc"), "occupation": ("OCC_TITLE", "occupation"),
}  # fmt: skip
_WIDE = {
    "employment": ("TOT_EMP", "employment"),
    "employment_rse": ("EMP_PRSE", "employment_prse"),
    "hourly_mean": ("H_MEAN", "hourly_mean"),
    "annual_mean": ("A_MEAN", "annual_mean"),
    "wage_rse": ("MEAN_PRSE", "wage_prse"),
    **{f"{kind}_p{at}": (f"{kind[0].upper()}_PCT{at}", f"{kind}_p{at}") for kind in _KINDS for at in (10, 25, 75, 90)},
    **{f"{kind}_p50": (f"{kind[0].upper()}_MEDIAN", f"{kind}_median") for kind in _KINDS},
    "per_1000": ("JOBS_1000", "emp_per_1000"),
    "location_quotient": ("LOC_QUOTIENT", "LOC QUOTIENT", "location_quotient"),
}
_AREA_TYPES = {"N": "N", "S": "S", "M": "M", "1": "N", "2": "S", "3": "S", "4": "M", "6": "M"}


def found_in(header: Sequence[str]) -> dict[str, str]:
    """Return field -> column of either shape, empty if the header is neither."""
    long = chosen(header, _LONG)
    if {"series", "year", "value"} <= long.keys():
        return long
    keys, values = chosen(header, _KEYS), chosen(header, _WIDE)
    return keys | values if {"area", "soc"} <= keys.keys() and {"employment", "annual_mean"} <= values.keys() else {}


def tidy(batch: pa.RecordBatch, at: Mapping[str, str]) -> pa.RecordBatch:
    """Return ``tables.OEWS``: a row for each number or mark; series of other surveys are left out."""
    return _from_series(batch, at) if "series" in at else _from_wide(batch, at)


def _from_series(batch: pa.RecordBatch, at: Mapping[str, str]) -> pa.RecordBatch:
    series = pc.extract_regex(cells.column(batch, at["series"]), _SERIES)
    codes = pa.array(list(_MEASURES))
    measure = pa.array(list(_MEASURES.values())).take(pc.index_in(pc.struct_field(series, "measure"), value_set=codes))
    value = cells.column(batch, at["value"])
    made = {
        "area_type": pc.struct_field(series, "kind"),
        "area": pc.struct_field(series, "area"),
        "area_name": pa.nulls(batch.num_rows, pa.string()),
        "industry": pc.struct_field(series, "industry"),
        "soc": cells.soc(pc.struct_field(series, "soc")),
        "occupation": pa.nulls(batch.num_rows, pa.string()),
        "year": pc.cast(cells.number(cells.column(batch, at["year"])), pa.int32()),
        "measure": measure,
        "value": cells.number(value),
        "mark": pc.coalesce(_mark(value), cells.column(batch, at.get("mark"))),
    }
    table = pa.RecordBatch.from_arrays([made[name] for name in OEWS.names], schema=OEWS)
    return table.filter(pc.and_(pc.is_valid(made["soc"]), pc.is_valid(measure)))


def _from_wide(batch: pa.RecordBatch, at: Mapping[str, str]) -> pa.RecordBatch:
    keys = {name: cells.column(batch, at.get(name)) for name in _KEYS}
    kinds = pc.index_in(pc.utf8_upper(keys["area_type"]), value_set=pa.array(list(_AREA_TYPES)))
    keys["area_type"] = pa.array(list(_AREA_TYPES.values())).take(kinds)
    keys["soc"] = cells.soc(keys["soc"])
    year = pa.nulls(batch.num_rows, pa.int32())
    parts = []
    for measure in (name for name in _WIDE if name in at):
        text = cells.column(batch, at[measure])
        made = {
            **keys,
            "year": year,
            "measure": pa.array([measure] * batch.num_rows),
            "value": cells.number(text),
            "mark": _mark(text),
        }
        parts.append(pa.RecordBatch.from_arrays([made[name] for name in OEWS.names], schema=OEWS))
    table = pa.Table.from_batches(parts, schema=OEWS).filter(pc.field("soc").is_valid())
    stated = table.filter(pc.field("value").is_valid() | pc.field("mark").is_valid())
    return stated.combine_chunks().to_batches()[0] if stated.num_rows else pa.RecordBatch.from_pylist([], schema=OEWS)


def _mark(text: pa.Array) -> pa.Array:
    return pc.if_else(pc.fill_null(cells.withheld(text), False), text, None)

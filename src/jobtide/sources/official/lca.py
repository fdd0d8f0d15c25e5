"""US visa wage disclosures (Labor Condition Applications, Form ETA-9035), as the Department of Labor publishes them.

One row a case; its base is cases decided in the file's period, not jobs and not postings. Titles of columns differ
between fiscal years: FY2009-14 say LCA_CASE_..., FY2015 has one wage column with a range, FY2019 numbers its
worksites, later years do not. The prevailing wage is the legal floor, the offered wage what the employer states.
"""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from jobtide.sources.official import cells
from jobtide.tables import LCA

NAME = "lca"
TITLE = "US visa wage disclosures (LCA)"
BASE = "labor condition applications decided in the period of the file; wages as stated on them"
ATTRIBUTION = "US Department of Labor, Office of Foreign Labor Certification, LCA disclosure data (public domain)"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "case": ("CASE_NUMBER", "LCA_CASE_NUMBER", "CASE_NO"),
    "status": ("CASE_STATUS", "STATUS", "APPROVAL_STATUS"),
    "decided_on": ("DECISION_DATE", "DOL_DECISION_DATE", "LCA_CASE_CERTIFICATION"),
    "visa_class": ("VISA_CLASS",),
    "job_title": ("JOB_TITLE", "LCA_CASE_JOB_TITLE"),
    "soc": ("SOC_CODE", "LCA_CASE_SOC_CODE", "OCCUPATIONAL_CODE"),
    "soc_title": ("SOC_TITLE", "SOC_NAME", "LCA_CASE_SOC_NAME"),
    "employer": ("EMPLOYER_NAME", "LCA_CASE_EMPLOYER_NAME", "EMPLOYER_BUSINESS_NAME"),
    "naics": ("NAICS_CODE", "NAIC_CODE", "LCA_CASE_NAICS_CODE"),
    "city": ("WORKSITE_CITY", "WORKSITE_CITY_1", "LCA_CASE_WORKLOC1_CITY", "WORK_LOCATION_CITY1"),
    "state": ("WORKSITE_STATE", "WORKSITE_STATE_1", "LCA_CASE_WORKLOC1_STATE", "WORK_LOCATION_STATE1"),
    "full_time": ("FULL_TIME_POSITION", "FULL_TIME_POS"),
    "workers": ("TOTAL_WORKERS", "TOTAL_WORKER_POSITIONS"),
    "wage_from": (
        "WAGE_RATE_OF_PAY_FROM", "WAGE_RATE_OF_PAY_FROM_1", "LCA_CASE_WAGE_RATE_FROM", "WAGE_RATE_1",
        "WAGE_RATE_OF_PAY",
    ),
    "wage_to": ("WAGE_RATE_OF_PAY_TO", "WAGE_RATE_OF_PAY_TO_1", "LCA_CASE_WAGE_RATE_TO"),
    "wage_unit": ("WAGE_UNIT_OF_PAY", "WAGE_UNIT_OF_PAY_1", "LCA_CASE_WAGE_RATE_UNIT", "WAGE_UNIT_1"),
    "prevailing": ("PREVAILING_WAGE", "PREVAILING_WAGE_1", "PW_1"),
    "prevailing_unit": ("PW_UNIT_OF_PAY", "PW_UNIT_OF_PAY_1", "PW_UNIT_1"),
    "prevailing_level": ("PW_WAGE_LEVEL", "PW_WAGE_LEVEL_1"),
}  # fmt: skip
NEEDED = ("case", "status", "employer")
SCHEMA = LCA
_UNITS = {
    "YEAR": "year", "YR": "year", "HOUR": "hour", "HR": "hour", "WEEK": "week", "WK": "week", "MONTH": "month",
    "MTH": "month", "BI-WEEKLY": "two_weeks", "BI": "two_weeks",
}  # fmt: skip


def tidy(batch: pa.RecordBatch, at: Mapping[str, str]) -> pa.RecordBatch:
    """Return ``tables.LCA`` for a batch of text columns; ``at`` says which column holds which field.

    A file of before FY2020 that states no unit of the prevailing wage leaves it null: it is not guessed.
    """
    text = {name: cells.column(batch, at.get(name)) for name in COLUMNS}
    low, high = _range(text["wage_from"])
    made = {
        **{name: text[name] for name in ("case", "visa_class", "job_title", "soc_title", "employer", "naics", "city")},
        "status": pc.utf8_lower(text["status"]),
        "decided_on": cells.day(text["decided_on"]),
        "soc": cells.soc(text["soc"]),
        "state": pc.utf8_upper(text["state"]),
        "full_time": _yes(text["full_time"]),
        "workers": cells.number(text["workers"]),
        "wage_low": low,
        "wage_high": pc.coalesce(cells.number(text["wage_to"]), high),
        "wage_period": _period(text["wage_unit"]),
        "prevailing": cells.number(text["prevailing"]),
        "prevailing_period": _period(text["prevailing_unit"]),
        "prevailing_level": text["prevailing_level"],
    }
    return pa.RecordBatch.from_arrays([made[name] for name in LCA.names], schema=LCA)


def _range(text: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Both ends of "50000.00 - 60000.00", as FY2015 writes them; one number is both its ends' lower."""
    ends = pc.extract_regex(text, r"^(?P<low>[^-]*\d)\s*-?\s*(?P<high>[\d$,.]+)?$")
    return cells.number(pc.struct_field(ends, "low")), cells.number(_filled(pc.struct_field(ends, "high")))


def _filled(text: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(text, ""), None, text)


def _period(text: pa.Array) -> pa.Array:
    upper = pc.utf8_upper(text)
    index = pc.index_in(upper, value_set=pa.array(list(_UNITS)))
    return pa.array(list(_UNITS.values())).take(index)


def _yes(text: pa.Array) -> pa.Array:
    initial = pc.utf8_slice_codeunits(pc.utf8_upper(text), 0, 1)
    return pc.if_else(
        pc.is_in(initial, value_set=pa.array(["Y", "N", "T", "F"])),
        pc.is_in(initial, value_set=pa.array(["Y", "T"])),
        None,
    )

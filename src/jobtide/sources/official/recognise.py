"""Which published table is this file, and what are its rows?"""

import importlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import IO

import pyarrow as pa

from jobtide.errors import JobtideError, UsageError
from jobtide.sources.official.tabular import Sheet, chosen, open_table

NAMES = ("lca", "projections", "oews", "hiring_lab", "onet")
# One column of each table that may stand below title lines in a workbook: how its header is found there.
_TELLING = (
    "CASE_NUMBER", "LCA_CASE_NUMBER", "Occupation type", "OCC_CODE", "series_id", "O*NET-SOC Code", "AI_share_postings",
)  # fmt: skip


@dataclass(slots=True)
class Official:
    """A published table being read: which it is, its columns, and tidy batches that can be walked once."""

    name: str
    title: str
    base: str
    attribution: str
    schema: pa.Schema
    sheet: Sheet
    batches: Iterator[pa.RecordBatch]


def read(file: IO[bytes], *, name: str, kind: str = "") -> Official:
    """Return the published table in ``file``, recognised by its header, or read as ``kind``.

    Raises UsageError for a kind that does not exist, JobtideError for a file that is none of them or lacks a column.
    """
    if kind and kind not in NAMES:
        raise UsageError(f"no official table {kind!r}; there are {', '.join(NAMES)}")
    sheet = open_table(file, name=name, wanted=_TELLING)
    for candidate in (kind,) if kind else NAMES:
        module = importlib.import_module(f"jobtide.sources.official.{candidate}")
        at = _columns(module, sheet.header)
        if at and all(field in at for field in module.NEEDED):
            batches = (module.tidy(batch, at) for batch in sheet.batches)
            return Official(
                module.NAME, module.TITLE, module.BASE, module.ATTRIBUTION, module.SCHEMA, sheet, batches
            )  # fmt: skip
    known = ", ".join(sheet.header[:8])
    what = f"{kind} lacks a column it needs" if kind else f"none of the official tables ({', '.join(NAMES)})"
    raise JobtideError(f"{name}: {what}; its columns are {known}{' ...' if len(sheet.header) > 8 else ''}")


def _columns(module: ModuleType, header: Sequence[str]) -> dict[str, str]:
    if module.COLUMNS:
        return chosen(header, module.COLUMNS)
    found: dict[str, str] = module.found_in(header)
    return found

"""Which postings of any file are one vacancy?

What ``jobtide link FILE`` prints: the rows need no dates and no store; the earliest row of the file begins a vacancy.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from jobtide.link.employers import employer_id
from jobtide.link.signatures import signatures
from jobtide.link.vacancies import vacancies
from jobtide.model import Spec

_WHEN = pa.timestamp("us", tz="UTC")
_SPEC = Spec("", "", "", "")


def link_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    """Yield ``{"id", "vacancy", "requisition", "relation"}`` for each row, in order.

    Rows have id, title, employer, location and plain ``text``; one without a title is taken as a free text.
    ``requisition``, ``role`` and ``seniority`` are used where given. ``relation``: self (begins a vacancy), exact, near
    (joins one), elsewhere (begins a vacancy, but an earlier row of another employer has the same text). ``vacancy`` is
    the id of the vacancy's earliest row; ``requisition`` is as given, else the vacancy. Rows that repeat an id are told
    apart by their order. No rows give nothing.
    """
    given = list(rows)
    # Zero-padded row numbers stand in for keys, so that "earliest" means earliest in the file.
    keys = [f"{at:09d}" for at in range(len(given))]
    if not given:
        return
    postings = _postings(given, keys)
    signed = pa.Table.from_batches([signatures(batch, _SPEC) for batch in postings.to_batches()])
    members, elsewhere = vacancies(postings, signed)
    member = {row["posting"]: row for row in members.to_pylist()}
    abroad = {row["posting"] for row in elsewhere.to_pylist() if row["other"] < row["posting"]}
    for key, row in zip(keys, given, strict=True):
        found = member[key]
        vacancy = str(given[int(found["vacancy"])].get("id", ""))
        relation = "elsewhere" if found["relation"] == "self" and key in abroad else found["relation"]
        requisition = str(row.get("requisition") or "") or vacancy
        yield {"id": str(row.get("id", "")), "vacancy": vacancy, "requisition": requisition, "relation": relation}


def _postings(given: list[Mapping[str, Any]], keys: list[str]) -> pa.Table:
    """The rows as ``vacancies`` takes them; each row is a version of its own."""

    def column(name: str) -> pa.Array:
        return pa.array([str(row.get(name) or "") for row in given], pa.string())

    undated = pa.array([None] * len(given), _WHEN)
    return pa.table({
        "posting": pa.array(keys, pa.string()),
        "version": pa.array(keys, pa.string()),
        "employer": pa.array([employer_id(str(row.get("employer") or "")) for row in given], pa.string()),
        "first_published_at": undated,
        "last_published_at": undated,
        **{name: column(name) for name in ("title", "location", "department", "role", "seniority", "text")},
    })  # fmt: skip

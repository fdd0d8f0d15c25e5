"""What does this snapshot hold, and what is it not?"""

from collections.abc import Iterator

import numpy as np

from jobtide.market import columns, oews
from jobtide.market.coverage import seen
from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import SPLITS, base, chosen
from jobtide.store.snapshot import Snapshot

# Row -> what an opening must have to count in it: a split, and one of its groups.
_HELD = {
    "structured": (("p.pay_basis", ""), "structured"), "in_text": (("p.pay_basis", ""), "stated"),
    "english": (("p.language", ""), "en"), "us": (("p.country", ""), "US"), "remote": (SPLITS["work_mode"], "remote"),
}  # fmt: skip
_ALL = """
    select count(*) as postings, count(*) filter (posting = vacancy) as vacancies,
        count(distinct employer) as all_employers, count(distinct source) as sources,
        count(distinct source || ':' || board) as boards, (select count(*) from quarantine) as set_aside,
        (select count(distinct cast("at" as date)) from crawl where outcome in ('complete', 'unchanged')) as days
    from posting
"""
# key, label, and whether the row counts the whole snapshot rather than what the filters leave.
# What the sample stands for comes first.
_ROWS = (
    ("sources", "sources seen", True),
    ("boards", "boards seen", True),
    ("days", "days of complete crawls", True),
    ("placed", "openings that name a US state", False),
    ("states", "US states with any (of 51, with DC)", False),
    ("postings", "postings read", True),
    ("vacancies", "vacancies, each counted once", True),
    ("all_employers", "employers in the whole snapshot", True),
    ("set_aside", "rows that could not be read", True),
    ("openings", "openings counted here", False),
    ("employers", "their employers", False),
    ("structured", "of them with pay in a field of its own", False),
    ("in_text", "of them with pay in the text only", False),
    ("us", "of them first placed in the US", False),
    ("remote", "of them remote", False),
    ("english", "of them in English", False),
)


def overview(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return counts of the snapshot and of what ``filters`` leave, in a fixed order; what it stands for first.

    Rows: ``value`` and ``n`` are counts. An empty base gives zeros: this figure counts and estimates nothing.
    """
    counted = base(snapshot, filters)
    whole: dict[str, int] = snapshot.once("overview", lambda: snapshot.query(_ALL).to_pylist()[0])
    here = {"openings": counted.n, "employers": len(counted.employers)}
    here |= {name: _held(snapshot, filters, *of) for name, of in _HELD.items()}
    found = whole | here | _placed(snapshot, filters)
    return figure(
        "overview", snapshot, filters, title="What is counted", unit="count", rows=_rows(found), counted=counted,
        least=False, chart=None, caveats=(seen(snapshot),),
        method="An opening is a vacancy counted once: the same text at one employer, other places included.",
    )  # fmt: skip


def _held(snapshot: Snapshot, filters: Filters, of: tuple[str, str], key: str) -> int:
    """Openings in one group of a split."""
    column = columns.split(snapshot, of)
    _, code = column.beside(chosen(snapshot, filters).no)
    return int(np.count_nonzero(code == column.keys.index(key))) if key in column.keys else 0


def _placed(snapshot: Snapshot, filters: Filters) -> dict[str, int]:
    """Openings that name a US state, and the states that any of them names."""
    states = columns.split(snapshot, SPLITS["state"])
    at, code = states.beside(chosen(snapshot, filters).no)
    named = {states.keys[one] for one in np.flatnonzero(np.bincount(code)).tolist()}
    return {"placed": int(np.count_nonzero(np.diff(at, prepend=-1))), "states": len(named & set(oews.FIPS))}


def _rows(found: dict[str, int]) -> Iterator[Row]:
    for key, label, whole in _ROWS:
        employers = found["all_employers"] if whole else found["employers"]
        yield Row(key, label, float(found[key]), None, None, found[key], employers)

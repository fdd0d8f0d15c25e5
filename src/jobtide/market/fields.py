"""Which fields of study do openings name?"""

from jobtide.market.figure import Figure
from jobtide.market.filters import Filters
from jobtide.market.named import named
from jobtide.store.snapshot import Snapshot


def fields(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that name each field of study, most named first; with ``by``, in each group.

    Rows as in ``named``; the last row, or the last of each group, is "unknown": openings of which no field was read.
    Raises TooFew.
    """
    return named(
        "fields", snapshot, filters, kind="field_of_study", by=by, unknown="no field named or read",
        title="Openings that name each field of study", tells="name a field of study that we read",
        method="Openings that name the field beside a degree, over all openings of the base.",
        caveats=("An opening may name several fields; it counts in each.",),
    )  # fmt: skip

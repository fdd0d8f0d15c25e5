"""In which industries are openings?"""

from jobtide.market.figure import Figure
from jobtide.market.filters import Filters
from jobtide.market.shares import spread
from jobtide.store.snapshot import Snapshot


def industries(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings in each industry, largest first, with those whose industry is unknown.

    Rows as in ``spread``. An employer has one industry: its openings vote. Raises TooFew.
    """
    return spread(
        "industries", snapshot, filters, of="industry", by=by, chart="bars",
        caveats=(
            "The industry is read from the words with which an employer speaks of itself, and is the one that most of "
            "its openings say; employers of two industries count in one.",
        ),
    )  # fmt: skip

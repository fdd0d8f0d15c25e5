"""What counts as proof? The share of openings that ask for or welcome each sign of skill beside degrees and years."""

from jobtide.market.figure import Figure
from jobtide.market.filters import Filters
from jobtide.market.named import named
from jobtide.model import PROOFS
from jobtide.store.snapshot import Snapshot

_SAID = {
    "portfolio": "a portfolio or work samples",
    "open_source": "open-source work",
    "publications": "publications",
    "bootcamp": "a bootcamp",
    "competitions": "competitions and hackathons",
    "side_projects": "side projects",
    "patents": "patents",
    "talks": "talks and technical writing",
}


def proof(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that name each sign of skill, most named first; with ``by``, in each group.

    Rows as in ``named``; every sign of the list stands in it, a zero with its upper bound. Raises TooFew.
    """
    return named(
        "proof", snapshot, filters, kind="proof", by=by, concepts=PROOFS, say=lambda id: _SAID.get(id, id),
        title="What counts as proof of skill", tells="name at least one of these",
        method="Openings that name the sign among what they ask for or welcome, over all openings of the base.",
        caveats=("Phrases of a closed list among requirements and wishes only: shares are lower bounds.",),
    )  # fmt: skip

"""What is the work? The share of openings that tell each duty of our closed list."""

from jobtide.market.figure import Figure
from jobtide.market.filters import Filters
from jobtide.market.named import named
from jobtide.store.snapshot import Snapshot


def duties(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings that tell each duty, most told first; with ``by``, in each group.

    Rows as in ``named``; every duty of the list stands in it, a zero with its upper bound. Raises TooFew.
    """
    from jobtide.enrich.duties import load

    said = {duty.id: duty.name for duty in load()}
    return named(
        "duties", snapshot, filters, kind="duty", by=by, concepts=tuple(said), say=lambda id: said.get(id, id),
        title="What the work is", tells="tell at least one duty of the list",
        method="Openings whose account of the work holds a phrase of the duty, over all openings of the base.",
        caveats=(
            "Phrases of a closed list: a duty told in other words is missed, so shares are lower bounds; phrases in "
            "what a candidate shall bring do not count.",
        ),
    )  # fmt: skip

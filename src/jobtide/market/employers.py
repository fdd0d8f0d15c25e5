"""Who has openings, and how much of the sample is a few employers?"""

from collections.abc import Iterator

import numpy as np

from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import Counted, base, employer_names
from jobtide.store.snapshot import Snapshot

_TOP = 10  # employers whose joint share says how concentrated the sample is


def employers(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return the openings of each employer, most first; a count of this sample, not an estimate of the market.

    Rows: ``value`` and ``n`` openings, ``share`` of the base. The caveats say what the ten largest hold together.
    """
    whole = base(snapshot, filters)
    return figure(
        "employers", snapshot, filters, counted=whole, least=False, chart="bars", rows=_rows(snapshot, whole),
        title="Openings by employer", unit="openings", caveats=(_concentration(whole),),
        method="Openings counted once a vacancy. Counts of this sample; no interval belongs to a count.",
    )  # fmt: skip


def _rows(snapshot: Snapshot, whole: Counted) -> Iterator[Row]:
    names = employer_names(snapshot)
    order = sorted(zip(whole.employers, whole.sizes, strict=True), key=lambda pair: (-pair[1], pair[0]))
    for employer, size in order:
        yield Row(
            employer, names.get(employer, employer), float(size), None, None, int(size), 1,
            more={"share": round(float(size) / whole.n, 4)},
        )  # fmt: skip


def _concentration(whole: Counted) -> str:
    """What the largest employers hold together, in one sentence."""
    if not whole.n:
        return "No openings."
    top = float(np.sort(whole.sizes)[::-1][:_TOP].sum()) / whole.n
    return (
        f"The {min(_TOP, len(whole.sizes))} largest of {len(whole.sizes)} employers hold {top * 100:.0f}% of "
        f"{whole.n:,} openings; the sample is worth {whole.effective:.0f} employers of equal size."
    )

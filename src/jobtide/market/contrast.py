"""What separates two roles: skills, duties, degrees and more, of one beside the other?"""

from dataclasses import replace

from jobtide.errors import UsageError
from jobtide.market import against, cells, words
from jobtide.market.figure import Figure, figure
from jobtide.market.filters import Filters
from jobtide.model import ROLES
from jobtide.store.snapshot import Snapshot


def contrast(snapshot: Snapshot, filters: Filters, *, to: str | None = None, about: str = "skills") -> Figure:
    """Return the role of ``filters`` beside the role ``to``, what differs most first.

    ``about``: skills, duties, proof, certificates, work_mode, industries or degrees. Rows as in ``compared``: ``value``
    of the first role, ``rest`` of the second, ``difference``. Raises TooFew; UsageError without two different roles.
    """
    if filters.role is None or to is None or to not in ROLES or to == filters.role:
        raise UsageError(
            f"contrast takes two roles, such as --role ml_engineer --to data_scientist; there are {', '.join(ROLES)}"
        )
    both = replace(filters, role=None, family="all")
    _, groups = cells.bases(snapshot, both, "role")
    sides = against.Sides("role", filters.role, to, groups)
    rows = against.compared(snapshot, both, sides, about)
    first, second = words.role(filters.role), words.role(to)
    return figure(
        "contrast", snapshot, filters, counted=sides.base(filters.role), chart="contrast", unit="share of openings",
        rows=sorted(rows, key=lambda row: (-abs(float(row.more.get("difference") or 0.0)), row.key)),
        parameters={"to": to, "about": about}, title=f"{first} beside {second}: {about.replace('_', ' ')}",
        method="Shares of openings of each role. Difference: 95 %, from the clustered intervals of both and the "
        "correlation that common employers give them (Zou 2007).",
        caveats=tuple(against.caveats(sides, first, second)),
    )  # fmt: skip

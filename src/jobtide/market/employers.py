"""Who has openings: which employers, of which kind and size, and how much of the sample is a few of them?"""

from collections.abc import Iterator

import numpy as np

from jobtide.market import cells, columns
from jobtide.market.columns import Flags
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import SPLITS, UNKNOWN, Counted, base, chosen, employer_names
from jobtide.market.shares import marked, spread
from jobtide.store.snapshot import Snapshot

_TOP = 10  # employers whose joint share says how concentrated the sample is
_STAFFING = "staffing"
# What is known of each employer; that of number 1 comes first.
_TRAITS = """
    select coalesce(i.concept, 'unknown') as industry, coalesce(k.concept, 'unknown') as kind, z.size
    from employer p
        left join (from employer_trait where kind = 'industry') i on i.employer = p.employer
        left join (from employer_trait where kind = 'employer_kind') k on k.employer = p.employer
        {sized}
    order by p.employer_no
"""
_SIZES = {
    "1-50": "up to 50 employees", "51-200": "51 to 200", "201-1000": "201 to 1,000", "1001-10000": "1,001 to 10,000",
    "10001+": "more than 10,000", UNKNOWN: "size not stated",
}  # fmt: skip
SIZE = (
    "case when z.size is null then 'unknown' when z.size <= 50 then '1-50' when z.size <= 200 then '51-200' "
    "when z.size <= 1000 then '201-1000' when z.size <= 10000 then '1001-10000' else '10001+' end",
    # As with its kind, what fewer than a tenth of an employer's openings state says nothing of it.
    "left join (select employer, median(employer_size) as size from posting where posting = vacancy group by employer "
    "having count(employer_size) * 10 >= count(*)) z "
    "on z.employer = p.employer",
)


def employers(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return the openings of each employer, most first; a count of this sample, not an estimate of the market.

    Rows: ``value`` and ``n`` openings, ``share`` of the base, ``remote`` and ``states_pay`` openings, ``industry`` and
    ``kind``, "unknown" where none was read, ``size`` in employees, None where none is stated; a staffing agency is
    marked. The caveats say what the ten
    largest hold together.
    """
    whole = base(snapshot, filters)
    return figure(
        "employers", snapshot, filters, counted=whole, least=False, chart="bars", rows=_rows(snapshot, filters, whole),
        title="Openings by employer", unit="openings", caveats=(_largest(whole),),
        method="Openings counted once a vacancy. Counts of this sample; no interval belongs to a count.",
    )  # fmt: skip


def _rows(snapshot: Snapshot, filters: Filters, whole: Counted) -> Iterator[Row]:
    names, known, ids = employer_names(snapshot), _traits(snapshot), list(whole.employers)
    sizes, numbers = whole.sizes.tolist(), whole.numbers.tolist()
    shares = np.round(whole.sizes / max(whole.n, 1), 4).tolist()
    remote = _held(snapshot, filters, whole, SPLITS["work_mode"], "remote")
    states_pay = _held(snapshot, filters, whole, SPLITS["pay_stated"], "stated")
    for at in np.argsort(-whole.sizes, kind="stable").tolist():  # employers stand in the order of their ids
        employer, trait = ids[at], known[numbers[at] - 1]
        more: dict[str, Extra] = {
            "share": shares[at], "remote": remote[at], "states_pay": states_pay[at], **trait,
        }  # fmt: skip
        flag = _STAFFING if _STAFFING in (trait["industry"], trait["kind"]) else ""
        yield Row(employer, names.get(employer, employer), sizes[at], None, None, int(sizes[at]), 1, flag, more)


def _held(snapshot: Snapshot, filters: Filters, whole: Counted, of: tuple[str, str], key: str) -> list[int]:
    """How many openings of each employer of a base are in one group of a split."""
    column, found = columns.split(snapshot, of), chosen(snapshot, filters)
    if key not in column.keys:
        return [0] * len(whole.sizes)
    at, code = column.beside(found.no)
    there = found.owner[at[code == column.keys.index(key)]]
    counts: list[int] = np.bincount(there, minlength=int(whole.numbers.max(initial=0)) + 1)[whole.numbers].tolist()
    return counts


def _traits(snapshot: Snapshot) -> list[dict[str, Extra]]:
    """Industry, kind and size of each employer, read once a snapshot."""
    sql = _TRAITS.replace("{sized}", SIZE[1])
    return snapshot.once("employer traits", lambda: snapshot.query(sql).to_pylist())


def _largest(whole: Counted) -> str:
    """What the largest employers hold together, in one sentence."""
    if not whole.n:
        return "No openings."
    return (
        f"The {min(_TOP, len(whole.sizes))} largest of {len(whole.sizes)} employers hold {_top(whole, _TOP) * 100:.0f}%"
        f" of {whole.n:,} openings; the sample is worth {whole.effective:.0f} employers of equal size."
    )


def _top(whole: Counted, most: int) -> float:
    """What the ``most`` largest employers hold together."""
    return float(np.sort(whole.sizes)[::-1][:most].sum()) / whole.n if whole.n else 0.0


def concentration(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return how much of the sample a few employers hold; measures of this sample, without intervals.

    Rows: ``top1``, ``top10`` and ``top50`` shares of openings; ``herfindahl``, the chance that two openings drawn at
    random are of one employer, whose inverse is the number of effective employers; ``staffing``, the share of openings
    of employers read as staffing agencies. ``n`` openings. An empty base gives zeros.
    """
    whole = base(snapshot, filters)
    traits = _traits(snapshot)
    agency = np.array(
        [_STAFFING in (traits[at - 1]["industry"], traits[at - 1]["kind"]) for at in whole.numbers.tolist()]
    )
    return figure(
        "concentration", snapshot, filters, counted=whole, least=False, unit="share of openings", chart="bars",
        rows=_concentrated(whole, agency), title="How concentrated the sample is", caveats=(_largest(whole),),
        method="Openings of the largest employers over all openings of the base, and the sum of squared shares.",
    )  # fmt: skip


def _concentrated(whole: Counted, agency: Flags) -> Iterator[Row]:
    for most in (1, _TOP, 50):
        shown = "the largest employer" if most == 1 else f"the {most} largest employers"
        yield Row(f"top{most}", shown, _top(whole, most), None, None, whole.n, min(most, len(whole.employers)))
    squared = 1 / whole.effective if whole.n else 0.0
    yield Row(
        "herfindahl", "chance that two openings are of one employer", squared, None, None, whole.n,
        len(whole.employers), more={"effective_employers": round(whole.effective, 1)},
    )  # fmt: skip
    held = float(whole.sizes[agency].sum()) if len(agency) else 0.0
    share = held / whole.n if whole.n else 0.0
    yield Row(
        "staffing", "staffing agencies", share, None, None, whole.n, int(agency.sum()), more={"openings": int(held)},
    )  # fmt: skip


def employer_kinds(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings by kind of employer, with those whose kind no posting states.

    Rows as in ``spread``. Raises TooFew.
    """
    return spread(
        "employer_kinds", snapshot, filters, of="employer_kind", by=by, chart="bars",
        title="Openings by kind of employer",
        caveats=("A kind is counted only where a posting of the employer states it; most state none.",),
    )  # fmt: skip


def employer_sizes(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return the share of openings by the employees that the employer states, small first, unknown last.

    Rows as in ``spread``. Raises TooFew.
    """
    whole, groups = cells.bases(snapshot, filters, by)
    how = cells.said(snapshot, by, _SIZES.__getitem__)
    counted = cells.tally(snapshot, filters, cells.having(SIZE), by=by)
    stated = [concept for concept in _SIZES if any(found == concept for _, found in counted)]
    rows = (marked(row) for row in cells.rows(counted, groups, how, concepts=stated, counts="openings"))
    return figure(
        "employer_sizes", snapshot, filters, group=by or "", counted=whole, chart="bars", rows=rows,
        unit="share of openings", method=f"Openings of the size over all openings of the base. {cells.METHOD}",
        title="Openings by size of employer" + (f", by {by.replace('_', ' ')}" if by else ""),
        caveats=("A size is counted only where a posting of the employer states it: the median of what they state.",),
    )  # fmt: skip

"""How many openings are new in each month of crawls, how many come back, and how many are gone?"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from jobtide.market import support, words
from jobtide.market.figure import Extra, Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import Numbers, effective_employers, reach_of
from jobtide.market.openings import Counted, label
from jobtide.market.stays import Stayed, Watched, number, parted, stayed, watched
from jobtide.store.snapshot import Snapshot

_KINDS = ("opened", "reopened", "closed")
_METHOD = (
    "On boards crawled completely from the first days to the last. Opened: seen for the first time, and not at its "
    "board's first crawl. Reopened: seen again after its postings were gone. Closed: missed by two complete crawls, "
    "dated to the first. missed: by the last crawl only, so that the next one must tell. rate: of the openings that "
    "stood when the period began, with a 95 % interval linearised over employers."
)


def flow(snapshot: Snapshot, filters: Filters, *, by: str | None = None) -> Figure:
    """Return openings that opened, came back and closed between crawls, by months of crawls; or over all by a split.

    Rows: keys "2025-11-30/opened", the period's last day, or "ml_engineer/opened"; ``value`` and ``n`` openings,
    ``stock`` those that stood when it began, ``rate`` (``rate_low``, ``rate_high``) their ratio, where the stock can
    carry one, and beside what closed ``missed``: openings that only the last crawl missed; where that is all there is,
    the value is withheld. Raises NotSupported before two complete crawls 28 days apart, TooFew.
    """
    panel = watched(snapshot, filters, "flow")
    found = stayed(snapshot, filters, panel.boards)
    total = _total(found, panel)
    if not support.shown(total.n, len(total.employers)):
        raise support.refused(
            "too few on boards that were crawled all the time", (total.n, len(total.employers)), "flow", filters,
            lambda wider: _size(snapshot, wider),
        )  # fmt: skip
    if by is None:
        rows = [row for begin, end in pairwise(panel.days) for row in _rows(found, begin, end)]
    else:
        parts = parted(snapshot, filters, panel.boards, by)
        rows = [
            replace(row, key=f"{key}/{row.more['series']}", label=f"{label(by, key)}: {row.more['series']}")
            for key, part in sorted(parts.items(), key=lambda pair: (-len(pair[1].gone), pair[0]))
            for row in _rows(part, panel.days[0], panel.days[-1])
        ]
    return figure(
        "flow", snapshot, filters, counted=total, least=False, chart="bars" if by else "bands", group=by or "",
        unit="openings", method=_METHOD,
        title=f"Openings that opened and closed, {words.day(panel.days[0])} to {words.day(panel.days[-1])}",
        rows=rows,
        caveats=(
            f"Boards followed: {len(panel.boards.days)}; others, watched only for a part of the time: {panel.others}.",
            "What opened and closed between two crawls was never seen.",
        ),
    )  # fmt: skip


def _total(found: Stayed, panel: Watched) -> Counted:
    """The openings that stood on the first day or came after it."""
    return Counted(found.employers, found.by_employer(found.gone > number(panel.days[0])))


def _size(snapshot: Snapshot, filters: Filters) -> tuple[int, int]:
    """Openings and employers that broader filters would leave."""
    panel = watched(snapshot, filters, "flow")
    total = _total(stayed(snapshot, filters, panel.boards), panel)
    return total.n, len(total.employers)


def _rows(found: Stayed, begin: date, end: date) -> Iterator[Row]:
    """One row a kind for what happened after ``begin``, up to ``end``."""
    since, until = number(begin) + 1, number(end) + 1
    stock = found.stock(begin)
    came = (found.opened >= since) & (found.opened < until) & ~found.old
    gone = (found.gone >= since) & (found.gone < until)
    missed = int((gone & ~found.sure).sum())
    chosen = (came & (found.number == 1), came & (found.number > 1), gone & found.sure)
    for kind, which in zip(_KINDS, chosen, strict=True):
        counts = found.by_employer(which)
        n = int(counts.sum())
        more: dict[str, Extra] = {
            "series": kind, "month": end.isoformat(), "days": until - since, "stock": int(stock.sum()),
            "since": (begin + timedelta(days=1)).isoformat(), "until": (end + timedelta(days=1)).isoformat(),
            **_rate(counts, stock),
        }  # fmt: skip
        if kind == "closed":
            more["missed"] = missed
        unsure = kind == "closed" and missed > 0
        if unsure and not n:  # the period's one crawl was the last
            more |= {"rate": None, "rate_low": None, "rate_high": None}
        value = None if unsure and not n else float(n)
        flag = f"{words.count(missed)} more missed once" if unsure else ""
        label = f"{kind}, {words.day(begin + timedelta(days=1))} to {words.day(end)}"
        employers = int((counts > 0).sum())
        yield Row(f"{end.isoformat()}/{kind}", label, value, None, None, n, employers, flag, more)


def _rate(counts: Numbers, stock: Numbers) -> dict[str, Extra]:
    """Events over the stock of the beginning, by employer."""
    n = float(stock.sum())
    if not support.shown(int(n), int((stock > 0).sum())):
        return {"rate": None, "rate_low": None, "rate_high": None}
    rate, effective = float(counts.sum()) / n, effective_employers(stock)
    if not support.interval_allowed(effective):
        return {"rate": rate, "rate_low": None, "rate_high": None}
    parts = (counts - rate * stock) / (1 - stock / n) / n
    reach = reach_of(float(np.sqrt(np.square(parts).sum())), effective)
    return {"rate": rate, "rate_low": max(0.0, rate - reach), "rate_high": rate + reach}

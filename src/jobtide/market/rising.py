"""Which skills gain or lose ground between two windows of time?"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from jobtide.errors import NotSupported, TooFew
from jobtide.market import support, words
from jobtide.market.figure import Extra, Figure, Needs, Row, carries, figure
from jobtide.market.filters import Filters
from jobtide.market.gains import PRIOR, Gain, false_discovery_rates, gain
from jobtide.market.moments import Moments, Open, Panel, Window, halves, moments
from jobtide.market.skills import skill_names
from jobtide.store.snapshot import Snapshot

_PERIODS = 12  # complete monthly crawls that let one source speak for a trend
_SOURCES = 2  # or as many sources, none of which is then alone with a whim
_LONGEST = timedelta(days=365)  # a window is a year at most, so that both hold every season
FALSE = 0.05  # rate of false discoveries that is accepted
UNCLEAR = "no clear change"
_METHOD = (
    "Share of openings that name the skill, later window less earlier, on boards crawled completely in both; a vacancy "
    "counts once a window. Interval: 95 %, linearised over employers. Clear: q of at most .05 (score test clustered by "
    "employer, Benjamini-Hochberg over all skills tested) and named by five employers where it is larger. "
    f"odds_ratio: log-odds with informative Dirichlet prior worth {PRIOR:.0%} of the openings (Monroe et al. 2008)."
)


@dataclass(frozen=True, slots=True)
class _Compared:
    """Two windows, the openings in each, and how each skill that can be tested moved, with its q."""

    before: Window
    after: Window
    open: Open
    boards: Moments
    gains: Mapping[str, tuple[Gain, float]]
    named: Mapping[str, Mapping[str, Mapping[str, int]]]


def rising(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return the skills that gained ground, surest first: the last year of crawls against the first year.

    Rows: ``value`` is the change in share (0.1 = ten percentage points) with ``low``/``high``, ``n`` openings of both
    windows, ``before`` and ``after`` the shares, ``named_before`` and ``named`` openings, ``naming_employers`` in the
    later window, ``odds_ratio`` with its interval, ``q`` and ``direction``. Rows flagged "no clear change" could be
    chance. Windows are half of the time where it is less than two years; since and until bound the crawls. Raises
    NotSupported (two complete crawls 28 days apart; two sources, or one with twelve monthly crawls) and TooFew.
    """
    return _moved(snapshot, filters, "rising")


def falling(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return the skills that lost ground, surest first; rows, windows and refusals as in ``rising``."""
    return _moved(snapshot, filters, "falling")


def _moved(snapshot: Snapshot, filters: Filters, name: str) -> Figure:
    carries(snapshot, Needs.TWO_CRAWLS, name)
    found = _compare(snapshot, filters, name)
    names = skill_names(snapshot)
    sign = 1 if name == "rising" else -1
    rows = [_row(skill, names.get(skill, skill), found) for skill in found.gains]
    rows = sorted((row for row in rows if sign * (row.value or 0.0) > 0), key=_order)
    then, now = (found.boards.said(window) for window in (found.before, found.after))
    return figure(
        name, snapshot, filters, title=f"Skills named {'more' if sign > 0 else 'less'} in {now} than in {then}",
        unit="change in share of openings", rows=rows, method=_METHOD, chart="change", counted=found.open.total,
        caveats=_caveats(found, len(rows)),
    )  # fmt: skip


def _order(row: Row) -> tuple[bool, float, str]:
    q, odds = row.more["q"], row.more["odds_ratio"]
    assert isinstance(q, float)
    assert isinstance(odds, float)
    return row.flag == UNCLEAR, q if q > 1e-4 else -abs(math.log(odds)), row.key


def compared(
    snapshot: Snapshot, filters: Filters, name: str
) -> tuple[tuple[Window, Window], Moments, Panel, Open]:  # fmt: skip
    """Return the earlier and the later window, the boards watched through both, and what was open in them.

    Raises NotSupported and TooFew on behalf of the question ``name``.
    """
    crawled = moments(snapshot, filters)
    windows = halves(crawled, longest=_LONGEST)
    boards = crawled.through(windows)
    _judge(boards, *windows, name)
    panel = Panel(snapshot, filters, windows, boards)
    openings = panel.open()
    if not support.shown(*_smaller(openings)):
        raise _too_few(snapshot, filters, name, boards, windows)
    return windows, boards, panel, openings


def _compare(snapshot: Snapshot, filters: Filters, name: str) -> _Compared:
    (before, after), boards, panel, openings = compared(snapshot, filters, name)
    named = {skill: found for skill, found in panel.named().items() if _testable(found)}
    moved = {skill: _gain(openings, found) for skill, found in named.items()}
    rates = false_discovery_rates([found.p for found in moved.values()])
    gains = {skill: (found, q) for (skill, found), q in zip(moved.items(), rates, strict=True)}
    return _Compared(before, after, openings, boards, gains, named)


def _judge(boards: Moments, before: Window, after: Window, name: str) -> None:
    """Refuse windows that no board spans, and what a single source cannot carry."""
    if not boards.days:
        raise NotSupported(
            f"{name} compares boards with themselves, and none was crawled completely both in "
            f"{words.span(before.start, before.end)} and in {words.span(after.start, after.end)}; narrow the period "
            "with --since and --until"
        )
    months = boards.sources()
    if len(months) < _SOURCES and max(months.values()) < _PERIODS:
        raise NotSupported(
            f"{name} needs two sources, or one with at least {_PERIODS} months of complete crawls, so that one board "
            f"system's own fashion does not pass for the market's; this snapshot has {max(months.values())} months of "
            f"{words.listed(months)}. Go on with 'jobtide collect'"
        )


def _smaller(openings: Open) -> tuple[int, int]:
    """Openings and employers of the window that has fewer."""
    return min((int(sizes.sum()), int((sizes > 0).sum())) for sizes in openings.sizes.values())


def _too_few(
    snapshot: Snapshot, filters: Filters, name: str, boards: Moments, windows: tuple[Window, Window]
) -> TooFew:  # fmt: skip
    def smaller(wider: Filters) -> tuple[int, int]:
        return _smaller(Panel(snapshot, wider, windows, boards).open())

    why = f"too few in {boards.said(windows[0])} or {boards.said(windows[1])}"
    needed = f"{support.NEEDED} in both"
    return support.refused(why, smaller(filters), name, filters, smaller, needed=needed)


def _testable(found: Mapping[str, Mapping[str, int]]) -> bool:
    """Named by five employers in either window: chosen without looking at which way it moved."""
    return len(set().union(*found.values())) >= support.EMPLOYERS


def _gain(openings: Open, found: Mapping[str, Mapping[str, int]]) -> Gain:
    hits = []
    for key in ("before", "after"):
        named = found.get(key, {})
        hits.append(np.array([named.get(employer, 0) for employer in openings.employers], dtype=np.float64))
    return gain(hits[0], openings.sizes["before"], hits[1], openings.sizes["after"])


def _row(skill: str, label: str, found: _Compared) -> Row:
    moved, q = found.gains[skill]
    named = {key: found.named[skill].get(key, {}) for key in ("before", "after")}
    sizes = [int(found.open.sizes[key].sum()) for key in ("before", "after")]
    shown = found.after if moved.change.value > 0 else found.before  # the window in which it is to be looked up
    larger = named[shown.key]
    clear = q <= FALSE and len(larger) >= support.EMPLOYERS
    sure = support.interval_allowed(moved.change.effective) and not math.isnan(moved.change.low)
    more: dict[str, Extra] = {
        "before": moved.before, "after": moved.after, "n_before": sizes[0], "n_after": sizes[1],
        "named_before": sum(named["before"].values()), "named": sum(named["after"].values()),
        "naming_employers_before": len(named["before"]), "naming_employers": len(named["after"]),
        "odds_ratio": moved.odds.value, "odds_low": moved.odds.low if sure else None,
        "odds_high": moved.odds.high if sure else None, "q": q,
        "direction": ("rising" if moved.change.value > 0 else "falling") if clear else "unclear",
        "since": shown.start.isoformat(), "until": shown.end.isoformat(),
    }  # fmt: skip
    ends = (moved.change.low, moved.change.high) if sure else (None, None)
    employers = len(found.open.employers)
    flag = "" if clear else UNCLEAR
    return Row(skill, label, moved.change.value, ends[0], ends[1], sum(sizes), employers, flag, more)


def _caveats(found: _Compared, shown: int) -> tuple[str, ...]:
    clear = sum(q <= FALSE for _, q in found.gains.values())
    sources = words.listed(found.boards.sources())
    unnamed = f"Openings that name no employer, each counted as one of its own: {words.count(found.open.unnamed)}."
    return (
        *((unnamed,) if found.open.unnamed else ()),
        f"{len(found.gains)} skills tested, {clear} moved clearly in either direction, {shown} are listed. An interval "
        "is of its skill alone; with so many some would exclude no change by chance, which q takes into account.",
        f"Seen on {sources}, boards crawled completely in both windows: {len(found.boards.days)}. Others may differ.",
        "To be named more is not yet to be wanted more: longer lists of skills raise many shares at once.",
    )

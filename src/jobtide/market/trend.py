"""How does the share of openings that name a skill move from month to month?"""

from collections.abc import Mapping, Sequence

import numpy as np

from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market import support, words
from jobtide.market.figure import Figure, Needs, Row, carries, estimate, figure
from jobtide.market.filters import Filters
from jobtide.market.intervals import clustered_share
from jobtide.market.moments import Open, Panel, Window, moments
from jobtide.market.skills import skill_names
from jobtide.store.snapshot import Snapshot

_MOST = 10  # skills where none is named
_METHOD = (
    "Openings of the month that name the skill, over all openings of the month, on boards crawled completely in the "
    "first and the last month shown; a vacancy counts once a month. Interval: 95 %, linearised over employers, t on "
    "effective employers less one."
)


def trend(snapshot: Snapshot, filters: Filters, *, skill: str = "") -> Figure:
    """Return a monthly series of shares for each of the skills in ``skill`` (ids or names, with commas).

    Without one, the ten that most openings name. Rows: keys "2016-12/docker"; ``value`` with ``low``/``high``, ``n``
    openings of the month, ``series`` (the skill's name), ``month``, ``named`` openings; months without a crawl are
    absent. since and until bound the crawls. Raises NotSupported before two complete crawls 28 days apart, TooFew,
    UsageError for an unknown skill.
    """
    carries(snapshot, Needs.TWO_CRAWLS, "trend")
    crawled = moments(snapshot, filters)
    months = crawled.months()
    boards = crawled.through(months)
    if not boards.days:
        raise NotSupported(
            f"trend follows the same boards, and none was crawled completely both in {words.month(months[0].key)} and "
            f"in {words.month(months[-1].key)}; narrow the period with --since and --until"
        )
    months = boards.months()
    panel = Panel(snapshot, filters, months, boards)
    openings, names = panel.open(), skill_names(snapshot)
    wanted = known(skill, names)
    named = panel.named(wanted)
    shown = wanted or sorted(named, key=lambda id: (-_total(named[id]), id))[:_MOST]
    rows = [row for id in shown for row in _rows(id, names.get(id, id), named.get(id, {}), openings, months)]
    made = figure(
        "trend", snapshot, filters, rows=rows, counted=openings.total, chart="bands", unit="share of openings",
        title=f"Share of openings that name a skill, {words.span(months[0].start, months[-1].end)}",
        method=_METHOD, parameters={"skill": ",".join(shown)} if skill else {"skill": ""},
        caveats=_caveats(months, boards.sources(), openings.unnamed),
    )  # fmt: skip
    if all(row.value is None for row in made.rows):
        raise TooFew(
            f"too few in each month of {words.span(months[0].start, months[-1].end)} (n = {made.base.n} openings of "
            f"{made.base.employers} employers in all; {support.NEEDED})",
            n=made.base.n, employers=made.base.employers, broader=None,
        )  # fmt: skip
    return made


def _total(found: Mapping[str, Mapping[str, int]]) -> int:
    return sum(sum(named.values()) for named in found.values())


def known(wanted: str, names: Mapping[str, str]) -> list[str]:
    """Return the ids of skills given by id, name or another of their names, parted by commas.

    UsageError with the nearest for an unknown one.

    >>> known("Docker, go", {"docker": "Docker", "go": "Go"})
    ['docker', 'go']
    """
    by_name = {name.lower(): id for id, name in names.items()}
    out: list[str] = []
    for word in filter(None, (part.strip().lower() for part in wanted.split(","))):
        id = word if word in names else by_name.get(word) or _alias(word, names)
        if id is None:
            from rapidfuzz import fuzz, process

            near = process.extract(word, list(by_name), scorer=fuzz.ratio, limit=2, score_cutoff=55)
            offer = f": did you mean {' or '.join(names[by_name[name]] for name, _, _ in near)}?" if near else ""
            raise UsageError(f"no skill {word!r}{offer}")
        if id not in out:
            out.append(id)
    return out


def _alias(word: str, names: Mapping[str, str]) -> str | None:
    """The one skill that a word is another name of, None where it is of none or of several."""
    from jobtide.enrich import taxonomy

    found = {
        id for id, concept in taxonomy.load().concepts.items()
        if id in names and any(word == alias.lower() for alias in concept.aliases)
    }  # fmt: skip
    return found.pop() if len(found) == 1 else None


def _rows(
    id: str, name: str, named: Mapping[str, Mapping[str, int]], openings: Open, months: Sequence[Window]
) -> list[Row]:  # fmt: skip
    out = []
    for month in months:
        sizes, found = openings.sizes[month.key], named.get(month.key, {})
        there = sizes > 0
        hits = np.array([found.get(employer, 0) for employer in openings.employers], dtype=np.float64)
        share = clustered_share(hits[there], sizes[there])
        out.append(
            estimate(
                f"{month.key}/{id}",
                f"{name}, {words.month(month.key)}",
                share,
                n=int(sizes.sum()),
                employers=int(there.sum()),
                series=name,
                month=month.key,
                named=int(hits.sum()),
                since=month.start.isoformat(),
                until=month.end.isoformat(),
            )
        )
    return out


def _caveats(months: Sequence[Window], sources: Mapping[str, int], unnamed: int) -> tuple[str, ...]:
    first, last = months[0], months[-1]
    missing = (last.start.year - first.start.year) * 12 + last.start.month - first.start.month + 1 - len(months)
    gap = (f"Months between the first and the last without a complete crawl, left out: {missing}.",)
    alone = (f"Openings that name no employer, each counted as one of its own: {words.count(unnamed)}.",)
    return (
        *(gap if missing else ()),
        *(alone if unnamed else ()),
        f"Seen on {words.listed(sources)}; other employers may differ.",
    )

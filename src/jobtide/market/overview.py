"""What does this snapshot hold, and what is it not?"""

from collections.abc import Iterator

from jobtide.market import oews
from jobtide.market.coverage import seen
from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import base, select
from jobtide.store.snapshot import Snapshot

_COUNTS = """
    select count(*) as openings, count(distinct p.employer) as employers,
        count(*) filter (p.pay_basis = 'structured') as structured,
        count(*) filter (p.pay_basis = 'stated') as in_text,
        count(*) filter (p.language = 'en') as english,
        count(*) filter (p.country = 'US') as us,
        count(*) filter (p.work_mode = 'remote') as remote,
        (select count(*) from posting) as postings,
        (select count(*) from posting where posting = vacancy) as vacancies,
        (select count(distinct employer) from posting) as all_employers,
        (select count(*) from quarantine) as set_aside,
        (select count(distinct source) from posting) as sources,
        (select count(distinct source || ':' || board) from posting) as boards,
        (select count(distinct cast("at" as date)) from crawl where outcome in ('complete', 'unchanged')) as days,
        count(*) filter (p.no in (
            select no from opening_place where country = 'US' and region is not null)) as placed,
        (select count(distinct g.region) from opening_place g
            where g.country = 'US' and list_contains($states, g.region)
                and g.no in (select p.no from posting p where {where})) as states
    from posting p where {where}
"""
# key, label, and whether the row counts the whole snapshot rather than what the filters leave.
# What the sample stands for comes first.
_ROWS = (
    ("sources", "sources seen", True),
    ("boards", "boards seen", True),
    ("days", "days of complete crawls", True),
    ("placed", "openings that name a US state", False),
    ("states", "US states with any (of 51, with DC)", False),
    ("postings", "postings read", True),
    ("vacancies", "vacancies, each counted once", True),
    ("all_employers", "employers in the whole snapshot", True),
    ("set_aside", "rows that could not be read", True),
    ("openings", "openings counted here", False),
    ("employers", "their employers", False),
    ("structured", "of them with pay in a field of its own", False),
    ("in_text", "of them with pay in the text only", False),
    ("us", "of them first placed in the US", False),
    ("remote", "of them remote", False),
    ("english", "of them in English", False),
)


def overview(snapshot: Snapshot, filters: Filters) -> Figure:
    """Return counts of the snapshot and of what ``filters`` leave, in a fixed order; what it stands for first.

    Rows: ``value`` and ``n`` are counts. An empty base gives zeros: this figure counts and estimates nothing.
    """
    found = select(snapshot, _COUNTS, filters, states=list(oews.FIPS))[0]
    counted = base(snapshot, filters)
    return figure(
        "overview", snapshot, filters, title="What is counted", unit="count", rows=_rows(found), counted=counted,
        least=False, chart=None, caveats=(seen(snapshot),),
        method="An opening is a vacancy counted once: the same text at one employer, other places included.",
    )  # fmt: skip


def _rows(found: dict[str, int]) -> Iterator[Row]:
    for key, label, whole in _ROWS:
        employers = found["all_employers"] if whole else found["employers"]
        yield Row(key, label, float(found[key]), None, None, found[key], employers)

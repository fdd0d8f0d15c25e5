"""How many openings are there at the crawl, and how old are they?"""

from collections.abc import Iterator

from jobtide.market.figure import Figure, Row, figure
from jobtide.market.filters import Filters
from jobtide.market.openings import base, employer_names, grouped, label, select
from jobtide.store.snapshot import Snapshot

# Days since the publication that the board states; the buckets of the query below.
_AGES = ("up to 6 days", "7 to 29 days", "30 to 89 days", "90 to 179 days", "180 days and more")
_AGE = """
    select case when age < 7 then 0 when age < 30 then 1 when age < 90 then 2 when age < 180 then 3 else 4 end
        as bucket,
        count(*) as n, count(distinct employer) as employers
    from (select p.employer, date_diff('day', coalesce(p.first_published_at, p.last_published_at), p.seen_at) as age
          from posting p where {where} and coalesce(p.first_published_at, p.last_published_at) is not null)
    group by bucket order by bucket
"""


def demand(snapshot: Snapshot, filters: Filters, *, by: str = "role") -> Figure:
    """Return the stock: openings that were open at the crawl, by role, place, seniority or ``age``.

    Rows: ``value`` and ``n`` openings, ``share`` of the base. ``age`` counts days since the publication that the board
    states. Counts of this sample: they grow with the boards that are crawled and say nothing about growth.
    """
    rows = _ages(snapshot, filters) if by == "age" else _groups(snapshot, filters, by)
    return figure(
        "demand", snapshot, filters, group=by, rows=rows, least=False, chart="bars", unit="openings",
        title=f"Openings at the crawl by {by.replace('_', ' ')}", counted=base(snapshot, filters), caveats=_caveats(by),
        method="Openings counted once a vacancy, as they stood at the last crawl.",
    )  # fmt: skip


def _groups(snapshot: Snapshot, filters: Filters, by: str) -> list[Row]:
    whole = base(snapshot, filters)
    names = employer_names(snapshot) if by == "employer" else None
    rows = []
    for key, group in grouped(snapshot, filters, by).items():
        share = {"share": round(group.n / whole.n, 4)}
        shown = label(by, key, names)
        rows.append(Row(key, shown, float(group.n), None, None, group.n, len(group.employers), more=share))
    return sorted(rows, key=lambda row: (-row.n, row.key))


def _ages(snapshot: Snapshot, filters: Filters) -> Iterator[Row]:
    found = {row["bucket"]: row for row in select(snapshot, _AGE, filters)}
    total = sum(row["n"] for row in found.values())
    for bucket, words in enumerate(_AGES):
        row = found.get(bucket, {"n": 0, "employers": 0})
        share = round(row["n"] / total, 4) if total else 0.0
        yield Row(str(bucket), words, float(row["n"]), None, None, row["n"], row["employers"], more={"share": share})


def _caveats(by: str) -> tuple[str, ...]:
    if by != "age":
        return ("A stock of one day: it cannot say whether demand rises or falls.",)
    return (
        "Age counts from the publication that the board states; on Ashby that is the last one, so that a posting "
        "published again looks new.",
        "Openings that closed before the crawl are not seen: the ages of survivors are not how long openings stay.",
    )

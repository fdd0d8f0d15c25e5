"""Which postings stand behind a row of a window of time? Those that an opening had then, with their words of then."""

from jobtide.market.behind import Behind
from jobtide.market.figure import Row

# What a row of a window counts: openings that stood in it, or that came or went in it.
_STOOD = """coalesce(s.last_seen_at, q.seen_at) >= $start::timestamptz
    and coalesce(s.first_seen_at, q.seen_at) < $end::timestamptz"""
_CAME = "s.first_seen_at >= $start::timestamptz and s.first_seen_at < $end::timestamptz and not s.left_censored"
_WENT = """s.misses > 0 and coalesce(s.closed_at, (select min(c."at") from crawl c where c.source = q.source
        and c.board = q.board and c.outcome in ('complete', 'unchanged') and c."at" > s.last_seen_at))
    between $start::timestamptz and $end::timestamptz - interval 1 microsecond"""
_HAPPENED = {"opened": _CAME, "reopened": _CAME, "closed": _WENT}
_SQL = """
    select q.posting, q.title, q.employer_name as employer, q.url,
        coalesce(f.field, 'title') as field, coalesce(f.start, 0) as start,
        coalesce(f."end", strlen(q.title)) as "end", coalesce(f.words, q.title) as words
    from posting p join posting q on q.vacancy = p.vacancy {how} join fact f on f.version = q.version
        and list_contains($kinds, f.kind) and ($concept = '' or f.concept = $concept)
        and coalesce(f.need, '') <> 'negated'
    left join spell s on s.posting = q.posting
    where {ever} and {when} and {behind}
    qualify row_number() over (partition by q.vacancy order by md5(q.posting), f.ord) = 1
    order by md5(q.posting), f.ord
"""


def covers(row: Row | None) -> bool:
    """Whether the row is one of a window of time."""
    return row is not None and "until" in row.more


def statement(found: Behind, row: Row) -> str:
    """Return the statement that lists the openings behind a row of a window; ``{ever}`` is the filters'."""
    when = _HAPPENED.get(str(row.more.get("series", "")), _STOOD)
    return (
        _SQL.replace("{how}", "" if found.proved else "left").replace("{when}", when).replace("{behind}", found.where)
    )


def parameters(found: Behind, row: Row) -> dict[str, object]:
    """Return what ``statement`` binds."""
    window = {"start": str(row.more["since"]), "end": str(row.more["until"])}
    return {"kinds": list(found.kinds), "concept": found.concept, **window, **found.bound}

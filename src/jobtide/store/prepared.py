"""The market's working tables: a snapshot's openings, places and skills with numbers for names, laid out for counting.

They say nothing that the Parquet tables do not say, and are made anew from them whenever they are missing: as a
read-only DuckDB file beside a published snapshot, in memory for a pack that is opened where it lies.
"""

from pathlib import Path

import duckdb

from jobtide.model import ML_FAMILY
from jobtide.store.files import build, sha256, write_whole
from jobtide.tables import SNAPSHOT

FILE = "prepared-6.duckdb"  # the number is the layout's: a file of another layout is not read
SUM = "prepared-6.sha256"
# The Parquet tables that the working tables are made from, as they must be named in the connection.
FROM = ("posting", "fact", "spell", "crawl")

# A posting has gone when its last spell is closed. One without a spell was seen once, and stands there for all we know.
# Out of sight is one whose board was asked four weeks after it last showed it, or last was complete, and later: a board
# that answers no more, or that shows a window of the newest. So is one whose board has answered "gone" on three days
# since it last answered, or was asked no more while others were for ninety days. It is not closed, but no count of
# today may hold it.
_GONE = """
    create table prepared.gone as
    with asked as (
        select source, board, max("at") as last,
            max("at") filter (outcome in ('complete', 'unchanged')) as complete,
            coalesce(max(run) filter (outcome <> 'failed'), 0) as answered
        from stored.crawl group by source, board),
    vanished as (
        select source, board from stored.crawl join asked using (source, board)
        where outcome = 'failed' and note like 'gone:%' and run > answered
        group by source, board having count(distinct cast("at" as date)) >= 3)
    select posting from stored.spell group by posting having arg_max(closed_at is not null, ord)
    union
    select p.posting from stored.posting p join asked using (source, board)
    where asked.last >= greatest(p.seen_at, coalesce(asked.complete, p.seen_at)) + interval 28 day
    union
    select p.posting from stored.posting p join vanished using (source, board)
    union
    select posting from stored.posting
    where seen_basis = 'crawl' and seen_at + interval 90 day <= (select max(seen_at) from stored.posting)
    order by posting
"""
_EMPLOYER = """
    create table prepared.employer as
    select cast(row_number() over (order by employer) as integer) as employer_no, employer, min(employer_name) as name
    from stored.posting group by employer order by employer
"""
# ``no`` numbers postings in their own order. ``closed``: every member of its vacancy has gone.
_NUMBERED = """
    create table prepared.numbered as
    select p.posting, p.vacancy, p.version, cast(row_number() over (order by p.posting) as integer) as no,
        g.posting is not null as gone, bool_and(g.posting is not null) over (partition by p.vacancy) as closed
    from stored.posting p left join prepared.gone g on g.posting = p.posting
    order by p.posting
"""
# A vacancy's places are those of its members that have not gone, of all where all have; ``no`` is the opening's.
_PLACE = """
    create table prepared.opening_place as
    select distinct o.no, p.vacancy, split_part(f.concept, '/', 1) as country,
        nullif(split_part(f.concept, '/', 2), '') as region, nullif(split_part(f.concept, '/', 3), '') as city
    from prepared.numbered p
        join prepared.numbered o on o.posting = p.vacancy
        join stored.fact f on f.version = p.version
    where f.kind = 'place' and f.concept <> '' and (p.closed or not p.gone)
    order by all
"""
# ``pick`` numbers postings in the order of a hash: a choice of examples that nothing steers. ``opening``: the row that
# counts for its vacancy. ``family``: its role is one of the family that market commands count by default.
# ``countries``, ``regions`` and ``states`` (regions of the US) are those of the vacancy, null where it names none.
_POSTING = """
    create table prepared.posting as
    select p.*, e.employer_no, n.no, n.closed, p.posting = p.vacancy as opening, p.role in ({family}) as family,
        cast(row_number() over (order by md5(p.posting), p.posting) as integer) as pick,
        a.countries, a.regions, a.states
    from stored.posting p join prepared.employer e using (employer)
        join prepared.numbered n on n.posting = p.posting
        left join (
            select no, list(distinct country order by country) as countries,
                list(distinct region order by region) filter (region is not null) as regions,
                list(distinct region order by region) filter (country = 'US' and region is not null) as states
            from prepared.opening_place group by no) a on a.no = n.no
    order by p.posting
"""
_DONE = "drop table prepared.numbered"
_SKILL = """
    create table prepared.skill as
    select cast(row_number() over (order by concept) as integer) as skill_no, concept
    from (select distinct concept from stored.fact where kind = 'skill') order by concept
"""
# One row an opening and skill, in the order of skill, employer and opening, which readers rely on.
_OPENING_SKILL = """
    create table prepared.opening_skill as
    select s.skill_no, p.no, any_value(p.employer_no) as employer_no, bool_or(f.need = 'required') as required,
        bool_or(f.need = 'preferred') as preferred
    from prepared.posting p join stored.fact f using (version) join prepared.skill s using (concept)
    where p.opening and f.kind = 'skill' and f.need <> 'negated'
    group by s.skill_no, p.no
    order by s.skill_no, any_value(p.employer_no), p.no
"""
# The same for whatever else openings name one by one.
_OPENING_NAMED = """
    create table prepared.opening_named as
    select f.kind, f.concept, p.no, any_value(p.employer_no) as employer_no, bool_or(f.need = 'required') as required,
        bool_or(f.need = 'preferred') as preferred
    from prepared.posting p join stored.fact f using (version)
    where p.opening and f.kind in ('duty', 'proof', 'certification', 'field_of_study')
        and coalesce(f.need, '') <> 'negated'
    group by f.kind, f.concept, p.no
    order by f.kind, f.concept, p.no
"""
# An employer has one industry and one kind, whatever a single posting of it sounds like: its openings vote, each with
# the confidence of what was read, half where that was only estimated. On the bundled pack 15 % of openings sound like
# another industry than most of their employer's. What fewer than a tenth of its openings say is no trait of it: "you
# know the life of a public company" in one of eighty does not make one.
_TRAIT = """
    create table prepared.employer_trait as
    select kind, employer_no, employer, concept from (
        select f.kind, p.employer_no, p.employer, f.concept, count(distinct p.no) as openings,
            sum(f.confidence * case when f.basis = 'estimated' then 0.5 else 1 end) as votes
        from prepared.posting p join stored.fact f using (version)
        where p.opening and f.kind in ('industry', 'employer_kind') group by all)
    join (select employer_no, count(*) as whole from prepared.posting where opening group by employer_no)
        using (employer_no)
    where openings * 10 >= whole
    qualify row_number() over (partition by kind, employer order by round(votes, 6) desc, concept) = 1
    order by kind, employer
"""
# How postings write a skill, most often last.
_WRITTEN = """
    create table prepared.written as
    select concept, words, count(*) as n from stored.fact where kind = 'skill' group by concept, words
    order by n, concept, words
"""
TABLES = (
    "employer",
    "gone",
    "posting",
    "opening_place",
    "skill",
    "opening_skill",
    "opening_named",
    "employer_trait",
    "written",
)
_MADE = (_GONE, _EMPLOYER, _NUMBERED, _PLACE, _POSTING, _DONE, _SKILL, _OPENING_SKILL, _OPENING_NAMED, _TRAIT, _WRITTEN)


def fill(db: duckdb.DuckDBPyConnection) -> None:
    """Make the working tables in schema or database ``prepared`` from the tables in schema ``stored``."""
    for statement in _MADE:
        db.execute(statement.replace("{family}", ", ".join(f"'{role}'" for role in ML_FAMILY)))


def make(folder: Path) -> None:
    """Write the working tables of the snapshot in ``folder`` beside it, whole or not at all, if they are not there.

    Their hash stands in a file of its own: no two makings give the same bytes.
    """
    if (folder / "posting.parquet").exists() and (not (folder / SUM).exists() or faults(folder)):
        (folder / SUM).unlink(missing_ok=True)
        build(folder / FILE, lambda path: _write(folder, path))
        write_whole(folder / SUM, _line(folder))


def faults(folder: Path) -> list[str]:
    """Return what is wrong with the working tables beside a snapshot; empty where they are as made, or not there."""
    if not (folder / SUM).exists():
        return []
    if not (folder / FILE).exists() or (folder / SUM).read_bytes() != _line(folder):
        return [f"{folder / FILE} (or {SUM} beside it) is not what was made; run 'jobtide build'"]
    return []


def _line(folder: Path) -> bytes:
    return f"{sha256(folder / FILE)}  {FILE}\n".encode()


def _write(folder: Path, path: Path) -> None:
    with duckdb.connect(":memory:", config={"threads": 2, "autoinstall_known_extensions": False}) as db:
        db.execute("set timezone = 'UTC'; set enable_progress_bar = false")
        db.execute(f"attach {quoted(path)} as prepared")
        db.execute("create schema stored")
        for name in FROM:
            if (stored := folder / f"{name}.parquet").exists():
                db.execute(f"create view stored.{name} as select * from read_parquet({quoted(stored)})")
            else:  # a pack of an earlier version, which knew one moment only
                db.register(f"_{name}", SNAPSHOT[name].empty_table())
                db.execute(f"create view stored.{name} as select * from _{name}")
        fill(db)


def quoted(path: Path) -> str:
    """A path as SQL text; DuckDB takes no parameters where these stand.

    >>> quoted(Path("/data/o'brien/x"))
    "'/data/o''brien/x'"
    """
    return "'" + str(path).replace("'", "''") + "'"

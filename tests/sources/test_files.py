"""Anybody's tables: guessed columns, every usual encoding and delimiter, bad rows set aside with their number."""

import gzip
import io
import json
import zipfile
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jobtide.errors import JobtideError, UsageError
from jobtide.model import Bad, Posting, Stamp
from jobtide.sources import registry
from jobtide.sources.files import load, read_file
from tests.sources.test_boards import PAGES, plain, saved

ROWS = [
    ("1", "ML Engineer", "Oakbridge", "Leeds, UK", "We train\nmodels, gently."),
    ("2", "Data Analyst", "Fenland", "Ely", "SQL & tea"),
]
HEAD = ("Job ID", "Job Title", "Company", "Location", "Description")


def table(delimiter: str) -> str:
    """The rows as a delimited table with quoted cells."""
    lines = [HEAD, *ROWS]
    return "\n".join(delimiter.join(f'"{cell}"' for cell in line) for line in lines) + "\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_of_every_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    found = list(read_file(table(delimiter).encode(encoding), name="jobs.csv"))
    assert [(f.source_id, f.title, f.employer, f.location, f.text) for f in found if isinstance(f, Posting)] == ROWS
    assert {f.board for f in found if isinstance(f, Posting)} == {"jobs"}


def test_a_row_of_another_width_is_set_aside_with_its_number() -> None:
    good, bad = read_file(b"title,description\nA,B\nC,D,E\n", name="x.csv")
    assert isinstance(good, Posting)
    assert bad == Bad(3, "3 cells where the head has 2", "C D E")


def test_lines_that_are_no_json_are_set_aside_and_the_rest_goes_on() -> None:
    body = b'{"title":"A","text":"a"}\n{oops\n\n{"title":"B","text":"b"}\n42\n{"company":"nobody"}\n'
    found = list(read_file(body, name="x.jsonl"))
    assert [f.title for f in found if isinstance(f, Posting)] == ["A", "B"]
    assert [(f.row, f.reason.split(":")[0]) for f in found if isinstance(f, Bad)] == [
        (2, "no valid JSON"), (5, "expected an object, got int"), (6, "neither title nor text"),
    ]  # fmt: skip


def test_a_line_ends_at_its_newline_only() -> None:
    body = '{"title":"A","text":"one\u2028two\x85three"}\r\n{"title":"B","text":"b"}\n'.encode()
    assert [f.text for f in read_file(body, name="x.jsonl") if isinstance(f, Posting)] == ["one\u2028two\x85three", "b"]


def test_a_list_and_an_answer_with_a_list_are_tables_too() -> None:
    rows = [{"position": "A", "body": "x"}, {"position": "B", "body": "y"}]
    for body in (json.dumps(rows), json.dumps({"results": rows}), json.dumps({"results": rows}, indent=2)):
        assert [f.title for f in read_file(body.encode(), name="x.json") if isinstance(f, Posting)] == ["A", "B"]


def test_parquet_and_gzip_are_opened() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"title": ["A"], "salary_min": [60000.0], "salary_max": [None]}), out)
    (found,) = read_file(gzip.compress(out.getvalue()), name="x.parquet.gz")
    assert isinstance(found, Posting)
    assert (found.pay[0].low, found.pay[0].high, found.pay[0].period) == (
        Decimal("60000.0"),
        Decimal("60000.0"),
        "year",
    )


def test_mapped_columns_win_and_wrong_ones_say_what_there_is() -> None:
    body = b"what,words,title\nML Engineer,We do,ignored\n"
    (found,) = read_file(body, name="x.csv", mapping={"what": "title", "words": "text"})
    assert isinstance(found, Posting)
    assert (found.title, found.text) == ("ML Engineer", "We do")
    with pytest.raises(UsageError, match="no column 'wat'"):
        list(read_file(body, name="x.csv", mapping={"wat": "title"}))
    with pytest.raises(UsageError, match="no field 'titel'"):
        list(read_file(body, name="x.csv", mapping={"what": "titel"}))


def test_a_table_without_title_or_text_is_refused_with_what_to_do() -> None:
    with pytest.raises(JobtideError, match="--map COLUMN=FIELD"):
        list(read_file(b"a,b\n1,2\n", name="x.csv"))


def test_the_same_id_with_other_content_is_set_aside_the_same_content_is_one() -> None:
    body = b'{"id":"1","title":"A"}\n{"id":"1","title":"A"}\n{"id":"1","title":"B"}\n'
    good, bad = read_file(body, name="x.jsonl")
    assert isinstance(good, Posting)
    assert isinstance(bad, Bad)
    assert "other content" in bad.reason


def test_rows_count_as_seen_on_the_newest_date_of_the_file_or_the_one_given() -> None:
    body = b"title,date_posted\nA,2025-03-01\nB,2025-04-02\nC,soon\n"
    found = list(read_file(body, name="x.csv"))
    newest = Stamp(datetime(2025, 4, 2, tzinfo=UTC), "newest date in file")
    assert [f.seen for f in found if isinstance(f, Posting)] == [newest, newest]
    assert [f.reason for f in found if isinstance(f, Bad)] == ["no date: 'soon' (column date_posted)"]
    given = Stamp(datetime(2025, 5, 1, tzinfo=UTC), "given")
    assert [f.seen for f in read_file(body, name="x.csv", seen=given) if isinstance(f, Posting)] == [given, given]


def test_cut_off_gzip_and_broken_parquet_are_named() -> None:
    with pytest.raises(JobtideError, match="cut off gzip"):
        list(read_file(gzip.compress(b"title\nA\n")[:-6], name="x.csv.gz"))
    with pytest.raises(JobtideError, match="broken Parquet"):
        list(read_file(b"PAR1 nothing", name="x.parquet"))


def test_html_in_a_text_column_is_read_as_html_and_zero_pay_is_no_pay() -> None:
    (found,) = read_file(b"title,description,salary_min\nA,<p>Hello</p>,0\n", name="x.csv")
    assert isinstance(found, Posting)
    assert (found.html, found.text, found.pay) == ("<p>Hello</p>", "", ())


def test_an_empty_file_holds_nothing() -> None:
    assert list(read_file(b"", name="x.csv")) == []


def only(body: bytes, name: str) -> Posting:
    """The one posting of a file."""
    (found,) = read_file(body, name=name)
    assert isinstance(found, Posting), found
    return found


def test_jobspy_rows_keep_stated_pay_and_leave_what_was_taken_from_the_text() -> None:
    head = (
        "id,site,job_url,job_url_direct,title,company,location,date_posted,job_type,salary_source,interval,min_amount,"
        "max_amount,currency,is_remote,job_level,job_function,description\n"
    )
    stated = (
        'in-1,indeed,https://a.example/1,https://b.example/1,ML Engineer,Coot,"Ely, ENG, GB",2025-10-02,fulltime,'
        "direct_data,yearly,60000.0,70000.0,GBP,True,,,Marsh models\n"
    )
    taken = stated.replace("in-1", "in-2").replace("direct_data", "description").replace("True", "False")
    first, second = read_file((head + stated + taken).encode(), name="jobs.csv")
    assert isinstance(first, Posting)
    assert isinstance(second, Posting)
    assert [(p.low, p.high, p.currency, p.period, p.label) for p in first.pay] == [
        (Decimal("60000.0"), Decimal("70000.0"), "GBP", "year", "")
    ]
    assert (first.work_mode_raw, second.work_mode_raw, second.pay) == ("remote", "", ())
    assert (first.employer, first.location, first.apply_url) == ("Coot", "Ely, ENG, GB", "https://b.example/1")


def test_linkedin_rows_tell_the_first_listing_from_the_last() -> None:
    head = (
        "job_id,company_name,title,description,max_salary,pay_period,location,company_id,min_salary,formatted_work_type,"
        "original_listed_time,remote_allowed,job_posting_url,application_url,listed_time,currency,compensation_type\n"
    )
    row = '921,Coot,Data Scientist,Reeds,35.0,HOURLY,"Ely, ENG",1,30.0,Full-time,1712857583000.0,1.0,https://a.example,,1.713397508E12,GBP,BASE_SALARY\n'
    found = only((head + row).encode(), "linkedin.csv")
    assert found.first_published == Stamp(datetime(2024, 4, 11, 17, 46, 23, tzinfo=UTC), "column original_listed_time")
    assert found.last_published is not None
    assert found.last_published.at == datetime(2024, 4, 17, 23, 45, 8, tzinfo=UTC)
    assert (found.work_mode_raw, found.employment_raw, found.pay[0].period) == ("remote", "Full-time", "hour")


@pytest.mark.parametrize(
    ("words", "day"),
    [("2025-10-02", "2025-10-02"), ("10/25/2025", "2025-10-25"), ("25/10/2025", "2025-10-25"), ("03/04/2025", ""),
     ("30+ days ago", ""), ("Just posted", ""), ("Thu, 02 Oct 2025 08:00:00 GMT", "2025-10-02"), ("0.0", "")],
)  # fmt: skip
def test_dates_that_are_bounds_or_two_days_at_once_are_no_dates(words: str, day: str) -> None:
    at = only(f'Job Title,Company Name,Job Description,Date\nA,B,C,"{words}"\n'.encode(), "x.csv").last_published
    assert (at.at.date().isoformat() if at else "") == day


def test_a_named_period_that_is_none_of_ours_gives_no_pay_and_a_missing_one_says_so() -> None:
    body = b"title,min_salary,max_salary,pay_period,currency\nA,4000,5000,BIWEEKLY,USD\nB,90000,80000,,\n"
    odd, bare = read_file(body, name="x.csv")
    assert isinstance(odd, Posting)
    assert isinstance(bare, Posting)
    assert odd.pay == ()
    assert [(p.low, p.high, p.label) for p in bare.pay] == [
        (Decimal(80000), Decimal(90000), "period and currency not stated")
    ]


def test_a_zip_of_tables_gives_each_its_board() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("kaggle/north.csv", "title\nA\n")
        packed.writestr("kaggle/south.jsonl", '{"title":"B"}\n')
        packed.writestr("kaggle/read me.md", "words")
        packed.writestr("__MACOSX", "x")
    found = list(read_file(out.getvalue(), name="kaggle.zip"))
    assert [(f.board, f.title) for f in found if isinstance(f, Posting)] == [("north", "A"), ("south", "B")]
    with pytest.raises(JobtideError, match="broken or locked ZIP"):
        list(read_file(out.getvalue()[:90], name="kaggle.zip"))


PACKAGE = {
    "name": "marsh-jobs",
    "resources": [
        {
            "name": "postings", "path": ["data/a.csv", "data/b.csv"], "encoding": "utf-8",
            "dialect": {"delimiter": ";", "header": False},
            "schema": {
                "fields": [{"name": "id"}, {"name": "job_title"}, {"name": "salary_min"}], "missingValues": ["", "n/a"]
            },
        },
        {"name": "regions", "path": "data/regions.csv"},
        {"name": "extra", "data": [["id", "title"], ["9", "Reeve"], ["short"]]},
        {"name": "far", "path": "https://example.org/more.csv"},
    ],
}  # fmt: skip


def package(folder: Path) -> Path:
    """A Data Package on disk: two parts of one table, one table that is no posting, inline rows, a remote resource."""
    (folder / "data").mkdir()
    (folder / "data" / "a.csv").write_text("1;Eel Scientist;60000\n2;Rower;n/a\n")
    (folder / "data" / "b.csv").write_text("3;Miller;;\n")
    (folder / "data" / "regions.csv").write_text("code,area\nE,East\n")
    path = folder / "datapackage.json"
    path.write_text(json.dumps(PACKAGE))
    return path


def test_a_data_package_is_read_by_its_own_description(tmp_path: Path) -> None:
    body = load(package(tmp_path))
    assert body == load(tmp_path / "datapackage.json")
    found = list(read_file(body, name="datapackage.json"))
    assert [(f.board, f.source_id, f.title, len(f.pay)) for f in found if isinstance(f, Posting)] == [
        ("postings", "1", "Eel Scientist", 1), ("postings", "2", "Rower", 0), ("extra", "9", "Reeve", 0),
    ]  # fmt: skip
    assert [f.reason.split(";")[0] for f in found if isinstance(f, Bad)] == [
        "4 cells where the head has 3", "expected an object or a row as wide as the head",
        "resource far: https://example.org/more.csv is not fetched",
    ]  # fmt: skip


@pytest.mark.parametrize("outside", ["../secret.csv", "/etc/passwd", "data\\..\\x.csv"])
def test_a_package_names_no_file_outside_its_folder(tmp_path: Path, outside: str) -> None:
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps({"resources": [{"name": "x", "path": outside}]}))
    with pytest.raises(JobtideError, match="outside its folder"):
        load(path)


@pytest.mark.parametrize("path", [p for p in PAGES if not p.name.endswith(".pages.json")], ids=lambda p: p.parent.name)
def test_a_saved_answer_is_recognised_and_read_as_a_crawl_reads_it(path: Path) -> None:
    crawled = [plain(f) for f in registry.load(path.parent.name).read(saved(path))]
    imported = [plain(f) for f in read_file(path.read_bytes(), name=path.name)]
    for row in (*crawled, *imported):
        row.pop("seen", None)
    assert imported == crawled


def test_markup_of_no_known_source_says_what_to_do() -> None:
    with pytest.raises(JobtideError, match="--source"):
        list(read_file(b"<?xml version='1.0'?><jobs><job/></jobs>", name="x.xml"))


def test_a_saved_page_is_read_for_its_posting_whatever_its_date() -> None:
    node = {"@type": "JobPosting", "title": "Eel Scientist", "description": "Eels", "validThrough": "2020-01-01"}
    page = f'<!doctype html><script type="application/ld+json">{json.dumps(node)}</script>'
    assert only(page.encode(), "eels.html").key == "jsonld:eels:eels"


@pytest.mark.shared
def test_the_monthly_threads_are_postings_of_one_board_with_their_months(shared: Path) -> None:
    file = shared / "data" / "hn_who_is_hiring" / "posts.jsonl.gz"
    found = list(read_file(file.read_bytes(), name=file.name))
    good = [f for f in found if isinstance(f, Posting)]
    # 18,662 rows of 40 months, 1,469 of them of 2013 (counted from the file's own months).
    assert (len(found), len(good)) == (18662, 18662)
    assert {(f.source, f.board) for f in good} == {("hn", "whoishiring")}
    months = Counter(f.first_published.at.strftime("%Y-%m") for f in good if f.first_published)
    assert (len(months), months["2013-08"], sum(n for m, n in months.items() if m < "2014")) == (40, 309, 1469)
    assert all(f.seen and f.first_published and f.seen.at == f.first_published.at for f in good)
    named = sum(f.employer != "whoishiring" for f in good)
    assert named / len(good) > 0.9


def test_pay_in_words_becomes_a_line_of_the_text_unless_it_is_an_estimate() -> None:
    body = (
        b"title,description,Salary\nA,We dive.,$90k - $120k a year\nB,<p>We dive.</p>,\xc2\xa330k & up\n"
        b"C,We dive.,$111K-$181K (Glassdoor est.)\nD,We dive.,120000\n"
    )
    plain_text, marked, estimate, bare = (f for f in read_file(body, name="x.csv") if isinstance(f, Posting))
    assert plain_text.text == "We dive.\n\nSalary: $90k - $120k a year"
    assert (marked.html, marked.text) == ("<p>We dive.</p>\n<p>Salary: \u00a330k &amp; up</p>", "")
    assert (estimate.text, bare.text) == ("We dive.", "We dive.")


def test_a_rating_on_the_second_line_of_an_employer_s_name_is_not_its_name() -> None:
    body = b'Job Title,Job Description,Company Name\nDiver,We dive.,"Harbour\n3.8"\nDiver,We dive.,Pier 3.8\n'
    assert [f.employer for f in read_file(body, name="x.csv") if isinstance(f, Posting)] == ["Harbour", "Pier 3.8"]


def test_items_of_the_official_hn_api_are_advertisements_too() -> None:
    item = {
        "by": "someone", "id": 9001, "kids": [9100], "parent": 900, "time": 1762185731, "type": "comment",
        "text": "Eelworks | Data Scientist | Leeds, UK<p>We sort eels.",
    }  # fmt: skip
    found = only((json.dumps(item) + "\n").encode(), "items.jsonl")
    assert (found.key, found.employer, found.title) == ("hn:items:9001", "Eelworks", "Data Scientist")
    assert found.first_published == Stamp(datetime(2025, 11, 3, 16, 2, 11, tzinfo=UTC), "date of the comment")

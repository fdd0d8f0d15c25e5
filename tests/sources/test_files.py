"""Anybody's tables: guessed columns, every usual encoding and delimiter, bad rows set aside with their number."""

import gzip
import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from jobtide.errors import JobtideError, UsageError
from jobtide.model import Bad, Posting, Stamp
from jobtide.sources.files import read_file

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

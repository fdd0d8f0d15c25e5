"""Other people's tables in the shapes in which they are found: each invented row as its columns mean it."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobtide.model import Bad, Posting
from jobtide.sources.cells import amount
from jobtide.sources.files import read_file

TITLE = "Lamp Engineer"
TEXT = 'We keep lamps.\nYou bring:\n- Python; SQL, and "patience"'


def table(head: str, *rows: Sequence[str], by: str = ",", encoding: str = "utf-8", **style: Any) -> bytes:
    """A delimited file; ``head`` names its columns with spaces between."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=by, **style).writerows([head.split(), *rows])
    return out.getvalue().encode(encoding)


def read(body: bytes, name: str = "x.csv") -> tuple[list[Posting], list[Bad]]:
    found = list(read_file(body, name=name))
    return [f for f in found if isinstance(f, Posting)], [f for f in found if isinstance(f, Bad)]


def pay(found: Posting) -> list[tuple[str, str, str, str]]:
    return [(str(one.low), str(one.high), one.currency, one.period) for one in found.pay]


def test_jobspy() -> None:
    head = (
        "id site job_url job_url_direct title company location date_posted job_type salary_source interval min_amount "
        "max_amount currency is_remote description"
    )
    rows = [
        ["in-1", "indeed", "https://x/1", "https://y/1", TITLE, "Harbour", "Leeds", "2026-01-02", "fulltime",
         "direct_data", "yearly", "50000.0", "60000.0", "GBP", "False", TEXT],
        ["in-2", "indeed", "https://x/2", "", TITLE, "Harbour", "Remote", "", "", "description", "yearly", "1.0", "2.0",
         "GBP", "True", TEXT],
    ]  # fmt: skip
    (one, other), bad = read(table(head, *rows))
    assert (bad, one.text, one.apply_url) == ([], TEXT, "https://y/1")
    assert (pay(one), pay(other)) == ([("50000.0", "60000.0", "GBP", "year")], [])
    assert (one.work_mode_raw, other.work_mode_raw) == ("", "remote")


def test_linkedin_with_a_range_or_one_figure() -> None:
    head = (
        "job_id company_name title description max_salary pay_period location med_salary min_salary "
        "formatted_work_type original_listed_time remote_allowed job_posting_url listed_time currency"
    )
    rows = [
        ["1", "Harbour", TITLE, TEXT, "20.0", "HOURLY", "Leeds", "", "17.0", "Full-time", "1712857926000.0", "",
         "https://l/1", "1713397508000.0", "USD"],
        ["2", "Harbour", TITLE, TEXT, "", "YEARLY", "York", "62000.0", "", "Full-time", "1712857926000.0", "1.0",
         "https://l/2", "1713397508000.0", "USD"],
    ]  # fmt: skip
    (one, other), _ = read(table(head, *rows))
    assert pay(one) == [("17.0", "20.0", "USD", "hour")]
    assert pay(other) == [("62000.0", "62000.0", "USD", "year")]
    assert one.first_published
    assert one.last_published
    assert (one.first_published.at.day, one.last_published.at.day) == (11, 17)


def test_indeed_by_semicolons_with_a_mark_and_the_day_of_collecting() -> None:
    rows = [
        ["Job Title", "Company", "Salary", "Summary", "Post Date", "Extract Date", "Full Description", "Job Url"],
        [TITLE, "Harbour", "£50,000 a year", "short", "30+ days ago", "2026-02-03", TEXT, "https://i/1"],
        [TITLE, "Harbour", "", "short", "Just posted", "2026-02-04", TEXT, "https://i/2"],
    ]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows(rows)
    found, bad = read(out.getvalue().encode("utf-8-sig"))
    assert bad == []
    # Rows that were collected one after the other are one file of one day: none of them closes the others.
    assert [(str(one.seen.at.date()), one.seen.basis) for one in found if one.seen] == [
        ("2026-02-04", "column Extract Date")
    ] * 2
    assert found[0].text.endswith("Salary: £50,000 a year")
    assert [one.last_published for one in found] == [None, None]


def test_glassdoor_with_an_unnamed_column_and_estimates() -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([
        ["", "Job Title", "Salary Estimate", "Job Description", "Company Name", "Location"],
        ["0", TITLE, "$53K-$91K (Glassdoor est.)", TEXT, "Harbour\n3.8", "Leeds"],
        ["1", TITLE, "Employer Provided Salary:$80K-$90K", TEXT, "Harbour", "York"],
        ["2", TITLE, "-1", TEXT, "Harbour", "Kiel"],
    ])  # fmt: skip
    found, _ = read(out.getvalue().encode())
    assert ["Salary" in one.text for one in found] == [False, True, False]
    assert {one.employer for one in found} == {"Harbour"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
def test_naukri_in_every_encoding(encoding: str) -> None:
    head = "company jobdescription jobid joblocation_address jobtitle payrate postdate"
    row = ["Café", TEXT, "21", "Chennai", TITLE, "1,50,000 - 2,25,000 P.A", "2016-05-21 19:30:00 +0000"]
    (one,), bad = read(table(head, row, encoding=encoding))
    assert (bad, one.source_id, one.employer, str(one.places_raw[0].text)) == ([], "21", "Café", "Chennai")
    assert one.text.endswith("Salary: 1,50,000 - 2,25,000 P.A")
    assert one.last_published
    assert one.last_published.at.year == 2016


def test_pay_in_several_columns_as_europeans_and_programs_write_it() -> None:
    head = "ref title company salary_min salary_max salary_currency salary_period description posted_at"
    cells = [
        ("55.000,00", "65.000,00", "EUR", "Jahr"), ("€55k", "€65k", "", "year"), ("55.000", "65.000", "eur", ""),
        ("17,50", "19,25", "EUR", "hour"), ("85,000.00 USD", "", "", ""), ("23.175", "23.175", "USD", "hour"),
        ("Negotiable", "", "", ""), ("nan", "None", "nan", "nan"), ("0", "0.0", "USD", "year"), ("-1", "", "", ""),
    ]  # fmt: skip
    rows = [[str(n), TITLE, "Hafen", *four, TEXT + str(n), "N/A"] for n, four in enumerate(cells)]
    found, bad = read(table(head, *rows))
    assert bad == []
    assert [pay(one) for one in found] == [
        [("55000.00", "65000.00", "EUR", "year")], [("55000", "65000", "EUR", "year")],
        [("55000", "65000", "EUR", "year")], [("17.50", "19.25", "EUR", "hour")],
        [("85000.00", "85000.00", "USD", "year")], [("23.18", "23.18", "USD", "hour")], [], [], [], [],
    ]  # fmt: skip
    assert found[4].pay[0].label == "period and currency not stated"


def test_without_ids_a_row_keeps_its_name_in_a_later_file_in_any_order() -> None:
    head = "title company location description url"
    rows = [[TITLE, "Harbour", "Leeds", TEXT, "https://u/1"], [TITLE, "Harbour", "York", TEXT, "https://u/2"]]
    again = ["", "", "", "", ""]
    first, bad = read(table(head, *rows, rows[0], again))
    later, _ = read(table(head, [TITLE, "Harbour", "Kiel", TEXT, "https://u/3"], *reversed(rows)))
    assert (len(first), bad) == (2, [])
    assert {one.key for one in first} < {one.key for one in later}
    edited, _ = read(table(head, [*rows[0][:3], TEXT + " Apply.", "https://u/1"]))
    assert edited[0].key == first[0].key
    # A table that gives the address of its search for every row: they are postings all the same.
    same, bad = read(table(head, *([TITLE, "Harbour", place, TEXT, "https://search"] for place in ("Leeds", "York"))))
    assert (len(same), bad) == (2, [])
    bare, _ = read(table("title company description", [TITLE, "Harbour", TEXT], [TITLE, "Harbour", TEXT + "!"]))
    assert len({one.key for one in bare}) == 2


def test_duplicated_ids_say_the_same_or_are_set_aside() -> None:
    head = "Job-ID Job_Title Company_Name Job_Description"
    rows = [["7", TITLE, "Harbour", TEXT], ["7", TITLE, "Harbour", TEXT], ["7", TITLE, "Harbour", "Another."]]
    found, bad = read(table(head, *rows, ["", TITLE, "Harbour", TEXT], by="\t"), "x.tsv")
    assert [one.source_id[:4] for one in found] == ["7", "row-"]
    assert [one.reason for one in bad] == ["an id that stood before, with other content"]


def test_two_columns_by_one_name_and_everything_in_quotes() -> None:
    head = "title employer description description work_mode remote"
    rows = [[TITLE, "Harbour", TEXT, "", "Hybrid", ""], [TITLE, "Harbour", "", TEXT, "", "yes"]]
    found, _ = read(table(head, *rows, by="|", quoting=csv.QUOTE_ALL))
    assert [(one.text, one.work_mode_raw) for one in found] == [(TEXT, "Hybrid"), (TEXT, "remote")]


LINE = f"1;{TITLE};Harbour;We keep lamps"


@pytest.mark.parametrize(
    "body",
    [
        f"sep=;\nid;title;company;description\n{LINE}\n", f"\r\n \r\nid;title;company;description\r\n{LINE}\r\n",
        f"id;title;company;description\r{LINE}\r", f"id;title;company;description;\n{LINE};\n",
        f"ID;Title;COMPANY;Description\n{LINE}\n;;;\n\n", f"\ufeffid;title;company;description\n{LINE}",
        f'"id";"title";"company";"description"\n"1";"{TITLE}";"Harbour";"We keep lamps"\n',
    ],
)  # fmt: skip
def test_spreadsheets_ways_with_heads_and_ends(body: str) -> None:
    (one,), bad = read(body.encode())
    assert (bad, one.source_id, one.title, one.employer, one.text) == ([], "1", TITLE, "Harbour", "We keep lamps")


def test_a_file_that_was_cut_off_within_quotes_does_not_pass_for_whole() -> None:
    body = table("id title description", ["1", TITLE, TEXT], ["2", TITLE, TEXT + TEXT])
    found, bad = read(body[:-40])
    assert [one.source_id for one in found] == ["1"]
    assert [(one.row, one.reason) for one in bad] == [(3, "the file ends within quotes: it was cut off")]


@given(st.decimals(min_value=Decimal("0.01"), max_value=10**9, places=2), st.sampled_from(("", "€", "$", "USD ")))
def test_an_amount_is_the_same_however_it_is_grouped(value: Decimal, sign: str) -> None:
    english = f"{value:,.2f}"
    european = english.translate(str.maketrans(",.", ".,"))
    swiss = english.replace(",", "'")
    assert {amount(f"{sign}{said}") for said in (english, european, swiss, str(value))} == {value}

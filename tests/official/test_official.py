"""Official tables as published: every header that the years have had, every way a cell says nothing, any size."""

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from jobtide.errors import JobtideError, UsageError
from jobtide.sources.official.recognise import Official, read
from jobtide.store.official import keep, kept

_LCA = {
    "FY2014": (
        "LCA_CASE_NUMBER,STATUS,DECISION_DATE,VISA_CLASS,LCA_CASE_EMPLOYER_NAME,LCA_CASE_SOC_CODE,LCA_CASE_SOC_NAME,"
        "LCA_CASE_JOB_TITLE,LCA_CASE_WAGE_RATE_FROM,LCA_CASE_WAGE_RATE_TO,LCA_CASE_WAGE_RATE_UNIT,FULL_TIME_POS,"
        "LCA_CASE_WORKLOC1_CITY,LCA_CASE_WORKLOC1_STATE,PW_1,PW_UNIT_1,LCA_CASE_NAICS_CODE\n"
        "I-1,CERTIFIED,3/7/2014,H-1B,Harbourlight Inc.,15-1132,Software Developers,Engineer,90000,110000,Year,Y,Boston,"
        "MA,85000,Year,541511\n"
    ),
    "FY2015": (
        "CASE_NUMBER,CASE_STATUS,DECISION_DATE,VISA_CLASS,EMPLOYER_NAME,JOB_TITLE,SOC_CODE,SOC_NAME,NAIC_CODE,"
        "FULL_TIME_POSITION,WAGE_RATE_OF_PAY,WAGE_UNIT_OF_PAY,PREVAILING_WAGE,PW_UNIT_OF_PAY,WORKSITE_CITY,WORKSITE_STATE\n"
        "I-1,CERTIFIED,2014-03-07,H-1B,Harbourlight Inc.,Engineer,15-1132,Software Developers,541511,Y,"
        '"90,000.00 - 110,000.00",Year,85000,Year,Boston,ma\n'
    ),
    "FY2019": (
        "CASE_NUMBER,CASE_STATUS,DECISION_DATE,VISA_CLASS,JOB_TITLE,SOC_CODE,SOC_TITLE,EMPLOYER_NAME,NAICS_CODE,"
        "FULL_TIME_POSITION,WORKSITE_CITY_1,WORKSITE_STATE_1,WAGE_RATE_OF_PAY_FROM_1,WAGE_RATE_OF_PAY_TO_1,"
        "WAGE_UNIT_OF_PAY_1,PREVAILING_WAGE_1,PW_UNIT_OF_PAY_1\n"
        "I-1,CERTIFIED,2014-03-07,H-1B,Engineer,151132,Software Developers,Harbourlight Inc.,541511,Y,Boston,MA,"
        '"$90,000.00","$110,000.00",Year,"$85,000.00",Year\n'
    ),
    "FY2024": (
        "CASE_NUMBER\tCASE_STATUS\tDECISION_DATE\tVISA_CLASS\tJOB_TITLE\tSOC_CODE\tSOC_TITLE\tEMPLOYER_NAME\tNAICS_CODE\t"
        "FULL_TIME_POSITION\tWORKSITE_CITY\tWORKSITE_STATE\tWAGE_RATE_OF_PAY_FROM\tWAGE_RATE_OF_PAY_TO\t"
        "WAGE_UNIT_OF_PAY\tPREVAILING_WAGE\tPW_UNIT_OF_PAY\tPW_WAGE_LEVEL\n"
        "I-1\tCertified\t2014-03-07\tH-1B\tEngineer\t15-1132.00\tSoftware Developers\tHarbourlight Inc.\t541511\tY\t"
        "Boston\tMA\t90000\t110000\tYear\t85000\tYear\tII\n"
    ),
}


def table(text: str | bytes, name: str = "file.csv", kind: str = "") -> Official:
    return read(io.BytesIO(text.encode() if isinstance(text, str) else text), name=name, kind=kind)


def rows(text: str | bytes, name: str = "file.csv", kind: str = "") -> list[dict[str, Any]]:
    return [row for batch in table(text, name, kind).batches for row in batch.to_pylist()]


@pytest.mark.parametrize("year", _LCA)
def test_a_case_reads_the_same_under_the_header_of_any_year(year: str) -> None:
    (row,) = rows(_LCA[year])
    assert row["employer"] == "Harbourlight Inc."
    assert (row["status"], row["soc"], row["city"], row["state"]) == ("certified", "15-1132", "Boston", "MA")
    assert (row["wage_low"], row["wage_high"], row["wage_period"]) == (90000.0, 110000.0, "year")
    assert (row["prevailing"], row["prevailing_period"]) == (85000.0, "year")
    assert (row["decided_on"], row["full_time"], row["naics"]) == (date(2014, 3, 7), True, "541511")


def test_what_a_file_does_not_say_is_null_not_false() -> None:
    (row,) = rows("CASE_NUMBER,CASE_STATUS,EMPLOYER_NAME,PREVAILING_WAGE\nI-2,Denied,Aldine,67082.0\n")
    assert row["prevailing"] == 67082.0
    unsaid = ("job_title", "soc", "wage_low", "wage_high", "wage_period", "prevailing_period", "full_time")
    assert all(row[name] is None for name in unsaid)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_and_gzip(encoding: str) -> None:
    text = "CASE_NUMBER,CASE_STATUS,EMPLOYER_NAME\nI-3,Certified,Bäckerei Grün\n"
    assert rows(text.encode(encoding))[0]["employer"] == "Bäckerei Grün"
    assert rows(gzip.compress(text.encode(encoding)), "a.csv.gz")[0]["employer"] == "Bäckerei Grün"


def test_rows_that_do_not_fit_are_set_aside_with_their_number_and_the_others_go_on() -> None:
    found = table("CASE_NUMBER,CASE_STATUS,EMPLOYER_NAME\nI-1,Certified,A\nI-2,Certified\nI-3,Certified,C\n")
    assert sum(batch.num_rows for batch in found.batches) == 2
    (bad,) = found.sheet.bad
    assert (found.sheet.set_aside, bad.reason) == (1, "2 cells where the header has 3")


@pytest.mark.parametrize("body", [b"", b"   \n", b"no table at all", b"a,b\n1,2\n", b"PK\x03\x04broken"])
def test_what_is_no_official_table_says_so(body: bytes) -> None:
    with pytest.raises(JobtideError, match=r"x\.csv: "):
        rows(body, "x.csv")


def test_a_cut_off_gzip_names_the_file() -> None:
    packed = gzip.compress((_LCA["FY2024"] * 2000).encode())
    with pytest.raises(JobtideError, match=r"cut\.csv\.gz: "):
        rows(packed[: len(packed) // 2], "cut.csv.gz")


def test_a_kind_that_does_not_exist_or_does_not_fit() -> None:
    with pytest.raises(UsageError, match="there are lca"):
        rows(_LCA["FY2024"], kind="visa")
    with pytest.raises(JobtideError, match="oews lacks a column"):
        rows(_LCA["FY2024"], kind="oews")


def test_projections_find_their_years_and_leave_sums_out() -> None:
    header = (
        '2024 National Employment Matrix title,2024 National Employment Matrix code,Occupation type,"Employment, 2024",'
        '"Employment, 2034","Employment change, numeric, 2024-34","Employment change, percent, 2024-34",'
        '"Occupational openings, 2024-34 annual average","Median annual wage, dollars, 2024[1]",'
        "Typical education needed for entry\n"
    )
    body = (
        'Computer occupations,15-0000,Summary,"5,000.0","5,500.0",500.0,10.0,300.0,100000,-\n'
        "Data scientists,15-2051,Line item,245.9,328.3,82.5,33.5,23.4,112590,Bachelor's degree\n"
    )
    (row,) = rows(header + body)
    assert (row["soc"], row["year"], row["projected_year"]) == ("15-2051", 2024, 2034)
    assert (row["jobs"], row["projected_jobs"], row["change"]) == (245900.0, 328300.0, 82500.0)
    assert (row["change_percent"], row["openings_a_year"], row["median_usd_year"]) == (33.5, 23400.0, 112590.0)


def test_oews_time_series_text_is_decoded_from_its_codes() -> None:
    body = (
        "series_id                     \tyear\tperiod\t       value\tfootnote_codes\n"
        "OEUN000000000000015205101     \t2025\tA01\t      262440\t\n"
        "OEUS060000000000015205113     \t2025\tA01\t           -\t5\n"
        "CUUR0000SA0                   \t2025\tA01\t       300.1\t\n"
    )
    first, second = rows(body, "oe.data.0.Current")
    assert (first["area_type"], first["area"], first["soc"]) == ("N", "0000000", "15-2051")
    assert (first["measure"], first["value"], first["year"]) == ("employment", 262440.0, 2025)
    assert (second["area"], second["measure"], second["value"], second["mark"]) == ("0600000", "annual_p50", None, "-")


def test_oews_wide_tables_keep_the_mark_of_what_is_withheld() -> None:
    header = "AREA,AREA_TITLE,AREA_TYPE,NAICS,OCC_CODE,OCC_TITLE,TOT_EMP,A_MEAN,A_PCT90\n"
    body = header + '99,U.S.,1,000000,15-2051,Data,"262,440",**,#\n'
    found = {row["measure"]: (row["value"], row["mark"]) for row in rows(body)}
    assert found == {"employment": (262440.0, None), "annual_mean": (None, "**"), "annual_p90": (None, "#")}


def test_onet_and_hiring_lab_rows() -> None:
    (skill,) = rows(
        "O*NET-SOC Code\tTitle\tExample\tCommodity Title\tHot Technology\n15-2051.00\tData\tPython\tLanguages\tY\n"
    )
    assert (skill["kind"], skill["soc"], skill["value"], skill["hot"]) == ("technology", "15-2051", "Python", True)
    (month,) = rows("jobcountry,month,n_obs,posted_wage_growth_yoy\nUS,Jan-19,1000,0.031\n")
    assert (month["series"], month["date"], month["value"], month["n"]) == (
        "posted_wage_growth", date(2019, 1, 1), 0.031, 1000.0,
    )  # fmt: skip


def workbook(lines: list[list[str]]) -> bytes:
    """A workbook of inline strings with two title rows, as the offices publish them; written here, cell by cell."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in line) + "</row>" for line in lines
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{rel}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{rel}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name, body)
    return out.getvalue()


def test_a_workbook_is_read_from_its_header_whatever_stands_above() -> None:
    lines = [part.split("\t") for part in _LCA["FY2024"].splitlines()]
    (row,) = rows(workbook([["Disclosure data"], ["as of", "December"], *lines]), "lca.xlsx")
    assert (row["employer"], row["wage_low"], row["soc"]) == ("Harbourlight Inc.", 90000.0, "15-1132")


def zipped(**parts: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in parts.items():
            packed.writestr(name.replace("_", "."), body)
    return out.getvalue()


def test_a_zip_of_one_table_is_read_as_that_table() -> None:
    (row,) = rows(zipped(disclosure_csv=_LCA["FY2024"], readme_pdf=b"%PDF"), "lca.zip")
    assert (row["employer"], row["soc"]) == ("Harbourlight Inc.", "15-1132")
    lines = [part.split("\t") for part in _LCA["FY2024"].splitlines()]
    assert rows(zipped(disclosure_xlsx=workbook(lines)), "lca.zip")[0]["wage_high"] == 110000.0


def test_what_stands_beside_a_table_in_a_zip_is_not_a_second_one() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("LCA FY2024/LCA.csv", _LCA["FY2024"])
        for name in (
            "Read Me.txt",
            "LICENSE.txt",
            "a/field_descriptions.xlsx",
            "__MACOSX/LCA.csv",
            "LCA FY2024/._LCA.csv",
        ):
            packed.writestr(name, "words, about it")
    assert rows(out.getvalue(), "lca.zip") == rows(_LCA["FY2024"])


def test_a_zip_of_none_or_several_tables_says_what_it_holds() -> None:
    for parts in ({"readme_pdf": b"%PDF"}, {"one_csv": _LCA["FY2024"], "two_csv": _LCA["FY2019"]}):
        with pytest.raises(JobtideError, match=r"lca\.zip: holds [02] tables where one is read; unpack it first"):
            rows(zipped(**parts), "lca.zip")
    with pytest.raises(JobtideError, match="fetch the file again"):
        rows(zipped(one_csv=_LCA["FY2024"] * 9)[:-60], "lca.zip")


def test_what_is_kept_says_what_it_is(tmp_path: Path) -> None:
    found = table(_LCA["FY2024"])
    path = tmp_path / "official" / "lca" / "fy.parquet"
    assert keep(path, found.batches, schema=found.schema, about={"base": found.base}) == 1
    assert [(p.name, about["base"], n) for p, about, n in kept(tmp_path)] == [("fy.parquet", found.base, 1)]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "kind", "least"),
    [
        ("us_lca_h1b/lca_dec2020.csv.gz", "lca", 22_167),
        ("us_lca_h1b/lca_10k_sample.csv.gz", "lca", 10_000),
        ("onet/Technology_Skills.csv.gz", "onet", 32_681),
        ("onet/Alternate_Titles.csv.gz", "onet", 56_560),
        ("onet/Job_Zones.csv.gz", "onet", 923),
        ("onet/Occupation_Data.csv.gz", "onet", 1_016),
        ("indeed_hiring_lab/AI_posting.csv.gz", "hiring_lab", 23_013),
        ("indeed_hiring_lab/US_state_job_postings_us.csv.gz", "hiring_lab", 110_211),
        ("indeed_hiring_lab/US_aggregate_job_postings_US.csv.gz", "hiring_lab", 8_644),
        ("indeed_hiring_lab/US_job_postings_by_sector_US.vintage-2024-10.csv.gz", "hiring_lab", 65_780),
        ("indeed_hiring_lab/posted-wage-growth-by-country.csv.gz", "hiring_lab", 1_826),
        ("indeed_hiring_lab/posted-wage-growth-by-sector.csv.gz", "hiring_lab", 3_154),
        ("indeed_hiring_lab/remote_postings.csv.gz", "hiring_lab", 17_899),
        ("bls_oews_2025/oews_2025_computer_occupations.csv.gz", "oews", 22_314),
    ],
)
def test_real_files_are_recognised_and_no_row_is_lost(shared: Path, path: str, kind: str, least: int) -> None:
    with (shared / "data" / path).open("rb") as file:
        found = read(file, name=Path(path).name)
        assert found.name == kind
        assert sum(batch.num_rows for batch in found.batches) >= least
        assert found.sheet.set_aside == 0

"""Files of several tables: ZIPs as they are downloaded, and Data Packages in every way that the standard allows."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from jobtide.errors import JobtideError
from jobtide.model import Bad, Posting
from jobtide.sources.files import load, read_file

JOBS = "id,title,description\n1,Tide Engineer,We map tides\n2,Eel Scientist,We count eels\n"
COMPANIES = "company_id,name,description\n7,Curlew Labs,We are by the sea\n"


def zipped(**members: str | bytes) -> list[Posting | Bad]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, body in members.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), body)
    return list(read_file(out.getvalue(), name="archive.zip"))


def package(folder: Path, resource: dict[str, Any], **files: str | bytes) -> list[Posting | Bad]:
    for name, body in files.items():
        (folder / name.replace("_", ".")).write_bytes(body if isinstance(body, bytes) else body.encode())
    path = folder / "datapackage.json"
    path.write_text(json.dumps({"resources": [{"name": "jobs"} | resource]}))
    return list(read_file(load(path), name="datapackage.json"))


def titles(found: list[Posting | Bad]) -> list[str]:
    return [one.title if isinstance(one, Posting) else one.reason for one in found]


BOTH = ["Tide Engineer", "Eel Scientist"]


def test_of_an_archive_of_many_tables_those_of_postings_are_read() -> None:
    assert titles(zipped(jobs_csv=JOBS, companies__companies_csv=COMPANIES, skills_csv="abr,skill\nA,Art\n")) == BOTH
    with pytest.raises(JobtideError, match=r"archive.zip: more.csv: no column for title"):
        zipped(skills_csv="abr,skill\nA,Art\n", more_csv="a,b\n1,2\n")


def test_a_page_without_a_posting_costs_only_itself() -> None:
    node = '<script type="application/ld+json">{"@type": "JobPosting", "title": "Tide Engineer"}</script>'
    found = zipped(a_html="<html><p>Not found</p></html>", b_html=f"<html>{node}</html>")
    assert isinstance(found[0], Bad)
    assert ("no JobPosting" in found[0].reason, titles(found[1:])) == (True, ["Tide Engineer"])


HEAD, ONE, TWO = JOBS.splitlines(keepends=True)
OBJECTS = ['{"id": 1, "title": "Tide Engineer"}', '{"id": 2, "title": "Eel Scientist"}']


@pytest.mark.parametrize(
    ("path", "files"),
    [
        ("jobs.csv.gz", {"jobs_csv_gz": gzip.compress(JOBS.encode())}),
        ("jobs.csv", {"jobs_csv": b"\xef\xbb\xbf" + JOBS.encode()}),
        ("jobs.json", {"jobs_json": f"[{','.join(OBJECTS)}]"}),
        ("jobs.json", {"jobs_json": '[["id", "title"], [1, "Tide Engineer"], [2, "Eel Scientist"]]'}),
        ("jobs.jsonl", {"jobs_jsonl": "\n".join(OBJECTS)}),
        (["a.csv", "b.csv"], {"a_csv": HEAD + ONE, "b_csv": TWO}),
        (["a.csv", "b.csv"], {"a_csv": HEAD + ONE, "b_csv": HEAD + TWO}),
    ],
    ids=["gzip", "mark", "objects", "arrays", "lines", "head once", "head in each part"],
)
def test_a_resource_in_every_form_is_read(tmp_path: Path, path: Any, files: dict[str, Any]) -> None:
    assert titles(package(tmp_path, {"path": path, "encoding": "UTF-8"}, **files)) == BOTH


def test_what_a_resource_cannot_be_read_for_is_said(tmp_path: Path) -> None:
    (found,) = package(tmp_path, {"path": "jobs.parquet"}, jobs_parquet=b"PAR1")
    assert isinstance(found, Bad)
    assert "import it by itself" in found.reason
    with pytest.raises(JobtideError, match=r"resource jobs: its dialect does not fit"):
        package(tmp_path, {"path": "jobs.csv", "dialect": {"delimiter": "ab"}}, jobs_csv=JOBS)
    with pytest.raises(JobtideError, match=r"jobs.json: no valid JSON"):
        package(tmp_path, {"path": "jobs.json"}, jobs_json="[")


def test_lines_are_read_one_by_one_whatever_the_first_is_and_with_what_programs_write_for_nothing() -> None:
    body = b'{"id": "0", "ti\n{"id": 1, "title": "Tide Engineer", "pay": NaN}\n{"id": 2, "title": "Eel Scientist"}\n'
    found = list(read_file(body, name="jobs.jsonl"))
    assert isinstance(found[0], Bad)
    assert (found[0].row, titles(found[1:])) == (1, BOTH)
    one = b'{\n "jobs": [\n {"id": 1, "title": "Tide Engineer", "description": "x"}\n ]\n}'
    assert titles(list(read_file(one, name="jobs.json"))) == ["Tide Engineer"]

"""Saved pages of real shape and invented words give the expected postings; every source has one."""

import gzip
import json
import warnings
from collections.abc import Generator, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from jobtide.errors import UsageError
from jobtide.model import Bad, Completeness, Page, Posting, Request
from jobtide.sources import registry
from jobtide.sources.fields import UnreadFields
from jobtide.sources.files import read_file

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "sources"
AT = datetime(2025, 11, 3, 12, 0, tzinfo=UTC)
PAGES = sorted(p for p in GOLDEN.glob("*/*") if p.suffix in (".json", ".xml", ".html"))
WALKS = [path for path in PAGES if path.name.endswith(".pages.json")]
RECORDED = (
    ("greenhouse", "careerkit/greenhouse.json"),
    ("greenhouse", "lubobali/greenhouse_jobs.json"),
    ("lever", "careerkit/lever.json"),
    ("lever", "lubobali/lever_postings.json"),
    ("ashby", "careerkit/ashby.json"),
    ("ashby", "lubobali/ashby_jobs.json"),
    ("workable", "careerkit/workable.json"),
    ("recruitee", "careerkit/recruitee.json"),
    ("personio", "careerkit/personio.xml"),
    ("teamtailor", "careerkit/teamtailor.json"),
    ("rippling", "careerkit/rippling.json"),
    ("pinpoint", "careerkit/pinpoint.json"),
    ("smartrecruiters", "careerkit/smartrecruiters.json"),
    ("jsonld", "colophon_html/jsonld_meta_software_engineer.html"),
    ("usajobs", "lubobali/usajobs_jobs.json"),
    ("remotive", "lubobali/remotive_jobs.json"),
    ("workday", "lubobali/workday_search.json"),
    ("workday", "lubobali/workday_job_detail.json"),
    ("workday", "careerkit/workday.json"),
    ("adzuna", "lubobali/adzuna_search.json"),
)


def page(board: str, body: bytes, status: int = 200, url: str = "https://example.org") -> Page:
    """An answer as the fetcher hands it on."""
    return Page(Request("GET", url), board, status, {}, body, "", AT)


def saved(path: Path) -> list[Page]:
    """The pages of a golden file: one as it stands, or those of a whole crawl (``.pages.json``), in their order."""
    if not path.name.endswith(".pages.json"):
        return [page(path.stem, path.read_bytes())]
    crawl = json.loads(path.read_text())
    return [page(crawl["board"], _bytes(one["body"]), one.get("status", 200), one["url"]) for one in crawl["pages"]]


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else json.dumps(body, ensure_ascii=False).encode()


def plain(found: Posting | Bad) -> dict[str, Any]:
    """A row as JSON holds it."""
    row: dict[str, Any] = json.loads(json.dumps(asdict(found), default=str))
    return row


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_golden_pages_give_their_rows(path: Path, update_golden: bool) -> None:
    found = [plain(f) for f in registry.load(path.parent.name).read(saved(path))]
    expected = path.with_suffix(".rows.jsonl")
    if update_golden:
        expected.write_text("".join(json.dumps(row, sort_keys=True, ensure_ascii=False) + "\n" for row in found))
    assert found == [json.loads(line) for line in expected.read_text().splitlines()]


@pytest.mark.parametrize("path", WALKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_crawl_asks_for_the_pages_of_its_golden_file_in_their_order(path: Path) -> None:
    crawl = json.loads(path.read_text())
    urls, completeness = walk(registry.load(path.parent.name).pages(crawl["board"]), saved(path))
    assert urls == [one["url"] for one in crawl["pages"]]
    assert completeness == crawl["completeness"]


def walk(asked: Generator[Request, Page, Completeness], given: Sequence[Page]) -> tuple[list[str], str]:
    """The addresses a connector asks for when it is sent ``given``, and what it says of the crawl at the end."""
    urls, left = [], iter(given)
    try:
        request = next(asked)
        while True:
            urls.append(request.url)
            request = asked.send(next(left))
    except StopIteration as stop:
        return urls, str(stop.value)


def test_every_source_has_a_golden_page() -> None:
    assert {path.parent.name for path in PAGES} == set(registry.names())


@pytest.mark.shared
@pytest.mark.parametrize(("source", "file"), RECORDED)
def test_recorded_answers_hold_no_field_that_is_neither_taken_nor_skipped(shared: Path, source: str, file: str) -> None:
    body = (shared / "data" / "ats_fixtures" / file).read_bytes()
    found = list(registry.load(source).read([page("recorded", body)]))
    assert found
    assert all(isinstance(f, Posting) for f in found)


@pytest.mark.shared
def test_whole_recorded_boards_are_read_to_the_last_posting(shared: Path) -> None:
    boards = sorted((shared / "data" / "ashby_boards_2025" / "raw_boards").glob("*.json.gz"))
    assert boards
    for path in boards:
        body = gzip.decompress(path.read_bytes())
        listed = [job for job in json.loads(body)["jobs"] if job["isListed"]]
        found = list(registry.load("ashby").read([page(path.name, body)]))
        assert [f.source_id for f in found if isinstance(f, Posting)] == [job["id"] for job in listed]


@pytest.mark.shared
def test_the_whole_file_of_boards_loses_no_row(shared: Path) -> None:
    file = shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"
    found = list(read_file(file.read_bytes(), name=file.name))
    good = [f for f in found if isinstance(f, Posting)]
    # 6,693 rows, 9 ids on two boards each, 2,581 with a stated salary tier (the folder's README).
    assert (len(found), len(good)) == (6693, 6693)
    assert len({f.source_id for f in good}) == 6684
    assert sum(bool(f.pay) for f in good) == 2581


def test_a_field_never_seen_is_reported() -> None:
    body = json.loads((GOLDEN / "lever" / "kelpworks.json").read_text())
    body[0]["moonPhase"] = "waxing"
    with pytest.warns(UnreadFields, match="moonPhase"):
        list(registry.load("lever").read([page("x", json.dumps(body).encode())]))


def test_lever_asks_the_european_host_when_the_american_knows_nothing() -> None:
    asked = registry.load("lever").pages("kelpworks")
    first = next(asked)
    second = asked.send(page("kelpworks", b'{"ok":false}', status=404))
    assert first.url.startswith("https://api.lever.co/")
    assert second.url.startswith("https://api.eu.lever.co/")
    with pytest.raises(StopIteration) as stop:
        asked.send(page("kelpworks", b"[]"))
    assert stop.value.value == "complete"


def test_greenhouse_that_sends_fewer_jobs_than_it_counts_is_partial() -> None:
    asked = registry.load("greenhouse").pages("saltmarsh")
    next(asked)
    with pytest.raises(StopIteration) as stop:
        asked.send(page("saltmarsh", b'{"jobs":[],"meta":{"total":3}}'))
    assert stop.value.value == "partial"


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("greenhouse:acme", ("greenhouse", "acme")),
        ("https://boards.greenhouse.io/acme/jobs/1", ("greenhouse", "acme")),
        ("https://job-boards.greenhouse.io/acme", ("greenhouse", "acme")),
        ("https://boards-api.greenhouse.io/v1/boards/acme/jobs", ("greenhouse", "acme")),
        ("jobs.lever.co/acme", ("lever", "acme")),
        ("https://jobs.eu.lever.co/acme/1", ("lever", "eu/acme")),
        ("https://jobs.ashbyhq.com/Acme%20Co", ("ashby", "Acme Co")),
        ("https://apply.workable.com/acme/", ("workable", "acme")),
        ("https://acme.workable.com/jobs", ("workable", "acme")),
        ("https://acme.recruitee.com/o/chef", ("recruitee", "acme")),
        ("https://acme.jobs.personio.de/job/1", ("personio", "acme")),
        ("https://acme.jobs.personio.com", ("personio", "acme.com")),
        ("https://acme.teamtailor.com/jobs", ("teamtailor", "acme")),
        ("https://acme.na.teamtailor.com", ("teamtailor", "acme.na")),
        ("https://ats.rippling.com/en-GB/acme/jobs/1", ("rippling", "acme")),
        ("https://acme.pinpointhq.com/en/postings/1", ("pinpoint", "acme")),
        ("https://jobs.smartrecruiters.com/Acme/744000000000001-chef", ("smartrecruiters", "Acme/744000000000001")),
        ("https://careers.smartrecruiters.com/Acme", ("smartrecruiters", "Acme")),
        ("https://appleby.teamtailor.com", ("teamtailor", "appleby")),
        ("https://apitherapy.recruitee.com", ("recruitee", "apitherapy")),
        ("https://jobsite.workable.com", ("workable", "jobsite")),
        ("https://approach.pinpointhq.com/", ("pinpoint", "approach")),
        ("https://jobs.gem.com/acme/am9i", ("gem", "acme")),
        ("https://acme.applytojob.com/apply/x", ("jazzhr", "acme")),
        ("https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/x", ("workday", "acme.wd5/Careers")),
        ("https://news.ycombinator.com/item?id=900", ("hn", "900")),
        (
            "https://weworkremotely.com/categories/remote-programming-jobs",
            ("weworkremotely", "remote-programming-jobs"),
        ),
        ("https://remoteok.com", ("remoteok", "all")),
        ("jsonld:https://careers.acme.example/jobs/1", ("jsonld", "https://careers.acme.example/jobs/1")),
        ("usajobs:Keyword=machine learning", ("usajobs", "Keyword=machine learning")),
    ],
)
def test_boards_are_recognised_by_token_and_address(address: str, meant: tuple[str, str]) -> None:
    assert registry.locate(address) == meant


@pytest.mark.parametrize(
    "address",
    [
        "https://apply.workable.com/j/A1B2",
        "https://www.teamtailor.com",
        "workdy:acme",
        "https://example.org/careers",
        "greenhouse:",
    ],
)
def test_an_address_of_no_board_is_a_usage_error(address: str) -> None:
    with pytest.raises(UsageError):
        registry.locate(address)


def test_no_warning_is_left_over() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path in PAGES:
            assert list(registry.load(path.parent.name).read(saved(path)))


def test_every_source_states_its_terms_and_credit_and_what_it_needs_from_the_user() -> None:
    for name in registry.names():
        policy = registry.load(name).policy
        assert policy.tier in ("documented", "undocumented", "aggregator", "official"), name
        assert policy.terms.startswith("https://"), name
        assert policy.attribution, name
        assert 0 < policy.rate <= 1, name
        # What is undocumented or needs a key is never asked for unless the user says so.
        assert not policy.default_on or (policy.tier != "undocumented" and not policy.secrets), name
        assert policy.default_on or policy.notice, name


def test_a_user_s_key_stands_in_no_request() -> None:
    request = next(registry.load("usajobs").pages("Keyword=eels"))
    assert request.headers["Authorization-Key"] == "{JOBTIDE_USAJOBS_KEY}"
    assert "{JOBTIDE_ADZUNA_KEY}" in next(registry.load("adzuna").pages("gb/eels")).url


@pytest.mark.parametrize(("source", "board"), [("usajobs", "Keywrod=x"), ("adzuna", "eels"), ("adzuna", "xx/eels")])
def test_a_search_that_the_service_would_misread_is_a_usage_error(source: str, board: str) -> None:
    with pytest.raises(UsageError):
        next(registry.load(source).pages(board))


@pytest.mark.parametrize("source", ["recruitee", "personio", "teamtailor", "pinpoint"])
@pytest.mark.parametrize("board", ["evil.example/x?", "a@b", "", "a b", "a..b", "x#", "..", "a\n"])
def test_a_token_never_names_another_host(source: str, board: str) -> None:
    with pytest.raises(UsageError, match="no board token"):
        next(registry.load(source).pages(board))


@pytest.mark.parametrize("source", ["rippling", "smartrecruiters", "workday", "jsonld"])
def test_a_posting_s_own_page_that_did_not_come_makes_the_crawl_partial(source: str) -> None:
    (path,) = [path for path in WALKS if path.parent.name == source]
    *others, last = saved(path)
    board = json.loads(path.read_text())["board"]
    _, said = walk(registry.load(source).pages(board), [*others, replace(last, status=0, body=b"")])
    assert said == "partial"

"""Which board stands behind a careers address: by its shape, by embeds and links of the page, by where it leads."""

import time

import pytest

from jobtide.model import Completeness
from jobtide.sources import recognise
from jobtide.sources.recognise import by_address, further, in_page
from tests.sources.faulty import answer, running
from tests.sources_net.loop import crawl

SHAPES = {
    "https://boards.greenhouse.io/acme": "greenhouse:acme",
    "https://boards.greenhouse.io/embed/job_board/js?for=acme": "greenhouse:acme",
    "https://boards.greenhouse.io/embed/job_board?b=https%3A%2F%2Facme.example&for=acme": "greenhouse:acme",
    "https://job-boards.eu.greenhouse.io/acme/jobs/12": "greenhouse:acme",
    "https://job-boards.greenhouse.io/embed/job_app?for=acme&token=1": "greenhouse:acme",
    "https://jobs.lever.co/acme/0-1": "lever:acme",
    "https://jobs.eu.lever.co/acme": "lever:eu/acme",
    "https://jobs.ashbyhq.com/Acme%20Labs/embed": "ashby:Acme Labs",
    "https://apply.workable.com/acme/j/ABC/": "workable:acme",
    "https://apply.workable.com/api/v3/accounts/acme/jobs": "workable:acme",
    "https://acme.recruitee.com/o/ml": "recruitee:acme",
    "https://acme.jobs.personio.de/": "personio:acme",
    "https://acme.teamtailor.com/jobs": "teamtailor:acme",
    "https://ats.rippling.com/acme/jobs": "rippling:acme",
    "https://jobs.gem.com/acme": "gem:acme",
    "https://acme.applytojob.com/apply": "jazzhr:acme",
    "https://acme.wd5.myworkdayjobs.com/en-US/Careers": "workday:acme.wd5/Careers",
    "https://jobs.smartrecruiters.com/Acme": "smartrecruiters:Acme",
}


@pytest.mark.parametrize(("address", "board"), SHAPES.items())
def test_an_address_says_its_board(address: str, board: str) -> None:
    found = by_address(address)
    assert found is not None
    assert f"{found.source}:{found.token}" == board


OTHERS = [
    "https://acme.example/jobs",
    "https://www.greenhouse.com/",
    "https://lever.co/",
    "https://boards.greenhouse.io/embed/",
]


@pytest.mark.parametrize("address", OTHERS)
def test_other_addresses_say_none(address: str) -> None:
    assert by_address(address) is None


PAGES = {
    "script": (b'<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>', "greenhouse:acme"),
    "frame": (b'<iframe src="https://jobs.ashbyhq.com/acme/embed?version=2"></iframe>', "ashby:acme"),
    "escaped": (rb'<script>{"u":"https:\/\/api.lever.co\/v0\/postings\/acme?mode=json"}</script>', "lever:acme"),
    "no scheme": (b'<script src="//acme.recruitee.com/widget.js"></script>', "recruitee:acme"),
    "entities": (b'<a href="https&#58;//apply.workable.com/acme/">Jobs</a>', "workable:acme"),
    "options": (b"<script>window.leverJobsOptions = {accountName: 'acme', includeCss: true};</script>", "lever:acme"),
    "an embed beats links": (
        b'<a href="https://jobs.lever.co/partner">p</a><a href="https://jobs.lever.co/partner/1">p</a>'
        b'<script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script>',
        "greenhouse:acme",
    ),
    "the most linked": (
        b'<a href="https://jobs.lever.co/friend">f</a>' + b'<a href="https://jobs.lever.co/acme/1">j</a>' * 3,
        "lever:acme",
    ),
    "its own postings": (b'<script type="application/ld+json">{"@type": "JobPosting"}</script>', "jsonld:acme.example"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "board"), PAGES.values(), ids=PAGES)
def test_a_page_says_its_board(body: bytes, board: str) -> None:
    found = in_page(body, "https://acme.example/careers")
    assert f"{found[0].source}:{found[0].token}" == board


def test_a_page_without_a_board_says_none() -> None:
    assert in_page(b"<html>We are a bakery.</html>", "https://acme.example/") == []
    assert in_page(b"\xff\xfe\x00<a href=", "https://acme.example/") == []


@pytest.mark.parametrize("token", ["${org}", "{{ slug }}", "<%= name %>", "acme\\", "`acme"])
def test_an_address_that_a_script_puts_together_is_no_board_s(token: str) -> None:
    script = f"<script>get(`https://api.ashbyhq.com/posting-api/job-board/{token}`)</script>"
    assert all(board.token == "acme" for board in in_page(script.encode(), "https://acme.example/"))
    assert by_address(f"https://jobs.ashbyhq.com/{token}") is None


def test_careers_links_of_the_same_site_are_followed_and_no_others() -> None:
    body = (
        b'<a href="/about">About</a><a href="/x">Open <b>positions</b></a><a href="https://careers.acme.example/">Go</a>'
        b'<a href="https://other.example/careers">Careers</a><a href="/jobs#top">J</a>'
        b'<a href="mailto:jobs@acme.example">M</a>'
    )
    assert list(further(body, "https://www.acme.example/")) == [
        "https://www.acme.example/x", "https://careers.acme.example/", "https://www.acme.example/jobs",
    ]  # fmt: skip


def test_a_hostile_page_costs_no_more_than_its_length() -> None:
    for body in (
        b"<a href=x>" * 200_000,
        b'<a "' * 500_000,
        b"//a.b/" * 300_000,
        b"boards.greenhouse.io/embed/job_board?" * 50_000,
    ):
        began = time.perf_counter()
        list(further(body, "https://acme.example/"))
        in_page(body, "https://acme.example/")
        assert time.perf_counter() - began < 3


def test_a_site_is_walked_from_its_front_page_to_its_board() -> None:
    site = {
        "/robots.txt": answer(b"", status="404 Not Found"),
        "/": answer(b'<html><a href="/team">Team</a><a href="/join-us">Join us</a></html>'),
        "/join-us": answer(
            b'<html><script src="https://boards.greenhouse.io/embed/job_board/js?for=acme"></script></html>'
        ),
    }
    with running(lambda path, _: site.get(path, answer(b"", status="404 Not Found"))) as server:
        found = crawl(recognise.SOURCE, f"{server.url}/")[f"{server.url}/"]
        assert [path for path, _, _ in server.log] == ["/robots.txt", "/", "/join-us"]
    assert found.completeness is Completeness.COMPLETE
    assert [(one.source, one.token, one.why) for one in recognise.found(found.pages)] == [
        ("greenhouse", "acme", "embed")
    ]


def test_where_a_redirect_ends_is_known() -> None:
    moved = answer(b"", status="302 Found", headers="Location: /landed\r\n")
    page = answer(b'<html><a href="https://jobs.lever.co/acme">x</a></html>')
    with running(lambda path, _: moved if path == "/go" else page) as server:
        found = crawl(recognise.SOURCE, f"{server.url}/go")[f"{server.url}/go"]
        assert found.pages[0].headers["Content-Location"] == f"{server.url}/landed"
        assert found.pages[0].request.url == f"{server.url}/go"


def test_a_site_that_closes_itself_to_programs_is_not_read() -> None:
    with running(lambda *_: answer(b"User-agent: *\nDisallow: /\n")) as server:
        found = crawl(recognise.SOURCE, f"{server.url}/careers")[f"{server.url}/careers"]
        assert [path for path, _, _ in server.log] == ["/robots.txt"]
    assert found.note.startswith("refused")

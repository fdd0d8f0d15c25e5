"""The careers addresses of every supported board, as people copy them: whatever the spelling, the same board."""

from urllib.parse import urlsplit, urlunsplit

import pytest

from jobtide.errors import UsageError
from jobtide.sources import registry
from jobtide.sources.recognise import by_address

# A board, and addresses that mean it: its front, a locale before it, a posting, an embed, the address of its data.
MEANT = {
    "greenhouse:acme": (
        "https://boards.greenhouse.io/acme",
        "https://job-boards.greenhouse.io/acme",
        "https://job-boards.eu.greenhouse.io/acme",
        "https://boards.eu.greenhouse.io/acme",
        "https://boards.greenhouse.io/acme/jobs/4012345",
        "https://job-boards.greenhouse.io/acme/jobs/4012345?gh_jid=4012345",
        "https://boards.greenhouse.io/embed/job_board?for=acme",
        "https://boards.greenhouse.io/embed/job_board/js?for=acme",
        "https://boards.greenhouse.io/embed/job_app?for=acme&token=4012345",
        "https://boards.greenhouse.io/embed/job_app?token=4012345&for=acme",
        "https://job-boards.greenhouse.io/embed/job_board?for=acme&b=https%3A%2F%2Facme.example",
        "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
        "https://api.greenhouse.io/v1/boards/acme/jobs",
    ),
    "lever:acme": (
        "https://jobs.lever.co/acme",
        "https://jobs.lever.co/acme/8a1b2c3d-0000-4000-8000-000000000000",
        "https://jobs.lever.co/acme/8a1b2c3d-0000-4000-8000-000000000000/apply",
        "https://jobs.lever.co/acme?department=Data&location=Leeds",
        "https://api.lever.co/v0/postings/acme?mode=json",
    ),
    "lever:eu/acme": ("https://jobs.eu.lever.co/acme", "https://api.eu.lever.co/v0/postings/acme"),
    "ashby:acme": (
        "https://jobs.ashbyhq.com/acme",
        "https://jobs.ashbyhq.com/acme/0a0a0a0a-0000-4000-8000-000000000000",
        "https://jobs.ashbyhq.com/acme/0a0a0a0a-0000-4000-8000-000000000000/application",
        "https://jobs.ashbyhq.com/acme/embed?version=2",
        "https://jobs.ashbyhq.com/acme?departmentId=1",
        "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true",
    ),
    "ashby:Acme Labs": ("https://jobs.ashbyhq.com/Acme%20Labs", "https://jobs.ashbyhq.com/Acme%20Labs/embed"),
    "workable:acme": (
        "https://apply.workable.com/acme",
        "https://apply.workable.com/acme/j/0A1B2C3D4E/",
        "https://apply.workable.com/acme/j/0A1B2C3D4E/apply/",
        "https://apply.workable.com/acme/?lng=de",
        "https://acme.workable.com",
        "https://acme.workable.com/jobs/12345",
        "https://apply.workable.com/api/v1/widget/accounts/acme?details=true",
        "https://apply.workable.com/api/v3/accounts/acme/jobs",
        "https://www.workable.com/api/accounts/acme?details=true",
    ),
    "recruitee:acme": (
        "https://acme.recruitee.com",
        "https://acme.recruitee.com/o/keeper-of-lamps",
        "https://acme.recruitee.com/en/o/keeper-of-lamps",
        "https://acme.recruitee.com/api/offers/",
        "https://acme.recruitee.com/#section-jobs",
    ),
    "personio:acme": (
        "https://acme.jobs.personio.de",
        "https://acme.jobs.personio.de/job/123456",
        "https://acme.jobs.personio.de/job/123456?display=en#apply",
        "https://acme.jobs.personio.de/?language=en",
        "https://acme.jobs.personio.de/xml?language=en",
    ),
    "personio:acme.com": ("https://acme.jobs.personio.com", "https://acme.jobs.personio.com/job/1?language=de"),
    "teamtailor:acme": (
        "https://acme.teamtailor.com",
        "https://acme.teamtailor.com/jobs",
        "https://acme.teamtailor.com/en-GB/jobs/123-keeper",
        "https://acme.teamtailor.com/jobs.rss",
        "https://acme.teamtailor.com/departments/data",
    ),
    "teamtailor:acme.na": ("https://acme.na.teamtailor.com/jobs/1-keeper",),
    "rippling:acme": (
        "https://ats.rippling.com/acme/jobs",
        "https://ats.rippling.com/acme",
        "https://ats.rippling.com/en-GB/acme/jobs",
        "https://ats.rippling.com/fr-CA/acme/jobs/8a1b2c3d-0000-4000-8000-000000000000",
        "https://ats.rippling.com/embed/acme/jobs",
        "https://api.rippling.com/platform/api/ats/v2/board/acme/jobs?page=0",
        "https://api.rippling.com/platform/api/ats/v1/board/acme/jobs",
    ),
    "pinpoint:acme": (
        "https://acme.pinpointhq.com",
        "https://acme.pinpointhq.com/en/postings/8a1b2c3d",
        "https://acme.pinpointhq.com/postings.json",
    ),
    "smartrecruiters:Acme": (
        "https://jobs.smartrecruiters.com/Acme",
        "https://careers.smartrecruiters.com/Acme",
        "https://careers.smartrecruiters.com/Acme/data-team",
        "https://api.smartrecruiters.com/v1/companies/Acme/postings?limit=100",
    ),
    "smartrecruiters:Acme/744000000000001": (
        "https://jobs.smartrecruiters.com/Acme/744000000000001-keeper-of-lamps",
        "https://jobs.smartrecruiters.com/Acme/744000000000001-keeper-of-lamps?trid=1",
    ),
    "gem:acme": (
        "https://jobs.gem.com/acme",
        "https://jobs.gem.com/acme/am9icG9zdDo",
        "https://api.gem.com/job_board/v0/acme/job_posts/",
    ),
    "jazzhr:acme": (
        "https://acme.applytojob.com",
        "https://acme.applytojob.com/apply/0A1b2C3d4E/Keeper-Of-Lamps",
        "https://acme.jazz.co",
        "https://app.jazz.co/feeds/export/jobs/acme",
    ),
    "workday:acme.wd5/Careers": (
        "https://acme.wd5.myworkdayjobs.com/Careers",
        "https://acme.wd5.myworkdayjobs.com/en-US/Careers",
        "https://acme.wd5.myworkdayjobs.com/en-US/Careers/job/Leeds/Keeper_R1",
        "https://acme.wd5.myworkdayjobs.com/Careers/job/Leeds/Keeper_R1/apply",
        "https://acme.wd5.myworkdayjobs.com/de-DE/Careers?q=data",
        "https://acme.wd5.myworkdayjobs.com/wday/cxs/acme/Careers/jobs",
        "https://wd5.myworkdaysite.com/recruiting/acme/Careers",
        "https://wd5.myworkdaysite.com/en-US/recruiting/acme/Careers/job/Leeds/Keeper_R1",
    ),
    "hn:900": ("https://news.ycombinator.com/item?id=900",),
    "hn:whoishiring": ("https://news.ycombinator.com/submitted?id=whoishiring",),
    "remoteok:all": ("https://remoteok.com", "https://remoteok.com/remote-jobs"),
    "remotive:all": ("https://remotive.com/remote-jobs", "https://remotive.com"),
    "weworkremotely:all": ("https://weworkremotely.com", "https://weworkremotely.com/remote-jobs"),
    "weworkremotely:remote-programming-jobs": ("https://weworkremotely.com/categories/remote-programming-jobs.rss",),
    "arbeitnow:all": ("https://www.arbeitnow.com", "https://www.arbeitnow.com/jobs"),
    "himalayas:all": ("https://himalayas.app/jobs",),
    "jobicy:all": ("https://jobicy.com/remote-jobs", "https://jobicy.com"),
}
ADDRESSES = [(address, board) for board, addresses in MEANT.items() for address in addresses]


def spellings(address: str) -> list[str]:
    """One address in the ways in which it is copied, typed and mailed."""
    parts = urlsplit(address)
    bare = address.removeprefix("https://")
    query = f"{parts.query}&" if parts.query else ""
    tracked = parts._replace(query=f"{query}utm_source=mail&utm_medium=x")
    slashed = parts._replace(path=parts.path.rstrip("/") + "/")
    return [
        address, f"http://{bare}", bare, f"HTTPS://{bare}", f"  {address}\n", f"<{address}>", f'"{address}"',
        urlunsplit(parts._replace(netloc=parts.netloc.upper())),
        urlunsplit(parts._replace(netloc=parts.netloc + ":443")),
        urlunsplit(parts._replace(netloc=parts.netloc + ".")), urlunsplit(tracked), urlunsplit(slashed),
        address if parts.fragment else f"{address}#open-roles",
    ]  # fmt: skip


@pytest.mark.parametrize(("address", "board"), ADDRESSES, ids=[address for address, _ in ADDRESSES])
def test_every_spelling_of_a_careers_address_means_its_board(address: str, board: str) -> None:
    wrong = []
    for spelt in spellings(address):
        found = by_address(spelt)
        if (
            found is None
            or f"{found.source}:{found.token}" != board
            or registry.locate(spelt) != (found.source, found.token)
        ):
            wrong.append((spelt, found))
    assert wrong == []


def test_every_source_that_has_addresses_is_among_them() -> None:
    searches = {"jsonld", "usajobs", "adzuna", "themuse"}  # a board of theirs is words or a host, not an address
    assert {board.partition(":")[0] for board in MEANT} == set(registry.names()) - searches


@pytest.mark.parametrize(
    "address",
    [
        "https://boards.greenhouse.io", "https://boards.greenhouse.io/embed/job_board", "https://www.greenhouse.com/x",
        "https://lever.co/about", "https://jobs.lever.co/", "https://www.ashbyhq.com/customers", "https://jobs.ashbyhq.com",
        "https://www.workable.com/pricing", "https://apply.workable.com/", "https://jobs.workable.com/view/1",
        "https://recruitee.com", "https://www.personio.de/jobs", "https://www.teamtailor.com/en/", "https://app.jazz.co",
        "https://ats.rippling.com", "https://ats.rippling.com/en-GB", "https://www.rippling.com/careers",
        "https://jobs.smartrecruiters.com", "https://www.smartrecruiters.com/x", "https://www.myworkdayjobs.com",
        "https://acme.wd5.myworkdayjobs.com", "https://notgreenhouse.io/acme", "https://boards.greenhouse.io.evil.example/a",
        "https://evil.example/?u=https://jobs.lever.co/acme", "https://news.ycombinator.com", "https://example.org/careers",
    ],
)  # fmt: skip
def test_an_address_beside_them_means_none(address: str) -> None:
    assert by_address(address) is None
    with pytest.raises(UsageError):
        registry.locate(address)

"""Jobicy: one JSON answer with the newest remote openings of many employers. Reference: jobicy.com's API v2."""

import html as entities
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote_plus

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, need, text
from jobtide.sources.markup import many
from jobtide.sources.money import ranges
from jobtide.sources.payload import listing, postings

_ACCOUNT = Account(
    "jobicy",
    taken=(
        "id", "url", "jobTitle", "companyName", "jobIndustry", "jobType", "jobGeo", "jobExcerpt", "jobDescription",
        "pubDate", "annualSalaryMin", "annualSalaryMax", "salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod",
    ),
    skipped={
        "jobSlug": "stands in the address",
        "companyLogo": "a picture",
        "jobLevel": "a level from a closed list; what is asked for stands in the text",
    },
)  # fmt: skip
_EVERYTHING = "all"


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the newest hundred ("all"), or the newest with a tag: a window, so what is not in it may be open."""
    tag = "" if board == _EVERYTHING else f"&tag={quote_plus(board)}"
    page = yield Request("GET", f"https://jobicy.com/api/v2/remote-jobs?count=100{tag}")
    return Completeness.PARTIAL if page.status == 200 else Completeness.FAILED


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the openings in the answer's order. Raises SourceChanged if there is no list of jobs."""
    for page in pages:
        yield from postings(listing(page, "jobicy", "jobs"), job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record; titles and names come with their signs escaped ("&#8211;")."""
    _ACCOUNT.check(raw)
    where = entities.unescape(text(raw.get("jobGeo"))).strip()
    annual = raw.get("annualSalaryMin") or raw.get("annualSalaryMax")
    return Posting(
        source="jobicy",
        board=board,
        source_id=text(need(raw, "id", "jobicy")),
        url=text(raw.get("url")),
        title=entities.unescape(text(need(raw, "jobTitle", "jobicy"))).strip(),
        employer=entities.unescape(text(raw.get("companyName"))).strip() or "unnamed (jobicy)",
        html=text(raw.get("jobDescription")) or text(raw.get("jobExcerpt")),
        department=entities.unescape(joined(*many(raw.get("jobIndustry")), by=" / ")),
        places_raw=(StatedPlace(where, pointer="/jobGeo"),) if where else (),
        work_mode_raw="remote",
        employment_raw=joined(*many(raw.get("jobType"))),
        pay=ranges(
            raw.get("annualSalaryMin") or raw.get("salaryMin"), raw.get("annualSalaryMax") or raw.get("salaryMax"),
            currency=raw.get("salaryCurrency"), period="year" if annual else raw.get("salaryPeriod"),
            pointer="/annualSalaryMin" if annual else "/salaryMin", kind="unknown",
        ),
        first_published=stamp(raw.get("pubDate"), "pubDate"),
        seen=seen,
    )  # fmt: skip


def board_of(address: str) -> str | None:
    """ "all" for the board's own address, None for another."""
    return _EVERYTHING if address.split("://")[-1].removeprefix("www.").startswith("jobicy.com") else None


SOURCE = Source(
    name="jobicy",
    policy=Policy(
        tier="aggregator",
        terms="https://jobicy.com/jobs-rss-feed",
        attribution="Jobicy (jobicy.com), with a link to each posting there",
        rate=0.2,
        notice="A window of the newest hundred: closings cannot be seen",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

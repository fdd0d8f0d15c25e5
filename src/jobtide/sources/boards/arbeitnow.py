"""Arbeitnow: paged JSON with openings of many employers, most in Germany. Reference: arbeitnow.com's API."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, listed, need, record, text
from jobtide.sources.payload import decode, paged

_ACCOUNT = Account(
    "arbeitnow",
    taken=("slug", "title", "company_name", "location", "remote", "url", "job_types", "created_at", "description"),
    skipped={"tags": "the board's own labels", "language": "the page's language"},
)
_HOST = "www.arbeitnow.com"
_MOST = 40  # pages of a hundred


def pages(_: str) -> Generator[Request, Page, Completeness]:
    """Ask for the list and follow its own links to the next page, on its own host."""
    url, asked = f"https://{_HOST}/api/job-board-api", set[str]()
    while url and url not in asked and len(asked) < _MOST:
        asked.add(url)
        page = yield Request("GET", url)
        if page.status != 200:
            return Completeness.PARTIAL if len(asked) > 1 else Completeness.FAILED
        answer = record(decode(page.body, "arbeitnow"))
        links = record(answer.get("links"))
        following = text(links.get("next"))
        if "next" not in links or (following and urlsplit(following).hostname != _HOST):
            return Completeness.PARTIAL  # without a link, even an empty one, nobody knows whether all came
        url = following
    return Completeness.PARTIAL if url else Completeness.COMPLETE


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the openings in the pages' order, each once. Raises SourceChanged if there is no list of data."""
    yield from paged(pages, job, source="arbeitnow", key="data", by="slug")


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. ``remote`` false says nothing; ``job_types`` mixes hours with experience."""
    _ACCOUNT.check(raw)
    where = text(raw.get("location")).strip()
    return Posting(
        source="arbeitnow",
        board=board,
        source_id=text(need(raw, "slug", "arbeitnow")),
        url=text(raw.get("url")),
        title=text(need(raw, "title", "arbeitnow")).strip(),
        employer=text(raw.get("company_name")).strip() or "unnamed (arbeitnow)",
        html=text(raw.get("description")),
        places_raw=(StatedPlace(where, pointer="/location"),) if where else (),
        work_mode_raw="remote" if raw.get("remote") is True else "",
        employment_raw=joined(*listed(raw.get("job_types"))),
        first_published=stamp(raw.get("created_at"), "created_at"),
        seen=seen,
    )


def board_of(address: str) -> str | None:
    """ "all" for the board's own address, None for another."""
    return "all" if address.split("://")[-1].removeprefix("www.").startswith("arbeitnow.com") else None


SOURCE = Source(
    name="arbeitnow",
    policy=Policy(
        tier="aggregator",
        terms="https://www.arbeitnow.com/blog/job-board-api",
        attribution="Arbeitnow (arbeitnow.com), with a link to each posting there",
        notice="The link back is the condition of use",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

"""Remotive: one JSON answer with remote openings of many employers. Reference: remotive.com/api-documentation."""

import html as entities
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, need, record, text
from jobtide.sources.payload import decode, listing, postings

_ACCOUNT = Account(
    "remotive",
    taken=(
        "id", "url", "title", "company_name", "category", "job_type", "publication_date",
        "candidate_required_location", "salary", "description",
    ),
    skipped={
        **dict.fromkeys(("company_logo", "company_logo_url"), "a picture"),
        "tags": "the board's own labels",
    },
)  # fmt: skip
_EVERYTHING = "all"


def pages(_: str) -> Generator[Request, Page, Completeness]:
    """Ask for every opening; one request, whose parameters the service ignores. Fewer than it counts is partial."""
    page = yield Request("GET", "https://remotive.com/api/remote-jobs")
    if page.status != 200:
        return Completeness.FAILED
    answer = record(decode(page.body, "remotive"))
    count = answer.get("job-count")
    short = isinstance(count, int) and count > len(listing(page, "remotive", "jobs"))
    return Completeness.PARTIAL if short else Completeness.COMPLETE


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the openings in the answer's order. Raises SourceChanged if there is no list of jobs."""
    for page in pages:
        yield from postings(listing(page, "remotive", "jobs"), job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. ``salary`` is free text and read with the rest of the text.

    The board lists remote work only, yet some texts say "on site at times": the text is left to say so.
    """
    _ACCOUNT.check(raw)
    where = text(raw.get("candidate_required_location")).strip()
    salary = text(raw.get("salary")).strip()
    return Posting(
        source="remotive",
        board=board,
        source_id=text(need(raw, "id", "remotive")),
        url=text(raw.get("url")),
        title=text(need(raw, "title", "remotive")).strip(),
        employer=text(raw.get("company_name")).strip() or "unnamed (remotive)",
        html=text(raw.get("description")) + (f"\n<p>Salary: {entities.escape(salary)}</p>" if salary else ""),
        department=text(raw.get("category")),
        places_raw=(StatedPlace(where, pointer="/candidate_required_location"),) if where else (),
        work_mode_raw="remote",
        employment_raw=text(raw.get("job_type")),
        first_published=stamp(raw.get("publication_date"), "publication_date"),
        seen=seen,
    )


def board_of(address: str) -> str | None:
    """ "all" for the board's own address, None for another."""
    return _EVERYTHING if address.split("://")[-1].removeprefix("www.").startswith("remotive.com") else None


SOURCE = Source(
    name="remotive",
    policy=Policy(
        tier="aggregator",
        terms="https://remotive.com/api-documentation",
        attribution="Remotive (remotive.com), with a link to each posting there",
        rate=0.1,
        apart_h=6.0,
        notice="Ask at most four times a day; its postings may not be submitted to other job sites",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

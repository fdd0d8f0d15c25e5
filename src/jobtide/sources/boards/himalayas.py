"""Himalayas: paged JSON with remote openings of many employers. Reference: himalayas.app/api."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote_plus

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, listed, need, record, text
from jobtide.sources.money import ranges
from jobtide.sources.payload import listing, paged

_ACCOUNT = Account(
    "himalayas",
    taken=(
        "title", "companyName", "companySlug", "employmentType", "minSalary", "maxSalary", "currency", "salaryPeriod",
        "categories", "parentCategories", "locationRestrictions", "pubDate", "applicationLink", "guid", "description",
        "excerpt",
    ),
    skipped={
        "seniority": "a level from a closed list; what is asked for stands in the text",
        "timezoneRestrictions": "hours; the text says which",
        "expiryDate": "when the board takes it down",
        "companyLogo": "a picture",
    },
)  # fmt: skip
_EVERYTHING = "all"
_MOST = 50  # pages of twenty, the newest first; the whole board has several thousand


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the newest openings ("all"), or for those that a search for ``board`` finds; a window either way."""
    known: set[str] = set()
    for number in range(_MOST):
        if board == _EVERYTHING:
            url = f"https://himalayas.app/jobs/api?limit=20&offset={number * 20}"
        else:  # the search knows pages, and ignores an offset without a word
            url = f"https://himalayas.app/jobs/api/search?q={quote_plus(board)}&page={number + 1}"
        page = yield Request("GET", url)
        if page.status != 200:
            return Completeness.PARTIAL if known else Completeness.FAILED
        new = {text(record(row).get("guid")) for row in listing(page, "himalayas", "jobs")} - known
        if not new:
            break
        known |= new
    return Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the openings in the pages' order, each once. Raises SourceChanged if there is no list of jobs."""
    yield from paged(pages, job, source="himalayas", key="jobs", by="guid")


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record; on the newest ones ``companyName`` is the very word "name"."""
    _ACCOUNT.check(raw)
    named, slug = text(raw.get("companyName")).strip(), text(raw.get("companySlug")).strip()
    return Posting(
        source="himalayas",
        board=board,
        source_id=text(need(raw, "guid", "himalayas")),
        url=text(raw.get("guid")) if text(raw.get("guid")).startswith("http") else text(raw.get("applicationLink")),
        apply_url=text(raw.get("applicationLink")),
        title=text(need(raw, "title", "himalayas")).strip(),
        employer=(named if named and named != "name" else slug) or "unnamed (himalayas)",
        html=text(raw.get("description")) or text(raw.get("excerpt")),
        department=joined(*listed(raw.get("parentCategories")), *listed(raw.get("categories"))[:1], by=" / "),
        places_raw=tuple(_places(raw)),
        work_mode_raw="remote",
        employment_raw=text(raw.get("employmentType")),
        pay=ranges(
            raw.get("minSalary"), raw.get("maxSalary"), currency=raw.get("currency"), period=raw.get("salaryPeriod"),
            pointer="/minSalary", kind="unknown",
        ),
        first_published=stamp(raw.get("pubDate"), "pubDate"),
        seen=seen,
    )  # fmt: skip


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """The countries applicants may live in; none listed means anywhere, which the board does not print."""
    for number, where in enumerate(listed(raw.get("locationRestrictions"))):
        printed = text(where.get("name") if isinstance(where, dict) else where).strip()
        if printed:
            code = text(record(where).get("alpha2"))
            yield StatedPlace(printed, country=code, pointer=f"/locationRestrictions/{number}")


def board_of(address: str) -> str | None:
    """ "all" for the board's own address, None for another."""
    return _EVERYTHING if address.split("://")[-1].removeprefix("www.").startswith("himalayas.app") else None


SOURCE = Source(
    name="himalayas",
    policy=Policy(
        tier="aggregator",
        terms="https://himalayas.app/api",
        attribution="Himalayas (himalayas.app), with a link to each posting there",
        notice="A window of the newest openings; its postings may not be submitted to other job sites",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

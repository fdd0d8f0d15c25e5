"""Ashby job boards: one public JSON answer per employer. Reference: Ashby's "Job Postings API"."""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote, unquote

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPay, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, listed, need, record, text
from jobtide.sources.money import ranges
from jobtide.sources.payload import decode, postings

_ACCOUNT = Account(
    "ashby",
    taken=(
        "id", "title", "department", "team", "employmentType", "location", "secondaryLocations", "publishedAt",
        "isListed", "isRemote", "workplaceType", "address", "jobUrl", "applyUrl", "descriptionHtml", "descriptionPlain",
        "compensation",
    ),
    skipped={"shouldDisplayCompensationOnJobPostings": "says how the page shows pay; the pay itself is read"},
)  # fmt: skip
_ADDRESS = re.compile(r"^https?://(?:jobs\.ashbyhq\.com|api\.ashbyhq\.com/posting-api/job-board)/([^/?#]+)")


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board; one request."""
    address = f"https://api.ashbyhq.com/posting-api/job-board/{quote(board, safe='')}?includeCompensation=true"
    page = yield Request("GET", address)
    return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the listed postings of a board in its order.

    Raises SourceChanged if the answer has no list of jobs; warns UnreadFields of fields never seen.
    """
    for page in pages:
        answer = decode(page.body, "ashby")
        if not isinstance(answer, dict) or not isinstance(answer.get("jobs"), list):
            raise SourceChanged("ashby: the answer has no list 'jobs'; the board's format changed, its page is kept")
        yield from postings(answer["jobs"], job, page, wanted=lambda raw: raw.get("isListed") is not False)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. ``publishedAt`` is the last publication: a republished posting looks new."""
    _ACCOUNT.check(raw)
    mode = text(raw.get("workplaceType"))
    if not mode and raw.get("isRemote") is True:
        mode = "isRemote"  # true on hybrid roles too: the reader does not take it for a work mode
    return Posting(
        source="ashby",
        board=board,
        source_id=text(need(raw, "id", "ashby")),
        url=text(raw.get("jobUrl")),
        apply_url=text(raw.get("applyUrl")),
        title=text(need(raw, "title", "ashby")).strip(),
        employer=unquote(board),
        html=text(raw.get("descriptionHtml")),
        text=text(raw.get("descriptionPlain")),
        department=" / ".join(dict.fromkeys(filter(None, (text(raw.get("department")), text(raw.get("team")))))),
        places_raw=tuple(_places(raw)),
        work_mode_raw=mode,
        employment_raw=text(raw.get("employmentType")),
        pay=tuple(_pay(record(raw.get("compensation")))),
        last_published=stamp(raw.get("publishedAt"), "publishedAt (last publication)"),
        seen=seen,
    )


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """The first place and every secondary one, each with its address."""
    yield _place(text(raw.get("location")), record(raw.get("address")), "/address")
    for number, other in enumerate(listed(raw.get("secondaryLocations"))):
        if isinstance(other, dict):
            yield _place(
                text(other.get("location")), record(other.get("address")), f"/secondaryLocations/{number}/address"
            )


def _place(printed: str, address: dict[str, Any], pointer: str) -> StatedPlace:
    postal = record(address.get("postalAddress"))
    return StatedPlace(
        printed.strip(),
        city=text(postal.get("addressLocality")).strip(),
        region=text(postal.get("addressRegion")).strip(),
        country=text(postal.get("addressCountry")).strip(),
        pointer=f"{pointer}/postalAddress" if postal else "/location",
    )


def _pay(compensation: dict[str, Any]) -> Iterator[StatedPay]:
    """Every salary range of every tier; equity, bonus and commission components are no salary."""
    for t, tier in enumerate(map(record, listed(compensation.get("compensationTiers")))):
        for c, part in enumerate(map(record, listed(tier.get("components")))):
            if part.get("compensationType") == "Salary":
                yield from ranges(
                    part.get("minValue"), part.get("maxValue"), currency=part.get("currencyCode"),
                    period=part.get("interval"), pointer=f"/compensation/compensationTiers/{t}/components/{c}",
                    label=text(tier.get("title")),
                )  # fmt: skip


def board_of(address: str) -> str | None:
    """The board token in a careers address on Ashby, or None."""
    m = _ADDRESS.match(address)
    return unquote(m[1]) if m else None


SOURCE = Source(
    name="ashby",
    policy=Policy(
        tier="documented",
        terms="https://developers.ashbyhq.com/docs/public-job-posting-api",
        attribution="Postings published by the employers through Ashby's public job-board API",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

"""Gem job boards: one public JSON list per employer, much like Greenhouse's. Reference: Gem's "Job Board API"."""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, listed, need, record, text, whole
from jobtide.sources.markup import unescaped
from jobtide.sources.payload import listing, postings

_ACCOUNT = Account(
    "gem",
    taken=(
        "id", "internal_job_id", "requisition_id", "title", "absolute_url", "location", "location_type", "offices",
        "departments", "employment_type", "content", "content_plain", "first_published_at", "updated_at",
    ),
    skipped={
        "created_at": "when it was written; the publication is read",
        "metadata": "the employer's own labels",
        "questions": "the application form",
    },
)  # fmt: skip
_ADDRESS = re.compile(r"^https?://(?:jobs\.gem\.com/|api\.gem\.com/job_board/v0/)([\w.-]+)")
_MODES = {"in_office": "onsite"}


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board; one request. Without the last slash the service does not answer."""
    page = yield Request("GET", f"https://api.gem.com/job_board/v0/{quote(board, safe='')}/job_posts/")
    return whole(page)


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the postings of a board in its order. Raises SourceChanged if the answer is no list."""
    for page in pages:
        yield from postings(listing(page, "gem"), job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record."""
    _ACCOUNT.check(raw)
    body = text(raw.get("content"))
    mode = text(raw.get("location_type"))
    return Posting(
        source="gem",
        board=board,
        source_id=text(need(raw, "id", "gem")),
        requisition=text(raw.get("internal_job_id") or raw.get("requisition_id")),
        url=text(raw.get("absolute_url")),
        title=text(need(raw, "title", "gem")).strip(),
        employer=board,
        html=unescaped(body),
        text=text(raw.get("content_plain")),
        department=joined(*(record(part).get("name") for part in listed(raw.get("departments"))), by=" / "),
        places_raw=tuple(_places(raw)),
        work_mode_raw=_MODES.get(mode, mode),
        employment_raw=text(raw.get("employment_type")),
        first_published=stamp(raw.get("first_published_at"), "first_published_at"),
        last_published=stamp(raw.get("updated_at"), "updated_at"),
        seen=seen,
    )


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """The printed location and every office that says more than it."""
    printed = text(record(raw.get("location")).get("name")).strip()
    if printed:
        yield StatedPlace(printed, pointer="/location/name")
    for number, office in enumerate(map(record, listed(raw.get("offices")))):
        where = joined(record(office.get("location")).get("name")) or joined(office.get("name"))
        if where and where not in printed:
            yield StatedPlace(where, pointer=f"/offices/{number}")


def board_of(address: str) -> str | None:
    """The board token in a careers address on Gem, or None."""
    m = _ADDRESS.match(address)
    return m[1] if m else None


SOURCE = Source(
    name="gem",
    policy=Policy(
        tier="documented",
        terms="https://api.gem.com/job_board/v0/reference",
        attribution="Postings published by the employers through Gem's public Job Board API",
        notice="Built from descriptions of the service; no recorded answer was at hand",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

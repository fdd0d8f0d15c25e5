"""Workable job boards: one public JSON answer per employer. Reference: Workable's careers-page widget API."""

import re
from collections.abc import Generator, Iterator, Sequence
from operator import itemgetter
from typing import Any
from urllib.parse import quote

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, listed, need, once, record, text, whole
from jobtide.sources.payload import decode, grouped, listing, postings

_ACCOUNT = Account(
    "workable",
    taken=(
        "title", "shortcode", "code", "telecommuting", "workplace_type", "department", "function", "url", "shortlink",
        "application_url", "published_on", "created_at", "country", "city", "state", "locations", "employment_type",
        "description", "requirements", "benefits", "industry", "_also", "_employer",
    ),
    skipped={
        "education": "a level from a closed list; what is asked for stands in the text",
        "experience": "a level from a closed list; what is asked for stands in the text",
    },
)  # fmt: skip
_ADDRESS = re.compile(
    r"^https?://(?:apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?!j/|api/)([\w-]+)|(?!(?:apply|www|jobs|help|resources|developers|support)\.)([\w-]+)\.workable\.com|"
    r"www\.workable\.com/api/accounts/([\w-]+))"
)


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board with texts; one request."""
    name = quote(board, safe="")
    page = yield Request("GET", f"https://apply.workable.com/api/v1/widget/accounts/{name}?details=true")
    return whole(page)


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the postings of a board in its order; one that is listed once per country is one posting.

    Raises SourceChanged if there is no list of jobs.
    """
    for page in pages:
        rows = listing(page, "workable", "jobs")
        employer = text(record(decode(page.body, "workable")).get("name")).strip()
        named = [row | {"_employer": employer} if isinstance(row, dict) else row for row in rows]
        yield from postings(
            grouped(named, "shortcode"), job, page, wanted=lambda _: True, named=itemgetter("shortcode")
        )


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. ``published_on`` moves when a posting is renewed; ``created_at`` does not."""
    _ACCOUNT.check(raw)
    mode = text(raw.get("workplace_type")) or ("remote" if raw.get("telecommuting") is True else "")
    return Posting(
        source="workable",
        board=board,
        source_id=text(need(raw, "shortcode", "workable")),
        requisition=text(raw.get("code")),
        url=text(raw.get("url") or raw.get("shortlink")),
        apply_url=text(raw.get("application_url")),
        title=text(need(raw, "title", "workable")).strip(),
        employer=text(raw.get("_employer")) or board,
        html="\n".join(filter(None, (text(raw.get(name)) for name in ("description", "requirements", "benefits")))),
        department=joined(raw.get("department"), raw.get("function"), raw.get("industry"), by=" / "),
        places_raw=once(_places(raw)),
        work_mode_raw=mode,
        employment_raw=text(raw.get("employment_type")),
        first_published=stamp(raw.get("created_at"), "created_at"),
        last_published=stamp(raw.get("published_on"), "published_on"),
        seen=seen,
    )


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """The places of every row of the posting; a hidden one is not shown by the board either."""
    for number, row in enumerate((raw, *listed(raw.get("_also")))):
        shown = [record(where) for where in listed(row.get("locations")) if record(where).get("hidden") is not True]
        for where in shown:
            place = (where.get("city"), where.get("region"), where.get("country"), where.get("countryCode"))
            yield _place(*place, pointer=f"/{number}/locations")
        if not listed(row.get("locations")):
            place = (row.get("city"), row.get("state"), row.get("country"), "")
            yield from (p for p in [_place(*place, pointer=f"/{number}/city")] if p.text)


def _place(city: Any, region: Any, country: Any, code: Any, *, pointer: str) -> StatedPlace:
    return StatedPlace(
        joined(city, region, country),
        city=text(city).strip(),
        region=text(region).strip(),
        country=text(code or country).strip(),
        pointer=pointer,
    )


def board_of(address: str) -> str | None:
    """The board token in a careers address on Workable, or None; a short link (/j/...) names no board."""
    m = _ADDRESS.match(address)
    return next((part for part in m.groups() if part), None) if m else None


SOURCE = Source(
    name="workable",
    policy=Policy(
        tier="documented",
        terms="https://help.workable.com/hc/en-us/articles/115012771647",
        attribution="Postings published by the employers through Workable's careers-page widget API",
        rate=0.5,
        notice="Workable answers 429 to more than two requests at a time; one every two seconds is asked",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

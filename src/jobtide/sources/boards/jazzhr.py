"""JazzHR job boards: one XML feed per employer, made anew once a day. Reference: JazzHR's "job export feed"."""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, need, text, whole
from jobtide.sources.markup import fields, local, tree
from jobtide.sources.payload import postings

_ACCOUNT = Account(
    "jazzhr",
    taken=(
        "id",
        "status",
        "title",
        "department",
        "url",
        "city",
        "state",
        "country",
        "description",
        "type",
        "_employer",
    ),
    skipped={
        "postalcode": "finer than a place is counted",
        "experience": "a level from a closed list; what is asked for stands in the text",
        "category": "the employer's choice from a closed list",
        "brandcode": "the employer's own label",
        "hiringlead": "a person: personal data",
    },
)
_ADDRESS = re.compile(
    r"^https?://(?:(?!www\.|app\.)([\w-]+)\.(?:applytojob\.com|jazz\.co)|app\.jazz\.co/feeds/export/jobs/([\w-]+))"
)
_MADE = re.compile(r"job_(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})_")


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board; one request."""
    page = yield Request("GET", f"https://app.jazz.co/feeds/export/jobs/{quote(board, safe='')}")
    return whole(page)


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the open postings of a board in its order. Raises SourceChanged if the feed is no list of jobs."""
    for page in pages:
        root = tree(page.body, "jazzhr")
        if local(root) != "jobs":
            raise SourceChanged(f"jazzhr: the feed begins with <{local(root)}>, not <jobs>; its page is kept")
        named = next((text(child.text).strip() for child in root if local(child) == "company"), "")
        rows = [fields(child) | {"_employer": named} for child in root if local(child) == "job"]
        yield from postings(rows, job, page, wanted=lambda raw: text(raw.get("status")) in ("", "Open"))


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one job. The feed states no date; its ids begin with the moment the job was made."""
    _ACCOUNT.check(raw)
    number = text(need(raw, "id", "jazzhr"))
    city, region, country = (text(raw.get(part)).strip() for part in ("city", "state", "country"))
    printed = joined(city, region, country)
    m = _MADE.match(number)
    made = f"{m[1]}-{m[2]}-{m[3]}T{m[4]}:{m[5]}:{m[6]}" if m else None
    return Posting(
        source="jazzhr",
        board=board,
        source_id=number,
        url=text(raw.get("url")),
        title=text(need(raw, "title", "jazzhr")).strip(),
        employer=text(raw.get("_employer")) or board,
        html=text(raw.get("description")),
        department=text(raw.get("department")),
        places_raw=(StatedPlace(printed, city, region, country, "/city"),) if printed else (),
        employment_raw=text(raw.get("type")),
        first_published=stamp(made, "the moment in its id"),
        seen=seen,
    )


def board_of(address: str) -> str | None:
    """The board token in a careers address on JazzHR, or None."""
    m = _ADDRESS.match(address)
    return (m[1] or m[2]) if m else None


SOURCE = Source(
    name="jazzhr",
    policy=Policy(
        tier="documented",
        terms="https://help.jazzhr.com/s/article/Integrate-JazzHR-with-your-Career-Page-Website",
        attribution="Postings published by the employers through their JazzHR export feeds",
        notice="Built from descriptions of the service; no recorded answer was at hand",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

"""The Muse: paged JSON with openings of many employers, by category. Reference: themuse.com/developers/api/v2."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote_plus

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, count, joined, listed, need, record, text
from jobtide.sources.payload import decode, paged

_ACCOUNT = Account(
    "themuse",
    taken=("id", "name", "company", "locations", "categories", "publication_date", "refs", "contents"),
    skipped={
        "levels": "a level from a closed list; what is asked for stands in the text",
        "short_name": "stands in the address",
        "model_type": "always jobs",
        "type": "whether the board or the employer holds the page",
        "tags": "the board's own labels",
    },
)
_LAST = 99  # the service answers 400 to a later page, whatever page_count says
_REMOTE = "Flexible / Remote"  # stands in the list of places


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for every page of a category ("Data and Analytics"); one with more than a hundred pages is partial."""
    most, number = 1, 0
    while number < most and number <= _LAST:
        page = yield Request(
            "GET", f"https://www.themuse.com/api/public/jobs?category={quote_plus(board)}&page={number}"
        )
        if page.status != 200:
            return Completeness.PARTIAL if number else Completeness.FAILED
        most = count(record(decode(page.body, "themuse")), "page_count", "themuse")
        number += 1
    return Completeness.COMPLETE if number >= most else Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the openings in the pages' order, each once. Raises SourceChanged if there is no list of results."""
    yield from paged(pages, job, source="themuse", key="results", by="id")


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. "Flexible / Remote" beside cities leaves the mode to the text."""
    _ACCOUNT.check(raw)
    places = [text(record(where).get("name")).strip() for where in listed(raw.get("locations"))]
    return Posting(
        source="themuse",
        board=board,
        source_id=text(need(raw, "id", "themuse")),
        url=text(record(raw.get("refs")).get("landing_page")),
        title=text(need(raw, "name", "themuse")).strip(),
        employer=text(record(raw.get("company")).get("name")).strip() or "unnamed (themuse)",
        html=text(raw.get("contents")),
        department=joined(*(record(part).get("name") for part in listed(raw.get("categories"))), by=" / "),
        places_raw=tuple(
            StatedPlace(place, pointer=f"/locations/{number}")
            for number, place in enumerate(places)
            if place and place != _REMOTE
        ),
        work_mode_raw="remote" if places == [_REMOTE] else "",
        first_published=stamp(raw.get("publication_date"), "publication_date"),
        seen=seen,
    )


def board_of(_: str) -> str | None:
    """None: a category has no address of its own. A user names it: "themuse:Data and Analytics"."""
    return None


SOURCE = Source(
    name="themuse",
    policy=Policy(
        tier="aggregator",
        terms="https://www.themuse.com/developers/api/v2",
        attribution="The Muse (themuse.com), with a link to each posting there",
        rate=0.13,
        notice="Five hundred requests an hour without a key: one every eight seconds",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

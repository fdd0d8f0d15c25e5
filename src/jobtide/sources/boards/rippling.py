"""Rippling job boards: a paged JSON list, then one JSON answer a posting. Reference: Rippling's "Job Boards API v2"."""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, count, joined, listed, need, once, record, text
from jobtide.sources.money import ranges
from jobtide.sources.payload import decode, grouped, postings

_ACCOUNT = Account(
    "rippling",
    taken=(
        "id", "uuid", "name", "url", "department", "locations", "workLocation", "workLocations", "employmentType",
        "description", "companyName", "createdOn", "payRangeDetails", "_also",
    ),
    skipped={
        "language": "the page's language, not the text's",
        "board": "how the page looks",
        "jobBoard": "how the page looks",
        "locationsV2": "the same places stand in locations",
        "applicationForm": "the application form",
        "isInternal": "only public postings are sent",
    },
)  # fmt: skip
_AT_A_TIME = 1000
_MOST = 400  # postings asked for one by one: at six seconds each, a board of more takes over forty minutes
_API = "https://api.rippling.com/platform/api/ats/v2/board"
_ADDRESS = re.compile(
    r"^https?://(?:ats\.rippling\.com/(?:embed/)?(?:[a-z]{2}(?:-[A-Z]{2})?/)?(?!embed\b|[a-z]{2}-[A-Z]{2}\b)([\w-]{3,})(?:/jobs|/?(?:[?#]|$))|"
    r"api\.rippling\.com/platform/api/ats/v[12]/board/([\w-]+)/jobs)"
)
# On Rippling the id holds the words and the label holds the code, whichever way round a page has it.
_EMPLOYMENTS = {
    "SALARIED_FT": "full-time", "HOURLY_FT": "full-time", "SALARIED_PT": "part-time", "HOURLY_PT": "part-time",
    "TEMP": "temporary", "CONTRACTOR": "contractor", "INTERN": "intern",
}  # fmt: skip


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the list, then for each posting once. A posting whose answer says "gone" has a title and no text; one
    whose answer did not come makes the crawl partial, lest its text be lost to a moment's trouble.
    """
    name = quote(board, safe="")
    ids: dict[str, None] = {}
    number = 0
    while True:
        page = yield Request("GET", f"{_API}/{name}/jobs?page={number}&pageSize={_AT_A_TIME}")
        if page.status != 200:
            return Completeness.PARTIAL if ids else Completeness.FAILED
        answer = record(decode(page.body, "rippling"))
        ids |= dict.fromkeys(text(record(row).get("id")) for row in listed(answer.get("items")))
        number += 1
        if number >= count(answer, "totalPages", "rippling"):
            break
    wanted = [name_ for name_ in ids if name_]
    answered = True
    for one in wanted[:_MOST]:
        page = yield Request("GET", f"{_API}/{name}/jobs/{quote(one, safe='')}")
        answered &= page.status in (200, 404, 410)
    return Completeness.COMPLETE if answered else Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield each posting once, in the list's order, with its own answer where that came.

    A posting is listed once per place. Raises SourceChanged if an answer is neither list nor posting.
    """
    rows: list[Any] = []
    told: dict[str, dict[str, Any]] = {}
    for page in pages:
        if page.status != 200:
            continue
        answer = decode(page.body, "rippling")
        if isinstance(answer, list):  # the older list, version 1
            rows += answer
        elif isinstance(record(answer).get("items"), list):
            rows += answer["items"]
        elif record(answer).get("name"):
            told[text(answer.get("uuid") or answer.get("id"))] = answer
        else:
            raise SourceChanged("rippling: an answer that is neither list nor posting; its page is kept")
    keyed = [row | {"id": row.get("id") or row.get("uuid")} if isinstance(row, dict) else row for row in rows]
    merged = [row | told.pop(text(row.get("id")), {}) if isinstance(row, dict) else row for row in grouped(keyed, "id")]
    named = {text(record(row).get("companyName")).strip() for row in merged} - {""}
    if len(named) == 1:  # the list does not name the employer; the postings' own answers do
        company = {"companyName": named.pop()}
        merged = [company | row if isinstance(row, dict) else row for row in merged]
    if pages:
        yield from postings([*merged, *told.values()], job, pages[0], wanted=lambda _: True, named=_id)


def _id(raw: dict[str, Any]) -> str:
    return text(raw.get("uuid") or need(raw, "id", "rippling"))


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record of the list, of a posting's own answer, or of both together."""
    _ACCOUNT.check(raw)
    body = raw.get("description")
    sections = [body.get("role"), body.get("company")] if isinstance(body, dict) else [body]
    department = record(raw.get("department"))
    return Posting(
        source="rippling",
        board=board,
        source_id=_id(raw),
        url=text(raw.get("url")),
        title=text(need(raw, "name", "rippling")).strip(),
        employer=text(raw.get("companyName")).strip() or board,
        html="\n".join(part for part in (text(section) for section in sections) if part.strip()),
        department=joined(
            department.get("name") or department.get("label"), department.get("base_department"), by=" / "
        ),
        places_raw=once(_places(raw)),
        work_mode_raw=_mode(raw),
        employment_raw=_employment(record(raw.get("employmentType"))),
        pay=tuple(_pay(raw)),
        first_published=stamp(raw.get("createdOn"), "createdOn"),
        seen=seen,
    )


def _locations(raw: dict[str, Any]) -> list[dict[str, Any]]:
    return [record(where) for row in (raw, *listed(raw.get("_also"))) for where in listed(row.get("locations"))]


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """Every place of every row; the printed names where there are no parts."""
    for number, where in enumerate(_locations(raw)):
        city, region, country = (text(where.get(part)).strip() for part in ("city", "state", "country"))
        printed = joined(where.get("name")) or joined(city, region, country)
        yield StatedPlace(printed, city, region, text(where.get("countryCode")) or country, f"/locations/{number}")
    if not _locations(raw):
        printed_names = [record(row.get("workLocation")).get("label") for row in (raw, *listed(raw.get("_also")))]
        for name in dict.fromkeys(text(name).strip() for name in (*printed_names, *listed(raw.get("workLocations")))):
            if name:
                yield StatedPlace(name, pointer="/workLocations")


def _mode(raw: dict[str, Any]) -> str:
    """The one workplace type that all places share; places that differ leave it to the text."""
    named = {text(where.get("workplaceType")).strip() for where in _locations(raw)} - {""}
    return named.pop() if len(named) == 1 else ""


def _employment(kind: dict[str, Any]) -> str:
    words = [text(kind.get("label")), text(kind.get("id"))]
    known = [_EMPLOYMENTS[word] for word in words if word in _EMPLOYMENTS]
    return known[0] if known else joined(*words[:1]) or joined(*words[1:])


def _pay(raw: dict[str, Any]) -> Iterator[Any]:
    """Every range, with the place it holds for as its label."""
    for number, part in enumerate(listed(raw.get("payRangeDetails"))):
        part = record(part)
        yield from ranges(
            part.get("rangeStart"), part.get("rangeEnd"), currency=part.get("currency"), period=part.get("frequency"),
            pointer=f"/payRangeDetails/{number}", label=_label(part.get("location")),
        )  # fmt: skip


def _label(where: Any) -> str:
    return joined(record(where).get("name") or record(where).get("label")) if isinstance(where, dict) else text(where)


def board_of(address: str) -> str | None:
    """The board token in a careers address on Rippling, or None."""
    m = _ADDRESS.match(address)
    return (m[1] or m[2]) if m else None


SOURCE = Source(
    name="rippling",
    policy=Policy(
        tier="documented",
        terms="https://developer.rippling.com/documentation/job-board-api",
        attribution="Postings published by the employers through Rippling's Job Boards API",
        rate=1 / 6,
        notice="Rippling allows a hundred requests in ten minutes: one every six seconds, one a posting",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

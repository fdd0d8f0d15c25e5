"""USAJOBS, the US government's own openings. Reference: developer.usajobs.gov, "Search Jobs".

A board is a search in the service's own words: "Keyword=machine learning", "JobCategoryCode=1560". The user's key and
e-mail address are put in by the fetcher; they stand in no stored page.
"""

import html as entities
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from jobtide.errors import SourceChanged, UsageError
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, count, joined, listed, need, record, text
from jobtide.sources.money import ranges
from jobtide.sources.payload import decode, postings

_ACCOUNT = Account(
    "usajobs",
    taken=(
        "PositionID", "PositionTitle", "PositionURI", "ApplyURI", "PositionLocation", "PositionLocationDisplay",
        "OrganizationName", "DepartmentName", "SubAgency", "PositionSchedule",
        "QualificationSummary", "PositionRemuneration", "PublicationStartDate", "UserArea", "_id",
    ),
    skipped={
        "PositionOfferingType": "permanent or for a term; the schedule is read",
        "JobCategory": "the occupational series; roles are read from the text",
        "JobGrade": "the pay grade; pay stands in PositionRemuneration",
        "PositionStartDate": "when the work starts",
        "PositionEndDate": "when applications close",
        "ApplicationCloseDate": "when applications close",
        "PositionFormattedDescription": "labels of the search page",
    },
)  # fmt: skip
_PARTS = (
    ("JobSummary", ""), ("MajorDuties", "Duties"), ("Requirements", "Requirements"), ("KeyRequirements", "Conditions"),
    ("Education", "Education"), ("Evaluations", "How you will be evaluated"), ("OtherInformation", ""),
    ("Benefits", "Benefits"),
)  # fmt: skip
# The parameters the service knows. It ignores a misspelt one silently, so a search with one would return everything.
_KNOWN = frozenset({
    "Keyword", "PositionTitle", "JobCategoryCode", "LocationName", "Organization", "PositionOfferingTypeCode",
    "TravelPercentage", "PayGradeLow", "PayGradeHigh", "RemunerationMinimumAmount", "RemunerationMaximumAmount",
    "RemoteIndicator", "DatePosted", "WhoMayApply", "PositionSchedule", "SecurityClearanceRequired", "HiringPath",
})  # fmt: skip
_AT_A_TIME = 500
_CEILING = 10_000  # rows the service gives for one search


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for every page of a search. UsageError for a parameter the service would ignore."""
    search = parse_qsl(board) or [("Keyword", board)]
    for name, _ in search:
        if name not in _KNOWN:
            raise UsageError(f"usajobs: no parameter {name!r}; known: {', '.join(sorted(_KNOWN))}")
    got, total, number = 0, 1, 1
    known: set[str] = set()  # results move while pages are turned: one twice is another never
    while got < min(total, _CEILING):
        query = urlencode([*search, ("ResultsPerPage", str(_AT_A_TIME)), ("Page", str(number)), ("Fields", "Full")])
        page = yield Request(
            "GET",
            f"https://data.usajobs.gov/api/Search?{query}",
            headers={"User-Agent": "{JOBTIDE_USAJOBS_EMAIL}", "Authorization-Key": "{JOBTIDE_USAJOBS_KEY}"},
        )
        if page.status != 200:
            return Completeness.PARTIAL if got else Completeness.FAILED
        result = record(record(decode(page.body, "usajobs")).get("SearchResult"))
        rows = listed(result.get("SearchResultItems"))
        total = count(result, "SearchResultCountAll", "usajobs")
        got += len(rows)
        known |= {text(record(row).get("MatchedObjectId")) or f"row {got + place}" for place, row in enumerate(rows)}
        number += 1
        if not rows:
            break
    return Completeness.COMPLETE if len(known) >= total else Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the announcements of a search in its order. Raises SourceChanged if there is no list of results."""
    for page in pages:
        result = record(record(decode(page.body, "usajobs")).get("SearchResult"))
        rows = result.get("SearchResultItems")
        if not isinstance(rows, list):
            raise SourceChanged("usajobs: the answer has no list 'SearchResultItems'; its page is kept")
        yield from postings(rows, job, page, wanted=lambda _: True, named=_id)


def _id(raw: dict[str, Any]) -> str:
    """The announcement's number, from beside it or from its address; else the agency's own."""
    inner = record(raw.get("MatchedObjectDescriptor")) or raw
    m = re.search(r"/job/(\d+)", text(inner.get("PositionURI")).replace(":443/", "/"))
    return text(raw.get("MatchedObjectId")) or (m[1] if m else text(need(inner, "PositionID", "usajobs")))


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one search result, or of its descriptor."""
    inner = record(raw.get("MatchedObjectDescriptor")) or raw
    _ACCOUNT.check(inner)
    details = record(record(inner.get("UserArea")).get("Details"))
    url = text(inner.get("PositionURI")).replace(":443/", "/")
    return Posting(
        source="usajobs",
        board=board,
        source_id=_id(raw),
        requisition=text(inner.get("PositionID")),
        url=url,
        apply_url=joined(*listed(inner.get("ApplyURI"))[:1]),
        title=text(need(inner, "PositionTitle", "usajobs")).strip(),
        employer=text(inner.get("OrganizationName") or inner.get("DepartmentName")).strip() or "US government",
        html=_html(inner, details),
        department=joined(inner.get("DepartmentName"), inner.get("SubAgency"), by=" / "),
        places_raw=tuple(_places(inner)),
        work_mode_raw="remote" if details.get("RemoteIndicator") in (True, "True") else "",
        employment_raw=joined(*(_named(part) for part in listed(inner.get("PositionSchedule")))),
        pay=tuple(_pay(inner)),
        first_published=stamp(inner.get("PublicationStartDate"), "PublicationStartDate"),
        seen=seen,
    )


def _named(part: Any) -> str:
    """The schedule's name; the code where it is empty: 1 full-time, 2 part-time."""
    named = text(record(part).get("Name")).strip()
    return named or {"1": "Full-time", "2": "Part-time"}.get(text(record(part).get("Code")), "")


def _html(inner: dict[str, Any], details: dict[str, Any]) -> str:
    """Every part under its heading; what is asked for stands in QualificationSummary and Requirements."""
    said = [("", inner.get("QualificationSummary")), *((heading, details.get(name)) for name, heading in _PARTS)]
    blocks = []
    for heading, value in (said[1], said[0], *said[2:]):
        items = [text(item).strip() for item in (value if isinstance(value, list) else [value]) if text(item).strip()]
        shown = [item if "<" in item else f"<p>{entities.escape(item, quote=False)}</p>" for item in items]
        if shown:
            blocks.append((f"<h3>{heading}</h3>\n" if heading else "") + "\n".join(shown))
    return "\n".join(dict.fromkeys(blocks))


def _places(inner: dict[str, Any]) -> Iterator[StatedPlace]:
    """Every location; CityName already holds the state's name. The display alone where there is no list."""
    rows = listed(inner.get("PositionLocation"))
    for number, where in enumerate(map(record, rows)):
        printed = text(where.get("LocationName") or where.get("CityName")).strip()
        yield StatedPlace(
            printed,
            city=text(where.get("CityName")).partition(",")[0].strip(),
            region=text(where.get("CountrySubDivisionCode")).strip(),
            country=text(where.get("CountryCode")).strip(),
            pointer=f"/PositionLocation/{number}",
        )
    shown = text(inner.get("PositionLocationDisplay")).strip()
    if not rows and shown and "ultiple" not in shown:
        yield StatedPlace(shown, pointer="/PositionLocationDisplay")


def _pay(inner: dict[str, Any]) -> Iterator[Any]:
    """Every range; the code PA, PH, PD or PM says the period. Others (BW two weeks, PW piece work) name none."""
    for number, part in enumerate(map(record, listed(inner.get("PositionRemuneration")))):
        yield from ranges(
            part.get("MinimumRange"), part.get("MaximumRange"), currency="USD",
            period=part.get("RateIntervalCode") if part.get("RateIntervalCode") != "PW" else "",
            pointer=f"/PositionRemuneration/{number}", label=text(part.get("Description")),
        )  # fmt: skip


def board_of(_: str) -> str | None:
    """None: a search has no address of its own. A user names it: "usajobs:Keyword=machine learning"."""
    return None


SOURCE = Source(
    name="usajobs",
    policy=Policy(
        tier="official",
        terms="https://developer.usajobs.gov/",
        attribution="USAJOBS, US Office of Personnel Management",
        default_on=False,
        notice="Needs your own key and e-mail address: JOBTIDE_USAJOBS_KEY and JOBTIDE_USAJOBS_EMAIL",
        secrets=("JOBTIDE_USAJOBS_EMAIL", "JOBTIDE_USAJOBS_KEY"),
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

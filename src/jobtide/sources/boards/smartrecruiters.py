"""SmartRecruiters job boards: the list of an employer's postings, then each posting's public page.

The list is SmartRecruiters' "Posting API", which its robots.txt closes to programs: the source is off unless the user
turns it on. The pages at jobs.smartrecruiters.com carry schema.org JobPosting, and one page can be asked for alone.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources import jobposting, jsonld
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, count, joined, listed, need, record, text
from jobtide.sources.payload import decode, postings

_ACCOUNT = Account(
    "smartrecruiters",
    taken=(
        "id", "name", "refNumber", "company", "releasedDate", "location", "department", "function", "industry",
        "typeOfEmployment", "language", "postingUrl", "applyUrl", "jobAd", "active", "_node",
    ),
    skipped={
        "uuid": "another name of id",
        "experienceLevel": "a level from a closed list; what is asked for stands in the text",
        "customField": "the employer's own labels",
        "creator": "the recruiter: personal data",
        "ref": "the answer's own address",
        "jobAdId": "another name of id",
        "defaultJobAd": "which advertisement of the posting this is",
        "visibility": "only public postings are sent",
        "jobId": "another name of id",
        "actions": "the application form",
        "referralUrl": "the application form",
    },
)  # fmt: skip
_NODE = jobposting.account("smartrecruiters")
_API = "https://api.smartrecruiters.com/v1/companies"
_PAGE = "https://jobs.smartrecruiters.com"
_AT_A_TIME = 100  # asked for more, the service sends a hundred and says nothing
_MOST = 1000  # postings whose pages are asked for
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_ADDRESS = re.compile(
    r"^https?://(?:(?:jobs|careers)\.smartrecruiters\.com|api\.smartrecruiters\.com/v1/companies)/(?!oneclick-ui)([\w-]+)"
    r"(?:/(\d{6,}))?"
)


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the list, then for each posting's page; "Company/123" asks for that one page.

    An unknown company answers as one without postings does, so an empty list is partial: it closes nothing.
    """
    name, _, one = board.partition("/")
    if one:
        page = yield Request("GET", f"{_PAGE}/{quote(name, safe='')}/{one}")
        return Completeness.PARTIAL if page.status == 200 else Completeness.FAILED
    ids: dict[str, None] = {}  # a list that moves while its pages are turned shows one twice and another never
    came, total = 0, 1
    while came < total:
        page = yield Request("GET", f"{_API}/{quote(name, safe='')}/postings?limit={_AT_A_TIME}&offset={came}")
        if page.status != 200:
            return Completeness.PARTIAL if ids else Completeness.FAILED
        answer = record(decode(page.body, "smartrecruiters"))
        new = [text(record(row).get("id")) for row in listed(answer.get("content"))]
        total = count(answer, "totalFound", "smartrecruiters")
        came += len(new)
        ids |= dict.fromkeys(new)
        if not new:
            break
    answered = True
    for one in list(ids)[:_MOST]:
        page = yield Request("GET", f"{_PAGE}/{quote(name, safe='')}/{one}")
        answered &= page.status in (200, 404, 410)  # else a text would be lost to a moment's trouble
    return Completeness.COMPLETE if ids and len(ids) >= total and answered else Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the postings in the list's order, each with the text of its page or of its own API answer.

    Raises SourceChanged for an answer that is neither list, posting nor page.
    """
    rows: dict[str, Any] = {}
    came = [page for page in pages if page.status == 200]
    for page in came:
        for row in _records(page):
            number = text(record(row).get("id")) or f"without an id {len(rows)}"
            rows[number] = rows.get(number, {}) | row if isinstance(row, dict) else row
    if came and not rows and came[0].body.lstrip()[:1] == b"<":
        raise SourceChanged(f"smartrecruiters: no JobPosting on {came[0].request.url}; the page is kept")
    if rows:
        yield from postings(list(rows.values()), job, pages[0], wanted=lambda raw: raw.get("active") is not False)


def _records(page: Page) -> list[Any]:
    if page.body.lstrip()[:1] == b"<":
        nodes = jsonld.nodes(page.body)
        m = re.search(r"/(\d{6,})", page.request.url)
        number = m[1] if m else page.board.rpartition("/")[2]
        return [{"id": number, "_node": node} for node in nodes[:1]]
    answer = decode(page.body, "smartrecruiters")
    if isinstance(record(answer).get("content"), list):
        return list(answer["content"])
    if record(answer).get("id") and record(answer).get("name"):
        return [record(answer)]
    raise SourceChanged("smartrecruiters: an answer that is neither list nor posting; its page is kept")


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record: a list row, a posting's own answer, a page's node, or row and node together."""
    _ACCOUNT.check(raw)
    company = board.partition("/")[0]
    number = text(need(raw, "id", "smartrecruiters"))
    url = text(raw.get("postingUrl")) or f"{_PAGE}/{company}/{number}"
    node = record(raw.get("_node"))
    if node:
        _NODE.check(node)
    shown = jobposting.posting(
        node | {"url": url},
        source="smartrecruiters",
        board=company,
        source_id=number,
        url=url,
        employer=company,
        seen=seen,
    )
    if "name" not in raw:
        return replace(shown, title=text(need(node, "title", "smartrecruiters")).strip())
    return replace(
        shown,
        title=text(raw["name"]).strip(),
        employer=text(record(raw.get("company")).get("name")).strip() or company,
        requisition=text(raw.get("refNumber")),
        apply_url=text(raw.get("applyUrl")),
        html=_html(record(raw.get("jobAd"))) or shown.html,
        department=joined(_label(raw, "department"), _label(raw, "function"), _label(raw, "industry"), by=" / "),
        places_raw=tuple(_places(record(raw.get("location")))) or shown.places_raw,
        work_mode_raw=_mode(record(raw.get("location"))),
        employment_raw=_label(raw, "typeOfEmployment"),
        language_raw=text(record(raw.get("language")).get("code")),
        first_published=shown.first_published,
        last_published=stamp(raw.get("releasedDate"), "releasedDate (last release)"),
    )


def _label(raw: dict[str, Any], field: str) -> str:
    return text(record(raw.get(field)).get("label"))


def _html(advertisement: dict[str, Any]) -> str:
    """Every section; some employers write all of it into the company's description."""
    sections = record(advertisement.get("sections"))
    parts = []
    for name in _SECTIONS:
        words = text(record(sections.get(name)).get("text"))
        if words.strip():
            heading = text(record(sections.get(name)).get("title"))
            parts.append((f"<h3>{heading}</h3>\n" if heading else "") + words)
    return "\n".join(parts)


def _places(where: dict[str, Any]) -> Iterator[StatedPlace]:
    city, region, country = (text(where.get(part)).strip() for part in ("city", "region", "country"))
    printed = text(where.get("fullLocation")).strip(" ,") or joined(city, region, country.upper())
    if printed:
        yield StatedPlace(printed, city, region, country.upper(), "/location")


def _mode(where: dict[str, Any]) -> str:
    """Hybrid before remote; neither flag says nothing."""
    return "hybrid" if where.get("hybrid") is True else "remote" if where.get("remote") is True else ""


def board_of(address: str) -> str | None:
    """The board token in a careers address on SmartRecruiters, "Company/id" for a posting's own; or None."""
    m = _ADDRESS.match(address)
    return (m[1] + (f"/{m[2]}" if m[2] else "")) if m else None


SOURCE = Source(
    name="smartrecruiters",
    policy=Policy(
        tier="undocumented",
        terms="https://www.smartrecruiters.com/legal/terms-of-use/",
        attribution="Postings published by the employers on their SmartRecruiters pages",
        default_on=False,
        notice="The list's host closes itself to programs (robots.txt) and its terms allow only an employer's own site",
        html=True,
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

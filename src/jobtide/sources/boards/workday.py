"""Workday career sites, by the requests that their own pages make ("CXS"). Undocumented: off unless turned on.

A board is "tenant.wdN/site", as in https://tenant.wdN.myworkdayjobs.com/site. The list gives titles; the text of a
posting is one request more and is asked for where the title speaks of data, AI, research or software.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote, unquote

from jobtide.errors import SourceChanged, UsageError
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.cells import when
from jobtide.sources.cxs import listing, search
from jobtide.sources.dates import days_ago, stamp
from jobtide.sources.fields import Account, listed, need, once, record, text
from jobtide.sources.payload import decode, postings

_ACCOUNT = Account(
    "workday",
    taken=(
        "title", "externalPath", "locationsText", "postedOn", "bulletFields", "remoteType", "timeType",
        "jobPostingInfo", "hiringOrganization",
    ),
    skipped={
        "similarJobs": "other postings",
        "userAuthenticated": "nobody is",
        "subtitles": "the same words as bulletFields",
        "startDate": "stands in jobPostingInfo",
    },
)  # fmt: skip
_INFO = Account(
    "workday",
    taken=(
        "id", "title", "jobDescription", "location", "additionalLocations", "country", "jobRequisitionLocation",
        "startDate", "postedOn", "timeType", "remoteType", "externalUrl", "jobReqId", "jobPostingId",
    ),
    skipped={
        "endDate": "when applications close",
        "timeLeftToApply": "when applications close",
        **dict.fromkeys(
            ("canApply", "posted", "includeResumeParsing", "questionnaireId", "secondaryQuestionnaireId",
             "supplementaryQuestionnaireId", "jobPostingSiteId"),
            "the application form",
        ),
    },
)  # fmt: skip
_ADDRESS = re.compile(
    r"^https?://([\w-]+)\.(wd\d+)\.myworkdayjobs\.com/(?:wday/cxs/[\w-]+/)?(?:[a-z]{2}-[A-Z]{2}/)?([\w-]+)|"
    r"^https?://(wd\d+)\.myworkdaysite\.com/(?:[a-z]{2}-[A-Z]{2}/)?recruiting/([\w-]+)/([\w-]+)"
)
_MOST_TEXTS = 300
_WANTED = re.compile(
    r"(?i)\b(?:data|machine learning|ml|mlops|ai|artificial|deep learning|nlp|llms?|genai|vision|robotics?|perception|"
    r"scientists?|research(?:er)?|analytics?|quantitative|statistic\w*|software|applied)\b"
)
_MODES = {"fully remote": "remote", "remote": "remote", "partially remote": "hybrid", "hybrid": "hybrid",
          "onsite": "onsite", "on-site": "onsite", "on site": "onsite"}  # fmt: skip
_SEVERAL = re.compile(r"(?i)^\d+ locations$")
# "Posted on 06/30/2026", "30 Jun 2026": some sites put the day among the bullets.
_DATED = re.compile(
    r"(?i)\s*(?:(?:date )?posted(?: on| date)?\W*)?"
    r"(\d{4}[-/]\d\d?[-/]\d\d?|\d\d?[-/. ](?:\d\d?|[a-z]{3,9})[-/. ]\d{4}|[a-z]{3,9} \d\d?, \d{4})\s*"
)


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole list, split by facets where it is cut off, then for the texts of postings whose title fits."""
    base = _base(board)
    first = yield search(base, {}, 0)
    if first.status != 200:
        return Completeness.FAILED
    found, whole = yield from listing(base, first)
    wanted = [path for path, title in found.items() if _WANTED.search(title)]
    for path in wanted[:_MOST_TEXTS]:
        page = yield Request("GET", f"{base}{quote(unquote(path), safe='/')}")
        whole &= page.status in (200, 404, 410)  # else a text would be lost to a moment's trouble
    return Completeness.COMPLETE if whole else Completeness.PARTIAL


def _base(board: str) -> str:
    m = re.fullmatch(r"([\w-]+)\.(wd\d+)/([\w-]+)", board)
    if not m:
        raise UsageError(f"workday: write TENANT.wdN/SITE, not {board!r}")
    return f"https://{m[1]}.{m[2]}.myworkdayjobs.com/wday/cxs/{m[1]}/{m[3]}"


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield each posting once, in the list's order, with its own answer where that came.

    Raises SourceChanged for an answer that is neither list nor posting.
    """
    rows: dict[str, Any] = {}
    for page in pages:
        if page.status != 200:
            continue
        answer = record(decode(page.body, "workday"))
        if isinstance(answer.get("jobPostings"), list):
            for number, row in enumerate(answer["jobPostings"]):
                rows.setdefault(_tail(record(row).get("externalPath")) or f"{len(rows)}.{number}", row)
        elif isinstance(answer.get("jobPostingInfo"), dict):
            tail = _tail(answer["jobPostingInfo"].get("externalUrl")) or _tail(page.request.url)
            before = rows.get(tail)
            rows[tail] = (before if isinstance(before, dict) else {}) | answer
        else:
            raise SourceChanged("workday: an answer that is neither list nor posting; its page is kept")
    named = {text(record(record(row).get("hiringOrganization")).get("name")) for row in rows.values()} - {""}
    if len(named) == 1:  # one employer on the whole site: the rows whose own answer was not asked for are its too
        organisation = {"hiringOrganization": {"name": named.pop()}}
        rows = {tail: organisation | row if isinstance(row, dict) else row for tail, row in rows.items()}
    if rows:
        yield from postings(list(rows.values()), job, pages[0], wanted=lambda _: True, named=_id)


def _tail(address: Any) -> str:
    """The part of an address that list and posting share, however it is escaped."""
    return unquote(text(address)).rpartition("/job/")[2]


def _id(raw: dict[str, Any]) -> str:
    """The last part of a posting's address."""
    address = raw.get("externalPath") or record(raw.get("jobPostingInfo")).get("externalUrl")
    return _tail(address).rpartition("/")[2] or text(need(raw, "externalPath", "workday"))


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of a row of the list, of a posting's own answer, or of both together.

    ``postedOn`` counts days back from when it was seen; ``startDate`` is the day.
    """
    _ACCOUNT.check(raw)
    info = record(raw.get("jobPostingInfo"))
    _INFO.check(info)
    path = text(raw.get("externalPath"))
    address, _, site = board.partition("/")
    host = f"https://{address}.myworkdayjobs.com/{site}"
    bullets = [text(part) for part in listed(raw.get("bulletFields"))]
    mode = text(info.get("remoteType") or raw.get("remoteType")).strip()
    return Posting(
        source="workday",
        board=board,
        source_id=_id(raw),
        requisition=text(info.get("jobReqId")) or _requisition(bullets),
        url=text(info.get("externalUrl")) or (f"{host}{path}" if path else ""),
        title=text(info.get("title") or need(raw, "title", "workday")).strip(),
        employer=text(record(raw.get("hiringOrganization")).get("name")).strip() or address.partition(".")[0],
        html=text(info.get("jobDescription")),
        places_raw=once(_places(raw, info)),
        work_mode_raw=_MODES.get(mode.lower(), mode),
        employment_raw=text(info.get("timeType") or raw.get("timeType")),
        first_published=stamp(info.get("startDate"), "startDate"),
        last_published=_posted(text(info.get("postedOn") or raw.get("postedOn")), bullets, seen),
        seen=seen,
    )


def _posted(words: str, bullets: list[str], seen: Stamp | None) -> Stamp | None:
    """The day that a bullet states; else the one that "Posted 3 Days Ago" means."""
    for said in bullets:
        if (m := _DATED.fullmatch(said)) and (day := _day(m[1])):
            return day
    return days_ago(words, "postedOn", seen=seen)


def _day(said: str) -> Stamp | None:
    try:
        return when(said, "bulletFields")
    except ValueError:  # "30 Foo 2026"
        return None


def _requisition(bullets: list[str]) -> str:
    """The first bullet that may be a number, and is no date; the first of any where none is."""
    named = [said for said in bullets if not _DATED.fullmatch(said)]
    return next((said for said in named if re.search(r"\d", said)), "".join(named[:1]))


def _places(raw: dict[str, Any], info: dict[str, Any]) -> Iterator[StatedPlace]:
    """Every place of the posting's own answer; else the list's, or its path's where the list only counts them."""
    country = record(record(info.get("jobRequisitionLocation")).get("country"))
    code = text(country.get("alpha2Code")) or text(record(info.get("country")).get("descriptor"))
    if info.get("location"):
        yield StatedPlace(text(info["location"]).strip(), country=code, pointer="/jobPostingInfo/location")
    for number, where in enumerate(listed(info.get("additionalLocations"))):
        printed = text(record(where).get("descriptor") if isinstance(where, dict) else where).strip()
        yield StatedPlace(printed, pointer=f"/jobPostingInfo/additionalLocations/{number}")
    if not info.get("location"):
        printed = text(raw.get("locationsText")).strip()
        if _SEVERAL.match(printed):
            printed = _tail(raw.get("externalPath")).partition("/")[0].replace("---", ", ").replace("-", " ")
            printed = re.sub(r"\s+", " ", printed).strip()
        if printed:
            yield StatedPlace(printed, pointer="/locationsText")


def board_of(address: str) -> str | None:
    """The board token in a careers address on Workday, or None."""
    m = _ADDRESS.match(address)
    if not m:
        return None
    return f"{m[1]}.{m[2]}/{m[3]}" if m[1] else f"{m[5]}.{m[4]}/{m[6]}"


SOURCE = Source(
    name="workday",
    policy=Policy(
        tier="undocumented",
        terms="https://www.workday.com/en-us/legal/site-terms.html",
        attribution="Postings published by the employers on their Workday career sites",
        default_on=False,
        rate=0.5,
        notice="The requests of the site's own pages, undocumented; Workday's site terms speak against programs",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

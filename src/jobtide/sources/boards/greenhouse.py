"""Greenhouse job boards: one public JSON answer per employer. Reference: Greenhouse's "Job Board API"."""

import html as entities
import re
from collections.abc import Generator, Iterator, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPay, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, listed, need, record, text
from jobtide.sources.markup import unescaped
from jobtide.sources.money import ranges
from jobtide.sources.payload import decode, postings

_ACCOUNT = Account(
    "greenhouse",
    taken=(
        "id", "internal_job_id", "requisition_id", "title", "company_name", "first_published", "updated_at", "language",
        "content", "location", "offices", "departments", "absolute_url", "pay_input_ranges", "metadata",
    ),
    skipped={
        "application_deadline": "null on nearly every record",
        "data_compliance": "the application form's privacy settings",
        "education": "a setting of the application form",
        "ai_disclaimer": "the application form's notice",
        "include_ai_disclaimer": "the application form's notice",
        "ai_opt_out_request_url": "the application form's notice",
        "questions": "the application form",
        "location_questions": "the application form",
        "compliance": "the application form",
        "demographic_questions": "the application form",
    },
)  # fmt: skip
_ADDRESS = re.compile(
    r"^https?://(?:job-boards(?:\.eu)?|boards(?:\.eu)?)\.greenhouse\.io/"
    r"(?:embed/job_(?:board|app)(?:/js)?/?\?(?:[^#]*&)?for=|(?!embed\b))([\w-]+)|"
    r"^https?://(?:boards-)?api\.greenhouse\.io/v1/boards/([\w-]+)"
)


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board with texts and pay; one request. Fewer jobs than the board counts is partial."""
    address = (
        f"https://boards-api.greenhouse.io/v1/boards/{quote(board, safe='')}/jobs?content=true&pay_transparency=true"
    )
    page = yield Request("GET", address)
    if page.status != 200:
        return Completeness.FAILED
    answer = record(decode(page.body, "greenhouse"))
    total = record(answer.get("meta")).get("total")
    short = isinstance(total, int) and total > len(listed(answer.get("jobs")))
    return Completeness.PARTIAL if short else Completeness.COMPLETE


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the postings of a board in its order.

    Raises SourceChanged if there is no list of jobs.
    """
    for page in pages:
        answer = decode(page.body, "greenhouse")
        if not isinstance(answer, dict) or not isinstance(answer.get("jobs"), list):
            raise SourceChanged(
                "greenhouse: the answer has no list 'jobs'; the board's format changed, its page is kept"
            )
        yield from postings(answer["jobs"], job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. ``updated_at`` is touched in bulk and never a publication date."""
    _ACCOUNT.check(raw)
    return Posting(
        source="greenhouse",
        board=board,
        source_id=text(need(raw, "id", "greenhouse")),
        requisition=text(raw.get("internal_job_id") or raw.get("requisition_id")),
        url=text(raw.get("absolute_url")),
        title=text(need(raw, "title", "greenhouse")).strip(),
        employer=text(raw.get("company_name")).strip() or board,
        # The content is HTML that was escaped once more: unescape first, then it is HTML.
        html=unescaped(entities.unescape(text(raw.get("content")))),
        department=joined(*(record(part).get("name") for part in listed(raw.get("departments"))), by=" / "),
        places_raw=tuple(_places(raw)),
        employment_raw=_metadata(raw, "employment type", "employment_type", "time type"),
        work_mode_raw=_metadata(raw, "workplace type", "work type", "location type", "remote status"),
        language_raw=text(raw.get("language")),
        pay=tuple(_pay(listed(raw.get("pay_input_ranges")))),
        first_published=stamp(raw.get("first_published"), "first_published"),
        last_published=stamp(raw.get("updated_at"), "updated_at (touched in bulk)"),
        seen=seen,
    )


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """The printed location and every office that says more than it."""
    printed = text(record(raw.get("location")).get("name")).strip()
    yield StatedPlace(printed, pointer="/location/name")
    for number, office in enumerate(listed(raw.get("offices"))):
        where = text(record(office).get("location")) or text(record(office).get("name"))
        if where.strip() and where.strip() not in printed:
            yield StatedPlace(where.strip(), pointer=f"/offices/{number}")


def _metadata(raw: dict[str, Any], *names: str) -> str:
    """The value of a board's own column, whose name an employer chooses; one of a list of choices if only one is."""
    for entry in map(record, listed(raw.get("metadata"))):
        value = entry.get("value")
        chosen = value[0] if isinstance(value, list) and len(value) == 1 else value
        if text(entry.get("name")).lower() in names and isinstance(chosen, str):
            return chosen
    return ""


def _pay(stated: list[Any]) -> Iterator[StatedPay]:
    """Every pay range; amounts come in cents, and the period is not said: years unless the amount is an hour's."""
    for number, part in enumerate(map(record, stated)):
        ends = [Decimal(str(part[end])) / 100 for end in ("min_cents", "max_cents") if part.get(end)]
        yield from ranges(
            min(ends, default=None), max(ends, default=None), currency=part.get("currency_type") or "USD",
            period=_period(f"{part.get('title')} {part.get('blurb')}", max(ends, default=Decimal(0))),
            pointer=f"/pay_input_ranges/{number}", label=text(part.get("title")),
        )  # fmt: skip


_PERIODS = (
    ("annual", "year"), ("per year", "year"), ("yearly", "year"), ("hour", "hour"), ("month", "month"),
    ("week", "week"), ("year", "year"),
)  # fmt: skip
# What a period's word may stand beside: a blurb on a yearly salary speaks of hours a week and of months of leave.
_PLAUSIBLE = {"hour": (5, 1_000), "week": (200, 20_000), "month": (500, 100_000), "year": (5_000, 10**8)}


def _period(said: str, high: Decimal) -> str:
    """The period that the range's title or blurb names, if the amount can be one of it; else what the amount can be.

    >>> _period("Annual salary, 40 hours a week", Decimal(150000)), _period("Hourly rate", Decimal(45))
    ('year', 'hour')
    >>> _period("Annual bonus on top", Decimal(45)), _period("", Decimal(4500))
    ('hour', '')
    """
    words = said.lower()
    for word, period in _PERIODS:
        low, most = _PLAUSIBLE[period]
        if word in words and low <= high < most:
            return period
    return "hour" if high < 500 else "year" if high >= 10_000 else ""


def board_of(address: str) -> str | None:
    """The board token in a careers address on Greenhouse, or None."""
    m = _ADDRESS.match(address)
    return (m[1] or m[2]) if m else None


SOURCE = Source(
    name="greenhouse",
    policy=Policy(
        tier="documented",
        terms="https://developers.greenhouse.io/job-board.html",
        attribution="Postings published by the employers through Greenhouse's public Job Board API",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

"""Recruitee job boards: one public JSON answer per employer. Reference: Recruitee's "Careers Site API"."""

import html as entities
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, listed, need, record, text, token, whole
from jobtide.sources.money import ranges
from jobtide.sources.payload import listing, postings

_ACCOUNT = Account(
    "recruitee",
    taken=(
        "id", "title", "company_name", "department", "description", "requirements", "highlight", "locations",
        "location", "city", "state_name", "country", "country_code", "remote", "hybrid", "on_site",
        "employment_type_code", "salary", "careers_url", "careers_apply_url", "published_at", "created_at",
        "status", "translations",
    ),
    skipped={
        "slug": "stands in the address",
        "state_code": "the state's name is read",
        "updated_at": "touched by any change; the publication is read",
        **dict.fromkeys(
            ("options_cv", "options_cover_letter", "options_photo", "options_phone", "options_salutation",
             "options_title", "open_questions", "dynamic_fields", "locations_question", "locations_question_required",
             "locations_question_type", "location_question_visible"),
            "the application form",
        ),
        **dict.fromkeys(
            ("sharing_image", "sharing_title", "sharing_description", "cover_image"), "how a shared link looks"
        ),
        **dict.fromkeys(("min_hours", "max_hours", "min_hours_per_week", "max_hours_per_week"), "not counted"),
        "experience_code": "a level from a closed list; what is asked for stands in the text",
        "education_code": "a level from a closed list; what is asked for stands in the text",
        "category_code": "the employer's choice from a closed list",
        "guid": "another name of id",
        "position": "the order on the page",
        "tags": "the employer's own labels",
        "postal_code": "finer than a place is counted",
        "street": "finer than a place is counted",
        "close_at": "null on nearly every record",
        "mailbox_email": "a mailbox",
        "department_id": "another name of department",
        "pinned": "the order on the page",
    },
)  # fmt: skip
_ADDRESS = re.compile(r"^https?://(?!(?:www|docs|api|app|support|careers)\.)([\w-]+)\.recruitee\.com(?:[/?#]|$)")
_CUSTOM = "."  # a board token with a dot is the employer's own host


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board; one request. A token with a dot is a host that serves the same answer."""
    host = board if _CUSTOM in board else f"{board}.recruitee.com"
    page = yield Request("GET", f"https://{token(host, 'recruitee')}/api/offers/")
    return whole(page)


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the published postings of a board in its order. Raises SourceChanged if there is no list of offers."""
    for page in pages:
        rows = listing(page, "recruitee", "offers")
        yield from postings(rows, job, page, wanted=lambda raw: raw.get("status", "published") == "published")


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record; its text is description and requirements together."""
    _ACCOUNT.check(raw)
    return Posting(
        source="recruitee",
        board=board,
        source_id=text(need(raw, "id", "recruitee")),
        url=text(raw.get("careers_url")),
        apply_url=text(raw.get("careers_apply_url")),
        title=text(need(raw, "title", "recruitee")).strip(),
        employer=text(raw.get("company_name")).strip() or board,
        html=_html(raw),
        department=text(raw.get("department")),
        places_raw=tuple(_places(raw)),
        work_mode_raw=_mode(raw),
        employment_raw=_employment(text(raw.get("employment_type_code"))),
        language_raw=_language(raw),
        pay=_pay(record(raw.get("salary"))),
        first_published=stamp(raw.get("created_at"), "created_at"),
        last_published=stamp(raw.get("published_at"), "published_at"),
        seen=seen,
    )


def _html(raw: dict[str, Any]) -> str:
    """Description, then requirements: reading the first alone loses what is asked for."""
    parts = [text(raw.get("description")), text(raw.get("requirements"))]
    if text(raw.get("highlight")).strip():
        parts.insert(0, f"<p>{entities.escape(text(raw['highlight']))}</p>")
    return "\n".join(part for part in parts if part)


def _mode(raw: dict[str, Any]) -> str:
    """The one mode that is ticked, hybrid where remote and office both are; none ticked says nothing."""
    remote, office = raw.get("remote") is True, raw.get("on_site") is True
    if raw.get("hybrid") is True or (remote and office):
        return "hybrid"
    return "remote" if remote else "on_site" if office else ""


def _employment(code: str) -> str:
    """Recruitee joins hours and contract in one word: "fulltime_permanent", "fulltime_fixed_term", "internship".

    >>> [_employment(code) for code in ("fulltime_permanent", "parttime_fixed_term", "fulltime_fixed_term")]
    ['fulltime', 'parttime', 'fixedterm']
    """
    if code.startswith("fulltime") and "fixed" in code:
        return "fixedterm"
    return code.partition("_")[0] if code.startswith(("fulltime", "parttime")) else code


def _language(raw: dict[str, Any]) -> str:
    """The language whose title is the posting's own."""
    named = [
        code for code, said in record(raw.get("translations")).items() if record(said).get("title") == raw["title"]
    ]
    return named[0] if len(named) == 1 else ""


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """Every location with its address; the single location only where there is no list."""
    rows = listed(raw.get("locations"))
    for number, where in enumerate(rows):
        where = record(where)
        printed = joined(where.get("name")) or joined(where.get("city"), where.get("state"), where.get("country"))
        yield StatedPlace(
            printed,
            city=text(where.get("city")).strip(),
            region=text(where.get("state")).strip(),  # its code "UT" is Utrecht as well as Utah
            country=text(where.get("country_code") or where.get("country")).strip(),
            pointer=f"/locations/{number}",
        )
    if not rows and (raw.get("location") or raw.get("city") or raw.get("country")):
        printed = joined(raw.get("location")) or joined(raw.get("city"), raw.get("state_name"), raw.get("country"))
        yield StatedPlace(
            printed, text(raw.get("city")), text(raw.get("state_name")), text(raw.get("country_code")), "/location"
        )


def _pay(stated: dict[str, Any]) -> Any:
    return ranges(
        stated.get("min"), stated.get("max"), currency=stated.get("currency"), period=stated.get("period"),
        pointer="/salary",
    )  # fmt: skip


def board_of(address: str) -> str | None:
    """The board token in a careers address on Recruitee, or None."""
    m = _ADDRESS.match(address)
    return m[1] if m else None


SOURCE = Source(
    name="recruitee",
    policy=Policy(
        tier="documented",
        terms="https://docs.recruitee.com/reference/intro-to-careers-site-api",
        attribution="Postings published by the employers through Recruitee's Careers Site API",
        notice="From 2027-02-10 an employer's token is needed; boards without one then answer 401",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

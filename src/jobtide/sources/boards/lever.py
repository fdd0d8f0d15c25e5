"""Lever job boards on both hosts: one public JSON list per employer. Reference: Lever's "Postings API"."""

import html as entities
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPay, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, listed, need, record, text
from jobtide.sources.money import ranges
from jobtide.sources.payload import decode, postings

_ACCOUNT = Account(
    "lever",
    taken=(
        "id", "text", "categories", "country", "workplaceType", "description", "descriptionPlain", "lists",
        "additional",
        "additionalPlain", "salaryRange", "salaryDescription", "salaryDescriptionPlain", "createdAt", "updatedAt",
        "hostedUrl", "applyUrl", "opening", "descriptionBody",
    ),
    skipped={
        "openingPlain": "the same words stand in opening",
        "descriptionBodyPlain": "the same words stand in descriptionBody",
        "urls": "the same addresses stand in hostedUrl and applyUrl",
        "tags": "the employer's own labels",
        "user": "the recruiter: personal data",
        "owner": "the recruiter: personal data",
        "hiringManager": "personal data",
        "state": "only published postings are sent",
        "reqCode": "the employer's own number, rarely filled",
        "requisitionCodes": "the employer's own numbers, rarely filled",
    },
)  # fmt: skip
_ADDRESS = re.compile(r"^https?://(?:jobs|api)(\.eu)?\.lever\.co/(?:v0/postings/)?([^/?#]+)")
_EU = "eu/"  # a board token that begins so is asked for on the European host only


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board; one that the American host does not know is asked for on the European one."""
    site = quote(board.removeprefix(_EU), safe="")
    if not board.startswith(_EU):
        page = yield Request("GET", f"https://api.lever.co/v0/postings/{site}?mode=json")
        if page.status != 404:
            return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED
    page = yield Request("GET", f"https://api.eu.lever.co/v0/postings/{site}?mode=json")
    return Completeness.COMPLETE if page.status == 200 else Completeness.FAILED


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the postings of a board in its order; the first host's 404 is passed over.

    Raises SourceChanged if the answer is no list.
    """
    for page in pages:
        if page.status != 200:
            continue
        answer = decode(page.body, "lever")
        if not isinstance(answer, list):
            raise SourceChanged("lever: the answer is no list; the board's format changed, its page is kept")
        yield from postings(answer, job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record; its text is opening, description, lists and closing together."""
    _ACCOUNT.check(raw)
    categories = record(raw.get("categories"))
    return Posting(
        source="lever",
        board=board,
        source_id=text(need(raw, "id", "lever")),
        url=text(raw.get("hostedUrl")),
        apply_url=text(raw.get("applyUrl")),
        title=text(need(raw, "text", "lever")).strip(),
        employer=board.removeprefix(_EU),
        html=_html(raw),
        text="\n\n".join(filter(None, (text(raw.get("descriptionPlain")), text(raw.get("additionalPlain"))))),
        department=" / ".join(filter(None, (text(categories.get("department")), text(categories.get("team"))))),
        places_raw=tuple(_places(raw, categories)),
        work_mode_raw="" if raw.get("workplaceType") == "unspecified" else text(raw.get("workplaceType")),
        employment_raw=text(categories.get("commitment")),
        pay=_pay(record(raw.get("salaryRange"))),
        first_published=stamp(raw.get("createdAt"), "createdAt"),
        last_published=stamp(raw.get("updatedAt"), "updatedAt"),
        seen=seen,
    )


def _html(raw: dict[str, Any]) -> str:
    """The whole text: reading the description alone loses the requirements, which stand in ``lists``."""
    head = text(raw.get("description")) or text(raw.get("opening")) + text(raw.get("descriptionBody"))
    parts = [head or _marked(raw, "descriptionPlain")]
    for block in listed(raw.get("lists")):
        title = entities.escape(text(record(block).get("text")))
        parts.append(f"<h3>{title}</h3><ul>{text(record(block).get('content'))}</ul>")
    parts += [text(raw.get("additional")) or _marked(raw, "additionalPlain"), text(raw.get("salaryDescription"))]
    return "\n".join(part for part in parts if part)


def _marked(raw: dict[str, Any], field: str) -> str:
    """Words that a record has without markup only, as HTML, so that they stand in their place."""
    lines = entities.escape(text(raw.get(field)), quote=False).strip().splitlines()
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _places(raw: dict[str, Any], categories: dict[str, Any]) -> Iterator[StatedPlace]:
    """Every place once, the first as the board lists it; ``country`` belongs to the first."""
    first = text(categories.get("location")).strip()
    if first or raw.get("country"):
        yield StatedPlace(
            first,
            country=text(raw.get("country")),
            pointer="/country" if raw.get("country") else "/categories/location",
        )
    for number, other in enumerate(listed(categories.get("allLocations"))):
        where = text(other.get("name") if isinstance(other, dict) else other).strip()
        if where and where != first:
            yield StatedPlace(where, pointer=f"/categories/allLocations/{number}")


def _pay(stated: dict[str, Any]) -> tuple[StatedPay, ...]:
    """The range; "semi-month-salary", "bi-week-salary" and "one-time" name no period of ours."""
    return ranges(
        stated.get("min"), stated.get("max"), currency=stated.get("currency"), period=stated.get("interval"),
        pointer="/salaryRange",
    )  # fmt: skip


def board_of(address: str) -> str | None:
    """The board token in a careers address on Lever, with "eu/" before it on the European host; or None."""
    m = _ADDRESS.match(address)
    return (_EU if m[1] else "") + m[2] if m else None


SOURCE = Source(
    name="lever",
    policy=Policy(
        tier="documented",
        terms="https://github.com/lever/postings-api",
        attribution="Postings published by the employers through Lever's public Postings API",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

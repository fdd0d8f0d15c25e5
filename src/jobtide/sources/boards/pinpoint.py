"""Pinpoint job boards: one public JSON answer per employer, as its careers page asks for it."""

import html as entities
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.fields import Account, joined, need, record, text, token, whole
from jobtide.sources.money import ranges
from jobtide.sources.payload import listing, postings

_SECTIONS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")
_ACCOUNT = Account(
    "pinpoint",
    taken=(
        "id", "title", "url", "path", "description", *_SECTIONS, *(f"{name}_header" for name in _SECTIONS),
        "workplace_type", "compensation", "compensation_minimum", "compensation_maximum",
        "compensation_currency", "compensation_frequency", "compensation_visible", "employment_type",
        "employment_type_text", "job", "department", "division", "location", "requisition_id",
    ),
    skipped={
        "workplace_type_text": "the same in words",
        "deadline_at": "when applications close; the posting is open as long as it is listed",
        "reporting_to": "a person's title",
        "structure_custom_group_one": "the employer's own label",
    },
)  # fmt: skip
_ADDRESS = re.compile(r"^https?://(?!(?:www|app|developers|help)\.)([\w-]+)\.pinpointhq\.com(?:[/?#]|$)")


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board; one request."""
    page = yield Request("GET", f"https://{token(board, 'pinpoint')}.pinpointhq.com/postings.json")
    return whole(page)


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the postings of a board in its order. Raises SourceChanged if there is no list of data."""
    for page in pages:
        yield from postings(listing(page, "pinpoint", "data"), job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. The board states no date of publication at all."""
    _ACCOUNT.check(raw)
    inner = record(raw.get("job"))
    path = text(raw.get("path"))
    return Posting(
        source="pinpoint",
        board=board,
        source_id=text(need(raw, "id", "pinpoint")),
        requisition=text(inner.get("requisition_id") or raw.get("requisition_id") or inner.get("id")),
        url=text(raw.get("url")) or (f"https://{board}.pinpointhq.com{path}" if path else ""),
        title=text(need(raw, "title", "pinpoint")).strip(),
        employer=board,
        html=_html(raw),
        department=joined(_named(inner, raw, "division"), _named(inner, raw, "department"), by=" / "),
        places_raw=tuple(_places(record(raw.get("location")))),
        work_mode_raw=text(raw.get("workplace_type")),
        employment_raw=_employment(text(raw.get("employment_type"))) or text(raw.get("employment_type_text")),
        pay=_pay(raw),
        seen=seen,
    )


def _named(inner: dict[str, Any], raw: dict[str, Any], field: str) -> Any:
    return record(inner.get(field)).get("name") or record(raw.get(field)).get("name")


def _html(raw: dict[str, Any]) -> str:
    """The whole text: what is asked for stands in a section of its own, under the employer's heading."""
    parts = [text(raw.get("description"))]
    for name in _SECTIONS:
        words = text(raw.get(name))
        if words.strip():
            heading = text(raw.get(f"{name}_header")) or name.replace("_", " ").capitalize()
            parts.append(f"<h3>{entities.escape(heading)}</h3>\n{words}")
    return "\n".join(part for part in parts if part.strip())


def _employment(code: str) -> str:
    """Pinpoint joins contract and hours in one word; a contract other than permanent says more than the hours.

    >>> _employment("permanent_full_time"), _employment("fixed_term_full_time"), _employment("internship")
    ('full_time', 'fixed_term', 'internship')
    """
    for ending in ("_full_time", "_part_time"):
        if code.endswith(ending):
            kind = code.removesuffix(ending)
            return ending[1:] if kind == "permanent" else kind
    return code


def _places(where: dict[str, Any]) -> Iterator[StatedPlace]:
    printed = joined(where.get("name")) or joined(where.get("city"), where.get("province"))
    if printed:
        yield StatedPlace(
            printed, text(where.get("city")).strip(), text(where.get("province")).strip(), "", "/location"
        )


def _pay(raw: dict[str, Any]) -> Any:
    """The range, unless the employer chose not to show it."""
    if raw.get("compensation_visible") is False:
        return ()
    return ranges(
        raw.get("compensation_minimum"), raw.get("compensation_maximum"), currency=raw.get("compensation_currency"),
        period=raw.get("compensation_frequency"), pointer="/compensation_minimum", label=text(raw.get("compensation")),
    )  # fmt: skip


def board_of(address: str) -> str | None:
    """The board token in a careers address on Pinpoint, or None."""
    m = _ADDRESS.match(address)
    return m[1] if m else None


SOURCE = Source(
    name="pinpoint",
    policy=Policy(
        tier="undocumented",
        terms="https://www.pinpointhq.com/",
        attribution="Postings published by the employers on their Pinpoint careers pages",
        default_on=False,
        notice="The list behind the careers page; Pinpoint documents no public feed",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

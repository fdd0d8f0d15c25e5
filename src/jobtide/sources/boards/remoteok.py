"""Remote OK: one JSON list of the newest remote openings of many employers. Reference: remoteok.com/api."""

from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, need, text
from jobtide.sources.payload import listing, postings

_ACCOUNT = Account(
    "remoteok",
    taken=(
        "id", "epoch", "date", "company", "position", "description", "location", "apply_url", "url",
    ),
    skipped={
        "slug": "stands in the address",
        **dict.fromkeys(("salary_min", "salary_max"), "0 on nearly every record, and without currency and period"),
        **dict.fromkeys(("company_logo", "logo"), "may not be shown"),
        "tags": "the board's own labels",
        "original": "whether the board wrote it",
        "verified": "the board's own mark",
    },
)  # fmt: skip
_EVERYTHING = "all"


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the newest openings ("all"), or for those with a tag. What is not in this window may be open."""
    tag = "" if board == _EVERYTHING else f"?tags={quote(board)}"
    page = yield Request("GET", f"https://remoteok.com/api{tag}")
    return Completeness.PARTIAL if page.status == 200 else Completeness.FAILED


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the openings in the list's order; its first element is a notice. Raises SourceChanged if it is no list."""
    for page in pages:
        yield from postings(listing(page, "remoteok"), job, page, wanted=lambda raw: "legal" not in raw)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one record. The board lists remote work only."""
    _ACCOUNT.check(raw)
    where = text(raw.get("location")).strip()
    return Posting(
        source="remoteok",
        board=board,
        source_id=text(need(raw, "id", "remoteok")),
        url=text(raw.get("url")),
        apply_url=text(raw.get("apply_url")),
        title=text(need(raw, "position", "remoteok")).strip(),
        employer=text(raw.get("company")).strip() or "unnamed (remoteok)",
        html=text(raw.get("description")),
        places_raw=(StatedPlace(where, pointer="/location"),) if where else (),
        work_mode_raw="remote",
        first_published=stamp(raw.get("date") or raw.get("epoch"), "date"),
        seen=seen,
    )


def board_of(address: str) -> str | None:
    """ "all" for the board's own address, None for another."""
    return _EVERYTHING if address.split("://")[-1].removeprefix("www.").startswith("remoteok.com") else None


SOURCE = Source(
    name="remoteok",
    policy=Policy(
        tier="aggregator",
        terms="https://remoteok.com/api",
        attribution="Remote OK (remoteok.com), with a followable link to each posting there; its logo may not be shown",
        rate=0.2,
        notice="A window of the newest openings: closings cannot be seen",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

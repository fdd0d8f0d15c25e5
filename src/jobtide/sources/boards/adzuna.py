"""Adzuna, a search engine over other boards, for a person's own search only. Reference: developer.adzuna.com.

Its terms bar organisations from aggregate use, nine of ten of its salaries are predicted, and its texts are cut off:
its postings never enter a snapshot. A board is a country and words: "us/machine learning engineer".
"""

import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from jobtide.errors import UsageError
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, listed, need, record, text
from jobtide.sources.payload import decode, listing, postings

_ACCOUNT = Account(
    "adzuna",
    taken=(
        "id", "title", "company", "location", "created", "category", "contract_time", "contract_type", "description",
        "redirect_url",
    ),
    skipped={
        "__CLASS__": "a name inside the service",
        "adref": "a mark for the service's own counting",
        "latitude": "finer than a place is counted",
        "longitude": "finer than a place is counted",
        **dict.fromkeys(
            ("salary_min", "salary_max", "salary_is_predicted"), "without period, and predicted on most records"
        ),
    },
)  # fmt: skip
_AT_A_TIME = 50
_MOST = 3  # pages: the service allows 250 requests a day
_COUNTRIES = frozenset(("at", "au", "be", "br", "ca", "ch", "de", "es", "fr", "gb", "in", "it", "mx", "nl", "nz", "pl",
                        "sg", "us", "za"))  # fmt: skip


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the first pages of a search; always partial. UsageError for a board without a country that Adzuna has."""
    country, _, words = board.partition("/")
    if country not in _COUNTRIES or not words.strip():
        raise UsageError(f"adzuna: write COUNTRY/WORDS with one of {', '.join(sorted(_COUNTRIES))}, not {board!r}")
    for number in range(1, _MOST + 1):
        page = yield Request(
            "GET",
            f"https://api.adzuna.com/v1/api/jobs/{country}/search/{number}?app_id={{JOBTIDE_ADZUNA_ID}}"
            f"&app_key={{JOBTIDE_ADZUNA_KEY}}&results_per_page={_AT_A_TIME}&what={quote(words)}",
        )
        if page.status != 200:
            return Completeness.PARTIAL if number > 1 else Completeness.FAILED
        if len(listed(record(decode(page.body, "adzuna")).get("results"))) < _AT_A_TIME:
            break
    return Completeness.PARTIAL


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the results in their order. Raises SourceChanged if there is no list of results."""
    for page in pages:
        if page.status == 200:
            yield from postings(listing(page, "adzuna", "results"), job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one result; its text is how the advertisement begins."""
    _ACCOUNT.check(raw)
    where = record(raw.get("location"))
    area = [text(part) for part in listed(where.get("area"))]
    printed = text(where.get("display_name")).strip()
    place = StatedPlace(printed, region="".join(area[1:2]), country="".join(area[:1]), pointer="/location")
    return Posting(
        source="adzuna",
        board=board,
        source_id=text(need(raw, "id", "adzuna")),
        url=text(raw.get("redirect_url")),
        title=re.sub(r"</?strong>", "", text(need(raw, "title", "adzuna"))).strip(),
        employer=text(record(raw.get("company")).get("display_name")).strip() or "unnamed",
        text=text(raw.get("description")),
        department=text(record(raw.get("category")).get("label")),
        places_raw=(place,) if printed else (),
        employment_raw=joined(raw.get("contract_type")) or joined(raw.get("contract_time")),
        last_published=stamp(raw.get("created"), "created (by Adzuna)"),
        seen=seen,
    )


def board_of(_: str) -> str | None:
    """None: a search has no address of its own. A user names it: "adzuna:us/machine learning engineer"."""
    return None


SOURCE = Source(
    name="adzuna",
    policy=Policy(
        tier="aggregator",
        terms="https://developer.adzuna.com/docs/terms_of_service",
        attribution="Jobs by Adzuna (adzuna.com), with a link to each posting there",
        default_on=False,
        rate=0.4,
        notice="For your own search only, never in statistics; needs your own JOBTIDE_ADZUNA_ID and JOBTIDE_ADZUNA_KEY",
        statistics=False,
        secrets=("JOBTIDE_ADZUNA_ID", "JOBTIDE_ADZUNA_KEY"),
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

"""Personio job boards: one XML feed per employer. Reference: Personio's "Retrieve open positions" feed."""

import html as entities
import re
from collections.abc import Generator, Iterator, Sequence
from typing import Any

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Completeness, Page, Policy, Posting, Request, Source, Stamp, StatedPlace
from jobtide.sources.dates import stamp
from jobtide.sources.fields import Account, joined, need, record, text, token, whole
from jobtide.sources.markup import fields, local, many, tree
from jobtide.sources.money import ranges
from jobtide.sources.payload import grouped, postings

_ACCOUNT = Account(
    "personio",
    taken=(
        "id", "subcompany", "office", "additionalOffices", "department", "recruitingCategory", "name",
        "jobDescriptions", "employmentType", "schedule", "yearsOfExperience", "keywords", "createdAt",
        "salaryInformation", "_also", "_host",
    ),
    skipped={
        "seniority": "a level from a closed list; what is asked for stands in the text",
        "occupation": "the employer's choice from a closed list",
        "occupationCategory": "the employer's choice from a closed list",
    },
)  # fmt: skip
_ADDRESS = re.compile(r"^https?://([\w-]+)\.jobs\.personio\.(de|com)(?:[/?#]|$)")
_COM = ".com"  # a board token that ends so lives on the .com host; there is no redirect between the two


def pages(board: str) -> Generator[Request, Page, Completeness]:
    """Ask for the whole board in English; a board that the German host does not know is asked for on the other."""
    name = token(board.removesuffix(_COM), "personio")
    if not board.endswith(_COM):
        page = yield Request("GET", f"https://{name}.jobs.personio.de/xml?language=en")
        if page.status != 404:
            return whole(page)
    page = yield Request("GET", f"https://{name}.jobs.personio.com/xml?language=en")
    return whole(page)


def read(pages: Sequence[Page]) -> Iterator[Posting | Bad]:
    """Yield the positions of a board in its order; the first host's 404 is passed over.

    Raises SourceChanged if the feed is no list of positions, or declares entities of its own.
    """
    for page in pages:
        if page.status != 200:
            continue
        root = tree(page.body, "personio")
        if local(root) != "workzag-jobs":
            raise SourceChanged(f"personio: the feed begins with <{local(root)}>, not <workzag-jobs>; its page is kept")
        rows = [fields(child) for child in root if local(child) == "position"]
        host = "com" if ".personio.com" in page.request.url else "de"
        yield from postings([row | {"_host": host} for row in grouped(rows, "id")], job, page, wanted=lambda _: True)


def job(raw: dict[str, Any], *, board: str, seen: Stamp | None) -> Posting:
    """Return the posting of one position. The feed names no work mode: only the texts do."""
    host = text(raw.get("_host")) or ("com" if board.endswith(_COM) else "de")
    _ACCOUNT.check(raw)
    name = board.removesuffix(_COM)
    number = text(need(raw, "id", "personio"))
    return Posting(
        source="personio",
        board=board,
        source_id=number,
        url=f"https://{name}.jobs.personio.{host}/job/{number}",
        title=text(need(raw, "name", "personio")).strip(),
        employer=text(raw.get("subcompany")).strip() or name,
        html=_html(raw),
        department=joined(raw.get("department"), raw.get("recruitingCategory"), by=" / "),
        places_raw=tuple(_places(raw)),
        employment_raw=_employment(raw),
        pay=_pay(record(raw.get("salaryInformation"))),
        first_published=stamp(raw.get("createdAt"), "createdAt"),
        seen=seen,
    )


def _html(raw: dict[str, Any]) -> str:
    """Every section under its heading, then what the position's own fields say of experience, in their words."""
    parts = []
    for block in many(record(raw.get("jobDescriptions")).get("jobDescription")):
        heading = entities.escape(text(record(block).get("name")))
        parts.append(f"<h3>{heading}</h3>\n{text(record(block).get('value'))}")
    years = text(raw.get("yearsOfExperience")).strip()
    if years and parts:
        parts.append(f"<p>Years of experience: {entities.escape(years)}</p>")
    return "\n".join(parts)


def _employment(raw: dict[str, Any]) -> str:
    """Hours and contract are two fields; a contract other than permanent says more than the hours."""
    kind = text(raw.get("employmentType")).strip()
    return kind if kind and kind != "permanent" else text(raw.get("schedule")).strip() or kind


def _places(raw: dict[str, Any]) -> Iterator[StatedPlace]:
    """The office and the additional ones, each once; the feed prints names and gives no address."""
    offices = [raw.get("office"), *many(record(raw.get("additionalOffices")).get("office"))]
    for row in raw.get("_also", ()):
        offices += [row.get("office"), *many(record(row.get("additionalOffices")).get("office"))]
    for name in dict.fromkeys(text(office).strip() for office in offices):
        if name:
            yield StatedPlace(name, pointer="/office")


def _pay(stated: dict[str, Any]) -> Any:
    return ranges(
        stated.get("min"), stated.get("max"), currency=stated.get("currencyCode"), period=stated.get("type"),
        pointer="/salaryInformation",
    )  # fmt: skip


def board_of(address: str) -> str | None:
    """The board token in a careers address on Personio, with ".com" after it on that host; or None."""
    m = _ADDRESS.match(address)
    return m[1] + (_COM if m[2] == "com" else "") if m else None


SOURCE = Source(
    name="personio",
    policy=Policy(
        tier="documented",
        terms="https://developer.personio.de/docs/retrieving-open-job-positions",
        attribution="Positions published by the employers through Personio's public XML feed",
    ),
    pages=pages,
    read=read,
    job=job,
    board_of=board_of,
)

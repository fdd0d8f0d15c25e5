"""How does one get the whole list out of a Workday search, which shows 2,000 results of however many there are?"""

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from jobtide.model import Page, Request
from jobtide.sources.facets import covered, split
from jobtide.sources.fields import count, listed, record, text
from jobtide.sources.payload import decode

_AT_A_TIME = 20  # one more is an error
_CLAMP = 2000  # results of a search on many sites; a later offset begins again at the first
_MOST_LISTS = 600

Walk = Generator[Request, Page, tuple[dict[str, str], bool]]


@dataclass(slots=True)
class _Budget:
    """How many pages of lists a crawl may still ask for."""

    left: int = _MOST_LISTS

    def spend(self) -> bool:
        """Take one page, unless none is left."""
        self.left -= 1
        return self.left >= 0


def listing(base: str, first: Page) -> Walk:
    """Return (title by path, whether all came) of the whole list below ``base``, whose first page came."""
    return (yield from _list(base, {}, first, _Budget()))


def _list(base: str, narrowed: Mapping[str, list[str]], first: Page, budget: _Budget) -> Walk:
    """Return (title by path, whether all came) of one search whose first page came; splits one that is cut off.

    Total and facets stand on the first page only. A total of exactly the clamp that its facets exceed is cut off.
    """
    answer = record(decode(first.body, "workday"))
    total = count(answer, "total", "workday")
    parts = split(answer.get("facets"), without=tuple(narrowed)) if total == _CLAMP else []
    if covered(parts) <= _CLAMP:
        found = yield from _page_on(base, narrowed, answer, total, budget)
        return found, len(found) >= total and (total != _CLAMP or bool(parts))
    found = {}
    whole = True
    for part in parts:
        slice_ = {**narrowed, part.parameter: [part.value]}
        if not budget.spend():
            return found, False
        page = yield search(base, slice_, 0)
        if page.status != 200:
            whole = False
            continue
        more, complete = yield from _list(base, slice_, page, budget)
        found |= more
        whole &= complete
    return found, whole


def _page_on(
    base: str, narrowed: Mapping[str, list[str]], answer: dict[str, Any], total: int, budget: _Budget
) -> Generator[Request, Page, dict[str, str]]:
    """Turn the pages of one search until all came, or a page brings nothing new: a site that began again."""
    found = _titles(answer)
    offset = _AT_A_TIME
    while len(found) < total and budget.spend():
        page = yield search(base, narrowed, offset)
        new = _titles(record(decode(page.body, "workday"))) if page.status == 200 else {}
        if new.keys() <= found.keys():
            break
        found |= new
        offset += _AT_A_TIME
    return found


def _titles(answer: dict[str, Any]) -> dict[str, str]:
    rows = map(record, listed(answer.get("jobPostings")))
    return {text(row["externalPath"]): text(row.get("title")) for row in rows if row.get("externalPath")}


def search(base: str, narrowed: Mapping[str, list[str]], offset: int) -> Request:
    body = {"appliedFacets": dict(narrowed), "limit": _AT_A_TIME, "offset": offset, "searchText": ""}
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    return Request("POST", f"{base}/jobs", headers, json.dumps(body).encode())

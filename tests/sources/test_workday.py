"""Workday's list is cut off at 2,000 on many sites: it is split by facets until every part comes whole."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from jobtide.errors import UsageError
from jobtide.model import Page, Posting, Request
from jobtide.sources import registry

AT = datetime(2025, 11, 3, tzinfo=UTC)
BASE = "https://heron.wd1.myworkdayjobs.com/wday/cxs/heron/Jobs"


class Site:
    """A Workday site of ``size`` postings, each with a family (three) and a level (two); clamped or not."""

    def __init__(self, size: int, *, clamped: bool, facets: bool = True) -> None:
        self.rows = [
            {"title": "ML Engineer" if n % 100 == 0 else "Cook", "externalPath": f"/job/Ely/Post_{n}",
             "family": f"f{n % 3}", "level": f"l{n % 2}"}
            for n in range(size)
        ]  # fmt: skip
        self.clamped, self.facets = clamped, facets
        self.texts: list[str] = []

    def answer(self, request: Request) -> Page:
        if request.method == "GET":
            self.texts.append(request.url)
            body: dict[str, Any] = {"jobPostingInfo": {"title": "ML Engineer", "jobDescription": "Eels",
                                    "externalUrl": request.url.replace("/wday/cxs/heron", "")}}  # fmt: skip
        else:
            asked = json.loads(request.body or b"{}")
            body = self._search(asked["appliedFacets"], asked["offset"], asked["limit"])
        return Page(request, "heron.wd1/Jobs", 200, {}, json.dumps(body).encode(), "", AT)

    def _search(self, narrowed: Mapping[str, list[str]], offset: int, limit: int) -> dict[str, Any]:
        assert limit <= 20
        rows = [row for row in self.rows if all(row[name] in values for name, values in narrowed.items())]
        shown = min(len(rows), 2000) if self.clamped else len(rows)
        at = offset % 2000 if self.clamped else offset  # a later offset begins again at the first
        posts = [{key: row[key] for key in ("title", "externalPath")} for row in rows[at : at + limit]]
        if offset:
            return {"total": 0, "jobPostings": posts, "facets": []}
        return {"total": shown, "jobPostings": posts, "facets": self._facets(rows) if self.facets else []}

    def _facets(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        out = []
        for name in ("level", "family"):
            values = sorted({row[name] for row in rows})
            counted = [{"id": v, "count": sum(row[name] == v for row in rows)} for v in values]
            out.append({"facetParameter": name, "values": counted})
        return [{"facetParameter": "group", "values": out}]  # groups stand around facets

    def crawl(self) -> tuple[list[Page], str]:
        asked, pages = registry.load("workday").pages("heron.wd1/Jobs"), []
        try:
            request = next(asked)
            while True:
                pages.append(self.answer(request))
                request = asked.send(pages[-1])
        except StopIteration as stop:
            return pages, str(stop.value)


@pytest.mark.parametrize(
    ("site", "completeness"),
    [
        (Site(45, clamped=True), "complete"),
        (Site(2300, clamped=False), "complete"),
        (Site(2300, clamped=True), "complete"),  # three families of 767
        (Site(6500, clamped=True), "complete"),  # families of 2,167 are cut off too, and split by level
        (Site(2300, clamped=True, facets=False), "partial"),  # 2,000 is all that can be had, and it is known to be less
    ],
    ids=["small", "open", "one split", "two splits", "no facets"],
)  # fmt: skip
def test_every_posting_comes_or_the_crawl_says_that_some_are_missing(site: Site, completeness: str) -> None:
    pages, said = site.crawl()
    assert said == completeness
    found = [f for f in registry.load("workday").read(pages) if isinstance(f, Posting)]
    assert len({f.key for f in found}) == len(found) == (2000 if completeness == "partial" else len(site.rows))
    # One posting in a hundred has a title that speaks of ML: only their texts are asked for.
    assert len(site.texts) == sum(f.html == "Eels" for f in found) == (len(found) + 99) // 100


def test_a_board_is_written_in_three_parts() -> None:
    with pytest.raises(UsageError, match=r"TENANT\.wdN/SITE"):
        next(registry.load("workday").pages("heron"))

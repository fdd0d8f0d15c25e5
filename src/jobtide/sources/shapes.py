"""Whose answer, or whose record, is this? Boards are told apart by the names of their fields, feeds by their marks."""

from collections.abc import Mapping, Sequence
from typing import Any

# The fields that give a source away, together; the first that fits wins, so the narrower stand first.
_RECORDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ashby", ("descriptionHtml", "jobUrl")),
    ("ashby", ("descriptionHtml", "isListed")),
    ("gem", ("absolute_url", "location_type")),
    ("gem", ("absolute_url", "content_plain")),
    ("greenhouse", ("absolute_url",)),
    ("lever", ("hostedUrl",)),
    ("workable", ("shortcode", "title")),
    ("recruitee", ("careers_url", "title")),
    ("teamtailor", ("_jobposting",)),
    ("pinpoint", ("title", "compensation_visible")),
    ("pinpoint", ("title", "skills_knowledge_expertise")),
    ("smartrecruiters", ("name", "releasedDate")),
    ("rippling", ("name", "payRangeDetails")),
    ("rippling", ("uuid", "name", "workLocation")),
    ("usajobs", ("MatchedObjectDescriptor",)),
    ("hn", ("month", "html", "id")),
    ("hn", ("parent_id", "story_id", "text")),
    ("hn", ("by", "parent", "text", "time")),
    ("remotive", ("candidate_required_location",)),
    ("jobicy", ("jobTitle", "jobGeo")),
    ("himalayas", ("locationRestrictions", "title")),
    ("remoteok", ("position", "epoch")),
    ("arbeitnow", ("company_name", "job_types", "slug")),
    ("themuse", ("contents", "refs", "levels")),
    ("workday", ("externalPath", "title")),
    ("workday", ("jobPostingInfo",)),
    ("adzuna", ("redirect_url", "adref")),
)
# Words near the beginning of a feed or page.
_MARKS = (
    (b"<workzag-jobs", "personio"),
    (b"<publisher><![CDATA[JazzHR", "jazzhr"),
    (b"<publisher>JazzHR", "jazzhr"),
    (b"weworkremotely.com", "weworkremotely"),
    (b"teamtailor.com/", "teamtailor"),
    (b"<html", "jsonld"),
    (b"<!doctype html", "jsonld"),
)
_LISTS = ("jobs", "postings", "results", "data", "offers", "items", "content", "children", "job_posts", "jobPostings")


def source_of(record: Mapping[str, Any]) -> str:
    """The source whose raw record this is, "" if none.

    >>> source_of({"hostedUrl": "https://jobs.lever.co/x/1"}), source_of({"title": "Chef"})
    ('lever', '')
    """
    if "JobPosting" in str(record.get("@type", "")):
        return "jsonld"
    return next((name for name, fields in _RECORDS if all(field in record for field in fields)), "")


def source_of_markup(body: bytes) -> str:
    """The source whose feed or page this is, "" if none."""
    head = body[:20_000]
    low = head.lower()
    return next((name for mark, name in _MARKS if mark.lower() in low), "")


def inner(whole: Any) -> list[Any] | None:
    """The rows of an answer such as {"jobs": [...]}, or of a list; None for an object that is one row itself."""
    if isinstance(whole, list):
        return whole
    if isinstance(whole, dict):
        nested = whole.get("SearchResult")
        if isinstance(nested, dict) and isinstance(nested.get("SearchResultItems"), list):
            return list(nested["SearchResultItems"])
        for key in _LISTS:
            if isinstance(whole.get(key), list):
                return list(whole[key])
    return None


def source_of_rows(rows: Sequence[Any]) -> str:
    """The source of the first rows that tell; feeds may begin with a notice."""
    return next((name for row in rows[:3] if isinstance(row, dict) and (name := source_of(row))), "")

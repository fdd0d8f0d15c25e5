"""What boards and sites do to a field: escape it twice, write it by hand, leave it null, send a list for a text."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from jobtide.errors import SourceChanged
from jobtide.model import Page, Posting, Request
from jobtide.sources import columns, registry
from jobtide.sources.fields import UnreadFields, noted, shown
from jobtide.sources.money import ranges
from tests.sources.test_boards import walk

AT = datetime(2026, 1, 1, tzinfo=UTC)


def page(body: Any, url: str = "https://curlew.example/jobs/1") -> Page:
    return Page(
        Request("GET", url), "curlew", 200, {}, body if isinstance(body, bytes) else json.dumps(body).encode(), "", AT
    )


def one(source: str, body: Any) -> Posting:
    (found,) = registry.load(source).read([page(body)])
    assert isinstance(found, Posting), found
    return found


def lever(**said: Any) -> Posting:
    return one("lever", [{"id": "a", "text": "Tide Engineer", "hostedUrl": "u"} | said])


def ashby(**said: Any) -> Posting:
    return one(
        "ashby", {"jobs": [{"id": "a", "title": "Tide Engineer", "jobUrl": "u", "descriptionHtml": "<p>x</p>"} | said]}
    )


def greenhouse(**said: Any) -> Posting:
    return one(
        "greenhouse", {"jobs": [{"id": 1, "title": "Tide Engineer", "absolute_url": "u", "content": "x"} | said]}
    )


def site(**said: Any) -> Posting:
    node = json.dumps({"@type": "JobPosting", "title": "Tide Engineer", "description": "<p>Tides</p>"} | said)
    return one("jsonld", f"<html><script type=application/ld+json>{node}</script></html>".encode())


def workday(**said: Any) -> Posting:
    row = {"title": "Tide Engineer", "externalPath": "/job/Cork-Ireland/Tide-Engineer_R-7", "bulletFields": ["R-7"]}
    (found,) = registry.load("workday").read([replace(page({"jobPostings": [row | said]}), board="t.wd1/s")])
    assert isinstance(found, Posting)
    return found


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("R&amp;D Lead", "R&D Lead"),
        ("R&amp;amp;D &#8211; Lead", "R&D – Lead"),
        ("Q&A Lead", "Q&A Lead"),
        ("AT&T; Lead", "AT&T; Lead"),
    ],
)
def test_titles_and_names_are_words_however_often_they_were_escaped(written: str, read: str) -> None:
    assert shown(written) == read
    assert greenhouse(title=written, company_name=written).title == read
    assert greenhouse(title=written, company_name=written).employer == read
    assert site(title=written).title == read


def test_an_address_keeps_what_only_looks_like_an_entity() -> None:
    assert lever(hostedUrl="https://curlew.example/?a=1&copy;=2", text="R&amp;D").url.endswith("&copy;=2")


def test_content_that_was_escaped_twice_is_html_and_code_in_plain_text_is_not() -> None:
    assert greenhouse(content="&amp;lt;p&amp;gt;R&amp;amp;amp;D&amp;lt;/p&amp;gt;").html == "<p>R&amp;D</p>"
    assert site(description="&amp;lt;p&amp;gt;Tides&amp;lt;/p&amp;gt;").html == "<p>Tides</p>"
    assert site(description="Tides &amp; eels").text == "Tides & eels"


@pytest.mark.parametrize(
    ("low", "high", "unit", "read"),
    [
        ("55.000,00", "65.000,00", "year", ("55000.00", "65000.00")),
        ("55.000", None, "year", ("55000", "55000")),
        ("15,50", "18", "hour", ("15.50", "18")),
        ("60k", "80k", "year", ("60000", "80000")),
        (45.125, None, "hour", ("45.125", "45.125")),
        ("competitive", "n/a", "year", None),
    ],
)
def test_amounts_are_read_as_any_country_writes_them(low: Any, high: Any, unit: str, read: Any) -> None:
    found = ranges(low, high, currency="EUR", period=unit, pointer="/p")
    assert (found and (found[0].low, found[0].high)) == ((read and tuple(map(Decimal, read))) or ())


def test_ranges_of_boards_are_ordered_and_their_currency_is_a_code() -> None:
    said = {"min": 60000, "max": "50000", "currency": "usd", "interval": "per-year-salary"}
    parts = [
        None,
        {
            "compensationType": "Salary",
            "interval": "1 YEAR",
            "currencyCode": "usd",
            "minValue": 60000,
            "maxValue": 50000,
        },
    ]
    cents = [None, {"min_cents": 6000000, "max_cents": 5000000, "currency_type": "usd", "title": "Annual"}]
    for found in (
        lever(salaryRange=said),
        ashby(compensation={"compensationTiers": [None, {"title": None, "components": parts}]}),
        greenhouse(pay_input_ranges=cents),
    ):
        assert [(p.low, p.high, p.currency, p.period) for p in found.pay] == [(50000, 60000, "USD", "year")]


@pytest.mark.parametrize("interval", ["semi-month-salary", "bi-week-salary", "one-time", None])
def test_an_interval_that_is_no_period_of_ours_gives_no_pay(interval: Any) -> None:
    assert lever(salaryRange={"min": 1000, "max": 2000, "currency": "USD", "interval": interval}).pay == ()


def test_a_record_without_markup_keeps_its_text_beside_its_lists() -> None:
    found = lever(
        descriptionPlain="We map <tides>.\nDaily.",
        lists=[{"text": "You", "content": "<li>swim</li>"}],
        additionalPlain="Bye.",
    )
    assert found.html == "<p>We map &lt;tides&gt;.<br>Daily.</p>\n<h3>You</h3><ul><li>swim</li></ul>\n<p>Bye.</p>"


@pytest.mark.parametrize("created", [1735689600000, "1735689600000", "2025-01-01T00:00:00Z", "2025-01-01 00:00:00 UTC"])
def test_dates_of_boards_are_read_in_any_way_and_zero_is_none(created: Any) -> None:
    assert str(lever(createdAt=created).first_published).startswith("Stamp(at=datetime.datetime(2025, 1, 1")
    assert lever(createdAt=0).first_published is None


def test_what_says_nothing_is_no_place_and_no_department() -> None:
    found = greenhouse(location=None, departments=[None, {"name": None}, {"name": "Sea"}])
    assert (found.places_raw, found.department) == ((), "Sea")
    assert ashby(location=None, secondaryLocations=[None, {"location": "Cork", "address": None}]).location == "Cork"


def test_one_choice_of_an_employer_s_own_column_is_read() -> None:
    mode = {"name": "Workplace Type", "value_type": "multi_select"}
    assert greenhouse(metadata=[None, mode | {"value": ["Remote"]}]).work_mode_raw == "Remote"
    assert greenhouse(metadata=[mode | {"value": ["Remote", "On-site"]}]).work_mode_raw == ""


@pytest.mark.parametrize("source", ["personio", "teamtailor", "jazzhr"])
def test_a_feed_that_did_not_escape_its_html_is_read_as_html(source: str) -> None:
    body = "We <b>dive</b> &amp; swim.<p>You <i>too</i></p>"
    feeds = {
        "personio": f"<workzag-jobs><position><id>1</id><name>A</name><jobDescriptions><jobDescription><name>We</name>"
        f"<value>{body}</value></jobDescription></jobDescriptions></position></workzag-jobs>",
        "teamtailor": f"<rss><channel><title>C</title><item><title>A</title><link>https://c.teamtailor.com/jobs/1-a</link>"
        f"<description>{body}</description></item></channel></rss>",
        "jazzhr": f"<jobs><job><id>1</id><title>A</title><description>{body}</description></job></jobs>",
    }
    assert one(source, feeds[source].encode()).html.endswith(body)


@pytest.mark.filterwarnings("ignore::jobtide.sources.fields.UnreadFields")
@pytest.mark.parametrize(
    ("salary", "stated"),
    [
        ({"value": {"value": "40000 - 50000", "unitText": "YEAR"}}, (40000, 50000)),
        ({"value": {"minValue": "$60k", "maxValue": "$80k", "unitText": "YEAR"}}, (60000, 80000)),
        ({"value": {"value": "Competitive", "unitText": "YEAR"}}, None),
        ({"value": {"value": "13th month", "unitText": "YEAR"}}, None),
    ],
)
def test_pay_that_a_site_writes_by_hand_costs_the_pay_at_most(salary: Any, stated: Any) -> None:
    found = site(baseSalary={"currency": "USD"} | salary)
    assert [(p.low, p.high) for p in found.pay] == ([stated] if stated else [])


@pytest.mark.parametrize(
    "written", ["3 days ago", "09/06/2026", "2026-9-6", "Invalid date", "2026-02-30", {"@value": "2026-09-06"}]
)
def test_a_date_that_a_site_writes_by_hand_costs_the_date_at_most(written: Any) -> None:
    with noted() as unread:
        found = site(datePosted=written)
    day = found.first_published.at.date().isoformat() if found.first_published else ""
    assert day == ("2026-09-06" if "2026-9" in str(written) or isinstance(written, dict) else "")
    assert ("datePosted (not readable)" in unread.words) == (written in ("Invalid date", "2026-02-30"))


def test_what_cannot_be_read_speaks_where_nobody_notes_it() -> None:
    with pytest.warns(UnreadFields, match="datePosted"):
        site(datePosted="Invalid date")


def test_lists_where_a_site_should_write_words_are_their_words() -> None:
    found = site(title=["Tide Engineer"], description=["<p>Tides</p>", "<p>Eels</p>"])
    assert (found.title, found.html) == ("Tide Engineer", "<p>Tides</p>\n<p>Eels</p>")
    row = {"id": 1, "jobTitle": "A", "jobDescription": "<p>x</p>", "jobGeo": ["USA", "UK"], "url": "u"}
    assert one("jobicy", {"jobs": [row]}).location == "USA, UK"


@pytest.mark.parametrize("bullets", [["Posted on 06/30/2026", "R-7"], ["R-7", "2026-06-30"], ["30 Jun 2026", "R-7"]])
def test_a_day_among_workday_s_bullets_is_a_day_and_no_number(bullets: list[str]) -> None:
    found = workday(bulletFields=bullets, postedOn="Posted 30+ Days Ago")
    assert found.requisition == "R-7"
    assert str(found.last_published).startswith("Stamp(at=datetime.datetime(2026, 6, 30")


@pytest.mark.parametrize(
    "bullets", [["R-7"], ["Cork", "R-7"], ["R-7", "30 Foo 2026"], ["R-7", "03/04/2026"], ["Cork"], None]
)
def test_what_is_no_day_among_workday_s_bullets_dates_nothing(bullets: Any) -> None:
    found = workday(bulletFields=bullets, postedOn="Posted 30+ Days Ago", locationsText="2 locations")
    assert (found.requisition, found.last_published) == (
        "R-7" if bullets and "R-7" in bullets else "".join(bullets or []),
        None,
    )
    assert found.location == "Cork Ireland"


def test_a_list_that_moves_while_it_is_turned_is_not_complete() -> None:
    rows = [[{"id": str(n)} for n in range(100)], [{"id": "99"}, *({"id": str(n)} for n in range(100, 149))]]
    lists = [page({"content": content, "totalFound": 150}) for content in rows]
    urls, ended = walk(registry.load("smartrecruiters").pages("Curlew"), [*lists, *[page(b"<html></html>")] * 149])
    assert (len(urls), len(set(urls)), ended) == (151, 151, "partial")
    items = [[{"MatchedObjectId": str(n)} for n in some] for some in (range(500), [499, *range(500, 549)])]
    results = [page({"SearchResult": {"SearchResultItems": some, "SearchResultCountAll": 550}}) for some in items]
    urls, ended = walk(registry.load("usajobs").pages("Keyword=tides"), results)
    assert (len(urls), ended) == (2, "partial")


def test_a_sitemap_that_is_none_costs_only_itself() -> None:
    bodies = (
        b"Sitemap: https://curlew.example/feed\nSitemap: https://curlew.example/jobs.xml",
        b"<!doctype html><p>Not found",
        b"<urlset><url><loc>https://curlew.example/jobs/1</loc></url></urlset>",
        b"<html></html>",
    )
    pages = [page(body, f"https://curlew.example/{number}") for number, body in enumerate(bodies)]
    urls, ended = walk(registry.load("jsonld").pages("curlew.example"), pages)
    assert (urls[-1], ended) == ("https://curlew.example/jobs/1", "partial")


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("title", ["jobTitle", "Job Title", "job.title"]), ("employer", ["Company-Name"]), ("text", ["jobDescription"]),
        ("pay_min", ["salaryMin"]), ("posted", ["datePosted"]), ("taken", ["scrapedAt"]), ("remote", ["isRemote"]),
    ],
)  # fmt: skip
def test_a_column_is_known_however_its_name_is_joined(field: str, names: list[str]) -> None:
    assert [columns.plan([name, "x"], {}) for name in names] == [{field: name} for name in names]


def test_of_two_columns_by_nearly_one_name_the_first_counts_unless_one_is_named() -> None:
    assert columns.plan(["Job Title", "job_title"], {})["title"] == "Job Title"
    assert columns.plan(["Job Title", "job_title"], {"job_title": "title"})["title"] == "job_title"
    assert columns.plan(["Job Title", "Ort"], {"ort": "city"}) == {"title": "Job Title", "city": "Ort"}


@pytest.mark.parametrize(("kind", "mode"), [("Onsite", "Onsite"), ("hybrid", "hybrid"), ("Full-time", ""), ("", "")])
def test_a_job_type_that_is_a_work_mode_is_one(kind: str, mode: str) -> None:
    row = {"job_title": "Tide Engineer", "job_type": kind}
    assert columns.posting(row, columns.plan(row, {}), board="b").work_mode_raw == mode
    assert (
        columns.posting(row | {"is_remote": "True"}, columns.plan([*row, "is_remote"], {}), board="b").work_mode_raw
        == "remote"
    )


COUNTED = {
    "smartrecruiters": ("Curlew", {"content": [{"id": "1"}]}, "totalFound"),
    "themuse": ("Tides", {"results": []}, "page_count"),
    "rippling": ("curlew", {"items": [{"id": "1"}]}, "totalPages"),
    "workday": ("curlew.wd1/Site", {"jobPostings": []}, "total"),
}


@pytest.mark.parametrize("said", [None, "many", [], True, 1.5])
@pytest.mark.parametrize("source", COUNTED)
def test_a_list_that_no_longer_says_how_long_it_is_is_not_complete(source: str, said: Any) -> None:
    board, answer, field = COUNTED[source]
    with pytest.raises(SourceChanged, match=field):
        walk(registry.load(source).pages(board), [page(answer | {field: said})] * 3)


@pytest.mark.parametrize("said", [None, "many"])
def test_a_search_that_no_longer_says_how_long_it_is_is_not_complete(said: Any) -> None:
    found = {"SearchResult": {"SearchResultItems": [{"MatchedObjectId": "1"}], "SearchResultCountAll": said}}
    with pytest.raises(SourceChanged, match="SearchResultCountAll"):
        walk(registry.load("usajobs").pages("Keyword=tides"), [page(found)] * 3)


@pytest.mark.parametrize(
    ("links", "ended"), [({"next": None}, "complete"), ({"first": "x"}, "partial"), (None, "partial")]
)
def test_a_list_that_no_longer_says_where_it_goes_on_is_not_complete(links: Any, ended: str) -> None:
    answer = page({"data": [{"slug": "a"}], "links": links})
    assert walk(registry.load("arbeitnow").pages("all"), [answer]) == (
        ["https://www.arbeitnow.com/api/job-board-api"],
        ended,
    )

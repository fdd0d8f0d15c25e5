"""Employers' own sites: whatever frames the data, whatever the sitemap is made of."""

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Page, Posting, Request
from jobtide.sources import jsonld, registry, sitemap
from tests.sources.test_boards import walk

NODE: dict[str, Any] = {"@type": "JobPosting", "title": "Eel Scientist", "description": "<p>Eels</p>"}
AT = datetime(2025, 11, 3, tzinfo=UTC)


def page(body: bytes | str, url: str = "https://eels.example/jobs/1", status: int = 200) -> Page:
    return Page(
        Request("GET", url), "eels.example", status, {}, body.encode() if isinstance(body, str) else body, "", AT
    )


def script(words: str, kind: str = 'type="application/ld+json"') -> str:
    return f"<html><head><script {kind}>{words}</script></head></html>"


@pytest.mark.parametrize(
    "html",
    [
        script(json.dumps(NODE)),
        script(json.dumps(NODE), "type=application/ld+json"),
        script(json.dumps(NODE), "type='APPLICATION/LD+JSON; charset=utf-8' nonce=x"),
        script(json.dumps([[NODE]])),
        script(json.dumps({"@graph": [{"@type": "Organization"}, NODE]})),
        script(json.dumps({"@type": "WebPage", "mainEntity": NODE})),
        script(json.dumps({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": NODE}]})),
        script(f"<!--\n{json.dumps(NODE)}\n-->"),
        script(f"//<![CDATA[\n{json.dumps(NODE)}\n//]]>"),
        script(f"/*<![CDATA[*/{json.dumps(NODE)}/*]]>*/"),
        script(json.dumps(NODE)[:-1] + ",}"),
        script(f"<!--\n{json.dumps(NODE)}\n//-->"),
        script("\ufeff" + json.dumps(NODE)),
        script(json.dumps({"@type": "Organization", "name": "{E}"}) + "\n" + json.dumps(NODE)),
        script(json.dumps(NODE | {"url": "?a"}).replace("?a", r"?a=1\x26b=2")),
        script(json.dumps(NODE | {"@type": "jobPosting"})),
        script(json.dumps(NODE).replace('"', "&quot;")),
        script(json.dumps(NODE | {"@type": ["Thing", "http://schema.org/JobPosting"]})),
        script("{broken") + script(json.dumps(NODE)),
        script(json.dumps(NODE).replace("<p>Eels</p>", "<p>Eels</p>\n")),
    ],
)
def test_a_posting_is_found_in_every_frame(html: str) -> None:
    (found,) = jsonld.nodes(html)
    assert (found["title"], found["description"].strip()) == ("Eel Scientist", "<p>Eels</p>")


def test_microdata_is_read_where_there_is_no_json() -> None:
    html = """<div itemscope itemtype="https://schema.org/JobPosting"><span itemprop="title">Eel Scientist</span>
      <div itemprop="jobLocation" itemscope itemtype="https://schema.org/Place"><div itemprop="address" itemscope
      itemtype="https://schema.org/PostalAddress"><span itemprop="addressLocality">Ely</span></div></div>
      <time itemprop="datePosted" datetime="2025-10-01">yesterday</time></div>"""
    (found,) = registry.load("jsonld").read([page(html)])
    assert isinstance(found, Posting)
    assert (found.title, found.location, str(found.first_published)[:44]) == (
        "Eel Scientist", "Ely", "Stamp(at=datetime.datetime(2025, 10, 1, 0, 0",
    )  # fmt: skip


PAY = {"@type": "MonetaryAmount", "currency": "EUR"}


@pytest.mark.parametrize(
    ("salary", "stated"),
    [
        (PAY | {"value": {"minValue": 50000, "maxValue": 60000, "unitText": "YEAR"}}, [("50000", "60000", "year")]),
        (PAY | {"value": {"value": 25.5, "unitText": "hour"}}, [("25.5", "25.5", "hour")]),
        (PAY | {"value": 4000, "unitText": "MONTH"}, [("4000", "4000", "month")]),
        (PAY | {"minValue": 1, "maxValue": 2, "unitText": "DAY"}, [("1", "2", "day")]),
        ([PAY | {"value": {"value": 1, "unitText": "DAY"}}, PAY | {"value": {"value": 2, "unitText": "DAY"}}],
         [("1", "1", "day"), ("2", "2", "day")]),
        (PAY | {"value": {"minValue": 50000, "maxValue": 60000}}, []),  # no period: not guessed
        ({"value": {"value": 50000, "unitText": "YEAR"}}, []),  # no currency
        (PAY | {"value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, []),
        (50000, []), ("50000 EUR", []),
    ],
)  # fmt: skip
def test_pay_needs_amount_currency_and_period(salary: Any, stated: list[tuple[str, str, str]]) -> None:
    (found,) = registry.load("jsonld").read([page(script(json.dumps(NODE | {"baseSalary": salary})))])
    assert isinstance(found, Posting)
    assert [(str(p.low), str(p.high), p.period) for p in found.pay] == stated


@pytest.mark.parametrize(
    ("location", "printed"),
    [
        ("Ely", ["Ely"]),
        ({"address": "Ely, England"}, ["Ely, England"]),
        ({"name": "Head office", "address": {"addressLocality": "Ely"}}, ["Head office"]),
        ({"address": {"addressLocality": "Ely", "addressCountry": {"name": "UK"}}}, ["Ely, UK"]),
        ([{"address": {"addressLocality": "Ely"}},
          {"address": [{"addressLocality": "March"}, {"addressLocality": "Ely"}]}], ["Ely", "March"]),
        ({}, []), (None, []),
    ],
)  # fmt: skip
def test_places_come_in_any_form_each_once(location: Any, printed: list[str]) -> None:
    (found,) = registry.load("jsonld").read([page(script(json.dumps(NODE | {"jobLocation": location})))])
    assert isinstance(found, Posting)
    assert [place.text for place in found.places_raw] == printed


def test_what_was_valid_until_yesterday_is_closed_and_a_site_without_postings_says_why() -> None:
    old = page(script(json.dumps(NODE | {"validThrough": "2025-11-02"})))
    assert list(registry.load("jsonld").read([old])) == []
    with pytest.raises(SourceChanged, match="by script"):
        list(registry.load("jsonld").read([page("<html><div id=app></div></html>")]))


URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def loc(url: str, changed: str = "") -> str:
    return f"<url><loc>{url}</loc>{f'<lastmod>{changed}</lastmod>' if changed else ''}</url>"


def in_parts(body: bytes) -> bytes:
    """gzip of two members, as log shippers and some sitemap makers write it."""
    return gzip.compress(body[:30]) + gzip.compress(body[30:])


@pytest.mark.parametrize("pack", [bytes, gzip.compress, in_parts], ids=["plain", "gzip", "gzip in parts"])
def test_sitemaps_are_read_packed_or_not_and_speak_for_their_own_site_only(pack: Any) -> None:
    body = URLSET.format(
        loc("https://www.eels.example/jobs/1") + loc("https://other.example/jobs/2") + loc("http://[half")
    ).encode()
    here, further = sitemap.entries(page(pack(body), "https://eels.example/sitemap.xml"))
    assert ([one.url for one in here], further) == (["https://www.eels.example/jobs/1"], [])


@pytest.mark.parametrize(
    "body",
    [b"<html></html>", b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><urlset><url><loc>&a;</loc></url></urlset>",
     gzip.compress(b"<urlset/>")[:-9], b"<urlset><url>"],
)  # fmt: skip
def test_what_is_no_sitemap_is_said_not_read(body: bytes) -> None:
    with pytest.raises(SourceChanged):
        sitemap.entries(page(body, "https://eels.example/sitemap.xml"))


def test_a_large_site_is_read_newest_first_and_in_part() -> None:
    urls = "".join(loc(f"https://eels.example/jobs/{n}", f"2025-10-{n % 28 + 1:02}") for n in range(600))
    first = page(URLSET.format(urls), "https://eels.example/sitemap.xml")
    asked = registry.load("jsonld").pages("https://eels.example/sitemap.xml")
    (_, *seen), completeness = walk(asked, [first, *[page("x")] * 600])
    assert completeness == "partial"
    assert len(seen) == len(set(seen)) == 500
    assert seen[0] == "https://eels.example/jobs/27"  # the first that changed on the 28th
    assert "https://eels.example/jobs/0" not in seen  # of the 1st, the oldest day


def test_one_page_is_asked_for_alone_and_closes_nothing() -> None:
    asked = registry.load("jsonld").pages("https://eels.example/jobs/1")
    assert next(asked).url == "https://eels.example/jobs/1"
    with pytest.raises(StopIteration) as stop:
        asked.send(page("x"))
    assert stop.value.value == "partial"


def test_a_posting_that_cannot_be_read_is_set_aside_and_named() -> None:
    broken = page(script('{"@type": "JobPosting", "title": "Half'), "https://eels.example/jobs/2")
    found = list(registry.load("jsonld").read([page(script(json.dumps(NODE))), broken]))
    assert isinstance(found[0], Posting)
    url = "https://eels.example/jobs/2"
    assert found[1] == Bad(2, "a JobPosting that is no valid JSON", url, source_id="/jobs/2")


def test_an_address_that_is_printed_under_other_places_names_too_is_its_own_place_s_only() -> None:
    address = {"addressLocality": "Ely", "addressRegion": "Cambs", "addressCountry": "GB"}
    places = [{"@type": "Place", "name": name, "address": address} for name in ("Ely, Cambs", "Wells", "Ripon")]
    (found,) = registry.load("jsonld").read([page(script(json.dumps(NODE | {"jobLocation": places})))])
    assert isinstance(found, Posting)
    assert [(p.text, p.city, p.country) for p in found.places_raw] == [
        ("Ely, Cambs", "Ely", "GB"), ("Wells", "", ""), ("Ripon", "", ""),
    ]  # fmt: skip
    (one,) = registry.load("jsonld").read([page(script(json.dumps(NODE | {"jobLocation": places[1]})))])
    assert isinstance(one, Posting)
    assert one.places_raw[0].city == "Ely"

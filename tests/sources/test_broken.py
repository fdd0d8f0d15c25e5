"""Whatever a board sends, reading it raises SourceChanged or sets rows aside; nothing else."""

import json
import warnings
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.errors import SourceChanged
from jobtide.model import Bad, Posting
from jobtide.sources import registry
from jobtide.sources.fields import UnreadFields
from tests.sources.test_boards import GOLDEN, PAGES, page, saved

CRAWLS = {path.parent.name: saved(path) for path in PAGES}
SOURCES = sorted(CRAWLS)
LISTS = ("jobs", "offers", "data", "items", "content", "results", "SearchResultItems", "jobPostings")
# A comment without words is a deleted one, and pages of their own have no list.
LISTED = [source for source in SOURCES if source not in ("hn", "jsonld") and CRAWLS[source][0].body[:1] in b"[{"]


@pytest.mark.filterwarnings("ignore::jobtide.sources.fields.UnreadFields")
@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"<html><body>Please log in</body></html>", b"not json", b"null", b"42", b'{"jobs": null}',
     b'{"jobs": [', b'{"jobs":[1,2]}', b"[1,2]", b'[{"id":null}]', b'{"jobs":[{}]}', b"[" * 100_000,
     b'{"jobs":[{"id":"x","title":null}]}', b"\xff\xfe\x00", b'{"jobs": NaN}'],
)  # fmt: skip
def test_a_page_that_is_no_board_names_itself(source: str, body: bytes) -> None:
    with pytest.raises(SourceChanged) as error:
        list(registry.load(source).read([page("x", body)]))
    assert len(str(error.value)) > 20


def records(whole: Any) -> list[Any]:
    """The list of records in an answer, however deep it stands."""
    if isinstance(whole, list):
        return whole
    return next(
        value if key in LISTS else records(value) for key, value in whole.items() if key in (*LISTS, "SearchResult")
    )


@pytest.mark.filterwarnings("ignore::jobtide.sources.fields.UnreadFields")
@pytest.mark.parametrize("source", LISTED)
def test_one_broken_record_costs_only_itself(source: str) -> None:
    first, *others = CRAWLS[source]
    whole = json.loads(first.body)
    records(whole).insert(1, {"id": "broken"})
    found = list(registry.load(source).read([replace(first, body=json.dumps(whole).encode()), *others]))
    bad = [f for f in found if isinstance(f, Bad)]
    assert [(b.row, b.source_id) for b in bad] == [(2, "broken")]
    assert "a record has no" in bad[0].reason
    assert any(isinstance(f, Posting) for f in found)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(SOURCES), st.data())
def test_cut_and_changed_bytes_never_raise_anything_else(source: str, data: st.DataObject) -> None:
    pages = list(CRAWLS[source])
    number = data.draw(st.integers(0, len(pages) - 1))
    body = bytearray(pages[number].body)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
    pages[number] = replace(pages[number], body=bytes(body[: data.draw(st.integers(0, len(body)))]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnreadFields)  # a changed letter in a field's name
        try:
            found = list(registry.load(source).read(pages))
        except SourceChanged:
            return
    assert all(isinstance(f, Posting | Bad) for f in found)


@pytest.mark.parametrize("value", ["\ud800", 10**400, {"a": []}, [[]], True, -1, "x" * 10_000])
@pytest.mark.parametrize("field", ["publishedAt", "compensation", "location", "employmentType", "descriptionHtml"])
def test_odd_values_in_a_known_field_are_read_or_set_aside(field: str, value: Any) -> None:
    whole = json.loads(CRAWLS["ashby"][0].body)
    whole["jobs"][0][field] = value
    found = list(registry.load("ashby").read([page("x", json.dumps(whole).encode())]))
    assert len(found) == 2


ODD = (None, True, -1, 0, 10**400, "", "x", "\ud800", [], {}, [[]], [None], {"a": []}, 1.5)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a JSON value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SOURCES), st.data())
def test_any_value_of_another_type_is_read_set_aside_or_named(source: str, data: st.DataObject) -> None:
    pages = list(CRAWLS[source])
    numbers = [n for n, page in enumerate(pages) if page.body[:1] in b"[{"]
    if not numbers:
        return
    number = data.draw(st.sampled_from(numbers))
    whole = json.loads(pages[number].body)
    for _ in range(data.draw(st.integers(1, 3))):
        container, key = data.draw(st.sampled_from(places(whole) or [([0], 0)]))
        container[key] = deepcopy(data.draw(st.sampled_from(ODD)))
    pages[number] = replace(pages[number], body=json.dumps(whole).encode())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnreadFields)
        try:
            found = list(registry.load(source).read(pages))
        except SourceChanged:
            return
    assert all(isinstance(f, Posting | Bad) for f in found)
    assert all(f.version and f.key for f in found if isinstance(f, Posting))


def test_the_pages_folder_is_walked() -> None:
    assert isinstance(GOLDEN, Path)
    assert len(SOURCES) >= 3

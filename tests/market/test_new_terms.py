"""A term that the vocabulary lacks is found beside known skills, with its quote; other words are not."""

import pytest

from jobtide.errors import NotSupported
from jobtide.market.ask import ask
from jobtide.market.explain import explain
from jobtide.market.filters import Filters
from jobtide.market.new_terms import beside
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting
from tests.market.over_time import crawl, month

TOOL = "Quibblestream"  # no such tool


def _at(text: str, *words: str) -> list[tuple[int, int]]:
    data = text.encode()
    return [(data.index(word.encode()), data.index(word.encode()) + len(word.encode())) for word in words]


@pytest.mark.parametrize(
    ("text", "known", "found"),
    [
        ("Python, Quibblestream and dbt", ("Python", "dbt"), ["Quibblestream"]),
        ("Naïve café – Python/Wobble DB, tooling", ("Python",), ["Wobble DB"]),
        ("Python, dbt\nZorp, Blimp", ("Python", "dbt"), []),  # another line
        ("Python, Zorp, Blimp", ("Python",), ["Zorp"]),  # only next to a known one
        ("Acme | Berlin | Python", ("Python",), []),  # a headline
        ("Python, Senior Engineers, Full-time", ("Python",), []),
        ("Python, everything that one needs to run a shop", ("Python",), []),
        ("Python, 2020", ("Python",), []),
    ],
)
def test_items_of_a_list_next_to_a_known_skill(text: str, known: tuple[str, ...], found: list[str]) -> None:
    assert [term for term, _ in beside(text, _at(text, *known))] == found


def _two_years(make: Make, *, small: int) -> Snapshot:
    """Twenty openings a month, that all name Python and "tooling"; twelve of the second year's list the new tool too.

    ``small`` of the twelve write it without a capital.
    """
    postings, facts, crawls, texts = [], [], [], {}
    for number in range(24):
        crawls.append(crawl(number, month(number)))
        for e in range(20):
            key, version = f"hn:thread:{number}-{e}", f"{number}-{e}"
            row = posting(0, f"e{e:02d}", "ml_engineer") | {"posting": key, "vacancy": key, "version": version}
            postings.append(row | {"source": "hn", "board": "thread", "seen_at": month(number)})
            listed = f", {TOOL.lower() if e < small else TOOL}" if number >= 12 and e < 12 else ""
            texts[version] = f"You know tooling, Python{listed} and dbt."
            facts.append(fact(version, 0, "skill", "python", start=18, end=24))
    return make(postings, facts, crawls=crawls, texts=texts)


def test_a_new_tool_is_found_with_its_quote(make: Make) -> None:
    shot = _two_years(make, small=4)
    figure = ask("new_terms", shot, Filters())
    (tool,) = figure.rows  # tooling stands there all the time and is written small
    assert (tool.key, tool.label, tool.flag) == (TOOL.lower(), TOOL, "")
    assert (tool.more["before"], tool.more["after"], tool.more["named"]) == (0.0, 0.6, 144)
    assert tool.more["naming_employers"] == 12
    assert TOOL.lower() in str(tool.more["quote"]).lower()
    found = explain(shot, f"{figure.id}#{tool.key}")
    assert found.openings == 144
    assert len(found.evidence) == 1


def test_what_is_mostly_written_small_is_no_name(make: Make) -> None:
    assert ask("new_terms", _two_years(make, small=6), Filters()).rows == ()


def test_a_pack_holds_no_texts_to_look_in(make: Make) -> None:
    rows = [posting(n, f"e{n}", "ml_engineer") for n in range(40)]
    crawls = [crawl(n, month(n), source="ashby", board=f"e{e}") for n in range(12) for e in range(40)]
    with pytest.raises(NotSupported, match="texts"):
        ask("new_terms", make(rows, crawls=crawls), Filters())

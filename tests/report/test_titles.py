"""What does the title of a figure of differences say, and only where it is clear?"""

from typing import Any

import pytest

from jobtide.report import phrases, trace
from jobtide.report.titles import title


def record(figure: str, unit: str, chart: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"figure": figure, "id": "abc123abc123", "title": "Own title", "unit": unit, "chart": chart, "rows": rows}


def row(label: str, value: float, q: float, **more: Any) -> dict[str, Any]:
    known = {"low": value - 0.11, "high": value + 0.11, "n": 94, "employers": 47, "flag": "", "clear": ""}
    return {"key": label.lower(), "label": label, "value": value, "q": q, **known, **more}


def said(found: dict[str, Any]) -> str:
    return "".join(span if isinstance(span, str) else span.text for span in title(found))


def test_pay_that_goes_with_a_skill_is_named_only_where_it_is_clear() -> None:
    unsure = row("Docker", 0.1, 0.58)
    made = ("premium", "share of pay", "forest")
    assert said(record(*made, unsure)) == "No skill goes with a clearly different pay within one employer"
    clear = [row("Rust", 0.2, 0.03, clear="yes"), row("Perl", -0.15, 0.01, clear="yes")]
    assert said(record(*made, unsure, *clear)) == "Goes with another pay most clearly: Perl, -15% (-26 to -4)"


def test_what_moved_is_named_only_where_it_could_hardly_be_chance() -> None:
    chance = row("Docker", 0.1, 0.3, flag="no clear change")
    for figure, none, one in (
        ("rising", "No skill gained ground clearly", "Gained ground most clearly: Rust, +20 pp (+9.0 pp to +31 pp)"),
        ("falling", "No skill lost ground clearly", "Lost ground most clearly: Rust, +20 pp (+9.0 pp to +31 pp)"),
    ):
        made = (figure, "change in share of openings", "change")
        assert said(record(*made, chance)) == none
        assert said(record(*made, row("Rust", 0.2, 0.01), chance)) == one
    assert phrases.moved(record("rising", "change in share of openings", "change", chance)) == []


def test_two_groups_differ_where_the_difference_is_clear_not_where_the_share_is_largest() -> None:
    alike = row("Python", 0.66, 0.9, rest=0.64, difference=0.02)
    made = ("entry", "share of openings", "contrast")
    assert said(record(*made, alike)) == "No difference is clear"
    apart = row("Excel", 0.2, 0.01, rest=0.05, difference=0.15, clear="yes")
    assert said(record(*made, alike, apart)) == "Differs most clearly: Excel, 20% beside 5%"


@pytest.mark.parametrize("value", [-0.298, -0.0141, 0.094])
def test_a_change_is_traced_to_its_row_whichever_way_it_went(value: float) -> None:
    from jobtide.market import words

    for text in (words.points(value), words.percent(value)):
        assert set(trace.numbers(text)) <= trace.tokens({"value": value})


def test_what_hardly_anything_names_is_not_called_frequent() -> None:
    rare = [row("Databricks", 0.002, 1.0, low=0.0, high=0.02), row("Tableau", 0.001, 1.0, low=0.0, high=0.02)]
    assert said(record("certificates", "share of openings", "bars", *rare)) == (
        "Hardly named; most often Databricks, 0.2% (0 to 2)"
    )


def test_where_most_openings_do_not_say_the_title_says_so_first() -> None:
    rows = [row("unknown", 0.83, 1.0, flag="unknown"), row("startup", 0.12, 1.0), row("public", 0.06, 1.0)]
    assert said(record("employer_kinds", "share of openings", "bars", *rows)) == (
        "83% (72 to 94) do not say; said most often: startup, 12% (1 to 23)"
    )
    rows[0]["value"] = 0.4
    assert said(record("employer_kinds", "share of openings", "bars", *rows)) == "Most often: startup, 12% (1 to 23)"


def test_the_share_open_to_beginners_is_no_ranking_of_its_parts() -> None:
    rows = [row("entry", 0.11, 1.0, low=0.08, high=0.14), row("internships", 0.03, 1.0)]
    assert (
        said(record("entry", "share of openings", "bars", *rows)) == "11% (8 to 14) of openings are open to beginners"
    )

"""Are charts offline, in order, described, and the same every time?"""

import json
import sys

import pytest

from jobtide.errors import MissingExtra, UsageError
from jobtide.market import charts, theme
from jobtide.market.coverage import coverage
from jobtide.market.filters import parse
from jobtide.market.hiring_lab import ai_share
from jobtide.market.official import official
from jobtide.market.pay import pay
from jobtide.market.skills import skills
from jobtide.store.snapshot import Snapshot

pytest.importorskip("vl_convert")


def test_names_are_sorted_by_a_field_of_their_own(small: Snapshot) -> None:
    spec = charts.chart(skills(small, parse()))
    assert spec["encoding"]["y"]["sort"]["field"] == "order"
    assert [row["order"] for row in spec["data"]["values"]] == list(range(len(spec["data"]["values"])))


def test_a_withheld_cell_is_not_drawn_but_its_landmark_is(small: Snapshot) -> None:
    # 30 data scientists of 6 employers state pay: shown. No AI engineer: no row at all.
    spec = charts.chart(official(small, parse(), by="role"))
    rows = {row["name"]: row for row in spec["data"]["values"]}
    assert set(rows) == {"All roles counted here", "ML engineer", "Data scientist"}
    assert rows["ML engineer"]["official"] == 120_230
    assert rows["ML engineer"]["said"] == "n = 60"


def test_rows_of_jobs_are_in_the_table_only(small: Snapshot) -> None:
    figure = official(small, parse(), by="role")
    assert any(row.more["base"] == "jobs" for row in figure.rows)
    assert all(row["base"] == "openings" for row in charts.chart(figure)["data"]["values"])


def test_every_chart_draws_in_both_widths(small: Snapshot) -> None:
    for figure in (
        skills(small, parse()),
        pay(small, parse(), by="role"),
        official(small, parse(), by="state"),
        coverage(small, parse()),
        ai_share(small, parse(), by="month"),
        ai_share(small, parse()),
    ):
        for width in (theme.WIDE, theme.NARROW):
            spec = charts.chart(figure, width=width)
            assert figure.title in spec["description"]
            assert b"<svg" in charts.render(spec, "svg")


def test_a_line_chart_highlights_the_first_country(small: Snapshot) -> None:
    spec = charts.chart(ai_share(small, parse(country="DE"), by="month"))
    assert {row["series"] for row in spec["data"]["values"] if row["main"]} == {"Germany"}
    ends = [row["placed"] for row in spec["layer"][1]["data"]["values"]]
    assert len(ends) == 9
    assert min(b - a for a, b in zip(sorted(ends), sorted(ends)[1:], strict=False)) > 0.001  # labels do not overlap


def test_drawing_twice_gives_the_same_bytes(small: Snapshot) -> None:
    spec = charts.chart(pay(small, parse(), by="role"))
    first = charts.render(spec, "svg")
    charts.render(charts.chart(skills(small, parse())), "svg")
    assert charts.render(spec, "svg") == first
    assert charts.render(spec, "png").startswith(b"\x89PNG")


def test_nothing_is_fetched_while_drawing() -> None:
    spec = theme.framed(
        {"data": {"url": "http://127.0.0.1:9/rows.json"}, "mark": "point", "encoding": {}},
        title="t", subtitle=["s"], description="d", width=100,
    )  # fmt: skip
    with pytest.raises(ValueError, match="not allowed"):
        charts.render(spec, "svg")


def test_a_specification_is_plain_json(small: Snapshot) -> None:
    spec = charts.chart(official(small, parse(), by="state"))
    assert json.loads(json.dumps(spec)) == spec
    assert "http" not in json.dumps({k: v for k, v in spec.items() if k != "$schema"})


def test_without_the_renderer_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtra, match=r"\[serve\]"):
        charts.render({}, "svg")


def test_another_image_format_is_an_error() -> None:
    with pytest.raises(UsageError, match="svg or png"):
        charts.render({}, "gif")

"""Figures on a terminal: aligned, within 80 columns, no number without its n."""

from typing import Any

import pytest

from jobtide.cli import demo_page, table
from jobtide.report import tabular

_ROW = {
    "key": "python",
    "label": "python",
    "value": 0.731,
    "low": 0.66,
    "high": 0.79,
    "n": 179,
    "employers": 141,
    "flag": "",
}


def _figure(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "figure": "skills", "id": "0123456789ab", "title": "Share of openings that name each skill",
        "unit": "share of openings",
        "base": {"n": 179, "employers": 141, "effective_employers": 90.0, "filters": {}, "excluded": {}},
        "as_of": "2025-10-25", "snapshot": "abc", "sources": [], "rows": rows, "method": "Openings counted once.",
        "caveats": ["One crawl."], "examples": [], "chart": None,
    }  # fmt: skip


def test_lines_fit_and_say_what_they_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out = table.lines(_figure([_ROW, _ROW | {"key": "x", "label": "a very long name " * 6, "value": 0.02}]))
    assert all(len(line) <= 80 for line in out)
    assert "n = 179 openings of 141 employers" in out[1]
    assert any("73%" in line and "66 to 79" in line and "179" in line for line in out)


def test_a_withheld_cell_says_so_instead_of_a_number() -> None:
    row = _ROW | {"value": None, "low": None, "high": None, "n": 12, "flag": "too few (n = 12)"}
    assert any("too few (n = 12)" in line for line in table.table([row], "share of openings"))


def test_withheld_rows_lead_to_the_broader_group_and_its_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    few = _ROW | {"value": None, "low": None, "high": None, "n": 12, "flag": "too few"}
    offer = {"broader": "jobtide market skills", "broader_label": "all together", "broader_value": 0.5, "broader_n": 99}
    said = table.lines(_figure([_ROW, few | offer]))
    assert any(line.endswith("too few; all together: 50%, n = 99") for line in said)
    assert "1 row holds too few to be shown" in " ".join(said)
    assert "  jobtide market skills (all together: 50%, n = 99)" in said
    assert table.broader([_ROW], "share of openings") == []  # nothing is withheld
    none = few | {"broader": None, "broader_reason": "no broader group can be shown: all roles has 3 openings"}
    assert "so does every broader group" in " ".join(table.broader([none], "share of openings"))


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", '"=1'])
def test_no_cell_of_a_csv_is_a_live_formula(start: str) -> None:
    assert str(tabular.neutral(start)).startswith("'")


@pytest.mark.parametrize(("plain", "bar", "line"), [(False, "██", "▁▅█"), (True, "##", "_*^")])
def test_bars_and_lines_in_blocks_or_plain_signs(
    monkeypatch: pytest.MonkeyPatch, plain: bool, bar: str, line: str
) -> None:
    monkeypatch.setattr(table, "plain", lambda: plain)
    assert table.bar(0.5, 1.0, 4) == bar
    assert demo_page.spark([1.0, 2.0, 3.0]) == line

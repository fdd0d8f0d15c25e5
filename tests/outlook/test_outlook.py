"""The figure: rows with intervals, the evaluation beside them, refusals that say why."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from jobtide.cli import app
from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market import breaks, charts
from jobtide.market.ask import ask
from jobtide.market.explain import explain
from jobtide.market.filters import Filters
from jobtide.market.outlook import lines, of_table
from jobtide.store.snapshot import Snapshot

PACK = Path(__file__).resolve().parents[2] / "src" / "jobtide" / "data" / "pack"


@pytest.fixture(scope="module")
def pack() -> Iterator[Snapshot]:
    with Snapshot.open(PACK) as shot:
        yield shot


def weekly(n: int, *groups: str) -> str:
    """``n`` weeks of a walk, one a group."""
    out = ["day,country,x"]
    for k, group in enumerate(groups):
        values = 100 + np.cumsum(np.random.default_rng(k).normal(0, 1, n))
        out += [f"{date(2022, 1, 2) + timedelta(weeks=i)},{group},{value:.3f}" for i, value in enumerate(values)]
    return "\n".join(out) + "\n"


def test_rows_carry_date_value_and_both_intervals() -> None:
    found = of_table(weekly(200, "US", "GB"), name="x.csv", day="day", value="x", group="country").to_json()
    assert len(found["rows"]) == 26
    for row in found["rows"]:
        assert row["low95"] <= row["low80"] <= row["value"] <= row["high80"] <= row["high95"]
    # 200 weeks from 2 January 2022 end on 26 October 2025.
    assert [row["date"] for row in found["rows"]][:2] == ["2025-11-02", "2025-11-09"]
    assert {row["group"] for row in found["rows"]} == {"GB", "US"}
    methods = {score["method"] for score in found["groups"][0]["evaluation"]}
    assert methods >= {"last", "seasonal_naive", "drift", "theta", "ets", "ensemble", "published"}


def test_the_same_table_gives_the_same_figure() -> None:
    one, two = (of_table(weekly(120, "US"), name="x.csv", day="day", value="x") for _ in range(2))
    assert one.to_json() == two.to_json()


def test_a_short_group_is_named_and_the_rest_is_forecast() -> None:
    table = weekly(120, "US") + "2025-01-05,FR,3\n2025-01-12,FR,4\nx,FR,5\n"
    found = of_table(table, name="x.csv", day="day", value="x", group="country")
    assert [group["group"] for group in found.groups] == ["US"]
    assert any("FR: too short (n = 2 weeks)" in note for note in found.notes)
    assert any("1 rows could not be read: row 123" in note for note in found.notes)


def test_only_short_groups_are_too_few() -> None:
    with pytest.raises(TooFew, match="too short"):
        of_table(weekly(10, "US"), name="x.csv", day="day", value="x")


def test_bundled_series_and_what_our_own_base_cannot_carry(pack: Snapshot) -> None:
    found = ask("outlook", pack, Filters(), horizon="6m").to_json()
    assert (found["groups"][0]["unit"], len(found["rows"])) == ("months", 6)
    assert found["sources"][0]["name"] == "Indeed Hiring Lab"
    with pytest.raises(NotSupported, match="24 complete monthly crawls"):
        ask("outlook", pack, Filters(), series="own")
    with pytest.raises(UsageError, match="no series 'nope'"):
        ask("outlook", pack, Filters(), series="nope")


def test_a_shift_of_growth_is_found_where_it_is() -> None:
    noise = np.random.default_rng(0).normal(0, 0.003, 100)
    values = 100 * np.exp(np.cumsum(np.where(np.arange(100) < 60, 0.0, 0.02) + noise))
    days = [date(2023, 1, 1) + timedelta(weeks=i) for i in range(100)]
    found = breaks.change_points(values, days)
    assert len(found) == 1
    assert abs((found[0].day - days[60]).days) <= 28
    assert breaks.change_points(np.full(60, 3.0), days[:60]) == []


def test_known_breaks_have_a_source_and_stand_in_the_period() -> None:
    found = breaks.known("hiring_lab", date(2020, 1, 1), date(2025, 12, 31))
    assert found
    assert all(event.source and not event.found for event in found)
    assert breaks.known("hiring_lab", date(2030, 1, 1), date(2031, 1, 1)) == []


def test_the_command_prints_a_table_and_json(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(weekly(120, "US"))
    asked = ["market", "outlook", "--series", str(path), "--date", "day", "--value", "x", "--horizon", "4w"]
    shown = CliRunner().invoke(app, asked)
    assert shown.exit_code == 0, shown.output
    assert "against last value" in shown.output
    record = json.loads(CliRunner().invoke(app, [*asked, "--format", "json"]).output)
    assert len(record["rows"]) == 4


def test_lines_say_what_is_published() -> None:
    found = of_table(weekly(120, "US"), name="x.csv", day="day", value="x")
    assert any(line.startswith("  published: ") for line in lines(found))


@pytest.mark.parametrize("series", ["", "postings"])
@pytest.mark.parametrize("horizon", ["3m", "13w"])
def test_an_id_leads_to_the_forecast_and_to_no_posting(pack: Snapshot, series: str, horizon: str) -> None:
    figure = ask("outlook", pack, Filters(), series=series, horizon=horizon)
    found = explain(pack, figure.id)
    assert (found.figure, found.openings, found.evidence) == (figure, 0, ())


def test_a_subtitle_says_months_not_openings(pack: Snapshot) -> None:
    said = charts.subtitle(ask("outlook", pack, Filters()).to_json())
    assert said.endswith(", n = 84 months, Jan 2019 to Dec 2025")
    assert "openings" not in said


def test_the_way_back_says_that_no_posting_stands_behind_another_series(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    answer = CliRunner().invoke(app, ["--store", "nowhere", "explain", "outlook"])
    assert answer.exit_code == 0
    assert "No posting of this snapshot stands behind it" in answer.output
    assert "openings of 0 employers" not in answer.output

"""Do the shipped slices hold what their sources say, within their size, with their origin on record?"""

import hashlib
import re
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from jobtide.market import oews, soc
from jobtide.model import ROLES

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src" / "jobtide" / "data"
OEWS = DATA / "official" / "oews.parquet"
HIRING = DATA / "official" / "hiring_lab.parquet"
OUTLINES = DATA / "maps" / "us_states.json"


@pytest.mark.parametrize(("path", "most"), [(OEWS, 600_000), (HIRING, 150_000), (OUTLINES, 90_000)])
def test_a_slice_is_small_and_notice_has_its_hash(path: Path, most: int) -> None:
    body = path.read_bytes()
    assert len(body) <= most
    line = f"File: {path.relative_to(ROOT)} ({len(body):,} bytes, sha256 {hashlib.sha256(body).hexdigest()})"
    assert line in (ROOT / "NOTICE").read_text()


def test_check_values_of_data_scientists() -> None:
    # As published: employment 262,440; mean 126,800; p10 67,240; p25 85,660; median 120,230; p75 158,880; p90 199,130.
    found = oews.nation("15-2051")
    assert found is not None
    assert (found.employment, found.mean) == (262_440, 126_800)
    assert (found.p10, found.p25, found.p50, found.p75, found.p90) == (67_240, 85_660, 120_230, 158_880, 199_130)


def test_withheld_is_null_never_zero() -> None:
    table = pq.read_table(OEWS)
    for name in ("employment", "annual_mean", "annual_p50"):
        assert table[name].null_count > 0
        assert pc.min(table[name]).as_py() > 0


def test_every_state_has_a_row_of_all_occupations_and_wyoming_has_no_data_scientists() -> None:
    assert len(oews.FIPS) == 51
    assert all(oews.states("00-0000").values())
    assert [code for code, found in oews.states("15-2051").items() if found is None] == ["WY"]


def test_the_areas_of_principal_cities_and_nothing_for_suburbs() -> None:
    bay = oews.area_of("San Francisco", "CA")
    assert bay is not None
    assert oews.area_of("oakland", "CA") == bay
    assert oews.area_of("San Jose", "CA") not in (None, bay)
    assert oews.area_of("Palo Alto", "CA") is None
    assert oews.area_of("San Francisco", "TX") is None
    found = oews.area(bay, "15-2051")
    assert found is not None
    assert found.area_name == "San Francisco-Oakland-Fremont, CA"


def test_every_mapped_code_exists_and_every_key_is_a_role() -> None:
    assert set(soc.ROLE_TO_SOC) <= set(ROLES)
    for role, found in soc.ROLE_TO_SOC.items():
        assert found, role
        assert all(oews.nation(occupation.soc) for occupation in found), role
    assert oews.nation(soc.FRAME) is not None


def test_ml_engineers_have_no_code_of_their_own() -> None:
    assert all(occupation.nearest for occupation in soc.occupations("ml_engineer"))
    assert not any(occupation.nearest for occupation in soc.occupations("data_scientist"))
    assert soc.closest(None).soc == "15-2051"
    assert soc.closest("data_ai_product_manager") == soc.FAMILY


def test_hiring_lab_months_are_whole_and_shares_are_shares() -> None:
    table = pq.read_table(HIRING)
    share = table.filter(pc.equal(table["series"], "ai_share"))
    assert len(set(share["country"].to_pylist())) == 9
    assert 0 < pc.min(share["value"]).as_py() < pc.max(share["value"]).as_py() < 0.2
    assert (min(share["month"].to_pylist()), max(share["month"].to_pylist())) == ("2019-01", "2025-12")
    assert len(share) == 9 * 84  # nine countries, seven years of months
    assert pc.min(share["days"]).as_py() == 28


@pytest.mark.shared
def test_hiring_lab_month_is_the_mean_of_its_days(shared: Path) -> None:
    import csv
    import gzip

    with gzip.open(shared / "data" / "indeed_hiring_lab" / "AI_posting.csv.gz", "rt") as file:
        days = [
            float(row["AI_share_postings"]) / 100
            for row in csv.DictReader(file)
            if row["jobcountry"] == "US" and row["date"].startswith("2025-12")
        ]
    table = pq.read_table(
        HIRING, filters=[("series", "=", "ai_share"), ("country", "=", "US"), ("month", "=", "2025-12")]
    )
    assert len(days) == table["days"][0].as_py() == 31
    assert table["value"][0].as_py() == pytest.approx(sum(days) / 31, abs=1e-6)


@pytest.mark.shared
def test_the_oews_slice_keeps_every_row_of_its_occupations(shared: Path) -> None:
    import csv
    import gzip

    with gzip.open(shared / "data" / "bls_oews_2025" / "oews_2025_computer_occupations.csv.gz", "rt") as file:
        wanted = [
            (row["area_code"], row["industry_code"], row["soc"], row["annual_median"])
            for row in csv.DictReader(file)
            if re.fullmatch(r"15-.*|00-0000|11-3021|11-9041", row["soc"])
        ]
    table = pq.read_table(OEWS)
    kept = zip(*(table[name].to_pylist() for name in ("area", "industry", "soc", "annual_p50")), strict=True)
    assert sorted((a, i, s, "-" if w is None else str(w)) for a, i, s, w in kept) == sorted(wanted)

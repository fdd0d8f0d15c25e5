"""Is the list of roles whole: families, other titles read as their role, codes beside the market's?"""

from pathlib import Path

import pytest

from jobtide.enrich import roles
from jobtide.enrich.facts import role as reader
from jobtide.market.soc import ROLE_TO_SOC
from jobtide.model import ML_FAMILY, ROLES, Window

TITLES = [(title, role.id) for role in roles.load() for title in role.titles]


def test_every_role_is_there_once_with_a_family_and_titles() -> None:
    assert [role.id for role in roles.load()] == list(ROLES)
    assert all(role.family and len(role.titles) >= 3 for role in roles.load())
    families = {role.id: role.family for role in roles.load()}
    assert not {families[id] for id in ML_FAMILY} & {"software", "other"}


@pytest.mark.parametrize(("title", "id"), TITLES, ids=[title for title, _ in TITLES])
def test_a_title_is_read_as_its_role(title: str, id: str) -> None:
    words = title.encode()
    assert [found.concept for found in reader.find(words, [Window(0, len(words), "title")])] == [id]


def test_codes_are_those_that_the_market_compares_with() -> None:
    assert {role.id: role.soc for role in roles.load() if role.soc} == {
        id: tuple(occupation.soc for occupation in held) for id, held in ROLE_TO_SOC.items()
    }


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = tmp_path / "roles.txt"
    bad.write_text("data_scientist | data | 15-2051\n")
    monkeypatch.setattr(roles, "FILE", bad)
    roles.load.cache_clear()
    with pytest.raises(ValueError, match="line 1"):
        roles.load()
    roles.load.cache_clear()

"""Degrees, years, duties, certificates, proof, industries and employers, each counted by hand on one small table."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from jobtide.cli.where import BUNDLED
from jobtide.errors import NotSupported, TooFew, UsageError
from jobtide.market import support
from jobtide.market.ask import NAMES, ask
from jobtide.market.ask import filters as parsed
from jobtide.market.explain import explain
from jobtide.market.figure import Figure
from jobtide.market.filters import Filters
from jobtide.market.usual import usual
from jobtide.store.snapshot import Snapshot
from tests.market.conftest import Make, fact, posting

# Years of opening number n, by n modulo 5: none stated, 1, 3, 5, 10.
YEARS = (None, 1.0, 3.0, 5.0, 10.0)


@pytest.fixture
def made(make: Make) -> Snapshot:
    """Forty openings of twenty employers, two each: number n is of employer n mod 20.

    Degrees by n mod 4: bachelor's or equivalent, bachelor's, none but a PhD preferred, none. Employers e00 to e09 are
    of finance by their own words, e10 to e14 say "software" once with little confidence and "energy" once with much,
    the rest say nothing. Numbers 0 to 9 tell the duty "training", 0 to 3 name a CKA, 4 denies one; 0 and 20 welcome a
    portfolio. Remote: even numbers. Numbers 0 to 7 are interns.
    """
    postings, facts = [], []
    for n in range(40):
        version, employer = f"{n:04d}", f"e{n % 20:02d}"
        degree: dict[str, Any] = {"degree_required": "bachelor" if n % 4 < 2 else "none"}
        degree |= {"degree_or_equivalent": n % 4 == 0, "degree_preferred": "phd" if n % 4 == 2 else None}
        postings.append(
            posting(
                n, employer, "ml_engineer" if n < 32 else "ai_engineer", **degree, years_min=YEARS[n % 5],
                work_mode="remote" if n % 2 == 0 else "unstated", seniority="intern" if n < 8 else "senior",
            )
        )  # fmt: skip
        if n % 20 < 10:
            facts.append(fact(version, 0, "industry", "finance_insurance", confidence=0.9))
        elif n % 20 < 15:
            said = ("software_internet", 0.4) if n < 20 else ("energy", 0.9)
            facts.append(fact(version, 0, "industry", said[0], confidence=said[1]))
        if n < 10:
            facts.append(fact(version, 1, "duty", "training", need=""))
        if n < 5:
            facts.append(fact(version, 2, "certification", "CKA", need="negated" if n == 4 else "required"))
        if n in (0, 20):
            facts.append(fact(version, 3, "proof", "portfolio", need="preferred"))
    return make(postings, facts)


def values(figure: Figure) -> dict[str, float | None]:
    """Values by key."""
    return {row.key: row.value for row in figure.rows}


def test_degrees_add_up_and_levels_stand_apart(made: Snapshot) -> None:
    figure = ask("qualifications", made, Filters())
    found = values(figure)
    # Ten of forty in each of the four classes.
    need = [row for row in figure.rows if row.more["part"] == "need"]
    assert [row.value for row in need] == [0.25, 0.25, 0.25, 0.25]
    assert (found["bachelor"], found["phd"], found["prefers_phd"], found["prefers_master"]) == (0.5, 0.0, 0.25, 0.0)
    zero = figure.row("phd")
    # Twenty employers of equal size: 1 - .05^(1/20) = .139 is the most that none of them is compatible with.
    assert zero is not None
    assert zero.high == pytest.approx(0.1391, abs=1e-4)


def test_degrees_by_role_have_the_base_of_their_role(made: Snapshot) -> None:
    figure = ask("qualifications", made, Filters(), by="role")
    required = figure.row("ml_engineer/required")
    # Of numbers 0 to 31 eight are 1 mod 4.
    assert required is not None
    assert (required.value, required.n, required.more["group"]) == (0.25, 32, "ML engineer")
    eight = figure.row("ai_engineer/required")
    assert eight is not None
    assert (eight.value, eight.n, eight.flag) == (None, 8, "too few")


def test_years_have_a_spread_with_the_unsaid_and_a_median_of_the_said(made: Snapshot) -> None:
    spread = ask("years", made, Filters())
    # A fifth each: none, 1, 3, 5, 10.
    assert values(spread) == {"0-2": 0.2, "3-4": 0.2, "5-7": 0.2, "8-9": 0.0, "10+": 0.2, "unstated": 0.2}
    assert spread.rows[-1].flag == "unknown"
    (row,) = ask("experience", made, Filters()).rows
    # 32 say: eight each of 1, 3, 5, 10. Median 4, between 3 and 5.
    assert (row.value, row.n, row.more["states_years"], row.more["at_most_2"]) == (4.0, 32, 0.8, 0.25)
    assert ask("experience", made, Filters()).base.excluded == {"no years stated": 8}


def test_certificates_list_zeros_with_bounds_and_are_asked_by_name(made: Snapshot) -> None:
    figure = ask("certificates", made, Filters())
    # Named by numbers 0 to 3; number 4 denies it.
    assert (figure.rows[0].key, figure.rows[0].value, figure.rows[0].more["named"]) == ("CKA", 0.1, 4)
    assert figure.rows[0].more["issuer"] == "CNCF"
    assert figure.rows[-1].value == 0.0
    assert figure.rows[-1].high == pytest.approx(0.1391, abs=1e-4)
    one = ask("certificates", made, Filters(), certificate="cissp")
    assert [(row.key, row.value) for row in one.rows] == [("CISSP", 0.0)]
    assert one.id != figure.id
    other_way = ask("certificates", made, Filters(), certificate="aws machine learning specialty")
    assert [row.key for row in other_way.rows] == ["AWS Certified Machine Learning"]
    with pytest.raises(UsageError, match="CISSP"):
        ask("certificates", made, Filters(), certificate="CISSSP")
    assert "4 of 40 openings (10%), of 4 of 20 employers" in " ".join(figure.caveats)


def test_duties_and_proof_list_every_member_of_their_lists(made: Snapshot) -> None:
    duties, proof = values(ask("duties", made, Filters())), values(ask("proof", made, Filters()))
    assert (duties["training"], duties["deployment"], len(duties)) == (0.25, 0.0, 27)
    assert (proof["portfolio"], proof["bootcamp"], len(proof)) == (0.05, 0.0, 8)


def test_an_employers_industry_is_what_most_of_its_openings_say(made: Snapshot) -> None:
    figure = ask("industries", made, Filters())
    # e00-e09: finance; e10-e14: energy outvotes software, .9 to .4, for both openings of each; the rest unknown.
    assert values(figure) == {"finance_insurance": 0.5, "energy": 0.25, "unknown": 0.25}
    assert figure.row("unknown").flag == "unknown"  # type: ignore[union-attr]
    asked = parsed(made, industry="finance_insurance")
    # Finance holds 20 openings of ten employers, which is too few to estimate and enough to count.
    assert ask("overview", made, asked).row("openings").n == 20  # type: ignore[union-attr]
    assert ask("overview", made, parsed(made, industry="unknown")).row("openings").n == 10  # type: ignore[union-attr]
    with pytest.raises(TooFew) as error:
        ask("duties", made, asked)
    assert error.value.n == 20
    with pytest.raises(UsageError, match="finance_insurance"):
        parsed(made, industry="finance")


def test_what_is_not_stated_is_a_group_of_its_own(made: Snapshot) -> None:
    assert values(ask("work_mode", made, Filters())) == {"remote": 0.5, "unstated": 0.5}
    assert values(ask("employer_kinds", made, Filters())) == {"unknown": 1.0}
    assert values(ask("employer_sizes", made, Filters())) == {"unknown": 1.0}
    assert values(ask("fields", made, Filters())) == {"unknown": 1.0}
    # 8 interns, 32 seniors, and a zero for every other seniority.
    seniority = values(ask("seniority", made, Filters()))
    assert (seniority["intern"], seniority["senior"], seniority["entry"]) == (0.2, 0.8, 0.0)


def test_employers_carry_what_is_known_and_concentration_adds_up(made: Snapshot) -> None:
    first = ask("employers", made, Filters()).row("e00")
    assert first is not None
    # Both its openings, 0 and 20, are even: remote. No pay is stated.
    assert {k: first.more[k] for k in ("remote", "states_pay", "industry", "kind", "size")} == {
        "remote": 2, "states_pay": 0, "industry": "finance_insurance", "kind": "unknown", "size": None,
    }  # fmt: skip
    found = values(ask("concentration", made, Filters()))
    # Twenty employers of two openings: 1/20 each, ten hold half, two random openings meet with 20 * (1/20)^2.
    assert found == {"top1": 0.05, "top10": 0.5, "top50": 1.0, "herfindahl": pytest.approx(0.05), "staffing": 0.0}


def test_a_question_is_not_split_by_itself(made: Snapshot) -> None:
    with pytest.raises(UsageError, match="is the split by industry itself"):
        ask("industries", made, Filters(), by="industry")


@pytest.fixture(scope="module")
def pack() -> Iterator[Snapshot]:
    """The bundled pack."""
    with Snapshot.open(BUNDLED) as shot:
        yield shot


# Counted from postings; the others show somebody else's numbers beside them.
COUNTED = tuple(n for n in NAMES if n not in ("official", "coverage", "hiring", "outlook"))


def asked(shot: Snapshot, name: str, by: str | None) -> Figure | None:
    """The figure, None if it is refused; a refusal says why in a sentence."""
    try:
        return ask(name, shot, Filters(), **({"by": by} if by else {}))
    except (NotSupported, TooFew, UsageError) as refused:
        said = str(refused)
    assert len(said.split()) > 4
    return None


@pytest.mark.parametrize("by", [None, "role", "industry"])
@pytest.mark.parametrize("name", COUNTED)
def test_every_question_obeys_the_table_or_says_why_not(pack: Snapshot, name: str, by: str | None) -> None:
    if (figure := asked(pack, name, by)) is None:
        return
    json.dumps(figure.to_json(), allow_nan=False)
    for row in figure.rows:
        if row.low is not None:
            assert row.value is not None
            assert row.high is not None
            assert row.low <= row.value <= row.high
        if row.low is not None and figure.unit.startswith("share"):
            assert support.shown(row.n, row.employers)
        if row.flag == support.TOO_FEW:
            assert row.value is None


ONE_ROLE = Filters(role="ai_engineer", family="all")
WALKED = [(name, Filters(), options) for name, options in usual(Filters()) if name in COUNTED]
WALKED += [("contrast", ONE_ROLE, {"to": "data_engineer", "about": about}) for about in ("skills", "duties", "degrees")]
WALKED += [("distances", ONE_ROLE, {}), ("entry", ONE_ROLE, {"by": "seniority"})]


@pytest.mark.parametrize(("name", "filters", "options"), WALKED)
def test_rows_walk_back_to_postings_and_their_words(
    pack: Snapshot, name: str, filters: Filters, options: dict[str, str]
) -> None:
    try:
        figure = ask(name, pack, filters, **options)
    except (NotSupported, TooFew):
        return
    some = [row for row in figure.rows if row.n and row.value][:40]
    for row in some[:: max(1, len(some) // 5)]:
        found = explain(pack, f"{figure.id}#{row.key}", figure=figure, filters=filters)
        assert found.evidence, row.key
        assert all(item.posting and item.field for item in found.evidence)
        assert all(item.words for item in found.evidence if not item.field.startswith("/")), row.key


def test_a_split_of_which_no_opening_says_anything_has_no_groups(made: Snapshot) -> None:
    assert ask("demand", made, Filters(), by="specialisation").rows == ()
    assert ask("duties", made, Filters(), by="state").rows == ()


def test_what_one_of_many_openings_says_is_no_trait_of_its_employer(make: Make) -> None:
    # e0 has 20 openings, one of which speaks of a public company, and gives a size; e1 to e9 have two each, both of e1
    # speak of a start-up of 40 people.
    rows = [posting(n, "e0", "ml_engineer", employer_size=9000.0 if n == 0 else None) for n in range(20)]
    rows += [posting(20 + n, f"e{1 + n // 2}", "ml_engineer", employer_size=40.0 if n < 2 else None) for n in range(18)]
    facts = [fact("0000", 0, "employer_kind", "public", confidence=0.9)]
    facts += [fact(f"{n:04d}", 0, "employer_kind", "startup", confidence=0.9) for n in (20, 21)]
    shot = make(rows, facts)
    assert values(ask("employer_kinds", shot, Filters())) == {"startup": 2 / 38, "unknown": 36 / 38}
    assert values(ask("employer_sizes", shot, Filters())) == {"1-50": 2 / 38, "unknown": 36 / 38}


def test_a_snapshot_whose_openings_name_no_skill_has_no_rows(made: Snapshot) -> None:
    assert ask("skills", made, Filters()).rows == ()
    assert ask("distances", made, Filters()).rows == ()
    assert ask("contrast", made, Filters(role="ml_engineer", family="all"), to="ai_engineer").rows == ()

"""One value a question: structured before read, sure before unsure, unknown never false."""

from decimal import Decimal
from typing import Any

from jobtide.enrich.settle import Settled, places, settle


def _fact(kind: str, concept: str = "", **more: Any) -> dict[str, Any]:
    base = {"kind": kind, "concept": concept, "low": None, "high": None, "currency": "", "period": "", "extra": ""}
    return base | {"basis": "stated", "confidence": 0.9} | more


def test_no_facts_give_unstated_not_false() -> None:
    assert settle([]) == Settled()
    assert settle([]).seniority == "unstated"
    assert settle([]).pay_low is None


def test_a_structured_field_beats_surer_words() -> None:
    facts = [
        _fact("work_mode", "remote", confidence=0.99),
        _fact("work_mode", "hybrid", basis="structured", confidence=0.5),
    ]
    assert settle(facts).work_mode == "hybrid"


def test_among_words_the_surest_then_the_first_wins() -> None:
    facts = [
        _fact("role", "software_engineer", confidence=0.6),
        _fact("role", "ml_engineer"),
        _fact("role", "ai_engineer"),
    ]
    assert settle(facts).role == "ml_engineer"


def test_pay_spans_ranges_of_one_kind_currency_and_period() -> None:
    facts = [
        _fact("pay", low=150000.0, high=190000.0, currency="USD", period="year", extra="base", basis="structured"),
        _fact("pay", low=130000.0, high=170000.0, currency="USD", period="year", extra="base", basis="structured"),
        _fact("pay", low=90000.0, high=120000.0, currency="GBP", period="year", extra="base", basis="structured"),
        _fact("pay", low=200000.0, high=300000.0, currency="USD", period="year", extra="ote"),
    ]
    one = settle(facts)
    # The two dollar ranges: 130,000 to 190,000; pounds are another currency and OTE another kind.
    assert (one.pay_low, one.pay_high, one.pay_currency) == (Decimal("130000.00"), Decimal("190000.00"), "USD")
    assert (one.pay_ranges, one.pay_kind, one.pay_basis) == (2, "base", "structured")


def test_a_place_that_another_refines_is_dropped() -> None:
    facts = [_fact("place", "US//"), _fact("place", "US/CA/San Francisco"), _fact("place", "DE//Berlin")]
    assert places(facts) == [("US", "CA", "San Francisco"), ("DE", None, "Berlin")]
    assert settle(facts).city == "San Francisco"


def test_a_place_without_a_city_in_another_country_stays() -> None:
    facts = [_fact("place", "US//"), _fact("place", "CA//")]
    assert places(facts) == [("US", None, None), ("CA", None, None)]

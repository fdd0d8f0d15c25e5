"""What holds for any text: spans lie inside it, amounts come back as written, traps are never pay."""

import string

from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobtide.enrich import gazetteer
from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import read
from jobtide.enrich.facts import pay, places, work_mode
from jobtide.model import Found, Window

FEW = settings(max_examples=60, deadline=None, derandomize=True)
# Words that open every branch of the three readers, mixed with anything at all.
WORDS = (
    "remote", "Hybrid", "on-site", "not", "office", "3 days a week", "based in", "Berlin", "Zürich", "Austin, TX", "US",
    "(UK)", "salary", "$150,000", "€80.000", "£45", "120k", "-", "to", "per hour", "OTE", "raised", "$2B", "401(k)",
    "\n", "•", "😀", "München", "LA", ";", "|", "/",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=14).map(" ".join)
CITIES = ("Berlin", "Stockholm", "Nairobi", "Osaka", "Lima", "Prague", "Dublin", "Austin", "Toronto", "Seattle")


def found(title: str = "", location: str = "", text: str = "", kind: str = "pay") -> list[Found]:
    """The facts of one kind that a posting of these words gives."""
    row = version_row({"title": title, "location": location, "text": text})
    return [f for f in read(row).found if f.kind == kind]


@FEW
@given(TEXTS, TEXTS)
@example("Zürich ☕ Remote", "Zürich: £45–£60 per hour, hybrid, based in Zürich")
def test_spans_lie_inside_the_text_on_whole_characters(location: str, text: str) -> None:
    data = f"{location}\n{text}".encode()
    cut = len(location.encode())
    windows = [Window(0, cut, "location"), Window(cut + 1, len(data), "requirements")]
    for reader in (pay, places, work_mode):
        for fact in reader.find(data, windows):
            assert fact.kind in reader.KINDS
            assert 0 <= fact.start < fact.end <= len(data)
            assert data[fact.start : fact.end].decode("utf-8")
            assert 0 < fact.confidence <= 1
            assert fact.rule


@FEW
@given(TEXTS)
def test_the_same_words_give_the_same_facts(text: str) -> None:
    assert found("Engineer", text, text, "place") == found("Engineer", text, text, "place")
    assert len(found("Engineer", text, text, "work_mode")) <= 1


@FEW
@given(st.text(max_size=60))
@example("Washington, D.C.; 東京; O'Fallon, MO — Remote")
def test_any_location_gives_places_in_order_and_inside_it(text: str) -> None:
    countries = set(string.ascii_uppercase)
    last = 0
    for place in gazetteer.load().places(text):
        assert len(place.country) == 2
        assert set(place.country) <= countries
        assert last <= place.start < place.end <= len(text)
        assert place.concept.count("/") == 2
        last = place.start


@FEW
@given(
    st.lists(st.sampled_from(CITIES), min_size=1, max_size=4, unique=True),
    st.sampled_from(["; ", " | ", " or ", " / "]),
)
def test_a_list_of_cities_gives_each_once_in_its_order(cities: list[str], between: str) -> None:
    assert [p.city for p in gazetteer.load().places(between.join(cities))] == cities


@FEW
@given(
    st.integers(30, 400),
    st.integers(0, 80),
    st.sampled_from(
        ["${0},000 - ${1},000", "${0}k - ${1}k", "${0}K–${1}K", "${0},000.00 to ${1},000.00", "{0}k-{1}k USD"]
    ),
)
def test_a_range_is_read_as_it_was_written(low: int, more: int, style: str) -> None:
    high = low + more + 1
    facts = found(text=f"The base salary is {style.format(low, high)} plus equity.")
    assert [(f.low, f.high, f.currency, f.period, f.extra) for f in facts] == [
        (low * 1000, high * 1000, "USD", "year", "base")
    ]


@FEW
@given(
    st.integers(30, 300), st.sampled_from([("€", "EUR"), ("£", "GBP"), ("$", "USD"), ("CHF ", "CHF"), ("C$", "CAD")])
)
def test_one_amount_is_both_ends(thousands: int, sign: tuple[str, str]) -> None:
    facts = found(text=f"Salary: {sign[0]}{thousands},000 per year.")
    assert [(f.low, f.high, f.currency) for f in facts] == [(thousands * 1000, thousands * 1000, sign[1])]


TRAPS = (
    "We raised ${} million in funding.",
    "Our revenue passed ${}M last year.",
    "You own a marketing budget of ${},000.",
    "Referral bonus of ${},000 for every hire.",
    "We are backed by investors with ${}M.",
    "Customers process ${} billion with us.",
    "Learning stipend: ${},000 a year.",
    "401(k) match up to ${},000.",
    "Valued at ${}B, we are growing.",
    "A relocation allowance of ${},000.",
)


@FEW
@given(st.sampled_from(TRAPS), st.integers(1, 900))
def test_money_that_is_not_pay_is_never_pay(trap: str, number: int) -> None:
    assert found(text=trap.format(number)) == []


@FEW
@given(
    st.sampled_from(
        ["remote sensing", "remote servers", "remote desktop", "hybrid cloud", "hybrid search", "remote teams"]
    )
)
def test_words_that_only_look_like_a_work_mode_are_none(words: str) -> None:
    assert found(location="Leeds", text=f"Experience with {words} helps.", kind="work_mode") == []

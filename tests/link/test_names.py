"""One employer under two names that its own texts print."""

import pytest

from jobtide.link.clusters import link_rows
from jobtide.link.names import addresses, one_name

POST = "\n\n" + " ".join(
    f"Sieve {n} sorts the oats of valley {n * 7} before the bell of hour {n % 9}." for n in range(20)
)

# Another text in more than half of its words, yet enough of the same for an edition.
LESS = POST[: POST.index("Sieve 13")] + " ".join(
    f"Belt {n} runs above the bin of yard {n * 5} on day {n % 9}." for n in range(8)
)


def linked(*rows):
    found = link_rows([{"id": str(at), "location": ""} | row for at, row in enumerate(rows)])
    return [(entry["vacancy"], entry["relation"]) for entry in found]


def post(employer, first, body=POST):
    return {"employer": employer, "title": first, "text": first + body}


def test_a_name_that_holds_the_other_over_the_same_text_is_one_employer():
    short, long = post("Quince", "Quince | Bremen"), post("Quince Mills", "Quince Mills | Bremen")
    assert linked(short, long) == [("0", "self"), ("0", "near")]
    assert linked(long, short, post("Quince Mills", "Quince Mills | Bremen | full time"))[2][0] == "0"


def test_an_address_that_both_texts_print_ties_any_two_names():
    for at, expected in (("https://jobs.quince.io/now", "0"), ("https://boards.greenhouse.io/mills", "1")):
        texts = (f"{body} Apply at {at}." for body in (POST, LESS))
        posts = (
            post(name, f"{name} | Bremen", text) for name, text in zip(("Quince", "Plum Mills"), texts, strict=True)
        )
        assert linked(*posts)[1][0] == expected


def test_half_of_a_text_is_one_employer_s_whatever_its_name_is_now():
    assert linked(post("Quince", "Quince | Bremen"), post("Plum Mills", "Plum Mills | Bremen"))[1] == ("0", "near")
    assert linked(post("Quince", "Quince | Bremen"), post("Plum Mills", "Plum Mills | Bremen", LESS))[1][0] == "1"
    untitled = [post(name, f"{name} | Bremen") | {"title": ""} for name in ("Quince", "Plum Mills")]
    assert linked(*untitled)[1] == ("1", "elsewhere")
    stated = {"title": "Miller", "text": POST}
    assert linked({"employer": "Quince"} | stated, {"employer": "Plum Mills"} | stated)[1] == ("1", "elsewhere")


def test_the_board_s_name_over_texts_that_name_nobody_it_knows_gives_way_to_the_printed_one():
    others = [
        post("millboard", f"Bremen, mill {n}", "\n\n" + " ".join(f"Sack {n} of {k} is {n * k}." for k in range(40)))
        for n in (2, 3)
    ]
    unnamed = post("millboard", "Work at Quince in Bremen", LESS)
    assert linked(post("Quince", "Quince | Bremen"), unnamed, *others)[1] == ("0", "near")
    # One text alone may be an agency's, and an employer's name that no text prints ties nothing.
    assert linked(post("Quince", "Quince | Bremen"), unnamed)[1][0] == "1"
    assert linked(post("Plum", "Plum | Bremen"), unnamed, *others)[1][0] == "1"


def test_no_vacancy_of_two_names_holds_two_roles_that_were_read():
    short, long = post("Quince", "Quince | Bremen"), post("Quince Mills", "Quince Mills | Bremen")
    assert linked(short | {"role": "miller"}, long | {"role": "baker"})[1][0] == "1"
    assert linked(short | {"role": "miller"}, long)[1][0] == "0"


@pytest.mark.parametrize(
    "other",
    [
        post("Plum Mills", "Plum Mills | Bremen", LESS),  # neither name holds the other
        post("Quince Mills", "Quince | Bremen", LESS),  # a name that its text does not print
        post("Quince Mills", "Quince Mills | Bremen", POST.replace("Sieve", "Belt").replace("valley", "cellar")),
    ],
)
def test_another_name_a_stated_title_or_another_text_stay_two(other):
    assert linked(post("Quince", "Quince | Bremen"), other)[1][0] == "1"


def test_names_of_few_letters_hold_nothing():
    assert not one_name("oat", "oatmill")
    assert not one_name("", "oatmill")
    assert one_name("oatmill", "oatmillbremen")


def test_addresses_of_pages_that_everybody_uses_are_nobody_s():
    assert not addresses("See github.com/quince, https://news.ycombinator.com/item?id=1 or jobs.lever.co/quince.")
    assert addresses("jane at Quince.AI") == {"quince.ai"}
    assert addresses("") == frozenset()

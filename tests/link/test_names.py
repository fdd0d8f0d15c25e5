"""One employer under two names that its own texts print."""

import pytest

from jobtide.link.clusters import link_rows
from jobtide.link.names import one_name

POST = "\n\n" + " ".join(
    f"Sieve {n} sorts the oats of valley {n * 7} before the bell of hour {n % 9}." for n in range(20)
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


@pytest.mark.parametrize(
    "other",
    [
        post("Plum Mills", "Plum Mills | Bremen"),  # neither name holds the other
        post("Quince Mills", "Quince | Bremen"),  # a name that its text does not print
        post("Quince Mills", "Quince Mills | Bremen", POST.replace("Sieve", "Belt").replace("valley", "cellar")),
    ],
)
def test_another_name_a_stated_title_or_another_text_stay_two(other):
    assert linked(post("Quince", "Quince | Bremen"), other)[1][0] == "1"


def test_names_of_few_letters_hold_nothing():
    assert not one_name("oat", "oatmill")
    assert not one_name("", "oatmill")
    assert one_name("oatmill", "oatmillbremen")

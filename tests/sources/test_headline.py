"""First lines of advertisements as people write them, in our own words: who, what, where, and when nothing is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.sources.headline import Headline, headline

EXAMPLES = [
    # the usual order, and every other
    ("Eelworks | ML Engineer | Leeds, UK | ONSITE", "Eelworks", "ML Engineer", ("Leeds, UK", "ONSITE")),
    ("Leeds, UK | Eelworks | ML Engineer", "Eelworks", "ML Engineer", ("Leeds, UK",)),
    ("ML Engineer | Eelworks | REMOTE (EU) | £70k", "Eelworks", "ML Engineer", ("REMOTE (EU)",)),
    (
        "Leeds, UK | Data Scientist / Team Lead | Eelworks | Full-Time",
        "Eelworks",
        "Data Scientist / Team Lead",
        ("Leeds, UK",),
    ),
    # dashes, dots, slashes; a name before a dash in the first pipe
    (
        "Eelworks - San Francisco, CA - Full-time",
        "Eelworks",
        "Eelworks - San Francisco, CA - Full-time",
        ("San Francisco, CA",),
    ),
    ("Eelworks • Berlin • Backend developers", "Eelworks", "Backend developers", ("Berlin",)),
    ("Eelworks - Boston | Full Time", "Eelworks", "Eelworks - Boston | Full Time", ("Boston",)),
    # what stands beside a name
    ("Eelworks (YC S24) (https://eel.example) | NYC | Analyst", "Eelworks", "Analyst", ("NYC",)),
    ("Eelworks, Inc. | Austin, TX | SRE", "Eelworks, Inc", "SRE", ("Austin, TX",)),
    # sentences and bare names
    ("Eelworks is looking for a data engineer in Cork. Write!", "Eelworks", "data engineer in Cork", ()),
    ("At Eelworks we are hiring", "", "At Eelworks we are hiring", ()),
    ("Eelworks", "Eelworks", "Eelworks", ()),
    # nothing is named: the site speaks, unless it is somebody else's
    ('Do you like eels?<p><a href="https://www.jobs.eel.co.uk/x">x</a>', "eel.co.uk", "Do you like eels?", ()),
    ('Do you like eels?<p><a href="https://boards.greenhouse.io/x">x</a>', "", "Do you like eels?", ()),
    ("Boulder, CO", "", "Boulder, CO", ()),
    ('Do you like eels?<p><a href="http://[half">x</a>', "", "Do you like eels?", ()),
    ("&gt; _ _", "", "> _ _", ()),
]


@pytest.mark.parametrize(("line", "employer", "title", "places"), EXAMPLES)
def test_first_lines_name_employer_role_and_places(
    line: str, employer: str, title: str, places: tuple[str, ...]
) -> None:
    for html in (line, f"<font color='#000000'>{line}<p>We are a team.</font>", f"\n<p>{line}</p><p>We are a team."):
        found = headline(html)
        assert (found.employer, found.title, found.places) == (employer, title, places)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_has_a_headline_of_its_own_words(text: str) -> None:
    found = headline(text)
    assert len(found.title) <= 200
    assert len(found.employer) <= 200


def test_nothing_has_no_headline() -> None:
    assert headline("") == headline("<p> <br>") == Headline("", "", ())


def test_a_long_line_is_read_in_no_time() -> None:
    assert headline("a - " * 20_000 + "is " * 20_000).title

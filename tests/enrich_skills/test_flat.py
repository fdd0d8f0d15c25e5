"""Are the parts of a posting found whose headings stand inside its lines, and is nothing lost on the way?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.enrich.flat import parts, speaks
from jobtide.model import Window


def whole(text: str) -> list[Window]:
    """Title, location and one paragraph, as a posting without line ends is laid out."""
    end = len(text.encode())
    return [Window(0, 0, "title"), Window(0, 0, "location"), Window(0, end, "about")]


def said(text: str) -> list[tuple[str, str]]:
    """Each part's section and words."""
    data = text.encode()
    return [(w.section, data[w.start : w.end].decode().strip()) for w in parts(data, whole(text))[2:]]


def test_a_run_of_text_is_cut_where_its_words_head_a_part() -> None:
    assert said("We sail. Responsibilities Build things. Qualifications - 5 years. Preferred Qualifications: Rust") == [
        ("about", "We sail."),
        ("duties", "Responsibilities Build things."),
        ("requirements", "Qualifications - 5 years."),
        ("nice", "Preferred Qualifications: Rust"),
    ]


def test_a_heading_glued_to_the_next_word_is_one() -> None:
    assert [section for section, _ in said("We sail. RequirementsFive years of Go.")] == ["about", "requirements"]


@pytest.mark.parametrize("words", ["You meet our qualifications and requirements.", "New Responsibilities await."])
def test_a_word_inside_a_sentence_heads_nothing(words: str) -> None:
    assert said(words) == [("other", words)]


def test_a_posting_with_headings_of_its_own_is_left_as_it_is() -> None:
    windows = [Window(0, 2, "title"), *whole("x. Qualifications Go")[1:], Window(20, 22, "requirements")]
    assert parts(b"x. Qualifications Go", windows) is windows


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("You have shipped software", True),
        ("5+ years of Python", True),
        ("3-5 yrs in data", True),
        ("Strong hands-on experience with Kafka", True),
        ("Must have Kafka in the blood", True),
        ("The ideal candidate will have sailed", True),
        ("+ Background in statistics", True),
        ("Du hast Erfahrung mit Kafka", True),
        ("The ideal candidate will play a role", False),
        ("You will join a team", False),
        ("Our experience with Kafka", False),
        ("In 10 years of sailing", False),
    ],
)
def test_a_block_speaks_to_the_person_or_not(line: str, asks: bool) -> None:
    data = line.encode()
    assert speaks(data, Window(0, len(data), "about")) is asks


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(["Qualifications", "Responsibilities:", "Ünder", ". ", "• ", "Nice to have", "a", "\n"]))
)
def test_no_byte_is_lost_or_counted_twice(words: list[str]) -> None:
    text = "".join(words)
    found = parts(text.encode(), whole(text))[2:]
    assert [w.start for w in found[1:]] == [w.end for w in found[:-1]]
    assert (found[0].start, found[-1].end) == (0, len(text.encode()))


def test_what_a_forum_post_says_of_the_employer_is_no_praise() -> None:
    begun = [Window(0, 4, "title"), Window(4, 4, "location")]
    post = b"Keel Keel | Bergen | ONSITE builds Kafka boats. We ask: Go"
    blocks = [Window(5, 47, "about"), Window(48, 58, "requirements")]
    assert [w.section for w in parts(post, [*begun, *blocks])[2:]] == ["other", "requirements"]
    board = post.replace(b" | ", b" in ")
    assert [w.section for w in parts(board, [*begun, *blocks])[2:]] == ["about", "requirements"]
    untitled = [Window(0, 0, "title"), Window(0, 0, "location"), *blocks]
    assert [w.section for w in parts(board, untitled)[2:]] == ["other", "requirements"]
    assert parts(board * 100, [*untitled, Window(58, 5800, "other")])[2].section == "about"

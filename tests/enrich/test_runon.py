"""Is a posting that lost its line ends read by the headings inside its one paragraph?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.enrich.answer import fact_rows, version_row
from jobtide.enrich.batch import read
from jobtide.enrich.runon import parts
from jobtide.enrich.settle import settle

STORY = "We build boats that find their own way across the sea and back again, and we have done so for years. " * 9
POSTING = (
    STORY + "Responsibilities You own the rudder. You speak with the crew. Qualifications Basic Qualifications: "
    "Bachelor’s degree in Computer Science. 5+ years of software engineering experience Preferred Qualifications: "
    "PhD in robotics.• 9+ years of experience at sea Harbour is an equal opportunity employer."
)
WORDS = st.sampled_from(
    ["Qualifications", "Responsibilities: ", "we sail. ", "• ", "A rope", "; ", "é", "\n", " "]
) | st.text(max_size=5)


def test_headings_inside_a_paragraph_open_their_sections() -> None:
    one = settle(fact_rows(read(version_row({"title": "Robotics Engineer", "text": POSTING}))))
    assert (one.years_min, one.degree_required, one.degree_preferred) == (5.0, "bachelor", "phd")


def test_blocks_of_such_a_paragraph_stand_in_their_sections() -> None:
    reading = read(version_row({"title": "Robotics Engineer", "text": POSTING}))
    data = reading.buffer.data
    section = {data[b.start : b.end].decode()[:12]: b.section for b in reading.buffer.blocks}
    assert section["Responsibili"] == "duties"
    assert section["5+ years of "] == "requirements"
    assert section["Preferred Qu"] == "nice"
    assert section["Harbour is a"] == "legal"


def test_a_short_paragraph_is_left_whole() -> None:
    text = "We sail. Qualifications: two years."
    assert len(read(version_row({"title": "Sailor", "text": text})).buffer.blocks) == 3  # title, location, text


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_parts_lose_nothing_but_blanks(text: str) -> None:
    data = text.encode("utf-8", "replace")
    found = list(parts(data))
    kept = b"".join(data[start:end] for start, end, _ in found)
    assert b"".join(kept.split()) == b"".join(data.split())
    assert all(start <= end for start, end, _ in found)
    assert [start for start, _, _ in found] == sorted(start for start, _, _ in found)


# A line end gone without a blank glues the words on both sides of it together.
GLUED = (
    STORY + "Responsibilities Design the mast with the yard.Speak with the crew about JavaScript and GitHub Actions "
    "Qualifications RequiredAt least 6 years of software engineering at seaBachelor’s degree in Computer Science or "
    "Engineering3 years of experience in TypeScript codeExperience with C++ programsPreferred "
    "Qualifications:9+ years of experience at seaMaster’s degree in robotics"
)


def test_glued_headings_and_items_are_parted() -> None:
    reading = read(version_row({"title": "Robotics Engineer", "text": GLUED}))
    one = settle(fact_rows(reading))
    assert (one.years_min, one.degree_required, one.degree_preferred) == (6.0, "bachelor", "master")
    needs = {f.concept: f.need for f in reading.found if f.kind == "skill"}
    assert (needs["typescript"], needs["c++"], needs["javascript"]) == ("required", "required", "mentioned")


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Qualifications Basic Qualifications: Ropes", [b"Qualifications", b"Basic Qualifications"]),
        ("We sail.Required5 or more years at sea.Preferred2 years on a raft", [b"Required", b"Preferred"]),
        ("Qualifications You might also have: Songs", [b"Qualifications", b"You might also have"]),
        ("Requirements Ropes Preferred, not required: Songs", [b"Requirements", b"Preferred"]),
        (
            "Qualifications Preferred: Songs Basic requirements for the position are: Ropes",
            [b"Qualifications", b"Preferred", b"Basic requirements for the position are"],
        ),
        (
            "Required Skills: Ropes Let us know if you have experience with:Songs",
            [b"Required Skills", b"Let us know if you have experience with"],
        ),
        ("Ropes and physicsHelpful qualifications: Songs", [b"Helpful qualifications"]),
        ("Required: Ropes Preferred you have Songs", [b"Required", b"Preferred"]),
        # No heading: a word of a sentence, small letters within one.
        ("Preferred suppliers meet these qualifications: Ropes", []),
        ("Required by law, our benefits are Good", []),
    ],
)
def test_headings_of_one_line(text: str, headings: list[bytes]) -> None:
    assert [heading for _, _, heading in parts(text.encode()) if heading] == headings


@pytest.mark.parametrize(
    "text",
    ["Requirements: JavaScript and PowerShell", "Requirements: non-Linux systems", "Requirements: minimum 2 years"],
)
def test_names_of_one_word_stay_whole(text: str) -> None:
    assert len(list(parts(text.encode()))) == 1

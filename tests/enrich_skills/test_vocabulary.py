"""Is the vocabulary whole, and does each guard believe its example and refuse its counter-example?"""

import runpy
from pathlib import Path

import pytest

from jobtide.enrich import kit, skills, taxonomy
from jobtide.enrich.answer import version_row
from jobtide.enrich.automaton import fold
from jobtide.enrich.batch import read
from jobtide.enrich.taxonomy import BadLine, Concept

ROOT = Path(__file__).resolve().parent.parent.parent
GUARDS = ROOT / "tests" / "golden" / "enrich_skills" / "guards.txt"
KNOWN = taxonomy.load()
TOOLS = kit.load()
EXAMPLES = [
    tuple(part.strip() for part in line.split("|"))
    for line in GUARDS.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def named(text: str) -> set[str]:
    """The skills read of a posting that holds only this text."""
    row = version_row({"title": "", "location": "", "text": text})
    return {KNOWN.concept(f.concept).name for f in read(row).found if f.kind == "skill"}


def test_the_tool_finds_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    assert runpy.run_path(str(ROOT / "tools" / "taxonomy.py"))["main"]() == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_it_holds_at_least_nine_hundred_concepts_of_known_kinds() -> None:
    assert len(KNOWN.concepts) >= 900
    assert len(KNOWN.patterns) >= 3 * len(KNOWN.concepts)
    assert {concept.kind for concept in KNOWN.concepts.values()} == set(taxonomy.KINDS)


def test_no_name_leads_to_two_concepts() -> None:
    assert len(set(KNOWN.patterns)) == len(KNOWN.patterns) == len(KNOWN.of) == len(KNOWN.guarded)


@pytest.mark.parametrize(("name", "believed", "refused"), EXAMPLES, ids=[name for name, _, _ in EXAMPLES])
def test_a_guard_tells_the_skill_from_its_namesake(name: str, believed: str, refused: str) -> None:
    assert objections(f"Requirements:\n- {believed}")[name] == ""
    assert name not in named(f"Requirements:\n- {refused}")


def test_nearly_every_example_is_believed_by_the_gate_too() -> None:
    doubted = [name for name, believed, _ in EXAMPLES if name not in named(f"Requirements:\n- {believed}")]
    assert len(doubted) <= 0.03 * len(EXAMPLES), doubted


def objections(text: str) -> dict[str, str]:
    """What a posting of this text may mean, by name, each with what a rule objects to ("" if nothing)."""
    buffer = read(version_row({"title": "", "location": "", "text": text})).buffer
    hits = skills.mentions(kit.terms_in(buffer.folded))
    named = skills.candidates(buffer.data, buffer.folded, hits, buffer.blocks, KNOWN)
    return {KNOWN.concept(id).name: one.soft for id, one in named.items()}


def folded(name: str) -> bytes:
    """A name as the automaton knows it."""
    return b" ".join(fold(name.encode()).split())


def flagged(*flags: str) -> list[Concept]:
    """Concepts whose guard asks for exactly this, of their own name too."""
    return [
        concept
        for concept in KNOWN.concepts.values()
        if concept.guard is not None
        and KNOWN.guarded[KNOWN.patterns.index(folded(concept.name))]
        and concept.guard.flags == set(flags)
        and not concept.guard.written
        and not concept.guard.worded
    ]


def test_a_name_with_a_capital_is_not_the_word_in_small_letters() -> None:
    for concept in flagged("case"):
        shown = concept.name[0].upper() + concept.name[1:]
        assert concept.name in named(f"Requirements:\n- {shown}"), concept.name
        assert concept.name not in named(f"Requirements:\n- we {concept.name} here"), concept.name


def test_a_broad_word_counts_only_where_it_is_asked_for() -> None:
    for concept in flagged("asked"):
        assert objections(f"Requirements:\n- Experience with {concept.name}")[concept.name] == ""
        assert objections(f"Responsibilities:\n- Our {concept.name} grows")[concept.name] == "asked"


def test_a_word_of_requirements_is_not_read_elsewhere() -> None:
    for concept in flagged("requirements"):
        assert objections(f"Requirements:\n- {concept.name}")[concept.name] == ""
        assert objections(f"Responsibilities:\n- Experience with {concept.name}")[concept.name] == "outside"


def test_a_word_of_sections_is_not_read_in_the_rest() -> None:
    for concept in flagged("section"):
        assert objections(f"Responsibilities:\n- {concept.name}")[concept.name] == ""
        assert objections(f"Odds and ends\nHere is {concept.name} again.")[concept.name] == "outside"


def test_most_guarded_words_are_believed_where_they_are_asked_for() -> None:
    asked = [*flagged("asked"), *flagged("requirements"), *flagged("section")]
    believed = [one for one in asked if one.name in named(f"Requirements:\n- Experience with {one.name}")]
    assert len(believed) >= 0.9 * len(asked), sorted({one.name for one in asked} - {one.name for one in believed})


@pytest.mark.parametrize(
    "line",
    [
        "python",
        "kind: flavour",
        "kind: tool\npython",
        "kind: tool\na; b = c < programming",
        "kind: tool\na = < b [loud]",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(BadLine, match=r"x\.txt:\d"):
        list(taxonomy._read(line, "x.txt"))

"""Does ``discover`` put names between skills first, and leave out what no vocabulary of skills wants?"""

from typing import Any

import pytest

from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import Reading, readings
from jobtide.enrich.deep import open as opened
from jobtide.enrich.deep.discover import discover
from jobtide.enrich.deep.evidence import is_name, is_noise, listed
from jobtide.enrich.deep.tag import Tagged

NONE: frozenset[str] = frozenset()


def reading(text: str) -> Reading:
    return readings([version_row({"title": "Harbour Engineer", "location": "", "text": text})])[0]


@pytest.mark.parametrize(
    ("line", "term", "in_list"),
    [
        ("Python, Brimlexdb and Kafka", "Brimlexdb", True),
        ("tools (Brimlexdb/Kafka)", "Brimlexdb", True),
        ("Kafka or Brimlexdb", "Brimlexdb", True),
        ("Kafka runs well beside Brimlexdb", "Brimlexdb", False),
        ("Brimlexdb of our own making", "Brimlexdb", False),
    ],
)
def test_a_name_beside_a_product_stands_in_a_list(line: str, term: str, in_list: bool) -> None:
    one = reading(f"Requirements:\n- {line}")
    start = one.buffer.data.index(term.encode())
    assert listed(one, [(start, start + len(term))]) == [in_list]


def test_a_list_does_not_go_on_in_the_next_line() -> None:
    one = reading("Requirements:\n- Kafka,\n- Brimlexdb")
    start = one.buffer.data.index(b"Brimlexdb")
    assert listed(one, [(start, start + 9)]) == [False]
    assert listed(one, []) == []


@pytest.mark.parametrize(
    "term",
    [
        "design tools",
        "SaaS",
        "French",
        "Toronto",
        "Civil Engineering",
        "modern stacks",
        "jobs.example.com/x",
        "Harbour Mills",
        "",
    ],
)
def test_class_words_places_trades_and_employers_are_left_out(term: str) -> None:
    assert is_noise(term, frozenset({"harbourmills"}))


@pytest.mark.parametrize("term", ["RSpec", "Brimlexdb", "log parsing rules", "Backbone.js", "CAM software"])
def test_names_and_methods_are_kept(term: str) -> None:
    assert not is_noise(term, NONE)


def test_names_are_told_by_their_letters() -> None:
    assert [term for term in ("RSpec", "d3", "node.js", "c++", "design", "end-to-end") if is_name(term)] == [
        "RSpec",
        "d3",
        "node.js",
        "c++",
    ]


def test_what_stands_in_lists_ranks_before_what_is_only_frequent(monkeypatch: pytest.MonkeyPatch) -> None:
    def tagged(buffers: Any) -> list[list[Tagged]]:
        out = []
        for buffer in buffers:
            data, found = buffer.data, []
            for term in (b"Brimlexdb", b"stakeholder charm", b"design tools"):
                start = data.find(term)
                block = next((w for w in buffer.blocks[2:] if w.start <= start < w.end), None)
                if start >= 0 and block:
                    found.append(Tagged(start, start + len(term), block, 0.8))
            out.append(found)
        return out

    monkeypatch.setattr(opened, "tag", tagged)
    lines = ["- You know design tools and stakeholder charm", "- Experience with Kafka, Brimlexdb and Python"]
    rows = [(str(i), reading("Requirements:\n" + "\n".join(lines[: 2 if i < 3 else 1]))) for i in range(5)]
    terms = [term.name for term in discover(rows, employers=2)]
    assert terms == ["Brimlexdb", "stakeholder charm"]

"""The automaton finds whole words, and folding keeps offsets."""

from hypothesis import given
from hypothesis import strategies as st

from jobtide.enrich.automaton import Automaton, fold


def test_hits_are_whole_words_with_their_offsets() -> None:
    text = b"Go, golang and C++; not C or category."
    finder = Automaton([b"go", b"c++", b"c", b"cat"])
    # "go" at 0; "c++" at 15; "c" at 24. "golang" and "category" hold no whole word of ours.
    assert finder.hits(fold(text)) == [(0, 2, 0), (15, 18, 1), (24, 25, 2)]


def test_neighbours_that_share_a_blank_are_both_found() -> None:
    finder = Automaton([b"python", b"sql", b"python sql"])
    assert finder.hits(fold(b"python sql")) == [(0, 6, 0), (0, 10, 2), (7, 10, 1)]


def test_no_patterns_and_empty_patterns_find_nothing() -> None:
    assert Automaton([]).hits(fold(b"python")) == []
    assert Automaton([b"", b"python"]).hits(fold(b"a python")) == [(2, 8, 1)]


def _is_sign(code: int) -> bool:
    latin = 0x80 <= code < 0xC0 and chr(code) not in "°µ"
    return latin or 0x2000 <= code < 0x2C00 or 0x3000 <= code < 0x3040 or 0x1F000 <= code < 0x20000


@given(st.text(st.characters() | st.sampled_from("·®™→●、💙°µ”"), max_size=200))
def test_folding_keeps_length_and_other_scripts(text: str) -> None:
    data = text.encode("utf-8", "replace")
    folded = fold(data)
    assert len(folded) == len(data)
    # Signs beyond ASCII are blanks; letters of other scripts stay.
    kept = "".join(" " * len(char.encode()) if _is_sign(ord(char)) else char for char in data.decode()).encode()
    assert all(a == b for a, b in zip(kept, folded, strict=True) if a >= 0x80)
    assert fold(folded) == folded


@given(
    st.lists(st.sampled_from(["python", "sql", "go", "ray", "c++"]), max_size=12),
    st.sampled_from([" ", ", ", "/", "\n"]),
)
def test_every_word_of_a_list_is_found_once(words: list[str], glue: str) -> None:
    known = ["python", "sql", "go", "ray", "c++"]
    text = glue.join(words).encode()
    hits = Automaton([w.encode() for w in known]).hits(fold(text))
    assert [known[i] for _, _, i in sorted(hits)] == words
    assert [text[s:e].decode() for s, e, _ in sorted(hits)] == words

"""Our way of asking RE2 gives what its own wrapper gives."""

import re2
from hypothesis import given
from hypothesis import strategies as st

from jobtide.enrich import patterns

_PATTERNS = (r"(a+)(b)?", r"(?i)\bpay\b", r"^x|y$", r"a*", r"(\d{1,3})(?:,(\d{3}))?", r"[’']s")


@given(st.sampled_from(_PATTERNS), st.text("ab xyPAYpay0123,’'s", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_the_same_matches_as_the_wrapper(pattern: str, text: str, start: int, end: int) -> None:
    words = text.encode()
    start, end = sorted((min(start, len(words)), min(end, len(words))))
    ours, theirs = patterns.compile(pattern), re2.compile(pattern)
    found = [(m.span(), m.groups()) for m in ours.finditer(words, start, end)]
    assert found == [(m.span(), m.groups()) for m in theirs.finditer(words, start, end)]
    for mine, wrapped in ((ours.search, theirs.search), (ours.match, theirs.match)):
        one, other = mine(words, start, end), wrapped(words, start, end)
        assert (one and one.span()) == (other and other.span())
    whole = patterns.compile(pattern, groups=False)
    assert [(m.span(), m.groups()) for m in whole.finditer(words, start, end)] == [(span, ()) for span, _ in found]
    assert bool(patterns.test(pattern)(words)) == bool(theirs.search(words))
    assert (0 in patterns.Patterns(pattern).held(words)) == bool(theirs.search(words))


@given(st.lists(st.sampled_from(_PATTERNS), max_size=20), st.text("ab xyPAYpay0123,’'s", max_size=30))
def test_the_first_of_ranked_patterns(ranked: list[str], text: str) -> None:
    words = text.encode()
    first = next((number for number, pattern in enumerate(ranked) if re2.search(pattern, words)), None)
    assert patterns.Ranked(*ranked).first(words) == first

"""Are the tagger's numbers those of its model, and are its spans apart, inside, and as likely as it says?"""

import hashlib
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.enrich import kit
from jobtide.enrich.answer import version_row
from jobtide.enrich.batch import readings
from jobtide.enrich.deep import model
from jobtide.enrich.deep.spans import LONGEST, choose
from jobtide.enrich.deep.tag import SECTIONS, tag
from jobtide.enrich.deep.words import BREAK, attributes, tokens

ROOT = Path(__file__).resolve().parent.parent.parent
WORDS = st.sampled_from(
    [BREAK, "Python", "and", "Glimmertrace", "C++/CUDA", "2024", "’s", "|", "experience", "ÆØÅ", "of"]
)


@given(st.lists(WORDS, min_size=1, max_size=12), st.data())
@settings(max_examples=40, deadline=None)
def test_a_score_is_the_sum_of_the_weights_of_all_that_is_seen(words: list[str], data: st.DataObject) -> None:
    tagger = model.load()
    marks = data.draw(st.lists(st.integers(0, model.MARKS - 1), min_size=len(words), max_size=len(words)))
    marks = [0 if word == BREAK else mark for word, mark in zip(words, marks, strict=True)]
    got = tagger.score(words, np.array(marks))
    for i, names in enumerate(attributes(words, marks, tagger.clusters)):
        summed = np.sum([tagger.weights.get(name, (0.0, 0.0)) for name in names], axis=0)
        if words[i] == BREAK:
            assert (got[i] < -1e3).all()
        else:
            assert got[i] == pytest.approx(summed, abs=1e-3)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(-3, 3)), min_size=1, max_size=5), st.floats(0.02, 0.6))
@settings(max_examples=60, deadline=None)
def test_a_probability_is_that_of_all_labellings_that_hold_the_span(
    weights: list[tuple[float, float]], threshold: float
) -> None:
    turns = np.array([[0.5, 0.1, -1e4], [-0.3, -1.0, 0.8], [0.0, -0.7, 0.4]], np.float32)
    n = len(weights)
    scores = np.array([(-1e4, -1e4), *weights, (-1e4, -1e4)], np.float32)
    total = 0.0
    held: dict[tuple[int, int], float] = {}
    for labels in product(range(3), repeat=n):
        path = (0, *labels, 0)
        value = sum(turns[a, b] for a, b in pairwise(path))
        value += sum(weights[i][label - 1] for i, label in enumerate(labels) if label)
        mass = float(np.exp(value)) if value > -1e3 else 0.0
        total += mass
        for i in (i for i, label in enumerate(labels) if label == 1):
            end = next((j for j in range(i + 1, n) if labels[j] != 2), n)
            held[i + 1, end + 1] = held.get((i + 1, end + 1), 0.0) + mass
    found = choose(scores, np.array([0, n + 1]), turns, threshold)
    for start, end, likely in found:
        assert likely == pytest.approx(held[start, end] / total, rel=1e-3)
        assert likely > threshold
    best = max(held.values()) / total
    assert bool(found) == (best > threshold) or best == pytest.approx(threshold, rel=1e-2)
    assert all(a[1] <= b[0] for a, b in pairwise(found))


def test_a_line_without_end_is_read_in_pieces() -> None:
    words = [BREAK, *(["Python", ",", "Rust", "and"] * 400), BREAK]
    tagger = model.load()
    breaks = np.array([0, len(words) - 1])
    scores = np.where(np.array([[word in ("Python", "Rust"), False] for word in words]), 20.0, -20.0).astype(np.float32)
    scores[breaks] = -1e4
    found = choose(scores, breaks, tagger.turns, 0.3)
    assert len(found) >= 800
    assert all(0 < start < end <= len(words) - 1 and end - start <= LONGEST for start, end, _ in found)


@given(
    st.lists(
        st.sampled_from(
            ["- Knows Brimlex and Größenwahn™ 8.5.\n", "Requirements:\n", "About us\n", "¡Ñandú! x\n", "•\n", "\n"]
        ),
        max_size=8,
    )
)
@settings(max_examples=40, deadline=None)
def test_what_is_tagged_stands_in_its_block_and_nothing_overlaps(lines: list[str]) -> None:
    done = readings([version_row({"title": "Tagger", "text": "".join(lines)})])
    (found,) = tag([done[0].buffer], 0.05)
    last = 0
    for one in found:
        assert one.window.start <= one.start < one.end <= one.window.end
        assert one.start >= last
        assert one.window.section in SECTIONS
        assert done[0].buffer.data[one.start : one.end].decode().strip()
        last = one.end


def test_postings_read_together_are_read_as_alone() -> None:
    texts = [
        "Requirements:\n- Experience with Brimlex and Quondle",
        "",
        "Requirements:\n- You know Vexwire, Python. Also Zentro",
    ]
    buffers = [r.buffer for r in readings([version_row({"title": "T", "text": text}) for text in texts])]
    together = tag(buffers, 0.2)
    alone = [tag([buffer], 0.2)[0] for buffer in buffers]
    assert [[(t.start, t.end) for t in some] for some in together] == [
        [(t.start, t.end) for t in some] for some in alone
    ]
    assert tag([]) == []


def test_words_keep_their_signs_and_places() -> None:
    text = "CI/CD, C#, .NET & it's 3.5 (A*)"
    assert [w for w, _, _ in tokens(text)] == ["CI/CD", ",", "C#", ",", ".NET", "&", "it's", "3.5", "(", "A*", ")"]
    assert all(text[start:end] == word for word, start, end in tokens(text))


def test_what_ships_is_small_and_its_origin_is_on_record() -> None:
    notice = (ROOT / "NOTICE").read_text()
    for path in (model.WEIGHTS, model.CLUSTERS):
        assert path.stat().st_size < 5_000_000
        assert hashlib.sha256(path.read_bytes()).hexdigest() in notice
    assert "Tagger of open skills" in notice
    assert set(kit.load().taxonomy.concepts)  # the vocabulary is part of what it looks at

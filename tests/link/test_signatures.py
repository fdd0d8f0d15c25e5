"""Signatures agree with plain Python, whatever the batch."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from jobtide.link.signatures import BANDS, PERMUTATIONS, shingles, signatures
from jobtide.link.words import words
from jobtide.model import Spec
from jobtide.tables import SIGNATURE

SPEC = Spec("", "", "", "")


def sign(texts):
    """Signature rows of ``texts``."""
    column = pa.array(texts, pa.string())
    keys = pa.array([f"v{i}" for i in range(len(texts))], pa.string())
    batch = pa.RecordBatch.from_arrays([keys, column, column, column], ["version", "title", "employer", "text"])
    out = signatures(batch, SPEC)
    assert out.schema.equals(SIGNATURE)
    return out.to_pylist()


def test_case_space_and_punctuation_are_folded():
    rows = sign(
        ["It’s flour,\n\tnot sand!", "it's  FLOUR • not “sand”", "its flour not sand", "It’s flour, not sand 😀"]
    )
    assert rows[0]["exact"] == rows[1]["exact"] == rows[3]["exact"]
    assert rows[0]["exact"] != rows[2]["exact"]
    assert rows[0]["minhash"] == rows[1]["minhash"]


def test_composed_and_decomposed_letters_are_the_same():
    one, other = sign(["Müller und Bäcker", "Mu\u0308ller und Ba\u0308cker"])
    assert one["exact"] == other["exact"]


def test_a_text_without_words_has_no_bands():
    for row in sign(["", " \n ", "—!?"]):
        assert row["bands"] == []
        assert len(row["minhash"]) == PERMUTATIONS


def test_no_rows_give_no_rows():
    assert sign([]) == []


def test_a_missing_text_counts_as_empty():
    assert sign([None])[0]["exact"] == sign([""])[0]["exact"]


def test_the_estimate_is_near_the_jaccard_similarity():
    # 300 words; the second text replaces the last 30: 268 of 298 + 30 + ... shingles stay, J = 270 / 330 = .818
    base = [f"word{i}" for i in range(300)]
    texts = [" ".join(base), " ".join(base[:270] + [f"other{i}" for i in range(30)])]
    one, other = (np.array(row["minhash"]) for row in sign(texts))
    assert abs((one == other).mean() - 0.81) < 0.12
    rows = sign(texts)
    assert set(rows[0]["bands"]) & set(rows[1]["bands"])
    assert len(rows[0]["bands"]) == BANDS


TEXTS = st.lists(st.text(alphabet=st.sampled_from("aäbß日 \n.,’-X7\u0308"), max_size=30), max_size=8)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_a_row_does_not_depend_on_its_batch(texts):
    together = sign(texts)
    for text, row in zip(texts, together, strict=True):
        alone = sign([text])[0]
        assert {**alone, "version": row["version"]} == row


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_words_have_one_hash_each_and_every_word_one_shingle(texts):
    cut = words(pa.array(texts, pa.string()), keep_folded=True)
    assert [len(text.split()) for text in cut.folded] == np.diff(cut.offsets).tolist()
    spelt = [word for text in cut.folded for word in text.split()]
    assert len(dict(zip(spelt, cut.hashes.tolist(), strict=True))) == len(set(cut.hashes.tolist()))
    assert len(shingles(cut)[0]) == len(spelt)

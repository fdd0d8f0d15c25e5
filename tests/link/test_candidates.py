"""Which earlier postings are compared with a later one."""

import pyarrow as pa

from jobtide.link.candidates import Index, signed
from jobtide.link.signatures import signatures
from jobtide.model import Spec

FEW = 12


def index(count):
    """An index of ``count`` texts that share nothing, under titles that share nothing, and one further such text."""
    texts = [" ".join(f"w{n}x{at}" for at in range(60)) for n in range(count + 1)]
    versions = [str(n) for n in range(count + 1)]
    batch = pa.RecordBatch.from_pydict({"version": versions, "text": texts})
    found = Index(signed(versions, pa.Table.from_batches([signatures(batch, Spec("", "", "", ""))])))
    for row in range(count):
        found.add(row, (f"title{row}",), any_title=True)
    return found


def test_a_free_text_is_compared_with_every_other_while_these_are_few():
    assert {row for _, row in index(FEW).like(FEW, ("miller",), any_title=True)} == set(range(FEW))
    assert index(FEW).like(FEW, ("miller",)) == []
    assert index(FEW + 1).like(FEW + 1, ("miller",), any_title=True) == []

"""Which words of a text point to one person? E-mail addresses and telephone numbers, masked where texts leave.

A mask has the length in bytes of what it covers, so that the offsets of facts still hold.
"""

import re

import pyarrow as pa

_EMAIL = re.compile(rb"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
# Eight to fifteen digits with the signs between them that numbers are written with; a plus, or brackets, or two gaps,
# so that neither "100,000 - 120,000" nor a year nor an id is one.
_PHONE = re.compile(
    rb"(?<![\w.,$])(?:\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d(?:[ .-]?\d){6,12}"
    rb"|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w,])"
)


def mask(text: str) -> str:
    """Return ``text`` with every e-mail address and telephone number covered by as many x as it has bytes.

    >>> mask("Write to jo@example.org or call +44 20 7946 0018; pay 100,000 - 120,000")
    'Write to xxxxxxxxxxxxxx or call xxxxxxxxxxxxxxxx; pay 100,000 - 120,000'
    """
    data = text.encode("utf-8", "surrogatepass")
    for pattern in (_EMAIL, _PHONE):
        data = pattern.sub(lambda found: b"x" * len(found[0]), data)
    return data.decode("utf-8", "surrogatepass")


def masked(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return a batch of ``tables.TEXT`` with its texts masked."""
    at = batch.schema.get_field_index("text")
    texts = [None if text is None else mask(text) for text in batch.column(at).to_pylist()]
    return batch.set_column(at, batch.schema.field(at), pa.array(texts, pa.string()))

"""Which postings are one vacancy?

Postings of one employer are taken in the order of their publication (``joining``); where free texts name an employer
in two ways, its vacancies are brought together (``names``); the same text under another employer is noted beside
(``elsewhere``). The result does not depend on the order of the rows given.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from jobtide.link.candidates import Signed, signed
from jobtide.link.elsewhere import repeats, text_similarity
from jobtide.link.joining import Joined, joined
from jobtide.link.names import under_one_name
from jobtide.tables import ELSEWHERE, MEMBER


def vacancies(postings: pa.Table, signatures: pa.Table) -> tuple[pa.Table, pa.Table]:
    """Return (``tables.MEMBER``, ``tables.ELSEWHERE``), each sorted by its keys.

    ``postings`` has posting, version, employer (id), title, location, department, role, seniority,
    first_published_at, last_published_at and text; role and seniority may be empty. Every posting is a member of
    exactly one vacancy, whose id is its earliest member by (first, else last publication, else none; posting key).
    No postings give empty tables. Raises KeyError if a version has no signature.
    """
    ordered = _ordered(postings)
    keys = ordered["posting"].to_pylist()
    marks = signed(ordered["version"].to_pylist(), signatures)
    within = {found.row: found for rows in _by_employer(ordered) for found in joined(ordered, rows, marks)}
    again = repeats(ordered["employer"].to_pylist(), ordered["text"], marks)
    first = under_one_name(ordered, {row: found.head for row, found in within.items()}, marks)
    members = [_member(keys, within[row], head, ordered["text"], marks) for row, head in enumerate(first)]
    abroad = [
        {"posting": keys[row], "other": keys[other], "similarity": alike}
        for row, (other, alike) in again.items()
        if first[row] != first[other]
    ]
    return (
        pa.Table.from_pylist(sorted(members, key=lambda m: (m["vacancy"], m["posting"])), schema=MEMBER),
        pa.Table.from_pylist(sorted(abroad, key=lambda m: (m["posting"], m["other"])), schema=ELSEWHERE),
    )


def _member(keys: Sequence[str], found: Joined, head: int, texts: pa.ChunkedArray, marks: Signed) -> dict[str, Any]:
    """A row of ``tables.MEMBER``: as joined within its employer, or compared anew with the first under another name."""
    relation, alike = found.relation, found.similarity
    if head != found.head:
        relation = "exact" if marks.exact[found.row] == marks.exact[head] else "near"
        alike = 1.0 if relation == "exact" else text_similarity(texts, found.row, head)
    return {"vacancy": keys[head], "posting": keys[found.row], "relation": relation, "similarity": alike}


def _ordered(postings: pa.Table) -> pa.Table:
    """The postings, earliest first; undated ones last."""
    first = postings["first_published_at"].to_pylist()
    last = postings["last_published_at"].to_pylist()
    keys = postings["posting"].to_pylist()

    def order(row: int) -> tuple[bool, Any, str]:
        at = first[row] or last[row]
        return (at is None, at.timestamp() if at is not None else 0.0, keys[row])

    return postings.take(pa.array(sorted(range(len(keys)), key=order), pa.int64())).combine_chunks()


def _by_employer(ordered: pa.Table) -> Iterator[list[int]]:
    rows: dict[str, list[int]] = {}
    for row, employer in enumerate(ordered["employer"].to_pylist()):
        rows.setdefault(employer, []).append(row)
    yield from rows.values()

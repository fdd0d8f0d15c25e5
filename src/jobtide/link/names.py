"""Which postings under two names of an employer are one vacancy after all?

Free texts name their employer in their own first line, one month as "Quince", the next as "Quince Mills" or
"quincemills.com". Where one name holds the other, each stands at the beginning of its text, and the two texts are the
same, the two names are one employer's. Names that only a board states, or that share no more than a word, stay two.
"""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from jobtide.link.headlines import headed
from jobtide.link.titles import Likeness, folded, tokens
from jobtide.link.verify import Side, may_join

_SHORTEST = 4  # letters; a shorter name is held by many by chance
_BEGINNING = 300  # characters of a text in which it names its employer


def one_name(one: str, other: str) -> bool:
    """Return whether one of two employer ids holds the other.

    >>> one_name("quince", "quincemills"), one_name("quincemills", "quincegarden"), one_name("oat", "oatmill")
    (True, False, False)
    """
    return min(len(one), len(other)) >= _SHORTEST and (one in other or other in one)


def under_one_name(ordered: pa.Table, heads: Mapping[int, int], again: Mapping[int, tuple[int, float]]) -> list[int]:
    """Return the first posting of each posting's vacancy once names are one, for postings given earliest first.

    ``heads``: the first posting within its employer, by row. ``again``: rows of another employer with the same text.
    Two vacancies become one where a member of one repeats a member of the other, both headed and not for two roles.
    """
    employers = ordered["employer"].to_pylist()
    first = dict(heads)
    for row, (other, _) in sorted(again.items()):
        one, two = sorted((root(first, row), root(first, other)))
        if one == two or not one_name(employers[row], employers[other]):
            continue
        if all(_named(ordered, at) for at in (row, other)) and _one_headline(ordered, row, other):
            first[two] = one
    return [root(first, row) for row in range(len(employers))]


def root(first: Mapping[int, int], row: int) -> int:
    """Follow first postings to the one that is its own."""
    while first[row] != row:
        row = first[row]
    return row


def _named(ordered: pa.Table, row: int) -> bool:
    """Whether the text itself begins with its employer's name, however spaced."""
    text, employer = _values(ordered, row, ("text", "employer"))
    return employer in "".join(tokens(text[:_BEGINNING]))


def _one_headline(ordered: pa.Table, row: int, other: int) -> bool:
    sides = [_side(ordered, at) for at in (row, other)]
    return all(side.headed for side in sides) and may_join(*sides) not in (Likeness.DIFFERENT, Likeness.OTHER_WORDS)


def _side(ordered: pa.Table, row: int) -> Side:
    title, text, role, level, employer = _values(ordered, row, ("title", "text", "role", "seniority", "employer"))
    return Side(folded(title), frozenset(), role, level, "", headed(title, text, employer))


def _values(ordered: pa.Table, row: int, names: Sequence[str]) -> list[str]:
    return [ordered[name][row].as_py() or "" for name in names]

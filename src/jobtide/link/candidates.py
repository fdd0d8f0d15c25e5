"""Which earlier postings could be the same vacancy as this one?

An index over the vacancies' first postings, and some further texts of each, by exact hash and by band keys. Bands of
four values find what a title of the same words needs (Jaccard .5 and up), bands of sixteen find the near-identical
texts that unlike titles need, so that an employer's shared boilerplate does not make every posting a candidate of
every other. Titles that are their text's own first line, and those of an employer who writes some in another language,
ask for no words; while these are few, each is compared with all.
"""

from collections.abc import Hashable, Set
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from jobtide.link.signatures import BANDS, PERMUTATIONS, bands
from jobtide.link.words import U64

WIDE_BANDS = 8  # of 16 values: Jaccard .95 shares one in 99 of 100 cases, .6 in one of 400
_BEGINNING = 4  # letters of a title's word that must agree for the narrow bands
_MOST = 12  # candidates of each kind verified per posting, the most similar first: keeps the worst employer linear


@dataclass(frozen=True, slots=True)
class Signed:
    """The signatures of postings as arrays; row ``i`` belongs to posting ``i``. ``empty``: a text without words."""

    exact: list[str]
    minhash: npt.NDArray[np.uint32]
    narrow: U64
    wide: U64
    empty: npt.NDArray[np.bool_]


def signed(versions: list[str], signatures: pa.Table) -> Signed:
    """Return the signatures of ``versions`` in their order. Raises KeyError if one has none."""
    row_of = {version: row for row, version in enumerate(signatures["version"].to_pylist())}
    rows = pa.array([row_of[version] for version in versions], pa.int64())
    taken = signatures.take(rows).combine_chunks()
    flat = taken["minhash"].combine_chunks().flatten() if len(rows) else pa.array([], pa.uint32())
    minhash = flat.to_numpy(zero_copy_only=False).reshape(len(rows), PERMUTATIONS)
    sizes = [len(keys) for keys in taken["bands"].to_pylist()]
    return Signed(
        taken["exact"].to_pylist(),
        minhash,
        bands(minhash, BANDS),
        bands(minhash, WIDE_BANDS),
        np.array(sizes, np.int64) == 0,
    )


@dataclass(slots=True)
class Index:
    """Finds, for a posting, the earlier ones that share a key: under the same folded title, then under any."""

    signed: Signed
    _at: dict[Hashable, list[int]] = field(default_factory=dict)
    _added: list[int] = field(default_factory=list)

    def add(self, row: int, title: tuple[str, ...], *, any_title: bool = False) -> None:
        """Make posting ``row`` findable."""
        self._added.append(row)
        for keys in self._keys(row, title, any_title=any_title):
            for key in keys:
                self._at.setdefault(key, []).append(row)

    def like(self, row: int, title: tuple[str, ...], *, any_title: bool = False) -> list[tuple[float, int]]:
        """Return (estimated Jaccard, posting) of candidates: those of the same title first, each kind best first.

        Ties go to the one added earlier.
        """
        titled, further = (
            {other for key in keys for other in self._at.get(key, ())}
            for keys in self._keys(row, title, any_title=any_title)
        )
        if any_title and len(self._added) <= _MOST and not self.signed.empty[row]:
            titled.update(self._added)
        return self._best(row, titled) + self._best(row, further - titled)

    def _best(self, row: int, found: Set[int]) -> list[tuple[float, int]]:
        if not found:
            return []
        rows = np.array(sorted(found), np.int64)
        estimates = (self.signed.minhash[rows] == self.signed.minhash[row]).mean(axis=1)
        best = np.argsort(-estimates, kind="stable")[:_MOST]
        return list(zip(estimates[best].tolist(), rows[best].tolist(), strict=True))

    def _keys(self, row: int, title: tuple[str, ...], *, any_title: bool) -> tuple[list[Hashable], list[Hashable]]:
        """The keys of a posting that ask for its title, and those that do not; none for a text without words.

        ``any_title``: those that ask for it also find each other under any other title.
        """
        if self.signed.empty[row]:
            return [], []
        # The beginnings of the words: titles that differ by an ending or a slip ("contract", "contractor") meet here.
        words = frozenset(word[:_BEGINNING] for word in title)
        narrow = self.signed.narrow[row].tolist()
        titled: list[Hashable] = [(key, words) for key in narrow]
        if any_title:
            titled += [(key, None) for key in narrow]
        return titled, [self.signed.exact[row], *self.signed.wide[row].tolist()]

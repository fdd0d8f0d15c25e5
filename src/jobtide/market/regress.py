"""What does a quantity go with, everything else held? Least squares with errors clustered by employer.

Several columns are of interest, the others are controls, which are taken out first (Frisch, Waugh and Lovell). An
employer's residuals are taken as when the employer is left out (CR3: Bell and McCaffrey, Survey Methodology 28, 2002),
and the degrees of freedom of a coefficient are the effective employers among those that carry it, less one: an
employer counts by how much of the column's own variation is its.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from jobtide.market.intervals import Ints, Numbers, effective_employers, reach_of
from jobtide.market.student import t_tail

_OWN = 1e-6  # a column with less variation of its own, against the controls, is not told apart from them
_SAME = 1e-9
_MANY = 1000  # clusters from which no single one pulls the fit: their residuals are taken as they are (CR1)


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An estimate, its standard error, interval, two-sided p and effective employers; NaN where not identified."""

    value: float
    error: float
    low: float
    high: float
    p: float
    effective: float


UNKNOWN = Coefficient(np.nan, np.nan, np.nan, np.nan, 1.0, 0.0)


def fit(y: Numbers, columns: Numbers, controls: Numbers, cluster: Ints) -> list[Coefficient]:
    """Return the coefficient of each of ``columns`` in y ~ columns + controls; a constant is among the controls.

    ``columns`` and ``controls`` have a row an observation. Columns without variation of their own are not identified.
    """
    basis = _basis(controls)
    x = columns - basis @ (basis.T @ columns)
    spread = np.square(columns - columns.mean(axis=0)).sum(axis=0)
    kept = _independent(x, spread)
    out = [UNKNOWN] * columns.shape[1]
    if not len(kept):
        return out
    x = x[:, kept]
    inverse = np.linalg.inv(x.T @ x)
    own = x @ inverse  # influence of each observation on each coefficient
    value = own.T @ (y - basis @ (basis.T @ y))
    residual = y - basis @ (basis.T @ y) - x @ value
    moved, weight = _without_each(own, residual, np.hstack([basis, _orthonormal(x)]), cluster)
    for place, found in enumerate(kept):
        out[found] = _coefficient(float(value[place]), moved[:, place], weight[:, place])
    return out


def within(values: Numbers, cluster: Ints) -> Numbers:
    """Return ``values`` less their mean in each cluster: what is left of them within employers.

    >>> within(np.array([[1.0], [3.0], [5.0]]), np.array([0, 0, 1], dtype=np.int32)).ravel().tolist()
    [-1.0, 1.0, 0.0]
    """
    sizes = np.bincount(cluster)
    sums = np.stack([np.bincount(cluster, weights=column) for column in values.T], axis=1)
    out: Numbers = values - (sums / np.maximum(sizes, 1)[:, None])[cluster]
    return out


def dummies(labels: Sequence[str], *, least: int) -> Numbers:
    """Return a column for each label that stands ``least`` times, the first one apart; the others are one group.

    >>> dummies(["a", "b", "a", "c", "b"], least=2).tolist()
    [[0.0, 0.0], [1.0, 0.0], [0.0, 0.0], [0.0, 1.0], [1.0, 0.0]]
    """
    names, codes, sizes = np.unique(np.asarray(labels), return_inverse=True, return_counts=True)
    groups = np.where(sizes[codes] >= least, codes, len(names))
    present = np.unique(groups)
    out: Numbers = (groups[:, None] == present[None, 1:]).astype(np.float64)
    return out


def _basis(controls: Numbers) -> Numbers:
    """Orthonormal columns that span the controls, however they depend on each other."""
    left, size, _ = np.linalg.svd(controls, full_matrices=False)
    kept = size > _SAME * max(float(size.max(initial=0.0)), 1e-300)
    out: Numbers = np.ascontiguousarray(left[:, kept], dtype=np.float64)
    return out


def _orthonormal(x: Numbers) -> Numbers:
    out: Numbers = np.asarray(np.linalg.qr(x)[0], dtype=np.float64)
    return out


def _independent(x: Numbers, spread: Numbers) -> npt.NDArray[np.intp]:
    """The columns that have variation of their own, given the controls and the columns before them."""
    kept: list[int] = []
    basis = np.zeros((len(x), 0))
    for column in range(x.shape[1]):
        left = x[:, column] - basis @ (basis.T @ x[:, column])
        size = float(np.square(left).sum())
        if size > _OWN * max(float(spread[column]), 1.0):
            kept.append(column)
            basis = np.hstack([basis, (left / np.sqrt(size))[:, None]])
    return np.array(kept, dtype=np.intp)


def _without_each(own: Numbers, residual: Numbers, full: Numbers, cluster: Ints) -> tuple[Numbers, Numbers]:
    """How far leaving each cluster out would move each coefficient, and how much of its variation is that cluster's."""
    order = np.argsort(cluster, kind="stable")
    starts = np.flatnonzero(np.diff(cluster[order], prepend=-1))
    if len(starts) > _MANY:
        sums = np.add.reduceat((own * residual[:, None])[order], starts, axis=0)
        return sums * np.sqrt(len(starts) / (len(starts) - 1)), np.add.reduceat(np.square(own)[order], starts, axis=0)
    parts = np.split(order, starts[1:])
    moved, weight = np.empty((len(parts), own.shape[1])), np.empty((len(parts), own.shape[1]))
    for number, rows in enumerate(parts):
        hat = full[rows]
        # (I - H)^-1 e by way of the small side (Woodbury), whichever of the cluster and the columns is smaller.
        if len(rows) <= hat.shape[1]:
            left_out = np.linalg.lstsq(np.eye(len(rows)) - hat @ hat.T, residual[rows], rcond=1e-8)[0]
        else:
            inner = np.linalg.lstsq(np.eye(hat.shape[1]) - hat.T @ hat, hat.T @ residual[rows], rcond=1e-8)[0]
            left_out = residual[rows] + hat @ inner
        moved[number] = own[rows].T @ left_out
        weight[number] = np.square(own[rows]).sum(axis=0)
    return moved, weight


def _coefficient(value: float, moved: Numbers, weight: Numbers) -> Coefficient:
    effective = effective_employers(weight)
    error = float(np.sqrt(np.square(moved).sum()))
    if effective <= 1 + 1e-9 or error == 0:
        return Coefficient(value, np.nan, np.nan, np.nan, 1.0, effective)
    reach = reach_of(error, effective)
    p = 2 * t_tail(abs(value) / error, effective - 1)
    return Coefficient(value, error, value - reach, value + reach, p, effective)


def shrunk(found: Sequence[Coefficient]) -> list[tuple[float, float]]:
    """Return (mean, standard error) of each coefficient drawn towards all of them, by how sure it is.

    Empirical Bayes with a normal prior whose mean and variance come from the coefficients themselves (Paule and Mandel
    1982 by the moments of DerSimonian and Laird 1986; Efron and Morris 1975). NaN where one is not identified or fewer
    than three are.
    """
    value, error = (np.array([getattr(one, name) for one in found]) for name in ("value", "error"))
    sure = np.isfinite(value) & np.isfinite(error) & (np.nan_to_num(error) > 0)
    if sure.sum() < 3:
        return [(np.nan, np.nan)] * len(found)
    weight = 1 / error[sure] ** 2
    middle = float((weight * value[sure]).sum() / weight.sum())
    beyond = float((weight * (value[sure] - middle) ** 2).sum()) - (sure.sum() - 1)
    between = max(0.0, beyond / float(weight.sum() - np.square(weight).sum() / weight.sum()))
    centre = float((value[sure] / (error[sure] ** 2 + between)).sum() / (1 / (error[sure] ** 2 + between)).sum())
    with np.errstate(invalid="ignore"):
        keep = between / (between + error**2)
        mean, spread = centre + keep * (value - centre), error * np.sqrt(keep)
    return [(float(m), float(s)) if ok else (np.nan, np.nan) for m, s, ok in zip(mean, spread, sure, strict=True)]

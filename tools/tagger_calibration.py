"""How true is what the tagger says of a span, and which two numbers put it right?

Rows are spans of postings that the model which tagged them has not seen. Each fifth of the postings is put right by the
other four before it is shown; the numbers that are shipped come from all of them.
"""

import random
from collections.abc import Sequence

import numpy as np

from jobtide.enrich.deep.model import put_right

Judged = tuple[str, float, bool]  # posting, what the chain says of a span, whether annotators marked just this
PARTS = 5
STEPS = 25  # of Newton's method; it stands still after eight


def show(said: Sequence[Judged]) -> None:
    """Print, in steps of a tenth, what is said before and after it is put right, and what is true."""
    postings = sorted({key for key, _, _ in said})
    random.Random(7).shuffle(postings)
    right: list[tuple[float, bool]] = []
    for number in range(PARTS):
        held = set(postings[number::PARTS])
        slope, shift = platt([row for row in said if row[0] not in held])
        right += [(put_right(p, slope, shift), hit) for key, p, hit in said if key in held]
    for name, rows in (("as the chain says it", [(p, hit) for _, p, hit in said]), ("put right", right)):
        print(f"spans of {len(postings)} postings, {name}:")
        for low in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            some = [row for row in rows if low <= row[0] < low + 0.1]
            if some:
                means = [sum(float(row[i]) for row in some) / len(some) for i in (0, 1)]
                print(f"  {low:.1f} and more: n={len(some):<4d} said {means[0]:.3f} true {means[1]:.3f}")


def platt(said: Sequence[Judged]) -> tuple[float, float]:
    """Return slope and shift of the logit, by Newton's method on the likelihood (Platt 1999)."""
    p = np.clip([row[1] for row in said], 1e-4, 1 - 1e-4)
    x = np.stack([np.log(p / (1 - p)), np.ones(len(said))], 1)
    hit = np.array([row[2] for row in said], float)
    theta = np.array([1.0, 0.0])
    for _ in range(STEPS):
        q = 1 / (1 + np.exp(-x @ theta))
        theta += np.linalg.solve((x * (q * (1 - q))[:, None]).T @ x, x.T @ (hit - q))
    return round(float(theta[0]), 3), round(float(theta[1]), 3)

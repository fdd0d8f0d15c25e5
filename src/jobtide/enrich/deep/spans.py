"""Which stretches of words are skills, and how surely? Exact probabilities of whole spans, then the likeliest apart.

Forward and backward sums of the chain (Rabiner 1989) give the probability of each span of up to ``LONGEST`` words.
Taking all above a threshold makes more of them right than the likeliest labelling of the whole line does: a skill of
which the chain is unsure in length is still named at the length it thinks likeliest.
"""

from collections.abc import Sequence

import numpy as np

from jobtide.enrich.deep.model import Floats, Ints

LONGEST = 8  # words; of the spans in the labelled data 1 of 200 is longer
_WIDTHS = (4, 8, 16, 32, 64, 128, 256)  # lines are scored together with others of about their length
Span = tuple[int, int, float]  # first word, behind the last, probability


def choose(scores: Floats, breaks: Ints, turns: Floats, threshold: float) -> list[Span]:
    """Return the spans in order of place; none overlap.

    ``scores``: (words, 2) of ``Model.score``; ``breaks``: the places of BREAK, the first and the last place among
    them; ``turns``: as in ``Model``. A line longer than the widest width is cut.
    """
    found: list[Span] = []
    lines = [
        (start, min(_WIDTHS[-1], end - start))
        for a, b in zip(breaks[:-1] + 1, breaks[1:], strict=True)
        for start, end in [(s, b) for s in range(int(a), int(b), _WIDTHS[-1])]
    ]
    low = 0
    for width in _WIDTHS:
        some = [line for line in lines if low < line[1] <= width]
        low = width
        for at in range(0, len(some), 4096):
            part = some[at : at + 4096]
            if part:
                found += _in_lines(scores, part, width, turns, threshold)
    found.sort()
    return found


def _in_lines(
    scores: Floats, lines: Sequence[tuple[int, int]], width: int, turns: Floats, threshold: float
) -> list[Span]:
    starts = np.array([start for start, _ in lines])
    sizes = np.array([size for _, size in lines])
    places = starts[:, None] + np.arange(width)
    held = np.arange(width) < sizes[:, None]
    # One place more than the line has: it is outside, so that a span can end at the line's end.
    weight = np.zeros((len(lines), width + 1, 3))
    weight[:, :, 1:] = -1e4
    weight[:, :width, 1:][held] = scores[places[held]]
    likely = _probabilities(np.exp(weight - weight.max(2, keepdims=True)), np.exp(turns.astype(float)))
    at = np.argwhere(likely > threshold)
    ranked = sorted(((float(likely[n, i, k]), int(n), int(i), int(k)) for n, i, k in at), key=_best)
    taken = np.zeros((len(lines), width + 1), bool)
    out = []
    for p, n, i, k in ranked:
        if not taken[n, i : i + k + 1].any():
            taken[n, i : i + k + 1] = True
            first = int(starts[n]) + i
            out.append((first, first + k + 1, p))
    return out


def _best(candidate: tuple[float, int, int, int]) -> tuple[float, int, int]:
    return (-candidate[0], candidate[1], candidate[2])


def _probabilities(psi: Floats, turn: Floats) -> Floats:
    """Return (lines, places, length - 1): the probability that a span of this length begins here.

    ``psi``: (lines, places + 1, 3) exponentials of the scores; ``turn``: (3, 3) of the turns.
    """
    n, width = psi.shape[0], psi.shape[1] - 1
    alpha = np.zeros_like(psi)
    scale = np.ones((n, width + 1))
    before = np.zeros((n, 3))
    before[:, 0] = 1.0  # a line follows a break, which is outside
    for t in range(width + 1):
        now = (before @ turn) * psi[:, t]
        scale[:, t] = now.sum(1)
        before = alpha[:, t] = now / scale[:, t, None]
    beta = np.ones_like(psi)
    for t in range(width - 1, -1, -1):
        beta[:, t] = ((beta[:, t + 1] * psi[:, t + 1]) @ turn.T) / scale[:, t + 1, None]
    # What a span's end is worth: the next label is not inside.
    after = psi * beta / scale[:, :, None]
    ends = {label: (after[:, :, :2] * turn[label, :2]).sum(2) for label in (1, 2)}
    out = np.zeros((n, width, LONGEST))
    inner = alpha[:, :width, 1].copy()
    for k in range(min(LONGEST, width)):
        if k:
            # Places k behind the begin: one more word inside.
            step = turn[1 if k == 1 else 2, 2] * psi[:, k:width, 2] / scale[:, k:width]
            inner = inner[:, : width - k] * step
        out[:, : width - k, k] = inner * ends[2 if k else 1][:, k + 1 : width + 1]
    return out

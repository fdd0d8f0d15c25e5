"""How sure is each figure of the labelled postings? Intervals by drawing employers with replacement."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

import labelled
from gold import Gold, Row

REPEATS, SEED = 1000, 20251130  # of the bootstrap
CLOSED = (
    "role", "seniority", "years_min", "degree_required", "degree_or_equivalent", "work_mode", "visa", "clearance",
    "employment", "industry", "language",
)  # fmt: skip

Counts = tuple[int, int, int, int, int, int]  # right, predicted, found, labelled; needs right, needs compared


def skill_counts(gold: Gold, said: Mapping[str, Row], id: str, keep: set[str] | None = None) -> Counts:
    """One posting's skill counts by quote or name; with ``keep`` by name, over those names only."""
    measure = gold.measure
    mine, label = measure.skills(said[id], True), measure.skills(gold.labels[id], False)
    if keep is not None:
        mine, label = ([s for s in found if measure.norm(s[0]) in keep] for found in (mine, label))
    strict = keep is not None
    right = len(measure.pairs(mine, label, strict))
    got = measure.pairs(label, mine, strict)
    needs = [mine[j][2] == label[i][2] for i, j in got.items() if mine[j][2]]
    return right, len(mine), len(got), len(label), sum(needs), len(needs)


def common(gold: Gold, ids: Iterable[str]) -> set[str]:
    """Names that at least three of the postings' labels have."""
    names = Counter(
        n for id in ids for n in {gold.measure.norm(s[0]) for s in gold.measure.skills(gold.labels[id], False)}
    )
    return {name for name, count in names.items() if count >= 3}


def intervals(gold: Gold) -> dict[str, dict[str, list[float]]]:
    """95 % percentile intervals of the judged figures: employers drawn with replacement, 1,000 times, seeded."""
    employers = sorted({labelled.employer(row) for row in gold.postings})
    place = {name: i for i, name in enumerate(employers)}
    draws = np.random.default_rng(SEED).integers(0, len(employers), (REPEATS, len(employers)))
    weights = np.stack([np.bincount(draw, minlength=len(employers)) for draw in draws]).astype(float)
    of = [place[labelled.employer(row)] for row in gold.postings]
    out: dict[str, dict[str, list[float]]] = {}
    for name, ids, keep in (
        ("skills all by quote or name", [row["id"] for row in gold.postings], None),
        ("skills aiml by quote or name", gold.aiml, None),
        ("skills aiml by name, concepts of 3+ postings", gold.aiml, common(gold, gold.aiml)),
    ):
        wanted = set(ids)
        table = np.array([
            skill_counts(gold, gold.out_of_fold, row["id"], keep) if row["id"] in wanted else (0,) * 6
            for row in gold.postings
        ])  # fmt: skip
        right, said, found, marked, need, needs = (weights @ _by(of, table, len(employers))).T
        precision, recall = right / said, found / marked
        out[name] = {
            "precision": _middle(precision), "recall": _middle(recall),
            "f1": _middle(2 * precision * recall / (precision + recall)),
        }  # fmt: skip
        if keep is None:
            out["need" + name.removeprefix("skills")] = {"accuracy": _middle(need / needs)}
    for name, right_of in closed_facts(gold).items():
        table = np.array([[right_of(row["id"]), 1] for row in gold.postings])
        right, n = (weights @ _by(of, table, len(employers))).T
        out[name] = {"accuracy": _middle(right / n) if table[:, 0].sum() < len(table) else _faultless(len(employers))}
    return out


def closed_facts(gold: Gold) -> dict[str, Callable[[str], bool]]:
    """For each fact with one value (or one set) a posting: whether it is right, by id."""
    measure, said = gold.measure, gold.out_of_fold

    def same(name: str) -> Callable[[str], bool]:
        return lambda id: bool(measure.closed(said[id], name) == measure.closed(gold.labels[id], name))

    def places(name: str) -> Callable[[str], bool]:
        def named(row: Row) -> set[str]:
            return {measure.norm(p.get(name)) for p in row.get("places") or [] if p.get(name)}

        return lambda id: named(said[id]) == named(gold.labels[id])

    return {name: same(name) for name in CLOSED} | {name: places(name) for name in ("country", "city")}


def _by(of: Sequence[int], table: np.ndarray, employers: int) -> np.ndarray:
    """Rows of postings summed by employer."""
    out = np.zeros((employers, table.shape[1]))
    np.add.at(out, of, table)
    return out


def _faultless(employers: int) -> list[float]:
    """Wilson's 95 % interval where no error was seen: drawing from right answers alone would give one of no width."""
    return [round(employers / (employers + 1.96**2), 3), 1.0]


def _middle(values: np.ndarray) -> list[float]:
    low, high = np.percentile(values, (2.5, 97.5))
    return [round(float(low), 3), round(float(high), 3)]

"""Train the gate of the skill chain on our own labels, and say how well it does out of fold.

Data: gold_dev of the shared data, 160 postings of 121 employers, and the postings of other boards, years and employers
in bench/labels/others.jsonl, each read whole and labelled by a language model; the labels are our own work, the texts
are not shipped, and no other corpus is used (term priors from SkillSpan and GREEN were tried and added nothing). The
advertisements of one paragraph that we made up for tests (tests/golden/enrich_whole) are learnt from too, in every
fold, and not scored. The readers of the second set mark more than those of gold_dev do: that is fitted as a weight of
its own and left out, so that the gate speaks as gold_dev does. Ten folds by employer: a posting is scored by a gate
that saw none of its employer's.
Logistic regression with an L2 penalty, fitted by Newton's method in numpy; the same input gives the same file.

    python tools/train_gate.py            print the figures
    python tools/train_gate.py --write    and write src/jobtide/data/gate/weights.txt
"""

import argparse
import hashlib
import importlib.util
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import labelled
from jobtide.enrich import batch, gate, kit, skills
from jobtide.enrich.answer import version_row
from labelled import Labelled

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 10
PENALTY = 2.0  # of 0.5, 1, 2, 3, 10: flat between 1 and 3 out of fold
THRESHOLD = 0.45  # F1 is flat between 0.35 and 0.5; here precision stays what the rules alone reach
TALK = (
    0.6  # of what an employer says of itself: between the two thresholds, 31 right and 26 wrong out of fold on boards
)
RARE = 2  # a weight is fitted where it applies to at least so many mentions


@dataclass(slots=True)
class Example:
    """One labelled posting: its fold, what it names, and which of that the labels have.

    ``manner`` is the set whose readers mark more or less than gold_dev's: what that adds is fitted apart and left out.
    """

    id: str
    fold: int
    names: list[list[str]]
    meant: list[bool]
    needs: list[str]
    manner: str = ""


def main() -> int:
    """Train, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="store the weights in the package's data")
    options = parser.parse_args()
    shared = Path(os.environ.get("JOBTIDE_SHARED") or ROOT.parent / "shared")
    if not (shared / "data" / "gold_dev").is_dir():
        print(f"train_gate: no labelled postings at {shared}")
        return 1
    sets = {name: examples(shared, held) for name, held in labelled.every(shared).items()}
    found = [example for some in sets.values() for example in some]
    weights = fit([*found, *made_up()])
    apart = iter(out_of_fold(found))
    for name, some in sets.items():
        print(f"{name}, out of fold")
        print(reliability(some, [next(apart) for _ in some]))
        print(f"{name}, in sample")
        print(reliability(some, [_likely(weights, e) for e in some]))
    if options.write:
        gate.WEIGHTS.write_text(written(weights), encoding="utf-8")
        print(f"{gate.WEIGHTS.name}: {len(weights)} weights, {gate.WEIGHTS.stat().st_size:,} bytes")
    return 0


def examples(shared: Path, held: Labelled) -> list[Example]:
    """Every posting of a labelled set with what the rules let through, in the set's order."""
    measure = yardstick(shared)
    out = []
    for row in held.postings:
        said, features = _candidates(row)
        right = measure.pairs(said, measure.skills(held.labels[row["id"]], False), False)
        meant, needs = [i in right for i in range(len(said))], [need for _, _, need in said]
        out.append(Example(row["id"], fold(labelled.employer(row)), features, meant, needs, held.manner))
    return out


def made_up() -> list[Example]:
    """Advertisements of our own words, whose skills we know."""
    out = []
    for path in sorted((ROOT / "tests" / "golden" / "enrich_whole").glob("*.jsonl")):
        for row in labelled.rows(path):
            if "skills" in row["expect"]:
                said, features = _candidates({"title": "", "employer": "", **row})
                meant = [name in row["expect"]["skills"] for name, _, _ in said]
                out.append(Example(path.stem, -1, features, meant, [need for _, _, need in said]))
    return out


def _candidates(row: Mapping[str, Any]) -> tuple[list[tuple[str, str, str]], list[list[str]]]:
    """What the rules let through of a posting: name, words and need of each concept, and what the gate looks at."""
    tools = kit.load()
    buffer = batch.read(version_row(row)).buffer
    hits = skills.mentions(kit.terms_in(buffer.folded))
    named = skills.candidates(buffer.data, buffer.folded, hits, buffer.blocks, tools.taxonomy, batch.own(row))
    said = [
        (tools.taxonomy.concepts[id].name, buffer.data[one.start : one.end].decode(), one.need)
        for id, one in named.items()
    ]
    return said, gate.Gate({}, tools.taxonomy).features(buffer.data, named, tools.taxonomy)


def fold(employer: str) -> int:
    """The fold an employer's postings are in, whatever else is in the file."""
    return int(hashlib.sha256(employer.encode()).hexdigest(), 16) % FOLDS


def fold_weights(found: Sequence[Example]) -> list[dict[str, float]]:
    """For each fold the weights that saw none of it."""
    more = made_up()
    return [fit([*(e for e in found if e.fold != number), *more]) for number in range(FOLDS)]


def out_of_fold(found: Sequence[Example]) -> list[list[float]]:
    """The probability of each mention by weights that saw no posting of its employer."""
    weights = fold_weights(found)
    return [_likely(weights[e.fold], e) for e in found]


def fit(found: Sequence[Example]) -> dict[str, float]:
    """Weights by name: Newton's method on the penalised likelihood; the bias is not penalised."""
    rows = [
        ([*names, e.manner] if e.manner else names, meant)
        for e in found
        for names, meant, need in zip(e.names, e.meant, e.needs, strict=True)
        if need != "negated"
    ]
    counts = Counter(name for names, _ in rows for name in names)
    known = {name: i for i, name in enumerate(sorted(n for n, k in counts.items() if k >= RARE), 1)}
    x = np.zeros((len(rows), len(known) + 1))
    x[:, 0] = 1.0
    for i, (names, _) in enumerate(rows):
        x[i, [known[name] for name in names if name in known]] = 1.0
    y = np.array([meant for _, meant in rows], float)
    penalty = np.full(len(known) + 1, PENALTY)
    penalty[0] = 1e-6
    w = np.zeros(len(known) + 1)
    for _ in range(12):
        p = 1.0 / (1.0 + np.exp(-x @ w))
        slope = x.T @ (y - p) - penalty * w
        bend = (x.T * (p * (1.0 - p))) @ x + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    manners = {e.manner for e in found}
    fitted = {name: round(float(w[i]), 3) for name, i in known.items() if name not in manners}
    return {"bias": round(float(w[0]), 3), "threshold": THRESHOLD, "threshold talk": TALK} | {
        n: v for n, v in fitted.items() if v
    }


def _likely(weights: Mapping[str, float], example: Example) -> list[float]:
    totals = [weights["bias"] + sum(weights.get(name, 0.0) for name in names) for names in example.names]
    return [float(1.0 / (1.0 + np.exp(-total))) for total in totals]


def reliability(found: Sequence[Example], likely: Iterable[Sequence[float]]) -> str:
    """Said and true shares by tenth of confidence, with the calibration error (mean gap, weighted by mentions)."""
    pairs = [(p, m) for e, ps in zip(found, likely, strict=True) for p, m in zip(ps, e.meant, strict=True)]
    lines = ["  confidence      n   said   true"]
    gap = 0.0
    for low in range(10):
        held = [(p, m) for p, m in pairs if low <= min(int(p * 10), 9) < low + 1]
        if held:
            said, true = (float(np.mean([pair[k] for pair in held])) for k in (0, 1))
            gap += abs(said - true) * len(held) / len(pairs)
            lines.append(f"  {low / 10:.1f} to {low / 10 + 0.1:.1f} {len(held):7d}  {said:.3f}  {true:.3f}")
    return "\n".join([*lines, f"  calibration error {gap:.3f} (n={len(pairs)} mentions)"])


def written(weights: Mapping[str, float]) -> str:
    """The weights file: remarks on origin and licence, then one weight a line in order of names."""
    head = [
        "# Weights of the skill gate: natural logarithms of odds, summed; see jobtide/enrich/gate.py.",
        "# Made by tools/train_gate.py from labels of our own (postings read whole by a language model);",
        "# no text and no third party's annotation is in it. Licence: that of jobtide.",
    ]
    return "\n".join([*head, *(f"{name} {value:g}" for name, value in sorted(weights.items()))]) + "\n"


def yardstick(shared: Path) -> ModuleType:
    """The shared yardstick as a module: its matching decides what counts as found."""
    spec = importlib.util.spec_from_file_location("yardstick", shared / "tools" / "score_gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    raise SystemExit(main())

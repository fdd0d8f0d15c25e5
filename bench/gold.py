"""What is read of the labelled postings, each by a gate that saw none of its employer's, and how sure is each figure?

The skill gate is trained on these labels, so its figures are taken out of fold: ten folds by employer, each posting
weighed by the other nine. Figures of a gate that saw the posting are kept apart as ``in_sample``. Everything else is
read by rules, which were written with these postings in sight: unread employers are their test, not folds.
"""

import io
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import train_gate
from jobtide.enrich import batch, gate, kit, skills
from jobtide.enrich.answer import answer, version_row

Row = dict[str, Any]
REPEATS, SEED = 1000, 20251130  # of the bootstrap
CLOSED = (
    "role", "seniority", "years_min", "degree_required", "degree_or_equivalent", "work_mode", "visa", "clearance",
    "employment", "industry", "language",
)  # fmt: skip


@dataclass(slots=True)
class Gold:
    """The labelled postings with what is read of them.

    ``judged``: (confidence, meant) of every skill that a gate weighed, out of fold.
    """

    measure: ModuleType
    postings: list[Row]
    labels: dict[str, Row]
    out_of_fold: dict[str, Row]
    in_sample: dict[str, Row]
    judged: list[tuple[float, bool]] = field(default_factory=list)

    @property
    def aiml(self) -> list[str]:
        """Ids of the postings whose role is an AI, ML or data role."""
        return [row["id"] for row in self.postings if row["aiml"]]


def read(shared: Path) -> Gold:
    """Read all of gold_dev twice: by the shipped gate, and out of fold."""
    folder = shared / "data" / "gold_dev"
    measure = train_gate.yardstick(shared)
    postings = _lines(folder / "postings.jsonl")
    labels = {row["id"]: row for row in _lines(folder / "labels.jsonl")}
    in_sample = {row["id"]: answer(row) for row in postings}
    examples = train_gate.examples(shared)
    taxonomy = kit.load().taxonomy
    gates = [gate.Gate(weights, taxonomy) for weights in train_gate.fold_weights(examples)]
    gold = Gold(measure, postings, labels, {}, in_sample)
    for row, example in zip(postings, examples, strict=True):
        said, likely = weighed(row, gates[train_gate.fold(row["employer"])])
        gold.out_of_fold[row["id"]] = in_sample[row["id"]] | {"skills": said}
        gold.judged += zip(likely, example.meant, strict=True)
    return gold


def weighed(row: Row, by: gate.Gate) -> tuple[list[Row], list[float]]:
    """The skills that ``by`` believes of a posting, as ``read`` prints them, and the probability of every candidate."""
    tools = kit.load()
    buffer = batch.read(version_row(row)).buffer
    hits = skills.mentions(kit.terms_in(buffer.folded))
    named = skills.candidates(buffer.data, buffer.folded, hits, buffer.blocks, tools.taxonomy, batch.own(row))
    likely = by.score(buffer.data, named)
    said = [
        {
            "id": id,
            "name": tools.taxonomy.concepts[id].name,
            "quote": buffer.data[one.start : one.end].decode("utf-8", "replace"),
            "need": one.need,
        }
        for (id, one), p in zip(named.items(), likely, strict=True)
        if p >= by.threshold
    ]
    return said, likely


def printed(gold: Gold, said: Mapping[str, Row], shared: Path) -> str:
    """What the shared yardstick prints for these answers."""
    folder = shared / "data" / "gold_dev"
    with tempfile.TemporaryDirectory() as place:
        answers = Path(place) / "answers.jsonl"
        answers.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in said.values()))
        argv = sys.argv
        sys.argv = ["", str(answers), str(folder / "labels.jsonl"), "--postings", str(folder / "postings.jsonl")]
        caught = io.StringIO()
        try:
            with redirect_stdout(caught):
                gold.measure.main()
        finally:
            sys.argv = argv
    return caught.getvalue()


def figures(printed: str) -> dict[str, dict[str, float]]:
    """Return the yardstick's printed figures by name; every figure carries its n."""
    out: dict[str, dict[str, float]] = {}
    for line in printed.splitlines():
        if m := re.match(
            r"skills (.+): P ([\d.]+) R ([\d.]+) F1 ([\d.]+) \(n=(\d+)\)(?: need ([\d.]+) \(n=(\d+)\))?", line
        ):
            name = "skills " + re.sub(r" \(\d+\)$", "", m[1])
            out[name] = {"precision": float(m[2]), "recall": float(m[3]), "f1": float(m[4]), "n": int(m[5])}
            if m[6]:
                out["need" + name.removeprefix("skills")] = {"accuracy": float(m[6]), "n": int(m[7])}
        elif m := re.match(r"(\w+): accuracy ([\d.]+) \(n=(\d+)\)(?:.* found (\d+)/(\d+), false (\d+)/)?", line):
            out[m[1]] = {"accuracy": float(m[2]), "n": int(m[3])}
            if m[4]:
                out[m[1]] |= {"found": int(m[4]), "stated": int(m[5]), "false": int(m[6])}
        elif m := re.match(r"pay: exact (\d+)/(\d+), false pay (\d+)/(\d+)", line):
            right, stated, false, silent = (int(g) for g in m.groups())
            out["pay"] = {"wrong": stated - right, "n": stated, "false": false, "n_without": silent}
        elif m := re.match(r"certifications: right (\d+)/(\d+) of predicted; labelled (\d+)", line):
            right, said, labelled = (int(g) for g in m.groups())
            out["certifications"] = {"precision": round(right / max(1, said), 3), "right": right, "n": said}
            out["certifications"]["labelled"] = labelled
        elif m := re.match(r"(country|city): exact set ([\d.]+) \(n=(\d+)\)", line):
            out[m[1]] = {"accuracy": float(m[2]), "n": int(m[3])}
    return out


# ---- intervals ---------------------------------------------------------------------------------------

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
    employers = sorted({row["employer"] for row in gold.postings})
    place = {name: i for i, name in enumerate(employers)}
    draws = np.random.default_rng(SEED).integers(0, len(employers), (REPEATS, len(employers)))
    weights = np.stack([np.bincount(draw, minlength=len(employers)) for draw in draws]).astype(float)
    of = [place[row["employer"]] for row in gold.postings]
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
        right, said, found, labelled, need, needs = (weights @ _by(of, table, len(employers))).T
        precision, recall = right / said, found / labelled
        out[name] = {
            "precision": _middle(precision), "recall": _middle(recall),
            "f1": _middle(2 * precision * recall / (precision + recall)),
        }  # fmt: skip
        if keep is None:
            out["need" + name.removeprefix("skills")] = {"accuracy": _middle(need / needs)}
    for name, right_of in closed_facts(gold).items():
        table = np.array([[right_of(row["id"]), 1] for row in gold.postings])
        right, n = (weights @ _by(of, table, len(employers))).T
        out[name] = {"accuracy": _middle(right / n)}
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


def _middle(values: np.ndarray) -> list[float]:
    low, high = np.percentile(values, (2.5, 97.5))
    return [round(float(low), 3), round(float(high), 3)]


# ---- what statistics correct with --------------------------------------------------------------------


def by_concept(gold: Gold) -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Postings in which each concept is rightly found, wrongly found and missed, out of fold, and the sums of all.

    A label belongs to the concept that has its name, or else its quoted words, among its own; a label that the
    vocabulary does not know counts as missed in the sums alone.
    """
    counts: dict[str, Counter[str]] = {}
    pooled: Counter[str] = Counter(tp=0, fp=0, fn=0)
    for id, row in gold.out_of_fold.items():
        mine = [s for s in row["skills"] if s["need"] != "negated"]
        label = gold.measure.skills(gold.labels[id], False)
        right = gold.measure.pairs(gold.measure.skills(row, True), label, False)
        found = set(right.values())
        named = {s["id"] for s in mine}
        for i, skill in enumerate(mine):
            counts.setdefault(skill["id"], Counter())["tp" if i in right else "fp"] += 1
        missed = [concept_of(s) for j, s in enumerate(label) if j not in found]
        for concept in {c for c in missed if c} - named:
            counts.setdefault(concept, Counter())["fn"] += 1
        pooled.update({"tp": len(right), "fp": len(mine) - len(right), "fn": len(missed)})
    table = {c: {k: counts[c][k] for k in ("tp", "fp", "fn")} for c in sorted(counts)}
    return table, dict(pooled)


def concept_of(label: tuple[str, str, str]) -> str:
    """The concept that has a label's name, or else its quote, as a name of its own; "" if none has."""
    known = _names()
    return next((known[words] for words in map(_folded, label[:2]) if words in known), "")


def _names() -> dict[bytes, str]:
    taxonomy = kit.load().taxonomy
    if not _KNOWN:
        _KNOWN.update({words: taxonomy.of[i].id for i, words in enumerate(taxonomy.patterns) if words.strip()})
    return _KNOWN


_KNOWN: dict[bytes, str] = {}


def _folded(words: str) -> bytes:
    from jobtide.enrich.automaton import fold

    return b" ".join(fold(words.encode()).split())


# ---- what to look at ---------------------------------------------------------------------------------


def reliability(gold: Gold) -> tuple[list[Row], float]:
    """Said and true shares by tenth of confidence, and the calibration error (mean gap, weighted by mentions)."""
    rows, gap = [], 0.0
    for tenth in range(10):
        held = [(p, m) for p, m in gold.judged if min(int(p * 10), 9) == tenth]
        if held:
            said, true = (float(np.mean([pair[k] for pair in held])) for k in (0, 1))
            gap += abs(said - true) * len(held) / len(gold.judged)
            rows.append({"from": tenth / 10, "n": len(held), "said": round(said, 3), "true": round(true, 3)})
    return rows, round(gap, 3)


def worst(gold: Gold, most: int = 20) -> Iterator[str]:
    """The postings with most errors, with the quoted words of what is false and what is missed."""
    rows = []
    for id, row in gold.out_of_fold.items():
        mine, label = gold.measure.skills(row, True), gold.measure.skills(gold.labels[id], False)
        right, got = gold.measure.pairs(mine, label, False), gold.measure.pairs(label, mine, False)
        false = [f'{s[0]} "{s[1]}"' for i, s in enumerate(mine) if i not in right]
        missed = [f'{s[0]} "{s[1]}"' for i, s in enumerate(label) if i not in got]
        rows.append((len(false) + len(missed), id, false, missed))
    for errors, id, false, missed in sorted(rows, reverse=True)[:most]:
        yield f"  {errors:3d} {id}\n      false:  {'; '.join(false[:8])}\n      missed: {'; '.join(missed[:8])}"


def _lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]

"""What is read of labelled postings, each by a gate that saw none of its employer's, and what does the yardstick say?

The skill gate is trained on these labels, so its figures are taken out of fold: ten folds by employer, each posting
weighed by the other nine. Figures of a gate that saw the posting are kept apart as ``in_sample``. Everything else is
read by rules, which were written with these postings in sight: unread employers are their test, not folds.
"""

import io
import json
import re
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import labelled
import train_gate
from jobtide.enrich import batch, gate, kit, skills
from jobtide.enrich.answer import answer, version_row
from labelled import Labelled

Row = dict[str, Any]


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


def read(shared: Path) -> dict[str, Gold]:
    """Read every labelled set that is learnt from twice: by the shipped gate, and out of fold; by name of the set."""
    measure, sets = train_gate.yardstick(shared), labelled.every(shared)
    examples = {name: train_gate.examples(shared, held) for name, held in sets.items()}
    taxonomy = kit.load().taxonomy
    weights = train_gate.fold_weights([example for some in examples.values() for example in some])
    gates = [gate.Gate(fold, taxonomy) for fold in weights]
    return {name: _read(measure, held, examples[name], gates) for name, held in sets.items()}


def unread(shared: Path) -> Gold:
    """Read the set that nothing learns from, by the shipped gate: in fold and out of it are one."""
    held = labelled.ours(shared, "unread")
    said = {row["id"]: answer(row) for row in held.postings}
    return Gold(train_gate.yardstick(shared), held.postings, held.labels, said, said)


def _read(
    measure: ModuleType, held: Labelled, examples: Sequence[train_gate.Example], gates: Sequence[gate.Gate]
) -> Gold:
    gold = Gold(measure, held.postings, held.labels, {}, {row["id"]: answer(row) for row in held.postings})
    for row, example in zip(held.postings, examples, strict=True):
        said, likely = weighed(row, gates[example.fold])
        gold.out_of_fold[row["id"]] = gold.in_sample[row["id"]] | {"skills": said}
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
        if p >= by.least[one.soft]
    ]
    return said, likely


def printed(gold: Gold, said: Mapping[str, Row]) -> str:
    """What the shared yardstick prints for these answers."""
    with tempfile.TemporaryDirectory() as place:
        answers, labels, postings = (Path(place) / name for name in ("answers", "labels", "postings"))
        for path, rows in ((answers, said.values()), (labels, gold.labels.values()), (postings, gold.postings)):
            path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        argv = sys.argv
        sys.argv = ["", str(answers), str(labels), "--postings", str(postings)]
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

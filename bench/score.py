"""How well does jobtide read? Precision and recall on labelled postings, held against the floors in scores.toml.

Prints what the yardstick of the shared data prints, then each floor with the figure reached; exits 1 if one is
missed. ``--write`` stores the figures reached (not the floors) for the README and the report's quality section.
"""

import argparse
import importlib.util
import io
import json
import os
import re
import sys
import tempfile
import tomllib
from contextlib import redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
SCORES = HERE / "scores.toml"
REACHED = HERE.parent / "src" / "jobtide" / "data" / "quality.json"


def main() -> int:
    """Score, print, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="store the figures reached in the package's data")
    options = parser.parse_args()
    shared = Path(os.environ.get("JOBTIDE_SHARED") or HERE.parent.parent / "shared")
    if not (shared / "data" / "gold_dev").is_dir():
        print(f"score: skipped, no labelled postings at {shared}")
        return 0
    printed = yardstick(shared)
    print(printed)
    reached = figures(printed)
    failed = compare(reached)
    if options.write:
        REACHED.write_text(json.dumps(reached, indent=1, sort_keys=True) + "\n")
    return 1 if failed else 0


def yardstick(shared: Path) -> str:
    """Return what the shared yardstick prints for ``jobtide read`` on gold_dev."""
    from jobtide.enrich.answer import answer

    gold = shared / "data" / "gold_dev"
    module = _load(shared / "tools" / "score_gold.py")
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder) / "predictions.jsonl"
        with predictions.open("w") as out:
            for line in (gold / "postings.jsonl").open():
                out.write(json.dumps(answer(json.loads(line)), ensure_ascii=False) + "\n")
        argv, sys.argv = (
            sys.argv,
            ["", str(predictions), str(gold / "labels.jsonl"), "--postings", str(gold / "postings.jsonl")],
        )
        caught = io.StringIO()
        try:
            with redirect_stdout(caught):
                module.main()
        finally:
            sys.argv = argv
    return caught.getvalue()


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("yardstick", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
        elif m := re.match(r"(\w+): accuracy ([\d.]+) \(n=(\d+)\)", line):
            out[m[1]] = {"accuracy": float(m[2]), "n": int(m[3])}
        elif m := re.match(r"pay: exact (\d+)/(\d+), false pay (\d+)/(\d+)", line):
            right, stated, false, silent = (int(g) for g in m.groups())
            out["pay"] = {"wrong": stated - right, "n": stated, "false": false, "n_without": silent}
        elif m := re.match(r"(country|city): exact set ([\d.]+) \(n=(\d+)\)", line):
            out[m[1]] = {"accuracy": float(m[2]), "n": int(m[3])}
    return out


def compare(reached: dict[str, dict[str, float]]) -> list[str]:
    """Print each floor beside the figure reached; return the names of those missed."""
    floors: dict[str, dict[str, Any]] = tomllib.loads(SCORES.read_text())["gold_dev"]
    failed = []
    print("\nfloors (bench/scores.toml)")
    for name, asked in floors.items():
        for measure, floor in asked.items():
            got = reached[name][measure.removeprefix("most_")]
            good = got <= floor if measure.startswith("most_") else got >= floor
            sign = "<=" if measure.startswith("most_") else ">="
            print(f"  {'ok  ' if good else 'FAIL'} {name}, {measure.removeprefix('most_')}: {got:.3f} {sign} {floor}")
            if not good:
                failed.append(name)
    return failed


if __name__ == "__main__":
    raise SystemExit(main())

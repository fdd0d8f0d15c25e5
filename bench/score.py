"""How well does jobtide read? Precision and recall on labelled postings, held against the floors in scores.toml.

The headline is out of fold: no posting's skills are weighed by a gate that was trained on its employer. In-sample
figures, bootstrap intervals, confidence against truth, spans of other corpora, pay beside the boards' own field and
the worst postings follow; then each floor with the figure reached. Exits 1 if a floor is missed. ``--write`` stores
what was reached for README and report (quality.json), for the statistics (reading.json) and as a page of the docs.
"""

import argparse
import json
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))

import errors
import gold as golden
import quality_card
import spans
import stated_pay
import sureness
from jobtide.report.records import UNREAD

HERE = Path(__file__).resolve().parent
SCORES = HERE / "scores.toml"
DATA = HERE.parent / "src" / "jobtide" / "data"
ELSEWHERE = {
    "others": "{n} postings of other employers, boards and years (boards of 2025, forum posts of 2013 to 2016, one "
    "employer's own pages), labelled in the same way; rules were mended with these postings in sight",
    "unread": "{n} postings of the same kinds on which nothing was tuned and of which the gate learnt nothing",
}
HOW = (
    "160 postings of 121 employers on one board system, labelled by a language model and not by people; skills out of "
    "fold, ten folds by employer; a skill counts once a posting, matched by quote or name"
)


def main() -> int:
    """Score, print, compare, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="store the figures reached")
    options = parser.parse_args()
    shared = Path(os.environ.get("JOBTIDE_SHARED") or HERE.parent.parent / "shared")
    if not (shared / "data" / "gold_dev").is_dir():
        print(f"score: skipped, no labelled postings at {shared}")
        return 0
    found = measured(shared)
    failed = compare(found["figures"])
    for name, one in found["elsewhere"].items():
        failed += compare(one["figures"], name)
    if options.write:
        write(found)
    return 1 if failed else 0


def measured(shared: Path) -> dict[str, Any]:
    """Measure and print everything; return it in the form of reading.json."""
    sets = golden.read(shared)
    gold = sets["gold_dev"]
    figures, in_sample, between = scored(gold)
    trust, gap = errors.reliability(gold)
    print(f"\nconfidence of a skill against truth, out of fold (calibration error {gap:.3f}, n={len(gold.judged)})")
    for row in trust:
        print(f"  {row['from']:.1f} and more: n={row['n']:<5d} said {row['said']:.3f} true {row['true']:.3f}")
    elsewhere = dict(_elsewhere(sets | {"unread": golden.unread(shared)}))
    marked = spans.scores(shared)
    print("\nspans that annotators marked, the default chain (dev splits)")
    for name, s in marked.items():
        print(f"  {name}: P {s['precision']:.3f} R {s['recall']:.3f} F1 {s['f1']:.3f} (n={s['n']})")
    pay, lines = stated_pay.check(shared)
    print(f"\npay read from the text beside the board's own pay field: {pay_said(pay)}")
    print("\n".join(lines))
    print("worst postings, out of fold")
    print("\n".join(errors.worst(gold)))
    table, pooled = errors.by_concept(gold)
    figures["pay beside its field"] = {
        "accuracy": round(pay["equal"] / readable(pay), 3), "n": readable(pay), "two_figures": pay["two figures"],
        "period": pay.get("other period", 0), "silent": pay["silent"],
    }  # fmt: skip
    figures |= marked
    figures["calibration"] = {"error": gap, "n": len(gold.judged)}
    return {
        "how": HOW, "n_postings": len(gold.postings), "pooled": pooled, "skill": table, "figures": figures,
        "intervals": between, "in_sample": in_sample, "reliability": trust, "spans": marked,
        "elsewhere": elsewhere,
    }  # fmt: skip


def _elsewhere(sets: Mapping[str, golden.Gold]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, told in ELSEWHERE.items():
        how = told.format(n=len(sets[name].postings))
        print(f"\n{name}: {how}")
        figures, _, between = scored(sets[name])
        yield name, {"how": how, "n_postings": len(sets[name].postings), "figures": figures, "intervals": between}


Figures = dict[str, dict[str, float]]


def scored(gold: golden.Gold) -> tuple[Figures, Figures, dict[str, dict[str, list[float]]]]:
    """Print what the yardstick says of a set; return its figures, those of the shipped gate in sample, intervals."""
    out = golden.printed(gold, gold.out_of_fold).partition("worst postings")[0]
    within = golden.printed(gold, gold.in_sample).partition("worst postings")[0]
    if gold.judged:
        print(f"out of fold by employer (skills and need; the rest is read by rules)\n{out}")
        print("in sample: the shipped gate, which was trained on these postings")
    print("\n".join(line for line in within.splitlines() if line.startswith("skills") or not gold.judged))
    between = sureness.intervals(gold)
    print(f"\n95 % intervals, {sureness.REPEATS:,} draws of employers")
    for name, held in between.items():
        print(f"  {name}: " + ", ".join(f"{measure} {low:.3f} to {high:.3f}" for measure, (low, high) in held.items()))
    in_sample = {k: v for k, v in golden.figures(within).items() if k.startswith(("skills", "need"))}
    return golden.figures(out), in_sample, between


def readable(pay: dict[str, int]) -> int:
    """Postings whose text could be read to equal the field: the field's numbers stand in it as pay."""
    return pay["equal"] + pay.get("misread", 0) + pay.get("missed", 0)


def pay_said(pay: dict[str, int]) -> str:
    """The classes of postings in words."""
    stated = sum(pay.values()) - pay["silent"]
    return (
        f"equal in {pay['equal']} of {readable(pay)} ({pay['equal'] / readable(pay):.3f}) whose text holds the field's "
        f"numbers; beside them {pay['two figures']} of {stated} state other figures in the text than in the field, "
        f"{pay.get('other period', 0)} another period; {pay['silent']} texts state none"
    )


def compare(reached: dict[str, dict[str, float]], of: str = "gold_dev") -> list[str]:
    """Print each floor of a set beside the figure reached; return the names of those missed."""
    floors: dict[str, dict[str, Any]] = tomllib.loads(SCORES.read_text()).get(of, {})
    failed = []
    print(f"\nfloors of {of} (bench/scores.toml)")
    for name, asked in floors.items():
        for measure, floor in asked.items():
            got = reached[name][measure.removeprefix("most_")]
            good = got <= floor if measure.startswith("most_") else got >= floor
            sign = "<=" if measure.startswith("most_") else ">="
            print(f"  {'ok  ' if good else 'FAIL'} {name}, {measure.removeprefix('most_')}: {got:.3f} {sign} {floor}")
            if not good:
                failed.append(name)
    return failed


def write(found: dict[str, Any]) -> None:
    """Store what was reached: for README and report, for the statistics, and as a page of the docs."""
    unread = found["elsewhere"]["unread"]
    shown = _bounded(found) | {f"{UNREAD}{name}": figure for name, figure in _bounded(unread).items()}
    (DATA / "quality.json").write_text(json.dumps(shown, indent=1, sort_keys=True) + "\n")
    (DATA / "reading.json").write_text(packed(found))
    quality_card.CARD.write_text(quality_card.card(found))


def _bounded(found: Mapping[str, Any]) -> Figures:
    """The figures of a set with the ends of their intervals beside them."""
    shown = {name: dict(figure) for name, figure in found["figures"].items()}
    for name, held in found["intervals"].items():
        for measure, (low, high) in held.items():
            shown[name] |= {f"{measure}_low": low, f"{measure}_high": high}
    return shown


def packed(found: dict[str, Any]) -> str:
    """JSON with one skill a line, so that a change shows which."""
    rest = {key: value for key, value in found.items() if key != "skill"}
    skills = ",\n".join(f"  {json.dumps(name)}: {json.dumps(counts)}" for name, counts in found["skill"].items())
    head = json.dumps(rest, indent=1, sort_keys=True)
    return f'{head[:-2]},\n "skill": {{\n{skills}\n }}\n}}\n'


if __name__ == "__main__":
    raise SystemExit(main())

"""Which skills and postings are read wrongly, and is a skill's confidence true?"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from gold import Gold, Row
from jobtide.enrich import kit
from jobtide.enrich.automaton import fold


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
    return b" ".join(fold(words.encode()).split())


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

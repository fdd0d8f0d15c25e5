"""How well does the tagger find skills on SkillSpan's technical dev split, beside a field trained on the same words?

The peer is a conditional random field with the usual features: words, shapes, affixes, neighbours, pairs of
neighbours, and our vocabulary as gazetteer; trained on the same train split, read by its own library. Both are scored
on KNOWLEDGE, strict and by overlap, with a bootstrap interval of the difference over postings. Needs the group "train".

    python bench/tagger.py               the shipped tagger and the peer
    python bench/tagger.py --seeds 3     and taggers trained anew with other groups of words
"""

import argparse
import os
import random
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE.parent / "tools")]

import pycrfsuite  # noqa: E402 - found by the path above

import train_tagger as training  # noqa: E402
from jobtide.enrich.deep import model  # noqa: E402
from jobtide.enrich.deep.words import attributes  # noqa: E402

RESAMPLES = 2000
Spans = set[tuple[int, int, int]]


def main() -> int:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=0, help="train so many taggers anew")
    options = parser.parse_args()
    shared = Path(os.environ.get("JOBTIDE_SHARED") or HERE.parent.parent / "shared")
    if not (shared / "data" / "bench_skillspan").is_dir():
        print(f"spans: skipped, no labelled sentences at {shared}")
        return 0
    train, dev = training.labelled(shared, "train"), training.labelled(shared, "dev", ("tech",))
    gold = [one.gold for one in dev]
    beside = peer(train, dev)
    print(f"peer, features of words and gazetteer: {training.scored(zip(gold, beside, strict=True))}")
    ours = [training.predicted(model.load(), one) for one in dev]
    print(f"tagger as shipped:                     {training.scored(zip(gold, ours, strict=True))}")
    low, high = difference(gold, beside, ours)
    print(f"difference in strict F1, 95% interval over {len(dev)} postings: {low:+.3f} to {high:+.3f}")
    for seed in range(1, options.seeds + 1):
        anew = training.fit(train, training.groups(training.texts(shared), seed))
        found = [training.predicted(anew, one) for one in dev]
        print(f"tagger trained anew, seed {seed}:           {training.scored(zip(gold, found, strict=True))}")
    return 0


def peer(train: Sequence[training.Labelled], dev: Sequence[training.Labelled]) -> list[Spans]:
    """What a field without groups of words reads, by its most likely labelling."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for one in train:
        trainer.append(plain(one), [training.LABELS[i] for i in one.labels])
    trainer.set_params({"c1": 0.0, "c2": training.PENALTY, "max_iterations": 120})
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"jobtide-peer-{os.getpid()}"
    trainer.train(str(path))
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    path.unlink()
    out = []
    for one in dev:
        labels = tagger.tag(plain(one))
        found: Spans = set()
        for first, behind in training._spans(labels):
            found.add((one.own[first][0], one.own[first][1], one.own[behind - 1][1] + 1))
        out.append(found)
    return out


def plain(one: training.Labelled) -> list[list[str]]:
    """The attributes of a posting without groups of words."""
    every = attributes(one.words, list(training.marks(one.words)), {})
    return [
        [name for name in names if "c50" not in name and "c200" not in name and "c800" not in name] for names in every
    ]


def difference(gold: Sequence[Spans], before: Sequence[Spans], after: Sequence[Spans]) -> tuple[float, float]:
    """The 95% bootstrap interval, over postings, of what strict F1 gains."""
    rng = random.Random(1)
    gains = []
    for _ in range(RESAMPLES):
        some = [rng.randrange(len(gold)) for _ in gold]
        gains.append(_f1([(gold[i], after[i]) for i in some]) - _f1([(gold[i], before[i]) for i in some]))
    gains.sort()
    return gains[int(0.025 * RESAMPLES)], gains[int(0.975 * RESAMPLES)]


def _f1(pairs: Sequence[tuple[Spans, Spans]]) -> float:
    right = sum(len(g & f) for g, f in pairs)
    return 2 * right / max(1, sum(len(g) + len(f) for g, f in pairs))


if __name__ == "__main__":
    raise SystemExit(main())

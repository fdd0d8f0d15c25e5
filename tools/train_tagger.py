"""Train the tagger of open skills, and say how well it does on text it has not seen.

Labels: SkillSpan (Zhang et al., NAACL 2022; MIT), train split, its KNOWLEDGE spans, both sources. Groups of words used
alike come from unlabelled text: the shared board postings without those of gold_dev (repository licence MIT), the
train texts of SkillSpan (MIT) and GREEN (CC BY 4.0); of these only the groups of single words are shipped, no text.
Counts of neighbours, positive pointwise mutual information, singular vectors, k-means; then a linear-chain
conditional random field by L-BFGS. The same input gives the same files. Needs the dependency group "train".

    python tools/train_tagger.py --cross      cross-validate on the train split (4 folds by posting)
    python tools/train_tagger.py --write      train on all of it and write src/jobtide/data/tagger
    python tools/train_tagger.py --write --keep-groups    with the shipped groups: what changes is then the training's

Its probabilities are put right by two numbers (Platt 1999), fitted on the technical postings of both splits, each
tagged by a model that saw it not; ``--write`` prints what is said beside what is true, postings left out of both fits.
"""

import argparse
import gzip
import json
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
import scipy.sparse as sparse
from scipy.sparse.linalg import svds

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

import tagger_calibration as calibration
from jobtide.enrich import batch, kit
from jobtide.enrich.answer import version_row
from jobtide.enrich.automaton import fold
from jobtide.enrich.blocks import longest
from jobtide.enrich.deep import model
from jobtide.enrich.deep.spans import choose
from jobtide.enrich.deep.tag import THRESHOLD, marked, on_words
from jobtide.enrich.deep.words import BREAK, GROUPS, Clusters, attributes, tokens, usual
from notice import record

ROOT = Path(__file__).resolve().parent.parent
RARE = 4  # a word must occur so often to have a group
CONTEXTS = 8000  # most frequent words that count as neighbours
DIMENSIONS = 64
PENALTY = 1.0  # of 0.3, 1, 2: flat in cross-validation; an L1 part made it worse
HIDDEN = 0.4  # of the marks: training without them leaves more to the words around; the mean with and without is better
SMALL = 0.015  # weights below are not written
FOLDS = 3
LABELS = "OBI"


@dataclass(slots=True)
class Labelled:
    """One labelled posting as the tagger sees it, and how its words lie in the corpus's own tokens.

    ``own[i]`` is (sentence, token) of word i, (-1, -1) for a break; ``gold`` holds (sentence, first, behind).
    """

    key: str
    words: list[str]
    labels: list[int]
    own: list[tuple[int, int]]
    gold: set[tuple[int, int, int]]


def main() -> int:
    """Train, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cross", action="store_true", help="cross-validate on the train split")
    parser.add_argument("--write", action="store_true", help="store the model in the package's data")
    parser.add_argument("--keep-groups", action="store_true", help="train on the groups of words that are shipped")
    parser.add_argument("--seed", type=int, default=0, help="of the groups of words")
    options = parser.parse_args()
    shared = Path(os.environ.get("JOBTIDE_SHARED") or ROOT.parent / "shared")
    if not (shared / "data" / "bench_skillspan").is_dir():
        print(f"train_tagger: no labelled sentences at {shared}")
        return 1
    clusters = model.load().clusters if options.keep_groups else groups(texts(shared), options.seed)
    found = labelled(shared, "train")
    if options.cross:
        cross(found, clusters)
    if options.write:
        tagger = fit(found, clusters)
        tagger.sure = calibrated(shared, found, tagger, clusters)
        write(tagger, clusters)
    return 0


def texts(shared: Path) -> Iterator[list[str]]:
    """Every distinct block of unlabelled text as words in their usual form."""
    labelled_ids = {o["id"] for o in _rows(shared / "data" / "gold_dev" / "postings.jsonl")}
    seen = set()
    for o in _rows(shared / "data" / "ashby_boards_2025" / "postings.jsonl.gz"):
        if f"ashby:{o['_board']}:{o['raw']['id']}" in labelled_ids:
            continue
        row = version_row({"title": o["raw"].get("title"), "html": o["raw"].get("descriptionHtml")})
        buffer = batch.read(row).buffer
        for block in buffer.blocks[2:]:
            said = buffer.data[block.start : block.end]
            if said not in seen:
                seen.add(said)
                yield [usual(word) for word, _, _ in tokens(said.decode("utf-8", "replace"))]
    for o in _rows(shared / "data" / "bench_skillspan" / "train.json"):
        yield [usual(word) for word in o["tokens"]]
    for sentence in (shared / "data" / "bench_green" / "train.conll").read_text().split("\n\n"):
        yield [usual(line.split("\t")[0].strip()) for line in sentence.splitlines()]


def groups(blocks: Iterable[list[str]], seed: int) -> Clusters:
    """Words by number of their group in each of ``GROUPS``, from 1; rare words have none."""
    said = list(blocks)
    counts = Counter(word for block in said for word in block)
    kept = [word for word, n in sorted(counts.items(), key=lambda c: (-c[1], c[0])) if n >= RARE]
    number = {word: i for i, word in enumerate(kept, 1)}
    ids = np.array([i for block in said for i in (0, 0, *(number.get(word, 0) for word in block))])
    beside = []
    for d in (-2, -1, 1, 2):
        here, there = (ids[-d:], ids[:d]) if d < 0 else (ids[:-d], ids[d:])
        both = (here > 0) & (there > 0) & (there <= CONTEXTS)
        where = (here[both] - 1, there[both] - 1)
        beside.append(sparse.coo_matrix((np.ones(both.sum()), where), shape=(len(kept), CONTEXTS)).tocsr())
    table = sparse.hstack(beside).tocoo()
    rows = np.asarray(table.tocsr().sum(1)).ravel()
    columns = np.asarray(table.tocsr().sum(0)).ravel() ** 0.75  # smoothing of contexts: Levy et al. 2015
    columns /= columns.sum()
    gain = np.log(table.data / (rows[table.row] * columns[table.col]))
    more = gain > 0
    positive = sparse.csr_matrix((gain[more], (table.row[more], table.col[more])), shape=table.shape)
    u, s, _ = svds(positive, k=DIMENSIONS, random_state=seed)
    vectors = u * np.sqrt(s)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    parts = [_means(vectors, n, seed) for _, n in GROUPS]
    return {word: tuple(int(part[i]) + 1 for part in parts) for i, word in enumerate(kept) if word}


def _means(vectors: Any, n: int, seed: int, rounds: int = 12) -> Any:
    """Spherical k-means: the number of each vector's group."""
    rng = np.random.default_rng(seed)
    centres = vectors[rng.choice(len(vectors), n, replace=False)]
    for _ in range(rounds):
        nearest = (vectors @ centres.T).argmax(1)
        for k in range(n):
            if (mine := nearest == k).any():
                centre = vectors[mine].sum(0)
                centres[k] = centre / (np.linalg.norm(centre) + 1e-9)
    return nearest


def labelled(shared: Path, split: str, sources: Sequence[str] = ("tech", "house")) -> list[Labelled]:
    """The postings of a split, in order; sentences stand apart by a break."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for o in _rows(shared / "data" / "bench_skillspan" / f"{split}.json"):
        if o["source"] in sources:
            rows.setdefault(f"{o['source']} {o['idx']}", []).append(o)
    return [_labelled(key, sentences) for key, sentences in rows.items()]


def _labelled(key: str, sentences: Sequence[dict[str, Any]]) -> Labelled:
    one = Labelled(key, [BREAK], [0], [(-1, -1)], set())
    for s, sentence in enumerate(sentences):
        spans = _spans(sentence["tags_knowledge"])
        one.gold |= {(s, a, b) for a, b in spans}
        inside = {i: (a, b) for a, b in spans for i in range(a, b)}
        for i, token in enumerate(sentence["tokens"]):
            parts = [word for word, _, _ in tokens(token)] or [token]
            for j, word in enumerate(parts):
                label = 0
                if i in inside:
                    label = 1 if i == inside[i][0] and j == 0 else 2
                    # "Kubernetes," as one token: the comma is no part of the skill.
                    if i == inside[i][1] - 1 and j == len(parts) - 1 and j and not word[0].isalnum():
                        label = 0
                one.words.append(word)
                one.labels.append(label)
                one.own.append((s, i))
        one.words.append(BREAK)
        one.labels.append(0)
        one.own.append((-1, -1))
    return one


def _spans(tags: Sequence[str]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for i, tag in enumerate(tags):
        if tag[0] == "B" or (tag[0] == "I" and (not out or out[-1][1] != i)):
            out.append((i, i + 1))
        elif tag[0] == "I":
            out[-1] = (out[-1][0], i + 1)
    return out


def marks(words: Sequence[str]) -> Any:
    """What the vocabulary says of each word."""
    ends = np.cumsum([len(word.encode()) + 1 for word in words]) - 1
    starts = ends - [len(word.encode()) for word in words]
    hits = kit.terms_in(fold(" ".join(words).encode()))
    return marked(len(words), on_words(longest(hits), list(starts), list(ends)))


def fit(found: Sequence[Labelled], clusters: Clusters) -> model.Model:
    """The model trained on ``found``, with the weights it is written with.

    The mean of three trainings: on the marks of our vocabulary, and twice with some of them hidden by chance.
    """
    rng = random.Random(3)
    seen = [marks(one.words) for one in found]
    every = [seen, *([_hidden(held, rng) for held in seen] for _ in range(2))]
    three = [_trained(found, held, clusters) for held in every]
    names = {name for weights, _ in three for name in weights}
    less = {n: tuple(round(sum(w.get(n, _NONE)[i] for w, _ in three) / 3, 2) for i in (0, 1)) for n in names}
    kept = {n: (w[0], w[1]) for n, w in less.items() if max(map(abs, w)) >= SMALL}
    turns = np.round(sum(turns for _, turns in three) / 3, 3).astype(np.float32)
    turns[0, 2] = -1e4
    return model.Model(kept, turns, clusters)


_NONE = (0.0, 0.0)


def _hidden(seen: Any, rng: random.Random) -> Any:
    """Marks without those of some names, each of which goes as a whole."""
    out, at = seen.copy(), 0
    while at < len(out):
        end = at + 1
        if out[at]:
            while end < len(out) and seen[end] == seen[at] + 1:
                end += 1
            if rng.random() < HIDDEN:
                out[at:end] = 0
        at = end
    return out


def _trained(found: Sequence[Labelled], seen: Sequence[Any], clusters: Clusters) -> tuple[dict[str, Any], Any]:
    """Weights of begin and inside, each less that of outside, and turns."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for one, held in zip(found, seen, strict=True):
        trainer.append(attributes(one.words, list(held), clusters), [LABELS[i] for i in one.labels])
    trainer.set_params({"c1": 0.0, "c2": PENALTY, "max_iterations": 120, "feature.possible_transitions": True})
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
    weights: dict[str, list[float]] = {}
    for (name, label), value in info.state_features.items():
        weights.setdefault(name, [0.0, 0.0, 0.0])[LABELS.index(label)] = value
    less = {n: (w[1] - w[0], w[2] - w[0]) for n, w in weights.items()}
    return less, np.array([[info.transitions.get((a, b), 0.0) for b in LABELS] for a in LABELS])


def predicted(tagger: model.Model, one: Labelled, threshold: float = THRESHOLD) -> set[tuple[int, int, int]]:
    """The skills read of a labelled posting as (sentence, first token, behind the last)."""
    breaks = np.array([i for i, word in enumerate(one.words) if word == BREAK])
    spans = choose(tagger.score(one.words, marks(one.words)), breaks, tagger.turns, threshold)
    return {(one.own[a][0], one.own[a][1], one.own[b - 1][1] + 1) for a, b, _ in spans}


def scored(pairs: Iterable[tuple[set[tuple[int, int, int]], set[tuple[int, int, int]]]]) -> str:
    """Precision, recall and F1 over (gold, predicted): whole spans, and any overlap counting."""
    right = said = true = touched = met = 0
    for gold, found in pairs:
        right, said, true = right + len(gold & found), said + len(found), true + len(gold)
        touched += sum(any(_meet(f, g) for g in gold) for f in found)
        met += sum(any(_meet(f, g) for f in found) for g in gold)
    p, r, lp, lr = (x / max(1, y) for x, y in ((right, said), (right, true), (touched, said), (met, true)))
    strict, loose = 2 * p * r / max(1e-9, p + r), 2 * lp * lr / max(1e-9, lp + lr)
    return f"P {p:.3f} R {r:.3f} F1 {strict:.4f}, loose F1 {loose:.3f} (n={true})"


def _meet(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return a[0] == b[0] and a[1] < b[2] and b[1] < a[2]


def cross(found: Sequence[Labelled], clusters: Clusters) -> None:
    """Print scores on the technical postings of the train split, each tagged by a model that saw it not."""
    keys = sorted(one.key for one in found if one.key.startswith("tech"))
    random.Random(7).shuffle(keys)
    taken: dict[float, list[Any]] = {}
    for number in range(4):
        held = set(keys[number::4])
        tagger = fit([one for one in found if one.key not in held], clusters)
        for threshold in (0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
            pairs = [(one.gold, predicted(tagger, one, threshold)) for one in found if one.key in held]
            taken.setdefault(threshold, []).extend(pairs)
    for threshold, pairs in taken.items():
        print(f"threshold {threshold:.2f}: {scored(pairs)}")


def calibrated(shared: Path, found: Sequence[Labelled], tagger: model.Model, clusters: Clusters) -> tuple[float, float]:
    """Slope and shift that make what is said of a span true; prints what is said beside what is true."""
    said = [row for one in labelled(shared, "dev", ("tech",)) for row in _judged(tagger, one)]
    keys = sorted(one.key for one in found)
    random.Random(7).shuffle(keys)
    for number in range(FOLDS):
        held = set(keys[number::FOLDS])
        part = fit([one for one in found if one.key not in held], clusters)
        said += [row for one in found if one.key in held and one.key.startswith("tech") for row in _judged(part, one)]
    calibration.show(said)
    return calibration.platt(said)


def _judged(tagger: model.Model, one: Labelled) -> Iterator[calibration.Judged]:
    breaks = np.array([i for i, word in enumerate(one.words) if word == BREAK])
    for a, b, p in choose(tagger.score(one.words, marks(one.words)), breaks, tagger.turns, THRESHOLD):
        yield one.key, p, (one.own[a][0], one.own[a][1], one.own[b - 1][1] + 1) in one.gold


def write(tagger: model.Model, clusters: Clusters) -> None:
    """Store weights and groups, and their block in NOTICE."""
    turns = [f"turn {i}{j}\t{value:g}\t0" for (i, j), value in np.ndenumerate(tagger.turns)]
    lines = [f"{name}\t{a:g}\t{b:g}" for name, (a, b) in sorted(tagger.weights.items()) if "\t" not in name]
    turns.append(f"sure\t{tagger.sure[0]:g}\t{tagger.sure[1]:g}")
    held = ["\t".join((word, *map(str, of))) for word, of in sorted(clusters.items())]
    model.DATA.mkdir(exist_ok=True)
    for path, body in ((model.WEIGHTS, [*turns, *lines]), (model.CLUSTERS, held)):
        path.write_bytes(gzip.compress("\n".join(body).encode(), 9, mtime=0))
        print(f"{path.name}: {len(body):,} lines, {path.stat().st_size:,} bytes")
    record(
        "Tagger of open skills",
        lines=[
            "Weights of a conditional random field and groups of single words used alike; by tools/train_tagger.py.",
            "Labels: SkillSpan, train split (github.com/kris927b/SkillSpan, commit 2ccf3de5; MIT, (c) Mike Zhang;",
            "Zhang, Jensen, Sonniks and Plank, NAACL 2022). Groups: counted on the same texts, on the train texts of",
            "GREEN (github.com/acp19tag/skill-extraction-dataset, CC BY 4.0, as in github.com/jjzha/nnose) and on",
            "board postings of github.com/stapply-ai/ats-scrapers, commit 7202096c (repository licence MIT).",
            "Changed: only numbers about single words and pairs of words are kept; no sentence is in it.",
        ],
        files=[model.WEIGHTS, model.CLUSTERS],
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    body = path.read_bytes()
    for line in (gzip.decompress(body) if path.suffix == ".gz" else body).splitlines():
        yield json.loads(line)


if __name__ == "__main__":
    raise SystemExit(main())

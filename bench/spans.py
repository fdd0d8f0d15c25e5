"""How do the default chain's skills compare with spans that annotators marked? SkillSpan (tech) and GREEN, dev splits.

Annotators mark every mention, the chain keeps each skill's best one: so every mention of a skill that the chain
believes of a text counts as its prediction. Strict: the same tokens. Loose: some token in common, one to one.
"""

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from jobtide.enrich import batch, blocks, kit
from jobtide.enrich.answer import version_row

Span = tuple[int, int]
Sentence = tuple[list[str], set[Span]]


def scores(shared: Path) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by corpus, strict and loose; corpora that are absent are left out."""
    out: dict[str, dict[str, float]] = {}
    for name, texts in corpora(shared):
        pairs = [(truth, said) for text in texts for truth, said in zip(_marked(text), _said(text), strict=True)]
        out[f"{name}, strict"] = _score([(len(t & s), len(t & s), len(t), len(s)) for t, s in pairs])
        out[f"{name}, loose"] = _score([(*_touching(t, s), len(t), len(s)) for t, s in pairs])
    return out


def corpora(shared: Path) -> Iterator[tuple[str, list[list[Sentence]]]]:
    """Name and texts, each a list of sentences: tokens and marked spans."""
    skillspan = shared / "data" / "bench_skillspan" / "dev.json"
    if skillspan.exists():
        rows = [json.loads(line) for line in skillspan.read_text(encoding="utf-8").splitlines()]
        rows = [row for row in rows if row["source"] == "tech"]
        yield (
            "SkillSpan tech knowledge",
            [
                [(r["tokens"], spans(r["tags_knowledge"])) for r in text]
                for _, text in groupby(rows, lambda r: r["idx"])
            ],
        )
    green = shared / "data" / "bench_green" / "dev.conll"
    if green.exists():
        blocks = green.read_text(encoding="utf-8").split("\n\n")
        lines = [[line.split("\t") for line in block.splitlines() if "\t" in line] for block in blocks]
        yield "GREEN skill", [[([w for w, *_ in block], spans([t for *_, t in block]))] for block in lines if block]


def spans(tags: Sequence[str]) -> set[Span]:
    """Half-open token spans of BIO tags.

    >>> sorted(spans(["B-Skill", "I-Skill", "O", "B-Skill", "B-Skill"]))
    [(0, 2), (3, 4), (4, 5)]
    """
    starts = [i for i, tag in enumerate(tags) if tag[0] == "B" or (tag[0] == "I" and (i == 0 or tags[i - 1] == "O"))]
    return {(i, next((j for j in range(i + 1, len(tags)) if tags[j][0] != "I"), len(tags))) for i in starts}


def _marked(text: Sequence[Sentence]) -> list[set[Span]]:
    return [truth for _, truth in text]


def _said(text: Sequence[Sentence]) -> list[set[Span]]:
    """Token spans of every mention of a skill that is believed of the text, by sentence."""
    row = {"title": "", "location": "", "text": "\n".join(" ".join(tokens) for tokens, _ in text)}
    reading = batch.read(version_row(row))
    tools, buffer = kit.load(), reading.buffer
    believed = {f.concept for f in reading.found if f.kind == "skill"}
    hits = kit.terms_in(buffer.folded)
    mentions = [h for h in blocks.longest(hits) if tools.taxonomy.of[h[2]].id in believed]
    out: list[set[Span]] = []
    at = buffer.text_at
    for tokens, _ in text:
        starts, ends = [], []
        for token in tokens:
            # The text's own layout may drop blanks and bullets; a token that is gone stands where the last one ended.
            found = buffer.data.find(token.encode(), at, at + 400)
            starts.append(found if found >= 0 else at)
            at = starts[-1] + (len(token.encode()) if found >= 0 else 0)
            ends.append(at)
        mine = [h for h in mentions if starts and starts[0] <= h[0] and h[1] <= ends[-1]]
        out.append({(bisect_right(starts, h[0]) - 1, bisect_left(ends, h[1]) + 1) for h in mine})
    return out


def _touching(truth: Iterable[Span], said: Iterable[Span]) -> tuple[int, int]:
    """How many predictions share a token with a marked span, and how many marked spans with a prediction."""
    truth, said = set(truth), set(said)
    right = sum(any(a < d and c < b for c, d in truth) for a, b in said)
    found = sum(any(a < d and c < b for c, d in said) for a, b in truth)
    return right, found


def _score(counts: Iterable[tuple[int, int, int, int]]) -> dict[str, float]:
    right, found, marked, said = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = right / max(1, said), found / max(1, marked)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3), "n": marked}

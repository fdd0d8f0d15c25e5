"""Which claims does an article make? Numbers about jobs, pay, skills or markets, and rankings."""

import re
from collections.abc import Iterator

from jobtide.report.claims.claim import Claim
from jobtide.report.claims.numbered import claimed
from jobtide.report.claims.numbers import Quantity, quantities
from jobtide.report.claims.senses import senses
from jobtide.report.claims.text import Article, Sentence
from jobtide.report.claims.topic import main_role, topic
from jobtide.report.claims.worded import worded

_LONGEST = 320  # characters of a claim; longer sentences are cut at clauses around the number


def find(article: Article) -> list[Claim]:
    """Return the claims of an article, in the order of its text."""
    role = main_role(article.text)
    out: list[Claim] = []
    for sentence in article.sentences:
        if sentence.words.rstrip().endswith("?"):
            continue
        out += _numeric(sentence, role)
        out += worded(sentence, role)
    return out


def _numeric(sentence: Sentence, role: str) -> Iterator[Claim]:
    """A claim for each number that is about work, pay or markets."""
    bare = sentence.bare
    for quantity in quantities(bare):
        if kind := claimed(quantity, bare, sentence.heading):
            near = (quantity.start, quantity.end)
            about = topic(bare, near=near, role=role, served=kind != "experience")
            words, at = _cut(sentence, quantity)
            meant = frozenset(senses(kind, quantity, bare))
            yield Claim(words, sentence.start + at, kind, quantity, about, sentence, meant)


def _cut(sentence: Sentence, quantity: Quantity) -> tuple[str, int]:
    """The sentence, or of a long one the clauses around the number, with where they begin in it."""
    words = sentence.words
    if len(words) <= _LONGEST:
        return words, 0
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:]\s", words)), len(words)]
    low = max(cut for cut in cuts if cut <= max(0, quantity.start - 40) or cut == 0)
    high = min((cut for cut in cuts if cut >= min(len(words), quantity.end + 60)), default=len(words))
    kept = words[low:high].rstrip(" ,;:")
    return kept, low

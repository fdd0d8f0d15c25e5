"""Which words is a text made of, and what does the tagger see of each? Training and reading share this.

A linear chain looks at each word's own traits and its neighbours', at pairs of neighbours, and at what the vocabulary
says of the place. A trait is a name; the model has a weight for it or none.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

BREAK = "\n"  # stands between blocks and sentences; never part of a skill
# A word may hold signs (C++, node.js, CI/CD, A/B) but ends without them; "." begins only ".NET".
_TOKEN = re.compile(r"[^\W_](?:[\w+#.'’&/*-]*[\w+#*])?[+#]*|\.[nN][eE][tT]\b|[^\s\w]|_+")
_DIGIT = re.compile(r"\d")
_UPPER, _LOWER = re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"[a-zß-öø-ÿ]")
_RUN = re.compile(r"(.)\1+")
Clusters = Mapping[str, Sequence[int]]  # a word's groups of words used alike, coarse to fine; 0 where it has none
GROUPS = (("c50", 50), ("c200", 200), ("c800", 800))
REACH = 3  # words looked at on either side
PAIRED = GROUPS[:2]  # groups of which neighbours are looked at together
NO_GROUP = (0,) * len(GROUPS)


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word or sign with its offsets in characters.

    >>> [word for word, _, _ in tokens("C++/CUDA, node.js (5+ years).")]
    ['C++/CUDA', ',', 'node.js', '(', '5+', 'years', ')', '.']
    """
    for m in _TOKEN.finditer(text):
        yield m[0], m.start(), m.end()


def usual(word: str) -> str:
    """Return a word in small letters, its digits all 0; a break has a sign of its own that no text is split into."""
    return "¶¶" if word == BREAK else _DIGIT.sub("0", word.lower().replace("’", "'"))


def shape(word: str) -> str:
    """Return which signs a word is made of, repeats shortened.

    >>> shape("PyTorch"), shape("GPT-4"), shape("CI/CD")
    ('XxXxx', 'XX-d', 'XX/XX')
    """
    shown = _DIGIT.sub("d", _LOWER.sub("x", _UPPER.sub("X", word)))
    return _RUN.sub(r"\1\1", shown)[:7]


def traits(word: str, clusters: Clusters) -> list[list[str]]:
    """Return what is seen of a word from 0, 1, 2 ... ``REACH`` words away."""
    if word == BREAK:
        return [["break"]] * (REACH + 1)
    low = usual(word)
    held = [f"{name}={group}" for (name, _), group in zip(GROUPS, clusters.get(low, NO_GROUP), strict=True)]
    near = [f"w={low}", f"s={shape(word)}", *held]
    ends = [f"p{n}={low[:n]}" for n in (3, 4)] + [f"e{n}={low[-n:]}" for n in (2, 3, 4)]
    return [["any", *near, *ends], near, near, [near[0], held[0]]]


def plain(mark: int) -> int:
    """Return 1 where a name of the vocabulary begins, 2 where it goes on, 0 elsewhere."""
    return 2 - mark % 2 if mark else 0


def attributes(words: Sequence[str], marks: Sequence[int], clusters: Clusters) -> list[list[str]]:
    """Return the names of all that is seen at each place: what training fits and ``model`` sums.

    ``marks``: what the vocabulary says of each word, 0 nothing, 2 kind + 1 a name begins, 2 kind + 2 it goes on.
    """
    seen = [traits(word, clusters) for word in words]
    low = [usual(word) for word in words]
    group = [clusters.get(word, NO_GROUP) for word in low]
    flat = [plain(mark) for mark in marks]
    out = []
    for i, word in enumerate(words):
        names = []
        for d in range(-REACH, REACH + 1):
            if 0 <= i + d < len(words):
                names += [f"{d}{name}" for name in seen[i + d][abs(d)]]
                names.append(f"{d}g={flat[i + d]}")
        if word != BREAK:
            names += [f"g={marks[i]}", f"gc={flat[i]}|{group[i][1]}"]
            around = [j if 0 <= j < len(words) else -1 for j in (i - 1, i, i + 1)]
            names.append("gg={}|{}|{}".format(*(flat[j] if j >= 0 else 0 for j in around)))
            names.append("ccc={}|{}|{}".format(*(group[j][0] if j >= 0 else 0 for j in around)))
            for side, left, right in (("l", i - 1, i), ("r", i, i + 1)):
                if left >= 0 and right < len(words):
                    other = left if side == "l" else right
                    names += [f"{side}|{low[left]}|{low[right]}", f"{side}wc|{low[other]}|{group[i][0]}"]
                    names += [f"{side}{n}|{group[left][k]}|{group[right][k]}" for k, (n, _) in enumerate(PAIRED)]
        out.append(names)
    return out

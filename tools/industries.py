"""Say how often an employer's industry is read as labelled, on forum posts that the vocabulary was not written from.

Data: 91 posts of the shared hn_who_is_hiring, drawn at random and labelled by their openings with a language model,
after the vocabulary was written and before it was first read on them; those whose opening leaves the industry open
were left out, which makes the rest easier than any post. The list of well-known employers grew afterwards and names
some of these: the figure was the same before. The labels (``industries.tsv``: id of the post, industry) are our own
work, the texts are not shipped.

    python tools/industries.py
"""

import gzip
import json
import os
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from jobtide.enrich.answer import answer

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Print the share read as labelled and what was taken for what."""
    shared = Path(os.environ.get("JOBTIDE_SHARED") or ROOT.parent / "shared")
    posts = shared / "data" / "hn_who_is_hiring" / "posts.jsonl.gz"
    if not posts.is_file():
        print(f"industries: no posts at {posts}")
        return 1
    lines = Path(__file__).with_suffix(".tsv").read_text(encoding="utf-8").splitlines()
    labels = dict(line.split("\t") for line in lines)
    wrong: Counter[tuple[str, str]] = Counter()
    with gzip.open(posts, "rt", encoding="utf-8") as rows:
        found = {str(row["id"]): row["html"] for row in map(json.loads, rows) if row.get("id")}
    for post, label in labels.items():
        read = answer({"title": "", "location": "", "employer": "", "html": found[post]})["industry"]
        wrong[label, read] += read != label
    print(f"read as labelled: {1 - wrong.total() / len(labels):.3f} (n={len(labels)} posts)")
    for (label, read), times in wrong.most_common():
        if times:
            print(f"  {times} of {label} read as {read}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

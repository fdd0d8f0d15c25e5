"""Feeds random pages and texts to the compiled loops; run under a sanitizer by test_native."""

import random
import sys
from pathlib import Path

from jobtide.enrich import native
from jobtide.enrich.automaton import padded
from jobtide.enrich.guards import packed
from jobtide.enrich.native import build
from jobtide.enrich.taxonomy import Guard

_PIECES = [
    b"<p>", b"</p>", b"<li>", b"<ul>", b"</ul>", b"<b>", b"</b>", b"<h2>", b"<", b">", b"&", b"&amp;", b"&nbsp",
    b"\xe2", b"\xe2\x80", b"\xe2\x80\x8b", b"\xf0\x9f", b"\xc2\xa0", b"\x00", b"\x01", b" ", b"ml", b"ml ops",
    b"c++", b"x" * 70, b'"', b"'", b"hidden", b"displa",
    b"@", b"-", b"-like", b"-sty", b"/", b"www.", b".", b"ML", b"\n",
]  # fmt: skip


def main(library: str) -> None:
    build.target = lambda: Path(library)
    chance = random.Random(7)
    patterns = [b"ml", b"ml ops", b"c++", b"ops", b"x" * 70, b"displa ml"]
    guards = [
        Guard(frozenset({"case", "listed", "alone"}), (b"ML",), (b"ml ops", b"x"), frozenset({b"&"}), (b"c++", b"/")),
        None,
        Guard(frozenset({"alone"}), near=(b"ml", b"displa")),
    ]  # fmt: skip
    tree = native.Tree(padded(patterns), 3, [1, 2, 5], [(0,), (-1,), (2,)], [40], [True, False, True], packed(guards))
    pages = 0
    for _ in range(60_000):
        count = chance.randrange(0, 60)
        data = b"".join(chance.choice(_PIECES) for _ in range(count))
        if chance.random() < 0.3:
            data += bytes(chance.randrange(256) for _ in range(chance.randrange(20)))
        desk = native.Desk(room=chance.choice((1, 16, 4096)))
        desk.page(data)
        starts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randrange(0, 9)))
        desk.scan(tree, data, chance.randrange(len(data) + 1), [0, *starts])
        pages += 1
    sys.stdout.write(f"{pages} pages\n")


if __name__ == "__main__":
    main(sys.argv[1])

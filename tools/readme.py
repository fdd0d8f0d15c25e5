"""Write the parts of README.md that the product knows itself: its commands, its measured scores, its picture.

usage: python tools/readme.py [--check]; with --check nothing is written and a stale README exits 1.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "skills.svg"
QUALITY = ROOT / "src" / "jobtide" / "data" / "quality.json"


def main() -> int:
    """Write or check."""
    text = README.read_text()
    fresh = _filled(_filled(text, "commands", commands()), "scores", scores())
    if "--check" in sys.argv:
        if fresh != text:
            print("README.md is stale: run python tools/readme.py")
        return int(fresh != text)
    README.write_text(fresh)
    PICTURE.write_bytes(picture())
    return 0


def _filled(text: str, name: str, body: str) -> str:
    return re.sub(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda m: f"{m[1]}{body}\n{m[2]}", text, flags=re.S)


def commands() -> str:
    """The commands that exist, each with its own line of help."""
    from jobtide.cli import _COMMANDS

    return "\n".join(
        ["| command | |", "| --- | --- |", *(f"| `jobtide {n}` | {t} |" for n, (_, _, t) in _COMMANDS.items())]
    )


def scores() -> str:
    """The measured scores, each with its n, as the report shows them."""
    from jobtide.report.records import measured, scored

    rows = scored(json.loads(QUALITY.read_text()))
    lines = ["| what | measure | n |", "| --- | --- | ---: |"]
    return "\n".join([*lines, *(f"| {row['label']} | {measured(row)} | {row['n']:,} |" for row in rows)])


def picture() -> bytes:
    """Skills of the family, drawn by the product from its bundled pack."""
    from jobtide.cli.where import BUNDLED
    from jobtide.market.ask import ask
    from jobtide.market.charts import chart, render
    from jobtide.market.filters import Filters
    from jobtide.store.snapshot import Snapshot

    with Snapshot.open(BUNDLED) as shot:
        return render(chart(ask("skills", shot, Filters()), most=12), "svg")


if __name__ == "__main__":
    raise SystemExit(main())

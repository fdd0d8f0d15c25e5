"""``jobtide discover``: frequent technical terms of any postings that the vocabulary does not know yet."""

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from jobtide.cli.read import chunks, rows

if TYPE_CHECKING:
    from jobtide.enrich.deep.discover import Term


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--format", "shape", type=click.Choice(["table", "jsonl"]), default="table", show_default=True)
@click.option("--employers", default=3, show_default=True, type=click.IntRange(1), help="Used by at least so many.")
@click.option("--limit", default=40, show_default=True, type=click.IntRange(1), help="Show so many terms.")
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which column holds which field.")
def discover(file: str, shape: str, employers: int, limit: int, mapping: tuple[str, ...]) -> int:
    """List technical terms that postings in FILE use often and the vocabulary does not know, with their words.

    The list is for a person to read: what is worth it becomes a line of data/taxonomy. FILE is as for "read".
    """
    from jobtide.enrich.answer import version_row
    from jobtide.enrich.batch import readings
    from jobtide.enrich.deep.discover import Finder

    finder = Finder()
    postings = 0
    names: set[str] = set()
    for some in chunks(rows(file, mapping)):
        postings += len(some)
        names.update(str(row["employer"]) for row in some)
        finder.take(
            [(str(row["employer"]), r) for row, r in zip(some, readings(list(map(version_row, some))), strict=True)]
        )
    terms = finder.terms(employers=employers, most=limit)
    if shape == "jsonl":
        for term in terms:
            sys.stdout.write(json.dumps(term.row(), ensure_ascii=False) + "\n")
    else:
        click.echo("\n".join(lines(terms, postings, len(names), employers)))
    return 0 if postings else 3


def lines(terms: Sequence["Term"], postings: int, names: int, employers: int) -> list[str]:
    """Return the table: term, postings, employers, what it stands beside, and one quote below each."""
    base = f"(n = {postings:,} postings, {names:,} employers)"
    head = f"Terms the vocabulary does not know, used by {employers} or more employers {base}"
    if not terms:
        return [head, "(none)"]
    wide = min(34, max(len(term.name) for term in terms))
    out = [head, "", f"{'term':<{wide}}  postings  employers  beside"]
    for term in terms:
        beside = ", ".join(name for name, _ in term.near.most_common(3))
        out.append(f"{term.name[:wide]:<{wide}}  {term.postings:>8,}  {len(term.employers):>9,}  {beside}")
        out.append(f"    “{next(iter(term.quotes.values()))}”")
    return [*out, "", "Found by a tagger, not by the vocabulary: read before you add. More: --limit, --format jsonl"]

"""``jobtide read``: the facts of any postings file, as JSON lines or as text with the facts marked in place."""

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--id", "wanted", help="Only the posting with this id.")
@click.option("--limit", type=click.IntRange(1), help="Stop after so many postings.")
@click.option(
    "--deep", is_flag=True, help="Also skills that the vocabulary lacks, found by a slower tagger; estimates."
)
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which column holds which field.")
def read(file: str, shape: str, wanted: str | None, limit: int | None, deep: bool, mapping: tuple[str, ...]) -> int:
    """Read the facts of every posting in FILE (or - for standard input); needs no store.

    FILE holds rows {"id","title","employer","location","text"|"html"} as JSON lines, or any postings file
    that ``jobtide import`` takes.
    """
    from jobtide.cli.highlight import show
    from jobtide.enrich.answer import answer
    from jobtide.enrich.deep.answer import added, answers

    read_any = False
    for some in chunks(_limited(rows(file, mapping), wanted, limit), _TOGETHER if deep else 1):
        read_any = True
        if shape == "jsonl":
            for said in answers(some) if deep else map(answer, some):
                sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
            continue
        for row in some:
            show(row)
            if deep:
                click.echo("\n".join(["", "by the tagger, estimated:", *added(row)]))
    return 0 if read_any else 3


_TOGETHER = 128  # postings that the tagger scores at once: fast, and still soon on the screen


def chunks(found: Iterator[dict[str, Any]], size: int = _TOGETHER) -> Iterator[list[dict[str, Any]]]:
    """Yield rows in lists of ``size``, the last one shorter; none for none."""
    while some := list(islice(found, size)):
        yield some


def _limited(found: Iterator[dict[str, Any]], wanted: str | None, limit: int | None) -> Iterator[dict[str, Any]]:
    count = 0
    for row in found:
        if wanted is None or row["id"] == wanted:
            yield row
            count += 1
        if limit is not None and count >= limit:
            return


def rows(file: str, mapping: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """Yield the postings of a file as rows of ``read``; rows that cannot be read are named on stderr."""
    from jobtide.cli.bring import mapped
    from jobtide.model import Bad
    from jobtide.sources.files import read_file

    body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    name = "stdin" if file == "-" else Path(file).name
    for posting in read_file(body, name=name, mapping=mapped(mapping)):
        if isinstance(posting, Bad):
            click.echo(f"jobtide: {name} row {posting.row}: {posting.reason}", err=True)
            continue
        yield {
            "id": posting.source_id,
            "title": posting.title,
            "employer": posting.employer,
            "location": posting.location,
            "html": posting.html,
            "text": posting.text,
            "requisition": posting.requisition,
        }

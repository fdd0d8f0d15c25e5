"""``jobtide link``: which postings of a file are the same vacancy; needs no store."""

import json
import sys

import click


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--format", "shape", type=click.Choice(["text", "jsonl"]), default="text", show_default=True)
@click.option("--map", "mapping", multiple=True, metavar="COLUMN=FIELD", help="Which column holds which field.")
def link(file: str, shape: str, mapping: tuple[str, ...]) -> int:
    """Join the postings in FILE (or - for standard input) into vacancies.

    The same text in another place is one vacancy; texts that share only boilerplate, or the template of another
    role or level, are not. The same text under another employer's name is shown, never merged.
    """
    from jobtide.cli.read import rows
    from jobtide.enrich.answer import version_row
    from jobtide.enrich.batch import read
    from jobtide.link.clusters import link_rows

    plain = []
    for row in rows(file, mapping):
        plain.append(row | {"text": read(version_row(row)).doc.text.decode()})
    linked = list(link_rows(plain))
    if shape == "jsonl":
        for entry in linked:
            sys.stdout.write(json.dumps(entry, ensure_ascii=False) + "\n")
    else:
        _print(linked, {row["id"]: row for row in plain})
    return 0 if linked else 3


def _print(linked: list[dict[str, str]], rows: dict[str, dict[str, str]]) -> None:
    """One block a vacancy with more than one member; then the counts."""
    groups: dict[str, list[dict[str, str]]] = {}
    for entry in linked:
        groups.setdefault(entry["vacancy"], []).append(entry)
    for vacancy, members in groups.items():
        if len(members) > 1:
            click.echo(f"{vacancy}  {rows[vacancy]['title']} at {rows[vacancy]['employer']}")
            for entry in members:
                click.echo(f"    {entry['relation']:<6} {entry['id']}  {rows[entry['id']].get('location', '')}")
    click.echo(f"{len(linked):,} postings, {len(groups):,} vacancies")

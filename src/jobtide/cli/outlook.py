"""``jobtide market outlook``: what may come next in a series, with how the same rule has done before."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from jobtide.market.outlook import Outlook

_FORMATS = ("table", "json", "jsonl", "csv", "parquet", "md", "vl", "svg", "png")


@click.command("outlook", short_help="What may come next in a series, with how the same rule has done before.")
@click.option("--series", default="", metavar="FILE.csv|NAME", help="A CSV, - for stdin, or ai_share, postings, own.")
@click.option("--date", "day", default="date", show_default=True, help="Column with the date.")
@click.option("--value", default="value", show_default=True, help="Column with the value.")
@click.option("--group", help="Column that tells series apart.")
@click.option("--horizon", default="13w", show_default=True, help="How far ahead: 13w, 90d, 6m, 4q, 1y.")
@click.option("--country", help="ISO country code of a bundled series (default US).")
@click.option("--role", help="For own: a role, ml_ai_data, or all.")
@click.option("--format", "shape", type=click.Choice(_FORMATS), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to this file.")
def outlook(
    series: str, day: str, value: str, group: str | None, horizon: str, country: str | None, role: str | None,
    shape: str, output: str | None,
) -> int:  # fmt: skip
    """Forecast a series: last value, seasonal naive, drift, Theta, ETS and ensemble, judged at past origins.

    Without --series: Indeed Hiring Lab's AI share of postings (bundled). Series of at least two years do best.
    """
    from jobtide.cli import shapes
    from jobtide.market.outlook import lines, of_table

    if series == "-" or "." in series or "/" in series or Path(series or "?").exists():
        found = of_table(_text(series), name=_name(series), day=day, value=value, group=group, horizon=horizon)
    else:
        found = _bundled(series, horizon, country=country, role=role)
    if shape == "table":
        written = ("\n".join(lines(found)) + "\n").encode()
    elif shape == "json":
        written = (json.dumps(found.to_json(), ensure_ascii=False, indent=1) + "\n").encode()
    else:
        written = shapes.write(found, shape)
    if output:
        Path(output).write_bytes(written)
        click.echo(f"jobtide: wrote {output}", err=True)
    else:
        sys.stdout.buffer.write(written)
    return 0


def _bundled(series: str, horizon: str, *, country: str | None, role: str | None) -> "Outlook":
    from dataclasses import replace

    from jobtide.cli.asked import note
    from jobtide.cli.where import snapshot
    from jobtide.market.ask import ask, filters
    from jobtide.market.outlook import Outlook

    with snapshot() as shot:
        asked = filters(shot, country=country if series == "own" else None, role=role)
        if country and series != "own":  # a country of Hiring Lab's, which the snapshot need not hold
            asked = replace(asked, country=country.upper())
        found = ask("outlook", shot, asked, series=series, horizon=horizon)
    note(found, asked, {"series": series, "horizon": horizon})
    assert isinstance(found, Outlook)
    return found


def _name(series: str) -> str:
    return "stdin" if series == "-" else Path(series).name


def _text(series: str) -> str:
    """The file's text, gzip or not; a file that cannot be read is a usage error."""
    from jobtide.errors import UsageError

    try:
        raw = sys.stdin.buffer.read() if series == "-" else Path(series).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {series}: {error.strerror}") from error
    if raw[:2] == b"\x1f\x8b":
        import gzip

        raw = gzip.decompress(raw)
    return raw.decode("utf-8-sig", "replace")

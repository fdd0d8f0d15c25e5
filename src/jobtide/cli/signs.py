"""``jobtide signs``: what one posting's life looks like, and what speaks for nobody hiring behind it."""

from typing import Any

import click

from jobtide.cli.where import snapshot


@click.command()
@click.argument("posting", metavar="POSTING")
def signs(posting: str) -> int:
    """Show when a posting (its key or address) was seen, and signs that nobody may be hiring behind it.

    Each sign has its dates, how often it was seen, and what it does not prove. There is no score and no verdict, and
    no figure leaves a posting out for them.
    """
    from jobtide.link.signs import signs as read
    from jobtide.market.signs import watched

    with snapshot() as shot:
        row, seen = watched(shot, posting)
    click.echo("\n".join(_lines(row, seen, read(seen))))
    return 0


def _lines(row: dict[str, Any], seen: Any, found: Any) -> list[str]:
    out = [f"{row['title']} at {row['employer_name']}", f"  {row['url'] or row['posting']}"]
    for name in ("first_published", "last_published", "seen"):
        at, basis = row[f"{name}_at"], row[f"{name}_basis"]
        when = f"{_day(at)}  ({basis})" if at else "not stated"
        out.append(f"  {name.replace('_', ' '):<16}{when}")
    if row["requisition"]:
        out.append(f"  {'requisition':<16}{row['requisition']}")
    if not seen.spells:
        return [*out, "Seen in one crawl or file only: nothing can be said about its life."]
    for first, last, closed in seen.spells:
        ended = f"gone on {_day(closed)}" if closed else "open"
        out.append(f"  {'on its board':<16}{_day(first)} to {_day(last)}, {ended}")

    if not found:
        return [*out, f"No sign in {seen.crawls} complete crawls of its board since."]
    out.append("Signs, none of them proof:")
    for sign in found:
        times = f", {sign.count} time(s)" if sign.kind in ("put up again", "came back") else f", {seen.crawls} crawls"
        out.append(f"  {sign.kind}: {sign.says} ({_day(sign.since)} to {_day(sign.until)}{times})")
        out.append(f"    does not prove it: {sign.not_proof}")
    return out


def _day(at: Any) -> str:
    return f"{at:%Y-%m-%d}"

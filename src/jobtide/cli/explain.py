"""``jobtide explain``: a figure or a row, walked back to postings and the words in them."""

from typing import Any

import click

from jobtide.cli.where import snapshot

_OWN = ("by", "skill", "about", "to", "certificate", "currency", "kind", "basis", "series", "horizon")


@click.command()
@click.argument("what", metavar="ID|QUESTION")
@click.option("--row", "key", help="A row of the figure, by its key.")
@click.option("--role")
@click.option("--seniority")
@click.option("--country")
@click.option("--state")
@click.option("--employer")
@click.option("--industry")
@click.option("--specialisation")
@click.option("--work-mode", "work_mode")
@click.option("--since")
@click.option("--until")
@click.option("--remote", is_flag=True)
@click.option("--by")
@click.option("--skill")
@click.option("--about")
@click.option("--to")
@click.option("--certificate")
@click.option("--currency")
@click.option("--kind")
@click.option("--basis")
@click.option("--series")
@click.option("--horizon")
def explain(what: str, key: str | None, remote: bool, **given: Any) -> int:
    """Walk a figure's ID, or ID#KEY for a row, to its base, its method, postings and quoted words.

    A question's own words do as well: jobtide explain skills --role ml_engineer --row python. With no row the
    figure itself is explained.
    """
    from jobtide.cli import asked as noted
    from jobtide.market.ask import NAMES, ask, filters
    from jobtide.market.explain import explain as walk

    with snapshot() as shot:
        if what in NAMES:
            own = {name: value for name in _OWN if (value := given.pop(name))}
            asked = filters(shot, **given | ({"work_mode": "remote"} if remote else {}))
            figure = ask(what, shot, asked, **own)
            found = walk(shot, f"{figure.id}#{key}" if key else figure.id, figure=figure, filters=asked)
        else:
            whole = f"{what}#{key}" if key else what
            known = noted.answer(shot, whole.partition("#")[0])
            found = walk(shot, whole, figure=known[0], filters=known[1]) if known else walk(shot, whole)
        texts = {item.posting: _around(shot, item) for item in found.evidence}
    click.echo("\n".join(_lines(found, texts)))
    return 0


def _around(shot: Any, item: Any, reach: int = 60) -> str:
    """The words with their surroundings where the snapshot has texts, else the words alone."""
    if item.field != "text" or not shot.has_text:
        return str(item.words)
    rows = shot.query("select version from posting where posting = $posting", {"posting": item.posting}).to_pylist()
    data = (shot.text(rows[0]["version"]) or "").encode()
    before = data[max(0, item.start - reach) : item.start].decode("utf-8", "ignore").rpartition("\n")[2]
    after = data[item.end : item.end + reach].decode("utf-8", "ignore").partition("\n")[0]
    return f"{before}[{data[item.start : item.end].decode('utf-8', 'replace')}]{after}"


def _lines(found: Any, texts: dict[str, str]) -> list[str]:
    from jobtide.cli import table
    from jobtide.market.charts import subtitle

    record = found.figure.to_json()
    theirs = not record["base"]["employers"] and not found.openings  # another's series: its points are no openings
    out = [record["title"], subtitle(record) if theirs else table.base_line(record["base"])]
    if record["base"]["excluded"]:
        left = ", ".join(f"{n:,} {why}" for why, n in record["base"]["excluded"].items())
        out += table.wrapped(f"Left out: {left}")
    out += table.wrapped(f"Method: {record['method']}")
    out += [line for caveat in record["caveats"] for line in table.wrapped(f"Note: {caveat}")]
    out.append(f"Snapshot {record['snapshot']}, data up to {record['as_of']}, figure {record['id']}")
    if found.row is not None:
        out += ["", *table.table([found.row.to_json()], record["unit"])]
    if found.evidence:
        out += ["", f"{len(found.evidence)} of {found.openings:,} openings behind it:"]
    elif theirs:
        names = ", ".join(source["name"] for source in record["sources"])
        out += ["", *table.wrapped(f"No posting of this snapshot stands behind it: its points are those of {names}.")]
    for item in found.evidence:
        out.append(f"  {item.title} at {item.employer}")
        where = f"{item.field} bytes {item.start} to {item.end}" if item.end else f"field {item.field}"
        quoted = texts[item.posting]
        out.append(f"    {where}" + (f': "{" ".join(quoted.split())}"' if quoted else ""))
        out.append(f"    {item.url or item.posting}")
    return out

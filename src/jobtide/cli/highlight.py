"""A posting with its facts lit in place: colour on a terminal, brackets elsewhere, and a list by kind beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobtide.cli import facts as listing
from jobtide.enrich.answer import fact_rows, rejected, version_row
from jobtide.enrich.batch import Reading, read

_BESIDE = 132  # columns from which the list stands beside the text; below it follows
_TEXT = 0.54  # share of the columns that the text takes then
_REJECTED = 12  # shown; the rest is counted


def show(
    row: Mapping[str, Any], *, console: Console | None = None, lines: int | None = None, listed: bool = True
) -> None:
    """Print one posting: its text with the facts marked, facts by kind, then what was seen and rejected.

    ``lines`` cuts the text (not the lists) after so many lines of text; ``listed`` False leaves out the facts by kind.
    """
    out = console or Console(highlight=False, soft_wrap=False)
    reading = read(version_row(row))
    facts = fact_rows(reading)
    body = _posting(row, reading, facts, lines, marked=out.is_terminal and not out.no_color)
    if not listed:
        out.print(body)
    elif out.width >= _BESIDE:
        wide = int(out.width * _TEXT)
        both = Table.grid(padding=(0, 3))
        both.add_column(width=wide)
        both.add_column(width=out.width - wide - 3)
        both.add_row(body, listing.table(facts, width=out.width - wide - 3))
        out.print(both)
    else:
        out.print(body)
        out.print()
        out.print(listing.table(facts, width=min(out.width, 110)))
    _print_rejected(out, reading, str(row.get("employer") or ""))
    out.print()


def _posting(
    row: Mapping[str, Any], reading: Reading, facts: Sequence[Mapping[str, Any]], lines: int | None, *, marked: bool
) -> Text:
    """Title, location, employer and text, each with its facts marked."""
    parts = [
        _lit(str(value).encode("utf-8", "replace"), _of(facts, field), marked)
        for field, value in (("title", row.get("title")), ("location", row.get("location")))
        if value
    ]
    parts += [Text(str(row.get("employer") or ""), style="dim"), Text("")]
    return Text("\n").join([*parts, _cut(_lit(reading.doc.text, _of(facts, "text"), marked), lines)])


def _of(facts: Iterable[Mapping[str, Any]], field: str) -> list[Mapping[str, Any]]:
    return [f for f in facts if f["field"] == field and f["end"] > f["start"]]


def _lit(data: bytes, facts: Sequence[Mapping[str, Any]], marked: bool) -> Text:
    """The field's text with every fact's words marked; overlapping facts give way to the earlier, longer one."""
    out = Text()
    at = 0
    for fact in sorted(facts, key=lambda f: (f["start"], -f["end"], listing.place(f["kind"]))):
        if fact["start"] < at:
            continue
        out.append(data[at : fact["start"]].decode("utf-8", "replace"))
        words = data[fact["start"] : fact["end"]].decode("utf-8", "replace")
        if marked:
            out.append(words, style=listing.TONES.get(fact["kind"], listing.PLAIN))
        else:
            out.append(f"[{words}|{listing.single(fact['kind'])}]")
        at = fact["end"]
    out.append(data[at:].decode("utf-8", "replace"))
    return out


def _cut(text: Text, lines: int | None) -> Text:
    parts = text.split("\n", allow_blank=True)
    if lines is None or len(parts) <= lines:
        return text
    return Text("\n").join([*parts[:lines], Text(f"... {len(parts) - lines} more lines", style="dim")])


def _print_rejected(out: Console, reading: Reading, employer: str) -> None:
    """Name what looked like a skill and was not believed, with the words around it and the reason."""
    seen = rejected(reading, employer)
    if not seen:
        return
    out.print()
    out.print("seen and rejected:", style="dim")
    table = Table(box=None, pad_edge=False, show_edge=False, show_header=False, width=min(out.width, 110))
    for ratio in (1, 2, 2):
        table.add_column(overflow="fold", ratio=ratio, style="dim")
    for item in seen[:_REJECTED]:
        around = " ".join(item["around"].split())
        table.add_row(item["concept"], Text(f"“{around}”"), item["reason"])
    out.print(table)
    if len(seen) > _REJECTED:
        out.print(f"and {len(seen) - _REJECTED} more", style="dim")

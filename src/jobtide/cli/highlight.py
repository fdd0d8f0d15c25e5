"""A posting with its facts lit in place: colour on a terminal, brackets elsewhere, and a list by kind beside it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from jobtide.enrich import kit
from jobtide.enrich.answer import fact_rows, rejected, version_row
from jobtide.enrich.batch import Reading, read

# One tone a kind; never colour alone: without it the kind stands in brackets behind the words.
_TONES = {
    "skill": "bold cyan",
    "pay": "bold green",
    "years_min": "bold yellow",
    "degree_required": "bold magenta",
    "degree_preferred": "magenta",
    "work_mode": "bold blue",
    "place": "blue",
    "role": "bold white on blue",
    "seniority": "bold yellow",
}
_ORDER = (
    "role", "seniority", "years_min", "degree_required", "degree_preferred", "degree_or_equivalent", "pay", "place",
    "work_mode", "employment", "skill",
)  # fmt: skip
_OTHER = "underline"
_NAMES = {
    "skill": "skills",
    "years_min": "years",
    "degree_required": "degree",
    "degree_preferred": "degree, preferred",
    "degree_or_equivalent": "or equivalent",
    "work_mode": "work mode",
    "place": "places",
}


def show(
    row: Mapping[str, Any], *, console: Console | None = None, lines: int | None = None, listed: bool = True
) -> None:
    """Print one posting: its text with the facts marked, then facts by kind, then what was seen and rejected.

    ``lines`` cuts the text (not the lists) after so many lines of text; ``listed`` False leaves out the facts by kind.
    """
    out = console or Console(highlight=False, soft_wrap=False)
    reading = read(version_row(row))
    facts = fact_rows(reading)
    marked = out.is_terminal and not out.no_color
    for field, value in (("title", row.get("title")), ("location", row.get("location"))):
        if value:
            out.print(_lit(str(value).encode(), _of(facts, field), marked), soft_wrap=False)
    out.print(Text(str(row.get("employer") or ""), style="dim"))
    out.print()
    text = _lit(reading.doc.text, _of(facts, "text"), marked)
    out.print(_cut(text, lines))
    if listed:
        out.print()
        out.print(_by_kind(facts))
    _print_rejected(out, reading)


def _of(facts: Iterable[Mapping[str, Any]], field: str) -> list[Mapping[str, Any]]:
    return [f for f in facts if f["field"] == field and f["end"] > f["start"]]


def _lit(data: bytes, facts: Sequence[Mapping[str, Any]], marked: bool) -> Text:
    """The field's text with every fact's words marked; overlapping facts give way to the earlier, longer one."""
    out = Text()
    at = 0
    for fact in sorted(facts, key=lambda f: (f["start"], -f["end"], _place(f["kind"]))):
        if fact["start"] < at:
            continue
        out.append(data[at : fact["start"]].decode("utf-8", "replace"))
        words = data[fact["start"] : fact["end"]].decode("utf-8", "replace")
        if marked:
            out.append(words, style=_TONES.get(fact["kind"], _OTHER))
        else:
            out.append(f"[{words}|{_NAMES.get(fact['kind'], fact['kind']).removesuffix('s')}]")
        at = fact["end"]
    out.append(data[at:].decode("utf-8", "replace"))
    return out


def _cut(text: Text, lines: int | None) -> Text:
    parts = text.split("\n", allow_blank=True)
    if lines is None or len(parts) <= lines:
        return text
    return Text("\n").join([*parts[:lines], Text(f"... {len(parts) - lines} more lines", style="dim")])


def _by_kind(facts: Sequence[Mapping[str, Any]]) -> Table:
    """The side list: kind, value, need, the words that state it, and the rule and section behind it."""
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("kind", "read as", "words", "why"):
        table.add_column(name, overflow="fold")
    for fact in sorted(facts, key=lambda f: (_place(f["kind"]), f["field"] != "title", f["start"])):
        value = _read_as(fact)
        why = f"{fact['rule']}, {fact['section']}" if fact["section"] else str(fact["rule"])
        table.add_row(
            Text(_NAMES.get(fact["kind"], fact["kind"]), style=_TONES.get(fact["kind"], "")),
            Text(value),
            Text(f'"{_short(fact["words"])}"'),
            Text(why, style="dim"),
        )
    return table


def _place(kind: str) -> int:
    """Where a kind stands in lists: in the order of a reader's questions."""
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _read_as(fact: Mapping[str, Any]) -> str:
    """A fact's value in plain words."""
    if fact["kind"] == "skill":
        name = kit.load().taxonomy.concept(fact["concept"]).name
        return f"{name} ({fact['need']})" if fact["need"] else str(name)
    if fact["kind"] == "pay":
        return f"{fact['low']:,.0f} to {fact['high']:,.0f} {fact['currency']} a {fact['period']}, {fact['extra']}"
    if fact["kind"] == "years_min":
        return f"{fact['low']:g} or more"
    if fact["kind"] == "place":
        return ", ".join(part for part in reversed(fact["concept"].split("/")) if part)
    return str(fact["concept"]).replace("_", " ")


def _short(words: str, most: int = 60) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[: most - 3] + "..."


def _print_rejected(out: Console, reading: Reading) -> None:
    """Name what looked like a skill and was not believed, with the words around it."""
    seen = rejected(reading)
    if not seen:
        return
    out.print()
    out.print("seen and rejected:", style="dim")
    for item in seen[:8]:
        out.print(Text(f'  {item["concept"]}: "{_short(item["around"])}" ({item["reason"]})', style="dim"))

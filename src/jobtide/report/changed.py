"""How is a difference between two snapshots told? Lines for the terminal, Markdown to print."""

from collections.abc import Iterator
from textwrap import wrap

from jobtide.market import words
from jobtide.report.changes import Change, Changed, Difference
from jobtide.report.markdown import plain, table

_WIDE = 80
_MOST = 5  # rows of a figure that are told; JSON has all
_HEADS = ("", "before", "now", "change", "closed", "edited or read anew", "came", "")


def lines(found: Difference, most: int = _MOST) -> list[str]:
    """Return the difference as the terminal shows it, 80 columns."""
    out = [*(part for line in _head(found) for part in wrap(line, _WIDE)), ""]
    for figure in found.figures:
        out += [*wrap(figure.title, _WIDE), *(f"  {line}" for line in _rows(figure, most)), ""]
    return out if found.figures else [*out, "No figure of the article changed."]


def markdown(found: Difference, most: int = 20) -> str:
    """Return the difference as a Markdown page with one table a figure."""
    parts = ["# What changed", *_head(found)]
    for figure in found.figures:
        parts.append(f"## {plain(figure.title)}")
        if figure.why:
            parts.append(plain(figure.why))
        else:
            parts.append(table([_HEADS, *(_cells(figure, row) for row in figure.rows[:most])]))
        if len(figure.rows) > most:
            parts.append(f"{len(figure.rows) - most} more rows changed.")
    if not found.figures:
        parts.append("No figure of the article changed.")
    return "\n\n".join(parts) + "\n"


def _head(found: Difference) -> list[str]:
    """Which snapshots, which postings, which reader."""
    counts = found.postings
    moved = (
        f"{words.count(counts.came)} postings came, {words.count(counts.closed)} closed or are no longer seen, "
        f"{words.count(counts.edited)} have another text, {words.count(counts.same)} are the same."
    )
    same = counts.old_reader == counts.new_reader
    read = "Both were read by the same rules." if same else f"Read by {counts.old_reader}, now by {counts.new_reader}."
    one, two = (f"{id} ({words.day(day)})" for id, day in ((found.old, found.old_as_of), (found.new, found.new_as_of)))
    return [f"From {one} to {two}.", moved, read]


def _rows(figure: Changed, most: int) -> Iterator[str]:
    if figure.why:
        yield from wrap(figure.why, _WIDE - 2)
        return
    for row in figure.rows[:most]:
        label, old, new, moved, *parts, mark = _cells(figure, row)
        yield f"{label[:30]:<30} {old:>9} -> {new:<9} {moved:>8}{f'  {mark}' if mark else ''}"
        why = [f"{part} {name}" for part, name in zip(parts, ("closed", "read", "came"), strict=True) if part]
        if why:
            yield f"    of it {', '.join(why)}"
    if len(figure.rows) > most:
        yield f"and {len(figure.rows) - most} more rows"


def _cells(figure: Changed, row: Change) -> tuple[str, ...]:
    """A row: before, now, by how much, and the parts of it."""
    unit = figure.unit
    old, new = (words.value(value, unit) or "not shown" for value in (row.old, row.new))
    moved = row.new - row.old if row.new is not None and row.old is not None else None
    parts = (_moved(part, unit) for part in (row.closed, row.read, row.came))
    return (row.label.strip(), old, new, _moved(moved, unit), *parts, "clear" if row.clear else "")


def _moved(by: float | None, unit: str) -> str:
    """A difference in the words of its unit: shares in percentage points, money and counts as they are; "" of none.

    >>> _moved(-0.031, "share of openings"), _moved(1200.0, "USD a year"), _moved(0.0, "openings")
    ('-3.1 pp', '+$1,200', '')
    """
    if by is None or abs(by) < 1e-9:
        return ""
    if unit.startswith("share"):
        return f"{by * 100:+.1f} pp"
    sign = "+" if by > 0 else "-"
    return f"{sign}{words.value(abs(by), unit)}"

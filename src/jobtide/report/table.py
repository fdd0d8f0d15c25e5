"""What stands in a figure's table? Headings and cells in words, the same for HTML and Markdown."""

from collections.abc import Mapping
from typing import Any

from jobtide.market import words
from jobtide.report.blocks import Record, Shown


def heads(block: Shown) -> tuple[str, ...]:
    """The headings: name, measure, interval where any row has one, n, employers, and the block's own columns."""
    out = ["", _measure(block.record)]
    out += ["95% interval"] if _intervals(block.record) else []
    out += ["n"] if _counted(block.record, "n") else []
    out += ["employers"] if _counted(block.record, "employers") else []
    return (*out, *(head for _, head, _ in block.columns))


def rows(block: Shown) -> list[tuple[str, ...]]:
    """The cells of each shown row, in the order of ``heads``."""
    record = block.record
    out = []
    for row in ordered(record)[: block.most]:
        cells = [_label(row, record), _value(row, record)]
        cells += [_between(row, record)] if _intervals(record) else []
        cells += [words.count(row["n"])] if _counted(record, "n") else []
        cells += [words.count(row["employers"]) if row["employers"] else ""] if _counted(record, "employers") else []
        out.append((*cells, *(_said(row.get(name), how, record) for name, _, how in block.columns)))
    return out


def _label(row: Mapping[str, Any], record: Record) -> str:
    """The row as a reader knows it; a country in words."""
    label = str(row["label"]).strip()
    return words.country(label).removeprefix("the ") if record["title"].endswith("by country") else label


def ordered(record: Record) -> list[Mapping[str, Any]]:
    """The rows in their order; of series by month the newest first, which is what a reader looks for.

    What opened and closed in one period stands together.
    """
    rows = list(record["rows"])
    if record["figure"] == "flow" and "month" in rows[0]:
        return sorted(rows, key=lambda row: row["month"], reverse=True)
    if not rows or not {"series", "month"} <= set(rows[0]):
        return rows
    series = list(dict.fromkeys(row["series"] for row in rows))
    return sorted(sorted(rows, key=lambda row: row["month"], reverse=True), key=lambda row: series.index(row["series"]))


def hidden(block: Shown) -> int:
    """How many rows the table leaves out."""
    return max(0, len(block.record["rows"]) - block.most)


def _measure(record: Record) -> str:
    unit = str(record["unit"])
    return unit if len(unit) <= 40 else "value"


def _fine(record: Record) -> bool:
    """Whether a figure's shares are small ones of a series, in which whole percent hide every change."""
    return record["figure"] in ("hiring", "outlook") and str(record["unit"]).startswith("share")


def _plain(value: float | None, record: Record) -> str:
    """A value in the words of its unit; a distance, which lies between nothing and one, with two decimals."""
    return f"{value:.2f}" if record["unit"] == "distance" and value is not None else words.value(value, record["unit"])


def _between(row: Mapping[str, Any], record: Record) -> str:
    """The interval in words, "" where there is none."""
    if row["low"] is None or row["high"] is None:
        return ""
    if row["low"] == 0 and str(record["unit"]).startswith("share"):
        return f"at most {_plain(row['high'], record)}"
    if not _fine(record):
        return f"{_plain(row['low'], record)} to {_plain(row['high'], record)}"
    return f"{row['low'] * 100:.1f}% to {row['high'] * 100:.1f}%"


def _value(row: Mapping[str, Any], record: Record) -> str:
    """The value with its flag, or the words for one that is withheld."""
    fine = _fine(record) and row["value"] is not None
    said = f"{row['value'] * 100:.1f}%" if fine else _plain(row["value"], record)
    flag = row["flag"] or ""
    if said:
        return f"{said} ({flag})" if flag else said
    instead = words.offer(row, record["unit"])
    return "; ".join(part for part in (flag, instead) if part) or "not published"


def _intervals(record: Record) -> bool:
    return any(row["low"] is not None for row in record["rows"])


def _counted(record: Record, name: str) -> bool:
    """Whether a column says anything: it is neither the value once more nor the base, which the caption says."""
    said = {row[name] for row in record["rows"]}
    return said - {0, record["base"][name]} != set() and any(row[name] != row["value"] for row in record["rows"])


def _said(value: Any, how: str, record: Record) -> str:
    """A further column's cell."""
    if value is None or value == "":
        return ""
    if how == "text":
        return str(value)
    if how == "share":
        return words.percent(float(value))
    if how == "money":
        return words.value(float(value), str(record["unit"]) if str(record["unit"])[:3].isupper() else "USD a year")
    return words.count(value) if how == "count" else f"{float(value):.2f}"

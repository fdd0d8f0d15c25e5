"""How is a figure printed on a terminal? Name, value, interval, n, bar; 80 columns work, colour is never needed."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from jobtide.market import support, words

_BLOCKS = " ▏▎▍▌▋▊▉█"


def width() -> int:
    """Columns to write into: the terminal's, at most 100; 80 where there is none."""
    return max(40, min(100, shutil.get_terminal_size((80, 24)).columns))


def plain() -> bool:
    """Whether only ASCII may be printed."""
    return "utf" not in (sys.stdout.encoding or "").lower() or os.environ.get("TERM") == "dumb"


def value(number: float | None, unit: str) -> str:
    """A number in the words of its unit: shares as whole percent, money with thousands, counts as they are.

    >>> value(0.384, "share of openings"), value(162400.0, "USD a year"), value(None, "openings"), value(12, "openings")
    ('38%', '162,400', '', '12')
    """
    if number is None:
        return ""
    if unit.startswith("change in share"):
        return f"{number * 100:+.1f} pp"
    if unit.startswith("share"):
        return words.percent(number)
    if unit == "distance":
        return f"{number:.2f}"
    return f"{number:,.0f}" if abs(number) >= 100 or float(number).is_integer() else f"{number:.1f}"


def interval(low: float | None, high: float | None, unit: str) -> str:
    """An interval spelled out, empty where there is none.

    >>> interval(0.31, 0.46, "share of openings")
    '31 to 46'
    >>> interval(0.0, 0.006, "share of openings")
    'at most 0.6'
    """
    if low is None or high is None:
        return ""
    if low == 0 and unit.startswith("share"):
        return f"at most {high * 100:.{int(high < 0.0095)}f}"
    return f"{value(low, unit)} to {value(high, unit)}".replace("%", "").replace(" pp", "")


def bar(number: float | None, top: float, room: int) -> str:
    """A bar of at most ``room`` characters; ``top`` fills it. Hashes where only ASCII may be printed."""
    if number is None or top <= 0 or room <= 0:
        return ""
    if plain():
        return "#" * round(room * number / top)
    eighths = round(room * 8 * min(number / top, 1.0))
    return "█" * (eighths // 8) + (_BLOCKS[eighths % 8] if eighths % 8 else "")


def lines(figure: Mapping[str, Any], *, most: int = 20, walk: str = "") -> list[str]:
    """Return a figure (the dictionary of its JSON form) as lines of text; ``most`` rows are shown.

    ``walk`` is the command that leads back to postings, by the figure's id if none is given.
    """
    out = [figure["title"], base_line(figure["base"]), ""]
    rows = figure["rows"][:most]
    out += table(rows, figure["unit"])
    if len(figure["rows"]) > most:
        out.append(f"... {len(figure['rows']) - most} more rows: --limit {len(figure['rows'])}, or --format csv")
    return [*out, "", *broader(figure["rows"], figure["unit"]), *foot(figure, walk)]


def broader(rows: Sequence[Mapping[str, Any]], unit: str, *, most: int = 3) -> list[str]:
    """What to ask instead of the rows that are withheld: each one's nearest broader group, or why there is none.

    Nothing where no row is withheld. The commands are the rows' own, in their order.
    """
    withheld = [row for row in rows if row.get("broader") or row.get("broader_reason")]
    if not withheld:
        return []
    held = "1 row holds" if len(withheld) == 1 else f"{len(withheld)} rows hold"
    offers: dict[str, set[str]] = {}
    for row in withheld:
        if row.get("broader"):
            said = words.offer(row, unit) if row.get("broader_value") is not None else str(row["broader_label"])
            offers.setdefault(row["broader"], set()).add(said)
    if not offers:
        return wrapped(f"Note: {held} too few to be shown ({support.NEEDED}), and so does every broader group.")
    out = wrapped(f"Note: {held} too few to be shown ({support.NEEDED}); the nearest broader groups:")
    for command, told in [*offers.items()][:most]:  # rows of several things have as many figures
        out += wrapped(command + (f" ({', '.join(told)})" if len(told) == 1 else ""), "  ")
    return out + (
        wrapped(f"and {len(offers) - most} more: column broader of --format csv", "  ") if len(offers) > most else []
    )


def base_line(base: Mapping[str, Any]) -> str:
    """What is counted: n, employers and filters in one line."""
    filters = ", ".join(f"{k} {v}" for k, v in sorted(base["filters"].items()) if v not in (None, "", ()))
    return f"n = {base['n']:,} openings of {base['employers']:,} employers" + (f" ({filters})" if filters else "")


def table(rows: Sequence[Mapping[str, Any]], unit: str) -> list[str]:
    """Aligned columns: label, value, interval, n, bar or flag."""
    cells = [
        (row["label"], value(row["value"], unit), interval(row["low"], row["high"], unit), f"{row['n']:,}", row)
        for row in rows
    ]
    if not cells:
        return ["(no rows)"]
    if any(row.get("difference") is not None for row in rows):
        return _beside(rows, unit)
    if any(row.get("within_employer") is not None for row in rows):
        return _models(rows)
    heads = ("", unit if len(unit) <= 12 else "value", "95% interval", "n")
    name = min(max(len(c[0]) for c in cells), max(16, width() - 45))
    wide = [max(len(head), *(len(c[i]) for c in cells)) for i, head in enumerate(heads) if i]
    marks = max(len(row["flag"]) + 1 if row["flag"] and row["value"] is not None else 0 for row in rows)
    room = width() - name - sum(wide) - 8 - marks
    top = max((row["value"] or 0.0 for row in rows), default=0.0)
    out = [f"{'':<{name}}  {heads[1]:>{wide[0]}}  {heads[2]:>{wide[1]}}  {heads[3]:>{wide[2]}}"]
    for label, shown, between, count, row in cells:
        end = _instead(row, unit, room) if row["value"] is None else bar(row["value"], top, min(room, 24))
        short = label if len(label) <= name else label[: name - 1] + "…"
        few = f" {row['flag']}" if row["flag"] and row["value"] is not None else ""
        out.append(
            f"{short:<{name}}  {shown:>{wide[0]}}  {between:>{wide[1]}}  {count:>{wide[2]}}  {end}{few}".rstrip()
        )
    return out


def _instead(row: Mapping[str, Any], unit: str, room: int) -> str:
    """Beside a row that is withheld: its flag, and the broader group with its figure where that fits."""
    said = f"{row['flag']}; {words.offer(row, unit)}" if row.get("broader_value") is not None else str(row["flag"])
    return said if len(said) <= room + 6 else str(row["flag"])


def _models(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Aligned columns of one difference under three models, in percent with intervals, and n."""
    heads = ("raw", "within role", "and employer", "n")
    models = ("raw", "within_role", "within_employer")
    cells = [(row["label"], *(_percent(row, model) for model in models), f"{row['n']:,}") for row in rows]
    wide = [max(len(head), *(len(cell[i + 1]) for cell in cells)) for i, head in enumerate(heads)]
    # The numbers themselves show that there is no interval: that employers are few is what is left to say.
    marks = [str(row.get("clear") or row["flag"]).replace(support.NO_INTERVAL, "few") for row in rows]
    name = min(max(len(cell[0]) for cell in cells), max(14, width() - sum(wide) - 8 - max(5, *map(len, marks))))
    out = [f"{'':<{name}}  " + "  ".join(f"{head:>{w}}" for head, w in zip(heads, wide, strict=True)) + "  clear"]
    for mark, (label, *said) in zip(marks, cells, strict=True):
        short = label if len(label) <= name else label[: name - 1] + "…"
        numbers = "  ".join(f"{one:>{w}}" for one, w in zip(said, wide, strict=True))
        out.append(f"{short:<{name}}  {numbers}  {mark}".rstrip())
    return out


def _percent(row: Mapping[str, Any], model: str) -> str:
    """A difference of pay in percent with its interval, empty where there is none."""
    number, low, high = (row.get(f"{model}{end}") for end in ("", "_low", "_high"))
    if number is None:
        return ""
    between = "" if low is None or high is None else f" ({round(low * 100):+d} to {round(high * 100):+d})"
    return f"{round(number * 100):+d}%{between}"


def _beside(rows: Sequence[Mapping[str, Any]], unit: str) -> list[str]:
    """Aligned columns of a comparison: label, the two shares, their difference in percentage points with interval."""
    cells = [
        (row["label"], value(row["value"], unit), value(row.get("rest"), unit), _points(row), row.get("clear") or "")
        for row in rows
    ]
    heads = ("here", "there", "difference, pp")
    wide = [max(len(head), *(len(c[i + 1]) for c in cells)) for i, head in enumerate(heads)]
    name = min(max(len(c[0]) for c in cells), max(16, width() - sum(wide) - 14))
    out = [f"{'':<{name}}  " + "  ".join(f"{head:>{w}}" for head, w in zip(heads, wide, strict=True)) + "  clear"]
    for label, *said in cells:
        short = label if len(label) <= name else label[: name - 1] + "…"
        numbers = "  ".join(f"{one:>{w}}" for one, w in zip(said, [*wide, 5], strict=True))
        out.append(f"{short:<{name}}  {numbers}".rstrip())
    return out


def _points(row: Mapping[str, Any]) -> str:
    """A difference of shares in percentage points, with its interval where there is one."""
    gap, low, high = (row.get(name) for name in ("difference", "difference_low", "difference_high"))
    if gap is None:
        return str(row["flag"])
    between = "" if low is None or high is None else f" ({round(low * 100):+d} to {round(high * 100):+d})"
    return f"{round(gap * 100):+d}{between}"


def foot(figure: Mapping[str, Any], walk: str = "") -> list[str]:
    """Snapshot, date, method, caveats, and how to walk the figure back."""
    out = [f"Data up to {figure['as_of']}, snapshot {figure['snapshot']}. {figure['method']}"]
    out += [f"Note: {caveat}" for caveat in figure["caveats"]]
    out.append(f"Where it comes from: {walk or 'jobtide explain ' + figure['id']}")
    return [piece for line in out for piece in wrapped(line)]


def wrapped(text: str, indent: str = "") -> list[str]:
    """``text`` broken into lines that fit."""
    import textwrap

    return textwrap.wrap(text, width(), initial_indent=indent, subsequent_indent=indent) or [""]

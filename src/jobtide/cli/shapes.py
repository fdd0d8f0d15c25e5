"""A figure as bytes: table, JSON, JSON lines, CSV, Parquet, Markdown, Vega-Lite, SVG or PNG."""

import csv
import io
import json
from typing import Any

from jobtide.cli import table
from jobtide.market.figure import Figure

_COLUMNS = ("key", "label", "value", "low", "high", "n", "employers", "flag")
# A spreadsheet would run a cell that begins with one of these.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(figure: Figure, shape: str, *, limit: int = 20, walk: str = "") -> bytes:
    """Return ``figure`` in one of the shapes of ``--format``; ``limit`` cuts the table only, ``walk`` is its way back.

    Raises MissingExtra for svg and png where the renderer is not installed.
    """
    if shape in ("svg", "png"):
        from jobtide.market.charts import chart, render

        return render(chart(figure), shape)
    if shape == "vl":
        from jobtide.market.charts import chart

        return _json(chart(figure))
    if shape == "parquet":
        return _parquet(figure)
    record = figure.to_json()
    writers = {"json": _json, "jsonl": _lines, "csv": _csv, "md": _markdown}
    if shape in writers:
        return writers[shape](record)
    return ("\n".join(table.lines(record, most=limit, walk=walk)) + "\n").encode()


def _json(record: Any) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(record: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in record["rows"]).encode()


def _columns(record: dict[str, Any]) -> list[str]:
    """The row's own columns, then whatever further numbers its rows carry, by name."""
    more = sorted({key for row in record["rows"] for key in row} - set(_COLUMNS))
    return [*_COLUMNS, *more]


def _csv(record: dict[str, Any]) -> bytes:
    out = io.StringIO()
    columns = _columns(record)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in record["rows"]:
        writer.writerow([_cell(row.get(column)) for column in columns])
    return out.getvalue().encode()


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet runs: text that looks like a formula gets a leading apostrophe."""
    if isinstance(value, str) and value.lstrip(" \"'\ufeff").startswith(_FORMULA):
        return "'" + value
    return value


def _markdown(record: dict[str, Any]) -> bytes:
    unit = record["unit"]
    out = [f"### {record['title']}", "", table.base_line(record["base"]), ""]
    out += ["| | value | 95 % interval | n | employers |", "| --- | ---: | ---: | ---: | ---: |"]
    for row in record["rows"]:
        shown = table.value(row["value"], unit) or row["flag"]
        between = table.interval(row["low"], row["high"], unit)
        label = row["label"].replace("|", "\\|")
        out.append(f"| {label} | {shown} | {between} | {row['n']:,} | {row['employers']:,} |")
    return ("\n".join([*out, "", *table.foot(record)]) + "\n").encode()


def _parquet(figure: Figure) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    record = figure.to_json()
    columns = _columns(record)
    data = pa.table({column: [row.get(column) for row in record["rows"]] for column in columns})
    head = {key: record[key] for key in ("figure", "id", "title", "unit", "as_of", "snapshot", "method")}
    out = io.BytesIO()
    pq.write_table(data.replace_schema_metadata({"jobtide": json.dumps(head)}), out)
    return out.getvalue()

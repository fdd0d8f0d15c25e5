"""A figure as bytes: table, JSON, JSON lines, CSV, Parquet, Markdown, Vega-Lite, SVG or PNG."""

import io
import json
from typing import Any

from jobtide.cli import table
from jobtide.market import words
from jobtide.market.figure import Figure
from jobtide.report import tabular


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


def _csv(record: dict[str, Any]) -> bytes:
    return tabular.csv_of(record["rows"])


def _markdown(record: dict[str, Any]) -> bytes:
    unit = record["unit"]
    out = [f"### {record['title']}", "", table.base_line(record["base"]), ""]
    out += ["| | value | 95 % interval | n | employers |", "| --- | ---: | ---: | ---: | ---: |"]
    for row in record["rows"]:
        instead = words.offer(row, unit)
        shown = table.value(row["value"], unit) or "; ".join(part for part in (row["flag"], instead) if part)
        between = table.interval(row["low"], row["high"], unit)
        label = row["label"].replace("|", "\\|")
        out.append(f"| {label} | {shown} | {between} | {row['n']:,} | {row['employers']:,} |")
    return ("\n".join([*out, "", *table.foot(record)]) + "\n").encode()


def _parquet(figure: Figure) -> bytes:
    import pyarrow.parquet as pq

    record = figure.to_json()
    data = tabular.table_of(record["rows"])
    head = {key: record[key] for key in ("figure", "id", "title", "unit", "as_of", "snapshot", "method")}
    out = io.BytesIO()
    pq.write_table(data.replace_schema_metadata({"jobtide": json.dumps(head)}), out)
    return out.getvalue()

"""What stands around a figure? Its measure, foot, alternative text, method and examples, the same in every format."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from jobtide.market import words
from jobtide.market.ask import NAMES
from jobtide.market.charts import subtitle
from jobtide.report import table, tabular
from jobtide.report.blocks import Name, Record, Shown, Text

Spec = Mapping[str, Any]
# Ids inside a chart, and what refers to them.
_ID = re.compile(r'(\bid="|url\(#|href="#)')


def titled(block: Shown) -> tuple[Text, str]:
    """Title and line below it: what is found, then what is measured; without a finding the figure's own title."""
    record = block.record
    if not block.finding:
        return (Name(str(record["title"])),), measure(record)
    told = words.inner(measure(record))
    unit, _, base = told.partition(", ")
    if unit.split(" ")[0] in str(record["title"]).lower():  # "Share of openings that ...; share of openings"
        return block.finding, ", ".join(part for part in (str(record["title"]), base) if part)
    return block.finding, f"{record['title']}; {told}"


def measure(record: Record) -> str:
    """Measure and base in one line; of another's series, whose points are no openings, the measure alone."""
    if record["base"]["employers"]:
        return subtitle(record)
    return f"{record['unit'][:1].upper()}{record['unit'][1:]}"


def foot(record: Record) -> str:
    """Source, date and snapshot in one line."""
    source = words.listed(each["name"] for each in record["sources"]) or "postings"
    when = words.day(record["as_of"])
    return f"Source: {source}. Data up to {when}, snapshot {record['snapshot']}, figure {record['id']}."


def about(record: Record) -> list[str]:
    """Id, method and caveats, each a line."""
    filters = ", ".join(f"{k} {v}" for k, v in sorted(record["base"]["filters"].items()) if v not in (None, "", ()))
    asked = f": jobtide explain {record['id']}" if record["figure"] in NAMES else ""
    out = [f"Figure {record['id']}{f' ({filters})' if filters else ''}{asked}", record["method"]]
    left = [f"{words.count(n)} {reason}" for reason, n in record["base"]["excluded"].items()]
    out += [f"Left out: {words.listed(left)}."] if left else []
    return [line for line in [*out, *record["caveats"]] if line]


def data(record: Record) -> tuple[str, str]:
    """The figure's rows as a CSV file: its name, and an address that holds the whole of it."""
    body = base64.b64encode(tabular.csv_of(record["rows"])).decode()
    return f"{record['figure']}-{record['id']}.csv", f"data:text/csv;charset=utf-8;base64,{body}"


def examples(record: Record) -> list[tuple[str, str]]:
    """Up to five postings as words and address."""
    return [(f"{e['title']}, {e['employer']}", e["url"]) for e in record["examples"][:5]]


def alternative(block: Shown) -> str:
    """The alternative text of a figure's chart."""
    return next((str(spec["description"]) for spec in block.spec.values()), str(block.record["title"]))


def cells(block: Shown) -> tuple[list[tuple[str, ...]], str, int]:
    """The table with its headings first, its caption, and how many rows it leaves out."""
    caption = f"{block.record['title']}: {measure(block.record)}"
    return [table.heads(block), *table.rows(block)], caption, table.hidden(block)


def inlined(svg: bytes, *, prefix: str) -> str:
    """A chart to be put into a page: hidden from screen readers, who get the text, its ids made unique."""
    text = _ID.sub(lambda found: found[1] + prefix, svg.decode())
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)

"""What stands around a figure? Its measure, foot, alternative text, method and examples, the same in every format."""

import re
from collections.abc import Mapping
from typing import Any

from jobtide.market import words
from jobtide.market.ask import NAMES
from jobtide.market.charts import subtitle
from jobtide.report import table
from jobtide.report.blocks import Record, Shown

Spec = Mapping[str, Any]
# Ids inside a chart, and what refers to them.
_ID = re.compile(r'(\bid="|url\(#|href="#)')


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


def examples(record: Record) -> list[tuple[str, str]]:
    """Up to five postings as words and address."""
    return [(f"{e['title']}, {e['employer']}", e["url"]) for e in record["examples"][:5]]


def alternative(block: Shown) -> str:
    """The alternative text of a figure's chart."""
    return next((str(spec["description"]) for spec in block.spec.values()), str(block.record["title"]))


def cells(block: Shown) -> tuple[list[tuple[str, ...]], str, int]:
    """The table with its headings first, its caption, and how many rows it leaves out."""
    caption = f"{block.record['title']}: {subtitle(block.record)}"
    return [table.heads(block), *table.rows(block)], caption, table.hidden(block)


def inlined(svg: bytes, *, prefix: str) -> str:
    """A chart to be put into a page: hidden from screen readers, who get the text, its ids made unique."""
    text = _ID.sub(lambda found: found[1] + prefix, svg.decode())
    return text.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)

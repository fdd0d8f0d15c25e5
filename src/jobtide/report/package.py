"""What stands beside exported tables and figures? A Data Package descriptor, a citation and a page that explains them.

Reference: the Data Package standard, version 2 (datapackage.org), and the Citation File Format, version 1.2.0. Pure:
texts come back, the command line writes them. The date is that of the data, so that the same snapshot gives the same
bytes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jobtide
from jobtide.report.tabular import fields, table_of
from jobtide.store.snapshot import Snapshot
from jobtide.tables import SNAPSHOT, SORT

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA = {"csv": "text/csv", "jsonl": "application/jsonl", "json": "application/json",
          "parquet": "application/vnd.apache.parquet"}  # fmt: skip
_AUTHORS = "The jobtide authors"
_MEANING = {
    "key": "the row within its figure; group/concept where the figure is split",
    "label": "the row as a reader knows it",
    "value": "the estimate or count in the figure's unit; shares run from 0 to 1; empty where withheld",
    "low": "lower end of the 95 % interval; empty where none can be given",
    "high": "upper end of the 95 % interval",
    "n": "openings that the row rests on",
    "employers": "employers that the row rests on",
    "flag": "why a value is withheld or weak: too few, few, unknown ...",
    "broader": "what to ask instead of a withheld row: the nearest broader group that can be shown",
    "broader_label": "that group in words",
    "broader_value": "its estimate, in the figure's unit; empty where only the question answers",
    "broader_low": "lower end of its 95 % interval",
    "broader_high": "upper end of its 95 % interval",
    "broader_n": "openings that it rests on",
    "broader_employers": "employers that it rests on",
    "broader_reason": "why no broader group can be shown instead",
    "named": "openings that name it",
    "named_employers": "employers that name it",
    "required": "openings that ask for it",
    "preferred": "openings that welcome it",
    "openings": "openings of the group",
    "openings_employers": "employers with openings of the group",
    "group": "the group of the split, in words",
    "share": "share of the base, 0 to 1",
    "rest": "the same share among the openings compared with",
    "difference": "value less rest, -1 to 1",
    "clear": "yes where the difference is no chance: its interval leaves zero out and q is at most 0.05",
    "q": "least rate of false discoveries at which the difference would count as one",
}
_RIGHTS = {
    "name": "notspecified",
    "title": "Facts read from public postings. The postings remain their publishers'; see sources for terms and "
    "attribution, which whoever passes this on passes on too.",
}


@dataclass(frozen=True, slots=True)
class File:
    """One exported file: where it is, what it holds, and its measure."""

    path: str
    name: str
    title: str
    format: str
    bytes: int
    sha256: str
    fields: Sequence[Mapping[str, str]] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


def of_table(name: str) -> dict[str, Any]:
    """The schema part of a stored table: fields with their meaning, and its key."""
    return {"fields": fields(SNAPSHOT[name]), "more": {"primaryKey": list(SORT[name])}}


def of_figure(record: Mapping[str, Any]) -> dict[str, Any]:
    """The schema part of a figure: fields with their meaning, and everything that its rows do not say."""
    found = fields(table_of(record["rows"]).schema)
    told = [{**f, "description": _MEANING.get(f["name"], "see the figure's method")} for f in found]
    kept = ("figure", "id", "unit", "base", "as_of", "snapshot", "method", "caveats", "sources")
    return {"fields": told, "more": {"figure": {name: record[name] for name in kept}}}


def descriptor(snapshot: Snapshot, files: Sequence[File]) -> str:
    """Return datapackage.json: every file with its schema, size and hash; sources with attribution and terms."""
    package = {
        "$schema": _PROFILE,
        "name": f"jobtide-{snapshot.id}",
        "title": f"Job postings, facts and figures of snapshot {snapshot.id}",
        "description": f"Exported by jobtide {jobtide.__version__}; data up to {snapshot.as_of}. README.md says how to "
        "read it.",
        "version": snapshot.id,
        "created": f"{snapshot.as_of}T00:00:00Z",
        "contributors": [{"title": _AUTHORS, "roles": ["creator"]}],
        "licenses": [_RIGHTS],
        "sources": [_source(source) for source in _sources(snapshot, files)],
        "resources": [_resource(file) for file in files],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _sources(snapshot: Snapshot, files: Sequence[File]) -> list[Mapping[str, str]]:
    """Those of the snapshot and those that single figures add, each once."""
    every = [*snapshot.sources, *(s for file in files for s in file.more.get("figure", {}).get("sources", ()))]
    return list({source["name"]: source for source in every}.values())


def _source(source: Mapping[str, str]) -> dict[str, str]:
    out = {"title": source["name"], "attribution": source.get("attribution", "")}
    return out | ({"path": source["terms"]} if source.get("terms") else {})


def _resource(file: File) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": file.name, "path": file.path, "title": file.title, "format": file.format,
        "mediatype": _MEDIA[file.format], "bytes": file.bytes, "hash": f"sha256:{file.sha256}",
    }  # fmt: skip
    if file.format in ("csv", "jsonl"):
        out |= {"type": "table", "encoding": "utf-8"}
    if file.fields and file.format != "json":
        key = {"primaryKey": file.more["primaryKey"]} if "primaryKey" in file.more else {}
        out["schema"] = {"fields": list(file.fields), "missingValues": [""], **key}
    if "figure" not in file.more:
        return out
    return out | {
        "sources": [_source(source) for source in file.more["figure"]["sources"]],
        "jobtide": file.more["figure"],
    }


def citation_cff(snapshot: Snapshot) -> str:
    """Return CITATION.cff: what to cite, with the snapshot and its date. Values are JSON strings, which YAML reads."""
    said = {
        "cff-version": "1.2.0",
        "message": "If you use these data, cite them as below and name the sources in datapackage.json.",
        "type": "dataset",
        "title": _title(snapshot),
        "version": snapshot.id,
        "date-released": snapshot.as_of.isoformat(),
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()]
    return "\n".join([*lines, "authors:", f"  - name: {json.dumps(_AUTHORS)}"]) + "\n"


def citation_bib(snapshot: Snapshot) -> str:
    """Return the same citation as BibTeX."""
    return (
        f"@misc{{jobtide_{snapshot.id},\n"
        f"  author = {{{{{_AUTHORS}}}}},\n"
        f"  title = {{{_title(snapshot)}}},\n"
        f"  year = {{{snapshot.as_of.year}}},\n"
        f"  note = {{Snapshot {snapshot.id}, data up to {snapshot.as_of}, jobtide {jobtide.__version__}}}\n}}\n"
    )


def _title(snapshot: Snapshot) -> str:
    names = ", ".join(source["name"] for source in snapshot.sources) or "job boards"
    return f"Job postings published through {names}: facts and figures"


def page(snapshot: Snapshot, files: Sequence[File], refused: Mapping[str, str]) -> str:
    """Return README.md of the package: what is in it, what is not and why, and how to read a cell back."""
    lines = [
        f"# Snapshot {snapshot.id}",
        "",
        f"Data up to {snapshot.as_of}. Exported by jobtide {jobtide.__version__}.",
    ]
    lines += [
        "",
        "`datapackage.json` describes every file: columns with their meaning, size, sha256, and for figures the",
    ]
    lines += ["base, method and caveats. `CITATION.cff` and `citation.bib` say how to cite it.", "", "## Sources", ""]
    lines += [f"- {source['title']}: {source['attribution']}" for source in map(_source, _sources(snapshot, files))]
    lines += ["", "Whoever passes these files on passes the attribution on too.", "", "## Files", ""]
    lines += _listed(files)
    if refused:
        lines += ["", "## Not here, and why", "", *(f"- {name}: {why}" for name, why in sorted(refused.items()))]
    lines += ["", "## Reading CSV back", "", _CSV]
    return "\n".join(lines) + "\n"


def _listed(files: Sequence[File]) -> list[str]:
    """One line a table or figure, with the formats it is there in."""
    formats: dict[tuple[str, str], list[str]] = {}
    for file in files:
        formats.setdefault((file.path.rpartition(".")[0], file.title), []).append(file.format)
    return [f"- `{path}` ({', '.join(found)}): {title}" for (path, title), found in formats.items()]


_CSV = """\
Text that a spreadsheet would run as a formula, because it begins with =, +, -, @, a tab or a line end, maybe behind
spaces, quotes or a byte order mark, has one apostrophe in front. To read it back, take the apostrophe off where what
follows begins that way, and nowhere else. Numbers are plain. An empty cell is null or empty text; Parquet and JSON tell
the two apart. Times are UTC."""

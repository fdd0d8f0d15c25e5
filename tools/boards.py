"""Make the bundled list of boards: tokens of two published lists, with evidence that such people are hired there.

usage: python tools/boards.py FOLDER/ats_board_lists FOLDER/us_lca_h1b
Evidence: titles of the ML family in the bundled pack (seen on that very board), US LCA disclosures of research and data
scientists (filed), and tools/boards_named.txt (named). Only sources that are on by default; one row a board.
"""

import csv
import gzip
import re
import sys
from collections import Counter
from collections.abc import Container, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import pyarrow.parquet as pq

from jobtide.link.employers import employer_id
from jobtide.model import ML_FAMILY
from jobtide.sources import registry
from jobtide.sources.boards_list import COLUMNS, EVIDENCE, parse
from notice import ROOT, record, sha256

OUT = ROOT / "src" / "jobtide" / "data" / "boards" / "ml.tsv"
NAMED = Path(__file__).resolve().parent / "boards_named.txt"
NAMED_ON = "2026-11-24"
STAPPLY = ("greenhouse", "lever", "ashby", "workable", "rippling", "gem")  # its other lists are of sources that are off
_FILED = re.compile(r"(?i)^(?:computer and information research scientists|data scientists)")
_SHORT = 4  # letters; a folded name shorter than this is shared by too many firms to join on

Board = tuple[str, str]


def tokens(folder: Path) -> dict[Board, tuple[str, str]]:
    """Every board of the published lists that a source of ours reads: (employer, list it stands in)."""
    found: dict[Board, tuple[str, str]] = {}
    for name in STAPPLY:
        for row in csv.DictReader((folder / f"stapply_{name}.csv").open(encoding="utf-8")):
            _add(found, row["url"].strip(), row["name"].strip(), "stapply 2025-12")
    companies = {row["slug"]: row["name"] for row in _rows(folder / "colophon_companies.csv.gz")}
    for row in _rows(folder / "colophon_boards.csv.gz"):
        _add(
            found, row["board_url"].strip(), companies.get(row["company_slug"], row["company_slug"]), "colophon 2026-08"
        )
    return found


def _add(found: dict[Board, tuple[str, str]], url: str, employer: str, listed: str) -> None:
    """Keep a board that a source recognises; of two lists the later one, which has names as employers write them."""
    for source in registry.names():
        one = registry.load(source)
        if one.policy.default_on and one.policy.tier == "documented" and source != "hn":
            token = one.board_of(url)
            if token and not re.search(r"[\s\t/?#%]", token.removeprefix("eu/")):
                found[source, token] = (employer, listed)
                return


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def seen() -> dict[Board, tuple[str, str]]:
    """Boards of the pack on which a title of the ML family was read: (how many, the day it was seen)."""
    table = pq.read_table(
        ROOT / "src/jobtide/data/pack/posting.parquet", columns=["source", "board", "role", "seen_at"]
    )
    rows = [row for row in table.to_pylist() if row["role"] in ML_FAMILY]
    count = Counter((row["source"], row["board"]) for row in rows)
    day = max(row["seen_at"] for row in rows).date().isoformat()
    return {board: (f"{n} ML, AI or data title{'s' if n > 1 else ''}", day) for board, n in count.items()}


def filed(folder: Path) -> dict[str, tuple[str, str]]:
    """Employers (folded) that filed for a research or data scientist: (occupation as filed, latest decision)."""
    found: dict[str, tuple[str, str]] = {}
    for path in sorted(folder.glob("lca_*.csv.gz")):
        for row in _rows(path):
            if _FILED.match(row["SOC_TITLE"]):
                name = employer_id(row["EMPLOYER_NAME"])
                before = found.get(name, ("", ""))
                found[name] = max(before, (row["SOC_TITLE"], row["DECISION_DATE"]), key=lambda pair: pair[1])
    return found


def named() -> set[str]:
    """Employers (folded) of tools/boards_named.txt."""
    lines = [line for line in NAMED.read_text().splitlines() if not line.startswith("#")]
    return {employer_id(name.strip()) for line in lines for name in line.split(";")} - {""}


def evidence(
    board: Board, employer: str, known: tuple[dict[Board, tuple[str, str]], dict[str, tuple[str, str]], set[str]]
) -> tuple[str, str, str] | None:
    """The strongest evidence for one board: (kind, detail, day), None if there is none."""
    on_board, by_filing, by_name = known
    if board in on_board:
        return ("seen", *on_board[board])
    folded = employer_id(employer)
    if folded in by_filing and len(folded) >= _SHORT:
        occupation, day = by_filing[folded]
        return "filed", f"US LCA: {occupation}", day
    if folded in by_name:
        return "named", "", NAMED_ON
    return None


def _once(boards: dict[Board, tuple[str, str]], known: Container[Board]) -> dict[Board, tuple[str, str]]:
    """Each board once, whatever the case of its token: as it was when titles were seen on it, else as listed last."""
    found: dict[Board, Board] = {}
    for board in boards:
        key = (board[0], board[1].lower())
        if found.get(key) not in known:
            found[key] = board
    return {board: boards[board] for board in found.values()}


def main() -> int:
    """Write the list and its block in NOTICE."""
    lists, filings = Path(sys.argv[1]), Path(sys.argv[2])
    known = (seen(), filed(filings), named())
    boards = tokens(lists)
    boards |= {board: (board[1], "stapply 2025-12") for board in known[0] if board not in boards}
    rows = []
    for board, (employer, listed) in _once(boards, known[0]).items():
        if found := evidence(board, employer, known):
            rows.append((*board, employer, *found, listed))
    rows.sort(key=lambda row: (EVIDENCE.index(row[3]), row[0], row[1]))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text("\n".join("\t".join(row) for row in (COLUMNS, *rows)) + "\n")
    parse(OUT.read_text())
    record(
        "Employers' board tokens",
        lines=[
            "Names of job boards (facts), each with the evidence that ML, AI or data people are hired there.",
            "Tokens: github.com/stapply-ai/ats-scrapers, commit 7202096c (MIT, (c) 2025 stapply-ai), and",
            "github.com/colophon-group/jobseek, apps/crawler/data, commit 1763b11f (MIT); by tools/boards.py.",
            "Evidence: titles of the bundled fact pack; US Department of Labor LCA disclosures, public domain",
            "(github.com/BikramjitSinhaRoy/H1B_Analysis, commit 061bb3fe); names listed by the authors.",
            "Changed: only boards of sources that are on by default and of employers with evidence are kept.",
            *[
                f"Input: {p.name}, sha256 {sha256(p)}"
                for p in (*sorted(lists.glob("*.csv*")), *sorted(filings.glob("*.gz")))
            ],
        ],
        files=[OUT],
    )
    kinds = Counter(row[3] for row in rows)
    print(
        f"{len(rows)} boards of {len({employer_id(r[2]) for r in rows})} employers:",
        dict(kinds),
        Counter(r[0] for r in rows),
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

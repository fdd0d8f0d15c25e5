"""Make the bundled pack from saved board answers: import, build, pack, and say in NOTICE where it comes from.

usage: python tools/pack.py FOLDER/ashby_boards_2025/postings.jsonl.gz
"""

import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from jobtide import pipeline
from jobtide.store.pack import make
from notice import ROOT, record, sha256

OUT = ROOT / "src" / "jobtide" / "data" / "pack"


def main() -> int:
    """Write src/jobtide/data/pack anew."""
    corpus = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        pipeline.import_file(root, corpus, now=datetime.now(UTC))
        built = pipeline.build(root, workers=2)
        shutil.rmtree(OUT, ignore_errors=True)
        make(built.snapshot, OUT)
    files = sorted(OUT.iterdir())
    record(
        "Fact pack of Ashby job boards, autumn 2025",
        lines=[
            "Facts read by jobtide from postings that 334 employers published through Ashby's public job-board API:",
            "titles, employers, dates, addresses, and facts with at most six matched words each; no texts.",
            "Origin: github.com/stapply-ai/ats-scrapers, ashby/companies/*.json, commit 7202096c",
            "(MIT, (c) 2025 stapply-ai), 80 % of its boards; made by tools/pack.py.",
            f"sha256 of the input: {sha256(corpus)}",
            "Licence of the collection: MIT. The postings are the employers' own.",
        ],
        files=files,
    )
    print(f"{built.postings:,} postings, {built.vacancies:,} vacancies, {sum(f.stat().st_size for f in files):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
